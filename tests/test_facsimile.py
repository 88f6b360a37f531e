"""The facsimile as another library finds it in the PDF: grid, words, marks, furniture, caption."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pypdfium2 import raw as pdfium

from publish import fonts, layouts
from publish.departures import Rendered, render
from publish.fonts import Faces
from publish.layouts import Job, Labels, Paper, PartPlan
from publish.model import BlockKind, Document, Edition, Scope
from publish.problems import FontError, LayoutError, RenderingError
from publish.resources import fonts_directory, layouts_directory
from publish.sources import read
from publish.typeset.facsimile import BLANK, facsimile_document, set_facsimile
from publish.typeset.structure import Link, Mark, Node, Part
from publish.typeset.typewriter import type_sheets

ROOT = Path(__file__).parent
SEED = ROOT.parent / "seeds" / "kennedy-khrushchev-1962-10-27"
SYNTHETIC = ROOT / "seeds" / "synthetic-1962-03-04"
GOLDEN = ROOT / "golden" / "facsimile"
STATEMENT = (
    "Typographic reconstruction, not a scan. Form after Department of State specimens of 1963; "
    "no copy of this telegram was examined."
)
IDENTIFICATION = "Telegram 1015. Washington, October 27, 1962, 8:05 p.m."
CELL = 7.2  # points: ten characters to the inch
ROW = 12.0  # points: six rows to the inch
TYPED = ("CablePica-Regular", "CablePicaCyrillic-Regular")
PAINTING = frozenset(
    ["Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "Do", "sh"]
)


# What the tests set


@cache
def known() -> layouts.Layouts:
    return layouts.load(layouts_directory())


@cache
def faces() -> Faces:
    return fonts.load(fonts_directory())


@cache
def edition(seed: Path) -> Edition:
    return read(seed).editions[0]


def job(product: str, seed: Path = SEED, paper: str = "letter") -> Job:
    chosen = known().product(product)
    return Job(
        edition(seed),
        chosen,
        known().paper(paper),
        known().form("ds-322"),
        known().standard(chosen.standard),
    )


def plan(of: Job) -> PartPlan:
    return next(part for part in of.product.parts if part.engine == "facsimile")


@cache
def facsimile(product: str, seed: Path = SEED, paper: str = "letter") -> Part:
    of = job(product, seed, paper)
    return set_facsimile(of, plan(of), faces())


def with_text(old: str, new: str) -> Job:
    """Return the synthetic job with `old` replaced by as many characters of `new`."""
    of = job("facsimile", SYNTHETIC)
    assert len(old) == len(new)
    document = of.edition.document
    assert old in document.source.text
    source = replace(document.source, text=document.source.text.replace(old, new))
    changed = replace(of.edition, document=replace(document, source=source))
    return replace(of, edition=changed)


def typed_text(seed: Path) -> Rendered:
    return render(facsimile_document(job("facsimile", seed)), Scope.FACSIMILE)


# What another library finds in it


@dataclass(frozen=True)
class Drawn:
    """A character: its page, what it is marked as, its origin, its face and size."""

    page: int
    mark: int | None
    artifact: bool
    character: str
    x: float
    y: float
    face: str
    size: float


class Recorder(PDFLayoutAnalyzer):
    """Writes down each character that pdfminer is asked to draw, in the order of the stream."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.drawn: list[Drawn] = []
        self.rectangles: list[tuple[int, tuple[float, float, float, float]]] = []
        self.lines: list[tuple[int, tuple[float, float, float, float]]] = []
        self.page = -1
        self.marked: dict[str, Any] = {}
        self.tag = ""

    def begin_page(self, page: Any, ctm: Any) -> None:
        super().begin_page(page, ctm)
        self.page += 1

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        self.tag, self.marked = tag.name, dict(props or {})

    def end_tag(self) -> None:
        self.tag, self.marked = "", {}

    def render_char(self, matrix: Any, font: Any, fontsize: Any, *rest: Any) -> float:
        cid = rest[2]
        self.drawn.append(
            Drawn(
                self.page,
                self.marked.get("MCID"),
                self.tag == "Artifact",
                font.to_unichr(cid),
                matrix[4],
                matrix[5],
                font.fontname.partition("+")[2],
                fontsize,
            )
        )
        return float(super().render_char(matrix, font, fontsize, *rest))

    def paint_path(self, gstate: Any, stroke: Any, fill: Any, evenodd: Any, path: Any) -> None:
        points = [point[-2:] for point in path if len(point) > 2]
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        (self.lines if len(points) == 2 else self.rectangles).append((self.page, box))
        super().paint_path(gstate, stroke, fill, evenodd, path)


