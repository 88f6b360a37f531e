"""What each derived face is made of. In: nothing; out: RECIPES, which cast.py reads."""

from dataclasses import dataclass
from typing import Final

from publish.faces.wear import Wear

LATIN: Final = frozenset((*range(0x20, 0x7F), *range(0xA0, 0x180)))
"""ASCII, Latin-1 and Latin Extended-A."""

PRINTERS_SIGNS: Final = frozenset(
    (*range(0x2011, 0x2015), *range(0x2018, 0x201F), *range(0x2020, 0x2023), 0x2026, 0x2032, 0x2033)
)
"""Hyphen that does not break, dashes, quotes, daggers, bullet, ellipsis, primes."""

CYRILLIC: Final = frozenset((0x20, 0xA0, *range(0x400, 0x460), 0x490, 0x491, 0x2116))
"""Russian, Ukrainian, Belarusian, Serbian and Macedonian; the numero sign; the space."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """A family made from a parent: its outlines fitted to the typed cell and struck with ink.

    `name`, `parent`: families in fonts.toml. `repertoire`: the characters kept, of those that the
    parent has. `strikes`: how many faces it has, which differ as one letter typed twice does.
    """

    name: str
    parent: str
    repertoire: frozenset[int]
    wear: Wear
    strikes: int


# Gain 5 makes an upright stroke of 83 thousandths of the em: 0.0138 in at 12 points, where a
# teletype with ribbon gain leaves 0.0145. 9 looks semibold beside it, 0 like a laser printer.
# Tilt and noise live under a glass and rest at reading size; twice as much looks like a costume.
# With steps of 28 a strike takes 108 kB; 22 look no better and take 131.
RIBBON: Final = Wear(gain=5.0, gain_spread=0.15, tilt=3.0, noise=4.5, step=28.0)

RECIPES: Final = (
    Recipe("Cable Pica", "Press Courier", LATIN | PRINTERS_SIGNS, RIBBON, strikes=4),
    Recipe("Cable Pica Cyrillic", "Press Typewriter", CYRILLIC, RIBBON, strikes=4),
)
