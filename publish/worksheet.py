"""The worksheet for any document: its words in several languages, from layouts/worksheet/words.<language>.toml.

In: the folder layouts/. Out: a Worksheet for each language; all have the same steps and fields.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from publish.problems import LayoutError, Where
from publish.tables import Table, read_toml

MOST_LINES = 8  # of a field; the worksheet stays on one page

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class WorksheetField:
    """A space to write in, or boxes to mark. `tip` is what a screen reader says of it."""

    id: str
    label: str
    tip: str
    choices: tuple[str, ...] = ()  # none: it is written in
    lines: int = 0  # none: it is marked


@dataclass(frozen=True, slots=True)
class WorksheetStep:
    """One of the steps: a heading, and its fields."""

    id: str
    title: str
    fields: tuple[WorksheetField, ...]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """The worksheet in one language (BCP 47)."""

    language: str
    title: str
    instruction: str
    name: str
    date: str
    period: str
    steps: tuple[WorksheetStep, ...]

    @property
    def shape(self) -> tuple[tuple[str, tuple[tuple[str, int, int], ...]], ...]:
        """Return what all languages have in common: steps, fields, choices, lines."""
        return tuple(
            (step.id, tuple((each.id, len(each.choices), each.lines) for each in step.fields))
            for step in self.steps
        )


def load_worksheets(layouts: Path) -> dict[str, Worksheet]:
    """Return the worksheets by language.

    Raises LayoutError with file and line for an unknown key, a field that can neither be written in nor be
    marked, and languages that differ in steps, fields or their size.
    """
    sheets: dict[str, Worksheet] = {}
    for path in sorted((layouts / "worksheet").glob("words.*.toml")):
        sheet = _worksheet(path)
        sheets[sheet.language] = sheet
        first = next(iter(sheets.values()))
        if sheet.shape != first.shape:
            raise LayoutError(
                f"the worksheet in {sheet.language!r} has not the steps and fields of that in {first.language!r}",
                where=Where(str(path)),
                hint="Give both the same ids in the same order, with as many choices and lines.",
            )
    return sheets


def _worksheet(path: Path) -> Worksheet:
    top = read_toml(path, LayoutError)
    language = top.text("language")
    if path.name != f"words.{language}.toml":
        raise top.fail(f"{path.name} says that its language is {language!r}", "language")
    sheet = Worksheet(
        language, top.text("title"), top.text("instruction"), top.text("name"), top.text("date"),
        top.text("period"), tuple(_step(table) for table in top.tables("step")),
    )  # fmt: skip
    top.close()
    ids = [each.id for step in sheet.steps for each in step.fields]
    if twice := next((each for each in ids if ids.count(each) > 1), ""):
        raise top.fail(
            f"two fields have the id {twice!r}", "step", "Each field of a form has its own."
        )
    return sheet


def _step(table: Table) -> WorksheetStep:
    fields = tuple(_field(entry) for entry in table.tables("field"))
    step = WorksheetStep(table.text("id"), table.text("title"), fields)
    table.close()
    return step


def _field(table: Table) -> WorksheetField:
    field = WorksheetField(
        table.text("id"), table.text("label"), table.text("tip"), table.texts("choices", ()),
        table.integer("lines", 0),
    )  # fmt: skip
    table.close()
    if not _ID.fullmatch(field.id):
        raise table.fail(
            f"{field.id!r} is not made of lower-case letters, digits and hyphens", "id"
        )
    if not field.tip.strip():
        raise table.fail(f"the field {field.id!r} has no tip", "tip", "Say what is wanted in it.")
    if bool(field.choices) == bool(field.lines) or not 0 <= field.lines <= MOST_LINES:
        raise table.fail(
            f"the field {field.id!r} must have either choices or 1 to {MOST_LINES} lines", "lines"
        )
    return field
