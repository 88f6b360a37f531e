"""Lays the words that an engine drew along the words it was given.

An engine drops the space at which it breaks a line, and adds a hyphen where it divides a word. Both are
found by comparison, so that the spaces can be drawn after all and the hyphens recorded.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from publish.problems import RenderingError

WORD_JOINER = "\u2060"
NO_INK = re.compile(f"[\\s\u200b\u00ad{WORD_JOINER}]")  # characters that leave none
HYPHEN = "\u2010"  # WeasyPrint's hyphenate-character; the document itself must not hold it


@dataclass(frozen=True, slots=True)
class Laid:
    """How drawn pieces of text lie along the wanted text. Numbers are indices of pieces."""

    spaced: frozenset[int]  # a space was lost after these
    hyphenated: frozenset[int]  # the engine ended these with a hyphen of its own
    lengths: tuple[int, ...]  # wanted characters that each piece draws, word joiners left out


def is_drawn(piece: str) -> bool:
    """Say whether anything is drawn for a piece: WeasyPrint draws nothing for spaces alone."""
    return bool(piece.strip(" " + WORD_JOINER))


def lay_along(wanted: str, pieces: Sequence[str]) -> Laid:
    """Return how `pieces`, in order, draw `wanted`, whose white space is folded.

    Raises RenderingError, showing the words, when something else was drawn or words are missing.
    """
    position, last = 0, -1
    spaced, hyphenated = set[int](), set[int]()
    lengths = [0] * len(pieces)
    for index, piece in enumerate(pieces):
        if wanted[position : position + 1] == " " and not piece.startswith(" "):
            spaced.add(last)
            position += 1
        if not is_drawn(piece):
            continue  # its space is found missing when the next word is met
        text = piece if wanted[position : position + 1] == " " else piece.lstrip(" ")
        if text.endswith(HYPHEN) and not wanted.startswith(text, position):
            text = text[:-1]
            hyphenated.add(index)
        if not wanted.startswith(text, position):
            there = wanted[position : position + 40]
            raise RenderingError(f"the engine set {text[:40]!r} where the text has {there!r}")
        position += len(text)
        lengths[index] = len(text.replace(WORD_JOINER, ""))
        last = index
    if is_drawn(wanted[position:]):
        raise RenderingError(f"the engine lost {wanted[position : position + 60]!r}")
    return Laid(frozenset(spaced - {-1}), frozenset(hyphenated), tuple(lengths))


def ink_before(text: str, offset: int) -> int:
    """Return how many characters that leave ink stand before `offset`: the same however lines break."""
    return len(NO_INK.sub("", text[:offset]))
