"""The facsimile as other libraries find it in the PDF: words, grid, sheet, caption; what is refused."""

import shutil
import statistics
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from pypdfium2 import raw as pdfium

from publish.model import BlockKind, Scope
from publish.papers import Paper
from publish.problems import FontError, LayoutError, RenderingError
from publish.products import Labels
from publish.typed_document import facsimile_document
from publish.typeset.facsimile import set_facsimile
from publish.typeset.structure import Part
from tests.drawn_facsimile import (
    CELL,
    ROOT,
    ROW,
    SEED,
    SYNTHETIC,
    as_typed,
    content_of,
    edition,
    faces,
    facsimile,
    found,
    job,
    known,
    lines_of,
    node,
    plan,
    sheet_of,
    strikes,
    typed_faces,
    typed_text,
    with_text,
)

GOLDEN = ROOT / "golden" / "facsimile"
STATEMENT = (
    "Typographic reconstruction, not a scan. Form after transcripts of Department telegrams of 1963; "
    "no copy of this telegram was examined."
)
IDENTIFICATION = "Telegram 1015. Washington, October 27, 1962, 8:05 p.m."


@pytest.fixture(params=[("edition", "letter"), ("edition", "a4"), ("facsimile", "letter")])
def part(request: pytest.FixtureRequest) -> Part:
    product, paper = request.param
    return facsimile(product, SEED, paper)


