"""The telegram itself: clear text, numbered blocks, note calls, and what stands in its margins."""

from collections.abc import Callable, Iterator
from html import escape

from publish.departures import Passage
from publish.model import Block, BlockKind
from publish.typeset.sections.context import (
    LINK_SCHEME,
    Context,
    Section,
    element,
    passage_html,
    words_html,
)

_CLOSING = ".,;:?!”’)"  # a call stands after these, but before a dash


def numbered_notes(context: Context) -> dict[str, int]:
    """Return the printed number of each note: by the place of its call."""
    notes = context.edition.apparatus.notes
    return {note.key: number for number, note in enumerate(notes, 1)}


def telegram(context: Context) -> Section:
    """Return the reading text under its heading and dateline."""
    edition = context.edition
    blocks = edition.document.blocks
    parts = ['<h2 id="telegram">The telegram</h2>', _own_heading(context)]
    index = 0
    while index < len(blocks):
        group = [blocks[index]]
        while group[0].kind is BlockKind.ITEM and _next_is_item(blocks, index + len(group) - 1):
            group.append(blocks[index + len(group)])
        html = [_block(context, block, blocks) for block in group]
        items = group[0].kind is BlockKind.ITEM
        parts.append(
            element("div", "".join(html), css="items", data_tag="L", data_list="Decimal")
            if items
            else html[0]
        )
        index += len(group)
    return Section("telegram", "The telegram", "\n".join(parts))


def _next_is_item(blocks: tuple[Block, ...], index: int) -> bool:
    return index + 1 < len(blocks) and blocks[index + 1].kind is BlockKind.ITEM


def _own_heading(context: Context) -> str:
    document, reading = context.edition.document, context.reading
    siglum = document.source.siglum
    if siglum:
        listed = bool(context.edition.apparatus.witnesses)
        siglum = f" ({siglum}; see Witnesses)" if listed else f" ({siglum})"
    editors = f"Heading and dateline as they stand in the transcription{escape(siglum)}."
    layers = [layer for layer in (document.transmission, document.enclosed) if layer]
    if layers:
        told = "; ".join(
            f"{layer.what} from {layer.sender} to {layer.recipient}" for layer in layers
        )
        editors = f"{told[:1].upper()}{told[1:]}. {editors}"
    return (
        f'<p class="heading" id="heading" data-tag="H3">{passage_html(reading.heading)}</p>'
        f'<p class="dateline" id="dateline">{passage_html(reading.dateline)}</p>'
        f'<p class="editors-line">{escape(editors)}</p>'
    )


def _block(context: Context, block: Block, blocks: tuple[Block, ...]) -> str:
    passage = context.reading.block(block.id)
    margin = _margin(context, block)
    if block.kind is BlockKind.TABLE:
        return element(
            "div", margin + _table(passage), css="block table", id=block.id, data_tag="Div"
        )
    words = _with_insertions(passage.text, _insertions(context, block, passage))
    if block.kind is BlockKind.ITEM:
        end = passage.label_length
        words_of_label = margin + element("span", words(0, end))
        label = element("span", words_of_label, css="label", data_space="after", data_tag="Lbl")
        text = element("span", words(end, len(passage.text)).lstrip())
        body = element("div", text, css="body", data_tag="LBody")
        return element("div", label + body, css="block item", id=block.id, data_tag="LI")
    css = f"block {block.kind.value}"
    if block.kind is BlockKind.SECTION:
        words_of_head = margin + words(0, len(passage.text))
        return element("p", words_of_head, css=css, id=block.id, data_tag="H3")
    if block.kind is BlockKind.PARAGRAPH and _is_first_after_break(block, blocks):
        css += " first"
    return element("p", margin + words(0, len(passage.text)), css=css, id=block.id)


def _is_first_after_break(block: Block, blocks: tuple[Block, ...]) -> bool:
    index = blocks.index(block)
    return index == 0 or blocks[index - 1].kind in (BlockKind.SECTION, BlockKind.TABLE)


def _margin(context: Context, block: Block) -> str:
    number = block.id.removeprefix("p")
    spoken = f"Paragraph {number}. "
    html = element(
        "span",
        escape(number),
        css="number",
        data_space="after",
        data_tag="Span",
        data_actual=spoken,
    )
    placed = context.positions.get(block.id)
    if placed is not None:
        html += element(
            "a",
            f"{context.prefix}{placed.sheet}, {placed.line}",
            css="place",
            data_space="after",
            href=f"{LINK_SCHEME}facsimile-{block.id}",
            title=f"Facsimile, sheet {placed.sheet}, line {placed.line}",
            data_actual=f"Facsimile, sheet {placed.sheet}, line {placed.line}. ",
        )
    return element("span", html, css="margin", data_tag="Reference")


def _insertions(context: Context, block: Block, passage: Passage) -> list[tuple[int, str]]:
    """Return (printed offset, HTML) of note calls and page breaks, in order."""
    found: list[tuple[int, str]] = []
    numbers = numbered_notes(context)
    for note in context.edition.apparatus.notes:
        if note.anchor.block == block.id:
            offset = passage.printed_offset(note.anchor.span.end)
            while passage.text[offset : offset + 1] and passage.text[offset] in _CLOSING:
                offset += 1
            found.append((offset, _call(note.key, numbers[note.key], note.lemma)))
    document = context.edition.document
    for page_break in document.page_breaks:
        if page_break.offset in block.span and page_break.offset > block.span.start:
            name = short_name(context, page_break.witness)
            words = escape(f"{name} {page_break.page}")
            mark = element(
                "span",
                words,
                css="page-break",
                data_space="after",
                data_tag="Reference",
                data_actual=f"(page {page_break.page} of {name} begins) ",
            )
            found.append((passage.printed_offset(page_break.offset), mark))
    return sorted(found, key=lambda pair: pair[0])


def short_name(context: Context, siglum: str) -> str:
    """Return what a witness is called in the margin."""
    names = {witness.siglum: witness.short for witness in context.edition.apparatus.witnesses}
    return names.get(siglum) or siglum


def _call(key: str, number: int, lemma: str) -> str:
    link = element(
        "a",
        str(number),
        href=f"#note-{key}",
        id=f"call-{key}",
        title=f"Note {number}: {lemma}",
        data_actual=f" (note {number}) ",
    )
    return element("span", link, css="call", data_tag="Reference")


def _with_insertions(text: str, insertions: list[tuple[int, str]]) -> Callable[[int, int], str]:
    def words(start: int, end: int) -> str:
        return "".join(_pieces(text, insertions, start, end))

    return words


def _pieces(text: str, insertions: list[tuple[int, str]], start: int, end: int) -> Iterator[str]:
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
