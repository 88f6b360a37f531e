"""Lengths. In: lengths as people write them ("8.5in", "3 mm"); out: points, the unit of the press.

This is the only place where a length is converted.
"""

import re
from typing import TypeAlias

Points: TypeAlias = float

POINTS_PER_INCH = 72.0
POINTS_PER_MILLIMETRE = POINTS_PER_INCH / 25.4
CSS_PX_PER_POINT = 96 / 72  # CSS fixes 1in = 96px; PDF fixes 1in = 72pt

_POINTS_PER_UNIT = {
    "pt": 1.0,
    "in": POINTS_PER_INCH,
    "mm": POINTS_PER_MILLIMETRE,
    "cm": POINTS_PER_MILLIMETRE * 10,
}
_LENGTH = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*(pt|in|mm|cm)\s*")


def points(length: str) -> Points:
    """Return `length` ("8.5in", "210mm", "11pt", "70cm") in points.

    Raises ValueError when the number or the unit cannot be read; whoever asked
    knows the file and says where.
    """
    match = _LENGTH.fullmatch(length)
    if match is None:
        raise ValueError(f"{length!r} is not a length; write a number and pt, in, mm or cm")
    return float(match[1]) * _POINTS_PER_UNIT[match[2]]


def from_css_px(pixels: float) -> Points:
    """Return CSS pixels in points."""
    return pixels / CSS_PX_PER_POINT
