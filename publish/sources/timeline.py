"""Reads timeline.toml: events, the clocks of two cities, and the span of the figure.

In: the file and the works it may cite. Out: a Timeline whose moments are possible, in order, and each told by
a clock that stood so. An edition without the file has an empty one.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from publish.markdown import CITATION, check_line
from publish.model import Work
from publish.problems import SourceError
from publish.tables import Table, read_toml
from publish.timeline import Change, Clock, Event, Timeline

TIMELINE = "timeline.toml"
MOST_WORDS = 14  # of an event in the figure, its citation not counted
LONGEST = timedelta(days=10)  # on one page an hour must keep two points

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?:Z|[+-]\d\d:\d\d)?")
_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")
_FURTHEST = timedelta(hours=15)  # from universal time; no clock was ever further off by much
_HOW = 'Write a moment with its clock’s distance to universal time, "1962-10-27T20:05-04:00".'


def read_timeline(path: Path, works: Mapping[str, Work]) -> Timeline:
    """Return the timeline of a seed folder; an empty one where there is no such file.

    Raises SourceError with the line for an impossible day or moment, a moment without its distance to
    universal time or by a clock that did not stand so, events out of order, two that are the telegram
    itself, and an event of the figure that is told in too many words.
    """
    if not path.is_file():
        return Timeline()
    top = read_toml(path, SourceError)
    clocks = _clocks(top)
    figure = top.table("figure")
    first, last = _moment(figure, "first"), _moment(figure, "last")
    if not first < last <= first + LONGEST:
        raise figure.fail(
            "the figure must end after it begins, and within ten days",
            "last",
            "Show the days around the telegram; the table has the others.",
        )
    figure.close()
    tables = top.tables("event")
    events = tuple(_event(table, clocks, works) for table in tables)
    top.close()
    timeline = Timeline(events, clocks, first, last)
    _check_order(tables, events, clocks[0])
    _check_this(tables, events)
    _check_words(tables, timeline)
    return timeline


def _clocks(top: Table) -> tuple[Clock, ...]:
    tables = top.tables("clock")
    if len(tables) != 2:
        raise top.fail(
            f"a timeline has two clocks, not {len(tables)}",
            "clock",
            "Write [[clock]] twice: the city at the left and the one at the right.",
        )
    return tuple(_clock(table) for table in tables)


def _clock(table: Table) -> Clock:
    changes: list[Change] = []
    for entry in table.tables("changes"):
        change = Change(_moment(entry, "at"), _offset(entry, "offset"))
        entry.close()
        if changes and change.at <= changes[-1].at:
            raise table.fail("the changes are not in order", "changes", "Put the earlier first.")
        changes.append(change)
    clock = Clock(
        table.text("name"), _offset(table, "offset"), tuple(changes), table.text("zone", "")
    )
    table.close()
    return clock


def _offset(table: Table, key: str) -> timedelta:
    text = table.text(key)
    match = _OFFSET.fullmatch(text)
    size = timedelta(hours=int(match[2]), minutes=int(match[3])) if match else timedelta.max
    if match is None or int(match[3]) % 15 or size > _FURTHEST:
        raise table.fail(
            f"{text!r} is no clock’s distance to universal time", key, 'Write one such as "-04:00".'
        )
    return -size if match[1] == "-" else size


def _moment(table: Table, key: str) -> datetime:
    """Return a moment. Raises SourceError when it is impossible, or does not say by which clock."""
    text = table.text(key)
    if not _MOMENT.fullmatch(text):
        raise table.fail(f"{text!r} is not a moment", key, _HOW)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise table.fail(f"there is no such moment as {text!r}", key, _HOW) from None
    offset = moment.utcoffset()
    if offset is None:
        raise table.fail(f"the moment {text!r} does not say by which clock", key, _HOW)
    if abs(offset) > _FURTHEST:
        raise table.fail(f"no clock is as far from universal time as that of {text!r}", key, _HOW)
    return moment


def _event(table: Table, clocks: Sequence[Clock], works: Mapping[str, Work]) -> Event:
    when, moment = table.text("when"), None
    if _DAY.fullmatch(when):
        try:
            day = date.fromisoformat(when)
        except ValueError:
            hint = "Look at the month’s last day."
            raise table.fail(f"there is no such day as {when!r}", "when", hint) from None
    else:
        moment = _moment(table, "when")
        _check_clock(table, moment, clocks)
        day = moment.date()
    told, disputed = table.text("told"), table.text("disputed", "")
    check_line(told, works, table.where("told"))
    check_line(disputed, works, table.where("disputed"))
    if not told.strip():
        raise table.fail("'told' is empty", "told", "Say what happened, or take the entry out.")
    event = Event(
        day, told, table.where("when").line, moment,
        table.flag("about", default=False), disputed, table.flag("this", default=False),
    )  # fmt: skip
    table.close()
    return event


def _check_clock(table: Table, moment: datetime, clocks: Sequence[Clock]) -> None:
    """Refuse a distance that neither city had then: so a forgotten change of clocks is found."""
    possible = {clock.name: clock.offset_at(moment) for clock in clocks}
    offset = moment.utcoffset()
    if offset and offset not in possible.values():
        stood = ", ".join(f"{name} at {_written(each)}" for name, each in possible.items())
        raise table.fail(
            f"no clock stood at {_written(offset)} then, but {stood}",
            "when",
            "Were the clocks changed that night? Universal time is +00:00.",
        )


def _written(offset: timedelta) -> str:
    minutes = round(abs(offset) / timedelta(minutes=1))
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}"


def _check_order(tables: Sequence[Table], events: Sequence[Event], clock: Clock) -> None:
    """Refuse events out of order: the file is proofread in the order of the days."""
    for earlier, event, table in zip(events, events[1:], tables[1:], strict=False):
        if earlier.moment and event.moment:
            back = event.moment < earlier.moment
        else:
            back = _day(event, clock) < _day(earlier, clock)
        if back:
            raise table.fail(
                f"the event of {table.text('when')} stands after a later one",
                "when",
                "Put the events in the order in which they happened.",
            )


def _day(event: Event, clock: Clock) -> date:
    return clock.shows(event.moment).date() if event.moment else event.day


def _check_this(tables: Sequence[Table], events: Sequence[Event]) -> None:
    own = [table for table, event in zip(tables, events, strict=True) if event.this]
    if len(own) > 1:
        raise own[1].fail("two events are the telegram itself", "this", "Keep one `this = true`.")


def _check_words(tables: Sequence[Table], timeline: Timeline) -> None:
    shown = {event.line for _, event in timeline.in_figure()}
    for table, event in zip(tables, timeline.events, strict=True):
        words = sum(any(map(str.isalnum, word)) for word in CITATION.sub("", event.told).split())
        if event.line in shown and words > MOST_WORDS:
            raise table.fail(
                f"an event of the figure is told in {words} words",
                "told",
                f"Use at most {MOST_WORDS}; a longer account belongs into the commentary.",
            )
