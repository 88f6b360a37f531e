"""A picture of the user's is made fit for the press, or refused with the reason a shop would give."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from publish.build import build
from publish.layouts import Layouts
from publish.model import Edition
from publish.orders import Order, make_job
from publish.problems import LayoutError, UsageError
from publish.profiles import load
from publish.typeset.panel.pictures import (
    Mark,
    check_fine,
    for_press,
    for_screen,
    most_ink_of,
    open_mark,
)
from tests.panels import panel_job

PRESS = load("iso-coated-v2-300").data


def saved(folder: Path, image: Image.Image, name: str = "mark.png") -> str:
    image.save(folder / name)
    return str(folder / name)


def mark_of(image: Image.Image) -> Mark:
    return Mark(Path("mark.png"), "Mark", image)


def plates(jpeg: bytes) -> Image.Image:
    image = Image.open(BytesIO(jpeg))
    assert image.mode == "CMYK"
    return image


def test_an_rgb_logo_goes_to_four_plates_through_its_profile() -> None:
    red = plates(for_press(mark_of(Image.new("RGB", (9, 9), "#8c2d1f")), PRESS, 300))
    cyan, magenta, yellow, _ = red.getpixel((4, 4))  # type: ignore[misc]
    assert magenta > 2 * cyan
    assert yellow > 2 * cyan


def test_a_grey_picture_goes_to_black_alone() -> None:
    grey = plates(for_press(mark_of(Image.new("L", (9, 9), 0)), PRESS, 300))
    assert grey.getpixel((4, 4)) == (0, 0, 0, 255)


def test_four_plates_stay_as_they_are() -> None:
    same = plates(for_press(mark_of(Image.new("CMYK", (9, 9), (10, 20, 30, 40))), PRESS, 300))
    assert same.getpixel((4, 4)) == pytest.approx((10, 20, 30, 40), abs=1)


def test_a_picture_of_more_ink_than_the_sheet_may_have_is_refused() -> None:
    black = mark_of(Image.new("RGB", (9, 9), "black"))
    assert for_press(black, PRESS, 300)
    with pytest.raises(LayoutError, match=r"lays on 29\d % of ink, more than 240 %.*icc=PATH"):
        for_press(black, PRESS, 240)


def test_the_ink_of_a_picture_is_that_of_its_fullest_pixel() -> None:
    image = Image.new("CMYK", (9, 9), (255, 0, 0, 0))
    image.putpixel((3, 3), (255, 255, 0, 0))
    assert most_ink_of(image) == pytest.approx(200, abs=1.7)


def test_a_photograph_of_90_pixels_to_the_inch_is_refused() -> None:
    with pytest.raises(LayoutError, match=r"90 pixels to the inch at 2\.0 in, and 150 are wanted"):
        check_fine(mark_of(Image.new("RGB", (180, 90))), 144, 150)


def test_the_screen_gets_srgb() -> None:
    assert Image.open(BytesIO(for_screen(mark_of(Image.new("CMYK", (9, 9)))))).mode == "RGB"


def test_a_transparent_picture_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, Image.new("RGBA", (400, 200)))
    with pytest.raises(UsageError, match="is transparent, and a press has no such ink"):
        open_mark(path, "Mark")


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mark.png").write_text("no picture", "utf-8")
    with pytest.raises(UsageError, match="is no picture"):
        open_mark(str(tmp_path / "mark.png"), "Mark")


def test_a_mark_without_the_words_by_which_it_is_heard_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="logo is set without logo-name"):
        open_mark(saved(tmp_path, Image.new("RGB", (9, 9))), "")


def test_a_mark_stands_on_the_panel_in_four_plates_and_is_heard(
    edition: Edition, known: Layouts, tmp_path: Path
) -> None:
    logo = saved(tmp_path, Image.new("RGB", (600, 300), "#1d2a3a"))
    built = build(
        panel_job(edition, known, logo=logo, **{"logo-name": "Mark of a museum"}), tmp_path / "out"
    )
    assert built.path.name == "panel-logo-mark.pdf"
    with pikepdf.open(built.path) as pdf:
        spaces = [each.ColorSpace for each in pdf.pages[0].obj.Resources.XObject.values()]
        paper = [space for space in spaces if isinstance(space, pikepdf.Array)]
        assert [[str(part) for part in list(space)[:2]] for space in paper] == [
            ["/Indexed", "/DeviceCMYK"]
        ]
        assert [str(space) for space in spaces if space not in paper] == ["/DeviceCMYK"]
    assert b"Mark of a museum" in built.path.read_bytes()


def test_a_mark_stands_on_a_screen_proof_too(
    edition: Edition, known: Layouts, tmp_path: Path
) -> None:
    logo = saved(tmp_path, Image.new("RGB", (600, 300), "#1d2a3a"))
    options = {"logo": logo, "logo-name": "Mark of a museum"}
    job = make_job(edition, Order("panel", standard="screen", options=options), known)
    assert build(job, tmp_path / "out").path.is_file()


def test_nothing_of_a_marks_file_stays_open(tmp_path: Path) -> None:
    first, second = (Image.new("RGB", (600, 300), colour) for colour in ("#1d2a3a", "#8c2d1f"))
    first.save(tmp_path / "mark.tif", save_all=True, append_images=[second])
    mark = open_mark(str(tmp_path / "mark.tif"), "Mark of a museum")
    assert mark is not None
    assert not hasattr(mark.image, "fp")
