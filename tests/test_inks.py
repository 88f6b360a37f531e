"""On a sheet for the press nothing is drawn but four plates, whatever is asked of the canvas."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.colors import CMYKColor, CMYKColorSep, Color
from reportlab.lib.utils import ImageReader

from publish.colours import Colours, ColourToken, load_colours
from publish.fonts import Faces
from publish.problems import LayoutError, RenderingError
from publish.typeset.inks import BLACK_ALONE, PressInks
from publish.typeset.registered_faces import registered
from tests.conftest import ROOT

Canvas = Any


@pytest.fixture
def inks() -> PressInks:
    return PressInks(load_colours(ROOT / "layouts"))


@pytest.fixture
def canvas(inks: PressInks, faces: Faces) -> Canvas:
    return inks.canvas(BytesIO(), (100, 100), registered(faces.get("Press STIX")), None)


@pytest.mark.parametrize(
    "draw",
    [
        lambda c: c.setFillColorRGB(1, 0, 0),
        lambda c: c.setStrokeColorRGB(1, 0, 0),
        lambda c: c.setFillColor(Color(0, 0, 0)),
        lambda c: c.setFillColor((0.5, 0.5, 0.5)),
        lambda c: c.setFillColor("red"),
        lambda c: c.setFillGray(0.5),
        lambda c: c.setStrokeGray(0.5),
        lambda c: c.linearGradient(0, 0, 9, 9, (Color(0, 0, 0), Color(1, 1, 1))),
        lambda c: c.radialGradient(0, 0, 9, (Color(0, 0, 0), Color(1, 1, 1))),
        lambda c: c.shade(None),
        lambda c: c.drawImage(ImageReader(Image.new("RGB", (2, 2))), 0, 0),
        lambda c: c.drawImage(ImageReader(Image.new("L", (2, 2))), 0, 0),
        lambda c: c.drawInlineImage(Image.new("RGB", (2, 2)), 0, 0),
        lambda c: c.beginText(0, 0).setFillGray(0),
        lambda c: c.beginText(0, 0).setStrokeGray(0),
        lambda c: c.beginText(0, 0).setFillColorRGB(0, 0, 0),
    ],
)
def test_what_is_not_in_four_plates_is_refused_when_it_is_drawn(draw: Any, canvas: Canvas) -> None:
    with pytest.raises(RenderingError, match="is not drawn in four plates"):
        draw(canvas)


@pytest.mark.parametrize(
    "draw",
    [
        lambda c: c.setFillColor(CMYKColor(0.6, 0.4, 0.4, 1)),
        lambda c: c.setFillColorCMYK(0, 0, 0, 1),
        lambda c: c.setStrokeColor(CMYKColorSep(1, 1, 1, 1, spotName="All")),
        lambda c: c.drawImage(ImageReader(Image.new("CMYK", (2, 2))), 0, 0),
        lambda c: c.beginText(0, 0).setFillColorCMYK(0, 0, 0, 1),
    ],
)
def test_four_plates_pass(draw: Any, canvas: Canvas) -> None:
    draw(canvas)


def test_rich_black_stays_rich(canvas: Canvas, inks: PressInks) -> None:
    token = load_colours(ROOT / "layouts").get("panel-black")
    inks.fill(canvas, token.srgb)
    assert canvas._code[-1] == ".6 .4 .4 1 k"


def test_a_colour_that_nobody_declared_is_refused(inks: PressInks) -> None:
    with pytest.raises(RenderingError, match="#ff0000 is no declared colour"):
        inks.plates((1.0, 0.0, 0.0))


@pytest.mark.parametrize("name", ["ink", "stamp-neutral"])
def test_a_grey_of_typing_goes_to_black_alone_as_the_declared_greys_do(
    name: str, inks: PressInks
) -> None:
    token = load_colours(ROOT / "layouts").get(name)
    undeclared = tuple(channel + 0.0001 for channel in token.srgb)
    printed = inks.plates(undeclared)  # type: ignore[arg-type]
    assert printed[:3] == (0, 0, 0)
    assert printed[3] == pytest.approx(token.cmyk[3], abs=0.01)


def test_two_colours_that_look_alike_must_be_built_alike() -> None:
    twins = {
        "one": ColourToken("one", (0.1, 0.2, 0.3), (0, 0, 0, 1)),
        "two": ColourToken("two", (0.1, 0.2, 0.3), (1, 0, 0, 1)),
    }
    with pytest.raises(LayoutError, match="'one' and 'two' are one on the screen"):
        PressInks(Colours("colours.toml", twins))


def test_small_type_in_black_alone_is_laid_over_and_large_type_is_not(inks: PressInks) -> None:
    ink = load_colours(ROOT / "layouts").get("panel-ink")
    red = load_colours(ROOT / "layouts").get("panel-red")
    assert ink.cmyk == BLACK_ALONE
    assert inks.prints_over(ink.srgb, 26)
    assert not inks.prints_over(ink.srgb, 216)
    assert not inks.prints_over(red.srgb, 26)
