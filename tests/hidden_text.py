"""Ways to hide text, made by a library of no part in the press, and what a promise says of them.

A small page of two lines is for what may be drawn at all; the finished products are for what they draw.
"""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from publish.promises import Promises
from publish.verify import PROMISES
from publish.verify.drawing import _Pen, inherited
from publish.verify.outcome import Examined, State
from publish.verify.reading_back import FinishedFile
from tests.saving import Change

FIRST, SECOND = "The first line.", "And a second one."
LINES = (
    b"BT /F 12 Tf 20 150 Td (The first line.) Tj ET BT /F 12 Tf 20 100 Td (And a second one.) Tj ET"
)
_SEGMENT = re.compile(rb"(/\w+\s*<<[^>]*>>\s*BDC)(.*?)(EMC)", re.DOTALL)
_SHOWN = re.compile(
    rb"\((?P<codes>(?:\\[0-7]{3}|\\.|[^\\)])*)\) Tj|(?P<font>/\S+) [\d.]+ Tf", re.DOTALL
)
_CODE = re.compile(rb"\\[0-7]{3}|\\.|.", re.DOTALL)
Redraw = Callable[[bytes], bytes]


def said(code: str, pdf: bytes, record: Promises | None = None) -> list[str]:
    """Return what the promise `code` finds broken: place and sentence."""
    promise = next(promise for promise in PROMISES if promise.code == code)
    with FinishedFile(pdf) as file:
        found = list(promise.checker(Examined(file, record)))
    return [f"{f.where}: {f.detail}" for f in found if f.state is State.BROKEN]


def edited(pdf: bytes, change: Change) -> bytes:
    """Return a file with one change."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        change(opened)
        saved = BytesIO()
        opened.save(saved)
    return saved.getvalue()


# The small page


def small(content: bytes = LINES, **page: Any) -> bytes:
    """Return a page of 300 by 200 points. Its resources: font F, states Clear, Pale and Half, form X, picture I."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(300, 200))
    held = pdf.pages[0].obj
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )
    resources = Dictionary(
        Font=Dictionary(F=font),
        ExtGState=Dictionary(
            Clear=Dictionary(ca=0), Pale=Dictionary(ca=0.2), Half=Dictionary(ca=0.5)
        ),
    )
    held.Resources = resources
    held.Resources.XObject = Dictionary(
        X=form(pdf, LINES, resources), I=picture(pdf, bytes([10, 90, 30, 60]), 2, 2)
    )
    held.Contents = pdf.make_stream(content)
    for key, value in page.items():
        held[f"/{key}"] = value
    saved = BytesIO()
    pdf.save(saved)
    return saved.getvalue()


def form(pdf: pikepdf.Pdf, content: bytes, resources: Any = None, size: float = 1000) -> Any:
    """Return a form that draws `content`."""
    made = pdf.make_stream(content)
    made.Type, made.Subtype, made.BBox = Name.XObject, Name.Form, Array([0, 0, size, size])
    made.Resources = Dictionary() if resources is None else resources
    return made


def picture(pdf: pikepdf.Pdf, greys: bytes, width: int, height: int) -> Any:
    """Return a picture of so many greys."""
    made = pdf.make_stream(greys)
    made.Type, made.Subtype, made.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
    made.Width, made.Height, made.BitsPerComponent = width, height, 8
    return made


def annotated(
    place: tuple[float, float, float, float], look: bytes, subtype: str, flags: int
) -> Change:
    """Return a change that lays an annotation on the first page, which draws `look`."""

    def change(pdf: pikepdf.Pdf) -> None:
        left, bottom, right, top = place
        annotation = Dictionary(
            Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=Array(list(place)), F=flags
        )
        drawn = form(pdf, look)
        drawn.BBox = Array([0, 0, right - left, top - bottom])
        annotation.AP = Dictionary(N=drawn)
        held = pdf.pages[0].obj
        held.Annots = Array([*held.get("/Annots", ()), pdf.make_indirect(annotation)])

    return change


# The finished products


def box_of(pdf: bytes, page: int, words: str) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top of words on a page, as pdfium finds them."""
    import ctypes

    import pypdfium2.raw as pdfium

    with FinishedFile(pdf) as file:
        text = file.open_page(page).text
        count = pdfium.FPDFText_CountChars(text)
        characters = "".join(chr(pdfium.FPDFText_GetUnicode(text, at)) for at in range(count))
        first = characters.index(words)
        boxes = []
        for at in range(first, first + len(words)):
            left, right, bottom, top = (ctypes.c_double() for _ in range(4))
            pdfium.FPDFText_GetCharBox(text, at, left, right, bottom, top)
            if right.value > left.value:
                boxes.append((left.value, bottom.value, right.value, top.value))
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def operators(page: Any) -> bytes:
    """Return the operators of a page."""
    parts = page.Contents if isinstance(page.Contents, Array) else [page.Contents]
    return b"\n".join(part.read_bytes() for part in parts)


def on_top(page: int, drawn: bytes) -> Change:
    """Return a change that draws more on a page, as an artifact, over what is there."""

    def change(pdf: pikepdf.Pdf) -> None:
        held = pdf.pages[page].obj
        over = b"\nQ /Artifact BMC q " + drawn + b" Q EMC"
        held.Contents = pdf.make_stream(b"q " + operators(held) + over)

    return change


def redrawn(pdf: bytes, page: int, words: str, redraw: Redraw) -> bytes:
    """Return the file with other operators in each marked content of a page that says `words`."""
    with FinishedFile(pdf) as file:
        dictionary = file.pages[page]
        resources = inherited(file.objects, dictionary, "Resources")

        def says(segment: bytes) -> str:
            pen = _Pen(file.objects, file._fonts)
            pen.draw(segment, resources, 0)
            return "".join(pen.drawn.everything())

        found = 0

        def replace(match: re.Match[bytes]) -> bytes:
            nonlocal found
            if words not in says(match[0]):
                return match[0]
            found += 1
            return match[1] + b" " + redraw(match[2]) + b" " + match[3]

        def change(opened: pikepdf.Pdf) -> None:
            held = opened.pages[page].obj
            held.Contents = opened.make_stream(_SEGMENT.sub(replace, operators(held)))

        changed = edited(pdf, change)
    assert found
    return changed


def painted(colour: bytes) -> Redraw:
    """Return how to draw marked content in another colour, and what follows as it was."""

    def redraw(drawn: bytes) -> bytes:
        plain = re.sub(rb"[\d.]+ [\d.]+ [\d.]+ rg|/\S+ gs", b"", drawn)
        return b"q " + colour + b" " + plain + b" Q"

    return redraw


def around(first: int, count: int, before: bytes, after: bytes) -> Redraw:
    """Return how to draw the strokes from character `first` to `first + count` with other operators.

    FONT in the operators stands for the font of the stroke.
    """

    def redraw(drawn: bytes) -> bytes:
        at, font = 0, b""

        def replace(match: re.Match[bytes]) -> bytes:
            nonlocal at, font
            if match["font"]:
                font = match["font"]
                return match[0]
            start, at = at, at + len(_CODE.findall(match["codes"]))
            if not first <= start < first + count:
                return match[0]
            return b" ".join((before, match[0], after)).replace(b"FONT", font)

        return _SHOWN.sub(replace, drawn)

    return redraw


def mirrored(count: int) -> Redraw:
    """Return how to draw the first `count` strokes of a typed line as a mirror shows them."""
    return lambda drawn: re.sub(rb"(\S+)( \S+ \S+ \S+ \S+ \S+ Tm)", rb"-\1\2", drawn, count=count)
