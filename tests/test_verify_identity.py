"""What a file says of itself, carries and might do: each condition has a file that breaks it."""

import re
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, NameTree, String

from publish.problems import PromiseError, SourceError
from publish.promises import loads
from publish.verify import State, verify
from publish.verify.description import read
from publish.verify.identity import stored_openly
from publish.verify.objects import Stream
from tests.conftest import Finisher
from tests.saving import Change, saved

Breaker = Callable[[Change], dict[str, list[str]]]


@pytest.fixture(scope="module")
def broken(finished: Finisher) -> Breaker:
    """Return a function that breaks the facsimile and tells what each broken promise says."""
    good = finished(product="facsimile")
    record = loads(good.record, "facsimile.promises.json")

    def verified(change: Change) -> dict[str, list[str]]:
        told: dict[str, list[str]] = {}
        for result in verify(saved(good.pdf, change), record):
            if result.state is State.BROKEN:
                told.setdefault(result.code, []).append(result.detail)
        return told

    return verified


def in_metadata(old: bytes, new: bytes) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        data = pdf.Root.Metadata.read_bytes()
        assert re.search(old, data, re.DOTALL)
        pdf.Root.Metadata.write(re.sub(old, new, data, count=1, flags=re.DOTALL))

    return change


def set_info(key: str, words: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.trailer.Info[f"/{key}"] = String(words)

    return change


def name_another_version(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Version = Name("/1.4")


def drop(key: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.Root[f"/{key}"]

    return change


def cut_the_profile(pdf: pikepdf.Pdf) -> None:
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    profile.write(profile.read_bytes()[:200])


def say_four_colours(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.N = 4


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (drop("Metadata"), "the file has no metadata"),
        (in_metadata(rb"Outgoing|Telegram", b"Other"), "Info has the Title"),
        (in_metadata(rb"<\?xpacket", b"<!DOCTYPE x><?xpacket"), "declare a document type"),
        (in_metadata(rb"</rdf:RDF>", b""), "not well-formed"),
        (in_metadata(rb"<rdf:RDF.*</rdf:RDF>", b""), "have 0 descriptions"),
        (in_metadata(rb"<pdfaid:part>3", b"<pdfaid:part>2"), "claim pdfaid:part 2, which was not promised"),
        (in_metadata(rb"<pdfuaid:part>1</pdfuaid:part>", b""), "do not make the claim PDF/UA-1"),
        (in_metadata(rb"<pdfaExtension:schemas>.*</pdfaExtension:schemas>", b""), "use pdfuaid:part and do not"),
        (set_info("Author", "Somebody"), "Info has the Author 'Somebody'"),
        (set_info("CreationDate", "D:20200101000000Z"), "Info has the CreationDate 'D:20200101000000Z'"),
        (name_another_version, "the catalog names the version"),
        (drop("OutputIntents"), "0 output intents"),
        (cut_the_profile, "is not as long as it says"),
        (say_four_colours, "another number of colours"),
    ],
)  # fmt: skip
def test_a_file_that_says_something_else_of_itself_is_caught(
    change: Change, words: str, broken: Breaker
) -> None:
    assert any(words in told for told in broken(change)["identified"])


def test_an_identifier_of_two_different_strings_is_caught(finished: Finisher) -> None:
    good = finished(product="facsimile")
    changed = re.sub(rb"(/ID\s*\[\s*<)..", rb"\g<1>ff", good.pdf, count=1)
    assert changed != good.pdf
    told = [r.detail for r in verify(changed, None) if r.code == "identified"]
    assert told == [
        "the trailer’s ID is not two equal strings of 16 bytes: saved again since it was built"
    ]


def test_compressed_metadata_are_told() -> None:
    packet = Stream(1, {"Type": "Metadata", "Subtype": "XML", "Filter": "FlateDecode"}, b"")
    assert [found.detail for found in stored_openly(packet)] == ["the metadata are compressed"]


def test_metadata_with_entities_are_not_read() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    with pytest.raises(PromiseError, match="declare a document type"):
        read(bomb)


# Attachments


def attachment(pdf: pikepdf.Pdf, name: str) -> pikepdf.Object:
    return NameTree(pdf.Root.Names.EmbeddedFiles)[name]


def attach_another(pdf: pikepdf.Pdf) -> None:
    specification = attachment(pdf, "telegram.txt")
    NameTree(pdf.Root.Names.EmbeddedFiles)["zzz.txt"] = specification


def embed_without_a_name(pdf: pikepdf.Pdf) -> None:
    stream = pdf.make_stream(b"unseen", {"/Type": Name.EmbeddedFile})
    pdf.Root.Unseen = stream


def say_another_size(pdf: pikepdf.Pdf) -> None:
    attachment(pdf, "telegram.txt").EF.F.Params.Size = 7


def without(key: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        del attachment(pdf, "edition.toml")[f"/{key}"]

    return change


def call_it_data(pdf: pikepdf.Pdf) -> None:
    attachment(pdf, "edition.toml").AFRelationship = Name.Data


def without_media_type(pdf: pikepdf.Pdf) -> None:
    del attachment(pdf, "edition.toml").EF.F["/Subtype"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (attach_another, "'zzz.txt' was not promised"),
        (embed_without_a_name, "no name leads to it"),
        (say_another_size, "bytes and says 7"),
        (without("Desc"), "nothing says what it is (Desc)"),
        (without("UF"), "its UF is None"),
        (without("AFRelationship"), "nothing says what it is to the document"),
        (without_media_type, "no media type"),
        (call_it_data, "attached as 'Data', not as Source"),
        (drop("AF"), "not among the catalog’s associated files"),
    ],
)
def test_an_attachment_that_is_not_as_promised_is_caught(
    change: Change, words: str, broken: Breaker
) -> None:
    assert any(words in told for told in broken(change)["attached"])


# What runs


def act(action: Dictionary) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Annots = Array(
            [
                pdf.make_indirect(
                    Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)
                )
            ]
        )

    return change


def react(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.GoTo, D=String("p1")))


