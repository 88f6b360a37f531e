"""Reads commentary.md: the head note, notes that are anchored on words of the document, and essays.

    # Head note
    …
    # Commentary
    ## other-armaments: other armaments
    …
    # What the letter leaves out {#leaves-out}
    …

An essay is a section with a key of its own; without the key, a misspelt `# Comentary` would be one.

A lemma is quoted from the text. ` #2` after it picks its second occurrence; ` … ` in it stands for the
words between its first and its last. Straight and curly quotation marks are the same in a lemma.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from publish.departures import Passage, render
from publish.markdown import check, faulty_citations, opens_with_words
from publish.model import Anchor, Document, Essay, Note, Scope, Span, Work
from publish.problems import FaultsError, SourceError, Where, nearest
from publish.sources.decoding import read_editors_text

_KEY = re.compile(r"## +([a-z0-9]+(?:-[a-z0-9]+)*): +(.+)")
_ESSAY = re.compile(r"(\S.*?) +\{#([a-z0-9]+(?:-[a-z0-9]+)*)\}")
_ORDINAL = re.compile(r" +#(\d+)$")
_SECTIONS = ("Head note", "Commentary")
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


class Commentary(NamedTuple):
    """What commentary.md holds: notes in the order of the text, essays in the order of the file."""

    head_note: str = ""  # Markdown
    notes: tuple[Note, ...] = ()
    essays: tuple[Essay, ...] = ()


@dataclass(frozen=True, slots=True)
class _Searchable:
    """A block's printed characters, made plain for comparison, each with its place in the source."""

    block: str
    text: str
    offsets: tuple[int, ...]
    ends: tuple[int, ...]


def _searchable(passage: Passage) -> _Searchable:
    characters: list[str] = []
    offsets: list[int] = []
    ends: list[int] = []
    for run in passage.runs:
        for index, character in enumerate(run.text):
            start = run.span.start if run.departure else run.span.start + index
            end = run.span.end if run.departure else start + 1
            for plain in character.translate(_PLAIN).replace("—", "--"):
                characters.append(plain)
                offsets.append(start)
                ends.append(end)
    return _Searchable(passage.id, "".join(characters), tuple(offsets), tuple(ends))


def _plain(words: str) -> str:
    return words.translate(_PLAIN).replace("—", "--")


def _occurrences(block: _Searchable, lemma: str) -> Iterator[Anchor]:
    """Yield the places of a lemma in a block; an elided lemma runs from its first to its last words."""
    pattern = re.compile(
        ".*?".join(_whole_words(_plain(part.strip())) for part in lemma.split("…"))
    )
    for match in pattern.finditer(block.text):
        yield Anchor(block.block, Span(block.offsets[match.start()], block.ends[match.end() - 1]))


def _whole_words(words: str) -> str:
    """Return a pattern for words that neither begin nor end within a word of the text (Don|’t)."""
    before = r"(?<!\w)(?<!\w')" if re.match(r"\w", words) else ""
    after = r"(?!'?\w)" if re.search(r"\w$", words) else ""
    return before + re.escape(words) + after


@lru_cache(maxsize=1)
def _blocks(document: Document) -> tuple[_Searchable, ...]:
    """Return the blocks of the document that is being annotated, made once for all its notes."""
    return tuple(_searchable(passage) for passage in render(document, Scope.READING).blocks)


def anchor(document: Document, lemma: str, ordinal: int | None, where: Where) -> Anchor:
    """Return the place of `lemma` in the document.

    Raises SourceError when it is not there (with the nearest words), when it stands more than once
    without an ordinal, or when there is no such occurrence.
    """
    if not all(re.search(r"\w", part) for part in lemma.split("…")):
        raise SourceError(
            f"the lemma {lemma!r} lacks words",
            where=where,
            hint="Quote words of the text; an ellipsis stands between the first and the last of them.",
        )
    blocks = _blocks(document)
    found = [place for block in blocks for place in _occurrences(block, lemma)]
    if not found:
        raise SourceError(
            f"the words {lemma!r} are not in the text",
            where=where,
            hint=f"Nearest: {nearest_words([block.text for block in blocks], _plain(lemma))!r}.",
            code="n-005",
        )
    if ordinal is None and len(found) > 1:
        raise SourceError(
            f"the words {lemma!r} stand {len(found)} times in the text",
            where=where,
            hint=f"Say which: write {lemma} #1 … #{len(found)}.",
            code="n-006",
        )
    if ordinal is not None and not 1 <= ordinal <= len(found):
        raise SourceError(
            f"there is no occurrence #{ordinal} of {lemma!r}; it stands {len(found)} time(s)",
            where=where,
            hint=f"Write {lemma} #1{f' … #{len(found)}' if len(found) > 1 else ', or leave the number out'}.",
        )
    return found[(ordinal or 1) - 1]


def nearest_words(texts: Iterable[str], wanted: str) -> str:
    """Return the words of one of the texts, as many as are wanted, that are most like the wanted ones."""
    count = len(wanted.split())
    best, score = "", 0.0
    for text in texts:
        words = text.split()
        for index in range(max(1, len(words) - count + 1)):
            window = " ".join(words[index : index + count])
            ratio = SequenceMatcher(None, window.lower(), wanted.lower()).ratio()
            if ratio > score:
                best, score = window, ratio
    return best


