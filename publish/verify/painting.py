"""What the content streams of a page paint, and how: each text's size and colour, each line's thickness.

In: a page's content stream and its resources. Out: Painted values in the order of the stream, those of
the forms that it draws among them. Lengths are in points on the page, whatever space they are set in.
"""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from publish.problems import PromiseError
from publish.verify.drawing import inherited
from publish.verify.objects import Objects, Stream, Value, name_of

_TOKEN = re.compile(
    rb"(?P<picture>BI(?=[\s/]).*?\sID\s.*?\sEI(?!\S))"
    rb"|(?P<string>\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+\)|<[0-9A-Fa-f\s]*>)"
    rb"|(?P<name>/[^\s()<>\[\]{}/%]*)"
    rb"|(?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?![A-Za-z]))"
    rb"|%[^\r\n]*|<<|>>|[\[\]]"
    rb"|(?P<operator>[A-Za-z'\"][A-Za-z0-9*'\"]*)",
    re.DOTALL,
)
_DEEPEST_FORM = 12
_MOST_FORMS = 10_000


class Operation(NamedTuple):
    """An operator of a content stream: its numbers, and its last name ("F1", "x0")."""

    operator: str
    numbers: tuple[float, ...]
    name: str = ""
    strings: int = 0
    inline: bytes = b""  # a picture that stands in the stream itself


def operations(data: bytes) -> Iterator[Operation]:
    """Yield the operators of a content stream with what stands before each."""
    numbers: list[float] = []
    name, strings = "", 0
    for match in _TOKEN.finditer(data):
        kind = match.lastgroup
        if kind == "number":
            numbers.append(float(match[0]))
        elif kind == "name":
            name = name_of(match[0])
        elif kind == "string":
            strings += 1
        elif kind == "picture":
            yield Operation("BI", (), inline=match[0])
        elif kind == "operator":
            yield Operation(match[0].decode("latin-1"), tuple(numbers), name, strings)
            numbers, name, strings = [], "", 0


