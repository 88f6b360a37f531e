"""Sets the facsimile: the telegram typed on a form, sheet by sheet, with ReportLab.

In: a Job, the plan of the part, the declared faces. Out: a Part, whose pages are the sheets
(`sheet = "alone"`), or pages of the edition's paper with a sheet on each ("plate").
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple

from publish.departures import Rendered, render
from publish.fonts import Faces, check_coverage
from publish.layouts import Job, PartPlan
from publish.model import Scope
from publish.printed_form import Form
from publish.problems import LayoutError, Where, nearest
from publish.sheet_words import evidence
from publish.typed_document import facsimile_document
from publish.typeset.caption import CaptionSetter
from publish.typeset.easel import TITLE, TYPING, Easel
from publish.typeset.furniture import Furniture
from publish.typeset.ground import Ground
from publish.typeset.marked import MarkedCanvas, Pen
from publish.typeset.plate import CaptionWords, Plate, sheet_alone, sheet_on_plate
from publish.typeset.platen import Platen
from publish.typeset.striking import Typist
from publish.typeset.structure import (
    Bookmark,
    Destination,
    Node,
    Part,
    Placed,
    Positions,
    Statement,
)
from publish.typeset.type_case import TypeCase
from publish.typeset.typed_structure import (
    TypedBody,
    foreign_in,
    is_pause,
    languages_apart,
    pause_in,
    pauses_apart,
)
from publish.typeset.typewriter import Piece, PlacedLine, TypedSheet, type_sheets

SHEETS: Final = ("alone", "plate")


def set_facsimile(job: Job, plan: PartPlan, faces: Faces) -> Part:
    """Type the telegram on its form and return the pages.

    Raises FontError for a character that no face of the form has, RenderingError for a text that
    cannot be typed, LayoutError for a caption without room: each before anything is drawn.
    """
    document = facsimile_document(job)
    text = render(document, Scope.FACSIMILE)
    case = TypeCase(job.form, faces)
    case.check(document, text)
    sheets = type_sheets(document, job.form.typing)
    plate = _plate(job, plan, case, len(sheets))
    return _Setter(job, plan, case, text, sheets, plate).part()


def _plate(job: Job, plan: PartPlan, case: TypeCase, pages: int) -> Plate:
    form, document = job.form, job.edition.document
    style = form.caption.style
    number = document.number
    words = CaptionWords(
        evidence=evidence(job),
        number=document.source.text[number.start : number.end] if number else "",
        dateline=render(document, Scope.READING).dateline.text,
        widest_folio=max((plan.labels.label(page) for page in range(pages)), key=len),
        face=case.printed(style),
        style=style,
    )
    said = words.statement + words.identification() + words.widest_folio
    check_coverage(said, words.face, Where(document.source.path))
    if plan.sheet == "alone":
        return sheet_alone(form, words)
    if plan.sheet == "plate":
        return sheet_on_plate(form, job.paper, words, job.product.preflight.margin)
    raise LayoutError(
        f"part {plan.id!r} of product {job.product.name!r} wants a sheet {plan.sheet!r}",
        hint=nearest(plan.sheet, SHEETS),
    )


class _Drawn(NamedTuple):
    """A piece to be typed: the element it is content of, its row, its language where not the edition's."""

    element: Node
    row: float
    piece: Piece
    language: str

    def belongs_to(self) -> tuple[int, bool, str]:
        """Return what a piece shares with those drawn in one marked content with it."""
        return id(self.element), is_pause(self.piece), self.language

    def own_element(self) -> Node:
        """Return the element that its marked content goes into, made where it needs one of its own."""
        if is_pause(self.piece):
            return pause_in(self.element)
        return foreign_in(self.element, self.language) if self.language else self.element


