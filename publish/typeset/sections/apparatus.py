"""What the editors add around the text: head note, commentary, textual notes, method, how to cite."""

import re
from collections.abc import Iterator
from html import escape

from publish.departure_rules import RULES
from publish.departures import curly, in_scope
from publish.model import Departure, Edition, Kind, Note, Report, Scope
from publish.supplied_fields import shown
from publish.typeset.sections.context import (
    Context,
    Section,
    element,
    lemma,
    paragraph_reference,
    times,
    web_address,
    words_html,
)
from publish.typeset.sections.front import long_date, shown_digest
from publish.typeset.sections.text import numbered_notes, short_name


def head_note(context: Context) -> Section | None:
    """Return the head note, or nothing where the editors wrote none."""
    text = context.edition.apparatus.head_note
    if not text:
        return None
    html = element("h2", "Head note", id="head-note")
    html += element("div", context.markdown(text), css="prose")
    return Section("head-note", "Head note", html)


def commentary(context: Context) -> Section | None:
    """Return the commentary: each note with its number, lemma and paragraph."""
    notes = context.edition.apparatus.notes
    if not notes:
        return None
    numbers = numbered_notes(context)
    html = [element("h2", "Commentary", id="commentary")]
    html += [_note(context, note, numbers[note.key]) for note in notes]
    entries = tuple(
        (f"note-{note.key}", f"{numbers[note.key]}. {_curly(note.lemma)}") for note in notes
    )
    return Section("commentary", "Commentary", "\n".join(html), entries=entries)


def _note(context: Context, note: Note, number: int) -> str:
    back = element(
        "a",
        str(number),
        href=f"#call-{note.key}",
        title=f"Back to the text, call {number}",
        data_actual=f"Note {number}. ",
    )
    label = element("span", back, css="note-number", data_space="after", data_tag="Lbl")
    opening = lemma(words_html(_curly(note.lemma)), "lemma", _curly(note.lemma))
    body = context.markdown(note.body).replace("<p>", f"<p>{opening} ", 1)
    place = element("p", paragraph_reference(note.anchor.block), css="note-place")
    return element("div", label + place + body, css="note", id=f"note-{note.key}", data_tag="Note")


def _curly(words: str) -> str:
    """Return a lemma with the typographic signs of the reading text."""
    return re.sub(
        "[\"']",
        lambda m: curly(m[0], m.string[: m.start()][-1:], m.string[m.end() :]),
        words.replace("--", "—"),
    )


def textual_notes(context: Context) -> Section:
    """Return the notes on where print departs from the transcription, made from the departures."""
    departures = context.edition.document.departures
    emended = [d for d in departures if d.kind is Kind.EMENDATION]
    opening = "No word has been emended."
    if emended:
        opening = f"Words have been emended {times(len(emended))}; each place is listed."
    opening += (
        " What follows from a convention is told once, in the editorial method; every other "
        "departure from the transcription is listed here."
    )
    listed = [d for d in departures if d.report is Report.LISTED and _in_product(context, d)]
    html = [
        element("h2", "Textual notes", id="textual-notes"),
        element("p", opening, css="opening"),
        *(_textual_note(context, departure) for departure in listed),
    ]
    return Section("textual-notes", "Textual notes", "\n".join(html))


def _in_product(context: Context, departure: Departure) -> bool:
    return context.facsimile is not None or departure.scope.covers(Scope.READING)


_TEXTS = {
    Scope.READING: "reading text",
    Scope.FACSIMILE: "facsimile",
    Scope.BOTH: "both texts",
}


def _textual_note(context: Context, departure: Departure) -> str:
    document = context.edition.document
    block = next((b for b in document.blocks if departure.span.start in b.span), None)
    place = f" {paragraph_reference(block.id)}." if block else ""
    if departure.moved_to:
        done = f"printed as {escape(departure.moved)} in another place"
    elif departure.printed:
        done = f"printed {words_html(departure.printed)}"
    else:
        done = "not printed"
    resolved = [m.resolution for m in document.note_marks if m.span == departure.span]
    told = words_html(departure.reason or RULES[departure.rule].method)
    if resolved and resolved[0]:
        told = context.line(resolved[0])
    shown = _shortened(departure.source)
    reading = element("span", escape(shown, quote=False), css="reading")
    reading = lemma(reading, "", shown)
    return element(
        "p", f"{reading} {done} ({_TEXTS[departure.scope]}).{place} {told}", css="textual-note"
    )


def _shortened(words: str) -> str:
    """Return a long lemma as its first and last words."""
    words = words.strip()
    if len(words) <= 60:
        return words
    every = words.split()
    return f"{' '.join(every[:3])} … {' '.join(every[-2:])}" if len(every) > 5 else words


def method(context: Context) -> Section:
    """Return the editorial method, made from the conventions that were applied to this text."""
    told = (
        "Print departs from the transcription’s characters only by the conventions below, which "
        "say how often they were applied to this text, and by what the textual notes list. Every "
        "departure is recorded, and the finished pages are checked, character by character, "
        "against the transcription and that record."
    )
    html = [
        element("h2", "Editorial method", id="method"),
        element("p", _statement(context), css="opening"),
        element("p", told),
        element("ul", "".join(_conventions(context)), css="rules", data_list="Decimal"),
        element("p", f"{element('strong', 'The margins.')} {_about_margins(context)}"),
    ]
    if context.facsimile is not None:
        about = f"{element('strong', 'The facsimile.')} {words_html(_about_form(context))}"
        html.append(element("p", about))
    return Section("method", "Editorial method", "\n".join(html))


