"""The editors' caption of a sheet: what the page is, and of what. It stands outside every layer."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from itertools import takewhile

from publish.languages import by_language
from publish.layouts import Job
from publish.products import PartPlan
from publish.typeset.easel import TITLE, Easel
from publish.typeset.marked import PAGE_FOOT
from publish.typeset.registered_faces import width_of
from publish.typeset.structure import Node
from publish.typeset.typed_structure import foreign_in


class CaptionSetter:
    """Draws the caption on every page; its words are told once, with the first."""

    def __init__(self, easel: Easel) -> None:
        """Make the elements that the caption is content of."""
        self._easel = easel
        self.statement = Node("P")
        # The line that names the telegram is the part's heading; what the sheet is follows at once.
        self.heading = Node(_level(easel.job, easel.plan))

    def draw(self, sheet: int) -> None:
        """Draw the caption of sheet number `sheet`, counted from 1."""
        plate = self._easel.plate
        lines = plate.caption
        if sheet == 1:
            self._draw_lines(lines[: plate.statement_lines], 0, self.statement)
            self._draw_lines(lines[plate.statement_lines :], plate.statement_lines, self.heading)
        else:
            self._draw_lines(lines, 0)
        self._draw_folio(sheet)

    def _draw_folio(self, sheet: int) -> None:
        easel = self._easel
        style = easel.form.caption.style
        face = easel.case.printed(style)
        label = easel.plan.labels.label(sheet - 1)
        right = easel.plate.caption_right - width_of(label, face, style.size)
        last = easel.plate.caption_line(len(easel.plate.caption) - 1)
        with easel.canvas.artifact(PAGE_FOOT):
            easel.canvas.text((right, last), label, face, style.size, style.colour)

    def _draw_lines(self, lines: tuple[str, ...], first: int, node: Node | None = None) -> None:
        """Draw lines as content of `node`, or as a foot of the page."""
        easel = self._easel
        style = easel.form.caption.style
        face = easel.case.printed(style)
        for number, line in enumerate(lines):
            left, base = easel.plate.caption_left, easel.plate.caption_line(first + number)
            text = line if number == len(lines) - 1 else line + " "
            for part, language in self._pieces(text, node):
                with self._mark(node, part, language):
                    easel.canvas.text((left, base), part, face, style.size, style.colour)
                left += width_of(part, face, style.size)

    def _pieces(self, text: str, node: Node | None) -> Iterator[tuple[str, str]]:
        """Yield a line in pieces, each with its language; a heading's first word is one of its own."""
        if node is self.heading and not node.kids:
            first, space, text = text.partition(" ")
            yield first + space, ""
        yield from by_language(text, self._easel.job.edition.foreign)

    def _mark(self, node: Node | None, words: str, language: str) -> AbstractContextManager[None]:
        canvas = self._easel.canvas
        if node is None:
            return canvas.artifact(PAGE_FOOT)
        if node is self.heading and not node.kids:
            # Heard in a list of headings, the number alone could be that of either text of the book.
            told = Node("Span", actual=f"{TITLE}. {words}")
            node.add(told)
            return canvas.tagged(told)
        return canvas.tagged(foreign_in(node, language) if language else node)


def _level(job: Job, plan: PartPlan) -> str:
    """Return the level of the facsimile's heading: below a title page, or the file's first."""
    before = takewhile(lambda part: part.id != plan.id, job.product.parts)
    return "H2" if any(part.engine == "reading" for part in before) else "H1"
