"""A panel on office sheets: put together it is the panel; nothing is delivered where it is not, or the panel fails."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter

from publish.build import build
from publish.cli import main
from publish.finish.reassembly import judge_tiles
from publish.finish.tiles import tiling_of
from publish.layouts import Job, Layouts
from publish.model import Edition
from publish.orders import Order, make_job
from publish.problems import Exit, LayoutError, PromiseError, UsageError
from publish.verify.outcome import Examined, Found, Promise, State, broken
from tests.conftest import SEED, Finished, Finisher

INCH = 100 / 72
STRIP = 18.0


@pytest.fixture(scope="module")
def tiles(finished: Finisher) -> Finished:
    return finished(SEED, "panel-tiles", "a2", options=(("tile", "a3"),))


@pytest.fixture(scope="module")
def panel(finished: Finisher) -> Finished:
    return finished(SEED, "panel", "a2", "screen")


def words(pdf: bytes, page: int) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(str(document[page].get_textpage().get_text_range()).split())
    finally:
        document.close()


def test_there_is_a_page_for_each_tile_and_one_before_them(tiles: Finished) -> None:
    assert tiles.built.pages == 1 + tiling_of(tiles.built.job).count == 5


def test_every_page_is_the_sheet_that_was_asked_for(tiles: Finished, known: Layouts) -> None:
    paper = known.paper("a3")
    with pikepdf.open(BytesIO(tiles.pdf)) as pdf:
        boxes = {tuple(round(float(edge)) for edge in page.mediabox) for page in pdf.pages}
    assert boxes == {(0, 0, round(paper.width), round(paper.height))}


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (1, "Row A, column 1 of 2 × 2; glue strip right and foot"),
        (2, "Row A, column 2 of 2 × 2; cut left; glue strip foot"),
        (3, "Row B, column 1 of 2 × 2; cut top; glue strip right"),
        (4, "Row B, column 2 of 2 × 2; cut top and left"),
    ],
)
def test_a_tile_says_where_it_belongs_and_what_becomes_of_its_sides(
    tiles: Finished, page: int, told: str
) -> None:
    assert words(tiles.pdf, page) == told


@pytest.mark.parametrize(
    "told",
    [
        "Print at 100 % (“actual size”, not “fit to page”), on one side of ISO A3 paper.",
        "Size of the panel: 16.54 × 23.39 in, 420 × 594 mm. It takes 4 sheets, 2 across and 2 down.",
        "Typographic reconstruction, not a scan.",
        "A1 A2 B1 B2",
    ],
)
def test_the_assembly_sheet_says_how_the_panel_is_made(tiles: Finished, told: str) -> None:
    assert told in words(tiles.pdf, 0)


def rules(pdf: bytes) -> list[float]:
    """Return the lengths of the level lines on the first page that are as thick as a scale bar."""
    lengths, width, start = list[float](), 0.0, (0.0, 0.0)
    with pikepdf.open(BytesIO(pdf)) as opened:
        for instruction in pikepdf.parse_content_stream(opened.pages[0]):
            operands, name = list(instruction.operands), str(instruction.operator)
            if name == "w":
                width = float(operands[0])
            elif name == "m":
                start = float(operands[0]), float(operands[1])
            elif name == "l" and width == 1.0 and float(operands[1]) == start[1]:
                lengths.append(float(operands[0]) - start[0])
    return lengths


def test_the_scale_bars_are_four_inches_and_a_hundred_millimetres(tiles: Finished) -> None:
    assert rules(tiles.pdf) == pytest.approx([288.0, 100 * 72 / 25.4], abs=0.01)


def test_a_viewer_is_asked_not_to_fit_the_pages(tiles: Finished) -> None:
    with pikepdf.open(BytesIO(tiles.pdf)) as pdf:
        assert str(pdf.Root.ViewerPreferences.PrintScaling) == "/None"


def test_other_files_leave_the_scale_to_the_viewer(panel: Finished) -> None:
    with pikepdf.open(BytesIO(panel.pdf)) as pdf:
        assert "/PrintScaling" not in pdf.Root.ViewerPreferences


# Put together


def rendered(pdf: bytes, page: int) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture: Image.Image = document[page].render(scale=INCH, grayscale=True).to_pil()
        return picture.convert("L")
    finally:
        document.close()


def laid_together(pdf: bytes, size: tuple[int, int]) -> Image.Image:
    """Put four A3 sheets together by hand: cut at the strips, laid side by side about the panel's middle."""
    whole = Image.new("L", size, 0)
    middle = size[0] / 2, size[1] / 2
    for page in range(1, 5):
        sheet, strip = rendered(pdf, page), (18.0 + STRIP) * INCH
        right, below = page in (2, 4), page in (3, 4)
        left, top = (strip if right else 0.0), (strip if below else 0.0)
        end = sheet.width if right else round(sheet.width - strip)
        foot = sheet.height if below else round(sheet.height - strip)
        piece = sheet.crop((round(left), round(top), end, foot))
        place = (
            round(middle[0]) if right else round(middle[0]) - piece.width,
            round(middle[1]) if below else round(middle[1]) - piece.height,
        )
        whole.paste(piece, place)
    return whole


