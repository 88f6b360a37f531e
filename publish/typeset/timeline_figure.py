"""The geometry of the timeline: an axis of hours between two clocks, and labels that stand clear of each other.

In: what is to stand beside which moment, with its measures. Out: numbers only. All lengths are points from the
figure's top left corner, downwards; nothing is drawn and no clock is read here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

WIDTH = 402.0
LENGTH = 531.0  # of the axis: the page's height without the heads
MOST_PER_HOUR = 9.0
AXIS = 90.0
LEFT_TIMES = 78.0  # where the left clock's hours end: the text's own left edge
RIGHT_TIMES = 102.0
DAYS_END = 170.0  # of the rules at the right clock's midnights
EVENTS = 176.0
EVENT_WIDTH = WIDTH - EVENTS
LINE = 13.0
GAP = 1.5  # between two labels
LEADER_FROM = 3.0  # a label that moved further than this is led to its hour
HOUR_TICK, SIX_HOUR_TICK = 2.5, 6.0
DAY_SIZE = 7.0

_STEADY = 12.0  # how much less than others the label of the telegram itself gives way
_HALF_TIME = 4.5  # half the height of an hour in words


class Side(Enum):
    """The clock at the left of the axis, or the one at its right."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to stand beside the place `at` of the axis: lines of text, and the widths of both hours."""

    at: float
    lines: tuple[str, ...] = ()  # none: a word about a clock, in the column of its hours
    left: float = 0.0
    right: float = 0.0
    steady: bool = False

    @property
    def height(self) -> float:
        """Return the height of its lines; an hour alone is one line high."""
        return LINE * max(1, len(self.lines))


@dataclass(frozen=True, slots=True)
class Label:
    """What was wanted, and the middle of its first line."""

    wanted: Wanted
    y: float

    @property
    def top(self) -> float:
        """Return its upper edge."""
        return self.y - LINE / 2

    @property
    def bottom(self) -> float:
        """Return its lower edge."""
        return self.top + self.wanted.height

    @property
    def led(self) -> bool:
        """Say whether a leader joins it to its hour."""
        return abs(self.y - self.wanted.at) > LEADER_FROM

    def reach(self, side: Side) -> tuple[float, float]:
        """Return where its hour on one side begins and ends."""
        if side is Side.LEFT:
            return LEFT_TIMES - self.wanted.left, LEFT_TIMES
        return RIGHT_TIMES, RIGHT_TIMES + self.wanted.right

    def has_hour(self, side: Side) -> bool:
        """Say whether an hour of that clock is printed."""
        return (self.wanted.left if side is Side.LEFT else self.wanted.right) > 0


@dataclass(frozen=True, slots=True)
class DayLine:
    """A midnight: a rule from `start` to `end` at `y`, and the day's name, its middle at `name_y`."""

    y: float
    side: Side
    start: float
    end: float
    name_y: float


def per_hour(hours: float) -> float:
    """Return how long an hour is: nine points, less where the span would outgrow the page."""
    return min(MOST_PER_HOUR, LENGTH / hours)


def placed(wanted: Sequence[Wanted], length: float) -> tuple[Label, ...]:
    """Return labels in the order given, each as near its hour as the others allow.

    The sum of squared shifts is the least there is (isotonic regression by pooling neighbours, Barlow et al.
    1972). Raises ValueError when they need more room than `length`.
    """
    if not wanted:
        return ()
    depths, depth = [], 0.0  # of each label's middle below the first one's, when they stand close
    for one in wanted:
        depths.append(depth)
        depth += one.height + GAP
    lowest = length - (depth - GAP) + LINE / 2
    if lowest < 0:
        raise ValueError(f"{len(wanted)} labels need {depth - GAP - length:.0f} points more")
    firsts = _pooled(
        [one.at - depth for one, depth in zip(wanted, depths, strict=True)],
        [_STEADY if one.steady else 1.0 for one in wanted],
    )
    kept = (min(max(first, 0.0), lowest) for first in firsts)
    return tuple(
        Label(one, first + depth) for one, first, depth in zip(wanted, kept, depths, strict=True)
    )


def _pooled(values: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Return the nearest numbers that never fall: neighbours that would are given their mean."""
    pools: list[tuple[float, float, int]] = []  # mean, weight, how many
    for value, weight in zip(values, weights, strict=True):
        mean, heavy, count = value, weight, 1
        while pools and pools[-1][0] > mean:
            before, weight_before, count_before = pools.pop()
            mean = (before * weight_before + mean * heavy) / (weight_before + heavy)
            heavy, count = heavy + weight_before, count + count_before
        pools.append((mean, heavy, count))
    return [mean for mean, _, count in pools for _ in range(count)]


def day_line(y: float, side: Side, name_width: float, labels: Iterable[Label]) -> DayLine:
    """Return a midnight's rule and the place of its name, both clear of that clock's hours in words."""
    hours = [label for label in labels if label.has_hour(side)]
    start, end = AXIS, (0.0 if side is Side.LEFT else DAYS_END)
    for label in hours:
        if abs(label.y - y) < _HALF_TIME:  # the rule would strike the hour out: it begins beyond it
            outer = label.reach(side)[0] - 4 if side is Side.LEFT else label.reach(side)[1] + 4
            start = min(start, outer) if side is Side.LEFT else max(start, outer)
    name = (0.0, name_width) if side is Side.LEFT else (DAYS_END - name_width, DAYS_END)
    # On a line of hours too, where that is not so near that the rule would strike the name out.
    beneath = [label.y for label in hours if y + DAY_SIZE - 1 <= label.y < y + 2 * LINE]
    places = [y + DAY_SIZE, y - DAY_SIZE + 1, *beneath]
    tidy = [place for place in places if _is_tidy(place, name, side, hours)]
    clear = [place for place in places if _is_clear(place, name, side, hours)]
    return DayLine(y, side, start, end, [*tidy, *clear, *places][0])


def _is_tidy(y: float, name: tuple[float, float], side: Side, labels: Sequence[Label]) -> bool:
    """Say whether a name stands clear, and on a line of words or well between two of them."""
    lines = [label.y + number * LINE for label in labels for number in range(_count(label))]
    return _is_clear(y, name, side, labels) and all(
        abs(line - y) < 0.01 or abs(line - y) >= LINE - 3 for line in lines
    )


def _count(label: Label) -> int:
    return max(1, len(label.wanted.lines))


def _is_clear(y: float, name: tuple[float, float], side: Side, labels: Sequence[Label]) -> bool:
    for label in labels:
        start, end = label.reach(side)
        beside = name[1] + 3 <= start or end + 3 <= name[0]
        if not beside and abs(label.y - y) < _HALF_TIME + DAY_SIZE / 2:
            return False
    return True
