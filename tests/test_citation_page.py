"""The citation page and the imprint: three things kept apart, identifiers as links, absent ones absent."""

import re
from dataclasses import replace
from datetime import date

import pytest

from publish.build import prepared
from publish.departures import render
from publish.imprint import Change
from publish.layouts import Layouts
from publish.model import Edition, Scope
from publish.orders import Order, make_job
from publish.typeset.sections.citation import citation
from publish.typeset.sections.context import Context
from publish.typeset.sections.front import title_page

PARTS = ["cite-original", "cite-transcription", "cite-edition", "cite-paragraph"]


def context(edition: Edition, known: Layouts) -> Context:
    """Return an edition as a section sees it."""
    job = prepared(make_job(edition, Order(), known))
    works = {work.key: work for work in edition.apparatus.works}
    rendered = {
        scope: render(job.edition.document, scope) for scope in (Scope.READING, Scope.FACSIMILE)
    }
    return Context(job, rendered[Scope.READING], rendered[Scope.FACSIMILE], {}, "F", works)


def page(edition: Edition, known: Layouts) -> str:
    return citation(context(edition, known)).html


def part(html: str, name: str) -> str:
    """Return what stands under one heading of the page, as words."""
    after = html.split(f'id="{name}"', 1)[1].partition(">")[2]
    return re.sub(r"<[^>]*>|[\u200b\u2060]", "", after.partition("<h3")[0])


def test_original_transcription_edition_and_paragraph_have_headings_of_their_own(
    edition: Edition, known: Layouts
) -> None:
    section = citation(context(edition, known))
    assert re.findall(r'<h3 id="([^"]*)"', section.html) == PARTS
    assert [name for name, _ in section.entries] == PARTS


def test_the_original_is_cited_from_its_printing_and_without_the_editions_name(
    edition: Edition, known: Layouts
) -> None:
    told = part(page(edition, known), "cite-original")
    assert "letter in telegram 1015" in told
    assert "Department of State to the Embassy in the Soviet Union, telegram 1015" in told
    assert "Document 67" in told
    assert "not an image of the original" in told
    assert "Cablepress" not in told


def test_the_transcription_has_its_hash_whole(edition: Edition, known: Layouts) -> None:
    told = part(page(edition, known), "cite-transcription")
    assert edition.document.source.sha256 in told
    assert "witness J" in told
    assert "Cablepress" not in told


def test_the_edition_is_cited_with_its_version(edition: Edition, known: Layouts) -> None:
    told = part(page(edition, known), "cite-edition")
    assert "version 1.0 (Cablepress, 2026)" in told
    assert "Government Printing Office" not in told


def test_a_paragraph_has_an_address_in_the_file(edition: Edition, known: Layouts) -> None:
    assert "edition.pdf#nameddest=p3" in part(page(edition, known), "cite-paragraph")


def test_identifiers_are_links_on_the_page_and_the_imprint(
    edition: Edition, known: Layouts
) -> None:
    named = replace(
        edition, doi="10.1234/abc", ark="ark:13030/xf93gt2q", url="https://example.org/e"
    )
    seen = context(named, known)
    for html in (citation(seen).html, title_page(seen).html):
        for address in (
            "https://doi.org/10.1234/abc",
            "https://n2t.net/ark:13030/xf93gt2q",
            "https://example.org/e",
        ):
            assert f'href="{address}"' in html


def test_an_edition_without_identifiers_shows_none(edition: Edition, known: Layouts) -> None:
    seen = context(edition, known)
    assert "Identifiers" not in citation(seen).html
    assert not re.search("doi|ark:", title_page(seen).html, re.IGNORECASE)


def test_a_title_with_a_sign_of_html_is_escaped(edition: Edition, known: Layouts) -> None:
    assert edition.printing
    odd = replace(edition, printing=replace(edition.printing, title="<b>Exchanges & more</b>"))
    assert "<b>" not in page(odd, known)
    assert "&lt;b&gt;Exchanges &amp; more" in page(odd, known)


def test_titles_are_in_italics_and_addresses_are_links(edition: Edition, known: Layouts) -> None:
    assert edition.printing
    html = page(edition, known)
    assert "<em>Kennedy-Khrushchev Exchanges</em>" in html
    assert f'href="{edition.printing.url}"' in html


def test_an_edition_without_a_printing_says_what_to_cite(
    synthetic: Edition, known: Layouts
) -> None:
    told = part(page(synthetic, known), "cite-original")
    assert "Cite the original, or a scholarly printing of it." in told
    assert "In a note" not in told


def test_a_printing_of_nobody_in_particular_is_cited_as_the_series_does(
    edition: Edition, known: Layouts
) -> None:
    bare = replace(edition.document, transmission=None, enclosed=None)
    told = part(page(replace(edition, document=bare), known), "cite-original")
    assert "In the manner of the series." in told
    assert "in a note" not in told


SHORT = Change("1.0", date(2026, 11, 23), "First release.", 3)
LONG = Change("1.1", date(2027, 3, 1), "- A note is corrected.\n- Another, too.", 3)


@pytest.mark.parametrize(
    ("changes", "listed"), [((), False), ((SHORT,), False), ((LONG, SHORT), True)]
)
def test_versions_are_listed_where_the_imprint_does_not_say_all(
    changes: tuple[Change, ...], listed: bool, edition: Edition, known: Layouts
) -> None:
    told = page(replace(edition, changes=changes), known)
    assert ('id="versions"' in told) == listed
    if listed:
        assert "<li>A note is corrected.</li>" in told
        assert "Version 1.1, March 1, 2027." in part(told, "versions")
        assert "Version 1.0, November 23, 2026. First release." in part(told, "versions")


@pytest.mark.parametrize(
    ("changes", "words"),
    [((SHORT,), "In this version: First release."), ((LONG, SHORT), "is told under <a"), ((), "")],
)
def test_the_imprint_says_what_the_newest_version_changes(
    changes: tuple[Change, ...], words: str, edition: Edition, known: Layouts
) -> None:
    html = title_page(context(replace(edition, changes=changes), known)).html
    assert words in html
    assert bool(words) == ("this version" in html)
