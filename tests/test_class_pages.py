"""The pages for a class: how many, in which order, in which measures; and that none tells the key.

`UPDATE_GOLDENS=1 pytest tests/test_class_pages.py` writes the goldens anew: what a listener hears of each product.
Proofread them before a commit.
"""

import os
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from publish.build import printed
from publish.classroom import Classroom
from publish.departures import render
from publish.layouts import Layouts
from publish.model import Edition, Scope
from publish.orders import Order, make_job
from publish.problems import NothingToPrintError
from publish.promises import Promises, loads
from publish.verify import heard
from tests.class_sheets import (
    PAPERS,
    STUDENTS,
    WITHOUT_CLASSROOM,
    answer_lines,
    key_sentences,
    marked_words,
    without_spaces,
    words_in,
)
from tests.conftest import ROOT, SEED, SYNTHETIC, Finished, Finisher
from tests.drawn_facsimile import Drawn, found
from tests.printed_lines import Block, Line, blocks

GOLDEN = ROOT / "tests" / "golden" / "classroom"
UPDATE = bool(os.environ.get("UPDATE_GOLDENS"))
BUDGETS = {
    "handout": 4, "handout-compact": 2, "handout-adapted": 1, "handout-large-print": 8,
}  # fmt: skip
# COMPOSITION: left edge and measure of the text.
MEASURES = {
    ("handout", "letter"): (72, 360),
    ("handout", "a4"): (72, 350),
    ("handout-compact", "letter"): (72, 432),
    ("handout-compact", "a4"): (72, 420),
}
ENGINE = 0.8  # the reading engine counts in pixels, of which 96 are an inch

pytestmark = pytest.mark.slow


def record_of(file: Finished) -> Promises:
    return loads(file.record, "")


def points(letter: Drawn) -> float:
    """Return a letter's size; the engine writes CSS pixels and has all of the page drawn at 0.75."""
    return round(letter.size * 0.75, 2)


def text_lines(pdf: bytes) -> list[Line]:
    """Return the lines of the telegram's paragraphs, without what hangs in the margin."""
    every = [
        line for block in blocks(pdf) if _is_text(block) for page in block.pages for line in page
    ]
    return [
        replace(line, letters=tuple(one for one in line.letters if one.face.endswith("STIX")))
        for line in every
        if any(one.face.endswith("STIX") for one in line.letters)
    ]


def _is_text(block: Block) -> bool:
    return block.id.removeprefix("p").isdigit()


# What is heard


@pytest.mark.parametrize("product", [*STUDENTS, "teacher"])
def test_what_a_listener_hears_of_a_product_is_its_golden(finished: Finisher, product: str) -> None:
    told = "\n".join(heard(finished(SEED, product).built.path)) + "\n"
    path = GOLDEN / f"{product}.txt"
    if UPDATE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(told, "utf-8")
    assert told == path.read_text("utf-8")


# How many pages, and in which order


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(("product", "most"), BUDGETS.items())
def test_a_product_keeps_its_budget_of_pages(
    finished: Finisher, product: str, most: int, paper: str
) -> None:
    assert finished(SEED, product, paper).built.pages <= most


@pytest.mark.parametrize("paper", PAPERS)
def test_text_and_questions_are_never_back_to_back(finished: Finisher, paper: str) -> None:
    file = finished(SEED, "handout", paper)
    assert file.built.pages == 4
    pages = {line.page for line in text_lines(file.pdf)}
    asked = {
        line.page
        for block in blocks(file.pdf)
        if block.id.startswith(("question-", "excerpt-"))
        for page in block.pages
        for line in page
    }
    assert pages == {0, 1}
    assert asked == {2, 3}


def test_questions_to_a_short_text_begin_on_a_leaf_of_their_own(
    edition: Edition, synthetic: Edition, known: Layouts
) -> None:
    handout = edition.classroom.handout
    asked = tuple(replace(each, paragraphs=("p2",), excerpts=()) for each in handout.questions[:1])
    only = replace(handout, glosses=(), excerpts=(), adapted=(), questions=asked)
    short = replace(synthetic, classroom=Classroom(only))
    made = printed(make_job(short, Order("handout"), known), Path("handout.pdf"))
    pages = {block.pages[0][0].page for block in blocks(made.data) if block.id == "questions"}
    assert pages == {2}  # the third: the second, on the back of the text, is blank


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("product", ["handout", "handout-compact"])
def test_a_question_is_never_split_from_its_lines(
    finished: Finisher, edition: Edition, product: str, paper: str
) -> None:
    file = finished(SEED, product, paper)
    handout = edition.classroom.handout
    if product == "handout-compact":
        handout = handout.compact()
    lines = {f"question-{each.key}": each.answer_lines for each in handout.questions}
    asked = [block for block in blocks(file.pdf) if block.id.startswith("question-")]
    assert {len(block.pages) for block in asked} == {1}
    for question in asked:
        *_, last = question.pages[0]
        below = [
            rule
            for rule in answer_lines(file.pdf)
            if rule.page == last.page
            and 0 < last.base - rule.height < 4 * 22
            and rule.left - ENGINE < last.letters[0].x < rule.right
        ]
        assert len(below) == lines[question.id], question.id


