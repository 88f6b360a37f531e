"""The derived faces are what the code makes of their parents, and keep what must be kept."""

import dataclasses
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pathops
import pytest
from fontTools.pens.perimeterPen import PerimeterPen
from fontTools.ttLib import TTFont

from publish import fonts
from publish.faces import __main__ as make_faces
from publish.faces.cast import cast
from publish.faces.font_file import CELL, EM
from publish.faces.recipes import RECIPES, Recipe
from publish.problems import FontError
from publish.resources import data_directory, fonts_directory

every_recipe = pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
every_strike = pytest.mark.parametrize(
    ("recipe", "strike"),
    [(recipe, strike) for recipe in RECIPES for strike in range(1, recipe.strikes + 1)],
    ids=lambda value: value.name if isinstance(value, Recipe) else str(value),
)


@cache
def font_of(name: str, strike: int = 1) -> TTFont:
    return TTFont(fonts.load(fonts_directory()).strikes(name)[strike - 1].path)


def strikes_of(recipe: Recipe) -> list[TTFont]:
    return [font_of(recipe.name, strike) for strike in range(1, recipe.strikes + 1)]


@cache
def outline(font: TTFont, glyph: str) -> Any:
    """Return a glyph's outline in a cell of 600 by 1000, its overlaps removed.

    Parents are wider or narrower, and have another em.
    """
    glyphs = font.getGlyphSet()
    path = pathops.Path()
    glyphs[glyph].draw(path.getPen(glyphSet=glyphs))
    path.simplify(clockwise=True)
    across, up = CELL / EM * 1000 / glyphs[glyph].width, 1000 / font["head"].unitsPerEm
    return path.transform(across, 0, 0, up, 0, 0)


def letters(recipe: Recipe, strike: int) -> Iterator[tuple[str, Any, Any]]:
    """Yield character, the parent's outline and the strike's, of what has an outline."""
    parent, derived = font_of(recipe.parent), font_of(recipe.name, strike)
    for character, glyph in derived.getBestCmap().items():
        before = outline(parent, parent.getBestCmap()[character])
        if list(before.contours):
            yield chr(character), before, outline(derived, glyph)


def openings(path: Any) -> tuple[int, int]:
    """Return how many pieces an outline has, and how many holes: they run against the clock."""
    pieces = sum(contour.clockwise for contour in path.contours)
    return pieces, len(list(path.contours)) - pieces


def ink(before: Any, after: Any) -> float:
    """Return how far each edge of one outline has spread in another, on average."""
    edge = PerimeterPen()
    before.draw(edge)
    return float((abs(after.area) - abs(before.area)) / edge.value)


def within(path: Any, left: float, bottom: float, right: float, top: float) -> Any:
    """Return what of an outline lies in a box."""
    box = pathops.Path()
    pen = box.getPen()
    pen.moveTo((left, bottom))
    for corner in ((left, top), (right, top), (right, bottom)):
        pen.lineTo(corner)
    pen.closePath()
    return pathops.op(path, box, pathops.PathOp.INTERSECTION)


# What is kept of the parent


@every_strike
def test_a_derived_face_has_the_characters_of_its_repertoire_that_its_parent_has(
    recipe: Recipe, strike: int
) -> None:
    kept = recipe.repertoire & font_of(recipe.parent).getBestCmap().keys()
    assert font_of(recipe.name, strike).getBestCmap().keys() == kept


def test_the_advances_of_cable_pica_are_its_parents() -> None:
    parent, derived = font_of("Press Courier"), font_of("Cable Pica")
    assert derived["head"].unitsPerEm == parent["head"].unitsPerEm
    for character, glyph in derived.getBestCmap().items():
        assert derived["hmtx"][glyph][0] == parent["hmtx"][parent.getBestCmap()[character]][0]


@every_strike
def test_every_glyph_of_a_derived_face_fills_one_cell(recipe: Recipe, strike: int) -> None:
    font = font_of(recipe.name, strike)
    assert font["head"].unitsPerEm == EM
    assert {width for width, _ in font["hmtx"].metrics.values()} == {CELL}


@every_strike
def test_no_strike_closes_a_counter_or_breaks_a_letter(recipe: Recipe, strike: int) -> None:
    changed = {
        character
        for character, before, after in letters(recipe, strike)
        if openings(after) != openings(before)
    }
    assert changed == set()


# What a strike is


