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
    html += element(
        "p",
        "The transcription leaves these fields of the form blank. On the sheet the editors print in them, in "
        "square brackets, in a face of print and not typed, what other witnesses give. "
        + _about_stamps(entries),
        css="opening",
    )
    items = "".join(_item(context, one) for one in entries)
    html += element("ul", items, css="supplied", data_list="LowerAlpha")
    return Section("supplied", TITLE, html)


def _about_stamps(entries: tuple[Shown, ...]) -> str:
    if not any(one.entry.drawn is Drawn.STAMP for one in entries):
        return ""
    return "A stamp is drawn in a neutral grey: its form is supplied, its colour is not known."


def _item(context: Context, one: Shown) -> str:
    entry = one.entry
    key = element("span", escape(one.key), css="key", data_space="after", data_tag="Lbl")
    shape = "stamp" if entry.drawn is Drawn.STAMP else "display"
    display = entry.display.replace("  ", " \u00a0")
    words = display if entry.drawn is Drawn.STAMP else f"[{display}]"
    stop = "" if entry.quotation.endswith((".", "!", "?")) else "."
    told = (
        f"{escape(one.field.spoken)}. On the sheet: {element('span', escape(words), css=shape)}. "
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
