"""The ticket that goes to a print shop with a panel: what it says is what the finished file is."""

from hashlib import sha256
from pathlib import Path

import pypdfium2
import pytest

from publish.build import build
from publish.cli import main
from publish.finish.first_file import FirstFile
from publish.finish.ticket import set_ticket
from publish.finish.ticket_words import checks
from publish.fonts import Faces
from publish.layouts import Layouts
from publish.model import Edition
from publish.orders import Order, make_job
from publish.problems import Exit, LayoutError, UsageError
from publish.verify.outcome import Result, State
from tests.conftest import SEED, Finished, Finisher


@pytest.fixture(scope="module")
def panel(finished: Finisher) -> Finished:
    return finished(SEED, "panel", options=(("quantity", "2"),))


@pytest.fixture(scope="module")
def ticket(panel: Finished) -> bytes:
    path = panel.built.path.with_name("panel-ticket.pdf")
    assert path in panel.built.beside
    return path.read_bytes()


def told(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [str(page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()
    assert len(pages) == 1
    return " ".join(pages[0].split())


@pytest.mark.parametrize(
    "words",
    [
        "Quantity 2",
        "Customer, telephone to be filled in",
        "Due, deliver to to be filled in",
        "Material, finish to be filled in",
        "Mounting to be filled in",
        "Trim size 24 × 36 in, 609.6 × 914.4 mm, portrait",
        "Bleed 0.125 in, 3.2 mm on each side",
        "Standard PDF/X-4 (ISO 15930-7:2010), PDF 1.6",
        "Output condition FOGRA39",
        "Ink limit 300 %; the heaviest place has 236 %",
        "Pictures at least 150 pixels to the inch at size",
        "Smallest type 26 pt (caption); at least 24 pt (National Park Service), beside the facsimile",
        "Safe margin no type or picture nearer to the cut than 1.4 in at the head, 1.4 in at the foot",
        "Solid colors ground 4/4/9/0; navy 86/60/30/60; red 24/88/86/32 (C/M/Y/K in percent)",
        "Label 40 pt; at least 35 pt (Canadian Museum for Human Rights)",
        "To be read from 29 in, 0.74 m",
        "STIXTwoText-Regular",
        "Cut, bleed and page are as promised passed",
        "No place takes more ink than the press dries passed",
    ],
)
def test_the_ticket_says_what_a_shop_asks(ticket: bytes, words: str) -> None:
    assert words in told(ticket)


def test_the_ticket_names_the_file_that_was_delivered(panel: Finished, ticket: bytes) -> None:
    digest = sha256(panel.built.path.read_bytes()).hexdigest()
    spaced = " ".join(digest[at : at + 8] for at in range(0, 64, 8))
    assert f"SHA-256 {spaced}" in told(ticket)
    assert f"Name panel.pdf, {len(panel.pdf):,} bytes" in told(ticket)


def test_the_ticket_keeps_its_own_promises(
    panel: Finished, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(panel.built.path.with_name("panel-ticket.pdf"))]) == Exit.BUILT
    assert "0 broken" in capsys.readouterr().out


def test_quantity_and_finish_change_neither_the_panel_nor_its_name(
    edition: Edition, known: Layouts
) -> None:
    plain = make_job(edition, Order("panel"), known)
    ordered = make_job(edition, Order("panel", options={"quantity": "9", "finish": "matt"}), known)
    assert ordered.file_name == plain.file_name == "panel.pdf"
    assert ordered.recorded_options == plain.recorded_options
    assert ordered.ticket is not None
    assert ordered.ticket.file_name == "panel-ticket.pdf"


def test_a_ticket_bears_its_panels_variations(edition: Edition, known: Layouts) -> None:
    job = make_job(edition, Order("panel", "a1", options={"bleed": "5mm"}), known)
    assert job.file_name == "panel-a1-bleed-5mm.pdf"
    assert job.ticket is not None
    assert job.ticket.file_name == "panel-ticket-a1-bleed-5mm.pdf"


@pytest.mark.parametrize(
    ("panel", "sheet"), [("24x36in", "letter"), ("a1", "a4"), ("70x100cm", "a4")]
)
def test_a_metric_sheet_has_its_ticket_on_a4(
    edition: Edition, known: Layouts, panel: str, sheet: str
) -> None:
    job = make_job(edition, Order("panel", panel), known)
    assert job.ticket is not None
    assert job.ticket.paper.name == sheet


def test_a_proof_for_the_screen_has_no_ticket(edition: Edition, known: Layouts) -> None:
    assert make_job(edition, Order("panel", standard="screen"), known).ticket is None
    with pytest.raises(UsageError, match="goes with a file for a print shop"):
        make_job(edition, Order("panel-ticket", standard="screen"), known)


def test_words_that_no_line_holds_are_refused(edition: Edition, known: Layouts) -> None:
    for words in ("x" * 121, "two\nlines"):
        with pytest.raises(UsageError, match="takes one line of 120 signs at most"):
            make_job(edition, Order("panel", options={"finish": words}), known)


@pytest.fixture
def first(panel: Finished) -> FirstFile:
    built = panel.built
    return FirstFile(built.job, panel.pdf, built.promises, built.report, ("A-Face",) * 9, None)


def test_a_ticket_of_two_pages_is_refused(first: FirstFile, faces: Faces) -> None:
    job = first.job.ticket
    assert job is not None
    many = FirstFile(first.job, first.data, first.results, (), ("A-Face",) * 900, None)
    with pytest.raises(LayoutError, match="a shop wants one page"):
        set_ticket(job, job.product.parts[0], faces, many)


def test_what_was_not_checked_is_not_called_passed() -> None:
    results = [
        Result("boxes", State.KEPT, ""),
        Result("drawn", State.NOT_CHECKED, "nobody looked"),
        Result("claims", State.NOT_CHECKED, "no judge"),
        Result("title", State.KEPT, ""),
    ]
    assert list(checks(results)) == [
        ("Cut, bleed and page are as promised", "passed"),
        ("Every word of the telegram is there as drawn", "not checked: nobody looked"),
        (
            "2 further checks of the file",
            "1 passed; 1, the standard as a whole, is for the shop’s preflight",
        ),
    ]


@pytest.mark.slow
def test_a_ticket_is_made_anew_by_itself(
    edition: Edition, known: Layouts, panel: Finished, tmp_path: Path
) -> None:
    job = make_job(
        edition, Order("panel-ticket", options={"quantity": "3", "finish": "matt"}), known
    )
    built = build(job, tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*.*") if path.is_file()) == [
        "panel-ticket.pdf", "panel-ticket.promises.json",
    ]  # fmt: skip
    words = told(built.path.read_bytes())
    assert "Quantity 3 Material, finish matt" in words
    assert sha256(panel.pdf).hexdigest()[:8] in words