def test_the_sheets_put_together_are_the_panel_within_a_pixel(
    tiles: Finished, panel: Finished
) -> None:
    wanted = rendered(panel.pdf, 0)
    found = laid_together(tiles.pdf, wanted.size)
    near = [found.filter(kind(3)) for kind in (ImageFilter.MaxFilter, ImageFilter.MinFilter)]
    strays = (ImageChops.subtract(wanted, near[0]), ImageChops.subtract(near[1], wanted))
    assert max(stray.getextrema()[1] for stray in strays) <= 112  # type: ignore[operator]


def changed(pdf: bytes, page: int, before: bytes) -> bytes:
    file = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.pages[page].contents_add(before, prepend=True)
        opened.save(file)
    return file.getvalue()


def judged(tiles: bytes, panel: Finished, job: Job) -> State:
    return judge_tiles(tiles, panel.pdf, tiling_of(job)).state


def test_the_tiles_are_judged_to_be_the_panel(tiles: Finished, panel: Finished) -> None:
    assert judged(tiles.pdf, panel, tiles.built.job) is State.KEPT


@pytest.mark.parametrize(
    "before",
    [
        b"1 0 0 1 2 0 cm",  # moved by 2.8 pixels
        b"1 0 0 1 0 -2 cm",
        b"0.99 0 0 0.99 0 0 cm",
        b"0 0 0 0 re W n",  # nothing is seen
    ],
)
def test_a_tile_that_is_moved_shrunk_or_empty_is_found(
    tiles: Finished, panel: Finished, before: bytes
) -> None:
    assert judged(changed(tiles.pdf, 2, before), panel, tiles.built.job) is State.BROKEN


def without_a_letter(pdf: bytes) -> bytes:
    """Take the largest letter out of the first tile's form: the A of the title."""
    file = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        form = opened.pages[1].Resources.XObject.PanelA1
        letters = re.findall(rb"(?m)^n (?:[-.\d]+ |[mlch] )+h\nf\*?$", form.read_bytes())
        large = max(letters, key=height)
        form.write(form.read_bytes().replace(large, b"", 1))
        opened.save(file)
    return file.getvalue()


def height(letter: bytes) -> float:
    up = [float(number) for number in re.findall(rb"[-.\d]+", letter)][1::2]
    return max(up) - min(up)


def test_a_letter_that_a_tile_lacks_is_found(tiles: Finished, panel: Finished) -> None:
    assert judged(without_a_letter(tiles.pdf), panel, tiles.built.job) is State.BROKEN


def test_tiles_of_another_panel_are_found(tiles: Finished, finished: Finisher) -> None:
    other = finished(SEED, "panel", "24x36in", "screen")
    assert judged(tiles.pdf, other, tiles.built.job) is State.BROKEN


# What is asked for, and what is refused