def read_commentary(path: Path, document: Document, works: Iterable[Work]) -> Commentary:
    """Return head note, notes and essays. A folder without commentary.md has none of them.

    Notes stand in the order in which their lemmas end in the text. Raises SourceError with file and line,
    and FaultsError when there are several faults: all of them.
    """
    if not path.is_file():
        return Commentary()
    by_key = {work.key: work for work in works}
    draft = _Draft(path, document)
    faults: list[SourceError] = []
    for section, line, body in _sections(read_editors_text(path), path):
        faults += _faults(body, path, line, by_key)
        try:
            draft.take(section, line, body)
        except SourceError as fault:
            faults.append(fault)
    if faults:
        raise faults[0] if len(faults) == 1 else FaultsError(tuple(faults))
    _check_keys("notes", draft.notes, path)
    _check_keys("essays", draft.essays, path)
    in_order = sorted(draft.notes, key=lambda note: (note.anchor.span.end, note.anchor.span.start))
    return Commentary(draft.head_note, tuple(in_order), tuple(draft.essays))


@dataclass(slots=True)
class _Draft:
    """What has been read of commentary.md so far."""

    path: Path
    document: Document
    head_note: str = ""
    notes: list[Note] = field(default_factory=list)
    essays: list[Essay] = field(default_factory=list)
    essay: str = ""  # the title of the essay in which we are

    def take(self, section: str, line: int, body: str) -> None:
        """Take in a section or a note, whose body begins on `line`."""
        if section.startswith("## "):
            self._take_note(section, line, body)
        elif match := _ESSAY.fullmatch(section):
            self.essay = match[1]
            self.essays.append(_essay(match[2], match[1], line, body, self.path))
        elif section == "Head note":
            self.essay = ""
            if self.head_note:
                where = Where(str(self.path), line - 1)
                raise SourceError("there are two head notes", where=where, hint="Join them.")
            self.head_note = body
        else:
            self.essay = ""
            if body.strip():
                raise SourceError(
                    "words stand between # Commentary and its first note",
                    where=Where(str(self.path), line),
                    hint="Put them into the head note, or begin a note: ## key: words of the text",
                )

    def _take_note(self, heading: str, line: int, body: str) -> None:
        if self.essay:
            raise SourceError(
                f"{heading!r} stands in the essay {self.essay!r}",
                where=Where(str(self.path), line - 1),
                hint="Notes stand under # Commentary; in an essay open a paragraph with **strong** words.",
            )
        self.notes.append(_note(heading, line, body, self.document, self.path))


def _check_keys(what: str, entries: Sequence[Note | Essay], path: Path) -> None:
    keys = [entry.key for entry in entries]
    for index, entry in enumerate(entries):
        if entry.key in keys[:index]:
            raise SourceError(
                f"two {what} have the key {entry.key!r}",
                where=Where(str(path), entry.line),
                hint="Give the later one a key of its own.",
            )


def _faults(body: str, path: Path, line: int, works: dict[str, Work]) -> Iterator[SourceError]:
    """Yield what the press does not print in a section, and each of its citations that leads nowhere."""
    try:
        check(body, str(path), line, path.parent)
    except SourceError as fault:
        yield fault
    yield from faulty_citations(body, works, str(path), line)


def _sections(text: str, path: Path) -> Iterator[tuple[str, int, str]]:
    """Yield heading, line of its body, and body of each section and note."""
    heading, first, body = "", 1, list[str]()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith(("# ", "## ")):
            body.append(line)
            continue
        if heading or any(part.strip() for part in body):
            yield _section(heading, first, body, path)
        heading, first, body = line.removeprefix("# ").strip(), number + 1, []
        if line.startswith("# ") and heading not in _SECTIONS and not _ESSAY.fullmatch(heading):
            raise SourceError(
                f"there is no section {heading!r}",
                where=Where(str(path), number),
                hint=f"{nearest(heading, _SECTIONS)} The heading of an essay ends in a key: {{#its-key}}.",
            )
    if heading or any(part.strip() for part in body):
        yield _section(heading, first, body, path)


def _section(heading: str, first: int, body: list[str], path: Path) -> tuple[str, int, str]:
    if not heading:
        raise SourceError(
            "words stand before the first heading",
            where=Where(str(path), 1),
            hint=f"Begin with # {_SECTIONS[0]}.",
        )
    return heading, first, "\n".join(body)


def _note(heading: str, line: int, body: str, document: Document, path: Path) -> Note:
    where = Where(str(path), line - 1)
    match = _KEY.fullmatch(heading)
    if match is None:
        raise SourceError(
            f"{heading!r} is not the heading of a note",
            where=where,
            hint="Write ## key: words of the text",
        )
    if not body.strip():
        raise SourceError(
            f"the note {match[1]!r} says nothing", where=where, hint="Write it, or take it out."
        )
    if not opens_with_words(body):
        raise SourceError(
            f"the note {match[1]!r} does not open with words, which its lemma could stand before",
            where=where,
            hint="Begin it with a sentence; a list or a picture may follow.",
        )
    lemma, ordinal = lemma_and_ordinal(match[2])
    place = anchor(document, lemma, ordinal, Where(str(path), line - 1, match.start(2) + 1))
    return Note(match[1], lemma, place, body.strip(), line - 1)


def lemma_and_ordinal(words: str) -> tuple[str, int | None]:
    """Return a lemma as an editor writes it, and which of its occurrences is meant ("words #2")."""
    lemma = words.strip().replace("...", "…")
    if numbered := _ORDINAL.search(lemma):
        return lemma[: numbered.start()], int(numbered[1])
    return lemma, None


def _essay(key: str, title: str, line: int, body: str, path: Path) -> Essay:
    if not body.strip():
        raise SourceError(
            f"the essay {title!r} says nothing",
            where=Where(str(path), line - 1),
            hint="Write it, or take it out.",
        )
    return Essay(key, title, body.strip(), line - 1)
