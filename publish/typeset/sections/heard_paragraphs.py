"""Paragraphs as they are cited and as they are heard: “¶¶ 5–6” is said “paragraphs 5 to 6”."""

import re
from collections.abc import Sequence

from publish.classroom import paragraphs_cited
from publish.typeset.sections.context import Context, element

_CITED = re.compile(r"(¶¶?)[ \u00a0](\d+\w?(?:–\d+\w?)?(?:, \d+\w?(?:–\d+\w?)?)*)")


def cited(context: Context, paragraphs: Sequence[str], closing: str = "") -> str:
    """Return how paragraphs are cited, as HTML; with `closing`, which is heard after them, as a sentence opens."""
    order = [block.id for block in context.edition.document.blocks]
    return with_heard_paragraphs(paragraphs_cited(paragraphs, order), closing)


def with_heard_paragraphs(html: str, closing: str = "") -> str:
    """Return words or HTML in which every “¶ 4” is heard as a word, and never parted from its number."""

    def told(match: re.Match[str]) -> str:
        several, numbers = len(match[1]) > 1, match[2].replace("–", " to ")
        word = "paragraphs" if several else "paragraph"
        spoken = f"{word.capitalize() if closing else word} {numbers}{closing}"
        numbers = match[2].replace("–", "–\u2060")
        return element("span", f"{match[1]}\u00a0{numbers}", data_tag="Span", data_actual=spoken)

    return _CITED.sub(told, html)