def test_the_files_name_says_panel_and_sheet(edition: Edition, known: Layouts) -> None:
    job = make_job(edition, Order("panel-tiles", "a1", options={"tile": "a4"}), known)
    assert job.file_name == "panel-tiles-a1-tile-a4.pdf"


def test_the_panels_options_are_the_tiles_too(edition: Edition, known: Layouts) -> None:
    job = make_job(edition, Order("panel-tiles", options={"stock": "white"}), known)
    assert job.first is not None
    assert job.first.options["stock"] == "white"
    assert job.first.standard.name == "screen"


@pytest.mark.parametrize(
    ("order", "told"),
    [
        (Order("panel-tiles", options={"tile": "a5"}), "has no value 'a5'"),
        (Order("panel-tiles", options={"bleed": "3mm"}), "has no option 'bleed'"),
        (
            Order("panel-tiles", standard="print"),
            "always made of a 'panel' to the standard 'screen'",
        ),
    ],
)
def test_what_tiles_cannot_be_is_refused(
    edition: Edition, known: Layouts, order: Order, told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        make_job(edition, order, known)


def test_a_sheet_without_a_design_is_refused(
    edition: Edition, known: Layouts, tmp_path: Path
) -> None:
    with pytest.raises(LayoutError, match="no panel is designed for the paper 'letter'"):
        build(make_job(edition, Order("panel-tiles", "letter"), known), tmp_path)
    assert list(tmp_path.rglob("*.*")) == []


def always_broken(_: Examined) -> Iterator[Found]:
    yield broken("a test says so")


def of_a_panel(examined: Examined) -> bool:
    return examined.record is not None and examined.record.product == "panel"


@pytest.mark.slow
@pytest.mark.parametrize("product", ["panel", "panel-tiles", "panel-ticket"])
def test_of_a_panel_that_breaks_a_promise_nothing_is_delivered(
    edition: Edition, known: Layouts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, product: str
) -> None:
    promise = Promise("spoilt", "A test", "house rule", always_broken, of_a_panel)
    monkeypatch.setattr("publish.verify.EVERY_PROMISE", (promise,))
    job = make_job(edition, Order(product, "a2", options={}), known)
    with pytest.raises(PromiseError, match="a test says so"):
        build(job, tmp_path)
    assert list(tmp_path.rglob("*.*")) == []


@pytest.mark.slow
def test_tiles_that_are_not_the_panel_are_not_delivered(
    edition: Edition, known: Layouts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(sheets: bytes, *_: object) -> bytes:
        return sheets  # without the panel

    monkeypatch.setattr("publish.finish.tiles.with_panel", spoilt)
    job = make_job(edition, Order("panel-tiles", "a2", options={"tile": "a3"}), known)
    with pytest.raises(PromiseError, match="tiles: broken"):
        build(job, tmp_path)
    assert list(tmp_path.rglob("*.*")) == []


@pytest.mark.slow
def test_a_warning_of_the_panel_stops_its_tiles_where_warnings_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [
        "build",
        str(SEED),
        "--product",
        "panel-tiles",
        "--paper",
        "a2",
        "--set",
        "distance=5cm",
    ]
    assert main([*asked, "--out", str(tmp_path)]) == Exit.USAGE
    assert "distance" in capsys.readouterr().err
    asked[-1] = "distance=400cm"
    assert main([*asked, "--strict", "--out", str(tmp_path)]) == Exit.FINDINGS
    assert "x-101" in capsys.readouterr().err
    assert list(tmp_path.rglob("*.*")) == []


@pytest.mark.slow
def test_the_same_panel_gives_the_same_tiles(
    tiles: Finished, edition: Edition, known: Layouts, tmp_path: Path
) -> None:
    job = make_job(edition, Order("panel-tiles", "a2", options={"tile": "a3"}), known)
    assert build(replace(job), tmp_path).path.read_bytes() == tiles.pdf


def test_the_file_verifies_without_a_telegram_to_compare(
    tiles: Finished, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(tiles.built.path)]) == Exit.BUILT
    assert "0 broken" in capsys.readouterr().out
