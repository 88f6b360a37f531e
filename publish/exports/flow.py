"""A product as a flow of paragraphs and tables, each with a style by its name: what an editable document is made of.

In: a Job of known sections. Out: the words that its sections print, in order; what a layout does by place
(margins, columns, rules) is a style, a number or a line to write on. Signs without width, which help a line to
break in print, are left out: whoever edits the text would stumble over them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import takewhile

from publish.exports.markup import Element, Node, parsed
from publish.languages import with_languages
from publish.layouts import Job
from publish.problems import LayoutError, NothingToPrintError, Where
from publish.typeset.composition import composed

BLANK = "\t"  # a space to write on within a line
_WITHOUT_WIDTH = str.maketrans("", "", "\u200b\u2060")


class Style(StrEnum):
    """The styles of an editable document, by the names that a word processor shows."""

    TITLE = "Title"
    HEADING = "Heading 1"
    SUBHEADING = "Heading 2"
    NAME_LINE = "Name Line"
    # the editors' words
    LABEL = "Editorial Label"
    EDITORIAL = "Editorial Text"
    ATTRIBUTION = "Attribution"
    QUOTATION = "Quote"
    QUESTION = "Question"
    FRAME = "Answer Frame"
    LINE = "Answer Line"
    ADAPTED = "Adapted Text"
    CELL = "Table Text"
    # the document's
    DOCUMENT_HEADING = "Document Heading"
    DATELINE = "Document Dateline"
    SECTION = "Document Section"
    DOCUMENT = "Document Text"
    ITEM = "Document Item"
    SIGNATURE = "Document Signature"
    DOCUMENT_CELL = "Document Table Text"


@dataclass(frozen=True, slots=True)
class Words:
    """Characters of one kind. `language` is empty for the edition's own; `address` is where a link leads."""

    text: str
    bold: bool = False
    italic: bool = False
    language: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `id` names a passage that is read back; `number` stands before it and is not its words."""

    style: Style
    words: tuple[Words, ...] = ()
    id: str = ""
    number: str = ""  # "3", "¶¶ 5–6"; of a question, "1"
    opens_page: bool = False

    @property
    def text(self) -> str:
        """Return its characters."""
        return "".join(each.text for each in self.words)


Cell = tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its first row is its head. `id` and `number` as of a paragraph."""

    style: Style  # of its cells
    rows: tuple[tuple[Cell, ...], ...]
    id: str = ""
    number: str = ""


Piece = Paragraph | Grid

# Paragraphs by the class that they have in a section: the first that fits.
_STYLES = {
    "title": Style.TITLE,
    "adapted-label": Style.LABEL,
    "central-question": Style.LABEL,
    "heading": Style.DOCUMENT_HEADING,
    "dateline": Style.DATELINE,
    "attribution": Style.ATTRIBUTION,
    "quoted": Style.QUOTATION,
    "labelled": Style.FRAME,
    "line": Style.LINE,
    "section": Style.SECTION,
    "item": Style.ITEM,
    "signature": Style.SIGNATURE,
    "block": Style.DOCUMENT,
}
_HEADS = {"h1": Style.TITLE, "h2": Style.HEADING, "h3": Style.SUBHEADING}
_HOLDING = frozenset({"blockquote", "div", "li", "ul"})  # they hold paragraphs
_PASSAGES = frozenset({"heading", "dateline", "block"})  # of the document, each under its id


def flow(job: Job) -> tuple[Piece, ...]:
    """Return what the product prints of the edition.

    Raises NothingToPrintError where the edition has nothing for it, LayoutError where a section holds what an editable
    document has no place for.
    """
    pieces: list[Piece] = []
    for sections in composed(job, {}).values():
        for section in sections:
            html = with_languages(section.html, job.edition.foreign)
            try:
                made = list(_Flow().pieces(parsed(html)))
            except ValueError as problem:
                raise LayoutError(f"product {job.product.name!r}: {problem}") from None
            if pieces and isinstance(made[0], Paragraph) and made[0].style is Style.NAME_LINE:
                made[0] = replace(made[0], opens_page=True)
            pieces += made
    if not pieces:
        raise NothingToPrintError(
            f"the edition {job.edition.id!r} has nothing that product {job.product.name!r} prints",
            where=Where(job.edition.document.source.path),
            hint="docs/classroom.md says what a class is given.",
        )
    return tuple(pieces)


