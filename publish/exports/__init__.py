"""Editions in other forms than PDF: the table of formats.

In: a Job. Out: bytes. Each format also brings a reader that had no part in writing: what it finds in
the bytes is held to the transcription before they are delivered.
"""

from pathlib import Path

from publish.exports import docx_reading, html, html_reading, plain_html, tei_read_back
from publish.exports.export import Export, Words
from publish.layouts import Job
from publish.products import PDF, SUFFIXES

__all__ = ["EXPORTS", "Export", "Words", "export_of"]


def _write_tei(job: Job) -> bytes:
    from publish.exports.tei import tei  # with lxml, which is needed for this alone

    return tei(job.edition)


def _write_docx(job: Job) -> bytes:
    from publish.exports import docx  # with python-docx, which is needed for this alone

    return docx.write(job)


# One line a format, and its suffix in SUFFIXES (publish/products.py).
EXPORTS: dict[str, Export] = {
    "html": Export("text/html", html.write, html_reading.passages, html_reading.faults),
    "tei": Export("application/tei+xml", _write_tei, tei_read_back.read_back, tei_read_back.faults),
    # Read back by the reader of all that ends in .html.
    "plain-html": Export("text/html", plain_html.write, html_reading.passages, html_reading.faults),
    "docx": Export(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _write_docx,
        docx_reading.passages,
        docx_reading.faults,
    ),
}


def export_of(path: Path) -> Export | None:
    """Return the format of a file by its suffix; None for a PDF and for what is no file of ours."""
    suffix = path.suffix.lower()
    return next((EXPORTS[n] for n, s in SUFFIXES.items() if s == suffix and n != PDF), None)
