"""Stocks: paper and ink of the facsimile; a stock that could not be read is refused."""

from dataclasses import replace
from pathlib import Path

import pytest

from publish.colours import Colours, contrast, load_colours
from publish.problems import LayoutError, Where
from publish.resources import layouts_directory
from publish.stocks import Ink, Stock, Stocks, load_stocks

LAYOUTS = layouts_directory()
FILE = LAYOUTS / "stocks.toml"
NAMES = ("aged", "white", "carbon")


@pytest.fixture(scope="module")
def colours() -> Colours:
    return load_colours(LAYOUTS)


@pytest.fixture(scope="module")
def stocks(colours: Colours) -> Stocks:
    return load_stocks(LAYOUTS, colours)


def changed(folder: Path, old: str, new: str, below: str = "") -> int:
    """Write the file of stocks with one change below a line; return that line's number, from 1."""
    text = FILE.read_text(encoding="utf-8")
    begin = text.index(below)
    before, after = text[:begin], text[begin:]
    head, found, rest = after.partition(old)
    assert found
    (folder / FILE.name).write_text(before + head + new + rest, encoding="utf-8")
    return (before + head).count("\n") + 1


def refused(folder: Path, colours: Colours) -> str:
    with pytest.raises(LayoutError) as problem:
        load_stocks(folder, colours)
    return str(problem.value).removeprefix(f"{folder}/")


def test_aged_paper_is_taken_where_no_stock_is_named(stocks: Stocks) -> None:
    assert stocks.default == stocks.get("aged")


def test_a_stock_has_the_colour_of_its_paper(stocks: Stocks, colours: Colours) -> None:
    assert stocks.get("carbon").paper == colours.get("paper-carbon")


def test_white_paper_has_no_texture(stocks: Stocks) -> None:
    white = stocks.get("white")
    assert (white.textured, white.mottle, white.edge_tone) == (False, 0, 0)
    assert white.darkest_paper == white.paper.srgb


def test_a_mottled_paper_is_darkest_three_deviations_and_an_edge_below_its_colour(
    stocks: Stocks,
) -> None:
    aged = stocks.get("aged")
    loss = 3 * aged.mottle / 255
    wanted = [value * (1 - aged.edge_tone) - loss for value in aged.paper.srgb]
    assert aged.darkest_paper == pytest.approx(wanted)


@pytest.mark.parametrize("name", NAMES)
def test_the_palest_ink_can_be_read_on_the_darkest_paper(stocks: Stocks, name: str) -> None:
    stock = stocks.get(name)
    assert contrast(stock.ink.colour(stock.ink.limit), stock.darkest_paper) >= 4.5


@pytest.mark.parametrize(("name", "limit"), [("aged", 0.40), ("white", 0.45), ("carbon", 0.40)])
def test_strikes_stay_within_the_limit_of_their_paper(
    stocks: Stocks, name: str, limit: float
) -> None:
    ink = stocks.get(name).ink
    assert ink.darkest < ink.lightest <= ink.limit == limit


def test_carbon_is_paler_bluer_blunter_and_steadier_than_a_ribbon(stocks: Stocks) -> None:
    ribbon, carbon = stocks.get("aged"), stocks.get("carbon")
    assert carbon.ink.darkest > ribbon.ink.lightest
    red, green, blue = carbon.ink.tint
    assert red < green < blue
    assert carbon.ink.spread > ribbon.ink.spread
    assert carbon.jitter < ribbon.jitter


def test_a_tint_is_added_to_a_strike() -> None:
    ink = Ink(0.3, 0.4, 0.4, (0, 0.01, 0.05), 0)
    assert ink.colour(0.35) == pytest.approx((0.35, 0.36, 0.40))


def test_a_strike_beyond_the_limit_prints_at_the_limit() -> None:
    ink = Ink(0.1, 0.3, 0.4, (0, 0, 0), 0)
    assert ink.colour(0.9) == (0.4, 0.4, 0.4)


def test_a_strike_is_never_blacker_than_black() -> None:
    assert Ink(0.1, 0.3, 0.4, (0, 0, 0), 0).colour(-0.1) == (0, 0, 0)


def test_a_tint_leaves_no_channel_above_full_light() -> None:
    assert Ink(0.9, 0.9, 0.98, (0, 0, 0.05), 0).colour(0.98) == (0.98, 0.98, 1)


def test_an_unknown_stock_is_answered_with_the_nearest_where_it_was_written(stocks: Stocks) -> None:
    with pytest.raises(LayoutError) as problem:
        stocks.get("carbn", Where("product.toml", 4))
    assert str(problem.value) == "product.toml:4: there is no stock 'carbn'. Did you mean 'carbon'?"


def test_an_unknown_stock_is_answered_with_the_file_where_no_other_place_is_known(
    stocks: Stocks,
) -> None:
    with pytest.raises(LayoutError) as problem:
        stocks.get("parchment")
    assert str(problem.value).startswith(f"{FILE}: there is no stock 'parchment'. Known: aged, ")


