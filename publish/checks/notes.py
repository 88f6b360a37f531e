"""Rules about what the editors write: its sources, its typing, its length."""

import re
from collections.abc import Iterator

from publish.checks.prose import AT_LENGTH, BIBLIOGRAPHY, Of, place_of, prose
from publish.checks.rule import Found
from publish.markdown import CITATION, cited_works
from publish.model import Edition

LONGEST_NOTE = (
    120  # words, citations not counted: what stands at the foot of a page beside the text
)
LONGEST_HEAD_NOTE = 250  # words: one page

_DOCUMENTED = (*AT_LENGTH, Of.PERSON, Of.TERM, Of.EVENT)


def unused_work(edition: Edition) -> Iterator[Found]:
    """A work of the bibliography is cited nowhere."""
    citations = (one for piece in prose(edition) for one in CITATION.finditer(piece.text))
    cited = {key for citation in citations for key, _ in cited_works(citation)}
    for work in edition.apparatus.works:
        if work.key not in cited:
            yield (
                f"the work {work.key!r} is cited nowhere",
                place_of(edition, BIBLIOGRAPHY, rf"""^\[["']?{re.escape(work.key)}["']?\]"""),
                "Cite it or take it out.",
            )


def note_without_citation(edition: Edition) -> Iterator[Found]:
    """A note, the head note, an essay, or what is said of a person, a term or an event cites nothing."""
    for piece in prose(edition):
        if piece.kind in _DOCUMENTED and not CITATION.search(piece.text):
            yield f"{piece.name} cites nothing", piece.where(), "Add [@key, place]."


def straight_quotation_mark(edition: Edition) -> Iterator[Found]:
    """The editors' words have a straight quotation mark or apostrophe."""
    for piece in prose(edition):
        if mark := re.search("[\"']", piece.words):
            yield (
                f"{piece.name} has straight quotation marks",
                piece.where(mark.start()),
                "Type “ ” ‘ ’.",
            )


def double_space(edition: Edition) -> Iterator[Found]:
    """The editors' words have two spaces in a row."""
    for piece in prose(edition):
        # Two at a line's end break the line; those before a list within a list are Markdown's too.
        if spaces := re.search(r"(?<=\S) {2,}(?=\S)", piece.words):
            yield f"{piece.name} has two spaces in a row", piece.where(spaces.start()), "Keep one."


def long_note(edition: Edition) -> Iterator[Found]:
    """A note has more than 120 words."""
    yield from _longer_than(LONGEST_NOTE, Of.NOTE, "An essay may be long: # Title {#key}.", edition)


def long_head_note(edition: Edition) -> Iterator[Found]:
    """The head note has more than 250 words."""
    hint = "Say the rest in an essay: # Title {#key}."
    yield from _longer_than(LONGEST_HEAD_NOTE, Of.HEAD_NOTE, hint, edition)


def _longer_than(most: int, kind: Of, hint: str, edition: Edition) -> Iterator[Found]:
    for piece in prose(edition):
        if piece.kind is kind:
            count = len([word for word in piece.own_words.split() if re.search(r"[^\W_]", word)])
            if count > most:
                message = f"{piece.name} has {count} words, more than {most}"
                yield message, piece.where(), f"Shorten it. {hint}"
