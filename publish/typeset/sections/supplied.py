"""What other witnesses supply for the form's fields: the list to which the keys on the sheet lead."""

from html import escape

from publish.model import Drawn
from publish.supplied_fields import Shown, shown
from publish.typeset.sections.context import Context, Section, element, words_html

TITLE = "Supplied from other witnesses"


def supplied(context: Context) -> Section | None:
    """Return the list; nothing where no field is supplied."""
    entries = shown(context.job)
    if not entries:
        return None
    html = element("h2", TITLE, id="supplied")
    html += element("p", _introduction(entries), css="opening")
    items = "".join(_item(context, one) for one in entries)
    html += element("ul", items, css="supplied", data_list="LowerAlpha")
    html += _sigla(context, entries)
    return Section("supplied", TITLE, html)


def _introduction(entries: tuple[Shown, ...]) -> str:
    told = (
        "The transcription leaves these fields of the form blank. On the sheet the editors print in them, in "
        "square brackets and not typed, what the witnesses named here give."
    )
    if any(_stamped(one) for one in entries):
        told += (
            " A stamp is drawn in a neutral grey: its form is supplied, its colour is not known."
        )
    return told


def _stamped(one: Shown) -> bool:
    place = one.field.supplied_at
    return one.entry.drawn is Drawn.STAMP and place is not None and place.stamp is not None


def _sigla(context: Context, entries: tuple[Shown, ...]) -> str:
    named = {one.entry.witness for one in entries}
    told = (
        f"{escape(witness.siglum)}: {context.line(witness.title)}."
        for witness in context.edition.apparatus.witnesses
        if witness.siglum in named
    )
    return element("p", " ".join(told), css="sigla")


def _item(context: Context, one: Shown) -> str:
    entry = one.entry
    key = element("span", escape(one.key), css="key", data_space="after", data_tag="Lbl")
    shape = "stamp" if _stamped(one) else "display"
    display = entry.display.replace("  ", " \u00a0")
    stop = "" if entry.quotation.endswith((".", "!", "?")) else "."
    told = (
        f"{escape(one.field.spoken)}. On the sheet: {element('span', escape(f'[{display}]'), css=shape)}. "
        f"{escape(entry.witness)}, {escape(entry.locator)}: “{words_html(entry.quotation)}”{stop}"
    )
    if entry.note:
        told += f" {context.line(entry.note)}"
    return element(
        "li",
        key + element("span", told, data_tag="LBody"),
        id=f"supplied-{one.key}",
        css="supplied",
        data_tag="LI",
    )
