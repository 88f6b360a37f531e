"""Line numbers: each is seen beside its line, and no program finds it among the words.

In: a finished file and its record. Out: numbers that are missing, that are text, or that stand beside
other words than they should.
"""

from collections.abc import Iterator
from ctypes import byref, c_double
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from publish.promises import ExpectedLine
from publish.verify.outcome import Examined, Found, broken, kept, record_of
from publish.verify.picture import Box, Frame, Picture, Take, picture_on_white, rows, visible_part
from publish.verify.reading_back import FinishedFile

_DARK = 128  # of 255
# In heights of a capital, from the line's base: between these a letter of the line has its middle, a raised
# one too. The letters of its neighbours have theirs beyond, if lines stand 1.15 of their type apart.
_LOWEST, _HIGHEST = -0.3, 1.1


def lines_numbered(examined: Examined) -> Iterator[Found]:
    """Every number of the record has its ink, no letter stands in its place, and its line is there."""
    file, record = examined.file, record_of(examined)
    for page in sorted({line.page - 1 for line in record.lines}):
        if not 0 <= page < file.page_count:
            yield broken(f"page {page + 1} is missing, with numbered lines")
            continue
        for told in _page_faults(file, page, [x for x in record.lines if x.page == page + 1]):
            yield broken(told, file.page_name(page))
    yield kept(f"{len(record.lines)} numbers")


class _Letter(NamedTuple):
    character: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def _page_faults(file: FinishedFile, page: int, lines: list[ExpectedLine]) -> Iterator[str]:
    opened = file.open_page(page)
    frame = visible_part(opened.page)
    taken = picture_on_white(opened.page, frame, Take(printed=True, exact=True))
    letters = list(_letters(opened.text))
    for line in lines:
        left, bottom, right, top = line.rectangle
        if not _inked(taken, _pixels(frame, line)):
            yield f"the number {line.number} cannot be seen"
        if any(left <= one.middle <= right and bottom <= one.bottom <= top for one in letters):
            yield f"the number {line.number} is text, which is copied with the words"
        found = _line_at(letters, line)
        if found != _letters_of(line.words):
            yield f"the number {line.number} stands beside {found[:30]!r}, not {line.words[:30]!r}"


def _line_at(letters: list[_Letter], line: ExpectedLine) -> str:
    """Return the letters and figures of the line whose base is the number's."""
    base, (left, right) = line.rectangle[1], line.extent
    of_line = [one for one in letters if left - 1 <= one.middle <= right + 1]
    capital = max(
        (one.top - one.bottom for one in of_line if abs(one.bottom - base) < 1), default=0.0
    )
    return "".join(
        one.character
        for one in of_line
        if _LOWEST * capital < (one.bottom + one.top) / 2 - base < _HIGHEST * capital
    )


def _letters_of(words: str) -> str:
    return "".join(character for character in words if character.isalnum())


def _pixels(frame: Frame, line: ExpectedLine) -> Box:
    left, bottom, right, top = line.rectangle
    return Box(
        int((left - frame.left) * frame.across),
        int((frame.top - top) * frame.down),
        int((right - frame.left) * frame.across) + 1,
        int((frame.top - bottom) * frame.down) + 1,
    )


def _inked(taken: Picture, box: Box) -> bool:
    return any(min(taken.drawn[row], default=255) < _DARK for row in rows(taken.frame, box))


def _letters(text: Any) -> Iterator[_Letter]:
    left, right, bottom, top = (c_double() for _ in range(4))
    sides = [byref(side) for side in (left, right, bottom, top)]
    for at in range(max(0, pdfium.FPDFText_CountChars(text))):
        character = chr(pdfium.FPDFText_GetUnicode(text, at))
        if character.isalnum() and pdfium.FPDFText_IsGenerated(text, at) != 1:
            pdfium.FPDFText_GetCharBox(text, at, *sides)
            yield _Letter(character, left.value, bottom.value, right.value, top.value)
