"""A finished PDF with one change, saved by a library that has no part in the press.

In: the file's bytes and a function that changes it. Out: the changed file. Nothing else differs that a
promise is about: pikepdf would give the trailer's ID another second half, and Info another producer.
"""

import re
from collections.abc import Callable
from io import BytesIO

import pikepdf

Change = Callable[[pikepdf.Pdf], None]

_ID = re.compile(rb"/ID \[<([0-9a-f]{32})><[0-9a-f]{32}>\]")


def saved(pdf: bytes, change: Change) -> bytes:
    """Return the file with one change, under the identifier that it had."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        change(opened)
        written = BytesIO()
        opened.save(written, fix_metadata_version=False)
    data = written.getvalue()
    (place,) = list(_ID.finditer(data))[-1:]
    assert data != pdf
    return data[: place.start()] + _ID.sub(rb"/ID [<\1><\1>]", place[0]) + data[place.end() :]
