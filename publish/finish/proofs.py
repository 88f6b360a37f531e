"""Pictures of a finished panel for whoever approves it: whole, two corners at true size, on a wall.

In: the panel's file, before it is delivered. Out: PNGs by name, the same bytes for the same file. pdfium draws, Pillow
composes. Colours are a screen's: pdfium knows no press, and no proof of colour is meant.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import pypdfium2
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from publish.finish.first_file import FirstFile
from publish.finish.wall import wall_picture
from publish.problems import RenderingError
from publish.typeset.structure import Rectangle
from publish.units import POINTS_PER_INCH, Points

WHOLE, TOP, FOOT, WALL = "proof", "proof-corner-top", "proof-corner-foot", "proof-wall"
LONGEST_SIDE: Final = 2400  # pixels, of the whole
CORNER_INCH: Final = 150  # pixels to the inch of true size
CORNER: Final[tuple[Points, Points]] = (
    7.5 * POINTS_PER_INCH,
    10 * POINTS_PER_INCH,
)  # fits an office sheet
_WALL_SIDE: Final = 1600  # pixels of the panel on the wall, before it is made smaller


@dataclass(frozen=True, slots=True)
class _Page:
    """The panel's page as pdfium opened it, its height and its cut in points."""

    page: pypdfium2.PdfPage
    width: Points
    height: Points
    trim: Rectangle

    def drawn(self, area: Rectangle, scale: float) -> Image.Image:
        """Return an area at so many pixels a point."""
        left, bottom, right, top = area
        crop = (left, bottom, self.width - right, self.height - top)
        picture: Image.Image = self.page.render(scale=scale, crop=crop).to_pil()
        return picture.convert("RGB")


def proofs(first: FirstFile) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures, each by what follows the panel's name in its own.

    Raises RenderingError when pdfium cannot draw the panel.
    """
    try:
        document = pypdfium2.PdfDocument(first.data)
    except pypdfium2.PdfiumError as problem:
        raise RenderingError(f"the panel cannot be drawn for its proofs: {problem}") from None
    try:
        yield from _pictures(_opened(document, first), first)
    finally:
        document.close()


def _opened(document: pypdfium2.PdfDocument, first: FirstFile) -> _Page:
    page = document[0]
    width, height = page.get_size()
    trim = first.press.trim if first.press is not None else (0.0, 0.0, width, height)
    return _Page(page, width, height, trim)


def _pictures(page: _Page, first: FirstFile) -> Iterator[tuple[str, bytes]]:
    left, bottom, right, top = page.trim
    scale = LONGEST_SIDE / max(right - left, top - bottom)
    whole = page.drawn(page.trim, scale)
    yield WHOLE, _png(whole, scale * POINTS_PER_INCH, "The panel, cut", first)
    across, down = min(CORNER[0], page.width), min(CORNER[1], page.height)
    corners = (
        (TOP, (0.0, page.height - down, across, page.height), "Upper left corner with its marks"),
        (FOOT, (page.width - across, 0.0, page.width, down), "Lower right corner with its marks"),
    )
    for name, area, told in corners:
        picture = page.drawn(area, CORNER_INCH / POINTS_PER_INCH)
        yield (
            name,
            _png(
                picture,
                CORNER_INCH,
                f"{told}, true size when printed at {CORNER_INCH} to the inch",
                first,
            ),
        )
    panel = page.drawn(page.trim, min(scale, _WALL_SIDE / max(right - left, top - bottom)))
    wall, per_inch = wall_picture(panel, first.job.paper)
    yield WALL, _png(wall, per_inch, "The panel on a wall, to scale", first)


def _png(picture: Image.Image, per_inch: float, told: str, first: FirstFile) -> bytes:
    """Return a picture that says of which file it is, and how large it is at its own size."""
    words = PngInfo()
    words.add_text("Title", f"{told}: {first.job.title}", zip=False)
    words.add_text("Source", f"{first.job.file_name}, SHA-256 {first.sha256}", zip=False)
    file = BytesIO()
    picture.save(file, "PNG", pnginfo=words, dpi=(per_inch, per_inch), compress_level=6)
    return file.getvalue()
