"""All text of a page meets the eye: it lies on the page, whole, upright, and stands out from its ground.

In: a finished file. Out: the words that cannot be seen, and why. Each page is drawn with its text
and without (picture.py): a word that is clipped, covered, transparent or in the colour of its ground
makes no difference, whatever else is drawn there.

pdfium's text page tells where the characters stand. It drops some and makes up others; that no
letter is lost between it and the page is the promise `readers`.
"""

import ctypes
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from publish.verify.drawing import Fonts, draw
from publish.verify.objects import Objects, Stream, Value
from publish.verify.outcome import Examined, Found, broken, kept
from publish.verify.picture import (
    Box,
    Frame,
    Picture,
    Take,
    picture,
    picture_on_white,
    rows,
    visible_part,
)
from publish.verify.reading_back import FinishedFile, OpenPage
from publish.verify.setting import STACKED, TextObject, text_objects

_WHOLE = 7  # pixels, 2.8 points: a character as tall, or as wide, must show both its ends
_NO_CONTRAST = 1.05  # grey 0.975 on white, which no eye tells from it
_QUOTED = 60  # characters of a text that a finding quotes

_OUTSIDE = "lies outside the visible part of the page"
_CUT = "is seen in part only"
_HIDDEN = "leaves no mark: it is clipped, covered, transparent or in the colour of its ground"
# Characters that leave no mark where all is well: spaces, and signs without a shape.
_BLANK = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf"))


class _Flaw(NamedTuple):
    """Why a character of pdfium's text cannot be seen; its contrast where it is only faint."""

    at: int
    reason: str
    contrast: float = 0.0


def all_text_seen(examined: Examined) -> Iterator[Found]:
    """All text that the pages draw can be seen, on the screen and in print."""
    file = examined.file
    total = 0
    # Read first: pdfium 8149 does not come back from forms that draw one another without end, and
    # `drawn` refuses them.
    for page in range(len(file.drawn)):
        opened = file.open_page(page)
        total += max(0, int(pdfium.FPDFText_CountChars(opened.text)))
        for words, reason in _unseen(file, page, opened):
            yield broken(f"{words} {reason}", file.page_name(page))
    yield kept(f"{total} characters")


def _unseen(file: FinishedFile, page: int, opened: OpenPage) -> Iterator[tuple[str, str]]:
    """Yield words of a page that cannot be seen, and why."""
    texts, only_text = text_objects(opened.page)
    annotated = _annotations_appear(file.objects, file.pages[page])
    # Without annotations that draw, the screen and the printer show the same.
    uses = (False, True) if annotated else (False,)
    frame = visible_part(opened.page)
    handles = [text.handle for text in texts]
    flaws: dict[int, _Flaw] = {}
    for exact in (False, True):  # what seems to be hidden at a glance is looked at again
        flaws = {flaw.at: flaw for flaw in _badly_set(opened.text, texts)}
        for printed in uses:
            take = Take(printed, exact)
            if only_text and not annotated:
                taken = picture_on_white(opened.page, frame, take)
            else:
                taken = picture(opened.page, frame, handles, take)
            for flaw in _unmarked(opened.text, taken):
                flaws.setdefault(flaw.at, flaw)
        if not flaws:
            return
    yield from _told(opened.text, [flaws[at] for at in sorted(flaws)])


def _annotations_appear(objects: Objects, page: dict[str, Value]) -> bool:
    """Say whether an annotation may draw anything. pdfium draws no link without an appearance.

    Raises PromiseError when an appearance cannot be read, or has no end.
    """
    appear = False
    for annotation in map(objects.dictionary, objects.array(page.get("Annots"))):
        appear |= annotation.get("Subtype") != "Link" or "AP" in annotation
        for stream in _appearances(objects, annotation):
            resources = stream.dictionary.get("Resources")
            draw(objects, Fonts(objects), {"Contents": stream, "Resources": resources})
    return appear


def _appearances(objects: Objects, annotation: dict[str, Value]) -> Iterator[Stream]:
    """Yield the appearances of an annotation: one a use, or one for each state (12.5.5)."""
    for entry in objects.dictionary(annotation.get("AP")).values():
        found = objects.get(entry)
        states = found.values() if type(found) is dict else (found,)
        yield from (state for state in map(objects.get, states) if type(state) is Stream)


# How it is set


def _badly_set(text: Any, texts: list[TextObject]) -> Iterator[_Flaw]:
    """Yield the characters of text objects whose setting hides them, or another."""
    faults = {_address(one.handle): one.fault for one in texts if one.fault}
    if not faults:
        return
    for at in range(pdfium.FPDFText_CountChars(text)):
        fault = faults.get(_address(pdfium.FPDFText_GetTextObject(text, at)), "")
        if not fault or is_blank(text, at):
            continue
        # An accent from another face than its letter's is an object of its own, and stands over it.
        if fault != STACKED or unicodedata.category(_character(text, at))[0] != "M":
            yield _Flaw(at, fault)


def _address(handle: Any) -> int | None:
    return ctypes.cast(handle, ctypes.c_void_p).value


# What mark it leaves


