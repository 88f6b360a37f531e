"""How a large sheet is divided among small ones that overlap.

In: the size of a panel and a paper. Out: a Tiling: how the paper lies, how many sheets, what each shows. Lengths in
points, those on the panel from its lower left corner; rows count from the top.

Each sheet shows its cell and, around it, a strip of its neighbours' cells: half the overlap. Cells touch and do not
overlap. At the panel's edges the strip is blank, and holds the marks.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final

from publish.papers import Paper
from publish.problems import LayoutError
from publish.typeset.structure import Rectangle
from publish.units import POINTS_PER_INCH, Points

MARGIN: Final[Points] = 0.25 * POINTS_PER_INCH  # what office printers leave blank
OVERLAP: Final[Points] = 0.5 * POINTS_PER_INCH
STRIP: Final[Points] = OVERLAP / 2
_LEAST_BLANK: Final[Points] = 9.0  # at the panel's edges, for marks
_CLOSE: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Tiling:
    """A panel on sheets `width` by `height`."""

    paper: Paper
    width: Points
    height: Points
    panel: tuple[Points, Points]
    columns: int
    rows: int

    @property
    def count(self) -> int:
        """Return how many sheets there are."""
        return self.columns * self.rows

    def tiles(self) -> Iterator["Tile"]:
        """Yield the sheets, row by row from the top, each from the left."""
        for row in range(self.rows):
            for column in range(self.columns):
                yield Tile(self, row, column)


@dataclass(frozen=True, slots=True)
class Tile:
    """A sheet by its row and column, from 0."""

    tiling: Tiling
    row: int
    column: int

    @property
    def letter(self) -> str:
        """Return the row's letter."""
        return ascii_uppercase[self.row]

    @property
    def name(self) -> str:
        """Return what the sheet is called: B3."""
        return f"{self.letter}{self.column + 1}"

    @property
    def form(self) -> str:
        """Return the name of the form that shows its part of the panel."""
        return f"Panel{self.name}"

    @property
    def window(self) -> Rectangle:
        """Return what the sheet can show: its printable area, as it lies on the panel."""
        tiling = self.tiling
        width, height = tiling.width - 2 * MARGIN, tiling.height - 2 * MARGIN
        across, down = width - OVERLAP, height - OVERLAP
        left = self.column * across - _blank(tiling.columns, across, tiling.panel[0])
        top = tiling.panel[1] + _blank(tiling.rows, down, tiling.panel[1]) - self.row * down
        return left, top - height, left + width, top

    @property
    def cell(self) -> Rectangle:
        """Return what of the sheet is seen when the panel is put together, as it lies on the panel."""
        left, bottom, right, top = self.window
        width, height = self.tiling.panel
        return (
            left + STRIP if self.column else 0.0,
            bottom + STRIP if self.row < self.tiling.rows - 1 else 0.0,
            right - STRIP if self.column < self.tiling.columns - 1 else width,
            top - STRIP if self.row else height,
        )

    @property
    def shown(self) -> Rectangle:
        """Return the part of the panel that the sheet shows: its window, as far as the panel reaches."""
        left, bottom, right, top = self.window
        width, height = self.tiling.panel
        return max(0.0, left), max(0.0, bottom), min(width, right), min(height, top)

    def on_sheet(self, area: Rectangle) -> Rectangle:
        """Return where an area of the panel lies on the sheet, from its lower left corner."""
        left, bottom, _, _ = self.window
        right, down = MARGIN - left, MARGIN - bottom
        return area[0] + right, area[1] + down, area[2] + right, area[3] + down


def tiling_for(panel: tuple[Points, Points], paper: Paper) -> Tiling:
    """Return the tiling with the fewest sheets, upright where both ways take as many.

    Raises LayoutError for a paper that has no room beside its margins, and for more rows than letters.
    """
    upright = (paper.width, paper.height)
    if min(upright) <= 2 * MARGIN + OVERLAP + POINTS_PER_INCH:
        raise LayoutError(
            f"{paper.title} is too small to be a sheet of a panel", hint="Take a larger one: tile=letter."
        )  # fmt: skip
    choices = [_divided(panel, paper, size) for size in (upright, upright[::-1])]
    best = min(choices, key=lambda tiling: tiling.count)
    if best.rows > len(ascii_uppercase):
        raise LayoutError(
            f"the panel would take {best.rows} rows of {paper.title}, and rows are named by letters",
            hint="Take a larger sheet: tile=tabloid.",
        )
    return best


def _divided(panel: tuple[Points, Points], paper: Paper, size: tuple[Points, Points]) -> Tiling:
    columns, rows = (
        _sheets(side, length - 2 * MARGIN) for side, length in zip(panel, size, strict=True)
    )
    return Tiling(paper, *size, panel, columns, rows)


def _sheets(side: Points, shows: Points) -> int:
    """Return how many sheets that show so much, each overlapping the next, show a side with blanks at its ends."""
    return max(1, math.ceil((side + 2 * _LEAST_BLANK - OVERLAP) / (shows - OVERLAP) - _CLOSE))


def _blank(sheets: int, step: Points, side: Points) -> Points:
    """Return how far the sheets reach beyond the panel at each end."""
    return (sheets * step + OVERLAP - side) / 2
