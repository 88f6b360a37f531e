"""Prints a specimen of a typed face: its characters at three sizes, its strikes, a telegram set in it.

In: a family of fonts.toml, a seed with a text to set, a folder. Out: FOLDER/<family>.pdf, the same
bytes each time. A face without small letters gets the text in capitals.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from publish.departures import render
from publish.fonts import Face, check_coverage, load
from publish.model import Scope
from publish.problems import PublishError
from publish.resources import fonts_directory
from publish.sources import find, read
from publish.truetype import read as read_outlines
from publish.typeset.typewriter import break_lines

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 612.0, 792.0  # points: US Letter
LEFT, TOP, FOOT = 57.0, 60.0, 54.0
CELL: Final = 0.6  # of the size: ten characters to the inch at 12 points
SIZES: Final = (72, 24, 12)
STRIKES_AT: Final = 36
TEXT_AT: Final = 12  # with as much leading: six lines to the inch
MEASURE: Final = 69  # characters


class Specimen:
    """A canvas on which lines of type go down the page."""

    def __init__(self, canvas: "Canvas", strikes: Sequence[Face]) -> None:
        self._canvas = canvas
        self._strikes = strikes
        self._y = HEIGHT - TOP

    def line(self, text: str, size: float, leading: float, strikes: Sequence[int] = (0,)) -> None:
        """Draw one line, its characters from `strikes` in turn, on a new page where this is full."""
        if self._y - leading < FOOT:
            self.page()
        self._y -= leading
        for place, character in enumerate(text):
            face = self._strikes[strikes[place % len(strikes)]]
            self._canvas.setFont(face.postscript, size)
            self._canvas.drawString(LEFT + place * CELL * size, self._y, character)

    def space(self, height: float) -> None:
        """Leave so many points free."""
        self._y -= height

    def page(self) -> None:
        """Begin a new page."""
        self._canvas.showPage()
        self._y = HEIGHT - TOP


def characters(face: Face) -> str:
    """Return what a face draws, letters first; not the small letters that it draws as capitals."""
    glyphs = read_outlines(face.path.read_bytes()).glyphs
    drawn = [chr(code) for code in sorted(glyphs) if chr(code).isprintable() and code != ord(" ")]
    own = [
        c
        for c in drawn
        if len(c.upper()) > 1 or glyphs.get(ord(c.upper())) != glyphs[ord(c)] or c == c.upper()
    ]
    return "".join(sorted(own, key=lambda c: (not c.isalpha(), not c.isdigit(), ord(c))))


def lines_of(text: str, size: float) -> Iterator[str]:
    """Yield the text in pieces that fill the page's width."""
    cells = int((WIDTH - 2 * LEFT) / (CELL * size) + 0.01)
    for start in range(0, len(text), cells):
        yield text[start : start + cells]


def telegram(seed: str, face: Face) -> Iterator[str]:
    """Yield the lines of the seed's telegram, an empty one after each paragraph.

    Raises FontError when the face cannot draw the text.
    """
    (edition, *_) = read(find(seed))
    rendered = render(edition.document, Scope.FACSIMILE)
    capitals_only = "a" not in characters(face)
    for passage in (rendered.dateline, *rendered.blocks):
        text = passage.text.upper() if capitals_only else passage.text
        if not text:
            continue  # the facsimile has it in a field of its form
        check_coverage(text, face)
        for line in text.split("\n"):
            yield from (piece.rstrip() for piece in break_lines(line, MEASURE))
        yield ""


def mixed(line: int, length: int, strikes: int) -> list[int]:
    """Return which strike each character of a line is from: by chance, the same each time."""
    return [
        sha256(f"{line}|{place}".encode()).digest()[0] % strikes for place in range(max(1, length))
    ]


def print_specimen(strikes: Sequence[Face], seed: str, target: Path) -> None:
    """Write the specimen of a face, given as its strikes."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    for face in strikes:
        registerFont(TTFont(face.postscript, str(face.path)))
    first = strikes[0]
    canvas = Canvas(
        str(target),
        pagesize=(WIDTH, HEIGHT),
        invariant=1,
        initialFontName=first.postscript,  # type: ignore[arg-type]  # stub says float
    )
    canvas.setTitle(f"{first.name}: specimen")
    specimen = Specimen(canvas, strikes)
    for size in SIZES:
        specimen.line(f"{first.name}, {size} point", TEXT_AT, TEXT_AT)
        for line in lines_of(characters(first), size):
            specimen.line(line, size, size)
        specimen.space(24)
    specimen.page()
    specimen.line(f"{first.name}, {len(strikes)} strikes, {STRIKES_AT} point", TEXT_AT, TEXT_AT)
    for line in lines_of(characters(first), STRIKES_AT):
        for strike in range(len(strikes)):
            specimen.line(line, STRIKES_AT, STRIKES_AT, (strike,))
        specimen.space(24)
    specimen.page()
    for number, line in enumerate(telegram(seed, first)):
        specimen.line(line, TEXT_AT, TEXT_AT, mixed(number, len(line), len(strikes)))
    canvas.save()


def main() -> int:
    """Print the specimen; the press's exit code when a face or the seed cannot be used."""
    parser = argparse.ArgumentParser(prog="specimen", description="Prints a typed face.")
    parser.add_argument("family")
    parser.add_argument("seed")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    target = options.folder / f"{options.family.lower().replace(' ', '-')}.pdf"
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        print_specimen(load(fonts_directory()).strikes(options.family), options.seed, target)
    except PublishError as problem:
        print(problem, file=sys.stderr)
        return int(problem.exit_code)
    print(f"{target}  {target.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
