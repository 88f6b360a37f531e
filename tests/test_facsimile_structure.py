"""The facsimile's marks, structure, links and file, as other libraries find them in the PDF."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from publish.typeset.facsimile import set_facsimile
from publish.typeset.furniture import BLANK
from publish.typeset.structure import Mark, Node, Part
from tests.drawn_facsimile import (
    ROOT,
    SEED,
    SYNTHETIC,
    content_of,
    faces,
    facsimile,
    found,
    job,
    links,
    node,
    nodes,
    operations,
    plan,
    strikes,
)

STATEMENT = (
    "Typographic reconstruction, not a scan. Form after transcripts of Department telegrams of 1963; "
    "no copy of this telegram was examined."
)
PAINTING = frozenset(
    ["Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "Do", "sh"]
)


@pytest.fixture(params=[("edition", "letter"), ("edition", "a4"), ("facsimile", "letter")])
def part(request: pytest.FixtureRequest) -> Part:
    product, paper = request.param
    return facsimile(product, SEED, paper)


@pytest.fixture(params=[SEED, SYNTHETIC])
def seed(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


# Marks and structure


def marking(part: Part) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Yield page, type and properties of each marked content, layers left out."""
    for page, operands, operator in operations(part):
        if operator == "BDC" and str(operands[0]) != "/OC":
            yield page, str(operands[0]), dict(operands[1].as_dict())


def test_all_that_is_painted_is_marked_once_and_in_one_layer_at_most(part: Part) -> None:
    open_marks: list[str] = []
    for _, operands, operator in operations(part):
        if operator == "BDC":
            open_marks.append(str(operands[0]))
        elif operator == "EMC":
            open_marks.pop()
        if operator in PAINTING:
            assert len([mark for mark in open_marks if mark != "/OC"]) == 1
            assert open_marks.count("/OC") <= 1


def test_a_layer_holds_marked_content_whole(part: Part) -> None:
    within: list[str] = []
    for _, operands, operator in operations(part):
        if operator == "BDC":
            assert str(operands[0]) != "/OC" or not within
            within.append(str(operands[0]))
        elif operator == "EMC":
            within.pop()
    assert within == []


def test_no_content_stream_has_an_actual_text(part: Part) -> None:
    keys = {key for _, _, properties in marking(part) for key in properties}
    assert keys <= {"/MCID", "/Type", "/Subtype"}


def test_each_mark_is_reached_by_the_structure_exactly_once(part: Part) -> None:
    drawn = Counter(
        Mark(page, int(properties["/MCID"]))
        for page, _, properties in marking(part)
        if "/MCID" in properties
    )
    reached = Counter(kid for node in nodes(part) for kid in node.kids if isinstance(kid, Mark))
    assert drawn == reached


def test_marks_bear_the_type_of_their_element(part: Part) -> None:
    of_node = {kid: node.type for node in nodes(part) for kid in node.kids if isinstance(kid, Mark)}
    for page, kind, properties in marking(part):
        if "/MCID" in properties:
            assert kind == f"/{of_node[Mark(page, int(properties['/MCID']))]}"


def test_blank_fields_are_told_once() -> None:
    told = [n.actual for n in nodes(facsimile("edition")) if n.actual.endswith(BLANK)]
    assert told == [
        f"Indicate: collect charge to: {BLANK}",
        f"Origin: {BLANK}",
        f"Action, the addressee: {BLANK}",
        f"Information copies: {BLANK}",
        f"Drafted by: {BLANK}",
        f"Telegraphic transmission and classification approved by: {BLANK}",
        f"Clearances: {BLANK}",
        f"Classification: {BLANK}",
    ]


def test_two_typed_spaces_are_heard_as_one() -> None:
    set_part = facsimile("edition")
    pauses = [n for n in node(set_part, "facsimile-p3").walk() if n.type == "Span"]
    assert [(n.actual, content_of(set_part, n)) for n in pauses] == [(" ", "  ")]


def test_a_spoken_form_stands_on_no_paragraph_of_the_text() -> None:
    paragraphs = [n for n in nodes(facsimile("edition")) if n.id.startswith("facsimile-p")]
    assert len(paragraphs) == 9
    assert [n.id for n in paragraphs if n.actual] == []


def test_what_the_form_prints_in_capitals_is_spoken_as_words() -> None:
    told = [n.actual for n in nodes(facsimile("edition")) if n.actual.strip()]
    assert [words for words in told if not words.endswith(BLANK)] == [
        "Cable facsimile (typographic reconstruction). Telegram ",
        "Outgoing telegram, Department of State",
        "Telegram number: 1015",
        "Reproduction from this copy is prohibited unless “unclassified”.",
        "Form DS-322",
    ]


def test_the_statement_is_heard_before_the_sheet() -> None:
    set_part = facsimile("edition")
    heading, statement = set_part.structure[0].kids[:2]
    assert isinstance(heading, Node)
    assert isinstance(statement, Node)
    assert heading.type == "H2"
    assert content_of(set_part, statement) == STATEMENT


def test_a_facsimile_alone_begins_with_a_heading_of_the_first_level() -> None:
    assert [n.type for n in nodes(facsimile("facsimile")) if n.type[0] == "H"] == ["H1"]


def test_only_the_text_is_content_on_a_continuation_sheet() -> None:
    set_part = facsimile("edition")
    text = "".join(d.character for d in found(set_part.pdf).drawn if d.page == 2 and not d.artifact)
    assert text.startswith("affecting NATO")
    assert text.endswith('/s/ John F. Kennedy"')


def test_a_paragraph_over_two_sheets_is_one_element() -> None:
    paragraph = node(facsimile("edition"), "facsimile-p4")
    pages = [kid.page for part in paragraph.walk() for kid in part.kids if isinstance(kid, Mark)]
    assert set(pages) == {0, 1}


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
    found_links = [(link.target, link.contents) for link in links(facsimile("edition"))]
    assert found_links == [(f"p{n}", f"Paragraph {n} in the reading edition") for n in range(1, 10)]


def test_a_link_lies_over_the_first_line_of_its_block() -> None:
    set_part = facsimile("edition")
    left, bottom, right, top = next(
        link.rectangle for link in links(set_part) if link.target == "p2"
    )
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


# The file


def test_every_font_is_embedded(part: Part) -> None:
    with pikepdf.open(BytesIO(part.pdf)) as pdf:
        used = [font for page in pdf.pages for font in page.Resources.Font.as_dict().values()]
        assert all("/FontFile2" in font.FontDescriptor for font in used)


def test_widths_in_the_file_are_those_of_its_fonts(seed: Path) -> None:
    with pikepdf.open(BytesIO(facsimile("edition", seed).pdf)) as pdf:
        used = [font for page in pdf.pages for font in page.Resources.Font.as_dict().values()]
        for font in used:
            program = TTFont(BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
            advances = {round(advance) for advance, _ in program["hmtx"].metrics.values()}
            em = program["head"].unitsPerEm / 1000
            for width in font.Widths:
                assert any(abs(float(width) - advance / em) <= 1 for advance in advances)


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
        "from tests import drawn_facsimile as t\n"
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
