"""Pictures of a finished panel: true to size, true to the file, delivered with it or not at all."""

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from publish.build import build
from publish.finish.first_file import FirstFile
from publish.finish.proofs import proofs
from publish.finish.wall import FOOT, PIXELS_PER_MILLIMETRE, hung, wall_picture
from publish.layouts import Layouts
from publish.model import Edition
from publish.orders import Order, make_job
from publish.output import deliver
from publish.problems import OutputError, RenderingError
from publish.typeset.structure import PressSheet
from tests.conftest import SEED, Finished, Finisher

NAMES = ("proof", "proof-corner-top", "proof-corner-foot", "proof-wall")


@pytest.fixture(scope="module")
def panel(finished: Finisher) -> Finished:
    return finished(SEED, "panel", options=(("proofs", "with"),))


@pytest.fixture(scope="module")
def pictures(panel: Finished) -> dict[str, Image.Image]:
    path = panel.built.path
    data = {name: path.with_name(f"{path.stem}-{name}.png").read_bytes() for name in NAMES}
    return {name: Image.open(BytesIO(png)) for name, png in data.items()}


def test_four_pictures_stand_beside_the_panel(panel: Finished) -> None:
    beside = [path.name for path in panel.built.beside if path.suffix == ".png"]
    assert beside == [f"panel-{name}.png" for name in NAMES]


def test_every_picture_names_the_file_that_it_is_of(
    panel: Finished, pictures: dict[str, Image.Image]
) -> None:
    sources = {picture.info["Source"] for picture in pictures.values()}
    assert sources == {f"panel.pdf, SHA-256 {panel.built.sha256}"}


def test_the_whole_is_the_panel_at_its_cut(pictures: dict[str, Image.Image]) -> None:
    whole = pictures["proof"]
    assert whole.size == (1600, 2400)
    assert whole.width / whole.info["dpi"][0] == pytest.approx(24, abs=0.01)


@pytest.mark.parametrize("name", ["proof-corner-top", "proof-corner-foot"])
def test_a_corner_is_of_true_size(pictures: dict[str, Image.Image], name: str) -> None:
    corner = pictures[name]
    assert corner.size == (1125, 1500)
    assert corner.info["dpi"] == pytest.approx((150, 150), abs=0.1)


def test_a_corner_is_the_page_as_pdfium_draws_it(
    panel: Finished, pictures: dict[str, Image.Image]
) -> None:
    document = pypdfium2.PdfDocument(panel.pdf)
    page: Image.Image = document[0].render(scale=150 / 72).to_pil()
    document.close()
    wanted = page.convert("RGB").crop((0, 0, 1125, 1500))
    difference = ImageChops.difference(wanted, pictures["proof-corner-top"].convert("RGB"))
    assert max(ImageStat.Stat(difference).mean) < 0.5


def test_the_marks_of_the_cut_are_on_the_corners(pictures: dict[str, Image.Image]) -> None:
    edge = pictures["proof-corner-top"].convert("L").crop((0, 0, 1125, 60))
    assert edge.getextrema()[0] < 128  # type: ignore[operator]


def test_the_pictures_change_neither_the_panel_nor_its_name(
    panel: Finished, finished: Finisher
) -> None:
    plain = finished(SEED, "panel", options=(("quantity", "2"),))
    assert (plain.built.path.name, plain.pdf) == (panel.built.path.name, panel.pdf)


def first_file(panel: Finished, data: bytes) -> FirstFile:
    sheet = PressSheet((45, 45, 1773, 2637), (36, 36, 1782, 2646), (0, 0, 1, 1), 24, 300, 150)
    return FirstFile(panel.built.job, data, (), (), (), sheet)


def test_the_same_file_gives_the_same_pictures(panel: Finished) -> None:
    made = dict(proofs(first_file(panel, panel.pdf)))
    folder = panel.built.path.parent
    assert {name: (folder / f"panel-{name}.png").read_bytes() for name in NAMES} == made


def test_what_pdfium_cannot_open_has_no_proofs(panel: Finished) -> None:
    with pytest.raises(RenderingError, match="cannot be drawn for its proofs"):
        list(proofs(first_file(panel, b"%PDF-1.7 no file")))


# On the wall


def grey() -> Image.Image:
    return Image.new("RGB", (100, 150), (255, 0, 0))


def red(picture: Image.Image) -> tuple[int, int, int, int]:
    only = ImageChops.difference(picture, Image.new("RGB", picture.size, (255, 0, 0)))
    found = only.convert("L").point(lambda value: 255 if value == 0 else 0).getbbox()
    assert found is not None
    return found


def test_the_panel_is_as_large_as_the_wall_is_to_scale(known: Layouts) -> None:
    picture, per_inch = wall_picture(grey(), known.paper("24x36in"))
    left, top, right, bottom = red(picture)
    assert right - left == round(609.6 * PIXELS_PER_MILLIMETRE)
    assert bottom - top == round(914.4 * PIXELS_PER_MILLIMETRE)
    assert per_inch == pytest.approx(254)


@pytest.mark.parametrize(
    ("height", "foot"),
    [(24 * 72, FOOT), (36 * 72, FOOT), (48 * 72, FOOT), (80 * 72, 0.0)],
)
def test_a_panel_hangs_by_its_foot_and_a_roll_up_stands(height: float, foot: float) -> None:
    assert hung(height) == pytest.approx(foot)


def test_the_bar_is_a_persons_height(known: Layouts) -> None:
    picture, _ = wall_picture(grey(), known.paper("24x36in"))
    bar = picture.point(lambda value: value)
    match = ImageChops.difference(bar, Image.new("RGB", bar.size, (120, 122, 126)))
    box = match.convert("L").point(lambda value: 255 if value == 0 else 0).getbbox()
    assert box is not None
    assert box[3] - box[1] == pytest.approx(1700 * PIXELS_PER_MILLIMETRE, abs=2)


# Delivered together


@pytest.mark.slow
def test_a_panel_whose_proofs_fail_is_not_delivered(
    edition: Edition, known: Layouts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> tuple[Image.Image, float]:
        raise RenderingError("no wall")

    monkeypatch.setattr("publish.finish.proofs.wall_picture", fails)
    job = make_job(edition, Order("panel", "a2", options={"proofs": "with"}), known)
    with pytest.raises(RenderingError, match="no wall"):
        build(job, tmp_path)
    assert list(tmp_path.rglob("*.*")) == []


def test_files_that_go_together_are_delivered_together(tmp_path: Path) -> None:
    (tmp_path / "panel.pdf").write_bytes(b"earlier")
    (tmp_path / "panel-proof.png").mkdir()
    with pytest.raises(OutputError):
        deliver([(tmp_path / "panel.pdf", b"new"), (tmp_path / "panel-proof.png", b"new")])
    assert (tmp_path / "panel.pdf").read_bytes() == b"earlier"
