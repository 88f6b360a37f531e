"""Editions in other forms than PDF: the table of formats.

In: a Job. Out: bytes. Each format also brings a reader that had no part in writing: what it finds in
the bytes is held to the transcription before they are delivered.
"""

from pathlib import Path

from publish.exports import html, html_reading
from publish.exports.export import Export, Words
from publish.layouts import PDF, SUFFIXES

__all__ = ["EXPORTS", "Export", "Words", "export_of"]

# One line a format, and its suffix in SUFFIXES (publish/layouts.py).
EXPORTS: dict[str, Export] = {
    "html": Export("text/html", html.write, html_reading.passages, html_reading.faults),
}


def export_of(path: Path) -> Export | None:
    """Return the format of a file by its suffix; None for a PDF and for what is no file of ours."""
    suffix = path.suffix.lower()
    return next((EXPORTS[n] for n, s in SUFFIXES.items() if s == suffix and n != PDF), None)
