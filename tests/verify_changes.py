"""The good file of tests/verify_pages.py with one change, made by a library of no part in the press."""

from collections.abc import Callable
from functools import cache

import pikepdf
from pikepdf import Array

from publish.verify import State, verify
from tests.saving import Change, saved
from tests.verify_pages import Bound, build


@cache
def good() -> Bound:
    return build()


def broken_codes(pdf: bytes) -> set[str]:
    """Return the promises that `pdf` breaks, besides being other bytes than those recorded."""
    results = verify(pdf, good().record)
    return {result.code for result in results if result.state is State.BROKEN} - {"record"}


def changed(change: Change) -> bytes:
    """Return the good file with one change, made by a library that the press does not use."""
    return saved(good().pdf, change)


def redrawn(page: int, redraw: Callable[[bytes], bytes]) -> bytes:
    """Return the good file with other operators on a page."""

    def change(pdf: pikepdf.Pdf) -> None:
        held = pdf.pages[page].obj
        streams = held.Contents if isinstance(held.Contents, Array) else [held.Contents]
        data = b"\n".join(stream.read_bytes() for stream in streams)
        other = redraw(data)
        assert other != data
        held.Contents = pdf.make_stream(other)

    return changed(change)