def _unmarked(text: Any, taken: Picture) -> Iterator[_Flaw]:
    """Yield the characters that lie off the page, and those that do not leave their whole mark."""
    marks, frame = taken.marks(), taken.frame

    def any_mark(box: Box) -> bool:
        return any(1 in marks[row] for row in rows(frame, box))

    for at, box in _doubtful(text, frame, marks):
        if is_blank(text, at):
            continue
        if box is None:
            yield _Flaw(at, _OUTSIDE)
        elif not all(map(any_mark, _parts(box))):
            yield _Flaw(at, _CUT) if any_mark(box) else _faint(at, taken.contrast(box))


def _faint(at: int, contrast: float) -> _Flaw:
    return _Flaw(at, _HIDDEN) if contrast < _NO_CONTRAST else _Flaw(at, "", contrast)


def _doubtful(
    text: Any, frame: Frame, marks: bytes | bytearray
) -> Iterator[tuple[int, Box | None]]:
    """Yield the characters that a quick look does not find whole; no box: it lies off the page.

    A character's box is tight, so that its ink reaches all four sides; and as letters hang together,
    there is nearly always some on the inner edge of each outer third.
    """
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    sides = [ctypes.byref(side) for side in (left, right, bottom, top)]
    box_of, (x, y, across, down, width, height) = pdfium.FPDFText_GetCharBox, frame
    for at in range(pdfium.FPDFText_CountChars(text)):
        box_of(text, at, *sides)
        west, east = (left.value - x) * across, (right.value - x) * across
        north, south = (y - top.value) * down, (y - bottom.value) * down
        if not (west > -1 and north > -1 and east < width + 1 and south < height + 1):
            yield at, None
            continue
        a, b, c, d = int(west), int(north), int(east) + 1, int(south) + 1
        third_across, third_down = (c - a + 2) // 3, (d - b + 2) // 3
        upper, lower = (b + third_down - 1) * width, (d - third_down) * width
        first, last = b * width + a + third_across - 1, b * width + c - third_across
        if not (
            1 in marks[upper + a : upper + c]
            and 1 in marks[lower + a : lower + c]
            and 1 in marks[first : d * width : width]
            and 1 in marks[last : d * width : width]
        ):
            yield at, Box(a, b, c, d)


def _parts(box: Box) -> Iterator[Box]:
    """Yield the parts of a box that must bear ink: its outer thirds, or all of it where it is small.

    pdfium sets glyphs on whole pixels, so that one may lie a pixel beside its box.
    """
    left, top, right, bottom = box
    across, down = (right - left + 2) // 3, (bottom - top + 2) // 3
    if bottom - top >= _WHOLE:
        yield Box(left, top - 1, right, top + down)
        yield Box(left, bottom - down, right, bottom + 1)
    if right - left >= _WHOLE:
        yield Box(left - 1, top, left + across, bottom)
        yield Box(right - across, top, right + 1, bottom)
    if max(bottom - top, right - left) < _WHOLE:
        yield Box(left - 1, top - 1, right + 1, bottom + 1)


# What is told


def is_blank(text: Any, at: int) -> bool:
    """Say whether a character leaves no mark by its nature, or was made up by pdfium."""
    character = _character(text, at)
    blank = character.isspace() or unicodedata.category(character) in _BLANK
    return blank or pdfium.FPDFText_IsGenerated(text, at) == 1


def _character(text: Any, at: int) -> str:
    return chr(pdfium.FPDFText_GetUnicode(text, at))


def _told(text: Any, flaws: list[_Flaw]) -> Iterator[tuple[str, str]]:
    """Yield words and reason of each run of characters that have the same flaw."""
    count = pdfium.FPDFText_CountChars(text)
    characters = [_character(text, at) for at in range(count)]
    run: list[_Flaw] = []
    for flaw in flaws:
        if run and not _continues(run[-1], flaw, text):
            yield _quoted(characters, run), _reason(run)
            run = []
        run.append(flaw)
    yield _quoted(characters, run), _reason(run)


def _continues(one: _Flaw, other: _Flaw, text: Any) -> bool:
    """Say whether two flaws are one, with nothing but spaces between."""
    between = range(one.at + 1, other.at)
    return one.reason == other.reason and all(is_blank(text, at) for at in between)


def _reason(run: list[_Flaw]) -> str:
    contrast = max(flaw.contrast for flaw in run)
    return run[0].reason or f"stands out from its ground by {contrast:.2g} : 1 only"


def words_around(text: Any, at: int) -> str:
    """Return the whole words that a character of pdfium's text stands in, quoted."""
    characters = [_character(text, each) for each in range(pdfium.FPDFText_CountChars(text))]
    return _quoted(characters, [_Flaw(at, "")])


def _quoted(characters: list[str], run: list[_Flaw]) -> str:
    """Return the whole words that a run touches, cut where they are many."""
    first, last = run[0].at, run[-1].at
    while first and not characters[first - 1].isspace():
        first -= 1
    while last + 1 < len(characters) and not characters[last + 1].isspace():
        last += 1
    words = " ".join("".join(characters[first : last + 1]).split())
    return repr(words if len(words) <= _QUOTED else words[:_QUOTED] + "…")
