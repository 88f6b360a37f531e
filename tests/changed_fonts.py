"""The real edition with other fonts in it: programs, codes, widths, each changed on purpose.

Its facsimile is in simple fonts of ReportLab's, its reading text in composite ones of WeasyPrint's.
Changes are made by pikepdf and fontTools.
"""

import dataclasses
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from pikepdf import Dictionary, Name

from publish.promises import Promises, loads
from publish.verify import State
from publish.verify.faces import shapes_are_the_faces, widths_agree
from publish.verify.outcome import Examined, Found
from publish.verify.reading_back import FinishedFile
from tests.conftest import Finisher
from tests.saving import Change, saved

ChangeOfProgram = Callable[[TTFont, "Codes"], None]
Codes = dict[str, int]

SIMPLE, COMPOSITE = "CablePica-Regular", "Press-STIX"
CHECKS = {"shapes": shapes_are_the_faces, "widths": widths_agree}
BOTH = pytest.mark.parametrize("face", [SIMPLE, COMPOSITE])


@dataclasses.dataclass(frozen=True)
class Edition:
    """The good file, its record, and the code that each face has for a character."""

    pdf: bytes
    record: Promises
    codes: dict[str, Codes]

    def changed(self, change: Change) -> bytes:
        """Return the file with one change."""
        return saved(self.pdf, change)

    def reprogrammed(self, face: str, change: ChangeOfProgram) -> bytes:
        """Return the file with another program in one font."""

        def put(pdf: pikepdf.Pdf) -> None:
            descriptor = font_called(pdf, face).FontDescriptor
            program = TTFont(BytesIO(descriptor.FontFile2.read_bytes()), recalcBBoxes=False)
            change(program, self.codes[face])
            written = BytesIO()
            program.save(written, reorderTables=None)
            descriptor.FontFile2 = pdf.make_stream(written.getvalue(), Length1=written.tell())

        return self.changed(put)

    def told(self, pdf: bytes) -> dict[str, list[str]]:
        """Return what is broken of the two promises: promise → sentences, without the font's name."""
        found: dict[str, list[str]] = {}
        for code, each in answers(pdf, self.record):
            if each.state is State.BROKEN:
                found.setdefault(code, []).append(each.detail.partition(": ")[2])
        return found


def answers(pdf: bytes, record: Promises | None) -> list[tuple[str, Found]]:
    """Return all that the two promises say of a file."""
    with FinishedFile(pdf) as file:
        examined = Examined(file, record)
        return [(code, found) for code, check in CHECKS.items() for found in check(examined)]


def not_kept(pdf: bytes, record: Promises | None) -> list[tuple[str, State, str]]:
    """Return promise, answer and sentence of all that is not kept."""
    found = answers(pdf, record)
    return [(code, each.state, each.detail) for code, each in found if each.state is not State.KEPT]


def edition_of(finished: Finisher) -> Edition:
    """Return the edition of the first seed."""
    edition = finished()
    with FinishedFile(edition.pdf) as file:
        codes = {
            # Of several glyphs of a character the first: small capitals stand behind small letters.
            font.name.partition("+")[2]: {
                text: code for code, text in reversed(font.drawn().items())
            }
            for font in file.used_fonts()
        }
    return Edition(edition.pdf, loads(edition.record, "edition.promises.json"), codes)


def fonts(pdf: pikepdf.Pdf, name: str) -> Iterator[Any]:
    """Yield the font dictionaries of a face: a composite font has two."""
    for thing in pdf.objects:
        is_font = isinstance(thing, Dictionary) and thing.get("/Type") == Name.Font
        if is_font and str(thing.BaseFont).partition("+")[2] == name:
            yield thing


def font_called(pdf: pikepdf.Pdf, name: str) -> Any:
    """Return the font dictionary with the descriptor: a composite font's descendant."""
    return next(font for font in fonts(pdf, name) if "/FontDescriptor" in font)


def names_of(program: TTFont, codes: Codes, characters: str) -> list[str]:
    """Return the names of the glyphs that are drawn for characters."""
    if len(program["cmap"].tables) > 1:  # WeasyPrint keeps the face's own, and codes by number
        return [program.getGlyphName(codes[character]) for character in characters]
    mapping = program["cmap"].tables[0].cmap
    return [mapping[codes[character]] for character in characters]


def page_set_in(pdf: bytes, face: str) -> int:
    """Return the first page on which a face draws an "e", the letter that is changed here."""
    with FinishedFile(pdf) as file:
        for page, dictionary in enumerate(file.pages):
            resources = file.objects.dictionary(dictionary["Resources"])
            named = file.objects.dictionary(resources["Font"]).values()
            names = [str(file.objects.dictionary(font)["BaseFont"]) for font in named]
            if any(name.endswith(face) for name in names) and "e" in file.page_text(page):
                return page
    raise AssertionError(face)


def drawing(pdf: bytes, page: int) -> bytes:
    """Return the picture of a page as pdfium draws it."""
    opened = pypdfium2.PdfDocument(pdf)
    picture = bytes(opened[page].render(scale=2).buffer)
    opened.close()
    return picture
