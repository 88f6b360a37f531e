"""The objects of a finished file, as pdfium reads them and writes them out again.

In: a file that pdfium has just saved whole. Out: its objects as Python values.

Why not the file itself: cross-reference streams, object streams, encryption and repair are
pdfium's trade. What it writes has one plain form (a classic table of objects, each on its own),
and only that form is read here. Names are str, strings are bytes.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from publish.problems import PromiseError

LARGEST_STREAM = 256 * 1024 * 1024  # bytes; a stream that grows beyond is a bomb, not a page
_DEEPEST = 40  # references that may point to references before we call it a circle


class Reference(NamedTuple):
    """The number of another object."""

    number: int


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream: its dictionary, and its bytes as they stand in the file."""

    number: int
    dictionary: "dict[str, Value]"
    raw: bytes


Value: TypeAlias = (
    "bool | int | float | str | bytes | Reference | list[Value] | dict[str, Value] | Stream | None"
)

_TOKEN = re.compile(
    rb"\d+ \d+ R(?![A-Za-z])|/[^\s()<>\[\]{}/%]*|[-+]?[\d.]+|<<|>>|[\[\]]"
    rb"|<[0-9A-Fa-f\s]*>|\((?:[^()\\]++|\\.)*+\)|[a-z]+|[()<>{}]",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n?|\n)|(.))|\r\n?", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_WORDS: dict[bytes, Value] = {b"true": True, b"false": False, b"null": None}


def name_of(token: bytes) -> str:
    """Return the name that `token` ("/Actual#54ext") spells."""
    bare = token[1:]
    if b"#" in bare:
        bare = _NAME_ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), bare)
    return bare.decode("latin-1")


def _unescape(match: re.Match[bytes]) -> bytes:
    octal, line_end, other = match.groups()
    if octal is not None:
        return bytes([int(octal, 8) & 0xFF])
    if line_end is not None:
        return b""
    if other is None:  # a bare line end of any kind is a line feed (ISO 32000-1, 7.3.4.2)
        return b"\n"
    return _ESCAPED.get(other, other)


def string_of(token: bytes) -> bytes:
    """Return the bytes of a string token: literal "(…)" or hexadecimal "<…>"."""
    inner = token[1:-1]
    if token[:1] == b"(":
        return _ESCAPE.sub(_unescape, inner) if b"\\" in inner or b"\r" in inner else inner
    digits = b"".join(inner.split())
    return binascii.unhexlify(digits + b"0" * (len(digits) % 2))


def parse(data: bytes) -> Value:
    """Return the one value that `data` spells. Raises PromiseError when it is not one value."""
    levels: list[list[Value]] = [[]]
    for token in _TOKEN.findall(data):
        first = token[0]
        if token == b"<<" or first == 0x5B:
            levels.append([])
        elif token == b">>" or first == 0x5D:
            items = levels.pop()
            if not levels:
                raise PromiseError("an object closes what it did not open")
            levels[-1].append(_pairs(items) if first == 0x3E else items)
        else:
            levels[-1].append(_scalar(token, first))
    if len(levels) != 1 or len(levels[0]) != 1:
        raise PromiseError("an object is not one whole value")
    return levels[0][0]


def _pairs(items: list[Value]) -> dict[str, Value]:
    keys = items[::2]
    if len(items) % 2 or not all(type(key) is str for key in keys):
        raise PromiseError("a dictionary is not made of names and values")
    return dict(zip(keys, items[1::2], strict=True))  # type: ignore[arg-type]


def _scalar(token: bytes, first: int) -> Value:
    if first == 0x2F:  # "/"
        return name_of(token)
    if token[-1] == 0x52 and first != 0x28:  # "12 0 R"
        return Reference(int(token.split(None, 1)[0]))
    if first in b"(<" and len(token) > 1:
        return string_of(token)
    if token in _WORDS:
        return _WORDS[token]
    try:
        return float(token) if b"." in token else int(token)
    except ValueError:
        raise PromiseError(f"an object holds {token[:20]!r}, which is no value") from None


def dictionaries(value: Value) -> Iterator[dict[str, Value]]:
    """Yield a value's own dictionaries, the outermost first; references are not followed."""
    if type(value) is Stream:
        value = value.dictionary
    if type(value) is dict:
        yield value
        for entry in value.values():
            yield from dictionaries(entry)
    elif type(value) is list:
        for entry in value:
            yield from dictionaries(entry)


