"""Documents typed on forms, for tests: the sheets as a fixed-pitch editor shows them, and made-up telegrams."""

from dataclasses import replace
from functools import cache

from publish.departures import render
from publish.forms import load_form
from publish.model import Document, Scope, Source
from publish.printed_form import DatelineStands, Form, Habit, Letters, NumberStands
from publish.resources import layouts_directory
from publish.sources.transcription import read_document
from publish.typed_document import typed_document
from publish.typeset.typewriter import type_sheets
from tests.conftest import ROOT

EMBASSY = ROOT / "tests" / "seeds" / "synthetic-embassy-1961-05-06"
FORMS = layouts_directory() / "forms"
DATELINE = "Strelsau, May 6, 1961, 11 a.m."


@cache
def form(name: str) -> Form:
    return load_form(FORMS / f"{name}.toml")


def telegram(*blocks: str, dateline: str = DATELINE) -> Document:
    """Return a telegram of these blocks."""
    text = "\n\n".join(("## A telegram", dateline, *blocks)) + "\n"
    return read_document("t", Source("telegram.txt", "telegram.txt", "", text))


def with_habits(
    of: Form,
    *,
    letters: Letters = Letters.MIXED,
    number: NumberStands = NumberStands.FIELD,
    dateline: DatelineStands = DatelineStands.CAPTION,
) -> Form:
    """Return a form with other habits, of a machine that types every sign."""
    typing = replace(of.typing, letters=letters, number=number, dateline=dateline, signs=None)
    if dateline is DatelineStands.TEXT:
        typing = replace(typing, dateline_habit=Habit(0, 0, 0))
    return replace(of, typing=typing)


def as_typed(document: Document, on: Form) -> str:
    """Return what is typed on each sheet, fields too: a line a row, a column a cell."""
    typed = typed_document(document, on)
    text = render(typed, Scope.FACSIMILE)
    sheets = type_sheets(typed, on.typing)
    shown: list[str] = []
    for number, sheet in enumerate(sheets, 1):
        rows = {line.row: " " * (on.typing.left - 1) + str(line.line) for line in sheet}
        for field in on.fields:
            if field.sheets.include(number, len(sheets)):
                for part in field.filled(number, text.moved, text.moved_spoken):
                    before = rows.get(field.row, "").ljust(part.column - 1)
                    assert len(before) == part.column - 1, f"{part.text!r} stands on other words"
                    rows[field.row] = before + part.text
        shown.append(f"sheet {number} of {len(sheets)}")
        shown += [f"row {row:2} |{line.rstrip()}" for row, line in sorted(rows.items())]
    return "\n".join(shown) + "\n"
