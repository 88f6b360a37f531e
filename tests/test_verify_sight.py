"""Text that nobody can see is found, whatever hides it; text that is seen is let be."""

import re
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from publish.promises import loads
from publish.verify import State, verify
from tests.conftest import SEED, SYNTHETIC, Finisher
from tests.hidden_text import (
    FIRST,
    LINES,
    Redraw,
    annotated,
    around,
    box_of,
    edited,
    mirrored,
    on_top,
    operators,
    painted,
    redrawn,
    said,
    small,
)
from tests.saving import Change

HIDDEN = "leaves no mark: it is clipped, covered, transparent or in the colour of its ground"
OUTSIDE = "lies outside the visible part of the page"
TURNED = "is mirrored or upside down"
CUT = "is seen in part only"

# Pages of the first telegram's edition, from 0.
F1, F2, TELEGRAM = 2, 3, 6
STATEMENT = "Typographic reconstruction, not a scan."
PAPER = b"0.956863 0.933333 0.870588 rg"  # the sheet's own, which a mottle of 1 in 255 covers


# What is let be


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("product", ["edition", "facsimile"])
@pytest.mark.parametrize("seed", [SEED, SYNTHETIC], ids=lambda seed: seed.name)
def test_all_text_of_every_product_can_be_seen(
    seed: Path, product: str, paper: str, finished: Finisher
) -> None:
    assert said("seen", finished(seed, product, paper).pdf) == []


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(LINES, id="as it is"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"0.7 g " + LINES, id="in light grey"),
        pytest.param(b"/Half gs " + LINES, id="half transparent"),
        pytest.param(b"0 g 0 0 300 200 re f 1 g " + LINES, id="white on black"),
        pytest.param(b"0.5 G 20 148 m 120 148 l S " + LINES, id="over a rule"),
        pytest.param(b"q 300 0 0 200 0 0 cm /I Do Q 1 g " + LINES, id="over a picture"),
        pytest.param(LINES + b" 1 g 200 0 90 90 re f", id="beside a white rectangle"),
        pytest.param(b"0 0 300 200 re W n " + LINES, id="within a clipping path"),
        pytest.param(b"q .98 .17 -.17 .98 30 0 cm " + LINES + b" Q", id="leaning"),
        pytest.param(b"q 0 1 -1 0 200 0 cm " + LINES + b" Q", id="sideways"),
        pytest.param(b"q .8 0 0 .8 0 0 cm /X Do Q", id="in a form"),
        pytest.param(b"BT /F 12 Tf 20 50 Td (spaces beyond  ) Tj 900 0 Td (   ) Tj ET", id="blank"),
    ],
)
def test_text_that_can_be_seen_is_let_be(content: bytes) -> None:
    assert said("seen", small(content)) == []


@pytest.mark.parametrize("turned", [90, 270])
def test_a_page_may_be_shown_sideways(turned: int) -> None:
    assert said("seen", small(Rotate=turned)) == []


def test_a_page_may_begin_anywhere_and_be_cropped_to_its_text() -> None:
    content = b"1 0 0 1 -500 900 cm " + LINES
    page = {"MediaBox": Array([-500, 900, -200, 1100]), "CropBox": Array([-490, 990, -300, 1070])}
    assert said("seen", small(content, **page)) == []


def test_a_page_too_large_to_be_drawn_at_full_size_is_drawn_smaller() -> None:
    content = b"20 0 0 20 0 0 cm " + LINES
    assert said("seen", small(content, MediaBox=Array([0, 0, 6000, 4000]))) == []


def test_grey_ink_on_a_tinted_mottled_paper_is_seen(finished: Finisher) -> None:
    """The sheet's own paper is a picture; every letter on it is printed in grey 0.45."""

    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            drawn = operators(page.obj)
            ink, count = re.subn(rb"(?<!\S)(\.\d+) \1 \1 rg", b".45 .45 .45 rg", drawn)
            assert count > 100
            page.obj.Contents = pdf.make_stream(ink)

    assert said("seen", edited(finished(SEED, "facsimile").pdf, change)) == []


# What is found, on a small page


