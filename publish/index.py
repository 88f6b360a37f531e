"""The index: where text and commentary name a person, or speak of a term, a place or a subject.

In: an edition. Out: entries in alphabetical order, each with its references. Nothing of it is written by
hand: an entry's references are the places in which one of its names or forms stands as whole words.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from publish.departures import render
from publish.markdown import CITATION, plain
from publish.model import Edition, Scope
from publish.timeline import texts as timeline_texts


class Goal(StrEnum):
    """What a reference leads to; the value is the section of the book in which that stands."""

    HEAD_NOTE = "head-note"
    PARAGRAPH = "telegram"
    NOTE = "commentary"
    ESSAY = "essays"
    TIMELINE = "timeline"


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in the book: a block's id, the key of a note or an essay; the other sections have none."""

    goal: Goal
    key: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the book and its words: folded to single spaces and plain hyphens and apostrophes."""

    reference: Reference
    words: str


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """An entry with its references, or, where `see` is given, one that sends the reader to that entry.

    A heading is a line of Markdown: a work's title stands in *emphasis*.
    """

    id: str  # unique within the index; empty for one that sends elsewhere
    heading: str
    references: tuple[Reference, ...] = ()
    see: str = ""  # id of the entry to look under
    see_heading: str = ""
    subentries: tuple["IndexEntry", ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What an entry is found by. Only within one family does a longer form hide a shorter one."""

    id: str
    heading: str
    forms: tuple[str, ...]
    see: tuple[str, ...]
    family: str
    under: str = ""  # id of the candidate of whose entry it is a part


def make_index(edition: Edition, goals: Collection[Goal] = tuple(Goal)) -> tuple[IndexEntry, ...]:
    """Return the entries of the index; those without a reference are left out.

    `goals` are what a reference may lead to: a product need not print every section.
    """
    candidates = tuple(_candidates(edition))
    everywhere = tuple(place for place in places(edition) if place.reference.goal in goals)
    found: dict[str, list[Reference]] = {candidate.id: [] for candidate in candidates}
    families = dict.fromkeys(candidate.family for candidate in candidates)
    for family in families:
        owners = {
            _folded(form): candidate.id
            for candidate in candidates
            for form in candidate.forms
            if candidate.family == family
        }
        for place in everywhere:
            for owner in _named_in(place.words, owners):
                found[owner].append(place.reference)
    entries = [
        entry
        for one in candidates
        if not one.under
        for entry in _entries(one, found, [other for other in candidates if other.under == one.id])
    ]
    return tuple(sorted(entries, key=_order))


def indexed(edition: Edition) -> set[str]:
    """Return the ids of all that the index leads from, subentries too."""
    entries = make_index(edition)
    return {one.id for entry in entries for one in (entry, *entry.subentries)}


def _order(entry: IndexEntry) -> tuple[str, str]:
    return alphabetical(entry.heading), entry.id


def places(edition: Edition) -> Iterator[Place]:
    """Yield the places in which names are looked for, in the order in which an entry has them.

    Of the text the printed words count, of a note its lemma and its own words; a citation names a work,
    and not what the note speaks of.
    """
    apparatus = edition.apparatus
    if apparatus.head_note:
        yield Place(Reference(Goal.HEAD_NOTE), _words_of(apparatus.head_note))
    for passage in render(edition.document, Scope.READING).blocks:
        yield Place(Reference(Goal.PARAGRAPH, passage.id), _folded(passage.text))
    for note in apparatus.notes:
        yield Place(Reference(Goal.NOTE, note.key), _words_of(f"{note.lemma} | {note.body}"))
    for essay in apparatus.essays:
        yield Place(Reference(Goal.ESSAY, essay.key), _words_of(f"{essay.title} | {essay.body}"))
    told = timeline_texts(apparatus.timeline)
    if told:
        yield Place(Reference(Goal.TIMELINE), _words_of(" | ".join(told)))


def alphabetical(heading: str) -> str:
    """Return what a heading is sorted by: words without case, accents and signs; 997 before 1020."""
    letters = unicodedata.normalize("NFKD", heading.casefold())
    words = " ".join(re.sub(r"[^\w\s]", "", letters).split())
    return re.sub(r"\d+", lambda number: number[0].zfill(9), words)


def _candidates(edition: Edition) -> Iterator[_Candidate]:
    people = {person.key for person in edition.apparatus.people}
    for person in edition.apparatus.people:
        forms = (person.name, *person.names)
        yield _Candidate(f"person-{person.key}", person.sort, forms, person.see, "person")
    for term in edition.apparatus.terms:
        # A place stands within the name of many a thing: Moscow in the Embassy in Moscow.
        family = "place" if term.kind == "place" else "term"
        forms = (plain(term.term), *term.forms)
        above = term.under
        if above:
            above = f"{'person' if above in people else 'term'}-{above}"
        yield _Candidate(f"term-{term.key}", term.term, forms, term.see, family, above)


def _entries(
    candidate: _Candidate, found: Mapping[str, Sequence[Reference]], parts: Sequence[_Candidate]
) -> Iterator[IndexEntry]:
    """Yield an entry with its subentries, and those that send to it.

    What a subentry leads to is not told again by the heading above it.
    """
    named = [part for part in parts if found[part.id]]
    told = {reference for part in named for reference in found[part.id]}
    references = tuple(one for one in found[candidate.id] if one not in told)
    if not references and not named:
        return
    subentries = [IndexEntry(one.id, one.heading, tuple(found[one.id])) for one in named]
    yield IndexEntry(
        candidate.id,
        candidate.heading,
        references,
        subentries=tuple(sorted(subentries, key=_order)),
    )
    for words in (word for one in (candidate, *named) for word in one.see):
        yield IndexEntry("", words, see=candidate.id, see_heading=candidate.heading)


def _named_in(words: str, owners: Mapping[str, str]) -> Iterable[str]:
    """Return the owners of the forms that stand in `words`, each once; of two at one place the longer.

    A form that begins with a small letter is found at the beginning of a sentence too.
    """
    if not owners:
        return ()
    longest_first = sorted(owners, key=lambda form: (-len(form), form))
    pattern = rf"(?<!\w)(?:{'|'.join(map(_either_case, longest_first))})(?!\w)"
    found = (match[0] for match in re.finditer(pattern, words))
    return dict.fromkeys(owners.get(form) or owners[form[:1].lower() + form[1:]] for form in found)


def _either_case(form: str) -> str:
    first = f"[{form[0]}{form[0].upper()}]" if form[0].islower() else re.escape(form[0])
    return first + re.escape(form[1:])


def _words_of(text: str) -> str:
    return _folded(plain(CITATION.sub(" ", text)))


def _folded(words: str) -> str:
    """Return words with single spaces, and with the hyphen and apostrophe of a keyboard."""
    plainer = words.replace("\u2011", "-").replace("’", "'").replace("\u2060", "")
    return " ".join(plainer.split())
