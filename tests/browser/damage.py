"""Copies of a finished PDF with one fault, to see that what looks at it in the browser notices.

In: the file's bytes. Out: other bytes, made by qpdf's library, which the press does not use.
"""

import re
from collections.abc import Callable, Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name

Change = Callable[[pikepdf.Pdf], None]


def damaged(pdf: bytes, change: Change) -> bytes:
    """Return a copy with a change."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        change(opened)
        saved = BytesIO()
        opened.save(saved)
    return saved.getvalue()


def destination_elsewhere(name: str, page: int, top: float) -> Change:
    """Let a named destination open another page (counted from 1) or height."""

    def change(pdf: pikepdf.Pdf) -> None:
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        assert name in names
        names[name] = Array([pdf.pages[page - 1].obj, Name.XYZ, 0, top, None])

    return change


def no_title(pdf: pikepdf.Pdf) -> None:
    """Take the title out of the document information."""
    del pdf.docinfo["/Title"]


def flat_outline(pdf: pikepdf.Pdf) -> None:
    """Let every bookmark stand at the outermost level."""
    with pdf.open_outline() as outline:
        items = [*_all_items(outline.root)]
        for item in items:
            item.children.clear()
        outline.root[:] = items


def bookmark_elsewhere(title: str, page: int) -> Change:
    """Let a bookmark open another page (counted from 1)."""

    def change(pdf: pikepdf.Pdf) -> None:
        with pdf.open_outline() as outline:
            (item,) = (item for item in _all_items(outline.root) if item.title == title)
            item.destination = Array([pdf.pages[page - 1].obj, Name.XYZ, 0, 792, None])

    return change


def link_elsewhere(contents: str, name: str) -> Change:
    """Let a link open another named destination."""

    def change(pdf: pikepdf.Pdf) -> None:
        _link(pdf, contents).A = Dictionary(S=Name.GoTo, D=pikepdf.String(name))

    return change


def dead_link(contents: str) -> Change:
    """Take the action from a link."""

    def change(pdf: pikepdf.Pdf) -> None:
        del _link(pdf, contents).A

    return change


def words_instead(page: int) -> Change:
    """Give each typed line of a page (counted from 1) other words than are drawn.

    Whole lines with an ActualText in the page's own operators cannot be selected in pdfium.
    """

    def change(pdf: pikepdf.Pdf) -> None:
        held = pdf.pages[page - 1].obj
        assert not isinstance(held.Contents, Array)
        other, count = re.subn(
            rb"/P <</MCID (\d+)>> BDC",
            rb"/P <</MCID \1 /ActualText (Other words)>> BDC",
            held.Contents.read_bytes(),
        )
        assert count
        held.Contents = pdf.make_stream(other)

    return change


def _all_items(items: list[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
    for item in items:
        yield item
        yield from _all_items(item.children)


def _link(pdf: pikepdf.Pdf, contents: str) -> pikepdf.Object:
    (found,) = (
        note
        for page in pdf.pages
        for note in page.get("/Annots", [])
        if note.get("/Contents") == contents
    )
    return found
