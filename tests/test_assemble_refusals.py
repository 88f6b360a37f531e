"""What assembly refuses: anything lost, ambiguous or leading nowhere, by name."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from publish.assemble import assemble
from publish.assemble.merge import merge
from publish.assemble.objects import array, dictionary, integer, name, text
from publish.problems import AssemblyError, LayoutError
from publish.typeset.structure import Bookmark, Destination, Link, Mark, Node, Part
from tests.assemble_parts import CREATED, facsimile, front, job, parts, reading

AREA = (10.0, 10.0, 60.0, 20.0)


def refused(*changed: Part) -> str:
    """Assemble the parts, some of them changed; return the error in words."""
    by_id = {part.id: part for part in parts()} | {part.id: part for part in changed}
    with pytest.raises(AssemblyError) as raised:
        assemble(job(), tuple(by_id.values()), created=CREATED)
    assert "\n" not in str(raised.value)
    return str(raised.value)


def with_node(node: Node) -> Part:
    """Return the facsimile with one more element at its end."""
    return replace(facsimile(), structure=(*facsimile().structure, node))


def with_pdf(change: Callable[[Any], None]) -> Part:
    """Return the facsimile with its PDF changed."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(facsimile().pdf)))
    change(writer)
    stream = BytesIO()
    writer.write(stream)
    return replace(facsimile(), pdf=stream.getvalue())


def test_a_link_to_nowhere_names_target_part_and_the_nearest_place() -> None:
    link = Node("Link", [Link(1, AREA, "facsimile-p9", "To line 9")])
    assert refused(with_node(link)) == (
        "the link to 'facsimile-p9' on page 2 of part 'facsimile' leads nowhere."
        " Did you mean 'facsimile-p2'?"
    )


@pytest.mark.parametrize(
    ("link", "says"),
    [
        (Link(0, AREA, "p1", " "), "does not say where it goes"),
        (Link(0, (10, 10, 10, 20), "p1", "To 1"), "has no area"),
        (Link(0, AREA, "https://example.org/æ", "Tide"), "is not ASCII"),
        (Link(2, AREA, "p1", "To 1"), "stands on page 3, which part 'facsimile' does not print"),
    ],
)
def test_a_link_that_cannot_work_is_refused(link: Link, says: str) -> None:
    assert says in refused(with_node(Node("Link", [link])))


def test_a_link_outside_a_link_element_is_refused() -> None:
    node = Node("P", [Link(0, AREA, "p1", "To 1")])
    assert "is in a P, not in a Link" in refused(with_node(node))


def test_one_link_element_with_two_targets_is_refused() -> None:
    node = Node("Link", [Link(0, AREA, "p1", "To 1"), Link(0, AREA, "p2", "To 2")])
    assert "leads to 'p1' and 'p2'" in refused(with_node(node))


def test_a_type_that_no_reader_knows_names_the_nearest() -> None:
    message = refused(with_node(Node("Heading1")))
    assert "'Heading1'" in message
    assert "part 'facsimile'" in message


def test_a_note_without_an_id_is_refused() -> None:
    assert "a Note of part 'facsimile' has no ID" in refused(with_node(Node("Note")))


def test_an_id_in_two_parts_names_both() -> None:
    message = refused(with_node(Node("P", id="note-stamp-1")))
    assert message == "the ID 'note-stamp-1' of part 'facsimile' stands in part 'facsimile' already"


def test_an_id_must_be_ascii() -> None:
    assert "'næst' of part 'facsimile' is not ASCII" in refused(with_node(Node("P", id="næst")))


def test_marked_content_in_two_elements_is_refused() -> None:
    assert "marked content 0 on page 1 of part 'facsimile' is in two elements" in refused(
        with_node(Node("P", [Mark(0, 0)]))
    )


def test_an_attribute_that_no_pdf_can_hold_is_named() -> None:
    node = Node("P", attributes={"Layout": {"BBox": None}})
    assert "the attribute Layout BBox of a P of part 'facsimile'" in refused(with_node(node))


def test_an_attribute_that_should_be_a_name_says_how_to_write_it() -> None:
    node = Node("TH", attributes={"Table": {"Scope": "Column"}})
    assert refused(with_node(node)) == (
        "the attribute Table Scope of a TH of part 'facsimile' is a text."
        " It must be a name: write '/Column'."
    )


def test_a_destination_that_two_parts_name_names_both() -> None:
    twice = replace(facsimile(), destinations=(Destination("p1", 0, 0, 0),))
    message = refused(twice)
    assert "'p1'" in message
    assert "'reading'" in message
    assert "'facsimile'" in message


@pytest.mark.parametrize("place", ["p\N{EN DASH}1", "", "p\n1"])
def test_a_destination_is_a_plain_ascii_name(place: str) -> None:
    part = replace(facsimile(), destinations=(Destination(place, 0, 0, 0),))
    assert "is not a plain ASCII name" in refused(part)


