"""What an edition is cited by, in TEI and back: names, identifiers, the printing, the versions."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.imprint import Name, Printing
from publish.model import Edition
from publish.problems import SourceError
from tests.conftest import SYNTHETIC
from tests.equal_editions import differences
from tests.tei_files import TEI, again, as_tree, edition_of, full


def test_sender_and_recipient_of_telegram_and_letter_are_told_apart(edition: Edition) -> None:
    told = {
        each.get("type"): [
            (name.tag.removeprefix(TEI), "".join(name.itertext()))
            for action in each
            for name in action
        ]
        for each in as_tree(edition).iter(f"{TEI}correspDesc")
    }
    assert told == {
        "transmission": [
            ("orgName", "the Department of State"),
            ("placeName", "Washington"),
            ("date", "1962-10-27"),
            ("orgName", "the Embassy in the Soviet Union"),
        ],
        "enclosed": [("persName", "John F. Kennedy"), ("persName", "Nikita S. Khrushchev")],
    }


def test_the_parts_of_a_name_are_told_apart_and_read_as_the_name(edition: Edition) -> None:
    editors = list(as_tree(full(edition)).iterfind(f".//{TEI}titleStmt/{TEI}editor"))
    assert ["".join(each.itertext()) for each in editors] == [
        "Arthur M. Roe Jr.",
        "Madonna",
        "the Department of State",
    ]
    parts = [(part.tag.removeprefix(TEI), part.text) for part in editors[0][0]]
    assert parts == [("forename", "Arthur M."), ("surname", "Roe"), ("genName", "Jr.")]


def test_the_edition_is_told_by_each_of_its_identifiers(edition: Edition) -> None:
    (published,) = as_tree(full(edition)).iter(f"{TEI}publicationStmt")
    told = [(each.get("type"), each.text) for each in published.iterfind(f"{TEI}idno")]
    assert told == [
        ("edition", edition.id),
        ("DOI", "10.1234/abc.<d>&e"),
        ("ARK", "ark:12345/x6np1wh8k"),
        ("URI", "https://example.org/e"),
    ]


def test_each_version_has_its_day_its_words_and_its_digest(edition: Edition) -> None:
    told = [
        (each.get("n"), each.get("when"), each.findtext(f"{TEI}idno"))
        for each in as_tree(full(edition)).iter(f"{TEI}change")
    ]
    assert told == [("1.1", "2027-03-01", None), ("1.0", "2026-11-23", "0a" * 32)]


def test_the_printing_is_described_in_its_parts(edition: Edition) -> None:
    (printing,) = as_tree(edition).iter(f"{TEI}biblStruct")
    words = [
        " ".join("".join(each.itertext()).split()) for each in printing.iter() if not len(each)
    ]
    assert words == [
        "Kennedy-Khrushchev Exchanges", "Kennedy-Khrushchev exchanges", "Charles S.", "Sampson", "Washington",
        "DC", "Government Printing Office", "1996", "6", "Foreign Relations of the United States",
        "Foreign relations of the United States", "1961–1963", "67", "",
    ]  # fmt: skip


def test_a_subentry_of_the_index_points_to_the_heading_above_it(edition: Edition) -> None:
    found = {
        pointer.get("target")
        for pointer in as_tree(edition).iter(f"{TEI}ptr")
        if pointer.get("type") == "under"
    }
    assert found == {"#person-khrushchev", "#person-kennedy"}


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=12)


@given(family=NAMES, given=NAMES, suffix=NAMES, article=NAMES, of_a_body=st.booleans())
def test_any_name_comes_back_or_is_refused(
    family: str, given: str, suffix: str, article: str, of_a_body: bool
) -> None:
    edition = edition_of(SYNTHETIC)
    name = Name(body=family, article=article) if of_a_body else Name(family, given, suffix)
    changed = replace(edition, editors=(name,))
    try:
        found = again(changed)
    except SourceError:
        assert not family or any(
            sign in family + given + suffix + article for sign in "\ufffe\uffff"
        )
        return
    assert differences(changed, found) == []


@pytest.mark.parametrize(
    "printing",
    [
        Printing("A Volume"),
        Printing("A Volume", volume="6", part=2, region="DC"),
        Printing("A Volume", years="1961", pages="3"),
        Printing("A Volume", sentence_series="a series", year=1996),
    ],
)
def test_a_printing_of_which_little_is_known_comes_back(
    printing: Printing, synthetic: Edition
) -> None:
    changed = replace(synthetic, printing=printing)
    assert differences(changed, again(changed)) == []


def test_a_layer_without_a_day_has_none_though_the_timeline_has(edition: Edition) -> None:
    layer = edition.document.transmission
    assert layer is not None
    dayless = replace(edition.document, transmission=replace(layer, day=None, place=""))
    changed = replace(edition, document=dayless)
    assert differences(changed, again(changed)) == []
