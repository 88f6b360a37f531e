"""What tests ask of the products for a class: which there are, their words, the lines to write on, the marks.

Nothing is asked of the engine: what is drawn is read off the finished PDF by pdfminer.
"""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTContainer, LTItem, LTLine, LTRect

from publish.model import Edition

# What students are given, and what their teacher alone has.
STUDENTS = (
    "handout", "handout-compact", "handout-adapted", "handout-large-print", "facsimile-handout",
)  # fmt: skip
WITHOUT_CLASSROOM = ("handout", "handout-compact", "handout-large-print", "facsimile-handout")
PAPERS = ("letter", "a4")
SAME = 0.3  # points


@dataclass(frozen=True)
class Rule:
    """A level line on a page (from 0); `height` is its lower edge, or a stroke's middle."""

    page: int
    left: float
    right: float
    height: float
    thickness: float


@cache
def answer_lines(pdf: bytes) -> tuple[Rule, ...]:
    """Return the lines to write on, from top to bottom: the lower borders of boxes.

    The engine fills what lies between a box and the same box without its border.
    """
    boxes = [(page, item) for page, item in _items(pdf) if isinstance(item, LTRect)]
    return tuple(
        Rule(page, outer.x0, outer.x1, outer.y0, inner.y0 - outer.y0)
        for (page, inner), (other, outer) in pairwise(boxes)
        if page == other and (inner.x0, inner.x1, inner.y1) == (outer.x0, outer.x1, outer.y1)
    )


@cache
def marked_words(pdf: bytes) -> tuple[tuple[int, str], ...]:
    """Return (page, words without spaces) above each stroke, in the order in which they are drawn.

    A comma or point at the end is left out: kerning draws it below the quotation mark before it.
    """
    letters = [(page, item) for page, item in _items(pdf) if isinstance(item, LTChar)]
    return tuple(
        (page, "".join(
            letter.get_text().strip("\u2060 ")
            for other, letter in letters
            if other == page
            and stroke.x0 - SAME < (letter.x0 + letter.x1) / 2 < stroke.x1 + SAME
            and 0 < letter.matrix[5] - stroke.y0 < 5
        ).rstrip(",."))
        for page, stroke in _items(pdf)
        if isinstance(stroke, LTLine)
    )  # fmt: skip


def _items(pdf: bytes) -> Iterator[tuple[int, LTItem]]:
    for number, page in enumerate(extract_pages(BytesIO(pdf), laparams=None)):
        stack: list[LTItem] = [page]
        while stack:
            item = stack.pop()
            yield number, item
            if isinstance(item, LTContainer):
                stack.extend(reversed(list(item)))


def words_in(pdf: Path) -> str:
    """Return what poppler copies from a file in the order in which it is drawn, without spaces."""
    told = subprocess.run(
        ["pdftotext", "-raw", str(pdf), "-"], check=True, capture_output=True, text=True
    )
    return without_spaces(told.stdout)


def without_spaces(text: str) -> str:
    """Return a text without spaces and Markdown's stars, its no-break signs and word joiners."""
    return re.sub(r"[\s\u00a0\u2060\u200b*]", "", text)


def key_sentences(edition: Edition) -> tuple[str, ...]:
    """Return every sentence that the teacher alone has, of five words or more."""
    lesson = edition.classroom.lesson
    texts = [
        lesson.summary,
        *lesson.objectives,
        *lesson.starters,
        *(step.told for step in lesson.steps),
        *(answer.text for answer in lesson.answers),
        *(each for answer in lesson.answers for each in answer.look_for),
        *(each.thought for each in lesson.misconceptions),
        *(each.correction for each in lesson.misconceptions),
        *(level for criterion in lesson.rubric for level in criterion.levels),
        *(event.told for event in lesson.context),
        *(support.told for support in lesson.supports),
        *(sentence.change for sentence in edition.classroom.handout.adapted),
    ]
    parts = (part for text in texts for part in re.split(r"(?<=[.?!;:])\s|\[@[^\]]*\]\.?", text))
    return tuple(part.strip() for part in parts if len(part.split()) > 4)
