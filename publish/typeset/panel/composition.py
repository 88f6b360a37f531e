"""Where everything on a panel stands: columns and stacks of a layout on the sheet at hand.

In: a layout, a sheet, a way to measure each element in a width. Out: Placed boxes in points from the
sheet's upper left corner, of which no two meet; or a LayoutError that says what does not fit, by how much.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from publish.panel_layouts import MARK, ColumnPlan, PanelLayout, StackPlan
from publish.papers import Paper
from publish.problems import LayoutError, Where
from publish.typeset.panel.blocks import BELOW_LINE, Block
from publish.units import POINTS_PER_INCH, Points

STEP: Final = 5  # percent: a visitor is told the sheet's scale, and a round one is remembered
_HAIR: Final = 0.01  # points: sums of lengths are no truer

Measure = Callable[[str, Points, float], Block | None]  # element, width, the sheet's scale → block


@dataclass(frozen=True, slots=True)
class Column:
    """A column's left edge and width."""

    left: Points
    width: Points


@dataclass(frozen=True, slots=True)
class Box:
    """A placed element."""

    name: str
    stack: str
    left: Points
    top: Points
    block: Block

    @property
    def right(self) -> Points:
        """Return its right edge."""
        return self.left + self.block.width

    @property
    def bottom(self) -> Points:
        """Return its lower edge."""
        return self.top + self.block.height

    def meets(self, other: "Box") -> bool:
        """Say whether two boxes share a place."""
        return (
            self.left < other.right - _HAIR
            and other.left < self.right - _HAIR
            and self.top < other.bottom - _HAIR
            and other.top < self.bottom - _HAIR
        )


@dataclass(frozen=True, slots=True)
class Composition:
    """A panel laid out; `scale` is the facsimile's."""

    boxes: tuple[Box, ...]
    columns: Mapping[str, Column]
    scale: float

    def box(self, name: str) -> Box | None:
        """Return the box of an element, where the panel has it."""
        return next((box for box in self.boxes if box.name == name), None)


@dataclass(frozen=True, slots=True)
class _Fault:
    element: str
    by: Points
    how: str

    def __str__(self) -> str:
        return f"{self.element!r} {self.how} by {self.by / POINTS_PER_INCH:.2f} in"


def compose(
    layout: PanelLayout, paper: Paper, sheet: tuple[Points, Points], measure: Measure
) -> Composition:
    """Return the composition with the largest sheet that leaves all else its room.

    `sheet` is the facsimile's true size. Raises LayoutError naming the element that does not fit at the
    smallest scale, and by how much.
    """
    scale_of_panel = layout.scale_on(paper)
    most = int(layout.most_scale * scale_of_panel * 100 / STEP) * STEP
    least = min(most, int(layout.least_scale * scale_of_panel * 100 / STEP) * STEP)
    faults: list[_Fault] = []
    for percent in range(most, least - 1, -STEP):
        try:
            solver = _Solver(layout, paper, sheet, percent / 100, measure)
        except LayoutError:
            if percent - STEP < least:
                raise
            continue  # a smaller sheet leaves the columns beside it more room
        faults = list(solver.faults())
        if not faults:
            return Composition(tuple(solver.boxes.values()), solver.columns, percent / 100)
    worst = max(faults, key=lambda fault: fault.by)
    raise LayoutError(
        f"the panel has no room on {paper.title}: {worst}, with the sheet at {least} %",
        where=Where(layout.path),
        hint="Shorten its words in exhibit.md, or take a larger sheet.",
    )


