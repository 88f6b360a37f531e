"""The timeline: read strictly, told by two clocks, drawn as one figure, and all of it in a table."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from publish.layouts import Layouts
from publish.markdown import CITATION
from publish.model import Edition, Work
from publish.orders import Order, make_job
from publish.problems import LayoutError, SourceError
from publish.sources import read
from publish.sources.timeline import read_timeline
from publish.timeline import Event, Timeline, about_words, duration_words, hour_words, texts
from publish.typeset.reading import make_html
from publish.typeset.sections.timeline import TABLE_TITLE
from publish.typeset.sections.timeline_drawing import words_of
from publish.typeset.timeline_figure import LENGTH, per_hour
from publish.verify.reading_back import FinishedFile
from tests.bad_inputs import changed
from tests.conftest import SEED, SYNTHETIC, Finisher
from tests.drawn_facsimile import found

WORKS = {"a-work": Work("a-work", "A Work", "*A Work*")}
HEAD = """\
[figure]
first = "1962-03-03T08:00-05:00"
last = "1962-03-05T08:00-05:00"

[[clock]]
name = "Lisbon"
offset = "+01:00"
changes = [{ at = "1962-03-04T03:00+01:00", offset = "+00:00" }]

[[clock]]
name = "Washington"
offset = "-05:00"

