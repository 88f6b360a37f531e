"""The platen: where typed characters meet the sheet, each in its cell and each a little beside it.

In: lines of characters with their columns, a typist, a stock. Out: strokes on a canvas, within the
marked content that is open there.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from publish.fonts import Face, advance
from publish.printed_form import Colour
from publish.problems import FontError, Where
from publish.stocks import Stock
from publish.typeset.marked import MarkedCanvas, Stroke
from publish.typeset.plate import Plate
from publish.typeset.striking import Strike, Typist
from publish.typeset.type_case import TypeCase

EM: Final = 1000.0  # in which the spread of ink is counted
_UNSTRUCK: Final = Strike(0.0, 0.0, 0.0, 0.0, 0)
_Row = dict[int, Strike]


class Platen:
    """One sheet after the other, typed on."""

    def __init__(
        self, canvas: MarkedCanvas, plate: Plate, case: TypeCase, typist: Typist, stock: Stock
    ) -> None:
        self._canvas, self._plate, self._case = canvas, plate, case
        self._typist, self._stock = typist, stock
        self._sheet = 0
        self._rows: dict[float, _Row] = {}

    def insert(self, sheet: int, lines: Iterable[tuple[float, int, str]]) -> None:
        """Begin a sheet. `lines` is all that will be typed on it: row, column and characters.

        A line is struck as a whole, in however many pieces it is drawn: its letters share a level.
        """
        self._sheet = sheet
        cells: dict[float, dict[int, str]] = {}
        for row, column, text in lines:
            cells.setdefault(row, {}).update(enumerate(text, column))
        self._rows = {
            row: self._typist.line(sheet, round(row * 100), characters)
            for row, characters in cells.items()
        }

    def type(self, column: int, row: float, text: str) -> None:
        """Strike `text` from `column` on. Raises FontError for a face that is not monospaced."""
        typing = self._plate.form.typing
        strokes = list(self._strokes(column, row, text))
        size = typing.size * self._plate.scale
        self._canvas.struck(strokes, size, self._stock.ink.spread * size / EM)

    def _strokes(self, column: int, row: float, text: str) -> Iterator[Stroke]:
        for offset, face, characters in self._case.runs(text):
            self._check_pitch(face, characters)
            variants = self._case.variants(face)
            for start, piece in _letters(characters):
                strike = self._rows[row].get(column + offset + start, _UNSTRUCK)
                yield Stroke(
                    piece,
                    variants[strike.variant % len(variants)],
                    self._place(column + offset + start, row, strike),
                    strike.turn,
                    self._colour(strike),
                )

    def _place(self, column: int, row: float, strike: Strike) -> tuple[float, float]:
        plate = self._plate
        return (
            plate.x(column) + strike.across * plate.scale,
            plate.y(row) + strike.up * plate.scale,
        )

    def _colour(self, strike: Strike) -> Colour:
        return self._stock.ink.colour(strike.grey)

    def _check_pitch(self, face: Face, characters: str) -> None:
        if len({advance(face, character, 1.0) for character in set(characters)}) > 1:
            raise FontError(
                f"{face} cannot be typed with: its characters are not of one width",
                where=Where(str(face.path)),
                hint="Name a monospaced face in the form.",
            )


def _letters(text: str) -> Iterator[tuple[int, str]]:
    """Divide typed text into strokes: each letter with the spaces after it, and where it begins."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or text[place] != " ":
            yield start, text[start:place]
            start = place
