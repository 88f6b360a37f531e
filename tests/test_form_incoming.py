"""A telegram from an embassy on the Department's incoming form: typed sheets, fields, promises."""

from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from publish.build import build, prepared
from publish.layouts import Layouts
from publish.model import Edition
from publish.orders import Order, make_job
from publish.sources import read
from publish.typeset.facsimile import set_facsimile
from publish.typeset.structure import Part
from publish.verify import State
from tests.conftest import ROOT, Finisher
from tests.drawn_facsimile import content_of, faces, found, known, node, nodes, typed_faces
from tests.typed_forms import EMBASSY, as_typed, form, telegram

INCOMING = form("incoming")
GOLDEN = ROOT / "tests" / "golden" / "forms" / "incoming.txt"
CELL, ROW = 7.2, 12.0


@pytest.fixture(scope="session")
def embassy() -> Edition:
    return read(EMBASSY).editions[0]


@cache
def part(product: str = "facsimile") -> Part:
    of = prepared(make_job(read(EMBASSY).editions[0], Order(product), known()))
    return set_facsimile(of, next(p for p in of.product.parts if p.engine == "facsimile"), faces())


# The typed sheets


def test_the_sheets_read_as_the_golden_has_them(embassy: Edition) -> None:
    assert as_typed(embassy.document, INCOMING) == GOLDEN.read_text("utf-8")


def test_place_and_number_stand_on_the_lines_of_their_labels() -> None:
    rows = {words.text: words.row for group in INCOMING.groups() for words in group.words}
    fields = {field.id: field.row for field in INCOMING.fields if field.filled_by}
    assert (fields["from"], fields["number"]) == (rows["FROM:"], rows["NO:"])


def test_typed_values_stand_under_each_other_and_under_the_addressee() -> None:
    (addressee,) = [w for w in INCOMING.words() if w.text == "Secretary of State"]
    columns = {field.column for field in INCOMING.fields if field.id in ("from", "number")}
    assert columns == {addressee.column}


def test_the_first_sheet_is_read_from_the_head_of_the_form_to_its_foot() -> None:
    told = [n.actual for n in nodes(part()) if n.actual.strip() and not n.id]
    assert told[0].startswith("Cable facsimile")
    assert told[1] == "Incoming telegram, Department of State"
    assert "From: Strelsau" in told
    assert "To: Secretary of State" in told
    assert "Number, date and hour: 660, May 6, 11 a.m." in told
    assert "Control number: blank on this reconstruction" in told
    assert "Received: blank on this reconstruction" in told
    assert told[-1] == "Classification: blank on this reconstruction"


@pytest.mark.parametrize(
    ("word", "drawn"), [("number", "660"), ("place", "Strelsau"), ("date", "May 6, 11 a.m.")]
)
def test_each_moved_word_is_an_element_of_its_own(word: str, drawn: str) -> None:
    assert content_of(part(), node(part(), f"facsimile-{word}")) == drawn


def test_the_head_of_the_second_sheet_is_one_typed_line_and_no_content() -> None:
    head = [
        d for d in found(part().pdf).drawn
        if d.page == 1 and d.face in typed_faces() and d.y > INCOMING.height - 4 * ROW
    ]  # fmt: skip
    assert "".join(d.character for d in head) == "-2- 660, May 6, 11 a.m., FROM Strelsau"
    assert {d.artifact for d in head} == {True}


def test_nothing_is_printed_on_a_later_sheet() -> None:
    printed = [group.id for group in INCOMING.groups() if group.words and group.sheets.include(2)]
    assert printed == []
    assert [rule for rule in INCOMING.rules if rule.sheets.include(2)] == []


def test_no_typed_letter_stands_on_printed_words() -> None:
    drawn = [d for d in found(part().pdf).drawn if d.character.strip()]
    printed = [d for d in drawn if d.face not in typed_faces()]
    for struck in (d for d in drawn if d.face in typed_faces()):
        left, right, bottom, top = struck.x, struck.x + CELL, struck.y - 2.4, struck.y + 8
        assert not [
            d for d in printed
            if d.page == struck.page and left - d.size < d.x < right and bottom - d.size < d.y < top
        ]  # fmt: skip


def test_a_telegram_without_a_number_shows_its_date_alone(embassy: Edition) -> None:
    without = embassy.document.source.text.replace("660. This", "This")
    blocks = without.split("\n\n")[2:4]
    assert "row 14 |                   May 6, 11 a.m.\n" in as_typed(telegram(*blocks), INCOMING)


# The file


@pytest.mark.slow
@pytest.mark.parametrize("product", ["facsimile", "edition"])
@pytest.mark.parametrize("standard", ["archive", "archive-2"])
def test_an_incoming_telegram_keeps_its_promises(
    finished: Finisher, product: str, standard: str
) -> None:
    built = finished(EMBASSY, product, "", standard).built
    assert {result.state for result in built.promises} <= {State.KEPT, State.NOT_CHECKED}


@pytest.mark.slow
def test_an_edition_tells_what_was_moved_to_fields(finished: Finisher) -> None:
    pages = pypdfium2.PdfDocument(finished(EMBASSY).pdf)
    text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)
    assert "printed as Strelsau in another place (facsimile)" in text
    assert "printed as May 6, 11 a.m. in another place (facsimile)" in text
    assert "printed as 660 in another place (facsimile)" in text
    assert "Hong Kong and Georgetown have capitals and small letters" in text


@pytest.mark.slow
def test_another_telegram_may_be_ordered_on_the_form(
    edition: Edition, known: Layouts, tmp_path: Path
) -> None:
    built = build(make_job(edition, Order(form="incoming"), known), tmp_path)
    assert built.path.name == "edition-incoming.pdf"
