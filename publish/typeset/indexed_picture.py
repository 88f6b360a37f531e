"""A picture of few colours for a press: each pixel numbers a build of four plates (ISO 32000-1, 8.6.6.3, Indexed).

In: builds and pixels. Out: an image object on ReportLab's canvas, which draws no such picture by itself. Everything
of ReportLab's that is private is used here alone, as its own drawImage uses it (5.1); tests/test_indexed_picture.py
says what broke. Beside a JPEG in four plates it is exact and drawn by pdfium three times as fast; a panel’s file
grows by half a megabyte.
"""

import zlib
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from reportlab.pdfbase.pdfdoc import PDFArray, PDFName, PDFObject, PDFStream
from reportlab.pdfgen.canvas import Canvas

from publish.units import Points

PLATES: Final = 4  # bytes of a build: cyan, magenta, yellow, black, 255 for all its ink
MOST_BUILDS: Final = 256
_NAME_LENGTH: Final = 32


@dataclass(frozen=True, slots=True)
class IndexedPicture:
    """`pixels`, row by row from the top, number the builds, four bytes each in `builds`.

    Raises ValueError for more builds than a byte can number, and for pixels that are not width × height.
    """

    width: int
    height: int
    builds: bytes = field(repr=False)
    pixels: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Check that the parts go together."""
        whole, rest = divmod(len(self.builds), PLATES)
        if rest or not 0 < whole <= MOST_BUILDS:
            raise ValueError(f"{len(self.builds)} bytes are no builds of four plates")
        if len(self.pixels) != self.width * self.height:
            raise ValueError(f"{len(self.pixels)} pixels are not {self.width} × {self.height}")


class _ImageObject(PDFObject):
    """The picture as ReportLab writes it."""

    def __init__(self, picture: IndexedPicture) -> None:
        self._picture = picture

    def format(self, document: Any) -> bytes:
        """Return the stream, as ReportLab asks it of each of its objects."""
        picture = self._picture
        last = len(picture.builds) // PLATES - 1
        # Mottle has no repetitions but runs: a sixth larger than at level 6, in a sixth of the time.
        coder = zlib.compressobj(strategy=zlib.Z_RLE)
        stream = PDFStream(content=coder.compress(picture.pixels) + coder.flush())
        stream.dictionary.dict |= {
            "Type": PDFName("XObject"),
            "Subtype": PDFName("Image"),
            "Width": picture.width,
            "Height": picture.height,
            "BitsPerComponent": 8,
            "ColorSpace": PDFArray(
                [PDFName("Indexed"), PDFName("DeviceCMYK"), last, f"<{picture.builds.hex()}>"]
            ),
            "Filter": PDFName("FlateDecode"),
        }
        made: bytes = stream.format(document)
        return made


def draw_indexed(
    canvas: Canvas,
    corner: tuple[Points, Points],
    width: Points,
    height: Points,
    picture: IndexedPicture,
) -> None:
    """Draw a picture over a rectangle whose lower left corner is `corner`; the same one twice is kept once."""
    own: Any = canvas
    document = own._doc  # noqa: SLF001 - see above
    name = sha256(picture.builds + picture.pixels).hexdigest()[:_NAME_LENGTH]
    registered = document.getXObjectName(name)
    if registered not in document.idToObject:
        image = _ImageObject(picture)
        document.Reference(image, registered)
        document.addForm(name, image)
    canvas.saveState()
    canvas.translate(*corner)
    canvas.scale(width, height)
    own.addLiteral(f"/{registered} Do")
    canvas.restoreState()
    own._formsinuse.append(name)  # noqa: SLF001 - see above
