"""Whether the sheets of a tiled panel, put together, are the panel: both drawn, and laid one on the other.

In: the finished tiles and the finished panel. Out: a Result of the promise `tiles`.
"""

import ctypes
import math
from collections.abc import Callable
from itertools import product
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from publish.finish.tiling import MARGIN, Tiling
from publish.problems import PromiseError
from publish.units import POINTS_PER_INCH
from publish.verify.outcome import Result, State

CODE: Final = "tiles"
PIXELS_PER_INCH: Final = 100
_SCALE: Final = PIXELS_PER_INCH / POINTS_PER_INCH
_NEAR: Final = (-1, 0, 1)
# Of 255. Type is drawn as such on the panel and as outlines on the tiles, and pdfium smooths the two differently:
# a thin stroke is lighter as an outline by up to 90 (seen with pypdfium2 5.15).
SHADES: Final = 112

Size = tuple[int, int]


def judge_tiles(tiles: bytes, panel: bytes, tiling: Tiling) -> Result:
    """Return whether every pixel of the panel is found on the tiles, within one pixel of its place, at 100 to the inch.

    Raises PromiseError when pdfium cannot draw one of the files.
    """
    size = math.ceil(tiling.panel[0] * _SCALE), math.ceil(tiling.panel[1] * _SCALE)
    try:
        whole, found = _whole(panel, size), _put_together(tiles, tiling, size)
    except (pypdfium2.PdfiumError, IndexError) as problem:
        raise PromiseError(f"a page cannot be drawn: {problem}") from None
    strays = strayed(whole, found) + strayed(found, whole)
    if strays:
        return Result(CODE, State.BROKEN, f"{strays} pixels of the panel are not where they belong")
    told = f"{tiling.count} sheets make the panel, within a pixel at {PIXELS_PER_INCH} to the inch"
    return Result(CODE, State.KEPT, told)


def _whole(pdf: bytes, size: Size) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return _drawn(document[0], size, (0.0, 0.0))
    finally:
        document.close()


def _put_together(tiles: bytes, tiling: Tiling, size: Size) -> Image.Image:
    """Return the panel as the tiles' cells make it; the file's first page is the assembly sheet."""
    panel = Image.new("L", size, 0)
    document = pypdfium2.PdfDocument(tiles)
    try:
        for number, tile in enumerate(tiling.tiles(), 1):
            left, bottom, right, top = tile.cell
            low = math.floor(left * _SCALE), math.floor((tiling.panel[1] - top) * _SCALE)
            high = math.ceil(right * _SCALE), math.ceil((tiling.panel[1] - bottom) * _SCALE)
            # Where the sheet's upper left corner lies in the picture of its cell: its pixels are the panel's own.
            corner = (
                (tile.window[0] - MARGIN) * _SCALE - low[0],
                (tiling.panel[1] - tile.window[3] - MARGIN) * _SCALE - low[1],
            )
            cell = _drawn(document[number], (high[0] - low[0], high[1] - low[1]), corner)
            panel.paste(cell, low)
    finally:
        document.close()
    return panel


def _drawn(page: Any, size: Size, corner: tuple[float, float]) -> Image.Image:
    """Return a picture in grey, the page's upper left corner at a place of it that may lie between pixels.

    pdfium's usual call stretches a page to whole pixels: a sheet of A0 by one, at its far end.
    """
    width, height = size
    pixels = bytearray(b"\xff") * (width * height * 4)
    held = (ctypes.c_ubyte * len(pixels)).from_buffer(pixels)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGRx, held, width * 4)
    if not bitmap:
        raise PromiseError("pdfium cannot draw a page")
    matrix = pdfium.FS_MATRIX(_SCALE, 0, 0, _SCALE, *corner)
    clipped = pdfium.FS_RECTF(0, 0, width, height)
    pdfium.FPDF_RenderPageBitmapWithMatrix(bitmap, page.raw, matrix, clipped, 0)
    pdfium.FPDFBitmap_Destroy(bitmap)
    return Image.frombuffer("RGB", size, pixels, "raw", "BGRX", 0, 1).convert("L")


def strayed(one: Image.Image, other: Image.Image) -> int:
    """Return how many pixels of one picture are lighter or darker than all around there in the other."""
    lighter = ImageChops.subtract(one, _around(other, ImageChops.lighter))
    darker = ImageChops.subtract(_around(other, ImageChops.darker), one)
    return sum(sum(found.histogram()[SHADES + 1 :]) for found in (lighter, darker))


def _around(
    band: Image.Image, chosen: Callable[[Image.Image, Image.Image], Image.Image]
) -> Image.Image:
    """Return the lightest, or the darkest, of each pixel and the eight around it."""
    found = band
    for across, down in product(_NEAR, _NEAR):
        found = chosen(found, ImageChops.offset(band, across, down))
    return found
