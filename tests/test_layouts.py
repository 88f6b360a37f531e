"""Products, papers and standards: what layouts/ may say, and what a job makes of it."""

import shutil
from pathlib import Path

import pytest

from publish import layouts
from publish.layouts import Layouts
from publish.model import Edition
from publish.orders import Order, make_job
from publish.problems import Exit, LayoutError, UsageError
from publish.typeset.reading import styles
from publish.units import points
from tests.bad_inputs import changed
from tests.conftest import ROOT

PRODUCT = "edition/product.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of layouts/ to be spoilt."""
    return Path(shutil.copytree(ROOT / "layouts", tmp_path / "layouts"))


def told(folder: Path) -> str:
    with pytest.raises(LayoutError) as caught:
        layouts.load(folder)
    assert caught.value.exit_code is Exit.LAYOUT
    return str(caught.value)


def test_letter_and_a4_are_as_a_stationer_names_them(known: Layouts) -> None:
    letter, a4 = known.paper("letter"), known.paper("a4")
    assert (letter.width, letter.height) == (612, 792)
    assert (a4.width, a4.height) == (points("210mm"), points("297mm"))


def test_the_edition_has_front_facsimile_and_reading_text(known: Layouts) -> None:
    parts = known.product("edition").parts
    assert [(p.id, p.labels.style, p.labels.prefix) for p in parts] == [
        ("front", "roman", ""),
        ("facsimile", "arabic", "F"),
        ("reading", "arabic", ""),
    ]


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ('"pdfa-3a", "pdfa-3a"', "claims both pdfa-3a and pdfa-3a"),
        ('"pdfa-4f", "pdfua-1"', "is PDF 1.7, and pdfa-4f needs PDF 2.0"),
        ('"pdfa-3a", "pdfua-2"', "is PDF 1.7, and pdfua-2 needs PDF 2.0"),
        ('"pdfa-3a", "wtpdf-1"', "is PDF 1.7, and wtpdf-1 needs PDF 2.0"),
    ],
)
def test_claims_that_exclude_each_other_are_refused(folder: Path, claims: str, words: str) -> None:
    line = changed(folder / "standards.toml", '"pdfa-3a", "pdfua-1"', claims)
    message = told(folder)
    assert f"standards.toml:{line}:1: " in message
    assert words in message
    assert "take the other out" in message


def test_a_claim_that_is_not_defined_names_the_nearest(folder: Path) -> None:
    changed(folder / "standards.toml", '"pdfa-3a", "pdfua-1"', '"pdfa-3b", "pdfua-1"')
    message = told(folder)
    assert "makes the claim 'pdfa-3b', which is not defined. Did you mean 'pdfa-3a'?" in message


@pytest.mark.parametrize("claims", ['"pdfa-3a", "pdfua-1"', '"pdfua-1"', ""])
def test_claims_that_go_together_are_taken(folder: Path, claims: str) -> None:
    changed(folder / "standards.toml", '"pdfa-3a", "pdfua-1"', claims)
    expected = tuple(claim.strip('"') for claim in claims.split(", ") if claim)
    kept = layouts.load(folder).standard("archive").claims
    assert tuple(claim.name for claim in kept) == expected


def test_the_later_archive_is_pdf_2_0_and_makes_three_claims(known: Layouts) -> None:
    later = known.standard("archive-2")
    assert later.later_pdf
    assert [claim.title for claim in later.claims] == [
        "PDF/A-4f",
        "PDF/UA-2",
        "Well-Tagged PDF 1.0",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (PRODUCT, 'name = "edition"', 'name = "book"', ("'book'", "'edition'", "one name")),
        (PRODUCT, 'engine = "facsimile"', 'engine = "facsimle"', ("'facsimle'", "Did you mean 'facsimile'?")),
        (PRODUCT, 'labels = "roman"', 'labels = "romn"', ("not 'romn'", "Did you mean 'roman'?")),
        (PRODUCT, 'id = "reading"', 'id = "front"', ("each with its own id",)),
        (PRODUCT, 'style = "reading.css"', 'style = "none.css"', ("'none.css' is not there",)),
        (PRODUCT, 'paper = "letter"', 'paper = "leter"', ("'leter'", "Did you mean 'letter'?", "papers.toml")),
        (PRODUCT, 'standard = "archive"', 'standard = "archiv"', ("'archiv'", "Did you mean 'archive'?")),
        (PRODUCT, 'title = "', 'titel = "', ("'title' is missing", "'titel'")),
        ("papers.toml", 'width = "8.5in"', 'width = "0in"', ("'letter' has no area", "width and height")),
        ("papers.toml", 'width = "8.5in"', 'width = "-1in"', ("'letter' has no area",)),
        ("papers.toml", 'width = "8.5in"', 'width = "8.5"', ("'8.5' is not a length",)),
        ("papers.toml", 'height = "11in"', "height = 11", ("'height' must be a text in quotes",)),
    ],
)  # fmt: skip
def test_a_faulty_layout_is_refused(
    folder: Path, file: str, old: str, new: str, words: tuple[str, ...]
) -> None:
    changed(folder / file, old, new)
    message = told(folder)
    assert [word for word in words if word not in message] == []


