"""Spaces of a transcription: kept on the sheet, told to the reader, never a broken build."""

from hashlib import sha256
from pathlib import Path

import pytest

from publish.build import build
from publish.departures import check_closed, render
from publish.layouts import Layouts
from publish.model import Document, Scope, Source
from publish.orders import Order, make_job
from publish.sources import read
from publish.sources.decoding import decode
from publish.sources.transcription import read_document

HEAD = "## A  telegram\n\nLisbon,  March 4, 1962\n\n"


def document(words: str) -> Document:
    data = (HEAD + words + "\n").encode()
    text = decode(data, "t.txt")
    made = read_document("t", Source("t.txt", "t.txt", sha256(data).hexdigest(), text))
    check_closed(made)
    return made


def printed(words: str, scope: Scope) -> str:
    return render(document(words), scope).blocks[0].text


@pytest.mark.parametrize(
    ("words", "reading", "facsimile"),
    [
        ("One.  Two.", "One. Two.", "One.  Two."),
        ("One.\u00a0Two.", "One. Two.", "One. Two."),
        ("One.\u00a0 Two.", "One. Two.", "One.  Two."),
        ("co\u00adoperate", "cooperate", "cooperate"),
        ("one\u200btwo", "onetwo", "onetwo"),
        ("One. /2/ Two.", "One. Two.", "One. Two."),
        ("One./2/ Two.", "One. Two.", "One. Two."),
    ],
)
def test_spaces_are_one_in_the_reading_text_and_kept_on_the_sheet(
    words: str, reading: str, facsimile: str
) -> None:
    assert printed(words, Scope.READING) == reading
    assert printed(words, Scope.FACSIMILE) == facsimile


def test_a_numbered_first_paragraph_is_not_the_telegrams_number() -> None:
    made = document("1. First point.\n\n2. Second point.")
    assert made.number is None


def test_a_transcription_with_two_spaces_is_printed(tmp_path: Path, known: Layouts) -> None:
    path = tmp_path / "spaces.txt"
    path.write_text(
        HEAD
        + "77. A test.  Two spaces, and \u00a0 more.\n\n| a  b | c |\n|---|---|\n| d | e  f |\n",
        "utf-8",
    )
    edition = next(iter(read(path)))
    assert build(make_job(edition, Order(), known), tmp_path / "out").pages > 1
