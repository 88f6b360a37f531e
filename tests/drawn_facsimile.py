"""Facsimiles for tests, and what pdfminer and pikepdf find in them.

Nothing here asks the press what it drew: characters, places and marks are read off the finished PDF.
"""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from publish import fonts, layouts
from publish.departures import Rendered, render
from publish.fonts import Faces
from publish.layouts import Job
from publish.model import Edition, Scope
from publish.orders import Order, make_job
from publish.printed_form import Form
from publish.products import PartPlan
from publish.resources import fonts_directory, layouts_directory
from publish.sources import read
from publish.typed_document import facsimile_document
from publish.typeset.facsimile import set_facsimile
from publish.typeset.structure import Link, Mark, Node, Part

ROOT = Path(__file__).parent
SEED = ROOT.parent / "seeds" / "kennedy-khrushchev-1962-10-27"
SYNTHETIC = ROOT / "seeds" / "synthetic-1962-03-04"
CELL = 7.2  # points: ten characters to the inch
ROW = 12.0  # points: six rows to the inch
BASE_LINE = 9.0  # points below the top of a row


# What the tests set


@cache
def known() -> layouts.Layouts:
    return layouts.load(layouts_directory())


@cache
def faces() -> Faces:
    return fonts.load(fonts_directory())


@cache
def typed_faces() -> frozenset[str]:
    """Return the PostScript names of all faces that a machine may strike with."""
    return frozenset(face.postscript for face in faces().with_role("typed"))


@cache
def edition(seed: Path) -> Edition:
    return read(seed).editions[0]


def job(product: str, seed: Path = SEED, paper: str = "letter", form: str = "ds-322") -> Job:
    return make_job(edition(seed), Order(product, paper, form), known())


def plan(of: Job) -> PartPlan:
    return next(part for part in of.product.parts if part.engine == "facsimile")


@cache
def facsimile(product: str, seed: Path = SEED, paper: str = "letter", form: str = "ds-322") -> Part:
    of = job(product, seed, paper, form)
    return set_facsimile(of, plan(of), faces())


def with_text(old: str, new: str) -> Job:
    """Return the synthetic job with `old` replaced by as many characters of `new`."""
    of = job("facsimile", SYNTHETIC)
    assert len(old) == len(new)
    document = of.edition.document
    assert old in document.source.text
    source = replace(document.source, text=document.source.text.replace(old, new))
    changed = replace(of.edition, document=replace(document, source=source))
    return replace(of, edition=changed)


def typed_text(seed: Path) -> Rendered:
    return render(facsimile_document(job("facsimile", seed)), Scope.FACSIMILE)


# What another library finds in it


@dataclass(frozen=True)
class Drawn:
    """A character: its page, what it is marked as, its origin, its face and size."""

    page: int
    mark: int | None
    artifact: bool
    character: str
    x: float
    y: float
    face: str
    size: float
    layer: str = ""


class Recorder(PDFLayoutAnalyzer):
    """Writes down each character that pdfminer is asked to draw, in the order of the stream."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.drawn: list[Drawn] = []
        self.rectangles: list[tuple[int, tuple[float, float, float, float]]] = []
        self.lines: list[tuple[int, tuple[float, float, float, float]]] = []
        self.page = -1
        self.marked: dict[str, Any] = {}
        self.tag = self.layer = ""

    def begin_page(self, page: Any, ctm: Any) -> None:
        super().begin_page(page, ctm)
        self.page += 1

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        if tag.name == "OC":
            self.layer = props.name
        else:
            self.tag, self.marked = tag.name, dict(props or {})

    def end_tag(self) -> None:
        if self.tag:
            self.tag, self.marked = "", {}
        else:
            self.layer = ""

    def render_char(self, matrix: Any, font: Any, fontsize: Any, *rest: Any) -> float:
        cid = rest[2]
        self.drawn.append(
            Drawn(
                self.page,
                self.marked.get("MCID"),
                self.tag == "Artifact",
                font.to_unichr(cid),
                matrix[4],
                matrix[5],
                font.fontname.partition("+")[2],
                fontsize,
                self.layer,
            )
        )
        return float(super().render_char(matrix, font, fontsize, *rest))

    def paint_path(self, gstate: Any, stroke: Any, fill: Any, evenodd: Any, path: Any) -> None:
        points = [point[-2:] for point in path if len(point) > 2]
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        (self.lines if len(points) == 2 else self.rectangles).append((self.page, box))
        super().paint_path(gstate, stroke, fill, evenodd, path)


@cache
def found(pdf: bytes) -> Recorder:
    resources = PDFResourceManager()
    recorder = Recorder(resources)
    interpreter = PDFPageInterpreter(resources, recorder)
    for page in PDFPage.get_pages(BytesIO(pdf)):
        interpreter.process_page(page)
    return recorder


def strikes(part: Part, page: int | None = None) -> list[Drawn]:
    """Return the typed characters."""
    return [drawn for drawn in typed_in(part.pdf) if page in (None, drawn.page)]


def typed_in(pdf: bytes) -> list[Drawn]:
    """Return the typed characters of a file, spaces too."""
    return [drawn for drawn in found(pdf).drawn if drawn.face in typed_faces()]


# The grid


@dataclass(frozen=True)
class Sheet:
    """Where a sheet lies on its page, in points from the lower left corner, and how far it is reduced."""

    form: Form
    left: float = 0.0
    bottom: float = 0.0
    scale: float = 1.0

    @property
    def pitch(self) -> float:
        """Return the width of a cell on the page, in points."""
        return self.form.grid.cell_width * self.scale

    @property
    def step(self) -> float:
        """Return the height of a row on the page, in points."""
        return self.form.grid.row_height * self.scale

    def column(self, x: float) -> float:
        """Return the column, counted from 1, whose left side lies at `x` on the page."""
        return (x - self.left) / self.pitch + 1

    def row(self, y: float) -> float:
        """Return the row, counted from 1, whose base line lies at `y` on the page."""
        down = self.form.height - (y - self.bottom) / self.scale - self.form.grid.baseline
        return down / self.form.grid.row_height + 1


def sheet_of(pdf: bytes, of: Job) -> Sheet:
    """Return where the sheets of a job's file lie: each is a page, or the first rectangle that is drawn on one."""
    if plan(of).sheet == "alone":
        return Sheet(of.form)
    left, bottom, right, _ = found(pdf).rectangles[0][1]
    return Sheet(of.form, left, bottom, (right - left) / of.form.width)