@every_strike
def test_ink_spreads_by_the_gain_of_the_recipe(recipe: Recipe, strike: int) -> None:
    gains = [ink(before, after) for _, before, after in letters(recipe, strike)]
    assert sum(gains) / len(gains) == pytest.approx(recipe.wear.gain, abs=0.1)


@every_strike
def test_no_letter_looks_bolder_or_thinner_than_its_neighbours(recipe: Recipe, strike: int) -> None:
    # By 15 in 100; a mitred corner is worth a little more than its edge, a blunted one less.
    allowed = 0.15 * recipe.wear.gain + 0.1
    out_of_bounds = {
        character: gain
        for character, before, after in letters(recipe, strike)
        if abs((gain := ink(before, after)) - recipe.wear.gain) > allowed
    }
    assert out_of_bounds == {}


@every_recipe
def test_strikes_share_all_but_their_outlines_and_their_name(recipe: Recipe) -> None:
    first, *others = strikes_of(recipe)
    for font in others:
        assert font.getGlyphOrder() == first.getGlyphOrder()
        for table in ("cmap", "OS/2", "post"):
            assert font.getTableData(table) == first.getTableData(table)
        for line in ("ascent", "descent", "lineGap", "advanceWidthMax"):
            assert getattr(font["hhea"], line) == getattr(first["hhea"], line)


@every_recipe
def test_no_letter_is_struck_the_same_twice(recipe: Recipe) -> None:
    for name in strikes_of(recipe)[0].getGlyphOrder():
        glyphs = [font["glyf"][name] for font in strikes_of(recipe)]
        drawn = {tuple(glyph.coordinates) for glyph in glyphs if glyph.numberOfContours}
        assert len(drawn) in {0, recipe.strikes}, name


@every_strike
def test_an_edge_is_a_curve_without_a_point_on_it(recipe: Recipe, strike: int) -> None:
    glyphs = font_of(recipe.name, strike)["glyf"]
    assert not any(
        any(flag & 1 for flag in getattr(g, "flags", ())) for g in glyphs.glyphs.values()
    )


@pytest.mark.parametrize("strike", [1, 2, 3, 4])
@pytest.mark.parametrize(
    ("family", "letter", "thickness"),
    [("Cable Pica", "-", range(70, 81)), ("Cable Pica Cyrillic", "Н", range(68, 79))],
)  # Courier Prime's hyphen is 66 thick, its bold's 110
def test_the_stroke_is_sturdier_than_the_parents_and_not_bold(
    family: str, letter: str, thickness: range, strike: int
) -> None:
    font = font_of(family, strike)
    stroke = within(outline(font, font.getBestCmap()[ord(letter)]), 250, 150, 350, 400)
    assert thickness[0] <= abs(stroke.area) / 100 <= thickness[-1]


@pytest.mark.parametrize("strike", [1, 2, 3, 4])
@pytest.mark.parametrize("letter", "IlT")
def test_a_stem_stays_straight(letter: str, strike: int) -> None:
    font = font_of("Cable Pica", strike)
    letter_in_ink = outline(font, font.getBestCmap()[ord(letter)])
    pieces = [within(letter_in_ink, 0, height, 600, height + 60) for height in (120, 220, 320, 420)]
    middles = [(piece.bounds[0] + piece.bounds[2]) / 2 for piece in pieces]
    assert max(middles) - min(middles) < 8  # a tenth of its thickness


@every_strike
def test_the_file_of_a_strike_is_small(recipe: Recipe, strike: int) -> None:
    face = fonts.load(fonts_directory()).strikes(recipe.name)[strike - 1]
    assert face.path.stat().st_size <= 110_000


# What a derived face says of itself


@every_strike
def test_a_derived_face_bears_no_reserved_name_and_the_parents_copyright(
    recipe: Recipe, strike: int
) -> None:
    names, parent = font_of(recipe.name, strike)["name"], font_of(recipe.parent)["name"]
    own = " ".join(names.getDebugName(number) or "" for number in (1, 4, 6, 16))
    assert not any(word in own for word in ("Courier", "Computer Modern", "CMU"))
    assert names.getDebugName(0) == parent.getDebugName(0)
    assert "SIL Open Font License" in names.getDebugName(13)


