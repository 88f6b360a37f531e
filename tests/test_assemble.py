"""The finished file as a whole: its pages, ways in, description; and what other programs say of it."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from publish.assemble import assemble
from publish.products import Labels
from tests import assemble_parts
from tests.assemble_parts import CREATED, finished, job, parts

ROOT = Path(__file__).parent.parent
VERAPDF = sorted((ROOT / ".cache" / "verapdf").glob("*.jar"))


@pytest.fixture
def opened() -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(finished()))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "finished.pdf"
    path.write_bytes(finished())
    return path


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_page_validation_finds_nothing_wrong(file: Path, profile: str) -> None:
    from page import validate_pdf

    result = validate_pdf(str(file), profile=profile)
    assert [f"{failure.rule_id} {failure.message}" for failure in result.failures] == []
    assert result.is_compliant


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed: 1 check not made")
def test_qpdf_finds_nothing_wrong(file: Path) -> None:
    run = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.slow
@pytest.mark.skipif(
    not VERAPDF or shutil.which("java") is None,
    reason="veraPDF or Java is not there: 2 profiles not judged",
)
def test_verapdf_passes_pdfa_3a_and_pdfua_1(file: Path) -> None:
    command = [sys.executable, str(ROOT / "tools" / "conformance.py"), "--verapdf"]
    command += [str(VERAPDF[-1]), f"{file}:3a", f"{file}:ua1"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_pages_stand_in_the_order_of_the_parts() -> None:
    pages = pypdfium2.PdfDocument(finished())
    first_lines = [page.get_textpage().get_text_bounded().splitlines()[0] for page in pages]
    assert first_lines == [
        "The Æsa telegram",
        "Sheet 1",
        "Sheet 2",
        "Reading text",
        "The last page ends: — “so”.",
    ]


def test_page_labels_are_those_of_the_parts() -> None:
    pages = pypdfium2.PdfDocument(finished())
    labels = [pages.get_page_label(index) for index in range(len(pages))]
    assert labels == ["i", "F1", "F2", "1", "2"]


def test_labels_may_begin_anywhere() -> None:
    one, two, three = parts()
    three = replace(three, labels=Labels("arabic", "R-", 7))
    pages = pypdfium2.PdfDocument(assemble(job(), (one, two, three), created=CREATED))
    assert [pages.get_page_label(index) for index in range(3, 5)] == ["R-7", "R-8"]


def test_a_pdf_that_two_parts_share_brings_its_fonts_once(opened: pikepdf.Pdf) -> None:
    programs = {
        thing.FontDescriptor.FontFile2.objgen
        for thing in opened.objects
        if isinstance(thing, pikepdf.Dictionary) and "/FontDescriptor" in thing
    }
    assert len(programs) == 3  # two of WeasyPrint, one of ReportLab


def test_the_outline_is_nested_and_each_entry_opens_its_page() -> None:
    outline = pypdfium2.PdfDocument(finished()).get_toc()
    entries = [(entry.level, entry.get_title(), entry.get_dest().get_index()) for entry in outline]
    assert entries == [
        (0, "Title", 0),
        (0, "Cable facsimile – Æsa", 1),
        (1, "Second sheet", 2),
        (0, "Reading text", 3),
        (1, "Paragraph 1", 3),
        (2, "Paragraph 2", 3),
        (1, "Paragraph 3", 4),
    ]


def test_entries_of_the_first_level_are_open_and_those_below_closed(opened: pikepdf.Pdf) -> None:
    outline: Any = opened.Root.Outlines
    reading = outline.Last
    assert int(outline.Count) == 3 + 1 + 2
    assert int(reading.Count) == 2
    assert int(reading.First.Count) == -1
    assert str(opened.Root.PageMode) == "/UseOutlines"


def test_destinations_are_sorted_and_show_the_place_at_the_top(opened: pikepdf.Pdf) -> None:
    leaf: list[Any] = list(opened.Root.Names.Dests.Names)
    names = [bytes(name) for name in leaf[::2]]
    assert names == sorted(names)
    assert b"facsimile-p1" in names
    place = leaf[1::2][names.index(b"facsimile-p1")]
    page, *how = place
    assert page.objgen == opened.pages[1].obj.objgen
    assert [None if part is None else str(part) for part in how] == ["/XYZ", "72", "700.5", None]


@pytest.mark.parametrize(
    ("place", "page"), [("facsimile-p2", 2), ("p1", 3), ("p3", 4), ("title", 0)]
)
def test_pdfium_finds_a_place_by_its_name(place: str, page: int) -> None:
    document = pypdfium2.PdfDocument(finished())
    found = pypdfium2.raw.FPDF_GetNamedDestByName(document.raw, place.encode())
    assert found
    assert pypdfium2.raw.FPDFDest_GetDestPageIndex(document.raw, found) == page


def test_a_link_to_another_part_goes_to_a_name_that_is_there(opened: pikepdf.Pdf) -> None:
    links: list[Any] = [link for page in opened.pages for link in page.obj.get("/Annots", [])]
    names = {bytes(name) for name in list(opened.Root.Names.Dests.Names)[::2]}
    internal = [bytes(link.A.D) for link in links if link.A.S == "/GoTo"]
    assert internal == [b"facsimile-p1", b"p1", b"p1", b"p1", b"facsimile-p2"]
    assert set(internal) <= names
    assert [str(link.A.URI) for link in links if link.A.S == "/URI"] == ["https://example.org/tide"]


def test_each_link_says_where_it_goes_and_is_printed(opened: pikepdf.Pdf) -> None:
    for page in opened.pages:
        for link in page.obj.get("/Annots", []):
            assert str(link.Contents)
            assert int(link.F) == 4
            assert [int(width) for width in link.Border] == [0, 0, 0]


def test_pages_keep_nothing_that_the_press_did_not_mean(opened: pikepdf.Pdf) -> None:
    known = {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents", "/Rotate", "/Annots"}
    known |= {"/StructParents", "/Tabs", "/BleedBox", "/TrimBox"}
    for page in opened.pages:
        assert set(page.obj.keys()) <= known
        assert str(page.obj.Tabs) == "/S"


def test_the_catalog_says_how_the_file_is_to_be_shown(opened: pikepdf.Pdf) -> None:
    catalog: Any = opened.Root
    assert "/OpenAction" not in catalog
    assert str(catalog.Lang) == "en-GB"
    assert bool(catalog.ViewerPreferences.DisplayDocTitle)
    assert finished().startswith(b"%PDF-1.7\n")


def test_every_stream_but_the_description_is_compressed(opened: pikepdf.Pdf) -> None:
    bare = [
        str(thing.get("/Type"))
        for thing in opened.objects
        if isinstance(thing, pikepdf.Stream) and "/Filter" not in thing
    ]
    assert bare == ["/Metadata"]


def test_the_same_parts_give_the_same_bytes() -> None:
    assert assemble(job(), parts(), created=CREATED) == finished()


def test_neither_hash_seed_nor_time_zone_changes_a_byte() -> None:
    program = "from tests.assemble_parts import finished; from hashlib import sha256;"
    program += "print(sha256(finished()).hexdigest())"
    runs = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "Pacific/Auckland"), ("2", "America/New_York"))
    ]
    assert runs[0] == runs[1]


def test_one_moment_in_two_time_zones_is_one_date() -> None:
    abroad = CREATED.astimezone(timezone(timedelta(hours=-5)))
    assert assemble(job(), parts(), created=abroad) == finished()


def test_a_date_without_a_time_zone_is_refused() -> None:
    naive = datetime(2026, 11, 23)  # noqa: DTZ001 - the mistake under test
    with pytest.raises(ValueError, match="time zone"):
        assemble(job(), parts(), created=naive)


def test_another_option_date_or_word_makes_another_identity() -> None:
    one, two, three = parts()
    other_edition = replace(job().edition, version="1.1")
    renamed = replace(one, bookmarks=(replace(one.bookmarks[0], title="Cover"),))
    identities = {
        _identity(assemble(job(), parts(), created=CREATED)),
        _identity(assemble(job(), parts(), created=datetime(2027, 1, 1, tzinfo=UTC))),
        _identity(assemble(replace(job(), options={"a": "b"}), parts(), created=CREATED)),
        _identity(assemble(replace(job(), edition=other_edition), parts(), created=CREATED)),
        _identity(assemble(job(), (renamed, two, three), created=CREATED)),
    }
    assert len(identities) == 5


def _identity(pdf: bytes) -> bytes:
    identifiers: Any = pikepdf.open(BytesIO(pdf)).trailer.ID
    assert bytes(identifiers[0]) == bytes(identifiers[1])
    return bytes(identifiers[0])


def test_a_facsimile_alone_becomes_a_file() -> None:
    alone = assemble_parts.facsimile()
    for node in assemble_parts.walk((alone,)):
        assert node.type
    target = replace(alone.destinations[0], name="p1", page=1)
    alone = replace(alone, destinations=(*alone.destinations, target))
    assert len(pypdfium2.PdfDocument(assemble(job(), (alone,), created=CREATED))) == 2
