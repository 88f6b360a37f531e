"""The drawing of a face, letters.toml beside its files: the pen, the strokes of every character.

In: the file. Out: Drawing. A face that has one is made of it alone and has no parent.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from publish.faces.notation import Stroke, read_stroke
from publish.problems import FontError
from publish.tables import Table, read_toml

FILE_NAME: Final = "letters.toml"
_GROUPS: Final = ("letters", "figures", "signs")


@dataclass(frozen=True, slots=True)
class Pen:
    """What draws every stroke; lengths in thousandths of the em.

    `stroke`: how wide an upright stroke is. `level`: the share of it that a level one has.
    `corner`, `crotch`: the radii that the ribbon gives to corners of the ink and of the paper.
    """

    stroke: float
    level: float
    corner: float
    crotch: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A face in strokes.

    `strokes`: character → its strokes; a space has none and is not among them. `strikes`: how many
    faces are made of it. `moved`: how far a strike moves a point at most, in thousandths of the
    em. `weight`: the share by which it may be heavier or lighter.
    """

    copyright: str
    version: str
    pen: Pen
    strokes: dict[str, tuple[Stroke, ...]]
    strikes: int
    moved: float
    weight: float


def read_drawing(path: Path) -> Drawing:
    """Return the drawing in `path`.

    Raises FontError when the file cannot be read, has an unknown or missing key, a key that is not
    one character, or a stroke that the notation does not know.
    """
    top = read_toml(path, FontError)
    face, pen, strikes = top.table("face"), top.table("pen"), top.table("strikes")
    strokes: dict[str, tuple[Stroke, ...]] = {}
    for name in _GROUPS:
        strokes |= _strokes(top.table(name))
    drawing = Drawing(
        copyright=face.text("copyright"),
        version=face.text("version"),
        pen=Pen(
            stroke=pen.number("stroke"),
            level=pen.number("level") / 100,
            corner=pen.number("corner"),
            crotch=pen.number("crotch"),
        ),
        strokes=strokes,
        strikes=strikes.integer("count"),
        moved=strikes.number("moved"),
        weight=strikes.number("weight") / 100,
    )
    for table in (face, pen, strikes, top):
        table.close()
    return drawing


def _strokes(table: Table) -> dict[str, tuple[Stroke, ...]]:
    """Return character → strokes of one group."""
    found: dict[str, tuple[Stroke, ...]] = {}
    for character in table.names():
        if len(character) != 1:
            raise table.fail(f"{character!r} is not one character", character)
        try:
            found[character] = tuple(map(read_stroke, table.texts(character)))
        except FontError as problem:
            raise table.fail(problem.message, character, problem.hint) from None
    return found
