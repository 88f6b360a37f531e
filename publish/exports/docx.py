"""A handout as a document for word processors: OOXML (ECMA-376) with styles by name, written with python-docx.

In: a Job whose product is of the format docx. Out: the bytes of the file; the same input gives the same bytes.

A passage that is read back stands under a bookmark that bears its id.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_UNDERLINE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from publish.dated import creation_date
from publish.exports.docx_names import bookmark_name
from publish.exports.docx_styles import (
    FIRST_NUMBER,
    GRID,
    LINK,
    fonts_xml,
    numbering_xml,
    settings_xml,
    styles_xml,
)
from publish.exports.flow import BLANK, Grid, Paragraph, Piece, Style, Words, flow
from publish.layouts import Job
from publish.units import Points

MARGIN: Points = 72  # 1 in on every side
# Of the template that python-docx begins with, these parts are kept, since the format or a reader wants them.
_KEPT = frozenset(
    {
        RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
        RELATIONSHIP_TYPE.CORE_PROPERTIES,
        RELATIONSHIP_TYPE.STYLES,
        RELATIONSHIP_TYPE.NUMBERING,
        RELATIONSHIP_TYPE.SETTINGS,
        RELATIONSHIP_TYPE.THEME,
    }
)
_FIRST_COLUMN = 0.32  # of the word bank


def write(job: Job) -> bytes:
    """Return the file. Raises as `flow` does, and UsageError for a SOURCE_DATE_EPOCH that is no number."""
    pieces = flow(job)
    document = Document()
    _stripped(document)
    numbered = [(p.number, _list_style(p)) for p in pieces if _has_own_list(p)]
    language = job.edition.language
    _replace(document.styles.element, styles_xml(language))
    _replace(document.part.numbering_part.element, numbering_xml(numbered))
    _replace(document.settings.element, settings_xml(language))
    _set_page(document, job)
    _Body(document).write(pieces)
    created = creation_date(job.edition)
    _describe(document, job, created)
    kept = io.BytesIO()
    document.save(kept)
    return _settled(kept.getvalue(), created)


def _stripped(document: WordDocument) -> None:
    """Leave out what the template brings along: a picture of its page, other people's properties and fonts."""
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype not in _KEPT]:
            del relations[key]
    part, package = document.part, document.part.package
    if package is not None:
        name = PackURI("/word/fontTable.xml")
        fonts = Part(name, CONTENT_TYPE.WML_FONT_TABLE, fonts_xml().encode("utf-8"), package)
        part.relate_to(fonts, RELATIONSHIP_TYPE.FONT_TABLE)


def _replace(element: BaseOxmlElement, xml: str) -> None:
    """Put the content of `xml` in the place of the element’s own."""
    for child in list(element):
        element.remove(child)
    element.extend(list(parse_xml(xml)))


def _has_own_list(piece: Piece) -> bool:
    return bool(piece.number) and piece.style is not Style.QUESTION


def _list_style(piece: Piece) -> Style:
    return Style.DOCUMENT if isinstance(piece, Grid) else piece.style


def _set_page(document: WordDocument, job: Job) -> None:
    """Set paper and margins, and a foot that says of what the page is, and which it is."""
    section = document.sections[0]
    section.page_width, section.page_height = Pt(job.paper.width), Pt(job.paper.height)
    section.top_margin = section.bottom_margin = Pt(MARGIN)
    section.left_margin = section.right_margin = Pt(MARGIN)
    foot = section.footer.paragraphs[0]
    foot.style = document.styles["Footer"]
    of = job.edition.short_title or job.edition.title
    foot.add_run(f"{of}, page ")
    field = _element("w:fldSimple", {"w:instr": " PAGE "})
    field.append(_of(foot.add_run("1")))
    _of(foot).append(field)


def _of(thing: Any) -> Any:
    """Return the element behind a paragraph, run or row: links, fields and bookmarks python-docx does not write."""
    return thing._element  # noqa: SLF001


def _element(name: str, attributes: Mapping[str, str]) -> Any:
    return OxmlElement(name, {qn(key): value for key, value in attributes.items()})


