"""RIS, which EndNote, Zotero and library catalogues read: CHAP for what stands in a printing, BOOK for the edition."""

from collections.abc import Iterator, Sequence

from publish.citation.csl import title_of
from publish.citation.parts import locator, series_title
from publish.citation.record import DocumentRecord, EditionRecord

_Line = tuple[str, str]


def ris(
    documents: Sequence[DocumentRecord], editions: Sequence[EditionRecord], language: str
) -> str:
    """Return the records, each from TY to ER, with a blank line between them."""
    records = [_written(_document(record)) for record in documents]
    records += [_written(_edition(record, language)) for record in editions]
    return "\n".join(records)


def _written(lines: Iterator[_Line]) -> str:
    # A line end within a value would begin another field.
    told = ((tag, " ".join(value.split())) for tag, value in lines)
    return "".join(f"{tag}  - {value}\n" for tag, value in told if value) + "ER  - \n"


def _document(record: DocumentRecord) -> Iterator[_Line]:
    printing = record.printing
    yield "TY", "CHAP"
    yield "ID", record.key
    yield "AU", record.message.sender.inverted
    yield "TI", title_of(record)
    yield "T2", printing.title
    yield "T3", series_title(printing)
    yield "VL", str(printing.volume)
    for editor in printing.editors:
        yield "A2", editor.inverted
    yield "CY", ", ".join(filter(None, (printing.place, printing.region)))
    yield "PB", printing.publisher
    yield "PY", str(printing.year or "")
    yield "SP", "" if printing.document else printing.pages
    yield "M3", record.message.genre
    yield "N1", locator(printing, document="Document") if printing.document else ""
    yield "UR", printing.url


def _edition(record: EditionRecord, language: str) -> Iterator[_Line]:
    bodies = all(name.body for name in record.editors)
    yield "TY", "BOOK"
    yield "ID", record.key
    for editor in record.editors:
        yield "AU" if bodies else "A2", editor.inverted
    yield "TI", record.title
    yield "ET", f"Version {record.version}" if record.version else ""
    yield "PB", record.publisher
    yield "PY", record.year
    yield "DA", record.released.strftime("%Y/%m/%d") if record.released else ""
    yield "LA", language
    yield "N1", f"Transcription SHA-256 {record.digest}"
    yield "DO", record.doi
    yield "UR", record.address
