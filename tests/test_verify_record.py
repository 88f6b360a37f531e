"""The record beside a finished file: written in one order, read strictly, never guessed."""

import copy
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from publish import promises
from publish.departures import render
from publish.model import Scope
from publish.problems import SourceError
from publish.products import Labels
from publish.promises import ExpectedDestination, ScopeInFile
from publish.verify import State, verify, verify_file
from publish.verify.fidelity import first_difference
from tests.verify_pages import TRANSCRIPTION, build


def test_the_record_is_written_with_sorted_keys_and_a_line_end() -> None:
    written = promises.dumps(build().stored)
    assert written.endswith("}\n")
    assert json.loads(written) == build().stored
    assert promises.dumps(json.loads(written)) == written


def test_two_records_of_one_file_are_the_same_bytes() -> None:
    assert promises.dumps(build().stored) == promises.dumps(build().stored)


def test_the_record_names_the_file_by_its_hash() -> None:
    bound = build()
    assert bound.record.sha256 == hashlib.sha256(bound.pdf).hexdigest()
    assert bound.record.pages == 3


def test_the_transcription_stands_in_the_record_whole_and_the_expected_texts_do_not() -> None:
    written = promises.dumps(build().stored)
    assert build().record.document.source.text == TRANSCRIPTION
    assert "weather permitting.  Its papers" not in written


def test_the_replayed_texts_are_those_that_were_set() -> None:
    document = build().record.document
    assert render(document, Scope.FACSIMILE).block("p2").text == (
        "1)  It carries no counterrevolutionaries.  It carries timber."
    )
    assert render(document, Scope.READING).block("p3").text == "Vessel\tDue\nAlma\tMay 1"
    assert render(document, Scope.FACSIMILE).moved == {"number": "77"}


def test_the_texts_in_the_file_are_those_of_the_product_s_plan() -> None:
    assert build().record.scopes == (
        ScopeInFile(Scope.FACSIMILE, "facsimile-"),
        ScopeInFile(Scope.READING, ""),
    )


def test_pages_are_counted_through_the_whole_file() -> None:
    destinations = build().record.destinations
    assert ExpectedDestination("facsimile-p1", 1, 72, 720) in destinations
    assert ExpectedDestination("heading", 2, 72, 720) in destinations
    assert ExpectedDestination("p4", 3, 72, 720) in destinations
    assert build().record.labels == ("F1", "1", "2")


@pytest.mark.parametrize(
    ("labels", "index", "label"),
    [
        (Labels("roman"), 0, "i"),
        (Labels("roman"), 13, "xiv"),
        (Labels("roman", start=49), 0, "xlix"),
        (Labels("arabic", "F"), 2, "F3"),
        (Labels("arabic", start=7), 1, "8"),
    ],
)
def test_a_page_is_labelled_as_its_part_says(labels: Labels, index: int, label: str) -> None:
    assert labels.label(index) == label


def test_the_text_libraries_are_named_once_they_are_loaded() -> None:
    import weasyprint.text.ffi  # noqa: F401 — loads Pango and HarfBuzz

    versions = promises.library_versions()
    assert set(versions) >= {"python", "pypdf", "weasyprint", "pango", "harfbuzz"}
    assert versions["pango"].count(".") == 2
    assert int(versions["harfbuzz"].split(".")[0]) >= 1


def test_the_record_stands_beside_its_file() -> None:
    assert promises.path_beside(Path("out/handout-a4.pdf")) == Path("out/handout-a4.promises.json")


# Damaged records


