"""The words of an exhibit on paper: the object's label, and the gallery guide in large print.

The words are those of exhibit.md, the same as on the panel; of the press's own there are a few, by language.
"""

from collections.abc import Iterator
from html import escape

from publish.departures import Passage
from publish.exhibit import Exhibit, italic_pieces, without_italics
from publish.model import Block, BlockKind
from publish.panel_words import PanelWords, exhibit_of, words_in
from publish.typeset.sections.context import (
    Context,
    Section,
    breakable,
    element,
    passage_html,
    words_html,
)

PANEL = "panel"  # the product in whose folder the press's words lie
FULL = "full"
_TIE = "\u00a0"


def _words(context: Context) -> tuple[Exhibit, PanelWords]:
    exhibit = exhibit_of(context.job)
    return exhibit, words_in(exhibit.language, context.job.product.directory.parent / PANEL)


def _spoken_in(context: Context, exhibit: Exhibit, html: str) -> str:
    """Return words in their own language, where that is not the edition's."""
    if exhibit.language == context.edition.language:
        return html
    return element("div", html, lang=exhibit.language)


def object_label(context: Context) -> Section:
    """Return the object's label: which telegram, that it is a reconstruction, whence its text; or the label too."""
    exhibit, words = _words(context)
    html = element("p", escape(exhibit.kicker), css="kicker")
    html += element("h1", escape(exhibit.title), id="label")
    html += element("p", _object(context, exhibit), css="object")
    html += element("p", escape(words.statement), css="statement")
    if context.job.options.get("words") == FULL:
        html += _paragraphs(exhibit.label, "words")
    html += element("p", _with_italics(exhibit.credit[0]), css="credit")
    return Section("label", exhibit.title, _spoken_in(context, exhibit, html), level=1)


def _object(context: Context, exhibit: Exhibit) -> str:
    """Return what the object is called, in the edition's language, and who speaks in it to whom."""
    name = f"{escape(context.edition.title.rstrip('.'))}."
    if exhibit.language != context.edition.language:
        name = element("span", name, lang=context.edition.language)
    return f"{name} {escape(exhibit.quotation_credit)}."


def guide(context: Context) -> Section:
    """Return all words of the panel in their order, for who cannot read them on the wall."""
    exhibit, words = _words(context)
    html = element("p", escape(exhibit.kicker), css="kicker")
    html += element("h1", escape(exhibit.title), id="guide")
    html += _paragraphs(exhibit.label, "label")
    opening, closing = words.quotes
    html += element(
        "blockquote",
        element("p", words_html(f"{opening}{exhibit.quotation}{closing}")),
        css="quotation",
    )
    credit = exhibit.quotation_credit
    credit += f". {words.translated}." if exhibit.translated else ""
    html += element("p", escape(credit), css="quotation-credit")
    html += _timeline(exhibit, words)
    html += element("p", escape(f"{words.statement} {exhibit.statement}"), css="statement")
    html += "".join(
        element("p", escape(without_italics(paragraph)), css="credit")
        for paragraph in exhibit.credit
    )
    if address := context.edition.address:
        link = element("a", _address(address), href=address, title=f"Opens {address}")
        html += element("p", link, css="address")
    return Section("guide", exhibit.title, _spoken_in(context, exhibit, html), level=1)


def _address(address: str) -> str:
    """Return an address as it is shown, its last two steps on one line: alone the last one looks lost."""
    steps = address.partition("://")[2].split("/")
    first, last = "/".join(steps[:-2]), "/".join(steps[-2:])
    kept = element("span", escape(last), css="kept")
    return breakable(escape(f"{first}/")) + kept if first else kept


def _with_italics(words: str) -> str:
    return "".join(
        element("i", escape(piece)) if italic else escape(piece)
        for piece, italic in italic_pieces(words)
    )


def _paragraphs(paragraphs: tuple[str, ...], css: str) -> str:
    return "".join(element("p", escape(paragraph), css=css) for paragraph in paragraphs)


def _timeline(exhibit: Exhibit, words: PanelWords) -> str:
    if not exhibit.rows:
        return ""
    rows = "".join(_row(moment, told) for moment, told in _rows(exhibit, words))
    return element("p", escape(exhibit.clock), css="clock") + element(
        "ul", rows, css="days", data_list="None"
    )


def _row(moment: str, told: str) -> str:
    words = element("span", escape(moment), css="moment") + f" {escape(told)}"
    return element("li", element("div", words, data_tag="LBody"), css="day", data_tag="LI")


def _rows(exhibit: Exhibit, words: PanelWords) -> Iterator[tuple[str, str]]:
    """Yield the day and hour of each row, and what it tells. A list that is heard names the day each time."""
    for row in exhibit.rows:
        day, hour = words.day(row.day), words.hour(row.shown)
        yield ", ".join(filter(None, (day, hour))).replace(" ", _TIE), row.told


def large_telegram(context: Context) -> Section:
    """Return the telegram's text alone: no numbers, calls or margins, all of one size."""
    document, reading = context.edition.document, context.reading
    parts = [
        element("h2", "The telegram", id="telegram"),
        element("p", passage_html(reading.heading), css="heading", id="heading", data_tag="H3"),
        element("p", passage_html(reading.dateline), css="dateline", id="dateline"),
    ]
    items: list[str] = []
    for block in document.blocks:
        if block.kind is not BlockKind.ITEM and items:
            parts.append(_list(items))
            items = []
        html = _block(block, reading.block(block.id))
        (items if block.kind is BlockKind.ITEM else parts).append(html)
    if items:
        parts.append(_list(items))
    return Section("telegram", "The telegram", "\n".join(parts), level=1)


def _list(items: list[str]) -> str:
    return element("div", "".join(items), css="items", data_tag="L", data_list="Decimal")


def _block(block: Block, passage: Passage) -> str:
    css = f"block {block.kind.value}"
    if block.kind is BlockKind.TABLE:
        return element("div", _table(passage), css=css, id=block.id, data_tag="Div")
    if block.kind is BlockKind.ITEM:
        end = passage.label_length
        label = element(
            "span",
            words_html(passage.text[:end]),
            css="label-of-item",
            data_space="after",
            data_tag="Lbl",
        )
        body = element(
            "div",
            element("span", words_html(passage.text[end:].lstrip())),
            css="body",
            data_tag="LBody",
        )
        return element("div", label + body, css=css, id=block.id, data_tag="LI")
    tag = "H3" if block.kind is BlockKind.SECTION else ""
    return element("p", passage_html(passage), css=css, id=block.id, data_tag=tag)


def _table(passage: Passage) -> str:
    head, *rows = [row.split("\t") for row in passage.text.split("\n")]
    html = element("tr", "".join(element("th", words_html(cell), scope="col") for cell in head))
    body = "".join(
        element("tr", "".join(element("td", words_html(cell)) for cell in row)) for row in rows
    )
    return element("table", element("thead", html) + element("tbody", body))
