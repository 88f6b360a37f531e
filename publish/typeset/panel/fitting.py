"""Words fitted into a column: lines of even length, in the first size of a style that has room.

In: paragraphs, a style, a width. Out: Lines; or a LayoutError that says by how much they are too long.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from publish.exhibit import ITALIC
from publish.fonts import Face
from publish.panel_layouts import FLOOR, FLOORS, PanelStyle, Setting
from publish.units import Points

TIE: Final = "\u00a0"  # a space at which no line ends; drawn as a plain space
# A day's number stays with its month, a number with what it counts, an hour with its half of the day, an initial
# with its name.
_TIED: Final = re.compile(
    r"(?<=\d) (?=[ap]\.m\.)|(?<=\bU\.S\.) (?=[A-Z])|(?<=[A-Za-z]{3}) (?=\d{1,4}\b)|(?<=\b[a-z]olume) (?=[IVXLC])"
    r"|(?<=\b[A-Z]\.) (?=[A-Z])"
)

_AS_EVEN: Final = 1.08  # of the narrowest column that takes no more lines
_STEP: Final = 0.5  # points, by which a column is narrowed to even its lines
_LOST: Final = 0.7  # of its width that a last line may leave empty
_LOST_OF_FEW: Final = 0.6  # the same, where the lines are few and each is seen

Widths = Callable[[str], Points]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of type. `paragraph` counts from 0; the last line of one `ends` it."""

    text: str
    paragraph: int
    indent: Points
    ends: bool


@dataclass(frozen=True, slots=True)
class Sized:
    """A setting on the sheet at hand: scaled with it, and never below the floor."""

    size: Points
    leading: Points
    lines: int


def sized(element: str, setting: Setting, scale: float) -> Sized:
    """Return a setting scaled with the sheet; type stays at its floor, its leading in proportion."""
    size = max(setting.size * scale, FLOORS.get(element, FLOOR))
    size = round(size, 1)
    return Sized(size, round(setting.leading * size / setting.size, 1), setting.lines)


def tied(text: str) -> str:
    """Return words with ties where a line must not end."""
    return _TIED.sub(TIE, text)


def broken(
    paragraphs: Sequence[str],
    width: Points,
    widths: Widths,
    *,
    indent: Points = 0.0,
    most_characters: int = 0,
    lost: float = _LOST,
) -> tuple[Line, ...]:
    """Return the lines of paragraphs: those of each as even as words allow, the last one free.

    A last line that leaves more than `lost` of its width empty is not free. A single word that is wider than
    the column makes a line that is too wide.
    """
    made: list[Line] = []
    if most_characters:
        # The width that so many characters of these words take, so that both bounds are one.
        every = " ".join(paragraphs)
        width = min(width, widths(every) / len(every) * most_characters)
    for number, paragraph in enumerate(paragraphs):
        first = indent if number else 0.0
        words = tied(paragraph).split(" ")
        texts = _even(words, _Column(width, first, most_characters, lost), widths)
        made += [
            Line(text, number, first if at == 0 else 0.0, at == len(texts) - 1)
            for at, text in enumerate(texts)
        ]
    return tuple(made)


def balanced(text: str, width: Points, widths: Widths) -> tuple[Line, ...]:
    """Return the lines of a few words, no more of them than the width asks for, and nearly even.

    Of two ways that are as even to the eye, the one whose upper lines are the longer.
    """
    widths = cache(widths)  # each word is asked for at every step
    lines = broken([text], width, widths)
    least = max(widths(word) for word in tied(text).split(" "))
    narrow = width
    while len(lines) > 1 and narrow - _STEP > least:
        tried = broken([text], narrow - _STEP, widths)
        if len(tried) > len(lines):
            break
        # Kerning of whole lines may make them wider than their words: a step at least each time.
        narrow = min(narrow - _STEP, max(widths(line.text) for line in tried))
    return broken([text], min(width, narrow * _AS_EVEN), widths, lost=_LOST_OF_FEW)


def carried(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines whose ITALIC marks are paired: what is italic over a line's end goes on in the next."""
    made: list[Line] = []
    italic = False
    for line in lines:
        text = ITALIC + line.text if italic else line.text
        italic = bool(text.count(ITALIC) % 2)
        made.append(replace(line, text=text + ITALIC if italic else text))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class _Column:
    width: Points
    first: Points  # how far the first line is indented
    most: int  # characters to a line
    lost: float


def _even(words: Sequence[str], column: _Column, widths: Widths) -> list[str]:
    """Return the lines with the least sum of squared distances from the right edge."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    wide, space = [widths(word) for word in words], widths(" ")
    for end in range(1, len(words) + 1):
        choices: list[tuple[float, int]] = []
        taken, characters = -space, -1
        for start in range(end - 1, -1, -1):
            taken += wide[start] + space
            characters += len(words[start]) + 1
            room = column.width - (column.first if start == 0 else 0.0)
            full = taken > room or (column.most and characters > column.most)
            if start < end - 1 and full:
                break
            spare = max(0.0, room - taken) / column.width
            # A last line is free, save that a short one looks lost.
            free = end == len(words) and (start == 0 or spare < column.lost)
            choices.append((best[start][0] + (0.0 if free else spare**2), start))
        best.append(min(choices))
    lines: list[str] = []
    end = len(words)
    while end:
        start = best[end][1]
        lines.insert(0, " ".join(words[start:end]))
        end = start
    return lines


def face_of(style: PanelStyle, faces: "FaceFinder") -> Face:
    """Return the face of a style. Raises FontError naming the nearest."""
    return faces(style.face, style.weight)


FaceFinder = Callable[[str, int], Face]
