"""From glyph codes to characters, through the font and nothing else.

In: a font dictionary. Out: the characters that its ToUnicode table gives for the codes of a shown
string. A code for which the font gives no character reads as U+FFFD and is remembered.
"""

import re

from publish.problems import PromiseError
from publish.verify.objects import Objects, Stream, Value, string_of

UNKNOWN = "\ufffd"

_SECTION = re.compile(
    rb"begin(codespacerange|bfchar|bfrange)(.*?)end(?:codespacerange|bfchar|bfrange)", re.DOTALL
)
_ENTRY = re.compile(rb"<[0-9A-Fa-f\s]*>|\[[^\]]*\]")
_HEXADECIMAL = re.compile(rb"<[0-9A-Fa-f\s]*>")
_WIDEST_RANGE = 65536

# A simple font may go without a ToUnicode table when it names one of these (ISO 32000-1, 9.10.2).
_ENCODINGS = {"WinAnsiEncoding": "cp1252", "MacRomanEncoding": "mac_roman"}


class Characters:
    """The characters of one font of a file."""

    def __init__(self, objects: Objects, font: dict[str, Value]) -> None:
        self.name = str(font.get("BaseFont", "without a name"))
        self.dictionary = font
        table = objects.get(font.get("ToUnicode"))
        mapping = objects.data(table) if type(table) is Stream else b""
        self._characters = _mapped(mapping) or _named_encoding(objects, font)
        self._two_bytes = font.get("Subtype") == "Type0"
        encoding = objects.get(font.get("Encoding"))
        if self._two_bytes and encoding not in ("Identity-H", "Identity-V"):
            raise PromiseError(
                f"the font {self.name} codes its glyphs by a table that is not read here"
            )
        self._read: dict[bytes, str] = {}
        self._drawn: set[int] = set()
        self.unknown: set[int] = set()

    def read(self, token: bytes) -> str:
        """Return the characters of a shown string, given as it stands in the content stream."""
        text = self._read.get(token)
        if text is None:
            text = self._read[token] = self._decode(string_of(token))
        return text

    def drawn(self) -> dict[int, str]:
        """Return code → characters of the codes read so far, without those that are unknown."""
        known = {code: self._characters.get(code, UNKNOWN) for code in sorted(self._drawn)}
        return {code: text for code, text in known.items() if text != UNKNOWN}

    def _decode(self, shown: bytes) -> str:
        codes: list[int] | bytes = shown
        if self._two_bytes:
            codes = [(one << 8) | two for one, two in zip(shown[::2], shown[1::2], strict=False)]
        self._drawn.update(codes)
        known = self._characters
        text = [known.get(code, UNKNOWN) for code in codes]
        if UNKNOWN in text:
            self.unknown.update(code for code in codes if known.get(code, UNKNOWN) == UNKNOWN)
        if self._two_bytes and len(shown) % 2:
            self.unknown.add(shown[-1])
            text.append(UNKNOWN)
        return "".join(text)


def _named_encoding(objects: Objects, font: dict[str, Value]) -> dict[int, str]:
    """Return the characters of a simple font's named encoding; none where it differs from it."""
    encoding = objects.get(font.get("Encoding"))
    codec = _ENCODINGS.get(encoding) if type(encoding) is str else None
    if codec is None or font.get("Subtype") == "Type0":
        return {}
    characters = {code: bytes([code]).decode(codec, "replace") for code in range(32, 256)}
    return {code: _printed(character) for code, character in characters.items()}


def _mapped(table: bytes) -> dict[int, str]:
    """Return code → characters of a ToUnicode table (ISO 32000-1, 9.10.3)."""
    characters: dict[int, str] = {}
    for kind, body in _SECTION.findall(table):
        entries = _ENTRY.findall(body)
        if kind == b"bfchar":
            for code, target in zip(entries[::2], entries[1::2], strict=False):
                characters[_code(code)] = _target(target)
        elif kind == b"bfrange":
            for first, last, target in zip(
                entries[::3], entries[1::3], entries[2::3], strict=False
            ):
                characters.update(_range(_code(first), _code(last), target))
    return characters


def _range(first: int, last: int, target: bytes) -> dict[int, str]:
    if target[:1] == b"[":
        listed = _HEXADECIMAL.findall(target)
        return {first + index: _target(entry) for index, entry in enumerate(listed)}
    if last - first >= _WIDEST_RANGE:
        raise PromiseError("a font’s ToUnicode table has a range beyond 65,536 codes")
    start = string_of(target)
    number, width = int.from_bytes(start, "big"), len(start) or 1
    return {
        first + step: _text((number + step).to_bytes(width, "big"))
        for step in range(last - first + 1)
        if number + step < 1 << 8 * width
    }


def _code(token: bytes) -> int:
    return int.from_bytes(string_of(token), "big")


def _target(token: bytes) -> str:
    return _text(string_of(token)) if token[:1] == b"<" else UNKNOWN


def _text(target: bytes) -> str:
    return _printed(target.decode("utf-16-be", "replace"))


def _printed(text: str) -> str:
    """Return `text` when a reader could meet it; control characters are no characters of a page."""
    return UNKNOWN if not text or min(text) < " " else text
