"""The finished edition, read back by programs that did not write it, against goldens that can be proofread.

`UPDATE_GOLDENS=1 pytest tests/test_edition.py` writes the goldens anew; proofread them before a commit.
"""

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from publish.departures import render
from publish.layouts import Layouts
from publish.model import Scope
from publish.verify.listening import told
from publish.verify.reading_back import FinishedFile
from tests.class_sheets import STUDENTS
from tests.conftest import ROOT, SEED, SYNTHETIC, Finished, Finisher

GOLDEN = ROOT / "tests" / "golden" / "edition"
UPDATE = bool(os.environ.get("UPDATE_GOLDENS"))

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def edition_file(finished: Finisher) -> Finished:
    return finished()


def agree(name: str, found: str) -> None:
    """Compare a text with its golden."""
    path = GOLDEN / name
    if UPDATE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found, "utf-8")
    assert found == path.read_text("utf-8")


def run(*command: str | Path) -> str:
    """Return what a program prints; the test is skipped where it is not installed."""
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run(
        [str(c) for c in command], check=True, capture_output=True, text=True
    ).stdout


def labels(pdf: pikepdf.Pdf) -> list[str]:
    return [page.label for page in pdf.pages]


def outline(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield the bookmarks with the labels of their pages, indented by level."""
    by_page = {page.obj.objgen: label for page, label in zip(pdf.pages, labels(pdf), strict=True)}

    def walk(items: Any, level: int) -> Iterator[str]:
        for item in items:
            page = by_page[item.destination[0].objgen]
            yield f"p. {page:<5}{'  ' * level}{item.title}"
            yield from walk(item.children, level + 1)

    with pdf.open_outline() as entries:
        yield from walk(entries.root, 0)


def test_the_outline_is_the_one_that_was_proofread(edition_file: Finished) -> None:
    with pikepdf.open(edition_file.built.path) as pdf:
        agree("outline.txt", "\n".join(outline(pdf)) + "\n")


def test_the_pages_are_numbered_roman_f_and_arabic(edition_file: Finished) -> None:
    with pikepdf.open(edition_file.built.path) as pdf:
        found = labels(pdf)
    assert found[:6] == ["i", "ii", "F1", "F2", "F3", "1"]
    assert found[5:] == [str(number) for number in range(1, len(found) - 4)]


def test_the_fonts_are_those_that_were_declared(edition_file: Finished) -> None:
    lines = run("pdffonts", edition_file.built.path).splitlines()[2:]
    names = sorted(line.split()[0].partition("+")[2] for line in lines)
    agree("fonts.txt", "\n".join(names) + "\n")


def joined(words: str) -> str:
    """Return words with those made whole that a hyphen at a line's end divides."""
    return re.sub(r"\u00ad\s*", "", words)


def test_the_tag_tree_is_the_one_that_was_proofread(edition_file: Finished) -> None:
    tree = run("pdfinfo", "-struct-text", edition_file.built.path)
    agree("tags.txt", "\n".join(whole_elements(re.sub(r"Object \d+ 0", "(link)", tree))) + "\n")


def test_a_listener_hears_what_was_proofread(edition_file: Finished) -> None:
    with FinishedFile(edition_file.pdf) as file:
        agree("heard.txt", "\n".join(told(file)) + "\n")


def whole_elements(tree: str) -> list[str]:
    """Return the tree's lines, the drawn pieces of one element joined: line ends leave no trace."""
    lines: list[str] = []
    for line in tree.splitlines():
        before = lines[-1] if lines else ""
        words = line.lstrip()
        indent = line[: len(line) - len(words)]
        if words.startswith('"') and before.startswith(f'{indent}"'):
            lines[-1] = before[:-1] + words[1:]
        else:
            lines.append(line)
    return [joined(line) for line in lines]


@pytest.mark.parametrize("standard", ["archive", "archive-2"])
def test_poppler_mupdf_and_pdfium_give_the_same_words(standard: str, finished: Finisher) -> None:
    built = finished(standard=standard).built
    path = built.path
    readings = {
        "poppler": run("pdftotext", "-raw", path, "-"),
        "mupdf": run("mutool", "draw", "-q", "-F", "txt", path),
        "pdfium": _pdfium(path),
    }
    words = {name: letters_in_words(text) for name, text in readings.items()}
    assert words["pdfium"] == words["poppler"]
    # MuPDF from 1.25 on tells the spoken form of an element in place of its drawn words. Only the
    # editors' own and the form's have one: the words of the document are drawn and spoken alike.
    document = built.job.edition.document
    texts = [render(document, scope).blocks for scope in (Scope.READING, Scope.FACSIMILE)]
    own = letters_in_words(" ".join(passage.text for blocks in texts for passage in blocks))
    assert not own - words["mupdf"]
    assert set(words["mupdf"] - words["poppler"]) <= set(letters_in_words(spoken(path)))


def spoken(path: Path) -> str:
    """Return all spoken forms of a file."""
    with pikepdf.open(path) as pdf:
        forms = [
            str(o.ActualText)
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and "/ActualText" in o
        ]
    return " ".join(forms)


def letters_in_words(text: str) -> Counter[str]:
    """Count the words of a text by their letters.

    Readers differ in what they do with a hyphen at a line's end and a raised figure after a word.
    """
    joined = re.sub(r"[-\u00ad\u0002\ufffe\u2010]\s*", "", text)
    return Counter(re.findall(r"[^\W\d_]+", joined.lower()))


def _pdfium(path: Path) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_titles_and_language_are_in_the_file(edition_file: Finished) -> None:
    with pikepdf.open(edition_file.built.path) as pdf:
        assert str(pdf.Root.Lang) == "en-US"
        assert str(pdf.docinfo["/Title"]) == (
            "Telegram 1015: President Kennedy’s reply to Chairman Khrushchev, October 27, 1962"
        )
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


@pytest.mark.parametrize("standard", ["archive", "archive-2"])
def test_qpdf_finds_nothing_wrong(standard: str, finished: Finisher) -> None:
    path = finished(standard=standard).built.path
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", path)


@pytest.mark.parametrize("profile", ["3a", "ua1"])
@pytest.mark.parametrize(
    ("seed", "product", "paper"),
    [
        (SEED, "edition", ""),
        (SEED, "edition", "a4"),
        (SEED, "facsimile", ""),
        (SYNTHETIC, "edition", ""),
    ],
)
def test_another_validator_finds_no_rule_broken(
    finished: Finisher, seed: Path, product: str, paper: str, profile: str
) -> None:
    from page import validate_pdf

    result = validate_pdf(str(finished(seed, product, paper).built.path), profile=profile)
    assert [failure.rule_id for failure in result.failures] == []


@pytest.mark.parametrize("product", ["edition", "facsimile"])
def test_the_synthetic_telegram_builds_every_product(finished: Finisher, product: str) -> None:
    assert finished(SYNTHETIC, product).built.pages >= 2


def test_every_product_with_pages_is_built_by_these_tests(known: Layouts) -> None:
    products = {name for name, product in known.products.items() if product.paged}
    # tests/test_class_pages.py, tests/test_preflight.py, tests/test_fields.py
    classroom = {*STUDENTS, "teacher", "facsimile-handout", "worksheet"}
    # tests/test_panel_press.py, test_tiles.py, test_panel_ticket.py, test_gallery_guide.py
    exhibit = {"panel", "panel-tiles", "panel-ticket", "label", "gallery-guide"}
    assert products == {"edition", "facsimile"} | classroom | exhibit


def test_letter_and_a4_hold_the_same_words(finished: Finisher) -> None:
    texts = [
        run("pdfinfo", "-struct-text", finished(SEED, "edition", paper).built.path)
        for paper in ("", "a4")
    ]
    # The one thing that may differ is the file's own name in the line that says how to cite.
    words = [letters_in_words(re.sub(r"edition-\W*a4", "edition", text)) for text in texts]
    assert words[0] == words[1]


def test_the_record_beside_the_file_names_its_hash(edition_file: Finished) -> None:
    assert edition_file.built.sha256 in edition_file.record
    assert json.loads(edition_file.record)


def test_the_reconstruction_line_stands_on_every_sheet(edition_file: Finished) -> None:
    line = (
        "Typographic reconstruction, not a scan. Form after transcripts of Department telegrams of 1963; "
        "no copy of this telegram was examined."
    )
    for page in (3, 4, 5):
        text = run("pdftotext", "-f", str(page), "-l", str(page), edition_file.built.path, "-")
        assert line in " ".join(text.split())


def test_the_signature_survives_in_every_product(finished: Finisher) -> None:
    for product in ("edition", "facsimile"):
        assert "/s/ John F. Kennedy" in run("pdftotext", finished(SEED, product).built.path, "-")
