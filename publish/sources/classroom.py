"""Reads classroom.toml: what students are given with the document. docs/classroom.md has the format.

In: the file and the document. Out: a Handout, whose word bank is anchored on words of the text. A folder
without the file has an empty one.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from string import ascii_uppercase

from publish.classroom import (
    AdaptedSentence,
    Excerpt,
    Frame,
    Gloss,
    Group,
    Handout,
    Prompt,
    Question,
)
from publish.model import Document
from publish.problems import SourceError, nearest
from publish.sources.apparatus import anchor, lemma_and_ordinal
from publish.sources.lines import optional_told, optional_words, told, word_list, words
from publish.sources.witnesses import web_address
from publish.tables import Table, read_toml

CLASSROOM = "classroom.toml"
MOST_LINES = 12  # to write an answer on: half a page

_GROUPS = tuple(group.value for group in Group)
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def read_handout(path: Path, document: Document) -> Handout:
    """Return what classroom.toml gives students; an empty Handout where there is no such file.

    Raises SourceError with the line for an unknown key, a blank text, a key that is given twice, an
    unknown group, an excerpt that a question names and nobody quotes, and a word of the word bank that is
    not in the text (c-007).
    """
    if not path.is_file():
        return Handout()
    top = read_toml(path, SourceError)
    excerpts = _excerpts(top.tables("excerpt"))
    handout = Handout(
        title=optional_told(top, "title", {}),
        course=optional_told(top, "course", {}),
        central_question=optional_told(top, "central_question", {}),
        head_note=optional_told(top, "head_note", {}),
        heading_label=optional_told(top, "heading_label", {}),
        excerpts_title=optional_words(top, "excerpts_title"),
        glosses=_glosses(top.tables("word"), document),
        excerpts=excerpts,
        questions=_questions(top.tables("question"), excerpts),
        claim=_prompt(top, "claim"),
        exit_ticket=_prompt(top, "exit_ticket"),
        adapted=tuple(_adapted(table) for table in top.tables("adapted")),
    )
    top.close()
    return handout


def _glosses(tables: Sequence[Table], document: Document) -> tuple[Gloss, ...]:
    """Return the word bank in the order of the text."""
    glosses = [_gloss(table, document) for table in tables]
    for index, (table, gloss) in enumerate(zip(tables, glosses, strict=True)):
        if gloss.words in [earlier.words for earlier in glosses[:index]]:
            hint = "Keep one of the two."
            raise table.fail(f"{gloss.words!r} is explained twice", "words", hint)
    return tuple(sorted(glosses, key=lambda gloss: gloss.anchor.span))


def _gloss(table: Table, document: Document) -> Gloss:
    lemma, ordinal = lemma_and_ordinal(words(table, "words"))
    try:
        place = anchor(document, lemma, ordinal or 1, table.where("words"))
    except SourceError as fault:
        fault.code = "c-007"
        raise
    gloss = Gloss(lemma, told(table, "meaning", {}), place, table.where().line)
    table.close()
    return gloss


def _excerpts(tables: Sequence[Table]) -> tuple[Excerpt, ...]:
    if len(tables) > len(ascii_uppercase):
        hint = "Questions call excerpts by letters. Keep the ones that are asked about."
        raise tables[-1].fail(f"there are {len(tables)} excerpts", "key", hint)
    keys = _keys(tables, "excerpts")
    return tuple(
        _excerpt(table, key, letter)
        for table, key, letter in zip(tables, keys, ascii_uppercase, strict=False)
    )


def _excerpt(table: Table, key: str, letter: str) -> Excerpt:
    excerpt = Excerpt(
        key=key,
        letter=letter,
        attribution=told(table, "attribution", {}),
        text=words(table, "text"),
        work=words(table, "work"),
        place=words(table, "place"),
        line=table.where().line,
        url=web_address(table, "url"),
        compact=table.flag("compact", default=False),
    )
    table.close()
    return excerpt


def _questions(tables: Sequence[Table], excerpts: Sequence[Excerpt]) -> tuple[Question, ...]:
    """Return the questions by group, numbered through; those of one group in the order of the file."""
    keys = _keys(tables, "questions")
    placed = [(_group(table), index) for index, table in enumerate(tables)]
    questions: list[Question] = []
    for number, (group, index) in enumerate(sorted(placed, key=_place_of_group), 1):
        table = tables[index]
        questions.append(
            Question(
                key=keys[index],
                number=number,
                group=group,
                text=told(table, "text", {}),
                paragraphs=word_list(table, "paragraphs"),
                line=table.where().line,
                excerpts=named_excerpts(table, excerpts),
                compact=table.flag("compact", default=False),
                answer_lines=_answer_lines(table, 3),
                columns=word_list(table, "columns"),
            )
        )
        table.close()
    return tuple(questions)


def _place_of_group(placed: tuple[Group, int]) -> tuple[int, int]:
    group, index = placed
    return list(Group).index(group), index


def _group(table: Table) -> Group:
    group = table.text("group")
    if group not in _GROUPS:
        raise table.fail(f"'group' cannot be {group!r}", "group", nearest(group, _GROUPS))
    return Group(group)


def named_excerpts(table: Table, excerpts: Sequence[Excerpt]) -> tuple[str, ...]:
    """Return the keys under `excerpts`. Raises SourceError for one that no excerpt has."""
    known = [excerpt.key for excerpt in excerpts]
    named = word_list(table, "excerpts")
    for key in named:
        if key not in known:
            raise table.fail(f"there is no excerpt {key!r}", "excerpts", nearest(key, known))
    return named


def _answer_lines(table: Table, default: int) -> int:
    return _checked_lines(table, table.integer("answer_lines", default))


def _checked_lines(table: Table, count: int) -> int:
    if not 0 < count <= MOST_LINES:
        hint = f"Write a number from 1 to {MOST_LINES}."
        raise table.fail(f"an answer cannot have {count} lines", "answer_lines", hint)
    return count


def _lines_of_frames(table: Table, frames: int) -> tuple[int, ...]:
    """Return the lines of each frame, or of the one space without frames: a number for all, or a list."""
    counts = table.integers("answer_lines", 2)
    spaces = max(1, frames)
    if len(counts) not in (1, spaces):
        hint = "Write one number for all frames, or one for each."
        found = f"{len(counts)} numbers of lines stand at {frames} frames"
        raise table.fail(found, "answer_lines", hint)
    checked = tuple(_checked_lines(table, count) for count in counts)
    return checked * spaces if len(checked) == 1 else checked


def _prompt(top: Table, key: str) -> Prompt | None:
    table = top.table(key)
    if key not in top:
        return None
    frames = word_list(table, "frames")
    counts = _lines_of_frames(table, len(frames))
    prompt = Prompt(
        text=told(table, "text", {}),
        line=table.where().line,
        frames=tuple(map(Frame, frames, counts)),
        answer_lines=counts[0],
        compact=optional_told(table, "compact", {}),
    )
    table.close()
    return prompt


def _adapted(table: Table) -> AdaptedSentence:
    sentence = AdaptedSentence(
        text=words(table, "text"),
        paragraphs=word_list(table, "from"),
        change=optional_words(table, "change"),
        line=table.where().line,
    )
    table.close()
    return sentence


def _keys(tables: Sequence[Table], what: str) -> tuple[str, ...]:
    """Return the key of each table. Raises SourceError for one that is malformed or given twice."""
    keys: list[str] = []
    for table in tables:
        key = table.text("key")
        if not _KEY.fullmatch(key):
            hint = "Write one such as two-voices."
            message = f"the key {key!r} is not made of lower-case letters, digits and hyphens"
            raise table.fail(message, "key", hint)
        if key in keys:
            hint = "Give the later one a key of its own."
            raise table.fail(f"two {what} have the key {key!r}", "key", hint)
        keys.append(key)
    return tuple(keys)
