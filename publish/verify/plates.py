"""What a page lays on the plates of a press, operator by operator: in which ink, over what, where, how large.

In: the objects of a finished file and a page. Out: Painted marks in the order in which they are laid down,
forms followed; and what is no mark of four plates. Only what a press is asked about is kept: no words.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from publish.problems import PromiseError
from publish.verify.drawing import inherited
from publish.verify.objects import Objects, Stream, Value
from publish.verify.painting import Matrix, Operation, operations

Corners = tuple[float, float, float, float]  # left, bottom, right, top
Plates = tuple[float, ...]  # cyan, magenta, yellow, black, each 0 to 1

EVERY_PLATE: Final = "All"
_DEEPEST: Final = 12
_FILLING: Final = frozenset(("f", "F", "f*", "B", "B*", "b", "b*"))
_LINING: Final = frozenset(("S", "s", "B", "B*", "b", "b*"))
_ENDING: Final = _FILLING | _LINING | {"n"}
_SHOWING: Final = frozenset(("Tj", "TJ", "'", '"'))
_COLOURS: Final = {"g": "DeviceGray", "rg": "DeviceRGB", "k": "DeviceCMYK"}
_REFUSED: Final = {
    "sh": "a gradient is painted",
    "BI": "a picture stands within the content",
}
_LETTER_WIDTH: Final = 0.5  # of its size, where a text's width is wanted roughly


class Ink(NamedTuple):
    """A colour as the file has it: its space, and its numbers there."""

    space: str
    plates: Plates


_UNMOVED: Final = Matrix()
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
    matrix: Matrix = _UNMOVED
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
        self._text = self._line_start = _UNMOVED

    def paint(self, data: bytes, resources: dict[str, Value], state: _State, depth: int) -> None:
        """Carry out one stream. What it changes of the state it must restore itself."""
        if depth > _DEEPEST:
            raise PromiseError("forms draw one another without end")
        saved: list[_State] = []
        for operation in operations(data):
            if operation.operator == "q":
                saved.append(state.copy())
            elif operation.operator == "Q":
                state = saved.pop() if saved else state
            else:
                self._carry_out(operation, resources, state, depth)

    def _carry_out(
        self, operation: Operation, resources: dict[str, Value], state: _State, depth: int
    ) -> None:
        operator, numbers = operation.operator, operation.numbers
        if operator in ("m", "l", "c", "v", "y", "re"):
            self._extend(operator, numbers, state)
        elif operator in _ENDING:
            self._end_path(operator, state)
        elif operator in _SHOWING:
            self._show(operation, state)
        elif operator == "cm":
            state.matrix = Matrix(*numbers[-6:]).within(state.matrix)
        elif operator[:1] == "T" or operator == "BT":
            self._place_text(operator, numbers, state)
        elif operator.lower() in (*_COLOURS, "cs", "sc", "scn"):
            self._colour(operation, resources, state)
        elif operator == "gs":
            self._graphics_state(operation.name, resources, state)
        elif operator == "Do":
            self._draw(operation.name, resources, state, depth)
        elif fault := _REFUSED.get(operator):
            self.painting.faults.append(fault)

    # Paths

    def _extend(self, operator: str, numbers: tuple[float, ...], state: _State) -> None:
        if operator == "re":
            x, y, width, height = numbers[-4:]
            corners = [(x, y), (x + width, y), (x, y + height), (x + width, y + height)]
            self._rectangles += 1
        else:
            corners = list(zip(numbers[::2], numbers[1::2], strict=False))
            self._segments += 1
        self._path += [state.matrix.point(*corner) for corner in corners]

    def _end_path(self, operator: str, state: _State) -> None:
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

    def _place_text(self, operator: str, numbers: tuple[float, ...], state: _State) -> None:
        if operator == "BT":
            self._text = self._line_start = _UNMOVED
        elif operator == "Tf":
            state.size = numbers[-1]
        elif operator == "Tm":
            self._text = self._line_start = Matrix(*numbers[-6:])
        elif operator in ("Td", "TD"):
            self._line_start = Matrix(e=numbers[0], f=numbers[1]).within(self._line_start)
            self._text = self._line_start

    def _show(self, operation: Operation, state: _State) -> None:
        whole = self._text.within(state.matrix)
        size = state.size * whole.em
        x, y = whole.point(0, 0)
        box = (x, y - 0.25 * size, x + operation.letters * _LETTER_WIDTH * size, y + 0.75 * size)
        self._mark(Painted("text", state.fill, box, state.over, size))

    # Colours

    def _colour(self, operation: Operation, resources: dict[str, Value], state: _State) -> None:
        lower, numbers = operation.operator.lower(), operation.numbers
        of_lines = operation.operator.isupper()
        if lower in _COLOURS:
            ink = Ink(_COLOURS[lower], numbers)
        elif lower == "cs":
            ink = Ink(self._space(operation.name, resources), ())
        else:
            before = state.line if of_lines else state.fill
            if operation.name:
                self.painting.faults.append("a pattern is painted")
            ink = Ink(before.space, numbers)
        if of_lines:
            state.line = ink
        else:
            state.fill = ink

    def _space(self, name: str, resources: dict[str, Value]) -> str:
        listed = self._objects.dictionary(resources.get("ColorSpace"))
        return space_name(self._objects, listed.get(name, name))

    def _graphics_state(self, name: str, resources: dict[str, Value], state: _State) -> None:
        states = self._objects.dictionary(resources.get("ExtGState"))
        entry = self._objects.dictionary(states.get(name))
        if "op" in entry or "OP" in entry:
            state.over = bool(self._objects.get(entry.get("op", entry.get("OP"))))
        if "OP" in entry:
            state.over_lines = bool(self._objects.get(entry["OP"]))
        for key in ("ca", "CA"):
            if self._objects.get(entry.get(key, 1)) != 1:
                self.painting.faults.append("something is painted transparent")

    # Forms and pictures

    def _draw(self, name: str, resources: dict[str, Value], state: _State, depth: int) -> None:
        listed = self._objects.dictionary(resources.get("XObject"))
        drawn = self._objects.get(listed.get(name))
        if type(drawn) is not Stream:
            return
        if drawn.dictionary.get("Subtype") == "Image":
            self._picture(drawn, state)
            return
        numbers = [float(n) for n in self._values(drawn.dictionary.get("Matrix"))]
        inner = state.copy()
        inner.matrix = (Matrix(*numbers) if len(numbers) == 6 else _UNMOVED).within(state.matrix)
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


def _around(points: list[tuple[float, float]]) -> Corners:
    across, up = [point[0] for point in points], [point[1] for point in points]
    return min(across), min(up), max(across), max(up)
