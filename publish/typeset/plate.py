"""Where the sheet of a facsimile lies on its page, and the editors' words beside it.

In: a form, a paper, what is known of the telegram. Out: a Plate, in points from the page's lower
left corner. The sheet is the page, or it lies on a page of the edition's own paper ("plate").
"""

from dataclasses import dataclass
from typing import Final

from publish.fonts import Face
from publish.papers import Paper
from publish.printed_form import Form, Style
from publish.problems import LayoutError
from publish.typeset.registered_faces import width_of
from publish.units import Points

STATEMENT: Final = "Typographic reconstruction, not a scan."

# On Letter a sheet of 10½ inches leaves 36 points: 4 above, 10 to the first line's base, 10 to the
# second's, 12 below, since office printers leave a sixth of an inch blank.
ABOVE: Final = 4.0
BELOW: Final = 12.0
FROM_SHEET: Final = 10.0
MORE_FROM_SHEET: Final = 5.0  # where the paper has it
BESIDE: Final = 9.0
EDGE_SPREAD: Final = 1.0  # the sheet's edge lies on its outline, and so half of it beside
DESCENT: Final = 0.3  # of the type's size: how far letters reach below their base line
SHARE_ABOVE: Final = 0.25  # of what is left over: a mount is heavier at its foot

INSIDE_BELOW: Final = 12.0  # under the last line where the caption stands inside the sheet
INSIDE_ABOVE: Final = 3.0
FOLIO_GAP: Final = 18.0

DECIMALS: Final = 4  # of a point: less than any engine draws, more than a sum of cells is wrong


@dataclass(frozen=True, slots=True)
class Plate:
    """A page with its sheet, and the lines of the caption from `caption_top` (a base line) down."""

    form: Form
    width: Points
    height: Points
    left: Points
    bottom: Points
    scale: float
    caption: tuple[str, ...]
    statement_lines: int  # how many lines of the caption are the statement's
    caption_left: Points
    caption_right: Points
    caption_top: Points
    edged: bool

    def x(self, column: float) -> Points:
        """Return where the left side of `column` lies on the page."""
        return round(self.left + self.form.across(column) * self.scale, DECIMALS)

    def y(self, row: float) -> Points:
        """Return where the base line of `row` lies on the page."""
        from_foot = self.form.height - self.form.down(row)
        return round(self.bottom + from_foot * self.scale, DECIMALS)

    def caption_line(self, number: int) -> Points:
        """Return the base line of a caption line, counted from 0."""
        return self.caption_top - number * self.form.caption.leading


@dataclass(frozen=True, slots=True)
class CaptionWords:
    """What the caption says, and in which face; number and dateline as the edition has them."""

    evidence: str
    number: str
    dateline: str
    widest_folio: str
    face: Face
    style: Style

    @property
    def statement(self) -> str:
        """Return the sentences that stand on every page of a facsimile."""
        return f"{STATEMENT} {self.evidence}"

    def identification(self, scale: float = 1.0) -> str:
        """Return number and dateline, and how far the sheet is reduced."""
        words = f"Telegram {self.number}. {self.dateline}" if self.number else self.dateline
        if scale == 1:
            return words
        return (
            f"{words}{'' if words.endswith('.') else '.'} Reduced to {scale:.0%} of its true size."
        )

    def lines(self, width: Points, scale: float = 1.0) -> tuple[tuple[str, ...], int]:
        """Return the lines, and how many of them are the statement's.

        The last line leaves the folio its place.
        """
        beside_folio = width - FOLIO_GAP - width_of(self.widest_folio, self.face, self.style.size)
        statement = self._broken(self.statement, width)
        return (*statement, *self._broken(self.identification(scale), beside_folio)), len(statement)

    def _broken(self, text: str, width: Points) -> tuple[str, ...]:
        lines: list[str] = []
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and width_of(longer, self.face, self.style.size) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return tuple(lines)


def sheet_alone(form: Form, words: CaptionWords) -> Plate:
    """Return the page that is the sheet; the caption stands inside its foot.

    Raises LayoutError when the form leaves it no room there.
    """
    left = form.across(form.caption.column)
    lines, of_statement = words.lines(form.width - 2 * left)
    top = INSIDE_BELOW + (len(lines) - 1) * form.caption.leading
    if top + words.style.size + INSIDE_ABOVE > form.foot:
        raise LayoutError(
            f"the caption takes {len(lines)} lines, more than the foot of form {form.name!r} holds",
            hint="Give [sheet] foot more room, or shorten the evidence.",
        )
    return Plate(
        form=form,
        width=form.width,
        height=form.height,
        left=0.0,
        bottom=0.0,
        scale=1.0,
        caption=lines,
        statement_lines=of_statement,
        caption_left=left,
        caption_right=form.width - left,
        caption_top=top,
        edged=False,
    )


def sheet_on_plate(form: Form, paper: Paper, words: CaptionWords, margin: Points = 0.0) -> Plate:
    """Return a page of `paper` with the sheet centred on it, the caption below.

    The sheet has its true size, or as much of it as there is room for within `margin`. Raises
    LayoutError when there is none.
    """
    lines_allowed = 1
    clear = margin + EDGE_SPREAD if margin else 0.0
    above, beside = max(ABOVE, clear), max(BESIDE, clear)
    foot = max(BELOW, clear + DESCENT * words.style.size if margin else 0.0)
    while True:
        below = FROM_SHEET + (lines_allowed - 1) * form.caption.leading + foot
        room = (paper.width - 2 * beside, paper.height - above - below)
        scale = min(1.0, room[0] / form.width, room[1] / form.height)
        if scale <= 0:
            raise LayoutError(f"form {form.name!r} and its caption have no room on {paper.title}")
        indent = form.across(form.caption.column) * scale
        lines, of_statement = words.lines(form.width * scale - 2 * indent, scale)
        if len(lines) <= lines_allowed:
            break
        lines_allowed += 1  # a smaller sheet has a narrower caption, which may take a line more
    width, height = form.width * scale, form.height * scale
    left = (paper.width - width) / 2
    spare = max(0.0, paper.height - above - height - below)
    bottom = paper.height - above - SHARE_ABOVE * spare - height
    return Plate(
        form=form,
        width=paper.width,
        height=paper.height,
        left=left,
        bottom=bottom,
        scale=scale,
        caption=lines,
        statement_lines=of_statement,
        caption_left=left + indent,
        caption_right=left + width - indent,
        caption_top=bottom - FROM_SHEET - min(MORE_FROM_SHEET, spare / 8),
        edged=True,
    )
