"""A panel for the press, read by programs that had no part in making it: pikepdf, poppler, Ghostscript."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from publish.build import build
from publish.exhibit import without_italics
from publish.layouts import Layouts
from publish.model import Edition
from publish.problems import FindingsError, LayoutError, UsageError
from publish.verify import heard
from publish.verify.press_sheet import most_ink
from publish.verify.reading_back import FinishedFile
from tests.conftest import SEED, Finished, Finisher
from tests.panels import panel_job, with_words

PROFILE = "layouts/profiles/ISOcoated_v2_300_bas.icc"


@pytest.fixture(scope="module")
def panel(finished: Finisher) -> Finished:
    return finished(SEED, "panel")


@pytest.fixture
def opened(panel: Finished) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(panel.pdf)) as pdf:
        yield pdf


def box(pdf: pikepdf.Pdf, name: str) -> list[float]:
    return [float(number) for number in pdf.pages[0].obj[name]]


def test_the_page_begins_at_its_origin(opened: pikepdf.Pdf) -> None:
    assert box(opened, "/MediaBox")[:2] == [0, 0]


def test_the_cut_is_the_sheet_to_a_hundredth_of_a_point(opened: pikepdf.Pdf) -> None:
    left, bottom, right, top = box(opened, "/TrimBox")
    assert right - left == pytest.approx(24 * 72, abs=0.01)
    assert top - bottom == pytest.approx(36 * 72, abs=0.01)


def test_the_bleed_lies_an_eighth_of_an_inch_around_the_cut(opened: pikepdf.Pdf) -> None:
    trim, bleed = box(opened, "/TrimBox"), box(opened, "/BleedBox")
    beyond = [a - b for a, b in zip(trim, bleed, strict=True)]
    assert beyond == pytest.approx([9, 9, -9, -9], abs=0.01)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("paper", "bleed", "points"), [("a1", "5mm", 14.173), ("a2", "0.25in", 18)]
)
def test_another_sheet_has_its_own_boxes(
    paper: str, bleed: str, points: float, finished: Finisher, known: Layouts
) -> None:
    made = finished(SEED, "panel", paper, options=(("bleed", bleed),))
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        trim, outer = box(pdf, "/TrimBox"), box(pdf, "/BleedBox")
    assert trim[2] - trim[0] == pytest.approx(known.paper(paper).width, abs=0.01)
    assert trim[3] - trim[1] == pytest.approx(known.paper(paper).height, abs=0.01)
    assert trim[0] - outer[0] == pytest.approx(points, abs=0.01)


def streams(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield the page and every form below it."""
    waiting: list[Any] = [pdf.pages[0].obj]
    while waiting:
        thing = waiting.pop()
        yield thing
        drawn = thing.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary())
        waiting += [entry for entry in drawn.values() if entry.get("/Subtype") == "/Form"]


def operators(pdf: pikepdf.Pdf) -> list[tuple[list[Any], str]]:
    return [
        (list(instruction.operands), str(instruction.operator))
        for stream in streams(pdf)
        for instruction in pikepdf.parse_content_stream(stream)
    ]


def test_no_operator_paints_in_rgb_or_grey(opened: pikepdf.Pdf) -> None:
    used = {operator for _, operator in operators(opened)}
    assert used.isdisjoint({"rg", "RG", "g", "G", "sh", "BI"})


def test_the_only_other_space_is_the_separation_of_every_plate(opened: pikepdf.Pdf) -> None:
    spaces = opened.pages[0].obj.Resources.ColorSpace
    assert {str(space[1]) for space in spaces.values()} == {"/All"}


def pictures(pdf: pikepdf.Pdf) -> list[Any]:
    drawn = pdf.pages[0].obj.Resources.XObject.values()
    return [thing for thing in drawn if thing.Subtype == "/Image"]


def test_every_picture_is_in_four_plates(opened: pikepdf.Pdf) -> None:
    (space,) = (picture.ColorSpace for picture in pictures(opened))
    assert [str(part) for part in list(space)[:2]] == ["/Indexed", "/DeviceCMYK"]


def test_a_pictures_pixels_are_150_to_the_inch_at_its_size(opened: pikepdf.Pdf) -> None:
    (image,) = pictures(opened)
    assert int(image.Width) >= 150 * 12
    assert int(image.Height) >= 150 * 15.75


def test_marks_on_every_plate_stand_outside_the_bleed(opened: pikepdf.Pdf) -> None:
    low, _, right, top = box(opened, "/BleedBox")
    registered = False
    for operands, operator in operators(opened):
        if operator in ("CS", "K"):
            registered = operator == "CS"
        if registered and operator in ("m", "l"):
            x, y = (float(number) for number in operands)
            assert not (low < x < right and low < y < top)
    assert any(operator == "CS" for _, operator in operators(opened))


