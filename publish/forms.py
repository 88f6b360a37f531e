"""Reads a form: one file of layouts/forms/ holds a printed sheet whole.

In: a TOML file. Out: a Form with nothing left open; or an error with file, line and next step.
"""

import re
from pathlib import Path
from typing import Final

from publish.departures import TypedSpacing
from publish.model import BlockKind
from publish.printed_form import (
    Box,
    Caption,
    Colour,
    Field,
    Form,
    Grid,
    Habit,
    Printed,
    Rule,
    Sheets,
    Style,
    TextArea,
    Typing,
    Words,
)
from publish.problems import LayoutError, nearest
from publish.tables import Table, read_toml
from publish.units import Points

__all__ = ["Form", "load_form"]

SMALLEST_CAPTION: Final = 8.0  # points: who holds the sheet must be able to read what it is
LETTERS: Final = ("mixed",)
ALIGNMENTS: Final = ("left", "center", "right")
FILLINGS: Final = ("", "number", "sheet")
_HEX_COLOUR: Final = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})")


def load_form(path: Path) -> Form:
    """Read one form. Raises LayoutError with file and line where something is wrong."""
    return _FormFile(path).form()


class _FormFile:
    """One form file being read: its colours and styles are named by all the rest of it."""

    def __init__(self, path: Path) -> None:
        self.top = read_toml(path, LayoutError)
        self.stem = path.stem
        colours, styles = self.top.table("colours"), self.top.table("styles")
        colour_names, style_names = colours.names(), styles.names()
        self.colours = {name: self._hex_colour(colours, name) for name in colour_names}
        self.styles = {name: self._style(styles.table(name)) for name in style_names}

    def form(self) -> Form:
        """Return the form once every key of the file has been asked for."""
        top = self.top
        name = top.text("name")
        if name != self.stem:
            raise top.fail(f"the form calls itself {name!r}, its file {self.stem!r}", "name")
        sheet, edge = top.table("sheet"), top.table("edge")
        form = Form(
            name=name,
            title=top.text("title"),
            evidence=top.text("evidence"),
            account=top.text("account", ""),
            width=self._size(sheet, "width"),
            height=self._size(sheet, "height"),
            foot=self._size(sheet, "foot"),
            paper=self._colour_named("paper", sheet),
            edge=self._colour(edge),
            edge_line=self._size(edge, "line"),
            grid=self._grid(top.table("grid")),
            typing=self._typing(top.table("typing")),
            caption=self._caption(top.table("caption")),
            printed=tuple(self._printed(entry) for entry in top.tables("words")),
            fields=tuple(self._field(entry) for entry in top.tables("field")),
            rules=tuple(self._rule(entry) for entry in top.tables("rule")),
            boxes=tuple(self._box(entry) for entry in top.tables("box")),
        )
        for table in (sheet, edge, top):
            table.close()
        self._check_places(form)
        return form

    def _check_places(self, form: Form) -> None:
        """Refuse text that would be typed beyond the sheet."""
        typing = form.typing
        columns = form.width / form.grid.cell_width
        rows = form.height / form.grid.row_height
        if typing.left + typing.measure - 1 > columns:
            raise self.top.fail(
                f"{typing.measure} columns from column {typing.left} do not fit on {columns:g}",
                "measure",
            )
        for area in (typing.first, typing.continuation):
            if not 1 <= area.first_row <= area.last_row <= rows:
                raise self.top.fail(
                    f"rows {area.first_row} to {area.last_row} are not rows of a sheet of {rows:g}",
                    "first",
                )
        identifiers = [group.id for group in form.groups()]
        for identifier in identifiers:
            if identifiers.count(identifier) > 1:
                raise self.top.fail(f"two things on the form are called {identifier!r}", "id")

    def _size(self, table: Table, key: str) -> Points:
        value = table.length(key)
        if value <= 0:
            raise table.fail(f"{key!r} must be more than nothing", key)
        return value

    def _hex_colour(self, table: Table, name: str) -> Colour:
        match = _HEX_COLOUR.fullmatch(table.text(name))
        if match is None:
            raise table.fail(f"the colour {name!r} must be written like #7d2a1c", name)
        red, green, blue = (int(part, 16) / 255 for part in match.groups())
        return red, green, blue

    def _colour(self, table: Table) -> Colour:
        return self._colour_named(table.text("colour"), table)

    def _colour_named(self, name: str, table: Table) -> Colour:
        if name not in self.colours:
            raise table.fail(
                f"there is no colour {name!r}", "colour", nearest(name, sorted(self.colours))
            )
        return self.colours[name]

    def _style(self, table: Table) -> Style:
        style = Style(
            face=table.text("face"),
            weight=table.integer("weight", 400),
            slant=table.text("slant", "normal"),
            size=self._size(table, "size"),
            tracking=table.length("tracking", "0pt"),
            colour=self._colour(table),
        )
        table.close()
        return style

    def _style_named(self, table: Table) -> Style:
        name = table.text("style")
        if name not in self.styles:
            raise table.fail(
                f"there is no style {name!r}", "style", nearest(name, sorted(self.styles))
            )
        return self.styles[name]

    def _one_of(self, table: Table, key: str, default: str, known: tuple[str, ...]) -> str:
        word = table.text(key, default)
        if word not in known:
            raise table.fail(
                f"{key!r} cannot be {word!r}", key, nearest(word, [k for k in known if k])
            )
        return word

    def _sheets(self, table: Table) -> Sheets:
        return Sheets(self._one_of(table, "sheets", Sheets.FIRST, tuple(Sheets)))

    def _grid(self, table: Table) -> Grid:
        grid = Grid(
            table.number("columns_per_inch"),
            table.number("rows_per_inch"),
            table.length("baseline"),
        )
        table.close()
        if min(grid.columns_per_inch, grid.rows_per_inch) <= 0:
            raise table.fail("a grid has columns and rows", "columns_per_inch")
        return grid

    def _typing(self, table: Table) -> Typing:
        typing = Typing(
            faces=table.texts("faces"),
            size=self._size(table, "size"),
            colour=self._colour(table),
            letters=self._one_of(table, "letters", "mixed", LETTERS),
            left=table.integer("left"),
            measure=table.integer("measure"),
            line_step=table.integer("line_step"),
            first=self._area(table, "first"),
            continuation=self._area(table, "continuation"),
            carried_with_signature=table.integer("carried_with_signature"),
            table_gap=table.integer("table_gap"),
            spacing=self._spacing(table.table("spacing")),
            habits=self._habits(table.table("blocks")),
        )
        table.close()
        if not typing.faces:
            raise table.fail("typing needs at least one face", "faces")
        if min(typing.left, typing.measure, typing.line_step, typing.table_gap) < 1:
            raise table.fail("left, measure, line_step and table_gap are at least 1", "left")
        return typing

    def _area(self, table: Table, key: str) -> TextArea:
        rows = table.numbers(key)
        if len(rows) != 2 or any(row != int(row) for row in rows):
            raise table.fail(f"{key!r} must be the first and the last row: [14, 48]", key)
        return TextArea(int(rows[0]), int(rows[1]))

    def _spacing(self, table: Table) -> TypedSpacing:
        spacing = TypedSpacing(
            table.integer("after_sentence"),
            table.integer("after_label"),
            frozenset(table.texts("abbreviations", ())),
        )
        table.close()
        for key, spaces in (
            ("after_sentence", spacing.after_sentence),
            ("after_label", spacing.after_label),
        ):
            if spaces not in (1, 2):
                raise table.fail(f"{key!r} is 1 or 2 spaces", key)
        return spacing

    def _habits(self, table: Table) -> dict[BlockKind, Habit]:
        habits: dict[BlockKind, Habit] = {}
        for kind in BlockKind:
            if kind.value not in table:
                raise table.fail(
                    f"the form does not say how a block of the kind {kind.value!r} is typed",
                    hint=f"Add {kind.value} = {{ first = 0, rest = 0 }} to [{table.name}].",
                )
            entry = table.table(kind.value)
            habits[kind] = Habit(
                entry.integer("first"), entry.integer("rest"), entry.integer("rows_before", 0)
            )
            entry.close()
        table.close()
        return habits

    def _caption(self, table: Table) -> Caption:
        caption = Caption(
            self._style_named(table), table.number("column"), self._size(table, "leading")
        )
        table.close()
        if caption.style.size < SMALLEST_CAPTION:
            raise table.fail(f"a caption is set in at least {SMALLEST_CAPTION:g} points", "style")
        return caption

    def _words(self, table: Table) -> Words:
        words = Words(
            table.text("text"),
            table.number("column"),
            table.number("row"),
            self._style_named(table),
            self._one_of(table, "align", "left", ALIGNMENTS),
        )
        table.close()
        return words

    def _printed(self, table: Table) -> Printed:
        words = tuple(self._words(entry) for entry in table.tables("words"))
        printed = Printed(table.text("id"), self._sheets(table), words, table.text("spoken", ""))
        table.close()
        if not words:
            raise table.fail("printed words without words", "words")
        if printed.spoken and _letters(printed.spoken) != _letters("".join(w.text for w in words)):
            raise table.fail(
                f"{printed.spoken!r} is not spoken with the letters that are printed",
                "spoken",
                "Change case and points only.",
            )
        return printed

    def _field(self, table: Table) -> Field:
        filled_by = self._one_of(table, "filled_by", "", FILLINGS)
        field = Field(
            id=table.text("id"),
            sheets=self._sheets(table),
            spoken=table.text("spoken"),
            words=tuple(self._words(entry) for entry in table.tables("words")),
            filled_by=filled_by,
            column=table.integer("column") if filled_by else 0,
            row=table.integer("row") if filled_by else 0,
            align=self._one_of(table, "align", "left", ("left", "right")),
        )
        table.close()
        return field

    def _rule(self, table: Table) -> Rule:
        rule = Rule(
            self._sheets(table),
            self._place(table, "from"),
            self._place(table, "to"),
            self._size(table, "line"),
            self._colour(table),
        )
        table.close()
        return rule

    def _place(self, table: Table, key: str) -> tuple[float, float]:
        place = table.numbers(key)
        if len(place) != 2:
            raise table.fail(f"{key!r} must be a column and a row: [5, 51]", key)
        return place[0], place[1]

    def _box(self, table: Table) -> Box:
        box = Box(
            sheets=self._sheets(table),
            column=table.number("column"),
            row=table.number("row"),
            width=self._size(table, "width"),
            height=self._size(table, "height"),
            line=self._size(table, "line"),
            colour=self._colour(table),
        )
        table.close()
        return box


def _letters(words: str) -> list[str]:
    return [sign for sign in words.casefold() if sign.isalnum()]
