"""Where words and links stand on the pages of a finished PDF.

In: the file's bytes. Out: places, read by pdfium (words) and qpdf (links). Nothing is taken from the
file's destinations, so that a landing can be judged by what the reader sees there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf
import pypdfium2
from PIL import Image

# Two letters belong to one line when their feet are nearer than this. The typewriter strikes a
# letter up to a point high or low; its lines, the closest of ours, are 12 points apart.
SAME_LINE = 5.0


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on a page (counted from 1), in points from the page's bottom left."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> tuple[float, float]:
        """Return the point in the middle."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def holds(self, other: "Place") -> bool:
        """Say whether the middle of `other` lies within."""
        across, up = other.middle
        within = self.left <= across <= self.right and self.bottom <= up <= self.top
        return self.page == other.page and within

    def is_level_with(self, other: "Place") -> bool:
        """Say whether the middle of `other` is as high on the same page."""
        return self.page == other.page and self.bottom <= other.middle[1] <= self.top


@dataclass(frozen=True, slots=True)
class PrintedLink:
    """A link annotation: where it stands, and what it tells a reader of its target (Contents)."""

    place: Place
    contents: str


def opening_words(text: str) -> str:
    """Return as many words of a text as surely stand on its first line, and are found there only."""
    return " ".join(text.split()[:4])


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was typed, spaces included, and the places of its first and last letter."""

    text: str
    first: Place
    last: Place


class Pages:
    """The pages of a PDF. Close it when done."""

    def __init__(self, pdf: bytes) -> None:
        self._document = pypdfium2.PdfDocument(pdf)
        self._texts = [page.get_textpage() for page in self._document]
        self.labels: list[str] = [
            self._document.get_page_label(index) for index in range(len(self._document))
        ]

    def close(self) -> None:
        """Let go of the file."""
        self._document.close()

    @property
    def facsimile(self) -> list[int]:
        """Return the pages (counted from 1) of the facsimile: their labels begin with F."""
        return [page for page, label in enumerate(self.labels, 1) if label.startswith("F")]

    @property
    def others(self) -> list[int]:
        """Return all other pages (counted from 1)."""
        return [page for page, label in enumerate(self.labels, 1) if not label.startswith("F")]

    def words(self, words: str, pages: Sequence[int]) -> Place:
        """Return where `words` stand. Raises LookupError unless they stand there once, on one line."""
        found = list(self._find(words, pages))
        if len(found) != 1:
            raise LookupError(f"{words!r} stands {len(found)} times on pages {pages}: {found}")
        return found[0]

    def heading(self, words: str) -> Place:
        """Return where `words` stand in their largest letters. Raises LookupError."""
        found = list(self._find(words, self.others))
        if not found:
            raise LookupError(f"{words!r} stands nowhere")
        return max(found, key=lambda place: place.top - place.bottom)

    def lines(self, text: str, page: int) -> list[Line]:
        """Return the lines on which the words of `text` stand on `page`, one word after the other.

        Raises LookupError for a word that does not stand after the one before.
        """
        found: list[Line] = []
        index = self._index(opening_words(text), page, 0)
        begun = ended = 0
        for word in text.split():
            index = self._index(word, page, index)
            start = text.index(word, ended)
            ended = start + len(word)
            first, last = self._letter(page, index), self._letter(page, index + len(word) - 1)
            index += len(word)
            if found and abs(found[-1].last.bottom - first.bottom) < SAME_LINE:
                first = found.pop().first
            else:
                begun = start
            found.append(Line(text[begun:ended], first, last))
        return found

    def picture(self, page: int, scale: float) -> Image.Image:
        """Return pdfium's own picture of a page in greys, at `scale` pixels a point."""
        drawn: Image.Image = self._document[page - 1].render(scale=scale).to_pil()
        return drawn.convert("L")

    def _index(self, word: str, page: int, start: int) -> int:
        hit = self._texts[page - 1].search(word, index=start, match_case=True).get_next()
        if hit is None:
            raise LookupError(f"{word!r} does not stand on page {page} after character {start}")
        return int(hit[0])

    def _find(self, words: str, pages: Sequence[int]) -> Iterator[Place]:
        for page in pages:
            searcher = self._texts[page - 1].search(words, match_case=True)
            while hit := searcher.get_next():
                letters = [self._letter(page, hit[0] + offset) for offset in range(hit[1])]
                yield Place(
                    page,
                    min(letter.left for letter in letters),
                    min(letter.bottom for letter in letters),
                    max(letter.right for letter in letters),
                    max(letter.top for letter in letters),
                )

    def _letter(self, page: int, index: int) -> Place:
        left, bottom, right, top = self._texts[page - 1].get_charbox(index, loose=True)
        return Place(page, left, bottom, right, top)


def printed_links(pdf: bytes) -> list[PrintedLink]:
    """Return the links of all pages, in the order of the file."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return [
            PrintedLink(Place(number, left, bottom, right, top), str(note.get("/Contents", "")))
            for number, page in enumerate(opened.pages, 1)
            for note in page.get("/Annots", [])
            if note.Subtype == "/Link"
            for left, bottom, right, top in [[float(value) for value in note.Rect]]
        ]
