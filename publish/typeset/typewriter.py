"""The typed line: where lines end, in which cells their characters stand, which sheet takes them.

In: a document as it is typed, and how a form is typed on. Out: sheets of lines, each character in a
cell. Nothing is drawn here.

Typed text is exact. The characters of all pieces of a block, in their order, are the passage's
text: the spaces at which a line ends stay at its end, beyond the measure if need be. A table is the
one exception: taken cell by cell, the tab between two cells and the line feed between two rows are
each typed as one space, and what else stands between columns is empty cells, not spaces.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Final

from publish.departures import Passage, render
from publish.model import BlockKind, Document, Scope, Span
from publish.printed_form import Habit, Typing
from publish.problems import RenderingError, where_in

# A word and the spaces after it. Only the plain space ends a line.
_WORD: Final = re.compile(r"([^ ]*)( *)")

# Two hyphens typed for a dash end a line when a letter or figure of the same word follows: a closing
# quotation mark stays with the dash before it. No word is divided: none is in the Department's
# telegrams of 1961 to 1963.
_AFTER_DASH: Final = re.compile(r"(?<=--)(?!-)(?=[^ ]*?[^\W_])")


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters typed in neighbouring cells; `column` 0 is the left side of the text.

    `cell` is row and column of a table, counted from 0. `spoken` is what is heard in place of the
    whole element that the characters are content of (a paragraph, a label, a cell); empty: what is
    typed.
    """

    column: int
    text: str
    label: bool = False
    cell: tuple[int, int] | None = None
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line of a block; `kind` is None for the dateline, which is none.

    A bound line stands on one sheet with the line that follows it.
    """

    block: str
    kind: BlockKind | None
    pieces: tuple[Piece, ...]
    rows_before: int = 0
    bound: bool = False

    def __str__(self) -> str:
        """Return the line as a fixed-pitch editor would show it."""
        shown = ""
        for piece in self.pieces:
            shown = shown.ljust(piece.column) + piece.text
        return shown.rstrip()


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line and the row of the sheet it stands on, counted from 1."""

    row: int
    line: TypedLine


TypedSheet = tuple[PlacedLine, ...]


def break_lines(text: str, measure: int, first: int = 0, rest: int = 0) -> tuple[str, ...]:
    """Break `text` into lines that end at most in column `measure`, trailing spaces apart.

    The first line begins after `first` columns, the others after `rest`. Joined, the lines are the
    text. Raises RenderingError, naming it, for a word that is longer than a line.
    """
    lines: list[str] = []
    line, room = "", measure - first
    for word, spaces in _words(text):
        if line and len(line) + len(word) > room:
            lines.append(line)
            line, room = "", measure - rest
        if len(word) > room:
            raise RenderingError(
                f"the word {word!r} has {len(word)} characters, a typed line here has {room}",
                hint="Choose a form with a longer line; the press never divides a word.",
            )
        line += word + spaces
    return (*lines, line) if line else tuple(lines)


def _words(text: str) -> Iterator[tuple[str, str]]:
    for match in _WORD.finditer(text):
        *beginnings, end = _AFTER_DASH.split(match[1])
        for beginning in beginnings:
            yield beginning, ""
        if end or match[2]:
            yield end, match[2]


def type_sheets(document: Document, typing: Typing) -> tuple[TypedSheet, ...]:
    """Type a document, the form's habits among its departures, on as many sheets as it needs.

    The dateline comes first where it is typed. Raises RenderingError for a word, a table column or
    an indent that the line cannot hold.
    """
    text = render(document, Scope.FACSIMILE)

    def named(
        what: str, span: Span, typed: Callable[[], tuple[TypedLine, ...]]
    ) -> tuple[TypedLine, ...]:
        """Return what was typed; an error says of what, and where that stands."""
        try:
            return typed()
        except RenderingError as problem:
            source = document.source
            where = where_in(source.path, source.text, span.start)
            message = f"{what}: {problem.message}"
            raise RenderingError(message, where=where, hint=problem.hint) from None

    lines = [
        *named("the dateline", document.dateline, partial(type_dateline, text.dateline, typing))
    ]
    for block, passage in zip(document.blocks, text.blocks, strict=True):
        typed = partial(type_block, passage, block.kind, typing)
        lines += named(f"block {block.id}", block.span, typed)
    return fill_sheets(bind_signatures(lines, typing.carried_with_signature), typing)


def type_dateline(passage: Passage, typing: Typing) -> tuple[TypedLine, ...]:
    """Return the lines of the dateline; none where the form does not type it."""
    if typing.dateline_habit is None:
        return ()
    lines = _running_lines(passage, None, typing.dateline_habit, typing.measure)
    return _with_rows_before(lines, typing.dateline_habit)


def type_block(passage: Passage, kind: BlockKind, typing: Typing) -> tuple[TypedLine, ...]:
    """Return the lines of one block; none when it prints nothing."""
    habit = typing.habits[kind]
    if kind is BlockKind.TABLE:
        return _with_rows_before(_table_lines(passage, habit, typing), habit)
    return _with_rows_before(_running_lines(passage, kind, habit, typing.measure), habit)


def _with_rows_before(lines: Iterable[TypedLine], habit: Habit) -> tuple[TypedLine, ...]:
    return tuple(
        line if number else replace(line, rows_before=habit.rows_before)
        for number, line in enumerate(lines)
    )


