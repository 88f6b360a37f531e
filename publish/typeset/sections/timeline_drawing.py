"""The timeline's figure as HTML: its lines are one picture (SVG), its words are set over it like all others.

Words in an SVG would be set letter by letter, without kerning and in no language; so it holds lines only.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from publish.fonts import Face, advance, load
from publish.markdown import CITATION, plain
from publish.resources import fonts_directory
from publish.timeline import HOUR, Event, Timeline, about_words, duration_words, hour_words
from publish.typeset.sections.context import element, words_html
from publish.typeset.timeline_figure import (
    AXIS,
    DAY_SIZE,
    EVENT_WIDTH,
    EVENTS,
    HOUR_TICK,
    LEFT_TIMES,
    LINE,
    RIGHT_TIMES,
    SIX_HOUR_TICK,
    WIDTH,
    DayLine,
    Label,
    Side,
    Wanted,
    day_line,
    per_hour,
    placed,
)

EVENT_SIZE, TIME_SIZE = 9.75, 8.0  # points; the style sheet has the same
HEADS = 24.0  # points above the axis, for the names of the cities
IN_DOUBT = "sources differ on the hour: see the table"

_BLACK, _TONE = "#000", "#7d2a1c"
MONTHS = (
    "Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip
_WEEKDAYS = ("Mon.", "Tues.", "Wed.", "Thurs.", "Fri.", "Sat.", "Sun.")

Scale = Callable[[datetime], float]  # moment → points below the axis's beginning


@dataclass(frozen=True, slots=True)
class Row:
    """What stands beside the axis: an event, or the word of a clock that was changed; its hours in words."""

    moment: datetime
    wanted: Wanted
    left: str
    right: str
    event: Event | None = None


def figure_html(told: Timeline, first: datetime, last: datetime, alt: str) -> str:
    """Return the figure of what lies between two moments.

    Raises ValueError when it holds more than a page has room for, FontError for a character that the
    faces lack.
    """
    hour = per_hour((last - first) / HOUR)

    def at(moment: datetime) -> float:
        return (moment - first) / HOUR * hour

    length = at(last)
    rows = rows_of(told, at)
    labels = placed([row.wanted for row in rows], length)
    days = list(_days(told, first, last, at, labels))
    html = [_picture(told, first, last, at, list(zip(rows, labels, strict=True)), days)]
    html += _heads(told, first)
    for row, label in zip(rows, labels, strict=True):
        html += _words(row, label)
    html += [_at(line.name_y, name, f"day {line.side.value}") for line, name in days]
    return element(
        "div",
        "".join(html),
        css="timeline-figure",
        style=f"height: {_n(HEADS + length)}pt; width: {_n(WIDTH)}pt",
        data_tag="Figure",
        alt=alt,
    )


def rows_of(told: Timeline, at: Scale) -> list[Row]:
    """Return what stands beside the axis, from top to bottom."""
    rows = [_event_row(told, moment, event, at) for moment, event in told.in_figure()]
    for side, clock in zip(Side, told.clocks, strict=True):
        for moment, size in clock.jumps():
            if told.first and told.last and told.first <= moment <= told.last:
                words = (
                    f"Clocks {'back' if size < timedelta() else 'forward'} {duration_words(size)}"
                )
                rows.append(_clock_row(moment, side, words, at))
    return sorted(rows, key=lambda row: row.moment)


def _event_row(told: Timeline, moment: datetime, event: Event, at: Scale) -> Row:
    in_words = about_words if event.about else hour_words
    left, right = (in_words(clock.shows(moment)) for clock in told.clocks)
    wanted = Wanted(
        at(moment),
        _lines(words_of(event)),
        advance(_sans(), left, TIME_SIZE),
        advance(_sans(), right, TIME_SIZE),
        steady=event.this,
    )
    return Row(moment, wanted, left, right, event)


def _clock_row(moment: datetime, side: Side, words: str, at: Scale) -> Row:
    width = advance(_sans(), words, TIME_SIZE)
    if side is Side.LEFT:
        return Row(moment, Wanted(at(moment), left=width), words, "")
    return Row(moment, Wanted(at(moment), right=width), "", words)


def words_of(event: Event) -> str:
    """Return what is told of an event without its citation, and without the last full stop."""
    words = plain(CITATION.sub("", event.told))
    return re.sub(r"\s+([.,;:])", r"\1", " ".join(words.split())).removesuffix(".")


def _lines(words: str) -> tuple[str, ...]:
    """Break words into lines of the events' column; a word that is wider has a line of its own."""
    lines: list[str] = []
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and advance(_serif(), longer, EVENT_SIZE) <= EVENT_WIDTH:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


@cache
def _sans() -> Face:
    return load(fonts_directory()).get("Press Franklin", 500)


@cache
def _serif() -> Face:
    return load(fonts_directory()).get("Press STIX")


# Lines


