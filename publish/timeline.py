"""The timeline: events, and the clocks of two cities by which they are told. No paper, no fonts.

What a clock showed is data (its distance to universal time, and each change of it), never a computer's own
table of time zones: the same seed gives the same hours everywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

HOUR = timedelta(hours=1)
_QUARTER = timedelta(
    minutes=15
)  # no clock is at less from universal time (IANA, tz database, since 1972)


@dataclass(frozen=True, slots=True)
class Event:
    """An event. `moment` is None where the source gives a day only.

    `told` and `disputed` are each one line of Markdown with its citation; `disputed` says which other time a
    source gives.
    """

    day: date  # by the source's own calendar
    told: str
    line: int  # in timeline.toml
    moment: datetime | None = (
        None  # with its distance to universal time, as the source's clock has it
    )
    about: bool = False  # the source gives the time as an approximate one
    disputed: str = ""
    this: bool = False  # the telegram itself


@dataclass(frozen=True, slots=True)
class Change:
    """A clock put forward or back: `at` that moment it was set to `offset` from universal time."""

    at: datetime
    offset: timedelta


@dataclass(frozen=True, slots=True)
class Clock:
    """What the clocks of a city showed: `offset` from universal time until the first change."""

    name: str
    offset: timedelta
    changes: tuple[Change, ...] = ()
    zone: str = ""  # its name in the tz database, from which the offsets were taken

    def offset_at(self, moment: datetime) -> timedelta:
        """Return the clock's distance to universal time; at a change already the new one."""
        offset = self.offset
        for change in self.changes:
            if moment >= change.at:
                offset = change.offset
        return offset

    def shows(self, moment: datetime) -> datetime:
        """Return date and hour that the clock shows at a moment, as a datetime without a zone."""
        return _universal(moment) + self.offset_at(moment)

    def jumps(self) -> tuple[tuple[datetime, timedelta], ...]:
        """Return moment and size of each change; a clock put back has jumped by less than nothing."""
        offsets = (self.offset, *(change.offset for change in self.changes))
        sizes = (after - before for before, after in pairwise(offsets))
        return tuple((change.at, size) for change, size in zip(self.changes, sizes, strict=True))

    def hours(self, first: datetime, last: datetime) -> Iterator[tuple[datetime, int]]:
        """Yield each moment from `first` to `last` at which the clock shows a whole hour, and that hour."""
        moment = first - timedelta(
            minutes=_universal(first).minute % 15,
            seconds=first.second,
            microseconds=first.microsecond,
        )
        while moment <= last:
            if moment >= first and self.shows(moment).minute == 0:
                yield moment, self.shows(moment).hour
            moment += _QUARTER


def _universal(moment: datetime) -> datetime:
    """Return a moment by universal time, as a datetime without a zone."""
    return moment.replace(tzinfo=None) - (moment.utcoffset() or timedelta())


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events in their order, the two clocks, and the span of the figure; empty where nobody wrote one."""

    events: tuple[Event, ...] = ()
    clocks: tuple[Clock, ...] = ()  # two: the figure's left one and its right one
    first: datetime | None = None  # where the figure begins and ends
    last: datetime | None = None

    def __iter__(self) -> Iterator[Event]:
        """Return the events one by one."""
        return iter(self.events)

    def __len__(self) -> int:
        """Return the number of events."""
        return len(self.events)

    def in_figure(self) -> tuple[tuple[datetime, Event], ...]:
        """Return the events within the figure's span, each with its moment; a day alone has no place there."""
        if self.first is None or self.last is None:
            return ()
        return tuple(
            (event.moment, event)
            for event in self.events
            if event.moment is not None and self.first <= event.moment <= self.last
        )


def texts(timeline: Timeline) -> tuple[str, ...]:
    """Return all that the editors wrote in a timeline, as Markdown."""
    return tuple(text for event in timeline for text in (event.told, event.disputed) if text)


def hour_words(shown: datetime) -> str:
    """Return the hour on a clock as the letter writes it: 8:05 p.m.; twelve by day is noon."""
    if shown.time() == time(12):
        return "noon"
    half = "a.m." if shown.hour < 12 else "p.m."
    return f"{shown.hour % 12 or 12}:{shown.minute:02} {half}"


def about_words(shown: datetime) -> str:
    """Return an hour that is given as an approximate one: about 6 p.m."""
    return f"about {hour_words(shown).replace(':00 ', ' ')}"


def duration_words(duration: timedelta) -> str:
    """Return a stretch of time: 13 h 55 min, 1 h, 30 min."""
    hours, minutes = divmod(round(abs(duration) / timedelta(minutes=1)), 60)
    told = [f"{hours} h"] if hours else []
    return " ".join([*told, f"{minutes} min"] if minutes or not told else told)