# Measures


@pytest.mark.parametrize(("product", "paper"), MEASURES)
def test_the_text_keeps_its_measure_and_leaves_a_margin_for_notes(
    finished: Finisher, product: str, paper: str
) -> None:
    left, measure = MEASURES[product, paper]
    lines = text_lines(finished(SEED, product, paper).pdf)
    assert min(line.letters[0].x for line in lines) == pytest.approx(left, abs=ENGINE)
    assert max(line.letters[-1].x for line in lines) < left + measure


@pytest.mark.parametrize(
    ("product", "size", "leading"),
    [("handout", 12, 18), ("handout-compact", 11, 14.85), ("handout-large-print", 18, 27)],
)
def test_the_text_has_its_size_and_leading(
    finished: Finisher, product: str, size: float, leading: float
) -> None:
    pdf = finished(SEED, product).pdf
    paragraphs = [block for block in blocks(pdf) if block.id in ("p3", "p7")]
    for block in paragraphs:
        for page in block.pages:
            for above, below in pairwise(page):
                assert above.base - below.base == pytest.approx(leading, abs=ENGINE)
        sizes = Counter(points(one) for line in block.pages[-1] for one in line.letters)
        assert max(sizes, key=lambda each: sizes[each]) == pytest.approx(size, abs=0.05)


def test_large_print_is_set_closer_where_it_is_asked_for(finished: Finisher) -> None:
    pdf = finished(SEED, "handout-large-print", options=(("leading", "1.15"),)).pdf
    (block,) = (block for block in blocks(pdf) if block.id == "p7")
    for above, below in pairwise(block.pages[0]):
        assert above.base - below.base == pytest.approx(18 * 1.15, abs=ENGINE)


def test_paragraphs_are_numbered_before_the_text_clear_of_punched_holes_and_lines_after_it(
    finished: Finisher,
) -> None:
    file = finished(SEED, "handout")
    numbers = [
        min(one.x for one in page[0].letters if one.face.endswith("Franklin-Bold"))
        for block in blocks(file.pdf)
        if _is_text(block)
        for page in block.pages[:1]
    ]
    assert len(numbers) == 9
    assert numbers == pytest.approx([72 - 22] * 9, abs=ENGINE)
    assert {round(line.rectangle[2], 1) for line in record_of(file).lines} == {72 + 360 + 20}
    assert [line.number for line in record_of(file).lines] == list(range(5, 50, 5))


@pytest.mark.parametrize("product", ["handout", "handout-compact", "handout-large-print"])
def test_no_word_is_hyphenated(finished: Finisher, product: str) -> None:
    assert record_of(finished(SEED, product)).hyphens == ()


def test_answer_lines_stand_22_apart_and_are_half_a_point_thick(finished: Finisher) -> None:
    every = answer_lines(finished(SEED, "handout").pdf)
    lines = sorted(
        (rule for rule in every if rule.right - rule.left > 200),
        key=lambda rule: (rule.page, -rule.height),
    )
    # eight questions, one of them in two columns of four, five parts of the claim, three of the exit ticket
    assert len(lines) == 7 * 3 + 2 * 4 + (2 + 4) + 3
    assert {round(rule.thickness, 2) for rule in lines} == {0.5}
    apart = Counter(
        round(above.height - below.height, 1)
        for above, below in pairwise(lines)
        if above.page == below.page and above.left == below.left
    )
    assert min(apart) == 22.0


def test_nothing_is_marked_in_the_text_that_students_read(finished: Finisher) -> None:
    for product in ("handout", "handout-compact"):
        assert {
            one.face for line in text_lines(finished(SEED, product).pdf) for one in line.letters
        } == {"Press-STIX"}


# Large print and the adapted text


