"""Departures: the closed table, and that they account for every character, in both texts."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.departure_rules import BLOCK_BREAK, RULES
from publish.departures import (
    TypedSpacing,
    check_closed,
    depart,
    render,
    replay,
    with_typed_spacing,
)
from publish.model import Document, Edition, Kind, Scope, Source, Span
from publish.problems import SourceError
from publish.sources.transcription import read_document
from tests.conftest import ROOT, SEED

RAW = (SEED / "telegram.txt").read_bytes()
GOLDEN = ROOT / "tests" / "golden" / "departures.txt"
TYPED = TypedSpacing(2, 2, frozenset({"Mr.", "p.m."}))


def counts_from_raw_bytes() -> dict[str, int]:
    """Count what each rule must have found, from the bytes alone and without the reader."""
    lines = RAW.decode("utf-8").splitlines()
    words = [line for line in lines if line.strip()]
    running = [line.removeprefix("1015. ") for line in words[2:-1]]
    sentence_ends = [
        m for line in running for m in re.findall(r"(?<!Mr)(?<!\bF)[.](?:/\d+/)? (?=[A-Z])", line)
    ]
    return {
        "heading-sign": RAW.count(b"## "),
        "list-hyphen": len(re.findall(rb"(?m)^- ", RAW)),
        "angle-bracket": RAW.count(b"<") + RAW.count(b">"),
        "block-break": len(words) - 1 + RAW.startswith(b"\n") + RAW.endswith(b"\n"),
        "dash": RAW.count(b"--"),
        "quotation-mark": RAW.count(b'"') + RAW.count(b"'"),
        "sentence-space": len(sentence_ends) + len(re.findall(rb"(?m)^- \d\) ", RAW)),
        "number-to-action-line": RAW.count(b"1015. "),
        "heading-off-sheet": 1,
        "dateline-off-sheet": 1,
        "source-line-off-sheet": RAW.count(b"Source: "),
        "note-mark": len(re.findall(rb"/\d+/", RAW)),
    }


def test_the_counts_of_departures_follow_from_the_raw_bytes(edition: Edition) -> None:
    found = Counter(d.rule for d in with_typed_spacing(edition.document, TYPED).departures)
    assert dict(found) == counts_from_raw_bytes()


def test_the_departures_of_the_seed_are_those_that_were_proofread(edition: Edition) -> None:
    document = with_typed_spacing(edition.document, TYPED)
    lines = [
        f"{d.span.start:>5} {d.scope.value:<9} {d.kind.value:<13} {d.rule:<22} {d.source[:40]!r} > {d.printed!r}"
        + (f" ({d.moved_to}: {d.moved})" if d.moved_to else "")
        for d in sorted(document.departures, key=lambda d: (d.span, d.rule))
    ]
    assert "\n".join(lines) + "\n" == GOLDEN.read_text("utf-8")


def test_no_word_of_the_seed_is_emended(edition: Edition) -> None:
    assert not [d for d in edition.document.departures if d.kind is Kind.EMENDATION]


@pytest.mark.parametrize("scope", [Scope.READING, Scope.FACSIMILE])
def test_passages_and_replay_give_one_text(edition: Edition, scope: Scope) -> None:
    document = with_typed_spacing(edition.document, TYPED)
    passages = BLOCK_BREAK.join(p.text for p in render(document, scope).passages())
    replayed = replay(document.source.text, document.departures, scope)
    assert [line for line in replayed.split(BLOCK_BREAK) if line] == passages.split(BLOCK_BREAK)


def test_the_words_of_the_letter_are_those_of_the_bytes(edition: Edition) -> None:
    printed = " ".join(p.text for p in render(edition.document, Scope.READING).blocks)
    plain = printed.translate(str.maketrans("“”‘’", "\"\"''")).replace("—", "--")
    raw = RAW.decode("utf-8")
    body = (
        raw[raw.index("1015.") : raw.index("Source:")]
        .replace("/2/", "")
        .replace("- 1)", "1)")
        .replace("- 2)", "2)")
    )
    assert plain.split() == body.split()


def test_the_orphan_mark_is_printed_nowhere(edition: Edition) -> None:
    for scope in (Scope.READING, Scope.FACSIMILE):
        assert all("/2/" not in p.text for p in render(edition.document, scope).passages())


def test_the_conformed_signature_is_text_in_both(edition: Edition) -> None:
    endings = [
        render(edition.document, scope).block("p9").text
        for scope in (Scope.READING, Scope.FACSIMILE)
    ]
    assert endings == ["/s/ John F. Kennedy”", '/s/ John F. Kennedy"']


def test_the_number_moves_to_the_action_line_without_its_point(edition: Edition) -> None:
    rendered = render(edition.document, Scope.FACSIMILE)
    assert rendered.moved == {"number": "1015"}
    assert rendered.block("p1").text.startswith("Following message")


def test_the_comma_stays_outside_the_inner_quotation(edition: Edition) -> None:
    assert (
        "‘other armaments’, as proposed" in render(edition.document, Scope.READING).block("p7").text
    )


def test_two_spaces_follow_a_sentence_but_not_an_abbreviation(edition: Edition) -> None:
    rendered = render(with_typed_spacing(edition.document, TYPED), Scope.FACSIMILE)
    assert "official.  Text" in rendered.block("p1").text
    assert "Mr. Chairman" in rendered.block("p2").text
    assert "made public.  I would" in rendered.block("p7").text


def test_typed_spaces_are_recorded_once(edition: Edition) -> None:
    once = with_typed_spacing(edition.document, TYPED)
    assert with_typed_spacing(once, TYPED) == once


def test_a_departure_outside_its_rule_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="rule 'dash' does not let"):
        depart("dash", "war", 0, 3, "peace")


@pytest.mark.parametrize("rule", sorted(set(RULES) - {"emendation"}))
def test_no_rule_but_emendation_lets_a_word_become_another(rule: str) -> None:
    assert not RULES[rule].allows("quarantine", "blockade")


@pytest.mark.parametrize(
    ("rule", "source", "moved_to", "moved"),
    [
        ("number-to-action-line", "77. ", "number", "78"),
        ("number-to-action-line", "77. ", "number", ""),
        ("number-to-action-line", "77. ", "date", "77"),
        ("place-to-field", "Strelsau, ", "place", "Zenda"),
        ("place-to-field", "Strelsau, ", "place", "Strelsau, "),
        ("date-to-field", "May 6, 1961, 11 a.m.", "date", "May 6"),
        ("date-to-field", "May 6, 1961, 11 a.m.", "date", "May 7, 11 a.m."),
        ("heading-off-sheet", "A telegram", "place", "A telegram"),
    ],
)
def test_only_the_words_of_the_source_are_moved_and_only_to_their_field(
    rule: str, source: str, moved_to: str, moved: str
) -> None:
    with pytest.raises(ValueError, match=f"rule '{rule}' does not move"):
        depart(rule, source, 0, len(source), moved_to=moved_to, moved=moved)


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("May", "MAYOR"),
        ("May", "may"),
        ("May", "MAJ"),
        ("Straße", "STRASSE"),
        ("MAY", "MAY"),
        ("May", ""),
    ],
)
def test_capitals_are_the_same_letters_one_for_one(source: str, printed: str) -> None:
    assert RULES["capitals"].allows("May 6", "MAY 6")
    assert not RULES["capitals"].allows(source, printed)


def test_what_is_printed_is_heard_as_it_is_printed_where_nothing_is_in_capitals(
    edition: Edition,
) -> None:
    document = with_typed_spacing(edition.document, TYPED)
    for scope in (Scope.READING, Scope.FACSIMILE):
        for passage in render(document, scope).passages():
            assert passage.spoken == passage.text


def test_a_character_in_no_block_and_no_departure_is_refused(edition: Edition) -> None:
    document = edition.document
    first = document.blocks[0]
    shortened = replace(first, span=Span(first.span.start + 20, first.span.end))
    with pytest.raises(SourceError, match="does not account for every character"):
        check_closed(replace(document, blocks=(shortened, *document.blocks[1:])))


def test_two_departures_of_one_character_are_refused() -> None:
    twice = (depart("dash", "a--b", 1, 3, "—", Scope.READING),) * 2
    with pytest.raises(SourceError, match="two departures touch character 1"):
        replay("a--b", twice, Scope.READING)


def test_a_departure_from_another_text_is_refused() -> None:
    departure = depart("dash", "a--b", 1, 3, "—", Scope.READING)
    with pytest.raises(SourceError, match="the transcription has 'bb'"):
        replay("abbb", (departure,), Scope.READING)


WORDS = st.lists(
    st.text(st.sampled_from("abcXYZ,;:'\"-ßéЖ"), min_size=1, max_size=9).filter(lambda w: w.strip("-'\"") != ""),
    min_size=1, max_size=30,
)  # fmt: skip


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_every_word_of_any_text_is_set_once(paragraphs: list[list[str]]) -> None:
    text = (
        "## T\n\nLisbon, March 4, 1962\n\n"
        + "\n\n".join("x " + " ".join(words) for words in paragraphs)
        + "\n"
    )
    document: Document = read_document("t", Source("t", "t", "", text))
    check_closed(document)
    printed = [p.text for p in render(document, Scope.FACSIMILE).blocks]
    assert printed == ["x " + " ".join(words) for words in paragraphs]
