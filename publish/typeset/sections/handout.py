"""What stands around the text on a student's source sheet: its head above, the word bank below."""

from html import escape

from publish.classroom import Gloss
from publish.handout_words import SourceLine, handout_title, source_lines
from publish.model import Edition
from publish.typeset.sections.context import (
    Context,
    Section,
    element,
    web_address,
    words_html,
)
from publish.typeset.sections.witnesses import bare_list

_SOURCE = "Source line"
_BLANKS = ("Name", "Date", "Period")


def name_line() -> str:
    """Return the line on which students write who they are."""
    blanks = " ".join(
        element("span", f"{word}{element('span', '', css='blank')}", css=word.lower())
        for word in _BLANKS
    )
    return element("p", blanks, css="name-line")


def sheet_head(context: Context) -> Section:
    """Return title, central question, source line and head note, as far as the edition has them."""
    return _head(context, name_line(), source_paragraph(context))


def plain_head(context: Context) -> Section:
    """Return the same without the source line, which then stands after the text."""
    return _head(context, name_line(), "")


def _head(context: Context, names: str, source: str) -> Section:
    edition = context.edition
    handout = edition.classroom.handout
    title = handout_title(edition)
    html = [
        names,
        element("h1", words_html(title), css="title", id="sheet-head", data_foot=foot(edition)),
    ]
    if handout.central_question:
        html.append(element("p", context.line(handout.central_question), css="central-question"))
    html.append(source)
    if handout.head_note:
        html.append(element("p", context.line(handout.head_note), css="head-note"))
    return Section("sheet-head", title, "\n".join(html), level=1)


def source(context: Context) -> Section:
    """Return the source line under a head of its own."""
    html = element("h2", _SOURCE, id="source") + source_paragraph(context)
    return Section("source", _SOURCE, html, level=1)


def foot(edition: Edition) -> str:
    """Return the words at the foot of each page: what the sheet is of, should it part from the others."""
    return escape(edition.short_title or edition.title, quote=True)


def source_paragraph(context: Context) -> str:
    """Return the source line: labels and what they tell, in one paragraph."""
    told = " ".join(_source(context, line) for line in source_lines(context.edition))
    return element("p", told, css="source-lines")


def _source(context: Context, line: SourceLine) -> str:
    """Return a label and what it tells; the address of the text itself is shown, another is a link alone."""
    told = context.line(line.told)
    if line.url and line.label == "Text":
        told = f"{told} {web_address(line.url)}"
    elif line.url:
        told = element("a", told, href=line.url, title=line.url)
    return f"{element('strong', escape(f'{line.label}:'))} {told}"


def word_bank(context: Context) -> Section | None:
    """Return the word bank in the order of the text; nothing where no word is explained."""
    glosses = context.edition.classroom.handout.glosses
    if not glosses:
        return None
    html = element("h2", "Word bank", id="word-bank")
    html += bare_list([_gloss(context, gloss) for gloss in glosses], "word-bank")
    return Section("word-bank", "Word bank", html, level=1)


def _gloss(context: Context, gloss: Gloss) -> str:
    words = words_html(gloss.words)
    bold = element("strong", words, data_tag="Span", data_actual=f"{gloss.words}: ")
    told = element("span", f"{bold} {context.line(gloss.meaning)}", data_tag="LBody")
    return element("li", told, css="gloss", data_tag="LI")
