"""Sets a panel on many small sheets, to be cut and glued, behind a sheet that says how.

In: a job, whose first job is the panel's. Out: a Part: the assembly sheet, then one page a tile. The panel is drawn
once, its type as outlines, since a word that is cut by a sheet's edge is no text; each sheet shows a part of it.
"""

from typing import Final

from publish.colours import load_colours
from publish.finish.assembly_sheet import AssemblySheet, Told
from publish.finish.panel_form import with_panel
from publish.finish.sheet_pen import FAMILY, PLAIN, SheetPen
from publish.finish.tiling import MARGIN, STRIP, Tile, Tiling, tiling_for
from publish.fonts import Faces
from publish.layouts import Job
from publish.panel_words import exhibit_of, words_in
from publish.products import PartPlan
from publish.typeset.marked import MarkedCanvas
from publish.typeset.panel import draw_panel
from publish.typeset.structure import Node, Part, Rectangle, Statement

_LABEL: Final = 8.0


def set_tiles(job: Job, plan: PartPlan, faces: Faces) -> Part:
    """Set the tiles. Raises what setting the panel raises, and LayoutError for a paper that is too small."""
    first = job.first
    assert first is not None  # noqa: S101 - product.toml says of what tiles are made
    panel = draw_panel(first, first.product.parts[0], faces, outlined=True)
    tiling = tiling_of(job)
    canvas = MarkedCanvas(tiling.width, tiling.height, faces.get(FAMILY, PLAIN), layered=False)
    pen = SheetPen(canvas, faces, load_colours(first.product.directory.parent))
    exhibit = exhibit_of(first)
    words = words_in(exhibit.language, first.product.directory)
    language = "" if exhibit.language == job.edition.language else exhibit.language
    told = Told(f"{exhibit.title}. {job.edition.title}", words.statement, language)
    structure = [AssemblySheet(pen, tiling, told, first.paper).draw()]
    canvas.turn_page()
    sheets = Node("Sect", title="The sheets")
    for tile in tiling.tiles():
        sheets.add(*_tile(pen, tile))
        canvas.turn_page()
    return Part(
        id=plan.id,
        pdf=with_panel(
            canvas.finish(), panel.pdf, {tile.form: tile.shown for tile in tiling.tiles()}
        ),
        pages=tuple(range(tiling.count + 1)),
        structure=(*structure, sheets),
        labels=plan.labels,
        fonts=tuple(sorted(face.postscript for face in canvas.faces)),
        statements=(Statement(0, words.statement),),
        report=(_report(tiling),),
    )


def tiling_of(job: Job) -> Tiling:
    """Return how a job's panel is divided. Raises LayoutError for a paper that is too small."""
    assert job.first is not None  # noqa: S101 - product.toml says of what tiles are made
    return tiling_for((job.first.paper.width, job.first.paper.height), job.paper)


def _report(tiling: Tiling) -> str:
    return (
        f"{tiling.count} sheets of {tiling.paper.title}, {tiling.columns} across and {tiling.rows} down; "
        "print at 100 %"
    )


def _tile(pen: SheetPen, tile: Tile) -> tuple[Node, Node]:
    """Draw a sheet: its part of the panel, marks around its cell, its name in a strip that will not be seen."""
    shown = tile.on_sheet(tile.shown)
    figure = Node("Figure", alt=f"{_place(tile)} of the panel")
    box = [round(edge, 3) for edge in shown]
    figure.attributes["Layout"] = {"BBox": box, "Placement": "/Block"}
    left, bottom, _, _ = tile.on_sheet((0.0, 0.0, 0.0, 0.0))
    with pen.canvas.tagged(figure):
        pen.canvas.form(tile.form, shown, (round(left, 3), round(bottom, 3)), 1.0)
    cell = tile.on_sheet(tile.cell)
    tiling = tile.tiling
    printable = (MARGIN, MARGIN, tiling.width - MARGIN, tiling.height - MARGIN)
    pen.crop_marks(cell, printable)
    name = Node("P")
    pen.label(name, _label_place(tile, cell), _told(tile), _LABEL)
    return name, figure


def _place(tile: Tile) -> str:
    return f"Row {tile.letter}, column {tile.column + 1}"


def _told(tile: Tile) -> str:
    tiling = tile.tiling
    sheet = f"{_place(tile)} of {tiling.columns} × {tiling.rows}"
    cut = [side for side, there in (("top", tile.row), ("left", tile.column)) if there]
    kept = [
        side
        for side, there in (
            ("right", tile.column < tiling.columns - 1),
            ("foot", tile.row < tiling.rows - 1),
        )
        if there
    ]
    told = [f"cut {' and '.join(cut)}"] if cut else []
    told += [f"glue strip {' and '.join(kept)}"] if kept else []
    return "; ".join((sheet, *told))


def _label_place(tile: Tile, cell: Rectangle) -> tuple[float, float]:
    """Return where the name stands: in the strip below, which is glued under; else above, which is cut off."""
    left, bottom, _, top = cell
    middle = (STRIP - _LABEL) / 2 + 0.1 * _LABEL
    if tile.row < tile.tiling.rows - 1:
        return left + 12, bottom - STRIP + middle
    return left + 12, top + middle