class Objects:
    """All objects of a file that pdfium saved, parsed when they are asked for."""

    def __init__(self, saved: bytes) -> None:
        self._saved = saved
        self._offsets, trailer = _table(saved)
        self._parsed: dict[int, Value] = {}
        self.trailer = self.dictionary(trailer)
        self.root = self.dictionary(self.trailer.get("Root"))

    def holding(self, word: bytes) -> list[int]:
        """Return the numbers of the objects in whose bytes `word` stands."""
        find = self._saved.find
        return [n for n, (start, end) in self._offsets.items() if find(word, start, end) >= 0]

    def get(self, value: Value) -> Value:
        """Return `value`, or what it refers to. What refers to nothing is None."""
        for _ in range(_DEEPEST):
            if type(value) is not Reference:
                return value
            value = self._object(value.number)
        raise PromiseError("references go round in a circle")

    def dictionary(self, value: Value) -> dict[str, Value]:
        """Return a dictionary (of a stream too); an empty one for anything else."""
        found = self.get(value)
        if type(found) is Stream:
            return found.dictionary
        return found if type(found) is dict else {}

    def array(self, value: Value) -> list[Value]:
        """Return an array; a lone value as an array of one; an empty one for nothing."""
        found = self.get(value)
        if type(found) is list:
            return found
        return [] if found is None else [value]

    def text(self, value: Value) -> str | None:
        """Return a text string (ISO 32000-1, 7.9.2.2), or None where there is no string."""
        found = self.get(value)
        if type(found) is not bytes:
            return None
        if found.startswith(b"\xfe\xff"):
            return found[2:].decode("utf-16-be", "replace")
        if found.startswith(b"\xef\xbb\xbf"):
            return found[3:].decode("utf-8", "replace")
        return found.decode("latin-1")

    def data(self, stream: Stream) -> bytes:
        """Return the decoded bytes of a stream. Raises PromiseError when they cannot be had."""
        data = stream.raw
        parameters = [self.dictionary(p) for p in self.array(stream.dictionary.get("DecodeParms"))]
        if any(p.get("Predictor", 1) != 1 for p in parameters):
            raise PromiseError(f"the stream {stream.number} is coded with a predictor")
        for coding in self.array(stream.dictionary.get("Filter")):
            data = _decode(data, self.get(coding), stream.number)
        return data

    def _object(self, number: int) -> Value:
        if number not in self._parsed:
            self._parsed[number] = self._read(number)
        return self._parsed[number]

    def _read(self, number: int) -> Value:
        if number not in self._offsets:
            return None
        start, end = self._offsets[number]
        body = self._saved[start:end]
        opening, _, rest = body.partition(b" obj")
        if opening.split()[:1] != [str(number).encode()]:
            raise PromiseError(f"the object {number} is not where the table of objects says")
        if b"stream\r\n" not in rest:
            return parse(rest[: rest.rindex(b"endobj")] if b"endobj" in rest else rest)
        return self._read_stream(number, rest)

    def _read_stream(self, number: int, rest: bytes) -> Value:
        """Read a dictionary and its stream; a string before may hold the word "stream" too."""
        at = rest.find(b">>stream\r\n")
        while at >= 0:
            try:
                dictionary = parse(rest[: at + 2])
            except PromiseError:
                at = rest.find(b">>stream\r\n", at + 1)
                continue
            length = self.get(dictionary.get("Length")) if type(dictionary) is dict else None
            if type(dictionary) is not dict or type(length) is not int:
                break
            start = at + len(b">>stream\r\n")
            return Stream(number, dictionary, rest[start : start + length])
        return parse(rest[: rest.rindex(b"endobj")])


def _table(saved: bytes) -> tuple[dict[int, tuple[int, int]], Value]:
    """Return where each object begins and ends, and the trailer."""
    tail = saved.rfind(b"startxref")
    try:
        start = int(saved[tail + 9 : tail + 40].split()[0])
        table, _, trailer = saved[start:tail].partition(b"trailer")
        starts: dict[int, int] = {}
        lines = iter(table.split(b"\n")[1:])
        for line in lines:
            if not line.strip():
                continue
            first, count = (int(field) for field in line.split())
            for number in range(first, first + count):
                fields = next(lines).split()
                if fields[2] == b"n":
                    starts[number] = int(fields[0])
        ends = sorted([*starts.values(), start])
    except (ValueError, IndexError, StopIteration):
        raise PromiseError("pdfium’s copy of the file has no table of objects") from None
    following = dict(pairwise(ends))
    return {number: (at, following[at]) for number, at in starts.items()}, parse(trailer)


def _decode(data: bytes, coding: Value, number: int) -> bytes:
    try:
        if coding == "FlateDecode":
            inflater = zlib.decompressobj()
            decoded = inflater.decompress(data, LARGEST_STREAM)
            if inflater.unconsumed_tail:
                raise PromiseError(f"the stream {number} grows beyond {LARGEST_STREAM} bytes")
            return decoded
        if coding == "ASCII85Decode":
            return base64.a85decode(data.strip().removesuffix(b"~>"))
        if coding == "ASCIIHexDecode":
            return string_of(b"<" + data.strip().removesuffix(b">") + b">")
    except (zlib.error, ValueError) as problem:
        raise PromiseError(f"the stream {number} cannot be decoded ({problem})") from None
    raise PromiseError(f"the stream {number} is coded as {coding!r}, which is not read here")
