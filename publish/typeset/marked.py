"""A ReportLab canvas on which all that is drawn is marked: as content of a Node, or as an artifact.

In: words, lines and grounds in points from the page's lower left corner. Out: the bytes of a PDF,
and a Mark on each Node that was drawn. ReportLab itself writes no tags (seen with 5.1.0).
"""

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Final, NamedTuple

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from publish.fonts import Face
from publish.printed_form import Colour
from publish.problems import RenderingError
from publish.typeset.structure import Mark, Node
from publish.units import Points

_NEUTRAL: Final = 0.5 / 255  # a difference of channels that no device shows

LAYOUT: Final = "/Type /Layout"  # ISO 32000-1, 14.8.2.2: rules and grounds
PAGE_HEAD: Final = "/Type /Pagination /Subtype /Header"
PAGE_FOOT: Final = "/Type /Pagination /Subtype /Footer"


class Stroke(NamedTuple):
    """Letters struck at once: a letter, and the spaces after it. `turn` in degrees against the clock."""

    text: str
    face: Face
    place: tuple[Points, Points]
    turn: float
    colour: Colour


class Pen(NamedTuple):
    """How colours and lines are drawn: in grey alone or not; no line thinner than `thinnest`."""

    grey: bool = False
    thinnest: Points = 0.0

    def fill(self, target: Canvas | PDFTextObject, colour: Colour) -> None:
        """Set the colour of letters and grounds. Raises RenderingError for one that is not grey."""
        if self.grey:
            target.setFillGray(_neutral(colour))
        else:
            target.setFillColorRGB(*colour)

    def stroke(self, target: Canvas | PDFTextObject, colour: Colour) -> None:
        """Set the colour of lines. Raises RenderingError for one that is not grey."""
        if self.grey:
            target.setStrokeGray(_neutral(colour))
        else:
            target.setStrokeColorRGB(*colour)

    def line(self, thickness: Points) -> Points:
        """Return how thick a line is drawn that should be `thickness`."""
        return max(thickness, self.thinnest)


COLOUR_PEN: Final = Pen()


def _neutral(colour: Colour) -> float:
    if max(colour) - min(colour) > _NEUTRAL:
        red, green, blue = (round(value * 255) for value in colour)
        raise RenderingError(
            f"#{red:02x}{green:02x}{blue:02x} would be drawn where all must be grey",
            hint="Give the colour a 'grey' in layouts/colours.toml, or take a stock without a tint.",
        )
    return colour[0]


