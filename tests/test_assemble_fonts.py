"""Fonts of the finished file: who draws what, and what other programs read in it."""

import re
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from publish.assemble import assemble, to_unicode
from publish.problems import AssemblyError
from tests.assemble_parts import CREATED, facsimile, finished, front, job, parts, typeset

READING_PAGE = 3
# An engine's hyphen at a line's end as pdfium gives it: FPDFText_GetBoundedText writes U+0002.
PDFIUM_SOFT_HYPHEN = "\x02"


@cache
def fonts(pdf: bytes) -> list[Any]:
    opened = pikepdf.open(BytesIO(pdf))
    _OPEN.append(opened)
    return [
        thing
        for thing in opened.objects
        if isinstance(thing, pikepdf.Dictionary)
        and thing.get("/Type") == "/Font"
        and "/ToUnicode" in thing
    ]


_OPEN: list[pikepdf.Pdf] = []  # pikepdf's objects live as long as their file


def cmap(font: Any) -> bytes:
    content: bytes = font.ToUnicode.read_bytes()
    return content


def characters(pdf: bytes) -> set[str]:
    return {sign for font in fonts(pdf) for sign in to_unicode.read(cmap(font)).values()}


def test_each_font_has_one_name_in_all_its_dictionaries_and_a_tag_of_its_own() -> None:
    names = []
    for font in fonts(finished()):
        below = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        assert font.BaseFont == below.BaseFont == below.FontDescriptor.FontName
        names.append(str(font.BaseFont))
    tags = [name[1:8] for name in names]
    assert all(re.fullmatch(r"[A-Z]{6}\+", tag) for tag in tags)
    assert len(set(tags)) == len(tags) == 3


def test_two_subsets_of_one_face_have_two_tags() -> None:
    """The facsimile once more, in a PDF of its own that draws other letters."""
    other = replace(
        facsimile(),
        id="copy",
        pdf=_typed("Xylophone"),
        pages=(0,),
        structure=(),
        bookmarks=(),
        destinations=(),
    )
    pdf = assemble(job(), (*parts(), other), created=CREATED)
    typed = {str(font.BaseFont) for font in fonts(pdf) if "Courier" in str(font.BaseFont)}
    assert len(typed) == 2


def _typed(words: str) -> bytes:
    from reportlab.pdfgen import canvas as reportlab_canvas

    facsimile()  # registers the face
    drawn = BytesIO()
    make: Any = reportlab_canvas.Canvas
    canvas = make(drawn, invariant=1, initialFontName="TestTyped")
    canvas.setFont("TestTyped", 12)
    canvas.addLiteral("/Artifact BMC")
    canvas.drawString(72, 72, words + "æ")
    canvas.addLiteral("EMC")
    canvas.save()
    return drawn.getvalue()


def test_reportlab_still_writes_the_faults_that_are_mended() -> None:
    content = cmap(fonts(facsimile().pdf)[0])
    assert "\0" in to_unicode.read(content).values()
    assert max(blocks(content)) > 100


def test_no_code_stands_for_a_sign_that_is_no_character() -> None:
    assert characters(finished()).isdisjoint(to_unicode.NO_CHARACTERS | {""})


def test_no_block_of_a_tounicode_map_is_longer_than_a_hundred() -> None:
    for font in fonts(finished()):
        assert max(blocks(cmap(font))) <= 100


def blocks(content: bytes) -> list[int]:
    return [int(number) for number in re.findall(rb"(\d+) beginbfchar", content)]


def test_weasyprint_still_draws_its_own_hyphen_as_u2010() -> None:
    assert to_unicode.HYPHEN in characters(typeset().pdf)
    assert to_unicode.SOFT_HYPHEN not in characters(typeset().pdf)


def test_the_hyphen_of_the_engine_becomes_a_soft_hyphen() -> None:
    assert to_unicode.SOFT_HYPHEN in characters(finished())
    assert to_unicode.HYPHEN not in characters(finished())


def test_pdfium_joins_the_word_that_a_line_end_parts() -> None:
    text = pypdfium2.PdfDocument(finished())[READING_PAGE].get_textpage().get_text_bounded()
    assert f"ex{PDFIUM_SOFT_HYPHEN}traordinarily" in text


@pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler is not installed: 1 check not made"
)
def test_poppler_reads_a_soft_hyphen_where_a_line_end_parts_a_word(tmp_path: Path) -> None:
    path = tmp_path / "finished.pdf"
    path.write_bytes(finished())
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()
    assert "ex\N{SOFT HYPHEN}\ntraordinarily" in text
    assert "well-known" in text


def test_a_hyphen_of_the_text_stays_a_hyphen() -> None:
    text = pypdfium2.PdfDocument(finished())[READING_PAGE].get_textpage().get_text_bounded()
    assert "well-known" in text


def test_a_map_that_was_written_is_read_back() -> None:
    table = {code: chr(0x400 + code) for code in range(1, 256)} | {7: "ffi", 9: "\U0001f600"}
    content = to_unicode.write(table, code_bytes=2)
    assert to_unicode.read(content) == table
    assert blocks(content) == [100, 100, 55]


def test_codes_of_one_byte_are_written_with_two_digits() -> None:
    assert b"<07> <0041>" in to_unicode.write({7: "A"}, code_bytes=1)


def test_ranges_are_read_in_both_forms() -> None:
    content = b"2 beginbfrange <01> <03> <0041> <10> <11> [<0061> <00660069>] endbfrange"
    assert to_unicode.read(content) == {1: "A", 2: "B", 3: "C", 16: "a", 17: "fi"}


def test_reportlabs_five_digits_are_one_character() -> None:
    assert to_unicode.read(b"1 beginbfchar <01> <1F600> endbfchar") == {1: "\U0001f600"}


@pytest.mark.parametrize("target", [b"<>", b"<FEFF>"])
def test_a_code_that_is_drawn_and_stands_for_nothing_is_refused(target: bytes) -> None:
    opened = pikepdf.open(BytesIO(front().pdf))
    for thing in opened.objects:
        if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
            stream: Any = thing.ToUnicode
            stream.write(b"1 beginbfchar <0001> " + target + b" endbfchar")
    changed = BytesIO()
    opened.save(changed)
    altered = tuple(
        replace(part, pdf=changed.getvalue()) if part.pdf == front().pdf else part
        for part in parts()
    )
    with pytest.raises(AssemblyError, match=r"code 1 of the font .* which is no character"):
        assemble(job(), altered, created=CREATED)
