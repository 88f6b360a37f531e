"""Lengths as people write them, and the points that they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.units import CSS_PX_PER_POINT, from_css_px, points


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        ("1in", 72.0),
        ("8.5in", 612.0),
        ("25.4mm", 72.0),
        ("2.54cm", 72.0),
        ("11pt", 11.0),
        (" 3 mm ", 8.503937),
        ("-0.5in", -36.0),
        ("0pt", 0.0),
    ],
)
def test_a_length_is_read_in_points(length: str, expected: float) -> None:
    assert points(length) == pytest.approx(expected)


@pytest.mark.parametrize(
    "length", ["", "11", "pt", "11px", "1,5in", ".5in", "1in 2mm", "1e3pt", "٣mm5"]
)
def test_what_is_no_length_is_refused_with_the_units_that_are(length: str) -> None:
    with pytest.raises(ValueError, match="write a number and pt, in, mm or cm"):
        points(length)


def test_a_css_pixel_is_three_quarters_of_a_point() -> None:
    assert from_css_px(96) == 72


@given(st.decimals(min_value=0, max_value=1000, places=3))
def test_a_centimetre_is_ten_millimetres(number: object) -> None:
    assert points(f"{number}cm") == pytest.approx(10 * points(f"{number}mm"))


@given(st.floats(min_value=0, max_value=10_000))
def test_pixels_and_points_go_there_and_back(pixels: float) -> None:
    assert from_css_px(pixels) * CSS_PX_PER_POINT == pytest.approx(pixels)
