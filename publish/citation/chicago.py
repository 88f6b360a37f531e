"""Chicago's notes and bibliography (Chicago Manual of Style, 17th ed., 14.111 on letters in collections).

The note keeps to the form that the Manual's editors give for a document of FRUS (CMOS Shop Talk, Q&A, faq0443):
correspondents, kind, place and date, collection, volume, document number, address. The place of publication
stands, as there. Turabian's notes are Chicago's for students, and have the same words.
"""

from publish.citation import names
from publish.citation.parts import (
    described,
    described_to,
    hash_words,
    in_brackets,
    locator,
    place_and_day,
    publication,
    volume_titles,
    volume_words,
)
from publish.citation.record import DocumentRecord, EditionRecord
from publish.citation.wording import (
    Line,
    capitalised,
    italic,
    line,
    link,
    listed,
    sentences,
    stopped,
)
from publish.imprint import Printing


def note_of_document(record: DocumentRecord) -> Line:
    """Return the first, full note on a letter or telegram."""
    return stopped(listed(heading(record), line("in ", _volume_in_note(record.printing))))


def heading(record: DocumentRecord) -> str:
    """Return who wrote to whom, what, where and when."""
    message = record.message
    who = f"{names.lead(message.sender)} to {message.recipient}"
    return ", ".join(filter(None, (who, described(message), place_and_day(message))))


def _volume_in_note(printing: Printing) -> Line:
    editors = names.in_note(printing.editors)
    titles = volume_titles(printing, volume_words(printing))
    volume = listed(titles, f"ed. {editors}" if editors else "")
    place = locator(printing) if printing.document else printing.pages
    facts = in_brackets(publication(printing, region=True))
    return listed(line(volume, facts), place, link(printing.url))


def entry_of_document(record: DocumentRecord) -> Line:
    """Return the entry of a bibliography for a letter or telegram."""
    message, printing = record.message, record.printing
    what = capitalised(described_to(message))
    editors = names.series([names.lead(name) for name in printing.editors])
    volume = listed(
        volume_titles(printing, volume_words(printing)),
        f"edited by {editors}" if editors else "",
        locator(printing) if printing.document else printing.pages,
    )
    return sentences(
        message.sender.inverted,
        listed(what, place_and_day(message)),
        line("In ", volume),
        publication(printing, region=True),
        link(printing.url),
    )


def note_of_edition(record: EditionRecord) -> Line:
    """Return the first, full note on the edition."""
    editors = names.in_note(record.editors)
    if not names.are_bodies(record.editors):
        editors += ", ed." if len(record.editors) == 1 else ", eds."
    version = f"version {record.version}" if record.version else ""
    published = in_brackets(", ".join(filter(None, (record.publisher, record.year))))
    title = listed(editors, italic(record.title), version)
    return stopped(listed(line(title, published), hash_words(record), link(record.address)))


def entry_of_edition(record: EditionRecord) -> Line:
    """Return the entry of a bibliography for the edition."""
    editors = names.in_bibliography(record.editors)
    if not names.are_bodies(record.editors):
        editors += ", ed." if len(record.editors) == 1 else ", eds."
    return sentences(
        editors,
        italic(record.title),
        f"Version {record.version}" if record.version else "",
        ", ".join(filter(None, (record.publisher, record.year))),
        capitalised(hash_words(record)),
        link(record.address),
    )
