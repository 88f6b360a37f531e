"""Measures each element of a panel: its words in their faces and sizes, in the width of a column.

In: a job, its words, a layout, the declared faces. Out: Blocks; of an element that the edition has nothing
for, none. Words that are more than the layout takes are refused here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from publish.exhibit import TIMELINE, Exhibit, Row
from publish.fonts import Face, Faces, check_coverage
from publish.layouts import Job
from publish.panel_layouts import CODE, MARK, SHEET, PanelLayout, PanelStyle, Setting
from publish.panel_words import PanelWords
from publish.problems import LayoutError, Where
from publish.typeset.panel.blocks import (
    Block,
    CodeBlock,
    Pen,
    RowWords,
    TextBlock,
    TimelineBlock,
    Type,
    timeline_columns,
)
from publish.typeset.panel.fitting import Line, balanced, broken, carried, sized
from publish.typeset.panel.kerning import left_bearing
from publish.typeset.structure import Node
from publish.units import Points

KERNED: Final = ("title", "quotation", "label")  # set large enough for an eye to see it
_LARGE: Final = 100.0  # points; from here on a letter's own space at its left is seen
_STRONG: Final = 600
CREDIT, QUOTATION = "credit", "quotation"


@dataclass(frozen=True, slots=True)
class SheetBlock:
    """The facsimile's place; it is drawn by the facsimile's own setter."""

    width: Points
    height: Points
    type_size: Points = 0.0

    def draw(self, pen: Pen, x: Points, y: Points) -> list[Node]:
        """Draw nothing: see drawing.py."""
        del pen, x, y
        return []


MarkMaker = Callable[[Points, Points], Block]  # from the width and height it may have at most


@dataclass(frozen=True, slots=True)
class Shown:
    """What a panel shows beside its words: the facsimile's true size and sheets, an institution's mark."""

    width: Points
    height: Points
    sheets: int
    mark: MarkMaker | None = None


class Measurer:
    """Makes blocks, and keeps those that do not change with the sheet's scale."""

    def __init__(
        self,
        job: Job,
        exhibit: Exhibit,
        words: PanelWords,
        layout: PanelLayout,
        faces: Faces,
        shown: Shown,
    ) -> None:
        self.shown = shown
        self.exhibit, self.words, self.layout, self.faces = exhibit, words, layout, faces
        self.factor = layout.scale_on(job.paper)
        self.address = job.edition.address
        folder = Path(job.edition.document.source.path).parent
        self.path = str(folder / exhibit.name)
        self.sizes: dict[str, Type] = {}  # of the elements measured last
        self._made: dict[tuple[str, Points, float], Block | None] = {}
        self._check_limits()

    def _check_limits(self) -> None:
        """Refuse more words than the layout takes. Raises LayoutError with the line in exhibit.md."""
        exhibit, limits = self.exhibit, self.layout.limits
        counts = {
            "title": count(exhibit.title),
            "label": sum(map(count, exhibit.label)),
            "quotation": count(exhibit.quotation),
        }
        for key, found in counts.items():
            if found > limits[key]:
                raise LayoutError(
                    f"the {key} has {found} words, and {self.layout.name} panels take {limits[key]}",
                    where=Where(self.path, exhibit.lines[key]),
                    hint="Shorten it.",
                )
        if len(exhibit.rows) > limits["rows"]:
            raise LayoutError(
                f"the timeline has {len(exhibit.rows)} rows, and {self.layout.name} panels take "
                f"{limits['rows']}",
                where=Where(self.path, exhibit.rows[limits["rows"]].line),
                hint="Keep the rows that a visitor needs.",
            )

    def measure(self, element: str, width: Points, scale: float) -> Block | None:
        """Return an element's block in a column of that width, with the sheet at that scale."""
        by_scale = scale if element in (SHEET, "caption") else 0.0
        key = element, round(width, 2), by_scale
        if key not in self._made:
            self._made[key] = self._measured(element, width, scale)
        return self._made[key]

    def _measured(self, element: str, width: Points, scale: float) -> Block | None:
        if element == SHEET:
            return SheetBlock(self.shown.width * scale, self.shown.height * scale)
        if element == CODE:
            return self._code()
        if element == MARK:
            return self._mark()
        if element == TIMELINE:
            return self._timeline(width) if self.exhibit.rows else None
        paragraphs = self._paragraphs(element, scale)
        return self._text(element, paragraphs, width) if paragraphs else None

    def _paragraphs(self, element: str, scale: float) -> tuple[str, ...]:
        exhibit, words = self.exhibit, self.words
        credit = exhibit.quotation_credit
        if exhibit.translated:
            credit = f"{credit}. {words.translated}."
        opening, closing = words.quotes
        texts = {
            "kicker": exhibit.kicker,
            "title": exhibit.title,
            "quotation": f"{opening}{exhibit.quotation}{closing}",
            "quotation-credit": credit,
            "statement": exhibit.statement,
            "invitation": words.invitation if self.address else "",
            "address": self.address.partition("://")[2] if self.address else "",
        }
        if element == "label":
            return exhibit.label
        if element == CREDIT:
            return exhibit.credit
        if element == "caption":
            return words.caption_of(1, self.shown.sheets, scale)
        text = texts.get(element, "")
        return (text,) if text else ()

    def type_of(self, element: str, setting: Setting, weight: int = 0) -> Type:
        """Return the type of a setting on this sheet; `weight` where it is not the style's."""
        style = self.layout.styles[element]
        fitted = sized(element, setting, self.factor)
        face = self.faces.get(style.face, weight or style.weight)
        italic = self.faces.get(style.face, style="italic") if element == CREDIT else None
        return Type(face, fitted.size, fitted.leading, style.colour, element in KERNED, italic)

    def _text(self, element: str, paragraphs: Sequence[str], width: Points) -> Block:
        style = self.layout.styles[element]
        key = element.replace("-", " ")
        where = Where(self.path, self.exhibit.lines.get(key, 0))
        too_long = 0.0
        for setting in style.settings:
            kind = self.type_of(element, setting)
            for face in filter(None, (kind.face, kind.italic)):
                check_coverage("".join(paragraphs), face, where)
            hang = kind.width(paragraphs[0][0]) if element == QUOTATION else 0.0
            if kind.size >= _LARGE:
                hang += left_bearing(kind.face, paragraphs[0][0]) * kind.size
            lines = self._broken(element, style, paragraphs, width, kind)
            too_long = max(kind.width(line.text) + line.indent for line in lines) - width
            if too_long <= hang and (not setting.lines or len(lines) <= setting.lines):
                self.sizes[element] = kind
                tag = "H1" if element == "title" else "P"
                address = self.address if element == "address" else ""
                return TextBlock(lines, kind, width, tag, hang, address)
        raise LayoutError(
            f"the {key} does not fit its column of {width / 72:.1f} in in any size of its style",
            where=where,
            hint="Shorten it.",
        )

    def _broken(
        self, element: str, style: PanelStyle, paragraphs: Sequence[str], width: Points, kind: Type
    ) -> tuple[Line, ...]:
        if element == "address":  # a line may end after any stroke, and nothing is put there
            parted = [text.replace("/", "/ ") for text in paragraphs]
            lines = broken(parted, width, lambda text: kind.width(text.replace("/ ", "/")))
            return tuple(
                replace(line, text=line.text.replace("/ ", "/"), ends=True) for line in lines
            )
        if element == QUOTATION:
            return balanced(paragraphs[0], width, kind.width)
        lines = broken(
            paragraphs,
            width,
            kind.width,
            indent=style.indent * kind.size,
            most_characters=style.most_characters,
        )
        return carried(lines) if kind.italic else lines

    def _timeline(self, width: Points) -> Block:
        exhibit, words = self.exhibit, self.words
        style = self.layout.styles[TIMELINE]
        setting = style.settings[0]
        plain = self.type_of(TIMELINE, setting)
        strong = self.type_of(TIMELINE, setting, _STRONG)
        red = replace(strong, colour=self.layout.styles["quotation-credit"].colour)
        told = [(words.day(row.day), words.hour(row.shown)) for row in exhibit.rows]
        columns = timeline_columns(told, strong, red)
        rows: list[RowWords] = []
        for (day, hour), row in zip(told, exhibit.rows, strict=True):
            before = told[len(rows) - 1][0] if rows else ""
            rows.append(
                self._row(row, "" if day == before else day, hour, plain, width - columns[1])
            )
        self.sizes[TIMELINE] = plain
        self._check_faces([exhibit.clock, *(row.told for row in exhibit.rows)], plain.face)
        return TimelineBlock(
            exhibit.clock, tuple(rows), plain, strong, red, self.layout.rule_colours, width, columns
        )

    def _row(self, row: Row, day: str, hour: str, kind: Type, room: Points) -> RowWords:
        lines = balanced(row.told, room, kind.width)
        return RowWords(day, hour, tuple(line.text for line in lines), row.this)

    def _check_faces(self, texts: Sequence[str], face: Face) -> None:
        check_coverage("".join(texts), face, Where(self.path, self.exhibit.lines[TIMELINE]))

    def _mark(self) -> Block | None:
        if self.shown.mark is None:
            return None
        return self.shown.mark(*(side * self.factor for side in self.layout.mark))

    def _code(self) -> Block | None:
        if not self.address:
            return None
        import segno

        code = segno.make(self.address, error="m", micro=False)
        modules = tuple(tuple(bool(module) for module in row) for row in code.matrix)
        ink = self.layout.styles["label"].colour
        return CodeBlock(modules, self.layout.code * self.factor, ink, self.address)


def count(text: str) -> int:
    """Return the number of words: what has a letter or a figure in it."""
    return sum(any(map(str.isalnum, word)) for word in text.split())
