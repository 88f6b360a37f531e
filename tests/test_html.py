"""The page for the web: the words and anchors of the reading edition, in elements that say what they are.

`UPDATE_GOLDENS=1 pytest tests/test_html.py` writes the golden anew; proofread it before a commit.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from publish.departures import render
from publish.exports import EXPORTS
from publish.exports.citation_meta import citation_elements
from publish.exports.html import write
from publish.exports.html_reading import faults, passages
from publish.exports.markup import written
from publish.layouts import Layouts
from publish.model import Edition, Scope
from publish.orders import Order, make_job
from publish.problems import SourceError
from publish.promises import loads
from publish.sources import read
from tests.conftest import ROOT, SEED, SYNTHETIC, Finisher

GOLDEN = ROOT / "tests" / "golden" / "html" / "synthetic.html"
EMBASSY = ROOT / "tests" / "seeds" / "synthetic-embassy-1961-05-06"
SEEDS = [SEED, SYNTHETIC, EMBASSY]
PRODUCT = "reading-html"
HEADS = ("h1", "h2", "h3", "h4")


@cache
def known() -> Layouts:
    from publish import layouts

    return layouts.load(ROOT / "layouts")


@cache
def edition_of(seed: Path) -> Edition:
    return next(iter(read(seed)))


def page_of(edition: Edition) -> bytes:
    return write(make_job(edition, Order(PRODUCT), known()))


@cache
def page(seed: Path = SEED) -> bytes:
    return page_of(edition_of(seed))


def tree(data: bytes) -> Element:
    """Return the page as an HTML5 parser reads it that had no part in it."""
    top: Element = tinyhtml5.parse(data.decode("utf-8"), namespace_html_elements=False)
    return top


@cache
def parsed(seed: Path = SEED) -> Element:
    return tree(page(seed))


def ids(top: Element) -> list[str]:
    return [element.get("id", "") for element in top.iter() if element.get("id")]


def words(element: Element) -> str:
    return "".join(element.itertext())


def documents_words(element: Element) -> Iterator[str]:
    """Yield the text of an element without what the editors put into it."""
    yield element.text or ""
    for inner in element:
        marks = inner.tag in ("a", "sup") or inner.get("role") == "doc-pagebreak"
        if not marks:
            yield from documents_words(inner)
        yield inner.tail or ""


def as_read(element: Element) -> str:
    if table := element.find(".//table"):
        rows = (row for row in table.iter("tr"))
        return "\n".join("\t".join(words(cell) for cell in row) for row in rows)
    return "".join(documents_words(element)).strip(" ")


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_another_parser_reads_the_transcriptions_reading_text(seed: Path) -> None:
    found = [
        (element.get("id"), as_read(element))
        for element in parsed(seed).iter()
        if element.get("id") and "document" in element.get("class", "").split()
    ]
    rendered = render(edition_of(seed).document, Scope.READING)
    assert found == [(passage.id, passage.text) for passage in rendered.passages()]


def test_every_anchor_of_the_books_reading_parts_is_an_anchor_of_the_page(
    finished: Finisher,
) -> None:
    promised = loads(finished().record, "edition.promises.json")
    anchors = {d.name for d in promised.destinations if not d.name.startswith("facsimile")}
    assert len(anchors) > 100
    assert anchors - set(ids(parsed())) == set()


def test_the_page_is_the_one_that_was_proofread() -> None:
    # How to cite has goldens of its own.
    body = re.search(
        r'  <body>.*(?= {6}<section class="citation">)', page(SYNTHETIC).decode(), re.DOTALL
    )
    assert body
    if os.environ.get("UPDATE_GOLDENS"):
        GOLDEN.write_text(body[0], "utf-8")
    assert body[0] == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
@pytest.mark.parametrize("sign", [" data-", "\u200b", "\u2060", "\u00ad", "cable:", 'style=""'])
def test_nothing_of_print_alone_is_left(seed: Path, sign: str) -> None:
    assert sign not in page(seed).decode("utf-8")


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_heads_go_down_by_steps_and_each_has_words_below_it(seed: Path) -> None:
    heads = [element for element in parsed(seed).iter() if element.tag in HEADS]
    levels = [int(str(head.tag)[1]) for head in heads]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []
    assert [head for head in heads if not words(head).strip()] == []
    for section in parsed(seed).iter("section"):
        assert len(words(section)) > len(words(section[0])) + 20


def test_an_edition_without_commentary_has_no_head_for_one() -> None:
    titles = [words(head) for head in parsed(SYNTHETIC).iter("h2")]
    assert "The telegram" in titles
    assert {"Commentary", "Timeline", "People", "Index", "Head note"} & set(titles) == set()


def test_calls_lead_to_notes_and_notes_back_to_their_calls() -> None:
    links = {role: [a for a in parsed().iter("a") if a.get("role") == role]
             for role in ("doc-noteref", "doc-backlink")}  # fmt: skip
    notes = edition_of(SEED).apparatus.notes
    assert [a.get("href") for a in links["doc-noteref"]] == [f"#note-{n.key}" for n in notes]
    assert [a.get("href") for a in links["doc-backlink"]] == [f"#call-{n.key}" for n in notes]
    assert [a.get("aria-label") for a in links["doc-noteref"]][:2] == ["Note 1", "Note 2"]


def test_a_word_in_another_language_says_so() -> None:
    spans = [(words(span), span.get("lang")) for span in parsed(SYNTHETIC).iter("span")]
    assert ("Мурманск", "ru") in spans


def test_a_dash_is_tied_to_the_word_before_it_across_a_call() -> None:
    tied = [words(span) for span in parsed().iter("span") if span.get("class") == "unbroken"]
    assert "weekend9—" in tied
    assert "agree—" in tied


def test_the_page_itself_is_named_where_a_paragraph_is_cited() -> None:
    section = next(s for s in parsed().iter("section") if s.get("class") == "citation")
    assert "reading-html.html#p3 opens that paragraph" in words(section)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_no_link_leads_nowhere_and_nothing_is_fetched(seed: Path) -> None:
    assert faults(page(seed)) == ()


@pytest.mark.parametrize(
    ("sound", "damaged", "told"),
    [
        ('href="#p3"', 'href="#p33"', "#p33 leads nowhere"),
        ('id="p4"', 'id="p3"', "the id 'p3' is given twice"),
        ("</h1>", '<img src="https://example.org/x.png" alt=""></h1>', "https://example.org/x.png"),
        ("<style>", '<link rel="stylesheet" href="https://example.org/x.css"><style>', "x.css"),
        ("<body>", "<body><script></script>", "a script would be fetched or run"),
    ],
)
def test_a_damaged_page_is_told(sound: str, damaged: str, told: str) -> None:
    text = page(SYNTHETIC).decode("utf-8")
    assert sound in text
    found = faults(text.replace(sound, damaged, 1).encode())
    assert any(told in fault for fault in found)


@pytest.mark.parametrize(
    ("sound", "damaged"),
    [
        ("The first item", "The last item"),
        ("<td>timber</td>", "<td>timbre</td>"),
        ('<a class="number" href="#p2" aria-label="Paragraph 2">2 </a>', "2 "),
        ("under its <span", "under its \u2060<span"),
        ('class="document signature"', 'class="signature"'),
        ('class="document paragraph first"', 'class="paragraph"'),
    ],
)
def test_our_own_reader_does_not_miss_what_another_sees(sound: str, damaged: str) -> None:
    text = page(SYNTHETIC).decode("utf-8")
    assert sound in text
    assert passages(text.replace(sound, damaged, 1).encode()) != passages(page(SYNTHETIC))


def test_a_page_that_is_not_closed_is_refused() -> None:
    with pytest.raises(ValueError, match="</main> closes what is not open"):
        passages(page(SYNTHETIC).replace(b"</section>", b"", 1))


def test_signs_of_html_in_an_editions_own_words_stay_words() -> None:
    title = 'A "title" with </script> & <b>'
    made = page_of(replace(edition_of(SYNTHETIC), title=title, keywords=("<!--",)))
    assert words(next(tree(made).iter("h1"))) == title
    assert described(made)["name"] == title
    assert faults(made) == ()


# What reference managers read


def metas(top: Element, name: str) -> list[str | None]:
    return [meta.get("content") for meta in top.iter("meta") if meta.get("name") == name]


def described(data: bytes) -> dict[str, object]:
    script = next(tree(data).iter("script"))
    found: dict[str, object] = json.loads(words(script))
    return found


@pytest.mark.parametrize(
    ("name", "contents"),
    [
        ("citation_title",
         ["Telegram 1015: President Kennedy’s reply to Chairman Khrushchev, October 27, 1962"]),
        ("citation_author", ["The Cablepress editors"]),
        ("citation_publication_date", ["2026/11/23"]),
        ("citation_publisher", ["Cablepress"]),
        ("citation_language", ["en-US"]),
        ("DC.date", ["2026-11-23"]),
        ("bibo.type", ["Book"]),
        ("DC.source", ["https://microsites.jfklibrary.org/cmc/oct26/doc6.html"]),
    ],
)  # fmt: skip
def test_a_reference_manager_finds_what_the_edition_says(name: str, contents: list[str]) -> None:
    assert metas(parsed(), name) == contents


def test_schema_org_is_told_the_same() -> None:
    told = described(page())
    assert (told["@type"], told["version"], told["datePublished"]) == ("Book", "1.0", "2026-11-23")
    assert told["editor"] == [{"@type": "Organization", "name": "The Cablepress editors"}]


def test_what_the_edition_does_not_say_is_not_said() -> None:
    edition = replace(edition_of(SYNTHETIC), released=None, editors=(), version="")
    html = "".join(map(written, citation_elements(edition)))
    assert re.findall(r'name="(citation_\w+|DC\.\w+)"', html) == [
        "citation_title", "citation_language", "DC.title", "DC.type", "DC.language",
    ]  # fmt: skip
    assert set(json.loads(unescape(re.sub(r"(?s).*<script[^>]*>|</script>", "", html)))) == {
        "@context", "@type", "name", "inLanguage",
    }  # fmt: skip


def test_an_address_of_the_edition_is_its_canonical_one() -> None:
    edition = replace(edition_of(SYNTHETIC), url="https://example.org/77")
    top = tree(page_of(edition))
    canonical = [link for link in top.iter("link") if link.get("rel") == "canonical"]
    assert [link.get("href") for link in canonical] == [edition.url]
    assert metas(top, "citation_public_url") == [edition.url]


# Sameness


def test_another_process_and_hash_seed_give_the_same_bytes(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "publish", "build", str(SEED), "--product", PRODUCT,
               "--out", str(tmp_path)]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "3", "TZ": "Asia/Tokyo"}
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path, env=environment)
    assert (tmp_path / SEED.name / "reading-html.html").read_bytes() == page()


def test_the_table_knows_the_format() -> None:
    assert EXPORTS["html"].media_type == "text/html"


# Any telegram


@pytest.mark.parametrize(
    "table",
    [
        "| a | b |\n|---|---|\n| c |  |",
        "| a |  |\n|---|---|\n|  | d |",
        "| a | b |\n|---|---|\n|  |  |",
    ],
)
def test_an_empty_cell_stays_a_cell(tmp_path: Path, table: str) -> None:
    path = tmp_path / "telegram.txt"
    path.write_text(f"## A telegram\n\nLisbon, March 4, 1962\n\nX.\n\n{table}\n\nEnd.\n", "utf-8")
    edition = next(iter(read(path)))
    rendered = render(edition.document, Scope.READING).passages()
    made = page_of(edition)
    assert passages(made) == tuple((p.id, p.text) for p in rendered)
    assert [th for th in tree(made).iter("th") if not words(th)] == []


SIGNS = "aé Жz-—'\"<>&;=/\\[]{}…\u00a0\u200b\u2060\u00ad"
BLOCKS = st.lists(st.text(SIGNS, min_size=1, max_size=40), min_size=1, max_size=6)
OPENINGS = ("X", "- 1) X", "- 2) X", "### X", "/s/ X")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(BLOCKS, st.sampled_from(OPENINGS))
def test_any_signs_come_through_as_the_reading_text_has_them(
    tmp_path_factory: pytest.TempPathFactory, blocks: list[str], opening: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "telegram.txt"
    paragraphs = (f"{opening}{words}x" for words in blocks)
    path.write_text("\n\n".join(("## A telegram", "Lisbon, March 4, 1962", *paragraphs)), "utf-8")
    try:
        edition = next(iter(read(path)))
    except SourceError:
        assume(False)
    rendered = render(edition.document, Scope.READING).passages()
    assert passages(page_of(edition)) == tuple((p.id, p.text) for p in rendered)
