"""The picture of the paper: measured on the JPEG as a reader decodes it, never on what went in."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageFilter, ImageStat

from publish.colours import SRGB, contrast, load_colours
from publish.resources import layouts_directory
from publish.stocks import Stock, load_stocks
from publish.typeset.paper import PIXELS_PER_INCH, texture

ROOT = Path(__file__).resolve().parent.parent
STOCKS = load_stocks(layouts_directory(), load_colours(layouts_directory()))
WIDTH, HEIGHT = 576.0, 756.0  # 8 × 10½ inches
SEEDS = ("telegram|1", "telegram|2", "other telegram|1")

every_sheet = pytest.mark.parametrize(
    ("name", "seed"), [(name, seed) for name in ("aged", "carbon") for seed in SEEDS]
)


@cache
def made(name: str, seed: str) -> bytes:
    return texture(STOCKS.get(name), WIDTH, HEIGHT, seed)


def decoded(jpeg: bytes) -> Image.Image:
    return Image.open(BytesIO(jpeg)).convert("RGB")


def steps(srgb: SRGB) -> list[float]:
    return [value * 255 for value in srgb]


def middle_of(image: Image.Image) -> Image.Image:
    """Return the picture without an inch on each side."""
    width, height = image.size
    inch = PIXELS_PER_INCH
    return image.crop((inch, inch, width - inch, height - inch))


def sides_of(image: Image.Image) -> Iterator[Image.Image]:
    """Yield the outermost pixels of each side."""
    width, height = image.size
    for box in (
        (0, 0, width, 1),
        (0, height - 1, width, height),
        (0, 0, 1, height),
        (width - 1, 0, width, height),
    ):
        yield image.crop(box)


def tints_of(image: Image.Image) -> dict[tuple[int, int, int], int]:
    """Return the colours of a picture, 0 to 255 each, and how many pixels have them."""
    pixels = iter(image.tobytes())
    return Counter(zip(pixels, pixels, pixels, strict=True))


def segments(jpeg: bytes) -> list[int]:
    """Return the markers of a JPEG up to its scan (ITU-T T.81, annex B)."""
    found, place = [jpeg[1]], 2
    while found[-1] != 0xDA:
        assert jpeg[place] == 0xFF
        found.append(jpeg[place + 1])
        place += 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
    return found


@every_sheet
def test_the_mean_is_the_colour_of_the_paper(name: str, seed: str) -> None:
    mean = ImageStat.Stat(decoded(made(name, seed))).mean
    assert mean == pytest.approx(steps(STOCKS.get(name).paper.srgb), abs=1)


@pytest.mark.parametrize(
    "srgb", [(0xF5, 0xF0, 0xE1), (0xE8, 0xF0, 0xE6), (0xF2, 0xE4, 0xC7), (0xEE,) * 3]
)
def test_the_mean_is_the_colour_of_any_paper(srgb: tuple[int, int, int]) -> None:
    red, green, blue = (value / 255 for value in srgb)
    aged = STOCKS.get("aged")
    other = replace(aged, paper=replace(aged.paper, srgb=(red, green, blue)))
    assert ImageStat.Stat(decoded(texture(other, 288, 378, "any"))).mean == pytest.approx(
        srgb, abs=1
    )


@every_sheet
def test_the_mottle_is_between_one_and_two_steps_of_255(name: str, seed: str) -> None:
    deviations = ImageStat.Stat(decoded(made(name, seed))).stddev
    assert all(1 <= deviation <= 2 for deviation in deviations)


def test_a_stronger_mottle_shows() -> None:
    aged = STOCKS.get("aged")
    weak, strong = (
        ImageStat.Stat(middle_of(decoded(texture(stock, WIDTH, HEIGHT, "one")))).stddev[1]
        for stock in (aged, replace(aged, mottle=2.0))
    )
    assert strong / weak == pytest.approx(2.0 / aged.mottle, rel=0.1)


@every_sheet
def test_the_edges_are_darker_than_the_middle_by_two_percent_at_most(name: str, seed: str) -> None:
    image = decoded(made(name, seed)).convert("L")
    middle = ImageStat.Stat(middle_of(image)).mean[0]
    sides = [ImageStat.Stat(side).mean[0] / middle for side in sides_of(image)]
    assert 0.98 <= sum(sides) / len(sides) <= 0.99
    # One side may lie in a cloud, or in the light between two.
    assert all(0.975 <= side <= 0.995 for side in sides)


def test_an_even_edge_leaves_the_sides_as_light_as_the_middle() -> None:
    even = replace(STOCKS.get("aged"), edge_tone=0.0)
    image = decoded(texture(even, WIDTH, HEIGHT, "one")).convert("L")
    middle = ImageStat.Stat(middle_of(image)).mean[0]
    assert all(
        ImageStat.Stat(side).mean[0] / middle == pytest.approx(1, abs=0.006)
        for side in sides_of(image)
    )


@every_sheet
def test_no_place_is_a_stain(name: str, seed: str) -> None:
    # A stain is a darker place of 2 mm that is neither cloud nor edge.
    small = middle_of(decoded(made(name, seed))).convert("L").reduce(8)
    ground = small.filter(ImageFilter.BoxBlur(5))
    darker = (below - here for here, below in zip(small.tobytes(), ground.tobytes(), strict=True))
    assert max(darker) <= 3


@every_sheet
def test_the_hue_is_the_same_everywhere(name: str, seed: str) -> None:
    tints = tints_of(decoded(made(name, seed)))
    assert len({(red - green, green - blue) for red, green, blue in tints}) == 1


@every_sheet
def test_the_palest_ink_can_be_read_on_all_of_the_paper(name: str, seed: str) -> None:
    stock = STOCKS.get(name)
    ink = stock.ink.colour(stock.ink.limit)
    too_dark = [
        (red, green, blue)
        for red, green, blue in tints_of(decoded(made(name, seed)))
        if contrast(ink, (red / 255, green / 255, blue / 255)) < 4.5
    ]
    assert too_dark == []


@every_sheet
def test_no_tiles_of_eight_pixels_show(name: str, seed: str) -> None:
    # Where a JPEG is too coarse, pixels differ far more across the border of two tiles than within one.
    grey = decoded(made(name, seed)).convert("L")
    width, height = grey.size
    pixels = grey.tobytes()
    rises = [0] * 8
    for row in range(0, height, 3):
        line = pixels[row * width : (row + 1) * width]
        for column in range(8, width - 8):
            rises[column % 8] += abs(line[column] - line[column - 1])
    within = sum(rises[1:]) / 7
    assert rises[0] / within < 2.5


@every_sheet
def test_a_sheet_takes_forty_to_sixty_thousand_bytes(name: str, seed: str) -> None:
    assert 40_000 <= len(made(name, seed)) <= 60_000


@pytest.mark.parametrize("name", ["aged", "carbon"])
def test_the_file_holds_a_picture_and_nothing_else(name: str) -> None:
    # Start, JFIF header, tables, frame, scan: no EXIF, no comment, no date.
    start, header, tables, frame, codes, scan = 0xD8, 0xE0, 0xDB, 0xC0, 0xC4, 0xDA
    found = segments(made(name, SEEDS[0]))
    assert set(found) == {start, header, tables, frame, codes, scan}
    assert found.count(header) == 1


def test_the_picture_has_the_size_of_the_sheet() -> None:
    image = Image.open(BytesIO(made("aged", SEEDS[0])))
    assert image.size == (8 * PIXELS_PER_INCH, 21 * PIXELS_PER_INCH // 2)
    assert image.info["dpi"] == (PIXELS_PER_INCH, PIXELS_PER_INCH)


def test_colour_is_kept_for_two_by_two_pixels() -> None:
    image = Image.open(BytesIO(made("aged", SEEDS[0])))
    assert [layer[1:3] for layer in image.layer] == [(2, 2), (1, 1), (1, 1)]  # type: ignore[attr-defined]


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert texture(STOCKS.get("aged"), WIDTH, HEIGHT, SEEDS[0]) == made("aged", SEEDS[0])


@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_another_process_and_hash_seed_give_the_same_bytes(hash_seed: str) -> None:
    program = (
        "import sys; from hashlib import sha256; from pathlib import Path;"
        "from publish.colours import load_colours; from publish.stocks import load_stocks;"
        "from publish.typeset.paper import texture;"
        "folder, seed = Path(sys.argv[1]), sys.argv[2];"
        "stock = load_stocks(folder, load_colours(folder)).get('aged');"
        f"sys.stdout.write(sha256(texture(stock, {WIDTH}, {HEIGHT}, seed)).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(layouts_directory()), SEEDS[0]],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == sha256(made("aged", SEEDS[0])).hexdigest()


def test_every_sheet_has_a_paper_of_its_own() -> None:
    assert len({made("aged", seed) for seed in SEEDS}) == len(SEEDS)


def correlation(one: Image.Image, other: Image.Image) -> float:
    """Return how alike two pictures of one size are in light, from −1 to 1."""
    pixels = [image.convert("L").reduce(10).tobytes() for image in (one, other)]
    means = [sum(line) / len(line) for line in pixels]
    a, b = ([value - mean for value in line] for line, mean in zip(pixels, means, strict=True))
    product = sum(x * y for x, y in zip(a, b, strict=True))
    return float(product / (sum(x * x for x in a) * sum(y * y for y in b)) ** 0.5)


def test_a_carbon_copy_does_not_have_the_clouds_of_its_ribbon_copy() -> None:
    ribbon, carbon = (
        middle_of(decoded(texture(stock, WIDTH, HEIGHT, "one")))
        for stock in (STOCKS.get("aged"), STOCKS.get("carbon"))
    )
    assert abs(correlation(ribbon, carbon)) < 0.5


def test_the_seed_alone_decides_where_the_clouds_are() -> None:
    aged = STOCKS.get("aged")
    weak, strong = (
        middle_of(decoded(texture(stock, WIDTH, HEIGHT, "one")))
        for stock in (aged, replace(aged, mottle=2.0))
    )
    assert correlation(weak, strong) > 0.9


def test_white_paper_has_no_picture() -> None:
    assert texture(STOCKS.get("white"), WIDTH, HEIGHT, SEEDS[0]) == b""


@pytest.mark.parametrize("size", [(0.1, 0.1), (1.0, 700.0), (72.0, 72.0)])
def test_a_scrap_of_paper_is_made_like_a_sheet(size: tuple[float, float]) -> None:
    stock: Stock = STOCKS.get("aged")
    assert decoded(texture(stock, *size, "scrap")).width == max(
        1, round(size[0] / 72 * PIXELS_PER_INCH)
    )
