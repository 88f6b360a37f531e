"""When two editions are equal: the one that was written as TEI, and the one that was read from it.

Everything is compared, spans and the characters of the transcription too, but for

* places in files: the `line` of each entry, and the path of the transcription;
* the files of the seed folder: TEI carries the transcription byte for byte, and of the others what they say;
* what a class and its teacher are given, which is no part of the edition of the text (docs/tei.md).
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime

from publish.model import Edition

NOT_COMPARED = {"line", "path", "classroom", "exhibits"}


def differences(one: Edition, other: Edition) -> list[str]:
    """Return where two editions differ, each as a path with both values; none where they are equal."""
    return list(_differences("edition", one, other))


def _differences(where: str, one: object, other: object) -> Iterator[str]:
    if type(one) is not type(other):
        yield f"{where}: {one!r} against {other!r}"
    elif is_dataclass(one) and not isinstance(one, type):
        for name in sorted({field.name for field in fields(one)} - NOT_COMPARED):
            left, right = (_compared(each, name) for each in (one, other))
            yield from _differences(f"{where}.{name}", left, right)
    elif isinstance(one, tuple) and isinstance(other, tuple):
        if len(one) != len(other):
            yield f"{where}: {len(one)} entries against {len(other)}"
        for index, (left, right) in enumerate(zip(one, other, strict=False)):
            yield from _differences(f"{where}[{index}]", left, right)
    elif isinstance(one, datetime) and isinstance(other, datetime):
        # Two moments are one in Python when their instants are: the clock by which they are told counts too.
        if one.isoformat() != other.isoformat():
            yield f"{where}: {one.isoformat()} against {other.isoformat()}"
    elif one != other:
        yield f"{where}: {one!r} against {other!r}"


def _compared(entry: object, name: str) -> object:
    """Return a field as it is compared: of an edition's files the first, which is the transcription."""
    value = getattr(entry, name)
    return value[:1] if isinstance(entry, Edition) and name == "files" else value