@pytest.fixture(params=[SEED, SYNTHETIC])
def seed(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


# The text


def test_each_block_is_drawn_character_by_character(seed: Path) -> None:
    set_part = facsimile("edition", seed)
    for passage in typed_text(seed).blocks:
        expected = passage.text.replace("\t", " ").replace("\n", " ")
        assert content_of(set_part, node(set_part, f"facsimile-{passage.id}")) == expected


def test_the_number_stands_on_the_action_line() -> None:
    set_part = facsimile("facsimile")
    number = strikes(set_part, 0)[:4]
    assert [
        (d.character, round(d.x / CELL) + 1, round((756 - d.y - 9) / ROW) + 1) for d in number
    ] == [
        ("1", 68, 9),
        ("0", 69, 9),
        ("1", 70, 9),
        ("5", 71, 9),
    ]


def test_nothing_is_typed_but_number_and_text_on_the_first_sheet() -> None:
    set_part = facsimile("facsimile")
    above_text = [d.character for d in strikes(set_part, 0) if d.y > 756 - 13 * ROW]
    below_text = [d.character for d in strikes(set_part, 0) if d.y < 756 - 48 * ROW]
    assert ("".join(above_text), below_text) == ("1015", [])


def test_the_sheets_read_as_the_golden_has_them(seed: Path) -> None:
    golden = GOLDEN / f"{seed.name}.txt"
    assert as_typed(facsimile("facsimile", seed)) == golden.read_text(encoding="utf-8")


def test_a_telegram_without_a_number_leaves_the_action_line_blank() -> None:
    of = job("facsimile", SYNTHETIC)
    document = of.edition.document
    kept = tuple(d for d in document.departures if d.moved_to != "number")
    unnumbered = replace(document, number=None, departures=kept)
    of = replace(of, edition=replace(of.edition, document=unnumbered))
    set_part = set_facsimile(of, plan(of), faces())
    assert [d for d in strikes(set_part, 0) if d.y > 756 - 13 * ROW] == []
    assert content_of(set_part, node(set_part, "facsimile-p2")).startswith("77.")


def test_two_spaces_follow_a_sentence_but_not_a_title() -> None:
    texts = {passage.id: passage.text for passage in typed_text(SEED).blocks}
    assert "problem.  The first" in texts["p3"]
    assert "Mr. Chairman" in texts["p2"]


def test_the_departures_of_typed_spacing_hold_in_the_facsimile_only() -> None:
    document = facsimile_document(job("facsimile"))
    added = [d for d in document.departures if d.rule == "sentence-space"]
    assert {d.scope for d in added} == {Scope.FACSIMILE}


EXTRACTORS = {
    "poppler": ["pdftotext", "-raw", "{pdf}", "-"],
    "poppler with layout": ["pdftotext", "-layout", "{pdf}", "-"],
    "mupdf": ["mutool", "draw", "-F", "txt", "{pdf}"],
}


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_no_extractor_splits_or_joins_words(extractor: str, seed: Path, tmp_path: Path) -> None:
    program, *arguments = EXTRACTORS[extractor]
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    pdf = tmp_path / "facsimile.pdf"
    pdf.write_bytes(facsimile("edition", seed).pdf)
    command = [program, *(argument.format(pdf=pdf) for argument in arguments)]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert_words_are_in(text, seed)


def test_pdfium_neither_splits_nor_joins_words(seed: Path) -> None:
    pages = pypdfium2.PdfDocument(facsimile("edition", seed).pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    assert_words_are_in(text, seed)


def assert_words_are_in(text: str, seed: Path) -> None:
    # A word divided at a typed dash stands on two lines.
    found_words = set(text.replace("--", "-- ").split())
    for passage in typed_text(seed).blocks:
        assert set(passage.text.replace("--", "-- ").split()) <= found_words


# The grid (that of every form: tests/test_facsimile_grid.py)


def test_pdfium_too_finds_ten_characters_to_the_inch() -> None:
    document = pypdfium2.PdfDocument(facsimile("facsimile").pdf)
    text = document[0].get_textpage()
    start = text.get_text_range().index("representatives in New York")
    xs = []
    for index in range(start, start + 61):
        x, y = pdfium.c_double(), pdfium.c_double()
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        xs.append(x.value)
    assert all(abs(b - a - CELL) < 0.5 for a, b in pairwise(xs))
    assert abs(xs[-1] - xs[0] - 60 * CELL) < 0.5


def test_the_letters_of_a_line_do_not_stand_in_a_row_like_print() -> None:
    pdf = facsimile("facsimile").pdf
    line = max(lines_of(pdf, sheet_of(pdf, job("facsimile"))).values(), key=len)
    assert 0.05 < statistics.pstdev(drawn.y for drawn in line) < 0.16


def test_a_plate_has_the_same_grid_where_its_sheet_begins() -> None:
    alone, plate = facsimile("facsimile"), facsimile("edition")
    shifts = {
        (round(b.x - a.x, 2), round(b.y - a.y, 2))
        for a, b in zip(strikes(alone), strikes(plate), strict=True)
    }
    assert shifts == {(18.0, 32.0)}


def test_a_cyrillic_letter_is_struck_with_the_second_face_in_its_cell() -> None:
    drawn = [d for d in strikes(facsimile("facsimile", SYNTHETIC)) if d.character == "М"]
    families = {face.postscript: face.name for face in faces()}
    assert {families[d.face] for d in drawn} == {"Cable Pica Cyrillic"}


# The sheet


def test_the_sheet_alone_is_the_page() -> None:
    document = pypdfium2.PdfDocument(facsimile("facsimile").pdf)
    assert {document[page].get_size() for page in range(len(document))} == {(576.0, 756.0)}


@pytest.mark.parametrize(("paper", "size"), [("letter", (612, 792)), ("a4", (595.276, 841.89))])
def test_a_plate_is_a_page_of_the_editions_paper(paper: str, size: tuple[float, float]) -> None:
    document = pypdfium2.PdfDocument(facsimile("edition", SEED, paper).pdf)
    assert document[0].get_size() == pytest.approx(size, abs=0.01)


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_a_plate_shows_the_sheet_at_true_size_in_the_middle(paper: str) -> None:
    width = known().paper(paper).width
    box = found(facsimile("edition", SEED, paper).pdf).rectangles[0][1]
    assert (box[2] - box[0], box[3] - box[1]) == pytest.approx((576, 756))
    assert box[0] == pytest.approx(width - box[2])


def test_a_sheet_larger_than_its_plate_is_reduced_and_says_so() -> None:
    of = replace(job("edition"), paper=Paper("half-letter", "Half letter", 396.0, 612.0))
    pdf = set_facsimile(of, plan(of), faces()).pdf
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert "Reduced to 66% of its true size." in text.replace("\r\n", "")


def test_a_reduced_sheet_keeps_its_caption_at_eight_points() -> None:
    of = replace(job("edition"), paper=Paper("half-letter", "Half letter", 396.0, 612.0))
    recorder = found(set_facsimile(of, plan(of), faces()).pdf)
    bottom = recorder.rectangles[0][1][1]
    assert {d.size for d in recorder.drawn if d.y < bottom} == {8.0}


def test_no_typed_letter_stands_on_printed_words_or_lines(part: Part) -> None:
    recorder = found(part.pdf)
    printed = [d for d in recorder.drawn if d.face not in typed_faces() and d.character != " "]
    for struck in strikes(part):
        if struck.character == " ":
            continue
        left, bottom, right, top = struck.x, struck.y - 2.4, struck.x + CELL, struck.y + 8
        assert not any(
            d.page == struck.page and left - d.size < d.x < right and bottom - d.size < d.y < top
            for d in printed
        )
        assert not any(
            page == struck.page and x0 < right and x1 > left and y0 < top and y1 > bottom
            for page, (x0, y0, x1, y1) in recorder.lines
        )


def test_printed_words_stay_on_the_sheet(part: Part) -> None:
    recorder = found(part.pdf)
    _, (left, bottom, right, top) = recorder.rectangles[0]
    furniture = [d for d in recorder.drawn if d.y > bottom + 34]
    assert all(left < d.x < right - d.size / 2 and d.y < top for d in furniture)


# The caption


def test_every_page_says_that_it_is_a_reconstruction(part: Part) -> None:
    document = pypdfium2.PdfDocument(part.pdf)
    for page in range(len(document)):
        assert STATEMENT in document[page].get_textpage().get_text_range()


def test_every_page_names_the_telegram_and_its_dateline(part: Part) -> None:
    document = pypdfium2.PdfDocument(part.pdf)
    for page in range(len(document)):
        assert IDENTIFICATION in document[page].get_textpage().get_text_range()


def test_every_page_has_its_folio(part: Part) -> None:
    document = pypdfium2.PdfDocument(part.pdf)
    for page in range(len(document)):
        assert document[page].get_textpage().get_text_range().rstrip().endswith(f"F{page + 1}")


def test_the_caption_stands_outside_every_layer(part: Part) -> None:
    drawn = found(part.pdf).drawn
    outside = "".join(d.character for d in drawn if d.page == 0 and not d.layer)
    assert outside == STATEMENT + " " * (STATEMENT not in outside) + IDENTIFICATION + "F1"


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_caption_of_a_plate_stands_outside_the_sheet(paper: str) -> None:
    recorder = found(facsimile("edition", SEED, paper).pdf)
    bottom = recorder.rectangles[0][1][1]
    below = "".join(d.character for d in recorder.drawn if d.page == 0 and d.y < bottom - 6)
    assert below == STATEMENT + IDENTIFICATION + "F1"


def test_the_caption_is_in_eight_points(part: Part) -> None:
    drawn = found(part.pdf).drawn
    caption = sorted((d for d in drawn if d.page == 0), key=lambda d: d.y)[: len(IDENTIFICATION)]
    assert {d.size for d in caption} == {8.0}


def test_a_caption_without_room_inside_the_sheet_is_refused() -> None:
    of = job("facsimile")
    crowded = replace(of, form=replace(of.form, evidence="No copy was examined. " * 20))
    with pytest.raises(LayoutError, match="the caption takes 6 lines"):
        set_facsimile(crowded, plan(crowded), faces())


def test_an_unknown_kind_of_sheet_is_named() -> None:
    of = job("facsimile")
    with pytest.raises(LayoutError, match="wants a sheet 'plait'"):
        set_facsimile(of, replace(plan(of), sheet="plait"), faces())


# What is refused


def test_a_character_that_no_typed_face_has_is_named() -> None:
    of = with_text("timber", "timb漢r")
    with pytest.raises(FontError, match=r"telegram\.txt:19:18: no glyph for U\+6F22"):
        set_facsimile(of, plan(of), faces())


def test_a_no_break_space_is_refused() -> None:
    of = with_text("March 9 ", "March\u00a09 ")
    with pytest.raises(RenderingError, match=r"U\+00A0 has no cell of its own"):
        set_facsimile(of, plan(of), faces())


def test_a_word_longer_than_the_line_is_refused_with_its_block() -> None:
    of = job("facsimile", SYNTHETIC)
    narrow = replace(of, form=replace(of.form, typing=replace(of.form.typing, measure=20)))
    with pytest.raises(RenderingError, match=r"block p2: the word 'counterrevolutionaries\.'"):
        set_facsimile(narrow, plan(narrow), faces())


def test_page_labels_of_a_part_may_be_roman() -> None:
    of = job("edition")
    roman = replace(plan(of), labels=Labels("roman", "", 4))
    text = pypdfium2.PdfDocument(set_facsimile(of, roman, faces()).pdf)[2].get_textpage()
    assert text.get_text_range().rstrip().endswith("vi")


def test_the_second_seed_has_every_kind_of_block_that_the_form_types() -> None:
    kinds = {block.kind for block in edition(SYNTHETIC).document.blocks}
    assert kinds >= {BlockKind.SECTION, BlockKind.ITEM, BlockKind.TABLE, BlockKind.SIGNATURE}
