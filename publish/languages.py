"""Words in other languages than the edition's: where they stand in a text.

In: a text and the foreign phrases that the edition declares. Out: the text in pieces, each with its
language; HTML in which each phrase has a lang attribute (WCAG 2.2, 3.1.2 Language of Parts).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from typing import NamedTuple

from publish.model import ForeignPhrase


class Foreign(NamedTuple):
    """A foreign phrase found in a text: offsets and language."""

    start: int
    end: int
    language: str


def found_in(text: str, phrases: Sequence[ForeignPhrase]) -> Iterator[Foreign]:
    """Yield the phrases that stand in `text` as whole words, in order; of two the longer."""
    if phrases:
        languages = {phrase.words: phrase.language for phrase in phrases}
        for match in _pattern(tuple(languages)).finditer(text):
            yield Foreign(match.start(), match.end(), languages[match[0]])


def by_language(text: str, phrases: Sequence[ForeignPhrase]) -> Iterator[tuple[str, str]]:
    """Yield the text in parts, each with its language; an empty one is the edition's own."""
    position = 0
    for start, end, language in found_in(text, phrases):
        if start > position:
            yield text[position:start], ""
        yield text[start:end], language
        position = end
    if position < len(text):
        yield text[position:], ""


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def with_languages(html: str, phrases: Sequence[ForeignPhrase]) -> str:
    """Return HTML in which each phrase that stands in the words, not in the tags, has its language."""
    if not phrases:
        return html
    escaped = tuple(
        ForeignPhrase(escape(phrase.words, quote=False), phrase.language) for phrase in phrases
    )
    pieces = re.split(r"(<[^>]*>)", html)
    return "".join(piece if piece.startswith("<") else _marked(piece, escaped) for piece in pieces)


def _marked(words: str, phrases: Sequence[ForeignPhrase]) -> str:
    return "".join(
        f'<span lang="{escape(language)}">{part}</span>' if language else part
        for part, language in by_language(words, phrases)
    )
