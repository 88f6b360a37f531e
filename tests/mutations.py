"""Ways to break the real edition, each with a name and the promise that is about it.

In: the finished edition, opened by pikepdf, which had no part in making it. Out: the same file with one
fault. The table is run by tests/test_mutation_table.py, which prints who caught what.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, String

from tests.saving import Change


@dataclass(frozen=True)
class Mutation:
    """One fault, and the promises of `publish verify` of which one at least must notice it."""

    name: str
    change: Change
    noticed_by: frozenset[str]


MUTATIONS: list[Mutation] = []


def mutation(*codes: str) -> Callable[[Change], Change]:
    """Enter a function into the table; its name, with spaces, is the fault's."""

    def enter(change: Change) -> Change:
        name = change.__name__.replace("_", " ").strip()
        MUTATIONS.append(Mutation(name, change, frozenset(codes)))
        return change

    return enter


# Finding things


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield the elements of the structure in reading order."""

    def walk(element: Any) -> Iterator[Any]:
        yield element
        kids = element.get("/K", Array())
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, Dictionary) and "/S" in kid:
                yield from walk(kid)

    yield from walk(pdf.Root.StructTreeRoot.K[0])


def called(pdf: pikepdf.Pdf, name: str) -> Any:
    """Return the element with an id."""
    return next(e for e in elements(pdf) if bytes(e.get("/ID", b"")) == name.encode())


def first(pdf: pikepdf.Pdf, kind: str, holding: str = "/S") -> Any:
    """Return the first element of a type that has an entry."""
    return next(e for e in elements(pdf) if str(e.S) == f"/{kind}" and holding in e)


def links(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield the link annotations."""
    for page in pdf.pages:
        yield from page.obj.get("/Annots", ())


def redraw(pdf: pikepdf.Pdf, page: int, change: Callable[[bytes], bytes]) -> None:
    """Give a page other operators."""
    held = pdf.pages[page].obj
    streams = list(held.Contents) if isinstance(held.Contents, Array) else [held.Contents]
    data = b"\n".join(stream.read_bytes() for stream in streams)
    other = change(data)
    assert other != data
    held.Contents = pdf.make_stream(other)


def page_of(pdf: pikepdf.Pdf, label: str) -> int:
    """Return the index of a page by its label in the edition: "F2" is the second sheet."""
    return [page.label for page in pdf.pages].index(label)


def metadata(pdf: pikepdf.Pdf, change: Callable[[bytes], bytes]) -> None:
    """Write the XMP packet anew."""
    stream = pdf.Root.Metadata
    data = stream.read_bytes()
    other = change(data)
    assert other != data
    stream.write(other)


def fonts(pdf: pikepdf.Pdf) -> list[Any]:
    """Return the simple fonts and the descendants of composite ones."""
    return [
        o for o in pdf.objects if isinstance(o, Dictionary) and "/FontDescriptor" in o
    ]  # fmt: skip


# Letters and words


def retype(pdf: pikepdf.Pdf, change: Callable[[bytes], bytes]) -> None:
    """Give the first typed line of the second sheet another operator; `change` gets "(codes) Tj"."""

    def redrawn(data: bytes) -> bytes:
        head, mark, text = data.partition(b"/P <</MCID 0>> BDC")
        return (
            head + mark + re.sub(rb"\((?:\\.|[^\\)])+\) Tj", lambda m: change(m[0]), text, count=1)
        )

    redraw(pdf, page_of(pdf, "F2"), redrawn)


@mutation("drawn", "heard")
def change_a_drawn_letter(pdf: pikepdf.Pdf) -> None:
    def redrawn(data: bytes) -> bytes:
        head, mark, text = data.partition(b"/P <</MCID 0>> BDC")
        strokes: dict[bytes, re.Match[bytes]] = {}
        font = b""
        for shown in re.finditer(rb"(/\S+) [\d.]+ Tf|\((?:\\.|[^\\)])+\) Tj", text):
            font = shown[1] or font
            if shown[1]:
                continue
            first = strokes.setdefault(font, shown)
            if first[0] != shown[0]:  # another letter of the same strike
                return head + mark + text[: first.start()] + shown[0] + text[first.end() :]
        raise LookupError("no strike draws two letters")

    redraw(pdf, page_of(pdf, "F2"), redrawn)