@dataclass(slots=True)
class _Flow:
    """Makes the pieces of one section, counting the paragraphs of an adapted text."""

    adapted: int = 0

    def pieces(self, nodes: Iterable[Node]) -> Iterator[Piece]:
        """Yield the pieces of nodes among which no words stand loose. Raises ValueError for others."""
        for node in nodes:
            if isinstance(node, Element):
                yield from self._piece(node)
            elif node.strip():
                raise ValueError(f"the words {node.strip()[:30]!r} stand in no paragraph")

    def _piece(self, node: Element) -> Iterator[Piece]:
        classes = node.classes
        if "name-line" in classes:
            yield Paragraph(Style.NAME_LINE, _joined(_blanks(node)))
        elif "word-bank" in classes and node.tag == "ul":
            yield _word_bank(node)
        elif "question" in classes:
            yield from self._question(node)
        elif "adapted-paragraph" in classes:
            self.adapted += 1
            yield Paragraph(Style.ADAPTED, _words(node), f"adapted-{self.adapted}", _marginal(node))
        elif "table" in classes and "block" in classes:
            rows = tuple(_cells(row) for row in node.walk() if row.tag == "tr")
            yield Grid(Style.DOCUMENT_CELL, rows, node.get("id"), _marginal(node))
        elif (style := _style(node)) is not None:
            passage = not _PASSAGES.isdisjoint(classes)
            yield Paragraph(style, _words(node), node.get("id") if passage else "", _marginal(node))
        elif node.tag in _HOLDING:
            yield from self.pieces(node.content)
        else:
            raise ValueError(f"an editable document has no place for <{node.tag}>")

    def _question(self, node: Element) -> Iterator[Piece]:
        number, body, *lines = (each for each in node.content if isinstance(each, Element))
        asked, *columns = (each for each in body.content if isinstance(each, Element))
        yield Paragraph(Style.QUESTION, _words(asked), number=number.text)
        yield from self.pieces([*columns, *lines])


def _style(node: Element) -> Style | None:
    for name, style in _STYLES.items():
        if name in node.classes:
            return style
    return _HEADS.get(node.tag, Style.EDITORIAL if node.tag == "p" else None)


def _marginal(node: Element) -> str:
    """Return the number that stands in the margin beside a paragraph."""
    margin = next((one for one in node.walk() if "margin" in one.classes), None)
    return margin.text.translate(_WITHOUT_WIDTH) if margin else ""


def _blanks(node: Element) -> Iterator[Words]:
    for one in node.walk():
        if "blank" in one.classes:
            yield Words(f" {BLANK} ")
        elif one.tag == "span":
            yield Words(one.text)


def _word_bank(node: Element) -> Grid:
    """Return the word bank as a table: words, meaning."""
    rows: list[tuple[Cell, ...]] = [((Words("Words"),), (Words("Meaning"),))]
    for gloss in (one for one in node.walk() if "gloss" in one.classes):
        runs = _words(gloss)
        words = tuple(takewhile(lambda run: run.bold, runs))
        first, *rest = runs[len(words) :]
        rows.append((words, (replace(first, text=first.text.lstrip()), *rest)))
    return Grid(Style.CELL, tuple(rows))


def _cells(row: Element) -> tuple[Cell, ...]:
    return tuple(_words(cell) for cell in row.content if isinstance(cell, Element))


def _words(node: Element) -> tuple[Words, ...]:
    """Return the words of a paragraph, without what stands in its margin."""
    return _joined(_runs(node.content, Words("")))


def _runs(nodes: Sequence[Node], kind: Words) -> Iterator[Words]:
    for index, node in enumerate(nodes):
        if isinstance(node, str):
            yield replace(kind, text=node.translate(_WITHOUT_WIDTH))
        elif "margin" in node.classes:
            continue
        elif (
            "letter" in node.classes
        ):  # what is seen at the side is said in words here: “Excerpt A.”
            yield replace(kind, text=node.get("data-actual"), bold=True)
        else:
            yield from _runs(node.content, _kind(node, kind))
            following = nodes[index + 1] if index + 1 < len(nodes) else ""
            after = following if isinstance(following, str) else following.text
            if node.get("data-space") == "after" and after and not after[0].isspace():
                yield replace(kind, text=" ")


def _kind(node: Element, kind: Words) -> Words:
    """Return the kind of the words within an element."""
    return replace(
        kind,
        bold=kind.bold or node.tag == "strong" or "belongs" in node.classes,
        italic=kind.italic or node.tag == "em",
        language=node.get("lang") or kind.language,
        address=node.get("href") or kind.address,
    )


def _joined(runs: Iterable[Words]) -> tuple[Words, ...]:
    """Return the words, neighbours of one kind as one."""
    joined: list[Words] = []
    for run in runs:
        if not run.text:
            continue
        if joined and replace(joined[-1], text=run.text) == run:
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return tuple(joined)
