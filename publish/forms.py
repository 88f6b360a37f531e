"""Reads a form: one file of layouts/forms/ holds a printed sheet whole.

In: a TOML file. Out: a Form with nothing left open; or an error with file, line and next step.
"""

import re
from pathlib import Path
from typing import Final

from publish.colours import Colours, load_colours
from publish.departure_rules import FIELD_WORDS
from publish.departures import TypedSpacing
from publish.form_checks import check_form_file
from publish.model import BlockKind
from publish.printed_form import (
    SHEET,
    Box,
    Caption,
    Colour,
    DatelineStands,
    Field,
    Form,
    Grid,
    Habit,
    Letters,
    NumberStands,
    Printed,
    Rule,
    Sheets,
    Signs,
    Style,
    SuppliedPlace,
    TextArea,
    Typing,
    Words,
)
from publish.problems import LayoutError, nearest
from publish.resources import layouts_directory
from publish.tables import Table, read_toml
from publish.units import Points

__all__ = ["Form", "load_form"]

SMALLEST_CAPTION: Final = 8.0  # points: who holds the sheet must be able to read what it is
ALIGNMENTS: Final = ("left", "center", "right")
FILLINGS: Final = (*FIELD_WORDS, SHEET)


def load_form(path: Path, colours: Colours | None = None) -> Form:
    """Read one form, its colours by name from `colours`: without them, those of the press.

    Raises LayoutError with file and line where something is wrong.
    """
    return _FormFile(path, colours or load_colours(layouts_directory())).form()


class _FormFile:
    """One form file being read: its styles are named by all the rest of it."""

    def __init__(self, path: Path, colours: Colours) -> None:
        self.top = read_toml(path, LayoutError)
        self.stem = path.stem
        self.colours = colours
        styles = self.top.table("styles")
        self.styles = {name: self._style(styles.table(name)) for name in styles.names()}

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
            evidence=top.text("evidence").removesuffix("."),
            unseen=top.text("unseen"),
            account=top.text("account", ""),
            width=self._size(sheet, "width"),
            height=self._size(sheet, "height"),
            foot=self._size(sheet, "foot"),
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
        check_form_file(form, top)
        return form

    def _size(self, table: Table, key: str) -> Points:
        value = table.length(key)
        if value <= 0:
            raise table.fail(f"{key!r} must be more than nothing", key)
        return value

    def _colour(self, table: Table) -> Colour:
        return self.colours.get(table.text("colour"), table.where("colour")).srgb

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

    def _style_named(self, table: Table, key: str = "style") -> Style:
        name = table.text(key)
        if name not in self.styles:
            raise table.fail(f"there is no style {name!r}", key, nearest(name, sorted(self.styles)))
        return self.styles[name]

    def _one_of(self, table: Table, key: str, default: str, known: tuple[str, ...]) -> str:
        word = table.text(key, default)
        if word not in known:
            raise table.fail(
                f"{key!r} cannot be {word!r}", key, nearest(word, [str(other) for other in known])
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
            machine=table.text("machine"),
            letters=Letters(self._one_of(table, "letters", Letters.MIXED, tuple(Letters))),
            number=NumberStands(
                self._one_of(table, "number", NumberStands.FIELD, tuple(NumberStands))
            ),
            dateline=DatelineStands(
                self._one_of(table, "dateline", DatelineStands.CAPTION, tuple(DatelineStands))
            ),
            left=table.integer("left"),
            measure=table.integer("measure"),
            line_step=table.integer("line_step"),
            first=self._area(table, "first"),
            continuation=self._area(table, "continuation"),
            carried_with_signature=table.integer("carried_with_signature"),
            table_gap=table.integer("table_gap"),
            spacing=self._spacing(table.table("spacing")),
            habits=self._habits(habits := table.table("blocks")),
            dateline_habit=self._habit(habits, "dateline") if "dateline" in habits else None,
            signs=self._signs(table.table("signs")) if "signs" in table else None,
        )
        habits.close()
        table.table("signs")  # asked for, so that `close` knows it
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
            habits[kind] = self._habit(table, kind.value)
        return habits

    def _habit(self, table: Table, kind: str) -> Habit:
        entry = table.table(kind)
        habit = Habit(
            entry.integer("first"), entry.integer("rest"), entry.integer("rows_before", 0)
        )
        entry.close()
        return habit

    def _signs(self, table: Table) -> Signs:
        signs = Signs(table.text("typed"), table.texts("other_forms", ()))
        table.close()
        for name in signs.other_forms:
            if not Path(self.top.path).with_name(f"{name}.toml").is_file():
                raise table.fail(f"there is no form {name!r} beside this one", "other_forms")
        return signs

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
        printed = Printed(
            table.text("id"), self._sheets(table), words, table.text("spoken", ""),
            table.text("called", ""), table.text("answered_by", ""),
        )  # fmt: skip
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
        filled_by = table.text("filled_by", "")
        field = Field(
            id=table.text("id"),
            sheets=self._sheets(table),
            spoken=table.text("spoken"),
            words=tuple(self._words(entry) for entry in table.tables("words")),
            filled_by=filled_by,
            column=table.integer("column") if filled_by else 0,
            row=table.integer("row") if filled_by else 0,
            align=self._one_of(table, "align", "left", ("left", "right")),
            room=table.integer("room", 0),
            supplied_at=self._supplied_at(table),
        )
        table.close()
        for word in field.asked:
            if word not in FILLINGS:
                raise table.fail(
                    f"a field cannot be filled by {word!r}", "filled_by", nearest(word, FILLINGS)
                )
        if len(set(field.asked)) < len(field.asked) or re.search("[{}]", field.signs):
            raise table.fail(
                f"'filled_by' is no word and no words in braces: {filled_by!r}",
                "filled_by",
                'Write each word once, such as "number" or "{number}, {date}".',
            )
        return field

    def _supplied_at(self, table: Table) -> SuppliedPlace | None:
        if "supplied_at" not in table:
            return None
        entry = table.table("supplied_at")
        stamped = "stamp" in entry
        place = SuppliedPlace(
            self._style_named(entry),
            self._place_of(entry, "first"),
            self._place_of(entry, "continuation"),
            entry.number("room"),
            self._style_named(entry, "stamp") if stamped else None,
        )
        entry.close()
        if not (place.first or place.continuation):
            raise entry.fail(
                "what is supplied has no place", "first", "Write first = [column, row]."
            )
        return place

    def _place_of(self, table: Table, key: str) -> tuple[float, float] | None:
        if key not in table:
            return None
        numbers = table.numbers(key)
        if len(numbers) != 2:
            raise table.fail(f"{key!r} must be a column and a row: [13, 9]", key)
        return numbers[0], numbers[1]

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
