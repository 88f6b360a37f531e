"""A ReportLab canvas on which all that is drawn is marked: as content of a Node, or as an artifact.

In: words, lines and grounds in points from the page's lower left corner. Out: the bytes of a PDF,
and a Mark on each Node that was drawn. ReportLab itself writes no tags (seen with 5.1.0).
"""

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, Final, NamedTuple

from reportlab.lib.utils import ImageReader

from publish.fonts import Face
from publish.printed_form import Colour
from publish.problems import RenderingError
from publish.typeset.indexed_picture import IndexedPicture, draw_indexed
from publish.typeset.inks import EVERY_PLATE, SCREEN, Boxes, Inks
from publish.typeset.registered_faces import registered
from publish.typeset.structure import Mark, Node, Rectangle
from publish.units import Points

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


class MarkedCanvas:
    """Pages of one size being drawn. What is drawn outside `tagged` and `artifact` is refused.

    No line is thinner than `thinnest`, whatever is asked for.
    """

    def __init__(
        self,
        width: Points,
        height: Points,
        first_face: Face,
        *,
        inks: Inks = SCREEN,
        boxes: Boxes | None = None,
        layered: bool = True,
        thinnest: Points = 0.0,
    ) -> None:
        """Take the pages' size. Without `layered` all is drawn in the page itself."""
        self._file = BytesIO()
        # Without a face to begin with, every page would name Helvetica, which is not embedded.
        self._canvas = inks.canvas(self._file, (width, height), registered(first_face), boxes)
        self._inks, self._with_layers = inks, layered
        self._faces = {first_face}
        self._thinnest = thinnest
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
        if not self._with_layers:
            yield
            return
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
        with self._type(place, face, size, colour) as drawn:
            drawn.setCharSpace(tracking)
            drawn.textOut(text)
            if tracking:
                drawn.setCharSpace(0)  # it would outlast this text (ISO 32000-1, 9.3.1)

    def line(
        self,
        place: tuple[Points, Points],
        runs: Iterable[tuple[Points, str]],
        face: Face,
        size: Points,
        colour: Colour,
    ) -> None:
        """Draw a line of type in runs, each so far to the right of `place`: kerning parts them."""
        with self._type(place, face, size, colour) as drawn:
            for across, text in runs:
                if across:
                    drawn.setTextOrigin(round(place[0] + across, 3), place[1])
                drawn.textOut(text)

    @contextmanager
    def _type(
        self, place: tuple[Points, Points], face: Face, size: Points, colour: Colour
    ) -> Iterator[Any]:
        """Give a text object of one face, size and colour, and draw what was put into it."""
        self._require_mark()
        self._faces.add(face)
        over = self._inks.prints_over(colour, size)
        if over:
            self._canvas.setFillOverprint(True)
        drawn = self._canvas.beginText(*place)
        drawn.setFont(registered(face), size)
        self._inks.fill(drawn, colour)
        yield drawn
        self._canvas.drawText(drawn)
        if over:
            self._canvas.setFillOverprint(False)

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
                drawn.setFont(registered(font), size)
            if stroke.colour != colour:
                colour = stroke.colour
                self._inks.fill(drawn, colour)
                if spread:
                    self._inks.stroke(drawn, colour)
            # A letter is inclined by its foot and keeps its height: turned as a whole it would have a
            # size of its own in the sixth decimal, and poppler takes each size for another word.
            drawn.setTextTransform(1, math.tan(math.radians(stroke.turn)), 0, 1, *stroke.place)
            drawn.textOut(stroke.text)
        if spread:
            drawn.setTextRenderMode(0)  # it would outlast this text (ISO 32000-1, 9.3.1)
        self._canvas.drawText(drawn)

    def picture(
        self,
        corner: tuple[Points, Points],
        width: Points,
        height: Points,
        picture: bytes | IndexedPicture,
    ) -> None:
        """Draw a picture, a JPEG or one for the press, over a rectangle whose lower left corner is `corner`."""
        self._require_mark()
        self._inks.check_picture()
        if isinstance(picture, IndexedPicture):
            draw_indexed(self._canvas, corner, width, height, picture)
        else:
            self._canvas.drawImage(ImageReader(BytesIO(picture)), *corner, width, height)

    def form(
        self, name: str, window: Rectangle, corner: tuple[Points, Points], scale: float
    ) -> None:
        """Draw the form `name` (ISO 32000-1, 8.10), its origin at `corner`, as far as `window` lets it be seen.

        Whoever finishes the file gives its pages the form.
        """
        self._require_mark()
        left, bottom, right, top = window
        self._canvas.saveState()
        edge = self._canvas.beginPath()
        edge.rect(left, bottom, right - left, top - bottom)
        self._canvas.clipPath(edge, stroke=0, fill=0)
        self._canvas.transform(scale, 0, 0, scale, *corner)
        self._canvas.addLiteral(f"/{name} Do")
        self._canvas.restoreState()

    def rule(
        self, start: tuple[Points, Points], end: tuple[Points, Points], line: Points, colour: Colour
    ) -> None:
        """Draw a straight line."""
        self._require_mark()
        self._inks.stroke(self._canvas, colour)
        self._canvas.setLineWidth(max(line, self._thinnest))
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
        self._inks.stroke(self._canvas, colour)
        self._canvas.setLineWidth(max(line, self._thinnest))
        self._canvas.rect(*corner, width, height, stroke=1, fill=0)

    def ground(
        self, corner: tuple[Points, Points], width: Points, height: Points, colour: Colour
    ) -> None:
        """Fill a rectangle whose lower left corner is `corner`."""
        self._require_mark()
        self._inks.fill(self._canvas, colour)
        self._canvas.rect(*corner, width, height, stroke=0, fill=1)

    def separation_marks(
        self,
        lines: Iterable[tuple[Points, Points, Points, Points]],
        circles: Iterable[tuple[Points, Points, Points]],
        line: Points,
    ) -> None:
        """Draw lines, and circles by middle and radius, on every plate that there is (separation All)."""
        self._require_mark()
        self._canvas.setStrokeColor(EVERY_PLATE)
        self._canvas.setLineWidth(line)
        for ends in lines:
            self._canvas.line(*ends)
        for circle in circles:
            self._canvas.circle(*circle, stroke=1, fill=0)

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
