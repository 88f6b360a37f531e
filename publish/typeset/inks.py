"""What a colour is drawn with: the light of a screen, or the four plates of a press.

In: a colour by its sRGB values, as styles and forms carry it. Out: operators on ReportLab's canvas. On
a press nothing is drawn but declared colours, the greys of typing, and pictures in four plates: what
ReportLab would draw in RGB or grey is refused when it is drawn, not found afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any, Final, Protocol

from reportlab import rl_config
from reportlab.lib.colors import CMYKColor, CMYKColorSep
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from publish.colours import CMYK, SRGB, Colours
from publish.problems import LayoutError, RenderingError, Where
from publish.units import Points

Pen = Any  # ReportLab's canvas, or a text of it: both set colours by the same methods

BLACK_ALONE: Final[CMYK] = (0.0, 0.0, 0.0, 1.0)
EVERY_PLATE: Final = CMYKColorSep(1, 1, 1, 1, spotName="All")  # ISO 32000-1, 8.6.6.4
LARGEST_OVER: Final = (
    100.0  # points; larger type in black alone is knocked out, or its ground would shine through
)

# Typing is grey: how black its plate prints, so that the two greys which layouts/colours.toml gives in
# both voices (ink, stamp-neutral) come out as they stand there.
_SOLID_GREY: Final = 0.10
_BLACK_LOST_PER_GREY: Final = 0.85
_NEUTRAL: Final = 0.004  # greys whose channels differ by less than a step of 255


@dataclass(frozen=True, slots=True)
class Boxes:
    """Where a page is cut, and how far its colour runs beyond the cut: left, bottom, right, top."""

    trim: tuple[Points, Points, Points, Points]
    bleed: tuple[Points, Points, Points, Points]


class Inks(Protocol):
    """How a canvas draws colours."""

    def canvas(
        self, file: IO[bytes], size: tuple[Points, Points], font: str, boxes: Boxes | None
    ) -> Canvas:
        """Return a new canvas of ReportLab's whose first font is `font`."""

    def fill(self, pen: Pen, colour: SRGB) -> None:
        """Fill with a colour what `pen` draws next."""

    def stroke(self, pen: Pen, colour: SRGB) -> None:
        """Draw with a colour the lines that `pen` draws next."""

    def prints_over(self, colour: SRGB, size: Points) -> bool:
        """Say whether type of that size is laid over its ground and not knocked out of it."""


class ScreenInks:
    """Light: red, green and blue."""

    version = (1, 7)

    def canvas(
        self, file: IO[bytes], size: tuple[Points, Points], font: str, boxes: Boxes | None
    ) -> Canvas:
        """Return a plain canvas."""
        return _made(Canvas, self.version, file, size, font, boxes)

    def fill(self, pen: Pen, colour: SRGB) -> None:
        """Fill in RGB."""
        pen.setFillColorRGB(*colour)

    def stroke(self, pen: Pen, colour: SRGB) -> None:
        """Draw lines in RGB."""
        pen.setStrokeColorRGB(*colour)

    def prints_over(self, colour: SRGB, size: Points) -> bool:
        """A screen knows no plates."""
        del colour, size
        return False


SCREEN: Final[Inks] = ScreenInks()


