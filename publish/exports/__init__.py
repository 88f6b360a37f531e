"""Editions in other forms than PDF: the table of formats, and what makes a file of each.

In: a Job. Out: bytes. Each format also brings a reader that had no part in writing: what it finds in
the bytes is held to the transcription before they are delivered.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from publish.layouts import PDF, SUFFIXES, Job

# A passage of the document as a reader finds it in a finished file: its id, its characters.
Words = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Export:
    """A format: how a file is made, and how it is read back.

    `read_back` gives the document's passages in the order of the file: heading, dateline, blocks and
    source line, each under the id that `render` gives it, a table’s cells parted by tabs and its rows
    by line ends. `faults` names what a reader would stumble over: a link to nowhere. Both raise
    ValueError for bytes that are not of the format.
    """

    media_type: str
    write: Callable[[Job], bytes]
    read_back: Callable[[bytes], tuple[Words, ...]]
    faults: Callable[[bytes], tuple[str, ...]] = lambda _: ()


# One line a format, and its suffix in SUFFIXES (publish/layouts.py).
EXPORTS: dict[str, Export] = {}


def export_of(path: Path, exports: Mapping[str, Export] = EXPORTS) -> Export | None:
    """Return the format of a file by its suffix; None for a PDF and for what is no file of ours."""
    suffix = path.suffix.lower()
    return next((exports[n] for n, s in SUFFIXES.items() if s == suffix and n != PDF), None)
