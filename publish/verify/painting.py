"""What a page paints, operator by operator: in which plates, over what, where, how large.

In: the objects of a finished file and a page. Out: Painted marks in the order in which they are laid down,
forms followed; and what is no mark of four plates. Only what a press is asked about is kept: no words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from publish.problems import PromiseError
from publish.verify.drawing import inherited
from publish.verify.objects import Objects, Stream, Value, name_of

Corners = tuple[float, float, float, float]  # left, bottom, right, top
Plates = tuple[float, ...]  # cyan, magenta, yellow, black, each 0 to 1

EVERY_PLATE: Final = "All"
_DEEPEST: Final = 12
_TOKEN: Final = re.compile(
    rb"\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+\)|<<|>>|<[0-9A-Fa-f\s]*+>"
    rb"|/[^\s()<>\[\]{}/%]*+|%[^\r\n]*+|BI(?=[\s/]).*?\sEI(?!\S)|[-+]?[\d.]+|[\[\]]"
    rb"|[A-Za-z'\"][A-Za-z0-9*'\"]*+",
    re.DOTALL,
)
_FILLING: Final = frozenset((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"))
_LINING: Final = frozenset((b"S", b"s", b"B", b"B*", b"b", b"b*"))
_ENDING: Final = _FILLING | _LINING | {b"n"}
_SHOWING: Final = frozenset((b"Tj", b"TJ", b"'", b'"'))
_COLOURS: Final = {b"g": "DeviceGray", b"rg": "DeviceRGB", b"k": "DeviceCMYK"}
_REFUSED: Final = {
    b"sh": "a gradient is painted",
    b"BI": "a picture stands within the content",
}
_LETTER_WIDTH: Final = 0.5  # of its size, where a text's width is wanted roughly


class Ink(NamedTuple):
    """A colour as the file has it: its space, and its numbers there."""

    space: str
    plates: Plates


class Matrix(NamedTuple):
    """A transformation (ISO 32000-1, 8.3.3)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def after(self, outer: "Matrix") -> "Matrix":
        """Return this transformation followed by `outer`."""
        a, b, c, d, e, f = outer
        return Matrix(
            self.a * a + self.b * c, self.a * b + self.b * d,
            self.c * a + self.d * c, self.c * b + self.d * d,
            self.e * a + self.f * c + e, self.e * b + self.f * d + f,
        )  # fmt: skip

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    @property
    def scale(self) -> float:
        """Return the smaller of its two scales."""
        return float(min((self.a**2 + self.b**2) ** 0.5, (self.c**2 + self.d**2) ** 0.5))


UNMOVED: Final = Matrix(1, 0, 0, 1, 0, 0)
_BLACK: Final = Ink("DeviceGray", (0.0,))  # a page begins with it (8.6.8)


@dataclass(frozen=True, slots=True)
class Painted:
    """A mark. `kind`: fill, line, text, picture. `size`: of type in points, of a picture in pixels an inch."""

    kind: str
    ink: Ink
    box: Corners
    over: bool  # laid over what is there, not knocked out of it
    size: float = 0.0
    rectangle: bool = False  # a fill that covers all of its box
    picture: Stream | None = None


@dataclass(slots=True)
class Painting:
    """All that a page paints, and what in it is none of the marks of a press."""

    marks: list[Painted] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _State:
    matrix: Matrix = UNMOVED
    fill: Ink = _BLACK
    line: Ink = _BLACK
    over: bool = False
    over_lines: bool = False
    size: float = 0.0

    def copy(self) -> "_State":
        return _State(self.matrix, self.fill, self.line, self.over, self.over_lines, self.size)


def painting(objects: Objects, page: dict[str, Value]) -> Painting:
    """Return what a page paints. Raises PromiseError where its content cannot be followed."""
    parts = [objects.get(part) for part in objects.array(page.get("Contents"))]
    streams = [part for part in parts if type(part) is Stream]
    data = b"\n".join(objects.data(stream) for stream in streams)
    brush = _Brush(objects)
    brush.paint(data, inherited(objects, page, "Resources"), _State(), 0)
    return brush.painting


