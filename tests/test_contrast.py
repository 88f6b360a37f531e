"""All text of a sheet stands out from its paper by 4.5 : 1 (WCAG 2.2, 1.4.3), by the colours that are drawn."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pytest

from publish.colours import SRGB, contrast
from publish.layouts import Layouts
from tests.conftest import SEED, Finisher

LEAST = 4.5
SHOWING = frozenset(("Tj", "TJ", "'", '"'))


def text_colours(pdf: bytes) -> Iterator[SRGB]:
    """Yield the colours in which text is shown, each time it changes."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        for page in opened.pages:
            colour: SRGB = (0.0, 0.0, 0.0)
            saved: list[SRGB] = []
            for instruction in pikepdf.parse_content_stream(page):
                operands, operator = instruction.operands, instruction.operator
                name = str(operator)
                if name == "rg":
                    red, green, blue = (float(value) for value in operands)
                    colour = (red, green, blue)
                elif name == "q":
                    saved.append(colour)
                elif name == "Q":
                    colour = saved.pop()
                elif name in SHOWING:
                    yield colour
                assert name not in ("g", "k", "sc", "scn"), "a colour that this test does not read"


@pytest.mark.parametrize("form", ["ds-322", "teletype", "incoming", "plain"])
@pytest.mark.parametrize("stock", ["aged", "white", "carbon"])
def test_all_text_stands_out_from_the_darkest_places_of_its_paper(
    form: str, stock: str, finished: Finisher, known: Layouts
) -> None:
    pdf = finished(SEED, "facsimile", form=form, options=(("stock", stock),)).pdf
    paper = known.stocks.get(stock).darkest_paper
    ratios = {colour: contrast(colour, paper) for colour in text_colours(pdf)}
    assert len(ratios) > 3
    assert min(ratios.values()) >= LEAST


def test_what_is_supplied_stands_out_too(finished: Finisher, known: Layouts) -> None:
    pdf = finished(SEED, "facsimile", options=(("fields", "annotated"),)).pdf
    paper = known.stocks.get("aged").darkest_paper
    with pikepdf.open(BytesIO(pdf)) as opened:
        del opened.pages[3]  # the list stands on white
        sheets = BytesIO()
        opened.save(sheets)
    assert min(contrast(colour, paper) for colour in text_colours(sheets.getvalue())) >= LEAST
