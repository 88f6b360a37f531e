"""How a panel is divided among office sheets: how many, what each shows, that cells meet and do not overlap."""

from itertools import pairwise

import pytest

from publish.finish.tiling import MARGIN, OVERLAP, STRIP, Tiling, tiling_for
from publish.layouts import Layouts
from publish.papers import Paper
from publish.problems import LayoutError

PANELS = ("24x36in", "36x24in", "36x48in", "a2", "a1", "a0", "70x100cm", "rollup-33x80in")
SHEETS = ("letter", "a4", "tabloid", "a3")
EVERY = [(panel, sheet) for panel in PANELS for sheet in SHEETS]


def tiling(known: Layouts, panel: str, sheet: str) -> Tiling:
    paper = known.paper(panel)
    return tiling_for((paper.width, paper.height), known.paper(sheet))


@pytest.mark.parametrize(
    ("panel", "counts"),
    [
        ("a2", (8, 8, 4, 4)),
        ("24x36in", (15, 15, 8, 8)),
        ("36x24in", (15, 15, 8, 8)),
        ("a1", (15, 15, 8, 8)),
        ("a0", (25, 25, 12, 12)),
        ("36x48in", (25, 25, 12, 15)),
    ],
)
def test_a_panel_takes_the_fewest_sheets(
    known: Layouts, panel: str, counts: tuple[int, ...]
) -> None:
    assert tuple(tiling(known, panel, sheet).count for sheet in SHEETS) == counts


def test_a_quarter_inch_is_left_blank_and_half_an_inch_overlaps() -> None:
    assert (MARGIN, OVERLAP) == (18.0, 36.0)


@pytest.mark.parametrize(("panel", "sheet"), EVERY)
def test_the_cells_cover_the_panel_once(known: Layouts, panel: str, sheet: str) -> None:
    divided = tiling(known, panel, sheet)
    cells = [tile.cell for tile in divided.tiles()]
    area = sum((right - left) * (top - bottom) for left, bottom, right, top in cells)
    assert area == pytest.approx(divided.panel[0] * divided.panel[1])
    for row in range(divided.rows):
        line = cells[row * divided.columns : (row + 1) * divided.columns]
        assert (line[0][0], line[-1][2]) == (0.0, divided.panel[0])
        assert all(one[2] == pytest.approx(other[0]) for one, other in pairwise(line))


@pytest.mark.parametrize(("panel", "sheet"), EVERY)
def test_neighbours_show_half_an_inch_of_each_other(known: Layouts, panel: str, sheet: str) -> None:
    for one, other in pairwise(tiling(known, panel, sheet).tiles()):
        if one.row == other.row:
            assert one.window[2] - other.window[0] == pytest.approx(OVERLAP)


@pytest.mark.parametrize(("panel", "sheet"), EVERY)
def test_every_side_of_a_cell_has_room_for_marks(known: Layouts, panel: str, sheet: str) -> None:
    for tile in tiling(known, panel, sheet).tiles():
        beyond = [abs(a - b) for a, b in zip(tile.window, tile.cell, strict=True)]
        assert min(beyond) >= STRIP / 2 - 0.01


@pytest.mark.parametrize(("panel", "sheet"), EVERY)
def test_nothing_is_shown_in_the_margin(known: Layouts, panel: str, sheet: str) -> None:
    divided = tiling(known, panel, sheet)
    for tile in divided.tiles():
        left, bottom, right, top = tile.on_sheet(tile.shown)
        assert min(left, bottom) >= MARGIN - 0.001
        assert right <= divided.width - MARGIN + 0.001
        assert top <= divided.height - MARGIN + 0.001


def test_rows_are_named_by_letters_and_columns_by_numbers(known: Layouts) -> None:
    names = [tile.name for tile in tiling(known, "24x36in", "letter").tiles()]
    assert names[:4] == ["A1", "A2", "A3", "B1"]
    assert names[-1] == "E3"


def test_a_panel_that_fits_a_sheet_takes_one() -> None:
    paper = Paper("sheet", "a sheet", 400, 500)
    assert tiling_for((300, 400), paper).count == 1


def test_a_paper_without_room_beside_its_margins_is_refused() -> None:
    with pytest.raises(LayoutError, match="a stamp is too small to be a sheet of a panel"):
        tiling_for((1728, 2592), Paper("stamp", "a stamp", 144, 600))


def test_more_rows_than_letters_are_refused() -> None:
    with pytest.raises(LayoutError, match="rows are named by letters"):
        tiling_for((500, 14_000), Paper("letter", "US Letter", 612, 500))