@pytest.mark.parametrize(
    ("strike", "expected"),
    [
        (1, ("Cable Pica", "Regular", "Cable Pica", "CablePica-Regular", None, None)),
        (3, ("Cable Pica Strike 3", "Regular", "Cable Pica Strike 3", "CablePica-Strike3",
             "Cable Pica", "Strike 3")),
    ],
)  # fmt: skip
def test_a_strike_is_a_face_of_its_family(strike: int, expected: tuple[str | None, ...]) -> None:
    names = font_of("Cable Pica", strike)["name"]
    assert tuple(names.getDebugName(number) for number in (1, 2, 4, 6, 16, 17)) == expected


@every_recipe
def test_a_derived_face_carries_its_parents_licence(recipe: Recipe) -> None:
    faces = fonts.load(fonts_directory())
    derived, parent = faces.get(recipe.name), faces.get(recipe.parent)
    assert derived.licence_path.read_bytes() == parent.licence_path.read_bytes()


@every_strike
def test_a_derived_face_has_no_date_and_no_table_that_a_pdf_does_not_need(
    recipe: Recipe, strike: int
) -> None:
    font = font_of(recipe.name, strike)
    assert font["head"].created == font["head"].modified == 0x7C259DC0  # 1 January 1970
    assert set(font.keys()) - {"GlyphOrder"} == {
        *("OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post")
    }


@every_strike
def test_the_declared_parent_is_the_file_that_is_there(recipe: Recipe, strike: int) -> None:
    faces = fonts.load(fonts_directory())
    face, parent = faces.strikes(recipe.name)[strike - 1], faces.get(recipe.parent)
    assert (face.parent, face.parent_sha256) == (parent.name, parent.sha256)


def test_every_declared_derived_face_has_a_recipe() -> None:
    derived = {face.name for face in fonts.load(fonts_directory()) if face.parent}
    assert derived == {recipe.name for recipe in RECIPES}


# make faces


@pytest.mark.parametrize("seed", ["1", "2"])
def test_rebuilding_gives_the_committed_bytes_under_every_hash_seed(seed: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "publish.faces", "--check"],
        env=os.environ | {"PYTHONHASHSEED": seed},
        cwd=data_directory(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


@pytest.fixture
def copy_of_fonts(tmp_path: Path) -> Path:
    return Path(shutil.copytree(fonts_directory(), tmp_path / "fonts"))


def test_a_derived_file_that_the_code_does_not_make_is_found(copy_of_fonts: Path) -> None:
    face = fonts.load(copy_of_fonts).strikes("Cable Pica")[1]
    face.path.write_bytes(face.path.read_bytes() + b"\0")
    with pytest.raises(FontError, match="Cable Pica 400, strike 2 is not what its recipe makes"):
        make_faces.check(fonts.load(copy_of_fonts))


def test_rebuilding_repairs_the_files_and_their_declared_hashes(copy_of_fonts: Path) -> None:
    declarations = copy_of_fonts / "fonts.toml"
    sound = declarations.read_text(encoding="utf-8")
    derived = fonts.load(copy_of_fonts).strikes("Cable Pica")[2]
    derived.path.write_bytes(b"")
    declarations.write_text(sound.replace(derived.sha256, "f" * 64), encoding="utf-8")
    make_faces.write(fonts.load(copy_of_fonts), declarations)
    fonts.verify_hashes(fonts.load(copy_of_fonts))
    assert declarations.read_text(encoding="utf-8") == sound


def test_an_altered_parent_is_refused(copy_of_fonts: Path) -> None:
    parent = fonts.load(copy_of_fonts).get("Press Courier")
    parent.path.write_bytes(parent.path.read_bytes() + b"\0")
    with pytest.raises(FontError, match="Press Courier 400 is not the declared file"):
        make_faces.rebuilt(fonts.load(copy_of_fonts))


def test_a_strike_that_is_made_and_not_declared_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    recipe = dataclasses.replace(RECIPES[0], strikes=5)
    monkeypatch.setattr(make_faces, "RECIPES", (recipe,))
    with pytest.raises(FontError, match="Cable Pica has 5 strikes, but 4 are declared"):
        make_faces.rebuilt(fonts.load(fonts_directory()))


def test_a_parent_that_is_not_monospaced_is_refused() -> None:
    proportional = fonts.load(fonts_directory()).get("Press STIX")
    recipe = dataclasses.replace(RECIPES[0], parent="Press STIX")
    with pytest.raises(FontError, match="cannot be the parent of Cable Pica: it is not monospaced"):
        cast(recipe, proportional.path)


def test_an_unknown_argument_is_refused() -> None:
    assert make_faces.main(["--chek"]) == "unknown argument '--chek'. Use none, or --check."
