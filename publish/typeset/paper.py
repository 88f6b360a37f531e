"""The picture of a sheet's paper: its colour, faintly uneven, a little darker at the edges, and nothing else.

In: a stock, the sheet's size in points, a seed. Out: a JPEG; for a press a picture whose pixels number builds of four
plates. No stains, folds or holes: on a reconstruction they would be false evidence.
"""

import math
from hashlib import shake_128
from io import BytesIO
from itertools import accumulate
from typing import Final, NamedTuple

from PIL import Image, ImageChops, ImageFilter, ImageStat

from publish.colours import SRGB
from publish.stocks import Stock
from publish.typeset.indexed_picture import IndexedPicture
from publish.units import POINTS_PER_INCH, POINTS_PER_MILLIMETRE, Points

# Fewer pixels, each kept more truly, at the same number of bytes. With 200 to the inch at quality 72 the
# steps between a JPEG's tiles of 8 × 8 were ten times those within one; so they are twice.
PIXELS_PER_INCH: Final = 100
_QUALITY: Final = 94


class _Cloud(NamedTuple):
    """Noise of one scale: the width of its spots, and its share of the whole."""

    width: Points
    weight: float


# From clouds a hand wide to the grain of the sheet. The middle scales are weak: spots of a few
# millimetres read as dirt.
_CLOUDS: Final = (
    _Cloud(40 * POINTS_PER_MILLIMETRE, 1.0),
    _Cloud(12 * POINTS_PER_MILLIMETRE, 0.7),
    _Cloud(3 * POINTS_PER_MILLIMETRE, 0.4),
    _Cloud(1 * POINTS_PER_MILLIMETRE, 0.5),
    _Cloud(0.5 * POINTS_PER_MILLIMETRE, 0.6),
)
_EDGE_DEPTH: Final = 4 * POINTS_PER_MILLIMETRE  # where the edge tone has fallen to a third (1/e)

# Greys are computed in sixteenths of the step of 255 that they become, in 256 of which there is room
# for 10 steps of edge and mottle below the middle and 5 above it.
_FINENESS: Final = 16
_MIDDLE: Final = 168
# Ink that takes a step of light from white paper, three plates together: a dot prints larger than it is.
_INK_PER_LIGHT: Final = 0.55
_BLACK: Final = 3  # the fourth plate
_NOISE_MIDDLE: Final = 128
_NOISE_DEVIATION: Final = 40  # three deviations to each side fit


def texture(
    stock: Stock,
    width: Points,
    height: Points,
    seed: str,
    pixels_per_inch: float = PIXELS_PER_INCH,
) -> bytes:
    """Return the paper of a sheet as a JPEG in sRGB; no bytes where the stock has no texture.

    The mean is the colour of the stock's paper to within 1 of 255, its hue the same everywhere. The
    same stock, size and seed give the same bytes with the same Pillow.
    """
    if not stock.textured:
        return b""
    grey = _unevenness(stock, width, height, seed, pixels_per_inch)
    # The edge darkens the whole: measured, so that the mean is the paper's colour all the same.
    middle = ImageStat.Stat(grey).mean[0]
    # Only the light varies: colour in whole numbers, as a JPEG keeps it, would change in patches.
    light, blue, red = _light_and_colour(stock.paper.srgb)
    steps = (light + (step - middle) / _FINENESS for step in range(256))
    planes = (
        grey.point([max(0, min(255, round(step))) for step in steps]),
        Image.new("L", grey.size, round(blue)),
        Image.new("L", grey.size, round(red)),
    )
    return _jpeg(Image.merge("YCbCr", planes), pixels_per_inch)


def texture_in_plates(
    stock: Stock, width: Points, height: Points, seed: str, pixels_per_inch: float
) -> IndexedPicture:
    """Return the paper of a sheet about the build of its colour: where it is darker, more of all three inks prints.

    The stock has a texture. Black is as the build has it everywhere.
    """
    grey = _unevenness(stock, width, height, seed, pixels_per_inch)
    middle = ImageStat.Stat(grey).mean[0]
    builds: dict[bytes, int] = {}
    numbers: list[int] = []
    for step, times in enumerate(grey.histogram()):
        more = -_INK_PER_LIGHT * (step - middle) / _FINENESS
        inked = [
            share * 255 + (more if plate < _BLACK else 0.0)
            for plate, share in enumerate(stock.paper.cmyk)
        ]
        build = bytes(max(0, min(255, round(value))) for value in inked)
        numbers.append(builds.setdefault(build, len(builds)) if times else 0)
    return IndexedPicture(*grey.size, b"".join(builds), grey.point(numbers).tobytes())


