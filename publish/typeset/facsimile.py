"""Sets the facsimile: the telegram typed on a form, sheet by sheet, with ReportLab.

In: a Job, the plan of the part, the declared faces. Out: a Part, whose pages are the sheets
(`sheet = "alone"`), or pages of the edition's paper with a sheet on each ("plate").
"""

from collections.abc import Iterator
from typing import Final

from publish.departures import Rendered, render
from publish.fonts import Faces, check_coverage
from publish.layouts import Job
from publish.model import Scope
from publish.problems import LayoutError, Where, nearest
from publish.products import PartPlan
from publish.sheet_words import evidence
from publish.typed_document import facsimile_document
from publish.typeset.caption import CaptionSetter
from publish.typeset.easel import TITLE, Easel
from publish.typeset.inks import GREY_ALONE, SCREEN
from publish.typeset.marked import MarkedCanvas
from publish.typeset.plate import CaptionWords, Plate, sheet_alone, sheet_on_plate
from publish.typeset.sheet_setter import SheetSetter
from publish.typeset.structure import Bookmark, Destination, Node, Part, Statement
from publish.typeset.type_case import TypeCase
from publish.typeset.typewriter import TypedSheet, type_sheets

SHEETS: Final = ("alone", "plate")


def set_facsimile(job: Job, plan: PartPlan, faces: Faces) -> Part:
    """Type the telegram on its form and return the pages.

    Raises FontError for a character that no face of the form has, RenderingError for a text that
    cannot be typed, LayoutError for a caption without room: each before anything is drawn.
    """
    document = facsimile_document(job)
    text = render(document, Scope.FACSIMILE)
    case = TypeCase(job.form, faces)
    case.check(document, text)
    sheets = type_sheets(document, job.form.typing)
    plate = _plate(job, plan, case, len(sheets))
    return _Setter(job, plan, case, text, sheets, plate).part()


def _plate(job: Job, plan: PartPlan, case: TypeCase, pages: int) -> Plate:
    form, document = job.form, job.edition.document
    style = form.caption.style
    number = document.number
    words = CaptionWords(
        evidence=evidence(job),
        number=document.source.text[number.start : number.end] if number else "",
        dateline=render(document, Scope.READING).dateline.text,
        widest_folio=max((plan.labels.label(page) for page in range(pages)), key=len),
        face=case.printed(style),
        style=style,
    )
    said = words.statement + words.identification() + words.widest_folio
    check_coverage(said, words.face, Where(document.source.path))
    if plan.sheet == "alone":
        return sheet_alone(form, words)
    if plan.sheet == "plate":
        return sheet_on_plate(form, job.paper, words, job.product.preflight.margin)
    raise LayoutError(
        f"part {plan.id!r} of product {job.product.name!r} wants a sheet {plan.sheet!r}",
        hint=nearest(plan.sheet, SHEETS),
    )


class _Setter:
    """One facsimile being drawn: the canvas, the structure as it grows."""

    def __init__(
        self,
        job: Job,
        plan: PartPlan,
        case: TypeCase,
        text: Rendered,
        sheets: tuple[TypedSheet, ...],
        plate: Plate,
    ) -> None:
        self.plan, self.sheets, self.plate = plan, sheets, plate
        self.canvas = MarkedCanvas(
            plate.width,
            plate.height,
            case.typed[0],
            inks=GREY_ALONE if job.grey else SCREEN,
            thinnest=job.product.preflight.thinnest_rule,
        )
        easel = Easel(job, plan, self.canvas, plate, case, len(sheets))
        self.caption = CaptionSetter(easel)
        self.setter = SheetSetter(easel, text, sheets, self.caption.heading.type)
        self.structure = Node("Part", title=TITLE)
        self.destinations = self.setter.destinations
        self.destinations.append(Destination("facsimile", 0, 0.0, plate.height, self.structure))

    def part(self) -> Part:
        """Draw all sheets and return the part."""
        for number in range(1, len(self.sheets) + 1):
            self._draw_sheet(number)
            self.canvas.turn_page()
        sections = self.setter.sections()
        self.structure.add(self.caption.heading, self.caption.statement, *sections)
        statement = " ".join(self.plate.caption[: self.plate.statement_lines])
        return Part(
            id=self.plan.id,
            pdf=self.canvas.finish(),
            pages=tuple(range(len(self.sheets))),
            structure=(self.structure,),
            bookmarks=(Bookmark(1, TITLE, "facsimile"), *self._sheet_bookmarks()),
            destinations=tuple(self.destinations),
            labels=self.plan.labels,
            positions=self.setter.positions,
            fonts=tuple(sorted(face.postscript for face in self.canvas.faces)),
            statements=tuple(Statement(page, statement) for page in range(len(self.sheets))),
            layers=tuple(self.canvas.layers),
        )

    def _sheet_bookmarks(self) -> Iterator[Bookmark]:
        for number in range(1, len(self.sheets) + 1):
            title = f"Sheet {number} of {len(self.sheets)}"
            yield Bookmark(2, title, f"facsimile-sheet-{number}")

    def _draw_sheet(self, number: int) -> None:
        opening = self.setter.draw(number)
        self.destinations.append(
            Destination(
                f"facsimile-sheet-{number}", number - 1, 0.0, self.plate.height,
                self.structure if number == 1 else opening,
            )
        )  # fmt: skip
        self.caption.draw(number)
