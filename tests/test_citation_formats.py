"""Records for programs, each read back by a parser that we did not write."""

import json
from dataclasses import replace
from typing import Any

import pybtex.database
import pytest
import rispy
from citeproc.source.json import CiteProcJSON
from datacite import schema45

from publish.citation import FORMATS, export
from publish.imprint import Name
from publish.model import Edition
from publish.problems import UsageError

LETTER, TELEGRAM = "kennedy-khrushchev-1962-10-27-letter", "kennedy-khrushchev-1962-10-27-telegram"
EDITION = "kennedy-khrushchev-1962-10-27"
TITLE = "Telegram 1015: President Kennedy’s reply to Chairman Khrushchev, October 27, 1962"


@pytest.fixture(scope="module")
def identified(edition: Edition) -> Edition:
    """Return the edition as if persons had edited and an agency registered it."""
    editors = (Name(given="Jane Q.", family="Doe", suffix="Jr."), Name(given="Li", family="Loe"))
    return replace(
        edition,
        editors=editors,
        doi="10.1234/a_b%c",
        ark="ark:13030/xf93gt2q",
        url="https://example.org/a_b?c=1&d",
    )


def bibtex(edition: Edition, of: str = "") -> dict[str, Any]:
    return dict(pybtex.database.parse_string(export(edition, "bibtex", of), "bibtex").entries)


def test_bibtex_has_letter_telegram_and_edition(edition: Edition) -> None:
    assert list(bibtex(edition)) == [LETTER, TELEGRAM, EDITION]


def test_bibtex_gives_a_letter_as_part_of_its_volume(edition: Edition) -> None:
    letter = bibtex(edition)[LETTER]
    assert letter.type == "incollection"
    assert [str(person) for person in letter.persons["author"]] == ["Kennedy, John F."]
    assert [str(person) for person in letter.persons["editor"]] == ["Sampson, Charles S."]
    assert letter.fields["booktitle"] == "{Kennedy-Khrushchev Exchanges}"
    assert (letter.fields["volume"], letter.fields["year"]) == ("6", "1996")
    assert letter.fields["note"] == "Document 67"
    assert "pages" not in letter.fields


def test_bibtex_keeps_a_bodys_name_whole(edition: Edition) -> None:
    (body,) = bibtex(edition)[EDITION].persons["author"]
    assert (body.first_names, body.last_names) == ([], ["{The Cablepress editors}"])


def test_bibtex_keeps_the_parts_of_a_persons_name(identified: Edition) -> None:
    first, second = bibtex(identified)[EDITION].persons["editor"]
    assert (first.last_names, first.lineage_names, first.first_names) == (
        ["Doe"],
        ["Jr."],
        ["Jane"],
    )
    assert (second.last_names, second.first_names) == (["Loe"], ["Li"])


def test_bibtex_survives_what_tex_takes_for_commands(edition: Edition) -> None:
    nasty = replace(edition, title=r"100% & {A_B} #1 $5 ~ ^ \textbf", subtitle="")
    title = bibtex(nasty)[EDITION].fields["title"]
    assert (
        title
        == r"{100\% \& \{A\_B\} \#1 \$5 \textasciitilde{} \textasciicircum{} \textbackslash{}textbf}"
    )


def ris(edition: Edition, of: str = "") -> list[dict[str, Any]]:
    return [dict(record) for record in rispy.loads(export(edition, "ris", of))]


def test_ris_gives_a_letter_as_part_of_its_volume(edition: Edition) -> None:
    letter, telegram, _ = ris(edition)
    assert (letter["type_of_reference"], letter["id"]) == ("CHAP", LETTER)
    assert (letter["authors"], telegram["authors"]) == (
        ["Kennedy, John F."],
        ["Department of State"],
    )
    assert letter["secondary_title"] == "Kennedy-Khrushchev Exchanges"
    assert letter["tertiary_title"] == "Foreign Relations of the United States, 1961–1963"
    assert letter["notes"] == ["Document 67"]
    assert letter["urls"] == ["https://history.state.gov/historicaldocuments/frus1961-63v06/d67"]


def test_ris_names_the_version_of_the_edition(identified: Edition) -> None:
    (book,) = ris(identified, "edition")
    assert (book["type_of_reference"], book["title"], book["edition"]) == (
        "BOOK",
        TITLE,
        "Version 1.0",
    )
    assert book["secondary_authors"] == ["Doe, Jane Q., Jr.", "Loe, Li"]
    assert book["doi"] == "10.1234/a_b%c"


