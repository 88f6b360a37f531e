"""The edition as TEI: valid, complete, and both texts in it."""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from publish.departure_rules import RULES
from publish.departures import render
from publish.exports.tei import tei
from publish.model import (
    Apparatus,
    Edition,
    Note,
    PageBreak,
    Scope,
    Span,
    Witness,
)
from publish.problems import RenderingError, SourceError
from tests.conftest import ROOT, SEED, SYNTHETIC
from tests.tei_files import (
    ODD,
    SEEDS,
    TABLE_LAST,
    TEI,
    XML,
    as_tree,
    edition_of,
    edition_of_text,
    full,
    reading_text,
    source_characters,
)

GOLDEN = ROOT / "tests" / "golden" / "tei" / "synthetic-1962-03-04.xml"
VARIABLE = "CABLEPRESS_TEI_ALL"


@cache
def schema() -> etree.RelaxNG:
    """Return TEI's schema; skips the test where it is not at hand, which in CI is a failure."""
    path = Path(os.environ.get(VARIABLE, ROOT / ".cache" / "tei" / "tei_all.rng"))
    if not path.is_file():
        if os.environ.get("CI") == "true":
            pytest.fail(f"TEI's schema is not at {path}")
        pytest.skip(
            f"TEI's schema is not here: `make tei-schema` fetches it, or {VARIABLE} names it"
        )
    return etree.RelaxNG(etree.parse(path))


def faults(edition: Edition) -> list[str]:
    """Return what TEI's schema finds wrong in an edition's TEI."""
    judge = schema()
    judge.validate(etree.fromstring(tei(edition)))
    return [f"{fault.line}: {fault.message}" for fault in judge.error_log]


@pytest.mark.slow
@pytest.mark.xdist_group("tei-schema")
@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_the_tei_of_every_seed_is_valid(seed: Path) -> None:
    assert faults(edition_of(seed)) == []


@pytest.mark.slow
@pytest.mark.xdist_group("tei-schema")
def test_the_tei_of_an_edition_with_something_of_everything_is_valid(edition: Edition) -> None:
    assert faults(full(edition)) == []


@pytest.mark.slow
@pytest.mark.xdist_group("tei-schema")
@pytest.mark.parametrize("text", [ODD, TABLE_LAST])
def test_the_tei_of_a_transcription_alone_is_valid(text: str, tmp_path: Path) -> None:
    assert faults(edition_of_text(tmp_path, text)) == []


@pytest.mark.slow
@pytest.mark.xdist_group("tei-schema")
def test_the_schema_refuses_what_is_no_tei(edition: Edition) -> None:
    root = etree.fromstring(tei(edition))
    etree.SubElement(root, f"{TEI}telegram")
    assert not schema().validate(root)


def test_the_golden_file_is_what_is_written(synthetic: Edition) -> None:
    assert tei(synthetic).decode("utf-8") == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_the_transcription_comes_out_of_the_tei_byte_for_byte(seed: Path) -> None:
    raw = (seed / "telegram.txt").read_bytes()
    assert source_characters(as_tree(edition_of(seed))).encode("utf-8") == raw


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_no_word_of_the_transcription_is_lost_in_the_reading_text(seed: Path) -> None:
    # Recomputed from the bytes, so that a reader that loses a paragraph cannot excuse itself.
    raw = (seed / "telegram.txt").read_bytes().decode("utf-8")
    words = re.findall(r"\w+", re.sub(r"(?<=\.)/\d/", " ", raw))
    found = re.findall(r"\w+", " ".join(reading_text(as_tree(edition_of(seed)))))
    assert found == words


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_the_reading_text_comes_out_of_the_tei_as_it_is_printed(seed: Path) -> None:
    edition = edition_of(seed)
    printed = [p.text for p in render(edition.document, Scope.READING).passages()]
    assert reading_text(as_tree(edition)) == printed