class PressInks:
    """Cyan, magenta, yellow and black, as the declared colours have them."""

    version = (1, 6)  # ISO 15930-7, 6.1

    def __init__(self, colours: Colours) -> None:
        """Take the declared colours.

        Raises LayoutError for two that look alike on the screen and are built otherwise on the press.
        """
        self._plates: dict[SRGB, CMYK] = {}
        names: dict[SRGB, str] = {}
        for token in colours.tokens.values():
            if self._plates.setdefault(token.srgb, token.cmyk) != token.cmyk:
                raise LayoutError(
                    f"the colours {names[token.srgb]!r} and {token.name!r} are one on the screen and "
                    "two on the press",
                    where=Where(colours.path),
                    hint="Give one of them another srgb, by a step at least.",
                )
            names.setdefault(token.srgb, token.name)

    @property
    def declared(self) -> Mapping[SRGB, CMYK]:
        """Return the build of each declared colour."""
        return self._plates

    def plates(self, colour: SRGB) -> CMYK:
        """Return how a colour is printed: as declared; a grey of typing with black alone.

        Raises RenderingError for any other colour.
        """
        if colour in self._plates:
            return self._plates[colour]
        if max(colour) - min(colour) < _NEUTRAL:
            black = 1 - max(0.0, colour[0] - _SOLID_GREY) * _BLACK_LOST_PER_GREY
            return 0.0, 0.0, 0.0, round(min(1.0, black), 4)
        red, green, blue = (round(channel * 255) for channel in colour)
        raise RenderingError(
            f"#{red:02x}{green:02x}{blue:02x} is no declared colour, and a press prints no other",
            hint="Name a colour of layouts/colours.toml.",
        )

    def canvas(
        self, file: IO[bytes], size: tuple[Points, Points], font: str, boxes: Boxes | None
    ) -> Canvas:
        """Return a canvas that refuses what is not drawn in four plates."""
        canvas = _made(_GuardedCanvas, self.version, file, size, font, boxes)
        canvas.setOverprintMask(True)
        return canvas

    def fill(self, pen: Pen, colour: SRGB) -> None:
        """Fill in four plates."""
        pen.setFillColorCMYK(*self.plates(colour))

    def stroke(self, pen: Pen, colour: SRGB) -> None:
        """Draw lines in four plates."""
        pen.setStrokeColorCMYK(*self.plates(colour))

    def prints_over(self, colour: SRGB, size: Points) -> bool:
        """Type in black alone is laid over: no light seam where the plates are out of register."""
        return self.plates(colour) == BLACK_ALONE and size <= LARGEST_OVER


def _made(
    kind: type[Canvas],
    version: tuple[int, int],
    file: IO[bytes],
    size: tuple[Points, Points],
    font: str,
    boxes: Boxes | None,
) -> Canvas:
    # ASCII-85 makes streams a quarter longer; ReportLab has one setting for all its canvases.
    rl_config.useA85 = 0
    return kind(
        file,
        pagesize=size,
        pageCompression=1,
        invariant=1,
        pdfVersion=version,
        initialFontName=font,  # type: ignore[arg-type]  # stub says float
        trimBox=boxes.trim if boxes else None,
        bleedBox=boxes.bleed if boxes else None,
        enforceColorSpace=_four_plates if kind is _GuardedCanvas else None,
    )


def _four_plates(colour: object) -> object:
    """Let four plates and separations pass. Raises RenderingError for every other colour.

    ReportLab's own words for this ("CMYK", "SEP_CMYK") change colours instead: rich black to black
    alone, the separation All to four plates (seen with 5.1.0).
    """
    if isinstance(colour, CMYKColor | CMYKColorSep):
        return colour
    if isinstance(colour, tuple | list) and len(colour) == 4:
        return colour
    raise _refused(f"the colour {colour!r}")


def _refused(what: str) -> RenderingError:
    return RenderingError(
        f"{what} is not drawn in four plates",
        hint="A sheet for the press takes cyan, magenta, yellow and black alone.",
    )


class _GuardedText(PDFTextObject):
    """A text of a guarded canvas."""

    def setFillGray(self, gray: float, alpha: float | None = None) -> None:  # noqa: N802
        del alpha
        raise _refused(f"the grey {gray!r}")

    setStrokeGray = setFillGray  # noqa: N815


class _GuardedCanvas(Canvas):
    """A canvas on which every call that could draw in another space than four plates is refused.

    ReportLab's check of colours (enforceColorSpace) sees no greys, gradients and pictures.
    """

    def beginText(self, x: float = 0, y: float = 0, direction: Any = None) -> PDFTextObject:  # noqa: N802
        del direction
        return _GuardedText(self, x, y)

    def setFillGray(self, gray: float, alpha: float | None = None) -> None:  # noqa: N802
        del alpha
        raise _refused(f"the grey {gray!r}")

    setStrokeGray = setFillGray  # noqa: N815

    def shade(self, shading: object) -> None:
        del shading
        raise _refused("a gradient")

    def linearGradient(self, *_: Any, **__: Any) -> None:  # noqa: N802
        raise _refused("a gradient")

    radialGradient = linearGradient  # noqa: N815

    def drawInlineImage(self, *_: Any, **__: Any) -> None:  # type: ignore[override]  # noqa: N802
        raise _refused("a picture within the content")

    def drawImage(self, image: Any, *arguments: Any, **settings: Any) -> Any:  # noqa: N802
        mode = getattr(getattr(image, "_image", None), "mode", "unknown")
        if mode != "CMYK":
            raise _refused(f"a picture in {mode}")
        return super().drawImage(image, *arguments, **settings)