def _picture(
    told: Timeline,
    first: datetime,
    last: datetime,
    at: Scale,
    rows: Sequence[tuple[Row, Label]],
    days: Sequence[tuple[DayLine, str]],
) -> str:
    length = at(last)
    drawn = []
    for line, _ in days:
        stub = AXIS + (-SIX_HOUR_TICK if line.side is Side.LEFT else SIX_HOUR_TICK)
        drawn.append(_line(AXIS, line.y, stub, line.y, 0.6, _TONE))
        drawn.append(_line(line.start, line.y, line.end, line.y, 0.6, _TONE))
    drawn.append(_line(AXIS, 0, AXIS, length, 0.7))
    for side, clock in zip(Side, told.clocks, strict=True):
        outwards = -1 if side is Side.LEFT else 1
        for moment, hour in clock.hours(first, last):
            size = SIX_HOUR_TICK if hour % 6 == 0 else HOUR_TICK
            if hour:  # at midnight the rule stands
                drawn.append(_line(AXIS, at(moment), AXIS + outwards * size, at(moment), 0.5))
    for row, label in rows:
        drawn += _leaders(row, label)
    events = [row.event for row, _ in rows if row.event]
    places = {row.event.line: row.wanted.at for row, _ in rows if row.event}
    # Open dots over full ones, and the telegram's own last, so that it stands whole.
    events.sort(key=lambda event: (event.this, bool(event.disputed)))
    drawn += [_dot(event, places[event.line]) for event in events]
    if any(event.disputed for event in events):
        drawn.append(_open_dot(EVENTS + 2.2, -HEADS + LINE / 2))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(WIDTH)}pt" height="{_n(HEADS + length)}pt" '
        f'viewBox="0 {_n(-HEADS)} {_n(WIDTH)} {_n(HEADS + length)}">{"".join(drawn)}</svg>'
    )


def _leaders(row: Row, label: Label) -> Iterator[str]:
    if not label.led:
        return
    colour = _TONE if row.event is None or row.event.this else _BLACK
    if row.left:
        yield _line(AXIS - SIX_HOUR_TICK / 2, row.wanted.at, LEFT_TIMES + 2, label.y, 0.4, colour)
    if row.right:
        yield _line(AXIS + SIX_HOUR_TICK / 2, row.wanted.at, RIGHT_TIMES - 2, label.y, 0.4, colour)


def _dot(event: Event, y: float) -> str:
    if event.disputed:
        return _open_dot(AXIS, y)
    # With the white edge; so that two events of one half hour are seen as two.
    size, colour = (2.8, _TONE) if event.this else (1.8, _BLACK)
    return f'<circle cx="{_n(AXIS)}" cy="{_n(y)}" r="{size}" fill="{colour}" stroke="#fff" stroke-width="0.6"/>'


def _open_dot(x: float, y: float) -> str:
    return (
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="1.8" fill="#fff" stroke="#000" stroke-width="0.7"/>'
    )


def _line(x: float, y: float, to_x: float, to_y: float, width: float, colour: str = _BLACK) -> str:
    return (
        f'<line x1="{_n(x)}" y1="{_n(y)}" x2="{_n(to_x)}" y2="{_n(to_y)}" '
        f'stroke="{colour}" stroke-width="{width}"/>'
    )


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


# Words


def _heads(told: Timeline, first: datetime) -> Iterator[str]:
    for side, clock in zip(Side, told.clocks, strict=True):
        yield _at(-HEADS + LINE / 2, clock.name, f"city {side.value}")
        yield _at(
            -HEADS + LINE * 3 / 2 - 2, day_words(clock.shows(first)), f"day city-{side.value}"
        )
    if any(event.disputed for _, event in told.in_figure()):
        yield _at(-HEADS + LINE / 2, IN_DOUBT, "legend")


def _words(row: Row, label: Label) -> Iterator[str]:
    own = "" if row.event and not row.event.this else " own"
    if row.left:
        yield _at(label.y, row.left, f"hour left{own}")
    if row.right:
        yield _at(label.y, row.right, f"hour right{own}")
    for number, line in enumerate(label.wanted.lines):
        yield _at(label.y + number * LINE, line, f"event{own}")


def _at(y: float, words: str, css: str) -> str:
    """Return a line of words whose middle is at `y` of the axis."""
    top = f"top: {_n(HEADS + y - LINE / 2)}pt"
    return element("div", words_html(words), css=css, style=top, data_space="after")


def _days(
    told: Timeline, first: datetime, last: datetime, at: Scale, labels: Sequence[Label]
) -> Iterator[tuple[DayLine, str]]:
    for side, clock in zip(Side, told.clocks, strict=True):
        for moment, hour in clock.hours(first, last):
            if hour == 0:
                name = short_day(clock.shows(moment))
                width = advance(_sans(), name, DAY_SIZE)
                yield day_line(at(moment), side, width, labels), name


def short_day(shown: datetime) -> str:
    """Return a day as Sat. 27; Python's own names follow the machine's locale."""
    return f"{_WEEKDAYS[shown.weekday()]} {shown.day}"


def day_words(shown: datetime) -> str:
    """Return a day as Fri., Oct. 26."""
    return f"{_WEEKDAYS[shown.weekday()]}, {MONTHS[shown.month - 1]} {shown.day}"
