"""A panel on a wall, to scale, beside a bar that shows heights above the floor.

In: the picture of a panel and its size. Out: a picture, and how many of its pixels make an inch of paper at 1 : 20.

A panel hangs with its foot 40 inches above the floor, and a roll-up stands on it: so that the label of either
lies between 40 and 66 inches, where those who stand and those who sit can read it.
"""

from functools import cache
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from publish import fonts
from publish.papers import Paper
from publish.resources import fonts_directory
from publish.units import POINTS_PER_INCH, POINTS_PER_MILLIMETRE, Points

REDUCTION: Final = 20
PIXELS_PER_MILLIMETRE: Final = 0.5  # of the wall
READ_FROM, READ_TO = (
    40,
    66,
)  # inches above the floor, as layouts/panel/rollup.toml has them of its label
FOOT: Final[Points] = READ_FROM * POINTS_PER_INCH
STANDS: Final[Points] = 76 * POINTS_PER_INCH  # a sheet as high stands on the floor
PERSON: Final = 1700  # millimetres: a height to measure by, nobody's own
_HEIGHT: Final = 2300  # millimetres of wall shown at least
_ABOVE, _FLOOR, _BESIDE, _BAR, _STEP = 300, 300, 700, 90, 500  # millimetres
_BRACKET: Final = 70  # millimetres from the bar to the line beside it
_TOLD: Final = 700  # millimetres of wall for the words beside the bar
_WALL, _GROUND, _EDGE = (226, 225, 222), (196, 193, 187), (150, 147, 141)
_BAR_COLOUR, _INK = (120, 122, 126), (40, 40, 42)
_FAMILY: Final = "Press Franklin"
_TYPE, _LEADING = 21, 32
_MILLIMETRES: Final = 25.4  # of an inch


def wall_picture(panel: Image.Image, paper: Paper) -> tuple[Image.Image, float]:
    """Return the wall, and its pixels to the inch of paper where it is printed at 1 : 20."""
    width, height = (round(side / POINTS_PER_MILLIMETRE) for side in (paper.width, paper.height))
    foot = round(hung(paper.height) / POINTS_PER_MILLIMETRE)
    tall = max(_HEIGHT, foot + height + _ABOVE)
    bar = _BESIDE + width + _BESIDE // 2
    size = _pixels(bar + _BAR + _TOLD), _pixels(tall + _FLOOR)
    picture = Image.new("RGB", size, _WALL)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, _pixels(tall), *size), fill=_GROUND)
    box = _pixels(_BESIDE), _pixels(tall - foot - height), _pixels(width), _pixels(height)
    picture.paste(panel.resize(box[2:], Image.Resampling.LANCZOS), box[:2])
    draw.rectangle((box[0] - 1, box[1] - 1, box[0] + box[2], box[1] + box[3]), outline=_EDGE)
    _draw_bar(draw, bar, tall)
    _draw_words(draw, tall, (width, height, foot))
    return picture, PIXELS_PER_MILLIMETRE * REDUCTION * _MILLIMETRES


def hung(height: Points) -> Points:
    """Return how high above the floor the foot of a sheet hangs."""
    return 0.0 if height >= STANDS else FOOT


def _draw_bar(draw: ImageDraw.ImageDraw, left: int, tall: int) -> None:
    """Draw a bar as high as PERSON with heights along it, and left of it a line where labels are hung."""
    x, end = _pixels(left), _pixels(left + _BAR)
    draw.rectangle((x, _pixels(tall - PERSON), end, _pixels(tall) - 1), fill=_BAR_COLOUR)
    for at in (*range(_STEP, PERSON, _STEP), PERSON):
        y = _pixels(tall - at)
        draw.line((end, y, end + 14, y), fill=_INK)
        told = f"{at / 10:.0f} cm, {_in_feet(at)}"
        draw.text((end + 22, y), told, _INK, _font(), anchor="lm")
    beside = x - _pixels(_BRACKET)
    upper, lower = (_pixels(tall - inches * _MILLIMETRES) for inches in (READ_TO, READ_FROM))
    draw.line((beside, upper, beside, lower), fill=_INK, width=2)
    for y in (upper, lower):
        draw.line((beside - 7, y, beside + 8, y), fill=_INK, width=2)


def _in_feet(millimetres: int) -> str:
    feet, inches = divmod(round(millimetres / _MILLIMETRES), 12)
    return f"{feet} ft {inches} in"


def _draw_words(draw: ImageDraw.ImageDraw, tall: int, sheet: tuple[int, int, int]) -> None:
    width, height, foot = sheet
    stands = f"its foot {foot / 10:.0f} cm above the floor" if foot else "standing on the floor"
    lines = (
        f"1 : {REDUCTION} when printed at {PIXELS_PER_MILLIMETRE * REDUCTION * _MILLIMETRES:.0f} pixels to the inch.",
        f"Sheet {width} × {height} mm, {stands}. Bar: {PERSON / 10:.0f} cm.",
        f"Line left of the bar: {READ_FROM} to {READ_TO} in, where a label is to be read.",
    )  # fmt: skip
    for number, told in enumerate(lines):
        place = _pixels(_BESIDE), _pixels(tall) + 26 + number * _LEADING
        draw.text(place, told, _INK, _font())


def _pixels(millimetres: float) -> int:
    return round(millimetres * PIXELS_PER_MILLIMETRE)


@cache
def _font() -> ImageFont.FreeTypeFont:
    face = fonts.load(fonts_directory()).get(_FAMILY)
    return ImageFont.truetype(str(face.path), _TYPE, layout_engine=ImageFont.Layout.BASIC)
