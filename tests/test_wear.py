"""Wear, tried on shapes whose measures are known."""

import dataclasses
from cmath import rect
from math import cos, pi
from typing import Any

import pathops
import pytest

from publish.faces.wear import Contour, Wear, edges, struck

EM = 1000
NONE = Wear(gain=5.0, gain_spread=0.0, tilt=0.0, noise=0.0, step=28.0)
STRONG = Wear(gain=5.0, gain_spread=0.15, tilt=3.0, noise=4.5, step=28.0)


def boxes(*sides: tuple[float, float, float, float]) -> Any:
    """Return a path of boxes: left, bottom, right, top."""
    path = pathops.Path()
    pen = path.getPen()
    for left, bottom, right, top in sides:
        pen.moveTo((left, bottom))
        for corner in ((left, top), (right, top), (right, bottom)):
            pen.lineTo(corner)
        pen.closePath()
    return path


def ring(outer: float, inner: float) -> Any:
    """Return a round letter: circles within a thousandth of their radius, the inner a counter."""
    path = pathops.Path()
    pen = path.getPen()
    for radius, way in ((outer, -1), (inner, 1)):
        points = [rect(radius / cos(pi / 16), way * pi * (n + 0.5) / 8) for n in range(16)]
        pen.qCurveTo(*((point.real, point.imag) for point in points), None)
        pen.closePath()
    return path


def drawn(contours: list[Contour]) -> Any:
    path = pathops.Path()
    pen = path.getPen()
    for contour in contours:
        pen.qCurveTo(*contour, None)
        pen.closePath()
    return path


def centre(contours: list[Contour]) -> complex:
    left, bottom, right, top = drawn(contours).bounds
    return complex(left + right, bottom + top) / 2


def once(path: Any, wear: Wear, letter: str = "a", strike: int = 1) -> list[Contour]:
    return struck(edges(path, wear, EM), wear, EM, letter, strike)


def test_ink_spreads_a_straight_edge_by_the_gain() -> None:
    bounds = drawn(once(boxes((100, 100, 500, 200)), NONE)).bounds
    assert bounds == pytest.approx((95, 95, 505, 205), abs=0.6)


def test_the_curve_blunts_a_corner_and_no_more() -> None:
    lost = 410 * 110 - abs(drawn(once(boxes((100, 100, 500, 200)), NONE)).area)
    assert 50 < lost < 400  # each of the four corners within a quarter of a step


def test_a_corner_has_a_point_of_its_own() -> None:
    (contour,) = once(boxes((100, 100, 500, 200)), NONE)
    assert {(95, 95), (95, 205), (505, 205), (505, 95)} <= set(contour)


def test_points_stand_about_a_step_apart() -> None:
    (contour,) = once(boxes((100, 100, 500, 200)), NONE)
    assert len(contour) == pytest.approx((410 + 110) * 2 / NONE.step, abs=2)


def test_no_point_lies_on_the_curve_twice_over() -> None:
    (contour,) = once(boxes((100, 100, 500, 200)), STRONG)
    assert len(contour) == len(set(contour))


def test_a_round_letter_stays_round_and_as_large() -> None:
    outer, inner = once(ring(65, 30), NONE)
    for contour, radius in ((outer, 70), (inner, 25)):
        outline = drawn([contour])
        assert abs(outline.area) == pytest.approx(pi * radius**2, rel=0.01)
        assert outline.bounds == pytest.approx((-radius, -radius, radius, radius), abs=1)


def test_a_cubic_curve_is_followed() -> None:
    path = pathops.Path()
    pen = path.getPen()
    pen.moveTo((0, 0))
    pen.curveTo((0, 200), (300, 200), (300, 0))
    pen.closePath()
    top = drawn(once(path, NONE)).bounds[3]
    assert top == pytest.approx(150 + NONE.gain, abs=1)


def test_one_strike_is_always_the_same() -> None:
    assert once(ring(200, 130), STRONG) == once(ring(200, 130), STRONG)


@pytest.mark.parametrize(("letter", "strike"), [("a", 2), ("b", 1)])
def test_another_letter_or_strike_has_another_edge(letter: str, strike: int) -> None:
    assert once(ring(200, 130), STRONG) != once(ring(200, 130), STRONG, letter, strike)


@pytest.mark.parametrize("strike", range(1, 10))
def test_waves_and_tilt_take_as_much_ink_as_they_give(strike: int) -> None:
    even = dataclasses.replace(STRONG, gain_spread=0.0)
    worn = abs(drawn(once(ring(200, 130), even, strike=strike)).area)
    assert worn == pytest.approx(pi * (205**2 - 125**2), rel=0.01)


def test_a_letter_leans_to_one_side_in_every_strike() -> None:
    tilted = dataclasses.replace(NONE, tilt=20.0)
    shifts = [centre(once(ring(200, 130), tilted, strike=strike)) for strike in range(1, 10)]
    strongest = max(shifts, key=abs)
    assert abs(strongest) > 1
    assert all((shift / strongest).real > -0.1 for shift in shifts)
    assert all(abs((shift / strongest).imag) < 0.1 for shift in shifts)


@pytest.mark.parametrize("strike", range(1, 10))
def test_a_gap_that_waves_would_close_stays_open(strike: int) -> None:
    wear = dataclasses.replace(STRONG, noise=12.0)
    halves = boxes((0, 0, 200, 300), (216, 0, 400, 300))  # 6 of the gap are left by the gain
    worn = drawn(once(halves, wear, strike=strike))
    worn.simplify()
    assert len(list(worn.contours)) == 2


@pytest.mark.parametrize("strike", range(1, 10))
def test_a_counter_that_waves_would_close_stays_open(strike: int) -> None:
    wear = dataclasses.replace(STRONG, noise=25.0)
    worn = drawn(once(ring(100, 17), wear, strike=strike))
    worn.simplify()
    assert len(list(worn.contours)) == 2


def test_a_letter_without_an_outline_stays_blank() -> None:
    assert once(pathops.Path(), STRONG) == []
