"""Cable Teletype is what its drawing makes, and prints what a teletype prints."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase
from typing import Any

import pathops
import pytest
from fontTools.ttLib import TTFont

from publish import fonts
from publish.faces import __main__ as make_faces
from publish.faces.drawing import read_drawing
from publish.faces.teletype import TELETYPE_SET, cast_drawing, contours
from publish.problems import FontError
from publish.resources import data_directory, fonts_directory

NAME = "Cable Teletype"
DRAWING = fonts_directory() / "cable-teletype" / "letters.toml"
STRIKES = (1, 2, 3, 4)
every_strike = pytest.mark.parametrize("strike", STRIKES)


@cache
def font_of(strike: int) -> TTFont:
    return TTFont(fonts.load(fonts_directory()).strikes(NAME)[strike - 1].path)


def path_of(strike: int, character: str) -> Any:
    """Return the outline of a character as a path of skia-pathops, in units of the em."""
    glyphs = font_of(strike).getGlyphSet()
    path = pathops.Path()
    glyphs[font_of(strike).getBestCmap()[ord(character)]].draw(path.getPen(glyphSet=glyphs))
    return path


def box(strike: int, character: str) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of a character in thousandths of the em."""
    left, bottom, right, top = (side * 1000 / 2048 for side in path_of(strike, character).bounds)
    return (left, bottom, right, top)


def width(character: str, strike: int = 1) -> float:
    left, _, right, _ = box(strike, character)
    return right - left


def ink(strike: int, character: str) -> float:
    """Return the inked area of a character, in units of the em."""
    return abs(float(path_of(strike, character).area))


# What it prints


@every_strike
def test_it_has_the_characters_of_the_teletype_and_small_letters_and_no_others(strike: int) -> None:
    figures = "0123456789-?:$!&#'().,;/\""
    wanted = {*map(ord, ascii_uppercase + figures + " " + ascii_lowercase)}
    assert font_of(strike).getBestCmap().keys() == wanted


@every_strike
def test_a_small_letter_draws_its_capital(strike: int) -> None:
    cmap = font_of(strike).getBestCmap()
    assert [cmap[ord(letter)] for letter in ascii_lowercase] == list(ascii_uppercase)


def test_all_strikes_map_the_same_characters_to_the_same_glyphs() -> None:
    assert all(
        font_of(strike).getBestCmap() == font_of(1).getBestCmap()
        and font_of(strike).getGlyphOrder() == font_of(1).getGlyphOrder()
        for strike in STRIKES
    )


@every_strike
def test_every_glyph_fills_one_cell_of_the_other_typed_face(strike: int) -> None:
    other = TTFont(fonts.load(fonts_directory()).get("Cable Pica").path)
    assert {advance for advance, _ in font_of(strike)["hmtx"].metrics.values()} == {1228}
    assert font_of(strike)["head"].unitsPerEm == other["head"].unitsPerEm == 2048
    for field in ("ascent", "descent", "lineGap"):
        assert getattr(font_of(strike)["hhea"], field) == getattr(other["hhea"], field)


@every_strike
def test_every_character_stays_within_its_cell(strike: int) -> None:
    for character in TELETYPE_SET:
        left, bottom, right, top = box(strike, character)
        assert 30 < left < right < 570, character
        assert -130 < bottom < top < 650, character


# How its outlines are made


@every_strike
def test_outlines_do_not_overlap_and_the_outer_ones_run_with_the_clock(strike: int) -> None:
    for character in TELETYPE_SET:
        path = path_of(strike, character)
        simple = pathops.Path(path)
        simple.simplify(fix_winding=True, clockwise=True)
        assert signed_area(path) == pytest.approx(signed_area(simple), rel=1e-4), character
        assert len(list(path.contours)) == len(list(simple.contours)), character


def signed_area(path: Any) -> float:
    """Return the area of a path, counters taken off when they run against the clock."""
    return sum(abs(float(c.area)) * (1 if c.clockwise else -1) for c in path.contours)


@every_strike
def test_every_curve_has_points_at_its_extrema(strike: int) -> None:
    """So the box of the control points, which the file states, is the box of the outline."""
    for character in TELETYPE_SET:
        path = path_of(strike, character)
        assert path.controlPointBounds == pytest.approx(path.bounds, abs=0.01), character