def test_a_destination_on_a_page_of_another_part_is_refused() -> None:
    part = replace(front(), destinations=(*front().destinations, Destination("far", 1, 0, 0)))
    assert "the destination 'far' stands on page 2, which part 'front' does not print" in refused(
        part
    )


def test_a_bookmark_without_a_place_names_the_nearest() -> None:
    part = replace(reading(), bookmarks=(Bookmark(1, "Reading", "reeding"),))
    assert refused(part).endswith("Did you mean 'reading'?")


@pytest.mark.parametrize("level", [0, 3])
def test_a_bookmark_that_skips_a_level_is_refused(level: int) -> None:
    part = replace(front(), bookmarks=(*front().bookmarks, Bookmark(level, "Deep", "title")))
    assert f"has level {level} where at most 2 can stand" in refused(part)


def test_two_parts_of_one_name_are_refused() -> None:
    with pytest.raises(AssemblyError, match="two parts are called 'front'"):
        merge((front(), front()))


def test_a_part_without_pages_is_refused() -> None:
    assert "part 'front' has no page" in refused(replace(front(), pages=()))


def test_no_part_at_all_is_refused() -> None:
    with pytest.raises(AssemblyError, match="no part"):
        assemble(job(), (), created=CREATED)


def test_a_page_that_the_pdf_does_not_have_is_refused() -> None:
    assert "prints page 9 of a PDF of 2 pages" in refused(replace(facsimile(), pages=(0, 8)))


def test_a_page_printed_twice_is_refused() -> None:
    both = replace(reading(), pages=(0, *reading().pages))
    assert "prints page 1 of its PDF, which part 'front' prints already" in refused(both)


def test_a_page_that_no_part_prints_is_a_loss() -> None:
    alone = replace(facsimile(), pages=(0,))
    assert [str(loss) for loss in merge((alone,)).dropped] == [
        "a page that no part prints (part 'facsimile', page 2)"
    ]
    assert "lost in assembly" in refused(alone)


def test_bytes_that_are_no_pdf_are_refused_with_the_part_named() -> None:
    assert "the PDF of part 'facsimile' cannot be read" in refused(
        replace(facsimile(), pdf=b"no PDF at all")
    )


def _open_action(writer: Any) -> None:
    writer.root_object[NameObject("/OpenAction")] = dictionary({"S": name("JavaScript")})


def _layers(writer: Any) -> None:
    writer.root_object[NameObject("/OCProperties")] = dictionary({})


def _attachment(writer: Any) -> None:
    writer.add_attachment("tide.txt", b"4.1")


def _form_field(writer: Any) -> None:
    field = dictionary({"Subtype": name("Widget"), "Rect": array([])})
    writer.pages[1][NameObject("/Annots")] = array((field,))


def _unrecorded_link(writer: Any) -> None:
    action = dictionary({"S": name("URI"), "URI": text("https://example.org/lost")})
    corners = array(integer(corner) for corner in (300, 300, 320, 320))
    field = dictionary({"Subtype": name("Link"), "Rect": corners, "A": action})
    writer.pages[1][NameObject("/Annots")] = array((field,))


def _page_action(writer: Any) -> None:
    writer.pages[0][NameObject("/AA")] = dictionary({})


@pytest.mark.parametrize(
    ("change", "loss"),
    [
        (_open_action, "the catalog entry /OpenAction (part 'facsimile')"),
        (_layers, "the catalog entry /OCProperties (part 'facsimile')"),
        (_attachment, "the name tree /EmbeddedFiles (part 'facsimile')"),
        (_form_field, "an annotation /Widget (part 'facsimile', page 2)"),
        (
            _unrecorded_link,
            "a link to 'https://example.org/lost' (part 'facsimile', page 2)",
        ),
        (_page_action, "the page entry /AA (part 'facsimile', page 1)"),
    ],
)
def test_what_a_part_holds_and_the_file_would_not_is_named(
    change: Callable[[Any], None], loss: str
) -> None:
    part = with_pdf(change)
    assert [str(dropped) for dropped in merge((part,)).dropped] == [loss]
    assert loss in refused(part)


def test_links_that_the_part_has_recorded_are_no_loss() -> None:
    assert any("/Annots" in page for page in PdfReader(BytesIO(front().pdf)).pages)
    assert merge(parts()).dropped == ()


def test_a_font_that_is_not_embedded_is_named() -> None:
    from reportlab.pdfgen.canvas import Canvas

    drawn = BytesIO()
    canvas = Canvas(drawn, invariant=1)
    canvas.drawString(72, 72, "Helvetica of the reader's machine")
    canvas.save()
    part = replace(facsimile(), pdf=drawn.getvalue(), pages=(0,))
    assert "the font 'Helvetica' of part 'facsimile' is not embedded" in refused(part)


def test_a_colour_profile_that_is_not_declared_names_those_that_are() -> None:
    standard = replace(job().standard, colour="srbg")
    with pytest.raises(LayoutError, match=r"'srbg' is not declared.*'srgb'"):
        assemble(replace(job(), standard=standard), parts(), created=CREATED)
