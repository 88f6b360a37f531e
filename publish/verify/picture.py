"""A page as pdfium draws it, with its text and without: where the two differ, text has left its mark.

In: pdfium's handles of a page and of its text objects. Out: for each pixel, whether text stands out
there from its ground, and by what contrast.
"""

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from publish.problems import PromiseError

# At 180 pixels to the inch the thinnest upright stroke that we print, 0.58 points (the I of 6-point
# Press Franklin), is 1.45 pixels wide: wherever it falls, it fills 0.72 of one pixel.
PIXELS_PER_POINT = 180 / 72
_MOST_PIXELS = 64_000_000  # a page beyond 40 by 50 inches is drawn smaller; its type is larger

# WCAG 2.2 (1.4.3, 1.4.11) asks 3 : 1 of large type and of signs. Ink of 3 : 1 on white that fills 0.72
# of a pixel shows there as 2.1 : 1, so a mark is a pixel of 2 : 1. Grey 0.72 on white is the
# faintest ink that is let pass; a tinted, mottled paper is ground, and counts as such.
_LEAST_CONTRAST = 2.0
_MOST_CONTRAST = 21.0  # black on white


def _logarithm_of_luminance(grey: int) -> int:
    """Return ln(L + 0.05) of a grey 0–255, so that a contrast is a difference; 255 is 21 : 1 (WCAG)."""
    share = grey / 255
    luminance = share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
    return round(255 * math.log((luminance + 0.05) / 0.05) / math.log(_MOST_CONTRAST))


_LOGARITHMS = [_logarithm_of_luminance(grey) for grey in range(256)]
_LEAST_STEP = round(255 * math.log(_LEAST_CONTRAST) / math.log(_MOST_CONTRAST))
_STANDS_OUT = [int(step >= _LEAST_STEP) for step in range(256)]
_STANDS_OUT_ON_WHITE = bytes(_STANDS_OUT[255 - _LOGARITHMS[grey]] for grey in range(256))


class Take(NamedTuple):
    """How a page is pictured: as it is printed, or as the screen shows it; exactly, or quickly.

    On a bitmap of one grey a pixel pdfium counts the transparency of text twice (0.2 becomes 0.04; seen
    with pdfium 8149), so that it seems fainter than it is. One of three colours takes four times as long.
    """

    printed: bool
    exact: bool


class Box(NamedTuple):
    """Pixels from the top left: the first column and row, and those after the last."""

    left: int
    top: int
    right: int
    bottom: int


class Frame(NamedTuple):
    """The visible part of a page, unturned: its corner in points, and its size in pixels."""

    left: float
    top: float
    across: float  # pixels per point
    down: float
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as drawn, one grey a pixel, row by row. The ground is the same without text; none: white."""

    frame: Frame
    drawn: bytearray
    ground: bytearray | None

    def marks(self) -> bytes | bytearray:
        """Return 1 for each pixel where the text stands out from its ground, 0 for the others."""
        if self.ground is None:
            return self.drawn.translate(_STANDS_OUT_ON_WHITE)
        size = (self.frame.width, self.frame.height)
        drawn, ground = (
            Image.frombuffer("L", size, pixels, "raw", "L", 0, 1).point(_LOGARITHMS)
            for pixels in (self.drawn, self.ground)
        )
        return ImageChops.difference(drawn, ground).point(_STANDS_OUT).tobytes()

    def contrast(self, box: Box) -> float:
        """Return the largest contrast of text and ground within a box: from 1 (none) to 21."""
        step = 0
        for row in rows(self.frame, box):
            drawn = self.drawn[row]
            ground = self.ground[row] if self.ground is not None else b"\xff" * len(drawn)
            pairs = zip(drawn, ground, strict=True)
            step = max(step, *(abs(_LOGARITHMS[a] - _LOGARITHMS[b]) for a, b in pairs), 0)
        return float(_MOST_CONTRAST ** (step / 255))


def rows(frame: Frame, box: Box) -> Iterator[slice]:
    """Yield where the rows of a box stand among the pixels, as far as they are on the page."""
    left, right = max(0, box.left), min(frame.width, box.right)
    for row in range(max(0, box.top), min(frame.height, box.bottom)):
        yield slice(row * frame.width + left, row * frame.width + right)


def visible_part(page: Any, fineness: float = PIXELS_PER_POINT) -> Frame:
    """Return the visible part of a page, its CropBox within its MediaBox, in pixels of a fineness.

    Raises PromiseError when there is none.
    """
    box = pdfium.FS_RECTF()
    found = pdfium.FPDF_GetPageBoundingBox(page, box)
    across, down = box.right - box.left, box.top - box.bottom
    if not (found and across > 0 and down > 0):
        raise PromiseError("a page has no visible part")
    scale = min(fineness, math.sqrt(_MOST_PIXELS / (across * down)))
    width, height = max(1, round(across * scale)), max(1, round(down * scale))
    return Frame(box.left, box.top, width / across, height / down, width, height)


def picture(page: Any, frame: Frame, texts: Sequence[Any], take: Take) -> Picture:
    """Return the picture of a page, and of its ground: what is left when `texts` are taken away."""
    drawn = _drawing(page, frame, take)
    for text in texts:
        pdfium.FPDFPageObj_SetIsActive(text, 0)
    try:
        return Picture(frame, drawn, _drawing(page, frame, take))
    finally:
        for text in texts:
            pdfium.FPDFPageObj_SetIsActive(text, 1)


def picture_on_white(page: Any, frame: Frame, take: Take) -> Picture:
    """Return the picture of a page on which nothing but text is drawn: its ground is white."""
    return Picture(frame, _drawing(page, frame, take), None)


def _drawing(page: Any, frame: Frame, take: Take) -> bytearray:
    """Return a grey for each pixel of the page, its annotations included. Raises PromiseError."""
    width, height = frame.width, frame.height
    pixels = bytearray(b"\xff") * (width * height * (4 if take.exact else 1))
    held = (ctypes.c_ubyte * len(pixels)).from_buffer(pixels)
    kind = pdfium.FPDFBitmap_BGRx if take.exact else pdfium.FPDFBitmap_Gray
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, kind, held, len(pixels) // height)
    if not bitmap:
        raise PromiseError("pdfium cannot draw a page")
    unturned = -pdfium.FPDFPage_GetRotation(page) % 4
    use = pdfium.FPDF_PRINTING if take.printed else 0
    how = pdfium.FPDF_ANNOT | pdfium.FPDF_GRAYSCALE | use
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, unturned, how)
    pdfium.FPDFBitmap_Destroy(bitmap)
    return pixels[::4] if take.exact else pixels
