"""The sheet that goes before the tiles of a panel: how they are printed, cut and glued, and a check of the scale.

In: a tiling, the panel's name and statement. Out: the sheet drawn, and its elements.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from publish.finish.sheet_pen import PLAIN, STRONG, SheetPen
from publish.finish.tiling import Tile, Tiling
from publish.papers import Paper
from publish.typeset.structure import Node, Rectangle
from publish.units import POINTS_PER_INCH, POINTS_PER_MILLIMETRE, Points

TITLE: Final = "Put the panel together"
_CUT: Final = (
    "Cut each sheet at its top and at its left side, from mark to mark. Leave the strips at the right and at the "
    "foot: they are glued under the next sheets. Where the panel itself ends, cut along its edge."
)
_GLUE: Final = (
    "Begin with row A. Glue A2 over the strip of A1, its cut side from mark to mark, then A3, and so on. Make each "
    "row, then glue row B over the strip below row A."
)
_EDGE: Final[Points] = 36.0
_COLUMN: Final[Points] = 300.0
_GUTTER: Final[Points] = 30.0
_SIZE, _LEADING = 10.5, 14.5
_CAPTION: Final = 10.0


@dataclass(frozen=True, slots=True)
class Told:
    """What the sheet says of the panel: its name, the statement that it is a reconstruction."""

    name: str
    statement: str
    language: str  # of the statement, where it is not the file's


class AssemblySheet:
    """The sheet being drawn, from its top down."""

    def __init__(self, pen: SheetPen, tiling: Tiling, told: Told, panel: Paper) -> None:
        """Take the panel's paper by its name."""
        self.pen, self.tiling, self.told, self.panel = pen, tiling, told, panel
        self.y = tiling.height - _EDGE

    def draw(self) -> Node:
        """Draw the sheet; return its element."""
        section = Node("Sect", title=TITLE)
        section.add(self._line("H1", TITLE, 20.0, 24.0, STRONG))
        self.y -= 4
        section.add(*(self._paragraph("P", text) for text in (self.told.name, self._size())))
        self.y -= 6
        steps = Node("L", attributes={"List": {"ListNumbering": "/Decimal"}})
        for number, text in enumerate(self._steps(), 1):
            steps.add(self._step(number, text))
        section.add(steps, *self._bars())
        statement = self._paragraph("P", self.told.statement)
        statement.lang = self.told.language
        section.add(statement)
        return section.add(self._diagram(self._room()))

    def _size(self) -> str:
        width, height = self.panel.width, self.panel.height
        return (
            f"Size of the panel: {width / POINTS_PER_INCH:.4g} × {height / POINTS_PER_INCH:.4g} in, "
            f"{width / POINTS_PER_MILLIMETRE:.0f} × {height / POINTS_PER_MILLIMETRE:.0f} mm. "
            f"It takes {self.tiling.count} sheets, {self.tiling.columns} across and {self.tiling.rows} down."
        )

    def _steps(self) -> tuple[str, ...]:
        paper = self.tiling.paper.title.partition(",")[0]
        return (
            f"Print at 100\u00a0% (“actual size”, not “fit to page”), on one side of {paper} paper.",
            "Measure the two bars below. If they are not 4\u00a0in and 100\u00a0mm long, print again.",
            _CUT,
            _GLUE,
        )

    def _line(
        self, tag: str, text: str, size: Points, leading: Points, weight: int = PLAIN
    ) -> Node:
        node = Node(tag)
        for line in self.pen.lines(text, size, _COLUMN, weight):
            self.y -= leading
            ending = "" if line.ends else " "
            self.pen.write(node, (_EDGE, self.y), line.text + ending, size, weight)
        return node

    def _paragraph(self, tag: str, text: str) -> Node:
        node = self._line(tag, text, _SIZE, _LEADING)
        self.y -= 5
        return node

    def _step(self, number: int, text: str) -> Node:
        label, body = Node("Lbl"), Node("LBody")
        indent = 18.0
        for index, line in enumerate(self.pen.lines(text, _SIZE, _COLUMN - indent)):
            self.y -= _LEADING
            if not index:
                self.pen.write(label, (_EDGE, self.y), f"{number}. ", _SIZE, STRONG)
            ending = "" if line.ends else " "
            self.pen.write(body, (_EDGE + indent, self.y), line.text + ending, _SIZE)
        self.y -= 5
        return Node("LI").add(label, body)

    def _bars(self) -> tuple[Node, Node]:
        inches, millimetres = Node("P"), Node("P")
        self.y -= 28
        self.pen.scale_bar(inches, (_EDGE, self.y), 4 * POINTS_PER_INCH, 4, "4 in")
        self.y -= 32
        length = 100 * POINTS_PER_MILLIMETRE
        self.pen.scale_bar(millimetres, (_EDGE, self.y), length, 10, "100 mm")
        self.y -= 12
        return inches, millimetres

    def _room(self) -> Rectangle:
        """Return where the diagram is largest: beside the words or below them."""
        width, height = self.tiling.width, self.tiling.height
        beside = (_EDGE + _COLUMN + _GUTTER, _EDGE, width - _EDGE, height - _EDGE)
        below = (_EDGE, _EDGE, width - _EDGE, self.y - 12)
        return max(beside, below, key=self._scale_in)

    def _scale_in(self, room: Rectangle) -> float:
        left, bottom, right, top = room
        return min((right - left) / self.tiling.panel[0], (top - bottom) / self.tiling.panel[1])

    def _diagram(self, room: Rectangle) -> Node:
        """Draw the panel small, the sheets' edges over it, each sheet's name in its middle."""
        left, _, _, top = room
        wide, high = self.tiling.panel
        scale = self._scale_in(room)
        corner = left, top - high * scale
        figure = Node(
            "Figure",
            alt=f"The panel divided into {self.tiling.count} sheets: rows A to "
            f"{list(self.tiling.tiles())[-1].letter} from the top, columns 1 to {self.tiling.columns} from the left.",
        )
        area = (*corner, corner[0] + wide * scale, corner[1] + high * scale)
        figure.attributes["Layout"] = {
            "BBox": [round(edge, 3) for edge in area],
            "Placement": "/Block",
        }
        pen, cells = self.pen, tuple(self._cells(corner, scale))
        with pen.canvas.tagged(figure):
            for tile, cell in cells:
                pen.canvas.form(tile.form, cell, corner, scale)
        with pen.canvas.artifact():
            for line, colour in ((1.6, pen.white), (0.5, pen.ink)):
                for _, (x, y, end, over) in cells:
                    pen.canvas.frame((x, y), end - x, over - y, line, colour.srgb)
        for tile, (x, y, end, over) in cells:
            across = (x + end - pen.width(tile.name, _CAPTION, STRONG)) / 2
            pen.label(figure, (across, (y + over - _CAPTION) / 2), tile.name, _CAPTION)
        return figure

    def _cells(
        self, corner: tuple[Points, Points], scale: float
    ) -> Iterator[tuple[Tile, Rectangle]]:
        """Yield each tile with where its cell lies in the diagram."""
        x, y = corner
        for tile in self.tiling.tiles():
            left, bottom, right, top = (edge * scale for edge in tile.cell)
            yield tile, (x + left, y + bottom, x + right, y + top)
