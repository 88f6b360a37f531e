"""Grey, type, rules, margins, pages: promised in product.toml, kept by the engines, measured on the file."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from publish import layouts
from publish.preflight import Preflight, preflight_entry, read_preflight
from publish.problems import LayoutError, RenderingError
from publish.tables import Table
from tests.bad_inputs import changed
from tests.conftest import SEED, Finisher
from tests.print_sheets import Sheet, make_sheet, sheet_layouts
from tests.saving import saved

COLOURED = {"rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN", "sh"}
OF_PRINT = {
    "grey",
    "untinted",
    "contrast",
    "rules",
    "type",
    "margins",
    "photocopy",
    "budget",
    "leaves",
}


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    """Return the good file."""
    return make_sheet(sheet_layouts(tmp_path_factory.mktemp("sheet")))


def test_a_good_sheet_keeps_every_promise_of_its_print(sheet: Sheet) -> None:
    assert sheet.broken() == {}
    assert {result.code for result in sheet.made.results} >= OF_PRINT


def test_of_a_product_without_such_promises_nothing_is_said(finished: Finisher) -> None:
    assert not OF_PRINT & {result.code for result in finished(SEED, "facsimile").built.promises}


@pytest.mark.parametrize("product", ["sheet", "facsimile-handout"])
def test_no_operator_of_a_grey_product_chooses_a_colour(tmp_path: Path, product: str) -> None:
    made = make_sheet(sheet_layouts(tmp_path), product=product)
    with pikepdf.open(BytesIO(made.made.data)) as pdf:
        used = {str(i.operator) for page in pdf.pages for i in pikepdf.parse_content_stream(page)}
        assert "/OutputIntents" not in pdf.Root
    assert "g" in used
    assert not used & COLOURED


# The finished file, damaged

Redraw = Callable[[bytes], bytes]


def redrawn(sheet: Sheet, redraw: Redraw, page: int = 0) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        held = pdf.pages[page].obj
        contents = held.get("/Contents", Array())
        streams = list(contents) if isinstance(contents, Array) else [contents]
        held.Contents = pdf.make_stream(redraw(b"\n".join(s.read_bytes() for s in streams)))

    return saved(sheet.made.data, change)


def adding(operators: bytes) -> Redraw:
    """Return what draws first: WeasyPrint leaves the page upside down for whoever comes after."""
    return lambda data: b"q /Artifact BMC " + operators + b" EMC Q\n" + data


@pytest.mark.parametrize(
    ("redraw", "code", "words"),
    [
        (adding(b"1 0 0 rg 100 700 9 9 re f"), "grey", "page 1: the operator rg chooses a colour"),
        (adding(b"0 0 0 1 K 100 100 m 200 100 l S"), "grey", "the operator K chooses"),
        (adding(b"/Pattern cs"), "grey", "the operator cs chooses"),
        (adding(b"BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI"), "grey", "a picture in the page"),
        (adding(b"0.9 g 80 400 400 300 re f"), "untinted", "a tint lies behind"),
        (adding(b"0 G 0.3 w 100 300 m 200 300 l S"), "rules", "a line at 100, 300 points"),
        (adding(b"0 g 100 300 200 0.25 re f"), "rules", "is 0.25 points thick"),
        (adding(b"0 G 0.5 0 0 0.5 0 0 cm 0.6 w 100 300 m 200 300 l S"), "rules", "is 0.3 points thick"),
        (adding(b"0 g 20 300 10 10 re f"), "margins", "stands in the left margin of 36 points"),
        (adding(b"0 g 300 10 10 10 re f"), "margins", "stands in the lower margin"),
        (lambda data: re.sub(rb"\n0 g\n", b"\n0.55 g\n", data), "contrast", "3.4 : 1 on white"),
        (lambda data: re.sub(rb"\n0 g\n", b"\n0.55 g\n", data), "photocopy", "is lost in black and white"),
        (lambda data: b".5 0 0 .5 100 300 cm\n" + data, "type", "type at"),
    ],
)  # fmt: skip
def test_a_damaged_page_breaks_the_promise_that_is_about_it(
    sheet: Sheet, redraw: Redraw, code: str, words: str
) -> None:
    broken = sheet.broken(redrawn(sheet, redraw))
    assert words in broken.get(code, f"kept; broken are {broken}")


def test_a_tint_behind_text_loses_it_in_black_and_white(sheet: Sheet) -> None:
    dark = adding(b"0.4 g 80 400 400 300 re f")
    assert "is lost" in sheet.broken(redrawn(sheet, dark))["photocopy"]


def _form(pdf: pikepdf.Pdf, drawing: bytes) -> Any:
    return pdf.make_stream(drawing, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))


def colour_in_a_form(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.XObject = Dictionary(X9=_form(pdf, b"0 0 1 rg 0 0 1 1 re f"))


def colour_in_an_annotation(pdf: pikepdf.Pdf) -> None:
    seen = Dictionary(N=_form(pdf, b"1 0 0 RG 0 0 m 9 9 l S"))
    square = Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=Array([50, 50, 60, 60]), AP=seen)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(square)])


def colour_in_a_pattern(pdf: pikepdf.Pdf) -> None:
    pattern = pdf.make_stream(
        b"0 1 0 rg 0 0 1 1 re f", PatternType=1, PaintType=1, TilingType=1,
        BBox=Array([0, 0, 9, 9]), XStep=9, YStep=9, Resources=Dictionary(),
    )  # fmt: skip
    pdf.pages[0].obj.Resources.Pattern = Dictionary(P9=pattern)


def a_picture_in_colour(pdf: pikepdf.Pdf) -> None:
    picture = pdf.make_stream(
        b"abc", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8,
        ColorSpace=Name.DeviceRGB,
    )  # fmt: skip
    pdf.pages[0].obj.Resources.XObject = Dictionary(X9=picture)


@pytest.mark.parametrize(
    "change", [colour_in_a_form, colour_in_an_annotation, colour_in_a_pattern, a_picture_in_colour]
)
def test_colour_is_found_wherever_it_hides(
    sheet: Sheet, change: Callable[[pikepdf.Pdf], None]
) -> None:
    assert "grey" in sheet.broken(saved(sheet.made.data, change))


def test_a_page_too_many_breaks_the_budget_and_the_leaf(sheet: Sheet) -> None:
    assert sheet.made.pages == 2

    def add(pdf: pikepdf.Pdf) -> None:
        pdf.pages.append(pdf.pages[0])

    broken = sheet.broken(saved(sheet.made.data, add))
    assert "2 pages, more than 1" in broken["budget"]
    assert "3 pages, an odd number" in broken["leaves"]


def test_the_page_that_fills_a_leaf_must_be_blank(sheet: Sheet) -> None:
    assert sheet.record.padding == 1
    assert sheet.record.labels == ("1", "2")
    drawn = redrawn(sheet, lambda _: b"/Artifact BMC 0 g 300 300 9 9 re f EMC", page=1)
    assert "is not blank" in sheet.broken(drawn)["leaves"]


# What the engines refuse


@pytest.mark.parametrize(
    ("style", "words"),
    [
        ("h2 { color: #7d2a1c }", "the pages draw in #7d2a1c where all must be grey"),
        ("p { border-left: 2pt solid rgb(0 0 255) }", "the pages draw in #0000ff"),
        (
            "h2 { background: linear-gradient(#fff, #000) }",
            "the operator cs where all must be grey",
        ),
        ("h2 { color: device-cmyk(1 0 0 0) }", "the operator cs where all must be grey"),
    ],
)
def test_a_style_with_a_colour_is_refused_by_its_name(
    tmp_path: Path, style: str, words: str
) -> None:
    with pytest.raises(RenderingError, match=re.escape(words)):
        make_sheet(sheet_layouts(tmp_path, style=style))


def test_a_neutral_grey_of_a_style_is_drawn_as_such(tmp_path: Path) -> None:
    made = make_sheet(sheet_layouts(tmp_path, style="h2 { color: #595959 }"))
    with pikepdf.open(BytesIO(made.made.data)) as pdf:
        assert b".349" in pdf.pages[0].obj.Contents.read_bytes()
    assert made.broken() == {}


def test_a_picture_of_a_style_becomes_grey(tmp_path: Path) -> None:
    from PIL import Image

    red = tmp_path / "red.png"
    Image.new("RGB", (4, 4), (200, 0, 0)).save(red)
    style = f'h2 {{ list-style: url("{red.as_uri()}"); display: list-item; image-rendering: crisp-edges }}'
    made = make_sheet(sheet_layouts(tmp_path, style=style))
    with pikepdf.open(BytesIO(made.made.data)) as pdf:
        spaces = [
            str(o.ColorSpace)
            for o in pdf.objects
            if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"
        ]
    assert spaces == ["/DeviceGray"]
    assert "grey" not in made.broken()


@pytest.mark.parametrize("stock", ["aged", "carbon"])
def test_a_tinted_stock_is_refused_where_all_is_grey(tmp_path: Path, stock: str) -> None:
    folder = known_copy(tmp_path)
    changed(folder / "facsimile-handout/product.toml", '"copier"', f'"{stock}"')
    with pytest.raises(RenderingError, match=r"must be grey|nothing may be tinted"):
        make_sheet(layouts.load(folder), product="facsimile-handout")


def known_copy(folder: Path) -> Path:
    sheet_layouts(folder)
    return folder / "layouts"


# What product.toml may say


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('smallest_type = "7"', "smallest_type: '7' is not a length"),
        ("least_contrast = 45", "no two colours have a contrast of 45 : 1"),
        ("pages = 4\nat_most = 4", "'pages' and 'at_most' are both given"),
        ("at_most = -1", "'at_most' is less than nothing"),
        ("gray = true", "unknown key 'gray' in [promises]. Did you mean 'grey'?"),
        ('grey = "yes"', "'grey' must be true or false"),
    ],
)
def test_a_promise_that_cannot_be_meant_is_refused(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(LayoutError, match=re.escape(words)) as caught:
        sheet_layouts(tmp_path, promised=line)
    assert "sheet/product.toml:" in str(caught.value)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ('attached = "everything"', "'attached' is 'everything'"),
        ('stock = "bond"', "there is no stock 'bond'"),
    ],
)
def test_a_word_of_a_product_that_means_nothing_is_refused(
    tmp_path: Path, key: str, words: str
) -> None:
    folder = known_copy(tmp_path)
    old = 'attached = "transcription"' if key.startswith("attached") else 'stock = "copier"'
    changed(folder / "facsimile-handout/product.toml", old, key)
    with pytest.raises(LayoutError, match=re.escape(words)):
        make_sheet(layouts.load(folder), product="facsimile-handout")


def test_a_grey_standard_cannot_claim_to_be_archival(tmp_path: Path) -> None:
    folder = known_copy(tmp_path)
    changed(folder / "standards.toml", 'claims = ["pdfua-1"]', 'claims = ["pdfa-3a"]')
    with pytest.raises(LayoutError, match="claims pdfa-3a, which wants a colour profile"):
        layouts.load(folder)


def test_promises_of_print_survive_the_record() -> None:
    promised = Preflight(grey=True, smallest_type=18.0, margin=36.0, at_most=8, duplex=True)
    assert read_preflight(Table(preflight_entry(promised), "", "", LayoutError)) == promised


def test_students_are_given_the_transcription_and_nothing_else_of_the_seed(
    finished: Finisher,
) -> None:
    with pikepdf.open(BytesIO(finished(SEED, "facsimile-handout").pdf)) as pdf:
        assert list(pdf.attachments) == ["telegram.txt"]


def test_the_facsimile_handout_keeps_its_promises_on_both_papers(finished: Finisher) -> None:
    for paper in ("", "a4"):
        built = finished(SEED, "facsimile-handout", paper).built
        assert OF_PRINT - {"budget"} <= {r.code for r in built.promises}
        assert built.pages == 4
