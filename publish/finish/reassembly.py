"""Whether the sheets of a tiled panel, put together, are the panel: both drawn, and laid one on the other.

In: the finished tiles and the finished panel. Out: a Result of the promise `tiles`.
"""

from collections.abc import Callable
from itertools import product
from typing import Final

import pypdfium2
from PIL import Image, ImageChops

from publish.finish.tiling import Tiling
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


def judge_tiles(tiles: bytes, panel: bytes, tiling: Tiling) -> Result:
    """Return whether every pixel of the panel is found on the tiles, within one pixel of its place, at 100 to the inch.

    Raises PromiseError when pdfium cannot open one of the files.
    """
    whole, found = drawn(panel, 0), put_together(tiles, tiling)
    if whole.size != found.size:
        return Result(CODE, State.BROKEN, f"the tiles make {found.size} pixels of {whole.size}")
    strays = strayed(whole, found) + strayed(found, whole)
    if strays:
        return Result(CODE, State.BROKEN, f"{strays} pixels of the panel are not where they belong")
    told = f"{tiling.count} sheets make the panel, within a pixel at {PIXELS_PER_INCH} to the inch"
    return Result(CODE, State.KEPT, told)


def drawn(pdf: bytes, page: int) -> Image.Image:
    """Return a page in grey. Raises PromiseError when pdfium cannot draw it."""
    try:
        document = pypdfium2.PdfDocument(pdf)
        try:
            picture: Image.Image = document[page].render(scale=_SCALE).to_pil()
            return picture.convert("L")
        finally:
            document.close()
    except (pypdfium2.PdfiumError, IndexError) as problem:
        raise PromiseError(f"page {page + 1} cannot be drawn: {problem}") from None


def put_together(tiles: bytes, tiling: Tiling) -> Image.Image:
    """Return the panel as the tiles' cells make it; the file's first page is the assembly sheet."""
    size = tuple(round(side * _SCALE) for side in tiling.panel)
    panel = Image.new("L", (size[0], size[1]), 0)
    for page, tile in enumerate(tiling.tiles(), 1):
        sheet = drawn(tiles, page)
        left, bottom, right, top = tile.on_sheet(tile.cell)
        cell = (left, tiling.height - top, right, tiling.height - bottom)
        box = [round(edge * _SCALE) for edge in cell]
        place = round(tile.cell[0] * _SCALE), round((tiling.panel[1] - tile.cell[3]) * _SCALE)
        panel.paste(sheet.crop((box[0], box[1], box[2] + 1, box[3] + 1)), place)
    return panel


def strayed(one: Image.Image, other: Image.Image, shades: int = SHADES) -> int:
    """Return how many pixels of one picture are by more shades lighter or darker than all around there in the other."""
    lighter = ImageChops.subtract(one, _around(other, ImageChops.lighter))
    darker = ImageChops.subtract(_around(other, ImageChops.darker), one)
    return sum(sum(found.histogram()[shades + 1 :]) for found in (lighter, darker))


def _around(
    band: Image.Image, chosen: Callable[[Image.Image, Image.Image], Image.Image]
) -> Image.Image:
    """Return the lightest, or the darkest, of each pixel and the eight around it."""
    found = band
    for across, down in product(_NEAR, _NEAR):
        found = chosen(found, ImageChops.offset(band, across, down))
    return found
