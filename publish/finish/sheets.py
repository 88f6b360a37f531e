"""Which page lies where when two are printed on each side of a sheet.

In: how many pages there are, their size, the paper. Out: Sides, each with its cells; page 0 is a blank.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from publish.papers import Paper
from publish.products import BOOKLET, TWO_UP
from publish.units import Points

Pair = tuple[int, int]  # the pages at the left and at the right, from 1; 0 for none


@dataclass(frozen=True, slots=True)
class Cell:
    """A page's place on its side of a sheet: its lower left corner, and how far it is reduced."""

    page: int
    left: Points
    bottom: Points
    scale: float


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet, which lies across: twice as many pages as a page has, side by side."""

    width: Points
    height: Points
    cells: tuple[Cell, ...]


def booklet_pairs(pages: int) -> list[Pair]:
    """Return the sides of a booklet that is folded and stitched in its fold, fronts and backs in turn.

    Sheets lie within one another, so that the outermost bears the first page and the last. Blank
    pages are added at the end until there are four to a sheet.
    """
    total = -(-pages // 4) * 4
    sides: list[Pair] = []
    for outer in range(1, total // 2 + 1, 2):
        inner = total + 1 - outer
        sides += [(inner, outer), (outer + 1, inner - 1)]
    return [(_there(left, pages), _there(right, pages)) for left, right in sides]


def two_up_pairs(pages: int) -> list[Pair]:
    """Return the sides when pages follow one another, two on each."""
    return [(page, _there(page + 1, pages)) for page in range(1, pages + 1, 2)]


PAIRS = {BOOKLET: booklet_pairs, TWO_UP: two_up_pairs}


def _there(page: int, pages: int) -> int:
    return page if page <= pages else 0


def sides(impose: str, sizes: Sequence[tuple[Points, Points]], paper: Paper) -> tuple[Side, ...]:
    """Return the sides of an imposition of pages of these sizes on `paper`, turned to lie across.

    All pages are reduced alike, as far as the largest needs to lie within half a side.
    """
    width, height = max(paper.width, paper.height), min(paper.width, paper.height)
    half = width / 2
    scale = min([1.0, *(min(half / across, height / up) for across, up in sizes)])
    made = []
    for pair in PAIRS[impose](len(sizes)):
        cells = [
            _cell(page, sizes[page - 1], place * half, (half, height), scale)
            for place, page in enumerate(pair)
            if page
        ]
        made.append(Side(width, height, tuple(cells)))
    return tuple(made)


def _cell(
    page: int,
    size: tuple[Points, Points],
    left: Points,
    room: tuple[Points, Points],
    scale: float,
) -> Cell:
    """Return a page's cell: in the middle of its half."""
    across, up = size[0] * scale, size[1] * scale
    return Cell(page, round(left + (room[0] - across) / 2, 3), round((room[1] - up) / 2, 3), scale)
