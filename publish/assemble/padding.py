"""A blank page behind an odd number of them, so that two duplex sheets never share a leaf.

In: a job and its parts. Out: the parts, with one more where it is needed. The page says nothing, not
even its number; its label goes on from the page before.
"""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from pypdf import PdfReader, PdfWriter

from publish.layouts import Job
from publish.typeset.structure import PADDING, Part


def padded(job: Job, parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the parts of a file of an even number of pages, where the product promises one."""
    pages = sum(len(part.pages) for part in parts)
    if not job.product.preflight.duplex or pages % 2 == 0:
        return tuple(parts)
    last = parts[-1]
    labels = replace(last.labels, start=last.labels.start + len(last.pages))
    return (*parts, Part(PADDING, _blank_page_like(last), (0,), (), labels=labels))


def _blank_page_like(part: Part) -> bytes:
    """Return a PDF of one page, as large as the part's last."""
    size = PdfReader(BytesIO(part.pdf)).pages[part.pages[-1]].mediabox
    writer = PdfWriter()
    writer.add_blank_page(float(size.width), float(size.height))
    blank = BytesIO()
    writer.write(blank)
    return blank.getvalue()