class Matrix(NamedTuple):
    """A transformation (ISO 32000-1, 8.3.3)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def within(self, outer: "Matrix") -> "Matrix":
        """Return this transformation followed by `outer`."""
        a, b, c, d, e, f = outer
        return Matrix(
            self.a * a + self.b * c,
            self.a * b + self.b * d,
            self.c * a + self.d * c,
            self.c * b + self.d * d,
            self.e * a + self.f * c + e,
            self.e * b + self.f * d + f,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of this space lies on the page."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    @property
    def thickness(self) -> float:
        """Return by how much a line becomes thicker, where it becomes so least."""
        return min(math.hypot(self.a, self.c), math.hypot(self.b, self.d))

    @property
    def em(self) -> float:
        """Return by how much letters become larger, in the direction in which they do so least."""
        return min(math.hypot(self.a, self.b), math.hypot(self.c, self.d))


@dataclass(frozen=True, slots=True)
class Painted:
    """One thing that is painted.

    `kind` is "text", "fill" or "stroke". `size` is of the type, or how thick the line is; of a fill,
    the lesser of its two sides. `grey` is None for a colour that is none.
    """

    kind: str
    size: float
    grey: float | None
    place: tuple[float, float]


@dataclass(slots=True)
class _State:
    """The part of the graphics state that is followed (ISO 32000-1, 8.4)."""

    matrix: Matrix
    fill: float | None = 0.0
    stroke: float | None = 0.0
    line: float = 1.0
    font_size: float = 0.0
    across: float = 1.0  # horizontal scaling of text
    mode: int = 0
    alpha: float = 1.0


_PATHS = {
    "S": "S", "s": "S", "f": "F", "F": "F", "f*": "F",
    "B": "FS", "B*": "FS", "b": "FS", "b*": "FS", "n": "",
}  # fmt: skip
_GREYS: dict[str, Callable[[tuple[float, ...]], float | None]] = {
    "g": lambda values: values[0],
    "rg": lambda values: values[0] if max(values) == min(values) else None,
    "k": lambda values: 1 - values[-1] if not any(values[:-1]) else None,
    "cs": lambda _: 0.0,
    "sc": lambda _: None,
    "scn": lambda _: None,
}


def paint(objects: Objects, page: dict[str, Value]) -> list[Painted]:
    """Return what a page paints. Raises PromiseError when its content cannot be read."""
    parts = [objects.get(part) for part in objects.array(page.get("Contents"))]
    data = b"\n".join(objects.data(part) for part in parts if type(part) is Stream)
    brush = _Brush(objects)
    brush.draw(data, inherited(objects, page, "Resources"), _State(Matrix()))
    return brush.painted


class _Brush:
    """Carries out operators, and notes what they paint."""

    def __init__(self, objects: Objects) -> None:
        self.painted: list[Painted] = []
        self._objects = objects
        self._path: list[tuple[float, float]] = []
        self._depth = self._forms = 0

    def draw(self, data: bytes, resources: dict[str, Value], state: _State) -> None:
        """Carry out one stream, beginning in a state of its own."""
        saved: list[_State] = []
        text = line = Matrix()
        leading = 0.0
        for operation in operations(data):
            operator, numbers = operation.operator, operation.numbers
            if operator == "q":
                saved.append(replace(state))
            elif operator == "Q":
                state = saved.pop() if saved else state
            elif operator == "BT":
                text = line = Matrix()
            elif operator in ("Td", "TD", "T*") or operator in ("'", '"'):
                leading = -numbers[1] if operator == "TD" else leading
                moved = numbers if operator in ("Td", "TD") else (0.0, -leading)
                text = line = Matrix(e=moved[0], f=moved[1]).within(line)
            elif operator == "Tm":
                text = line = Matrix(*numbers[-6:])
            elif operator == "TL":
                leading = numbers[0]
            elif operator == "Do":
                self._draw_form(operation.name, resources, state)
            else:
                self._change(operation, resources, state)
            if operator in ("Tj", "TJ", "'", '"') and operation.strings:
                self._text(text, state)

    def _change(self, operation: Operation, resources: dict[str, Value], state: _State) -> None:
        operator, numbers = operation.operator, operation.numbers
        if operator in _PATHS:
            self._paint_path(_PATHS[operator], state)
        elif operator in ("m", "l", "c", "v", "y", "re"):
            self._extend(operator, numbers, state)
        elif operator.lower() in _GREYS:
            grey = _GREYS[operator.lower()](numbers or (0.0,))
            setattr(state, "fill" if operator.islower() else "stroke", grey)
        elif operator == "cm":
            state.matrix = Matrix(*numbers[-6:]).within(state.matrix)
        elif operator == "w":
            state.line = numbers[0]
        elif operator == "Tf":
            state.font_size = numbers[-1]
        elif operator == "Tz":
            state.across = numbers[0] / 100
        elif operator == "Tr":
            state.mode = int(numbers[0])
        elif operator == "gs":
            self._take(operation.name, resources, state)

    def _take(self, name: str, resources: dict[str, Value], state: _State) -> None:
        """Take line width and transparency of a graphics state over (8.4.5)."""
        states = self._objects.dictionary(resources.get("ExtGState"))
        chosen = self._objects.dictionary(states.get(name))
        for key, field in (("LW", "line"), ("ca", "alpha")):
            value = self._objects.get(chosen.get(key))
            if isinstance(value, int | float):
                setattr(state, field, float(value))

    def _extend(self, operator: str, numbers: tuple[float, ...], state: _State) -> None:
        corners = list(zip(numbers[::2], numbers[1::2], strict=False))
        if operator == "re":
            x, y, width, height = numbers[-4:]
            corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        self._path += [state.matrix.point(*corner) for corner in corners]

    def _paint_path(self, how: str, state: _State) -> None:
        path, self._path = self._path, []
        if not path:
            return
        across, up = [x for x, _ in path], [y for _, y in path]
        place = (min(across), min(up))
        if "F" in how:
            least = min(max(across) - min(across), max(up) - min(up))
            self.painted.append(Painted("fill", least, state.fill, place))
        if "S" in how:
            width = state.line * state.matrix.thickness
            self.painted.append(Painted("stroke", width, state.stroke, place))

    def _text(self, text: Matrix, state: _State) -> None:
        set_in = Matrix(state.font_size * state.across, 0.0, 0.0, state.font_size)
        axes = set_in.within(text).within(state.matrix)
        grey = state.stroke if state.mode == 1 else state.fill
        if grey is not None:
            grey = 1 - (1 - grey) * state.alpha  # on white paper
        self.painted.append(Painted("text", axes.em, grey, (axes.e, axes.f)))

    def _draw_form(self, name: str, resources: dict[str, Value], state: _State) -> None:
        listed = self._objects.dictionary(resources.get("XObject"))
        form = self._objects.get(listed.get(name))
        if type(form) is not Stream or form.dictionary.get("Subtype") != "Form":
            return
        self._forms += 1
        if self._depth >= _DEEPEST_FORM or self._forms > _MOST_FORMS:
            raise PromiseError("forms draw one another without end")
        own = [
            self._objects.get(value) for value in self._objects.array(form.dictionary.get("Matrix"))
        ]
        numbers = [float(value) for value in own if isinstance(value, int | float)]
        matrix = Matrix(*numbers) if len(numbers) == 6 else Matrix()
        inner = replace(state, matrix=matrix.within(state.matrix))
        used = self._objects.dictionary(form.dictionary.get("Resources")) or resources
        self._depth += 1
        self.draw(self._objects.data(form), used, inner)
        self._depth -= 1
