"""Reads teacher.toml: the lesson, its key, and all that the teacher alone has. docs/classroom.md has the format.

In: the file, the document, and the handout that it belongs to. Out: a Lesson, whose answers are anchored on
words of the text. A folder without the file has an empty one.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from publish.classroom import (
    CLAIM,
    EXIT_TICKET,
    Answer,
    ContextEvent,
    Criterion,
    Handout,
    Lesson,
    Misconception,
    Step,
    Support,
)
from publish.model import Anchor, Document, Work
from publish.problems import SourceError, nearest
from publish.sources.apparatus import anchor, lemma_and_ordinal
from publish.sources.classroom import named_excerpts
from publish.sources.lines import optional_told, told, told_list, word_list, words
from publish.tables import Table, read_toml

TEACHER = "teacher.toml"
LEVELS = 3  # of a rubric

Works = Mapping[str, Work]


def read_lesson(path: Path, document: Document, handout: Handout, works: Works) -> Lesson:
    """Return what teacher.toml gives the teacher; an empty Lesson where there is no such file.

    Raises SourceError with the line for an unknown key, a blank text, an answer to a question that nobody
    asks, words of an answer that are not in the text or stand there more than once (c-008), a step without
    minutes, and a rubric that has not three levels.
    """
    if not path.is_file():
        return Lesson()
    top = read_toml(path, SourceError)
    levels = _levels(top.table("rubric"))
    lesson = Lesson(
        period=top.integer("period", 0),
        summary=optional_told(top, "summary", works),
        context_note=optional_told(top, "context_note", works),
        objectives=told_list(top, "objectives", works),
        materials=told_list(top, "materials", works),
        steps=tuple(_step(table, works) for table in top.tables("step")),
        answers=_answers(top.tables("answer"), document, handout, works),
        misconceptions=tuple(
            _misconception(table, handout, works) for table in top.tables("misconception")
        ),
        starters=told_list(top, "starters", {}),
        levels=levels,
        rubric=tuple(_criterion(table, levels) for table in top.tables("criterion")),
        context=tuple(_context(table, works) for table in top.tables("context")),
        standards=word_list(top, "standards"),
        supports=tuple(_support(table, works) for table in top.tables("support")),
        standards_line=top.where("standards").line,
    )
    top.close()
    return lesson


def _step(table: Table, works: Works) -> Step:
    step = Step(
        words(table, "title"), table.integer("minutes"), told(table, "told", works), table.where().line
    )  # fmt: skip
    if step.minutes <= 0:
        raise table.fail(f"a step cannot take {step.minutes} minutes", "minutes", "Write how many.")
    table.close()
    return step


def _answers(
    tables: Sequence[Table], document: Document, handout: Handout, works: Works
) -> tuple[Answer, ...]:
    """Return the answers in the order in which they are asked for."""
    asked = [question.key for question in handout.questions]
    asked += [CLAIM] if handout.claim else []
    asked += [EXIT_TICKET] if handout.exit_ticket else []
    answers: dict[str, Answer] = {}
    for table in tables:
        key = words(table, "question")
        if key not in asked:
            message = f"no question has the key {key!r}"
            raise table.fail(message, "question", nearest(key, asked))
        if key in answers:
            hint = "Put all of it into one entry."
            raise table.fail(f"the question {key!r} has two answers", "question", hint)
        answers[key] = Answer(
            question=key,
            text=told(table, "text", works),
            anchors=tuple(_anchor(table, each, document) for each in word_list(table, "places")),
            line=table.where().line,
            look_for=told_list(table, "look_for", works),
        )
        table.close()
    return tuple(answers[key] for key in asked if key in answers)


def _anchor(table: Table, written: str, document: Document) -> Anchor:
    lemma, ordinal = lemma_and_ordinal(written)
    try:
        return anchor(document, lemma, ordinal, table.where("places"))
    except SourceError as fault:
        fault.code = "c-008"
        raise


def _misconception(table: Table, handout: Handout, works: Works) -> Misconception:
    misconception = Misconception(
        thought=told(table, "thought", {}),
        correction=told(table, "correction", works),
        line=table.where().line,
        paragraphs=word_list(table, "paragraphs"),
        excerpts=named_excerpts(table, handout.excerpts),
    )
    table.close()
    return misconception


def _levels(table: Table) -> tuple[str, ...]:
    levels = word_list(table, "levels")
    table.close()
    if levels and len(levels) != LEVELS:
        hint = "The highest first."
        raise table.fail(f"a rubric has {LEVELS} levels, not {len(levels)}", "levels", hint)
    return levels


def _criterion(table: Table, levels: Sequence[str]) -> Criterion:
    criterion = Criterion(
        words(table, "name"), told_list(table, "levels", {}), table.where().line
    )  # fmt: skip
    if len(criterion.levels) != len(levels):
        raise table.fail(
            f"{criterion.name!r} tells {len(criterion.levels)} levels, and the rubric has {len(levels)}",
            "levels",
            'Name the levels under [rubric] levels = ["…", "…", "…"], and tell as many here.',
        )
    table.close()
    return criterion


def _context(table: Table, works: Works) -> ContextEvent:
    event = ContextEvent(words(table, "when"), told(table, "told", works), table.where().line)
    table.close()
    return event


def _support(table: Table, works: Works) -> Support:
    support = Support(words(table, "who"), told(table, "told", works), table.where().line)
    table.close()
    return support
