"""Reads commentary.md: the head note, and notes that are anchored on words of the document.

    # Head note
    …
    # Commentary
    ## other-armaments: other armaments
    …

A lemma is quoted from the text. ` #2` after it picks its second occurrence; ` … ` in it stands for the
words between its first and its last. Straight and curly quotation marks are the same in a lemma.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path

from publish.departures import Passage, render
from publish.markdown import check, check_citations, opens_with_words
from publish.model import Anchor, Document, Note, Scope, Span, Work
from publish.problems import SourceError, Where, nearest, where_in
from publish.sources.decoding import CONTROL

_KEY = re.compile(r"## +([a-z0-9]+(?:-[a-z0-9]+)*): +(.+)")
_ORDINAL = re.compile(r" +#(\d+)$")
_SECTIONS = ("Head note", "Commentary")
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


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
            hint=f"Nearest: {_nearest_words(blocks, lemma)!r}.",
        )
    if ordinal is None and len(found) > 1:
        raise SourceError(
            f"the words {lemma!r} stand {len(found)} times in the text",
            where=where,
            hint=f"Say which: write {lemma} #1 … #{len(found)}.",
        )
    if ordinal is not None and not 1 <= ordinal <= len(found):
        raise SourceError(
            f"there is no occurrence #{ordinal} of {lemma!r}; it stands {len(found)} time(s)",
            where=where,
            hint=f"Write {lemma} #1{f' … #{len(found)}' if len(found) > 1 else ', or leave the number out'}.",
        )
    return found[(ordinal or 1) - 1]


def _nearest_words(blocks: Sequence[_Searchable], lemma: str) -> str:
    count = len(lemma.split())
    best, score = "", 0.0
    for block in blocks:
        words = block.text.split()
        for index in range(max(1, len(words) - count + 1)):
            window = " ".join(words[index : index + count])
            ratio = SequenceMatcher(None, window.lower(), _plain(lemma).lower()).ratio()
            if ratio > score:
                best, score = window, ratio
    return best


def read_commentary(
    path: Path, document: Document, works: Iterable[Work]
) -> tuple[str, tuple[Note, ...]]:
    """Return the head note and the notes, in the order in which their lemmas end in the text.

    A folder without commentary.md has neither. Raises SourceError with file and line.
    """
    if not path.is_file():
        return "", ()
    text = _decoded(path)
    by_key = {work.key: work for work in works}
    head_note = ""
    notes: list[Note] = []
    for section, line, body in _sections(text, path):
        _check(body, path, line, by_key)
        if section == "Head note":
            if head_note:
                raise SourceError(
                    "there are two head notes", where=Where(str(path), line - 1), hint="Join them."
                )
            head_note = body
        elif section == "Commentary" and body.strip():
            raise SourceError(
                "words stand between # Commentary and its first note",
                where=Where(str(path), line),
                hint="Put them into the head note, or begin a note: ## key: words of the text",
            )
        elif section.startswith("## "):
            notes.append(_note(section, line, body, document, path))
    keys = [note.key for note in notes]
    for index, note in enumerate(notes):
        if note.key in keys[:index]:
            raise SourceError(
                f"two notes have the key {note.key!r}",
                where=Where(str(path), note.line),
                hint="Give the later one a key of its own.",
            )
    return head_note, tuple(
        sorted(notes, key=lambda note: (note.anchor.span.end, note.anchor.span.start))
    )


def _decoded(path: Path) -> str:
    """Return the text of commentary.md. An editor's byte-order mark is no part of it."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise SourceError(
            f"byte {problem.start} is not UTF-8", where=Where(str(path)), hint="Save it as UTF-8."
        ) from None
    except OSError as problem:
        raise SourceError(f"cannot be read: {problem.strerror}", where=Where(str(path))) from None
    if control := CONTROL.search(text):
        raise SourceError(
            f"the control character U+{ord(control[0]):04X} stands in the text",
            where=where_in(str(path), text, control.start()),
            hint="Take it out.",
        )
    return text


def _check(body: str, path: Path, line: int, works: dict[str, Work]) -> None:
    check(body, str(path), line, path.parent)
    check_citations(body, works, str(path), line)


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
        if line.startswith("# ") and heading not in _SECTIONS:
            raise SourceError(
                f"there is no section {heading!r}",
                where=Where(str(path), number),
                hint=nearest(heading, _SECTIONS),
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
    lemma, ordinal = match[2].strip().replace("...", "…"), None
    if numbered := _ORDINAL.search(lemma):
        lemma, ordinal = lemma[: numbered.start()], int(numbered[1])
    return Note(match[1], lemma, anchor(document, lemma, ordinal, where), body.strip(), line - 1)
