"""Colours by name: what layouts/colours.toml holds, what is refused, and contrast as WCAG has it."""

import re
import tomllib
from pathlib import Path

import pytest

from publish.colours import MOST_INK, SRGB, Colours, contrast, load_colours, relative_luminance
from publish.problems import LayoutError, Where
from publish.resources import layouts_directory

LAYOUTS = layouts_directory()
FILE = LAYOUTS / "colours.toml"
PAPERS = ("paper-aged", "paper-white", "paper-carbon")
READ = ("text", "furniture", "ink", "editors", "stamp-neutral")
HEX = re.compile(r"#[0-9a-f]{6}\b")


@pytest.fixture(scope="module")
def colours() -> Colours:
    return load_colours(LAYOUTS)


def grey(value: float) -> SRGB:
    return value, value, value


def written(srgb: SRGB) -> str:
    return "#" + "".join(f"{round(value * 255):02x}" for value in srgb)


def refused(folder: Path, old: str, new: str) -> str:
    """Return what is said of the file of colours with one change, without the folder's name."""
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    (folder / FILE.name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LayoutError) as problem:
        load_colours(folder)
    return str(problem.value).removeprefix(f"{folder}/")


def line_of(start: str, after: str) -> int:
    """Return the line, counted from 1, that begins so, at or below the one that begins with `after`."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith(after))
    return next(n for n, line in enumerate(lines[first:], first + 1) if line.startswith(start))


def test_a_colour_has_the_values_that_stand_in_the_file(colours: Colours) -> None:
    editors = colours.get("editors")
    assert editors.name == "editors"
    assert editors.srgb == (0x7D / 255, 0x2A / 255, 0x1C / 255)
    assert editors.cmyk == (0.0, 0.8, 0.85, 0.5)


def test_every_colour_of_the_edition_is_one_of_them(colours: Colours) -> None:
    known = {written(token.srgb) for token in colours.tokens.values()}
    for path in sorted((LAYOUTS / "edition").glob("*.css")):
        long = re.sub(
            r"#([0-9a-f])([0-9a-f])([0-9a-f])\b", r"#\1\1\2\2\3\3", path.read_text("utf-8")
        )
        assert set(HEX.findall(long)) <= known, path.name


def test_every_colour_that_a_form_draws_with_is_one_of_them(colours: Colours) -> None:
    # The colour of a form's paper is its stock's.
    known = {written(token.srgb) for token in colours.tokens.values()}
    for path in sorted((LAYOUTS / "forms").glob("*.toml")):
        own = tomllib.loads(path.read_text("utf-8")).get("colours", {})
        drawn = {value for name, value in own.items() if name != "paper"}
        assert {value for value in drawn if HEX.fullmatch(value)} <= known, path.name


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", READ)
def test_what_is_read_has_seven_to_one_on_every_paper(
    colours: Colours, name: str, paper: str
) -> None:
    # WCAG 2.2, 1.4.6: small type, printed by a press that may be short of ink.
    assert contrast(colours.get(name).srgb, colours.get(paper).srgb) >= 7


@pytest.mark.parametrize("name", READ)
def test_what_is_read_is_held_by_the_black_plate(colours: Colours, name: str) -> None:
    cyan, magenta, yellow, black = colours.get(name).cmyk
    assert black >= 0.5
    assert name == "editors" or cyan == magenta == yellow == 0


def test_a_paper_is_printed_without_black(colours: Colours) -> None:
    assert {colours.get(paper).cmyk[3] for paper in PAPERS} == {0}


def test_white_paper_is_printed_with_no_ink(colours: Colours) -> None:
    assert sum(colours.get("paper-white").cmyk) == 0


def test_a_press_prints_each_colour_about_as_light_as_a_screen_shows_it(colours: Colours) -> None:
    # Ideal inks, each of which takes its share of one light: a rough measure, which finds a slip.
    for token in colours.tokens.values():
        *inks, black = token.cmyk
        red, green, blue = ((1 - ink) * (1 - black) for ink in inks)
        printed, shown = relative_luminance((red, green, blue)), relative_luminance(token.srgb)
        assert printed == pytest.approx(shown, abs=0.07), token.name


def test_no_colour_lays_on_more_ink_than_uncoated_paper_takes(colours: Colours) -> None:
    assert max(sum(token.cmyk) for token in colours.tokens.values()) * 100 <= MOST_INK


def test_an_unknown_colour_is_answered_with_the_nearest_where_it_was_written(
    colours: Colours,
) -> None:
    with pytest.raises(LayoutError) as problem:
        colours.get("editor", Where("forms/plain.toml", 12, 1))
    said = "forms/plain.toml:12:1: there is no colour 'editor'. Did you mean 'editors'?"
    assert str(problem.value) == said


def test_an_unknown_colour_is_answered_with_the_file_where_no_other_place_is_known(
    colours: Colours,
) -> None:
    with pytest.raises(LayoutError) as problem:
        colours.get("sepia")
    assert str(problem.value).startswith(f"{FILE}: there is no colour 'sepia'. Known: ")


@pytest.mark.parametrize(
    ("old", "new", "start", "said"),
    [
        ("cmyk = [0, 80, 85, 50]\n", "", "[editors]", "the key 'cmyk' is missing in [editors]"),
        ('srgb = "#7d2a1c"\n', "", "[editors]", "the key 'srgb' is missing in [editors]"),
        (
            "[0, 80, 85, 50]",
            "[80, 85, 50]",
            "cmyk",
            "'cmyk' of 'editors' must be cyan, magenta, yellow and black, not 3 numbers",
        ),
        (
            "[0, 80, 85, 50]",
            "[0, 120, 85, 20]",
            "cmyk",
            "'cmyk' of 'editors' holds percentages from 0 to 100, not 120",
        ),
        (
            "[0, 80, 85, 50]",
            "[0, -1, 85, 50]",
            "cmyk",
            "'cmyk' of 'editors' holds percentages from 0 to 100, not -1",
        ),
        (
            "[0, 80, 85, 50]",
            "[0, nan, 85, 50]",
            "cmyk",
            "'cmyk' of 'editors' holds percentages from 0 to 100, not nan",
        ),
        (
            "[0, 80, 85, 50]",
            "[26, 80, 85, 50]",
            "cmyk",
            "the colour 'editors' lays on 241 % of ink, more than 240 %",
        ),
        ("[0, 80, 85, 50]", '"K"', "cmyk", "'cmyk' must be a list of numbers, not 'K'"),
        ("#7d2a1c", "#7d2a1", "srgb", "the colour 'editors' must be written like #7d2a1c"),
        ("#7d2a1c", "#7d2a1g", "srgb", "the colour 'editors' must be written like #7d2a1c"),
        ("#7d2a1c", "red", "srgb", "the colour 'editors' must be written like #7d2a1c"),
    ],
)
def test_a_faulty_colour_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, start: str, said: str
) -> None:
    line = line_of(start, "[editors]")
    assert refused(tmp_path, old, new).startswith(f"colours.toml:{line}:1: {said}")


def test_an_unknown_key_is_refused_with_the_nearest(tmp_path: Path) -> None:
    said = refused(tmp_path, "cmyk = [0, 80, 85, 50]", "cmyk = [0, 80, 85, 50]\nsrbg = 1")
    assert said == (
        f"colours.toml:{line_of('cmyk', '[editors]') + 1}:1: "
        "unknown key 'srbg' in [editors]. Did you mean 'srgb'?"
    )


def test_a_colour_that_is_no_table_is_refused(tmp_path: Path) -> None:
    said = refused(tmp_path, "[paper-aged]", 'sepia = "#704214"\n\n[paper-aged]')
    assert (
        said
        == f"colours.toml:{line_of('[paper-aged]', '')}:1: 'sepia' must be a table, not '#704214'"
    )


def test_a_folder_without_colours_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match=r"there is no file colours\.toml"):
        load_colours(tmp_path)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        # Published pairs: black on white, and the greys on each side of 4.5 on white.
        (grey(0), grey(1), 21.0),
        (grey(0x76 / 255), grey(1), 4.54),
        (grey(0x77 / 255), grey(1), 4.48),
        ((1.0, 0.0, 0.0), grey(1), 4.00),
        ((0.0, 0.0, 1.0), grey(1), 8.59),
        (grey(0.5), grey(0.5), 1.0),
        # Typed greys on aged paper, computed apart from this code.
        (grey(0.34), (0xF4 / 255, 0xEE / 255, 0xDE / 255), 6.27),
        (grey(0.52), (0xF4 / 255, 0xEE / 255, 0xDE / 255), 3.20),
    ],
)
def test_contrast_is_that_of_wcag(one: SRGB, other: SRGB, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


def test_contrast_does_not_ask_which_colour_is_the_ground(colours: Colours) -> None:
    ink, paper = colours.get("ink").srgb, colours.get("paper-aged").srgb
    assert contrast(ink, paper) == contrast(paper, ink)


@pytest.mark.parametrize(
    ("srgb", "light"),
    [
        (grey(0), 0.0),
        (grey(1), 1.0),
        ((1.0, 0.0, 0.0), 0.2126),
        ((0.0, 1.0, 0.0), 0.7152),
        ((0.0, 0.0, 1.0), 0.0722),
        (grey(0.04), 0.04 / 12.92),
    ],
)
def test_luminance_is_that_of_wcag(srgb: SRGB, light: float) -> None:
    assert relative_luminance(srgb) == pytest.approx(light)
