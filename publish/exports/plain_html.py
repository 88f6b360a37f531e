"""A handout as a page to copy from: headings, paragraphs, tables and nothing of layout, for word processors on the web.

In: a Job whose product is of the format plain-html. Out: the bytes of the page.

What a word processor drops on the way is not used: style sheets, classes, counters of lists. So numbers are typed,
for a list would be counted anew where it is pasted, and the questions name paragraphs by their numbers.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from publish.exports.flow import BLANK, Grid, Piece, Style, Words, flow
from publish.exports.markup import Element, Node, made, written
from publish.layouts import Job

_DOCUMENT = "font-family: Georgia, serif"
_BODY = "font-family: Arial, sans-serif; line-height: 1.5; max-width: 42em"
_TABLE = "border-collapse: collapse"
_CELL = "border: 1px solid; padding: 4px 8px; text-align: left; vertical-align: top"
_CLOSE = "margin: 0"
_BLANK = "\u00a0" * 24  # underlined: a space to write on

_TAGS = {
    Style.TITLE: "h1",
    Style.HEADING: "h2",
    Style.SUBHEADING: "h3",
    Style.DOCUMENT_HEADING: "h2",
    Style.SECTION: "h3",
}
# Of the document, whose face is another than the editors’.
_OF_DOCUMENT = frozenset(
    {
        Style.DOCUMENT_HEADING,
        Style.DATELINE,
        Style.SECTION,
        Style.DOCUMENT,
        Style.ITEM,
        Style.SIGNATURE,
        Style.DOCUMENT_CELL,
        Style.QUOTATION,
    }
)


def write(job: Job) -> bytes:
    """Return the page. Raises as `flow` does."""
    pieces = flow(job)
    head: list[Node] = [
        made("meta", charset="utf-8"),
        made("meta", name="viewport", content="width=device-width, initial-scale=1"),
        made("title", job.title),
    ]
    if job.edition.editors:
        names = "; ".join(map(str, job.edition.editors))
        head.append(made("meta", name="author", content=names))
    head.append(made("link", rel="icon", href="data:,"))  # else a browser asks the server for one
    main = made("main", *_elements(pieces))
    page = made(
        "html", made("head", *head), made("body", main, style=_BODY), lang=job.edition.language
    )
    return f"<!DOCTYPE html>\n{written(page)}\n".encode()


def _elements(pieces: Sequence[Piece]) -> Iterator[Element]:
    for style, group in groupby(pieces, key=lambda piece: piece.style):
        elements = [one for piece in group for one in _piece(piece)]
        if style is Style.QUOTATION:
            yield made("blockquote", *elements)
        else:
            yield from elements


def _piece(piece: Piece) -> Iterator[Element]:
    if isinstance(piece, Grid):
        yield from _grid(piece)
        return
    if piece.style is Style.LINE:
        yield made("p", "\u00a0", style=_CLOSE)
        yield _rule()
        return
    words = list(_words(piece.words))
    content = [*_number(_cited(piece)), *words]
    if piece.style is Style.LABEL:
        content = [made("strong", *content)]
    yield made(
        _TAGS.get(piece.style, "p"),
        *content,
        id=piece.id,
        css="document" if piece.id else "",
        style=_DOCUMENT if piece.style in _OF_DOCUMENT else "",
    )
    if piece.style is Style.FRAME:
        yield _rule()


def _rule() -> Element:
    """Return a line to write on, which is not heard."""
    return made("hr", aria_hidden="true", style=_CLOSE)


def _cited(piece: Piece) -> str:
    """Return a number as it is typed: a paragraph’s as questions cite it, "¶ 3"; an adapted one’s has its sign."""
    if piece.style is Style.QUESTION:
        return f"{piece.number}."
    return (
        f"¶\u00a0{piece.number}" if piece.number and piece.style in _OF_DOCUMENT else piece.number
    )


def _number(number: str) -> list[Node]:
    return [made("b", number, css="number"), " "] if number else []


def _grid(grid: Grid) -> Iterator[Element]:
    if grid.number:
        yield made("p", made("b", _cited(grid), css="number"))
    head, *rows = grid.rows
    yield made(
        "table",
        made("thead", _row(head, "th", scope="col")),
        made("tbody", *(_row(row, "td") for row in rows)),
        id=grid.id,
        css="document" if grid.id else "",
        style=f"{_TABLE}; {_DOCUMENT}" if grid.style in _OF_DOCUMENT else _TABLE,
    )


def _row(cells: Sequence[Sequence[Words]], tag: str, **attributes: str) -> Element:
    made_cells = (made(tag, *_words(cell), style=_CELL, **attributes) for cell in cells)
    return made("tr", *made_cells)


def _words(words: Sequence[Words]) -> Iterator[Node]:
    for each in words:
        for number, piece in enumerate(each.text.split(BLANK)):
            if number:
                yield made("u", _BLANK)
            if piece:
                yield _dressed(piece, each)


def _dressed(text: str, words: Words) -> Node:
    node: Node = text
    if words.italic:
        node = made("em", node)
    if words.bold:
        node = made("strong", node)
    if words.language:
        node = made("span", node, lang=words.language)
    if words.address:
        node = made("a", node, href=words.address)
    return node
