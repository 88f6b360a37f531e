"""What is written and marked on the sheets of a tiled panel: lines of type, crop marks, scale bars.

In: a canvas, places in points from a sheet's lower left corner. Out: what is drawn; elements where it is read.
"""

from dataclasses import dataclass
from typing import Final

from publish.colours import Colours, ColourToken
from publish.fonts import Face, Faces, check_coverage
from publish.typeset.marked import MarkedCanvas
from publish.typeset.panel.fitting import TIE, Line, broken
from publish.typeset.registered_faces import width_of
from publish.typeset.structure import Node, Rectangle
from publish.units import Points

FAMILY: Final = "Press Franklin"
PLAIN, STRONG = 400, 600
_PAD: Final = 3.0  # of white around a label
_CASING: Final = 2.5  # of white beside a mark, which else a dark panel would swallow
_LINE: Final = 0.5


@dataclass(frozen=True, slots=True)
class SheetPen:
    """The canvas, the declared faces and colours."""

    canvas: MarkedCanvas
    faces: Faces
    colours: Colours

    @property
    def ink(self) -> ColourToken:
        """Return black."""
        return self.colours.get("text")

    @property
    def white(self) -> ColourToken:
        """Return the white of paper."""
        return self.colours.get("paper-white")

    def face(self, weight: int = PLAIN) -> Face:
        """Return the face that all is written in."""
        return self.faces.get(FAMILY, weight)

    def width(self, text: str, size: Points, weight: int = PLAIN) -> Points:
        """Return how wide words are."""
        return width_of(text, self.face(weight), size)

    def lines(self, text: str, size: Points, room: Points, weight: int = PLAIN) -> tuple[Line, ...]:
        """Return words broken to a width. Raises FontError for a sign that the face does not have."""
        check_coverage(text, self.face(weight))
        return broken([text], room, lambda words: self.width(words, size, weight))

    def write(
        self, node: Node, place: tuple[Points, Points], text: str, size: Points, weight: int = PLAIN
    ) -> None:
        """Write a line as content of an element."""
        with self.canvas.tagged(node):
            plain = text.replace(TIE, " ")
            self.canvas.text(place, plain, self.face(weight), size, self.ink.srgb)

    def label(self, node: Node, place: tuple[Points, Points], text: str, size: Points) -> None:
        """Write a line on a white ground of its own."""
        x, y = place
        with self.canvas.artifact():
            wide = self.width(text, size, STRONG) + 2 * _PAD
            corner = x - _PAD, y - 0.28 * size
            self.canvas.ground(corner, wide, 1.22 * size, self.white.srgb)
        self.write(node, place, text, size, STRONG)

    def mark(self, start: tuple[Points, Points], end: tuple[Points, Points]) -> None:
        """Draw a line that is seen on any ground."""
        with self.canvas.artifact():
            self.canvas.rule(start, end, _CASING, self.white.srgb)
            self.canvas.rule(start, end, _LINE, self.ink.srgb)

    def crop_marks(self, cell: Rectangle, limits: Rectangle) -> None:
        """Draw marks from the corners of a cell outwards, as far as the printable area reaches."""
        left, bottom, right, top = cell
        low, under, high, over = limits
        for x in (left, right):
            self._outwards((x, top), (x, over))
            self._outwards((x, bottom), (x, under))
        for y in (bottom, top):
            self._outwards((left, y), (low, y))
            self._outwards((right, y), (high, y))

    def _outwards(self, start: tuple[Points, Points], end: tuple[Points, Points]) -> None:
        """Draw a mark towards `end`, parted from its corner and no longer than custom has it."""
        whole = abs(end[0] - start[0]) + abs(end[1] - start[1])
        gap, length = min(3.0, whole / 3), min(whole, 18.0)
        near, far = ((share / whole) for share in (gap, length))
        ends = [
            (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
            for share in (near, far)
        ]
        self.mark(ends[0], ends[1])

    def scale_bar(
        self, node: Node, place: tuple[Points, Points], length: Points, steps: int, told: str
    ) -> None:
        """Draw a bar with so many steps, and what it measures above it."""
        x, y = place
        with self.canvas.artifact():
            self.canvas.rule((x, y), (x + length, y), 1.0, self.ink.srgb)
            for step in range(steps + 1):
                tall = 8.0 if step in (0, steps) else 4.0
                at = x + length * step / steps
                self.canvas.rule((at, y), (at, y + tall), _LINE * 1.5, self.ink.srgb)
        self.write(node, (x, y + 11), told, 9.0)
