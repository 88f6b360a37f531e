"""What a page draws, glyph code by glyph code; and what pdfium's own text makes of the same page."""

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from publish.problems import PromiseError
from publish.verify.drawing import Drawn, Mark
from publish.verify.reading_back import FinishedFile

LETTERS = b"""/CIDInit /ProcSet findresource begin begincmap
1 begincodespacerange <00> <ff> endcodespacerange
1 beginbfrange <20> <7e> <0020> endbfrange
3 beginbfchar <80> <00660069> <81> <d83ddcdc> <82> <0000> endbfchar
endcmap"""
PAIRS = b"""begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange
2 beginbfrange <0001> <0003> [<0041> <0042> <00430044>] <0010> <0012> <0061> endbfrange
endcmap"""


def page(content: bytes, **resources: Any) -> bytes:
    """Return a file with one page that draws `content`; /F has one byte a glyph, /G has two."""
    pdf = pikepdf.new()
    simple = Dictionary(
        Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/Simple"),
        ToUnicode=pdf.make_stream(LETTERS),
    )  # fmt: skip
    composite = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/Composite"),
        Encoding=Name("/Identity-H"), ToUnicode=pdf.make_stream(PAIRS),
    )  # fmt: skip
    bare = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Helvetica"))
    pdf.add_blank_page()
    pdf.pages[0].obj.Resources = Dictionary(
        Font=Dictionary(F=simple, G=composite, H=bare), **resources
    )
    pdf.pages[0].obj.Contents = pdf.make_stream(content)
    saved = BytesIO()
    pdf.save(saved, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return saved.getvalue()


def drawn(content: bytes, **resources: Any) -> Drawn:
    with FinishedFile(page(content, **resources)) as file:
        return file.drawn[0]


def shown(content: bytes) -> str:
    """Return the characters of one line shown in /F."""
    return "".join(drawn(b"BT /F 9 Tf " + content + b" ET").unmarked)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"(One.  Two   three ) Tj", "One.  Two   three "),
        (b"[(One) -3000 (two)] TJ", "Onetwo"),
        (b"(a) ' 1 2 (b) \"", "ab"),
        (b"(a (b (c)) d) Tj", "a (b (c)) d"),
        (rb"(\101\102 \(\) \\ a\
b) Tj", r"AB () \ ab"),
        (b"<414 2 43> Tj <4> Tj", "ABC@"),
        (b"(100% true) Tj % (a comment) Tj\n(.) Tj", "100% true."),
        (b"(BT ET Tj EMC) Tj", "BT ET Tj EMC"),
        (b"<80> Tj", "fi"),
        (b"<81> Tj", "\N{SCROLL}"),
    ],
)  # fmt: skip
def test_each_glyph_code_gives_its_character_and_nothing_is_added(
    content: bytes, text: str
) -> None:
    assert shown(content) == text


def test_two_byte_codes_are_read_in_pairs_and_through_ranges() -> None:
    page_drawn = drawn(b"BT /G 9 Tf [<0001>5<0002>-9<0003>] TJ <00100012> Tj ET")
    assert "".join(page_drawn.unmarked) == "ABCDac"


def test_a_glyph_without_a_character_is_named_by_its_code() -> None:
    with FinishedFile(page(b"BT /F 9 Tf <4182> Tj ET")) as file:
        assert file.drawn[0].unmarked == ["A\ufffd"]
        assert [font.unknown for font in file.used_fonts()] == [{0x82}]


def test_half_a_code_is_no_character() -> None:
    assert drawn(b"BT /G 9 Tf <000100> Tj ET").unmarked == ["A\ufffd"]


def test_a_font_without_any_table_gives_no_characters() -> None:
    assert drawn(b"BT /H 9 Tf (ab) Tj ET").unmarked == ["\ufffd\ufffd"]


def test_text_is_sorted_by_the_marked_content_it_stands_in() -> None:
    page_drawn = drawn(
        b"BT /F 9 Tf /P <</MCID 0>> BDC (zero) Tj EMC /Artifact BMC (folio) Tj EMC "
        b"/P <</MCID 1 /Lang (de)>> BDC (one ) Tj /Span BMC (inner) Tj EMC ( on) Tj EMC (loose) Tj ET"
    )
    assert page_drawn.text(Mark(0, 0)) == "zero"
    assert page_drawn.text(Mark(0, 1)) == "one inner on"
    assert page_drawn.artifacts == ["folio"]
    assert page_drawn.unmarked == ["loose"]
    assert page_drawn.faults == []


