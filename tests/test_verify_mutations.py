"""Ways to break a good file, and the promise that notices each."""

from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from publish.problems import PromiseError, SourceError
from publish.verify import PROMISES, State, insist, verify
from tests.verify_pages import HYPHEN, HYPHENATED, Bound, build

FIRST = 'The steamer sails today—weather permitting. Its papers are “in order”. Please tell the harbour.'
READING_FIRST = f"77. {FIRST}"
FACSIMILE_FIRST = (
    'The steamer sails today--weather permitting.  Its papers are "in order".  '
    "Please tell the harbour."
)
ITEM = f"1) It carries no counter{HYPHEN}revolutionaries. It carries timber."
LAST = "A last paragraph follows the table."


@cache
def good() -> Bound:
    return build()


def broken_codes(pdf: bytes, bound: Bound | None = None) -> set[str]:
    """Return the codes of the promises that `pdf` breaks, the changed bytes themselves apart."""
    results = verify(pdf, (bound or good()).record)
    return {result.code for result in results if result.state is State.BROKEN} - {"record"}


def changed(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """Return the good file with one change, made by a library that the press does not use."""
    with pikepdf.open(BytesIO(good().pdf)) as pdf:
        change(pdf)
        saved = BytesIO()
        pdf.save(saved)
    return saved.getvalue()


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield the elements of the structure in reading order."""

    def walk(element: Any) -> Iterator[Any]:
        yield element
        kids = element.get("/K", Array())
        for kid in kids if isinstance(kid, Array) else [kid]:
            if isinstance(kid, Dictionary) and "/S" in kid:
                yield from walk(kid)

    yield from walk(pdf.Root.StructTreeRoot.K[0])


def element(pdf: pikepdf.Pdf, name: str) -> Any:
    return next(e for e in elements(pdf) if bytes(e.get("/ID", b"")).decode() == name)


def redrawn(page: pikepdf.Page, redraw: Callable[[bytes], bytes]) -> None:
    """Put other operators in the place of a page's own."""
    contents = page.obj.Contents
    streams = list(contents) if isinstance(contents, Array) else [contents]
    data = b"\n".join(stream.read_bytes() for stream in streams)
    other = redraw(data)
    assert other != data
    page.obj.Contents = page_stream(page, other)


def page_stream(page: pikepdf.Page, data: bytes) -> Any:
    owner = page.obj.same_owner_as
    del owner
    raise NotImplementedError


def test_the_good_file_breaks_no_promise() -> None:
    assert broken_codes(good().pdf) == set()
