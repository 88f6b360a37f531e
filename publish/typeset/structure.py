"""What every engine hands over: pages, and a logical structure in our own small tree.

Page numbers count from 0 within the part's own PDF until publish/assemble maps them to the finished
file. Rectangles are (left, bottom, right, top) in points from the page's lower left corner.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from publish.fonts import Face
from publish.problems import Finding
from publish.products import Labels

Rectangle = tuple[float, float, float, float]

PADDING = "padding"  # the part that is a blank page, at the end of a duplex sheet


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked content `mcid` on `page`."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link annotation. Assembly writes it; `target` is a destination's name or a web address."""

    page: int
    rectangle: Rectangle
    target: str
    contents: str  # says where the link goes

    @property
    def external(self) -> bool:
        """Say whether the target is a web address."""
        return self.target.startswith(("http://", "https://", "mailto:"))


class FieldKind(StrEnum):
    """What a field takes in: one line, several lines, or a check."""

    TEXT = "text"
    LINES = "lines"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Field:
    """A field to be filled in. Assembly writes it; `told` is what a listener hears when it is reached."""

    page: int
    rectangle: Rectangle
    name: str  # unique in the finished file
    kind: FieldKind
    told: str


@dataclass(slots=True)
class Node:
    """An element of the logical structure (`type` as in ISO 32000-1, 14.8.4), built while a page is drawn."""

    type: str
    kids: list["Node | Mark | Link | Field"] = field(default_factory=list)
    alt: str = ""
    actual: str = ""  # spoken in place of the drawn text, where the two differ
    lang: str = ""
    id: str = ""  # unique in the finished file; the document's blocks are found by it
    title: str = ""
    attributes: dict[str, dict[str, object]] = field(default_factory=dict)  # owner → name → value

    def add(self, *kids: "Node | Mark | Link | Field") -> "Node":
        """Append kids and return the node itself."""
        self.kids.extend(kids)
        return self

    def walk(self) -> Iterator["Node"]:
        """Iterate over this node and all nodes below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline; `level` 1 is the outermost. It opens `destination`."""

    level: int
    title: str
    destination: str


@dataclass(frozen=True, slots=True)
class Destination:
    """A named place: `top` and `left` in points from the page's lower left corner.

    `node` is the element that begins there: PDF 2.0 wants to know it, and a reader who follows a
    link hears from there on.
    """

    name: str
    page: int
    left: float
    top: float
    node: Node | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Statement:
    """Words that must be seen on a page, whatever else is left out of it."""

    page: int
    words: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a block begins in a facsimile: sheet and text line (blank lines not counted) from 1."""

    sheet: int
    line: int


@dataclass(frozen=True, slots=True)
class PressSheet:
    """What a page for a print shop promises. `facsimile` is where type may be smaller than `smallest`."""

    trim: Rectangle
    bleed: Rectangle
    facsimile: Rectangle
    smallest: float  # points, of type within the trim and outside the facsimile
    ink: float  # percent at most, the four plates together
    pixels_per_inch: float  # the least of a picture


Positions = dict[str, Placed]  # block id → its first line in the facsimile


@dataclass(frozen=True, slots=True)
class LineEndHyphen:
    """A hyphen that the engine set at a line's end: before character `offset` of the block's printed text."""

    block: str
    offset: int


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line whose number is drawn in the margin, as outlines: no program finds it among the words."""

    number: int
    page: int
    rectangle: Rectangle  # of the number; its foot is the line's base
    words: str
    extent: tuple[float, float]  # left and right end of the line


@dataclass(frozen=True, slots=True)
class Part:
    """Pages of one engine's PDF and all that assembly must know of them.

    `pages` are the indices taken from `pdf`, in order; two parts may share one `pdf`.
    `structure` holds the part's top elements in reading order.
    """

    id: str
    pdf: bytes
    pages: tuple[int, ...]
    structure: tuple[Node, ...]
    bookmarks: tuple[Bookmark, ...] = ()
    destinations: tuple[Destination, ...] = ()
    labels: Labels = field(default_factory=lambda: Labels("arabic"))
    positions: Positions = field(default_factory=dict)
    hyphens: tuple[LineEndHyphen, ...] = ()
    lines: tuple[NumberedLine, ...] = ()
    field_face: Face | None = None  # that its fields are filled in with, where it has any
    fonts: tuple[str, ...] = ()  # names of the declared faces that were used
    statements: tuple[Statement, ...] = ()
    layers: tuple[str, ...] = ()  # names of the layers that its pages draw in
    findings: tuple[Finding, ...] = ()
    report: tuple[str, ...] = ()  # what was measured, line by line, for whoever ordered it
    press: PressSheet | None = None
