"""The timeline: a figure of the days around the telegram by two clocks, and overleaf a table of all events."""

from datetime import datetime
from html import escape
from pathlib import Path

from publish.dates import long_date
from publish.problems import LayoutError, Where
from publish.timeline import Clock, Event, Timeline, about_words, hour_words
from publish.typeset.sections.context import Context, Section, element, words_html
from publish.typeset.sections.timeline_drawing import MONTHS, figure_html, words_of

TITLE = "Timeline"
TABLE_TITLE = "All events and their sources"


def timeline(context: Context) -> Section | None:
    """Return the figure and the table; nothing where the edition has no events.

    Raises LayoutError when the figure's span holds more events than a page has room for.
    """
    told = context.edition.apparatus.timeline
    if not told.events:
        return None
    html = [element("h2", TITLE, id="timeline")]
    if told.in_figure():
        html.append(_figure(context, told))
    overleaf = "overleaf" if told.in_figure() else ""
    html.append(element("h3", TABLE_TITLE, id="timeline-events", css=overleaf))
    html.append(element("p", words_html(_about_clocks(told)), css="opening"))
    html.append(_table(context, told))
    return Section("timeline", TITLE, "\n".join(html), entries=(("timeline-events", TABLE_TITLE),))


def _figure(context: Context, told: Timeline) -> str:
    assert told.first is not None  # noqa: S101 — in_figure() is empty without a span
    assert told.last is not None  # noqa: S101
    try:
        return figure_html(told, told.first, told.last, _alt(told, told.first, told.last))
    except ValueError as problem:
        folder = Path(context.edition.document.source.path).parent
        raise LayoutError(
            f"the timeline’s figure holds too many events: {problem}",
            where=Where(str(folder / "timeline.toml")),
            hint="Narrow its span in [figure]; the table has the other events.",
        ) from None


def _alt(told: Timeline, first: datetime, last: datetime) -> str:
    """Return what the figure shows, in words; its events are in the table, and not told twice."""
    left, right = told.clocks
    events = told.in_figure()
    alt = (
        f"A line of hours from {_moment_words(left, first)} to {_moment_words(left, last)} by the clocks of "
        f"{left.name}, whose hours stand at the left; those of {right.name} stand at the right. "
        f"{len(events)} events are marked."
    )
    for moment, event in events:
        if event.this:
            alt += (
                f" The edition’s own is told apart by colour and a larger dot: {words_of(event)}, "
                f"{_moment_words(left, moment)} in {left.name}, {_moment_words(right, moment)} in {right.name}."
            )
    for clock in told.clocks:
        for moment, size in clock.jumps():
            if first <= moment <= last:
                set_how = "back" if size.total_seconds() < 0 else "forward"
                alt += (
                    f" The clocks of {clock.name} are put {set_how} on {_day_words(clock, moment)}."
                )
    return f"{alt} The table that follows has every event, its hours and its source."


def _day_words(clock: Clock, moment: datetime) -> str:
    return long_date(clock.shows(moment).date()).partition(",")[0]


def _moment_words(clock: Clock, moment: datetime) -> str:
    return f"{hour_words(clock.shows(moment))} on {_day_words(clock, moment)}"


def _about_clocks(told: Timeline) -> str:
    """Say by which clocks the hours are told, and what an empty cell means."""
    clocks = "; ".join(_clock_words(clock) for clock in told.clocks)
    words = f"Hours are those of the two cities’ clocks ({clocks})."
    if zones := [clock.zone for clock in told.clocks if clock.zone]:
        words += f" The distances from universal time (UTC) are those of the tz database ({', '.join(zones)})."
    if any(event.moment is None for event in told):
        words += " An event without an hour is given by its day."
    return words


def _clock_words(clock: Clock) -> str:
    words = f"{clock.name} UTC{_offset_words(clock.offset.total_seconds())}"
    for change in clock.changes:
        words += (
            f", from {long_date(clock.shows(change.at).date())}, "
            f"UTC{_offset_words(change.offset.total_seconds())}"
        )
    return words


def _offset_words(seconds: float) -> str:
    hours, rest = divmod(round(abs(seconds)), 3600)
    minutes = f":{rest // 60:02}" if rest else ""
    return f"{'−' if seconds < 0 else '+'}{hours}{minutes}"


# The table


def _table(context: Context, told: Timeline) -> str:
    heads = [*(clock.name for clock in told.clocks), "Event"]
    head = element("tr", "".join(element("th", escape(name), scope="col") for name in heads))
    year = told.first.year if told.first else 0
    rows = "".join(_row(context, told, event, year) for event in told)
    return element("table", element("thead", head) + element("tbody", rows), css="timeline-events")


def _row(context: Context, told: Timeline, event: Event, year: int) -> str:
    left, right = _cells(told, event, year)
    words = context.line(event.told)
    if event.disputed:
        words += (
            f" {element('span', 'Sources differ.', css='doubt')} {context.line(event.disputed)}"
        )
    html = element("th", escape(left), scope="row")
    html += element("td", escape(right), css="hour") + element("td", words)
    return element("tr", html, css="own" if event.this else "")


def _cells(told: Timeline, event: Event, year: int) -> tuple[str, str]:
    """Return day and hour by both clocks; of a day alone the second cell is empty."""
    if event.moment is None:
        suffix = "" if event.day.year == year else f", {event.day.year}"
        return f"{MONTHS[event.day.month - 1]} {event.day.day}{suffix}", ""
    in_words = about_words if event.about else hour_words
    left, right = (clock.shows(event.moment) for clock in told.clocks)
    cells = [
        f"{MONTHS[shown.month - 1]} {shown.day}{'' if shown.year == year else f', {shown.year}'}, "
        f"{in_words(shown)}"
        for shown in (left, right)
    ]
    return cells[0], cells[1]