@cache
def found(pdf: bytes) -> Recorder:
    resources = PDFResourceManager()
    recorder = Recorder(resources)
    interpreter = PDFPageInterpreter(resources, recorder)
    for page in PDFPage.get_pages(BytesIO(pdf)):
        interpreter.process_page(page)
    return recorder


def strikes(part: Part, page: int | None = None) -> list[Drawn]:
    """Return the typed characters."""
    return [
        drawn
        for drawn in found(part.pdf).drawn
        if drawn.face in TYPED and page in (None, drawn.page)
    ]


def content_of(part: Part, node: Node) -> str:
    """Return the characters drawn for a node and all below it, in the order of the structure."""
    marks: dict[Mark, str] = {}
    for drawn in found(part.pdf).drawn:
        if drawn.mark is not None:
            mark = Mark(drawn.page, drawn.mark)
            marks[mark] = marks.get(mark, "") + drawn.character
    kids = (kid for below in node.walk() for kid in below.kids)
    return "".join(marks.get(kid, "") for kid in kids if isinstance(kid, Mark))


def nodes(part: Part) -> list[Node]:
    return [node for top in part.structure for node in top.walk()]


def node(part: Part, identifier: str) -> Node:
    return next(node for node in nodes(part) if node.id == identifier)


def operations(part: Part) -> Iterator[tuple[int, Any, str]]:
    with pikepdf.open(BytesIO(part.pdf)) as pdf:
        for number, page in enumerate(pdf.pages):
            for instruction in pikepdf.parse_content_stream(page):
                yield number, instruction.operands, str(instruction.operator)


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
    document = facsimile_document(job("facsimile", seed))
    shown = []
    sheets = type_sheets(document, job("facsimile").form.typing)
    for number, sheet in enumerate(sheets, 1):
        shown.append(f"sheet {number} of {len(sheets)}")
        shown += [f"row {placed.row:2} | {placed.line}" for placed in sheet]
    golden = GOLDEN / f"{seed.name}.txt"
    assert "\n".join(shown) + "\n" == golden.read_text(encoding="utf-8")


def test_two_spaces_follow_a_sentence_but_not_a_title() -> None:
    texts = {passage.id: passage.text for passage in typed_text(SEED).blocks}
    assert "problem.  The first" in texts["p3"]
    assert "Mr. Chairman" in texts["p2"]


def test_the_departures_of_typed_spacing_hold_in_the_facsimile_only() -> None:
    document = facsimile_document(job("facsimile"))
    added = [d for d in document.departures if d.rule == "sentence-space"]
    assert {d.scope for d in added} == {Scope.FACSIMILE}


# The grid


def test_typed_characters_are_ten_to_the_inch(seed: Path) -> None:
    form = job("facsimile").form
    for drawn in strikes(facsimile("facsimile", seed)):
        column = drawn.x / form.grid.cell_width
        assert abs(column - round(column)) * CELL < 0.01


def test_pdfium_too_finds_ten_characters_to_the_inch() -> None:
    document = pypdfium2.PdfDocument(facsimile("facsimile").pdf)
    text = document[0].get_textpage()
    start = text.get_text_range().index("representatives in New York")
    xs = []
    for index in range(start, start + 61):
        x, y = pdfium.c_double(), pdfium.c_double()
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        xs.append(x.value)
    assert all(abs(b - a - CELL) < 0.01 for a, b in pairwise(xs))
    assert abs(xs[-1] - xs[0] - 60 * CELL) < 0.01


def test_typed_lines_stand_on_the_rows_of_the_sheet(seed: Path) -> None:
    form = job("facsimile").form
    for drawn in strikes(facsimile("facsimile", seed)):
        row = (form.height - drawn.y - form.grid.baseline) / ROW
        assert abs(row - round(row)) * ROW < 0.01


