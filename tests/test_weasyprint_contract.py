"""What typeset/reading_structure.py and reading_operators.py take from WeasyPrint's private interface.

When one of these fails after an upgrade, its name says what broke; the two modules are the only ones to mend.
"""

import inspect
from typing import Any

import pytest

from publish.fonts import Faces, stylesheet
from publish.typeset.reading import import_weasyprint

HTML = (
    '<html lang="en-US"><body><p id="x">A <a href="#y">representative</a> arrangement of words '
    'intensifications <span style="position:absolute;left:-10px">n</span></p><p id="y">End</p></body></html>'
)
CSS = '@page { size: 90pt 200pt; margin: 10pt } html { font: 10pt "Press STIX"; hyphens: auto }'


@pytest.fixture(scope="module")
def seen(faces: Faces) -> dict[str, Any]:
    """Return what WeasyPrint hands to the function that stands in for add_tags."""
    import_weasyprint(faces.get("Press Typewriter"))
    import weasyprint.pdf
    from weasyprint.text.fonts import FontConfiguration

    held: dict[str, Any] = {}

    def look(_pdf: Any, document: Any, _version: Any, page_streams: Any) -> None:
        held.update(
            document=document, streams=page_streams, tags=[dict(s._tags) for s in page_streams]
        )

    original = weasyprint.pdf.add_tags
    weasyprint.pdf.add_tags = look
    try:
        configuration = FontConfiguration()
        sheet = weasyprint.CSS(
            string=stylesheet([faces.get("Press STIX")]) + CSS, font_config=configuration
        )
        weasyprint.HTML(string=HTML).write_pdf(
            stylesheets=[sheet], font_config=configuration, pdf_tags=True
        )
    finally:
        weasyprint.pdf.add_tags = original
    return held


def boxes_of(box: Any) -> list[Any]:
    from weasyprint.layout.absolute import AbsolutePlaceholder

    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    return [box, *(inner for kid in getattr(box, "children", ()) or () for inner in boxes_of(kid))]


def test_the_version_is_the_one_that_was_read() -> None:
    import weasyprint

    assert weasyprint.__version__ == "70.0"


def test_add_tags_is_called_with_four_arguments() -> None:
    import weasyprint.pdf
    from weasyprint.pdf.tags import add_tags

    assert list(inspect.signature(add_tags).parameters) == [
        "pdf", "document", "pdf_version", "page_streams",
    ]  # fmt: skip
    assert "add_tags(pdf, document" in inspect.getsource(weasyprint.pdf.generate_pdf)


def test_every_page_has_its_boxes(seen: dict[str, Any]) -> None:
    assert all(page._page_box.children for page in seen["document"].pages)


def test_every_text_box_has_a_marked_content(seen: dict[str, Any]) -> None:
    from weasyprint.formatting_structure.boxes import TextBox

    for page, tags in zip(seen["document"].pages, seen["tags"], strict=True):
        texts = [box for box in boxes_of(page._page_box) if isinstance(box, TextBox)]
        assert texts
        assert all(isinstance(tags[box]["mcid"], int) for box in texts)


def test_a_hyphen_at_a_lines_end_is_u2010(seen: dict[str, Any]) -> None:
    from weasyprint.formatting_structure.boxes import TextBox

    texts = [
        b.text
        for p in seen["document"].pages
        for b in boxes_of(p._page_box)
        if isinstance(b, TextBox)
    ]
    assert any(text.endswith("\u2010") for text in texts)


def test_the_space_at_which_a_line_breaks_is_dropped(seen: dict[str, Any]) -> None:
    from weasyprint.formatting_structure.boxes import LineBox, TextBox

    lines = [
        b for p in seen["document"].pages for b in boxes_of(p._page_box) if isinstance(b, LineBox)
    ]
    last = [
        texts[-1].text
        for line in lines
        if (texts := [b for b in boxes_of(line) if isinstance(b, TextBox)])
    ]
    assert not any(text.endswith(" ") for text in last)


def test_a_link_box_knows_its_annotation(seen: dict[str, Any]) -> None:
    linked = [
        b
        for p in seen["document"].pages
        for b in boxes_of(p._page_box)
        if b.link_annotation is not None
    ]
    assert linked
    assert all(len(box.hit_area()) == 4 for box in linked)


def test_marked_content_opens_with_a_dictionary_and_text_ends_with_et(seen: dict[str, Any]) -> None:
    import pydyf

    for stream in seen["streams"]:
        opened = [
            i
            for i, op in enumerate(stream.stream)
            if isinstance(op, pydyf.Dictionary) and "MCID" in op
        ]
        assert opened
        assert all(stream.stream[index + 1] == b"BDC" for index in opened)
        assert b"ET" in stream.stream


def test_fonts_tell_which_glyph_is_the_space(seen: dict[str, Any]) -> None:
    fonts = seen["document"].fonts.values()
    assert any(text == " " for font in fonts for text in font.to_unicode.values())
    assert all(font.hash for font in fonts)


def test_a_line_knows_its_place_and_base(seen: dict[str, Any]) -> None:
    from weasyprint.formatting_structure.boxes import LineBox

    lines = [
        b for p in seen["document"].pages for b in boxes_of(p._page_box) if isinstance(b, LineBox)
    ]
    assert lines
    for line in lines:
        assert line.position_y < line.position_y + line.baseline < line.position_y + line.height
        assert line.is_in_normal_flow()
    blocks = [
        b for p in seen["document"].pages for b in boxes_of(p._page_box) if b.element_tag == "p"
    ]
    assert all(isinstance(block.content_box_x(), float | int) for block in blocks)


def test_the_beginning_of_a_pieces_words_can_be_measured(seen: dict[str, Any]) -> None:
    from weasyprint.formatting_structure.boxes import TextBox
    from weasyprint.text.line_break import create_layout, line_size

    pieces = [
        b for p in seen["document"].pages for b in boxes_of(p._page_box) if isinstance(b, TextBox)
    ]
    piece = max(pieces, key=lambda box: len(box.text))
    widths = []
    for text in (piece.text[:3], piece.text):
        layout = create_layout(text, piece.style, None, None, 0)
        line, _ = layout.get_first_line()
        widths.append(line_size(line, piece.style)[0])
    assert 0 < widths[0] < widths[1]
    assert widths[1] == pytest.approx(piece.width, abs=0.5)
    assert piece.baseline > 0


def test_what_a_page_draws_is_left_upside_down(seen: dict[str, Any]) -> None:
    for stream in seen["streams"]:
        assert stream.stream[0].startswith(b"1 0 0 -1 0 ")
        assert stream.stream[1] == b"q"
        assert stream.stream[-1] == b"Q"


def test_colours_are_written_as_rgb_operators(seen: dict[str, Any]) -> None:
    drawn = [op for stream in seen["streams"] for op in stream.stream if isinstance(op, bytes)]
    assert any(op.endswith(b" rg") for op in drawn)
    assert not any(op.endswith((b" g", b" scn", b" k")) for op in drawn)
