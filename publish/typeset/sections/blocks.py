"""The document's blocks as HTML: paragraphs, lists and tables, each under its own id.

In: the rendered text, and what the section wants in the margin and between the words. Out: HTML, block by
block, that `verify` finds again by the ids.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from publish.departures import Passage, Rendered
from publish.model import Block, BlockKind, Document
from publish.typeset.sections.context import element, words_html

Insertions = list[tuple[int, str]]  # (printed offset, HTML) in order


def _nothing_between(_block: Block, _passage: Passage) -> Insertions:
    return []


def _unmarked(_block: Block, _passage: Passage) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class BlockSetter:
    """What a section sets its blocks with.

    `margin` returns the HTML that stands before a block's words, `between` what stands among them; both are
    the editors', and lie in a Reference. `marks` returns which words are marked (typeset/reading_marks.py).
    """

    document: Document
    reading: Rendered
    margin: Callable[[Block], str]
    between: Callable[[Block, Passage], Insertions] = _nothing_between
    marks: Callable[[Block, Passage], str] = _unmarked

    def blocks(self) -> Iterator[str]:
        """Yield the HTML of the blocks, neighbouring items gathered in a list."""
        blocks = self.document.blocks
        index = 0
        while index < len(blocks):
            group = [blocks[index]]
            while group[0].kind is BlockKind.ITEM and _next_is_item(blocks, index + len(group) - 1):
                group.append(blocks[index + len(group)])
            html = "".join(map(self._block, group))
            items = group[0].kind is BlockKind.ITEM
            yield (
                element("div", html, css="items", data_tag="L", data_list="Decimal")
                if items
                else html
            )
            index += len(group)

    def _block(self, block: Block) -> str:
        passage = self.reading.block(block.id)
        margin, marks = self.margin(block), self.marks(block, passage)
        if block.kind is BlockKind.TABLE:
            html = margin + _table(passage)
            return element(
                "div", html, css="block table", id=block.id, data_tag="Div", data_marks=marks
            )
        words = _with_insertions(passage.text, self.between(block, passage))
        if block.kind is BlockKind.ITEM:
            end = passage.label_length
            return _item(block, marks, margin, words(0, end), words(end, len(passage.text)))
        css = f"block {block.kind.value}"
        tag = "H3" if block.kind is BlockKind.SECTION else ""
        if block.kind is BlockKind.PARAGRAPH and _is_first(block, self.document.blocks):
            css += " first"
        html = margin + words(0, len(passage.text))
        return element("p", html, css=css, id=block.id, data_tag=tag, data_marks=marks)


def _item(block: Block, marks: str, margin: str, label: str, words: str) -> str:
    label = element(
        "span", margin + element("span", label), css="label", data_space="after", data_tag="Lbl"
    )
    body = element("div", element("span", words.lstrip()), css="body", data_tag="LBody")
    return element(
        "div", label + body, css="block item", id=block.id, data_tag="LI", data_marks=marks
    )


def _next_is_item(blocks: tuple[Block, ...], index: int) -> bool:
    return index + 1 < len(blocks) and blocks[index + 1].kind is BlockKind.ITEM


def _is_first(block: Block, blocks: tuple[Block, ...]) -> bool:
    """Say whether a paragraph is the first, or the first after a sectional head or a table."""
    index = blocks.index(block)
    return index == 0 or blocks[index - 1].kind in (BlockKind.SECTION, BlockKind.TABLE)


def _with_insertions(text: str, insertions: Insertions) -> Callable[[int, int], str]:
    def words(start: int, end: int) -> str:
        return "".join(_pieces(text, insertions, start, end))

    return words


def _pieces(text: str, insertions: Insertions, start: int, end: int) -> Iterator[str]:
    position = start
    for index, (offset, html) in enumerate(insertions):
        if not start < offset <= end:
            continue
        yield words_html(text[position:offset])
        if index and insertions[index - 1][0] == offset and 'class="call"' in html:
            yield element("span", ", ", css="call", data_tag="Reference")
        yield html
        position = offset
    yield words_html(text[position:end])


def _table(passage: Passage) -> str:
    head, *rows = [row.split("\t") for row in passage.text.split("\n")]
    html = element("tr", "".join(element("th", words_html(cell), scope="col") for cell in head))
    body = "".join(
        element("tr", "".join(element("td", words_html(cell)) for cell in row)) for row in rows
    )
    return element("table", element("thead", html) + element("tbody", body))


def paragraph_number(block: Block) -> str:
    """Return a block's number for the margin, said before its words."""
    number = block.id.removeprefix("p")
    return element(
        "span",
        words_html(number),
        css="number",
        data_space="after",
        data_tag="Span",
        data_actual=f"Paragraph {number}. ",
    )


def in_margin(html: str) -> str:
    """Return what stands in the margin beside a block, in the element that keeps it out of the document."""
    return element("span", html, css="margin", data_tag="Reference")