class _Body:
    """Writes the pieces into a document, counting lists and bookmarks."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._lists = count(FIRST_NUMBER)
        self._bookmarks = count(1)

    def write(self, pieces: Sequence[Piece]) -> None:
        for piece in pieces:
            if isinstance(piece, Grid):
                self._grid(piece)
            else:
                self._paragraph(piece)
        if isinstance(pieces[-1], Grid):  # Word wants a paragraph behind a table
            self._document.add_paragraph(style=Style.EDITORIAL)

    def _paragraph(self, piece: Paragraph) -> None:
        paragraph = self._document.add_paragraph(style=piece.style)
        if piece.opens_page:
            paragraph.paragraph_format.page_break_before = True
        if _has_own_list(piece):
            self._number(paragraph)
        self._fill(paragraph, piece.words, piece.id)

    def _number(self, paragraph: WordParagraph) -> None:
        properties = _of(paragraph).get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = next(self._lists)

    def _fill(self, paragraph: WordParagraph, words: Sequence[Words], bookmark: str = "") -> None:
        number = {"w:id": str(next(self._bookmarks))} if bookmark else {}
        if bookmark:
            name = {**number, "w:name": bookmark_name(bookmark)}
            _of(paragraph).append(_element("w:bookmarkStart", name))
        for each in words:
            for run in _runs(paragraph, each):
                _dress(run, each)
        if bookmark:
            _of(paragraph).append(_element("w:bookmarkEnd", number))

    def _grid(self, grid: Grid) -> None:
        if grid.number:  # before the table, since a table has no number of its own
            number = self._document.add_paragraph(style=Style.DOCUMENT)
            number.paragraph_format.keep_with_next = True
            self._number(number)
        columns = max(map(len, grid.rows))
        table = self._document.add_table(len(grid.rows), columns, self._document.styles[GRID])
        _set_columns(table, columns, wide_last=grid.style is Style.CELL)
        for index, row in enumerate(grid.rows):
            cells = table.rows[index].cells
            for place, (cell, words) in enumerate(zip(cells, row, strict=False)):
                paragraph = cell.paragraphs[0]
                paragraph.style = self._document.styles[grid.style]
                self._fill(paragraph, words, grid.id if index == place == 0 else "")
                if index == 0:
                    for run in paragraph.runs:
                        run.bold = True
        _of(table.rows[0]).get_or_add_trPr().append(_element("w:tblHeader", {}))


def _set_columns(table: Table, columns: int, *, wide_last: bool) -> None:
    """Share the width of the text among the columns."""
    whole = sum(int(column.width or 0) for column in table.columns)
    shares = [1 / columns] * columns
    if wide_last and columns == 2:
        shares = [_FIRST_COLUMN, 1 - _FIRST_COLUMN]
    for column, share in zip(table.columns, shares, strict=True):
        column.width = round(whole * share)
        for cell in column.cells:
            cell.width = round(whole * share)


def _runs(paragraph: WordParagraph, words: Words) -> Iterator[Run]:
    """Yield runs of the words; a blank is an underlined tab, which every word processor draws."""
    for number, piece in enumerate(words.text.split(BLANK)):
        if number:
            blank = paragraph.add_run("\t")
            blank.underline = WD_UNDERLINE.SINGLE
        if piece:
            run = paragraph.add_run(piece)
            if words.address:
                run.style = LINK
                key = paragraph.part.relate_to(
                    words.address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
                )
                link = _element("w:hyperlink", {"r:id": key})
                link.append(_of(run))
                _of(paragraph).append(link)
            yield run


def _dress(run: Run, words: Words) -> None:
    if words.bold:
        run.bold = True
    if words.italic:
        run.italic = True
    if words.language:
        _of(run).get_or_add_rPr().append(_element("w:lang", {"w:val": words.language}))


def _describe(document: WordDocument, job: Job, created: datetime) -> None:
    """Fill the core properties (ECMA-376, part 2, 11); those that say nothing are left out."""
    properties = document.core_properties
    template = _of(properties)
    for child in list(template):
        template.remove(child)
    edition = job.edition
    properties.title = job.title
    if edition.editors:
        properties.author = "; ".join(map(str, edition.editors))
    if edition.keywords:
        properties.keywords = ", ".join(edition.keywords)
    properties.language = edition.language
    properties.version = edition.version
    properties.created = properties.modified = created.replace(tzinfo=None)


def _settled(package: bytes, created: datetime) -> bytes:
    """Return the package with one date on all its parts: a ZIP file dates each by the clock."""
    day = max(created.timetuple()[:6], (1980, 1, 1, 0, 0, 0))  # ZIP knows no earlier year
    settled = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as read,
        zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for name in read.namelist():
            entry = zipfile.ZipInfo(name, day)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else it would name the kind of machine
            written.writestr(entry, read.read(name))
    return settled.getvalue()