def loaded_after(change: Callable[[dict[str, Any]], object]) -> None:
    stored = copy.deepcopy(build().stored)
    change(stored)
    promises.loads(promises.dumps(stored), "edition.promises.json")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is not valid JSON"),
        ("{", "is not valid JSON"),
        ("[" * 100_000, "is not valid JSON"),
        ("[]", "does not hold one JSON object"),
        ("{}", "is not in the form 'cablepress promises, version 2'"),
    ],
    ids=["empty", "half", "deep", "a list", "another form"],
)
def test_what_is_no_record_is_refused(text: str, message: str) -> None:
    with pytest.raises(SourceError, match=message) as refusal:
        promises.loads(text, "edition.promises.json")
    assert str(refusal.value).startswith("edition.promises.json: ")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda r: r.pop("labels"), "the key 'labels' is missing"),
        (lambda r: r.update(label=[]), "unknown key 'label'"),
        (lambda r: r.update(labels="i"), "'labels' must be a list"),
        (lambda r: r["file"].update(pages="3"), "'pages' must be a whole number"),
        (lambda r: r["file"].update(size=1), "unknown key 'size'"),
        (lambda r: r["scopes"][0].update(scope="carbon copy"), "at odds with itself"),
        (lambda r: r["document"]["blocks"][0].update(kind="ode"), "at odds with itself"),
        (lambda r: r["document"]["blocks"].pop(), "does not account for every character"),
        (lambda r: r["document"]["heading"].update(start=-1), "are no span"),
        (lambda r: r["document"]["departures"][0].update(rule="whim"), "is no rule of departure"),
        (lambda r: r["document"]["departures"][0].update(printed="x"), "at odds with itself"),
        (lambda r: r["document"]["departures"][0].update(source="x"), "the transcription has"),
        (lambda r: r["document"]["departures"].pop(0), "does not account for every character"),
        (
            lambda r: r["document"]["transcription"].update(text=TRANSCRIPTION.replace("s", "z")),
            "is not the one it names",
        ),
    ],
)
def test_a_record_that_was_tampered_with_is_refused(
    change: Callable[[dict[str, Any]], object], message: str
) -> None:
    with pytest.raises(SourceError, match=message) as refusal:
        loaded_after(change)
    assert str(refusal.value).startswith("edition.promises.json")


def test_a_record_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"edition\.promises\.json: there is no record"):
        promises.load(tmp_path / "edition.promises.json")


def test_a_record_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "edition.promises.json"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourceError, match="cannot be read as UTF-8 text"):
        promises.load(path)


# A file and its record on the disk


def test_a_file_is_verified_by_the_record_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "edition.pdf"
    path.write_bytes(build().pdf)
    promises.path_beside(path).write_text(promises.dumps(build().stored), encoding="utf-8")
    states = {result.code: result.state for result in verify_file(path)}
    assert states.pop("claims") is State.NOT_CHECKED
    assert set(states.values()) == {State.KEPT}


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"gone\.pdf: cannot be read"):
        verify_file(tmp_path / "gone.pdf")


def test_a_file_without_any_text_of_the_document_is_not_called_faithful() -> None:
    bound = build()
    bound.stored["scopes"] = []
    record = promises.loads(promises.dumps(bound.stored), "edition.promises.json")
    results = {result.code: result for result in verify(bound.pdf, record)}
    assert results["drawn"].state is State.NOT_CHECKED
    assert results["heard"].state is State.NOT_CHECKED


# The comparison itself


@pytest.mark.parametrize(
    ("expected", "found", "hyphens", "place"),
    [
        ("a word", "a word", (), None),
        ("a word", "a ward", (), (3, 3)),
        ("a word", "a wor", (), (5, 5)),
        ("a word", "a words", (), (6, 6)),
        ("a word", "", (), (0, 0)),
        ("", "x", (), (0, 0)),
        ("hyphen", "hy\u00adphen", (2,), None),
        ("hyphen", "hy\u2010phen", (2,), None),
        ("hyphen", "hy-phen", (2,), (2, 2)),
        ("hyphen", "hyphen", (2,), (2, 2)),
        ("hyphen", "hyp\u2010hen", (2,), (2, 2)),
        ("hyphenated", "hy\u2010phen\u2010ated", (2, 6), None),
        ("hyphenated", "hy\u2010phenated", (2, 6), (6, 7)),
    ],
)
def test_the_first_difference_is_found(
    expected: str, found: str, hyphens: tuple[int, ...], place: tuple[int, int] | None
) -> None:
    difference = first_difference(expected, found, hyphens, hyphens_needed=True)
    told = (difference.expected_at, difference.found_at) if difference else None
    assert told == place


def test_a_recorded_hyphen_need_not_be_heard() -> None:
    assert first_difference("hyphen", "hyphen", (2,), hyphens_needed=False) is None
