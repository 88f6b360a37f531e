"""The telegram itself: clear text, numbered blocks, note calls, and what stands in its margins."""

from html import escape

from publish.departures import Passage
from publish.model import Block
from publish.typeset.sections.blocks import BlockSetter, Insertions, in_margin, paragraph_number
from publish.typeset.sections.context import (
    LINK_SCHEME,
    Context,
    Section,
    element,
    passage_html,
)

_CLOSING = ".,;:?!”’)"  # a call stands after these, but before a dash


def numbered_notes(context: Context) -> dict[str, int]:
    """Return the printed number of each note: by the place of its call."""
    notes = context.edition.apparatus.notes
    return {note.key: number for number, note in enumerate(notes, 1)}


def telegram(context: Context) -> Section:
    """Return the reading text under its heading and dateline."""
    setter = BlockSetter(
        context.edition.document,
        context.reading,
        margin=lambda block: _margin(context, block),
        between=lambda block, passage: _insertions(context, block, passage),
    )
    parts = ['<h2 id="telegram">The telegram</h2>', _own_heading(context), *setter.blocks()]
    return Section("telegram", "The telegram", "\n".join(parts))


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


def _margin(context: Context, block: Block) -> str:
    html = paragraph_number(block)
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
    return in_margin(html)


def _insertions(context: Context, block: Block, passage: Passage) -> Insertions:
    """Return (printed offset, HTML) of note calls and page breaks, in order."""
    found: Insertions = []
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
