"""A small telegram, bound as facsimile and reading text, whose pages can be drawn wrong on purpose.

In: other words for some elements. Out: the finished bytes and the record that promises the right
ones. The pages are drawn here, with no engine of the press, so that each fault is one we know.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from publish import fonts, layouts, promises
from publish.assemble import assemble
from publish.departures import Passage, render
from publish.fonts import Face
from publish.imprint import Name
from publish.layouts import Job
from publish.model import Apparatus, Document, Edition, Scope, Source
from publish.orders import Order, make_job
from publish.products import Labels
from publish.promises import Promises
from publish.resources import fonts_directory, layouts_directory
from publish.sources.transcription import read_document
from publish.typed_document import facsimile_document
from publish.typeset.marked import PAGE_FOOT, MarkedCanvas
from publish.typeset.structure import (
    Bookmark,
    Destination,
    LineEndHyphen,
    Link,
    Node,
    Part,
)

TRANSCRIPTION = """\
## Telegram from a Legation that never was (synthetic)

Somewhere, March 4, 1962, 6 p.m.

77. The steamer sails today--weather permitting. Its papers are "in order". Please tell the harbour.

- 1) It carries no counterrevolutionaries. It carries timber.

| Vessel | Due |
|---|---|
| Alma | May 1 |

A last paragraph follows the table.