def test_the_font_is_part_of_the_saved_state() -> None:
    page_drawn = drawn(b"BT /F 9 Tf q /G 9 Tf <0001> Tj Q (b) Tj ET")
    assert page_drawn.unmarked == ["A", "b"]


def test_text_in_a_form_belongs_to_the_content_that_draws_the_form() -> None:
    with pikepdf.open(BytesIO(page(b"/P <</MCID 4>> BDC /Inner Do EMC"))) as pdf:
        form = pdf.make_stream(b"BT /F 9 Tf (inside) Tj ET")
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
        pdf.pages[0].obj.Resources.XObject = Dictionary(Inner=form)
        saved = BytesIO()
        pdf.save(saved)
    with FinishedFile(saved.getvalue()) as file:
        assert file.drawn[0].text(Mark(0, 4)) == "inside"


def test_an_inline_picture_is_passed_over() -> None:
    picture = b"BI /W 1 /H 1 /BPC 8 /CS /G ID (\xff) Tj \nEI "
    assert drawn(picture + b"BT /F 9 Tf (after) Tj ET").unmarked == ["after"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"/P <</MCID 0>> BDC", "marked content is opened and not closed"),
        (b"EMC", "marked content is closed that was not open"),
        (b"/P <</MCID 0>> BDC /Artifact BMC EMC EMC", "an artifact stands inside tagged content"),
        (
            b"/Artifact BMC /P <</MCID 7>> BDC EMC EMC",
            "tagged content 7 stands inside an artifact",
        ),
    ],
)
def test_marks_that_do_not_nest_are_faults(content: bytes, fault: str) -> None:
    assert drawn(content).faults == [fault]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"BT (a) Tj ET", "before a font is chosen"),
        (b"BT /Z 9 Tf (a) Tj ET", "set in Z, which is no font of the page"),
        (b"BT /F 9 Tf (a Tj ET", "is not closed"),
        (b"BT /F 9 Tf (((((a))))) Tj ET", "is not closed"),
        (b"BT /F 9 Tf <4 1x> Tj ET", "is not closed"),
    ],
)
def test_content_that_could_be_misread_is_refused_with_its_page(
    content: bytes, message: str
) -> None:
    with pytest.raises(PromiseError, match=f"page 1: .*{message}"):
        drawn(content)


def test_a_font_that_a_graphics_state_chooses_is_refused() -> None:
    state = Dictionary(S=Dictionary(Font=Array([Dictionary(), 9])))
    with pytest.raises(PromiseError, match="graphics state chooses the font"):
        drawn(b"/S gs", ExtGState=state)


def test_pdfium_s_own_text_loses_what_the_glyph_codes_keep() -> None:
    """Why the text is read from glyph codes: the witness for the note in publish/verify/drawing.py."""
    cases = {
        b"(One.  Two) Tj": "One. Two",  # two spaces become one
        b"<</ActualText (public)>> BDC (secret) Tj EMC": "public",  # other words than are drawn
        b"(twice) Tj 1 0 0 1 50 50 Tm (twice) Tj": "twice",  # what is struck twice is told once
        b"[(apart) -4000 (here)] TJ": "apart here",  # a space that nobody has drawn
    }
    seen = {}
    for content in cases:
        prefix = b"/Span " if content.startswith(b"<<") else b""
        line = b"BT /F 9 Tf 1 0 0 1 50 50 Tm " + prefix + content + b" ET"
        with FinishedFile(page(line)) as file:
            seen[content] = file.page_text(0).strip()
    assert seen == cases


def test_a_text_string_of_an_element_is_read_in_each_of_its_codings() -> None:
    pdf = page(b"")
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.Root.Lang = String("en")
        opened.Root.Words = Array([String("Łódź"), String("plain"), b"\xef\xbb\xbf\xc3\xa9"])
        saved = BytesIO()
        opened.save(saved)
    with FinishedFile(saved.getvalue()) as file:
        words = file.objects.array(file.objects.root["Words"])
        assert [file.objects.text(word) for word in words] == ["Łódź", "plain", "é"]
