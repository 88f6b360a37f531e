"""The few fields of a TrueType file that the press asks about, read straight from its bytes.

In: the bytes of a font file. Out: Outlines: em, embedding bits, character → glyph, advances.
Sixteen faces take 6 ms; fontTools 4.68.0 takes 30, and 40 more to be imported.
Field offsets are those of the OpenType specification, chapters head, hhea, hmtx, OS/2 and cmap.
"""

import struct
import sys
from array import array
from dataclasses import dataclass


class NotTrueTypeError(ValueError):
    """The bytes are no TrueType font, or a broken one. Says what is wrong in one clause."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """What a file says of its glyphs; `units` to the em, `advances` in those units.

    The last of `advances` holds for every later glyph too, as it does in the file.
    """

    units: int
    embedding: int
    glyphs: dict[int, int]
    advances: "array[int]"
    x_height: int = 0  # 0 where the file does not say
    capitals: int = 0  # their height

    def advance(self, character: str) -> int:
        """Return the advance of a character in font units. Raises KeyError without a glyph."""
        glyph = self.glyphs[ord(character)]
        return self.advances[min(glyph, len(self.advances) - 1)]


def read(data: bytes) -> Outlines:
    """Return the fields of one font file. Raises NotTrueTypeError."""
    if data[:4] == b"OTTO":
        raise NotTrueTypeError("its outlines are PostScript's, which ReportLab cannot embed")
    if data[:4] != b"\x00\x01\x00\x00":
        raise NotTrueTypeError("it does not begin as a TrueType file does")
    try:
        tables = _tables(data)
        (advance_count,) = struct.unpack_from(">H", tables[b"hhea"], 34)
        return Outlines(
            units=struct.unpack_from(">H", tables[b"head"], 18)[0],
            embedding=struct.unpack_from(">H", tables[b"OS/2"], 8)[0],
            glyphs=_character_map(tables[b"cmap"]),
            advances=_numbers(tables[b"hmtx"][: 4 * advance_count])[::2],
            **_heights(tables[b"OS/2"]),
        )
    except (KeyError, IndexError, ValueError, struct.error) as problem:
        raise NotTrueTypeError(f"a table is missing or cut short: {problem}") from None


def _heights(table: bytes) -> dict[str, int]:
    """Return the heights that OS/2 has from its version 2 on."""
    if len(table) < 90 or struct.unpack_from(">H", table)[0] < 2:
        return {}
    x_height, capitals = struct.unpack_from(">hh", table, 86)
    return {"x_height": x_height, "capitals": capitals}


def _tables(data: bytes) -> dict[bytes, bytes]:
    """Return tag → table."""
    (count,) = struct.unpack_from(">H", data, 4)
    directory = struct.iter_unpack(">4s4xII", data[12 : 12 + 16 * count])
    return {tag: data[start : start + length] for tag, start, length in directory}


def _numbers(data: bytes) -> "array[int]":
    """Return big-endian unsigned 16-bit numbers."""
    numbers = array("H", data)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _character_map(table: bytes) -> dict[int, int]:
    """Return character → glyph: the full Unicode part of a cmap, else the 16-bit one."""
    (count,) = struct.unpack_from(">H", table, 2)
    parts = {
        struct.unpack_from(">H", table, offset)[0]: offset
        for platform, encoding, offset in struct.iter_unpack(">HHI", table[4 : 4 + 8 * count])
        if platform == 0 or (platform, encoding) in ((3, 1), (3, 10))
    }
    glyphs = _format_12(table, parts[12]) if 12 in parts else _format_4(table, parts[4])
    # Glyph 0 is the box that stands for a missing character.
    return {character: glyph for character, glyph in glyphs.items() if glyph}


def _format_12(table: bytes, offset: int) -> dict[int, int]:
    """Return the map of groups of characters that run parallel to glyphs."""
    (count,) = struct.unpack_from(">I", table, offset + 12)
    groups = struct.iter_unpack(">III", table[offset + 16 : offset + 16 + 12 * count])
    return {
        character: glyph + character - first
        for first, last, glyph in groups
        for character in range(first, last + 1)
    }


def _format_4(table: bytes, offset: int) -> dict[int, int]:
    """Return the map of segments with a shift, or with a way into a list of glyphs."""
    length, _, doubled_count = struct.unpack_from(">HHH", table, offset + 2)
    words = _numbers(table[offset : offset + length - length % 2])
    count = doubled_count // 2
    ends, starts = 7, 8 + count  # in words; one of padding stands between the two
    shifts, ways = starts + count, starts + 2 * count
    glyphs: dict[int, int] = {}
    for segment in range(count - 1):  # the last one, 0xFFFF, only closes the table
        first, last = words[starts + segment], words[ends + segment]
        shift, way = words[shifts + segment], words[ways + segment]
        for character in range(first, last + 1):
            glyph = words[ways + segment + way // 2 + character - first] if way else character
            glyphs[character] = (glyph + shift) & 0xFFFF if glyph else 0
    return glyphs
