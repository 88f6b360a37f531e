"""Witnesses, variants and open questions: read strictly, printed as lists, heard with their signs."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from publish.build import prepared, typeset
from publish.fonts import Faces
from publish.layouts import Layouts
from publish.model import Collated, Edition, Variant
from publish.orders import Order, make_job
from publish.problems import SourceError
from publish.sources import read
from publish.typeset.reading import make_html
from publish.typeset.sections.heard import differ_in_signs, sign_alone, spelled
from publish.typeset.structure import Node
from tests.conftest import SEED

ENTRY = """
[[variant]]
lemma = "great care"
readings = { F = "much care", S = "care" }
note = "Two witnesses."
"""


def changed(folder: Path, old: str, new: str) -> Edition:
    """Read a copy of the seed in which `new` stands for `old` in edition.toml."""
    copy = folder / "seed"
    shutil.copytree(SEED, copy)
    path = copy / "edition.toml"
    text = path.read_text("utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), "utf-8")
    return next(iter(read(copy)))


def added(folder: Path, entry: str) -> Edition:
    return changed(folder, "[[foreign]]", f"{entry}\n[[foreign]]")


def variant_of(edition: Edition, lemma: str) -> Variant:
    return next(variant for variant in edition.apparatus.variants if variant.lemma == lemma)


def html(edition: Edition, known: Layouts) -> str:
    return make_html(make_job(edition, Order(), known), {}).html


def between(text: str, start: str, end: str) -> str:
    return text.split(start, 1)[1].split(end, 1)[0]


# Variants, read


def test_a_variant_knows_its_words_its_readings_and_its_line(tmp_path: Path) -> None:
    variant = variant_of(added(tmp_path, ENTRY), "great care")
    assert variant.readings == (("F", "much care"), ("S", "care"))
    assert (variant.anchor.block, variant.note, variant.line > 0) == ("p3", "Two witnesses.", True)


def test_a_lemma_is_kept_as_the_transcription_has_it(edition: Edition) -> None:
    lemmas = [variant.lemma for variant in edition.apparatus.variants]
    assert {"this weekend--in", "'other armaments'", "/s/ John F. Kennedy"} <= set(lemmas)


def test_a_lemma_in_the_books_signs_finds_the_same_words(tmp_path: Path) -> None:
    entry = ENTRY.replace("great care", "them—are as follows").replace("much care", "them—are so")
    assert variant_of(added(tmp_path, entry), "them--are as follows").anchor.block == "p4"


def test_variants_stand_in_the_order_of_the_text(tmp_path: Path) -> None:
    edition = added(tmp_path, ENTRY)
    places = [variant.anchor.span for variant in edition.apparatus.variants]
    assert places == sorted(places)


def test_readings_stand_in_the_order_of_the_witnesses(tmp_path: Path) -> None:
    entry = ENTRY.replace('{ F = "much care", S = "care" }', '{ S = "care", F = "much care" }')
    assert [s for s, _ in variant_of(added(tmp_path, entry), "great care").readings] == ["F", "S"]


def test_an_edition_may_have_no_variants(synthetic: Edition) -> None:
    assert synthetic.apparatus.variants == ()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            '"great care"',
            '"great cares"',
            r"edition\.toml:\d+:1: the words 'great cares' are not in the text",
        ),
        ('"great care"', '"letter"', "'letter' stand [0-9]+ times in the text"),
        ('"great care"', '"…"', "lacks words"),
        ('"great care"', '"great care #2"', "no occurrence #2"),
        ('lemma = "great care"\n', "", "the key 'lemma' is missing"),
        ('lemma = "great care"', "lemma = 7", "'lemma' must be a text"),
        ("F =", "G =", "there is no witness 'G'"),
        ("F =", "J =", "J is the base text"),
        ("F =", "P =", "the witness P was not collated"),
        ('"much care"', '"great care"', "the reading of F is the text’s own: 'great care'"),
        ('"much care"', '" great  care "', "the reading of F is the text’s own"),
        ('"much care"', '""', "the reading of F is empty"),
        ('"much care"', '" "', "the reading of F is empty"),
        ('"much care"', "3", "'F' must be a text"),
        ('{ F = "much care", S = "care" }', "{}", "the variant 'great care' has no reading"),
        ('{ F = "much care", S = "care" }', '"much care"', "'readings' must be a table"),
        ('readings = { F = "much care", S = "care" }\n', "", "has no reading"),
        ("Two witnesses.", "Two <i>witnesses</i>.", "raw HTML"),
        ("Two witnesses.", "Two [@nobody].", r"\[@nobody\] has no entry"),
        ("note =", "remark =", "unknown key 'remark'"),
    ],
)
def test_a_fault_of_a_variant_is_told_by_its_line(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    assert old in ENTRY
    with pytest.raises(SourceError, match=words) as caught:
        added(tmp_path, ENTRY.replace(old, new, 1))
    assert caught.value.where is not None
    assert caught.value.where.line > 0


def test_two_entries_for_the_same_words_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="'great care' has two entries"):
        added(tmp_path, ENTRY + ENTRY)


# Witnesses, read


def test_the_seed_says_of_each_witness_how_much_was_collated(edition: Edition) -> None:
    assert {w.siglum: w.collated for w in edition.apparatus.witnesses if not w.base} == {
        "F": Collated.WHOLE,
        "S": Collated.PART,
        "P": Collated.NONE,
        "D": Collated.NONE,
        "C": Collated.NONE,
    }


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('collated = "whole"\n', "", "the key 'collated' is missing"),
        ('collated = "whole"', 'collated = "hole"', "'collated' cannot be 'hole'.*'whole'"),
        ('collated = "whole"', "collated = true", "'collated' must be a text"),
        (
            "base = true",
            'base = true\ncollated = "whole"',
            "the base text is not collated with itself",
        ),
        ('siglum = "S"', 'siglum = "F"', "two witnesses have the siglum 'F'"),
        ('siglum = "S"', 'siglum = ""', "'' is not a siglum"),
        ('siglum = "S"', 'siglum = "the Star"', "'the Star' is not a siglum"),
    ],
)
def test_a_fault_of_a_witness_is_told(tmp_path: Path, old: str, new: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        changed(tmp_path, old, new)


# Questions, read


def test_the_seed_tells_what_could_not_be_found_out(edition: Edition) -> None:
    told = " ".join(question.told for question in edition.apparatus.questions)
    for words in ("reach the Embassy in Moscow", "What does 8:05 p.m. record", "Which translation"):
        assert words in told


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("[[question]]", "the key 'told' is missing"),
        ('[[question]]\ntold = " "', "'told' is empty"),
        ('[[question]]\ntold = "When? [@nobody]"', r"\[@nobody\] has no entry"),
        ('[[question]]\ntold = "When?"\nanswer = "Now."', "unknown key 'answer'"),
    ],
)
def test_a_fault_of_a_question_is_told(tmp_path: Path, entry: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        added(tmp_path, entry)


# Printed


def test_a_variant_is_printed_with_paragraph_lemma_reading_and_siglum(
    tmp_path: Path, known: Layouts
) -> None:
    printed = html(added(tmp_path, ENTRY), known)
    line = next(item for item in printed.split("<li ") if "great care</span>]" in item)
    assert '<a href="#p3" title="Paragraph 3"' in line
    assert line.index("¶ 3") < line.index("great care") < line.index("much care")
    assert 'much care <span class="by" data-tag="Span" data-actual="(witness F)">F</span>, ' in line
    assert 'care <span class="by" data-tag="Span" data-actual="(witness S)">S</span>. Two' in line


def test_witnesses_that_agree_share_a_reading(tmp_path: Path, known: Layouts) -> None:
    printed = html(added(tmp_path, ENTRY.replace('S = "care"', 'S = "much care"')), known)
    assert 'data-actual="(witness F and witness S)">F S</span>' in printed


def test_a_reading_of_signs_alone_is_heard_sign_by_sign(edition: Edition, known: Layouts) -> None:
    printed = html(edition, known)
    assert 'data-actual="this weekend two hyphens in: "' in printed
    assert 'data-actual="this weekend dash in "' in printed
    assert 'data-actual="closing single quotation mark other armaments closing single' in printed


def test_a_reading_of_other_words_is_heard_as_it_stands(edition: Edition, known: Layouts) -> None:
    assert "]</span> October 26 <span" in html(edition, known)


def test_words_of_a_witness_are_escaped(tmp_path: Path, known: Layouts) -> None:
    printed = html(added(tmp_path, ENTRY.replace("much care", "a <b> & c")), known)
    assert "a &lt;b&gt; &amp; c <span" in printed


def test_a_witness_that_was_not_collated_is_printed_as_such(
    edition: Edition, known: Layouts
) -> None:
    printed = between(html(edition, known), 'id="witnesses"', 'id="variants"')
    assert [
        printed.count(words) for words in ("Base text.", "Collated whole.", "Collated in part.")
    ] == [1, 1, 1]
    assert printed.count(". Not collated. ") == 3


def test_the_method_counts_as_compared_only_what_was(edition: Edition, known: Layouts) -> None:
    told = between(html(edition, known), 'id="method"', "</p>")
    assert (
        "compared with all of F word by word, with S in part, and with no original (see Witnesses)."
        in told
    )


@pytest.mark.parametrize(
    ("collated", "original", "words"),
    [
        (Collated.NONE, False, "compared with no other text and with no original (see"),
        (Collated.NONE, True, "compared with no other text and with no original (see"),
        (Collated.PART, False, "compared with F in part, and with no original (see"),
        (Collated.WHOLE, True, "compared with all of F word by word (see"),
    ],
)
def test_the_method_says_how_far_it_was_compared(
    edition: Edition,
    known: Layouts,
    collated: Collated,
    original: bool,
    words: str,
) -> None:
    base, other = edition.apparatus.witnesses[:2]
    witnesses = (base, replace(other, collated=collated, original=original))
    apparatus = replace(edition.apparatus, witnesses=witnesses, variants=())
    assert words in between(
        html(replace(edition, apparatus=apparatus), known), 'id="method"', "</p>"
    )


def test_empty_lists_print_no_heading(edition: Edition, known: Layouts) -> None:
    apparatus = replace(edition.apparatus, variants=(), questions=())
    printed = html(replace(edition, apparatus=apparatus), known)
    assert [name for name in ("variants", "questions") if f'id="{name}"' in printed] == []


# In the tag tree


@pytest.fixture(scope="module")
def tree(edition: Edition, known: Layouts, faces: Faces) -> tuple[Node, ...]:
    parts = {part.id: part for part in typeset(prepared(make_job(edition, Order(), known)), faces)}
    return parts["reading"].structure


def lists_after(tree: tuple[Node, ...], head: str) -> Iterator[Node]:
    """Yield the first list after the head with this id."""
    seen = False
    for root in tree:
        for node in root.walk():
            seen = seen or node.id == head
            if seen and node.type == "L":
                yield node
                return


@pytest.mark.parametrize(
    ("head", "count"), [("witnesses", 6), ("variants", 5), ("questions", 5), ("works-cited", 10)]
)
def test_lists_of_the_apparatus_are_lists_in_the_tag_tree(
    tree: tuple[Node, ...], head: str, count: int
) -> None:
    (found,) = lists_after(tree, head)
    items = [kid for kid in found.kids if isinstance(kid, Node)]
    bodies = [[kid.type for kid in item.kids if isinstance(kid, Node)][-1] for item in items]
    assert ({item.type for item in items}, set(bodies)) == ({"LI"}, {"LBody"})
    assert len(items) >= count


def test_a_list_without_labels_does_not_claim_to_be_numbered(tree: tuple[Node, ...]) -> None:
    (found,) = lists_after(tree, "witnesses")
    assert found.attributes["List"]["ListNumbering"] == "/None"


# Signs as they are heard


@pytest.mark.parametrize(
    ("words", "heard"),
    [
        ("1015.", "1015 with its point"),
        ("/2/", "2 between slashes"),
        ("2.5", "2.5"),
        ("p.m.", "p.m."),
        ("a /2/", "a /2/"),
    ],
)
def test_a_number_or_mark_alone_is_heard_with_its_signs(words: str, heard: str) -> None:
    assert sign_alone(words) == heard


def test_textual_notes_are_heard_with_points_and_slashes(edition: Edition, known: Layouts) -> None:
    printed = html(edition, known)
    assert 'data-actual="1015 with its point: "' in printed
    assert 'data-actual="2 between slashes: "' in printed


@pytest.mark.parametrize(
    ("words", "heard"),
    [
        ("weekend--in", "weekend two hyphens in"),
        ("co-operation", "co hyphen operation"),
        ("‘a’", "opening single quotation mark a closing single quotation mark"),
        ('"a"', "straight double quotation mark a straight double quotation mark"),
        ("/s/John", "s between slashes, John"),
        ("/s/ John", "s between slashes, space, John"),
        ("plain words", "plain words"),
    ],
)
def test_signs_are_spelled(words: str, heard: str) -> None:
    assert spelled(words) == heard


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("a--b", "a—b", True),
        ("co-operation", "cooperation", True),
        ("26th", "26", False),
        ("'a'", "’a’", True),
    ],
)
def test_readings_that_would_be_heard_alike_are_known(one: str, other: str, alike: bool) -> None:
    assert differ_in_signs(one, other) is alike
