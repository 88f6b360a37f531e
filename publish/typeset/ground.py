"""The ground of a sheet: its paper, its edge, the lines that are printed on it. Nobody hears these."""

from functools import cache
from typing import Final

from publish.typeset.easel import FORM, PAPER, Easel
from publish.typeset.indexed_picture import IndexedPicture
from publish.typeset.paper import PIXELS_PER_INCH, texture, texture_in_plates

PAPERS: Final = 4  # pictures of paper in a file; the sheets of a long telegram take them in turn


class Ground:
    """Draws the ground of one sheet after the other."""

    def __init__(self, easel: Easel, pixels_per_inch: float = PIXELS_PER_INCH) -> None:
        """Take the paper from the job's stock, drawn with so many pixels to an inch of the true sheet."""
        self._easel, self._pixels_per_inch = easel, pixels_per_inch
        self._texture = cache(self._made_texture)

    def draw(self, sheet: int) -> None:
        """Draw the ground of sheet number `sheet`, counted from 1."""
        self._draw_paper(sheet)
        self._draw_lines(sheet)

    def _draw_paper(self, sheet: int) -> None:
        """Draw the sheet's ground and its edge. White paper is that which the page is printed on."""
        canvas, plate, stock = self._easel.canvas, self._easel.plate, self._easel.job.stock
        form = plate.form
        corner = (plate.left, plate.bottom)
        size = (form.width * plate.scale, form.height * plate.scale)
        if stock.textured:
            with canvas.layer(PAPER), canvas.artifact():
                canvas.ground(corner, *size, stock.paper.srgb)
                canvas.picture(corner, *size, self._texture((sheet - 1) % PAPERS))
        if plate.edged:
            with canvas.artifact():
                canvas.frame(corner, *size, form.edge_line, form.edge)

    def _made_texture(self, number: int) -> bytes | IndexedPicture:
        job = self._easel.job
        make = texture_in_plates if job.standard.for_press else texture
        seed = f"{job.edition.id}|paper {number}"
        return make(job.stock, job.form.width, job.form.height, seed, self._pixels_per_inch)

    def _draw_lines(self, sheet: int) -> None:
        canvas, plate, form = self._easel.canvas, self._easel.plate, self._easel.form
        rules = [rule for rule in form.rules if rule.sheets.include(sheet, self._easel.sheets)]
        boxes = [box for box in form.boxes if box.sheets.include(sheet, self._easel.sheets)]
        if not (rules or boxes):
            return
        with canvas.layer(FORM), canvas.artifact():
            for rule in rules:
                (start, end), thickness = (rule.start, rule.end), rule.line * plate.scale
                canvas.rule(
                    (plate.x(start[0]), plate.y(start[1])),
                    (plate.x(end[0]), plate.y(end[1])),
                    thickness,
                    rule.colour,
                )
            for box in boxes:
                canvas.frame(
                    (plate.x(box.column), plate.y(box.row)),
                    box.width * plate.scale,
                    box.height * plate.scale,
                    box.line * plate.scale,
                    box.colour,
                )