@pytest.mark.parametrize(
    ("name", "ink", "ratio"),
    [
        ("aged", "{ darkest = 0.10, lightest = 0.30, limit = 0.43 }", "4.14"),
        ("white", "{ darkest = 0.10, lightest = 0.30, limit = 0.47 }", "4.42"),
        ("carbon", "{ darkest = 0.34, lightest = 0.42, limit = 0.42 }", "4.41"),
    ],
)
def test_an_ink_too_pale_for_its_paper_is_refused_with_the_ratio(
    tmp_path: Path, colours: Colours, name: str, ink: str, ratio: str
) -> None:
    text = FILE.read_text(encoding="utf-8").partition(f"[stock.{name}]")[2]
    old = next(line for line in text.splitlines() if line.startswith("ink ="))
    line = changed(tmp_path, old, f"ink = {ink}", f"[stock.{name}]")
    grey = ink.split()[-2]
    assert refused(tmp_path, colours) == (
        f"stocks.toml:{line}:1: the palest ink of {name!r}, grey {grey}, has {ratio} : 1 on the darkest "
        "places of its paper, less than 4.5 : 1. Lower its limit."
    )


def test_a_paper_too_dark_for_its_ink_is_refused(tmp_path: Path, colours: Colours) -> None:
    changed(tmp_path, 'paper = "paper-aged"', 'paper = "edge"')
    assert "has 2.35 : 1 on the darkest places" in refused(tmp_path, colours)


def test_mottle_and_edge_count_against_the_ink(stocks: Stocks) -> None:
    aged = stocks.get("aged")
    assert replace(aged, mottle=2.0, edge_tone=0.02).least_contrast < 4.5 < aged.least_contrast


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'paper = "paper-aged"',
            'paper = "paper-agd"',
            "there is no colour 'paper-agd'. Did you mean 'paper-aged'?",
        ),
        ("mottle = 1.0", "mottle = 5", "'mottle' must be from 1 to 2, not 5"),
        ("mottle = 1.0", "mottle = 0", "'mottle' must be from 1 to 2, not 0"),
        ("mottle = 1.0", "mottle = nan", "'mottle' must be from 1 to 2, not nan"),
        ("edge_tone = 0.018", "edge_tone = 0.05", "'edge_tone' must be from 0 to 0.02, not 0.05"),
        ("jitter = 1.0", "jitter = 1.5", "'jitter' must be from 0 to 1, not 1.5"),
        ("ink_spread = 0", "ink_spread = 45", "'ink_spread' must be from 0 to 30, not 45"),
        (
            "tint = [0, 0, 0]",
            "tint = [0, 0]",
            "'tint' must be three numbers from 0 to 1: red, green, blue",
        ),
        (
            "tint = [0, 0, 0]",
            "tint = [0, 0, nan]",
            "'tint' must be three numbers from 0 to 1: red, green, blue",
        ),
        ("textured = true", 'textured = "yes"', "'textured' must be true or false, not 'yes'"),
        (
            "textured = true",
            "textured = true\nfibres = 3",
            "unknown key 'fibres' in [stock.aged].",
        ),
    ],
)
def test_a_faulty_stock_is_refused_with_its_line(
    tmp_path: Path, colours: Colours, old: str, new: str, said: str
) -> None:
    line = changed(tmp_path, old, new, "[stock.aged]") + new.count("\n")
    assert refused(tmp_path, colours).startswith(f"stocks.toml:{line}:1: {said}")


@pytest.mark.parametrize(
    "key",
    ["title", "paper", "textured", "mottle", "edge_tone", "ink", "tint", "jitter", "ink_spread"],
)
def test_a_missing_key_is_refused_by_name(tmp_path: Path, colours: Colours, key: str) -> None:
    text = FILE.read_text(encoding="utf-8").partition("[stock.aged]")[2]
    old = next(line for line in text.splitlines() if line.startswith(f"{key} ="))
    changed(tmp_path, f"{old}\n", "", "[stock.aged]")
    # Of an ink that is not there, its first number is the one that is missing.
    missing = "darkest" if key == "ink" else key
    assert f"the key {missing!r} is missing in [stock.aged" in refused(tmp_path, colours)


@pytest.mark.parametrize(
    "ink",
    [
        "{ darkest = 0.30, lightest = 0.10, limit = 0.40 }",
        "{ darkest = 0.10, lightest = 0.41, limit = 0.40 }",
    ],
)
def test_the_greys_of_an_ink_rise(tmp_path: Path, colours: Colours, ink: str) -> None:
    line = changed(
        tmp_path, "ink = { darkest = 0.10, lightest = 0.30, limit = 0.40 }", f"ink = {ink}"
    )
    assert refused(tmp_path, colours) == (
        f"stocks.toml:{line}:1: 'darkest', 'lightest' and 'limit' of an ink must rise in this order"
    )


def test_a_stock_without_texture_has_no_mottle(tmp_path: Path, colours: Colours) -> None:
    line = changed(tmp_path, "textured = false", "textured = false\nmottle = 1.2") + 1
    assert refused(tmp_path, colours) == (
        f"stocks.toml:{line}:1: the stock 'white' has no texture, and so no 'mottle'. "
        "Take the line out, or write textured = true."
    )


def test_a_default_that_is_no_stock_is_refused(tmp_path: Path, colours: Colours) -> None:
    line = changed(tmp_path, 'default = "aged"', 'default = "agd"')
    said = f"stocks.toml:{line}:1: there is no stock 'agd'. Did you mean 'aged'?"
    assert refused(tmp_path, colours) == said


def test_a_file_without_stocks_is_refused(tmp_path: Path, colours: Colours) -> None:
    (tmp_path / FILE.name).write_text('default = "aged"\n', encoding="utf-8")
    assert refused(tmp_path, colours).endswith("there is no stock 'aged'. None is known.")


@pytest.mark.parametrize("name", NAMES)
def test_a_stock_knows_its_own_name_and_title(stocks: Stocks, name: str) -> None:
    stock: Stock = stocks.get(name)
    assert stock.name == name
    assert stock.title
