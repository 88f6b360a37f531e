"""The index: an entry leads to every place that names it, and to no other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise

import pytest

from publish.departures import render
from publish.index import Goal, IndexEntry, Reference, alphabetical, make_index, places
from publish.layouts import Layouts
from publish.markdown import plain
from publish.model import Anchor, Edition, Essay, Note, Person, Scope, Span, Term
from publish.orders import Order, make_job
from publish.typeset.reading import make_html
from publish.verify.reading_back import FinishedFile
from publish.verify.tree import Annotation, Content, Element
from tests.conftest import SEED, Finisher

ANN = Person("ann", "Ann Writer", "Writer, Ann", "", 1, ("Writer",))
BEN = Person("ben", "Ben Writer", "Writer, Ben", "", 2)
HEAD_NOTE = Reference(Goal.HEAD_NOTE)
NOTE = Reference(Goal.NOTE, "one")


def edited(
    edition: Edition,
    *entries: Person | Term,
    head_note: str = "",
    note: str = "",
    lemma: str = "words",
    essay: str = "",
) -> Edition:
    """Return the edition with these entries, and with nothing but these words of its editors."""
    notes = (Note("one", lemma, Anchor("p1", Span(0, 1)), note, 1),) if note else ()
    essays = (Essay("silence", "Of silence", essay, 1),) if essay else ()
    apparatus = replace(
        edition.apparatus,
        people=tuple(entry for entry in entries if isinstance(entry, Person)),
        terms=tuple(entry for entry in entries if isinstance(entry, Term)),
        head_note=head_note,
        notes=notes,
        essays=essays,
    )
    return replace(edition, apparatus=apparatus)


def references(edition: Edition) -> dict[str, tuple[Reference, ...]]:
    """Return what each entry leads to, itself or by its subentries."""
    return {
        one.id: tuple(reference for part in parts_of(one) for reference in part.references)
        for entry in make_index(edition)
        for one in (entry, *entry.subentries)
        if one.id
    }


def parts_of(entry: IndexEntry) -> tuple[IndexEntry, ...]:
    return (entry, *entry.subentries)


def term(form: str, *forms: str, key: str = "t", kind: str = "term") -> Term:
    return Term(key, form, "", 1, kind, forms)


# What is found


@pytest.mark.parametrize(
    ("form", "words", "is_found"),
    [
        ("Cuba", "They sail to Cuba.", True),
        ("Cuba", "The Cuban ships.", False),
        ("Cuba", "Cuba’s ships", True),
        ("Cuba", "(Cuba)—and", True),
        ("Cuba", "cuba", False),
        ("quarantine", "Quarantine is a word.", True),
        ("quarantine", "a *quarantine* was", True),
        ("quarantine", "QUARANTINE", False),
        ("IL-28", "the IL\u201128 bomber", True),
        ("U-2", "the U-20 bomber", False),
        ("Embassy’s translation", "the Embassy's translation", True),
        ("no one", "no\none", True),
        ("blue book", "[blue book](https://example.org)", True),
        ("example", "[blue book](https://example.org)", False),
        ("writer", "It is told [@writer, writer 7].", False),
        ("U.N.", "at the U.N. they", True),
        ("a+b", "an a+b here", True),
    ],
)
def test_a_form_is_found_as_whole_words(
    synthetic: Edition, form: str, words: str, is_found: bool
) -> None:
    found = references(edited(synthetic, term(form), note=words))
    assert found == ({"term-t": (NOTE,)} if is_found else {})


def test_the_lemma_of_a_note_counts(synthetic: Edition) -> None:
    edition = edited(synthetic, term("freight"), note="Of wood.", lemma="freight and timber")
    assert references(edition) == {"term-t": (NOTE,)}


def test_a_name_within_anothers_leads_to_the_longer_one_alone(synthetic: Edition) -> None:
    found = references(
        edited(synthetic, ANN, BEN, head_note="Ben Writer came.", note="Writer left.")
    )
    assert found == {"person-ann": (NOTE,), "person-ben": (HEAD_NOTE,)}


def test_of_two_forms_that_begin_alike_the_longer_one_counts(synthetic: Edition) -> None:
    short, long = term("Embassy", key="short"), term("Embassy in Lisbon", key="long")
    found = references(edited(synthetic, short, long, note="The Embassy in Lisbon."))
    assert found == {"term-long": (NOTE,)}


def test_a_place_is_found_within_a_longer_term(synthetic: Edition) -> None:
    city = term("Lisbon", key="lisbon", kind="place")
    found = references(edited(synthetic, city, term("Embassy in Lisbon"), note="Embassy in Lisbon"))
    assert found == {"term-lisbon": (NOTE,), "term-t": (NOTE,)}


def test_a_person_and_a_term_may_share_their_words(synthetic: Edition) -> None:
    found = references(edited(synthetic, ANN, term("Writer"), note="Writer"))
    assert found == {"person-ann": (NOTE,), "term-t": (NOTE,)}


def test_a_place_that_names_somebody_twice_is_one_reference(synthetic: Edition) -> None:
    assert references(edited(synthetic, ANN, note="Ann Writer; Writer; Ann Writer")) == {
        "person-ann": (NOTE,)
    }


def test_the_words_of_the_text_count_and_not_the_signs_of_its_file(edition: Edition) -> None:
    forms = (term("/2/", "- 1)", key="signs"), term("other armaments", key="words"))
    assert references(edited(edition, *forms)) == {"term-words": (Reference(Goal.PARAGRAPH, "p7"),)}


def test_what_print_has_otherwise_is_found_as_it_is_printed(edition: Edition) -> None:
    assert references(edited(edition, term("weekend—in cooperation"))) == {
        "term-t": (Reference(Goal.PARAGRAPH, "p4"),)
    }


def test_references_stand_in_the_order_of_the_book(synthetic: Edition) -> None:
    edition = edited(synthetic, term("item"), head_note="item", note="item", essay="item")
    (entry,) = make_index(edition)
    assert [reference.goal for reference in entry.references] == [
        Goal.HEAD_NOTE, Goal.PARAGRAPH, Goal.PARAGRAPH, Goal.PARAGRAPH, Goal.NOTE, Goal.ESSAY,
    ]  # fmt: skip


def test_an_entry_without_a_reference_is_left_out_and_nothing_sends_there(
    synthetic: Edition,
) -> None:
    silent = replace(ANN, see=("Author",))
    assert make_index(edited(synthetic, silent, BEN, note="Ben Writer")) == make_index(
        edited(synthetic, BEN, note="Ben Writer")
    )


def test_other_words_send_the_reader_to_the_entry(synthetic: Edition) -> None:
    sent, entry = make_index(edited(synthetic, replace(ANN, see=("Author",)), note="Writer"))
    assert (sent.heading, sent.id, sent.references) == ("Author", "", ())
    assert (
        (sent.see, sent.see_heading) == (entry.id, entry.heading) == ("person-ann", "Writer, Ann")
    )


def test_a_section_that_the_product_does_not_print_is_not_referred_to(synthetic: Edition) -> None:
    edition = edited(synthetic, ANN, head_note="Writer", note="Writer")
    (entry,) = make_index(edition, [Goal.NOTE])
    assert entry.references == (NOTE,)


@pytest.mark.parametrize(
    "headings",
    [
        ["Adenauer, Conrad", "“an end”", "Ångström", "Zorin"],
        ["de Gaulle", "detente", "Dobrynin"],
        ["telegram 997", "telegram 1020", "telegram 1101"],
    ],
)
def test_headings_are_sorted_by_their_letters_and_numbers_by_their_size(
    headings: list[str],
) -> None:
    assert all(alphabetical(one) < alphabetical(other) for one, other in pairwise(headings))


# The seed's


def test_entries_of_the_seed_are_in_order(edition: Edition) -> None:
    headings = [entry.heading for entry in make_index(edition)]
    assert all(alphabetical(one) <= alphabetical(other) for one, other in pairwise(headings))


# Read by a person, in text and commentary.
BY_HAND = {
    "term-acting-secretary-general": ["p4", "representatives", "thant"],
    "term-other-armaments": ["p7", "other-armaments"],
    "term-warsaw-pact": ["p7", "detente", "alliances"],
    "term-western-hemisphere": ["p6", "hemisphere"],
    "term-niact": ["delivery"],
    "person-kuznetsov": ["soviet-representative"],
    "person-mccloy": ["representatives"],
    "person-sorensen": ["signature"],
    "person-robert-kennedy": ["weekend", "alliances", "turkey", "signature"],
}


@pytest.mark.parametrize("entry", BY_HAND)
def test_the_index_has_what_a_reader_finds(edition: Edition, entry: str) -> None:
    found = [
        reference.key
        for reference in references(edition)[entry]
        if reference.goal in (Goal.PARAGRAPH, Goal.NOTE)
    ]
    assert found == BY_HAND[entry]


def id_of(entry: Person | Term) -> str:
    return f"{'person' if isinstance(entry, Person) else 'term'}-{entry.key}"


def forms_of(entry: Person | Term) -> tuple[str, ...]:
    return (
        (entry.name, *entry.names)
        if isinstance(entry, Person)
        else (plain(entry.term), *entry.forms)
    )


def test_no_reference_is_missing(edition: Edition) -> None:
    """What a plain search finds, where no longer form of the list has the words, is in the index."""
    apparatus = edition.apparatus
    entries: tuple[Person | Term, ...] = (*apparatus.people, *apparatus.terms)
    every = [form for entry in entries for form in forms_of(entry)]
    texts = {passage.id: passage.text for passage in render(edition.document, Scope.READING).blocks}
    texts |= {note.key: re.sub(r"\[@.*?\]", "", note.body) for note in apparatus.notes}
    found = references(edition)
    looked_for = 0
    for entry in entries:
        key = id_of(entry)
        has = {reference.key for reference in found.get(key, ())}
        for form in forms_of(entry):
            if sum(form in other for other in every) > 1:
                continue  # a part of a longer one
            for place, text in texts.items():
                if re.search(rf"\b{re.escape(form)}\b", text.replace("\u2011", "-")):
                    looked_for += 1
                    assert place in has, (key, form)
    assert looked_for > 100


# The finished file


@dataclass(frozen=True)
class Printed:
    """An item of the printed index: its words; of each link the target, the words and the spoken form."""

    text: str
    links: tuple[tuple[str, str, str], ...]


def words(file: FinishedFile, element: Element) -> str:
    return "".join(file.drawn[c.page].text(c.mark) for c in element.contents())


@pytest.fixture(scope="module", params=["letter", "a4"])
def file(request: pytest.FixtureRequest, finished: Finisher) -> Iterator[FinishedFile]:
    with FinishedFile(finished(SEED, paper=request.param).pdf) as opened:
        yield opened


def index_of(file: FinishedFile) -> list[Printed]:
    """Return the items of the index as they stand in the finished file."""
    at = {link.number: link for link in file.links()}
    head = next(e for e in file.tree.elements if e.type == "H2" and e.id == "index")
    assert head.parent is not None
    items: list[Printed] = []
    for item in (e for e in head.parent.walk() if e.type == "LI"):
        links = []
        for link in (e for e in item.walk() if e.type == "Link"):
            annotation = next(kid for kid in link.kids if isinstance(kid, Annotation))
            one = at[annotation.number]
            if link.spoken is not None:
                assert link.spoken == one.contents
            links.append((one.target, words(file, link).strip(), link.spoken or ""))
        items.append(Printed(words(file, item), tuple(links)))
    return items


def target(reference: Reference) -> str:
    match reference.goal:
        case Goal.PARAGRAPH:
            return reference.key
        case Goal.NOTE:
            return f"note-{reference.key}"
        case Goal.ESSAY:
            return f"essay-{reference.key}"
        case _:
            return reference.goal.value


def test_what_is_printed_is_the_index(file: FinishedFile, edition: Edition) -> None:
    printed = [[link[0] for link in item.links] for item in index_of(file)]
    assert printed == [
        [f"index-{entry.see}"]
        if entry.see
        else [target(r) for part in parts_of(entry) for r in part.references]
        for entry in make_index(edition)
    ]


def test_the_words_that_send_elsewhere_are_those_of_the_entry(
    file: FinishedFile, edition: Edition
) -> None:
    for entry, item in zip(make_index(edition), index_of(file), strict=True):
        if entry.see:
            ((_, shown, _),) = item.links
            assert shown.replace("\u00a0", " ") in (entry.see_heading, "See")
            assert " ".join(item.text.split()).endswith(f". See {entry.see_heading}")


def test_every_entry_leads_somewhere(file: FinishedFile) -> None:
    opens = file.destinations()
    for item in index_of(file):
        assert item.links
        for goal, _, _ in item.links:
            assert opens[goal] >= 0


def test_numbers_are_those_that_stand_at_paragraphs_and_notes(file: FinishedFile) -> None:
    for item in index_of(file):
        for goal, shown, spoken in item.links:
            number = shown.lstrip("¶n.\u00a0 ")
            if re.fullmatch(r"p\d+", goal):
                assert (f"p{number}", spoken) == (goal, f"Paragraph {number}")
            elif goal.startswith("note-"):
                (note,) = file.tree.by_id[goal]
                assert words(file, note).lstrip().startswith(f"{number} ")
                assert spoken == f"note {number}"


@pytest.mark.parametrize(
    ("spoken", "one", "several"), [("Paragraph", "¶", "¶¶"), ("note", "n.", "nn.")]
)
def test_a_sign_stands_once_before_the_numbers_of_its_kind(
    file: FinishedFile, edition: Edition, spoken: str, one: str, several: str
) -> None:
    for _, links in printed_parts(file, edition):
        kind = [shown for _, shown, told in links if told.startswith(f"{spoken} ")]
        signs = [shown.partition("\u00a0")[0] for shown in kind if "\u00a0" in shown]
        assert signs == ([several if len(kind) > 1 else one] if kind else [])


def printed_parts(
    file: FinishedFile, edition: Edition
) -> Iterator[tuple[IndexEntry, tuple[tuple[str, str, str], ...]]]:
    """Yield each entry and subentry with the links that are printed for it."""
    for entry, item in zip(make_index(edition), index_of(file), strict=True):
        links = iter(item.links)
        for part in parts_of(entry):
            yield part, tuple(islice(links, len(part.references)))


def test_each_goal_in_the_file_has_the_words_for_which_the_index_leads_there(
    file: FinishedFile, edition: Edition
) -> None:
    entries: list[Person | Term] = [*edition.apparatus.people, *edition.apparatus.terms]
    forms = {id_of(entry): [form.casefold() for form in forms_of(entry)] for entry in entries}
    looked_at = 0
    for entry, links in printed_parts(file, edition):
        for goal, _, _ in links:
            if re.match(r"p\d|note-", goal):
                (element,) = file.tree.by_id[goal]
                text = own_words(file, element)
                assert any(form in text for form in forms[entry.id]), (entry.heading, goal, text)
                looked_at += 1
    assert looked_at > 150


def own_words(file: FinishedFile, element: Element) -> str:
    """Return what is drawn of an element, without note calls and margins, as small letters."""
    drawn = "".join(
        file.drawn[kid.page].text(kid.mark)
        for below in element.walk()
        if not any(one.type == "Reference" for one in (below, *below.above()))
        for kid in below.kids
        if isinstance(kid, Content)
    )
    plain = re.sub("[\u00ad\u200b\u2060]", "", drawn).replace("\u2011", "-")
    return " ".join(plain.split()).casefold()


def test_of_several_essays_the_one_is_counted(synthetic: Edition, known: Layouts) -> None:
    edition = edited(synthetic, ANN, essay="Writer")
    assert ">essay</a>" in html(edition, known)
    (one,) = edition.apparatus.essays
    both = replace(edition.apparatus, essays=(one, replace(one, key="second")))
    assert ">essay\u00a01</a>, <a" in html(replace(edition, apparatus=both), known)


def test_a_long_heading_to_which_the_index_sends_stands_beside_its_link(
    synthetic: Edition, known: Layouts
) -> None:
    long = Term("t", "committee of the whole house", "", 1, see=("house",))
    page = html(edited(synthetic, long, head_note="committee of the whole house"), known)
    assert ">See</a></em> committee of the whole house<" in page


def html(edition: Edition, known: Layouts) -> str:
    return make_html(make_job(edition, Order("edition"), known), {}).html


def test_no_place_is_looked_at_twice(edition: Edition) -> None:
    every = [place.reference for place in places(edition)]
    assert len(every) == len(set(every))


# Subentries


def test_a_subentry_stands_below_its_heading_which_leads_no_more_to_its_places(
    edition: Edition,
) -> None:
    letter = replace(term("letter of May", key="letter"), under="ann")
    edited_one = edited(
        edition, ANN, letter, head_note="Ann Writer.", note="Ann Writer’s letter of May."
    )
    (entry,) = make_index(edited_one)
    assert (entry.references, entry.subentries[0].references) == ((HEAD_NOTE,), (NOTE,))


def test_a_subentry_is_printed_though_its_heading_leads_nowhere_itself(edition: Edition) -> None:
    letter = replace(term("letter of May", key="letter"), under="ann")
    (entry,) = make_index(edited(edition, ANN, letter, note="A letter of May."))
    assert (entry.heading, entry.references) == ("Writer, Ann", ())


def test_who_looks_under_a_subentrys_other_words_is_sent_to_its_heading(edition: Edition) -> None:
    letter = replace(term("letter of May", key="letter"), under="ann", see=("May letter",))
    sent, entry = make_index(edited(edition, ANN, letter, note="A letter of May."))
    assert (sent.heading, sent.see_heading) == ("May letter", entry.heading)
