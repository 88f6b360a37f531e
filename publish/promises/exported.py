"""The record beside a file that is no PDF: which text it holds, of which edition, and its hash.

Such a file has no pages, faces or layers to promise anything of.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publish import __version__
from publish.departures import render
from publish.handout_words import adapted_text
from publish.layouts import Job
from publish.model import Document, Scope
from publish.products import ADAPTED_SECTION, SOURCES_SECTION, TEXT_SECTIONS
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
    left_out: tuple[str, ...] = ()  # ids of the document’s passages that the product does not print
    adapted: tuple[
        str, ...
    ] = ()  # what stands in the document’s place: the adapted text by paragraphs

    @property
    def passages(self) -> tuple[tuple[str, str], ...]:
        """Return the passages that the file has, in its order: id and characters of each."""
        if self.adapted:
            return tuple((f"adapted-{n}", text) for n, text in enumerate(self.adapted, 1))
        printed = render(self.document, Scope.READING).passages()
        return tuple((p.id, p.text) for p in printed if p.id not in self.left_out)


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
        **_text_entry(job),
        "press": __version__,
    }


def _text_entry(job: Job) -> dict[str, Any]:
    """Return in what the file’s text differs from the document’s: some of it left out, or adapted."""
    sections = {name for plan in job.product.parts for name in plan.sections}
    if sections and not TEXT_SECTIONS.isdisjoint(sections):
        return {} if SOURCES_SECTION in sections else {"left_out": ["source-line"]}
    if ADAPTED_SECTION in sections:
        return {"adapted": adapted_text(job.edition.classroom.handout).split("\n")}
    return {}


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
        left_out=top.texts("left_out", ()),
        adapted=top.texts("adapted", ()),
    )
    for table in (file, edition, top):
        table.close()
    return promises