def test_a_plate_has_the_same_grid_where_its_sheet_begins() -> None:
    alone, plate = facsimile("facsimile"), facsimile("edition")
    shifts = {
        (round(b.x - a.x, 3), round(b.y - a.y, 3))
        for a, b in zip(strikes(alone), strikes(plate), strict=True)
    }
    assert shifts == {(18.0, 32.0)}


def test_a_cyrillic_letter_is_struck_with_the_second_face_in_its_cell() -> None:
    drawn = [d for d in strikes(facsimile("facsimile", SYNTHETIC)) if d.character == "М"]
    assert {d.face for d in drawn} == {"CablePicaCyrillic-Regular"}


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
    printed = [d for d in recorder.drawn if d.face not in TYPED and d.character != " "]
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


def test_no_part_of_a_page_stands_in_a_layer(part: Part) -> None:
    assert not [
        operands for _, operands, operator in operations(part) if "/OC" in map(str, operands)
    ]


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
    with pytest.raises(LayoutError, match="the caption takes 5 lines"):
        set_facsimile(crowded, plan(crowded), faces())


def test_an_unknown_kind_of_sheet_is_named() -> None:
    of = job("facsimile")
    with pytest.raises(LayoutError, match="wants a sheet 'plait'"):
        set_facsimile(of, replace(plan(of), sheet="plait"), faces())


# Marks and structure


def test_all_that_is_painted_is_marked(part: Part) -> None:
    depth = 0
    for _, _, operator in operations(part):
        depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
        assert depth == 1 or operator not in PAINTING


def test_no_content_stream_has_an_actual_text(part: Part) -> None:
    keys = {
        key
        for _, operands, operator in operations(part)
        if operator == "BDC"
        for key in operands[1].as_dict()
    }
    assert keys <= {"/MCID", "/Type", "/Subtype"}


def test_each_mark_is_reached_by_the_structure_exactly_once(part: Part) -> None:
    drawn = Counter(
        Mark(page, int(operands[1]["/MCID"]))
        for page, operands, operator in operations(part)
        if operator == "BDC" and "/MCID" in operands[1]
    )
    reached = Counter(kid for node in nodes(part) for kid in node.kids if isinstance(kid, Mark))
    assert drawn == reached


def test_marks_bear_the_type_of_their_element(part: Part) -> None:
    of_node = {kid: node.type for node in nodes(part) for kid in node.kids if isinstance(kid, Mark)}
    for page, operands, operator in operations(part):
        if operator == "BDC" and "/MCID" in operands[1]:
            assert str(operands[0]) == f"/{of_node[Mark(page, int(operands[1]['/MCID']))]}"


def test_blank_fields_are_told_once() -> None:
    told = [node.actual for node in nodes(facsimile("edition")) if node.actual]
    assert told == [
        f"Indicate collect or charge to: {BLANK}",
        f"Origin: {BLANK}",
        f"Action, the addressee: {BLANK}",
        f"Information copies: {BLANK}",
        f"Drafted by: {BLANK}",
        f"Telegraphic transmission and classification approved by: {BLANK}",
        f"Clearances: {BLANK}",
        f"Classification: {BLANK}",
    ]


def test_the_statement_is_heard_before_the_sheet() -> None:
    set_part = facsimile("edition")
    first = set_part.structure[0].kids[0]
    assert isinstance(first, Node)
    assert content_of(set_part, first) == STATEMENT


def test_only_the_text_is_content_on_a_continuation_sheet() -> None:
    set_part = facsimile("edition")
    text = "".join(d.character for d in found(set_part.pdf).drawn if d.page == 2 and not d.artifact)
    assert text.startswith("affecting NATO")
    assert text.endswith('/s/ John F. Kennedy"')


def test_a_paragraph_over_two_sheets_is_one_element() -> None:
    marks = node(facsimile("edition"), "facsimile-p4").kids
    assert [mark.page for mark in marks if isinstance(mark, Mark)] == [0, 1]


def test_neighbouring_items_are_one_list_with_labels() -> None:
    set_part = facsimile("edition")
    (listed,) = [node for node in nodes(set_part) if node.type == "L"]
    labels = [content_of(set_part, n).rstrip() for n in listed.walk() if n.type == "Lbl"]
    assert labels == ["1)", "2)"]


def test_the_first_row_of_a_table_is_its_head() -> None:
    set_part = facsimile("edition", SYNTHETIC)
    table = node(set_part, "facsimile-p8")
    heads = [n for n in table.walk() if n.type == "TH"]
    assert [content_of(set_part, n).rstrip() for n in heads] == ["Vessel", "Cargo", "Due"]


