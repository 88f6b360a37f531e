"""Letters stand in the cells of the typewriter, on every form and on a reduced plate, as pdfminer measures them."""

import statistics
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from publish.typeset.structure import Part
from tests.conftest import SEED
from tests.drawn_facsimile import (
    Drawn,
    Sheet,
    astray,
    facsimile,
    fitted_pitch,
    found,
    job,
    lines_of,
    sheet_of,
    typed_in,
)
from tests.typed_variants import FORMS, REFUSED, SEEDS

LONG = 20  # letters; a shorter line says little of the pitch


class Typed(NamedTuple):
    """A facsimile: alone, or as plates of the edition on a paper."""

    product: str
    seed: Path
    form: str
    paper: str = "letter"

    def __str__(self) -> str:
        """Return the words by which a test names it."""
        return "-".join((self.product, self.seed.name.split("-")[1], self.form, self.paper))

    @property
    def part(self) -> Part:
        """Return it as it is set."""
        return facsimile(self.product, self.seed, self.paper, self.form)

    @property
    def sheet(self) -> Sheet:
        """Return where its sheets lie."""
        return sheet_of(self.part.pdf, job(self.product, self.seed, self.paper, self.form))

    @property
    def lines(self) -> list[list[Drawn]]:
        """Return the letters of each line."""
        return list(lines_of(self.part.pdf, self.sheet).values())


REDUCED = Typed("edition", SEED, "teletype")
PLATES = (REDUCED, Typed("edition", SEED, "ds-322", "a4"), Typed("edition", SEED, "plain"))
ALONE = tuple(
    Typed("facsimile", seed, form)
    for form in FORMS
    for seed in SEEDS
    if (form, seed) not in REFUSED
)
every_sheet = pytest.mark.parametrize("typed", [*ALONE, *PLATES], ids=str)


@every_sheet
def test_a_line_of_letters_has_the_pitch_of_its_form(typed: Typed) -> None:
    sheet, lines = typed.sheet, [line for line in typed.lines if len(line) >= LONG]
    pitches = [fitted_pitch(line, sheet) for line in lines]
    assert len(pitches) > 5
    assert pitches == [pytest.approx(sheet.pitch, abs=0.01)] * len(pitches)


@every_sheet
def test_no_letter_stands_a_quarter_of_a_point_from_its_cell(typed: Typed) -> None:
    sheet = typed.sheet
    far = [
        (drawn.character, drawn.page, drawn.x, drawn.y)
        for line in typed.lines
        for drawn in line
        if max(map(abs, astray(drawn, sheet))) >= 0.25
    ]
    assert far == []


@every_sheet
def test_a_line_as_a_whole_stands_on_its_row(typed: Typed) -> None:
    sheet = typed.sheet
    means = [statistics.fmean(astray(drawn, sheet)[1] for drawn in line) for line in typed.lines]
    assert max(map(abs, means)) < 0.05


@pytest.mark.parametrize("form", ["ds-322", "incoming"])
def test_the_second_of_two_spaces_stands_a_cell_from_the_first(form: str) -> None:
    # Words of the form are tracked; what is typed after them is not.
    pairs = pairwise(typed_in(Typed("facsimile", SEED, form).part.pdf))
    steps = [b.x - a.x for a, b in pairs if a.character == b.character == " " and a.y == b.y]
    assert len(steps) > 5
    assert steps == [pytest.approx(7.2, abs=0.001)] * len(steps)


@every_sheet
def test_no_two_letters_stand_in_one_cell(typed: Typed) -> None:
    sheet = typed.sheet
    for line in typed.lines:
        columns = [round(sheet.column(drawn.x)) for drawn in line]
        assert len(columns) == len(set(columns))


@pytest.mark.parametrize("typed", ALONE, ids=str)
def test_a_sheet_alone_has_its_true_size(typed: Typed) -> None:
    assert typed.sheet.scale == 1


def test_a_leaf_of_letter_length_is_reduced_on_a_plate_of_letter_and_says_so() -> None:
    scale = REDUCED.sheet.scale
    assert 0.9 < scale < 1
    said = "".join(drawn.character for drawn in found(REDUCED.part.pdf).drawn)
    assert f"Reduced to {scale:.0%} of its true size." in said


def test_a_reduced_sheet_is_typed_in_smaller_type() -> None:
    (size,) = {drawn.size for line in REDUCED.lines for drawn in line}
    assert size == pytest.approx(12 * REDUCED.sheet.scale, abs=0.001)