def test_small_type_is_black_alone_and_prints_over(opened: pikepdf.Pdf) -> None:
    states = opened.pages[0].obj.Resources.ExtGState
    over, colour, seen = False, None, 0
    for operands, operator in operators(opened):
        if operator == "gs" and "/op" in (state := states[str(operands[0])]):
            over = bool(state["/op"])
        elif operator == "k":
            colour = [float(number) for number in operands]
        elif operator == "Tj" and colour == [0, 0, 0, 1] and over:
            seen += 1
    assert seen > 40


def test_the_press_is_named_with_its_profile(opened: pikepdf.Pdf) -> None:
    (intent,) = opened.Root.OutputIntents
    assert str(intent.S) == "/GTS_PDFX"
    assert str(intent.OutputConditionIdentifier) == "FOGRA39"
    assert bytes(intent.DestOutputProfile.read_bytes())[12:20] == b"prtrCMYK"


def test_the_metadata_claim_pdf_x_4_and_no_trapping(opened: pikepdf.Pdf) -> None:
    packet = opened.Root.Metadata.read_bytes().decode()
    assert "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>" in packet
    assert "<pdf:Trapped>False</pdf:Trapped>" in packet
    assert str(opened.trailer.Info.Trapped) == "/False"
    assert re.search(r"<xmpMM:DocumentID>uuid:[0-9a-f-]{36}</xmpMM:DocumentID>", packet)


def test_the_file_has_no_annotation_layer_or_attachment(opened: pikepdf.Pdf) -> None:
    assert "/Annots" not in opened.pages[0].obj
    assert "/OCProperties" not in opened.Root
    assert "/AF" not in opened.Root


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_no_fault(panel: Finished) -> None:
    assert subprocess.run(["qpdf", "--check", panel.built.path], check=False).returncode == 0


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="poppler is not installed")
def test_poppler_finds_every_font_embedded(panel: Finished) -> None:
    told = subprocess.run(
        ["pdffonts", panel.built.path], capture_output=True, text=True, check=True
    ).stdout
    rows = told.splitlines()[2:]
    assert rows
    assert all(re.search(r" yes yes yes +\d+ +0$", row) for row in rows)


@pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript is not installed")
def test_our_estimate_of_the_ink_is_ghostscripts(panel: Finished, tmp_path: Path) -> None:
    subprocess.run(
        ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-r36", "-dUseBleedBox",
         f"-sOutputFile={tmp_path / 'plates.tif'}", str(panel.built.path)],
        check=True,
    )  # fmt: skip
    plates = []
    for name in ("Cyan", "Magenta", "Yellow", "Black"):
        with Image.open(tmp_path / f"plates({name}).tif") as plate:
            plates.append(plate.convert("L").tobytes())  # 255 is no ink
    found = max(1020 - sum(pixel) for pixel in zip(*plates, strict=True)) / 2.55
    with FinishedFile(panel.pdf) as file:
        ours, _ = most_ink(file, 0)
    assert ours == pytest.approx(found, abs=2)
    assert found <= 240


