"""The handout as a page to copy from: what is left of it when a word processor on the web takes it over."""

import re
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5

from publish.departures import render
from publish.exports.html_reading import faults, passages
from publish.model import Scope
from tests.conftest import SEED, SYNTHETIC
from tests.test_editable_handout import SEEDS, edition_of, file

HANDOUT, ADAPTED = "handout-html", "handout-adapted-html"


def tree(seed: Path = SEED, product: str = HANDOUT) -> Element:
    """Return the page as an HTML5 parser reads it that had no part in it."""
    text = file(seed, product).decode("utf-8")
    top: Element = tinyhtml5.parse(text, namespace_html_elements=False)
    return top


def words(element: Element) -> str:
    return "".join(element.itertext())


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_the_page_has_the_transcriptions_reading_text(seed: Path) -> None:
    rendered = render(edition_of(seed).document, Scope.READING).passages()
    wanted = [(p.id, p.text) for p in rendered if p.id != "source-line"]
    assert list(passages(file(seed, HANDOUT))) == wanted


def test_the_adapted_text_is_read_back_by_paragraphs() -> None:
    handout = edition_of(SEED).classroom.handout
    wanted = [" ".join(s.text for s in each) for each in handout.adapted_paragraphs()]
    assert [text for _, text in passages(file(SEED, ADAPTED))] == wanted


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_each_paragraph_has_its_number_typed_before_its_words(seed: Path) -> None:
    numbers = [words(b) for b in tree(seed).iter("b") if b.get("class") == "number"]
    blocks = edition_of(seed).document.blocks
    assert numbers[: len(blocks)] == [f"¶\u00a0{block.id.removeprefix('p')}" for block in blocks]


def test_questions_have_the_numbers_of_the_printed_sheet() -> None:
    asked = [words(p) for p in tree().iter("p") if re.match(r"\d+\. ¶", words(p))]
    assert [int(one.partition(".")[0]) for one in asked] == list(range(1, 9))


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_headings_go_down_by_steps_and_none_is_empty(seed: Path) -> None:
    heads = [one for one in tree(seed).iter() if one.tag in ("h1", "h2", "h3", "h4")]
    levels = [int(str(head.tag)[1]) for head in heads]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []
    assert all(words(head).strip() for head in heads)


@pytest.mark.parametrize("product", [HANDOUT, ADAPTED])
@pytest.mark.parametrize(
    "sign",
    ["<style", "<script", "<div", "position:", "float", "display", "\u200b", "\u2060", " data-"],
)
def test_there_is_nothing_of_layout(product: str, sign: str) -> None:
    assert sign not in file(SEED, product).decode("utf-8")


def test_the_word_bank_is_a_table_under_its_heading() -> None:
    table = next(tree().iter("table"))
    assert [words(cell) for cell in table.iter("th")] == ["Words", "Meaning"]
    glosses = edition_of(SEED).classroom.handout.glosses
    cells = [words(cell).replace("\u00a0", " ") for cell in table.iter("td")]
    assert cells[1::2] == [gloss.meaning for gloss in glosses]


def test_a_quotation_stands_in_a_blockquote_with_its_source() -> None:
    quoted = [words(one) for one in tree().iter("blockquote")]
    excerpts = edition_of(SEED).classroom.handout.excerpts
    assert len(quoted) == len(excerpts)
    assert all(
        e.text in one and e.place[-2:] in one for e, one in zip(excerpts, quoted, strict=True)
    )


def test_languages_are_told() -> None:
    page = tree(SYNTHETIC)
    assert page.get("lang") == "en-US"
    spans = [(words(span), span.get("lang")) for span in page.iter("span")]
    assert ("Мурманск", "ru") in spans


def test_the_adapted_page_says_so_in_its_title() -> None:
    titles = [words(title) for title in tree(product=ADAPTED).iter("title")]
    assert titles[0].endswith("Adapted from the original")


@pytest.mark.parametrize("product", [HANDOUT, ADAPTED])
def test_no_link_leads_nowhere_and_nothing_is_fetched(product: str) -> None:
    assert faults(file(SEED, product)) == ()
