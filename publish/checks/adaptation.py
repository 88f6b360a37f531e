"""Rules about the adapted text: how long and how hard it is, what it renders, and that it is no quotation."""

import re
from collections.abc import Iterator

from publish.checks.classroom import in_classroom
from publish.checks.rule import Found
from publish.handout_words import adapted_running_text, adapted_text
from publish.model import Edition
from publish.problems import Where
from publish.readability import count_words, readability

FEWEST, MOST = 200, 300  # words
HARDEST = 8.0  # Flesch-Kincaid grade, by full stops: the rule by which it is higher

_LIKE_THE_ORIGINAL = re.compile(r"[“”„\"]|/s/", re.IGNORECASE)


def _first(edition: Edition) -> Where:
    return in_classroom(edition, edition.classroom.handout.adapted[0].line)


def length(edition: Edition) -> Iterator[Found]:
    """The adapted text has fewer than 200 words, or more than 300."""
    handout = edition.classroom.handout
    count = count_words(adapted_text(handout))
    if handout.adapted and not FEWEST <= count <= MOST:
        yield (
            f"the adapted text has {count} words, not {FEWEST} to {MOST}",
            _first(edition),
            "Keep what the questions need, and tell in `change` what is left out.",
        )


def too_hard(edition: Edition) -> Iterator[Found]:
    """The adapted text has a Flesch-Kincaid grade above 8."""
    text = adapted_running_text(edition.classroom.handout, edition.document)
    if not any(map(str.isalnum, text)):
        return
    measured = readability(text)
    if measured.grade > HARDEST:
        yield (
            f"the adapted text is too hard: {measured}",
            _first(edition),
            f"Divide long sentences, and use shorter words, until the grade is at most {HARDEST:.0f}.",
        )


def sentence_without_source(edition: Edition) -> Iterator[Found]:
    """A sentence of the adapted text does not say which paragraphs it renders."""
    for sentence in edition.classroom.handout.adapted:
        if not sentence.paragraphs:
            yield (
                f"the adapted sentence {sentence.text!r} renders no paragraph",
                in_classroom(edition, sentence.line),
                'Write from = ["p3"].',
            )


def paragraph_left_out(edition: Edition) -> Iterator[Found]:
    """No sentence of the adapted text renders a paragraph of the document."""
    handout = edition.classroom.handout
    rendered = {each for sentence in handout.adapted for each in sentence.paragraphs}
    for block in edition.document.blocks:
        if handout.adapted and block.id not in rendered:
            yield (
                f"the adapted text leaves {block.id!r} out",
                _first(edition),
                "Render it, if only in a few words.",
            )


def looks_like_the_original(edition: Edition) -> Iterator[Found]:
    """The adapted text has quotation marks, or the sign of a signature."""
    for sentence in edition.classroom.handout.adapted:
        if sign := _LIKE_THE_ORIGINAL.search(sentence.text):
            yield (
                f"the adapted text has {sign[0]!r}, as if it were the original",
                in_classroom(edition, sentence.line),
                "Take it out: nobody wrote or signed these words.",
            )
