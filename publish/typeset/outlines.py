"""Words as filled outlines: they are seen, and no program finds a letter in them.

In: a face, a text, a size. Out: path operators of PDF (ISO 32000-1, 8.5.2) from the text's origin, up and
to the right, and how wide the text is.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from publish.fonts import Face, check_coverage
from publish.units import Points


@dataclass(frozen=True, slots=True)
class Outlined:
    """A text as operators that end before it is filled; `height` is that of a capital or figure."""

    operators: bytes
    width: Points
    height: Points


def outlined(text: str, face: Face, size: Points) -> Outlined:
    """Return the outlines of `text`. Raises FontError for a character that the face has not."""
    check_coverage(text, face)
    font, pen_of = _opened(face)
    scale = size / font["head"].unitsPerEm
    names = font.getBestCmap()
    advance = 0.0
    written: list[str] = []
    for character in text:
        glyph = font.getGlyphSet()[names[ord(character)]]
        pen = pen_of(font.getGlyphSet(), advance, scale)
        glyph.draw(pen)
        written += pen.operators
        advance += glyph.width * scale
    height = getattr(font["OS/2"], "sCapHeight", 0) or font["hhea"].ascent
    return Outlined(" ".join(written).encode("ascii"), advance, height * scale)


@cache
def _opened(face: Face) -> tuple[Any, Any]:
    """Return the face, opened, and the class of the pen that follows its outlines."""
    from fontTools.pens.basePen import BasePen
    from fontTools.ttLib import TTFont

    class PathPen(BasePen):  # type: ignore[misc]  # fontTools has no types
        """Writes what it is led along as operators; BasePen makes cubic curves of all others."""

        def __init__(self, glyphs: Any, across: float, scale: float) -> None:
            super().__init__(glyphs)
            self.operators: list[str] = []
            self._across, self._scale = across, scale

        def _write(self, operator: str, *points: tuple[float, float]) -> None:
            numbers = (
                f"{round(value, 3):g}"
                for x, y in points
                for value in (self._across + x * self._scale, y * self._scale)
            )
            self.operators.append(" ".join((*numbers, operator)))

        def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 — fontTools' name
            self._write("m", pt)

        def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 — fontTools' name
            self._write("l", pt)

        def _curveToOne(  # noqa: N802 — fontTools' name
            self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
        ) -> None:
            self._write("c", pt1, pt2, pt3)

        def _closePath(self) -> None:  # noqa: N802 — fontTools' name
            self.operators.append("h")

    return TTFont(face.path, lazy=True), PathPen
