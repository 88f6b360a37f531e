"""DOI and ARK: their form, the check character, the address."""

import pytest

from publish.identifiers import (
    ark_address,
    check_ark,
    check_character,
    check_doi,
    doi_address,
    lasting_address,
)


@pytest.mark.parametrize(
    ("name", "character"),
    [
        ("13030/xf93gt2", "q"),  # the worked example of Noid's manual
        ("13030/tf5p30086", "k"),  # n2t.net/e/noid.html
        ("btv1b8449691", "v"),  # of the Bibliothèque nationale de France, which leaves 12148/ out
    ],
)
def test_the_check_character_is_the_one_that_known_arks_have(name: str, character: str) -> None:
    assert check_character(name) == character


@pytest.mark.parametrize(
    "ark", ["ark:13030/xf93gt2q", "ark:/13030/tf5p30086k", "ark:12148/btv1b8449691v/f29", ""]
)
def test_a_sound_ark_is_taken(ark: str) -> None:
    check_ark(ark)


def test_two_figures_that_changed_places_are_noticed() -> None:
    with pytest.raises(ValueError, match="should be"):
        check_ark("ark:13030/xf39gt2q")


def test_an_ark_without_a_check_character_is_taken_when_that_is_said() -> None:
    check_ark("ark:13030/xf93gt2", has_check_character=False)


@pytest.mark.parametrize(
    "ark",
    ["13030/xf93gt2q", "ark:xf93gt2q", "ark:13030/", "ark:13030/a b", "https://n2t.net/ark:1"],
)
def test_what_is_no_ark_is_refused(ark: str) -> None:
    with pytest.raises(ValueError, match="is no ARK"):
        check_ark(ark)


@pytest.mark.parametrize("doi", ["10.1234/abc", "10.1000.10/A(b)<c>;2", "10.12345/é", ""])
def test_a_sound_doi_is_taken(doi: str) -> None:
    check_doi(doi)


@pytest.mark.parametrize(
    ("doi", "words"),
    [
        ("10.1234/ab c", "has a space after '10.1234/ab'"),
        ("10.1234/abc ", "has a space"),
        ("doi:10.1234/abc", "write the DOI alone"),
        ("https://doi.org/10.1234/abc", "write the DOI alone"),
        ("10.1234", "is no DOI"),
        ("11.1234/abc", "is no DOI"),
        ("10.1234/ab\u202ec", "is no DOI"),
    ],
)
def test_what_is_no_doi_is_refused(doi: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        check_doi(doi)


def test_an_absent_identifier_has_no_address() -> None:
    assert (doi_address(""), ark_address(""), lasting_address("", "", "")) == ("", "", "")


def test_a_doi_is_cited_before_an_ark_and_an_ark_before_an_address() -> None:
    page = "https://example.org/edition"
    assert (
        lasting_address("10.1234/abc", "ark:13030/xf93gt2q", page) == "https://doi.org/10.1234/abc"
    )
    assert lasting_address("", "ark:13030/xf93gt2q", page) == "https://n2t.net/ark:13030/xf93gt2q"
    assert lasting_address("", "", page) == page