@pytest.mark.parametrize("text", [ODD, TABLE_LAST])
def test_both_texts_of_an_odd_transcription_come_out_again(text: str, tmp_path: Path) -> None:
    edition = edition_of_text(tmp_path, text)
    root = as_tree(edition)
    printed = [p.text for p in render(edition.document, Scope.READING).passages()]
    assert (source_characters(root), reading_text(root)) == (text, printed)


def test_an_emended_word_stands_beside_the_word_of_the_transcription(edition: Edition) -> None:
    (choice,) = (
        kid
        for kid in as_tree(full(edition)).iter(f"{TEI}choice")
        if kid.find(f"{TEI}sic") is not None
    )
    assert [(kid.tag.removeprefix(TEI), kid.text) for kid in choice] == [
        ("sic", "great"),
        ("corr", "much"),
    ]


def test_the_header_gives_the_hash_of_the_transcription(edition: Edition) -> None:
    (told,) = (
        each for each in as_tree(edition).iter(f"{TEI}idno") if each.get("type") == "SHA-256"
    )
    assert told.text == hashlib.sha256((SEED / "telegram.txt").read_bytes()).hexdigest()


def test_the_editorial_declaration_tells_each_rule_that_ran_and_no_other(
    synthetic: Edition,
) -> None:
    told = {
        (each.get(f"{XML}id") or "").removeprefix("rule-"): each.text
        for each in as_tree(synthetic).iter(f"{TEI}p")
        if (each.get(f"{XML}id") or "").startswith("rule-")
    }
    ran = {departure.rule for departure in synthetic.document.departures}
    assert told == {rule: RULES[rule].method for rule in ran}


def test_every_block_keeps_its_identifier(edition: Edition) -> None:
    (body,) = as_tree(edition).iter(f"{TEI}body")
    found = [kid.get(f"{XML}id") or "" for kid in body.iter()]
    blocks = [name for name in found if re.fullmatch(r"p\d+[a-z]*", name)]
    assert blocks == [block.id for block in edition.document.blocks]


def test_every_pointer_within_the_file_leads_somewhere(edition: Edition) -> None:
    root = as_tree(full(edition))
    there = {f"#{kid.get(f'{XML}id')}" for kid in root.iter()}
    pointers = {
        word
        for kid in root.iter()
        for name in ("target", "targetEnd", "from", "to", "wit", "ana", "edRef", "source")
        for word in (kid.get(name) or "").split()
        if word.startswith("#")
    }
    assert pointers - there == set()


def test_a_page_break_of_a_witness_stands_where_its_page_begins(edition: Edition) -> None:
    (page,) = as_tree(edition).iter(f"{TEI}pb")
    assert (page.get("edRef"), page.get("n")) == ("#F", "182")
    assert (page.tail or "").startswith("The first thing")


def test_the_name_in_its_own_letters_says_its_language(edition: Edition) -> None:
    (name,) = (
        each for each in as_tree(edition).iter(f"{TEI}persName") if each.get("type") == "original"
    )
    assert (name.text, name.get(f"{XML}lang")) == ("Никита Сергеевич Хрущёв", "ru")


def test_a_citation_is_a_reference_to_its_work(edition: Edition) -> None:
    (note,) = (
        each
        for each in as_tree(edition).iter(f"{TEI}note")
        if each.get(f"{XML}id") == "note-embassy"
    )
    cited = [(ref.get("target"), ref.text) for ref in note.iter(f"{TEI}ref")]
    assert cited == [("#bib-frus-vi", "Document 64"), ("#bib-evening-star", "p. A-11")]


def test_emphasised_words_are_a_title_where_a_work_is_described_by_them(edition: Edition) -> None:
    (head_note,) = (
        each for each in as_tree(edition).iter(f"{TEI}div") if each.get("type") == "head-note"
    )
    emphasised = [
        (kid.tag.removeprefix(TEI), kid.text)
        for kid in head_note.iter()
        if kid.tag in (f"{TEI}title", f"{TEI}hi")
    ]
    # The bibliography names the series with its years; the printing, as the head note, without.
    assert emphasised == [("title", "Foreign Relations of the United States"), ("title", "FRUS")]


