"""The commentary: lemmas find their words, notes stand in the order of the text, faults are told."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from publish import markdown
from publish.departures import render
from publish.model import Document, Edition, Scope, Source, Span, Work
from publish.problems import SourceError, Where
from publish.sources import read
from publish.sources.apparatus import anchor, read_commentary
from publish.sources.transcription import read_document
from tests.conftest import SEED

HERE = Where("commentary.md", 1)
WORKS = {"frus-vi": Work("frus-vi", "*FRUS* VI", "*Foreign Relations*")}
WORKS_OF_TWO = {**WORKS, "star": Work("star", "*Star*", "*The Star*")}
TEXT = """\
## A telegram

Lisbon, March 4, 1962

He said "it's done"--so be it, in 'other armaments', he said./2/ The U.S. Embassy re-reads: all done.

The first line
runs on. Don't undo it.

| Vessel | Due |
|---|---|
| Łódź | May |
"""


def document() -> Document:
    data = TEXT.encode()
    return read_document("t", Source("t.txt", "t.txt", sha256(data).hexdigest(), TEXT))


def found(lemma: str, ordinal: int | None = None, of: Document | None = None) -> str:
    """Return the characters of the transcription that a lemma is anchored on."""
    text = of or document()
    span = anchor(text, lemma, ordinal, HERE).span
    return text.source.text[span.start : span.end]


@pytest.mark.parametrize(
    ("lemma", "words"),
    [
        ("so be it", "so be it"),
        ("so be it,", "so be it,"),
        ('"it\'s done"', '"it\'s done"'),
        ("“it’s done”", '"it\'s done"'),
        ("it’s done”--so", "it's done\"--so"),
        ("it’s done”—so", "it's done\"--so"),
        ("done”—", 'done"--'),
        ("—so be", "--so be"),
        ("‘other armaments’", "'other armaments'"),
        ("other armaments", "other armaments"),
        ("U.S. Embassy", "U.S. Embassy"),
        ("re-reads", "re-reads"),
        ("line runs on", "line\nruns on"),
        ("armaments’, he said. The", "armaments', he said./2/ The"),
        ("Łódź", "Łódź"),
        ("He", "He"),
    ],
)
def test_a_lemma_finds_its_words_whatever_its_signs(lemma: str, words: str) -> None:
    assert found(lemma) == words


@pytest.mark.parametrize(
    ("lemma", "words"),
    [
        ("so be it … armaments", "so be it, in 'other armaments"),
        ("so be it…armaments", "so be it, in 'other armaments"),
        ("“it’s … so … it", '"it\'s done"--so be it'),
        ("The first … undo it.", "The first line\nruns on. Don't undo it."),
    ],
)
def test_an_elided_lemma_runs_from_its_first_words_to_its_last(lemma: str, words: str) -> None:
    assert found(lemma) == words


@pytest.mark.parametrize(
    "lemma",
    [
        "armament",
        "ther armaments",
        "undo i",
        "Don",
        "t undo it",
        "Embass … reads",
        "so … rmaments",
        "reads: do",
        "it. The",
        "So be it",
        "be it … so be",
        "it … Łódź",
        "/2/",
    ],
)
def test_words_that_are_not_whole_or_not_there_are_refused(lemma: str) -> None:
    with pytest.raises(SourceError, match="are not in the text"):
        found(lemma)


@pytest.mark.parametrize("lemma", ["…", "… it", "it …", "so … … it", "--", "”"])
def test_a_lemma_without_words_is_refused(lemma: str) -> None:
    with pytest.raises(SourceError, match="lacks words"):
        found(lemma)


def test_an_ordinal_counts_whole_words_through_all_blocks() -> None:
    places = [anchor(document(), "it", ordinal, HERE) for ordinal in (1, 2)]
    assert [(place.block, place.span.start) for place in places] == [
        ("p1", TEXT.index("it, in")),
        ("p2", TEXT.index("it.")),
    ]


def test_a_lemma_that_stands_twice_needs_its_ordinal() -> None:
    with pytest.raises(SourceError, match=r"'done' stand 2 times in the text\. .* done #1 … #2"):
        found("done")


@pytest.mark.parametrize("ordinal", [0, 3])
def test_an_ordinal_that_is_not_there_is_refused(ordinal: int) -> None:
    with pytest.raises(SourceError, match=rf"no occurrence #{ordinal} of 'done'.* #1 … #2"):
        found("done", ordinal)


def test_the_nearest_words_are_named() -> None:
    with pytest.raises(SourceError, match="Nearest: \"'other armaments',\""):
        found("other armament")


def test_an_anchor_knows_its_block(edition: Edition) -> None:
    assert anchor(edition.document, "detente", None, HERE).block == "p7"


def commentary(folder: Path, text: str) -> Path:
    path = folder / "commentary.md"
    path.write_text(text, "utf-8")
    return path


NOTES = """\
# Head note

