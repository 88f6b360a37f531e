"""The width that a file states of a glyph is that of its font program; another one is noticed."""

from typing import Any

import pikepdf
import pytest
from pikepdf import Array

from tests.changed_fonts import BOTH, COMPOSITE, SIMPLE, Edition, edition_of, font_called
from tests.conftest import Finisher


@pytest.fixture(scope="module")
def good(finished: Finisher) -> Edition:
    """Return the edition of the first seed."""
    return edition_of(finished)


def widen_a_letter(good: Edition, face: str, by: float) -> bytes:
    """Return the file with another width stated for "e"."""
    code = good.codes[face]["e"]

    def change(pdf: pikepdf.Pdf) -> None:
        font = font_called(pdf, face)
        if face == SIMPLE:
            font.Widths[code - int(font.FirstChar)] += type(font.Widths[0])(by)
            return
        widths = list(font.W)
        for place in range(0, len(widths), 2):
            first, listed = int(widths[place]), widths[place + 1]
            if first <= code < first + len(listed):
                listed[code - first] = float(listed[code - first]) + by

    return good.changed(change)


@BOTH
def test_a_width_that_is_not_the_program_s_is_caught(good: Edition, face: str) -> None:
    told = good.told(widen_a_letter(good, face, 5))
    assert told.keys() == {"widths"}
    assert told["widths"][0].startswith("the width stated of 'e' is ")


@BOTH
def test_a_width_is_right_within_a_thousandth_of_the_em(good: Edition, face: str) -> None:
    assert good.told(widen_a_letter(good, face, 0.5)) == {}


# A face of one width needs no list: it is stated as that of missing characters.
@pytest.mark.parametrize(("face", "key"), [("LibreFranklin-Regular", "/Widths"), (COMPOSITE, "/W")])
def test_widths_that_are_not_stated_are_caught(good: Edition, face: str, key: str) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        del font_called(pdf, face)[key]

    assert good.told(good.changed(change)).keys() == {"widths"}


def test_a_width_stated_twice_must_be_right_twice(good: Edition) -> None:
    code = good.codes[COMPOSITE]["e"]

    def change(pdf: pikepdf.Pdf) -> None:
        widths = font_called(pdf, COMPOSITE).W
        font_called(pdf, COMPOSITE).W = Array([*widths, code, code, 999])

    assert good.told(good.changed(change)).keys() == {"widths"}


def test_widths_of_a_range_of_codes_are_read(good: Edition) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        ranges: list[Any] = []
        widths = list(font_called(pdf, COMPOSITE).W)
        for first, listed in zip(widths[::2], widths[1::2], strict=True):
            for step, width in enumerate(listed):
                ranges += [int(first) + step, int(first) + step, width]
        font_called(pdf, COMPOSITE).W = Array(ranges)

    assert good.told(good.changed(change)) == {}
