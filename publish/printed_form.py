"""A printed form that is typed on: its grid, its words, its fields, its lines, its machine's habits.

Places on a sheet are rows and columns of typed cells, counted from 1 at the upper left; words and
rules may stand at fractions of them. publish/forms.py reads forms from layouts/forms/.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from publish.departures import TypedSpacing
from publish.model import BlockKind
from publish.units import POINTS_PER_INCH, Points

Colour = tuple[float, float, float]  # red, green, blue in sRGB, each 0 to 1

SHEET: Final = "sheet"  # the word of a field that asks for the sheet's own number
_ASKED: Final = re.compile(r"\{([^{}]*)\}")


class Sheets(StrEnum):
    """The sheets of a telegram on which something is printed."""

    FIRST = "first"
    CONTINUATION = "continuation"
    EVERY = "every"
    LAST = "last"

    def include(self, sheet: int, of: int = 0) -> bool:
        """Say whether sheet number `sheet` of so many, counted from 1, is one of them."""
        if self is Sheets.LAST:
            return sheet == of
        return self is Sheets.EVERY or (self is Sheets.FIRST) == (sheet == 1)


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of the typewriter. `baseline` lies that many points below the top of a row."""

    columns_per_inch: float
    rows_per_inch: float
    baseline: Points

    @property
    def cell_width(self) -> Points:
        """Return the width of one typed character."""
        return POINTS_PER_INCH / self.columns_per_inch

    @property
    def row_height(self) -> Points:
        """Return the height of one row."""
        return POINTS_PER_INCH / self.rows_per_inch


@dataclass(frozen=True, slots=True)
class Style:
    """How printed words look: face, size and spacing in points, colour."""

    face: str
    weight: int
    slant: str
    size: Points
    tracking: Points
    colour: Colour


@dataclass(frozen=True, slots=True)
class Words:
    """Words printed at one place; `align` says which end of them stands at `column`."""

    text: str
    column: float
    row: float
    style: Style
    align: str


@dataclass(frozen=True, slots=True)
class Printed:
    """Words of the form that belong together and are read aloud as one.

    `spoken` has the same letters in the case and with the points in which they are read aloud: a
    screen reader may spell what is printed in capitals. Empty: as they are printed.
    `called` is what the editors call words that a reader could take for the telegram's own, where they say
    that they are not; `answered_by` the field whose value says how it was with this telegram.
    """

    id: str
    sheets: Sheets
    words: tuple[Words, ...]
    spoken: str = ""
    called: str = ""
    answered_by: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """Characters typed into a field from `column` on.

    `word` says which word of the field they answer ("number"); it is empty for signs of the form's.
    `spoken` is the same in the case in which it is heard.
    """

    column: int
    text: str
    word: str
    spoken: str


@dataclass(frozen=True, slots=True)
class SuppliedPlace:
    """Where (column, row) the editors print what they supply: on the first sheet, on a later one.

    A field that a later sheet cannot have has no place there.
    """

    style: Style
    first: tuple[float, float] | None
    continuation: tuple[float, float] | None
    room: float  # columns
    stamp: Style | None = None  # for what would have been stamped

    def on(self, sheet: int) -> tuple[float, float] | None:
        """Return the place on sheet number `sheet`, counted from 1."""
        return self.first if sheet == 1 else self.continuation