class _Brush:
    """Carries out the operators of one page."""

    def __init__(self, objects: Objects) -> None:
        self.painting = Painting()
        self._objects = objects
        self._path: list[tuple[float, float]] = []
        self._rectangles = self._segments = 0
        self._text = self._line_start = UNMOVED

    def paint(self, data: bytes, resources: dict[str, Value], state: _State, depth: int) -> None:
        """Carry out one stream. What it changes of the state it must restore itself."""
        if depth > _DEEPEST:
            raise PromiseError("forms draw one another without end")
        saved: list[_State] = []
        operands: list[bytes] = []
        for token in _TOKEN.findall(data):
            first = token[0]
            if first in b"(<>/[]" or (first in b"+-.0123456789"):
                operands.append(token)
                continue
            if first == 0x25:
                continue
            if token == b"q":
                saved.append(state.copy())
            elif token == b"Q":
                state = saved.pop() if saved else state
            else:
                self._carry_out(token, operands, resources, state, depth)
            operands.clear()

    def _carry_out(
        self,
        operator: bytes,
        operands: list[bytes],
        resources: dict[str, Value],
        state: _State,
        depth: int,
    ) -> None:
        if operator in (b"m", b"l", b"c", b"v", b"y", b"re"):
            self._extend(operator, _numbers(operands), state)
        elif operator in _ENDING:
            self._end_path(operator, state)
        elif operator in _SHOWING:
            self._show(operands, state)
        elif operator == b"cm":
            state.matrix = Matrix(*_numbers(operands)).after(state.matrix)
        elif operator[:1] == b"T" or operator == b"BT":
            self._place_text(operator, operands, state)
        elif operator.lower() in (*_COLOURS, b"cs", b"sc", b"scn"):
            self._colour(operator, operands, resources, state)
        elif operator == b"gs":
            self._graphics_state(operands, resources, state)
        elif operator == b"Do":
            self._draw(operands, resources, state, depth)
        elif fault := _REFUSED.get(operator[:2]):
            self.painting.faults.append(fault)

    # Paths

    def _extend(self, operator: bytes, numbers: list[float], state: _State) -> None:
        if operator == b"re":
            x, y, width, height = numbers
            corners = [(x, y), (x + width, y), (x, y + height), (x + width, y + height)]
            self._rectangles += 1
        else:
            corners = list(zip(numbers[::2], numbers[1::2], strict=True))
            self._segments += 1
        self._path += [state.matrix.point(*corner) for corner in corners]

    def _end_path(self, operator: bytes, state: _State) -> None:
        if self._path:
            box = _around(self._path)
            alone = self._rectangles == 1 and not self._segments
            if operator in _FILLING:
                self._mark(Painted("fill", state.fill, box, state.over, rectangle=alone))
            if operator in _LINING:
                self._mark(Painted("line", state.line, box, state.over_lines))
        self._path, self._rectangles, self._segments = [], 0, 0

    def _mark(self, mark: Painted) -> None:
        self.painting.marks.append(mark)

    # Text

    def _place_text(self, operator: bytes, operands: list[bytes], state: _State) -> None:
        if operator == b"BT":
            self._text = self._line_start = UNMOVED
        elif operator == b"Tf":
            state.size = _numbers(operands)[-1]
        elif operator == b"Tm":
            self._text = self._line_start = Matrix(*_numbers(operands))
        elif operator in (b"Td", b"TD"):
            across, up = _numbers(operands)
            self._line_start = Matrix(1, 0, 0, 1, across, up).after(self._line_start)
            self._text = self._line_start

    def _show(self, operands: list[bytes], state: _State) -> None:
        whole = self._text.after(state.matrix)
        size = state.size * whole.scale
        x, y = whole.point(0, 0)
        letters = sum(len(token) - 2 for token in operands if token[:1] in (b"(", b"<"))
        box = (x, y - 0.25 * size, x + letters * _LETTER_WIDTH * size, y + 0.75 * size)
        self._mark(Painted("text", state.fill, box, state.over, size))

    # Colours

    def _colour(
        self, operator: bytes, operands: list[bytes], resources: dict[str, Value], state: _State
    ) -> None:
        of_lines = operator.isupper() or operator in (b"SC", b"SCN")
        lower = operator.lower()
        if lower in _COLOURS:
            ink = Ink(_COLOURS[lower], tuple(_numbers(operands)))
        elif lower == b"cs":
            ink = Ink(self._space(operands, resources), ())
        else:
            before = state.line if of_lines else state.fill
            if any(token[:1] == b"/" for token in operands):
                self.painting.faults.append("a pattern is painted")
            ink = Ink(before.space, tuple(_numbers(operands)))
        if of_lines:
            state.line = ink
        else:
            state.fill = ink

    def _space(self, operands: list[bytes], resources: dict[str, Value]) -> str:
        name = name_of(operands[-1]) if operands else ""
        listed = self._objects.dictionary(resources.get("ColorSpace"))
        return space_name(self._objects, listed.get(name, name))

    def _graphics_state(
        self, operands: list[bytes], resources: dict[str, Value], state: _State
    ) -> None:
        states = self._objects.dictionary(resources.get("ExtGState"))
        entry = self._objects.dictionary(states.get(name_of(operands[-1]) if operands else ""))
        if "op" in entry or "OP" in entry:
            state.over = bool(self._objects.get(entry.get("op", entry.get("OP"))))
        if "OP" in entry:
            state.over_lines = bool(self._objects.get(entry["OP"]))
        for key in ("ca", "CA"):
            if self._objects.get(entry.get(key, 1)) != 1:
                self.painting.faults.append("something is painted transparent")

    # Forms and pictures

    def _draw(
        self, operands: list[bytes], resources: dict[str, Value], state: _State, depth: int
    ) -> None:
        listed = self._objects.dictionary(resources.get("XObject"))
        drawn = self._objects.get(listed.get(name_of(operands[-1]) if operands else ""))
        if type(drawn) is not Stream:
            return
        if drawn.dictionary.get("Subtype") == "Image":
            self._picture(drawn, state)
            return
        numbers = [float(n) for n in self._values(drawn.dictionary.get("Matrix"))]
        inner = state.copy()
        inner.matrix = (Matrix(*numbers) if len(numbers) == 6 else UNMOVED).after(state.matrix)
        own = self._objects.dictionary(drawn.dictionary.get("Resources"))
        self.paint(self._objects.data(drawn), own or resources, inner, depth + 1)

    def _picture(self, drawn: Stream, state: _State) -> None:
        box = _around([state.matrix.point(x, y) for x in (0, 1) for y in (0, 1)])
        across = (state.matrix.a**2 + state.matrix.b**2) ** 0.5 / 72
        up = (state.matrix.c**2 + state.matrix.d**2) ** 0.5 / 72
        width, height = (self._number(drawn, key) for key in ("Width", "Height"))
        fine = min(width / across, height / up) if across and up else 0.0
        space = space_name(self._objects, drawn.dictionary.get("ColorSpace"))
        self._mark(Painted("picture", Ink(space, ()), box, False, fine, picture=drawn))

    def _number(self, drawn: Stream, key: str) -> float:
        found = self._objects.get(drawn.dictionary.get(key))
        return float(found) if isinstance(found, int | float) else 0.0

    def _values(self, value: Value) -> Iterator[float]:
        for entry in self._objects.array(value):
            found = self._objects.get(entry)
            if isinstance(found, int | float):
                yield float(found)


def space_name(objects: Objects, value: Value) -> str:
    """Return a colour space in words: its family; of a separation its plate; of an index what it points into."""
    found = objects.get(value)
    if type(found) is str:
        return found
    if type(found) is not list or not found:
        return "no colour space"
    family = str(objects.get(found[0]))
    if family in ("Separation", "Indexed") and len(found) > 1:
        return f"{family} {space_name(objects, found[1])}"
    return family


def _numbers(operands: list[bytes]) -> list[float]:
    try:
        return [float(token) for token in operands if token[0] in b"+-.0123456789"]
    except ValueError:
        raise PromiseError("a number in the content cannot be read") from None


def _around(points: list[tuple[float, float]]) -> Corners:
    across, up = [point[0] for point in points], [point[1] for point in points]
    return min(across), min(up), max(across), max(up)
