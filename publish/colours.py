"""Colours by name, each for the screen and for the press; and the contrast of two of them.

In: layouts/colours.toml. Out: ColourTokens; or an error with file, line and the nearest name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

from publish.problems import LayoutError, Where, nearest
from publish.tables import Table, read_toml

SRGB: TypeAlias = tuple[float, float, float]  # red, green, blue, each 0 to 1
CMYK: TypeAlias = tuple[float, float, float, float]  # cyan, magenta, yellow, black, each 0 to 1

FILE: Final = "colours.toml"
MOST_INK: Final = 240.0  # percent, the four plates together: what uncoated paper takes
_PLATES: Final = 4
_DARK: Final = 0.18  # the luminance that photographers call middle grey
_HEX: Final = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})")


@dataclass(frozen=True, slots=True)
class ColourToken:
    """A colour by name: for the screen, for the press, and for what is printed in grey alone."""

    name: str
    srgb: SRGB
    cmyk: CMYK
    grey: float  # 0, black, to 1


@dataclass(frozen=True, slots=True)
class Colours:
    """The declared colours, and the file that declares them."""

    path: str
    tokens: Mapping[str, ColourToken]

    def in_grey(self) -> "Colours":
        """Return the same colours as a product shows them that is printed in grey alone."""
        return Colours(
            self.path,
            {
                name: replace(token, srgb=(token.grey, token.grey, token.grey))
                for name, token in self.tokens.items()
            },
        )

    def get(self, name: str, where: Where | None = None) -> ColourToken:
        """Return a colour by name.

        Raises LayoutError naming the nearest, at `where` the name was written; without it, at the
        file of colours.
        """
        if name not in self.tokens:
            raise LayoutError(
                f"there is no colour {name!r}",
                where=where or Where(self.path),
                hint=nearest(name, sorted(self.tokens)),
            )
        return self.tokens[name]


def load_colours(directory: Path) -> Colours:
    """Return the colours of `directory` (layouts/). Raises LayoutError with file and line."""
    top = read_toml(directory / FILE, LayoutError)
    tokens = {name: _token(name, top.table(name)) for name in top.names()}
    top.close()
    return Colours(top.path, tokens)


def relative_luminance(srgb: SRGB) -> float:
    """Return how much light a colour gives, from 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in srgb
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: SRGB, other: SRGB) -> float:
    """Return the contrast ratio of two colours in any order, from 1 to 21, as WCAG 2.2 defines it."""
    lights = sorted((relative_luminance(one), relative_luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _token(name: str, entry: Table) -> ColourToken:
    srgb = _srgb(name, entry)
    token = ColourToken(name, srgb, _cmyk(name, entry), _grey(name, entry, srgb))
    entry.close()
    return token


def _grey(name: str, entry: Table, srgb: SRGB) -> float:
    """Return the grey of a colour: as declared, else black for what is dark and white for the rest."""
    own = entry.number("grey", 0.0 if relative_luminance(srgb) < _DARK else 1.0)
    if not 0 <= own <= 1:
        raise entry.fail(f"'grey' of {name!r} must be from 0, black, to 1, not {own:g}", "grey")
    return own


def _srgb(name: str, entry: Table) -> SRGB:
    match = _HEX.fullmatch(entry.text("srgb"))
    if match is None:
        raise entry.fail(f"the colour {name!r} must be written like #7d2a1c", "srgb")
    red, green, blue = (int(part, 16) / 255 for part in match.groups())
    return red, green, blue


def _cmyk(name: str, entry: Table) -> CMYK:
    percents = entry.numbers("cmyk")
    if len(percents) != _PLATES:
        raise entry.fail(
            f"'cmyk' of {name!r} must be cyan, magenta, yellow and black, not {len(percents)} numbers",
            "cmyk",
            "Write four percentages: [0, 80, 85, 50].",
        )
    for percent in percents:
        # Written so that nan, which TOML knows, is refused too.
        if not 0 <= percent <= 100:
            raise entry.fail(
                f"'cmyk' of {name!r} holds percentages from 0 to 100, not {percent:g}", "cmyk"
            )
    if sum(percents) > MOST_INK:
        raise entry.fail(
            f"the colour {name!r} lays on {sum(percents):g} % of ink, more than {MOST_INK:g} %",
            "cmyk",
            "Take from cyan, magenta and yellow what they share, and add it to black.",
        )
    cyan, magenta, yellow, black = (percent / 100 for percent in percents)
    return cyan, magenta, yellow, black
