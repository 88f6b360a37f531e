"""Fields to be filled in: laid out by the reading engine, written by assembly, filled in and read by others."""

import re
import subprocess
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pikepdf import Array, Dictionary, Name

from publish import layouts
from publish.cli import main
from publish.problems import AssemblyError, Exit, LayoutError, PublishError, RenderingError
from publish.typeset.sections import SECTIONS
from publish.typeset.sections.context import Context, Section
from publish.verify import heard
from publish.worksheet import load_worksheet
from tests.bad_inputs import changed
from tests.conftest import ROOT, SEED, SYNTHETIC, Finisher
from tests.print_sheets import Sheet, make_sheet, sheet_layouts
from tests.saving import saved

LIMIT = 100_000  # bytes
VARIANTS = [(paper, language) for paper in ("", "a4") for language in ("en", "es")]


def worksheet(finished: Finisher, paper: str = "", language: str = "en") -> Any:
    return finished(SEED, "worksheet", paper, options=(("language", language),))


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return make_sheet(layouts.load(ROOT / "layouts"), SYNTHETIC, "worksheet")


@pytest.mark.parametrize(("paper", "language"), VARIANTS)
def test_the_worksheet_is_one_small_page_that_keeps_its_promises(
    finished: Finisher, paper: str, language: str
) -> None:
    made = worksheet(finished, paper, language)
    assert made.built.pages == 1
    assert len(made.pdf) < LIMIT
    assert {"fields", "grey", "margins", "photocopy"} <= {r.code for r in made.built.promises}


def test_the_spanish_sheet_is_spanish_to_a_listener_too(finished: Finisher) -> None:
    with pikepdf.open(BytesIO(worksheet(finished, language="es").pdf)) as pdf:
        assert str(pdf.Root.Lang) == "es"
        assert str(pdf.docinfo.Title) == "Analiza un documento escrito"
        told = [str(field.TU) for field in pdf.Root.AcroForm.Fields]
    assert "¿Qué tipo de documento es? Telegrama" in told


def test_both_languages_have_the_same_fields() -> None:
    english, spanish = (
        load_worksheet(ROOT / f"layouts/worksheet/words.{language}.toml")
        for language in ("en", "es")
    )
    shape = [
        [(q.id, q.kind, len(q.choices), bool(q.other), q.lines) for q in words.questions()]
        for words in (english, spanish)
    ]
    assert shape[0] == shape[1]


def test_a_sheet_without_the_telegrams_text_is_verified_all_the_same(
    finished: Finisher, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(worksheet(finished).built.path)]) == Exit.BUILT
    assert "not checked  drawn" in capsys.readouterr().out


def test_a_worksheet_tells_nothing_of_the_seed(sheet: Sheet) -> None:
    assert sheet.record.attachments == ()
    assert sheet.record.scopes == ()


def test_a_listener_hears_what_each_field_asks_for(finished: Finisher) -> None:
    lines = heard(worksheet(finished).built.path)
    assert "  Name <field: Name>".strip() in [line.strip() for line in lines]
    assert any("<field: What kind of document is it? Other: which one?>" in line for line in lines)


def test_a_claim_that_wants_a_file_within_is_refused_of_a_product_without_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    order = ["build", str(SYNTHETIC), "--product", "worksheet", "--standard", "archive-2"]
    assert main(order) == Exit.USAGE
    assert (
        "wants a file within the PDF, and product 'worksheet' attaches none"
        in capsys.readouterr().err
    )


# Filled in by another program than the one that wrote it


def filled_in(
    pdf: bytes, typed: Mapping[str, str], fields: Mapping[str, tuple[float, ...]]
) -> bytes:
    """Return the file as pdfium saves it, after a click into each field and the letters typed there."""
    with pypdfium2.PdfDocument(pdf) as opened:
        opened.init_forms()
        environment = opened.formenv.raw
        page = opened[0]
        for name, letters in typed.items():
            left, bottom, right, top = fields[name]
            middle = ((left + right) / 2, (bottom + top) / 2)
            pdfium.FORM_OnLButtonDown(environment, page, 0, *middle)
            pdfium.FORM_OnLButtonUp(environment, page, 0, *middle)
            for letter in letters:
                pdfium.FORM_OnChar(environment, page, ord(letter), 0)
            pdfium.FORM_ForceToKillFocus(environment)
        written = BytesIO()
        opened.save(written)
    return written.getvalue()


