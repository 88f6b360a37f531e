"""The derived faces are what the code makes of their parents, and keep what must be kept."""

import dataclasses
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pathops
import pytest
from fontTools.ttLib import TTFont

from publish import fonts
from publish.faces import __main__ as make_faces
from publish.faces.cast import CELL, EM, cast
from publish.faces.recipes import RECIPES, Recipe
from publish.problems import FontError
from publish.resources import data_directory, fonts_directory

every_recipe = pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)


@cache
def font_of(name: str) -> TTFont:
    return TTFont(fonts.load(fonts_directory()).get(name).path)


def outline(font: TTFont, glyph: str) -> Any:
    """Return a glyph's outline in thousandths of the em, its overlaps removed."""
    glyphs = font.getGlyphSet()
    path = pathops.Path()
    glyphs[glyph].draw(path.getPen(glyphSet=glyphs))
    path.simplify(clockwise=True)
    per_unit = 1000 / font["head"].unitsPerEm
    return path.transform(per_unit, 0, 0, per_unit, 0, 0)


def counters(path: Any) -> int:
    """Return how many holes an outline has: contours that run against the clock."""
    return sum(not contour.clockwise for contour in path.contours)


# What is kept of the parent


@every_recipe
def test_a_derived_face_has_the_characters_of_its_repertoire_that_its_parent_has(
    recipe: Recipe,
) -> None:
    kept = recipe.repertoire & font_of(recipe.parent).getBestCmap().keys()
    assert font_of(recipe.name).getBestCmap().keys() == kept


def test_the_advances_of_cable_pica_are_its_parents() -> None:
    parent, derived = font_of("Press Courier"), font_of("Cable Pica")
    assert derived["head"].unitsPerEm == parent["head"].unitsPerEm
    for character, glyph in derived.getBestCmap().items():
        assert derived["hmtx"][glyph][0] == parent["hmtx"][parent.getBestCmap()[character]][0]


@every_recipe
def test_every_glyph_of_a_derived_face_fills_one_cell(recipe: Recipe) -> None:
    font = font_of(recipe.name)
    assert font["head"].unitsPerEm == EM
    assert {width for width, _ in font["hmtx"].metrics.values()} == {CELL}


@every_recipe
def test_ink_makes_every_letter_heavier_and_closes_no_counter(recipe: Recipe) -> None:
    parent, derived = font_of(recipe.parent), font_of(recipe.name)
    for character, glyph in derived.getBestCmap().items():
        before, after = outline(parent, parent.getBestCmap()[character]), outline(derived, glyph)
        assert counters(after) == counters(before), fonts.in_words(chr(character))
        assert abs(after.area) >= abs(before.area), fonts.in_words(chr(character))


def test_ink_spreads_every_edge_by_the_gain_of_the_recipe() -> None:
    (recipe,) = (recipe for recipe in RECIPES if recipe.name == "Cable Pica")
    before = outline(font_of("Press Courier"), "hyphen").bounds
    after = outline(font_of("Cable Pica"), "hyphen").bounds
    spread = [abs(new - old) for new, old in zip(after, before, strict=True)]
    assert spread == pytest.approx([recipe.gain] * 4, abs=0.3)  # points lie on whole units


def test_the_stroke_is_sturdier_than_the_parents_and_not_bold() -> None:
    left, bottom, right, top = outline(font_of("Cable Pica"), "hyphen").bounds
    assert right > left
    assert 70 <= top - bottom <= 80  # Courier Prime has 66, its bold 110


# What a derived face says of itself


@every_recipe
def test_a_derived_face_bears_no_reserved_name_and_the_parents_copyright(recipe: Recipe) -> None:
    names, parent = font_of(recipe.name)["name"], font_of(recipe.parent)["name"]
    own = f"{names.getDebugName(1)} {names.getDebugName(4)} {names.getDebugName(6)}"
    assert not any(word in own for word in ("Courier", "Computer Modern", "CMU"))
    assert names.getDebugName(0) == parent.getDebugName(0)
    assert "SIL Open Font License" in names.getDebugName(13)


@every_recipe
def test_a_derived_face_carries_its_parents_licence(recipe: Recipe) -> None:
    faces = fonts.load(fonts_directory())
    derived, parent = faces.get(recipe.name), faces.get(recipe.parent)
    assert derived.licence_path.read_bytes() == parent.licence_path.read_bytes()


@every_recipe
def test_a_derived_face_has_no_date_and_no_table_that_a_pdf_does_not_need(recipe: Recipe) -> None:
    font = font_of(recipe.name)
    assert font["head"].created == font["head"].modified == 0x7C259DC0  # 1 January 1970
    assert set(font.keys()) - {"GlyphOrder"} == {
        *("OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post")
    }


@every_recipe
def test_the_declared_parent_is_the_file_that_is_there(recipe: Recipe) -> None:
    faces = fonts.load(fonts_directory())
    face, parent = faces.get(recipe.name), faces.get(recipe.parent)
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
    face = fonts.load(copy_of_fonts).get("Cable Pica")
    face.path.write_bytes(face.path.read_bytes() + b"\0")
    with pytest.raises(FontError, match="Cable Pica 400 is not what its recipe makes"):
        make_faces.check(fonts.load(copy_of_fonts))


def test_rebuilding_repairs_the_files_and_their_declared_hashes(copy_of_fonts: Path) -> None:
    declarations = copy_of_fonts / "fonts.toml"
    sound = declarations.read_text(encoding="utf-8")
    derived = fonts.load(copy_of_fonts).get("Cable Pica")
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


def test_a_parent_that_is_not_monospaced_is_refused() -> None:
    proportional = fonts.load(fonts_directory()).get("Press STIX")
    recipe = dataclasses.replace(RECIPES[0], parent="Press STIX")
    with pytest.raises(FontError, match="cannot be the parent of Cable Pica: it is not monospaced"):
        cast(recipe, proportional.path)


def test_an_unknown_argument_is_refused() -> None:
    assert make_faces.main(["--chek"]) == "unknown argument '--chek'. Use none, or --check."
