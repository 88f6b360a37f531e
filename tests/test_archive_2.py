"""The later archive: the same file as PDF 2.0, with its own vocabulary, places and references."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, NameTree

from publish.build import build
from publish.layouts import Layouts
from publish.orders import Order, make_job
from publish.sources import read
from publish.verify.listening import told
from publish.verify.reading_back import FinishedFile
from tests.conftest import SEED, SYNTHETIC, Finisher

LATER = "http://iso.org/pdf2/ssn"
EARLIER = "http://iso.org/pdf/ssn"


@pytest.fixture(scope="module")
def pdf(finished: Finisher) -> Iterator[pikepdf.Pdf]:
    """Return the edition as the later archive."""
    with pikepdf.open(BytesIO(finished(standard="archive-2").pdf)) as opened:
        yield opened


def elements(pdf: pikepdf.Pdf) -> list[Any]:
    def walk(element: Any) -> Iterator[Any]:
        yield element
        kids = element.get("/K", Array())
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, Dictionary) and "/S" in kid:
                yield from walk(kid)

    return list(walk(pdf.Root.StructTreeRoot.K[0]))


def page_of(pdf: pikepdf.Pdf, element: Any) -> int:
    """Return the page on which an element's first content stands."""
    pages = [page.obj.objgen for page in pdf.pages]
    kids = element.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/Pg" in kid and "/S" not in kid:
            return pages.index(kid.Pg.objgen)
        if not isinstance(kid, Dictionary):
            return pages.index(element.Pg.objgen)
        if "/S" in kid and (found := page_of(pdf, kid)) >= 0:
            return found
    return -1


def test_the_file_is_pdf_2_0_without_an_info_dictionary(pdf: pikepdf.Pdf) -> None:
    assert pdf.pdf_version == "2.0"
    assert "/Info" not in pdf.trailer


def test_every_element_names_its_namespace(pdf: pikepdf.Pdf) -> None:
    named = {(str(e.S)[1:], str(e.NS.NS)) for e in elements(pdf)}
    assert {kind for kind, uri in named if uri == EARLIER} == {"TOC", "TOCI", "Reference"}
    assert {uri for _, uri in named} == {LATER, EARLIER}


def test_the_one_top_element_is_a_document_of_pdf_2_0(pdf: pikepdf.Pdf) -> None:
    (top,) = pdf.Root.StructTreeRoot.K
    assert (str(top.S), str(top.NS.NS)) == ("/Document", LATER)


def test_each_note_and_its_call_refer_to_one_another(pdf: pikepdf.Pdf) -> None:
    notes = [e for e in elements(pdf) if str(e.S) == "/FENote"]
    assert len(notes) == 21
    for note in notes:
        assert str(note.A.NoteType) == "/Endnote"
        assert [call.Ref[0].objgen for call in note.Ref] == [note.objgen] * len(note.Ref)


def test_each_entry_of_the_contents_refers_to_what_it_announces(pdf: pikepdf.Pdf) -> None:
    entries = [e for e in elements(pdf) if str(e.S) == "/TOCI"]
    announced = [bytes(entry.Ref[0].get("/ID", b"")).decode() for entry in entries]
    assert announced[1:3] == ["head-note", "telegram"]
    assert all(len(entry.Ref) == 1 for entry in entries)


@pytest.mark.parametrize("seed", [SEED, SYNTHETIC], ids=lambda seed: seed.name)
def test_every_destination_is_one_place_on_the_page_and_in_the_structure(
    seed: Path, finished: Finisher
) -> None:
    with pikepdf.open(BytesIO(finished(seed, standard="archive-2").pdf)) as pdf:
        pages = [page.obj.objgen for page in pdf.pages]
        places = dict(NameTree(pdf.Root.Names.Dests).items())
        assert len(places) > 30
        apart = {
            name: (pages.index(place.D[0].objgen), page_of(pdf, place.SD[0]))
            for name, place in places.items()
            if pages.index(place.D[0].objgen) != page_of(pdf, place.SD[0])
        }
        assert apart == {}


def test_bookmarks_and_links_open_places_in_the_structure(pdf: pikepdf.Pdf) -> None:
    actions = [a.A for page in pdf.pages for a in page.obj.get("/Annots", ())]
    inner = [action for action in actions if str(action.S) == "/GoTo"]
    assert len(inner) > 60
    assert all("/S" in action.SD[0] for action in inner)
    assert "/S" in pdf.Root.Outlines.First.A.SD[0]
    assert "/Dest" not in pdf.Root.Outlines.First


@pytest.mark.parametrize("product", ["edition", "facsimile"])
def test_both_archives_say_the_same_to_a_listener(product: str, finished: Finisher) -> None:
    heard = []
    for standard in ("archive", "archive-2"):
        with FinishedFile(finished(product=product, standard=standard).pdf) as file:
            # The file's own name, which its citation gives, is all that differs.
            heard.append([line.replace("-archive-2.pdf", ".pdf") for line in told(file)])
    assert heard[0] == heard[1]


@pytest.mark.parametrize("standard", ["archive", "archive-2"])
def test_what_is_attached_builds_the_same_file_again(
    standard: str, finished: Finisher, known: Layouts, tmp_path: Path
) -> None:
    made = finished(standard=standard)
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        for name, attached in pdf.attachments.items():
            (tmp_path / name).write_bytes(attached.get_file().read_bytes())
    assert (tmp_path / "telegram.txt").read_bytes() == (SEED / "telegram.txt").read_bytes()
    edition = next(iter(read(tmp_path)))
    job = make_job(edition, Order(standard=standard), known)
    assert build(job, tmp_path / "out").path.read_bytes() == made.pdf
