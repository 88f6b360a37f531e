"""Other readers see what ours sees: pdfium's structure, poppler's and MuPDF's words."""

import ctypes
import re
import shutil
import subprocess
from pathlib import Path

import pypdfium2.raw as pdfium
import pytest

from publish.verify.reading_back import FinishedFile
from publish.verify.tree import Content, Element
from tests.verify_pages import build


def words(text: str) -> list[str]:
    return sorted(re.sub(r"[\u00ad\u2010]\s*", "", text).split())


def drawn_words(pdf: bytes) -> list[str]:
    """Return the words that the glyph codes spell: each marked content is a line, or part of one."""
    with FinishedFile(pdf) as file:
        lines = [line for page in file.drawn for line in ("".join(s) for s in page.marked.values())]
        folios = [folio for page in file.drawn for folio in page.artifacts]
    return words("\n".join([*lines, *folios]))


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["pdftotext", "-layout", "{}", "-"], id="poppler"),
        pytest.param(["mutool", "draw", "-q", "-F", "text", "{}"], id="MuPDF"),
    ],
)
def test_other_extractors_find_the_same_words(command: list[str], tmp_path: Path) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not on this machine")
    path = tmp_path / "small.pdf"
    path.write_bytes(build().pdf)
    told = subprocess.run(
        [part.format(path) for part in command], capture_output=True, check=True, text=True
    )
    assert words(told.stdout) == drawn_words(build().pdf)


def pdfium_elements(pdf: bytes) -> dict[str, list[tuple[int, int]]]:
    """Return id → (page, marked content) by pdfium's own structure interface, in reading order."""
    found: dict[str, list[tuple[int, int]]] = {}
    document = pdfium.FPDF_LoadMemDocument64(pdf, len(pdf), None)
    for number in range(pdfium.FPDF_GetPageCount(document)):
        page = pdfium.FPDF_LoadPage(document, number)
        tree = pdfium.FPDF_StructTree_GetForPage(page)
        for index in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            _gather(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), number, "", found)
        pdfium.FPDF_StructTree_Close(tree)
        pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)
    return found


def _gather(
    element: pdfium.FPDF_STRUCTELEMENT,
    page: int,
    above: str,
    found: dict[str, list[tuple[int, int]]],
) -> None:
    buffer = ctypes.create_string_buffer(200)
    size = pdfium.FPDF_StructElement_GetID(element, buffer, 200)
    own = buffer.raw[: max(0, size - 2)].decode("utf-16-le") or above
    for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
        mark = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
        if mark >= 0:
            found.setdefault(own, []).append((page, mark))
        elif child := pdfium.FPDF_StructElement_GetChildAtIndex(element, index):
            _gather(child, page, own, found)


def our_elements(file: FinishedFile) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}

    def gather(element: Element, above: str) -> None:
        own = element.id or above
        for kid in element.kids:
            if isinstance(kid, Content):
                found.setdefault(own, []).append((kid.page, kid.mark.mcid))
            elif isinstance(kid, Element):
                gather(kid, own)

    for top in file.tree.top:
        gather(top, "")
    return found


def test_pdfium_s_structure_has_the_same_content_below_each_id() -> None:
    pdf = build().pdf
    with FinishedFile(pdf) as file:
        ours = our_elements(file)
    theirs = pdfium_elements(pdf)
    assert len(ours) > 10
    assert {name: sorted(marks) for name, marks in theirs.items()} == {
        name: sorted(marks) for name, marks in ours.items()
    }
