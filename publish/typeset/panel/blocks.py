"""What stands on a panel, measured and ready to be drawn: words, the timeline's rows, the code.

In: words, a face, a size, a width. Out: Blocks, each with its height and a way to draw itself. Heights run
from the top of the capitals of the first line to below the last, so that tops align as the eye sees them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, Protocol

from publish.colours import ColourToken
from publish.exhibit import italic_pieces
from publish.fonts import Face, capital_height
from publish.typeset.marked import MarkedCanvas
from publish.typeset.panel.fitting import TIE, Line
from publish.typeset.panel.kerning import kerned_width, runs
from publish.typeset.registered_faces import width_of
from publish.typeset.structure import Link, Node
from publish.units import Points

BELOW_LINE: Final = 0.22  # ems that letters reach below their line
_DAY_RULE: Final = 2.0
_ROW_RULE: Final = 0.75
_ROW_PAD: Final = 0.48  # ems between a rule and the words
_BETWEEN: Final = 0.62  # ems between the columns of a row


@dataclass(frozen=True, slots=True)
class Pen:
    """The canvas, and where the sheet's upper left corner lies on it."""

    canvas: MarkedCanvas
    left: Points
    top: Points
    linked: bool  # whether addresses are links

    def at(self, x: Points, y: Points) -> tuple[Points, Points]:
        """Return the canvas's point for one that far right of and below the sheet's corner."""
        return round(self.left + x, 3), round(self.top - y, 3)


class Block(Protocol):
    """Something measured. `type_size` is its smallest; 0 where it has no type of the panel's own."""

    @property
    def width(self) -> Points:
        """Return how wide it is."""

    @property
    def height(self) -> Points:
        """Return how high it is."""

    @property
    def type_size(self) -> Points:
        """Return its smallest size of type."""

    def draw(self, pen: Pen, x: Points, y: Points) -> list[Node]:
        """Draw it with its upper left corner there; return the elements it is content of."""


@dataclass(frozen=True, slots=True)
class Type:
    """A face at a size in a colour. `italic`: that of words between ITALIC marks, where there may be any."""

    face: Face
    size: Points
    leading: Points
    colour: ColourToken
    kerned: bool = False
    italic: Face | None = None

    @property
    def capitals(self) -> Points:
        """Return the height of a capital."""
        return capital_height(self.face) * self.size

    def width(self, text: str) -> Points:
        """Return the width of words, their ties as spaces."""
        return sum(self._measured(piece, face) for piece, face in self._pieces(text))

    def _measured(self, piece: str, face: Face) -> Points:
        return (kerned_width if self.kerned else width_of)(piece, face, self.size)

    def draw(self, canvas: MarkedCanvas, place: tuple[Points, Points], text: str) -> None:
        """Draw words from `place`, their base line's beginning, to the right."""
        across = 0.0
        for piece, face in self._pieces(text):
            made = runs(piece, face, self.size) if self.kerned else [(0.0, piece)]
            here = round(place[0] + across, 3), place[1]
            canvas.line(here, made, face, self.size, self.colour.srgb)
            across += self._measured(piece, face)

    def _pieces(self, text: str) -> Iterator[tuple[str, Face]]:
        """Yield words in pieces of one face, their ties as spaces."""
        plain = text.replace(TIE, " ")
        if self.italic is None:
            yield plain, self.face
            return
        for piece, italic in italic_pieces(plain):
            yield piece, self.italic if italic else self.face


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Paragraphs. `hang` is how far the first sign, an opening quotation mark, stands to the left."""

    lines: tuple[Line, ...]
    type: Type
    width: Points
    tag: str = "P"
    hang: Points = 0.0
    address: str = ""  # that the words are a link to

    @property
    def height(self) -> Points:
        """Return the height from the first capitals to below the last line."""
        leading = (len(self.lines) - 1) * self.type.leading
        return self.type.capitals + leading + BELOW_LINE * self.type.size

    @property
    def type_size(self) -> Points:
        """Return the size."""
        return self.type.size

    def draw(self, pen: Pen, x: Points, y: Points) -> list[Node]:
        """Draw the paragraphs, each an element."""
        nodes: list[Node] = []
        base = y + self.type.capitals
        for number, lines in groupby(self.lines, lambda line: line.paragraph):
            node = inner = Node(self.tag)
            placed = list(lines)
            if self.address and pen.linked:
                inner = Node("Link", alt=f"Opens {self.address}")
                node.add(inner)
            with pen.canvas.tagged(inner):
                for line in placed:
                    left = x + line.indent - (self.hang if number == 0 and line is placed[0] else 0)
                    self.type.draw(
                        pen.canvas, pen.at(left, base), line.text + ("" if line.ends else " ")
                    )
                    base += self.type.leading
            if inner is not node:
                inner.add(self._link(pen, x, y))
            nodes.append(node)
        return nodes

    def _link(self, pen: Pen, x: Points, y: Points) -> Link:
        left, top = pen.at(x, y)
        right, bottom = pen.at(x + self.width, y + self.height)
        return Link(0, (left, bottom, right, top), self.address, f"Opens {self.address}")


@dataclass(frozen=True, slots=True)
class RowWords:
    """A row of the timeline, its words broken to lines. An empty day is that of the row above."""

    day: str
    hour: str
    told: tuple[str, ...]
    this: bool


@dataclass(frozen=True, slots=True)
class TimelineBlock:
    """The clock's name, and below it rows between rules, closed by a last one."""

    clock: str
    rows: tuple[RowWords, ...]
    type: Type
    strong: Type  # of the days
    this: Type  # of the telegram's own row
    rules: tuple[ColourToken, ColourToken]
    width: Points
    columns: tuple[Points, Points]  # where hours and words begin

    @property
    def type_size(self) -> Points:
        """Return the size."""
        return self.type.size

    @property
    def _head(self) -> Points:
        return self.type.capitals + _ROW_PAD * self.type.size

    def _row_height(self, row: RowWords) -> Points:
        leading = (len(row.told) - 1) * self.type.leading
        return leading + self.type.capitals + 2 * _ROW_PAD * self.type.size

    @property
    def height(self) -> Points:
        """Return the height from the capitals of the clock's name to the last rule."""
        return self._head + sum(map(self._row_height, self.rows)) + _DAY_RULE

    def draw(self, pen: Pen, x: Points, y: Points) -> list[Node]:
        """Draw the clock's name as a paragraph and the rows as a list."""
        head, rows = Node("P"), Node("L", attributes={"List": {"ListNumbering": "/None"}})
        with pen.canvas.tagged(head):
            self.strong.draw(pen.canvas, pen.at(x, y + self.type.capitals), self.clock)
        top = y + self._head
        for row in self.rows:
            self._rule(pen, x, top, day=bool(row.day))
            body = Node("LBody")
            rows.add(Node("LI").add(body))
            with pen.canvas.tagged(body):
                self._draw_row(pen, x, top, row)
            top += self._row_height(row)
        self._rule(pen, x, top, day=True)
        return [head, rows]

    def _draw_row(self, pen: Pen, x: Points, top: Points, row: RowWords) -> None:
        base = top + _ROW_PAD * self.type.size + self.type.capitals
        own = self.this if row.this else self.type
        if row.day:
            self.strong.draw(pen.canvas, pen.at(x, base), f"{row.day} ")
        if row.hour:  # flush right, so that hours of one and of two figures stand in line
            ends = x + self.columns[1] - _BETWEEN * self.this.size
            own.draw(pen.canvas, pen.at(ends - own.width(row.hour), base), f"{row.hour} ")
        for line in row.told:
            ending = "" if line is row.told[-1] else " "
            own.draw(pen.canvas, pen.at(x + self.columns[1], base), line + ending)
            base += self.type.leading

    def _rule(self, pen: Pen, x: Points, y: Points, *, day: bool) -> None:
        thickness = _DAY_RULE if day else _ROW_RULE
        start, end = pen.at(x, y + thickness / 2), pen.at(x + self.width, y + thickness / 2)
        with pen.canvas.artifact():
            pen.canvas.rule(start, end, thickness, self.rules[0 if day else 1].srgb)


