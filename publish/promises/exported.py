"""The record beside a file that is no PDF: which text it holds, of which edition, and its hash.

Such a file has no pages, faces or layers to promise anything of.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publish import __version__
from publish.layouts import Job
from publish.model import Document
from publish.promises.reading import read_document, read_record, record_text
from publish.promises.record import digest, document_entry
from publish.tables import Table

FORMAT = "cablepress promises of an export, version 1"


@dataclass(frozen=True, slots=True)
class ExportPromises:
    """A record as it was read: all that an export is held to."""

    path: str
    sha256: str  # of the finished file
    media_type: str
    edition: str
    version: str
    title: str
    language: str
    product: str
    document: Document
    press: str  # the version of Cablepress that wrote the file


def export_record(job: Job, data: bytes, media_type: str) -> dict[str, Any]:
    """Return the record of a finished export, ready to be written."""
    edition = job.edition
    return {
        "format": FORMAT,
        "file": {"sha256": digest(data), "media_type": media_type},
        "edition": {
            "id": edition.id,
            "version": edition.version,
            "title": job.title,
            "language": edition.language,
        },
        "product": job.product.name,
        "document": document_entry(edition.document),
        "press": __version__,
    }


def load_export(path: Path) -> ExportPromises:
    """Read a record. Raises SourceError when it is not there, damaged or of another kind."""
    return loads_export(record_text(path), str(path))


def loads_export(text: str, path: str) -> ExportPromises:
    """Return the promises that `text` records; `path` is for messages. Raises as `load_export`."""
    return read_record(text, path, FORMAT, _promises)


def _promises(top: Table) -> ExportPromises:
    top.text("format")
    file, edition = top.table("file"), top.table("edition")
    promises = ExportPromises(
        path=top.path,
        sha256=file.text("sha256"),
        media_type=file.text("media_type"),
        edition=edition.text("id"),
        version=edition.text("version"),
        title=edition.text("title"),
        language=edition.text("language"),
        product=top.text("product"),
        document=read_document(top.table("document")),
        press=top.text("press"),
    )
    for table in (file, edition, top):
        table.close()
    return promises
