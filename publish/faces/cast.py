"""From a recipe and its parent's file to the bytes of a TrueType face.

Nothing here depends on the clock or on the order of a set: the same parent and the same
skia-pathops and fontTools give the same bytes.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from publish.faces.font_file import CELL, EM, font_file, measures, name_table
from publish.faces.recipes import Recipe
from publish.faces.wear import Contour, edges, struck
from publish.problems import FontError, Where

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

VERSION: Final = "1.100"


def cast(recipe: Recipe, parent_file: Path) -> tuple[bytes, ...]:
    """Return the TrueType files that `recipe` makes of the face in `parent_file`, one a strike.

    The parent's advance is fitted to the cell by widening its outlines (Courier Prime has it
    already), its em to ours; then each letter is struck. Raises FontError when the parent is not
    monospaced, for then its letters have no one cell.
    """
    from fontTools.ttLib import TTFont

    parent = TTFont(parent_file, recalcTimestamp=False)
    names = _glyph_names(recipe, parent)
    widths = {parent["hmtx"][name][0] for name in names.values()}
    if len(widths) != 1:
        raise FontError(
            f"{recipe.parent} cannot be the parent of {recipe.name}: it is not monospaced",
            where=Where(str(parent_file)),
            hint="Name a face whose characters all have one advance.",
        )
    scale = (CELL / widths.pop(), EM / parent["head"].unitsPerEm)
    order = [".notdef", *dict.fromkeys(names.values())]
    even = {name: edges(_outline(parent, name, scale), recipe.wear, EM) for name in order}
    strikes = [
        {name: _glyph(struck(even[name], recipe.wear, EM, name, strike)) for name in order}
        for strike in range(1, recipe.strikes + 1)
    ]
    drawn = [glyph for glyphs in strikes for glyph in glyphs.values() if glyph.numberOfContours]
    heights = measures(drawn, *_heights(strikes, names))
    return tuple(
        font_file(names, glyphs, _names(recipe, strike, parent), heights, VERSION)
        for strike, glyphs in enumerate(strikes, 1)
    )


def _glyph_names(recipe: Recipe, parent: "TTFont") -> dict[int, str]:
    """Return character → glyph name for the part of the repertoire that the parent has."""
    cmap: dict[int, str] = parent.getBestCmap()
    return {character: cmap[character] for character in sorted(recipe.repertoire & cmap.keys())}


def _outline(parent: "TTFont", name: str, scale: tuple[float, float]) -> Any:
    """Return the parent's outline, fitted, as a path of skia-pathops."""
    import pathops
    from fontTools.pens.transformPen import TransformPen

    glyph_set = parent.getGlyphSet()
    outline = pathops.Path()
    pen = outline.getPen(glyphSet=glyph_set)
    glyph_set[name].draw(TransformPen(pen, (scale[0], 0, 0, scale[1], 0, 0)))
    return outline


def _glyph(contours: list[Contour]) -> Any:
    """Return a TrueType glyph whose points all lie off the curve."""
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    for contour in contours:
        pen.qCurveTo(*contour, None)
        pen.closePath()
    glyph = pen.glyph()
    glyph.recalcBounds(None)
    return glyph


def _names(recipe: Recipe, strike: int, parent: "TTFont") -> dict[str, str]:
    """Return the names of the face; copyright and licence are the parent's (OFL 1.1, section 5)."""
    source = f"{parent['name'].getDebugName(1)}, {parent['name'].getDebugName(5).strip()}"
    return name_table(
        recipe.name,
        strike,
        copyright_line=parent["name"].getDebugName(0),
        description=f"Derived from {source}: its outlines as a type bar strikes them through a "
        f"ribbon; strike {strike} of {recipe.strikes}.",
        version=VERSION,
    )


def _heights(strikes: list[dict[str, Any]], characters: dict[int, str]) -> tuple[int, int]:
    """Return the heights of a small letter and a capital in units of the em: the strikes' mean."""
    small, capital = ("x", "H") if ord("x") in characters else ("х", "Н")  # Latin, else Cyrillic
    tops = [
        sum(glyphs[characters[ord(letter)]].yMax for glyphs in strikes) / len(strikes)
        for letter in (small, capital)
    ]
    return (round(tops[0]), round(tops[1]))