class _Setter:
    """One facsimile being drawn: the canvas, the structure as it grows, where blocks begin."""

    def __init__(
        self,
        job: Job,
        plan: PartPlan,
        case: TypeCase,
        text: Rendered,
        sheets: tuple[TypedSheet, ...],
        plate: Plate,
    ) -> None:
        self.job, self.plan = job, plan
        self.form, self.sheets, self.plate = job.form, sheets, plate
        pen = Pen(job.grey, job.product.preflight.thinnest_rule)
        self.canvas = MarkedCanvas(plate.width, plate.height, case.typed[0], pen)
        easel = Easel(job, plan, self.canvas, plate, case, len(sheets))
        typist = Typist(job.edition.id, job.machine, job.stock, len(case.variants(case.typed[0])))
        self.platen = Platen(self.canvas, plate, case, typist, job.stock)
        self.ground = Ground(easel)
        self.furniture = Furniture(easel, self.platen, text)
        self.furniture.check_room()
        self.caption = CaptionSetter(easel)
        self.structure = Node("Part", title=TITLE)
        self.body = TypedBody(self.caption.heading.type)
        self.positions: Positions = {}
        self.destinations = [Destination("facsimile", 0, 0.0, plate.height, self.structure)]

    def part(self) -> Part:
        """Draw all sheets and return the part."""
        for number, sheet in enumerate(self.sheets, 1):
            self._draw_sheet(number, sheet)
            self.canvas.turn_page()
        furniture = self.furniture
        sections = [
            node for node in (furniture.head, self.body.section(), furniture.foot) if node.kids
        ]
        self.structure.add(self.caption.heading, self.caption.statement, *sections)
        statement = " ".join(self.plate.caption[: self.plate.statement_lines])
        return Part(
            id=self.plan.id,
            pdf=self.canvas.finish(),
            pages=tuple(range(len(self.sheets))),
            structure=(self.structure,),
            bookmarks=(Bookmark(1, TITLE, "facsimile"), *self._sheet_bookmarks()),
            destinations=tuple(self.destinations),
            labels=self.plan.labels,
            positions=self.positions,
            fonts=tuple(sorted(face.postscript for face in self.canvas.faces)),
            statements=tuple(Statement(page, statement) for page in range(len(self.sheets))),
            layers=tuple(self.canvas.layers),
        )

    def _sheet_bookmarks(self) -> Iterator[Bookmark]:
        for number in range(1, len(self.sheets) + 1):
            title = f"Sheet {number} of {len(self.sheets)}"
            yield Bookmark(2, title, f"facsimile-sheet-{number}")

    def _draw_sheet(self, number: int, sheet: TypedSheet) -> None:
        self.ground.draw(number)
        self.platen.insert(number, (*_typed_text(self.form, sheet), *self.furniture.typed(number)))
        self.furniture.draw_above(number)
        opening = self._draw_text(number, sheet)
        self.destinations.append(
            Destination(
                f"facsimile-sheet-{number}", number - 1, 0.0, self.plate.height,
                self.structure if number == 1 else opening,
            )
        )  # fmt: skip
        self.furniture.draw_below(number)
        self.caption.draw(number)

    def _draw_text(self, number: int, sheet: TypedSheet) -> Node:
        """Draw the typed lines of a sheet; return the first element that has no words before it."""
        begins = next((p.line for p in sheet if p.line.block not in self.positions), None)
        drawn = [
            _Drawn(self.body.node_for(placed.line, piece), placed.row, piece, language)
            for placed in sheet
            for whole in placed.line.pieces
            for part in pauses_apart(whole)
            for piece, language in languages_apart(part, self.job.edition.foreign)
        ]
        if begins is not None:
            opening = self.body.element(begins.block)
        else:
            # A paragraph that fills the sheet began before it: what stands here is told apart, so
            # that the sheet's destination has an element of its own.
            whole_block, opening = drawn[0].element, Node("Span")
            whole_block.add(opening)
            drawn = [
                one._replace(element=opening) if one.element is whole_block else one
                for one in drawn
            ]
        for line_number, placed in enumerate(sheet, 1):
            if placed.line.kind is not None and placed.line.block not in self.positions:
                self._begin_block(number, line_number, placed)
        for _, neighbours in groupby(drawn, _Drawn.belongs_to):
            pieces = list(neighbours)
            with self.canvas.layer(TYPING), self.canvas.tagged(pieces[0].own_element()):
                for _, row, piece, _ in pieces:
                    self.platen.type(self.form.typing.left + piece.column, row, piece.text)
        return opening

    def _begin_block(self, number: int, line_number: int, placed: PlacedLine) -> None:
        """Record where a block begins: for the margins of the reading text, and for its links."""
        block = placed.line.block
        columns = [self.form.typing.left + piece.column for piece in placed.line.pieces]
        last = placed.line.pieces[-1]
        top = self.plate.y(placed.row) + self.form.grid.baseline * self.plate.scale
        left, right = self.plate.x(columns[0]), self.plate.x(columns[-1] + len(last.text.rstrip()))
        self.positions[block] = Placed(number, line_number)
        self.destinations.append(
            Destination(f"facsimile-{block}", number - 1, left, top, self.body.element(block))
        )
        if _has_reading_text(self.job):
            bottom = top - self.form.grid.row_height * self.plate.scale
            self.body.link(block, number - 1, (left, bottom, right, top))


def _typed_text(form: Form, sheet: TypedSheet) -> Iterator[tuple[float, int, str]]:
    """Yield row, column and characters of each piece of the text on a sheet."""
    for placed in sheet:
        for piece in placed.line.pieces:
            yield placed.row, form.typing.left + piece.column, piece.text


def _has_reading_text(job: Job) -> bool:
    return any(part.prints_text for part in job.product.parts)
