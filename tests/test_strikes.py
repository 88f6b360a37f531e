"""The strikes of a face share a name, and are told apart where they must be."""

from pathlib import Path

import pytest

from publish import fonts
from publish.fonts import Faces
from publish.problems import FontError
from tests.declared_fonts import ENTRY, declared, folder_with


def struck(folder: Path, *strikes: int) -> Faces:
    """Return the faces of a fonts.toml that declares one family with these strikes."""
    entries = [
        ENTRY | {"strike": str(strike), "postscript": f'"Test-Strike{strike}"'}
        for strike in strikes
    ]
    return fonts.load(folder_with(folder, *entries))


@pytest.mark.parametrize(
    ("family", "strikes"),
    [("Cable Pica", 4), ("Cable Pica Cyrillic", 4), ("Press STIX", 1), ("Press Courier", 1)],
)
def test_the_typed_faces_have_four_strikes_and_the_others_one(family: str, strikes: int) -> None:
    assert [face.strike for face in declared().strikes(family)] == [*range(1, strikes + 1)]


def test_strikes_come_in_their_order_and_not_in_that_of_the_file(tmp_path: Path) -> None:
    faces = struck(tmp_path, 3, 1, 2)
    assert [face.strike for face in faces.strikes("Cable Test")] == [1, 2, 3]


def test_a_face_asked_for_by_its_name_is_the_first_strike(tmp_path: Path) -> None:
    assert struck(tmp_path, 2, 1).get("Cable Test").strike == 1


def test_another_weight_is_no_strike_of_a_face(tmp_path: Path) -> None:
    bold, slanted = ENTRY | {"weight": "700"}, ENTRY | {"style": '"italic"'}
    faces = fonts.load(folder_with(tmp_path, bold, ENTRY, slanted))
    assert [str(face) for face in faces.strikes("Cable Test")] == ["Cable Test 400"]


def test_a_face_says_its_strike_when_it_is_not_the_first(tmp_path: Path) -> None:
    assert [str(face) for face in struck(tmp_path, 1, 2)] == [
        "Cable Test 400",
        "Cable Test 400, strike 2",
    ]


def test_the_strikes_of_an_unknown_family_are_refused_with_the_nearest() -> None:
    with pytest.raises(FontError, match=r"'Cable Pika' is not declared\. Did you mean"):
        declared().strikes("Cable Pika")


def test_a_strike_declared_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FontError, match="Cable Test 400, strike 2 is declared twice"):
        struck(tmp_path, 1, 2, 2)


@pytest.mark.parametrize(("strikes", "lacking"), [((2,), 1), ((1, 2, 4), 3)])
def test_a_strike_without_the_one_before_it_is_refused(
    tmp_path: Path, strikes: tuple[int, ...], lacking: int
) -> None:
    with pytest.raises(FontError, match=f"is declared without a strike {lacking}"):
        struck(tmp_path, *strikes)


@pytest.mark.parametrize("strike", [-1, 0, 10])
def test_a_strike_is_a_number_from_one_to_nine(tmp_path: Path, strike: int) -> None:
    with pytest.raises(FontError, match="a strike is a number from 1 to 9"):
        struck(tmp_path, strike)


def test_the_style_sheet_has_a_rule_for_the_first_strike_alone() -> None:
    strikes = declared().strikes("Cable Pica")
    assert fonts.stylesheet(reversed(strikes)) == fonts.stylesheet(strikes[:1])
    assert "CablePica-Regular.ttf" in fonts.stylesheet(strikes)


def test_every_strike_has_a_name_of_its_own_in_a_file() -> None:
    strikes = declared().strikes("Cable Pica")
    named = fonts.by_file_name(declared())
    assert [named[face.postscript] for face in strikes] == list(strikes)
    assert named["Cable-Pica"] == strikes[0]
    assert fonts.pdf_names(strikes[1]) == {"CablePica-Strike2"}
