"""The geometry of the timeline: labels clear of each other, in order, each beside its hour or led to it."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.model import Edition
from publish.typeset.sections.timeline_drawing import rows_of
from publish.typeset.timeline_figure import (
    DAY_SIZE,
    GAP,
    LEADER_FROM,
    LENGTH,
    LINE,
    Label,
    Side,
    Wanted,
    day_line,
    placed,
)

PLACES = st.lists(
    st.tuples(st.floats(0, LENGTH), st.integers(0, 3), st.booleans()), min_size=1, max_size=9
)


def wanted(places: list[tuple[float, int, bool]]) -> list[Wanted]:
    return [Wanted(at, ("words",) * lines, 30, 40, steady) for at, lines, steady in sorted(places)]


@given(PLACES)
def test_no_two_labels_overlap_and_their_order_is_kept(
    places: list[tuple[float, int, bool]],
) -> None:
    labels = placed(wanted(places), LENGTH)
    for earlier, later in pairwise(labels):
        assert later.top - earlier.bottom >= GAP - 1e-6


@given(PLACES)
def test_every_label_stays_on_the_figure(places: list[tuple[float, int, bool]]) -> None:
    labels = placed(wanted(places), LENGTH)
    assert labels[0].y >= -1e-6
    assert labels[-1].bottom <= LENGTH + LINE / 2 + 1e-6


@given(PLACES)
def test_each_label_stands_beside_its_hour_or_has_a_leader(
    places: list[tuple[float, int, bool]],
) -> None:
    for label in placed(wanted(places), LENGTH):
        assert label.led or abs(label.y - label.wanted.at) <= LEADER_FROM


def test_a_label_alone_stands_exactly_beside_its_hour() -> None:
    (label,) = placed([Wanted(100, ("one", "two"))], LENGTH)
    assert (label.y, label.led) == (100, False)


def test_two_labels_at_one_hour_move_apart_by_the_same_way() -> None:
    first, second = placed([Wanted(100, ("one",)), Wanted(100, ("two",))], LENGTH)
    assert (first.y + second.y, second.y - first.y) == (200, LINE + GAP)


def test_the_telegrams_own_label_gives_way_least() -> None:
    first, own = placed([Wanted(100, ("one",)), Wanted(100, ("two",), steady=True)], LENGTH)
    assert abs(own.y - 100) < 2 < abs(first.y - 100)


def test_more_labels_than_there_is_room_for_are_refused() -> None:
    with pytest.raises(ValueError, match="points more"):
        placed([Wanted(10.0 * n, ("one", "two", "three")) for n in range(20)], LENGTH)


def test_a_days_name_is_printed_above_its_rule_where_an_hour_stands_below() -> None:
    below = Label(Wanted(110, ("one",), 70, 60), 110)
    assert day_line(100, Side.RIGHT, 30, [below]).name_y < 100
    assert day_line(100, Side.RIGHT, 30, []).name_y > 100


def test_a_midnights_rule_does_not_strike_an_hour_out() -> None:
    label = Label(Wanted(101, ("one",), 30, 30), 101)
    for side in Side:
        line = day_line(100, side, 20, [label])
        start, end = sorted((line.start, line.end))
        assert end < label.reach(side)[0] or start > label.reach(side)[1]


@given(PLACES, st.floats(0, LENGTH), st.sampled_from(Side))
def test_a_midnights_rule_does_not_strike_its_own_name_out(
    places: list[tuple[float, int, bool]], y: float, side: Side
) -> None:
    line = day_line(y, side, 24, placed(wanted(places), LENGTH))
    assert abs(line.name_y - line.y) >= DAY_SIZE - 1


def test_in_the_seeds_figure_days_and_hours_stand_clear_of_each_other(edition: Edition) -> None:
    told = edition.apparatus.timeline
    first = told.first
    assert first is not None
    rows = rows_of(told, lambda when: (when - first) / timedelta(hours=1) * 9)
    labels = placed([row.wanted for row in rows], LENGTH)
    assert [row.left for row in rows if row.event is None] == ["Clocks back 1 h"]
    own = next(label for label, row in zip(labels, rows, strict=True) if row.wanted.steady)
    assert not own.led
    for side, midnights in ((Side.LEFT, (16, 40)), (Side.RIGHT, (9, 33, 57))):
        for hour in midnights:
            line = day_line(hour * 9, side, 27, labels)
            for label in labels:
                start, end = label.reach(side)
                beside = (end + 2 < 143) if side is Side.RIGHT else start - 2 > 27
                assert beside or abs(label.y - line.name_y) >= DAY_SIZE