def test_a_strike_keeps_the_counters_of_every_character() -> None:
    for character in TELETYPE_SET:
        counts = {len(list(path_of(strike, character).contours)) for strike in STRIKES}
        assert len(counts) == 1, character


# What it looks like


@pytest.mark.parametrize("letter", "ABDEFHIKLMNPRTVWXYZ")
def test_a_flat_capital_stands_on_the_lines(letter: str) -> None:
    _, bottom, _, top = box(1, letter)
    assert (bottom, top) == pytest.approx((0, 585), abs=1)


@pytest.mark.parametrize("letter", "COSG0368")
def test_a_round_character_reaches_a_little_beyond_the_lines(letter: str) -> None:
    _, bottom, _, top = box(1, letter)
    assert -10 <= bottom <= -5
    assert top == pytest.approx(585, abs=1) if letter in "36" else 590 <= top <= 595


@pytest.mark.parametrize("letter", "BCDEFGHJLNOPQRSTUZ")
def test_most_capitals_are_of_one_width(letter: str) -> None:
    assert 355 <= width(letter) <= 440


def test_m_and_w_fill_the_cell_and_are_no_heavier_for_it() -> None:
    assert width("M") > 450
    assert width("W") > 480
    stem_h = ink(1, "H") / width("H")
    assert ink(1, "M") / width("M") < 1.35 * stem_h


def test_o_is_wider_and_rounder_than_zero() -> None:
    assert width("O") > width("0") + 60
    assert width("0") / 600 < 0.6 < width("O") / 600


@pytest.mark.parametrize("character", "I1")
def test_a_slab_keeps_thin_characters_apart(character: str) -> None:
    assert width(character) > 250


def test_the_tail_of_q_goes_below_the_line() -> None:
    assert box(1, "Q")[1] < -60


def test_four_is_open_and_three_has_a_flat_top() -> None:
    assert len(list(path_of(1, "4").contours)) == 1
    top = max(y for _, y in path_of(1, "3").points)
    at_top = [x for x, y in path_of(1, "3").points if y == top]
    assert max(at_top) - min(at_top) > 400


def test_an_upright_stroke_has_the_width_that_the_drawing_gives_its_pen() -> None:
    left, _, right, _ = box(1, "!")
    stem = [x for x, y in path_of(1, "!").points if y > 600]
    assert (max(stem) - min(stem)) * 1000 / 2048 == pytest.approx(84, abs=1)
    assert 110 < right - left < 120  # the point below is heavier than the stroke


@pytest.mark.parametrize("sign", ".,:;")
def test_a_point_is_heavier_than_a_stroke(sign: str) -> None:
    assert width(sign) > 1.25 * 84


# Its strikes


def test_the_strikes_of_every_character_differ() -> None:
    for character in TELETYPE_SET:
        outlines = {tuple(path_of(strike, character)) for strike in STRIKES}
        assert len(outlines) == len(STRIKES), character


@pytest.mark.parametrize("strike", STRIKES[1:])
def test_a_strike_leaves_the_first_by_little(strike: int) -> None:
    """5 thousandths of the em for a point; 7 percent of a stroke, 14 of the area of a dot."""
    for character in TELETYPE_SET:
        away = [abs(a - b) for a, b in zip(box(strike, character), box(1, character), strict=True)]
        assert max(away) < 5 + 0.07 * 1.4 * 84 / 2 + 4, character
        assert abs(ink(strike, character) / ink(1, character) - 1) < 0.15, character


def test_strikes_are_heavier_and_lighter_and_on_the_whole_alike() -> None:
    ratios = [ink(strike, c) / ink(1, c) for strike in STRIKES[1:] for c in TELETYPE_SET]
    assert min(ratios) < 0.96
    assert max(ratios) > 1.04
    assert sum(ratios) / len(ratios) == pytest.approx(1, abs=0.015)


def test_a_strike_keeps_stems_upright() -> None:
    drawing = read_drawing(DRAWING)
    for strike in STRIKES:
        (stem,) = contours(drawing, drawing.strokes["L"], "L", strike)
        lines = [segment for segment in stem if len(segment) == 2]
        longest = max(lines, key=lambda line: abs(line[0][1] - line[1][1]))
        assert longest[0][0] == longest[1][0]


# What the files say of themselves


