"""What is said of a file, of a file without a record, and of a file that is no good at all."""

import random
import re
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from publish.problems import PromiseError, SourceError
from publish.verify import State, insist, verify
from tests.verify_changes import broken_codes, changed, good


def drop_the_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Lang"]


def drop_the_structure(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


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
    with pytest.raises(SourceError, match=r"^notes\.txt: (is empty|.*PDF)"):
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
