"""A picture of numbered builds is drawn as it was given, once for all its places, and is what a reader sees."""

from io import BytesIO

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from publish.colours import load_colours
from publish.resources import layouts_directory
from publish.stocks import load_stocks
from publish.typeset.indexed_picture import IndexedPicture, draw_indexed
from publish.typeset.paper import texture_in_plates

BUILDS = bytes((10, 20, 30, 0, 0, 0, 0, 255))
PICTURE = IndexedPicture(3, 2, BUILDS, bytes((0, 1, 0, 1, 0, 1)))
STOCKS = load_stocks(layouts_directory(), load_colours(layouts_directory()))


def drawn(*places: tuple[float, float], picture: IndexedPicture = PICTURE) -> pikepdf.Pdf:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(200, 200), invariant=1)
    for place in places:
        draw_indexed(canvas, place, 30, 20, picture)
    canvas.showPage()
    canvas.save()
    return pikepdf.open(file)


def test_reportlab_keeps_the_picture_as_it_was_given() -> None:
    """What its private parts do with an object of ours: a change of them is seen here."""
    with drawn((10, 10)) as pdf:
        (image,) = pdf.pages[0].Resources.XObject.values()
        indexed, base, last, listed = image.ColorSpace
        assert (str(indexed), str(base), int(last)) == ("/Indexed", "/DeviceCMYK", 1)
        assert bytes(listed) == BUILDS
        assert (int(image.Width), int(image.Height), int(image.BitsPerComponent)) == (3, 2, 8)
        assert image.read_bytes() == PICTURE.pixels


def test_a_picture_is_drawn_over_its_rectangle() -> None:
    with drawn((10, 50)) as pdf:
        placed = [
            [float(number) for number in instruction.operands]
            for instruction in pikepdf.parse_content_stream(pdf.pages[0])
            if str(instruction.operator) == "cm"
        ]
    assert placed[-1] == [30, 0, 0, 20, 10, 50]


def test_a_picture_in_two_places_is_kept_once() -> None:
    with drawn((10, 10), (100, 100)) as pdf:
        assert len(pdf.pages[0].Resources.XObject) == 1
        done = [i for i in pikepdf.parse_content_stream(pdf.pages[0]) if str(i.operator) == "Do"]
        assert len(done) == 2


@pytest.mark.parametrize(
    ("builds", "pixels", "told"),
    [
        (BUILDS[:7], PICTURE.pixels, "7 bytes are no builds"),
        (b"", PICTURE.pixels, "0 bytes are no builds"),
        (bytes(4 * 257), PICTURE.pixels, "1028 bytes are no builds"),
        (BUILDS, PICTURE.pixels[:5], "5 pixels are not 3 × 2"),
    ],
)
def test_parts_that_do_not_go_together_are_refused(builds: bytes, pixels: bytes, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        IndexedPicture(3, 2, builds, pixels)


# The paper of a sheet in plates


@pytest.fixture(scope="module")
def paper() -> IndexedPicture:
    return texture_in_plates(STOCKS.get("aged"), 576, 756, "a telegram", 150)


def mean_of(picture: IndexedPicture, plate: int) -> float:
    counts = [picture.pixels.count(number) for number in range(len(picture.builds) // 4)]
    inked = picture.builds[plate::4]
    return sum(times * ink for times, ink in zip(counts, inked, strict=True)) / sum(counts)


@pytest.mark.parametrize("plate", [0, 1, 2, 3])
def test_the_papers_mean_is_the_build_of_its_colour(paper: IndexedPicture, plate: int) -> None:
    build = STOCKS.get("aged").paper.cmyk
    assert mean_of(paper, plate) == pytest.approx(build[plate] * 255, abs=0.6)


def test_every_build_of_the_paper_is_used(paper: IndexedPicture) -> None:
    assert set(paper.pixels) == set(range(len(paper.builds) // 4))


def test_the_paper_has_no_black_but_its_own(paper: IndexedPicture) -> None:
    assert set(paper.builds[3::4]) == {0}


def test_the_same_paper_has_the_same_bytes(paper: IndexedPicture) -> None:
    assert texture_in_plates(STOCKS.get("aged"), 576, 756, "a telegram", 150) == paper