def _conventions(context: Context) -> Iterator[str]:
    """Yield an item of the list for each convention that was applied, with how often it was."""
    departures = context.edition.document.departures
    scopes = [Scope.READING] + ([Scope.FACSIMILE] if context.facsimile is not None else [])
    applied = {d for scope in scopes for d in in_scope(departures, scope)}
    number = 0
    for name, rule in RULES.items():
        count = sum(1 for d in applied if d.rule == name)
        if not count or rule.report is Report.LISTED:
            continue
        number += 1
        label = element("span", f"{number}.", css="rule-number", data_space="after", data_tag="Lbl")
        counted = "" if rule.throughout else f" ({times(count)})"
        words = words_html(f"{rule.method.removesuffix('.')}{counted}.")
        yield element(
            "li", label + element("span", words, data_tag="LBody"), css="rule", data_tag="LI"
        )


def _about_margins(context: Context) -> str:
    told = "At the left stands the number of the paragraph, which is heard as a word before it."
    first = next(iter(context.positions.values()), None)
    if first is not None:
        place = f"{context.prefix}{first.sheet},\u00a0{first.line}"
        told += (
            f" At the right, “{place}” is sheet {first.sheet}, line {first.line} of the facsimile, "
            "where the paragraph begins."
        )
    for page_break in context.edition.document.page_breaks:
        name = short_name(context, page_break.witness)
        told += f" “{name} {page_break.page}” stands where page {page_break.page} of {name} begins."
    return words_html(told)


def _about_form(context: Context) -> str:
    form = context.job.form
    blank = "Fields stay blank where the transcription does not fill them"
    if not any(field.words and not field.filled_by for field in form.fields):
        blank = ""
    elif shown(context.job):
        blank += (
            ", but for those in square brackets, which the editors supply from other witnesses."
        )
    else:
        blank += ", even where another witness would."
    return (
        (
            f"{form.title}. The facsimile is a typographic reconstruction, not a scan. "
            f"{form.evidence} {form.account} {blank}"
        )
        .replace("  ", " ")
        .rstrip()
    )


def _statement(context: Context) -> str:
    witnesses = context.edition.apparatus.witnesses
    base = next((w for w in witnesses if w.base), None)
    if base is None:
        return "This transcription has been compared with no other text and with no original."
    compared = " and ".join(
        f"{escape(w.siglum)} ({context.line(w.title)})" for w in witnesses if not w.base
    )
    original = "" if any(w.original for w in witnesses) else ", and with no original"
    against = f"has been compared with {compared}{original}"
    if not compared:
        against = "has been compared with no other text and with no original"
    siglum = escape(base.siglum)
    return f"{siglum}, the transcription printed here, is the base text. It {against}."


def citation(context: Context) -> Section:
    """Return how to cite the document, a paragraph of it, and this edition."""
    html = [element("h2", "How to cite", id="citation")]
    html += [
        element("p", f"{element('strong', what)} {told}")
        for what, told in (
            ("The document.", _cite_document(context)),
            ("This edition.", _cite_edition(context.edition)),
            ("A paragraph.", _cite_paragraph(context)),
            ("The transcription.", _cite_transcription(context.edition)),
        )
    ]
    return Section("citation", "How to cite", "\n".join(html))


def _cite_document(context: Context) -> str:
    edition = context.edition
    warning = (
        "The facsimile in this book is not an image of the original and should not be cited as one."
    )
    if not edition.cite_document:
        return f"Cite the original or a scholarly printing of it. {warning}"
    address = f", {web_address(edition.cite_url)}" if edition.cite_url else ""
    return f"{context.line(edition.cite_document)}{address}. {warning}"


def _cite_edition(edition: Edition) -> str:
    title = f"{edition.title}: {edition.subtitle}" if edition.subtitle else edition.title
    by = f"{', '.join(edition.editors)}, " if edition.editors else ""
    version = f", version {edition.version}" if edition.version else ""
    when = long_date(edition.released) if edition.released else ""
    book = element("em", words_html(title))
    published = ", ".join(filter(None, (edition.publisher, when)))
    return (
        f"{words_html(by)}{book}{escape(version)}{escape(f' ({published})') if published else ''}."
    )


def _cite_paragraph(context: Context) -> str:
    blocks = context.edition.document.blocks
    block = blocks[min(2, len(blocks) - 1)].id
    place = f"{context.job.file_name}#nameddest={block}"
    address = element("span", escape(place), css="unbroken")
    lasting = "The paragraph numbers at the left stay the same in every form of this edition"
    if context.edition.version:
        lasting += " and in later versions"
    number = block.removeprefix("p")
    return (
        f"{lasting}: write “¶ {number}” after the title. In the file, {address} opens that "
        "paragraph."
    )


def _cite_transcription(edition: Edition) -> str:
    source = edition.document.source
    digest = element("span", shown_digest(source.sha256), css="digest")
    return f"{escape(source.name)}, SHA-256 {digest}."
