"""A font of a finished file with the program that it embeds.

In: a font dictionary. Out: the glyph that a reader draws for a code, and the width stated for it.
"""

from collections.abc import Iterable, Iterator

from publish.problems import PromiseError
from publish.verify.font_programs import FontProgram, NotReadHereError
from publish.verify.objects import Objects, Stream, Value

_PROGRAMS = ("FontFile", "FontFile2", "FontFile3")
_SYMBOLIC = 1 << 2  # ISO 32000-1, table 123
_DEFAULT_WIDTH = 1000  # ISO 32000-1, table 117, DW


class EmbeddedFont:
    """A simple or composite font with a TrueType program.

    Raises NotReadHereError for a font of another kind, PromiseError for a damaged one.
    """

    def __init__(self, objects: Objects, font: dict[str, Value]) -> None:
        self._objects = objects
        self._composite = font.get("Subtype") == "Type0"
        self._font = self._descendant(font) if self._composite else font
        kind = self._font.get("Subtype")
        if kind != ("CIDFontType2" if self._composite else "TrueType"):
            raise NotReadHereError(f"its kind is {kind!r}, which has no TrueType program")
        self._descriptor = objects.dictionary(self._font.get("FontDescriptor"))
        self.program = FontProgram(objects.data(self._stream()))
        self._glyphs = self._glyphs_of_cids() if self._composite else self._glyphs_of_codes(font)

    def glyph(self, code: int) -> int:
        """Return the number of the glyph that is drawn for a code; 0 is the missing one's box."""
        return code if self._glyphs is None else self._glyphs.get(code, 0)

    def widths(self, codes: Iterable[int]) -> Iterator[tuple[int, float]]:
        """Yield code and stated width, in thousandths of the em; twice where it is stated twice."""
        return self._widths_of_cids(set(codes)) if self._composite else self._simple_widths(codes)

    def _descendant(self, font: dict[str, Value]) -> dict[str, Value]:
        descendants = self._objects.array(font.get("DescendantFonts"))
        if len(descendants) != 1:
            raise PromiseError("it is composed of more or less than one font")
        return self._objects.dictionary(descendants[0])

    def _stream(self) -> Stream:
        programs = {
            key: found
            for key in _PROGRAMS
            if (found := self._objects.get(self._descriptor.get(key))) is not None
        }
        program = programs.get("FontFile2")
        if type(program) is not Stream or len(programs) != 1:
            raise NotReadHereError("it does not embed one TrueType program and no other")
        return program

    def _glyphs_of_cids(self) -> dict[int, int] | None:
        """Return CID → glyph (ISO 32000-1, table 117, CIDToGIDMap); None where they are the same."""
        mapping = self._objects.get(self._font.get("CIDToGIDMap"))
        if mapping is None or mapping == "Identity":
            return None
        if type(mapping) is not Stream:
            raise PromiseError("its map from codes to glyphs is no map")
        data = self._objects.data(mapping)
        pairs = zip(data[::2], data[1::2], strict=False)
        return {cid: high << 8 | low for cid, (high, low) in enumerate(pairs)}

    def _glyphs_of_codes(self, font: dict[str, Value]) -> dict[int, int]:
        """Return code → glyph of a simple font (ISO 32000-1, 9.6.6.4).

        Only a font whose character set is its own finds its glyphs without names, through the
        program's table of codes; ReportLab 5.1 writes no other.
        """
        flags = self._objects.get(self._descriptor.get("Flags"))
        if type(flags) is not int or not flags & _SYMBOLIC or "Encoding" in font:
            raise NotReadHereError("it finds its glyphs by names, which are not read here")
        return self.program.codes()

    def _simple_widths(self, codes: Iterable[int]) -> Iterator[tuple[int, float]]:
        listed = self._objects.array(self._font.get("Widths"))
        first = _number(self._objects.get(self._font.get("FirstChar")))
        missing = _number(self._objects.get(self._descriptor.get("MissingWidth")))
        for code in codes:
            place = int(code - first)
            inside = 0 <= place < len(listed)
            yield code, _number(self._objects.get(listed[place])) if inside else missing

    def _widths_of_cids(self, codes: set[int]) -> Iterator[tuple[int, float]]:
        """Read W: "first [width width …]" and "first last width" (ISO 32000-1, 9.7.4.3)."""
        get = self._objects.get
        waiting = iter(self._objects.array(self._font.get("W")))
        left = set(codes)
        for value in waiting:
            first, second = int(_number(get(value))), get(next(waiting, None))
            if type(second) is list:
                stated = {first + step: get(entry) for step, entry in enumerate(second)}
                found = {code: stated[code] for code in codes & stated.keys()}
            else:
                last, width = int(_number(second)), get(next(waiting, None))
                found = {code: width for code in codes if first <= code <= last}
            left -= found.keys()
            yield from ((code, _number(width)) for code, width in found.items())
        default = get(self._font.get("DW"))
        for code in left:
            yield code, _DEFAULT_WIDTH if default is None else _number(default)


def _number(value: Value) -> float:
    """Return a number; 0 where there is none. What is no number at all cannot be a width."""
    if value is None:
        return 0
    if type(value) is int or type(value) is float:
        return value
    raise PromiseError("its widths are not numbers")
