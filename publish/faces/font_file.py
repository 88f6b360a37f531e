"""From glyphs to the bytes of a TrueType file: what all typed faces of the press have in common.

In: glyphs, the characters they draw, names and measures. Out: a file with only the tables that a PDF
needs, without a date, the same bytes each time.
"""

from collections.abc import Iterable
from io import BytesIO
from typing import Any, Final

EM: Final = 2048  # Courier Prime's own grid, so that its points stay where they are
CELL: Final = 1228  # Courier Prime's advance: 7.2 points at 12, ten characters to the inch
ASCENT: Final = 1600  # Courier Prime's; all typed faces share one line
DESCENT: Final = -700
EPOCH: Final = 0x7C259DC0  # 1970 in seconds since 1904; fontTools warns of any date before it


def font_file(
    characters: dict[int, str],
    glyphs: dict[str, Any],
    names: dict[str, str],
    measures: dict[str, Any],
    version: str,
) -> bytes:
    """Return the file. `glyphs` stand in it in their order, each in one cell, .notdef first."""
    from fontTools.fontBuilder import FontBuilder

    builder = FontBuilder(EM, isTTF=True)
    builder.updateHead(created=EPOCH, modified=EPOCH, fontRevision=float(version), lowestRecPPEM=8)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap(characters)
    builder.setupGlyf(glyphs)
    bearings = {name: getattr(glyph, "xMin", 0) for name, glyph in glyphs.items()}
    builder.setupHorizontalMetrics({name: (CELL, bearings[name]) for name in glyphs})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT, lineGap=0)
    builder.setupNameTable(names)
    builder.setupOS2(**measures)
    builder.font["OS/2"].recalcUnicodeRanges(builder.font)
    builder.setupPost(isFixedPitch=1, underlinePosition=-185, underlineThickness=130)
    builder.font.recalcTimestamp = False
    finished = BytesIO()
    builder.font.save(finished)
    return finished.getvalue()


def name_table(
    family: str, strike: int, *, copyright_line: str, description: str, version: str
) -> dict[str, str]:
    """Return the names of one strike of a face.

    Strike 1 is the regular face of its family. The others are not bold or italic, and so, to who
    knows only these four, families of their own (OpenType, chapter name, 1 and 2, 16 and 17).
    """
    style = "Regular" if strike == 1 else f"Strike {strike}"
    full = family if strike == 1 else f"{family} {style}"
    postscript = f"{family}-{style}".replace(" ", "")
    typographic = {"typographicFamily": family, "typographicSubfamily": style}
    return {
        "copyright": copyright_line,
        "familyName": full,
        "styleName": "Regular",
        "uniqueFontIdentifier": f"{version};{postscript}",
        "fullName": full,
        "version": f"Version {version}",
        "psName": postscript,
        "description": description,
        "licenseDescription": "This Font Software is licensed under the SIL Open Font License, "
        "Version 1.1.",
        "licenseInfoURL": "https://openfontlicense.org",
        **(typographic if strike > 1 else {}),
    }


def measures(drawn: Iterable[Any], small: int, capital: int) -> dict[str, Any]:
    """Return the OS/2 fields, the same for all strikes, whose glyphs with an outline are `drawn`.

    `small`, `capital`: the heights of a small letter and a capital in units of the em. fsType 0:
    installable embedding, which the licence grants.
    """
    from fontTools.ttLib.tables.O_S_2f_2 import Panose

    boxes = [(glyph.yMin, glyph.yMax) for glyph in drawn]
    return {
        "version": 4,
        "fsType": 0,
        "fsSelection": 0x40,  # regular
        "usWeightClass": 400,
        "xAvgCharWidth": CELL,
        "sTypoAscender": ASCENT,
        "sTypoDescender": DESCENT,
        "sTypoLineGap": 0,
        "usWinAscent": max(ASCENT, *(top for _, top in boxes)),
        "usWinDescent": max(-DESCENT, *(-bottom for bottom, _ in boxes)),
        "sxHeight": small,
        "sCapHeight": capital,
        "panose": Panose(bFamilyType=2, bSerifStyle=0, bProportion=9),  # text, monospaced
    }
