"""Sets the ticket that goes to a print shop with a panel: one page that says what to print, how, and what was checked.

In: a job whose first job is the panel's, the panel's finished file. Out: a Part of one page. It is drawn with ReportLab
as the panel is: every panel has a ticket, and another engine would take longer to load than the page to set.
"""

from collections.abc import Sequence
from typing import Final

from publish.colours import load_colours
from publish.finish.first_file import FirstFile
from publish.finish.sheet_pen import FAMILY, PLAIN, STRONG, SheetPen
from publish.finish.ticket_words import Row, checks, groups
from publish.fonts import Faces
from publish.layouts import Job
from publish.panel_words import exhibit_of
from publish.problems import LayoutError
from publish.products import PartPlan
from publish.typeset.marked import MarkedCanvas
from publish.typeset.structure import Node, Part
from publish.units import Points

TITLE: Final = "Print-shop ticket"
TO_FILL_IN: Final = "to be filled in"
_EDGE: Final[Points] = 54.0
_TOP: Final[Points] = 40.0
_FOOT: Final[Points] = 30.0
_SIZE, _LEADING = 8.5, 10.6
_SMALL: Final = 7.0
_NAMES: Final[Points] = 106.0  # width of the first column, and of that of the checks
_CHECKS: Final[Points] = 240.0
_GUTTER: Final[Points] = 12.0
_PAD: Final[Points] = 1.7  # above and below the lines of a row
_TO_WRITE_ON: Final[Points] = 5.0  # more, above a line for the hand
_RULE: Final = 0.4


def set_ticket(job: Job, plan: PartPlan, faces: Faces, first: FirstFile) -> Part:
    """Set the ticket.

    Raises LayoutError where it is more than a page, FontError for a sign that the face does not have.
    """
    canvas = MarkedCanvas(
        job.paper.width, job.paper.height, faces.get(FAMILY, PLAIN), layered=False
    )
    colours = load_colours(first.job.product.directory.parent)
    ticket = _Ticket(SheetPen(canvas, faces, colours), job)
    ticket.open(f"{exhibit_of(first.job).title}. {first.job.title}")
    for name, rows in groups(first, job):
        ticket.group(name, rows, _NAMES)
    ticket.group("Checks on the finished file", tuple(checks(first.results)), _CHECKS)
    if ticket.y < _FOOT:
        raise LayoutError(
            f"the ticket is {_FOOT - ticket.y:.0f} pt longer than its page, and a shop wants one page",
            hint="Shorten quantity and finish, or the edition’s title.",
        )
    canvas.turn_page()
    return Part(
        id=plan.id,
        pdf=canvas.finish(),
        pages=(0,),
        structure=(ticket.section,),
        labels=plan.labels,
        fonts=tuple(sorted(face.postscript for face in canvas.faces)),
    )


class _Ticket:
    """The page being drawn, from its top down."""

    def __init__(self, pen: SheetPen, job: Job) -> None:
        self.pen = pen
        self.right = job.paper.width - _EDGE
        self.y: Points = job.paper.height - _TOP
        self.section = Node("Sect", title=TITLE)

    def open(self, told: str) -> None:
        """Write the title and which panel it is about."""
        head, of = Node("H1"), Node("P")
        self.y -= 18
        self.pen.write(head, (_EDGE, self.y), TITLE, 20.0, STRONG)
        self.y -= 4
        for line in self.pen.lines(told, _SIZE, self.right - _EDGE):
            self.y -= _LEADING
            self.pen.write(of, (_EDGE, self.y), line.text + ("" if line.ends else " "), _SIZE)
        self.section.add(head, of)

    def group(self, name: str, rows: Sequence[Row], column: Points) -> None:
        """Write a head and its rows: a table whose first column heads its rows."""
        head, table = Node("H2"), Node("Table")
        self.y -= 7 + _LEADING
        self.pen.write(head, (_EDGE, self.y), name, _SIZE + 0.5, STRONG)
        self.y -= 4
        for row in rows:
            table.add(self._row(row, column))
        self.section.add(head, table)

    def _row(self, row: Row, column: Points) -> Node:
        name, told = row
        left = _EDGE + column + _GUTTER
        head, cell = Node("TH", attributes={"Table": {"Scope": "/Row"}}), Node("TD")
        self._rule(_EDGE)
        self.y -= _PAD + (0.0 if told else _TO_WRITE_ON)
        top = self.y
        low = self._write(head, _EDGE, column, name)
        self.y = top
        low = min(
            low,
            self._write(cell, left, self.right - left, told) if told else self._blank(cell, left),
        )
        self.y = low - _PAD
        return Node("TR").add(head, cell)

    def _write(self, node: Node, left: Points, room: Points, text: str) -> Points:
        """Write words in a column; return how far down they reach."""
        for line in self.pen.lines(text, _SIZE, room):
            self.y -= _LEADING
            place = left, self.y + 0.25 * _LEADING
            self.pen.write(node, place, line.text + ("" if line.ends else " "), _SIZE)
        return self.y

    def _blank(self, node: Node, left: Points) -> Points:
        """Draw a line to write on, and say at its end what it is for."""
        self.y -= _LEADING
        self._rule(left, 2 * _RULE, self.y + 1.5)
        across = self.right - self.pen.width(TO_FILL_IN, _SMALL)
        self.pen.write(node, (across, self.y + 0.3 * _LEADING), TO_FILL_IN, _SMALL)
        return self.y

    def _rule(self, left: Points, thickness: Points = _RULE, y: Points | None = None) -> None:
        level = self.y if y is None else y
        colour = self.pen.colours.get("panel-rule") if y is None else self.pen.ink
        with self.pen.canvas.artifact():
            self.pen.canvas.rule((left, level), (self.right, level), thickness, colour.srgb)
