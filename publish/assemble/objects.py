"""Shorthand for PDF objects: Python values in, pypdf's objects out.

Only the public classes of pypdf.generic are used here; see pypdf_private.py for the rest.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from publish.units import Points

TRUE = BooleanObject(True)


@cache
def name(value: str) -> NameObject:
    """Return the name `value` (given without its slash)."""
    return NameObject(f"/{value}")


@cache
def integer(value: int) -> NumberObject:
    """Return a whole number."""
    return NumberObject(value)


def real(value: float) -> PdfObject:
    """Return a number with at most three decimals: no device shows a thousandth of a point."""
    rounded = round(value, 3)
    return integer(int(rounded)) if rounded == int(rounded) else FloatObject(rounded)


def text(value: str) -> PdfObject:
    """Return a text string (ISO 32000-1, 7.9.2.2): ASCII as it is, all else in marked UTF-16."""
    if value.isascii():
        return TextStringObject(value)
    return ByteStringObject(b"\xfe\xff" + value.encode("utf-16-be"))


def byte_string(value: str) -> PdfObject:
    """Return the byte string of an ASCII key: a destination's name, an element's ID."""
    return TextStringObject(value)


def array(items: Iterable[PdfObject]) -> ArrayObject:
    """Return an array."""
    return ArrayObject(items)


def rectangle(corners: Iterable[Points]) -> ArrayObject:
    """Return a rectangle from left, bottom, right and top."""
    return array(real(corner) for corner in corners)


def dictionary(entries: Mapping[str, PdfObject]) -> DictionaryObject:
    """Return a dictionary; the keys are given without their slash."""
    return DictionaryObject({name(key): value for key, value in entries.items()})


def compressed(data: bytes, entries: Mapping[str, PdfObject]) -> StreamObject:
    """Return a stream compressed with Flate."""
    return plain(data, entries).flate_encode()


def plain(data: bytes, entries: Mapping[str, PdfObject]) -> StreamObject:
    """Return a stream that any program can read without decoding it."""
    stream = DecodedStreamObject()
    stream.update(dictionary(entries))
    stream.set_data(data)
    return stream


def value(thing: object) -> PdfObject:
    """Return an attribute's value: "/Column" is a name, other strings are text, sequences arrays.

    Raises TypeError for what a PDF attribute cannot hold.
    """
    match thing:
        case bool():
            return BooleanObject(thing)
        case int() | float():
            return real(thing)
        case str() if thing.startswith("/"):
            return name(thing[1:])
        case str():
            return text(thing)
        case list() | tuple():
            return array(value(item) for item in thing)
        case _:
            raise TypeError(f"{type(thing).__name__} is no value of a PDF attribute")
