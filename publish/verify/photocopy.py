"""What a copier makes of a page: margins that it can print, no tint, and letters left in black and white.

In: a finished file and its record. Out: marks in the margin, tints behind text, words that are lost
when each pixel becomes either black or white.
"""

from collections.abc import Iterator
from ctypes import byref, c_double
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from publish.units import POINTS_PER_INCH, Points
from publish.verify.outcome import Examined, Found, broken, kept, record_of
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
from publish.verify.reading_back import FinishedFile
from publish.verify.setting import text_objects
from publish.verify.sight import is_blank, words_around

PIXELS_PER_INCH = 200  # what a copier of ordinary quality scans
_SIDES = ("left", "upper", "right", "lower")
_PAPER = 250  # of 255: whatever is lighter leaves no toner
_HALF = 128  # the threshold between white and black
_BLACK = bytes(1 if grey < _HALF else 0 for grey in range(256))
_TINTED = 0.5  # of a letter's box; a rule that letters stand on, or hang below, takes up less
# A letter is found again when this share of its ink falls on black pixels, and at most so much black
# stands for it. Of a facsimile in greys to 0.2 the worst sign, a full point of 5.4 points, keeps 0.56;
# in greys to 0.45 it keeps 0.38, and of what is printed in middle grey nothing is left.
_LEAST_KEPT = 0.5
_MOST_BLACK = 1.7


def margins_clear(examined: Examined) -> Iterator[Found]:
    """Nothing is drawn in the margin that no printer is sure to print."""
    file, margin = examined.file, record_of(examined).preflight.margin
    for page in range(file.page_count):
        opened = file.open_page(page)
        frame = visible_part(opened.page)
        drawn = picture_on_white(opened.page, frame, Take(printed=True, exact=True))
        for side, box in zip(_SIDES, _margins(frame, margin), strict=True):
            if any(min(drawn.drawn[row], default=255) < _PAPER for row in rows(frame, box)):
                yield broken(
                    f"something stands in the {side} margin of {margin:g} points",
                    file.page_name(page),
                )
    yield kept(f"{file.page_count} pages, {margin / POINTS_PER_INCH:g} in on each side")


def _margins(frame: Frame, margin: Points) -> tuple[Box, Box, Box, Box]:
    """Return the four margins, a pixel narrower than promised: a line on their edge is not in them."""
    across, down = int(margin * frame.across) - 1, int(margin * frame.down) - 1
    width, height = frame.width, frame.height
    return (
        Box(0, 0, across, height),
        Box(0, 0, width, down),
        Box(width - across, 0, width, height),
        Box(0, height - down, width, height),
    )


def nothing_tinted(examined: Examined) -> Iterator[Found]:
    """No tint, ground or picture lies behind a letter."""
    file = examined.file
    for page, taken, letters in _pages(file):
        if taken.ground is None:
            continue
        for letter in letters:
            if _share(taken.frame, letter.box, taken.ground) > _TINTED:
                words = words_around(file.open_page(page).text, letter.at)
                yield broken(f"a tint lies behind {words}", file.page_name(page))
                break
    yield kept("")


def _share(frame: Frame, box: Box, pixels: bytearray) -> float:
    """Return which share of a box is not white."""
    tinted = total = 0
    for row in rows(frame, box):
        greys = pixels[row]
        total += len(greys)
        tinted += sum(grey < _PAPER for grey in greys)
    return tinted / total if total else 0.0


def survives_copying(examined: Examined) -> Iterator[Found]:
    """Every word is found again when the page is scanned at 200 to the inch as black and white."""
    file = examined.file
    total = 0
    for page, taken, letters in _pages(file):
        lost = [letter for letter in letters if not _found_again(taken, letter.box)]
        total += len(letters)
        text = file.open_page(page).text
        for words in dict.fromkeys(words_around(text, letter.at) for letter in lost):
            yield broken(f"{words} is lost in black and white", file.page_name(page))
    yield kept(f"{total} letters and signs")


def _found_again(taken: Picture, box: Box) -> bool:
    """Compare a letter as drawn with the same letter when each pixel is black or white.

    Its ink is what the letter adds to the ground; black is where the copy differs from that of the
    ground, so that a dark tint, which is all black, keeps no letter.
    """
    ink = left = black = 0
    for row in rows(taken.frame, _grown(box)):
        drawn = taken.drawn[row]
        ground = taken.ground[row] if taken.ground is not None else b"\xff" * len(drawn)
        for one, other in zip(drawn, ground, strict=True):
            if one >= other:
                continue
            ink += other - one
            if _BLACK[one] != _BLACK[other]:
                left += other - one
                black += 255
    return not ink or (left >= _LEAST_KEPT * ink and black <= _MOST_BLACK * ink)


def _grown(box: Box) -> Box:
    """Return a box with the pixels around it: pdfium sets glyphs on whole pixels."""
    return Box(box.left - 1, box.top - 1, box.right + 1, box.bottom + 1)


class _Letter(NamedTuple):
    at: int
    box: Box


def _pages(file: FinishedFile) -> Iterator[tuple[int, Picture, list[_Letter]]]:
    """Yield each page as a copier sees it, with where its letters stand."""
    for page in range(file.page_count):
        opened = file.open_page(page)
        frame = visible_part(opened.page, PIXELS_PER_INCH / POINTS_PER_INCH)
        texts, only_text = text_objects(opened.page)
        take = Take(printed=True, exact=True)
        if only_text and not file.objects.array(file.pages[page].get("Annots")):
            taken = picture_on_white(opened.page, frame, take)
        else:
            taken = picture(opened.page, frame, [text.handle for text in texts], take)
        yield page, taken, list(_letters(opened.text, frame))


def _letters(text: Any, frame: Frame) -> Iterator[_Letter]:
    left, right, bottom, top = (c_double() for _ in range(4))
    sides = [byref(side) for side in (left, right, bottom, top)]
    for at in range(max(0, pdfium.FPDFText_CountChars(text))):
        if is_blank(text, at):
            continue
        pdfium.FPDFText_GetCharBox(text, at, *sides)
        yield _Letter(
            at,
            Box(
                int((left.value - frame.left) * frame.across),
                int((frame.top - top.value) * frame.down),
                int((right.value - frame.left) * frame.across) + 1,
                int((frame.top - bottom.value) * frame.down) + 1,
            ),
        )
