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


@pytest.mark.parametrize(
    "words",
    ["On 10/27/62 he came; file 611.37/10/2762.", "See CA/12/4 and NATO/6/ and 1/2/3."],
)
def test_dates_and_file_numbers_are_no_note_marks(words: str) -> None:
    assert document(words).note_marks == ()
    assert printed(words, Scope.READING) == words


@pytest.mark.parametrize(
    ("words", "reading"),
    [
        ("He came.\nThen he left.", "He came. Then he left."),
        ("77. He came.\nThen he left.", "77. He came. Then he left."),
        ("came  /2/ and", "came and"),
        ("77. /2/ He came.", "77. He came."),
        ("/2/ He came.", "He came."),
        (
            'He said "I shall not--" and "never--", \'62 and \'tis so.',
            "He said “I shall not—” and “never—”, ’62 and ’tis so.",
        ),
    ],
)
def test_signs_that_meet_are_read(words: str, reading: str) -> None:
    from publish.departures import TypedSpacing, with_typed_spacing

    made = document(words)
    assert render(made, Scope.READING).blocks[0].text == reading
    check_closed(with_typed_spacing(made, TypedSpacing(2, 2)))


def test_a_sentence_that_ends_with_a_line_is_typed_with_two_spaces() -> None:
    from publish.departures import TypedSpacing, with_typed_spacing

    made = with_typed_spacing(document("He came.\nThen he left."), TypedSpacing(2, 2))
    assert render(made, Scope.FACSIMILE).blocks[0].text == "He came.  Then he left."


def test_a_row_of_dashes_is_a_row_of_the_table() -> None:
    made = document("| Country | Ships |\n|---|---|\n| Cuba | 4 |\n| -- | -- |\n| Chile | 7 |")
    rows = render(made, Scope.FACSIMILE).blocks[0].text.split("\n")
    assert rows == ["Country\tShips", "Cuba\t4", "--\t--", "Chile\t7"]


def test_a_table_with_carriage_returns_is_read() -> None:
    text = HEAD + "| a | b |\n|---|---|\n| c | d |\n"
    data = text.replace("\n", "\r\n").encode()
    made = read_document("t", Source("t.txt", "t.txt", "", decode(data, "t.txt")))
    check_closed(made)
    assert render(made, Scope.READING).blocks[0].text == "a\tb\nc\td"


def test_numbered_paragraphs_are_not_the_telegrams_number() -> None:
    made = document("1. I saw him.\n\n- (a) first\n\n2. He left.")
    assert made.number is None


def test_a_face_that_was_altered_is_refused(tmp_path: Path) -> None:
    import shutil

    from publish import fonts
    from publish.problems import FontError
    from tests.conftest import ROOT

    copy = tmp_path / "fonts"
    shutil.copytree(ROOT / "fonts", copy)
    face = fonts.load(copy).get("Cable Pica")
    face.path.write_bytes(face.path.read_bytes()[:-4] + b"\0\0\0\1")
    with pytest.raises(FontError, match="is not the declared file"):
        fonts.verify_hashes(fonts.load(copy))
