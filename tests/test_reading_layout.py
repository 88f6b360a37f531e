"""How the reading pages are set, measured on the finished file: breaks, edges, beginnings of lines."""

from itertools import pairwise

import pytest

from tests.conftest import SEED, SYNTHETIC, Finisher
from tests.drawn_facsimile import found
from tests.printed_lines import Block, Line, blocks, lines_of

HEADS = ("H1", "H2", "H3")
# COMPOSITION: the text block is 324 points wide, at these left edges.
LEFT = {"letter": 162.0, "a4": 156.0}
WIDE = 324.0
ENGINE = 0.75  # the reading engine counts in pixels, of which 96 are an inch
MARGIN_RIGHT = {"letter": 612.0, "a4": 595.28}


@pytest.fixture(
    params=[(SEED, "letter"), (SEED, "a4"), (SYNTHETIC, "letter")],
    ids=["letter", "a4", "synthetic"],
    scope="module",
)
def book(request: pytest.FixtureRequest, finished: Finisher) -> tuple[bytes, str]:
    seed, paper = request.param
    return finished(seed, paper=paper).pdf, paper


def reading(pdf: bytes) -> list[Block]:
    """Return the blocks of the reading pages; a page with layers is the facsimile's."""
    plates = {letter.page for letter in found(pdf).drawn if letter.layer}
    return [block for block in blocks(pdf) if block.pages and block.pages[0][0].page not in plates]


def test_no_paragraph_leaves_a_single_line_on_a_page(book: tuple[bytes, str]) -> None:
    for block in reading(book[0]):
        if block.type in ("P", "LI", "Note") and len(block.pages) > 1:
            assert min(len(lines) for lines in block.pages) >= 2, (
                block.id,
                block.pages[0][-1].text,
            )


def test_no_heading_stands_at_the_foot_of_a_page(book: tuple[bytes, str]) -> None:
    for head, following in pairwise(reading(book[0])):
        if head.type in HEADS:
            assert following.pages[0][0].page == head.pages[-1][-1].page, head.pages[-1][-1].text


def test_no_line_begins_with_a_dash(book: tuple[bytes, str]) -> None:
    for line in body_lines(*book):
        assert line.text.lstrip()[:1] not in ("—", "–", ",", ".", ";", ":", ")", "”"), line.text


def body_lines(pdf: bytes, paper: str) -> list[Line]:
    """Return the lines of the text block, without what hangs in its margins."""
    left, right = LEFT[paper] - 1, LEFT[paper] + WIDE + 1
    return [
        Line(line.page, line.base, letters)
        for block in reading(pdf)
        for lines in block.pages
        for line in lines
        if (letters := tuple(one for one in line.letters if left <= one.x < right))
    ]


def test_no_line_runs_over_the_edge_of_its_block(book: tuple[bytes, str]) -> None:
    pdf, paper = book
    right = LEFT[paper] + WIDE
    for block in reading(pdf):
        for lines in block.pages:
            for line in lines:
                ends = [
                    one.x for one in line.letters if one.x < right + 15 and one.character != " "
                ]
                end = max(ends, default=0.0)
                assert end <= right, line.text


def test_nothing_is_printed_beyond_the_paper(book: tuple[bytes, str]) -> None:
    pdf, paper = book
    for letter in found(pdf).drawn:
        assert 20 < letter.x < MARGIN_RIGHT[paper] - 12, letter


def test_lines_of_one_page_do_not_collide(book: tuple[bytes, str]) -> None:
    pdf, paper = book
    left, right = LEFT[paper], LEFT[paper] + WIDE
    body = [
        letter
        for block in reading(pdf)
        for lines in block.pages
        for line in lines
        for letter in line.letters
        if left <= letter.x < right and letter.character.strip()
    ]
    for page in {one.page for one in body}:
        for upper, lower in pairwise(lines_of([one for one in body if one.page == page])):
            assert upper.base - lower.base >= 0.75 * ENGINE * lower.size, (upper.text, lower.text)


def test_the_telegram_stands_on_a_grid_of_sixteen_points(book: tuple[bytes, str]) -> None:
    for block in reading(book[0]):
        if block.type == "P" and block.id.startswith("p") and block.id[1:].isdigit():
            for lines in block.pages:
                # Raised calls are struck off by taking the lowest letters of each line.
                bases = [
                    min(one.y for one in line.letters if one.size * ENGINE > 11) for line in lines
                ]
                assert all(
                    upper - lower == pytest.approx(16, abs=0.05) for upper, lower in pairwise(bases)
                )
