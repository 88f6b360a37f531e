"""What a TrueType program draws: the outline and the advance of each glyph, read from its bytes.

In: a font file, or the part of one that a PDF embeds. Out: Glyphs that can be compared.
Offsets are those of the OpenType specification, chapters head, hhea, maxp, loca, glyf, hmtx, cmap.

Why not fontTools: it may have cut the program that is judged here (WeasyPrint 70.0 falls back on
it), and it takes as long to be imported as all glyphs of an edition to be read and compared here.
tests/test_font_programs.py holds this reader to it, glyph by glyph.
"""

import struct
from typing import Any, NamedTuple

from publish.problems import PromiseError

HINT_TABLES = (b"fpgm", b"prep", b"cvt ")
_NEEDED = (b"head", b"hhea", b"hmtx", b"maxp", b"loca", b"glyf")

# Flags of a point, and of a part of a composite glyph (chapter glyf).
_ON_CURVE, _SHORT_X, _SHORT_Y, _REPEAT, _SAME_X, _SAME_Y = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20
_WORDS, _SCALE, _MORE, _TWO_SCALES, _FOUR_SCALES, _HINTED = 0x01, 0x08, 0x20, 0x40, 0x80, 0x100
_TAKES_METRICS = 0x200  # the whole glyph stands in its cell as this part does
# What may differ between two subsets without another shape: where the parts end, hints, overlap.
_NO_SHAPE = _MORE | _HINTED | 0x400
_MOST_PARTS = 64  # of one composite glyph, all levels; the declared faces have nine at most
_DEEPEST = 6  # composites of composites


class NotReadHereError(PromiseError):
    """A font of a kind that is not read here: nothing is said for it or against it."""


class Glyph(NamedTuple):
    """A glyph as it is drawn, in units of its program.

    `outline` compares equal when the same points are drawn: it holds the ends of the contours,
    which points lie on the curve, and the steps from point to point; for a composite glyph, its
    parts and how each is placed. It is empty where nothing is drawn. A reader moves it across by
    `shift`. `hints` are instructions, which may move the points on a screen.
    """

    outline: tuple[Any, ...]
    shift: int
    hints: tuple[bytes, ...]
    parts: int


BLANK = Glyph((), 0, (), 0)


class _Metrics(NamedTuple):
    """How far a glyph moves the pen, and how far from there its leftmost point stands."""

    advance: int
    bearing: int


class FontProgram:
    """One TrueType program. Raises PromiseError when it is damaged, here and in all questions."""

    def __init__(self, data: bytes) -> None:
        if data[:4] not in (b"\x00\x01\x00\x00", b"true"):
            raise NotReadHereError("its program is not TrueType")
        try:
            self._tables = _tables(data)
            head, metrics = self._tables[b"head"], self._tables[b"hhea"]
            self.units: int = struct.unpack_from(">H", head, 18)[0]
            self.count: int = struct.unpack_from(">H", self._tables[b"maxp"], 4)[0]
            (self._advances,) = struct.unpack_from(">H", metrics, 34)
            (long_offsets,) = struct.unpack_from(">h", head, 50)
        except (KeyError, IndexError, struct.error) as problem:
            raise _damaged(problem) from None
        if not self.units or not self._advances:
            raise _damaged("it has no em or no advances")
        self._offset, self._step = (">II", 4) if long_offsets else (">HH", 2)
        self._glyphs: dict[int, Glyph] = {}

    def glyph(self, number: int) -> Glyph:
        """Return one glyph. Raises PromiseError when there is none, or when it cannot be read."""
        try:
            return self._glyph(number, 0)
        except (IndexError, struct.error) as problem:
            raise _damaged(problem) from None

    def advance(self, number: int) -> float:
        """Return a glyph's advance in thousandths of the em. Raises PromiseError when it has none."""
        try:
            return self._metrics(number).advance * 1000 / self.units
        except (IndexError, struct.error) as problem:
            raise _damaged(problem) from None

    def table(self, tag: bytes) -> bytes:
        """Return the bytes of a table; none where it is not there."""
        return self._tables.get(tag, b"")

    def codes(self) -> dict[int, int]:
        """Return code → glyph of a program for a simple font whose character set is its own.

        ISO 19005-3, 6.2.11.6 wants one table there, or one for (3, 0) among others. Readers differ
        in which of several they take, so that more than one is refused; so is one of another format
        than ReportLab 5.1's. Raises NotReadHereError.
        """
        cmap = self.table(b"cmap")
        try:
            (count,) = struct.unpack_from(">H", cmap, 2)
            platform, encoding, at = struct.unpack_from(">HHI", cmap, 4)
            if (count, platform, encoding) != (1, 1, 0):
                raise NotReadHereError("its program has another table of codes than one for (1, 0)")
            form, _, _, first, length = struct.unpack_from(">HHHHH", cmap, at)
            if form != 6:
                raise NotReadHereError(f"its table of codes is of format {form}")
            glyphs = struct.unpack_from(f">{length}H", cmap, at + 10)
        except struct.error as problem:
            raise _damaged(problem) from None
        return {first + step: glyph for step, glyph in enumerate(glyphs)}

    def _must_have(self, number: int) -> None:
        if not 0 <= number < self.count:
            raise PromiseError(f"there is no glyph {number}")

    def _metrics(self, number: int) -> _Metrics:
        """Return a glyph's metrics. The last advance holds for every later glyph too."""
        table, last = self._tables[b"hmtx"], self._advances - 1
        self._must_have(number)
        (advance,) = struct.unpack_from(">H", table, 4 * min(number, last))
        place = 4 * number + 2 if number <= last else 4 * self._advances + 2 * (number - last - 1)
        return _Metrics(advance, *struct.unpack_from(">h", table, place))

    def _glyph(self, number: int, depth: int) -> Glyph:
        if number not in self._glyphs:
            self._must_have(number)
            if depth > _DEEPEST:
                raise PromiseError("its glyphs are made of one another without end")
            self._glyphs[number] = self._read(number, depth)
        return self._glyphs[number]

    def _read(self, number: int, depth: int) -> Glyph:
        outlines = self._tables[b"glyf"]
        start, end = struct.unpack_from(self._offset, self._tables[b"loca"], self._step * number)
        if self._step == 2:
            start, end = 2 * start, 2 * end
        if start == end:
            return BLANK
        if not start < end <= len(outlines):
            raise PromiseError(f"the glyph {number} does not lie in its table")
        record = outlines[start:end]
        contours, left = struct.unpack_from(">hh", record)
        if not contours:
            return BLANK
        # A reader moves the points so that the leftmost stands at the left bearing: with another
        # bearing a letter could stand in its neighbour's place (FreeType, tt_loader_set_pp).
        shift = self._metrics(number).bearing - left
        if contours > 0:
            outline, hints = _simple(record, contours)
            return Glyph(outline, shift, (hints,) if hints else (), 1)
        return self._composite(record, shift, depth)

    def _composite(self, record: bytes, shift: int, depth: int) -> Glyph:
        """Return a glyph made of others, which keep their own form: no arithmetic, no rounding."""
        parts: list[Any] = []
        hints: list[bytes] = []
        total, at, flags = 1, 10, _MORE
        while flags & _MORE:
            flags, number = struct.unpack_from(">HH", record, at)
            size = (4 if flags & _WORDS else 2) + _size_of_scale(flags)
            placed = record[at + 4 : at + 4 + size]
            at += 4 + size
            part = self._glyph(number, depth + 1)
            total += part.parts
            if total > _MOST_PARTS:
                raise PromiseError("one of its glyphs is made of too many parts")
            moved = part.shift if flags & _TAKES_METRICS else 0
            parts.append((flags & ~_NO_SHAPE, placed, part.outline, moved))
            hints += part.hints
        if flags & _HINTED:
            (length,) = struct.unpack_from(">H", record, at)
            hints.append(record[at + 2 : at + 2 + length])
        return Glyph(tuple(parts), shift, tuple(filter(None, hints)), total)


