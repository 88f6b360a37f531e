"""A canvas that draws type as outlines, for a shop that asks for them: no font goes with the file.

In: what MarkedCanvas takes. Out: the same page, its letters filled paths. Each piece keeps its element,
whose words are then told (ActualText), since no glyph says them any more.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from typing import Any

from publish.fonts import Face
from publish.printed_form import Colour
from publish.typeset.marked import MarkedCanvas, Stroke
from publish.typeset.registered_faces import width_of
from publish.typeset.structure import Node
from publish.units import Points

Command = tuple[str, tuple[tuple[float, float], ...]]


class OutlinedCanvas(MarkedCanvas):
    """Pages without type."""

    @contextmanager
    def tagged(self, node: Node) -> Iterator[None]:
        """Draw what stands inside as content of `node`; a part of its own says the words."""
        self._words: list[str] = []
        told = node if node.actual or node.alt else Node("Span")
        with super().tagged(told):
            yield
        if told is not node:
            told.actual = "".join(self._words)
            node.add(told)

    def text(
        self,
        place: tuple[Points, Points],
        text: str,
        face: Face,
        size: Points,
        colour: Colour,
        tracking: Points = 0.0,
    ) -> None:
        """Draw the outlines of `text` from `place` to the right."""
        self._require_mark()
        left = place[0]
        for character in text:
            self._letter((left, place[1]), character, face, size, colour)
            left += width_of(character, face, size) + tracking
        self._said(text)

    def line(
        self,
        place: tuple[Points, Points],
        runs: Iterable[tuple[Points, str]],
        face: Face,
        size: Points,
        colour: Colour,
    ) -> None:
        """Draw the outlines of a line."""
        for across, text in runs:
            self.text((place[0] + across, place[1]), text, face, size, colour)

    def struck(self, strikes: Iterable[Stroke], size: Points, spread: Points = 0.0) -> None:
        """Draw the outlines of struck letters; the ink's spread is left out, which no stock of a panel has."""
        del spread
        self._require_mark()
        for stroke in strikes:
            self._letter(stroke.place, stroke.text[0], stroke.face, size, stroke.colour)
            self._said(stroke.text)

    def _said(self, text: str) -> None:
        self._words = [*getattr(self, "_words", []), text]

    def _letter(
        self, place: tuple[Points, Points], character: str, face: Face, size: Points, colour: Colour
    ) -> None:
        commands, units = _outline(face, character)
        if not commands:
            return
        scale = size / units
        path = self._canvas.beginPath()
        for name, points in commands:
            placed = [
                round(value, 3)
                for x, y in points
                for value in (place[0] + x * scale, place[1] + y * scale)
            ]
            getattr(path, name)(*placed)
        over = self._inks.prints_over(colour, size)
        if over:
            self._canvas.setFillOverprint(True)
        self._inks.fill(self._canvas, colour)
        self._canvas.drawPath(
            path, stroke=0, fill=1, fillMode=1
        )  # TrueType fills what winds (non-zero)
        if over:
            self._canvas.setFillOverprint(False)


@cache
def _outline(face: Face, character: str) -> tuple[tuple[Command, ...], int]:
    """Return the path of a character in the face's units, and how many units an em has."""
    from fontTools.pens.basePen import BasePen

    class Recorder(BasePen):  # type: ignore[misc]  # fontTools has no types
        def __init__(self, glyphs: Any) -> None:
            super().__init__(glyphs)
            self.commands: list[Command] = []

        def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802
            self.commands.append(("moveTo", (point,)))

        def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
            self.commands.append(("lineTo", (point,)))

        def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802
            self.commands.append(("curveTo", points))

        def _closePath(self) -> None:  # noqa: N802
            self.commands.append(("close", ()))

    font = _font(face)
    glyphs = font.getGlyphSet()
    recorder = Recorder(glyphs)
    if name := font.getBestCmap().get(ord(character)):
        glyphs[name].draw(recorder)
    return tuple(recorder.commands), int(font["head"].unitsPerEm)


@cache
def _font(face: Face) -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(BytesIO(face.path.read_bytes()), lazy=True)
