"""Imposes a finished file: two of its pages on each side of a sheet, for a booklet or to save paper.

In: a verified PDF, its job, the sides. Out: another PDF, which is for the printer alone. The structure,
fields, links and attachments of the file are not in it, since pages that are drawn in cells have lost
their places; and so it claims nothing, and says so.
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from io import BytesIO

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import IndirectObject, StreamObject

from publish.assemble import xmp
from publish.assemble.objects import (
    TRUE,
    compressed,
    dictionary,
    name,
    plain,
    rectangle,
    text,
)
from publish.assemble.pypdf_private import add, identify
from publish.finish.sheets import Side
from publish.layouts import Job
from publish.problems import AssemblyError

NO_CLAIM = (
    "Imposed for printing, two pages on each side. This file makes no claim of accessibility: it has no "
    "structure, no links and no fields. The same product without imposition has them."
)
_ID_BYTES = 16


def impose(pdf: bytes, job: Job, sides: Sequence[Side], created: datetime) -> bytes:
    """Return the imposed file. The same input gives the same bytes."""
    reader, writer = PdfReader(BytesIO(pdf)), PdfWriter()
    forms = [_form(writer, page) for page in reader.pages]
    for side in sides:
        page = writer.add_blank_page(side.width, side.height)
        _draw(writer, page, side, forms)
    _describe(writer, job, created)
    identify(writer, sha256(job.file_name.encode() + b"\0" + pdf).digest()[:_ID_BYTES])
    finished = BytesIO()
    writer.write(finished)
    return finished.getvalue()


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Return width and height of each page. Raises AssemblyError for one that is turned."""
    sizes = []
    for number, page in enumerate(PdfReader(BytesIO(pdf)).pages, 1):
        if page.rotation:
            raise AssemblyError(f"page {number} is turned, and cannot be imposed")
        sizes.append((float(page.mediabox.width), float(page.mediabox.height)))
    return sizes


def _form(writer: PdfWriter, page: PageObject) -> IndirectObject:
    """Write a page as a form that can be drawn anywhere (ISO 32000-1, 8.10)."""
    contents = page.get_contents()
    form: StreamObject = compressed(
        contents.get_data() if contents is not None else b"",
        {
            "Type": name("XObject"),
            "Subtype": name("Form"),
            "BBox": rectangle(float(corner) for corner in page.mediabox),
            "Resources": page.get("/Resources", dictionary({})).clone(writer),
        },
    )
    return add(writer, form)


def _draw(writer: PdfWriter, page: PageObject, side: Side, forms: Sequence[IndirectObject]) -> None:
    drawn = {f"P{cell.page}": forms[cell.page - 1] for cell in side.cells}
    page[name("Resources")] = dictionary({"XObject": dictionary(drawn)})
    operators = "\n".join(
        f"q {cell.scale:.6f} 0 0 {cell.scale:.6f} {cell.left:.3f} {cell.bottom:.3f} cm /P{cell.page} Do Q"
        for cell in side.cells
    )
    page[name("Contents")] = add(writer, compressed(operators.encode("ascii"), {}))


def _describe(writer: PdfWriter, job: Job, created: datetime) -> None:
    """Write what the file is, and that it claims nothing."""
    described = xmp.describe(job.edition, created, job.title, job.language)
    described = xmp.with_subject(described, NO_CLAIM)
    writer.metadata = xmp.info(described)
    packet = plain(xmp.packet(described, ()), {"Type": name("Metadata"), "Subtype": name("XML")})
    catalog = writer.root_object
    catalog[name("Metadata")] = add(writer, packet)
    catalog[name("Lang")] = text(job.language)
    catalog[name("ViewerPreferences")] = dictionary({"DisplayDocTitle": TRUE})
    writer.pdf_header = "%PDF-1.7"