def lines_of(pdf: bytes, sheet: Sheet) -> dict[tuple[int, int], list[Drawn]]:
    """Return the letters of each typed line by page and row, spaces left out, from left to right."""
    lines: dict[tuple[int, int], list[Drawn]] = {}
    for drawn in typed_in(pdf):
        if drawn.character != " ":
            lines.setdefault((drawn.page, round(sheet.row(drawn.y))), []).append(drawn)
    return {place: sorted(line, key=lambda drawn: drawn.x) for place, line in lines.items()}


def fitted_pitch(line: list[Drawn], sheet: Sheet) -> float:
    """Return the slope of the straight line through the letters' places by column, in points."""
    columns = [round(sheet.column(drawn.x)) for drawn in line]
    return statistics.linear_regression(columns, [drawn.x for drawn in line]).slope


def astray(drawn: Drawn, sheet: Sheet) -> tuple[float, float]:
    """Return how far a letter stands from its cell, across and up, in points on the page."""
    column, row = sheet.column(drawn.x), sheet.row(drawn.y)
    return (column - round(column)) * sheet.pitch, (round(row) - row) * sheet.step


def content_of(part: Part, node: Node) -> str:
    """Return the characters drawn for a node and all below it, in the order of the structure."""
    marks: dict[Mark, str] = {}
    for drawn in found(part.pdf).drawn:
        if drawn.mark is not None:
            mark = Mark(drawn.page, drawn.mark)
            marks[mark] = marks.get(mark, "") + drawn.character

    def words(element: Node) -> str:
        return "".join(
            words(kid) if isinstance(kid, Node) else marks.get(kid, "")
            for kid in element.kids
            if isinstance(kid, Node | Mark)
        )

    return words(node)


def nodes(part: Part) -> list[Node]:
    return [node for top in part.structure for node in top.walk()]


def node(part: Part, identifier: str) -> Node:
    return next(node for node in nodes(part) if node.id == identifier)


def operations(part: Part) -> Iterator[tuple[int, Any, str]]:
    with pikepdf.open(BytesIO(part.pdf)) as pdf:
        for number, page in enumerate(pdf.pages):
            for instruction in pikepdf.parse_content_stream(page):
                yield number, instruction.operands, str(instruction.operator)


def links(part: Part) -> list[Link]:
    return [kid for node in nodes(part) for kid in node.kids if isinstance(kid, Link)]


def as_typed(part: Part, height: float = 756.0) -> str:
    """Return the typed characters of a sheet alone where they stand: a line a row, a column a cell."""
    pages: dict[int, dict[int, dict[int, str]]] = {}
    for drawn in strikes(part):
        row = round((height - drawn.y - BASE_LINE) / ROW) + 1
        line = pages.setdefault(drawn.page, {}).setdefault(row, {})
        column = round(drawn.x / CELL)
        assert column not in line, f"two characters in cell {column + 1} of row {row}"
        line[column] = drawn.character
    shown: list[str] = []
    for page, rows in sorted(pages.items()):
        shown.append(f"sheet {page + 1} of {len(pages)}")
        for row, line in sorted(rows.items()):
            cells = "".join(line.get(column, " ") for column in range(80)).rstrip()
            shown.append(f"row {row:2} |{cells}")
    return "\n".join(shown) + "\n"
