"""What a format other than PDF is to the press: how a file of it is made, and how it is read back."""

from collections.abc import Callable
from dataclasses import dataclass

from publish.layouts import Job

# A passage of the document as a reader finds it in a finished file: its id, its characters.
Words = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Export:
    """A format: how a file is made, and how it is read back.

    `read_back` gives the document’s passages in the order of the file: heading, dateline, blocks and
    source line, each under the id that `render` gives it, a table’s cells parted by tabs and its rows
    by line ends. `faults` names what a reader would stumble over: a link to nowhere. Both raise
    ValueError for bytes that are not of the format.
    """

    media_type: str
    write: Callable[[Job], bytes]
    read_back: Callable[[bytes], tuple[Words, ...]]
    faults: Callable[[bytes], tuple[str, ...]] = lambda _: ()
