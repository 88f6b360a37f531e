"""Layers of the facsimile: what they hold, what the file says of them, what a reader sees without them."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from tests.conftest import Finisher
from tests.drawn_facsimile import found
from tests.saving import saved

STRICT = ["Paper", "Form", "Typing"]


@pytest.fixture(scope="module")
def facsimile(finished: Finisher) -> bytes:
    return finished(product="facsimile").pdf


@pytest.fixture(scope="module")
def annotated(finished: Finisher) -> bytes:
    return finished(product="facsimile", options=(("fields", "annotated"),)).pdf


def layers(pdf: bytes) -> list[str]:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return [str(layer.Name) for layer in opened.Root.OCProperties.OCGs]


def test_the_sheet_has_a_layer_for_paper_form_and_typing(facsimile: bytes) -> None:
    assert layers(facsimile) == STRICT


def test_what_is_supplied_has_layers_of_its_own(annotated: bytes) -> None:
    assert set(layers(annotated)) == {*STRICT, "Stamps", "Editorial"}


def test_a_variant_leaves_the_paper_out_and_does_not_hide_it(finished: Finisher) -> None:
    white = finished(product="facsimile", options=(("stock", "white"),)).pdf
    assert layers(white) == ["Form", "Typing"]
    with pikepdf.open(BytesIO(white)) as opened:
        assert not [
            o
            for o in opened.objects
            if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"
        ]


def test_every_layer_is_listed_in_the_order_that_a_viewer_shows(annotated: bytes) -> None:
    with pikepdf.open(BytesIO(annotated)) as opened:
        settings = opened.Root.OCProperties
        assert [o.objgen for o in settings.D.Order] == [o.objgen for o in settings.OCGs]


def test_the_settings_of_the_layers_switch_nothing(annotated: bytes) -> None:
    with pikepdf.open(BytesIO(annotated)) as opened:
        properties = opened.Root.OCProperties
        assert set(properties.keys()) == {"/OCGs", "/D"}
        assert set(properties.D.keys()) == {"/Name", "/BaseState", "/Order"}
        assert properties.D.BaseState == "/ON"


def test_words_stand_in_the_layer_that_is_named_for_them(annotated: bytes) -> None:
    words: dict[str, str] = {}
    for drawn in found(annotated).drawn:
        if drawn.page == 0:
            words[drawn.layer] = words.get(drawn.layer, "") + drawn.character
    assert words["Typing"].startswith("1015")
    assert words["Form"].startswith("OUTGOING TELEGRAM")
    assert words["Stamps"] == "[OCT 27  8 05 PM '62] a"
    assert words["Editorial"].startswith("[Amembassy MOSCOW] b")
    assert words[""].startswith("Typographic reconstruction")


def without(pdf: bytes, *names: str) -> Image.Image:
    """Return the first page as a viewer draws it when layers are switched off."""

    def hide(opened: pikepdf.Pdf) -> None:
        properties = opened.Root.OCProperties
        properties.D.OFF = pikepdf.Array(
            [layer for layer in properties.OCGs if str(layer.Name) in names]
        )

    page = pypdfium2.PdfDocument(saved(pdf, hide))[0]
    drawn: Image.Image = page.render(scale=150 / 72).to_pil()
    return drawn.convert("L")


def test_without_its_layers_a_sheet_is_white_and_still_says_what_it_is(facsimile: bytes) -> None:
    bare = without(facsimile, *STRICT)
    width, height = bare.size
    foot = round(height * (1 - 34 / 756))
    assert bare.crop((0, 0, width, foot)).getextrema() == (255, 255)
    below = bare.crop((0, foot, width, height)).histogram()
    assert sum(below[:128]) > 500


def test_no_typed_letter_touches_what_is_printed(facsimile: bytes) -> None:
    foot = (0, 0, without(facsimile).width, round(without(facsimile).height * (1 - 34 / 756)))
    typed, printed = (
        without(facsimile, *(set(STRICT) - {name}))
        .crop(foot)
        .point(lambda grey: 255 * (grey < 200))
        for name in ("Typing", "Form")
    )
    assert typed.getextrema() == printed.getextrema() == (0, 255)
    assert ImageChops.multiply(typed, printed).getextrema() == (0, 0)