@dataclass(frozen=True, slots=True)
class Field:
    """A place to be filled in, with its printed label.

    `filled_by` is a word ("number", "place", "date", "sheet"), or words in braces among signs that are
    typed with them ("{number}, {date}"), or nothing: then the field stays blank. A value begins at
    `column`, or ends there where `align` is "right"; it has `room` for so many characters (0: as many
    as there are to the sheet's edge).
    """

    id: str
    sheets: Sheets
    spoken: str
    words: tuple[Words, ...]
    filled_by: str
    column: int
    row: int
    align: str
    room: int
    supplied_at: SuppliedPlace | None = None

    @property
    def asked(self) -> tuple[str, ...]:
        """Return the words that the field asks for, in their order."""
        return tuple(word for word, _ in self._divided()[1])

    @property
    def signs(self) -> str:
        """Return the signs of the form's own that are typed with the words."""
        opening, asked = self._divided()
        return opening + "".join(after for _, after in asked)

    def filled(
        self, sheet: int, moved: Mapping[str, str], spoken: Mapping[str, str]
    ) -> tuple[Filled, ...]:
        """Return what is typed on sheet number `sheet`: `moved` are the words for fields, by name.

        A word that is not given takes the signs after it along, or those before it where no other
        word follows. Nothing is typed where none is given. `spoken` are the same words as they are
        heard.
        """
        column = self.column
        if self.align == "right":
            column -= len(self.value(sheet, moved)) - 1
        parts: list[Filled] = []
        for text, word in self._typed({**moved, SHEET: str(sheet)}):
            parts.append(Filled(column, text, word, spoken.get(word, text)))
            column += len(text)
        return tuple(parts)

    def value(self, sheet: int, moved: Mapping[str, str]) -> str:
        """Return the same as one line of characters."""
        return "".join(text for text, _ in self._typed({**moved, SHEET: str(sheet)}))

    def _typed(self, given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Yield what is typed: words with their names, and the signs around them with none."""
        opening, asked = self._divided()
        present = [(given[word], word, after) for word, after in asked if given.get(word)]
        if not present:
            return
        if opening:
            yield opening, ""
        for text, word, after in present:
            yield text, word
            goes_on = word != present[-1][1] or word == asked[-1][0]
            if after and goes_on:
                yield after, ""

    def _divided(self) -> tuple[str, list[tuple[str, str]]]:
        """Return the signs before the first word, and each word with the signs after it."""
        if not _ASKED.search(self.filled_by):
            return "", [(self.filled_by, "")] if self.filled_by else []
        opening, *rest = _ASKED.split(self.filled_by)
        return opening, list(zip(rest[::2], rest[1::2], strict=True))


@dataclass(frozen=True, slots=True)
class Rule:
    """A printed line between two (column, row) places; `line` is its thickness."""

    sheets: Sheets
    start: tuple[float, float]
    end: tuple[float, float]
    line: Points
    colour: Colour


@dataclass(frozen=True, slots=True)
class Box:
    """A printed box to be ticked; its lower left corner stands at (column, row)."""

    sheets: Sheets
    column: float
    row: float
    width: Points
    height: Points
    line: Points
    colour: Colour


@dataclass(frozen=True, slots=True)
class TextArea:
    """The first and the last row that text may be typed on."""

    first_row: int
    last_row: int


@dataclass(frozen=True, slots=True)
class Habit:
    """How a kind of block is typed: columns before its first and other lines, rows before it."""

    first: int
    rest: int
    rows_before: int


class Letters(StrEnum):
    """The letters that a form's machine has, or that its typists use."""

    MIXED = "mixed"
    CAPITALS = "capitals"


class NumberStands(StrEnum):
    """Where the sheet bears the number that opens the transcription's text."""

    FIELD = "field"
    TEXT = "text"


class DatelineStands(StrEnum):
    """Where the dateline stands: in the editors' caption only, over the text, or parted among fields."""

    CAPTION = "caption"
    TEXT = "text"
    FIELDS = "fields"


@dataclass(frozen=True, slots=True)
class Signs:
    """What a machine can type, the space apart, and the forms whose machines have more."""

    typed: str
    other_forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Typing:
    """How the form is typed on.

    `faces`: families, each struck where those before it lack the character. `left` is the column in
    which lines begin, `measure` their length in columns, `line_step` the rows from line to line.
    `dateline_habit` is there where the dateline is typed; without `signs` all is typed that the
    faces have.
    """

    faces: tuple[str, ...]
    size: Points
    machine: str
    letters: Letters
    number: NumberStands
    dateline: DatelineStands
    left: int
    measure: int
    line_step: int
    first: TextArea
    continuation: TextArea
    carried_with_signature: int
    table_gap: int
    spacing: TypedSpacing
    habits: Mapping[BlockKind, Habit]
    dateline_habit: Habit | None = None
    signs: Signs | None = None

    def area(self, sheet: int) -> TextArea:
        """Return the rows for text on sheet number `sheet`, counted from 1."""
        return self.first if sheet == 1 else self.continuation


@dataclass(frozen=True, slots=True)
class Caption:
    """The editors' words about the sheet; `column` is where they begin inside it."""

    style: Style
    column: float
    leading: Points


@dataclass(frozen=True, slots=True)
class Form:
    """A printed form. Width, height and `foot` (the part without furniture) in points."""

    name: str
    title: str
    evidence: str  # said on every sheet, without a stop
    unseen: str  # said after it where no copy was seen
    account: str  # said once, in the editorial method
    width: Points
    height: Points
    foot: Points
    edge: Colour
    edge_line: Points
    grid: Grid
    typing: Typing
    caption: Caption
    printed: tuple[Printed, ...]
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...]
    boxes: tuple[Box, ...]

    def groups(self) -> tuple[Printed | Field, ...]:
        """Return the printed words and the fields, in the order of the file."""
        return (*self.printed, *self.fields)

    def words(self) -> Iterator[Words]:
        """Iterate over all words that are printed on the form."""
        for group in self.groups():
            yield from group.words

    def room(self, field: Field) -> int:
        """Return how many characters a field has room for."""
        on_sheet = int(self.width / self.grid.cell_width)
        to_edge = field.column if field.align == "right" else on_sheet - field.column + 1
        return min(field.room or to_edge, to_edge)

    def across(self, column: float) -> Points:
        """Return the distance of the left side of `column` from the left side of the sheet."""
        return (column - 1) * self.grid.cell_width

    def down(self, row: float) -> Points:
        """Return the distance of the base line of `row` from the top of the sheet."""
        return (row - 1) * self.grid.row_height + self.grid.baseline
