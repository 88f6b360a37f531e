"""Layouts of exhibit panels: where on a sheet each thing stands, how large it is set, how many words it takes.

In: layouts/panel/*.toml. Out: PanelLayouts; or an error with file and line. Lengths are those of the sheet
that a layout was drawn on; on another of its sheets all are scaled with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from publish.colours import Colours, ColourToken
from publish.papers import Paper
from publish.problems import LayoutError, Where, nearest
from publish.tables import Table, read_toml
from publish.units import Points, points

WORDS_FILE: Final = "words.toml"
NOT_LAYOUTS: Final = ("product.toml", WORDS_FILE)

# What a panel can show. Each has a style of its name, save the sheet, the rule, the code and the mark.
SHEET, RULE, CODE, MARK = "sheet", "rule", "code", "mark"
TEXTS: Final = ("kicker", "title", "label", "quotation", "quotation-credit", "caption", "timeline",
                "statement", "credit", "invitation", "address")  # fmt: skip
ELEMENTS: Final = (*TEXTS, SHEET, RULE, CODE, MARK)
FLOORS: Final[Mapping[str, Points]] = {"label": 35.0}  # no smaller on any sheet; all others:
FLOOR: Final[Points] = 24.0
WHOLE_SHEET: Final = "sheet"  # the width of a column that is as wide as the facsimile's sheet


@dataclass(frozen=True, slots=True)
class Setting:
    """A size and its leading; `lines`: how many lines it may make, 0 any number."""

    size: Points
    leading: Points
    lines: int


@dataclass(frozen=True, slots=True)
class PanelStyle:
    """How an element is set: the first of `settings` in which it fits. `strong` weighs what stands out."""

    face: str
    weight: int
    settings: tuple[Setting, ...]
    colour: ColourToken
    before: Points  # above it, where something stands there in its stack
    most_characters: int  # to a line; 0: as many as the column holds
    strong: int
    indent: float  # of a paragraph that is not the first, in ems


@dataclass(frozen=True, slots=True)
class Ground:
    """A field of colour from the sheet's edges, which it bleeds over: a band, a column, a foot."""

    name: str
    colour: ColourToken
    top: Points | None  # height of a band at the head
    foot: Points | None  # height of a band at the foot; neither: the whole height
    column: str  # it ends `pad` beyond this column; empty: it is as wide as the sheet
    pad: Points


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """A column, by two of: where it begins, where it ends, how wide it is.

    It begins `left` of the sheet's edge or `gutter` beyond the column `after`, and ends `right` of the
    other edge; it is `width` wide, or as wide as the facsimile.
    """

    name: str
    left: Points | None
    after: str
    gutter: Points
    right: Points | None
    width: Points | None
    as_the_sheet: bool


@dataclass(frozen=True, slots=True)
class StackPlan:
    """Elements one below another in a column, and what the stack hangs on.

    One of: `within` the middle of a band; `at`, from the sheet's top; `below` a stack or ground, by
    `gap`; `level` with the top of an element; `foot`, its foot with that of an element; `foot_at`, from
    the sheet's foot.
    """

    name: str
    column: str
    elements: tuple[str, ...]
    within: str
    at: Points | None
    below: str
    gap: Points
    level: str
    foot: str
    foot_at: Points | None


@dataclass(frozen=True, slots=True)
class Zone:
    """Where above the floor an element must hang: a visitor's eyes, a roll-up's rail and base."""

    element: str
    lowest: Points
    highest: Points


@dataclass(frozen=True, slots=True)
class Stand:
    """What a roll-up's stand hides of its sheet, in points on the sheet's own size: rail, base, sides."""

    head: Points
    foot: Points
    side: Points


