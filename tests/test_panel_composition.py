"""On every sheet all that a panel shows has room of its own, and what has none is refused."""

import shutil
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from publish.colours import load_colours
from publish.fonts import Faces
from publish.layouts import Layouts
from publish.model import Edition
from publish.panel_layouts import FLOOR, FLOORS, layout_for, load_panel_layouts
from publish.papers import Paper
from publish.problems import LayoutError
from publish.typeset.panel.blocks import CodeBlock, TextBlock
from publish.typeset.panel.legibility import LINE, characters_a_line
from publish.typeset.panel.marks import page_for
from tests.panels import DIRECTORY, PAPERS, composed, layout_of, panel_job, square_mark, with_words

NEAR = 0.01
every_paper = pytest.mark.parametrize("paper", PAPERS)


def test_a_panel_is_designed_for_every_sheet_that_the_trade_asks_for() -> None:
    wanted = {"24x36in", "36x24in", "36x48in", "a2", "a1", "a0", "70x100cm", "rollup-33x80in"}
    assert set(PAPERS) == wanted


@every_paper
def test_no_two_boxes_meet(paper: str, edition: Edition, known: Layouts, faces: Faces) -> None:
    boxes = composed(panel_job(edition, known, paper), faces).boxes
    assert len(boxes) >= 8
    for one, other in combinations(boxes, 2):
        assert not one.meets(other), (one.name, other.name)


@every_paper
def test_stacks_keep_their_distance(
    paper: str, edition: Edition, known: Layouts, faces: Faces
) -> None:
    job = panel_job(edition, known, paper)
    layout = layout_of(job)
    least = layout.gap * layout.scale_on(job.paper)
    for one, other in combinations(composed(job, faces).boxes, 2):
        upper, lower = sorted((one, other), key=lambda box: box.top)
        beside = upper.right <= lower.left + NEAR or lower.right <= upper.left + NEAR
        if not beside and upper.stack != lower.stack:
            assert lower.top - upper.bottom >= least - NEAR, (upper.name, lower.name)


@every_paper
def test_a_mark_stands_as_clear_of_what_is_above_it_as_a_stack_does(
    paper: str, edition: Edition, known: Layouts, faces: Faces
) -> None:
    job = panel_job(edition, known, paper)
    panel = composed(job, faces, mark=square_mark)
    mark, layout = panel.box("mark"), layout_of(job)
    assert mark is not None
    for box in panel.boxes:
        if box.bottom <= mark.top + NEAR and box.left < mark.right and mark.left < box.right:
            least = layout.gap * layout.scale_on(job.paper)
            assert mark.top - box.bottom >= least - NEAR, box.name


@every_paper
def test_nothing_stands_in_the_margins(
    paper: str, edition: Edition, known: Layouts, faces: Faces
) -> None:
    job = panel_job(edition, known, paper)
    layout = layout_of(job)
    factor = layout.scale_on(job.paper)
    for box in composed(job, faces).boxes:
        assert box.top >= layout.head * factor - NEAR
        assert box.bottom <= job.paper.height - layout.foot * factor + NEAR
        assert box.right <= job.paper.width - layout.side * factor + NEAR


@every_paper
def test_no_type_is_smaller_than_its_floor(
    paper: str, edition: Edition, known: Layouts, faces: Faces
) -> None:
    for box in composed(panel_job(edition, known, paper), faces).boxes:
        if box.block.type_size:
            assert box.block.type_size >= FLOORS.get(box.name, FLOOR)


@every_paper
def test_the_sheets_scale_is_a_round_number(
    paper: str, edition: Edition, known: Layouts, faces: Faces
) -> None:
    scale = composed(panel_job(edition, known, paper), faces).scale
    assert round(scale * 100) % 5 == 0


def test_the_label_of_a_roll_up_hangs_where_eyes_are(
    edition: Edition, known: Layouts, faces: Faces
) -> None:
    job = panel_job(edition, known, "rollup-33x80in")
    label = composed(job, faces).box("label")
    assert label is not None
    above_floor = [(job.paper.height - y) / 72 for y in (label.bottom, label.top)]
    assert 40 <= above_floor[0] < above_floor[1] <= 66


def test_nothing_of_a_roll_up_stands_where_its_base_hides_it(
    edition: Edition, known: Layouts, faces: Faces
) -> None:
    job = panel_job(edition, known, "rollup-33x80in")
    assert max(box.bottom for box in composed(job, faces).boxes) <= (80 - 8) * 72


def test_words_that_do_not_fit_are_refused_by_name_and_measure(
    edition: Edition, known: Layouts, faces: Faces
) -> None:
    longer = with_words(edition, credit=edition.exhibits[0].credit * 30)
    with pytest.raises(LayoutError, match=r"'(credit|code)' runs beyond the foot by \d+\.\d\d in"):
        composed(panel_job(longer, known, "24x36in"), faces)


def test_a_word_wider_than_its_column_is_refused(
    edition: Edition, known: Layouts, faces: Faces
) -> None:
    wide = with_words(edition, title="Incomprehensibilities" * 3)
    with pytest.raises(LayoutError, match="the title does not fit its column"):
        composed(panel_job(wide, known), faces)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"title": "One two three four five six seven eight"}, "the title has 8 words"),
        ({"label": ("word " * 91,)}, "the label has 91 words, and portrait panels take 90"),
        ({"quotation": "word " * 31}, "the quotation has 31 words"),
    ],
)
def test_more_words_than_the_layout_takes_are_refused(
    words: dict[str, object], told: str, edition: Edition, known: Layouts, faces: Faces
) -> None:
    with pytest.raises(LayoutError, match=told):
        composed(panel_job(with_words(edition, **words), known), faces)


