"""The objects of a file as pdfium saves them: read like another library reads them."""

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from publish.problems import PromiseError
from publish.verify.objects import Objects, Reference, Stream, Value, name_of, parse, string_of
from publish.verify.reading_back import FinishedFile
from tests.verify_pages import build


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b"<</A 1/B[ 1.5 -2 .5 true null]/C<</D(x)>>>>",
         {"A": 1, "B": [1.5, -2, 0.5, True, None], "C": {"D": b"x"}}),
        (b"[12 0 R 3 4 0 R]", [Reference(12), 3, Reference(4)]),
        (b"(a \\(b\\) \\251\\\nc)", b"a (b) \xa9c"),
        (b"<48 6 56>", b"HeV"[:1] + b"\x65\x60"),
        (b"/A#20B", "A B"),
        (b"(12 0 R)", b"12 0 R"),
    ],
)  # fmt: skip
def test_a_value_is_read(data: bytes, value: Value) -> None:
    assert parse(data) == value


@pytest.mark.parametrize(
    "data", [b"", b"<<", b">>", b"[1", b"1 2", b"<</A>>", b"<<1 2>>", b"(a", b"what"]
)
def test_half_a_value_is_refused(data: bytes) -> None:
    with pytest.raises(PromiseError):
        parse(data)


def test_names_and_strings_are_spelled_out() -> None:
    assert name_of(b"/Actual#54ext") == "ActualText"
    assert string_of(b"(a\r\nb)") == b"a\nb"


def saved(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    data = BytesIO()
    pdf.save(data, **options)
    return data.getvalue()


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
        {"linearize": True},
        {"qdf": True},
        {"encryption": pikepdf.Encryption(owner="", user="")},
    ],
    ids=["plain", "object streams", "linearized", "spread out", "encrypted"],
)
def test_every_way_to_write_a_file_gives_the_same_drawing_and_tree(options: dict[str, Any]) -> None:
    bound = build()
    with pikepdf.open(BytesIO(bound.pdf)) as pdf:
        other = saved(pdf, **options)
    with FinishedFile(bound.pdf) as one, FinishedFile(other) as two:
        assert [page.marked for page in one.drawn] == [page.marked for page in two.drawn]
        assert [(e.type, e.id) for e in one.tree.elements] == [
            (e.type, e.id) for e in two.tree.elements
        ]


def test_the_objects_are_those_that_another_library_reads() -> None:
    bound = build()
    with FinishedFile(bound.pdf) as file, pikepdf.open(BytesIO(bound.pdf)) as pdf:
        structure = file.objects.dictionary(file.objects.root["StructTreeRoot"])
        assert sorted(structure) == sorted(key[1:] for key, _ in pdf.Root.StructTreeRoot.items())
        for ours, theirs in zip(file.pages, pdf.pages, strict=True):
            contents = file.objects.get(ours["Contents"])
            assert isinstance(contents, Stream)
            assert file.objects.data(contents) == theirs.obj.Contents.read_bytes()


def test_a_string_that_spells_the_word_stream_does_not_end_a_dictionary() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.Odd = pdf.make_stream(b"content", Words=String("a>>stream\r\nb"))
    with FinishedFile(saved(pdf)) as file:
        odd = file.objects.get(file.objects.root["Odd"])
        assert isinstance(odd, Stream)
        assert odd.dictionary["Words"] in (b"a>>stream\nb", b"a>>stream\r\nb")
        assert file.objects.data(odd) == b"content"


def test_a_coding_that_is_not_read_is_named() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    odd = pdf.make_stream(b"x")
    odd.write(b"x", filter=Name.JPXDecode)
    pdf.pages[0].obj.Contents = odd
    with (
        FinishedFile(saved(pdf)) as file,
        pytest.raises(PromiseError, match="coded as 'JPXDecode', which is not read here"),
    ):
        _ = file.drawn


def test_references_in_a_circle_are_refused() -> None:
    body = b"1 0 obj\r\n1 0 R\r\nendobj\r\n"
    table = b"xref\r\n0 2\r\n0000000000 65535 f\r\n0000000000 00000 n\r\n"
    data = body + table + b"trailer\r\n<</Size 2>>\r\nstartxref\r\n%d\r\n%%%%EOF" % len(body)
    with pytest.raises(PromiseError, match="circle"):
        Objects(data).get(Reference(1))


def test_a_copy_without_a_table_is_refused() -> None:
    with pytest.raises(PromiseError, match="no table of objects"):
        Objects(b"nothing")


def test_a_tree_of_names_in_a_circle_ends() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    names = pdf.make_indirect(Dictionary(Names=Array([String("a"), 1])))
    names.Kids = Array([names, names])
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, IDTree=names)
    from publish.verify.tree import name_tree

    with FinishedFile(saved(pdf)) as file:
        structure = file.objects.dictionary(file.objects.root["StructTreeRoot"])
        assert set(name_tree(file.objects, structure["IDTree"])) == {(b"a", 1)}
