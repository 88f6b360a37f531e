"""The reading edition: its HTML, what WeasyPrint makes of it, and the tree we read from its boxes."""

from dataclasses import replace
from pathlib import Path

import pytest

from publish.build import prepared, typeset
from publish.departures import render
from publish.fonts import Faces
from publish.layouts import Job, Layouts
from publish.model import Edition, Scope
from publish.orders import Order, make_job
from publish.problems import LayoutError, RenderingError
from publish.typeset.alignment import lay_along
from publish.typeset.reading import make_html, set_reading
from publish.typeset.sections.context import element, words_html
from publish.typeset.structure import Link, Mark, Node, Part, Placed


@pytest.fixture(scope="module")
def job(edition: Edition, known: Layouts) -> Job:
    return prepared(make_job(edition, Order(), known))


@pytest.fixture(scope="module")
def parts(job: Job, faces: Faces) -> dict[str, Part]:
    return {part.id: part for part in typeset(job, faces)}


def nodes(part: Part) -> dict[str, Node]:
    return {node.id: node for root in part.structure for node in root.walk() if node.id}


def test_a_dash_never_begins_a_line() -> None:
    assert words_html("this weekend—in") == "this weekend\u2060—in"


def test_words_of_the_document_are_escaped() -> None:
    assert words_html("a < b & c") == "a &lt; b &amp; c"


def test_an_attribute_without_words_is_left_out() -> None:
    assert element("p", "x", css="", id="p3") == '<p id="p3">x</p>'


def test_a_lost_space_belongs_after_the_word_before_it() -> None:
    assert lay_along("one two", ["one", "two"]).spaced == {0}


def test_a_hyphen_of_the_engine_is_told_from_the_words() -> None:
    laid = lay_along("representatives", ["representa\u2010", "tives"])
    assert (laid.hyphenated, laid.lengths, laid.spaced) == (frozenset({0}), (10, 5), frozenset())


def test_a_space_drawn_alone_counts_as_lost() -> None:
    assert lay_along("one two", ["one", " ", "two"]).spaced == {0}


def test_another_word_than_the_wanted_one_is_refused() -> None:
    with pytest.raises(RenderingError, match="the engine set 'too'"):
        lay_along("one two", ["one ", "too"])


def test_a_missing_word_is_refused() -> None:
    with pytest.raises(RenderingError, match="the engine lost ' two'"):
        lay_along("one two", ["one"])


def test_calls_stand_after_punctuation_but_before_a_dash(job: Job) -> None:
    html = make_html(job, {}).html
    assert 'official.<span class="call"' in html
    assert "‘other armaments’,<span" in html
    assert 'this weekend<span class="call"' in html


def test_the_margin_names_the_first_facsimile_line(job: Job) -> None:
    html = make_html(job, {"p3": Placed(1, 6)}).html
    assert ">F1, 6</a>" in html


def test_the_page_break_of_frus_stands_where_its_page_begins(job: Job) -> None:
    html = make_html(job, {}).html
    assert "problem. <span" in html
    assert ">FRUS 182</span>The first thing" in html


def test_each_note_has_a_call_and_a_way_back(job: Job) -> None:
    html = make_html(job, {}).html
    for note in job.edition.apparatus.notes:
        assert f'href="#note-{note.key}" id="call-{note.key}"' in html
        assert f'href="#call-{note.key}"' in html


def test_an_empty_apparatus_prints_no_heading(synthetic: Edition, known: Layouts) -> None:
    sections = make_html(make_job(synthetic, Order(), known), {}).sections["reading"]
    assert [s.id for s in sections] == [
        "telegram",
        "textual-notes",
        "sources",
        "method",
        "citation",
    ]


def test_a_paragraph_split_by_a_page_is_one_element(parts: dict[str, Part]) -> None:
    paragraphs = [
        kid
        for name, note in nodes(parts["reading"]).items()
        if name.startswith("note-")
        for kid in note.kids
        if isinstance(kid, Node) and kid.type == "P"
    ]
    pages = [{mark.page for mark in p.kids if isinstance(mark, Mark)} for p in paragraphs]
    assert max(len(found) for found in pages) == 2


def test_the_documents_blocks_stand_in_order_in_the_tree(parts: dict[str, Part]) -> None:
    ids = [n.id for root in parts["reading"].structure for n in root.walk()]
    blocks = [name for name in ids if name.startswith("p") and name[1:].isdigit()]
    assert blocks == [f"p{number}" for number in range(1, 10)]


def test_a_note_has_a_label_and_an_id_of_its_own(parts: dict[str, Part]) -> None:
    note = nodes(parts["reading"])["note-quarantine"]
    first = note.kids[0]
    assert isinstance(first, Node)
    assert (note.type, first.type) == ("Note", "Lbl")


def test_reading_words_link_to_the_facsimile(parts: dict[str, Part]) -> None:
    links = [
        k
        for root in parts["reading"].structure
        for n in root.walk()
        for k in n.kids
        if isinstance(k, Link)
    ]
    assert {f"facsimile-p{n}" for n in range(1, 10)} <= {link.target for link in links}


def test_every_link_says_where_it_goes(parts: dict[str, Part]) -> None:
    links = [
        k
        for p in parts.values()
        for r in p.structure
        for n in r.walk()
        for k in n.kids
        if isinstance(k, Link)
    ]
    assert links
    assert all(len(link.contents) > 2 for link in links)


def test_a_target_is_large_enough_to_be_hit(parts: dict[str, Part]) -> None:
    links = [
        k
        for root in parts["reading"].structure
        for n in root.walk()
        for k in n.kids
        if isinstance(k, Link)
    ]
    assert all(k.rectangle[3] - k.rectangle[1] >= 9.9 for k in links)


def test_hyphens_divide_words_the_american_way(job: Job, parts: dict[str, Part]) -> None:
    reading = render(job.edition.document, Scope.READING)
    divided = set()
    for hyphen in parts["reading"].hyphens:
        text = reading.block(hyphen.block).text
        before, after = text[: hyphen.offset].split()[-1], text[hyphen.offset :].split()[0]
        divided.add(f"{before}-{after}")
    assert {"representa-tives", "intensifi-cation"} <= divided


def test_the_telegram_takes_two_pages_on_both_papers(
    edition: Edition, known: Layouts, faces: Faces
) -> None:
    for paper in ("letter", "a4"):
        job = prepared(make_job(edition, Order(paper=paper), known))
        reading = set_reading(job, make_html(job, {}), faces)["reading"]
        blocks = nodes(reading)
        pages = {k.page for n in range(1, 10) for node in blocks[f"p{n}"].walk()
                 for k in node.kids if not isinstance(k, Node | Link)}  # fmt: skip
        assert len(pages) == 2


def test_a_product_without_a_page_for_a_paper_names_those_it_has(job: Job, faces: Faces) -> None:
    tabloid = replace(job, paper=replace(job.paper, name="tabloid"))
    with pytest.raises(LayoutError, match="has no page for the paper 'tabloid'"):
        set_reading(tabloid, make_html(tabloid, {}), faces)


def test_an_unknown_property_in_a_style_is_an_error(job: Job, faces: Faces, tmp_path: Path) -> None:
    (tmp_path / "letter.css").write_text("p { colour: red }", "utf-8")
    assert job.product.style is not None
    style = tmp_path / "reading.css"
    style.write_bytes(job.product.style.read_bytes())
    product = replace(job.product, style=style)
    broken = replace(job, product=product)
    with pytest.raises(RenderingError, match="WeasyPrint reports"):
        set_reading(broken, make_html(broken, {}), faces)
