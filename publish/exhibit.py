"""The words of an exhibit panel, in one language. No sheet, no sizes: the layouts of panels say those.

A second language has its own words in a file beside the first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

TIMELINE: Final = "timeline"
ITALIC: Final = "*"  # before and after a work's title in a credit, the one mark in a panel's words

# The sections of exhibit.md in their order. Those of the second line may be left out.
KEYS: Final = (
    "kicker", "title", "label", "quotation", "quotation credit", "statement", "credit",
    TIMELINE,
)  # fmt: skip
REQUIRED: Final = tuple(key for key in KEYS if key != TIMELINE)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the timeline strip: the day and the hour on the clock that the strip tells by.

    `shown` is None where the day alone is known. `listed` says whether timeline.toml has the moment, and
    `this` whether it is the telegram's own.
    """

    day: date
    shown: datetime | None
    told: str
    line: int  # in its file
    listed: bool
    this: bool


@dataclass(frozen=True, slots=True)
class Exhibit:
    """The words of a panel. `label` has its paragraphs; `clock` heads the rows ("Washington time").

    `credit` has paragraphs too: the first says where the telegram's text comes from, others who made the
    panel. A title in it stands between ITALIC marks.

    In the edition's language `quotation` is whole sentences of the telegram as the reading text prints
    them; in another it is the editors' translation of them.
    """

    language: str  # BCP 47
    name: str  # of its file in the seed folder
    kicker: str
    title: str
    label: tuple[str, ...]
    quotation: str
    quotation_credit: str
    statement: str
    credit: tuple[str, ...]
    clock: str
    rows: tuple[Row, ...]
    translated: bool
    lines: Mapping[str, int]  # where each section's words begin

    def texts(self) -> Iterator[tuple[str, str, int]]:
        """Yield section, words and line of all that the editors wrote; the quotation is not theirs."""
        for key, words in (
            ("kicker", self.kicker),
            ("title", self.title),
            *(("label", paragraph) for paragraph in self.label),
            ("quotation credit", self.quotation_credit),
            ("statement", self.statement),
            *(("credit", without_italics(paragraph)) for paragraph in self.credit),
        ):
            yield key, words, self.lines[key]
        if self.rows:
            yield TIMELINE, self.clock, self.lines[TIMELINE]
        for row in self.rows:
            yield TIMELINE, row.told, row.line


def without_italics(words: str) -> str:
    """Return words without the marks of titles, for where one face has to do."""
    return words.replace(ITALIC, "")


def italic_pieces(words: str) -> Iterator[tuple[str, bool]]:
    """Yield words in pieces, each with whether it is italic."""
    for number, piece in enumerate(words.split(ITALIC)):
        if piece:
            yield piece, bool(number % 2)