"""


def entry(when: str, more: str = "", told: str = "It happens [@a-work, p. 1].") -> str:
    return f'[[event]]\nwhen = "{when}"\ntold = "{told}"\n{more}\n'


@pytest.fixture
def read_text(tmp_path: Path) -> Callable[[str], Timeline]:
    """Return a reader of a timeline that is written to a file first."""

    def reader(text: str) -> Timeline:
        path = tmp_path / "timeline.toml"
        path.write_text(text, "utf-8")
        return read_timeline(path, WORKS)

    return reader


Reader = Callable[[str], Timeline]


def event(told: Timeline, words: str) -> Event:
    return next(one for one in told if words in one.told)


def moment(of: Event) -> datetime:
    assert of.moment is not None
    return of.moment


# Clocks


def test_the_telegrams_hour_in_moscow_is_five_past_three_the_next_day(edition: Edition) -> None:
    told = edition.apparatus.timeline
    own = next(one for one in told if one.this)
    shown = [clock.shows(moment(own)) for clock in told.clocks]
    assert shown == [datetime(1962, 10, 27, 20, 5), datetime(1962, 10, 28, 3, 5)]  # noqa: DTZ001


def test_the_broadcast_came_thirteen_hours_and_fifty_five_minutes_later(edition: Edition) -> None:
    told = edition.apparatus.timeline
    own = next(one for one in told if one.this)
    later = moment(event(told, "Acceptance broadcast")) - moment(own)
    assert duration_words(later) == "13 h 55 min"
    assert duration_words(later) in event(told, "Acceptance broadcast").told


def test_the_first_letter_took_as_long_as_its_event_says(edition: Edition) -> None:
    told = edition.apparatus.timeline
    passed = event(told, "Passed to the White House")
    took = moment(passed) - moment(event(told, "Khrushchev’s first letter"))
    assert duration_words(took) == "11 h 32 min"
    assert duration_words(took) in passed.told


def test_after_the_change_of_clocks_washington_is_eight_hours_behind_moscow(
    edition: Edition,
) -> None:
    told = edition.apparatus.timeline
    broadcast = moment(event(told, "Acceptance broadcast"))
    assert [clock.shows(broadcast).hour for clock in told.clocks] == [9, 17]


def test_at_the_moment_of_the_change_the_clock_shows_the_new_hour(edition: Edition) -> None:
    washington = edition.apparatus.timeline.clocks[0]
    change = datetime(1962, 10, 28, 6, tzinfo=UTC)
    assert washington.shows(change).hour == 1
    assert washington.shows(change - timedelta(minutes=1)).hour == 1
    assert washington.jumps()[0] == (change, timedelta(hours=-1))


def test_the_figure_spans_fifty_nine_hours(edition: Edition) -> None:
    told = edition.apparatus.timeline
    assert told.first is not None
    assert told.last is not None
    assert told.last - told.first == timedelta(hours=59)
    assert per_hour(59) == 9.0
    assert per_hour(118) == LENGTH / 118


def test_the_clocks_are_those_of_the_tz_database(edition: Edition) -> None:
    told = edition.apparatus.timeline
    for clock in told.clocks:
        try:
            zone = ZoneInfo(clock.zone)
        except ZoneInfoNotFoundError:
            pytest.skip("this computer has no tz database")
        for one in told:
            if one.moment:
                assert clock.offset_at(one.moment) == one.moment.astimezone(zone).utcoffset()


@pytest.mark.parametrize(
    ("hour", "minute", "told", "about"),
    [
        (0, 0, "12:00 a.m.", "about 12 a.m."),
        (9, 43, "9:43 a.m.", "about 9:43 a.m."),
        (12, 0, "noon", "about noon"),
        (12, 30, "12:30 p.m.", "about 12:30 p.m."),
        (18, 0, "6:00 p.m.", "about 6 p.m."),
    ],
)
def test_an_hour_is_told_as_the_letter_tells_it(
    hour: int, minute: int, told: str, about: str
) -> None:
    shown = datetime(1962, 10, 27, hour, minute)  # noqa: DTZ001 — what a clock shows has no zone
    assert (hour_words(shown), about_words(shown)) == (told, about)


# The reader


def test_an_edition_without_the_file_has_an_empty_timeline(synthetic: Edition) -> None:
    assert len(synthetic.apparatus.timeline) == 0
    assert synthetic.apparatus.timeline.in_figure() == ()


def test_a_moment_may_be_given_by_either_clock_or_by_universal_time(read_text: Reader) -> None:
    moments = ["1962-03-03T09:00+01:00", "1962-03-03T09:00-05:00", "1962-03-03T15:00+00:00"]
    told = read_text(HEAD + "".join(map(entry, moments)))
    assert [str(moment(one).astimezone(UTC))[11:16] for one in told] == ["08:00", "14:00", "15:00"]


@pytest.mark.parametrize(
    ("events", "line", "says"),
    [
        (entry("1962-02-30"), 15, "no such day"),
        (entry("1962-13-01T10:00-05:00"), 15, "no such moment"),
        (entry("1962-03-03T24:30-05:00"), 15, "no such moment"),
        (entry("1962-03-03T10:60-05:00"), 15, "no such moment"),
        (entry("1962-03-03T10:00"), 15, "does not say by which clock"),
        (entry("1962-03-03T10:00-19:00"), 15, "as far from universal time"),
        (entry("1962-03-03T10:00-04:00"), 15, "no clock stood at -04:00 then, but Lisbon at"),
        (entry("1962-03-04T09:00+01:00"), 15, "no clock stood at"),
        (entry("March 3, 1962"), 15, "is not a moment"),
        (entry("1962-03-03T10:00:00-05:00"), 15, "is not a moment"),
        (entry("1962-03-03") + entry("1962-03-02"), 19, "after a later one"),
        (
            entry("1962-03-03T10:00-05:00") + entry("1962-03-03T14:59+00:00"),
            19,
            "after a later one",
        ),
        (entry("1962-03-03", "this = true") + entry("1962-03-03", "this = true"), 21, "two events"),
        (entry("1962-03-03", told="  "), 16, "'told' is empty"),
        (entry("1962-03-03", told="<b>Bold</b>"), 16, "raw HTML"),
        (entry("1962-03-03", told="It happens [@no-work]."), 16, "no entry in the bibliography"),
        (entry("1962-03-03", 'disputed = "So [@no-work]."'), 17, "no entry in the bibliography"),
        (entry("1962-03-03", "dispute = true"), 17, "unknown key"),
        (entry("1962-03-03T10:00-05:00", told="a " * 15), 16, "told in 15 words"),
    ],
)
def test_a_fault_in_an_event_is_told_with_its_line(
    read_text: Reader, events: str, line: int, says: str
) -> None:
    with pytest.raises(SourceError, match=re.escape(says)) as raised:
        read_text(HEAD + events)
    assert raised.value.where is not None
    assert raised.value.where.line == line


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('last = "1962-03-05', 'last = "1962-03-02', "must end after it begins"),
        ('last = "1962-03-05', 'last = "1962-04-05', "within ten days"),
        ('offset = "-05:00"', 'offset = "5"', "no clock’s distance"),
        ('offset = "-05:00"', 'offset = "-05:07"', "no clock’s distance"),
        ('offset = "-05:00"', 'offset = "-25:00"', "no clock’s distance"),
        ('[[clock]]\nname = "Washington"\noffset = "-05:00"\n', "", "two clocks, not 1"),
        (
            "changes = [",
            'changes = [{ at = "1962-03-05T00:00+00:00", offset = "+02:00" }, ',
            "not in order",
        ),
        ('name = "Lisbon"', 'nam = "Lisbon"', "'name' is missing"),
    ],
)
def test_a_fault_in_clocks_or_span_is_told(
    read_text: Reader, old: str, new: str, says: str
) -> None:
    assert old in HEAD
    with pytest.raises(SourceError, match=says) as raised:
        read_text(HEAD.replace(old, new) + entry("1962-03-03"))
    assert raised.value.where is not None


def test_fourteen_words_are_not_too_many_and_a_citation_does_not_count(read_text: Reader) -> None:
    words = "a " * 14 + "[@a-work, a very long place in it]."
    assert len(read_text(HEAD + entry("1962-03-03T10:00-05:00", told=words))) == 1


def test_outside_the_figure_an_event_may_be_told_at_length(read_text: Reader) -> None:
    told = read_text(HEAD + entry("1962-03-02T10:00-05:00", told="a " * 30) + entry("1962-03-04"))
    assert told.in_figure() == ()


def test_the_file_is_attached_and_its_works_are_cited(edition: Edition) -> None:
    assert "timeline.toml" in [file.name for file in edition.files]
    cited = {m[1] for text in texts(edition.apparatus.timeline) for m in CITATION.finditer(text)}
    assert cited <= {work.key for work in edition.apparatus.works}


def test_every_event_of_the_seed_has_its_source(edition: Edition) -> None:
    assert [one.told for one in edition.apparatus.timeline if not CITATION.search(one.told)] == []


# What is printed


@pytest.fixture(scope="session")
def html(edition: Edition, known: Layouts) -> str:
    """Return the section as HTML."""
    pages = make_html(make_job(edition, Order(), known), {})
    return next(s.html for s in pages.sections["reading"] if s.id == "timeline")


def test_the_table_has_every_event(edition: Edition, html: str) -> None:
    rows = re.findall(r"<tr.*?</tr>", html.partition("<tbody>")[2])
    told = edition.apparatus.timeline
    assert len(rows) == len(told)
    for row, one in zip(rows, told, strict=True):
        assert words_of(one).partition(" [")[0] in re.sub(r"<[^>]+>", "", row).replace(
            "\u00a0", " "
        )


def test_an_hour_in_doubt_is_shown_as_such(edition: Edition, html: str) -> None:
    doubtful = [one for one in edition.apparatus.timeline if one.disputed]
    assert doubtful
    assert html.count("Sources differ.") == len(doubtful)


def test_the_figures_words_are_those_of_its_events(edition: Edition, html: str) -> None:
    figure = html.partition("<table")[0]
    lines = re.findall(r'<div class="event(?: own)?"[^>]*>(.*?)</div>', figure)
    events = [words_of(one) for _, one in edition.apparatus.timeline.in_figure()]
    assert " ".join(lines) == " ".join(events)


def test_the_figure_says_in_words_what_it_shows(html: str) -> None:
    (alt,) = re.findall(r' alt="([^"]+)"', html)
    assert "8:05 p.m. on October 27 in Washington, 3:05 a.m. on October 28 in Moscow" in alt
    assert "clocks of Washington are put back on October 28" in alt
    assert "The table that follows has every event" in alt


def test_the_figure_has_no_other_colour_than_black_the_tone_and_white(html: str) -> None:
    assert set(re.findall(r"#[0-9a-f]{3,6}\b", html)) == {"#000", "#fff", "#7d2a1c"}


def test_an_edition_without_events_has_no_section(synthetic: Edition, known: Layouts) -> None:
    pages = make_html(make_job(synthetic, Order(), known), {})
    assert "timeline" not in [section.id for section in pages.sections["reading"]]
    assert "Timeline" not in pages.html


def test_days_alone_are_a_table_without_a_figure(edition: Edition, known: Layouts) -> None:
    days = tuple(one for one in edition.apparatus.timeline if one.moment is None)
    told = replace(edition.apparatus.timeline, events=days)
    without = replace(edition, apparatus=replace(edition.apparatus, timeline=told))
    pages = make_html(make_job(without, Order(), known), {})
    section = next(s.html for s in pages.sections["reading"] if s.id == "timeline")
    assert "<svg" not in section
    assert section.count("<tr") == len(days) + 1


def test_too_many_events_for_a_page_are_refused(edition: Edition, known: Layouts) -> None:
    told = edition.apparatus.timeline
    own = next(one for one in told if one.this)
    crowded = replace(told, events=(own,) * 40)
    without = replace(edition, apparatus=replace(edition.apparatus, timeline=crowded))
    with pytest.raises(LayoutError, match="too many events") as raised:
        make_html(make_job(without, Order(), known), {})
    assert raised.value.where is not None
    assert raised.value.where.path.endswith("timeline.toml")


def test_a_foreign_phrase_of_an_event_is_marked_in_figure_and_table(
    tmp_path: Path, known: Layouts
) -> None:
    copy = Path(shutil.copytree(SEED, tmp_path / "seed"))
    changed(copy / "timeline.toml", "Executive Committee meets", "Executive Committee meets ad hoc")
    with (copy / "edition.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[foreign]]\nwords = "ad hoc"\nlanguage = "la"\n')
    pages = make_html(make_job(next(iter(read(copy))), Order(), known), {})
    assert pages.html.count('<span lang="la">ad hoc</span>') == 2


@pytest.mark.parametrize("standard", ["archive", "archive-2"])
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_figure_is_one_element_on_one_page_and_the_table_begins_overleaf(
    finished: Finisher, paper: str, standard: str
) -> None:
    with FinishedFile(finished(paper=paper, standard=standard).pdf) as file:
        (figure,) = [
            e for e in file.tree.elements if e.type == "Figure" and "hours" in (e.alt or "")
        ]
        pages = {content.page for content in figure.contents()}
        heads = [e for e in file.tree.elements if e.type in ("H2", "H3")]
        (head,) = [e for e in heads if e.id == "timeline"]
        (table,) = [e for e in heads if e.id == "timeline-events"]
        assert pages == {head.page}
        assert table.page == head.page + 1


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_every_letter_of_the_figure_stands_within_its_box(finished: Finisher, paper: str) -> None:
    pdf = finished(paper=paper).pdf
    with FinishedFile(pdf) as file:
        (figure,) = [
            e for e in file.tree.elements if e.type == "Figure" and "hours" in (e.alt or "")
        ]
        marks = {(content.page, content.mark.mcid) for content in figure.contents()}
        box = [
            float(str(file.objects.get(n))) for n in file.objects.array(figure.attributes["BBox"])
        ]
    letters = [one for one in found(pdf).drawn if (one.page, one.mark) in marks]
    assert len(letters) > 500
    left, bottom, right, top = box
    for one in letters:
        assert left - 0.1 <= one.x <= right, one.character
        assert bottom <= one.y <= top - one.size / 2, one.character


def test_a_book_without_a_timeline_has_no_heading_of_it(finished: Finisher) -> None:
    with FinishedFile(finished(SYNTHETIC).pdf) as file:
        assert "timeline" not in [element.id for element in file.tree.elements]
    assert TABLE_TITLE.encode() not in finished(SYNTHETIC).pdf
