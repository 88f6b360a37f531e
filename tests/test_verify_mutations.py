"""Ways to break a good file, and the promise that notices each."""

import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from publish.problems import PromiseError, SourceError
from publish.verify import PROMISES, State, insist, verify
from tests.verify_pages import HYPHEN, Bound, build

READING_FIRST = (
    "77. The steamer sails today—weather permitting. Its papers are “in order”. "
    "Please tell the harbour."
)
FACSIMILE_FIRST = (
    'The steamer sails today--weather permitting.  Its papers are "in order".  '
    "Please tell the harbour."
)
ITEM = f"1) It carries no counter{HYPHEN}revolutionaries. It carries timber."
LAST = "A last paragraph follows the table."

Change = Callable[[pikepdf.Pdf], None]


@cache
def good() -> Bound:
    return build()


def broken_codes(pdf: bytes) -> set[str]:
    """Return the promises that `pdf` breaks, besides being other bytes than those recorded."""
    results = verify(pdf, good().record)
    return {result.code for result in results if result.state is State.BROKEN} - {"record"}


def drawn_wrong(**words: str) -> set[str]:
    """Return what is broken when elements are drawn with other words ("p1", "facsimile_p1")."""
    return broken_codes(
        build(drawn={key.replace("_", "-"): text for key, text in words.items()}).pdf
    )


def changed(change: Change) -> bytes:
    """Return the good file with one change, made by a library that the press does not use."""
    with pikepdf.open(BytesIO(good().pdf)) as pdf:
        change(pdf)
        saved = BytesIO()
        pdf.save(saved)
    return saved.getvalue()


def redrawn(page: int, redraw: Callable[[bytes], bytes]) -> bytes:
    """Return the good file with other operators on a page."""

    def change(pdf: pikepdf.Pdf) -> None:
        held = pdf.pages[page].obj
        streams = held.Contents if isinstance(held.Contents, Array) else [held.Contents]
        data = b"\n".join(stream.read_bytes() for stream in streams)
        other = redraw(data)
        assert other != data
        held.Contents = pdf.make_stream(other)

    return changed(change)


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


# The words of the document, drawn otherwise


@pytest.mark.parametrize(
    ("part", "right"), [("p1", READING_FIRST), ("facsimile_p1", FACSIMILE_FIRST)]
)
@pytest.mark.parametrize(
    ("was", "instead"),
    [
        pytest.param("tell", "sell", id="a letter changed"),
        pytest.param("Its papers", "papers", id="a word dropped"),
        pytest.param("Its papers", "Its Its papers", id="a word doubled"),
        pytest.param("Its papers", "papers Its", id="two words swapped"),
        pytest.param("harbour.", "harbour", id="the last sign dropped"),
        pytest.param("Its papers", "Itspapers", id="a space dropped"),
    ],
)
def test_other_words_are_caught_in_each_part(part: str, right: str, was: str, instead: str) -> None:
    assert was in right
    codes = drawn_wrong(**{part: right.replace(was, instead)})
    assert {"drawn", "heard"} <= codes


def test_the_right_words_given_by_hand_are_kept() -> None:
    assert drawn_wrong(p1=READING_FIRST, facsimile_p1=FACSIMILE_FIRST, p2=ITEM, p4=LAST) == set()


def test_one_typed_space_where_two_are_promised_is_seen_but_not_heard() -> None:
    assert drawn_wrong(facsimile_p1=FACSIMILE_FIRST.replace(".  Its", ". Its")) == {"drawn"}


def test_a_recorded_line_end_hyphen_that_is_not_drawn_is_caught() -> None:
    assert drawn_wrong(p2=ITEM.replace(HYPHEN, "")) == {"drawn"}


def test_a_line_end_hyphen_that_nobody_recorded_is_caught() -> None:
    assert drawn_wrong(p4=LAST.replace("para", f"para{HYPHEN}")) == {"drawn", "heard"}


def test_a_soft_hyphen_is_a_line_end_hyphen_too() -> None:
    assert drawn_wrong(p2=ITEM.replace(HYPHEN, "\u00ad")) == set()


def test_a_wrong_label_is_caught() -> None:
    assert {"drawn", "heard"} <= drawn_wrong(p2=ITEM.replace("1)", "2)"))


def test_a_swapped_pair_of_table_cells_is_caught() -> None:
    assert {"drawn", "heard"} <= drawn_wrong(p3="Vessel\tDue\nMay 1\tAlma")


def test_a_table_row_that_is_missing_is_caught() -> None:
    assert {"drawn", "heard"} <= drawn_wrong(p3="Vessel\tDue")