def test_what_is_typed_is_kept_and_read_by_other_programs(sheet: Sheet, tmp_path: Path) -> None:
    fields = {field.name: field.rectangle for field in sheet.record.fields}
    typed = {"name": "Ángela Núñez", "summary": "¿Qué dice? Un señor pidió ayuda.", "kind-2": ""}
    pdf = tmp_path / "filled.pdf"
    pdf.write_bytes(filled_in(sheet.made.data, typed, fields))
    found = pypdf.PdfReader(pdf).get_fields() or {}
    assert found["name"].value == "Ángela Núñez"
    assert found["kind-2"].value == "/Yes"
    assert found["kind-1"].value == "/Off"
    poppler = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True)
    text = poppler.stdout.decode()
    assert "Ángela Núñez" in text
    assert "¿Qué dice? Un señor pidió ayuda." in " ".join(text.split())


def test_what_is_typed_is_seen_where_it_was_typed(sheet: Sheet, tmp_path: Path) -> None:
    fields = {field.name: field.rectangle for field in sheet.record.fields}
    marks = []
    for number, data in enumerate(
        (sheet.made.data, filled_in(sheet.made.data, {"name": "Ana"}, fields))
    ):
        pdf = tmp_path / f"{number}.pdf"
        pdf.write_bytes(data)
        subprocess.run(
            ["pdftoppm", "-r", "72", "-gray", str(pdf), str(pdf.with_suffix(""))], check=True
        )
        from PIL import Image

        left, bottom, right, top = fields["name"]
        picture = Image.open(next(tmp_path.glob(f"{number}-*.pgm")))
        box = (int(left), int(792 - top), int(right), int(792 - bottom) - 2)
        marks.append(sum(1 for grey in picture.crop(box).tobytes() if grey < 160))
    assert marks[0] == 0
    assert marks[1] > 10


# The finished file, damaged

# pikepdf warns of a widget that its form does not list, which is what the test is about.
UNLISTED = "ignore:This document has .* form widget"
Damage = Callable[[Any, pikepdf.Pdf], None]


def _set(key: str, value: Any) -> Damage:
    return lambda field, _pdf: field.__setitem__(key, value)


def _drop(key: str) -> Damage:
    return lambda field, _pdf: field.__delitem__(key)


def out_of_the_form(field: Any, pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.Fields = Array(
        [f for f in pdf.Root.AcroForm.Fields if f.objgen != field.objgen]
    )


def off_the_page(field: Any, pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    page.Annots = Array([a for a in page.Annots if a.objgen != field.objgen])


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (_drop("/TU"), "says '' to a listener, not 'Name'"),
        (_set("/TU", "Address"), "says 'Address' to a listener"),
        (_set("/V", "John"), "is filled in already"),
        (_set("/F", 2), "is not seen, or not printed"),
        (_set("/Ff", 1), "cannot be filled in"),
        (_set("/Ff", 4096), "takes another number of lines"),
        (_set("/FT", Name.Btn), "is no field for text"),
        (_set("/Rect", Array([1, 2, 30, 40])), "stands in another place"),
        (_drop("/AP"), "has no appearance of its own"),
        (_set("/T", "nom"), "the field 'nom' was not promised"),
        (out_of_the_form, "is not in the file’s form"),
        (off_the_page, "the field 'name' is missing"),
    ],
)
@pytest.mark.filterwarnings(UNLISTED)
def test_a_damaged_field_is_found(sheet: Sheet, damage: Damage, words: str) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        damage(next(f for f in pdf.Root.AcroForm.Fields if str(f.T) == "name"), pdf)

    results = sheet.broken(saved(sheet.made.data, change), every=True)
    assert words in results["fields"]


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("/NeedAppearances", True, "drawn by the reader’s program"),
        ("/CO", Array([1]), "the form computes its fields"),
        ("/SigFlags", 3, "asks for signatures"),
        ("/XFA", Array(), "a form in XML"),
        ("/Fields", Array(), "a form without fields"),
    ],
)
@pytest.mark.filterwarnings(UNLISTED)
def test_a_form_that_does_more_than_wait_is_found(
    sheet: Sheet, key: str, value: Any, words: str
) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AcroForm[key] = value

    assert words in sheet.broken(saved(sheet.made.data, change), every=True)["inert"]


