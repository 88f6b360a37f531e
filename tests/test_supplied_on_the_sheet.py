"""What witnesses supply for blank fields, on the sheet and in its list: seen, told, and never typed."""

import re
from collections.abc import Iterator

import pytest

from publish.model import Edition
from tests.conftest import SEED, Finisher
from tests.drawn_facsimile import Drawn, found, typed_faces

ANNOTATED = (("fields", "annotated"),)
KEYED = {
    "a": "[OCT 27  8 05 PM '62]",
    "b": "[Amembassy MOSCOW]",
    "c": "[NIACT]",
    "d": "[Brubeck]",
    "e": "[UNCLASSIFIED]",
    "f": "[RUSK]",
}


@pytest.fixture(scope="module")
def annotated(finished: Finisher) -> bytes:
    return finished(SEED, "facsimile", options=ANNOTATED).pdf


def words(pdf: bytes, page: int, *layers: str) -> str:
    """Return what is drawn on a page in these layers, in the order of the stream."""
    return "".join(
        drawn.character
        for drawn in found(pdf).drawn
        if drawn.page == page and drawn.layer in layers
    )


def supplied(pdf: bytes) -> Iterator[Drawn]:
    return (drawn for drawn in found(pdf).drawn if drawn.layer in ("Stamps", "Editorial"))


def test_each_field_shows_its_words_and_their_key(annotated: bytes) -> None:
    first, last = (words(annotated, page, "Stamps", "Editorial") for page in (0, 2))
    assert first == "".join(f"{KEYED[key]} {key}" for key in "abcde")
    assert last == "".join(f"{KEYED[key]} {key}" for key in "fe")


def test_a_strict_sheet_shows_nothing_of_them(finished: Finisher) -> None:
    assert list(supplied(finished(SEED, "facsimile").pdf)) == []


def test_nothing_that_is_supplied_is_typed(annotated: bytes) -> None:
    assert {drawn.face for drawn in supplied(annotated)}.isdisjoint(typed_faces())


def test_the_typed_text_is_the_same_with_and_without_them(
    annotated: bytes, finished: Finisher
) -> None:
    strict = finished(SEED, "facsimile").pdf
    for page in range(3):
        assert words(annotated, page, "Typing") == words(strict, page, "Typing")


def test_supplied_words_keep_clear_of_all_others(annotated: bytes) -> None:
    for one in supplied(annotated):
        for other in found(annotated).drawn:
            if other.page == one.page and other.layer in ("Form", "Typing"):
                apart = max(abs(one.x - other.x) - 6, abs(one.y - other.y) - 6)
                assert apart > 0 or " " in (one.character, other.character), (one, other)


def test_the_list_gives_each_key_with_the_witness_s_own_words(
    annotated: bytes, edition: Edition
) -> None:
    listed = " ".join(
        "".join(d.character for d in found(annotated).drawn if d.page == 3)
        .replace("\u00a0", " ")
        .split()
    )
    assert "Supplied from other witnesses" in listed
    for entry in edition.supplied:
        quotation = " ".join(entry.quotation.split())
        assert f"{entry.witness}, {entry.locator}: “{quotation}”" in listed


def test_a_listener_hears_that_a_field_is_supplied_and_what(finished: Finisher) -> None:
    from publish.verify import heard

    told = heard(finished(SEED, "facsimile", options=ANNOTATED).built.path)
    place = told.index("Action, the addressee: supplied by the editors")
    assert told[place + 1] == "Amembassy MOSCOW, note b"
    assert "Clock stamp: supplied by the editors: OCT 27 8 05 PM '62, note a" in told
    assert not [line for line in told if re.search(r"Classification: blank", line)]


def test_a_field_on_every_sheet_is_told_once(finished: Finisher) -> None:
    from publish.verify import heard

    told = heard(finished(SEED, "facsimile", options=ANNOTATED).built.path)
    assert len([line for line in told if line.startswith("UNCLASSIFIED")]) == 1
