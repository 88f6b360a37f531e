"""How the text of a page is set: of a size to be read, upright, each in a place of its own.

In: pdfium's handle of a page. Out: its text objects, those in its forms too, each with what is wrong
with its setting. What mark a text leaves on the page is another matter (picture.py).
"""

import ctypes
import math
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from publish.problems import PromiseError

_SMALLEST_TYPE = 3.5  # points: "brilliant", the least that founders cast for reading
_STACKED = 0.5  # of the smaller text's area; texts of good files share no more than 0.3
_MOST_COMPARED = (
    5_000_000  # pairs of pieces on a page; a sheet typed letter by letter in 3,100 has 98,000
)

TOO_SMALL = "is set in type of {:.2g} points"
TURNED = "is mirrored or upside down"
STACKED = "stands in one place with other text"


class _Matrix(NamedTuple):
    """A transformation (ISO 32000-1, 8.3.3)."""

    a: float
    b: float
    c: float
    d: float
    e: float = 0.0
    f: float = 0.0

    def within(self, outer: "_Matrix") -> "_Matrix":
        """Return this transformation followed by `outer`."""
        if outer is _UNMOVED:
            return self
        a, b, c, d, e, f = outer
        return _Matrix(
            self.a * a + self.b * c,
            self.a * b + self.b * d,
            self.c * a + self.d * c,
            self.c * b + self.d * d,
            self.e * a + self.f * c + e,
            self.e * b + self.f * d + f,
        )


_UNMOVED = _Matrix(1.0, 0.0, 0.0, 1.0)


class _Rectangle(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float

    def area(self) -> float:
        return max(0.0, self.right - self.left) * max(0.0, self.top - self.bottom)

    def shared(self, other: "_Rectangle") -> float:
        """Return the area that two rectangles share."""
        return _Rectangle(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        ).area()


@dataclass(slots=True)
class TextObject:
    """Text set in one piece: pdfium's handle, and what is wrong with its setting, or nothing."""

    handle: Any
    place: _Rectangle
    fault: str = ""


def text_objects(page: Any) -> tuple[list[TextObject], bool]:
    """Return the text objects of a page, and whether it draws nothing else."""
    outermost = _turned(pdfium.FPDFPage_GetRotation(page))
    waiting = [
        (pdfium.FPDFPage_GetObject(page, index), outermost)
        for index in range(pdfium.FPDFPage_CountObjects(page))
    ]
    texts: list[TextObject] = []
    only_text = True
    while waiting:
        handle, outer = waiting.pop()
        kind = pdfium.FPDFPageObj_GetType(handle)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            fault = _size_or_direction(handle, _matrix(handle).within(outer))
            texts.append(TextObject(handle, _place(handle, outer), fault))
            continue
        only_text = False
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            inner = _matrix(handle).within(outer)
            waiting += [
                (pdfium.FPDFFormObj_GetObject(handle, index), inner)
                for index in range(pdfium.FPDFFormObj_CountObjects(handle))
            ]
    _find_stacked(texts)
    return texts, only_text


def _turned(quarters: int) -> _Matrix:
    """Return how a page lies that is shown turned clockwise, and its text with it."""
    if not quarters:
        return _UNMOVED
    angle = math.radians(90 * quarters)
    return _Matrix(math.cos(angle), -math.sin(angle), math.sin(angle), math.cos(angle))


def _matrix(handle: Any) -> _Matrix:
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(handle, own)
    return _Matrix(own.a, own.b, own.c, own.d, own.e, own.f)


def _place(handle: Any, outer: _Matrix) -> _Rectangle:
    """Return where an object lies. pdfium tells it in the space of the form that the object is in."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    if outer is _UNMOVED:
        return _Rectangle(left.value, bottom.value, right.value, top.value)
    corners = [
        _Matrix(1, 0, 0, 1, x, y).within(outer)
        for x, y in product((left.value, right.value), (bottom.value, top.value))
    ]
    across, down = [corner.e for corner in corners], [corner.f for corner in corners]
    return _Rectangle(min(across), min(down), max(across), max(down))


def _size_or_direction(handle: Any, axes: _Matrix) -> str:
    """Return what hides a text whatever mark it leaves. Sideways is allowed."""
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(handle, size)
    a, b, c, d = (size.value * axis for axis in axes[:4])
    em = min(math.hypot(a, b), math.hypot(c, d))
    if em < _SMALLEST_TYPE:
        return TOO_SMALL.format(em)
    # Upside down is what leans by more than 120 degrees: a struck letter may lean, a line may stand.
    return TURNED if a * d - b * c < 0 or d < -0.5 * math.hypot(c, d) else ""


def _find_stacked(texts: list[TextObject]) -> None:
    """Note which texts lie on or under a larger one: there the one's ink would pass for the other's.

    Raises PromiseError when there are too many to compare.
    """
    placed = sorted(
        ((*text.place, text) for text in texts if text.place.area()), key=_top, reverse=True
    )
    compared = 0
    for index, (left, bottom, right, _, text) in enumerate(placed):
        for later in range(index + 1, len(placed)):
            other_left, _, other_right, other_top, other = placed[later]
            compared += 1
            if other_top <= bottom:
                break
            if other_left < right and left < other_right:  # most stand beside each other
                _compare(text, other)
        if compared > _MOST_COMPARED:
            raise PromiseError("a page sets its text in more pieces than can be compared")


def _top(placed: tuple[float, float, float, float, TextObject]) -> float:
    return placed[3]


def _compare(text: TextObject, other: TextObject) -> None:
    smaller = min(text, other, key=lambda one: one.place.area())
    if text.place.shared(other.place) > _STACKED * smaller.place.area():
        smaller.fault = smaller.fault or STACKED
