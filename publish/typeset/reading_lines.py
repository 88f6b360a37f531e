"""Line numbers in the margin, for the elements whose HTML asks for them with `data-lines="5"`.

Private to WeasyPrint 70.0, as reading_structure.py is: after layout each line is a LineBox with its
`position_y`, its `baseline` and its boxes. Every fifth line (or as often as is said) is numbered with
outlines in an artifact: an extractor would copy an artifact's text (seen with all that were tried).

`data-lines-at="-14pt"` is where the numbers end, from the left edge of the element's text, or from its right
edge with `data-lines-from="right"`; `data-lines-size="7pt"` is how large they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from publish.fonts import Face
from publish.problems import RenderingError
from publish.typeset.outlines import outlined
from publish.typeset.structure import NumberedLine
from publish.units import Points, from_css_px, points

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

AT = "-14pt"
SIZE = "7pt"
_SAME_LINE = 1.0  # CSS pixels: cells of a row, whose lines stand beside each other


@dataclass(slots=True)
class _Count:
    """The lines of one element, counted over all its pages."""

    every: int
    at: Points
    size: Points
    edge: float  # CSS pixels; of the element's text on the page, the side from which `at` counts
    lines: int = 0
    last: tuple[int, float] = (-1, 0.0)  # page and base line of the line counted last


def number_lines(document: Any, streams: list[Any], face: Face) -> list[NumberedLine]:
    """Draw the line numbers of all pages, and return them in order.

    Raises RenderingError for an attribute that is no number or no length.
    """
    numbered: list[NumberedLine] = []
    counts: dict[Element, _Count] = {}
    for page, (laid, stream) in enumerate(zip(document.pages, streams, strict=True)):
        height = from_css_px(laid.height)
        for count, line in _lines(laid._page_box, None, counts):  # noqa: SLF001 — see above
            base = line.position_y + line.baseline
            here = count.last[0] == page and abs(count.last[1] - base) < _SAME_LINE
            words = _words(line).strip()
            if here or not words:
                continue
            count.last = (page, base)
            count.lines += 1
            if count.lines % count.every:
                continue
            digits = outlined(str(count.lines), face, count.size)
            right = from_css_px(count.edge) + count.at
            left, up = right - digits.width, height - from_css_px(base)
            _draw(stream, digits.operators, left, from_css_px(base))
            numbered.append(
                NumberedLine(
                    count.lines, page, (left, up, right, up + digits.height), words,
                    (from_css_px(line.position_x), from_css_px(line.position_x + line.width)),
                )
            )  # fmt: skip
    return numbered


def _draw(stream: Any, operators: bytes, left: Points, down: Points) -> None:
    """Append outlines to a page, which WeasyPrint leaves upside down: points count from its top."""
    place = f"1 0 0 -1 {left:.3f} {down:.3f} cm".encode("ascii")
    stream.stream += [
        b"/Artifact <</Type /Layout>> BDC", b"q", place, b"0 g", operators, b"f", b"Q", b"EMC",
    ]  # fmt: skip


def _lines(
    box: Any, count: _Count | None, counts: "dict[Element, _Count]"
) -> Iterator[tuple[_Count, Any]]:
    """Yield each line of the elements whose lines are counted, those in the flow of the page."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.absolute import AbsolutePlaceholder

    if isinstance(box, AbsolutePlaceholder | boxes.MarginBox) or not box.is_in_normal_flow():
        return
    element = box.element
    if element is not None and not box.element_tag.partition("::")[2]:
        count = _count_of(box, element, counts) or count
    for child in getattr(box, "children", ()) or ():
        if isinstance(child, boxes.LineBox):
            if count is not None:
                yield count, child
        else:
            yield from _lines(child, count, counts)


def _count_of(box: Any, element: "Element", counts: "dict[Element, _Count]") -> _Count | None:
    asked = element.get("data-lines")
    if asked is None:
        return None
    if element not in counts:
        try:
            every = int(asked)
            at = points(element.get("data-lines-at") or AT)
            size = points(element.get("data-lines-size") or SIZE)
        except ValueError as problem:
            raise RenderingError(f"data-lines of <{element.tag}>: {problem}") from None
        if every < 1 or size <= 0:
            raise RenderingError(f"data-lines of <{element.tag}> must be 1 or more, its size too")
        counts[element] = _Count(every, at, size, 0.0)
    right = element.get("data-lines-from") == "right"
    counts[element].edge = box.content_box_x() + (box.width if right else 0)
    return counts[element]


def _words(box: Any) -> str:
    """Return what is read on a line, without what stands elsewhere on the page."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.absolute import AbsolutePlaceholder

    if isinstance(box, AbsolutePlaceholder) or not box.is_in_normal_flow():
        return ""
    if isinstance(box, boxes.TextBox):
        return str(box.text)
    return "".join(_words(child) for child in getattr(box, "children", ()) or ())
