"""What pdfium reads and sees of a page, or of a part of it: letters in order, and where the ink lies."""

from collections.abc import Iterator
from ctypes import byref, c_double
from hashlib import sha256
from typing import NamedTuple

import pypdfium2.raw as pdfium
from PIL import Image

from publish.finish.record import PageSeen
from publish.units import Points
from publish.verify.picture import Take, picture_on_white, visible_part
from publish.verify.reading_back import FinishedFile

_PAPER = 250  # of 255: whatever is lighter leaves no ink
_INKED = bytes(255 if grey < _PAPER else 0 for grey in range(256))


class Area(NamedTuple):
    """A part of a page, in points from its lower left corner."""

    left: Points
    bottom: Points
    right: Points
    top: Points


def seen(file: FinishedFile, page: int, area: Area | None = None) -> PageSeen:
    """Return what is read and seen of a page, or within an area of it."""
    letters = "".join(_letters(file, page, area)).encode("utf-8")
    return PageSeen(len(letters.decode()), sha256(letters).hexdigest(), _ink(file, page, area))


def _letters(file: FinishedFile, page: int, area: Area | None) -> Iterator[str]:
    """Yield the letters and figures whose middle lies in the area, in the order of the content."""
    text = file.open_page(page).text
    left, right, bottom, top = (c_double() for _ in range(4))
    sides = [byref(side) for side in (left, right, bottom, top)]
    for at in range(max(0, pdfium.FPDFText_CountChars(text))):
        character = chr(pdfium.FPDFText_GetUnicode(text, at))
        if not character.isalnum():
            continue
        pdfium.FPDFText_GetCharBox(text, at, *sides)
        across, up = (left.value + right.value) / 2, (bottom.value + top.value) / 2
        if area is None or (area.left <= across < area.right and area.bottom <= up < area.top):
            yield character


def _ink(file: FinishedFile, page: int, area: Area | None) -> tuple[Points, ...]:
    """Return left, bottom, right and top of what is not white; nothing where all is."""
    opened = file.open_page(page).page
    frame = visible_part(opened)
    drawn = picture_on_white(opened, frame, Take(printed=True, exact=True)).drawn
    picture = Image.frombytes("L", (frame.width, frame.height), bytes(drawn)).point(_INKED)
    if area is not None:
        box = (
            round((area.left - frame.left) * frame.across),
            round((frame.top - area.top) * frame.down),
            round((area.right - frame.left) * frame.across),
            round((frame.top - area.bottom) * frame.down),
        )
        outside = Image.new("L", picture.size, 0)
        outside.paste(picture.crop(box), box)
        picture = outside
    found = picture.getbbox()
    if found is None:
        return ()
    west, north, east, south = found
    return (
        round(frame.left + west / frame.across, 2),
        round(frame.top - south / frame.down, 2),
        round(frame.left + east / frame.across, 2),
        round(frame.top - north / frame.down, 2),
    )
