"""Strokes become outlines whose edges lie where the pen's edges lie."""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, dist, hypot, pi, sin

import pytest

from publish.faces.corners import blunted, in_whole_units, united
from publish.faces.notation import read_stroke
from publish.faces.strokes import Arc, Contour, Line, Point, Segment, dot, outline, turn
from publish.problems import FontError

QUARTER = Arc((0, 0), (300, 500), pi / 2, 0)  # from the top to the right, with the clock


def drawn(text: str, width: float = 80, level_share: float = 1.0) -> list[Contour]:
    return outline(read_stroke(text).pieces(), width, level_share)


def corners(contour: Contour) -> set[Point]:
    return {(round(x, 6), round(y, 6)) for x, y in (segment[0] for segment in contour)}


def points(contours: Sequence[Contour]) -> list[Point]:
    return [point for contour in contours for segment in contour for point in segment]


def along(segment: Segment, share: float) -> Point:
    """Return a point of a line or a quadratic curve."""
    weights = (
        (1 - share, share)
        if len(segment) == 2
        else ((1 - share) ** 2, 2 * share * (1 - share), share**2)
    )
    return (
        sum(w * p[0] for w, p in zip(weights, segment, strict=True)),
        sum(w * p[1] for w, p in zip(weights, segment, strict=True)),
    )


def area(contours: Sequence[Contour]) -> float:
    """Return the area that the contours surround: positive where they run with the clock."""
    total = 0.0
    for contour in contours:
        places = [along(segment, n / 20) for segment in contour for n in range(20)]
        total += sum(a[1] * b[0] - a[0] * b[1] for a, b in pairwise([*places, places[0]])) / 2
    return total


# The edge of a bent stroke


@pytest.mark.parametrize("distance", [60.0, -60.0, 100.0])
def test_the_edge_of_a_bent_stroke_is_everywhere_as_far_from_its_middle(distance: float) -> None:
    middle = [(300 * cos(n * pi / 4000), 500 * sin(n * pi / 4000)) for n in range(-200, 2201)]
    for segment in QUARTER.parallel(distance):
        for share in (0, 0.25, 0.5, 0.75):
            nearest = min(dist(along(segment, share), place) for place in middle)
            assert nearest == pytest.approx(abs(distance), abs=0.2)


def test_the_edge_of_an_elliptical_stroke_is_no_ellipse() -> None:
    """An ellipse with radii greater by the distance, the quick way, is off by more than two units."""
    places = [along(s, n / 10) for s in QUARTER.parallel(100) for n in range(10)]
    assert max(abs(hypot(x / 400, y / 600) - 1) * 400 for x, y in places) > 2


def test_a_curve_has_points_at_its_extrema_with_level_and_upright_directions() -> None:
    edge = QUARTER.parallel(40)
    assert edge[0][0] == pytest.approx((0, 540))
    assert edge[0][1][1] == pytest.approx(540)
    assert edge[-1][-1] == pytest.approx((340, 0))
    assert edge[-1][1][0] == pytest.approx(340)


def test_the_segments_of_an_edge_flow_into_each_other() -> None:
    for before, after in pairwise(QUARTER.parallel(40)):
        way_out = (before[2][0] - before[1][0], before[2][1] - before[1][1])
        way_in = (after[1][0] - after[0][0], after[1][1] - after[0][1])
        assert turn(way_out, way_in) == pytest.approx(0, abs=1e-9)


def test_a_stroke_that_is_too_wide_for_its_curve_is_refused() -> None:
    with pytest.raises(FontError, match="a stroke 120 wide cannot follow a curve of radius 50"):
        drawn("0,50 hv 50,0", width=120)


# Ends and corners


def test_a_straight_stroke_is_a_rectangle_drawn_with_the_clock() -> None:
    (contour,) = drawn("100,0 100,500")
    assert corners(contour) == {(60, 0), (140, 0), (140, 500), (60, 500)}
    assert area([contour]) == pytest.approx(80 * 500)


def test_a_steep_stroke_ends_level_on_its_line() -> None:
    (contour,) = drawn("100,0 300,500")
    assert sorted(y for _, y in corners(contour)) == pytest.approx([0, 0, 500, 500])


def test_a_flat_stroke_ends_upright() -> None:
    (contour,) = drawn("100,0 600,200")
    assert sorted(x for x, _ in corners(contour)) == pytest.approx([100, 100, 600, 600])


def test_a_bent_stroke_ends_square_to_its_way() -> None:
    (contour,) = drawn("300,0 hv50 0,-300")
    (end,) = (s for s in contour if len(s) == 2 and s[0][0] < 250)
    assert dist(*end) == pytest.approx(80)


def test_an_apex_stands_on_its_line() -> None:
    contours = drawn("100,0 300,500 500,0")
    assert max(y for _, y in points(contours)) == pytest.approx(500)


def test_a_right_corner_is_mitred() -> None:
    (contour,) = drawn("100,0 100,500 400,500")
    assert (60, 540) in corners(contour)


def test_a_level_stroke_has_its_share_of_the_width() -> None:
    (level,) = drawn("0,300 400,300", level_share=0.9)
    (upright,) = drawn("300,0 300,400", level_share=0.9)
    assert {y for _, y in corners(level)} == {264, 336}
    assert {x for x, _ in corners(upright)} == {260, 340}


def test_a_closed_stroke_leaves_its_counter_open() -> None:
    contours = drawn("300,500 hv 100,300 vh 300,100 hv 500,300 vh 300,500")
    assert len(contours) == 2
    assert area(contours) == pytest.approx(pi * (240**2 - 160**2), rel=0.001)
    assert sorted(area([contour]) > 0 for contour in contours) == [False, True]


