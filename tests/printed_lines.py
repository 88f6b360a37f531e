"""The lines of finished pages, as pdfminer finds their letters: where they stand and what they belong to.

Nothing of the engine is asked: a line is letters on one base line, its element the structure's own.
"""

from dataclasses import dataclass
from functools import cache

from publish.verify.reading_back import FinishedFile
from publish.verify.tree import Element
from tests.drawn_facsimile import Drawn, found

SAME_LINE = 4.6  # points: raised calls and labels of the margin stand on their line
BLOCKS = frozenset(("P", "H1", "H2", "H3", "LI", "FENote", "Note", "TR", "TOCI", "Figure"))


@dataclass(frozen=True)
class Line:
    """Letters on one base line of a page (from 0), from left to right; `size` of the largest letter."""

    page: int
    base: float
    letters: tuple[Drawn, ...]

    @property
    def text(self) -> str:
        """Return its letters."""
        return "".join(letter.character for letter in self.letters)

    @property
    def size(self) -> float:
        """Return the size of its largest letter."""
        return max(letter.size for letter in self.letters)


def lines_of(letters: list[Drawn]) -> list[Line]:
    """Return letters of one page as lines, from top to bottom."""
    made: list[list[Drawn]] = []
    for letter in sorted(letters, key=lambda one: -one.y):
        if made and made[-1][0].y - letter.y <= SAME_LINE:
            made[-1].append(letter)
        else:
            made.append([letter])
    return [
        Line(line[0].page, line[0].y, tuple(sorted(line, key=lambda one: one.x))) for line in made
    ]


@dataclass(frozen=True)
class Block:
    """An element and its lines, page by page."""

    type: str
    id: str
    pages: tuple[tuple[Line, ...], ...]


@cache
def blocks(pdf: bytes) -> tuple[Block, ...]:
    """Return the blocks of text of a finished file, in reading order; of each its own letters."""
    by_mark: dict[tuple[int, int], list[Drawn]] = {}
    for letter in found(pdf).drawn:
        if letter.mark is not None:
            by_mark.setdefault((letter.page, letter.mark), []).append(letter)
    made: list[Block] = []
    with FinishedFile(pdf) as file:
        for element in file.tree.elements:
            if element.type in BLOCKS and not _within_a_block(element):
                pages: dict[int, list[Drawn]] = {}
                for content in element.contents():
                    letters = by_mark.get((content.page, content.mark.mcid), [])
                    pages.setdefault(content.page, []).extend(letters)
                lines = tuple(tuple(lines_of(pages[page])) for page in sorted(pages) if pages[page])
                made.append(Block(element.type, element.id, lines))
    return tuple(made)


def _within_a_block(element: Element) -> bool:
    return any(above.type in BLOCKS for above in element.above())