COVERED = LINES + b" 1 g 15 140 200 25 re f"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(LINES.replace(b"20 150", b"900 150"), OUTSIDE, id="off the page by its place"),
        pytest.param(b"q 1 0 0 1 0 60 cm " + LINES + b" Q", OUTSIDE, id="off the page by a matrix"),
        pytest.param(b"q 0 0 300 140 re W n " + LINES + b" Q", HIDDEN, id="clipped away"),
        pytest.param(COVERED, HIDDEN, id="under a white rectangle"),
        pytest.param(b"0 g " + COVERED.replace(b" 1 g", b""), HIDDEN, id="under a black rectangle"),
        pytest.param(LINES + b" q 200 0 0 25 15 140 cm /I Do Q", HIDDEN, id="under a picture"),
        pytest.param(b"1 g " + LINES, HIDDEN, id="white on white"),
        pytest.param(b"0 g 0 0 300 200 re f " + LINES, HIDDEN, id="black on black"),
        pytest.param(b"/Clear gs " + LINES, HIDDEN, id="transparent"),
        pytest.param(b"/Pale gs " + LINES, "stands out from its ground by 1.6 : 1 only", id="pale"),
        pytest.param(b"0.97 g " + LINES, "stands out from its ground by 1.1 : 1 only", id="faint"),
        pytest.param(b".9 1 .9 rg " + LINES, "stands out from its ground by 1.1 : 1 only", id="tint"),
        pytest.param(b"3 Tr " + LINES, HIDDEN, id="without ink"),
        pytest.param(LINES.replace(b"12 Tf", b"0.5 Tf"), "is set in type of 0.5 points", id="tiny"),
        pytest.param(b"2 Tz " + LINES, "is set in type of 0.24 points", id="squeezed"),
        pytest.param(b"q -1 0 0 1 300 0 cm " + LINES + b" Q", TURNED, id="mirrored"),
        pytest.param(b"q 1 0 0 -1 0 200 cm " + LINES + b" Q", TURNED, id="mirrored downwards"),
        pytest.param(b"q -1 0 0 -1 300 200 cm " + LINES + b" Q", TURNED, id="upside down"),
        pytest.param(b"q -1 0 0 1 300 0 cm /X Do Q", TURNED, id="mirrored in a form"),
        pytest.param(LINES.replace(b"12 Tf 20", b"-12 Tf 200"), TURNED, id="of a negative size"),
        pytest.param(b"/X Do 1 g 15 140 200 25 re f", HIDDEN, id="a form, covered"),
        pytest.param(LINES + b" 1 g 15 140 200 14 re f", CUT, id="its lower half covered"),
        pytest.param(LINES + b" 1 g 15 153.5 200 14 re f", CUT, id="its upper half covered"),
    ],
)  # fmt: skip
def test_text_that_cannot_be_seen_is_found(content: bytes, reason: str) -> None:
    found = said("seen", small(content))
    assert found
    assert all(line.startswith("page 1: 'The first line") for line in found[:1])
    assert found[0].endswith(reason)


def test_a_page_shown_upside_down_is_found() -> None:
    assert said("seen", small(Rotate=180)) == [
        f"page 1: 'The first line. And a second one.' {TURNED}"
    ]


def test_half_a_letter_that_is_covered_is_found() -> None:
    left, bottom, right, top = box_of(small(), 0, "T")
    middle, height = (left + right) / 2 + 1, top - bottom
    cover = f" 1 g {middle} {bottom} 3 {height} re f".encode()
    assert said("seen", small(LINES + cover)) == [f"page 1: 'The' {CUT}"]


def test_words_that_lie_under_other_words_are_found() -> None:
    under = b"1 g BT /F 12 Tf 20 150 Td (unseen) Tj ET 0 g "
    assert said("seen", small(under + LINES)) == [
        "page 1: 'unseen' stands in one place with other text"
    ]


def test_words_in_a_form_that_lie_under_other_words_are_found() -> None:
    over = b"q 1 0 0 1 3 0 cm /X Do Q 1 g BT /F 12 Tf 23 150 Td (unseen) Tj ET"
    assert said("seen", small(over)) == ["page 1: 'unseen' stands in one place with other text"]


def test_each_reason_and_each_place_is_told_apart() -> None:
    content = b"1 g " + LINES.replace(b"(And a second one.)", b"0 g (And ) Tj 1 g (a second one.)")
    assert said("seen", small(content)) == [
        f"page 1: 'The first line.' {HIDDEN}",
        f"page 1: 'a second one.' {HIDDEN}",
    ]