def test_identifiers_are_used_once(seed: Path) -> None:
    identifiers = [node.id for node in nodes(facsimile("edition", seed)) if node.id]
    assert len(identifiers) == len(set(identifiers))


def test_each_block_leads_to_its_reading_text() -> None:
    links = [
        kid for node in nodes(facsimile("edition")) for kid in node.kids if isinstance(kid, Link)
    ]
    assert [(link.target, link.contents) for link in links] == [
        (f"p{n}", f"Paragraph {n} in the reading edition") for n in range(1, 10)
    ]


def test_a_link_lies_over_the_first_line_of_its_block() -> None:
    set_part = facsimile("edition")
    links = [kid for node in nodes(set_part) for kid in node.kids if isinstance(kid, Link)]
    left, bottom, right, top = next(link.rectangle for link in links if link.target == "p2")
    over = [
        d.character
        for d in strikes(set_part, 0)
        if left - 0.1 < d.x < right - 0.1 and bottom < d.y < top
    ]
    assert "".join(over) == '"Dear Mr. Chairman:'


def test_a_facsimile_without_a_reading_text_links_nowhere() -> None:
    assert not [n for n in nodes(facsimile("facsimile")) if n.type == "Link"]


def test_each_block_has_a_destination() -> None:
    names = [destination.name for destination in facsimile("edition").destinations]
    assert sorted(names) == sorted(
        ["facsimile", *(f"facsimile-sheet-{n}" for n in (1, 2, 3))]
        + [f"facsimile-p{n}" for n in range(1, 10)]
    )


def test_bookmarks_open_destinations() -> None:
    set_part = facsimile("edition")
    names = {destination.name for destination in set_part.destinations}
    assert {bookmark.destination for bookmark in set_part.bookmarks} <= names


def test_positions_are_sheet_and_line() -> None:
    positions = facsimile("edition").positions
    assert {block: (at.sheet, at.line) for block, at in positions.items()} == {
        "p1": (1, 1),
        "p2": (1, 5),
        "p3": (1, 6),
        "p4": (1, 13),
        "p5": (2, 3),
        "p6": (2, 8),
        "p7": (2, 16),
        "p8": (3, 3),
        "p9": (3, 13),
    }


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


# The file


def test_every_font_is_embedded(part: Part) -> None:
    with pikepdf.open(BytesIO(part.pdf)) as pdf:
        used = [font for page in pdf.pages for font in page.Resources.Font.as_dict().values()]
        assert all("/FontFile2" in font.FontDescriptor for font in used)


def test_the_part_names_the_faces_that_are_in_its_file(seed: Path) -> None:
    set_part = facsimile("edition", seed)
    assert {d.face for d in found(set_part.pdf).drawn} == set(set_part.fonts)


def test_no_path_of_this_machine_is_in_the_file(part: Part) -> None:
    with pikepdf.open(BytesIO(part.pdf)) as pdf:
        written = BytesIO()
        pdf.save(written, qdf=True, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    assert str(ROOT.parent).encode() not in written.getvalue()


def test_the_same_job_gives_the_same_bytes() -> None:
    of = job("edition")
    assert set_facsimile(of, plan(of), faces()).pdf == facsimile("edition").pdf


def test_two_processes_with_other_hash_seeds_give_the_same_bytes() -> None:
    program = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1])\n"
        "from tests import test_facsimile as t\n"
        "print(hashlib.sha256(t.facsimile('edition').pdf).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program, str(ROOT.parent)],
            env={"PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(digests) == 1


def test_page_labels_of_a_part_may_be_roman() -> None:
    of = job("edition")
    roman = replace(plan(of), labels=Labels("roman", "", 4))
    text = pypdfium2.PdfDocument(set_facsimile(of, roman, faces()).pdf)[2].get_textpage()
    assert text.get_text_range().rstrip().endswith("vi")


def test_the_second_seed_has_every_kind_of_block_that_the_form_types() -> None:
    document: Document = edition(SYNTHETIC).document
    kinds = {block.kind for block in document.blocks}
    assert kinds >= {BlockKind.SECTION, BlockKind.ITEM, BlockKind.TABLE, BlockKind.SIGNATURE}
