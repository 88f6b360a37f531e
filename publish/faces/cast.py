"""From a recipe and its parent's file to the bytes of a TrueType face.

Nothing here depends on the clock or on the order of a set: the same parent and the same
skia-pathops and fontTools give the same bytes.
"""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from publish.faces.recipes import Recipe
from publish.problems import FontError, Where

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

VERSION: Final = "1.000"
EM: Final = 2048  # Courier Prime's own grid, so that its points stay where they are
CELL: Final = 1228  # Courier Prime's advance: 7.2 points at 12, ten characters to the inch
ASCENT: Final = 1600  # Courier Prime's; both typed faces share one line
DESCENT: Final = -700
EPOCH: Final = 0x7C259DC0  # 1970 in seconds since 1904; fontTools warns of any date before it
CURVE_TOLERANCE: Final = 0.25  # units of the em; a curve's error stays below the rounding of points


def cast(recipe: Recipe, parent_file: Path) -> bytes:
    """Return the TrueType file that `recipe` makes of the face in `parent_file`.

    The parent's advance is fitted to the cell by widening its outlines (Courier Prime has it
    already), its em to ours; then the ink is added. Raises FontError when the parent is not
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
    glyphs = {name: _inked_glyph(parent, name, scale, recipe.gain) for name in order}
    return _font_file(recipe, parent, order, names, glyphs)


def _glyph_names(recipe: Recipe, parent: "TTFont") -> dict[int, str]:
    """Return character → glyph name for the part of the repertoire that the parent has."""
    cmap: dict[int, str] = parent.getBestCmap()
    return {character: cmap[character] for character in sorted(recipe.repertoire & cmap.keys())}


def _inked_glyph(parent: "TTFont", name: str, scale: tuple[float, float], gain: float) -> Any:
    """Return one TrueType glyph: the parent's outline, fitted and grown by `gain` on every edge."""
    import pathops
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    glyph_set = parent.getGlyphSet()
    outline = pathops.Path()
    pen = outline.getPen(glyphSet=glyph_set)
    glyph_set[name].draw(TransformPen(pen, (scale[0], 0, 0, scale[1], 0, 0)))
    inked = _with_ink(outline, gain * EM / 1000)
    glyph_pen = TTGlyphPen(None)
    inked.draw(glyph_pen)
    return glyph_pen.glyph(dropImpliedOnCurves=True)


def _with_ink(outline: Any, spread: float) -> Any:
    """Return the union of a path with its own stroke, `spread` units wide on each side.

    Joins are round, as ink is: a mitre would sharpen the corners that a ribbon blunts.
    """
    import pathops

    edge = pathops.Path(outline)
    edge.stroke(2 * spread, pathops.LineCap.ROUND_CAP, pathops.LineJoin.ROUND_JOIN, 4)
    edge.convertConicsToQuads(CURVE_TOLERANCE)
    return pathops.op(outline, edge, pathops.PathOp.UNION, fix_winding=True, clockwise=True)


def _font_file(
    recipe: Recipe,
    parent: "TTFont",
    order: list[str],
    names: dict[int, str],
    glyphs: dict[str, Any],
) -> bytes:
    """Return the finished file: only the tables that a PDF needs, and no date but the epoch."""
    from fontTools.fontBuilder import FontBuilder

    builder = FontBuilder(EM, isTTF=True)
    builder.updateHead(created=EPOCH, modified=EPOCH, fontRevision=float(VERSION), lowestRecPPEM=8)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf(glyphs)
    bearings = {name: getattr(glyph, "xMin", 0) for name, glyph in glyphs.items()}
    builder.setupHorizontalMetrics({name: (CELL, bearings[name]) for name in order})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT, lineGap=0)
    builder.setupNameTable(_name_table(recipe, parent))
    builder.setupOS2(**_os2(glyphs, names))
    builder.font["OS/2"].recalcUnicodeRanges(builder.font)
    builder.setupPost(isFixedPitch=1, underlinePosition=-185, underlineThickness=130)
    builder.font.recalcTimestamp = False
    finished = BytesIO()
    builder.font.save(finished)
    return finished.getvalue()


def _name_table(recipe: Recipe, parent: "TTFont") -> dict[str, str]:
    """Return the names of the face; copyright and licence are the parent's (OFL 1.1, section 5)."""
    source = f"{parent['name'].getDebugName(1)}, {parent['name'].getDebugName(5).strip()}"
    postscript = recipe.name.replace(" ", "") + "-Regular"
    return {
        "copyright": parent["name"].getDebugName(0),
        "familyName": recipe.name,
        "styleName": "Regular",
        "uniqueFontIdentifier": f"{VERSION};{postscript}",
        "fullName": recipe.name,
        "version": f"Version {VERSION}",
        "psName": postscript,
        "description": f"Derived from {source}: its outlines with the ink of a typewriter ribbon.",
        "licenseDescription": "This Font Software is licensed under the SIL Open Font License, "
        "Version 1.1.",
        "licenseInfoURL": "https://openfontlicense.org",
    }


def _os2(glyphs: dict[str, Any], names: dict[int, str]) -> dict[str, Any]:
    """Return the OS/2 fields. fsType 0: installable embedding, which the licence grants."""
    from fontTools.ttLib.tables.O_S_2f_2 import Panose

    small, capital = ("x", "H") if ord("x") in names else ("х", "Н")  # Latin, else Cyrillic
    tops = [glyph.yMax for glyph in glyphs.values() if glyph.numberOfContours]
    bottoms = [glyph.yMin for glyph in glyphs.values() if glyph.numberOfContours]
    return {
        "version": 4,
        "fsType": 0,
        "fsSelection": 0x40,  # regular
        "usWeightClass": 400,
        "xAvgCharWidth": CELL,
        "sTypoAscender": ASCENT,
        "sTypoDescender": DESCENT,
        "sTypoLineGap": 0,
        "usWinAscent": max(ASCENT, *tops),
        "usWinDescent": max(-DESCENT, -min(bottoms)),
        "sxHeight": glyphs[names[ord(small)]].yMax,
        "sCapHeight": glyphs[names[ord(capital)]].yMax,
        "panose": Panose(bFamilyType=2, bSerifStyle=0, bProportion=9),  # text, monospaced
    }
