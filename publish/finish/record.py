"""The record beside an imposed file: which pages of which file lie where, and what must be found in them.

In: a job, the file it was made from, its sides, the imposed bytes. Out: JSON, and Imposed read from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from publish import __version__
from publish.finish.sheets import Cell, Side
from publish.layouts import Job
from publish.promises import digest
from publish.promises.reading import read_record, record_text
from publish.tables import Table
from publish.units import Points

FORMAT: Final = "cablepress promises of an imposed file, version 1"


@dataclass(frozen=True, slots=True)
class PageSeen:
    """A page of the file that was imposed, as pdfium reads it: its letters, and where its ink lies.

    `ink` is left, bottom, right and top in points; empty where the page is blank.
    """

    letters: int
    sha256: str  # of its letters and figures, in order
    ink: tuple[Points, ...]


@dataclass(frozen=True, slots=True)
class Imposed:
    """A record as it was read: all that an imposed file is held to."""

    path: str
    sha256: str  # of the finished file
    source: str  # sha256 of the file that was imposed
    title: str
    impose: str
    grey: bool
    pages: tuple[PageSeen, ...]
    sides: tuple[Side, ...]


def imposed_record(
    job: Job, source: bytes, pages: Sequence[PageSeen], sides: Sequence[Side], pdf: bytes
) -> dict[str, Any]:
    """Return the record of an imposed file, ready to be written."""
    return {
        "format": FORMAT,
        "file": {"sha256": digest(pdf)},
        "source": {"sha256": digest(source)},
        "edition": {"id": job.edition.id, "version": job.edition.version, "title": job.title},
        "product": job.product.name,
        "paper": job.paper.name,
        "impose": job.impose,
        "grey": job.grey,
        "claims": "none: the file has no structure, no links and no fields",
        "pages": [
            {"letters": page.letters, "sha256": page.sha256, "ink": list(page.ink)}
            for page in pages
        ],
        "sides": [
            {
                "width": side.width,
                "height": side.height,
                "cells": [
                    {"page": c.page, "left": c.left, "bottom": c.bottom, "scale": c.scale}
                    for c in side.cells
                ],
            }
            for side in sides
        ],
        "press": __version__,
    }


def is_of_imposed(path: Path) -> bool:
    """Say whether the record at `path` is that of an imposed file."""
    return path.is_file() and f'"format": "{FORMAT}"' in record_text(path)


def load_imposed(path: Path) -> Imposed:
    """Read a record. Raises SourceError when it is not there, damaged or of another kind."""
    return loads_imposed(record_text(path), str(path))


def loads_imposed(text: str, path: str) -> Imposed:
    """Return what `text` records; `path` is for messages. Raises as load_imposed."""
    return read_record(text, path, FORMAT, _imposed)


def _imposed(top: Table) -> Imposed:
    for key in ("format", "product", "paper", "claims", "press"):
        top.text(key)
    file, source, edition = top.table("file"), top.table("source"), top.table("edition")
    edition.text("id"), edition.text("version")
    imposed = Imposed(
        path=top.path,
        sha256=file.text("sha256"),
        source=source.text("sha256"),
        title=edition.text("title"),
        impose=top.text("impose"),
        grey=top.flag("grey"),
        pages=tuple(_page(entry) for entry in top.tables("pages")),
        sides=tuple(_side(entry) for entry in top.tables("sides")),
    )
    for table in (file, source, edition, top):
        table.close()
    for side in imposed.sides:
        for cell in side.cells:
            if not 1 <= cell.page <= len(imposed.pages):
                raise top.fail(f"page {cell.page} is none of {len(imposed.pages)}", "sides")
    return imposed


def _page(table: Table) -> PageSeen:
    page = PageSeen(table.integer("letters"), table.text("sha256"), table.numbers("ink"))
    table.close()
    return page


def _side(table: Table) -> Side:
    side = Side(
        table.number("width"), table.number("height"), tuple(map(_cell, table.tables("cells")))
    )
    table.close()
    return side


def _cell(table: Table) -> Cell:
    cell = Cell(
        table.integer("page"), table.number("left"), table.number("bottom"), table.number("scale")
    )
    table.close()
    return cell
