"""Marks at words of a block, for elements whose HTML asks for them with `data-marks="12-34:1,7 …"`.

Private to WeasyPrint 70.0, as reading_structure.py is: after layout each text box has its `position_x`,
`position_y` and `baseline`, and its words can be measured anew in its style. A mark is a rule under the words and
a sign above the first of them, both drawn in artifacts. Nothing is put into the text itself: an element
within a line can move its breaks, and the marked text must keep the lines of the one that is not.

The numbers count the characters of the block that leave ink, from 0: spaces are lost at line ends.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from publish.fonts import Face
from publish.problems import RenderingError
from publish.typeset.alignment import NO_INK, ink_before
from publish.typeset.outlines import outlined
from publish.units import Points, from_css_px

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# In points. Between a line of 12/18 and the next, the sign has its height and a gap above and below.
SIGN_SIZE = 6.5
SIGN_RISE = 10.0  # from the words' base line to the sign's
RULE_DROP = 2.2
RULE = 0.6
_MARK = re.compile(r"(\d+)-(\d+):(\S*)")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A run of characters of a block, from the first to before the last, and the sign above it."""

    first: int
    last: int
    sign: str


@dataclass(frozen=True, slots=True)
class _Words:
    """A piece of a block as it is drawn on a line: its box, and how many characters stand before it."""

    box: Any
    before: int

    @property
    def text(self) -> str:
        return str(self.box.text)


def draw_marks(document: Any, streams: list[Any], face: Face) -> None:
    """Draw the marks of all pages. Raises RenderingError for an attribute that cannot be read."""
    counted: dict[Element, int] = {}
    for laid, stream in zip(document.pages, streams, strict=True):
        for block in _marked_boxes(laid._page_box):  # noqa: SLF001 — see above
            marks = _marks(block.element)
            for words in _words(block, counted):
                for mark in marks:
                    _draw(stream, words, mark, face)


def _marks(element: "Element") -> list[_Mark]:
    asked = (element.get("data-marks") or "").split()
    found = [_MARK.fullmatch(each) for each in asked]
    if not all(found):
        raise RenderingError(f"data-marks of <{element.tag}> cannot be read: {' '.join(asked)!r}")
    return [_Mark(int(m[1]), int(m[2]), m[3].replace(",", ", ")) for m in found if m]


def _marked_boxes(box: Any) -> Iterator[Any]:
    """Yield the boxes of the elements that have marks: one for each page that has a part of one."""
    from weasyprint.layout.absolute import AbsolutePlaceholder

    if isinstance(box, AbsolutePlaceholder):
        return
    if box.element is not None and box.element.get("data-marks") and not _is_line(box):
        yield box
        return
    for child in getattr(box, "children", ()) or ():
        yield from _marked_boxes(child)


def _is_line(box: Any) -> bool:
    from weasyprint.formatting_structure import boxes

    return isinstance(box, boxes.LineBox)


def _words(block: Any, counted: "dict[Element, int]") -> Iterator[_Words]:
    """Yield the document's words in a block, in order; what stands in a Reference is the editors'."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.absolute import AbsolutePlaceholder

    stack = [block]
    while stack:
        box = stack.pop()
        if isinstance(box, AbsolutePlaceholder):
            box = box._box  # noqa: SLF001 — WeasyPrint's own, see the module's head
        if box.element is not None and box.element.get("data-tag") == "Reference":
            continue
        if isinstance(box, boxes.TextBox):
            before = counted.get(block.element, 0)
            counted[block.element] = before + ink_before(box.text, len(box.text))
            yield _Words(box, before)
        stack.extend(reversed(getattr(box, "children", ()) or ()))


def _draw(stream: Any, words: _Words, mark: _Mark, face: Face) -> None:
    inked = [at for at, character in enumerate(words.text) if not NO_INK.match(character)]
    first, last = mark.first - words.before, mark.last - words.before
    own = inked[max(0, first) : max(0, last)]
    if not own:
        return
    box = words.box
    left, right = (
        from_css_px(box.position_x) + _width(box, words.text[:end]) for end in (own[0], own[-1] + 1)
    )
    base = from_css_px(box.position_y + box.baseline)
    rule = f"{RULE} w {left:.3f} {base + RULE_DROP:.3f} m {right:.3f} {base + RULE_DROP:.3f} l S"
    drawn = [b"0 G", rule.encode("ascii")]
    if first >= 0 and mark.sign:
        sign = outlined(mark.sign, face, SIGN_SIZE)
        place = f"1 0 0 -1 {left:.3f} {base - SIGN_RISE:.3f} cm"
        drawn += [b"0 g", place.encode("ascii"), sign.operators, b"f"]
    stream.stream += [b"/Artifact <</Type /Layout>> BDC", b"q", *drawn, b"Q", b"EMC"]


def _width(box: Any, text: str) -> Points:
    """Return how wide the beginning of a box's words is."""
    from weasyprint.text.line_break import create_layout, line_size

    if not text:
        return 0.0
    layout = create_layout(text, box.style, None, None, 0)  # its line lives no longer than it does
    line, _ = layout.get_first_line()
    return from_css_px(line_size(line, box.style)[0])
