"""How a machine strikes a line: where each letter lands, how it is turned, how dark it is.

In: a machine, a stock (paper and ink), what names the document, and the characters of a line by column.
Out: a Strike for each. No clock and no common chance: every number comes from a SHA-256 of document,
page, line and purpose, so that the same telegram is struck the same way every time.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from random import Random
from typing import Final

from publish.machines import Machine
from publish.stocks import Stock

SMALL_SIGNS: Final = frozenset(".,-:;'\"")
_ROUNDING: Final = 4  # decimals of a point, and of a degree


@dataclass(frozen=True, slots=True)
class Strike:
    """One stroke: points right of and above its cell's corner, degrees, grey, and which variant of the face."""

    across: float
    up: float
    turn: float
    grey: float
    variant: int


class Typist:
    """One document being typed on one machine."""

    def __init__(self, document: str, machine: Machine, stock: Stock, variants: int) -> None:
        """Sit down at `machine`; `document` names what is typed, `variants` is how many faces share the work."""
        self._document, self._machine, self._stock = document, machine, stock
        self._variants = variants
        self._key = lru_cache(maxsize=None)(self._errors_of_key)

    def line(self, page: int, line: int, characters: Mapping[int, str]) -> dict[int, Strike]:
        """Return a strike for each column that has a character and not a space.

        A line keeps its level: what its letters' errors have in common is taken out, for the carriage
        does not rise and fall with the letters that happen to stand in a line.
        """
        struck = {column: sign for column, sign in sorted(characters.items()) if sign != " "}
        if not struck:
            return {}
        chance = _Chance(self._document, page, line, "strokes")
        ribbon = _Ribbon(_Chance(self._document, page, line, "ribbon"), self._machine.period)
        raw = {
            column: self._strike(sign, column, chance, ribbon.at(column))
            for column, sign in struck.items()
        }
        across = sum(strike.across for strike in raw.values()) / len(raw)
        up = sum(strike.up for strike in raw.values()) / len(raw)
        return {column: self._levelled(strike, across, up) for column, strike in raw.items()}

    def _strike(self, sign: str, column: int, chance: "_Chance", ribbon: float) -> Strike:
        machine, ink, straying = self._machine, self._stock.ink, self._stock.jitter
        key = self._key(sign)
        here = chance.at(column)
        own, other = math.sqrt(machine.own), math.sqrt(1 - machine.own)
        middle, reach = (ink.darkest + ink.lightest) / 2, ink.lightest - ink.darkest
        grey = middle + reach * (machine.ribbon * ribbon + machine.chance * (2 * here[3] - 1))
        grey += machine.density * key[3] - (machine.point if sign in SMALL_SIGNS else 0)
        return Strike(
            across=straying * machine.side * (own * key[0] + other * here[0]),
            up=straying * machine.baseline * (own * key[1] + other * here[1]),
            turn=round(straying * machine.turn * (own * key[2] + other * here[2]), _ROUNDING),
            grey=round(min(max(grey, ink.darkest), ink.lightest), 2),
            variant=int(here[4] * self._variants),
        )

    def _levelled(self, strike: Strike, across: float, up: float) -> Strike:
        furthest = self._machine.furthest

        def within(length: float) -> float:
            return round(min(max(length, -furthest), furthest), _ROUNDING)

        return Strike(
            within(strike.across - across),
            within(strike.up - up),
            strike.turn,
            strike.grey,
            strike.variant,
        )

    def _errors_of_key(self, sign: str) -> tuple[float, float, float, float]:
        """Return a key's own errors, in standard deviations: across, up, turn, weight."""
        draw = _numbers(self._document, "key", sign)
        return _normal(draw), _normal(draw), _normal(draw), _normal(draw)


class _Chance:
    """The chance of each stroke of a line, by column, in whatever order the columns are asked for."""

    def __init__(self, document: str, page: int, line: int, purpose: str) -> None:
        self._draw = _numbers(document, f"page {page}", f"line {line}", purpose)
        self._drawn: list[tuple[float, float, float, float, float]] = []

    def at(self, column: int) -> tuple[float, float, float, float, float]:
        """Return three normal numbers (across, up, turn) and two from 0 to 1 (grey, variant)."""
        while len(self._drawn) <= column:
            draw = self._draw
            self._drawn.append(
                (_normal(draw), _normal(draw), _normal(draw), next(draw), next(draw))
            )
        return self._drawn[column]


class _Ribbon:
    """A slow curve along a line, from -1 to 1: fresh and worn stretches of the ribbon."""

    def __init__(self, chance: _Chance, period: float) -> None:
        self._chance, self._period = chance, period

    def at(self, column: int) -> float:
        """Return the ribbon's value under a column."""
        place = column / self._period
        before = int(place)
        share = place - before
        share = share * share * (3 - 2 * share)  # no corner where one stretch meets the next
        one, other = (2 * self._chance.at(index)[3] - 1 for index in (before, before + 1))
        return (1 - share) * one + share * other


def _numbers(*purpose: str) -> Iterator[float]:
    """Yield numbers from 0 to 1 without end, the same for the same words."""
    digest = sha256("|".join(purpose).encode()).digest()
    random = Random(int.from_bytes(digest))  # noqa: S311 - for looks, not for secrets
    while True:
        yield random.random()


def _normal(draw: Iterator[float]) -> float:
    """Return a number of mean 0 and standard deviation 1, never beyond 3.

    Three even numbers added: unlike random.gauss, it has ends, and every Python draws it alike.
    """
    return 2 * (next(draw) + next(draw) + next(draw)) - 3