def _running_lines(
    passage: Passage, kind: BlockKind | None, habit: Habit, measure: int
) -> Iterator[TypedLine]:
    label = _label_cells(passage)
    spoken_label = _heard(passage.text[:label], passage.spoken[:label])
    spoken = _heard(passage.text[label:], passage.spoken[label:])
    for number, text in enumerate(break_lines(passage.text, measure, habit.first, habit.rest)):
        if number:
            pieces: tuple[Piece, ...] = (Piece(habit.rest, text, spoken=spoken),)
        else:
            pieces = tuple(
                piece
                for piece in (
                    Piece(habit.first, text[:label], label=True, spoken=spoken_label),
                    Piece(habit.first + label, text[label:], spoken=spoken),
                )
                if piece.text
            )
        yield TypedLine(passage.id, kind, pieces, bound=kind is BlockKind.SECTION)


def _heard(typed: str, spoken: str) -> str:
    """Return what is heard in place of typed characters, with single spaces; nothing: as they are.

    Two spaces in a row alone are no reason: each such pause has its own spoken form.
    """
    return "" if typed == spoken else re.sub(" {2,}", " ", spoken)


def _label_cells(passage: Passage) -> int:
    """Return how many characters an item's label takes, the spaces after it included."""
    if not passage.label_length:
        return 0
    after = passage.text[passage.label_length :]
    return passage.label_length + len(after) - len(after.lstrip(" "))


def _table_lines(passage: Passage, habit: Habit, typing: Typing) -> Iterator[TypedLine]:
    rows = [row.split("\t") for row in passage.text.split("\n")]
    spoken = [row.split("\t") for row in passage.spoken.split("\n")]
    widths = _column_widths(rows, typing.measure - habit.first, typing.table_gap)
    starts = [
        habit.first + sum(widths[:column]) + column * typing.table_gap
        for column in range(len(widths))
    ]
    for row_number, row in enumerate(rows):
        pieces: list[tuple[int, Piece]] = []  # the line within the row, and what stands on it
        for column, cell in enumerate(row):
            *beginnings, end = break_lines(cell, widths[column]) or ("",)
            last = row_number == len(rows) - 1 and column == len(row) - 1
            after = "" if last else " "
            heard = _heard(cell + after, spoken[row_number][column] + after)
            pieces += [
                (line, Piece(starts[column], text, cell=(row_number, column), spoken=heard))
                for line, text in enumerate((*beginnings, end + after))
                if text
            ]
        pieces.sort(key=lambda entry: entry[0])
        lines = [tuple(piece for _, piece in group) for _, group in groupby(pieces, lambda p: p[0])]
        for number, line in enumerate(lines):
            bound = row_number == 0 or number < len(lines) - 1
            yield TypedLine(passage.id, BlockKind.TABLE, line, bound=bound)


def _column_widths(rows: Sequence[Sequence[str]], room: int, gap: int) -> list[int]:
    """Return the width of each column: its longest cell, the widest narrowed until all fit."""
    columns = [[row[number] for row in rows] for number in range(len(rows[0]))]
    widths = [max(map(len, column)) for column in columns]
    least = [
        max(len(word) for cell in column for word, _ in _words(cell + " ")) for column in columns
    ]
    room -= gap * (len(widths) - 1)
    while sum(widths) > room:
        narrowable = [n for n in range(len(widths)) if widths[n] > least[n]]
        if not narrowable:
            raise RenderingError(
                f"the table needs {sum(widths)} columns beside its gaps, a line has {room}",
                hint="Choose a form with a longer line, or divide the table in the transcription.",
            )
        widths[max(narrowable, key=lambda n: widths[n])] -= 1
    return widths


def bind_signatures(lines: Sequence[TypedLine], carried: int) -> tuple[TypedLine, ...]:
    """Bind the lines of a signature, and the `carried` lines before it: it never stands alone."""
    bound = {
        before
        for number, line in enumerate(lines)
        if line.kind is BlockKind.SIGNATURE
        for before in range(max(0, number - carried), number)
    }
    return tuple(
        replace(line, bound=True) if number in bound else line for number, line in enumerate(lines)
    )


def fill_sheets(lines: Iterable[TypedLine], typing: Typing) -> tuple[TypedSheet, ...]:
    """Lay lines on sheets, row after row; at least one sheet.

    A sheet ends where its rows end, or before the lines that are bound to what follows. Lines that
    are bound all the way back to the sheet's first are parted all the same.
    """
    left = tuple(lines)
    sheets: list[TypedSheet] = []
    while left:
        sheet = _one_sheet(left, typing, len(sheets) + 1)
        taken = len(sheet)
        while taken < len(left) and taken and left[taken - 1].bound:
            taken -= 1
        taken = taken or len(sheet)
        sheets.append(sheet[:taken])
        left = left[taken:]
    return tuple(sheets) or ((),)


def _one_sheet(lines: Sequence[TypedLine], typing: Typing, number: int) -> TypedSheet:
    area = typing.area(number)
    placed: list[PlacedLine] = []
    row = area.first_row
    for line in lines:
        if placed:
            row += typing.line_step + line.rows_before
        if row > area.last_row:
            break
        placed.append(PlacedLine(row, line))
    return tuple(placed)
