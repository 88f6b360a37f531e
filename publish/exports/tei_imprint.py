"""What an edition is cited by, in TEI: names, the scholarly printing, the versions."""

from lxml.etree import _Element as Element

from publish.imprint import Name, Printing
from publish.model import Edition
from publish.tei.elements import add, add_text
from publish.tei.prose import Prose


def write_name(parent: Element, name: Name) -> None:
    """Add a person as persName, a body as orgName; the words within, one after the other, are the name.

    nameLink is what TEI has for a word within a name that is no part of it: the article before a body's.
    """
    element = add(parent, "orgName" if name.body else "persName")
    for part, words in (
        ("nameLink", name.article),
        ("forename", name.given),
        ("surname", name.family),
        ("genName", name.suffix),
    ):
        if words:
            _part_from_the_last(element)
            add(element, part, words)
    if name.body:
        _part_from_the_last(element)
        add_text(element, name.body)


def _part_from_the_last(element: Element) -> None:
    if len(element):
        add_text(element, " ")


def printed_titles(printing: Printing | None) -> frozenset[str]:
    """Return the titles of a printing, in the forms in which the editors' words may emphasise them."""
    if printing is None:
        return frozenset()
    with_years = f"{printing.series}, {printing.years}" if printing.years else ""
    return frozenset({printing.title, printing.series, with_years} - {""})


def write_printing(sources: Element, printing: Printing) -> None:
    """Add the printing by which the document is cited. `n` of a volume or part says that it is a number."""
    entry = add(sources, "biblStruct", attributes={"type": "printing"})
    _volume(add(entry, "monogr"), printing)
    if printing.series or printing.years or printing.sentence_series:
        series = add(entry, "series")
        _titles(series, "s", printing.series, printing.sentence_series)
        if printing.years:
            add(series, "biblScope", printing.years, attributes={"unit": "years"})
    for unit, words in (("document", printing.document), ("page", printing.pages)):
        if words:
            add(entry, "citedRange", words, attributes={"unit": unit})
    if printing.url:
        add(entry, "ptr", attributes={"target": printing.url})


def _volume(volume: Element, printing: Printing) -> None:
    _titles(volume, "m", printing.title, printing.sentence_title)
    for editor in printing.editors:
        write_name(add(volume, "editor"), editor)
    imprint = add(volume, "imprint")
    if printing.place or printing.region:
        place = add(imprint, "pubPlace")
        for name, words in (("settlement", printing.place), ("region", printing.region)):
            if words:
                if len(place):
                    add_text(place, ", ")
                add(place, name, words)
    if printing.publisher:
        add(imprint, "publisher", printing.publisher)
    year = str(printing.year) if printing.year else ""
    add(imprint, "date", year or "not known", attributes={"when": year})
    for unit, number in (("volume", printing.volume), ("part", printing.part)):
        if number != "":
            counted = str(number) if isinstance(number, int) else ""
            add(volume, "biblScope", str(number), attributes={"unit": unit, "n": counted})


def _titles(parent: Element, level: str, title: str, in_sentence_case: str) -> None:
    if title:
        add(parent, "title", title, attributes={"level": level})
    if in_sentence_case:
        attributes = {"level": level, "type": "sentence-case"}
        add(parent, "title", in_sentence_case, attributes=attributes)


def write_changes(header: Element, edition: Edition, prose: Prose) -> None:
    """Add the versions, the newest first: day, words, and the digest of the seed's files."""
    if not edition.changes:
        return
    revisions = add(header, "revisionDesc")
    for change in edition.changes:
        attributes = {"n": change.version, "when": change.released.isoformat()}
        entry = add(revisions, "change", attributes=attributes)
        prose.block(add(entry, "note", attributes={"type": "told"}), change.told)
        if change.seed:
            add(entry, "idno", change.seed, attributes={"type": "seed-SHA-256"})