def test_a_line_end_in_a_title_begins_no_field_of_ris(edition: Edition) -> None:
    split = replace(edition, title="A\nER  - \nTY  - BOOK", subtitle="")
    (book,) = ris(split, "edition")
    assert book["title"] == "A ER - TY - BOOK"


def items(edition: Edition, of: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(export(edition, "csl-json", of))
    return found


def test_csl_json_is_read_by_a_processor(edition: Edition) -> None:
    source = CiteProcJSON(items(edition))
    letter = source[LETTER]
    assert letter.type == "chapter"
    assert (letter.author[0].family, letter.author[0].given) == ("Kennedy", "John F.")
    assert (letter.issued.year, letter.original_date.year, letter.original_date.day) == (
        1996,
        1962,
        27,
    )
    assert str(source[EDITION].title) == TITLE


def test_csl_json_says_whether_it_is_the_letter_or_the_telegram(edition: Edition) -> None:
    assert [item.get("genre") for item in items(edition)] == ["letter", "telegram", None]


# CSL 1.0.2, csl-data.json: the variables that an item may have, as far as we write them, by their type.
TEXTS = {
    "id", "type", "title", "genre", "container-title", "collection-title", "volume", "part-number", "publisher",
    "publisher-place", "number", "page", "note", "URL", "DOI", "version", "language",
}  # fmt: skip


def test_csl_json_has_only_variables_of_the_schema(identified: Edition) -> None:
    for item in items(identified):
        for key, value in item.items():
            if key in ("author", "editor"):
                assert all(set(name) <= {"family", "given", "suffix", "literal"} for name in value)
            elif key in ("issued", "original-date"):
                assert all(isinstance(part, int) for date in value["date-parts"] for part in date)
            else:
                assert key in TEXTS
                assert isinstance(value, str)
                assert value


def record(edition: Edition) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(export(edition, "datacite"))
    return found


MANDATORY = ("creators", "titles", "publisher", "publicationYear", "types")


@pytest.mark.parametrize("bare", [False, True])
def test_datacites_mandatory_properties_are_never_empty(bare: bool, edition: Edition) -> None:
    if bare:
        edition = replace(
            edition, editors=(), publisher="", keywords=(), rights=(), subject="", version=""
        )
    found = record(edition)
    assert [key for key in MANDATORY if not found[key]] == []
    # The sixth: what identifies it. Without a DOI that is what the edition has of its own.
    assert found.get("doi") or found["alternateIdentifiers"]
    assert found["publisher"]["name"]
    assert found["creators"][0]["name"]
    assert found["types"]["resourceTypeGeneral"] == "Text"


@pytest.mark.parametrize("name", ["edition", "identified", "synthetic"])
def test_datacites_record_is_valid_by_its_schema(name: str, request: pytest.FixtureRequest) -> None:
    found = record(request.getfixturevalue(name))
    schema45.validator.validate(found)
    assert schema45.tostring(found)  # and can be written as DataCite's XML


def test_the_schema_refuses_a_record_without_a_creator(edition: Edition) -> None:
    assert not schema45.validate(record(edition) | {"creators": []})


def test_datacite_has_a_doi_only_where_the_edition_gives_one(
    edition: Edition, identified: Edition
) -> None:
    assert "doi" not in record(edition)
    assert record(identified)["doi"] == "10.1234/a_b%c"
    kinds = [each["alternateIdentifierType"] for each in record(identified)["alternateIdentifiers"]]
    assert kinds[:2] == ["ARK", "URL"]


def test_datacite_refuses_a_draft_without_a_date(edition: Edition) -> None:
    with pytest.raises(UsageError, match="year of publication"):
        export(replace(edition, released=None), "datacite")


def test_datacite_registers_no_document(edition: Edition) -> None:
    with pytest.raises(UsageError, match="registers the edition"):
        export(edition, "datacite", "letter")


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_gives_the_same_twice_and_ends_its_last_line(name: str, edition: Edition) -> None:
    told = export(edition, name)
    assert told == export(edition, name)
    assert told.endswith("\n")
    assert not told.endswith("\n\n")


def test_a_misspelt_format_is_told_with_the_nearest(edition: Edition) -> None:
    with pytest.raises(UsageError, match="'bibtex'"):
        export(edition, "bibtx")
