"""Writes the record of a finished file. In: a job, its parts, the bytes. Out: JSON of one order."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from publish.attachments import attached
from publish.fonts import Face, by_file_name
from publish.layouts import Job
from publish.model import Block, Departure, Document, Scope, Span
from publish.preflight import preflight_entry
from publish.problems import AssemblyError
from publish.promises.expected import FACSIMILE_PREFIX, FORMAT, PREFIXES, ScopeInFile
from publish.promises.versions import library_versions
from publish.typed_document import typed_document
from publish.typeset.structure import PADDING, Link, Node, Part


def record(
    job: Job,
    parts: Sequence[Part],
    pdf: bytes,
    *,
    faces: Iterable[Face] = (),
    scopes: Sequence[ScopeInFile] | None = None,
    versions: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the record of a finished file, ready to be written.

    `parts` in the order in which they are bound. `faces` are those that the file may embed, under
    all names that an engine gives them. `scopes` are the texts the file contains; without them, what
    the product's plan says. The document is taken from the job, with the departures that the form's
    typed spacing makes.
    """
    edition = job.edition
    first_pages = _first_pages(parts)
    texts = _planned_scopes(job, parts) if scopes is None else scopes
    return {
        "format": FORMAT,
        "file": {"sha256": digest(pdf), "pages": sum(_lengths(parts))},
        "edition": {
            "id": edition.id,
            "version": edition.version,
            "title": job.title,
            "language": edition.language,
        },
        "product": job.product.name,
        "paper": job.paper.name,
        "form": job.form.name,
        "options": dict(job.options),
        "print": {
            **preflight_entry(replace(job.product.preflight, grey=job.grey)),
            "padding": sum(len(part.pages) for part in parts if part.id == PADDING),
        },
        "standard": {
            "name": job.standard.name,
            "claims": [claim.name for claim in job.standard.claims],
            "pdf_version": job.standard.pdf_version,
        },
        "document": document_entry(_printed_document(job, texts)),
        "scopes": [{"scope": text.scope.value, "prefix": text.prefix} for text in texts],
        "hyphens": sorted(
            _hyphens(job, parts), key=lambda h: (h["scope"], h["block"], h["offset"])
        ),
        "faces": [
            {"name": name, "sha256": face.sha256}
            for name, face in sorted(by_file_name(faces).items())
        ],
        "attachments": [
            {"name": a.name, "sha256": a.sha256, "relationship": a.relationship}
            for a in attached(job)
        ],
        "statements": [
            {"page": _bound_page(part, first, said.page), "words": said.words}
            for part, first in zip(parts, first_pages, strict=True)
            for said in part.statements
        ],
        "bookmarks": [
            {"level": b.level, "title": b.title, "destination": b.destination}
            for part in parts
            for b in part.bookmarks
        ],
        "destinations": [
            {
                "name": d.name,
                "page": _bound_page(part, first, d.page),
                "left": round(d.left, 2),
                "top": round(d.top, 2),
            }
            for part, first in zip(parts, first_pages, strict=True)
            for d in part.destinations
        ],
        "links": [
            {
                "page": _bound_page(part, first, link.page),
                "target": link.target,
                "contents": link.contents,
                "rectangle": [round(corner, 2) for corner in link.rectangle],
            }
            for part, first in zip(parts, first_pages, strict=True)
            for link in _links(part.structure)
        ],
        "lines": [
            {
                "number": line.number,
                "page": _bound_page(part, first, line.page),
                "rectangle": [round(corner, 2) for corner in line.rectangle],
                "extent": [round(end, 2) for end in line.extent],
                "words": line.words,
            }
            for part, first in zip(parts, first_pages, strict=True)
            for line in part.lines
        ],
        "labels": [part.labels.label(index) for part in parts for index in range(len(part.pages))],
        "versions": dict(library_versions() if versions is None else versions),
    }


def _bound_page(part: Part, first: int, page: int) -> int:
    """Return the number, from 1, that a page of the part's own PDF has in the finished file."""
    if page not in part.pages:
        raise AssemblyError(f"the part {part.id!r} places something on page {page}, not its own")
    return first + part.pages.index(page) + 1


def digest(pdf: bytes) -> str:
    """Return the SHA-256 by which a finished file is known."""
    return hashlib.sha256(pdf).hexdigest()


def _lengths(parts: Sequence[Part]) -> list[int]:
    return [len(part.pages) for part in parts]


def _first_pages(parts: Sequence[Part]) -> list[int]:
    lengths = _lengths(parts)
    return [sum(lengths[:index]) for index in range(len(parts))]


def _links(structure: Iterable[Node]) -> Iterator[Link]:
    for top in structure:
        for node in top.walk():
            for kid in node.kids:
                if isinstance(kid, Link):
                    yield kid


def _printed_document(job: Job, texts: Sequence[ScopeInFile]) -> Document:
    """Return the job's document with every departure that was carried out in the file's texts."""
    document = job.edition.document
    typed = any(text.scope is Scope.FACSIMILE for text in texts)
    return typed_document(document, job.form) if typed else document


def _planned_scopes(job: Job, parts: Sequence[Part]) -> list[ScopeInFile]:
    """Return the texts that the product's plan puts into the file, in the order of its parts."""
    bound = {part.id for part in parts}
    scopes: list[ScopeInFile] = []
    for plan in job.product.parts:
        if plan.id not in bound:
            continue
        if plan.engine == "facsimile":
            scopes.append(ScopeInFile(Scope.FACSIMILE, FACSIMILE_PREFIX))
        elif plan.prints_text:
            scopes.append(ScopeInFile(Scope.READING, ""))
    return scopes


def _hyphens(job: Job, parts: Sequence[Part]) -> Iterator[dict[str, Any]]:
    engines = {plan.id: plan.engine for plan in job.product.parts}
    for part in parts:
        scope = Scope.FACSIMILE if engines.get(part.id) == "facsimile" else Scope.READING
        for hyphen in part.hyphens:
            block = hyphen.block.removeprefix(PREFIXES[scope])
            yield {"scope": scope.value, "block": block, "offset": hyphen.offset}


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def document_entry(document: Document) -> dict[str, Any]:
    """Return a document as a record holds it: the transcription, spans and departures."""
    source = document.source
    stored: dict[str, Any] = {
        "id": document.id,
        "transcription": {"name": source.name, "sha256": source.sha256, "text": source.text},
        "heading": _span(document.heading),
        "dateline": _span(document.dateline),
        "blocks": [_block(block) for block in document.blocks],
        "departures": [_departure(departure) for departure in document.departures],
    }
    for name, span in (("number", document.number), ("source_line", document.source_line)):
        if span is not None:
            stored[name] = _span(span)
    return stored


def _block(block: Block) -> dict[str, Any]:
    stored: dict[str, Any] = {"id": block.id, "kind": block.kind.value, **_span(block.span)}
    if block.label is not None:
        stored["label"] = _span(block.label)
    if block.cells:
        stored["rows"] = [{"cells": [_span(cell) for cell in row]} for row in block.cells]
    return stored


def _departure(departure: Departure) -> dict[str, Any]:
    stored: dict[str, Any] = {
        "rule": departure.rule,
        **_span(departure.span),
        "source": departure.source,
        "printed": departure.printed,
        "scope": departure.scope.value,
    }
    for name in ("moved_to", "moved", "reason"):
        if value := getattr(departure, name):
            stored[name] = value
    return stored


def dumps(stored: Mapping[str, Any]) -> str:
    """Return the record as it is written: keys sorted, one entry a line, a line end at the end."""
    return json.dumps(stored, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