def test_a_long_text_is_quoted_by_its_first_words() -> None:
    content = b"1 g BT /F 4 Tf 5 150 Td (" + b"many words " * 12 + b") Tj ET"
    words = ("many words " * 12)[:60]
    assert said("seen", small(content)) == [f"page 1: '{words}…' {HIDDEN}"]


ON_SCREEN_AND_PAPER, ON_PAPER_ONLY, ON_SCREEN_ONLY = 4, 4 + 32, 0


@pytest.mark.parametrize("flags", [ON_SCREEN_AND_PAPER, ON_PAPER_ONLY, ON_SCREEN_ONLY])
@pytest.mark.parametrize("subtype", ["Link", "Stamp", "FreeText"])
def test_an_annotation_that_covers_text_is_found_on_the_screen_and_on_paper(
    subtype: str, flags: int
) -> None:
    cover = annotated((15, 140, 215, 165), b"1 g 0 0 200 25 re f", subtype, flags)
    assert said("seen", edited(small(), cover)) == [f"page 1: '{FIRST}' {HIDDEN}"]


@pytest.mark.parametrize("states", [False, True])
def test_an_annotation_that_draws_without_end_is_told_as_a_broken_promise(states: bool) -> None:
    """Of such drawing pdfium 8149 finds no end either, and does not come back."""

    def change(pdf: pikepdf.Pdf) -> None:
        annotated((15, 140, 215, 165), b"/Again Do /Again Do", "Stamp", ON_SCREEN_AND_PAPER)(pdf)
        look = pdf.pages[0].obj.Annots[0].AP.N
        look.Resources = Dictionary(XObject=Dictionary(Again=look))
        if states:
            pdf.pages[0].obj.Annots[0].AP.N = Dictionary(On=look, Off=look)

    told = [r.detail for r in verify(edited(small(), change), None) if r.code == "seen"]
    assert told == ["the file cannot be read: forms draw one another without end"]


def test_a_layer_that_is_off_hides_its_words() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Words"))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
        pdf.pages[0].obj.Resources.Properties = Dictionary(L=layer)

    content = b"/OC /L BDC " + LINES + b" EMC"
    assert said("seen", edited(small(content), change)) == [
        f"page 1: 'The first line. And a second one.' {HIDDEN}"
    ]


def test_a_page_without_a_visible_part_is_told_as_a_broken_promise() -> None:
    pdf = small(CropBox=Array([500, 500, 600, 600]))
    told = [r for r in verify(pdf, None) if r.code == "seen"]
    assert told
    assert {r.state for r in told} == {State.BROKEN}


def test_a_page_whose_text_is_in_too_many_pieces_is_told_as_a_broken_promise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("publish.verify.setting._MOST_COMPARED", 0)
    told = [r.detail for r in verify(small(), None) if r.code == "seen"]
    assert told == [
        "the file cannot be read: a page sets its text in more pieces than can be compared"
    ]


# What is found, in the finished edition


def covered(pdf: bytes, page: int, words: str, look: bytes) -> Change:
    """Return a change that draws a rectangle over words, in the colour `look`."""
    left, bottom, right, top = box_of(pdf, page, words)
    place = f" {left - 0.3:f} {bottom - 0.3:f} {right - left + 0.6:f} {top - bottom + 0.6:f} re f"
    return on_top(page, look + place.encode())


def test_a_white_rectangle_over_one_word_of_a_reading_paragraph_is_found(
    finished: Finisher,
) -> None:
    pdf = finished().pdf
    change = covered(pdf, TELEGRAM, "offensive missile", b"1 g")
    assert said("seen", edited(pdf, change)) == [f"page 7 (2): 'offensive missile' {HIDDEN}"]


def test_a_rectangle_of_the_paper_s_colour_over_one_typed_word_is_found(finished: Finisher) -> None:
    pdf = finished().pdf
    change = covered(pdf, F1, "welcomed", PAPER)
    assert said("seen", edited(pdf, change)) == [f"page 3 (F1): 'welcomed' {HIDDEN}"]


@pytest.mark.parametrize("product", ["edition", "facsimile"])
def test_a_statement_in_the_colour_of_its_ground_is_found(product: str, finished: Finisher) -> None:
    pdf = finished(SEED, product).pdf
    page, colour = (F2, b"1 g") if product == "edition" else (1, PAPER)
    found = said("seen", redrawn(pdf, page, STATEMENT, painted(colour)))
    assert [line.split("'")[0] for line in found] == [f"page {page + 1} (F2): "] * len(found)
    assert found[0].split("'")[1].startswith(STATEMENT)
    assert found[0].endswith(HIDDEN)


