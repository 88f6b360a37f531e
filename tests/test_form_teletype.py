"""The telegram as a page printer would type it: the mock-up's lines, heard as words, promises, refusals."""

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from publish import promises
from publish.assemble import assemble
from publish.build import Built, build, prepared
from publish.fonts import missing
from publish.layouts import Job, Layouts
from publish.model import Edition
from publish.orders import Order, make_job
from publish.problems import RenderingError
from publish.sources import read
from publish.typed_document import typed_document
from publish.typeset.facsimile import set_facsimile
from publish.typeset.structure import Link, Node, Part
from publish.typeset.typewriter import type_sheets
from publish.verify import State, verify
from tests.conftest import ROOT, SEED
from tests.drawn_facsimile import content_of, faces, known, node, nodes
from tests.typed_forms import as_typed, form, telegram

TELETYPE = form("teletype")
GOLDEN = ROOT / "tests" / "golden" / "forms" / "teletype.txt"


def job(product: str = "facsimile", source: Path = SEED) -> Job:
    return prepared(make_job(read(source).editions[0], Order(product, form="teletype"), known()))


@cache
def part(product: str = "facsimile", source: Path = SEED) -> Part:
    of = job(product, source)
    plan = next(plan for plan in of.product.parts if plan.engine == "facsimile")
    return set_facsimile(of, plan, faces())


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a transcription of more sheets than one, with items and a table on them."""
    path = tmp_path_factory.mktemp("teletype") / "long.txt"
    blocks = [
        f"Paragraph {n} of many. " + "It says nothing, and says it well. " * 6 for n in range(20)
    ]
    blocks += [
        "- a) An item with a label that is a letter.\n- b) Another.",
        "| Ship | Berth |\n|---|---|\n| First | one |",
    ]
    path.write_text(
        "## Long\n\nStrelsau, May 6, 1961\n\n660. " + "\n\n".join(b.strip() for b in blocks) + "\n",
        "utf-8",
    )
    return path  # fmt: skip


# The typed sheet


def test_the_lines_are_those_of_the_mock_up(edition: Edition) -> None:
    assert as_typed(edition.document, TELETYPE) == GOLDEN.read_text("utf-8")


def test_the_text_stands_in_columns_8_to_76(edition: Edition) -> None:
    lines = [line.partition("|")[2] for line in as_typed(edition.document, TELETYPE).splitlines()]
    typed = [line for line in lines if line]
    assert {line[:7].strip() for line in typed} == {""}
    assert max(map(len, typed)) == 76


def test_the_sheet_is_a_leaf_of_letter_size_with_nothing_printed_on_it() -> None:
    assert (TELETYPE.width, TELETYPE.height) == (612, 792)
    assert (TELETYPE.printed, TELETYPE.rules, TELETYPE.boxes) == ((), (), ())


def test_every_sheet_says_that_it_is_conjectural() -> None:
    document = pypdfium2.PdfDocument(part().pdf)
    for page in document:
        text = " ".join(page.get_textpage().get_text_range().split())
        assert "Conjectural, as a page printer would type it; no received copy" in text


def test_a_later_sheet_has_its_number_and_the_first_has_none(several: Path) -> None:
    shown = as_typed(read(several).editions[0].document, TELETYPE).split("sheet ")
    assert [sheet.splitlines()[1].partition("|")[0] for sheet in shown[1:]] == [
        "row  4 ",
        "row  2 ",
    ]
    assert shown[2].splitlines()[1].split("|")[1] == " " * 75 + "2"


def test_the_declared_signs_are_in_the_face() -> None:
    signs = TELETYPE.typing.signs
    assert signs is not None
    typed = [faces().get(family) for family in TELETYPE.typing.faces]
    assert missing(typed, signs.typed) == []


def test_the_face_has_no_sign_that_the_form_does_not_declare() -> None:
    others = "+=%@*_[]éÉЖ—“”’"
    typed = [faces().get(family) for family in TELETYPE.typing.faces]
    assert missing(typed, others) == list(others)


# As heard


def test_each_block_is_heard_with_the_letters_of_the_transcription() -> None:
    heard = {n.id: n.actual for n in nodes(part()) if n.id.startswith("facsimile-")}
    assert heard["facsimile-dateline"] == "Washington, October 27, 1962, 8:05 p.m."
    assert heard["facsimile-p2"] == '"Dear Mr. Chairman:'
    assert heard["facsimile-p9"] == '/s/ John F. Kennedy"'


def test_a_paragraph_is_drawn_in_capitals_and_heard_in_words_letter_by_letter() -> None:
    paragraph = node(part(), "facsimile-p3")
    assert content_of(part(), paragraph) == paragraph.actual.upper()


def test_a_label_without_small_letters_has_no_spoken_form(several: Path) -> None:
    assert [n.actual for n in nodes(part()) if n.type == "Lbl"] == ["", ""]
    assert [n.actual for n in nodes(part(source=several)) if n.type == "Lbl"] == ["a) ", "b) "]


def test_each_cell_has_its_spoken_form(several: Path) -> None:
    cells = [n for n in nodes(part(source=several)) if n.type in ("TH", "TD")]
    assert [n.actual for n in cells] == ["Ship ", "Berth ", "First ", "one"]


def test_no_link_stands_within_what_speaks_for_itself() -> None:
    def silenced(element: Node) -> list[Link]:
        return [kid for below in element.walk() for kid in below.kids if isinstance(kid, Link)]

    set_part = part("edition")
    assert [n.id for n in nodes(set_part) if n.actual and silenced(n)] == []
    assert len([n for n in nodes(set_part) if n.type == "Link"]) >= 9


def test_no_element_speaks_twice() -> None:
    speaking = [n for n in nodes(part()) if n.id.startswith("facsimile-p") and n.actual]
    inner = [below for n in speaking for below in n.walk() if below is not n and below.actual]
    assert inner == []


def changed(element: str, actual: str) -> set[str]:
    """Return the promises that are broken when an element speaks otherwise."""
    of = job()
    plan = of.product.parts[0]
    drawn = set_facsimile(of, plan, faces())
    node(drawn, element).actual = actual
    pdf = assemble(of, [drawn], created=datetime(2026, 11, 23, tzinfo=UTC))
    record = promises.dumps(promises.record(of, [drawn], pdf, faces=faces()))
    results = verify(pdf, promises.loads(record, "a"), "a")
    return {result.code for result in results if result.state is State.BROKEN}


@pytest.mark.parametrize(
    ("spoken", "broken"),
    [
        ('"Dear Mr. Chairman:', set()),
        ('"Dear Mr. Chairwoman:', {"heard"}),
        ('"DEAR MR. CHAIRMAN:', {"heard"}),
        ("", {"heard"}),
    ],
)
def test_verify_hears_what_a_paragraph_in_capitals_says(spoken: str, broken: set[str]) -> None:
    assert changed("facsimile-p2", spoken) == broken


def test_verify_hears_what_the_dateline_says() -> None:
    assert changed("facsimile-dateline", "Washington, October 28, 1962, 8:05 p.m.") == {"heard"}


EXTRACTORS = {
    "poppler": ["pdftotext", "-raw", "{pdf}", "-"],
    "mupdf": ["mutool", "draw", "-F", "txt", "{pdf}"],
}


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_no_extractor_splits_or_joins_words(extractor: str, tmp_path: Path) -> None:
    program, *arguments = EXTRACTORS[extractor]
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    pdf = tmp_path / "facsimile.pdf"
    pdf.write_bytes(part().pdf)
    command = [program, *(argument.format(pdf=pdf) for argument in arguments)]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    wanted = [
        n.actual.upper() for n in nodes(part()) if n.id.startswith("facsimile-p") and n.actual
    ]
    found = set(text.upper().replace("--", "-- ").split())
    for words in wanted:
        assert set(words.replace("--", "-- ").split()) <= found


# The file


@pytest.mark.slow
@pytest.mark.parametrize("standard", ["archive", "archive-2"])
def test_an_edition_with_a_teletype_keeps_its_promises(
    standard: str, edition: Edition, known: Layouts, tmp_path: Path
) -> None:
    built = finished(edition, known, tmp_path, standard)
    assert {result.state for result in built.promises} <= {State.KEPT, State.NOT_CHECKED}


@pytest.mark.slow
def test_the_method_tells_of_capitals_without_counting_them(
    edition: Edition, known: Layouts, tmp_path: Path
) -> None:
    pdf = finished(edition, known, tmp_path).path.read_bytes()
    text = " ".join(
        " ".join(page.get_textpage().get_text_range().split())
        for page in pypdfium2.PdfDocument(pdf)
    )
    assert "The facsimile is typed in capitals throughout; the reading text keeps" in text
    assert "in which the facsimile is heard too." in text


def finished(edition: Edition, known: Layouts, out: Path, standard: str = "") -> Built:
    return build(make_job(edition, Order(form="teletype", standard=standard), known), out)


# What is refused


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("café", r"'é' \(U\+00E9 LATIN SMALL LETTER E WITH ACUTE\)"),
        ("CAFÉ", r"'É' \(U\+00C9 LATIN CAPITAL LETTER E WITH ACUTE\)"),
        ("Мурманск", r"'М' \(U\+041C CYRILLIC CAPITAL LETTER EM\)"),
        ("forty%", r"'%' \(U\+0025 PERCENT SIGN\)"),
        ("war—peace", r"'—' \(U\+2014 EM DASH\)"),
    ],
)
def test_a_sign_that_is_not_in_the_set_is_refused_by_name(word: str, name: str) -> None:
    with pytest.raises(
        RenderingError,
        match=rf"telegram\.txt:5:\d+: the machine of the form 'teletype' has no type for {name}\. "
        r"A machine with more signs may have it: --form plain or --form ds-322",
    ):
        typed_document(telegram(f"It says {word} there."), TELETYPE)


def test_a_word_longer_than_the_line_is_refused_with_its_block() -> None:
    document = typed_document(telegram("One.", "A " + "w" * 70), TELETYPE)
    with pytest.raises(
        RenderingError, match=r"block p2: the word 'W{70}' has 70 characters, .* 69"
    ):
        type_sheets(document, TELETYPE.typing)


def test_the_same_form_with_small_letters_types_the_same_words(edition: Edition) -> None:
    typing = replace(TELETYPE.typing, signs=None, letters=form("plain").typing.letters)
    assert "Following message" in as_typed(edition.document, replace(TELETYPE, typing=typing))