def test_a_second_paper_without_area_is_refused_at_its_own_line(folder: Path) -> None:
    line = changed(folder / "papers.toml", 'width = "210mm"', 'width = "0mm"')
    assert f"papers.toml:{line}:1: paper 'a4' has no area" in told(folder)


def test_a_product_without_parts_is_refused(folder: Path) -> None:
    (folder / "empty").mkdir()
    (folder / "empty" / "product.toml").write_text(
        'name = "empty"\ntitle = "E"\npaper = "a4"\nform = "plain"\nstandard = "archive"\n', "utf-8"
    )
    assert "a product has parts" in told(folder)


def test_a_product_of_known_sections_needs_a_folder_only(folder: Path) -> None:
    shutil.copytree(folder / "facsimile", folder / "sheet")
    changed(folder / "sheet" / "product.toml", 'name = "facsimile"', 'name = "sheet"')
    assert layouts.load(folder).product("sheet").title == "Cable facsimile"


@pytest.mark.parametrize("what", ["product", "paper", "standard", "form"])
def test_an_unknown_name_names_the_nearest(known: Layouts, what: str) -> None:
    right = {"product": "edition", "paper": "letter", "standard": "archive", "form": "ds-322"}[what]
    with pytest.raises(UsageError, match=f"there is no {what} '{right}x'. Did you mean '{right}'"):
        getattr(known, what)(f"{right}x")


@pytest.mark.parametrize(
    ("order", "name"),
    [
        (Order("edition"), "edition.pdf"),
        (Order("facsimile"), "facsimile.pdf"),
        (Order("edition", paper="a4"), "edition-a4.pdf"),
        (Order("facsimile", paper="a4"), "facsimile.pdf"),  # the sheet is the page
        (Order("edition", paper="letter", form="ds-322", standard="archive"), "edition.pdf"),
    ],
)
def test_a_file_is_named_for_its_product_and_what_is_not_the_default(
    edition: Edition, known: Layouts, order: Order, name: str
) -> None:
    assert make_job(edition, order, known).file_name == name


def test_another_form_and_standard_stand_in_the_files_name(folder: Path, edition: Edition) -> None:
    shutil.copy(folder / "forms" / "ds-322.toml", folder / "forms" / "ds-1.toml")
    changed(folder / "forms" / "ds-1.toml", 'name = "ds-322"', 'name = "ds-1"')
    standards = folder / "standards.toml"
    standards.write_text(
        standards.read_text("utf-8")
        + '[standard.display]\ntitle = "S"\npdf_version = "1.7"\nclaims = []\ncolour = "srgb"\n',
        "utf-8",
    )
    order = Order("edition", paper="a4", form="ds-1", standard="display")
    job = make_job(edition, order, layouts.load(folder))
    assert job.file_name == "edition-a4-ds-1-display.pdf"


def test_an_option_that_the_product_does_not_have_is_refused(
    edition: Edition, known: Layouts
) -> None:
    with pytest.raises(UsageError, match="product 'edition' has no option 'colour'"):
        make_job(edition, Order("edition", options={"colour": "red"}), known)


def test_a_paper_for_which_the_product_has_no_page_is_refused(
    folder: Path, edition: Edition
) -> None:
    papers = folder / "papers.toml"
    papers.write_text(
        papers.read_text("utf-8")
        + '\n[folio]\ntitle = "Folio"\nwidth = "297mm"\nheight = "420mm"\n',
        "utf-8",
    )
    job = make_job(edition, Order("edition", paper="folio"), layouts.load(folder))
    with pytest.raises(
        LayoutError, match=r"'edition' has no page for the paper 'folio'\. .* folio\.css"
    ):
        styles(job)
