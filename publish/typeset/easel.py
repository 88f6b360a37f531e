"""What all that draw a facsimile share: the canvas, the plate, the faces, the sheets, the layers' names."""

from dataclasses import dataclass
from typing import Final

from publish.layouts import Job
from publish.printed_form import Form
from publish.products import PartPlan
from publish.typeset.marked import MarkedCanvas
from publish.typeset.plate import Plate
from publish.typeset.type_case import TypeCase

TITLE: Final = "Cable facsimile (typographic reconstruction)"

# Layers, which a reader can leave out one by one. A variant leaves a layer out; it never hides one.
PAPER: Final = "Paper"
FORM: Final = "Form"
TYPING: Final = "Typing"
STAMPS: Final = "Stamps"
EDITORIAL: Final = "Editorial"


@dataclass(frozen=True, slots=True)
class Easel:
    """One facsimile being drawn: for whom, on what, with what. `sheets` is how many there are."""

    job: Job
    plan: PartPlan
    canvas: MarkedCanvas
    plate: Plate
    case: TypeCase
    sheets: int

    @property
    def form(self) -> Form:
        """Return the form."""
        return self.job.form