@dataclass(frozen=True, slots=True)
class PanelLayout:
    """One layout. `distance`: from where it is meant to be read, in points."""

    name: str
    path: str
    papers: tuple[str, ...]
    width: Points
    height: Points
    head: Points  # nothing but grounds stands nearer to the sheet's top, foot and sides
    foot: Points
    side: Points
    gap: Points  # the least between two stacks
    distance: Points
    limits: Mapping[str, int]
    least_scale: float
    most_scale: float
    code: Points
    mark: tuple[Points, Points]  # the width and height of an institution’s mark at most
    styles: Mapping[str, PanelStyle]
    grounds: tuple[Ground, ...]
    columns: tuple[ColumnPlan, ...]
    stacks: tuple[StackPlan, ...]
    zones: tuple[Zone, ...]
    paper_colour: ColourToken
    rule_colours: tuple[ColourToken, ColourToken]  # of a day's rule, and between rows
    stand: Stand | None

    def scale_on(self, paper: Paper) -> float:
        """Return how much larger a sheet is than the one that the layout was drawn on."""
        return min(paper.width / self.width, paper.height / self.height)

    def distance_on(self, paper: Paper) -> Points:
        """Return from where a sheet is meant to be read: a larger one from further off."""
        return self.distance * self.scale_on(paper)


def layout_for(paper: Paper, directory: Path, colours: Colours) -> PanelLayout:
    """Return the layout that has a paper among its sheets.

    Raises LayoutError naming the sheets of all layouts where none has it, and for a layout that is
    wrong.
    """
    layouts = load_panel_layouts(directory, colours)
    for layout in layouts:
        if paper.name in layout.papers:
            return layout
    sheets = sorted(name for layout in layouts for name in layout.papers)
    raise LayoutError(
        f"no panel is designed for the paper {paper.name!r}",
        hint=f"Panels are made on {', '.join(sheets)}: --paper {sheets[0]}.",
    )


def load_panel_layouts(directory: Path, colours: Colours) -> tuple[PanelLayout, ...]:
    """Return the layouts of a folder. Raises LayoutError with file and line."""
    paths = [path for path in sorted(directory.glob("*.toml")) if path.name not in NOT_LAYOUTS]
    return tuple(_Reader(path, colours).layout() for path in paths)