class MarkedCanvas:
    """Pages of one size being drawn. What is drawn outside `tagged` and `artifact` is refused.

    With a `pen` for grey, what is not neutral is refused too, and no line is thinner than it says.
    """

    def __init__(
        self, width: Points, height: Points, first_face: Face, pen: Pen = COLOUR_PEN
    ) -> None:
        # ASCII-85 makes streams a quarter longer; ReportLab has one setting for all its canvases.
        rl_config.useA85 = 0
        self._file = BytesIO()
        # Without a face to begin with, every page would name Helvetica, which is not embedded.
        self._canvas = Canvas(
            self._file,
            pagesize=(width, height),
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            initialFontName=_registered(first_face),  # type: ignore[arg-type]  # stub says float
        )
        self._faces = {first_face}
        self._pen = pen
        self._marked = self._layered = False
        self._next = 0
        self.page = 0
        self.layers: dict[str, None] = {}  # their names, in the order of their first use

    @property
    def faces(self) -> frozenset[Face]:
        """Return the faces that were drawn with."""
        return frozenset(self._faces)

    @contextmanager
    def tagged(self, node: Node) -> Iterator[None]:
        """Draw what stands inside as content of `node`."""
        mark = Mark(self.page, self._next)
        self._next += 1
        with self._between(f"/{node.type} <</MCID {mark.mcid}>> BDC"):
            yield
        node.add(mark)

    @contextmanager
    def artifact(self, properties: str = LAYOUT) -> Iterator[None]:
        """Draw what stands inside as no part of the document: LAYOUT, PAGE_HEAD or PAGE_FOOT."""
        with self._between(f"/Artifact <<{properties}>> BDC"):
            yield

    @contextmanager
    def layer(self, name: str) -> Iterator[None]:
        """Draw what stands inside in a layer that a reader can leave out (ISO 32000-1, 8.11).

        A layer holds marked content whole; assembly tells the file what the name stands for.
        """
        if self._marked or self._layered:
            raise RenderingError(f"the layer {name!r} would begin inside another mark")
        self.layers[name] = None
        self._layered = True
        self._canvas.addLiteral(f"/OC /{name} BDC")
        yield
        self._canvas.addLiteral("EMC")
        self._layered = False

    @contextmanager
    def _between(self, begin: str) -> Iterator[None]:
        if self._marked:
            raise RenderingError("one marked content would stand inside another")
        self._marked = True
        self._canvas.addLiteral(begin)
        yield
        self._canvas.addLiteral("EMC")
        self._marked = False

    def text(
        self,
        place: tuple[Points, Points],
        text: str,
        face: Face,
        size: Points,
        colour: Colour,
        tracking: Points = 0.0,
    ) -> None:
        """Draw `text` from `place` to the right, `tracking` points added after each character."""
        self._require_mark()
        self._faces.add(face)
        drawn = self._canvas.beginText(*place)
        drawn.setFont(_registered(face), size)
        self._pen.fill(drawn, colour)
        drawn.setCharSpace(tracking)
        drawn.textOut(text)
        if tracking:
            drawn.setCharSpace(0)  # it would outlast this text (ISO 32000-1, 9.3.1)
        self._canvas.drawText(drawn)

    def struck(self, strikes: Iterable[Stroke], size: Points, spread: Points = 0.0) -> None:
        """Draw letters one by one, each where and how the machine struck it.

        The ink runs `spread` points beyond every edge of the face.
        """
        self._require_mark()
        if spread:
            self._canvas.setLineWidth(2 * spread)
            self._canvas.setLineJoin(1)
        drawn = self._canvas.beginText()
        if spread:
            drawn.setTextRenderMode(2)
        font: Face | None = None
        colour: Colour | None = None
        for stroke in strikes:
            if stroke.face is not font:
                font = stroke.face
                self._faces.add(font)
                drawn.setFont(_registered(font), size)
            if stroke.colour != colour:
                colour = stroke.colour
                self._pen.fill(drawn, colour)
                if spread:
                    self._pen.stroke(drawn, colour)
            # A letter is inclined by its foot and keeps its height: turned as a whole it would have a
            # size of its own in the sixth decimal, and poppler takes each size for another word.
            drawn.setTextTransform(1, math.tan(math.radians(stroke.turn)), 0, 1, *stroke.place)
            drawn.textOut(stroke.text)
        if spread:
            drawn.setTextRenderMode(0)  # it would outlast this text (ISO 32000-1, 9.3.1)
        self._canvas.drawText(drawn)

    def picture(
        self, corner: tuple[Points, Points], width: Points, height: Points, jpeg: bytes
    ) -> None:
        """Draw a picture over a rectangle whose lower left corner is `corner`."""
        self._require_mark()
        if self._pen.grey:
            raise RenderingError(
                "a picture would lie under the text where nothing may be tinted",
                hint="Type on a stock without a texture: layouts/stocks.toml has them.",
            )
        self._canvas.drawImage(ImageReader(BytesIO(jpeg)), *corner, width, height)

    def rule(
        self, start: tuple[Points, Points], end: tuple[Points, Points], line: Points, colour: Colour
    ) -> None:
        """Draw a straight line."""
        self._require_mark()
        self._pen.stroke(self._canvas, colour)
        self._canvas.setLineWidth(self._pen.line(line))
        self._canvas.line(*start, *end)

    def frame(
        self,
        corner: tuple[Points, Points],
        width: Points,
        height: Points,
        line: Points,
        colour: Colour,
    ) -> None:
        """Draw the outline of a rectangle whose lower left corner is `corner`."""
        self._require_mark()
        self._pen.stroke(self._canvas, colour)
        self._canvas.setLineWidth(self._pen.line(line))
        self._canvas.rect(*corner, width, height, stroke=1, fill=0)

    def ground(
        self, corner: tuple[Points, Points], width: Points, height: Points, colour: Colour
    ) -> None:
        """Fill a rectangle whose lower left corner is `corner`."""
        self._require_mark()
        self._pen.fill(self._canvas, colour)
        self._canvas.rect(*corner, width, height, stroke=0, fill=1)

    def turn_page(self) -> None:
        """End the page and begin another."""
        self._canvas.showPage()
        self.page += 1
        self._next = 0

    def finish(self) -> bytes:
        """Return the finished PDF. A page begun after the last turn is in it only if drawn on."""
        self._canvas.save()
        return self._file.getvalue()

    def _require_mark(self) -> None:
        if not self._marked:
            raise RenderingError("something would be drawn that is neither content nor artifact")


def width_of(text: str, face: Face, size: Points) -> Points:
    """Return the width of `text` as the engine draws it, without tracking."""
    return float(pdfmetrics.stringWidth(text, _registered(face), size))


def _registered(face: Face) -> str:
    """Return the name under which ReportLab knows the face; it reads each file once a process."""
    name = f"{face.postscript} {face.path}"
    if name not in pdfmetrics.getRegisteredFontNames():
        font = TTFont(name, str(face.path), asciiReadable=False)
        _restore_advances(font)
        _round_widths(font)
        _register(font)
    return name


def _register(font: TTFont) -> None:
    """Make the font known to ReportLab as itself.

    ReportLab 5.1.0 answers for a face whose PostScript name it has met before with the font it met
    then, so that another user of the library in this process would undo the corrections, or they
    would reach into its files. The name is therefore ours alone while the font is registered.
    """
    in_the_file = font.face.name
    font.face.name = font.fontName
    pdfmetrics.registerFont(font)
    font.face.name = in_the_file


def _round_widths(font: TTFont) -> None:
    """Round the widths that ReportLab will write into the file to whole thousandths of the em.

    Pdfium cuts them off there (Courier's 599.6 becomes 599, and a line of 60 characters 0.4 points
    short; seen with pypdfium2 5.15). ISO 19005 lets them differ from the face's own by one.
    """
    face = font.face
    face.charWidths = {character: round(width) for character, width in face.charWidths.items()}
    face.defaultWidth = round(face.defaultWidth)


def _restore_advances(font: TTFont) -> None:
    """Give all glyphs their own advance again.

    A monospaced face may list its one advance once, for all glyphs (OpenType, hmtx). ReportLab
    5.1.0 then takes it for the later glyphs in thousandths of the em and writes it so into the
    subset: MuPDF reads every letter as a word, and the file's widths are not its font's, which
    ISO 19005-3 forbids (6.2.11.5).
    """
    face = font.face
    header: bytes = face.get_table("hhea")  # type: ignore[no-untyped-call]
    listed = int.from_bytes(header[34:36], "big")
    advance = face.hmetrics[listed - 1][0]
    face.hmetrics[listed:] = [(advance, bearing) for _, bearing in face.hmetrics[listed:]]
