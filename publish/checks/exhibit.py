"""Rules about the words of an exhibit panel: what a visitor who stands and reads can take in.

What only a layout tells (sizes, lines, contrast) is found when a panel is built (typeset/panel/legibility.py).
"""

import re
from collections.abc import Iterator

from publish.checks.prose import folder_of
from publish.checks.rule import Found
from publish.exhibit import Exhibit
from publish.model import Edition
from publish.problems import Where

MOST_OF_TITLE = 7  # words (Serrell, Exhibit Labels, 2nd ed., 2015)
MOST_OF_LABEL = 100  # words (Smithsonian Guidelines for Accessible Exhibition Design)
MOST_OF_SENTENCE = 25  # words (the same)
MOST_OF_QUOTATION = 30  # words: a pull quote, not a document

# A sentence ends at a full stop with a capital after it; not after U.S., Mr., or a single capital.
_END = re.compile(
    r"(?<!\bMr)(?<!\bDr)(?<!\bSt)(?<!\b[A-Z])(?<=[.!?])[”’\"')]*\s+(?=[“‘\"'¿¡]*[A-ZÀ-ÞА-Я])"
)


def long_title(edition: Edition) -> Iterator[Found]:
    """The title of a panel has more than seven words."""
    for exhibit in edition.exhibits:
        yield from _longer(edition, exhibit, "title", words_of(exhibit.title), MOST_OF_TITLE)


def long_label(edition: Edition) -> Iterator[Found]:
    """The label of a panel has more than a hundred words."""
    for exhibit in edition.exhibits:
        count = sum(map(words_of, exhibit.label))
        yield from _longer(edition, exhibit, "label", count, MOST_OF_LABEL)


def long_quotation(edition: Edition) -> Iterator[Found]:
    """The quotation on a panel has more than thirty words."""
    for exhibit in edition.exhibits:
        count = words_of(exhibit.quotation)
        yield from _longer(edition, exhibit, "quotation", count, MOST_OF_QUOTATION)


def long_sentence(edition: Edition) -> Iterator[Found]:
    """A sentence of a panel's label has more than twenty-five words."""
    for exhibit in edition.exhibits:
        for sentence in (one for paragraph in exhibit.label for one in sentences(paragraph)):
            if (count := words_of(sentence)) > MOST_OF_SENTENCE:
                opening = " ".join(sentence.split()[:5])
                yield (
                    f"the sentence “{opening} …” has {count} words, more than {MOST_OF_SENTENCE}",
                    _where(edition, exhibit, exhibit.lines["label"]),
                    "Divide it: a visitor stands and reads.",
                )


def row_of_no_event(edition: Edition) -> Iterator[Found]:
    """A row of a panel's timeline has a moment that timeline.toml does not have."""
    for exhibit in edition.exhibits:
        for row in exhibit.rows:
            if not row.listed:
                yield (
                    f"the row {row.told!r} is of a moment that timeline.toml does not have",
                    _where(edition, exhibit, row.line),
                    "Add the event there, with its source, or correct the moment.",
                )


def words_of(text: str) -> int:
    """Return the number of words: what has a letter or a figure in it."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def sentences(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph."""
    return [sentence for sentence in _END.split(paragraph) if sentence.strip()]


def _longer(
    edition: Edition, exhibit: Exhibit, section: str, count: int, most: int
) -> Iterator[Found]:
    if count > most:
        where = _where(edition, exhibit, exhibit.lines[section])
        yield f"the {section} has {count} words, more than {most}", where, "Shorten it."


def _where(edition: Edition, exhibit: Exhibit, line: int) -> Where:
    return Where(str(folder_of(edition) / exhibit.name), line, 1)
