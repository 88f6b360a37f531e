"""Sets the facsimile: the telegram typed on a form, sheet by sheet, with ReportLab.

In: a Job, the plan of the part, the declared faces. Out: a Part, whose pages are the sheets
(`sheet = "alone"`), or pages of the edition's paper with a sheet on each ("plate").
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from itertools import groupby, takewhile
from typing import Final, NamedTuple

from publish.departures import Rendered, render, with_typed_spacing
from publish.fonts import Faces, check_coverage
from publish.languages import by_language
from publish.layouts import Job, PartPlan
from publish.model import Document, Scope
from publish.printed_form import Field, Printed, Words
from publish.problems import LayoutError, Where, nearest
from publish.typeset.marked import PAGE_FOOT, PAGE_HEAD, MarkedCanvas, width_of
from publish.typeset.plate import CaptionWords, Plate, sheet_alone, sheet_on_plate
from publish.typeset.structure import (
    Bookmark,
    Destination,
    Node,
    Part,
    Placed,
    Positions,
    Statement,
)
from publish.typeset.type_case import TypeCase
from publish.typeset.typed_structure import (
    TypedBody,
    foreign_in,
    is_pause,
    languages_apart,
    pause_in,
    pauses_apart,
)
from publish.typeset.typewriter import Piece, PlacedLine, TypedSheet, type_sheets

TITLE: Final = "Cable facsimile (typographic reconstruction)"
BLANK: Final = "blank on this reconstruction"
SHEETS: Final = ("alone", "plate")


def facsimile_document(job: Job) -> Document:
    """Return the job's document with the departures that the form's typed spacing makes."""
    return with_typed_spacing(job.edition.document, job.form.typing.spacing)


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
        evidence=form.evidence,
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
        return sheet_on_plate(form, job.paper, words)
    raise LayoutError(
        f"part {plan.id!r} of product {job.product.name!r} wants a sheet {plan.sheet!r}",
        hint=nearest(plan.sheet, SHEETS),
    )


class _Drawn(NamedTuple):
    """A piece to be typed: the element it is content of, its row, its language where not the edition's."""

    element: Node
    row: float
    piece: Piece
    language: str

    def belongs_to(self) -> tuple[int, bool, str]:
        """Return what a piece shares with those drawn in one marked content with it."""
        return id(self.element), is_pause(self.piece), self.language

    def own_element(self) -> Node:
        """Return the element that its marked content goes into, made where it needs one of its own."""
        if is_pause(self.piece):
            return pause_in(self.element)
        return foreign_in(self.element, self.language) if self.language else self.element


