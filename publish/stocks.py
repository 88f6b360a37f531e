"""Stocks: the paper and the ink of a facsimile, so chosen that every letter can be read.

In: layouts/stocks.toml and the declared colours. Out: Stocks; or an error with file and line, also
where the ink would be too pale for its paper.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from publish.colours import SRGB, Colours, ColourToken, contrast
from publish.problems import LayoutError, Where, nearest
from publish.tables import Table, read_toml

FILE: Final = "stocks.toml"
LEAST_CONTRAST: Final = 4.5  # WCAG 2.2, 1.4.3, for text of less than 18 points
LEAST_MOTTLE: Final = 1.0  # of 255; with less, a texture costs its bytes and shows nothing
MOST_MOTTLE: Final = 2.0
MOST_EDGE_TONE: Final = 0.02
MOST_SPREAD: Final = 30.0  # thousandths of the em: beyond, the eye of an e closes
_FAR_OFF: Final = 3  # standard deviations: one place of a mottled paper in 700 is darker than that


@dataclass(frozen=True, slots=True)
class Ink:
    """How strikes print. Greys run from 0, black, to 1; `spread` in thousandths of the em."""

    darkest: float
    lightest: float
    limit: float  # no strike is paler
    tint: SRGB  # added to each channel
    spread: float  # on every edge, beyond what the face has already

    def colour(self, grey: float) -> SRGB:
        """Return the colour of a strike of that grey; one beyond the limit prints at the limit."""
        kept = max(0.0, min(grey, self.limit))
        red, green, blue = (min(1.0, kept + part) for part in self.tint)
        return red, green, blue


@dataclass(frozen=True, slots=True)
class Stock:
    """A paper and its ink.

    `mottle`: standard deviation of the paper's grey in steps of 255. `edge_tone`: the share of its light
    that the paper loses at its edges. Both are 0 where it is not `textured`. `jitter`: 0 to 1, how
    far strikes stray from their cells.
    """

    name: str
    title: str
    paper: ColourToken
    textured: bool
    mottle: float
    edge_tone: float
    ink: Ink
    jitter: float
    statement: str  # said on every sheet; empty: nothing
    account: str  # said in the editorial method

    @property
    def darkest_paper(self) -> SRGB:
        """Return the paper where its mottle and its edge are darkest."""
        loss = _FAR_OFF * self.mottle / 255
        red, green, blue = (
            max(0.0, value * (1 - self.edge_tone) - loss) for value in self.paper.srgb
        )
        return red, green, blue

    @property
    def least_contrast(self) -> float:
        """Return the contrast of the palest ink on the darkest paper."""
        return contrast(self.ink.colour(self.ink.limit), self.darkest_paper)


@dataclass(frozen=True, slots=True)
class Stocks:
    """The declared stocks, the one that is taken where none is named, and the file of them."""

    path: str
    default: Stock
    stocks: Mapping[str, Stock]

    def get(self, name: str, where: Where | None = None) -> Stock:
        """Return a stock by name.

        Raises LayoutError naming the nearest, at `where` the name was written; without it, at the
        file of stocks.
        """
        if name not in self.stocks:
            raise LayoutError(
                f"there is no stock {name!r}",
                where=where or Where(self.path),
                hint=nearest(name, sorted(self.stocks)),
            )
        return self.stocks[name]


def load_stocks(directory: Path, colours: Colours) -> Stocks:
    """Return the stocks of `directory` (layouts/).

    Raises LayoutError with file and line, also for a stock on whose paper its ink would be too pale.
    """
    top = read_toml(directory / FILE, LayoutError)
    entries = top.table("stock")
    stocks = {name: _stock(name, entries.table(name), colours) for name in entries.names()}
    default = top.text("default")
    if default not in stocks:
        raise top.fail(
            f"there is no stock {default!r}", "default", nearest(default, sorted(stocks))
        )
    top.close()
    return Stocks(top.path, stocks[default], stocks)


def _stock(name: str, entry: Table, colours: Colours) -> Stock:
    paper = colours.get(entry.text("paper"), entry.where("paper"))
    textured = entry.flag("textured")
    if not textured:
        for key in ("mottle", "edge_tone"):
            if key in entry:
                raise entry.fail(
                    f"the stock {name!r} has no texture, and so no {key!r}",
                    key,
                    "Take the line out, or write textured = true.",
                )
    stock = Stock(
        name=name,
        title=entry.text("title"),
        paper=paper,
        textured=textured,
        mottle=_within(entry, "mottle", LEAST_MOTTLE, MOST_MOTTLE) if textured else 0.0,
        edge_tone=_within(entry, "edge_tone", 0.0, MOST_EDGE_TONE) if textured else 0.0,
        ink=_ink(entry),
        jitter=_within(entry, "jitter", 0.0, 1.0),
        statement=entry.text("statement", ""),
        account=entry.text("account", ""),
    )
    entry.close()
    if stock.least_contrast < LEAST_CONTRAST:
        raise entry.fail(
            f"the palest ink of {name!r}, grey {stock.ink.limit:g}, has {stock.least_contrast:.2f} : 1 "
            f"on the darkest places of its paper, less than {LEAST_CONTRAST:g} : 1",
            "ink",
            "Lower its limit.",
        )
    return stock


def _ink(entry: Table) -> Ink:
    greys = entry.table("ink")
    ink = Ink(
        darkest=_within(greys, "darkest", 0.0, 1.0),
        lightest=_within(greys, "lightest", 0.0, 1.0),
        limit=_within(greys, "limit", 0.0, 1.0),
        tint=_tint(entry),
        spread=_within(entry, "ink_spread", 0.0, MOST_SPREAD),
    )
    greys.close()
    if not ink.darkest <= ink.lightest <= ink.limit:
        raise entry.fail(
            "'darkest', 'lightest' and 'limit' of an ink must rise in this order", "ink"
        )
    return ink


def _tint(entry: Table) -> SRGB:
    parts = entry.numbers("tint")
    if len(parts) != 3 or not all(0 <= part <= 1 for part in parts):
        raise entry.fail("'tint' must be three numbers from 0 to 1: red, green, blue", "tint")
    return parts[0], parts[1], parts[2]


def _within(entry: Table, key: str, least: float, most: float) -> float:
    """Return a number from `least` to `most`; nan, which TOML knows, is neither."""
    value = entry.number(key)
    if not least <= value <= most:
        raise entry.fail(f"{key!r} must be from {least:g} to {most:g}, not {value:g}", key)
    return value