def comment(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=String("x"))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def ask(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array())


def name_a_script(pdf: pikepdf.Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("1"))
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), script]))


def fetch_a_stream(pdf: pikepdf.Pdf) -> None:
    picture = pdf.make_stream(b"", {"/Subtype": Name.Image, "/F": String("elsewhere.jpg")})
    pdf.Root.Unseen = picture


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (act(Dictionary(S=Name.Launch, F=String("a.exe"))), "is an action Launch"),
        (act(Dictionary(S=Name.GoToR, F=String("b.pdf"), D=String("x"))), "is an action GoToR"),
        (act(Dictionary(S=Name.JavaScript, JS=String("1"))), "has a script"),
        (act(Dictionary(S=Name.URI, URI=String("javascript:1"))), "no address of the web"),
        (react, "does something by itself (AA)"),
        (comment, "an annotation 'Text' stands on the page"),
        (ask, "the file has a form"),
        (name_a_script, "the file names scripts"),
        (fetch_a_stream, "has its data in another file"),
    ],
)
def test_a_file_that_does_something_is_caught(change: Change, words: str, broken: Breaker) -> None:
    assert any(words in told for told in broken(change)["inert"])


def test_an_encrypted_file_is_refused(finished: Finisher) -> None:
    good = finished(product="facsimile")
    locked = BytesIO()
    with pikepdf.open(BytesIO(good.pdf)) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="o", user=""))
    with pytest.raises(SourceError, match=r"is encrypted.*Take the password off"):
        verify(locked.getvalue(), None)


# Elements in their places


def first(pdf: pikepdf.Pdf, kind: str) -> pikepdf.Object:
    return next(
        o
        for o in pdf.objects
        if isinstance(o, Dictionary) and str(o.get("/S")) == f"/{kind}" and "/P" in o
    )


def retype(kind: str, other: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        first(pdf, kind).S = Name(f"/{other}")

    return change


def forget_attributes(kind: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        del first(pdf, kind)["/A"]

    return change


def empty(pdf: pikepdf.Pdf) -> None:
    del first(pdf, "P")["/K"]


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (retype("P", "Paragraph"), "types", "'Paragraph' is none of PDF 1.7"),
        (retype("P", "FENote"), "types", "'FENote' is none of PDF 1.7"),
        (retype("Lbl", "P"), "nesting", "holds a P"),
        (forget_attributes("L"), "nesting", "does not say how it is numbered"),
        (retype("P", "Note"), "nesting", "has no id"),
        (retype("P", "Figure"), "nesting", "does not say where it is"),
        (empty, "nesting", "has nothing to tell"),
    ],
)
def test_an_element_out_of_place_is_caught(
    change: Change, code: str, words: str, broken: Breaker
) -> None:
    assert any(words in told for told in broken(change)[code])
