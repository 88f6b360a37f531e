"""Which glyphs a face's own substitutions lead to: old-style figures, small capitals, ligatures.

In: the table GSUB. Out: from one glyph the others it may be drawn as; from several, their ligature.
Read are substitutions of one glyph by one (types 1 and 3) and of several by one (type 4), whatever
feature or context calls for them. One glyph by several (type 2) and from the end (type 8) are not:
no glyph that they alone lead to counts as the face's shape for a character.
Offsets are those of the OpenType specification, chapters gsub and chapter2.
"""

import struct
from collections.abc import Iterator

_SINGLE, _ALTERNATE, _LIGATURE, _EXTENSION = 1, 3, 4, 7


class Substitutions:
    """The substitutions of one face. `table` may be empty. Raises struct.error when damaged."""

    def __init__(self, table: bytes) -> None:
        self._table = table
        self.single: dict[int, set[int]] = {}
        self.ligatures: dict[int, list[tuple[tuple[int, ...], int]]] = {}
        for kind, at in _subtables(table) if table else ():
            if kind == _SINGLE:
                self._read_single(at)
            elif kind == _ALTERNATE:
                self._read_alternates(at)
            elif kind == _LIGATURE:
                self._read_ligatures(at)

    def from_one(self, glyphs: set[int]) -> set[int]:
        """Return `glyphs` and all that single substitutions lead to from them, step by step."""
        reached = set(glyphs)
        waiting = list(glyphs)
        while waiting:
            fresh = self.single.get(waiting.pop(), set()) - reached
            reached |= fresh
            waiting += fresh
        return reached

    def _words(self, at: int, count: int) -> tuple[int, ...]:
        return struct.unpack_from(f">{count}H", self._table, at)

    def _read_single(self, at: int) -> None:
        form, coverage, count = self._words(at, 3)
        glyphs = self._covered(at + coverage)
        if form == 1:  # `count` is a distance here
            pairs = [(glyph, (glyph + count) & 0xFFFF) for glyph in glyphs]
        else:
            pairs = list(zip(glyphs, self._words(at + 6, count), strict=False))
        for glyph, other in pairs:
            self.single.setdefault(glyph, set()).add(other)

    def _read_alternates(self, at: int) -> None:
        for glyph, place in self._sets(at):
            (count,) = self._words(place, 1)
            self.single.setdefault(glyph, set()).update(self._words(place + 2, count))

    def _read_ligatures(self, at: int) -> None:
        for glyph, place in self._sets(at):
            (count,) = self._words(place, 1)
            for offset in self._words(place + 2, count):
                ligature, parts = self._words(place + offset, 2)
                following = self._words(place + offset + 4, parts - 1)
                self.ligatures.setdefault(glyph, []).append((following, ligature))

    def _sets(self, at: int) -> Iterator[tuple[int, int]]:
        """Yield each covered glyph and where its set of alternates or ligatures begins."""
        _, coverage, count = self._words(at, 3)
        offsets = self._words(at + 6, count)
        for glyph, offset in zip(self._covered(at + coverage), offsets, strict=False):
            yield glyph, at + offset

    def _covered(self, at: int) -> tuple[int, ...]:
        form, count = self._words(at, 2)
        if form == 1:
            return self._words(at + 4, count)
        ranges = struct.iter_unpack(">HHH", self._table[at + 4 : at + 4 + 6 * count])
        return tuple(glyph for first, last, _ in ranges for glyph in range(first, last + 1))


def _subtables(table: bytes) -> Iterator[tuple[int, int]]:
    """Yield type and place of each subtable of each lookup, extensions followed."""
    (lookups,) = struct.unpack_from(">H", table, 8)
    (count,) = struct.unpack_from(">H", table, lookups)
    for offset in struct.unpack_from(f">{count}H", table, lookups + 2):
        at = lookups + offset
        kind, _, parts = struct.unpack_from(">HHH", table, at)
        for part in struct.unpack_from(f">{parts}H", table, at + 6):
            if kind == _EXTENSION:
                real, further = struct.unpack_from(">HI", table, at + part + 2)
                yield real, at + part + further
            else:
                yield kind, at + part
