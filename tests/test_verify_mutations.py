"""Ways to break a good file, and the promise that notices each."""

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from publish.verify import PROMISES, verify
from tests.saving import Change
from tests.verify_changes import broken_codes, changed, good, redrawn
from tests.verify_pages import build

LAST = "A last paragraph follows the table."


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield the elements of the structure in reading order."""

    def walk(element: Any) -> Iterator[Any]:
        yield element
        kids = element.get("/K", Array())
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, Dictionary) and "/S" in kid:
                yield from walk(kid)

    yield from walk(pdf.Root.StructTreeRoot.K[0])


def element(pdf: pikepdf.Pdf, name: str) -> Any:
    return next(e for e in elements(pdf) if bytes(e.get("/ID", b"")) == name.encode())


def first_of(pdf: pikepdf.Pdf, kind: str) -> Any:
    return next(e for e in elements(pdf) if str(e.S) == f"/{kind}")


def first_link(pdf: pikepdf.Pdf) -> Any:
    return next(a for page in pdf.pages for a in page.obj.get("/Annots", ()))


def fonts(pdf: pikepdf.Pdf) -> list[Any]:
    return [o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/Type") == Name.Font]


def test_the_good_file_breaks_no_promise() -> None:
    assert broken_codes(good().pdf) == set()


def swapped_glyphs(data: bytes) -> bytes:
    """Swap the first two glyph codes of the first shown string that is a word."""

    def swap(match: re.Match[bytes]) -> bytes:
        codes = re.findall(rb"\\[0-7]{3}|\\.|.", match[1], re.DOTALL)
        return b"(" + b"".join([codes[1], codes[0], *codes[2:]]) + b") Tj"

    return re.sub(rb"\(((?:\\.|[^\\)]){9,})\) Tj", swap, data, count=1)


def test_another_glyph_code_in_the_content_is_caught() -> None:
    assert {"drawn", "heard"} <= broken_codes(redrawn(0, swapped_glyphs))


def test_a_marked_content_drawn_twice_in_one_place_is_caught() -> None:
    def double(data: bytes) -> bytes:
        return re.sub(rb"(/P <</MCID 3>> BDC.*?EMC)", rb"\1 \1", data, count=1, flags=re.DOTALL)

    assert {"marks", "drawn", "heard", "readers"} <= broken_codes(redrawn(0, double))


@pytest.mark.parametrize(
    "properties",
    [
        b"<</MCID 1 /ActualText (other words)>>",
        b"<</MCID 1 /Actual#54ext <feff0041>>>",
        b"<</MCID 1 /Alt (other words)>>",
    ],
)
def test_words_spoken_in_place_of_the_drawn_ones_are_refused_in_a_content_stream(
    properties: bytes,
) -> None:
    pdf = redrawn(0, lambda data: data.replace(b"<</MCID 1>>", properties, 1))
    assert "replaced" in broken_codes(pdf)


def test_words_spoken_through_a_property_list_of_the_page_are_refused() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        properties = Dictionary(MCID=1, ActualText=String("other words"))
        page.Resources = Dictionary(dict(page.Resources.items()))
        page.Resources.Properties = Dictionary(Spoken=pdf.make_indirect(properties))
        data = page.Contents.read_bytes().replace(b"<</MCID 1>>", b"/Spoken", 1)
        page.Contents = pdf.make_stream(data)

    assert "replaced" in broken_codes(changed(change))


def test_an_empty_span_that_speaks_is_refused() -> None:
    pdf = redrawn(0, lambda data: data + b" /Span <</ActualText (unseen)>> BDC EMC")
    assert "replaced" in broken_codes(pdf)


def test_an_element_that_speaks_another_letter_is_heard_but_not_seen() -> None:
    assert broken_codes(build(spoken={"p4": LAST}).pdf) == set()
    assert broken_codes(build(spoken={"p4": LAST.replace("last", "lost")}).pdf) == {"heard"}


def test_a_part_that_speaks_for_all_its_blocks_is_caught() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        first_of(pdf, "Part").Alt = String("A telegram")

    assert "heard" in broken_codes(changed(change))


def test_text_without_a_mark_is_caught() -> None:
    def unmark(data: bytes) -> bytes:
        return re.sub(rb"/P <</MCID 2>> BDC(.*?)EMC", rb"\1", data, count=1, flags=re.DOTALL)

    assert {"unmarked", "marks", "drawn"} <= broken_codes(redrawn(0, unmark))


def test_text_without_ink_is_caught() -> None:
    pdf = redrawn(0, lambda data: data.replace(b"BT ", b"BT 3 Tr ", 1))
    assert broken_codes(pdf) == {"ink", "seen"}


def test_an_artifact_that_swallows_words_is_caught() -> None:
    pdf = redrawn(
        0, lambda data: data.replace(b"/P <</MCID 2>>", b"/Artifact <</Type /Layout>>", 1)
    )
    assert {"marks", "drawn", "heard"} <= broken_codes(pdf)


def drop_a_content(pdf: pikepdf.Pdf) -> None:
    last = element(pdf, "facsimile-p1")
    last.K = Array(list(last.K)[:-1])


def drop_an_element(pdf: pikepdf.Pdf) -> None:
    part = first_of(pdf, "Part")
    part.K = Array(list(part.K)[:-1])


def swap_two_parents(pdf: pikepdf.Pdf) -> None:
    listed = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    listed[0], listed[len(listed) - 1] = listed[len(listed) - 1], listed[0]


def name_another_parent(pdf: pikepdf.Pdf) -> None:
    element(pdf, "p4").P = element(pdf, "p1")


def give_an_id_twice(pdf: pikepdf.Pdf) -> None:
    element(pdf, "p4").ID = String("p1")


def drop_the_tree_of_ids(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot.IDTree


def drop_the_structure(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def do_not_say_that_it_is_marked(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def hide_words_in_a_reference(pdf: pikepdf.Pdf) -> None:
    element(pdf, "p4").S = Name.P
    inner = pdf.make_indirect(
        Dictionary(
            S=Name.Reference, P=element(pdf, "p4"), K=element(pdf, "p4").K, Pg=pdf.pages[2].obj
        )
    )
    element(pdf, "p4").K = inner


def skip_a_level(pdf: pikepdf.Pdf) -> None:
    element(pdf, "heading").S = Name.H3


def draw_a_figure_without_words(pdf: pikepdf.Pdf) -> None:
    element(pdf, "note-papers").S = Name.Figure


def take_a_font_out(pdf: pikepdf.Pdf) -> None:
    for font in fonts(pdf):
        if "/FontDescriptor" in font:
            del font.FontDescriptor["/FontFile2"]


def call_a_font_otherwise(pdf: pikepdf.Pdf) -> None:
    for font in fonts(pdf):
        font.BaseFont = Name("/AAAAAA+Helvetica")


def take_the_characters_of_a_font(pdf: pikepdf.Pdf) -> None:
    del fonts(pdf)[0]["/ToUnicode"]


def give_a_glyph_another_character(pdf: pikepdf.Pdf) -> None:
    for font in fonts(pdf):
        data = font.ToUnicode.read_bytes()
        font.ToUnicode = pdf.make_stream(data.replace(b"<0065>", b"<0061>"))


def lose_a_destination(pdf: pikepdf.Pdf) -> None:
    names = pdf.Root.Names.Dests.Names
    place = [bytes(name) for name in list(names)[::2]].index(b"p4")
    del names[2 * place : 2 * place + 2]


def send_a_destination_nowhere(pdf: pikepdf.Pdf) -> None:
    names = pdf.Root.Names.Dests.Names
    place = [bytes(name) for name in list(names)[::2]].index(b"p1")
    names[2 * place + 1] = Array([Dictionary(), Name.Fit])


def send_a_destination_to_another_page(pdf: pikepdf.Pdf) -> None:
    names = pdf.Root.Names.Dests.Names
    place = [bytes(name) for name in list(names)[::2]].index(b"p4")
    names[2 * place + 1] = Array([pdf.pages[0].obj, Name.Fit])


def rename_a_bookmark(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.First.Title = String("Another")


def blind_a_bookmark(pdf: pikepdf.Pdf) -> None:
    first = pdf.Root.Outlines.First
    for key in ("/A", "/Dest"):
        if key in first:
            del first[key]


def drop_a_bookmark(pdf: pikepdf.Pdf) -> None:
    outlines = pdf.Root.Outlines
    del outlines.First["/Next"]


def point_a_link_elsewhere(pdf: pikepdf.Pdf) -> None:
    first_link(pdf).A = Dictionary(S=Name.GoTo, D=String("p1"))


def point_a_link_nowhere(pdf: pikepdf.Pdf) -> None:
    first_link(pdf).A = Dictionary(S=Name.GoTo, D=String("nowhere"))


def silence_a_link(pdf: pikepdf.Pdf) -> None:
    del first_link(pdf)["/Contents"]


def drop_a_link(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        if "/Annots" in page.obj:
            del page.obj["/Annots"]


def number_the_pages_otherwise(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))


def drop_the_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Lang"]


def name_another_language(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = String("de")


def do_not_show_the_title(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/ViewerPreferences"]


def change_the_title(pdf: pikepdf.Pdf) -> None:
    pdf.trailer.Info.Title = String("Another")


def hide_a_layer(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Words")))
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([layer]), D=Dictionary(Name=String("All"), OFF=Array([layer]))
    )


def drop_a_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0]


TABLE: tuple[tuple[Change, set[str]], ...] = (
    (drop_a_content, {"marks", "drawn", "heard"}),
    (drop_an_element, {"marks", "drawn", "heard", "ids"}),
    (swap_two_parents, {"parents"}),
    (name_another_parent, {"tagged"}),
    (give_an_id_twice, {"ids", "order", "drawn"}),
    (drop_the_tree_of_ids, {"ids"}),
    (drop_the_structure, {"tagged", "marks", "drawn", "heard"}),
    (do_not_say_that_it_is_marked, {"tagged"}),
    (hide_words_in_a_reference, {"drawn", "heard"}),
    (skip_a_level, {"headings"}),
    (draw_a_figure_without_words, {"figures"}),
    (take_a_font_out, {"embedded"}),
    (call_a_font_otherwise, {"declared"}),
    (take_the_characters_of_a_font, {"characters", "drawn"}),
    (give_a_glyph_another_character, {"drawn", "heard"}),
    (lose_a_destination, {"destinations"}),
    (send_a_destination_nowhere, {"destinations"}),
    (send_a_destination_to_another_page, {"destinations"}),
    (rename_a_bookmark, {"bookmarks"}),
    (blind_a_bookmark, {"bookmarks"}),
    (drop_a_bookmark, {"bookmarks"}),
    (point_a_link_elsewhere, {"links"}),
    (point_a_link_nowhere, {"links"}),
    (silence_a_link, {"links"}),
    (drop_a_link, {"links"}),
    (number_the_pages_otherwise, {"labels"}),
    (drop_the_language, {"language"}),
    (name_another_language, {"language"}),
    (do_not_show_the_title, {"title"}),
    (change_the_title, {"title"}),
    (hide_a_layer, {"layers"}),
    (drop_a_page, {"drawn", "labels", "destinations"}),
)


@pytest.mark.parametrize(
    ("change", "codes"), TABLE, ids=lambda entry: getattr(entry, "__name__", "")
)
def test_a_broken_file_breaks_the_promise_that_is_about_it(change: Change, codes: set[str]) -> None:
    assert codes <= broken_codes(changed(change))


def test_every_promise_can_be_broken_or_says_why_it_is_not_checked() -> None:
    caught = {code for _, codes in TABLE for code in codes}
    elsewhere = {
        "record",
        "replaced",
        "ink",
        "unmarked",
        "readers",
        "strays",
        "claims",
        "seen",
        "statement",
        "shapes",
        "widths",
        "identified",  # tests/test_verify_identity.py has this one and those below
        "attached",
        "inert",
        "types",
        "nesting",
    }
    assert {promise.code for promise in PROMISES} == caught | elsewhere


def test_other_bytes_than_the_recorded_ones_are_named() -> None:
    results = verify(good().pdf + b"\n", good().record)
    told = [result.detail for result in results if result.code == "record"]
    assert told == ["the file has been changed since its record was written: get the original"]
