"""A printed form that is typed on: its grid, its words, its fields, its lines.

Places on a sheet are rows and columns of typed cells, counted from 1 at the upper left; words and
rules may stand at fractions of them. publish/forms.py reads forms from layouts/forms/.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from publish.departures import TypedSpacing
from publish.model import BlockKind
from publish.units import POINTS_PER_INCH, Points

Colour = tuple[float, float, float]  # red, green, blue in sRGB, each 0 to 1


class Sheets(StrEnum):
    """The sheets of a telegram on which something is printed."""

    FIRST = "first"
    CONTINUATION = "continuation"
    EVERY = "every"

    def include(self, sheet: int) -> bool:
        """Say whether sheet number `sheet`, counted from 1, is one of them."""
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
    """

    id: str
    sheets: Sheets
    words: tuple[Words, ...]
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A place to be filled in, with its printed label.

    `filled_by`: "number" (the telegram's), "sheet" (the sheet's number) or nothing: then it stays
    blank. A value begins at `column`, or ends there where `align` is "right".
    """

    id: str
    sheets: Sheets
    spoken: str
    words: tuple[Words, ...]
    filled_by: str
    column: int
    row: int
    align: str


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


@dataclass(frozen=True, slots=True)
class Typing:
    """How the form is typed on.

    `faces`: families, each struck where those before it lack the character. `left` is the column in
    which lines begin, `measure` their length in columns, `line_step` the rows from line to line.
    """

    faces: tuple[str, ...]
    size: Points
    colour: Colour
    letters: str
    left: int
    measure: int
    line_step: int
    first: TextArea
    continuation: TextArea
    carried_with_signature: int
    table_gap: int
    spacing: TypedSpacing
    habits: Mapping[BlockKind, Habit]

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
    evidence: str  # said on every sheet
    account: str  # said once, in the editorial method
    width: Points
    height: Points
    foot: Points
    paper: Colour
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

    def across(self, column: float) -> Points:
        """Return the distance of the left side of `column` from the left side of the sheet."""
        return (column - 1) * self.grid.cell_width

    def down(self, row: float) -> Points:
        """Return the distance of the base line of `row` from the top of the sheet."""
        return (row - 1) * self.grid.row_height + self.grid.baseline
