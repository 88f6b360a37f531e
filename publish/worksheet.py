"""A sheet of questions with fields to be filled in. In: words of a language in TOML. Out: a Worksheet."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from publish.problems import LayoutError
from publish.tables import Table, read_toml

CHOICE: Final = "choice"  # some of several answers, each with a box to be checked
LINE: Final = "line"
BOX: Final = "box"  # some lines to write on
KINDS: Final = (CHOICE, LINE, BOX)
_NAME: Final = re.compile(r"[a-z]+(?:-[a-z]+)*")


@dataclass(frozen=True, slots=True)
class Question:
    """A question. `id` names its fields, the same in every language; `choices` are of a CHOICE."""

    id: str
    kind: str
    ask: str
    choices: tuple[str, ...] = ()
    other: str = ""  # the last choice, which has a line of its own
    other_ask: str = ""  # what is told of that line
    lines: int = 1  # of a BOX
    wide: bool = True  # else it shares its row with the next


@dataclass(frozen=True, slots=True)
class Step:
    """Questions under one heading; `hint` says in a few words what is to be done."""

    heading: str
    hint: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """All words of a sheet in one language (BCP 47)."""

    language: str
    title: str
    heads: tuple[Question, ...]  # name, date …, above the first step
    opening: str
    steps: tuple[Step, ...]
    imprint: str

    def questions(self) -> tuple[Question, ...]:
        """Return every question in the order of the sheet."""
        return (*self.heads, *(question for step in self.steps for question in step.questions))


def load_worksheet(path: Path) -> Worksheet:
    """Return the words of a sheet. Raises LayoutError with file and line where something is wrong."""
    top = read_toml(path, LayoutError)
    sheet = Worksheet(
        language=top.text("language"),
        title=top.text("title"),
        opening=top.text("opening"),
        heads=tuple(_question(entry) for entry in top.tables("head")),
        steps=tuple(_step(entry) for entry in top.tables("step")),
        imprint=top.text("imprint"),
    )
    top.close()
    names = [question.id for question in sheet.questions()]
    for name in names:
        if names.count(name) > 1:
            raise top.fail(f"two questions are called {name!r}", "id", "Give each its own id.")
    if not sheet.steps:
        raise top.fail("a worksheet has steps", "step", "Add [[step]] heading = …")
    return sheet


def _step(table: Table) -> Step:
    step = Step(
        table.text("heading"),
        table.text("hint"),
        tuple(_question(entry) for entry in table.tables("question")),
    )
    table.close()
    return step


def _question(table: Table) -> Question:
    question = Question(
        id=table.text("id"),
        kind=table.text("kind"),
        ask=table.text("ask"),
        choices=table.texts("choices", ()),
        other=table.text("other", ""),
        other_ask=table.text("other_ask", ""),
        lines=table.integer("lines", 1),
        wide=table.flag("wide", default=True),
    )
    table.close()
    if not _NAME.fullmatch(question.id):
        raise table.fail(f"{question.id!r} is not made of lower-case letters and hyphens", "id")
    if question.kind not in KINDS:
        raise table.fail(
            f"there is no kind of question {question.kind!r}", "kind", f"Known: {', '.join(KINDS)}."
        )
    if (question.kind == CHOICE) != bool(question.choices):
        raise table.fail(f"a {question.kind} has {len(question.choices)} choices", "choices")
    if bool(question.other) != bool(question.other_ask):
        raise table.fail("'other' and 'other_ask' go together", "other")
    if question.lines < 1:
        raise table.fail("a box has one line or more", "lines")
    return question