def _damaged(problem: object) -> PromiseError:
    return PromiseError(f"its program is damaged ({problem})")


def _tables(data: bytes) -> dict[bytes, bytes]:
    """Return tag → table. Of two with one tag readers may take either, so that both are refused."""
    (count,) = struct.unpack_from(">H", data, 4)
    found: dict[bytes, bytes] = {}
    for entry in range(count):
        tag, start, length = struct.unpack_from(">4s4xII", data, 12 + 16 * entry)
        if tag in found or start + length > len(data):
            raise _damaged(f"the table {tag.decode('latin-1')} stands there twice or is cut short")
        found[tag] = data[start : start + length]
    for tag in _NEEDED:
        if tag not in found:
            raise _damaged(f"it has no table {tag.decode('latin-1')}")
    return found


def _simple(record: bytes, contours: int) -> tuple[tuple[Any, ...], bytes]:
    """Return the contours of a glyph that is drawn point by point, and its instructions."""
    ends = struct.unpack_from(f">{contours}H", record, 10)
    at = 10 + 2 * contours
    (length,) = struct.unpack_from(">H", record, at)
    at += 2 + length
    hints = record[at - length : at]
    flags = bytearray()
    while len(flags) <= ends[-1]:
        flag = record[at]
        at += 1
        flags.append(flag)
        if flag & _REPEAT:
            flags += bytes((flag,)) * record[at]
            at += 1
    steps_across, at = _steps(record, at, flags, _SHORT_X, _SAME_X)
    steps_up, _ = _steps(record, at, flags, _SHORT_Y, _SAME_Y)
    on_curve = bytes([flag & _ON_CURVE for flag in flags])
    return (ends, on_curve, steps_across, steps_up), hints


def _steps(
    record: bytes, at: int, flags: bytearray, short: int, same: int
) -> tuple[tuple[int, ...], int]:
    """Return the steps from point to point in one direction, and where the next table begins."""
    steps: list[int] = []
    for flag in flags:
        if flag & short:
            steps.append(record[at] if flag & same else -record[at])
            at += 1
        elif flag & same:
            steps.append(0)
        else:
            word = record[at] << 8 | record[at + 1]
            steps.append(word - 0x10000 if word & 0x8000 else word)
            at += 2
    return tuple(steps), at


def _size_of_scale(flags: int) -> int:
    """Return the bytes of a part's scale: one number, two, or four (the first that is flagged)."""
    if flags & _SCALE:
        return 2
    if flags & _TWO_SCALES:
        return 4
    return 8 if flags & _FOUR_SCALES else 0
