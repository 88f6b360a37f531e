"""What is printed on a form and what its fields are filled with, drawn in reading order.

In: an easel, the words for fields, the platen. Out: elements of two sections, above and below the
text. All is told once, on the first sheet that has it; on others it is a head or foot of the page.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from publish.departures import Rendered
from publish.model import Drawn
from publish.printed_form import Field, Filled, Printed, Style, SuppliedPlace, Words
from publish.problems import RenderingError, Where
from publish.supplied_fields import Shown, shown
from publish.typeset.easel import EDITORIAL, FORM, STAMPS, TYPING, Easel
from publish.typeset.marked import PAGE_FOOT, PAGE_HEAD, Stroke
from publish.typeset.platen import Platen
from publish.typeset.registered_faces import width_of
from publish.typeset.structure import Node

BLANK: Final = "blank on this reconstruction"
SUPPLIED: Final = "supplied by the editors"
STAMP_TURN: Final = 0.7  # degrees: a stamp is set down by hand
_KEY_SIZE: Final = 0.7  # of the words that it belongs to
_KEY_RISE: Final = 0.36
_KEY_GAP: Final = 0.08  # beside its own space: poppler joins what stands a fifth of the size apart

Group = Printed | Field


class Furniture:
    """The printed words and the fields of a form, drawn on one sheet after the other."""

    def __init__(self, easel: Easel, platen: Platen, text: Rendered) -> None:
        """Take the words that the text gives to fields, and those that witnesses supply."""
        self._easel, self._platen = easel, platen
        self._moved = text.moved, text.moved_spoken
        self._shown = {one.field.id: one for one in shown(easel.job)}
        self._told: set[str] = set()
        self.head = Node("Sect", title="The form, above the text")
        self.foot = Node("Sect", title="The form, below the text")

    def check_room(self) -> None:
        """Refuse supplied words that are longer than their field.

        Raises RenderingError with the line of edition.toml.
        """
        easel = self._easel
        manifest = str(Path(easel.job.edition.document.source.path).parent / "edition.toml")
        for one in self._shown.values():
            place = one.field.supplied_at
            if place is None:
                continue
            style = _style_of(one, place)
            words = f"[{one.entry.display}] {one.key}"
            width = width_of(words, easel.case.printed(style), style.size)
            room = place.room * easel.form.grid.cell_width
            if width > room:
                raise RenderingError(
                    f"{one.entry.display!r} is {width:.0f} points long, and the field {one.field.id!r} of the "
                    f"form {easel.form.name!r} has room for {room:.0f}",
                    where=Where(manifest, one.entry.line),
                    hint="Write a shorter display.",
                )

    def typed(self, sheet: int) -> Iterator[tuple[float, int, str]]:
        """Yield row, column and characters of all that fields have typed in them on a sheet."""
        for group in self._groups(sheet):
            if isinstance(group, Field):
                for filled in group.filled(sheet, *self._moved):
                    yield group.row, filled.column, filled.text

    def draw_above(self, sheet: int) -> None:
        """Draw what stands above the text."""
        for group in self._groups(sheet):
            if self._is_above(group, sheet):
                self._draw(sheet, group, self.head)

    def draw_below(self, sheet: int) -> None:
        """Draw what stands below it."""
        for group in self._groups(sheet):
            if not self._is_above(group, sheet):
                self._draw(sheet, group, self.foot)

    def _groups(self, sheet: int) -> list[Group]:
        """Return what a sheet has, in reading order; a field without label, value or supply has nothing."""
        on_it = [
            group
            for group in self._easel.form.groups()
            if group.sheets.include(sheet, self._easel.sheets)
            and (group.words or group.id in self._shown or _is_filled(group))
        ]
        return sorted(on_it, key=lambda group: _place(group, sheet))

    def _is_above(self, group: Group, sheet: int) -> bool:
        return _place(group, sheet)[0] < self._easel.form.typing.area(sheet).first_row

    def _draw(self, sheet: int, group: Group, section: Node) -> None:
        value = group.filled(sheet, *self._moved) if isinstance(group, Field) else ()
        supplied = self._shown.get(group.id)
        if sheet > 1:
            self._draw_repeated(group, value, PAGE_HEAD if section is self.head else PAGE_FOOT)
        else:
            self._draw_told(group, value, section)
        if supplied is not None:
            self._draw_supplied(sheet, supplied, section)

    def _draw_repeated(self, group: Group, value: tuple[Filled, ...], kind: str) -> None:
        canvas = self._easel.canvas
        if group.words:
            with canvas.layer(FORM), canvas.artifact(kind):
                self._draw_words(group.words)
        if value and isinstance(group, Field):
            with canvas.layer(TYPING), canvas.artifact(kind):
                for filled in value:
                    self._platen.type(filled.column, group.row, filled.text)

    def _draw_told(self, group: Group, value: tuple[Filled, ...], section: Node) -> None:
        canvas, told = self._easel.canvas, Node("P", actual=group.spoken)
        if isinstance(group, Field):
            words = "".join(filled.spoken for filled in value) or self._without_value(group)
            told.actual = f"{group.spoken}: {words}"
        if group.words:
            with canvas.layer(FORM), canvas.tagged(told):
                self._draw_words(group.words)
        for filled in value:
            node = Node("Span", id=f"facsimile-{filled.word}" if filled.word else "")
            node.actual = filled.spoken if filled.spoken != filled.text else ""
            told.add(node)
            with canvas.layer(TYPING), canvas.tagged(node):
                self._platen.type(
                    filled.column, group.row if isinstance(group, Field) else 0, filled.text
                )
        if told.kids:
            section.add(told)

    def _without_value(self, field: Field) -> str:
        return SUPPLIED if field.id in self._shown else BLANK

    def _draw_words(self, group: tuple[Words, ...]) -> None:
        """Draw printed words, a space after each but the last, that they be read apart."""
        easel = self._easel
        for words in group:
            face, style = easel.case.printed(words.style), _scaled(words.style, easel.plate.scale)
            width = width_of(words.text, face, style.size) + style.tracking * (len(words.text) - 1)
            before = {"left": 0.0, "center": width / 2, "right": width}[words.align]
            place = (easel.plate.x(words.column) - before, easel.plate.y(words.row))
            text = words.text if words is group[-1] else words.text + " "
            easel.canvas.text(place, text, face, style.size, style.colour, style.tracking)

    # What witnesses supply

    def _draw_supplied(self, sheet: int, one: Shown, section: Node) -> None:
        place = one.field.supplied_at.on(sheet) if one.field.supplied_at else None
        if place is None or one.field.supplied_at is None:
            return
        canvas, first_time = self._easel.canvas, one.field.id not in self._told
        style = _style_of(one, one.field.supplied_at)
        stamp = style is one.field.supplied_at.stamp
        layer = STAMPS if stamp else EDITORIAL
        words = f"[{one.entry.display}]"
        kind = PAGE_HEAD if section is self.head else PAGE_FOOT
        node = Node("P", actual=self._told_of(one))
        if first_time:
            section.add(node)
        with canvas.layer(layer), canvas.tagged(node) if first_time else canvas.artifact(kind):
            end = self._draw_supplied_words(place, words, style, turned=stamp)
            self._draw_key(end, one.key, one.field.supplied_at.style, style)
        self._told.add(one.field.id)

    def _told_of(self, one: Shown) -> str:
        """Return what is heard of a supplied field, whose label has been told where there is one."""
        if one.field.words:
            return f"{one.entry.display}, note {one.key}"
        return f"{one.field.spoken}: {SUPPLIED}: {one.entry.display}, note {one.key}"

    def _draw_supplied_words(
        self, place: tuple[float, float], words: str, style: Style, *, turned: bool
    ) -> tuple[float, float]:
        """Draw words from (column, row) on; return where they end."""
        easel = self._easel
        face, style = easel.case.printed(style), _scaled(style, easel.plate.scale)
        left, base = easel.plate.x(place[0]), easel.plate.y(place[1])
        if turned:
            stroke = Stroke(words, face, (left, base), STAMP_TURN, style.colour)
            easel.canvas.struck([stroke], style.size)
            return left + width_of(words, face, style.size) + 2, base
        easel.canvas.text((left, base), words, face, style.size, style.colour, style.tracking)
        return left + width_of(words, face, style.size) + style.tracking * len(words), base

    def _draw_key(self, end: tuple[float, float], key: str, style: Style, of: Style) -> None:
        """Draw a raised key after words that end at `end` and are set in `of`."""
        easel = self._easel
        face, scale = easel.case.printed(style), easel.plate.scale
        size = of.size * _KEY_SIZE * scale
        place = (end[0] + _KEY_GAP * of.size * scale, end[1] + _KEY_RISE * of.size * scale)
        easel.canvas.text(place, f" {key}", face, size, style.colour)


def _style_of(one: Shown, place: SuppliedPlace) -> Style:
    return (place.stamp if one.entry.drawn is Drawn.STAMP else None) or place.style


def _scaled(style: Style, scale: float) -> Style:
    return replace(style, size=style.size * scale, tracking=style.tracking * scale)


def _is_filled(group: Group) -> bool:
    return isinstance(group, Field) and bool(group.filled_by)


def _place(group: Group, sheet: int) -> tuple[float, float]:
    """Return row and column of a group: where its words begin, else where it is filled in."""
    if group.words:
        return group.words[0].row, group.words[0].column
    if isinstance(group, Field) and group.filled_by:
        return group.row, group.column
    if isinstance(group, Field) and group.supplied_at and (at := group.supplied_at.on(sheet)):
        return at[1], at[0]
    return 0, 0