@mutation("heard")
def change_a_letter_that_is_spoken(pdf: pikepdf.Pdf) -> None:
    pause = next(e for e in elements(pdf) if bytes(e.get("/ActualText", b"")) == b" ")
    pause.ActualText = String(" x")


@mutation("drawn", "heard")
def drop_a_line(pdf: pikepdf.Pdf) -> None:
    retype(pdf, lambda _: b"() Tj")


@mutation("drawn", "heard")
def draw_a_line_twice(pdf: pikepdf.Pdf) -> None:
    retype(pdf, lambda shown: shown + b" " + shown)


@mutation("replaced")
def speak_other_words_in_the_content(pdf: pikepdf.Pdf) -> None:
    redraw(
        pdf,
        page_of(pdf, "2"),
        lambda d: re.sub(rb"<<\s*/MCID (\d+)\s*>>", rb"<</MCID \1 /ActualText (No)>>", d, count=1),
    )


@mutation("characters", "drawn", "readers")
def map_a_glyph_to_another_letter(pdf: pikepdf.Pdf) -> None:
    for font in pdf.objects:
        if isinstance(font, Dictionary) and "/ToUnicode" in font:
            data = font.ToUnicode.read_bytes()
            font.ToUnicode = pdf.make_stream(data.replace(b"<0065>", b"<0061>"))