class _Reader:
    """One file of a layout."""

    def __init__(self, path: Path, colours: Colours) -> None:
        self.path, self.colours = path, colours
        self.top = read_toml(path, LayoutError)

    def layout(self) -> PanelLayout:
        top = self.top
        margins, sheet, rules = top.table("margins"), top.table("sheet"), top.table("rules")
        layout = PanelLayout(
            name=self.path.stem,
            path=str(self.path),
            papers=top.texts("papers"),
            width=top.length("width"),
            height=top.length("height"),
            head=margins.length("head"),
            foot=margins.length("foot"),
            side=margins.length("side"),
            gap=top.length("gap"),
            distance=top.length("distance"),
            limits=self._limits(),
            least_scale=sheet.number("least"),
            most_scale=sheet.number("most"),
            code=top.length("code"),
            mark=self._mark(),
            styles=self._styles(),
            grounds=tuple(self._ground(entry) for entry in top.tables("ground")),
            columns=tuple(self._column(entry) for entry in top.tables("column")),
            stacks=tuple(self._stack(entry) for entry in top.tables("stack")),
            zones=tuple(self._zone(entry) for entry in top.tables("zone")),
            paper_colour=self._colour(top),
            rule_colours=(self._colour(rules, "day"), self._colour(rules, "row")),
            stand=self._stand(top.table("stand")) if "stand" in top else None,
        )
        top.text("title")
        for table in (margins, sheet, rules, top):
            table.close()
        self._check(layout)
        return layout

    def _colour(self, table: Table, key: str = "colour") -> ColourToken:
        return self.colours.get(table.text(key), table.where(key))

    def _mark(self) -> tuple[Points, Points]:
        sides = self.top.texts("mark")
        try:
            width, height = map(points, sides)
        except ValueError as problem:
            hint = 'Write ["2in", "1in"].'
            raise self.top.fail(f"mark: {problem}", "mark", hint) from None
        return width, height

    def _limits(self) -> dict[str, int]:
        table = self.top.table("limits")
        limits = {name: table.integer(name) for name in ("title", "label", "quotation", "rows")}
        table.close()
        return limits

    def _styles(self) -> dict[str, PanelStyle]:
        table = self.top.table("style")
        styles = {name: self._style(table.table(name)) for name in table.names()}
        for name in styles:
            if name not in TEXTS:
                raise table.fail(f"no element is called {name!r}", name, nearest(name, TEXTS))
        return styles

    def _style(self, table: Table) -> PanelStyle:
        settings = tuple(self._setting(entry) for entry in table.tables("settings"))
        if not settings:
            raise table.fail(
                "a style has settings", "settings", "Write { size = 26, leading = 36 }."
            )
        style = PanelStyle(
            face=table.text("face"),
            weight=table.integer("weight", 400),
            settings=settings,
            colour=self._colour(table),
            before=table.length("before", "0pt"),
            most_characters=table.integer("most_characters", 0),
            strong=table.integer("strong", 600),
            indent=table.number("indent", 0.0),
        )
        table.close()
        return style

    def _setting(self, table: Table) -> Setting:
        setting = Setting(table.number("size"), table.number("leading"), table.integer("lines", 0))
        table.close()
        return setting

    def _optional(self, table: Table, key: str) -> Points | None:
        return table.length(key) if key in table else None

    def _ground(self, table: Table) -> Ground:
        ground = Ground(
            table.text("name"), self._colour(table), self._optional(table, "top"),
            self._optional(table, "foot"), table.text("column", ""), table.length("pad", "0pt"),
        )  # fmt: skip
        table.close()
        return ground

    def _column(self, table: Table) -> ColumnPlan:
        as_the_sheet = "width" in table and table.text("width") == WHOLE_SHEET
        column = ColumnPlan(
            table.text("name"),
            self._optional(table, "left"),
            table.text("after", ""),
            table.length("gutter", "0pt"),
            self._optional(table, "right"),
            None if as_the_sheet else self._optional(table, "width"),
            as_the_sheet,
        )
        table.close()
        begins = column.left is not None or bool(column.after)
        wide = column.width is not None or as_the_sheet
        if begins + (column.right is not None) + wide != 2:
            raise table.fail(
                f"the column {column.name!r} needs two of: where it begins (left or after), where it ends "
                "(right), its width",
                "name",
            )
        return column

    def _stack(self, table: Table) -> StackPlan:
        stack = StackPlan(
            table.text("name"), table.text("column"), table.texts("elements"),
            table.text("within", ""), self._optional(table, "at"), table.text("below", ""), table.length("gap", "0pt"),
            table.text("level", ""), table.text("foot", ""), self._optional(table, "foot_at"),
        )  # fmt: skip
        table.close()
        hung = (
            stack.within,
            stack.at is not None,
            stack.below,
            stack.level,
            stack.foot,
            stack.foot_at is not None,
        )
        if sum(map(bool, hung)) != 1:
            raise table.fail(
                f"the stack {stack.name!r} hangs on one thing: within, at, below, level, foot or foot_at",
                "name",
            )
        for element in stack.elements:
            if element not in ELEMENTS:
                raise table.fail(
                    f"there is no element {element!r}", "elements", nearest(element, ELEMENTS)
                )
        return stack

    def _zone(self, table: Table) -> Zone:
        zone = Zone(table.text("element"), table.length("lowest"), table.length("highest"))
        table.close()
        return zone

    def _stand(self, table: Table) -> Stand:
        stand = Stand(table.length("head"), table.length("foot"), table.length("side"))
        table.close()
        return stand

    def _check(self, layout: PanelLayout) -> None:
        """Refuse an element without a style or shown twice, a stack in no column, a stand wider than the margins."""
        stand = layout.stand
        if stand and (
            stand.head > layout.head or stand.foot > layout.foot or stand.side > layout.side
        ):
            raise self.top.fail("the stand hides more than the margins keep free", "stand")
        shown = [element for stack in layout.stacks for element in stack.elements]
        columns = [column.name for column in layout.columns]
        for element in shown:
            if element in TEXTS and element not in layout.styles:
                raise self._fail(f"the element {element!r} has no [style.{element}]")
            if shown.count(element) > 1:
                raise self._fail(f"the element {element!r} stands in two places")
        for stack in layout.stacks:
            if stack.column not in columns:
                raise self._fail(
                    f"the stack {stack.name!r} stands in the column {stack.column!r}, which is not there"
                )
        if SHEET not in shown or "caption" not in shown:
            raise self._fail("a panel shows the sheet, and the caption that says what it is")

    def _fail(self, message: str) -> LayoutError:
        return LayoutError(message, where=Where(str(self.path)), hint="See docs/exhibit.md.")