def test_a_point_alone_is_a_round_dot() -> None:
    contour = dot((300, 50), 100)
    assert area([contour]) == pytest.approx(pi * 50**2, rel=0.001)
    assert all(
        dist(along(s, n / 4), (300, 50)) == pytest.approx(50, abs=0.1)
        for s in contour
        for n in range(4)
    )


# How strokes are written down


@pytest.mark.parametrize(
    ("text", "end", "way"),
    [
        ("0,300 hv 200,0", (200, 0), (0, -1)),
        ("0,300 hv -200,0", (-200, 0), (0, -1)),
        ("0,0 vh 200,300", (200, 300), (1, 0)),
        ("0,0 hv -200,300", (-200, 300), (0, 1)),
    ],
)
def test_a_quarter_arrives_where_and_how_it_is_written(text: str, end: Point, way: Point) -> None:
    (piece,) = read_stroke(text).pieces()
    assert piece.end == pytest.approx(end)
    assert piece.way_out == pytest.approx(way)


def test_a_partial_bend_keeps_what_adjoins_the_rest_of_its_stroke() -> None:
    first, _, last = read_stroke("400,300 vh60 200,500 hv 0,300 vh60 200,100").pieces()
    assert first.end == pytest.approx((200, 500))
    assert first.start == pytest.approx((200 + 200 * sin(pi / 3), 300 + 200 * cos(pi / 3)))
    assert last.start == pytest.approx((0, 300))
    assert last.end == pytest.approx((200 - 200 * cos(pi / 3), 300 - 200 * sin(pi / 3)))


@pytest.mark.parametrize(
    "text", ["140,424 vs 240,319 358,270 sv 464,163", "0,0 hs 160,60 220,160 sh 380,220"]
)
def test_a_slanted_bend_flows_into_the_straight_piece_beside_it(text: str) -> None:
    pieces = read_stroke(text).pieces()
    for before, after in pairwise(pieces):
        assert before.end == pytest.approx(after.start)
        assert before.way_out == pytest.approx(after.way_in)
    assert pieces[0].start == pytest.approx(read_stroke(text).nodes[0].point)
    assert min(map(abs, pieces[0].way_in)) == pytest.approx(0)


def test_a_percentage_is_the_strokes_share_of_the_weight() -> None:
    assert read_stroke("92% 0,0 0,500").weight == 0.92


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("0,0 0;500", "'0;500' in the stroke '0,0 0;500' is neither a point nor a bend"),
        ("0,0 hh 10,10", "'hh' in the stroke"),
        ("hv 0,0 10,10", "has a bend without a point before and after it"),
        ("0,0 10,10 hv", "has a bend without a point before and after it"),
        ("", "has a bend without a point before and after it"),
        ("0,0 0,9 hv60 9,20 vh 20,30 40,30", "leaves out a part of a bend that is not at its end"),
    ],
)
def test_a_stroke_that_the_notation_does_not_know_is_refused(text: str, message: str) -> None:
    with pytest.raises(FontError, match=message):
        read_stroke(text)


def test_a_slanted_bend_that_no_ellipse_makes_is_refused() -> None:
    with pytest.raises(FontError, match=r"no ellipse leaves .* less than 0\.5 is wanted"):
        read_stroke("0,0 vs 100,-100 200,-200").pieces()


# One outline


def test_strokes_that_cross_become_one_outline() -> None:
    cross = united([*drawn("0,200 400,200"), *drawn("200,0 200,400")])
    assert len(cross) == 1
    assert area(cross) == pytest.approx(2 * 80 * 400 - 80 * 80)
    assert len(cross[0]) == 12


def test_corners_of_ink_lose_and_corners_of_paper_gain() -> None:
    (sharp,) = united([*drawn("0,200 400,200"), *drawn("200,0 200,400")])
    round_corner = 1 - pi / 4  # of a square: what a quarter of a circle leaves of it
    assert area([blunted(sharp, 20, 0)]) == pytest.approx(
        area([sharp]) - 8 * round_corner * 20**2, rel=0.001
    )
    assert area([blunted(sharp, 0, 10)]) == pytest.approx(
        area([sharp]) + 4 * round_corner * 10**2, rel=0.001
    )


def test_a_rounding_never_takes_more_than_a_segment_has() -> None:
    (thin,) = united(drawn("0,0 0,500", width=30))
    rounded = blunted(thin, 100, 100)
    assert 0 < area([rounded]) < area([thin])
    assert all(-15 <= x <= 15 for x, _ in points([rounded]))


def test_curves_stay_as_they_are_where_no_corner_is() -> None:
    (ring, counter) = united(drawn("300,500 hv 100,300 vh 300,100 hv 500,300 vh 300,500"))
    assert blunted(ring, 20, 20) == ring
    assert blunted(counter, 20, 20) == counter


def test_whole_units_leave_a_contour_closed() -> None:
    contour = in_whole_units(dot((10.4, 10.4), 33.3))
    assert all(x == int(x) and y == int(y) for x, y in points([contour]))
    assert all(a[-1] == b[0] for a, b in pairwise([*contour, contour[0]]))


def test_a_piece_turned_back_runs_the_same_way() -> None:
    for piece in (QUARTER, Line((0, 0), (3, 4))):
        back = piece.reversed()
        assert (back.start, back.end) == (piece.end, piece.start)
        assert back.way_in == pytest.approx(tuple(-c for c in piece.way_out))
