"""Sets an exhibit panel with ReportLab: one sheet of the facsimile, and what a visitor needs beside it.

In: a Job, the plan of the part, the declared faces. Out: a Part of one page, at true size: for a print
shop with bleed, marks and four plates; for the screen the same design in sRGB.
"""

from publish.colours import load_colours
from publish.departures import render
from publish.fonts import Faces
from publish.layouts import Job
from publish.model import Scope
from publish.panel_layouts import layout_for
from publish.panel_words import exhibit_of, words_in
from publish.press_profiles import press_profile
from publish.problems import UsageError
from publish.products import PartPlan
from publish.typed_document import facsimile_document
from publish.typeset.panel.blocks import Block, MarkBlock
from publish.typeset.panel.composition import compose
from publish.typeset.panel.drawing import PIXELS_PER_INCH, Commission, Facsimile, PanelSetter
from publish.typeset.panel.marks import page_for
from publish.typeset.panel.measuring import MarkMaker, Measurer, Shown
from publish.typeset.panel.pictures import check_fine, for_press, for_screen, open_mark
from publish.typeset.structure import Part
from publish.typeset.type_case import TypeCase
from publish.typeset.typewriter import type_sheets
from publish.units import Points, points

OUTLINED = "outlined"


def set_panel(job: Job, plan: PartPlan, faces: Faces) -> Part:
    """Set the panel.

    Raises SourceError where the edition has no words for it, LayoutError for a paper without a design and
    for words that do not fit, naming them and by how much, FontError for a character without a glyph.
    """
    on_press = job.standard.for_press
    outlined = job.options.get("type") == OUTLINED
    if outlined and not on_press:
        raise UsageError(
            "type=outlined is for a print shop: no reader finds words that are only drawn",
            hint="Take --standard print, or leave type=outlined out.",
        )
    return draw_panel(job, plan, faces, outlined=outlined)


def draw_panel(job: Job, plan: PartPlan, faces: Faces, *, outlined: bool) -> Part:
    """Draw the panel, its type as it is or as outlines. Raises as `set_panel` does."""
    on_press = job.standard.for_press
    directory = job.product.directory
    colours = load_colours(directory.parent)
    exhibit = exhibit_of(job)
    layout = layout_for(job.paper, directory, colours)
    page = page_for(job.paper, points(job.options["bleed"]) if on_press else 0.0)
    facsimile = _facsimile(job, faces)
    form = job.form
    measurer = Measurer(
        job, exhibit, words_in(exhibit.language, directory), layout, faces,
        Shown(form.width, form.height, len(facsimile.sheets), _mark(job)),
    )  # fmt: skip
    composition = compose(layout, job.paper, (form.width, form.height), measurer.measure)
    commission = Commission(job, plan, layout, page, colours, outlined)
    return PanelSetter(commission, composition, facsimile, measurer).part()


def _mark(job: Job) -> MarkMaker | None:
    """Return what makes the institution's mark, where one is ordered. Raises UsageError for a bad picture."""
    mark = open_mark(job.options.get("logo", ""), job.options.get("logo-name", ""))
    if mark is None:
        return None

    def make(most_width: Points, most_height: Points) -> Block:
        width, height = mark.size_within(most_width, most_height)
        check_fine(mark, width, PIXELS_PER_INCH)
        if job.standard.for_press:
            jpeg = for_press(mark, press_profile(job).data, float(job.options["ink"]))
        else:
            jpeg = for_screen(mark)
        return MarkBlock(jpeg, width, height, mark.name)

    return make


def _facsimile(job: Job, faces: Faces) -> Facsimile:
    """Return the telegram as it will be typed. Raises FontError and RenderingError before it is."""
    document = facsimile_document(job)
    case, text = TypeCase(job.form, faces), render(document, Scope.FACSIMILE)
    case.check(document, text)
    return Facsimile(case, text, type_sheets(document, job.form.typing))