def test_no_sign_of_markdown_is_left_in_the_tei(edition: Edition) -> None:
    words = "".join(as_tree(edition).itertext())
    assert re.findall(r"\[@|\*\w+\*|\]\(http", words) == []


def test_signs_that_nobody_sees_stand_as_references(tmp_path: Path) -> None:
    data = tei(edition_of_text(tmp_path, ODD)).decode("utf-8")
    assert re.findall("[\r\u00a0\u00ad\ufeff]", data) == []
    assert all(f"&#x{sign:X};" in data for sign in (0xA0, 0xAD, 0xFEFF))


def test_the_same_edition_gives_the_same_bytes(edition: Edition) -> None:
    assert tei(edition) == tei(edition_of(SEED))


def test_a_witness_whose_siglum_is_no_name_gets_one(edition: Edition) -> None:
    (last,) = list(as_tree(full(edition)).iter(f"{TEI}witness"))[-1:]
    assert last.get(f"{XML}id") == f"witness-{len(edition.apparatus.witnesses) + 1}"


def test_a_character_that_xml_cannot_carry_is_refused_in_one_line(synthetic: Edition) -> None:
    with pytest.raises(SourceError) as refused:
        tei(replace(synthetic, title="A title\ufffe"))
    assert str(refused.value).startswith(
        "U+FFFE, which stands after 'A title', is no character of XML"
    )


def test_a_passage_that_could_not_be_found_again_is_refused(synthetic: Edition) -> None:
    blocks = list(synthetic.document.blocks)
    shifted = Span(blocks[1].span.start + 3, blocks[1].span.end)
    blocks[1] = replace(blocks[1], span=shifted)
    damaged = replace(synthetic.document, blocks=tuple(blocks))
    with pytest.raises(RenderingError, match=f"the passage at character {shifted.start} begins"):
        tei(replace(synthetic, document=damaged))


def inside(word: str) -> Callable[[Edition], int]:
    return lambda edition: edition.document.source.text.index(word) + 1


@pytest.mark.parametrize(
    "place", [inside("--"), inside("Мурманск"), inside("| Vessel"), inside("\n\n")]
)
def test_a_page_may_break_within_a_sign_or_a_word(
    synthetic: Edition, place: Callable[[Edition], int]
) -> None:
    witness = Witness("W", "A witness", "Whole.")
    page = PageBreak("W", "2", place(synthetic))
    changed = replace(
        synthetic,
        document=replace(synthetic.document, page_breaks=(page,)),
        apparatus=Apparatus(witnesses=(witness,)),
    )
    root = as_tree(changed)
    assert [each.get("n") for each in root.iter(f"{TEI}pb")] == ["2"]
    assert source_characters(root) == synthetic.document.source.text


def test_a_note_may_stand_on_words_of_a_table(synthetic: Edition) -> None:
    from publish.model import Anchor

    text = synthetic.document.source.text
    start = text.index("timber")
    note = Note("wood", "timber", Anchor("p8", Span(start, start + 6)), "Of fir.", 1)
    root = as_tree(replace(synthetic, apparatus=Apparatus(notes=(note,))))
    (anchor,) = (each for each in root.iter(f"{TEI}anchor") if each.get(f"{XML}id") == f"c{start}")
    assert anchor.tail == "timber"


def test_the_folder_of_the_golden_file_is_the_smallest_seed() -> None:
    assert min(SEEDS, key=lambda seed: len(tei(edition_of(seed)))) == SYNTHETIC


def test_the_recipe_of_the_manual_takes_both_texts_out(edition: Edition, tmp_path: Path) -> None:
    manual = (ROOT / "docs" / "tei.md").read_text("utf-8")
    (recipe,) = re.findall(r"^```python\n(.*?)^```", manual, re.MULTILINE | re.DOTALL)
    file = tmp_path / "edition.xml"
    file.write_bytes(tei(edition))
    command = [sys.executable, "-X", "utf8", "-c", recipe, str(file)]
    told = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    printed = [p.text for p in render(edition.document, Scope.READING).passages()]
    assert told.stdout.splitlines() == [edition.document.source.sha256, *printed]