# The words


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_the_typed_words_are_those_of_the_facsimiles_first_sheet(
    panel: Finished, finished: Finisher
) -> None:
    def words(made: Finished, *arguments: str) -> list[str]:
        told = subprocess.run(
            ["pdftotext", "-layout", *arguments, made.built.path, "-"],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        return told.split()

    sheet = " ".join(words(finished(SEED, "facsimile"), "-l", "1"))
    body = sheet[sheet.index("Following message") : sheet.index("As I read your")]
    trim_left, top = 45 + 108, 45 + (8 * 72)
    crop = ["-x", str(trim_left), "-y", str(top), "-W", "864", "-H", "1134"]
    assert body in " ".join(words(panel, *crop))


def test_the_panels_words_can_be_copied(panel: Finished, edition: Edition) -> None:
    with FinishedFile(panel.pdf) as file:
        text = " ".join(file.page_text(0).split())
    exhibit = edition.exhibits[0]
    for said in (
        exhibit.title,
        *exhibit.label,
        exhibit.quotation,
        exhibit.statement,
        *map(without_italics, exhibit.credit),
    ):
        assert said in text
    assert "Typographic reconstruction, not a scan. Page 1 of 3, enlarged to 150%." in text


def test_the_same_panel_has_the_same_bytes(
    panel: Finished, edition: Edition, known: Layouts, tmp_path: Path
) -> None:
    again = build(panel_job(edition, known), tmp_path)
    assert again.path.read_bytes() == panel.pdf


# What is told


def test_the_report_names_sizes_rules_and_formulas(panel: Finished) -> None:
    told = "\n".join(panel.built.report)
    assert "smallest type 26 pt" in told
    assert "label 40 pt; at least 35 pt" in told
    assert "typing on the sheet 18 pt, at 150 %" in told
    assert "luminance difference = (L1 - L2) / L1" in told


@pytest.mark.parametrize("paper", ["24x36in", "36x24in", "a2", "a1", "rollup-33x80in"])
def test_the_panel_of_the_first_telegram_breaks_no_rule_of_legibility(
    paper: str, edition: Edition, known: Layouts, tmp_path: Path
) -> None:
    from publish.fonts import load as load_faces
    from publish.resources import fonts_directory
    from publish.typeset.panel import set_panel

    del tmp_path
    job = panel_job(edition, known, paper)
    part = set_panel(job, job.product.parts[0], load_faces(fonts_directory()))
    assert part.findings == ()


def test_a_distance_too_far_is_a_warning_and_stops_a_strict_build(
    edition: Edition, known: Layouts, tmp_path: Path
) -> None:
    job = panel_job(edition, known, distance="200cm")
    built = build(job, tmp_path)
    assert [finding.code for finding in built.findings] == ["x-101"]
    assert "from 2.00 m it wants" in built.findings[0].message
    with pytest.raises(FindingsError):
        build(job, tmp_path / "strict", strict=True)
    assert not (tmp_path / "strict").exists()


# The variants


def test_outlined_type_leaves_no_font(finished: Finisher) -> None:
    made = finished(SEED, "panel", options=(("type", "outlined"),))
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        assert all(operator != "Tj" for _, operator in operators(pdf))


def test_outlines_are_refused_for_the_screen(edition: Edition, known: Layouts) -> None:
    from publish.orders import Order, make_job

    job = make_job(edition, Order("panel", standard="screen", options={"type": "outlined"}), known)
    with pytest.raises(UsageError, match="type=outlined is for a print shop"):
        build(job, Path("nowhere"))


def test_a_screen_proof_is_tagged_in_rgb_without_marks(finished: Finisher) -> None:
    made = finished(SEED, "panel", standard="screen")
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        assert box(pdf, "/MediaBox") == pytest.approx([0, 0, 24 * 72, 36 * 72])
        used = {operator for _, operator in operators(pdf)}
        assert "/StructTreeRoot" in pdf.Root
    assert "k" not in used
    assert "rg" in used


def test_a_screen_proof_opens_its_source(finished: Finisher) -> None:
    made = finished(SEED, "panel", standard="screen")
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        (link,) = pdf.pages[0].obj.Annots
        assert str(link.A.URI) == "https://history.state.gov/historicaldocuments/frus1961-63v06/d67"


def test_the_shops_own_profile_is_named_by_its_condition(
    edition: Edition, known: Layouts, tmp_path: Path
) -> None:
    job = panel_job(edition, known, icc=PROFILE, condition="CGATS TR 006")
    built = build(job, tmp_path)
    with pikepdf.open(built.path) as pdf:
        assert str(pdf.Root.OutputIntents[0].OutputConditionIdentifier) == "CGATS TR 006"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"icc": PROFILE}, "icc is set without condition"),
        ({"condition": "GRACoL"}, "condition is set without icc"),
        ({"icc": "layouts/profiles/sRGB.icc", "condition": "x"}, "is a profile of 'RGB', not of a press"),
        ({"icc": "README.md", "condition": "x"}, "is no colour profile"),
    ],
)  # fmt: skip
def test_a_profile_that_is_none_is_refused(
    options: dict[str, str], told: str, edition: Edition, known: Layouts, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=told):
        build(panel_job(edition, known, **options), tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_panel_that_does_not_fit_is_not_delivered(
    edition: Edition, known: Layouts, tmp_path: Path
) -> None:
    longer = with_words(edition, credit=edition.exhibits[0].credit * 30)
    with pytest.raises(LayoutError):
        build(panel_job(longer, known), tmp_path)
    assert not list(tmp_path.iterdir())


def test_who_hears_of_the_sheet_hears_first_that_it_is_a_reconstruction(finished: Finisher) -> None:
    made = finished(SEED, "panel", standard="screen")
    lines = heard(made.built.path)
    statement = lines.index("Typographic reconstruction, not a scan.")
    assert statement < lines.index("Outgoing telegram, Department of State")
    assert lines[:2] == ("Washington to Moscow, October 27, 1962", "heading 1: A public answer")