Words before.

# Commentary

## last: runs on
Third.

## long: so be it … armaments
Second: it ends later.

## short: so be it
First.
"""


def test_notes_stand_in_the_order_in_which_their_lemmas_end(tmp_path: Path) -> None:
    notes = read_commentary(commentary(tmp_path, NOTES), document(), ()).notes
    assert [note.key for note in notes] == ["short", "long", "last"]


def test_a_note_knows_the_line_of_its_heading(tmp_path: Path) -> None:
    notes = read_commentary(commentary(tmp_path, NOTES), document(), ()).notes
    assert {note.key: note.line for note in notes} == {"last": 7, "long": 10, "short": 13}


def test_the_head_note_is_what_stands_under_its_heading(tmp_path: Path) -> None:
    read_back = read_commentary(commentary(tmp_path, NOTES), document(), ())
    assert read_back.head_note.strip() == "Words before."


def test_a_folder_without_commentary_has_none(tmp_path: Path) -> None:
    assert read_commentary(tmp_path / "commentary.md", document(), ()) == ("", (), ())


@pytest.mark.parametrize("change", ["\ufeff", "\r\n"])
def test_what_editors_on_windows_write_is_read(tmp_path: Path, change: str) -> None:
    text = "\ufeff" + NOTES if change == "\ufeff" else NOTES.replace("\n", change)
    path = tmp_path / "commentary.md"
    path.write_bytes(text.encode())
    read_back = read_commentary(path, document(), ())
    assert (read_back.head_note.strip(), len(read_back.notes)) == ("Words before.", 3)


def test_the_lemma_of_every_note_of_the_seed_is_what_it_is_anchored_on(edition: Edition) -> None:
    for note in edition.apparatus.notes:
        span = note.anchor.span
        first, last = note.lemma.split()[0], note.lemma.split()[-1]
        words = edition.document.source.text[span.start : span.end]
        assert (words.startswith(first), words.endswith(last)) == (True, True)


def test_the_seeds_own_commentary_is_read_the_same_twice() -> None:
    assert next(iter(read(SEED))).apparatus == next(iter(read(SEED))).apparatus


_SEED = next(iter(read(SEED))).document
_BLOCKS = render(_SEED, Scope.READING).blocks


@settings(deadline=None)
@given(st.data())
def test_any_run_of_words_of_the_seed_anchors_on_itself(data: st.DataObject) -> None:
    passage = data.draw(st.sampled_from(_BLOCKS))
    words = passage.text.split(" ")
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    lemma = " ".join(words[first : last + 1])
    start = sum(len(word) + 1 for word in words[:first])
    places = [anchor_at(lemma, ordinal) for ordinal in range(1, occurrences(lemma) + 1)]
    assert (passage.id, start, start + len(lemma)) in places


def occurrences(lemma: str) -> int:
    """Return how often whole words stand in the seed, asked of the error that says so."""
    try:
        anchor(_SEED, lemma, None, HERE)
    except SourceError as problem:
        return int(problem.message.rsplit(" times", 1)[0].rsplit(" ", 1)[1])
    return 1


def anchor_at(lemma: str, ordinal: int) -> tuple[str, int, int]:
    """Return block, and first and last printed character of an occurrence."""
    place = anchor(_SEED, lemma, ordinal, HERE)
    passage = next(passage for passage in _BLOCKS if passage.id == place.block)
    ends = place.span.end - 1
    return place.block, passage.printed_offset(place.span.start), passage.printed_offset(ends) + 1


@settings(deadline=None)
@given(st.data())
def test_an_elided_run_of_words_of_the_seed_is_found(data: st.DataObject) -> None:
    passage = data.draw(st.sampled_from([block for block in _BLOCKS if block.text.count(" ") > 8]))
    words = passage.text.split(" ")
    first = data.draw(st.integers(0, len(words) - 6))
    lemma = f"{' '.join(words[first : first + 3])} … {' '.join(words[first + 3 : first + 6])}"
    place = anchor(_SEED, lemma, 1, HERE)
    source = _SEED.source.text[place.span.start : place.span.end]
    assert source.startswith(straight(words[first]))
    assert source.endswith(straight(words[first + 5]))


def straight(words: str) -> str:
    """Return printed words as the transcription has them, note marks apart."""
    for curly, plain in (("“", '"'), ("”", '"'), ("‘", "'"), ("’", "'"), ("—", "--")):
        words = words.replace(curly, plain)
    return words


@pytest.mark.parametrize(
    "text",
    [
        "Words, *emphasis*, **strong**, and a break\\\nof line.",
        "A [link](https://example.org/a_b?c=d&e=f), <https://example.org>, [mail](mailto:a@example.org).",
        "See [paragraph 3](#p3).",
        "1. One\n2. Two",
        "> Quoted",
        "a \\< b and a \\[b\\] (c)",
    ],
)
def test_what_the_press_prints_passes(text: str) -> None:
    assert markdown.check(text, "commentary.md", 1) is None  # type: ignore[func-returns-value]


def test_the_line_of_a_fault_is_its_own_within_a_paragraph() -> None:
    with pytest.raises(SourceError, match=r"commentary\.md:12: raw HTML \(<b>\)"):
        markdown.check("One\ntwo\n<b>three</b>", "commentary.md", 10)


def test_a_citation_prints_the_short_title_and_the_place() -> None:
    html = markdown.to_html("Words [@frus-vi, Document 66].", WORKS)
    assert "Words (<em>FRUS</em>" in html
    assert "[@" not in html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[@frus-vi, Document 66]", "(<em>FRUS</em>\u00a0VI, Document\u00a066)"),
        ("ISBN 0-16", "ISBN\u00a00-16"),
        ("*FRUS* Various", "<em>FRUS</em> Various"),
        ("George VI, then", "George VI, then"),
    ],
)
def test_a_number_is_tied_to_its_title(text: str, html: str) -> None:
    assert markdown.to_html(text, WORKS) == f"<p>{html}</p>"


def test_a_line_may_end_between_a_quotation_and_its_citation() -> None:
    html = markdown.to_html("He wrote “words” [@frus-vi].", WORKS)
    assert html == "<p>He wrote “words” \u200b(<em>FRUS</em>\u00a0VI).</p>"


def test_two_works_stand_in_one_bracket_each_with_its_place() -> None:
    html = markdown.to_html("So both say [@frus-vi, Document 67; @star, p. A-11].", WORKS_OF_TWO)
    assert html == (
        "<p>So both say (<em>FRUS</em>\u00a0VI, Document\u00a067; <em>Star</em>, p.\u00a0A-11).</p>"
    )


def test_a_comma_stands_before_the_closing_quotation_mark_of_a_short_title() -> None:
    works = {"stern": Work("stern", "Stern, “Memory”", "Stern")}
    html = markdown.to_html("So he asks [@stern, paragraph 4].", works)
    assert html == "<p>So he asks (Stern, “Memory,” paragraph 4).</p>"


def test_the_second_work_of_a_bracket_must_be_in_the_bibliography_too() -> None:
    with pytest.raises(SourceError, match=r"commentary\.md:2: .*\[@stern\] has no entry"):
        markdown.check_citations("One\nsee [@frus-vi; @stern]", WORKS, "commentary.md", 1)


@pytest.mark.parametrize(
    "text",
    ["[@Frus-vi]", "[@frus-vi; stern]", "[@frus-vi; @]", "[@ frus-vi]", "[@frus-vi", "[@frus-vi,]"],
)
def test_a_citation_that_would_be_printed_as_it_is_typed_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match=r"commentary\.md:3: .* is not a citation"):
        markdown.check_citations(f"One\ntwo\nsee {text}", WORKS, "commentary.md", 1)


@pytest.mark.parametrize("name", ["map.png", "my map.png", "карта & co.png"])
def test_a_picture_of_the_folder_is_found_by_its_name(tmp_path: Path, name: str) -> None:
    Image.new("RGB", (4, 2), "red").save(tmp_path / name)
    text = f"![a map](<{name}>)"
    markdown.check(text, "commentary.md", 1, tmp_path)
    html = markdown.to_html(text, {}, tmp_path)
    assert '<img src="data:image/png;base64,' in html
    assert 'alt="a map"' in html


def test_a_picture_that_is_broken_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "map.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    with pytest.raises(SourceError, match=r"map\.png: the picture cannot be read"):
        markdown.to_html("![a map](map.png)", {}, tmp_path)


def test_a_picture_has_no_place_in_a_field_of_one_line() -> None:
    with pytest.raises(SourceError, match=r"edition\.toml:7: a picture is not allowed here"):
        markdown.check_line("![a map](map.png)", {}, Where("edition.toml", 7))


def test_spans_of_anchors_lie_in_their_blocks(edition: Edition) -> None:
    for note in edition.apparatus.notes:
        block = edition.document.block(note.anchor.block)
        joined = Span(
            min(block.span.start, note.anchor.span.start),
            max(block.span.end, note.anchor.span.end),
        )
        assert joined == block.span


def test_a_transcription_that_loses_a_lemma_is_told_by_the_notes_line(edition: Edition) -> None:
    source = edition.document.source
    shorter = replace(source, text=source.text.replace("detente ", ""))
    words = read_document("t", shorter)
    with pytest.raises(SourceError, match=r"commentary\.md:[\d:]+ the words 'detente' are not"):
        read_commentary(SEED / "commentary.md", words, edition.apparatus.works)
