"""Citations in words, against goldens that were compared by eye with the manuals' forms.

`UPDATE_GOLDENS=1 pytest tests/test_citations.py` writes the goldens anew; proofread them before a commit.
"""

import os
from dataclasses import replace
from itertools import product

import pytest

from publish.citation import OBJECTS, STYLES, Of, citable, cite
from publish.citation.frus import roman
from publish.citation.names import in_apa, in_mla, in_note, initials
from publish.imprint import Name, Printing
from publish.model import Edition
from publish.problems import UsageError
from tests.conftest import ROOT

GOLDEN = ROOT / "tests" / "golden" / "citations"
UPDATE = bool(os.environ.get("UPDATE_GOLDENS"))
EACH = list(product(STYLES, OBJECTS))
DOE = Name(given="Jane Q.", family="Doe")
ROE = Name(given="Jean-Paul", family="Roe", suffix="Jr.")
POE = Name(given="E. A.", family="Poe")
LOE = Name(given="Li", family="Loe")


@pytest.mark.parametrize("style", STYLES)
def test_a_style_is_the_one_that_was_proofread(style: str, edition: Edition) -> None:
    told = "\n".join(f"# {of}\n{cite(edition, style, of, italics=True)}\n" for of in OBJECTS)
    path = GOLDEN / f"{style}.txt"
    if UPDATE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(told, "utf-8")
    assert told == path.read_text("utf-8")


@pytest.mark.parametrize("style", STYLES)
def test_an_edition_by_persons_with_all_identifiers_is_the_one_that_was_proofread(
    style: str, edition: Edition
) -> None:
    other = replace(
        edition,
        editors=(DOE, ROE),
        doi="10.1234/abc",
        ark="ark:13030/xf93gt2q",
        url="https://example.org/e",
    )
    told = cite(other, style, "edition", italics=True) + "\n"
    path = GOLDEN / "persons" / f"{style}.txt"
    if UPDATE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(told, "utf-8")
    assert told == path.read_text("utf-8")


def test_every_golden_belongs_to_a_style() -> None:
    assert {path.stem for path in GOLDEN.rglob("*.txt")} == set(STYLES)


@pytest.mark.parametrize(("style", "of"), EACH)
def test_plain_text_is_the_same_without_asterisks(style: str, of: str, edition: Edition) -> None:
    assert cite(edition, style, of) == cite(edition, style, of, italics=True).replace("*", "")


@pytest.mark.parametrize(("style", "of"), EACH)
def test_no_part_that_is_missing_leaves_a_trace(style: str, of: str, edition: Edition) -> None:
    assert edition.printing
    printing = Printing(title=edition.printing.title)
    bare = replace(edition, printing=printing, editors=(), version="", publisher="", released=None)
    told = cite(bare, style, of)
    for trace in ("()", ", ,", "..", " .", ",,", " ,", ": ,", "None", "[]", "( "):
        assert trace not in told, told
    assert told == told.strip()


@pytest.mark.parametrize("style", STYLES)
def test_a_numbered_document_is_never_cited_by_page(style: str, edition: Edition) -> None:
    assert edition.printing
    paged = replace(edition, printing=replace(edition.printing, pages="181–182"))
    assert "181" not in cite(paged, style, "document")


@pytest.mark.parametrize("style", STYLES)
def test_a_document_without_a_number_is_cited_by_page(style: str, edition: Edition) -> None:
    assert edition.printing
    paged = replace(edition, printing=replace(edition.printing, pages="181–182", document=""))
    assert "181–182" in cite(paged, style, "document")


@pytest.mark.parametrize("style", STYLES)
def test_letter_and_telegram_are_told_apart(style: str, edition: Edition) -> None:
    letter, telegram = cite(edition, style, "letter"), cite(edition, style, "telegram")
    assert "letter" in letter.lower()
    assert "Kennedy, J" in letter or letter.startswith("John F. Kennedy to")
    assert telegram.startswith("Department of State")
    assert "letter" not in telegram.lower()


@pytest.mark.parametrize("style", STYLES)
def test_a_document_is_the_letter_where_a_telegram_carries_one(
    style: str, edition: Edition
) -> None:
    if style != "frus":  # the series cites the document by its number, whoever wrote it
        assert cite(edition, style, "document") == cite(edition, style, "letter")
        alone = replace(edition, document=replace(edition.document, enclosed=None))
        assert cite(alone, style, "document") == cite(edition, style, "telegram")


@pytest.mark.parametrize("style", STYLES)
def test_the_edition_is_cited_with_its_version_and_its_hash(style: str, edition: Edition) -> None:
    told = cite(edition, style, "edition").lower()
    assert f"version {edition.version}" in told
    assert edition.document.source.sha256[:16] in told


@pytest.mark.parametrize("style", STYLES)
def test_no_address_is_made_up(style: str, edition: Edition) -> None:
    assert "http" not in cite(edition, style, "edition")
    assert "doi" not in cite(edition, style, "edition").lower()


def test_without_a_printing_the_edition_is_what_is_cited(synthetic: Edition) -> None:
    assert citable(synthetic) == (Of.EDITION,)
    assert cite(synthetic, "chicago-note") == cite(synthetic, "chicago-note", "edition")


def test_a_document_without_a_printing_is_refused_with_what_to_write(synthetic: Edition) -> None:
    with pytest.raises(UsageError, match=r"names no scholarly printing .* Write \[printing\]"):
        cite(synthetic, "mla", "document")


def test_a_letter_that_the_edition_does_not_have_is_refused(edition: Edition) -> None:
    alone = replace(edition, document=replace(edition.document, enclosed=None))
    with pytest.raises(UsageError, match=r"who sent the letter to whom"):
        cite(alone, "mla", "letter")


@pytest.mark.parametrize(
    ("style", "of", "words"), [("mls", "", "'mla'"), ("mla", "edtion", "'edition'")]
)
def test_a_misspelt_word_is_told_with_the_nearest(
    style: str, of: str, words: str, edition: Edition
) -> None:
    with pytest.raises(UsageError, match=words):
        cite(edition, style, of)


def test_an_asterisk_of_a_title_is_none_of_markdown(edition: Edition) -> None:
    starred = replace(edition, title="A * B", subtitle="")
    assert "*A \\* B*" in cite(starred, "frus", "edition", italics=True)
    assert cite(starred, "frus", "edition").startswith("A * B,")


def test_names_grow_by_each_manuals_rule() -> None:
    assert in_note((DOE, ROE, POE)) == "Jane Q. Doe, Jean-Paul Roe Jr., and E. A. Poe"
    assert in_note((DOE, ROE, POE, LOE)) == "Jane Q. Doe et al."
    assert in_mla((DOE, POE)) == "Doe, Jane Q., and E. A. Poe"
    assert in_mla((DOE, ROE, POE)) == "Doe, Jane Q., et al."
    assert in_apa((DOE, ROE, POE)) == "Doe, J. Q., Roe, J.-P., Jr., & Poe, E. A."


def test_initials_keep_a_hyphen_and_take_what_is_an_initial_already() -> None:
    assert [initials(given) for given in ("John F.", "Jean-Paul", "E. A.", "")] == [
        "J. F.",
        "J.-P.",
        "E. A.",
        "",
    ]


def test_a_volume_has_a_roman_number_where_the_series_gives_one() -> None:
    assert [roman(number) for number in (1, 4, 6, 9, 14, 19, 40, 64)] == [
        "I", "IV", "VI", "IX", "XIV", "XIX", "XL", "LXIV"]  # fmt: skip
