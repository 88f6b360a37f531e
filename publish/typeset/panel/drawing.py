"""Draws a composed panel: grounds, the facsimile's sheet, every block, marks around it all.

In: a commission, a composition, the facsimile's text. Out: a Part.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from publish.colours import SRGB, Colours
from publish.departures import Rendered
from publish.exhibit import without_italics
from publish.layouts import Job
from publish.panel_layouts import FLOOR, SHEET, Ground, PanelLayout
from publish.products import PartPlan
from publish.typeset.easel import TITLE, Easel
from publish.typeset.inks import SCREEN, Inks, PressInks
from publish.typeset.marked import MarkedCanvas
from publish.typeset.panel.blocks import Pen
from publish.typeset.panel.composition import Box, Composition
from publish.typeset.panel.fitting import TIE
from publish.typeset.panel.legibility import Legibility, Read, judged
from publish.typeset.panel.marks import Page, draw_marks
from publish.typeset.panel.measuring import CREDIT, Measurer
from publish.typeset.panel.outlined import OutlinedCanvas
from publish.typeset.plate import Plate
from publish.typeset.sheet_setter import SheetSetter
from publish.typeset.structure import Node, Part, PressSheet, Rectangle, Statement
from publish.typeset.type_case import TypeCase
from publish.typeset.typewriter import TypedSheet
from publish.units import POINTS_PER_INCH, POINTS_PER_MILLIMETRE, Points, points

PIXELS_PER_INCH: Final = (
    150.0  # of a picture at its size on the panel (print shops’ rules for signs)
)
SHEET_SHOWN: Final = 1

# In which order a panel is heard: what it says, then the document, then what stands around it.
HEARD: Final = ("kicker", "title", "label", "quotation", "quotation-credit", SHEET, "timeline",
                "statement", "credit", "invitation", "address", "code", "mark")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Commission:
    """What is to be made: the job, its layout, the page, the declared colours."""

    job: Job
    plan: PartPlan
    layout: PanelLayout
    page: Page
    colours: Colours
    outlined: bool

    @property
    def inks(self) -> Inks:
        """Return the inks of a press or a screen."""
        return PressInks(self.colours) if self.job.standard.for_press else SCREEN


@dataclass(frozen=True, slots=True)
class Facsimile:
    """The telegram as its form types it."""

    case: TypeCase
    text: Rendered
    sheets: tuple[TypedSheet, ...]


class PanelSetter:
    """One panel being drawn."""

    def __init__(
        self,
        commission: Commission,
        composition: Composition,
        facsimile: Facsimile,
        measurer: Measurer,
    ) -> None:
        self.commission, self.composition = commission, composition
        self.facsimile, self.measurer = facsimile, measurer
        self.page, self.job, self.layout = commission.page, commission.job, commission.layout
        self.for_press = self.job.standard.for_press
        kind = OutlinedCanvas if commission.outlined else MarkedCanvas
        width, height = self.page.size
        self.canvas = kind(
            width,
            height,
            facsimile.case.typed[0],
            inks=commission.inks,
            boxes=self.page.boxes if self.for_press else None,
            layered=False,
        )
        top = self.page.slug + self.job.paper.height
        self.pen = Pen(self.canvas, self.page.slug, top, linked=not self.for_press)

    def part(self) -> Part:
        """Draw the panel and return its part."""
        self._draw_grounds()
        nodes: dict[str, list[Node]] = {SHEET: [self._draw_sheet()]}
        for box in self.composition.boxes:
            if box.name != SHEET:
                nodes[box.name] = box.block.draw(self.pen, box.left, box.top)
        if self.for_press:
            self._draw_marks()
        # The statement opens what is heard of the sheet, and stands in no layer.
        nodes[SHEET][0].kids[:0] = nodes.pop("caption")
        self.canvas.turn_page()
        legibility = self._judged()
        return Part(
            id=self.commission.plan.id,
            pdf=self.canvas.finish(),
            pages=(0,),
            structure=(self._structure(nodes),),
            labels=self.commission.plan.labels,
            fonts=tuple(sorted(face.postscript for face in self.canvas.faces)),
            statements=() if self.commission.outlined else tuple(self._statements()),
            findings=legibility.findings,
            report=legibility.report,
            press=self._press_sheet() if self.for_press else None,
        )

    def _structure(self, nodes: dict[str, list[Node]]) -> Node:
        exhibit = self.measurer.exhibit
        panel = Node("Part", title="Exhibit panel")
        if exhibit.language != self.job.edition.language:
            panel.lang = exhibit.language
            for node in nodes[SHEET]:
                node.lang = self.job.edition.language
        for name in HEARD:
            panel.add(*nodes.get(name, ()))
        return panel

    # What lies below

    def _draw_grounds(self) -> None:
        bleed = self.page.bleed
        width, height = self.job.paper.width, self.job.paper.height
        self._fill((-bleed, -bleed, width + bleed, height + bleed), self.layout.paper_colour.srgb)
        for ground in self.layout.grounds:
            self._fill(self._spread(ground), ground.colour.srgb)

    def _spread(self, ground: Ground) -> Rectangle:
        """Return a ground with its bleed: left, top, right, bottom from the sheet's upper left corner."""
        bleed, paper = self.page.bleed, self.job.paper
        left, top, right, bottom = self.extent(ground)
        return (
            left - (bleed if left <= 0 else 0.0),
            top - (bleed if top <= 0 else 0.0),
            right + (bleed if right >= paper.width else 0.0),
            bottom + (bleed if bottom >= paper.height else 0.0),
        )

    def extent(self, ground: Ground) -> Rectangle:
        """Return a ground within the trim: left, top, right, bottom from the sheet's upper left corner."""
        paper, layout = self.job.paper, self.layout
        down, factor = paper.height / layout.height, layout.scale_on(paper)
        right = paper.width
        if ground.column:
            column = self.composition.columns[ground.column]
            right = column.left + column.width + ground.pad * factor
        top = 0.0 if ground.foot is None else paper.height - ground.foot * down
        bottom = paper.height if ground.top is None else ground.top * down
        return 0.0, top, right, bottom

    def _fill(self, extent: Rectangle, colour: SRGB) -> None:
        left, top, right, bottom = extent
        with self.canvas.artifact():
            corner = self.pen.at(left, bottom)
            self.canvas.ground(corner, right - left, bottom - top, colour)

    # The facsimile

    def _draw_sheet(self) -> Node:
        box = self._sheet_box()
        form, scale = self.job.form, self.composition.scale
        left, bottom = self.pen.at(box.left, box.bottom)
        plate = Plate(
            form=form, width=self.page.size[0], height=self.page.size[1], left=left, bottom=bottom,
            scale=scale, caption=(), statement_lines=0, caption_left=0.0, caption_right=0.0,
            caption_top=0.0, edged=True,
        )  # fmt: skip
        easel = Easel(
            self.job, self.commission.plan, self.canvas, plate, self.facsimile.case,
            len(self.facsimile.sheets),
        )  # fmt: skip
        setter = SheetSetter(
            easel, self.facsimile.text, self.facsimile.sheets, "H2", PIXELS_PER_INCH * scale
        )
        setter.draw(SHEET_SHOWN)
        return Node("Sect", title=TITLE).add(*setter.sections())

    def _sheet_box(self) -> Box:
        return next(box for box in self.composition.boxes if box.name == SHEET)

    # What is promised and told

    def _draw_marks(self) -> None:
        job, paper = self.job, self.job.paper
        unit, points_to_it = (
            ("mm", POINTS_PER_MILLIMETRE) if paper.metric else ("in", POINTS_PER_INCH)
        )
        width, height, bleed = (
            f"{side / points_to_it:.4g}" for side in (paper.width, paper.height, self.page.bleed)
        )
        told = f"{job.edition.id} {job.edition.version}, trim {width} x {height} {unit}, bleed {bleed} {unit}"
        style, ink = self.layout.styles["caption"], self.layout.styles["label"].colour
        face = self.measurer.faces.get(style.face, style.weight)
        draw_marks(self.canvas, self.page, told, face, ink.srgb)

    def _statements(self) -> Iterator[Statement]:
        """Yield all that must be seen: every word of the panel's own, and the typed lines of the sheet."""
        for box in self.composition.boxes:
            lines = getattr(box.block, "lines", ())
            if lines:
                between = "" if box.name == "address" else " "
                told = between.join(line.text for line in lines).replace(TIE, " ")
                yield Statement(0, without_italics(told) if box.name == CREDIT else told)
            for row in getattr(box.block, "rows", ()):
                yield Statement(0, " ".join(row.told))
        for placed in self.facsimile.sheets[SHEET_SHOWN - 1]:
            if words := " ".join("".join(piece.text for piece in placed.line.pieces).split()):
                yield Statement(0, words)

    def _press_sheet(self) -> PressSheet:
        box, boxes = self._sheet_box(), self.page.boxes
        left, bottom = self.pen.at(box.left, box.bottom)
        right, top = self.pen.at(box.right, box.top)
        return PressSheet(
            trim=boxes.trim,
            bleed=boxes.bleed,
            facsimile=(left, bottom, right, top),
            smallest=FLOOR,
            ink=float(self.job.options["ink"]),
            pixels_per_inch=PIXELS_PER_INCH,
        )

    def _judged(self) -> Legibility:
        elements = [
            Read(box.name, self.measurer.sizes[box.name], self._ground_of(box), box.block)
            for box in self.composition.boxes
            if box.name in self.measurer.sizes
        ]
        asked = self.job.options.get("distance", "")
        distance = points(asked) if asked else self.layout.distance_on(self.job.paper)
        scale = self.composition.scale
        typed: Points = round(self.job.form.typing.size * scale, 1)
        return judged(elements, distance, typed, scale, self.measurer.path)

    def _ground_of(self, box: Box) -> SRGB:
        colour = self.layout.paper_colour.srgb
        for ground in self.layout.grounds:
            left, top, right, bottom = self.extent(ground)
            if left <= box.left < right and top <= box.top < bottom:
                colour = ground.colour.srgb
        return colour