def test_a_crop_box_that_cuts_the_caption_is_found(finished: Finisher) -> None:
    def crop(pdf: pikepdf.Pdf) -> None:
        pdf.pages[F1].obj.CropBox = Array([0, 25, 612, 792])

    found = said("seen", edited(finished().pdf, crop))
    assert found
    assert found[0].startswith(f"page 3 (F1): '{STATEMENT}")
    assert found[0].endswith(OUTSIDE)


def test_a_link_with_an_opaque_appearance_over_text_is_found(finished: Finisher) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        link = next(a for a in pdf.pages[TELEGRAM].obj.Annots if a.Subtype == Name.Link)
        look = pdf.make_stream(b"1 g 0 0 300 14 re f")
        look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 300, 14])
        link.Rect, link.AP = Array([left, bottom - 3, left + 300, bottom + 11]), Dictionary(N=look)

    left, bottom, _, _ = box_of(finished().pdf, TELEGRAM, "I have read your letter")
    found = said("seen", edited(finished().pdf, change))
    assert found[0].startswith("page 7 (2): 'I have read your letter of October 26th")
    assert found[0].endswith(HIDDEN)


@pytest.mark.parametrize(
    ("redraw", "reason"),
    [
        pytest.param(painted(b"0.97 g"), "stands out from its ground by 1.1 : 1 only", id="pale"),
        pytest.param(painted(b"/Unseen gs"), HIDDEN, id="transparent"),
        pytest.param(lambda drawn: b"q 0 0 1 1 re W n " + drawn + b" Q", HIDDEN, id="clipped"),
        pytest.param(lambda drawn: b"q 1 0 0 1 900 0 cm " + drawn + b" Q", OUTSIDE, id="moved"),
        pytest.param(lambda drawn: b"q -1 0 0 1 800 0 cm " + drawn + b" Q", TURNED, id="mirrored"),
    ],
)
def test_a_paragraph_of_the_reading_text_that_is_hidden_is_found(
    redraw: Redraw, reason: str, finished: Finisher
) -> None:
    def add_state(pdf: pikepdf.Pdf) -> None:
        pdf.pages[TELEGRAM].obj.Resources.ExtGState.Unseen = Dictionary(ca=0, CA=0)

    pdf = edited(finished().pdf, add_state)
    found = said("seen", redrawn(pdf, TELEGRAM, "I have read your letter of", redraw))
    assert found[0].startswith("page 7 (2): 'I have read your letter of October 26th")
    assert found[0].endswith(reason)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        pytest.param(b"1 Tz", b"100 Tz", "is set in type of 0.12 points", id="squeezed to 1 %"),
        pytest.param(b"FONT .12 Tf", b"FONT 12 Tf", "is set in type of 0.12 points", id="scaled"),
        pytest.param(b"5000 Ts", b"0 Ts", OUTSIDE, id="raised off the page"),
        pytest.param(PAPER, b"0 g", HIDDEN, id="in the colour of the paper"),
    ],
)
def test_two_typed_words_that_are_hidden_are_found(
    before: bytes, after: bytes, reason: str, finished: Finisher
) -> None:
    pdf = finished().pdf
    redraw = around(len("I "), len("have read"), before, after)
    found = said("seen", redrawn(pdf, F1, "I have read your letter of", redraw))
    # pdfium puts spaces of its own between letters so small, and loses some that lie off the page.
    assert found[0].startswith("page 3 (F1): 'h")
    assert found[0].endswith(reason)


def test_one_typed_line_that_is_mirrored_is_found(finished: Finisher) -> None:
    line = "I have read your letter of October 26th with great care"
    strokes = len(line.replace(" ", ""))
    pdf = redrawn(finished().pdf, F1, "I have read your letter of", mirrored(strokes))
    assert said("seen", pdf) == [f"page 3 (F1): '{line}' {TURNED}"]


def test_no_promise_about_words_knows_of_what_is_hidden(finished: Finisher) -> None:
    product = finished(SEED, "facsimile")
    pdf = redrawn(product.pdf, 1, STATEMENT, painted(PAPER))
    results = verify(pdf, loads(product.record, "facsimile.promises.json"))
    broken = {result.code for result in results if result.state is State.BROKEN}
    assert broken & {"seen", "ink", "drawn", "heard", "readers", "statement"} == {"seen"}
