"""WeasyPrint's laid-out boxes → our structure tree. All of WeasyPrint's private interface is used here.

WeasyPrint 70.0 calls `weasyprint.pdf.add_tags(pdf, document, pdf_version, page_streams)` when all pages
are drawn. We put our own function in its place while a document is written. What we rely on, and what the
contract test watches: `document.pages[i]._page_box` (boxes with `element`, `children`, `position_y`,
`hit_area()`), `stream._tags[box]["mcid"]`, and `stream.stream`, the list of drawing operators.

Our own tree differs from WeasyPrint's in that a paragraph split over pages is one P, margin boxes are
artifacts, and the spaces at which lines break are drawn, so that no reader runs two words together.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from publish.fonts import Face
from publish.problems import RenderingError, nearest
from publish.typeset.alignment import is_drawn, lay_along
from publish.typeset.reading_elements import TYPES, attributes, is_block, own_text
from publish.typeset.reading_greys import make_grey
from publish.typeset.reading_lines import number_lines
from publish.typeset.reading_marks import draw_marks
from publish.typeset.reading_operators import Operators
from publish.typeset.structure import (
    Destination,
    Field,
    FieldKind,
    LineEndHyphen,
    Link,
    Mark,
    Node,
    NumberedLine,
    Rectangle,
)
from publish.units import from_css_px

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SMALLEST_TARGET = 10.0  # points; what a finger or a mouse can still hit
HEADROOM = 10.0  # points kept free above a destination


@dataclass(slots=True)
class _Placed:
    """A text box as drawn: its words, where its marked content is, and what it belongs to."""

    text: str
    page: int
    mcid: int
    document: bool  # not within a Reference or Link, which are the editors'
    block: str  # id of the block of the document, or ""


@dataclass(frozen=True, slots=True)
class _Inside:
    """Where a box stands: its node, the element whose lines it is in, its block, its link."""

    node: Node | None = None
    container: Any = None
    block: str = ""
    document: bool = True
    link: "tuple[Node, Element] | None" = None


@dataclass(slots=True)
class Capture:
    """What is known of a document once it is drawn. Pages count from 0."""

    grey: bool = False  # whether all must be drawn in grey
    figures: Face | None = None  # the face that lines are numbered in; none: no line is
    signs: Face | None = None  # the face of the signs at marked words; none: no word is marked
    roots: dict[str, Node] = field(default_factory=dict)  # data-part → its top node
    first_page: dict[str, int] = field(default_factory=dict)
    pages: int = 0
    destinations: list[Destination] = field(default_factory=list)
    hyphens: list[LineEndHyphen] = field(default_factory=list)
    lines: list[NumberedLine] = field(default_factory=list)
    characters: dict[str, set[str]] = field(default_factory=dict)  # family → what is set in it


@contextmanager
def captured(capture: Capture) -> Iterator[Capture]:
    """Capture the structure of the document that is written within this context.

    Raises RenderingError where the pages are not drawn as they must be.
    """
    import weasyprint.pdf

    original = weasyprint.pdf.add_tags
    weasyprint.pdf.add_tags = _Walk(capture).add_tags
    try:
        yield capture
    finally:
        weasyprint.pdf.add_tags = original


class _Walk:
    """One walk over all boxes of a document."""

    def __init__(self, capture: Capture) -> None:
        self.capture = capture
        self.nodes: dict[tuple[Element, str], Node] = {}
        self.node_page: dict[int, int] = {}
        self.containers: dict[Element, list[_Placed]] = {}
        self.begun: dict[str, tuple[Element, Node | None]] = {}  # destination → element, its parent
        self.language = ""

    def add_tags(self, pdf: Any, document: Any, _version: Any, streams: list[Any]) -> None:
        """Stand in for WeasyPrint's function of the same name."""
        from weasyprint.formatting_structure import boxes
        from weasyprint.layout.absolute import AbsolutePlaceholder

        self._boxes, self._placeholder = boxes, AbsolutePlaceholder
        if self.capture.grey:
            make_grey(pdf)
        self.capture.pages = len(document.pages)
        operators = Operators(streams, document)
        for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
            self.page, self.tags, self.height = number, stream._tags, page.height  # noqa: SLF001 — see above
            self.artifacts: set[int] = set()
            self._walk(page._page_box, _Inside())  # noqa: SLF001 — see above
            if self.tags:
                raise RenderingError(
                    f"WeasyPrint drew {len(self.tags)} boxes that are not in its own tree"
                )
            operators.make_artifacts(number, self.artifacts)
        self.capture.destinations = [self._at_its_node(d) for d in self.capture.destinations]
        self._draw_spaces(operators)
        renumbered = operators.renumber()
        if self.capture.figures is not None:
            self.capture.lines = number_lines(document, streams, self.capture.figures)
        if self.capture.signs is not None:
            draw_marks(document, streams, self.capture.signs)
        for root in self.capture.roots.values():
            for node in root.walk():
                node.kids = [
                    Mark(kid.page, renumbered[kid.page, kid.mcid]) if isinstance(kid, Mark) else kid
                    for kid in node.kids
                ]

    # The tree

    def _walk(self, box: Any, inside: "_Inside") -> None:
        if isinstance(box, self._placeholder):
            box = _content(box)
        if isinstance(box, self._boxes.MarginBox):
            self._artifact(box)
        elif isinstance(box, self._boxes.TextBox):
            self._text(box, inside)
        elif not self._is_repeated_head(box):
            self._walk_kids(box, self._enter(box, inside))

    def _walk_kids(self, box: Any, inside: "_Inside") -> None:
        if box.link_annotation is not None and inside.link is not None:
            self._link(*inside.link, box)
        if isinstance(box, self._boxes.ReplacedBox) and inside.node is not None:
            inside.node.add(Mark(self.page, self.tags.pop(box)["mcid"]))
        for child in getattr(box, "children", ()) or ():
            line = isinstance(child, self._boxes.LineBox)
            self._walk(child, replace(inside, container=box.element) if line else inside)

    def _enter(self, box: Any, inside: "_Inside") -> "_Inside":
        """Return where the box's kids stand: in the node of its element, where it has one."""
        element, pseudo = box.element, (box.element_tag or "").partition("::")[2]
        if element is None or isinstance(box, self._boxes.LineBox | self._boxes.PageBox):
            return inside
        if pseudo == "marker" and inside.node is not None:
            return replace(
                inside, node=self._child(element, "marker", "Lbl", inside.node, first=True)
            )
        if pseudo:
            return inside
        node = self._node(box, element, inside.node)
        if node is None or node is inside.node:
            return inside
        entered = replace(inside, node=node)
        if node.type in ("Reference", "Link"):
            entered = replace(entered, document=False)
        if node.type == "Link":
            entered = replace(entered, link=(node, element))
        if element.get("id") and is_block(element):
            entered = replace(entered, block=element.get("id") or "")
        return entered

    def _is_repeated_head(self, box: Any) -> bool:
        """Turn a table's head into an artifact where it is repeated on a later page."""
        if box.element is None or box.element.tag != "thead":
            return False
        node = self.nodes.get((box.element, ""))
        if node is None or self.node_page[id(node)] == self.page:
            return False
        self._artifact(box)
        return True

    def _node(self, box: Any, element: "Element", parent: Node | None) -> Node | None:
        """Return the node of an element, made when its first box is met; `parent` where it has none of its own."""
        if part := element.get("data-part"):
            if part not in self.capture.roots:
                self.capture.roots[part] = Node(
                    element.get("data-tag") or "Part", title=element.get("title") or ""
                )
                self.capture.first_page[part] = self.page
            self._destination(box, element, self.capture.roots[part])
            return self.capture.roots[part]
        language = element.get("lang") or ""
        if element.tag == "html":
            self.language = language
        self._destination(box, element, parent)
        kind = self._kind(element)
        if not kind or parent is None:
            return parent
        node = self.nodes.get((element, ""))
        if node is None:
            node = self._child(element, "", kind, parent)
            node.id = element.get("id") or ""
            node.actual = element.get("data-actual") or ""
            node.lang = language if language != self.language else ""
            node.attributes.update(attributes(element, kind))
            if kind == "Figure":
                self._figure(node, box, element)
            elif kind == "Form":
                node.add(self._field(box, element))
        if kind == "LI" and not element.get("data-tag"):
            return self._child(element, "body", "LBody", node)
        return node

    def _kind(self, element: "Element") -> str:
        """Return the type that an element has in the structure; nothing where it is not told apart."""
        if element.get("data-field"):
            return "Form"
        if kind := element.get("data-tag") or TYPES.get(element.tag, ""):
            return kind
        foreign = (element.get("lang") or self.language) != self.language
        return "Span" if foreign and element.tag not in ("html", "body") else ""

    def _child(
        self, element: "Element", role: str, kind: str, parent: Node, *, first: bool = False
    ) -> Node:
        node = self.nodes.get((element, role))
        if node is None:
            node = self.nodes[element, role] = Node(kind)
            self.node_page[id(node)] = self.page
            if first:
                owner = self.nodes.get((element, ""), parent)
                owner.kids.insert(0, node)
            else:
                parent.add(node)
        return node

    def _figure(self, node: Node, box: Any, element: "Element") -> None:
        node.alt = element.get("alt") or ""
        node.attributes["Layout"] = {"BBox": list(self._rectangle(box)), "Placement": "/Block"}

    def _field(self, box: Any, element: "Element") -> Field:
        asked, name = element.get("data-field") or "", element.get("data-name") or ""
        if asked not in list(FieldKind):
            raise RenderingError(
                f"the field {name!r} is of no kind that there is: {asked!r}",
                hint=nearest(asked, [kind.value for kind in FieldKind]),
            )
        told = element.get("title") or ""
        return Field(self.page, self._rectangle(box), name, FieldKind(asked), told)

    def _rectangle(self, box: Any) -> Rectangle:
        """Return where a box lies with its border, from the page's lower left corner."""
        x, y, width, height = (from_css_px(value) for value in box.hit_area())
        top = from_css_px(self.height)
        return x, top - y - height, x + width, top - y

    def _link(self, node: Node, element: "Element", box: Any) -> None:
        target = element.get("href") or ""
        x, y, width, height = (from_css_px(value) for value in box.hit_area())
        top = from_css_px(self.height)
        if height < SMALLEST_TARGET:  # a raised call has no line height of its own
            y, height = y + height / 2 - SMALLEST_TARGET / 2, SMALLEST_TARGET
        if width < SMALLEST_TARGET:
            x, width = x + width / 2 - SMALLEST_TARGET / 2, SMALLEST_TARGET
        contents = element.get("title") or " ".join("".join(element.itertext()).split())
        name = target.removeprefix("cable:").removeprefix("#")
        node.add(Link(self.page, (x, top - y - height, x + width, top - y), name, contents))

    def _destination(self, box: Any, element: "Element", parent: Node | None) -> None:
        name = element.get("id")
        if not name or name in self.begun:
            return
        self.begun[name] = (element, parent)
        top = from_css_px(self.height - box.position_y) + HEADROOM
        self.capture.destinations.append(
            Destination(name, self.page, 0, min(top, from_css_px(self.height)))
        )

    def _at_its_node(self, place: Destination) -> Destination:
        """Return a destination with the node that begins there: its own, else the one around it."""
        element, parent = self.begun[place.name]
        return replace(place, node=self.nodes.get((element, ""), parent))

    def _artifact(self, box: Any) -> None:
        stack = [box]
        while stack:
            inner = stack.pop()
            if isinstance(inner, self._placeholder):
                inner = _content(inner)
            if inner in self.tags:
                self.artifacts.add(self.tags.pop(inner)["mcid"])
            if isinstance(inner, self._boxes.TextBox):
                self._remember_characters(inner)
            stack.extend(getattr(inner, "children", ()) or ())

    def _text(self, box: Any, inside: "_Inside") -> None:
        mcid = self.tags.pop(box)["mcid"]
        self._remember_characters(box)
        if not is_drawn(box.text):
            # WeasyPrint draws nothing for it; the space is drawn with the word before.
            self.artifacts.add(mcid)
        elif inside.node is None:
            raise RenderingError(
                f"words stand outside all parts of the reading edition: {box.text[:40]!r}"
            )
        else:
            inside.node.add(Mark(self.page, mcid))
        if inside.container is not None and "::" not in (box.element_tag or ""):
            placed = _Placed(_drawn_text(box), self.page, mcid, inside.document, inside.block)
            self.containers.setdefault(inside.container, []).append(placed)

    def _remember_characters(self, box: Any) -> None:
        family = box.style["font_family"][0]
        self.capture.characters.setdefault(family, set()).update(box.text)

    # Spaces at which lines break, and hyphens that the engine set

    def _draw_spaces(self, operators: Operators) -> None:
        """Draw the spaces at which lines break, and record the hyphens that the engine set."""
        offsets: dict[str, int] = {}
        for element, placed in self.containers.items():
            laid = lay_along(own_text(element, self.containers), [box.text for box in placed])
            spaced = {_document_before(placed, index) for index in laid.spaced}
            if element.get("data-space") == "after":
                spaced.add(max(i for i, box in enumerate(placed) if is_drawn(box.text)))
            for index, box in enumerate(placed):
                if index in spaced:
                    operators.add_space(box.page, box.mcid)
                if not box.document:
                    continue
                offset = offsets.get(box.block, 0) + laid.lengths[index]
                if index in laid.hyphenated and box.block:
                    self.capture.hyphens.append(LineEndHyphen(box.block, offset))
                offsets[box.block] = offset + (index in spaced)


def _document_before(placed: Sequence[_Placed], index: int) -> int:
    """Return the piece that a lost space belongs to: the document's own, not a note call after it.

    Outside the document all words are the editors', and a space within a link of theirs stays in it.
    """
    if not placed[index].block:
        return index
    for earlier in range(index, -1, -1):
        if placed[earlier].document and is_drawn(placed[earlier].text):
            return earlier
    return index


def _drawn_text(box: Any) -> str:
    """Return what is drawn for a text box.

    Where a line ends with a whole box, WeasyPrint takes the last space from `text` but not from the
    laid-out line, and draws it.
    """
    text = str(box.text)
    ends_with_space = str(box.pango_layout.text).endswith(" ") and not text.endswith(" ")
    return f"{text} " if text and ends_with_space else text


def _content(placeholder: Any) -> Any:
    """Return the box that stands for itself elsewhere on the page (position: absolute)."""
    return placeholder._box  # noqa: SLF001 — WeasyPrint's own, see the module's head