@mutation("widths")
def change_a_width(pdf: pikepdf.Pdf) -> None:
    simple = next(font for font in fonts(pdf) if "/Widths" in font)
    simple.Widths[len(simple.Widths) // 2] = 900


@mutation("embedded")
def take_a_font_out(pdf: pikepdf.Pdf) -> None:
    del fonts(pdf)[0].FontDescriptor["/FontFile2"]


@mutation("ink")
def draw_words_without_ink(pdf: pikepdf.Pdf) -> None:
    redraw(pdf, page_of(pdf, "F2"), lambda d: d.replace(b"BT ", b"BT 3 Tr ", 1))


# Structure


@mutation("unmarked")
def untag_a_paragraph(pdf: pikepdf.Pdf) -> None:
    redraw(
        pdf,
        page_of(pdf, "F2"),
        lambda d: re.sub(rb"/P <</MCID 0>> BDC(.*?)EMC", rb"\1", d, count=1, flags=re.DOTALL),
    )


@mutation("marks", "drawn")
def make_an_artifact_of_a_paragraph(pdf: pikepdf.Pdf) -> None:
    redraw(
        pdf,
        page_of(pdf, "F2"),
        lambda d: d.replace(b"/P <</MCID 0>> BDC", b"/Artifact <</Type /Layout>> BDC", 1),
    )


@mutation("parents")
def swap_two_entries_of_the_parent_tree(pdf: pikepdf.Pdf) -> None:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    listed = numbers[2 * page_of(pdf, "2") + 1]
    listed[0], listed[len(listed) - 1] = listed[len(listed) - 1], listed[0]


@mutation("marks")
def orphan_an_element(pdf: pikepdf.Pdf) -> None:
    part = called(pdf, "p3").P
    part.K = Array([kid for kid in part.K if kid.objgen != called(pdf, "p3").objgen])


@mutation("order")
def swap_two_paragraphs_in_the_reading_order(pdf: pikepdf.Pdf) -> None:
    section = called(pdf, "p3").P
    kids = list(section.K)
    places = [
        place
        for place, kid in enumerate(kids)
        if bytes(kid.get("/ID", b"")) in (b"p3", b"p4")
    ]  # fmt: skip
    one, other = places
    kids[one], kids[other] = kids[other], kids[one]
    section.K = Array(kids)


@mutation("headings")
def skip_a_level_of_heading(pdf: pikepdf.Pdf) -> None:
    first(pdf, "H2").S = Name.H4


@mutation("ids")
def give_an_id_twice(pdf: pikepdf.Pdf) -> None:
    called(pdf, "p4").ID = String("p3")


@mutation("figures")
def draw_a_figure_without_words(pdf: pikepdf.Pdf) -> None:
    called(pdf, "p4").S = Name.Figure


@mutation("tagged")
def drop_the_structure(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


@mutation("language")
def drop_the_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Lang"]


@mutation("nesting")
def put_a_paragraph_into_a_list(pdf: pikepdf.Pdf) -> None:
    first(pdf, "LI").S = Name.P


# Ways through the file


@mutation("links")
def point_a_link_elsewhere(pdf: pikepdf.Pdf) -> None:
    inner = [a for a in links(pdf) if str(a.A.S) == "/GoTo"]
    inner[-1].A.D = String("p1")


@mutation("links")
def swap_the_places_of_two_links(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[page_of(pdf, "2")].obj
    one, other = page.Annots[0], page.Annots[2]
    one.Rect, other.Rect = Array(list(other.Rect)), Array(list(one.Rect))


@mutation("links")
def silence_a_link(pdf: pikepdf.Pdf) -> None:
    del next(links(pdf))["/Contents"]


@mutation("destinations")
def move_a_destination(pdf: pikepdf.Pdf) -> None:
    place = NameTree(pdf.Root.Names.Dests)["p3"]
    place[3] = 40


@mutation("destinations")
def lose_a_destination(pdf: pikepdf.Pdf) -> None:
    del NameTree(pdf.Root.Names.Dests)["note-quarantine"]


@mutation("bookmarks")
def rename_a_bookmark(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.First.Title = String("Another")


@mutation("labels")
def number_the_pages_otherwise(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))


# What the file says of itself and carries


@mutation("identified")
def drop_the_extension_schema(pdf: pikepdf.Pdf) -> None:
    metadata(
        pdf,
        lambda data: re.sub(
            rb"<pdfaExtension:schemas>.*</pdfaExtension:schemas>", b"", data, flags=re.DOTALL
        ),
    )


@mutation("identified")
def claim_another_standard(pdf: pikepdf.Pdf) -> None:
    metadata(
        pdf,
        lambda data: data.replace(
            b"<pdfaid:conformance>A</pdfaid:conformance>",
            b"<pdfaid:conformance>B</pdfaid:conformance>",
        ),
    )


@mutation("title", "identified")
def give_info_another_title(pdf: pikepdf.Pdf) -> None:
    pdf.trailer.Info.Title = String("Another")


@mutation("identified")
def drop_the_output_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/OutputIntents"]


@mutation("attached")
def remove_an_attachment(pdf: pikepdf.Pdf) -> None:
    del NameTree(pdf.Root.Names.EmbeddedFiles)["commentary.md"]


@mutation("attached")
def change_an_attached_transcription(pdf: pikepdf.Pdf) -> None:
    stream = NameTree(pdf.Root.Names.EmbeddedFiles)["telegram.txt"].EF.F
    stream.write(stream.read_bytes().replace(b"quarantine", b"blockade"))


@mutation("inert")
def let_a_script_run(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


# What an eye sees


@mutation("layers", "statement")
def hide_the_reconstruction_line_in_a_layer(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Editorial")))
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([layer]),
        D=Dictionary(Name=String("All"), Order=Array([layer]), OFF=Array([layer])),
    )
    pdf.pages[page_of(pdf, "F1")].obj.Resources.Properties = Dictionary(Line=layer)

    def enclose(data: bytes) -> bytes:
        # The caption is drawn last: the statement, the line that names the telegram, the folio.
        statement = list(re.finditer(rb"/P <</MCID \d+>> BDC.*?EMC", data, re.DOTALL))[-1]
        enclosed = b"/OC /Line BDC " + statement[0] + b" EMC"
        return data[: statement.start()] + enclosed + data[statement.end() :]

    redraw(pdf, page_of(pdf, "F1"), enclose)


@mutation("statement")
def drop_the_reconstruction_line_from_a_sheet(pdf: pikepdf.Pdf) -> None:
    def drop(data: bytes) -> bytes:
        marks = list(re.finditer(rb"/Artifact <<[^>]*Footer>> BDC.*?EMC", data, re.DOTALL))
        first_line = marks[-3]  # then the line that names the telegram, and the folio
        return data[: first_line.start()] + data[first_line.end() :]

    redraw(pdf, page_of(pdf, "F2"), drop)


@mutation("seen")
def lay_a_white_ground_over_words(pdf: pikepdf.Pdf) -> None:
    redraw(
        pdf,
        page_of(pdf, "2"),
        lambda data: (
            data + b"\n/Artifact <</Type /Layout>> BDC q 1 1 1 rg 150 300 200 60 re f Q EMC"
        ),
    )


@mutation("seen")
def cut_the_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[page_of(pdf, "F1")].obj.CropBox = Array([0, 60, 612, 792])