def test_an_action_of_a_field_is_found(sheet: Sheet) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        script = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
        pdf.Root.AcroForm.Fields[0].AA = Dictionary(K=script)

    assert "inert" in sheet.broken(saved(sheet.made.data, change))


def test_a_form_in_a_file_that_promises_none_is_found(finished: Finisher) -> None:
    from publish import promises
    from publish.verify import State, verify

    made = finished(SYNTHETIC, "facsimile")

    def change(pdf: pikepdf.Pdf) -> None:
        field = pdf.make_indirect(Dictionary(FT=Name.Tx, T="x"))
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))

    record = promises.loads(made.record, "facsimile.pdf")
    results = verify(saved(made.pdf, change), record)
    assert [r.detail for r in results if r.code == "inert" and r.state is State.BROKEN] == [
        "the file has a form"
    ]


# What is refused


def section_of(html: str) -> Callable[[Context], Section]:
    return lambda _context: Section(
        "telegram", "T", f'<h1 id="telegram">T</h1><p>{html}</p>', level=1
    )


@pytest.mark.parametrize(
    ("html", "words", "kind"),
    [
        ('<span data-field="tex" data-name="a" title="A">x</span>', "'tex'. Did you mean 'text'?", RenderingError),
        ('<span data-field="text" data-name="" title="A">x</span>', "is called ''", AssemblyError),
        ('<span data-field="text" data-name="a">x</span>', "does not say what it asks for", AssemblyError),
        ('<span data-field="text" data-name="a" title="A"></span>', "has no area", AssemblyError),
        ('<b data-field="check" data-name="a" title="A">x</b><b data-field="check" data-name="a" title="B">y</b>',
         "stands in part 'reading' too", AssemblyError),
    ],
)  # fmt: skip
def test_a_field_that_nobody_could_fill_in_is_refused(
    tmp_path: Path, html: str, words: str, kind: type[PublishError]
) -> None:
    known = sheet_layouts(tmp_path, style=".field { display: inline-block }")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(SECTIONS, "telegram", section_of(html))
        with pytest.raises(kind, match=re.escape(words)):
            make_sheet(known)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('kind = "choice"', 'kind = "choise"', "there is no kind of question 'choise'"),
        ('id = "marks"', 'id = "kind"', "two questions are called 'kind'"),
        ('id = "marks"', 'id = "Marks 2"', "is not made of lower-case letters"),
        ("lines = 3", "lines = 0", "a box has one line or more"),
        ('choices = ["Typing"', 'choises = ["Typing"', "unknown key 'choises' in [question]"),
    ],
)
def test_words_that_make_no_worksheet_are_refused(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    sheet_layouts(tmp_path)
    file = tmp_path / "layouts/worksheet/words.en.toml"
    changed(file, old, new)
    with pytest.raises(LayoutError, match=re.escape(words)) as told:
        load_worksheet(file)
    assert "words.en.toml:" in str(told.value)


def test_a_language_without_words_names_its_file(tmp_path: Path) -> None:
    sheet_layouts(tmp_path)
    (tmp_path / "layouts/worksheet/words.en.toml").unlink()
    with pytest.raises(LayoutError, match=r"words\.en\.toml"):
        make_sheet(layouts.load(tmp_path / "layouts"), product="worksheet")
