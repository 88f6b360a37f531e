"""The product `tei`: exported, read back by a reader that wrote nothing, held to the transcription, delivered."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from publish.attachments import attachments
from publish.build import build
from publish.departures import render
from publish.exports import EXPORTS, tei_read_back
from publish.exports.tei import tei
from publish.layouts import Job, Layouts
from publish.model import Edition, Scope
from publish.orders import Order, make_job
from publish.problems import PromiseError
from publish.sources import read
from publish.verify import State
from tests.conftest import SEED
from tests.tei_files import ODD, SEEDS, TABLE_LAST, edition_of, edition_of_text, full

Change = Callable[[bytes], bytes]


def printed(edition: Edition) -> tuple[tuple[str, str], ...]:
    """Return the passages of the reading text."""
    return tuple((p.id, p.text) for p in render(edition.document, Scope.READING).passages())


def job(edition: Edition, known: Layouts) -> Job:
    return make_job(edition, Order("tei"), known)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_the_tei_of_every_seed_is_delivered_with_its_promises_kept(
    seed: Path, known: Layouts, tmp_path: Path
) -> None:
    edition = edition_of(seed)
    built = build(job(edition, known), tmp_path)
    assert built.path == tmp_path / edition.id / "tei.xml"
    assert built.path.read_bytes() == tei(edition)
    assert {result.code: result.state for result in built.promises} == dict.fromkeys(
        ("record", "words", "whole"), State.KEPT
    )


@pytest.mark.parametrize("text", [ODD, TABLE_LAST])
def test_the_passages_of_an_odd_transcription_are_read_back(text: str, tmp_path: Path) -> None:
    edition = edition_of_text(tmp_path, text)
    assert tei_read_back.read_back(tei(edition)) == printed(edition)


def test_an_edition_with_something_of_everything_is_read_back_without_a_fault(
    edition: Edition,
) -> None:
    whole = full(edition)
    data = tei(whole)
    assert tei_read_back.read_back(data) == printed(whole)
    assert tei_read_back.faults(data) == ()


def test_a_file_that_was_built_is_read_and_gives_the_same_file(
    known: Layouts, tmp_path: Path
) -> None:
    first = build(job(edition_of(SEED), known), tmp_path / "one")
    (again,) = read(first.path)
    second = build(job(again, known), tmp_path / "two")
    assert second.path.read_bytes() == first.path.read_bytes()


DAMAGES: dict[str, tuple[Change, str]] = {
    "a word is changed": (
        lambda data: data.replace(b"</num>", b"1</num>", 1), "is read as '10151. Following message'"
    ),
    "a block is missing": (
        lambda data: re.sub(rb'<p xml:id="p3">.*?</p>', b"", data, flags=re.DOTALL),
        "words: broken: p3: p3 should stand here, and p4 does",
    ),
    "a dash is none": (
        lambda data: data.replace(b"<reg>\xe2\x80\x9c</reg>", b"<reg>x</reg>", 1), "is read as"
    ),
    "a block has another name": (
        lambda data: data.replace(b'xml:id="p9"', b'xml:id="p99"'), "p9 should stand here, and p99 does"
    ),
    "a pointer leads nowhere": (
        lambda data: data.replace(b'target="#person-kennedy"', b'target="#person-k"'),
        "whole: broken: #person-k leads nowhere",
    ),
    "an identifier stands twice": (
        lambda data: data.replace(b'xml:id="person-kennedy"', b'xml:id="person-khrushchev"'),
        "whole: broken: 'person-khrushchev' names 2 places",
    ),
    "it is half a file": (lambda data: data[: len(data) // 2], "it is no well-formed XML"),
    "it has a document type": (
        lambda data: data.replace(b"<TEI ", b'<!DOCTYPE TEI [<!ENTITY a "a">]><TEI ', 1),
        "it has a document type",
    ),
    "it is in another encoding": (
        lambda data: data.decode("utf-8").encode("utf-16"), "the file cannot be read: 'utf-8' codec"
    ),
    "it has no body": (
        lambda data: data.replace(b"<body", b"<group").replace(b"</body", b"</group"), "it has 0 bodies of text"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_file_is_not_delivered(
    name: str, edition: Edition, known: Layouts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage, expected = DAMAGES[name]
    wrong = replace(EXPORTS["tei"], write=lambda job: damage(tei(job.edition)))
    monkeypatch.setitem(EXPORTS, "tei", wrong)
    with pytest.raises(PromiseError) as refused:
        build(job(edition, known), tmp_path)
    assert expected in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_the_reader_that_reads_back_knows_nothing_of_the_writer() -> None:
    source = Path(tei_read_back.__file__).read_text("utf-8")
    assert re.findall(r"^(?:from|import) (publish\S*|lxml\S*)", source, re.MULTILINE) == []


def test_tei_from_which_an_edition_is_made_is_attached_as_tei(
    edition: Edition, tmp_path: Path
) -> None:
    path = tmp_path / "tei.xml"
    path.write_bytes(tei(edition))
    (again,) = read(path)
    told = [(a.name, a.type, a.description) for a in attachments(again)]
    assert told[:2] == [
        ("telegram.txt", "text/plain", "Transcription of the telegram, byte for byte"),
        ("tei.xml", "application/tei+xml", "The edition in TEI P5, with commentary and apparatus"),
    ]
    assert attachments(again)[1].data == path.read_bytes()


def test_the_digest_of_a_seed_is_not_asked_of_an_edition_that_was_read_from_tei(
    edition: Edition, tmp_path: Path
) -> None:
    from publish.checks.versions import changed_after_release

    path = tmp_path / "tei.xml"
    path.write_bytes(tei(edition))
    (again,) = read(path)
    assert again.changes[0].seed == edition.changes[0].seed
    assert list(changed_after_release(again)) == []
    other = replace(edition.changes[0], seed="0" * 64)
    assert len(list(changed_after_release(replace(edition, changes=(other,))))) == 1
