"""Holds a finished export to its record: the file’s hash, the words of its text, the links within.

In: bytes, the format, the record beside them. Out: Results, as `verify` gives them of a PDF.
"""

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from publish.exports.export import Export, Words
from publish.problems import SourceError, Where
from publish.promises import ExportPromises, digest, load_export, path_beside
from publish.verify import NO_RECORD, Verification
from publish.verify.outcome import Result, State

TITLES = {
    "record": "The file is the one that its record describes",
    "words": "Every word of the text is there, in order, and no other",
    "whole": "Every link within the file lands",
}


def check_export(
    data: bytes, export: Export, promises: ExportPromises | None
) -> tuple[Result, ...]:
    """Return what becomes of each promise. Without a record the words are compared with nothing."""
    return (*_record(data, promises), *_words(data, export, promises), *_whole(data, export))


def examine_export(path: Path, export: Export) -> Verification:
    """Check a finished file by the record that stands beside it, where there is one.

    Raises SourceError when the file cannot be read, and when its record is damaged.
    """
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise SourceError(
            f"cannot be read: {problem.strerror}", where=Where(str(path)), hint="Check the name."
        ) from None
    beside = path_beside(path)
    promises = load_export(beside) if beside.is_file() else None
    return Verification(digest(data), 0, check_export(data, export, promises), (), ())


def _record(data: bytes, promises: ExportPromises | None) -> Iterator[Result]:
    if promises is None:
        yield Result("record", State.NOT_CHECKED, NO_RECORD)
    elif promises.sha256 != digest(data):
        yield Result("record", State.BROKEN, "the file was changed after it was built")
    else:
        yield Result("record", State.KEPT, "")


def _words(data: bytes, export: Export, promises: ExportPromises | None) -> Iterator[Result]:
    if promises is None:
        yield Result("words", State.NOT_CHECKED, NO_RECORD)
        return
    try:
        found = export.read_back(data)
    except ValueError as problem:
        yield Result("words", State.BROKEN, f"the file cannot be read: {problem}")
        return
    for wanted, read in zip_longest(promises.passages, found):
        if wanted != read:
            yield Result("words", State.BROKEN, *_difference(wanted, read))
            return  # what follows a lost passage stands in another’s place
    counted = sum(len(words) for _, words in found)
    yield Result("words", State.KEPT, f"{len(found)} passages, {counted} characters")


def _difference(wanted: Words | None, read: Words | None) -> tuple[str, str]:
    """Return what is wrong and where, at the first character that differs."""
    if wanted is None or read is None or wanted[0] != read[0]:
        one, other = (words[0] if words else "nothing" for words in (wanted, read))
        return f"{one} should stand here, and {other} does", one if wanted else other
    pairs = zip_longest(wanted[1], read[1])
    at = next(index for index, (one, other) in enumerate(pairs) if one != other)
    near = slice(max(0, at - 10), at + 20)
    return f"{wanted[1][near]!r} is read as {read[1][near]!r}", f"{wanted[0]}, character {at}"


def _whole(data: bytes, export: Export) -> Iterator[Result]:
    try:
        faults = export.faults(data)
    except ValueError as problem:
        faults = (f"the file cannot be read: {problem}",)
    yield from (Result("whole", State.BROKEN, fault) for fault in faults)
    if not faults:
        yield Result("whole", State.KEPT, "")