Source: <https://example.org/77>
"""
WIDTH, HEIGHT = 612.0, 792.0
BLACK = (0.0, 0.0, 0.0)
SIZE = 10.0
HYPHEN = "\u2010"
HYPHENATED = "counterrevolutionaries"


@dataclass
class Bound:
    """A finished file, its record as data and as it is read again."""

    pdf: bytes
    stored: dict[str, Any]
    record: Promises


@cache
def _job() -> Job:
    known = layouts.load(layouts_directory())
    digest = hashlib.sha256(TRANSCRIPTION.encode()).hexdigest()
    source = Source("telegram.txt", "telegram.txt", digest, TRANSCRIPTION)
    edition = Edition(
        id="steamer-1962-03-04",
        title="The steamer sails",
        language="en-US",
        version="1.0",
        document=read_document("steamer-1962-03-04", source),
        apparatus=Apparatus(),
        released=date(2026, 11, 23),
        editors=(Name(body="The editors"),),
        rights=("CC0-1.0",),
    )
    return make_job(edition, Order("edition", form="ds-322"), known)


@cache
def _faces() -> dict[str, Face]:
    return {face.postscript: face for face in fonts.load(fonts_directory())}


@dataclass
class Sheet:
    """Pages of one text being drawn, with other words where `drawn` and `spoken` ask for them."""

    scope: Scope
    face: Face
    drawn: Mapping[str, str]
    spoken: Mapping[str, str]
    canvas: MarkedCanvas = field(init=False)
    row: int = 0
    destinations: list[Destination] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.canvas = MarkedCanvas(WIDTH, HEIGHT, self.face)

    @property
    def prefix(self) -> str:
        return promises.FACSIMILE_PREFIX if self.scope is Scope.FACSIMILE else ""

    def write(self, node: Node, text: str) -> Node:
        """Draw `text` as content of `node`, five words to a line, spaces at line ends drawn."""
        for line in re.findall(r"\s*(?:\S+\s*){1,5}", text):
            self.row += 1
            with self.canvas.tagged(node):
                place = (72.0, HEIGHT - 72 - 14 * self.row)
                self.canvas.text(place, line, self.face, SIZE, BLACK)
        return node

    def turn(self) -> None:
        """Draw the folio, which is no content, and begin a new page."""
        with self.canvas.artifact(PAGE_FOOT):
            self.canvas.text((300, 30), str(self.canvas.page + 1), self.face, SIZE, BLACK)
        self.canvas.turn_page()
        self.row = 0

    def element(self, kind: str, passage: Passage) -> Node:
        """Return an empty element of a passage, and remember where it begins."""
        node = Node(
            kind, id=self.prefix + passage.id, actual=self.spoken.get(self.prefix + passage.id, "")
        )
        self.destinations.append(Destination(node.id, self.canvas.page, 72, HEIGHT - 72))
        return node

    def words(self, passage: Passage) -> str:
        """Return what is to be drawn for a passage: the right words, or others on purpose."""
        text = passage.text
        if self.scope is Scope.READING:
            text = text.replace(HYPHENATED, f"counter{HYPHEN}revolutionaries")
        return self.drawn.get(self.prefix + passage.id, text)

    def item(self, passage: Passage) -> Node:
        """Draw a list with one item. In the reading text the edge of the label is its space."""
        label, body = Node("Lbl"), Node("LBody")
        text = self.words(passage)
        edge = passage.label_length
        if self.scope is Scope.FACSIMILE:
            edge += len(text[edge:]) - len(text[edge:].lstrip())
        item = self.element("LI", passage).add(self.write(label, text[:edge]))
        item.add(self.write(body, text[edge:] if self.prefix else text[edge:].lstrip()))
        return Node("L", attributes={"List": {"ListNumbering": "/Decimal"}}).add(item)

    def table(self, passage: Passage) -> Node:
        """Draw a table, each cell an element."""
        table = self.element("Table", passage)
        for number, row in enumerate(self.words(passage).split("\n")):
            cells = [
                Node("TD") if number else Node("TH", attributes={"Table": {"Scope": "/Column"}})
                for _ in row.split("\t")
            ]
            for cell, text in zip(cells, row.split("\t"), strict=True):
                self.write(cell, text + "  ")
            table.add(Node("TR").add(*cells))
        return table


def build(
    drawn: Mapping[str, str] | None = None,
    spoken: Mapping[str, str] | None = None,
    *,
    between: str = "",
    reversed_blocks: bool = False,
) -> Bound:
    """Return the bound telegram.

    `drawn` and `spoken` give other words by element id; `between` is a loose paragraph put between
    two blocks of the reading text; `reversed_blocks` binds the blocks of the reading text backwards.
    """
    job = _job()
    typed = _faces()["CablePica-Regular"]
    text = _faces()["STIXTwoText-Regular"]
    document = facsimile_document(job)
    parts = (
        _facsimile(Sheet(Scope.FACSIMILE, typed, drawn or {}, spoken or {}), document),
        _reading(
            Sheet(Scope.READING, text, drawn or {}, spoken or {}),
            document,
            between,
            reversed_blocks,
        ),
    )
    pdf = assemble(job, parts, created=datetime(2026, 11, 23, tzinfo=UTC))
    stored = promises.record(
        job, parts, pdf, faces=_faces().values(), versions={"a-library": "1.0"}
    )
    return Bound(pdf, stored, promises.loads(promises.dumps(stored), "edition.promises.json"))


def _facsimile(sheet: Sheet, document: Document) -> Part:
    rendered = render(document, Scope.FACSIMILE)
    number = Node("P", id="facsimile-number")
    sheet.write(number, sheet.drawn.get("facsimile-number", rendered.moved["number"]))
    first, item, table, last = rendered.blocks
    blocks = (
        _paragraph(sheet, first),
        sheet.item(item),
        sheet.table(table),
        _paragraph(sheet, last),
    )
    structure = Node("Part", title="Facsimile").add(number, *blocks)
    sheet.turn()
    return Part(
        id="facsimile",
        pdf=sheet.canvas.finish(),
        pages=(0,),
        structure=(structure,),
        bookmarks=(Bookmark(1, "Facsimile", "facsimile-p1"),),
        destinations=tuple(sheet.destinations),
        labels=Labels("arabic", "F"),
        fonts=(sheet.face.postscript,),
    )


def _paragraph(sheet: Sheet, passage: Passage) -> Node:
    return sheet.write(sheet.element("P", passage), sheet.words(passage))


def _reading(sheet: Sheet, document: Document, between: str, reversed_blocks: bool) -> Part:
    rendered = render(document, Scope.READING)
    head = sheet.write(sheet.element("H1", rendered.heading), sheet.words(rendered.heading))
    date_line = _paragraph(sheet, rendered.dateline)
    blocks = [*_paragraph_with_note(sheet, rendered.blocks[0])]
    blocks += [sheet.item(rendered.blocks[1]), sheet.table(rendered.blocks[2])]
    blocks += [sheet.write(Node("P"), between)] if between else []
    blocks.append(_paragraph(sheet, rendered.blocks[3]))
    if reversed_blocks:
        blocks.reverse()
    sheet.turn()
    item_words = rendered.blocks[1].text
    return Part(
        id="reading",
        pdf=sheet.canvas.finish(),
        pages=(0, 1),
        structure=(Node("Part", title="Reading edition").add(head, date_line, *blocks),),
        bookmarks=(Bookmark(1, "Reading edition", "heading"), Bookmark(2, "Item", "p2")),
        destinations=tuple(sheet.destinations),
        hyphens=(LineEndHyphen("p2", item_words.index(HYPHENATED) + len("counter")),),
        fonts=(sheet.face.postscript,),
    )


def _paragraph_with_note(sheet: Sheet, passage: Passage) -> tuple[Node, Node]:
    """Draw a paragraph that runs over the page, with the call of a note in its midst."""
    paragraph = sheet.element("P", passage)
    words = sheet.words(passage)
    half = words.index(" ", len(words) // 2) + 1 if " " in words else len(words)
    sheet.write(paragraph, words[:half])
    call = sheet.write(Node("Link"), "1")
    call.add(Link(sheet.canvas.page, (72, 72, 90, 90), "note-papers", "Note 1"))
    paragraph.add(Node("Reference").add(call))
    sheet.turn()
    sheet.write(paragraph, words[half:])
    note = Node("Note", id="note-papers")
    sheet.write(note, "1 The editors have not seen the papers.")
    sheet.destinations.append(Destination("note-papers", sheet.canvas.page, 72, 200))
    return paragraph, note