def _unevenness(
    stock: Stock, width: Points, height: Points, seed: str, pixels_per_inch: float
) -> Image.Image:
    """Return how light the paper is at each pixel, in greys of which _FINENESS are a step of 255."""
    size = (_pixels(width, PIXELS_PER_INCH), _pixels(height, PIXELS_PER_INCH))
    grey = ImageChops.subtract(_mottle(stock, size, seed), _edge(stock, size))
    if pixels_per_inch != PIXELS_PER_INCH:
        # A sheet that is shown larger: the smallest spots are two pixels wide, and nothing is lost.
        larger = tuple(
            math.ceil(side / POINTS_PER_INCH * pixels_per_inch) for side in (width, height)
        )
        grey = grey.resize(larger, Image.Resampling.BICUBIC)
    return grey


def _light_and_colour(srgb: SRGB) -> SRGB:
    """Return luma and the differences of blue and red, 0 to 255, as JFIF computes them (ITU-T T.871, 7)."""
    red, green, blue = (value * 255 for value in srgb)
    light = 0.299 * red + 0.587 * green + 0.114 * blue
    return light, (blue - light) / 1.772 + 128, (red - light) / 1.402 + 128


def _pixels(length: Points, per_inch: float) -> int:
    return max(1, round(length / POINTS_PER_INCH * per_inch))


def _mottle(stock: Stock, size: tuple[int, int], seed: str) -> Image.Image:
    """Return the unevenness of the paper about _MIDDLE."""
    clouds = [
        _noise(cloud, size, f"{seed}|{stock.name}|{number}") for number, cloud in enumerate(_CLOUDS)
    ]
    mixed = clouds[0]
    sums = list(accumulate(cloud.weight for cloud in _CLOUDS))
    for cloud, image, total in zip(_CLOUDS[1:], clouds[1:], sums[1:], strict=True):
        mixed = Image.blend(mixed, image, cloud.weight / total)
    return _with_statistics(mixed, _MIDDLE, stock.mottle * _FINENESS)


def _noise(cloud: _Cloud, size: tuple[int, int], seed: str) -> Image.Image:
    """Return noise of one scale. The bytes of a digest are as even as chance, and told by the seed."""
    # Two cells to a spot, blurred: cells that only a curve joins would stand in rows and columns.
    cell = cloud.width / 2 / POINTS_PER_INCH * PIXELS_PER_INCH  # in pixels
    columns, rows = (pixels / cell for pixels in size)
    spare = 3  # cells on every side, for blur and curve to reach into
    cells = (math.ceil(columns) + 2 * spare, math.ceil(rows) + 2 * spare)
    spots = _chance(cells, seed).filter(ImageFilter.GaussianBlur(1))
    evened = _with_statistics(spots, _NOISE_MIDDLE, _NOISE_DEVIATION)
    box = (spare, spare, spare + columns, spare + rows)
    return evened.resize(size, Image.Resampling.BICUBIC, box=box)


def _chance(size: tuple[int, int], seed: str) -> Image.Image:
    digest = shake_128(seed.encode("utf-8")).digest(size[0] * size[1])
    return Image.frombytes("L", size, digest)


def _with_statistics(image: Image.Image, mean: float, deviation: float) -> Image.Image:
    """Return the picture with another mean and standard deviation."""
    found = ImageStat.Stat(image)
    # A sheet of one pixel, or an even one, has no deviation.
    slope = deviation / max(found.stddev[0], 1.0)
    return image.point(
        [max(0, min(255, round(mean + (step - found.mean[0]) * slope))) for step in range(256)]
    )


def _edge(stock: Stock, size: tuple[int, int]) -> Image.Image:
    """Return how much darker the paper is at each pixel than in its middle."""
    width, height = size
    nearest = Image.Resampling.NEAREST
    across = Image.frombytes("L", (width, 1), _falling(width)).resize(size, nearest)
    down = Image.frombytes("L", (1, height), _falling(height)).resize(size, nearest)
    # All channels fall alike, and the smallest of them by its share.
    steps = min(stock.paper.srgb) * 255 * stock.edge_tone * _FINENESS
    # Screened, since two edges that meet in a corner are no darker than one.
    return ImageChops.screen(across, down).point([round(step / 255 * steps) for step in range(256)])


def _falling(pixels: int) -> bytes:
    """Return 255 at both ends of a line of pixels, falling towards its middle."""
    depth = _EDGE_DEPTH / POINTS_PER_INCH * PIXELS_PER_INCH
    return bytes(
        round(255 * math.exp(-min(place, pixels - 1 - place) / depth)) for place in range(pixels)
    )


def _jpeg(image: Image.Image, per_inch: float) -> bytes:
    file = BytesIO()
    # Pillow writes the JFIF header and no date, name or EXIF of its own.
    image.save(
        file,
        "JPEG",
        quality=_QUALITY,
        subsampling="4:2:0",
        optimize=True,
        dpi=(round(per_inch), round(per_inch)),
    )
    return file.getvalue()