@pytest.mark.parametrize("paper", PAPERS)
def test_every_glyph_of_large_print_has_18_points(finished: Finisher, paper: str) -> None:
    drawn = found(finished(SEED, "handout-large-print", paper).pdf).drawn
    assert min(map(points, drawn)) >= 18


def test_large_print_has_no_italics_and_no_serifs(finished: Finisher) -> None:
    drawn = found(finished(SEED, "handout-large-print").pdf).drawn
    faces = {one.face for one in drawn}
    assert all("Franklin" in face and "Italic" not in face for face in faces), faces


def test_the_adapted_text_is_in_no_face_of_the_documents(finished: Finisher) -> None:
    drawn = found(finished(SEED, "handout-adapted").pdf).drawn
    assert {"-".join(one.face.split("-")[:2]) for one in drawn} == {"Press-Franklin"}


def test_the_adapted_text_says_what_it_is_and_quotes_nothing(finished: Finisher) -> None:
    file = finished(SEED, "handout-adapted")
    told = [line for line in heard(file.built.path) if line.startswith("Paragraph ")]
    assert len(told) == 9
    assert not any(sign in "".join(told) for sign in ("“", "”", "/s/"))
    with pikepdf.open(file.built.path) as pdf:
        assert str(pdf.docinfo["/Title"]).endswith(" – Adapted from the original")


# The teacher's file, and no other


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("product", STUDENTS)
def test_no_sentence_of_the_key_stands_in_a_students_file(
    finished: Finisher, edition: Edition, product: str, paper: str
) -> None:
    words = words_in(finished(SEED, product, paper).built.path)
    assert [told for told in key_sentences(edition) if without_spaces(told) in words] == []


def test_the_sentences_of_the_key_are_found_where_they_stand(
    finished: Finisher, edition: Edition
) -> None:
    words = words_in(finished(SEED, "teacher").built.path)
    sentences = key_sentences(edition)
    missed = [told for told in sentences if without_spaces(told) not in words]
    assert len(missed) < len(sentences) / 10  # those that a page's foot divides


@pytest.mark.parametrize("product", STUDENTS)
def test_no_students_file_carries_the_teachers_within_it(finished: Finisher, product: str) -> None:
    names = {attached.name for attached in record_of(finished(SEED, product)).attachments}
    assert names <= {"telegram.txt"}


@pytest.mark.parametrize("paper", PAPERS)
def test_a_line_has_one_number_for_students_and_teacher(finished: Finisher, paper: str) -> None:
    numbered = [
        [(line.number, line.words) for line in record_of(finished(SEED, product, paper)).lines]
        for product in ("handout", "teacher")
    ]
    assert numbered[0] == numbered[1]


@pytest.mark.parametrize("paper", PAPERS)
def test_the_words_of_the_answers_are_underlined_and_no_others(
    finished: Finisher, edition: Edition, paper: str
) -> None:
    reading = render(edition.document, Scope.READING)
    wanted = set()
    for answer in edition.classroom.lesson.answers:
        for anchor in answer.anchors:
            passage = reading.block(anchor.block)
            span = map(passage.printed_offset, (anchor.span.start, anchor.span.end))
            wanted.add(without_spaces(passage.text[slice(*span)]))
    underlined = [words for _, words in marked_words(finished(SEED, "teacher", paper).pdf)]
    for words in wanted:
        assert words in "".join(underlined)
    for words in underlined:
        assert any(words in one for one in wanted), words


# A seed without the classroom's files


@pytest.mark.parametrize("product", WITHOUT_CLASSROOM)
def test_a_seed_without_classroom_files_has_no_empty_heading(
    finished: Finisher, product: str
) -> None:
    told = list(heard(finished(SYNTHETIC, product).built.path))
    headings = [line for line in told if line.startswith("heading ")]
    assert headings
    for name in ("Word bank", "Questions", "other source", "Claim", "Exit ticket"):
        assert not any(name in line for line in told), name
    for heading, after in pairwise([*told, "heading 0"]):
        if heading.startswith("heading ") and after.startswith("heading "):
            assert after > heading, (
                heading,
                after,
            )  # a head of lower level, not the next of its own


@pytest.mark.parametrize("product", ["handout-adapted", "teacher"])
def test_a_product_that_an_edition_has_nothing_for_is_refused_in_one_line(
    synthetic: Edition, known: Layouts, product: str
) -> None:
    with pytest.raises(NothingToPrintError, match=f"nothing that product '{product}' prints"):
        printed(make_job(synthetic, Order(product), known), Path("never.pdf"))
