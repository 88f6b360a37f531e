"""Finished editions as a browser's reader knows them: what was promised, and where it was printed.

In: a finished file and its record. Out: the places and words by which a landing is judged.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from publish import promises
from publish.departures import Passage, render
from publish.model import Scope
from tests.browser.places import Line, Pages, Place, PrintedLink, opening_words, printed_links
from tests.conftest import SEED, SYNTHETIC, Finished


@dataclass(frozen=True, slots=True)
class Plan:
    """How an edition is made, and what of it is looked at."""

    name: str
    seed: Path
    standard: str
    chapter: str  # a bookmark within another one
    typed: str  # a block of several typed lines


TELEGRAM = Plan("telegram", SEED, "archive", chapter="Commentary", typed="p3")
TELEGRAM_2 = Plan("telegram-archive-2", SEED, "archive-2", chapter="Commentary", typed="p3")
SYNTHETIC_TELEGRAM = Plan("synthetic", SYNTHETIC, "archive", chapter="Textual notes", typed="p2")
ANNOTATED = (TELEGRAM, TELEGRAM_2)
EVERY = (*ANNOTATED, SYNTHETIC_TELEGRAM)


class Book:
    """One finished edition. `pages` are open until `close`."""

    def __init__(self, plan: Plan, finished: Finished) -> None:
        self.plan = plan
        self.name = finished.built.path.name
        self.pdf = finished.pdf
        self.promised = promises.loads(finished.record, str(finished.built.path))
        self.pages = Pages(finished.pdf)
        self.links = printed_links(finished.pdf)

    def close(self) -> None:
        """Let go of the pages."""
        self.pages.close()

    @property
    def bookmarks(self) -> list[tuple[int, str]]:
        """Level and title of the promised bookmarks."""
        return [(bookmark.level, bookmark.title) for bookmark in self.promised.bookmarks]

    def beginning(self, block: str, scope: Scope) -> Place:
        """Return where a block's first words stand in the reading text or on a plate."""
        passage = self._passage(block, scope)
        pages = self.pages.facsimile if scope is Scope.FACSIMILE else self.pages.others
        return self.pages.words(opening_words(passage.text[passage.label_length :]), pages)

    def note(self, lemma: str) -> Place:
        """Return where the commentary's note on `lemma` begins."""
        return self.pages.words(f"{lemma}]", self.pages.others)

    def typed_lines(self, block: str) -> list[Line]:
        """Return a block's lines on the plate, but for the first one.

        The whole first line is a link into the reading text, and in Chromium's viewer no drag can
        begin on a link.
        """
        passage = self._passage(block, Scope.FACSIMILE)
        page = self.beginning(block, Scope.FACSIMILE).page
        return self.pages.lines(passage.text, page)[1:]

    def link(self, contents: str, level_with: Place | None = None) -> PrintedLink:
        """Return the link that tells a reader `contents` (a pattern), beside `level_with`.

        Raises LookupError unless there is one.
        """
        found = [
            link
            for link in self.links
            if re.fullmatch(contents, link.contents)
            and (level_with is None or link.place.is_level_with(level_with))
        ]
        if len(found) != 1:
            raise LookupError(f"{len(found)} links tell {contents!r}: {found}")
        return found[0]

    def _passage(self, block: str, scope: Scope) -> Passage:
        return render(self.promised.document, scope).block(block)


def as_copied(line: Line) -> str:
    """Return a typed line as pdfium hands it over: two typed spaces as one (pypdfium2 5.15)."""
    return " ".join(line.text.split())


def call(book: Book, lemma: str) -> PrintedLink:
    """Return the call of the note on `lemma`."""
    return book.link(rf"Note \d+: {re.escape(lemma)}")


def way_back(book: Book, lemma: str) -> PrintedLink:
    """Return the way back from the note on `lemma` to its call."""
    number = call(book, lemma).contents.partition(":")[0].removeprefix("Note ")
    return book.link(f"Back to the text, call {number}")


def reference(book: Book, block: str) -> PrintedLink:
    """Return the margin's reference to a block's first typed line."""
    return book.link(r"Facsimile, sheet \d+, line \d+", book.beginning(block, Scope.READING))


def typed_line_link(book: Book, block: str) -> PrintedLink:
    """Return the link that a block's first typed line is."""
    return book.link(
        r"Paragraph \d+ in the reading edition", book.beginning(block, Scope.FACSIMILE)
    )
