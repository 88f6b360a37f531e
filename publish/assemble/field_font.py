"""The font that fields are filled in with: Latin letters of a declared face, as a simple TrueType font.

In: a face. Out: a font dictionary in WinAnsiEncoding, with which every reader can set what is typed.
"""

from io import BytesIO
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject

from publish.assemble.objects import array, compressed, dictionary, integer, name, rectangle
from publish.assemble.pypdf_private import add
from publish.fonts import Face

FIRST, LAST = 32, 255
_NONSYMBOLIC = 32  # ISO 32000-1, table 123
_UNDEFINED = frozenset((0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D))  # of Windows' code page 1252
_TAG = "FIELDS"  # six capitals: the font is a part of the face


def write_field_font(writer: PdfWriter, face: Face) -> DictionaryObject:
    """Write the font and return its dictionary, not yet in the file. The same face gives the same bytes."""
    font = _subset(face)
    head, across, names = font["head"], font["hmtx"], font.getBestCmap()
    scale = 1000 / head.unitsPerEm
    widths = [
        integer(round(across[names[ord(letter)]][0] * scale) if ord(letter) in names else 0)
        for letter in map(_letter, range(FIRST, LAST + 1))
    ]
    program = BytesIO()
    font.save(program, reorderTables=True)
    called = f"{_TAG}+{face.postscript}"
    sides = (head.xMin, head.yMin, head.xMax, head.yMax)
    descriptor = dictionary(
        {
            "Type": name("FontDescriptor"),
            "FontName": name(called),
            "Flags": integer(_NONSYMBOLIC),
            "FontBBox": rectangle(round(side * scale) for side in sides),
            "ItalicAngle": integer(0),
            "Ascent": integer(round(font["hhea"].ascent * scale)),
            "Descent": integer(round(font["hhea"].descent * scale)),
            "CapHeight": integer(round(font["OS/2"].sCapHeight * scale)),
            "StemV": integer(80),
            "FontFile2": add(
                writer,
                compressed(program.getvalue(), {"Length1": integer(len(program.getvalue()))}),
            ),
        }
    )
    return dictionary(
        {
            "Type": name("Font"),
            "Subtype": name("TrueType"),
            "BaseFont": name(called),
            "Encoding": name("WinAnsiEncoding"),
            "FirstChar": integer(FIRST),
            "LastChar": integer(LAST),
            "Widths": array(widths),
            "FontDescriptor": add(writer, descriptor),
        }
    )


def _letter(code: int) -> str:
    """Return the character of a code; a space where the encoding has none."""
    return " " if code in _UNDEFINED else bytes([code]).decode("cp1252")


def _subset(face: Face) -> Any:
    """Return the face with the letters of the encoding, and without all that a field has no use for."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(
        hinting=False,
        layout_features=[],
        name_IDs=[],
        notdef_outline=True,
        legacy_cmap=True,
        recalc_timestamp=False,
        drop_tables=["GSUB", "GPOS", "GDEF", "STAT", "DSIG", "gasp", "meta"],
    )
    font = TTFont(face.path, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(map(_letter, range(FIRST, LAST + 1))))
    subsetter.subset(font)
    return font
