"""Line numbers: outlines in the margin beside every fifth line, which nobody copies with the words."""

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from publish.problems import RenderingError
from publish.typeset.sections import SECTIONS
from publish.typeset.sections.context import Context, Section
from publish.typeset.sections.text import telegram
from tests.conftest import SEED
from tests.print_sheets import PROMISES, Sheet, make_sheet, sheet_layouts
from tests.saving import saved

Monkey = pytest.MonkeyPatch
FEW = PROMISES.replace("at_most = 1\n", "")


def numbered(attributes: str = 'data-lines="5"', before: str = "") -> Callable[[Context], Section]:
    """Return the section of the telegram, its blocks in an element whose lines are numbered."""

    def section(context: Context) -> Section:
        made = telegram(context)
        head, mark, blocks = made.html.partition('</p>\n<p class="block')
        return replace(made, html=f"{before}{head}</p><div {attributes}>{mark[5:]}{blocks}</div>")

    return section


def make(folder: Path, section: Callable[[Context], Section], style: str = "") -> Sheet:
    known = sheet_layouts(folder, FEW, style)
    # Without the commentary, to which calls of notes would lead.
    alone = folder / "telegram.txt"
    alone.write_bytes((SEED / "telegram.txt").read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(SECTIONS, "telegram", section)
        return make_sheet(known, alone)


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    return make(tmp_path_factory.mktemp("lines"), numbered())


def test_every_fifth_line_is_numbered_over_all_pages(sheet: Sheet) -> None:
    numbers = [line.number for line in sheet.record.lines]
    assert numbers == list(range(5, 5 * len(numbers) + 1, 5))
    assert {line.page for line in sheet.record.lines} == {1, 2}
    assert sheet.broken() == {}


def test_a_number_ends_where_it_should_and_stands_on_its_lines_base(sheet: Sheet) -> None:
    for line in sheet.record.lines:
        assert line.rectangle[2] == pytest.approx(90 - 14, abs=0.01)
        assert 4 < line.rectangle[3] - line.rectangle[1] < 6


def copied(program: str, pdf: Path) -> str:
    if program == "pypdf":
        import pypdf

        return "\n".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages)
    if program == "pdfium":
        import pypdfium2

        with pypdfium2.PdfDocument(pdf) as opened:
            return "\n".join(page.get_textpage().get_text_range() for page in opened)
    command = {
        "poppler": ("pdftotext", str(pdf), "-"),
        "poppler, as laid out": ("pdftotext", "-layout", str(pdf), "-"),
        "MuPDF": ("mutool", "draw", "-F", "text", str(pdf)),
    }[program]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize("program", ["poppler", "poppler, as laid out", "MuPDF", "pdfium", "pypdf"])
def test_no_program_copies_a_line_number(sheet: Sheet, tmp_path: Path, program: str) -> None:
    pdf = tmp_path / "sheet.pdf"
    pdf.write_bytes(sheet.made.data)
    plain = make(tmp_path / "plain", numbered('data-lines="1000"'))
    assert not plain.record.lines
    other = tmp_path / "plain.pdf"
    other.write_bytes(plain.made.data)
    with_numbers, without = copied(program, pdf), copied(program, other)
    assert with_numbers.split() == without.split()
    assert "Chairman" in with_numbers


def test_the_same_lines_bear_the_same_numbers_in_another_copy(sheet: Sheet, tmp_path: Path) -> None:
    other = make(
        tmp_path, numbered(before="<p>The teacher’s copy has more to say before the text.</p>" * 3)
    )
    assert other.record.lines[0].rectangle != sheet.record.lines[0].rectangle
    assert [(x.number, x.words) for x in other.record.lines] == [
        (x.number, x.words) for x in sheet.record.lines
    ]


def test_size_and_place_are_the_elements_own(tmp_path: Path) -> None:
    made = make(tmp_path, numbered('data-lines="3" data-lines-at="-20pt" data-lines-size="9pt"'))
    first = made.record.lines[0]
    assert first.number == 3
    assert first.rectangle[2] == pytest.approx(70, abs=0.01)
    assert first.rectangle[3] - first.rectangle[1] == pytest.approx(9 * 0.742, abs=0.4)


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        (
            'data-lines="five"',
            "data-lines of <div>: invalid literal for int() with base 10: 'five'",
        ),
        ('data-lines="0"', "data-lines of <div> must be 1 or more"),
        ('data-lines="5" data-lines-at="left"', "'left' is not a length"),
    ],
)
def test_an_attribute_that_means_nothing_is_refused(
    tmp_path: Path, attributes: str, words: str
) -> None:
    with pytest.raises(RenderingError, match=re.escape(words)):
        make(tmp_path, numbered(attributes))


# Damaged


def without_outlines(data: bytes) -> bytes:
    return re.sub(rb"(?s)0 g\n[^A-Z]*? h\nf\n", b"0 g\n", data)


def test_a_number_that_is_not_seen_is_missed(sheet: Sheet) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        page.Contents = pdf.make_stream(without_outlines(page.Contents.read_bytes()))

    assert "cannot be seen" in sheet.broken(saved(sheet.made.data, change))["lines"]


def test_a_number_that_is_text_is_found(sheet: Sheet) -> None:
    line = sheet.record.lines[0]

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        left, bottom, _, _ = line.rectangle
        # A glyph in the font it is set in: in another it might be blank or none at all.
        drawn = re.search(
            rb"(/\S+) \S+ Tf(?:(?! Tf)[^<])*<([0-9a-f]{4})", page.Contents.read_bytes()
        )
        assert drawn
        text = b"BT %s 7 Tf %f %f Td <%s> Tj ET" % (drawn[1], left, bottom, drawn[2])
        page.Contents = pdf.make_stream(
            b"/Artifact BMC " + text + b" EMC\n" + page.Contents.read_bytes()
        )

    assert "is text, which is copied" in sheet.broken(saved(sheet.made.data, change))["lines"]


def test_a_number_beside_another_line_is_found(sheet: Sheet) -> None:
    first, *rest = sheet.record.lines
    moved = replace(first, words=rest[0].words)
    told = replace(sheet, record=replace(sheet.record, lines=(moved, *rest))).broken(
        sheet.made.data
    )
    assert "the number 5 stands beside" in told["lines"]


def test_a_page_of_the_good_file_is_read(sheet: Sheet) -> None:
    with pikepdf.open(BytesIO(sheet.made.data)) as pdf:
        data = pdf.pages[0].obj.Contents.read_bytes()
    assert without_outlines(data) != data