class _Setter:
    """One facsimile being drawn: the canvas, the structure as it grows, where blocks begin."""

    def __init__(
        self,
        job: Job,
        plan: PartPlan,
        case: TypeCase,
        text: Rendered,
        sheets: tuple[TypedSheet, ...],
        plate: Plate,
    ) -> None:
        self.job, self.plan, self.case, self.text = job, plan, case, text
        self.form, self.sheets, self.plate = job.form, sheets, plate
        self.canvas = MarkedCanvas(plate.width, plate.height, case.typed[0])
        self.structure = Node("Part", title=TITLE)
        # The line that names the telegram is the part's heading; what the sheet is follows at once.
        self.caption = (Node("P"), Node(_heading(job, plan)))
        self.head = Node("Sect", title="The form, above the text")
        self.body = TypedBody(self.caption[1].type)
        self.foot = Node("Sect", title="The form, below the text")
        self.positions: Positions = {}
        self.destinations = [Destination("facsimile", 0, 0.0, plate.height, self.structure)]

    def part(self) -> Part:
        """Draw all sheets and return the part."""
        for number, sheet in enumerate(self.sheets, 1):
            self._draw_sheet(number, sheet)
            self.canvas.turn_page()
        sections = [node for node in (self.head, self.body.section(), self.foot) if node.kids]
        self.structure.add(*reversed(self.caption), *sections)
        statement = " ".join(self.plate.caption[: self.plate.statement_lines])
        return Part(
            id=self.plan.id,
            pdf=self.canvas.finish(),
            pages=tuple(range(len(self.sheets))),
            structure=(self.structure,),
            bookmarks=(Bookmark(1, TITLE, "facsimile"), *self._sheet_bookmarks()),
            destinations=tuple(self.destinations),
            labels=self.plan.labels,
            positions=self.positions,
            fonts=tuple(sorted(face.postscript for face in self.canvas.faces)),
            statements=tuple(Statement(page, statement) for page in range(len(self.sheets))),
        )

    def _sheet_bookmarks(self) -> Iterator[Bookmark]:
        for number in range(1, len(self.sheets) + 1):
            title = f"Sheet {number} of {len(self.sheets)}"
            yield Bookmark(2, title, f"facsimile-sheet-{number}")

    def _draw_sheet(self, number: int, sheet: TypedSheet) -> None:
        self._draw_paper()
        self._draw_lines(number)
        groups = self._groups(number)
        first_row = self.form.typing.area(number).first_row
        for group in groups:
            if _place(group)[0] < first_row:
                self._draw_group(number, group, self.head)
        opening = self._draw_text(number, sheet)
        self.destinations.append(
            Destination(
                f"facsimile-sheet-{number}", number - 1, 0.0, self.plate.height,
                self.structure if number == 1 else opening,
            )
        )  # fmt: skip
        for group in groups:
            if _place(group)[0] >= first_row:
                self._draw_group(number, group, self.foot)
        self._draw_caption(number)

    def _groups(self, number: int) -> list[Printed | Field]:
        """Return what is printed and filled in on a sheet, in reading order."""
        on_it = (group for group in self.form.groups() if group.sheets.include(number))
        return sorted(on_it, key=_place)

    def _draw_paper(self) -> None:
        plate, form = self.plate, self.form
        corner = (plate.left, plate.bottom)
        size = (form.width * plate.scale, form.height * plate.scale)
        with self.canvas.artifact():
            self.canvas.ground(corner, *size, form.paper)
            if plate.edged:
                self.canvas.frame(corner, *size, form.edge_line, form.edge)

    def _draw_lines(self, number: int) -> None:
        plate = self.plate
        with self.canvas.artifact():
            for rule in self.form.rules:
                if rule.sheets.include(number):
                    (start, end), thickness = (rule.start, rule.end), rule.line * plate.scale
                    self.canvas.rule(
                        (plate.x(start[0]), plate.y(start[1])),
                        (plate.x(end[0]), plate.y(end[1])),
                        thickness,
                        rule.colour,
                    )
            for box in self.form.boxes:
                if box.sheets.include(number):
                    self.canvas.frame(
                        (plate.x(box.column), plate.y(box.row)),
                        box.width * plate.scale,
                        box.height * plate.scale,
                        box.line * plate.scale,
                        box.colour,
                    )

    def _draw_group(self, number: int, group: Printed | Field, section: Node) -> None:
        """Draw words of the form and what a field is filled with.

        They are told once, on the first sheet; on the others they are heads and feet of the page.
        """
        value = self._value(number, group)
        if number > 1:
            with self.canvas.artifact(PAGE_HEAD if section is self.head else PAGE_FOOT):
                self._draw_words(group.words)
                self._draw_value(group, value)
            return
        if group.words:
            node = Node("P", actual=group.spoken)
            if isinstance(group, Field):
                node.actual = "" if value else f"{group.spoken}: {BLANK}"
            section.add(node)
            with self.canvas.tagged(node):
                self._draw_words(group.words)
        if isinstance(group, Field) and value:
            node = Node("Span", id=f"facsimile-{group.id}")
            section.add(Node("P", actual=f"{group.spoken}: {value}").add(node))
            with self.canvas.tagged(node):
                self._draw_value(group, value)

    def _value(self, number: int, group: Printed | Field) -> str:
        if not isinstance(group, Field) or not group.filled_by:
            return ""
        return (
            str(number) if group.filled_by == "sheet" else self.text.moved.get(group.filled_by, "")
        )

    def _draw_value(self, group: Printed | Field, value: str) -> None:
        if isinstance(group, Field) and value:
            ends_there = group.align == "right"
            column = group.column - len(value) + 1 if ends_there else group.column
            self._type(column, group.row, value)

    def _draw_words(self, group: tuple[Words, ...]) -> None:
        """Draw printed words, a space after each but the last, that they be read apart."""
        scale = self.plate.scale
        for words in group:
            face, style = self.case.printed(words.style), words.style
            tracking = style.tracking * scale
            width = width_of(words.text, face, style.size * scale) + tracking * (
                len(words.text) - 1
            )
            before = {"left": 0.0, "center": width / 2, "right": width}[words.align]
            place = (self.plate.x(words.column) - before, self.plate.y(words.row))
            text = words.text if words is group[-1] else words.text + " "
            self.canvas.text(place, text, face, style.size * scale, style.colour, tracking)

    def _draw_text(self, number: int, sheet: TypedSheet) -> Node:
        """Draw the typed lines of a sheet; return the first element that has no words before it."""
        begins = next((p.line for p in sheet if p.line.block not in self.positions), None)
        drawn = [
            _Drawn(self.body.node_for(placed.line, piece), placed.row, piece, language)
            for placed in sheet
            for whole in placed.line.pieces
            for part in pauses_apart(whole)
            for piece, language in languages_apart(part, self.job.edition.foreign)
        ]
        if begins is not None:
            opening = self.body.element(begins.block)
        else:
            # A paragraph that fills the sheet began before it: what stands here is told apart, so
            # that the sheet's destination has an element of its own.
            whole_block, opening = drawn[0].element, Node("Span")
            whole_block.add(opening)
            drawn = [
                one._replace(element=opening) if one.element is whole_block else one
                for one in drawn
            ]
        for line_number, placed in enumerate(sheet, 1):
            if placed.line.block not in self.positions:
                self._begin_block(number, line_number, placed)
        for _, neighbours in groupby(drawn, _Drawn.belongs_to):
            pieces = list(neighbours)
            with self.canvas.tagged(pieces[0].own_element()):
                for _, row, piece, _ in pieces:
                    self._type(self.form.typing.left + piece.column, row, piece.text)
        return opening

    def _begin_block(self, number: int, line_number: int, placed: PlacedLine) -> None:
        """Record where a block begins: for the margins of the reading text, and for its links."""
        block = placed.line.block
        columns = [self.form.typing.left + piece.column for piece in placed.line.pieces]
        last = placed.line.pieces[-1]
        top = self.plate.y(placed.row) + self.form.grid.baseline * self.plate.scale
        left, right = self.plate.x(columns[0]), self.plate.x(columns[-1] + len(last.text.rstrip()))
        self.positions[block] = Placed(number, line_number)
        self.destinations.append(
            Destination(f"facsimile-{block}", number - 1, left, top, self.body.element(block))
        )
        if _has_reading_text(self.job):
            bottom = top - self.form.grid.row_height * self.plate.scale
            self.body.link(block, number - 1, (left, bottom, right, top))

    def _type(self, column: int, row: float, text: str) -> None:
        """Strike `text` from `column` on, each character in its cell."""
        typing, scale = self.form.typing, self.plate.scale
        for offset, face, characters in self.case.runs(text):
            self.canvas.typed(
                (self.plate.x(column + offset), self.plate.y(row)),
                characters,
                face,
                typing.size * scale,
                typing.colour,
                self.form.grid.cell_width * scale,
            )

    def _draw_caption(self, number: int) -> None:
        """Draw what the page is and of what; told on the first sheet, repeated on the others."""
        plate = self.plate
        statement = plate.caption[: plate.statement_lines]
        identification = plate.caption[plate.statement_lines :]
        if number == 1:
            self._draw_caption_lines(statement, 0, self.caption[0])
            self._draw_caption_lines(identification, len(statement), self.caption[1])
        else:
            self._draw_caption_lines(plate.caption, 0)
        style = self.form.caption.style
        face = self.case.printed(style)
        label = self.plan.labels.label(number - 1)
        right = plate.caption_right - width_of(label, face, style.size)
        with self.canvas.artifact(PAGE_FOOT):
            last = plate.caption_line(len(plate.caption) - 1)
            self.canvas.text((right, last), label, face, style.size, style.colour)

    def _draw_caption_lines(
        self, lines: tuple[str, ...], first: int, node: Node | None = None
    ) -> None:
        """Draw lines as content of `node`, or as a foot of the page."""
        style = self.form.caption.style
        face = self.case.printed(style)
        for number, line in enumerate(lines):
            left, base = self.plate.caption_left, self.plate.caption_line(first + number)
            text = line if number == len(lines) - 1 else line + " "
            for part, language in by_language(text, self.job.edition.foreign):
                with self._caption_mark(node, language):
                    self.canvas.text((left, base), part, face, style.size, style.colour)
                left += width_of(part, face, style.size)

    def _caption_mark(self, node: Node | None, language: str) -> AbstractContextManager[None]:
        if node is None:
            return self.canvas.artifact(PAGE_FOOT)
        return self.canvas.tagged(foreign_in(node, language) if language else node)


def _place(group: Printed | Field) -> tuple[float, float]:
    """Return row and column of a group: where its words begin, else where it is filled in."""
    if group.words:
        return group.words[0].row, group.words[0].column
    return (group.row, group.column) if isinstance(group, Field) else (0, 0)


def _has_reading_text(job: Job) -> bool:
    return any(
        part.engine == "reading" and "telegram" in part.sections for part in job.product.parts
    )


def _heading(job: Job, plan: PartPlan) -> str:
    """Return the level of the facsimile's heading: below a title page, or the file's first."""
    before = takewhile(lambda part: part.id != plan.id, job.product.parts)
    return "H2" if any(part.engine == "reading" for part in before) else "H1"
