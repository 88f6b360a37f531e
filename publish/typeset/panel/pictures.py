"""A picture of the user's, made fit for the press or the screen: an institution's mark.

In: a file, the size it has on the panel, the profile of the press. Out: a JPEG in four plates, or in sRGB; or
an error that says why a shop would refuse the picture.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageChops, ImageCms, UnidentifiedImageError

from publish.problems import LayoutError, UsageError, Where
from publish.units import POINTS_PER_INCH, Points

_QUALITY: Final = 95
_TRANSPARENT: Final = ("RGBA", "LA", "PA", "La", "RGBa")
_READ: Final = ("1", "L", "P", "RGB", "CMYK")
_MOST_PIXELS: Final = 100_000_000


@dataclass(frozen=True, slots=True)
class Mark:
    """A picture as it was opened, and what it is called when it is heard."""

    path: Path
    name: str
    image: Image.Image

    def size_within(self, width: Points, height: Points) -> tuple[Points, Points]:
        """Return the picture's size within a box, its proportion kept."""
        scale = min(width / self.image.width, height / self.image.height)
        return self.image.width * scale, self.image.height * scale


def open_mark(path: str, name: str) -> Mark | None:
    """Return the mark that an order names; None where it names none.

    Raises UsageError for a file that is no picture, is transparent, or comes without the words by which
    it is heard.
    """
    if bool(path) != bool(name):
        given, other = ("logo", "logo-name") if path else ("logo-name", "logo")
        raise UsageError(
            f"{given} is set without {other}",
            hint="A mark and the words by which it is heard go together.",
        )
    if not path:
        return None
    try:
        with Image.open(path) as opened:  # of a picture with several pages the file would stay open
            if opened.width * opened.height > _MOST_PIXELS:
                raise UsageError(
                    f"{path} has more than 100 million pixels", hint="Save it smaller."
                )
            image = opened.copy()
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as problem:
        raise UsageError(
            f"{path} is no picture ({problem})", hint="Give a PNG, JPEG or TIFF file."
        ) from None
    if image.mode in _TRANSPARENT or "transparency" in image.info:
        raise UsageError(
            f"{path} is transparent, and a press has no such ink",
            hint="Save it on the colour that it is to stand on.",
        )
    if image.mode not in _READ:
        raise UsageError(
            f"{path} is a picture of the kind {image.mode!r}",
            hint="Save it in RGB, in four plates or in grey, 8 bits each.",
        )
    return Mark(Path(path), name, image)


def check_fine(mark: Mark, width: Points, least: float) -> None:
    """Refuse a picture with too few pixels for its size. Raises LayoutError: how many, how many are wanted."""
    fine = mark.image.width / (width / POINTS_PER_INCH)
    if fine < least:
        wanted = round(width / POINTS_PER_INCH * least)
        raise LayoutError(
            f"the picture has {fine:.0f} pixels to the inch at {width / POINTS_PER_INCH:.1f} in, and "
            f"{least:g} are wanted",
            where=Where(str(mark.path)),
            hint=f"Give one that is {wanted} pixels wide at least.",
        )


def for_screen(mark: Mark) -> bytes:
    """Return the picture as a JPEG in sRGB."""
    image = mark.image
    if image.info.get("icc_profile"):  # four plates of no known press can only be guessed at
        return _jpeg(_transformed(image, _srgb(), "RGB"))
    return _jpeg(image.convert("RGB"))


def for_press(mark: Mark, profile: bytes, most_ink: float) -> bytes:
    """Return the picture as a JPEG in four plates.

    RGB goes through the picture's own profile, sRGB where it has none, into that of the press; greys go to
    black alone; four plates stay as they are. Raises LayoutError for more ink than the sheet may have.
    """
    image = mark.image
    if image.mode in ("1", "L"):
        black = ImageChops.invert(image.convert("L"))
        none = Image.new("L", image.size)
        plates = Image.merge("CMYK", (none, none, none, black))
    elif image.mode == "CMYK":
        plates = image
    else:
        plates = _transformed(image, ImageCms.ImageCmsProfile(BytesIO(profile)), "CMYK")
    ink = most_ink_of(plates)
    if ink > most_ink + 1:
        raise LayoutError(
            f"the picture lays on {ink:.0f} % of ink, more than {most_ink:g} %",
            where=Where(str(mark.path)),
            hint="Name a profile that keeps to it with --set icc=PATH, or lighten the picture.",
        )
    return _jpeg(plates)


def most_ink_of(plates: Image.Image) -> float:
    """Return the most ink of a pixel in percent."""
    cyan, magenta, yellow, black = plates.split()
    halves = (ImageChops.add(cyan, magenta, scale=2), ImageChops.add(yellow, black, scale=2))
    lowest, highest = ImageChops.add(*halves, scale=2).getextrema()
    del lowest
    return float(highest) * 4 / 2.55  # type: ignore[arg-type]


def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _transformed(image: Image.Image, target: ImageCms.ImageCmsProfile, mode: str) -> Image.Image:
    own = image.info.get("icc_profile")
    source = ImageCms.ImageCmsProfile(BytesIO(own)) if own else _srgb()
    if image.mode == "P":
        image = image.convert("RGB")
    try:
        transform = ImageCms.buildTransform(
            source, target, image.mode, mode, ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )  # fmt: skip
        changed = ImageCms.applyTransform(image, transform)
    except ImageCms.PyCMSError as problem:
        raise LayoutError(
            f"the picture’s colours do not go with its own profile ({problem})",
            hint="Save it again without a profile, in sRGB.",
        ) from None
    if changed is None:  # only where it is changed in place
        raise LayoutError("the picture’s colours could not be changed")
    return changed


def _jpeg(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "JPEG", quality=_QUALITY, subsampling="4:4:4", optimize=True)
    return file.getvalue()
