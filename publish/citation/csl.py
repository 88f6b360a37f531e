"""CSL-JSON (Citation Style Language 1.0.2, csl-data schema), which Zotero, pandoc and others read.

A letter or telegram in a printing is a `chapter`: its description is the title, the volume the container, so that
every style puts it where it would put a part of a book. The `genre` says which of the two it is.
"""

import json
from collections.abc import Sequence
from datetime import date

from publish.citation.parts import described_to, locator, place_and_day, series_title
from publish.citation.record import DocumentRecord, EditionRecord
from publish.citation.wording import capitalised
from publish.imprint import Name

Item = dict[str, object]


def csl_json(
    documents: Sequence[DocumentRecord], editions: Sequence[EditionRecord], language: str
) -> str:
    """Return an array of items, one for each record."""
    items = [_document(record) for record in documents]
    items += [_edition(record, language) for record in editions]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def title_of(record: DocumentRecord) -> str:
    """Return what stands in a title's place: Letter to A. B. in telegram 1, Place, May 1, 1900."""
    what = capitalised(described_to(record.message))
    return ", ".join(filter(None, (what, place_and_day(record.message))))


def _document(record: DocumentRecord) -> Item:
    message, printing = record.message, record.printing
    sent = (message.carrier or message).day
    return _filled(
        {
            "id": record.key,
            "type": "chapter",
            "author": [_name(message.sender)],
            "title": title_of(record),
            "genre": message.genre,
            "original-date": _day(sent),
            "container-title": printing.title,
            "collection-title": series_title(printing),
            "volume": str(printing.volume),
            "part-number": str(printing.part),
            "editor": [_name(name) for name in printing.editors],
            "publisher": printing.publisher,
            "publisher-place": ", ".join(filter(None, (printing.place, printing.region))),
            "issued": {"date-parts": [[printing.year]]} if printing.year else None,
            "number": printing.document,
            "page": "" if printing.document else printing.pages,
            "note": locator(printing, document="Document"),
            "URL": printing.url,
        }
    )


def _edition(record: EditionRecord, language: str) -> Item:
    # A body that edits stands in the author's place, as in the styles.
    role = "author" if all(name.body for name in record.editors) else "editor"
    return _filled(
        {
            "id": record.key,
            "type": "book",
            role: [_name(name) for name in record.editors],
            "title": record.title,
            "version": record.version,
            "publisher": record.publisher,
            "issued": _day(record.released),
            "language": language,
            "DOI": record.doi,
            "URL": record.address,
            "note": f"Transcription SHA-256 {record.digest}",
        }
    )


def _name(name: Name) -> dict[str, str]:
    if name.body:
        return {"literal": name.body}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {key: words for key, words in parts.items() if words}


def _day(day: date | None) -> object:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None


def _filled(item: Item) -> Item:
    return {key: value for key, value in item.items() if value}
