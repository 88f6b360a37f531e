"""Layers of the facsimile: what they hold, what the file says of them, what a reader sees without them."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter

from publish.build import build
from publish.model import BlockKind
from publish.printed_form import Form, Letters
from publish.units import POINTS_PER_INCH
from tests.conftest import Finisher
from tests.drawn_facsimile import found, job
from tests.saving import saved
from tests.typed_forms import form
from tests.typed_variants import FORMS, sheets_in

PIXELS_PER_INCH = 150
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


def without(pdf: bytes, *names: str, page: int = 0) -> Image.Image:
    """Return a page, from 0, as a viewer draws it when layers are switched off."""

    def hide(opened: pikepdf.Pdf) -> None:
        properties = opened.Root.OCProperties
        properties.D.OFF = pikepdf.Array(
            [layer for layer in properties.OCGs if str(layer.Name) in names]
        )

    drawn: Image.Image = (
        pypdfium2.PdfDocument(saved(pdf, hide))[page]
        .render(scale=PIXELS_PER_INCH / POINTS_PER_INCH)
        .to_pil()
    )
    return drawn.convert("L")


def test_without_its_layers_a_sheet_is_white_and_still_says_what_it_is(facsimile: bytes) -> None:
    bare = without(facsimile, *STRICT)
    width, height = bare.size
    foot = round(height * (1 - 34 / 756))
    assert bare.crop((0, 0, width, foot)).getextrema() == (255, 255)
    below = bare.crop((0, foot, width, height)).histogram()
    assert sum(below[:128]) > 500


# What is typed, and all else that is on the sheet


def inked(picture: Image.Image) -> Image.Image:
    """Return the picture with 255 where it is dark, else 0."""
    return picture.point(lambda grey: 255 * (grey < 200))


def typed_and_printed(pdf: bytes, page: int) -> tuple[Image.Image, Image.Image]:
    """Return where typed letters have ink, and where all else has: print, lines, stamps, the caption."""
    every = layers(pdf)
    caption = inked(without(pdf, *every, page=page))
    typed = inked(without(pdf, *(name for name in every if name != "Typing"), page=page))
    others = inked(without(pdf, "Paper", "Typing", page=page))
    return ImageChops.subtract(typed, caption), others


def touching(pdf: bytes, page: int) -> Image.Image:
    """Return where typed ink lies on or next to other ink: within a pixel, a half point."""
    typed, others = typed_and_printed(pdf, page)
    return ImageChops.multiply(typed, others.filter(ImageFilter.MaxFilter(3)))


def brimming(form: Form, folder: Path) -> Path:
    """Return a telegram that has a tall or hanging letter in each cell for text of two sheets, and long fields."""
    capitals = form.typing.letters is Letters.CAPITALS
    word = ("Q$" if capitals else "Åj") * form.typing.measure
    habit = form.typing.habits[BlockKind.PARAGRAPH]
    lines = [word[: form.typing.measure - habit.first]]
    rows = sum(form.typing.area(n).last_row - form.typing.area(n).first_row + 1 for n in (1, 2))
    lines += [word[: form.typing.measure - habit.rest]] * (rows // form.typing.line_step)
    path = folder / "brimming.txt"
    text = f"77. {' '.join(lines)}"
    path.write_text(f"## Brimming\n\n{word[:30]}, May 6, 1961, 11 a.m.\n\n{text}\n", "utf-8")
    return path


@pytest.mark.parametrize("name", FORMS)
def test_no_letter_of_a_brimming_sheet_touches_what_is_printed(
    name: str, finished: Finisher, tmp_path: Path
) -> None:
    made = finished(brimming(form(name), tmp_path), "facsimile", form=name)
    sheets = range(sheets_in(made.pdf))
    assert len(sheets) >= 2
    for page in sheets:
        assert typed_and_printed(made.pdf, page)[0].getextrema() == (0, 255)
        assert touching(made.pdf, page).getbbox() is None


def test_no_typed_letter_touches_what_is_supplied(annotated: bytes) -> None:
    for page in range(sheets_in(annotated)):
        assert touching(annotated, page).getbbox() is None


def test_a_letter_on_a_line_of_the_form_is_seen_to_touch_it(tmp_path: Path) -> None:
    of = job("facsimile")
    line = replace(of.form.rules[0], start=(13.0, 48.1), end=(74.0, 48.1))
    crossed = replace(of, form=replace(of.form, rules=(line,)))
    pdf = build(crossed, tmp_path).path.read_bytes()
    assert touching(pdf, 0).getbbox() is not None
    assert touching(pdf, 1).getbbox() is None