@every_strike
def test_its_names_are_its_own_and_its_licence_is_the_open_font_licence(strike: int) -> None:
    names = font_of(strike)["name"]
    style = "Regular" if strike == 1 else f"Strike{strike}"
    assert names.getDebugName(6) == f"CableTeletype-{style}"
    assert names.getDebugName(16) == (None if strike == 1 else NAME)
    assert names.getDebugName(0) == "Copyright 2026 The Cablepress editors (Cable Teletype)"
    assert "SIL Open Font License" in names.getDebugName(13)


def test_the_licence_beside_it_is_the_standard_text() -> None:
    """All but the copyright line, as another face of the press has it."""
    faces = fonts.load(fonts_directory())
    own, other = (
        faces.get(name).licence_path.read_text("utf-8") for name in (NAME, "Press Franklin")
    )
    assert own.splitlines()[0] == font_of(1)["name"].getDebugName(0)
    assert own.splitlines()[1:] == other.splitlines()[1:]


@every_strike
def test_it_has_no_date_and_no_table_that_a_pdf_does_not_need(strike: int) -> None:
    font = font_of(strike)
    assert font["head"].created == font["head"].modified == 0x7C259DC0  # 1 January 1970
    assert set(font.keys()) - {"GlyphOrder"} == {
        *("OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post")
    }


def test_the_declared_version_is_the_drawings() -> None:
    version = read_drawing(DRAWING).version
    assert {face.version for face in fonts.load(fonts_directory()).strikes(NAME)} == {version}


# make faces


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_drawing_makes_the_committed_bytes_under_every_hash_seed(seed: str) -> None:
    program = (
        "import sys; from pathlib import Path;"
        "from publish.faces.drawing import read_drawing;"
        "from publish.faces.teletype import cast_drawing;"
        "sys.stdout.buffer.write(b''.join(cast_drawing(read_drawing(Path(sys.argv[1])), sys.argv[2])))"
    )
    made = subprocess.run(
        [sys.executable, "-c", program, str(DRAWING), NAME],
        env=os.environ | {"PYTHONHASHSEED": seed},
        cwd=data_directory(),
        capture_output=True,
        check=True,
    )
    files = [face.path.read_bytes() for face in fonts.load(fonts_directory()).strikes(NAME)]
    assert made.stdout == b"".join(files)


@pytest.fixture
def copy_of_fonts(tmp_path: Path) -> Path:
    return Path(shutil.copytree(fonts_directory(), tmp_path / "fonts"))


def test_a_file_that_the_drawing_does_not_make_is_found(copy_of_fonts: Path) -> None:
    faces = fonts.load(copy_of_fonts)
    strike = faces.strikes(NAME)[2]
    strike.path.write_bytes(strike.path.read_bytes() + b"\0")
    with pytest.raises(
        FontError, match="Cable Teletype 400, strike 3 is not what its recipe makes"
    ):
        make_faces.check(faces)


def changed_drawing(folder: Path, old: str, new: str) -> Path:
    text = DRAWING.read_text("utf-8")
    assert old in text
    path = folder / "letters.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_a_drawing_with_another_number_of_strikes_than_declared_is_refused(
    copy_of_fonts: Path,
) -> None:
    changed_drawing(copy_of_fonts / "cable-teletype", "count = 4", "count = 3")
    with pytest.raises(FontError, match="Cable Teletype has 3 strikes, but 4 are declared"):
        make_faces.rebuilt(fonts.load(copy_of_fonts))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("stroke = 84", "strok = 84", "the key 'stroke' is missing in .pen.*Is 'strok' meant"),
        ("\nA = ", "\nAE = ", r"letters.toml:\d+:1: 'AE' is not one character"),
        ("300,585 479,0", "300;585 479,0", r"letters.toml:\d+:1: '300;585' in the stroke"),
        ("[signs]", "[sings]", "unknown key 'sings'. Did you mean 'signs'"),
    ],
)
def test_a_wrong_drawing_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    with pytest.raises(FontError, match=message):
        read_drawing(changed_drawing(tmp_path, old, new))


def test_a_drawing_with_another_set_of_characters_is_refused(tmp_path: Path) -> None:
    drawing = read_drawing(changed_drawing(tmp_path, "\nZ = ", "\n'%' = "))
    with pytest.raises(
        FontError, match="lacks 'Z' of the teletype's characters and has '%' besides"
    ):
        cast_drawing(drawing, NAME)
