"""Pairs of letters that stand closer, or further apart, than their widths say: kerning, for large type.

In: a face. Out: the width of a text with its pairs, and the text in runs, each with its distance. ReportLab
sets letters by their widths alone.
"""

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

from publish.fonts import Face
from publish.typeset.registered_faces import width_of
from publish.units import Points


def kerned_width(text: str, face: Face, size: Points) -> Points:
    """Return the width of a line with its pairs."""
    pair = _pairs(face).pair
    return width_of(text, face, size) + sum(pair(a, b) for a, b in pairwise(text)) * size


def runs(text: str, face: Face, size: Points) -> list[tuple[Points, str]]:
    """Return a line in runs of letters, each with its distance from the line's beginning."""
    pair = _pairs(face).pair
    made: list[tuple[Points, str]] = []
    start, across = 0, 0.0
    for place in range(1, len(text) + 1):
        moved = pair(text[place - 1], text[place]) * size if place < len(text) else 0.0
        if moved or place == len(text):
            run = text[start:place]
            made.append((across, run))
            across += width_of(run, face, size) + moved
            start = place
    return made


class _Pairs:
    """The pairs of one face, each looked up once."""

    def __init__(self, face: Face) -> None:
        font = _font(face)
        self._names: Mapping[int, str] = font.getBestCmap()
        self._units = int(font["head"].unitsPerEm)
        self._lookups = _lookups(face)
        self._known: dict[tuple[str, str], float] = {}

    def pair(self, left: str, right: str) -> float:
        """Return by how many ems the face moves `right` when it follows `left`."""
        known = self._known.get((left, right))
        if known is None:
            known = self._known[left, right] = self._looked_up(left, right)
        return known

    def _looked_up(self, left: str, right: str) -> float:
        one, other = self._names.get(ord(left)), self._names.get(ord(right))
        if one is None or other is None:
            return 0.0
        for lookup in self._lookups:
            for table in lookup:
                moved = _moved(table, one, other)
                if moved is not None:
                    return moved / self._units
        return 0.0


@cache
def _pairs(face: Face) -> _Pairs:
    return _Pairs(face)


@cache
def _font(face: Face) -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(BytesIO(face.path.read_bytes()), lazy=True)


@cache
def _lookups(face: Face) -> tuple[tuple[Any, ...], ...]:
    """Return the pair tables of the face's kerning (OpenType, GPOS, lookup type 2), by lookup."""
    font = _font(face)
    if "GPOS" not in font:
        return ()
    positioning = font["GPOS"].table
    features = positioning.FeatureList.FeatureRecord
    indices = {
        index
        for record in features
        if record.FeatureTag == "kern"
        for index in record.Feature.LookupListIndex
    }
    lookups = []
    for index in sorted(indices):
        tables = positioning.LookupList.Lookup[index].SubTable
        inner = [getattr(table, "ExtSubTable", table) for table in tables]
        lookups.append(tuple(table for table in inner if type(table).__name__ == "PairPos"))
    return tuple(lookups)


def _moved(table: Any, one: str, other: str) -> int | None:
    """Return how far a table moves what follows; None where it knows nothing of the pair."""
    covered: Mapping[str, int] = _coverage(table)
    if one not in covered:
        return None
    if table.Format == 1:
        for record in table.PairSet[covered[one]].PairValueRecord:
            if record.SecondGlyph == other:
                return _advance(record.Value1)
        return None
    first = table.ClassDef1.classDefs.get(one, 0)
    second = table.ClassDef2.classDefs.get(other, 0)
    return _advance(table.Class1Record[first].Class2Record[second].Value1)


_covered: dict[int, Mapping[str, int]] = {}


def _coverage(table: Any) -> Mapping[str, int]:
    # Tables live as long as their font, which is kept: their identity is a name.
    if id(table) not in _covered:
        _covered[id(table)] = {name: place for place, name in enumerate(table.Coverage.glyphs)}
    return _covered[id(table)]


def _advance(value: Any) -> int:
    return int(getattr(value, "XAdvance", 0) or 0)


@cache
def left_bearing(face: Face, character: str) -> float:
    """Return the space at the left of a letter's ink, in ems (OpenType, hmtx)."""
    font = _font(face)
    name = font.getBestCmap().get(ord(character))
    return font["hmtx"][name][1] / int(font["head"].unitsPerEm) if name else 0.0