class _Solver:
    """A layout at one scale of the sheet."""

    def __init__(
        self,
        layout: PanelLayout,
        paper: Paper,
        sheet: tuple[Points, Points],
        scale: float,
        measure: Measure,
    ) -> None:
        self.layout, self.paper, self.scale = layout, paper, scale
        self.factor = layout.scale_on(paper)
        self.sheet_width = sheet[0] * scale
        self.columns = {plan.name: Column(0, 0) for plan in layout.columns}
        for plan in layout.columns:
            self.columns[plan.name] = self._column(plan)
        self.grounds = {
            ground.name: (ground.top or 0.0) * paper.height / layout.height
            for ground in layout.grounds
        }
        self.boxes: dict[str, Box] = {}
        self.ends: dict[str, Points] = {}  # of stacks and elements
        for stack in layout.stacks:
            self._place(stack, measure)

    def _column(self, plan: ColumnPlan) -> Column:
        end = None if plan.right is None else self.paper.width - plan.right * self.factor
        width = self.sheet_width if plan.as_the_sheet else (plan.width or 0.0) * self.factor
        if plan.left is not None:
            begin = plan.left * self.factor
        elif plan.after:
            before = self.columns[plan.after]
            begin = before.left + before.width + plan.gutter * self.factor
        else:
            begin = (end or 0.0) - width
        return Column(begin, end - begin if end is not None else width)

    def _place(self, stack: StackPlan, measure: Measure) -> None:
        column = self.columns[stack.column]
        measured: list[tuple[str, Block, Points]] = []
        height = 0.0
        for element in stack.elements:
            block = measure(element, column.width, self.scale)
            if block is None:
                continue
            before = self._space_before(element) if measured else 0.0
            measured.append((element, block, before))
            height += before + block.height
        if not measured:
            return
        # A last line is seen to end where its letters stand, not where a p reaches.
        seen = height - BELOW_LINE * measured[-1][1].type_size
        top = self._top(stack, seen if stack.within else height)
        for element, block, before in measured:
            top += before
            self.boxes[element] = Box(element, stack.name, column.left, top, block)
            top += block.height
            self.ends[element] = top
        self.ends[stack.name] = top

    def _space_before(self, element: str) -> Points:
        """Return the space above what is not the first of its stack; a mark stands as clear as a stack does."""
        style = self.layout.styles.get(element)
        space = self.layout.gap if element == MARK else style.before if style else 0.0
        return space * self.factor

    def _top(self, stack: StackPlan, height: Points) -> Points:
        if stack.within:
            return (self.grounds[stack.within] - height) / 2
        if stack.at is not None:
            return stack.at * self.paper.height / self.layout.height
        if stack.foot_at is not None:
            return self.paper.height - stack.foot_at * self.factor - height
        gap = stack.gap * self.factor
        if stack.below:
            known = self.ends.get(stack.below, self.grounds.get(stack.below))
            return (known if known is not None else self._last_end()) + gap
        name = stack.level or stack.foot
        box = self.boxes.get(name)
        if box is None:
            return self._last_end() + self.layout.gap * self.factor
        return box.top if stack.level else box.bottom - height

    def _last_end(self) -> Points:
        return max(self.ends.values(), default=0.0)

    def faults(self) -> Iterator[_Fault]:
        """Yield what runs off the sheet, into another, out of its zone."""
        yield from self._off_the_sheet()
        least = self.layout.gap * self.factor
        for one, other in combinations(self.boxes.values(), 2):
            upper, lower = sorted((one, other), key=lambda box: box.top)
            beside = upper.right <= lower.left + _HAIR or lower.right <= upper.left + _HAIR
            if beside:
                continue
            needed = 0.0 if one.stack == other.stack else least
            over = upper.bottom + needed - lower.top
            if over > _HAIR:
                yield _Fault(lower.name, over, f"stands too near to {upper.name!r},")
        yield from self._over_an_edge(least)
        yield from self._out_of_zone()

    def _over_an_edge(self, least: Points) -> Iterator[_Fault]:
        """Nothing stands across the edge of a band or a foot, or nearer to it than to another stack."""
        down, whole = self.paper.height / self.layout.height, self.paper.height
        for ground in self.layout.grounds:
            if ground.top is None and ground.foot is None:
                continue
            edge = (
                ground.top * down if ground.top is not None else whole - (ground.foot or 0) * down
            )
            for box in self.boxes.values():
                near = min(box.bottom + least - edge, edge - box.top + least)
                if near > _HAIR:
                    yield _Fault(box.name, near, f"stands too near to the edge of {ground.name!r},")

    def _off_the_sheet(self) -> Iterator[_Fault]:
        layout, paper = self.layout, self.paper
        for box in self.boxes.values():
            for over, how in (
                (box.bottom - (paper.height - layout.foot * self.factor), "runs beyond the foot"),
                (layout.head * self.factor - box.top, "runs beyond the head"),
                (box.right - (paper.width - layout.side * self.factor), "is too wide"),
                (layout.side * self.factor - box.left, "runs beyond the side"),
            ):
                if over > _HAIR and not (box.name == "title" and how == "runs beyond the side"):
                    yield _Fault(box.name, over, how)
            column = self.columns[self._column_of(box)]
            if box.block.width > column.width + _HAIR:
                yield _Fault(box.name, box.block.width - column.width, "is too wide")

    def _column_of(self, box: Box) -> str:
        return next(stack.column for stack in self.layout.stacks if stack.name == box.stack)

    def _out_of_zone(self) -> Iterator[_Fault]:
        """Heights above the floor are a visitor's, whatever the sheet: they are not scaled."""
        for zone in self.layout.zones:
            box = self.boxes.get(zone.element)
            if box is None:
                continue
            low, high = self.paper.height - box.bottom, self.paper.height - box.top
            if high - zone.highest > _HAIR:
                yield _Fault(zone.element, high - zone.highest, "hangs too high")
            if zone.lowest - low > _HAIR:
                yield _Fault(zone.element, zone.lowest - low, "hangs too low")