def timeline_columns(
    rows: Sequence[tuple[str, str]], strong: Type, this: Type
) -> tuple[Points, Points]:
    """Return where the hours and the words of rows begin, by their widest days and hours."""
    gap = _BETWEEN * this.size
    hours = max(strong.width(day) for day, _ in rows) + gap
    widest = max(this.width(hour) for _, hour in rows)
    return hours, hours + (widest + gap if widest else 0.0)


@dataclass(frozen=True, slots=True)
class MarkBlock:
    """An institution's mark: a picture of its own, and the words by which it is heard."""

    jpeg: bytes = field(repr=False)
    width: Points
    height: Points
    name: str
    type_size: Points = 0.0

    def draw(self, pen: Pen, x: Points, y: Points) -> list[Node]:
        """Draw the picture as a figure."""
        left, bottom = pen.at(x, y + self.height)
        figure = Node("Figure", alt=self.name)
        corners = [left, bottom, left + self.width, bottom + self.height]
        figure.attributes["Layout"] = {"BBox": corners, "Placement": "/Block"}
        with pen.canvas.tagged(figure):
            pen.canvas.picture((left, bottom), self.width, self.height, self.jpeg)
        return [figure]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A QR code (ISO/IEC 18004) of square modules; its quiet zone is the ground around it."""

    modules: tuple[tuple[bool, ...], ...] = field(repr=False)
    side: Points
    colour: ColourToken
    address: str

    @property
    def width(self) -> Points:
        """Return the side."""
        return self.side

    @property
    def height(self) -> Points:
        """Return the side."""
        return self.side

    @property
    def type_size(self) -> Points:
        """A code has no type."""
        return 0.0

    def draw(self, pen: Pen, x: Points, y: Points) -> list[Node]:
        """Draw the dark modules of each row, those side by side as one."""
        left, top = pen.at(x, y)
        corners = [left, round(top - self.side, 3), round(left + self.side, 3), top]
        figure = Node("Figure", alt=f"QR code that opens {self.address}")
        figure.attributes["Layout"] = {"BBox": corners, "Placement": "/Block"}
        module = self.side / len(self.modules)
        with pen.canvas.tagged(figure):
            for number, row in enumerate(self.modules):
                start = 0
                for dark, group in groupby(row):
                    count = len(list(group))
                    if dark:
                        corner = pen.at(x + start * module, y + (number + 1) * module)
                        pen.canvas.ground(corner, count * module, module, self.colour.srgb)
                    start += count
        return [figure]
