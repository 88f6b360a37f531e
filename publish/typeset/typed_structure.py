"""The logical structure of typed blocks, built while their pieces are drawn.

In: each piece as it is drawn, each block's first line. Out: one Sect, in which a block is one
element however many sheets it runs over, followed by its link to the reading text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from publish.languages import by_language
from publish.model import BlockKind, ForeignPhrase
from publish.typeset.structure import Link, Node, Rectangle
from publish.typeset.typewriter import Piece, TypedLine

_NUMBERING: Final = (  # ISO 32000-1, table 347
    (r"\W*\d+\W*", "Decimal"),
    (r"\W*[a-z]\W*", "LowerAlpha"),
    (r"\W*[A-Z]\W*", "UpperAlpha"),
)


class TypedBody:
    """The elements of the text, by block."""

    def __init__(self, heading: str) -> None:
        """Begin the body; `heading` is the level of the part's own heading ("H2")."""
        self._below = f"H{int(heading[1]) + 1}"
        self._elements: dict[str, Node] = {}
        self._items: dict[str, str] = {}  # block → label
        self._parts: dict[tuple[str, str], Node] = {}  # block and "Lbl" or "LBody" → its content
        self._rows: dict[tuple[str, int], Node] = {}
        self._cells: dict[tuple[str, int, int], Node] = {}
        self._links: dict[str, Node] = {}

    def node_for(self, line: TypedLine, piece: Piece) -> Node:
        """Return the element that `piece` is content of."""
        if line.kind is BlockKind.ITEM:
            return self._part_of_item(line.block, piece)
        if piece.cell is not None:
            return _speaking(self._cell(line.block, *piece.cell), piece)
        kind = self._below if line.kind is BlockKind.SECTION else "P"
        return _speaking(self._element(line.block, kind), piece)

    def element(self, block: str) -> Node:
        """Return the element of a block of which something has been drawn."""
        return self._elements[block]

    def link(self, block: str, page: int, rectangle: Rectangle) -> None:
        """Put a link to the block's reading text beside it."""
        contents = f"Paragraph {re.sub(r'^.*?p(?=[0-9])', '', block)} in the reading edition"
        link = Link(page, rectangle, target=block, contents=contents)
        self._links[block] = Node("Link", alt=contents).add(link)

    def section(self) -> Node:
        """Return the finished section; neighbouring items stand in one list, links after it."""
        section = Node("Sect", title="The text")
        lists = groupby(self._elements, lambda block: block in self._items or block)
        for key, group in lists:
            blocks = list(group)
            if key is True:
                section.add(self._list(blocks))
                continue
            section.add(_regular(self._elements[blocks[0]]))
            section.add(*(self._links[block] for block in blocks if block in self._links))
        return section

    def _element(self, block: str, kind: str) -> Node:
        return self._elements.setdefault(block, Node(kind, id=f"facsimile-{block}"))

    def _part_of_item(self, block: str, piece: Piece) -> Node:
        item = self._element(block, "LI")
        self._items.setdefault(block, piece.text.rstrip() if piece.label else "")
        kind = "Lbl" if piece.label else "LBody"
        if (block, kind) in self._parts:
            return self._parts[block, kind]
        part = Node(kind)
        item.add(part)
        self._parts[block, kind] = _speaking(part if piece.label else _apart(part, piece), piece)
        return self._parts[block, kind]

    def _cell(self, block: str, row: int, column: int) -> Node:
        table = self._element(block, "Table")
        if (block, row, column) not in self._cells:
            if (block, row) not in self._rows:
                self._rows[block, row] = Node("TR")
                table.add(self._rows[block, row])
            cell = Node("TD") if row else Node("TH", attributes={"Table": {"Scope": "/Column"}})
            self._rows[block, row].add(cell)
            self._cells[block, row, column] = cell
        return self._cells[block, row, column]

    def _list(self, blocks: list[str]) -> Node:
        label = self._items[blocks[0]]
        numbering = next((name for form, name in _NUMBERING if re.fullmatch(form, label)), "None")
        items = Node("L", attributes={"List": {"ListNumbering": f"/{numbering}"}})
        for block in blocks:
            item = self._elements[block]
            body = next(
                (kid for kid in item.kids if isinstance(kid, Node) and kid.type == "LBody"), item
            )
            if block in self._links:
                body.add(self._links[block])
        return items.add(*(self._elements[block] for block in blocks))


def _speaking(element: Node, piece: Piece) -> Node:
    """Return the element, with what is heard in place of its letters."""
    element.actual = piece.spoken
    return element


def _apart(body: Node, piece: Piece) -> Node:
    """Return the element for an item's words: where it speaks for itself, the item's link stands outside it."""
    if not piece.spoken:
        return body
    words = Node("Span")
    body.add(words)
    return words


def pauses_apart(piece: Piece) -> Iterator[Piece]:
    """Yield a piece in parts, so that two typed spaces in a row stand apart from the words."""
    column = piece.column
    for text in filter(None, re.split("( {2,})", piece.text)):
        yield replace(piece, column=column, text=text)
        column += len(text)


def languages_apart(piece: Piece, phrases: Sequence[ForeignPhrase]) -> Iterator[tuple[Piece, str]]:
    """Yield a piece in parts, each with its language; empty: the edition's own.

    A phrase is looked for on the line: one that runs over a line's end keeps the edition's voice.
    """
    column = piece.column
    for text, language in by_language(piece.text, phrases):
        yield replace(piece, column=column, text=text), language
        column += len(text)


def foreign_in(element: Node, language: str) -> Node:
    """Add words of another language to an element and return them."""
    words = Node("Span", lang=language)
    element.add(words)
    return words


def is_pause(piece: Piece) -> bool:
    """Say whether a piece is typed spaces that are spoken as one."""
    return len(piece.text) > 1 and not piece.text.strip(" ")


def pause_in(element: Node) -> Node:
    """Add a pause to an element and return it: drawn as two spaces, heard as one.

    The spoken form stands on the pause alone. On a whole paragraph it would be matched with the
    drawn letters one by one, and MuPDF 1.26 then parts words where a space was left out.
    """
    pause = Node("Span", actual=" ")
    element.add(pause)
    return pause


def _regular(element: Node) -> Node:
    """Return the element; a table with the last cell that it lacks where an empty one drew nothing."""
    rows = [kid for kid in element.kids if isinstance(kid, Node)] if element.type == "Table" else []
    for row in rows:
        missing = max(len(other.kids) for other in rows) - len(row.kids)
        row.add(*(Node("TD") for _ in range(missing)))
    return element
