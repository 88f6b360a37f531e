"""What a print shop needs around a sheet: the slug, crop and registration marks, a line that names the file.

In: a trim size and a bleed. Out: the page's size and boxes; marks outside the bleed, on every plate.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from publish.fonts import Face
from publish.papers import Paper
from publish.problems import LayoutError
from publish.typeset.inks import Boxes
from publish.typeset.marked import MarkedCanvas
from publish.units import POINTS_PER_INCH, Points

SLUG: Final = 36.0  # points beyond the bleed, on all four sides
LONGEST_SIDE: Final = 200 * POINTS_PER_INCH  # 14 400 units (ISO 32000-1, annex C); beyond, no 1:1
_FROM_BLEED: Final = 4.0
_MARK: Final = 22.0
_LINE: Final = 0.25  # points, as crop marks are drawn by custom
_RADIUS: Final = 6.0
_NAME_SIZE: Final = 9.0
_BESIDE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its sheet: `slug` is the way from the page's edge to the cut."""

    paper: Paper
    bleed: Points
    slug: Points

    @property
    def size(self) -> tuple[Points, Points]:
        """Return the page's size; its lower left corner is the origin."""
        return self.paper.width + 2 * self.slug, self.paper.height + 2 * self.slug

    @property
    def boxes(self) -> Boxes:
        """Return where the sheet is cut and where its colour ends."""
        return Boxes(self._around(0.0), self._around(self.bleed))

    def _around(self, beyond: Points) -> tuple[Points, Points, Points, Points]:
        low, width, height = self.slug - beyond, self.paper.width, self.paper.height
        return low, low, self.slug + width + beyond, self.slug + height + beyond


def page_for(paper: Paper, bleed: Points) -> Page:
    """Return the page of a sheet for the press; a bleed of 0 is for the screen, without a slug.

    Raises LayoutError for a sheet that would be longer than a PDF can show at true size.
    """
    page = Page(paper, bleed, SLUG + bleed if bleed else 0.0)
    if max(page.size) > LONGEST_SIDE:
        raise LayoutError(
            f"{paper.title} is with its marks {max(page.size) / POINTS_PER_INCH:.1f} in long, and a panel "
            "is made at true size up to 200 in",
            hint="Take a smaller sheet, or have the shop enlarge one.",
        )
    return page


def draw_marks(
    canvas: MarkedCanvas, page: Page, name: str, face: Face, colour: tuple[float, float, float]
) -> None:
    """Draw crop marks at the corners, registration marks in the middles, and the file's name at the foot."""
    with canvas.artifact():
        canvas.separation_marks([*_crops(page), *_crosses(page)], list(_circles(page)), _LINE)
    left, bottom, _, _ = page.boxes.bleed
    with canvas.artifact():
        place = (left + _BESIDE, bottom - _FROM_BLEED - _NAME_SIZE)
        canvas.text(place, name, face, _NAME_SIZE, colour)


def _crops(page: Page) -> Iterator[tuple[Points, Points, Points, Points]]:
    left, bottom, right, top = page.boxes.trim
    inner = page.bleed + _FROM_BLEED
    outer = inner + _MARK
    for x in (left, right):
        yield x, bottom - outer, x, bottom - inner
        yield x, top + inner, x, top + outer
    for y in (bottom, top):
        yield left - outer, y, left - inner, y
        yield right + inner, y, right + outer, y


def _middles(page: Page) -> Iterator[tuple[Points, Points]]:
    left, bottom, right, top = page.boxes.trim
    away = page.bleed + _FROM_BLEED + _MARK / 2
    middle = ((left + right) / 2, (bottom + top) / 2)
    yield middle[0], bottom - away
    yield middle[0], top + away
    yield left - away, middle[1]
    yield right + away, middle[1]


def _circles(page: Page) -> Iterator[tuple[Points, Points, Points]]:
    for x, y in _middles(page):
        yield x, y, _RADIUS


def _crosses(page: Page) -> Iterator[tuple[Points, Points, Points, Points]]:
    reach = _MARK / 2
    for x, y in _middles(page):
        yield x - reach, y, x + reach, y
        yield x, y - reach, x, y + reach
