"""Rules about what students are given: its length, and that whatever it refers to is there."""

import re
from collections.abc import Iterator
from pathlib import Path

from publish.checks.prose import CLASSROOM, TEACHER, folder_of, place_of, prose
from publish.checks.rule import Found
from publish.classroom import Group
from publish.model import Edition
from publish.problems import Where, nearest
from publish.readability import count_words

LONGEST_GLOSS = 15  # words
LONGEST_HEAD_NOTE = 75
LONGEST_EXCERPT = 75
QUESTIONS_A_GROUP = 2

_NUMBER = r"\d+[a-z]*"
_CITED = re.compile(rf"¶+\s*({_NUMBER}(?:(?:, and |, | and | to |[–-]){_NUMBER})*)")


def in_classroom(edition: Edition, line: int) -> Where:
    """Return a line of classroom.toml."""
    return Where(str(folder_of(edition) / CLASSROOM), line, 1)


def long_gloss(edition: Edition) -> Iterator[Found]:
    """A gloss of the word bank has more than 15 words."""
    for gloss in edition.classroom.handout.glosses:
        if (count := count_words(gloss.meaning)) > LONGEST_GLOSS:
            yield (
                f"the gloss on {gloss.words!r} has {count} words, more than {LONGEST_GLOSS}",
                in_classroom(edition, gloss.line),
                "Say what the word means here, and nothing else.",
            )


def long_head_note(edition: Edition) -> Iterator[Found]:
    """The handout's head note has more than 75 words."""
    count = count_words(edition.classroom.handout.head_note)
    if count > LONGEST_HEAD_NOTE:
        yield (
            f"the handout’s head note has {count} words, more than {LONGEST_HEAD_NOTE}",
            place_of(edition, CLASSROOM, r"^head_note\b"),
            "Keep what a student must know before reading.",
        )


def long_excerpt(edition: Edition) -> Iterator[Found]:
    """An excerpt has more than 75 words."""
    for excerpt in edition.classroom.handout.excerpts:
        if (count := count_words(excerpt.text)) > LONGEST_EXCERPT:
            yield (
                f"the excerpt {excerpt.key!r} has {count} words, more than {LONGEST_EXCERPT}",
                in_classroom(edition, excerpt.line),
                "Leave out what no question asks about, and put … in its place.",
            )


def excerpt_without_work(edition: Edition) -> Iterator[Found]:
    """An excerpt names a work that is not in the bibliography."""
    known = sorted(work.key for work in edition.apparatus.works)
    for excerpt in edition.classroom.handout.excerpts:
        if excerpt.work not in known:
            yield (
                f"the excerpt {excerpt.key!r} is from {excerpt.work!r}, which is not in bibliography.toml",
                in_classroom(edition, excerpt.line),
                nearest(excerpt.work, known),
            )


def question_without_paragraph(edition: Edition) -> Iterator[Found]:
    """A question names no paragraph to which it belongs."""
    for question in edition.classroom.handout.questions:
        if not question.paragraphs:
            yield (
                f"the question {question.key!r} names no paragraph",
                in_classroom(edition, question.line),
                'Write paragraphs = ["p3"].',
            )


def no_such_paragraph(edition: Edition) -> Iterator[Found]:
    """Something for students or teacher refers to a paragraph that the document does not have."""
    known = [block.id for block in edition.document.blocks]
    for name, paragraphs, where in (*_named(edition), *_written(edition)):
        for each in paragraphs:
            if each not in known:
                yield (
                    f"{name} refers to {each!r}, which is no paragraph",
                    where,
                    nearest(each, known),
                )


def _named(edition: Edition) -> Iterator[tuple[str, tuple[str, ...], Where]]:
    handout, lesson = edition.classroom.handout, edition.classroom.lesson
    for question in handout.questions:
        where = in_classroom(edition, question.line)
        yield f"the question {question.key!r}", question.paragraphs, where
    for sentence in handout.adapted:
        yield "an adapted sentence", sentence.paragraphs, in_classroom(edition, sentence.line)
    for each in lesson.misconceptions:
        where = Where(str(folder_of(edition) / TEACHER), each.line, 1)
        yield "a misconception", each.paragraphs, where


def _written(edition: Edition) -> Iterator[tuple[str, tuple[str, ...], Where]]:
    """Yield what texts refer to with ¶."""
    for piece in prose(edition):
        if Path(piece.path).name in (CLASSROOM, TEACHER):
            for cited in _CITED.finditer(piece.text):
                numbers = tuple(f"p{number}" for number in re.findall(_NUMBER, cited[1]))
                yield piece.name, numbers, piece.where(cited.start())


def uneven_groups(edition: Edition) -> Iterator[Found]:
    """A group has other than two questions, or other than one of them on the compact sheet."""
    handout = edition.classroom.handout
    if not handout.questions:
        return
    groups = dict(handout.by_group())
    for group in Group:
        asked = groups.get(group, ())
        compact = sum(question.compact for question in asked)
        if (len(asked), compact) != (QUESTIONS_A_GROUP, 1):
            line = asked[0].line if asked else handout.questions[0].line
            yield (
                f"the group {group.value!r} has {len(asked)} of two questions, {compact} of one on the compact sheet",
                in_classroom(edition, line),
                "Ask two a group, and mark one with compact = true.",
            )


def excerpt_not_on_the_sheet(edition: Edition) -> Iterator[Found]:
    """A question of the compact sheet speaks of an excerpt that does not stand there, or has none of its own there."""
    handout = edition.classroom.handout
    for question in handout.compact().questions:
        own = [handout.excerpt(key) for key in question.excerpts]
        named = [each for each in handout.excerpts if f"Excerpt {each.letter}" in question.text]
        missing = [each.key for each in named if not each.compact]
        if own and not any(each.compact for each in own):
            missing += [each.key for each in own]
        for key in dict.fromkeys(missing):
            yield (
                f"the question {question.key!r} is on the compact sheet, and the excerpt {key!r} is not",
                in_classroom(edition, question.line),
                "Write compact = true at the excerpt, or at another question.",
            )