def test_a_wrong_number_in_the_field_of_the_form_is_caught() -> None:
    assert {"drawn", "heard"} <= drawn_wrong(facsimile_number="78")


def test_loose_words_between_two_blocks_are_caught() -> None:
    assert broken_codes(build(between="A paragraph nobody wrote.").pdf) >= {"strays"}


def test_blocks_in_another_order_are_caught() -> None:
    assert "order" in broken_codes(build(reversed_blocks=True).pdf)


# The same file with one change to its objects


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
    assert broken_codes(pdf) == {"ink"}


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
    elsewhere = {"record", "replaced", "ink", "unmarked", "readers", "strays", "claims"}
    assert {promise.code for promise in PROMISES} == caught | elsewhere


def test_other_bytes_than_the_recorded_ones_are_named() -> None:
    results = verify(good().pdf + b"\n", good().record)
    told = [result.detail for result in results if result.code == "record"]
    assert told == ["the file is not the one that its record was written for"]


# What is said


def test_a_difference_says_where_and_what() -> None:
    pdf = build(drawn={"p4": LAST.replace("last", "lost")}).pdf
    drawn = next(r for r in verify(pdf, good().record) if r.code == "drawn")
    assert drawn.where == "p4, character 4, page 3 (2)"
    assert drawn.detail == (
        "the text differs: expected 'A l▸ast paragraph follows th', "
        "found 'A l▸ost paragraph follows th'"
    )


def test_without_a_record_the_words_are_not_checked_and_the_reason_is_said() -> None:
    results = {result.code: result for result in verify(good().pdf, None)}
    assert results["drawn"].state is State.NOT_CHECKED
    assert results["drawn"].detail == "there is no record beside the file"
    assert results["marks"].state is State.KEPT


def test_a_claim_is_never_called_kept_without_a_validator() -> None:
    results = {result.code: result for result in verify(good().pdf, good().record)}
    assert results["claims"].state is State.NOT_CHECKED
    assert "pdfa-3a, pdfua-1" in results["claims"].detail


def test_many_faults_of_one_promise_are_counted_not_listed() -> None:
    results = verify(changed(drop_the_structure), good().record)
    marks = [result for result in results if result.code == "marks"]
    assert len(marks) == 9
    assert re.fullmatch(r"and \d+ places more", marks[-1].detail)


def test_a_broken_promise_stops_the_delivery() -> None:
    with pytest.raises(PromiseError, match=r"out\.pdf: a promise is broken: language: "):
        insist(verify(changed(drop_the_language), None), "out.pdf")


def test_a_good_file_may_be_delivered() -> None:
    insist(verify(good().pdf, good().record), "out.pdf")


# Files that are no good at all


@pytest.mark.parametrize("data", [b"", b"hello", b"\x89PNG\r\n", b"%PDF-1.7\nnothing follows"])
def test_what_is_no_pdf_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"^notes\.txt: .*PDF"):
        verify(data, None, "notes.txt")


def test_a_locked_file_is_refused() -> None:
    with pikepdf.open(BytesIO(good().pdf)) as pdf:
        saved = BytesIO()
        pdf.save(saved, encryption=pikepdf.Encryption(owner="one", user="two"))
    with pytest.raises(SourceError, match="locked with a password"):
        verify(saved.getvalue(), None)


def test_pages_in_a_circle_break_promises_and_nothing_else() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Kids.append(pdf.Root.Pages)

    assert "marks" in broken_codes(changed(change))


def test_forms_that_draw_one_another_break_promises_and_nothing_else() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(b"/Again Do /Again Do")
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
        form.Resources = Dictionary(XObject=Dictionary(Again=form))
        page = pdf.pages[0].obj
        page.Resources = Dictionary(dict(page.Resources.items()))
        page.Resources.XObject = Dictionary(Again=form)
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b" /Again Do")

    told = {r.detail for r in verify(changed(change), good().record) if r.code == "unmarked"}
    assert told == {"the file cannot be read: page 1 (F1): forms draw one another without end"}


def said_of(data: bytes) -> str:
    try:
        results = verify(data, good().record)
    except SourceError as refusal:
        return f"refused in {len(str(refusal).splitlines())} line".replace("1 ", "one ")
    return "broken" if any(result.state is State.BROKEN for result in results) else "kept"


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_file_gives_an_answer_or_a_refusal_but_no_crash(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(good().pdf)
    for _ in range(20):
        place = chance.randrange(len(data))
        data[place : place + chance.randrange(4)] = chance.randbytes(chance.randrange(4))
    assert said_of(bytes(data)) in ("broken", "refused in one line")
