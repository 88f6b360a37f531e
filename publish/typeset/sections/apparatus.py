"""What the editors add around the text: head note, commentary, textual notes, method."""

import re
from collections.abc import Iterable, Iterator
from html import escape

from publish.departure_rules import RULES
from publish.departures import curly, in_scope
from publish.model import Collated, Departure, Kind, Note, Report, Scope, Witness
from publish.sheet_words import evidence
from publish.supplied_fields import shown
from publish.typeset.sections.context import (
    Context,
    Section,
    element,
    lemma,
    paragraph_reference,
    shortened,
    times,
    words_html,
)
from publish.typeset.sections.heard import sign_alone
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
    words = element("span", words_html(_curly(note.lemma)), css="lemma")
    opening = lemma(words, "", _curly(note.lemma))
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
        " Changes made by convention are stated once, in the editorial method; every other "
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
    words = shortened(departure.source)
    reading = element("span", escape(words, quote=False), css="reading")
    reading = lemma(reading, "", sign_alone(words))
    return element(
        "p", f"{reading} {done} ({_TEXTS[departure.scope]}).{place} {told}", css="textual-note"
    )


def method(context: Context) -> Section:
    """Return the editorial method, made from the conventions that were applied to this text."""
    told = (
        "Print departs from the transcription’s characters only by the conventions below, each with "
        "the number of times it was applied to this text, and where the textual notes say so. Every "
        "departure is recorded, and the finished pages are checked, character by character, against "
        "the transcription and that record."
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
    """Tell what the signs beside text and notes mean, and where they lead."""
    left = "Beside the text, at the left, stands the paragraph’s number; a screen reader says it before the words."
    right: list[str] = []
    if first := next(iter(context.positions.values()), None):
        place = f"{context.prefix}{first.sheet},\u00a0{first.line}"
        right.append(
            f"“{place}” leads to the paragraph’s beginning in the facsimile, here sheet {first.sheet}, "
            f"line {first.line}"
        )
    for page_break in context.edition.document.page_breaks:
        name, siglum = short_name(context, page_break.witness), page_break.witness
        whose = name if name == siglum else f"{name} (witness {siglum})"
        right.append(
            f"“{name} {page_break.page}” marks the line in which page {page_break.page} of {whose} begins"
        )
    told = f"{left} At the right, {'; '.join(right)}." if right else left
    if context.edition.apparatus.notes:
        told += (
            " Raised numbers lead to the notes, a note’s number back to the text, the ¶ beside it to the "
            "paragraph."
        )
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
        blank += "."
    return (
        (
            f"{form.title}. The facsimile is a typographic reconstruction, not a scan. "
            f"{evidence(context.job)} {form.account} {context.job.stock.account} {blank}"
        )
        .replace("  ", " ")
        .rstrip()
    )


def _statement(context: Context) -> str:
    """Say with which witnesses the text was compared, how far, and whether with an original."""
    witnesses = context.edition.apparatus.witnesses
    base = next((w for w in witnesses if w.base), None)
    if base is None:
        return "This transcription has been compared with no other text and with no original."
    told = f"The base text is {escape(base.siglum)}, the transcription printed here."
    others = [w for w in witnesses if not w.base]
    whole = _named(w for w in others if w.collated is Collated.WHOLE)
    part = _named(w for w in others if w.collated is Collated.PART)
    compared = [f"with all of {whole} word by word"] if whole else []
    compared += [f"with {part} in part"] if part else []
    if not compared:
        return f"{told} It was compared with no other text and with no original (see Witnesses)."
    if not any(w.original and w.collated is not Collated.NONE for w in others):
        compared.append("with no original")
    *first, last = compared
    return f"{told} It was compared {', '.join(first)}{', and ' if first else ''}{last} (see Witnesses)."


def _named(witnesses: Iterable[Witness]) -> str:
    return " and ".join(escape(witness.siglum) for witness in witnesses)
