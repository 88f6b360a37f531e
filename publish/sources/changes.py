"""Reads CHANGES.md: the versions of an edition, the newest first.

    # Changes

    ## 1.1 (2027-03-01)

    What changed, in light Markdown.

    Seed: sha256 194c…

In: the file. Out: a Change for each version. The line `Seed:` records the digest of the seed's files as they
were released (publish/fixity.py).
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from publish.imprint import Change
from publish.markdown import check, check_citations
from publish.model import Work
from publish.problems import SourceError, Where
from publish.sources.decoding import read_editors_text

_HEAD = re.compile(r"## +(\d+(?:\.\d+)*) +\((\d{4}-\d{2}-\d{2})\) *")
_SEED = re.compile(r"Seed: +sha256 +([0-9a-f]{64}) *")
_FORM = "Write ## 1.0 (2026-11-23), the version and the day of its release."


def read_changes(path: Path, works: Mapping[str, Work]) -> tuple[Change, ...]:
    """Return the versions in the order of the file; none where there is no file.

    Raises SourceError with the line for a head that is malformed, a day that no calendar has, a digest that
    is none, a version without words, and (v-001) for versions or days that do not go forward.
    """
    if not path.is_file():
        return ()
    lines = read_editors_text(path).splitlines()
    heads = [number for number, line in enumerate(lines) if line.startswith("## ")]
    first = heads[0] if heads else len(lines)
    for number, line in enumerate(lines[:first]):
        if line.strip() and not line.startswith("# "):
            raise _fault(
                path, number, f"{line.strip()[:40]!r} stands before the first version", _FORM
            )
    if not heads:
        raise _fault(path, 0, "the file has no version", _FORM)
    ends = [*heads[1:], len(lines)]
    changes = tuple(
        _change(path, lines, start, end, works) for start, end in zip(heads, ends, strict=True)
    )
    for newer, older in pairwise(changes):
        _check_forward(path, newer, older)
    return changes


def _change(
    path: Path, lines: Sequence[str], start: int, end: int, works: Mapping[str, Work]
) -> Change:
    head = _HEAD.fullmatch(lines[start])
    if head is None:
        raise _fault(path, start, f"{lines[start]!r} is no version and day", _FORM)
    try:
        released = date.fromisoformat(head[2])
    except ValueError:
        message = f"there is no day {head[2]}"
        raise _fault(path, start, message, "Correct the day of the release.") from None
    seed = ""
    body = list(lines[start + 1 : end])
    for number, line in enumerate(body):
        if line.startswith("Seed:"):
            recorded = _SEED.fullmatch(line)
            if recorded is None or seed:
                hint = "Write one line Seed: sha256 and the 64 figures that publish check gives."
                raise _fault(path, start + 1 + number, "the digest of the seed is malformed", hint)
            seed, body[number] = recorded[1], ""
    told = "\n".join(body)
    if not told.strip():
        hint = "Say in a sentence what changed, or that it is the first release."
        raise _fault(path, start, f"version {head[1]} does not say what changed", hint)
    check(told, str(path), start + 2)
    check_citations(told, works, str(path), start + 2)
    return Change(head[1], released, told.strip(), start + 1, seed)


def _check_forward(path: Path, newer: Change, older: Change) -> None:
    hint = "The newest version stands first, and no number is given twice."
    if _order(newer.version) <= _order(older.version):
        message = f"version {newer.version} does not come after {older.version}"
        raise _fault(path, newer.line - 1, message, hint, "v-001")
    if newer.released < older.released:
        message = f"version {newer.version} is released before {older.version}"
        raise _fault(path, newer.line - 1, message, "Correct one of the days.", "v-001")


def _order(version: str) -> tuple[int, ...]:
    """Return a version's numbers for comparison; 1.0 and 1 are one."""
    numbers = [int(part) for part in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def _fault(path: Path, line: int, message: str, hint: str, code: str = "") -> SourceError:
    return SourceError(message, where=Where(str(path), line + 1, 1), hint=hint, code=code)
