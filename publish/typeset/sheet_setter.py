"""Draws the sheets of a facsimile: ground, printed form, typing. What stands around them is others' affair.

In: an easel, the telegram's text, its sheets. Out: drawn sheets; the structure of their words as it grows;
where blocks begin.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from publish.departures import Rendered
from publish.layouts import Job
from publish.printed_form import Form
from publish.typeset.easel import TYPING, Easel
from publish.typeset.furniture import Furniture
from publish.typeset.ground import Ground
from publish.typeset.paper import PIXELS_PER_INCH
from publish.typeset.platen import Platen
from publish.typeset.striking import Typist
from publish.typeset.structure import Destination, Node, Placed, Positions
from publish.typeset.typed_structure import (
    TypedBody,
    foreign_in,
    is_pause,
    languages_apart,
    pause_in,
    pauses_apart,
)
from publish.typeset.typewriter import Piece, PlacedLine, TypedSheet


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


class SheetSetter:
    """The sheets of one facsimile. `destinations` grow as blocks begin."""

    def __init__(
        self,
        easel: Easel,
        text: Rendered,
        sheets: tuple[TypedSheet, ...],
        heading: str,
        pixels_per_inch: float = PIXELS_PER_INCH,
    ) -> None:
        """Take the level of the facsimile's heading, and how fine its paper is drawn at true size."""
        self._easel, self._sheets = easel, sheets
        job, case = easel.job, easel.case
        typist = Typist(job.edition.id, job.machine, job.stock, len(case.variants(case.typed[0])))
        self._platen = Platen(easel.canvas, easel.plate, case, typist, job.stock)
        self._ground = Ground(easel, pixels_per_inch)
        self._furniture = Furniture(easel, self._platen, text)
        self._furniture.check_room()
        self._body = TypedBody(heading)
        self.positions: Positions = {}
        self.destinations: list[Destination] = []

    def sections(self) -> list[Node]:
        """Return what was drawn: the form above the text, the text, the form below it."""
        furniture = self._furniture
        every = (furniture.head, self._body.section(), furniture.foot)
        return [node for node in every if node.kids]

    def draw(self, number: int) -> Node:
        """Draw sheet `number`, from 1; return its first element that has no words before it."""
        sheet = self._sheets[number - 1]
        self._ground.draw(number)
        typed = (*_typed_text(self._easel.form, sheet), *self._furniture.typed(number))
        self._platen.insert(number, typed)
        self._furniture.draw_above(number)
        opening = self._draw_text(number, sheet)
        self._furniture.draw_below(number)
        return opening

    def _draw_text(self, number: int, sheet: TypedSheet) -> Node:
        """Draw the typed lines of a sheet; return the first element that has no words before it."""
        form, canvas = self._easel.form, self._easel.canvas
        begins = next((p.line for p in sheet if p.line.block not in self.positions), None)
        drawn = [
            _Drawn(self._body.node_for(placed.line, piece), placed.row, piece, language)
            for placed in sheet
            for whole in placed.line.pieces
            for part in pauses_apart(whole)
            for piece, language in languages_apart(part, self._easel.job.edition.foreign)
        ]
        if begins is not None:
            opening = self._body.element(begins.block)
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
            with canvas.layer(TYPING), canvas.tagged(pieces[0].own_element()):
                for _, row, piece, _ in pieces:
                    self._platen.type(form.typing.left + piece.column, row, piece.text)
        return opening

    def _begin_block(self, number: int, line_number: int, placed: PlacedLine) -> None:
        """Record where a block begins: for the margins of the reading text, and for its links."""
        form, plate = self._easel.form, self._easel.plate
        block = placed.line.block
        columns = [form.typing.left + piece.column for piece in placed.line.pieces]
        last = placed.line.pieces[-1]
        top = plate.y(placed.row) + form.grid.baseline * plate.scale
        left, right = plate.x(columns[0]), plate.x(columns[-1] + len(last.text.rstrip()))
        self.positions[block] = Placed(number, line_number)
        self.destinations.append(
            Destination(f"facsimile-{block}", number - 1, left, top, self._body.element(block))
        )
        if _has_reading_text(self._easel.job):
            bottom = top - form.grid.row_height * plate.scale
            self._body.link(block, number - 1, (left, bottom, right, top))


def _typed_text(form: Form, sheet: TypedSheet) -> Iterator[tuple[float, int, str]]:
    """Yield row, column and characters of each piece of the text on a sheet."""
    for placed in sheet:
        for piece in placed.line.pieces:
            yield placed.row, form.typing.left + piece.column, piece.text


def _has_reading_text(job: Job) -> bool:
    return any(part.prints_text for part in job.product.parts)
