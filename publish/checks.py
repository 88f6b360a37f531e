"""Editorial rules: what an editor would want to know before a build. One function a rule.

In: an Edition. Out: Findings as path:line:column. A rule yields; it never raises and never renders.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from publish.markdown import CITATION
from publish.model import Edition
from publish.problems import Finding, Severity, Where, where_in


@dataclass(frozen=True, slots=True)
class EditorialRule:
    """A rule: its code, how grave a finding is, what it stands on, and the function that looks."""

    code: str
    severity: Severity
    source: str
    look: Callable[[Edition], Iterator[tuple[str, Where, str]]]


EDITORIAL_RULES: list[EditorialRule] = []

_Look = Callable[[Edition], Iterator[tuple[str, Where, str]]]


def rule(code: str, severity: Severity, source: str) -> Callable[[_Look], _Look]:
    """Enter a function into the table of rules. It yields (message, place, next step)."""

    def enter(look: _Look) -> _Look:
        EDITORIAL_RULES.append(EditorialRule(code, severity, source, look))
        return look

    return enter


def check(edition: Edition) -> tuple[Finding, ...]:
    """Return what all rules find, in the order of the table."""
    return tuple(
        Finding(entry.code, entry.severity, message, where, hint)
        for entry in EDITORIAL_RULES
        for message, where, hint in entry.look(edition)
    )


def _folder(edition: Edition) -> Path:
    return Path(edition.document.source.path).parent


def _commentary(edition: Edition) -> str:
    return str(_folder(edition) / "commentary.md")


@rule("t-001", Severity.WARNING, "Editorial method: a note mark is never dropped silently")
def orphan_note_mark(edition: Edition) -> Iterator[tuple[str, Where, str]]:
    """A note mark in the transcription has no note, and the apparatus does not say what it refers to."""
    source = edition.document.source
    for mark in edition.document.note_marks:
        if not mark.resolution:
            yield (
                f"the note mark {mark.mark} refers to a note that the transcription does not have",
                where_in(source.path, source.text, mark.span.start),
                f'Say in edition.toml what it refers to: [[note_mark]] mark = "{mark.mark}", resolution = "…".',
            )


@rule(
    "t-002",
    Severity.WARNING,
    "House rule: a text without a witness is no edition",
)
def base_text_undeclared(edition: Edition) -> Iterator[tuple[str, Where, str]]:
    """The seed folder names witnesses but none of them as the base text."""
    witnesses = edition.apparatus.witnesses
    if witnesses and not any(witness.base for witness in witnesses):
        yield (
            "no witness is named as the base text",
            Where(str(_folder(edition) / "edition.toml")),
            "Write base = true at the witness that is printed.",
        )


# Languages that are themselves written in other letters than Latin ones.
_WRITTEN_OTHERWISE = "ar be bg el fa he hi hy ja ka ko mk ru sr th uk zh"


@rule("t-003", Severity.WARNING, "WCAG 2.2, 3.1.2: Language of Parts")
def letters_of_no_declared_language(edition: Edition) -> Iterator[tuple[str, Where, str]]:
    """Words in other letters than the edition's stand in the text, and nobody says in which language."""
    if edition.language.partition("-")[0] in _WRITTEN_OTHERWISE.split():
        return
    source = edition.document.source
    declared = " ".join(phrase.words for phrase in edition.foreign)
    for word in dict.fromkeys(re.findall(r"[^\W\d_]+", source.text)):
        if word not in declared and not all(_is_latin(letter) for letter in word):
            yield (
                f"nothing says in which language {word!r} is",
                where_in(source.path, source.text, source.text.index(word)),
                f'Write in edition.toml: [[foreign]] words = "{word}", language = "…".',
            )


def _is_latin(letter: str) -> bool:
    return "LATIN" in unicodedata.name(letter, "") or unicodedata.category(letter) == "Lm"


@rule("n-001", Severity.WARNING, "Bibliography: every entry is cited")
def unused_work(edition: Edition) -> Iterator[tuple[str, Where, str]]:
    """A work of the bibliography is cited nowhere."""
    texts = [edition.apparatus.head_note, edition.apparatus.source_note]
    texts += [note.body for note in edition.apparatus.notes]
    cited = {match[1] for text in texts for match in CITATION.finditer(text)}
    for work in edition.apparatus.works:
        if work.key not in cited:
            yield (
                f"the work {work.key!r} is cited nowhere",
                Where(str(_folder(edition) / "bibliography.toml")),
                "Cite it or take it out.",
            )


@rule("n-002", Severity.WARNING, "MLA CSE guidelines: annotation is documented")
def note_without_citation(edition: Edition) -> Iterator[tuple[str, Where, str]]:
    """A note cites nothing."""
    for note in edition.apparatus.notes:
        if not CITATION.search(note.body):
            yield (
                f"the note {note.key!r} cites nothing",
                Where(_commentary(edition), note.line),
                "Add [@key, place].",
            )


@rule("n-003", Severity.WARNING, "House style: typographic quotation marks")
def straight_quotation_mark(edition: Edition) -> Iterator[tuple[str, Where, str]]:
    """A note has a straight quotation mark or apostrophe."""
    for note in edition.apparatus.notes:
        without_addresses = re.sub(r"\]\([^)]*\)", "]", note.body)
        if re.search("[\"']", without_addresses):
            yield (
                f"the note {note.key!r} has straight quotation marks",
                Where(_commentary(edition), note.line),
                "Type “ ” ‘ ’.",
            )


@rule("n-004", Severity.WARNING, "House style: one space after a sentence")
def double_space(edition: Edition) -> Iterator[tuple[str, Where, str]]:
    """A note has two spaces in a row."""
    for note in edition.apparatus.notes:
        # Two at a line's end break the line; those before a list within a list are Markdown's too.
        if re.search(r"\S {2,}\S", note.body):
            yield (
                f"the note {note.key!r} has two spaces in a row",
                Where(_commentary(edition), note.line),
                "Keep one.",
            )


@rule("e-001", Severity.WARNING, "DataCite 4.6: a version and a date make an edition citable")
def undated_edition(edition: Edition) -> Iterator[tuple[str, Where, str]]:
    """The edition has no version or no date of release."""
    path = _folder(edition) / "edition.toml"
    if not path.is_file():
        return  # a transcription alone is a draft, and its imprint says so
    manifest = Where(str(path))
    if not edition.version:
        yield "the edition has no version", manifest, 'Write version = "1.0" in edition.toml.'
    if edition.released is None:
        yield (
            "the edition has no date of release",
            manifest,
            "Write released = YYYY-MM-DD in edition.toml.",
        )