def test_more_rows_than_the_layout_takes_are_refused(
    edition: Edition, known: Layouts, faces: Faces
) -> None:
    rows = edition.exhibits[0].rows
    more = with_words(edition, rows=(*rows, rows[-1]))
    with pytest.raises(LayoutError, match="the timeline has 7 rows"):
        composed(panel_job(more, known), faces)


def test_a_longer_label_makes_the_sheet_smaller(
    edition: Edition, known: Layouts, faces: Faces
) -> None:
    longer = with_words(edition, label=(*edition.exhibits[0].label, *("Short.",) * 3))
    usual = composed(panel_job(edition, known), faces).scale
    assert composed(panel_job(longer, known), faces).scale < usual


def test_without_a_timeline_nothing_stands_in_its_place(
    edition: Edition, known: Layouts, faces: Faces
) -> None:
    bare = with_words(edition, rows=(), clock="")
    assert composed(panel_job(bare, known), faces).box("timeline") is None


def test_without_an_address_there_is_no_code(
    edition: Edition, known: Layouts, faces: Faces
) -> None:
    bare = replace(edition, doi="", ark="", url="", printing=None)
    composition = composed(panel_job(bare, known), faces)
    assert composition.box("code") is None
    assert composition.box("address") is None


def test_a_paper_without_a_design_is_refused_with_those_that_have_one(
    edition: Edition, known: Layouts
) -> None:
    with pytest.raises(LayoutError, match=r"no panel is designed for the paper 'letter'.*24x36in"):
        layout_of(panel_job(edition, known, "letter"))


def test_a_sheet_beyond_200_inches_is_refused() -> None:
    with pytest.raises(LayoutError, match=r"201\.2 in long"):
        page_for(Paper("banner", "Banner", 30 * 72, 200 * 72), 9)


def test_a_sheet_of_198_inches_is_made_at_true_size() -> None:
    page = page_for(Paper("banner", "Banner", 30 * 72, 198 * 72), 9)
    assert max(page.size) <= 200 * 72


def test_a_form_of_another_size_has_its_room_too(
    edition: Edition, known: Layouts, faces: Faces
) -> None:
    job = panel_job(edition, known)
    for form in known.forms:
        boxes = composed(replace(job, form=known.form(form)), faces).boxes
        assert not any(one.meets(other) for one, other in combinations(boxes, 2))


def test_layout_for_is_told_by_the_papers_name(edition: Edition, known: Layouts) -> None:
    job = panel_job(edition, known, "36x24in")
    assert layout_of(job).name == "landscape"
    assert layout_for(known.paper("a1"), job.product.directory, known.colours).name == "portrait"


@every_paper
def test_a_code_is_a_tenth_as_wide_as_it_is_read_from_afar(
    paper: str, edition: Edition, known: Layouts, faces: Faces
) -> None:
    job = panel_job(edition, known, paper)
    code = composed(job, faces).box("code")
    assert code is not None
    assert code.block.width >= layout_of(job).distance_on(job.paper) / 10


def test_a_stand_that_hides_words_is_refused(tmp_path: Path) -> None:
    directory = tmp_path / "panel"
    shutil.copytree(DIRECTORY, directory)
    layout = directory / "rollup.toml"
    layout.write_text(layout.read_text("utf-8").replace('foot = "8in"', 'foot = "10in"'), "utf-8")
    with pytest.raises(LayoutError, match="the stand hides more than the margins keep free"):
        load_panel_layouts(directory, load_colours(DIRECTORY.parent))


@every_paper
def test_the_telegrams_words_fit_every_sheet_in_both_languages(
    paper: str, edition: Edition, known: Layouts, faces: Faces
) -> None:
    for exhibit in edition.exhibits:
        job = panel_job(edition, known, paper, language=exhibit.language)
        label = composed(job, faces).box("label")
        assert label is not None
        assert isinstance(label.block, TextBlock)
        mean, longest = characters_a_line(label.block)
        assert LINE[0] <= mean <= longest <= LINE[1]


@every_paper
def test_under_a_code_four_of_its_modules_stay_blank(
    paper: str, edition: Edition, known: Layouts, faces: Faces
) -> None:
    """Its quiet zone (ISO/IEC 18004): above and beside it stands nothing nearer than a stack may."""
    boxes = composed(panel_job(edition, known, paper), faces).boxes
    (code,) = (box for box in boxes if isinstance(box.block, CodeBlock))
    assert isinstance(code.block, CodeBlock)
    quiet = 4 * code.block.width / len(code.block.modules)
    for box in boxes:
        if box is not code:
            apart = max(
                box.left - code.right,
                code.left - box.right,
                box.top - code.bottom,
                code.top - box.bottom,
            )
            assert apart >= quiet - NEAR, box.name


@every_paper
def test_the_longest_label_that_a_layout_takes_has_room(
    paper: str, edition: Edition, known: Layouts, faces: Faces
) -> None:
    words = " ".join(edition.exhibits[0].label).split()
    most = layout_of(panel_job(edition, known, paper)).limits["label"]
    longest = " ".join((words * 2)[:most])
    composed(panel_job(with_words(edition, label=(longest,)), known, paper), faces)
