"""Every facsimile that can be ordered of the seeds, the words that stand on its sheets, and who reads them.

A new form, stock or seed is tried as soon as its file lies in its folder.
"""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest
from pdfminer.high_level import extract_text
from pdfminer.layout import LAParams

from publish import layouts
from publish.build import Built
from publish.departures import render
from publish.layouts import Job
from publish.model import Scope
from publish.resources import layouts_directory
from publish.sheet_words import evidence
from publish.supplied_fields import shown
from publish.typed_document import facsimile_document
from publish.typeset.typewriter import type_sheets
from tests.conftest import SEED, SYNTHETIC, Finished, Finisher
from tests.typed_forms import EMBASSY

LAYOUTS = layouts.load(layouts_directory())
FORMS = tuple(sorted(LAYOUTS.forms))
(STOCKS,) = (o.values for o in LAYOUTS.product("facsimile").options if o.name == "stock")
SEEDS = (SEED, SYNTHETIC, EMBASSY)
# Both have letters with accents, for which a page printer has no type.
REFUSED = frozenset({("teletype", SYNTHETIC), ("teletype", EMBASSY)})


class Variant(NamedTuple):
    """A facsimile alone: of which seed, on which form and stock, its blank fields strict or annotated."""

    seed: Path
    form: str
    stock: str
    fields: str = "strict"

    def __str__(self) -> str:
        """Return the words by which a test names it."""
        return "-".join((self.seed.name.split("-")[1], self.form, self.stock, self.fields))

    def finished(self, finisher: Finisher) -> Finished:
        """Return it as it is delivered."""
        options = (("fields", self.fields), ("stock", self.stock))
        return finisher(self.seed, "facsimile", form=self.form, options=options)


VARIANTS = (
    *(
        Variant(seed, form, stock)
        for seed in SEEDS
        for form in FORMS
        for stock in STOCKS
        if (form, seed) not in REFUSED
    ),
    Variant(SEED, "ds-322", STOCKS[0], "annotated"),
)


def each(variants: tuple[Variant, ...]) -> pytest.MarkDecorator:
    """Return the mark that tries a test with each variant; one process has all tests of one variant."""
    return pytest.mark.parametrize(
        "variant",
        [pytest.param(one, marks=pytest.mark.xdist_group(str(one))) for one in variants],
        ids=str,
    )


# The words that stand on the sheets


def sheets_in(pdf: bytes) -> int:
    """Return how many pages are sheets: those whose label is a folio of the facsimile."""
    document = pypdfium2.PdfDocument(pdf)
    return sum(document.get_page_label(page).startswith("F") for page in range(len(document)))


def words_on(job: Job, sheets: int) -> Counter[str]:
    """Return the words that stand on all sheets of a facsimile alone, each as often as it stands there."""
    text = render(facsimile_document(job), Scope.FACSIMILE)
    said = [text.dateline.text, *(passage.text for passage in text.blocks)]
    for sheet in range(1, sheets + 1):
        said += _filled_in(job, sheet, sheets, text.moved)
        said += _printed(job, sheet, sheets)
        said += _supplied(job, sheet, sheets)
        said += _caption(job, sheet)
    return words_of(" ".join(said))


def _filled_in(job: Job, sheet: int, sheets: int, moved: dict[str, str]) -> Iterator[str]:
    for field in job.form.fields:
        if field.sheets.include(sheet, sheets):
            yield field.value(sheet, moved)


def _printed(job: Job, sheet: int, sheets: int) -> Iterator[str]:
    for group in job.form.groups():
        if group.sheets.include(sheet, sheets):
            yield from (words.text for words in group.words)


def _supplied(job: Job, sheet: int, sheets: int) -> Iterator[str]:
    for one in shown(job):
        place = one.field.supplied_at
        if place and place.on(sheet) and one.field.sheets.include(sheet, sheets):
            yield f"[{one.entry.display}] {one.key}"


def _caption(job: Job, sheet: int) -> Iterator[str]:
    document = job.edition.document
    yield f"Typographic reconstruction, not a scan. {evidence(job)}"
    if document.number:
        yield f"Telegram {document.source.text[slice(*document.number.ends)]}."
    yield render(document, Scope.READING).dateline.text
    yield f"F{sheet}"


def words_of(text: str) -> Counter[str]:
    """Count words. A word divided at a typed dash stands on two lines, and so is counted as two."""
    return Counter(re.sub("(--+)", r"\1 ", text).split())


# Who reads them


class Reader(NamedTuple):
    """A program or library that gives back the words of a file's first so many pages."""

    program: str
    read: Callable[[Path, int], str]

    def found(self, built: Built, pages: int) -> Counter[str]:
        """Return the words of the first `pages` pages; skip the test where the program is not at hand."""
        if self.program and shutil.which(self.program) is None:
            pytest.skip(f"{self.program} is not installed")
        return words_of(_with_hyphens(self.read(built.path, pages), built.job))


def _with_hyphens(text: str, job: Job) -> str:
    """Return the text with the hyphens that stood at lines' ends.

    pdfium writes U+FFFE for one. Poppler before version 26 takes it for the sign of a divided word, leaves
    it out and joins the lines; with -raw and -layout it does not.
    """
    text = text.replace("\ufffe", "-\n")
    for one, other in _after_hyphens(job):
        text = re.sub(rf"(?<!\S){re.escape(one[:-1] + other)}(?!\S)", f"{one} {other}", text)
    return text


def _after_hyphens(job: Job) -> Iterator[tuple[str, str]]:
    """Yield the last word of each typed line that ends in a hyphen, and the first of the next.

    A hyphen that stands alone divides no word: joined with the next it would be taken for that word itself.
    """
    for sheet in type_sheets(facsimile_document(job), job.form.typing):
        for one, other in pairwise(str(placed.line).split() for placed in sheet):
            if one[-1].endswith("-") and one[-1].strip("-"):
                yield one[-1], other[0]


def _program(*command: str) -> Reader:
    def read(pdf: Path, pages: int) -> str:
        arguments = [part.format(pdf=pdf, pages=pages) for part in command]
        return subprocess.run(arguments, capture_output=True, text=True, check=True).stdout

    return Reader(command[0], read)


def _pdfium(pdf: Path, pages: int) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(document[page].get_textpage().get_text_range() for page in range(pages))


def _pdfminer(pdf: Path, pages: int) -> str:
    # Without boxes_flow it does not look for an order of columns, which takes most of its time.
    return str(extract_text(pdf, maxpages=pages, laparams=LAParams(boxes_flow=None)))


READERS = {
    "poppler": _program("pdftotext", "-l", "{pages}", "{pdf}", "-"),
    "poppler in drawn order": _program("pdftotext", "-raw", "-l", "{pages}", "{pdf}", "-"),
    "poppler with layout": _program("pdftotext", "-layout", "-l", "{pages}", "{pdf}", "-"),
    "mupdf": _program("mutool", "draw", "-q", "-F", "txt", "{pdf}", "1-{pages}"),
    "pdfium": Reader("", _pdfium),
    "pdfminer": Reader("", _pdfminer),
}
