"""The document as a form types it: what the form's habits make of number, dateline, spaces and letters.

In: a document as it was read, and a form. Out: the same document with a recorded departure for each
thing that its sheet has otherwise than the transcription. Nothing is typed or drawn here.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from publish.departure_rules import CAPITALS, RULES, YEAR
from publish.departures import Passage, Run, depart, render, with_typed_spacing
from publish.layouts import Job
from publish.model import Departure, Document, Scope, Span
from publish.printed_form import DatelineStands, Form, Letters, NumberStands, Signs
from publish.problems import RenderingError, SourceError, where_in

_MANY_SHEETS = 99  # a field on later sheets must have room for as high a number
_NOT_STRUCK = " \t\n"  # what stands between words, columns and rows


def facsimile_document(job: Job) -> Document:
    """Return the job's document as its form types it."""
    return typed_document(job.edition.document, job.form)


def typed_document(document: Document, form: Form) -> Document:
    """Return the document with the departures that the form's habits make, in the facsimile only.

    A document that the form has typed already is returned as it is. Raises SourceError or
    RenderingError, naming the place in the transcription, for what the form cannot type: a letter
    whose capital is two, a sign that its machine lacks, words longer than their field.
    """
    if any(departure.rule == CAPITALS for departure in document.departures):
        return document
    if form.typing.number is NumberStands.TEXT:
        document = _replaced(document, "number-to-action-line")
    if form.typing.dateline is not DatelineStands.CAPTION:
        document = _with_dateline(document, form)
    document = with_typed_spacing(document, form.typing.spacing)
    if form.typing.letters is Letters.CAPITALS:
        document = _in_capitals(document, form)
    if form.typing.signs is not None:
        _check_signs(document, form, form.typing.signs)
    _check_room(document, form)
    return document


def _replaced(document: Document, rule: str, *others: Departure) -> Document:
    """Return the document with `others` in place of its departure under `rule`, where it has one."""
    departures: list[Departure] = []
    for departure in document.departures:
        departures += others if departure.rule == rule else (departure,)
    return replace(document, departures=tuple(departures))


# The dateline


def _with_dateline(document: Document, form: Form) -> Document:
    if form.typing.dateline is DatelineStands.TEXT:
        return _replaced(document, "dateline-off-sheet", *_spaces_of_dateline(document))
    return _replaced(document, "dateline-off-sheet", *_parts_of_dateline(document))


def _spaces_of_dateline(document: Document) -> Iterator[Departure]:
    """Yield what becomes of the dateline's signs that have no type: the blocks have theirs already."""
    text = document.source.text
    for offset in range(*document.dateline.ends):
        for rule, printed in (("no-break-space", " "), ("invisible-sign", "")):
            if RULES[rule].allows(text[offset], printed):
                yield depart(rule, text, offset, offset + 1, printed, Scope.FACSIMILE)


def _parts_of_dateline(document: Document) -> Iterator[Departure]:
    """Yield the departures that move place and date of the dateline to fields.

    The date begins with the part between commas that has the year, or, where it has the year alone,
    with the figures in the part before it; what stands before the date is the place.
    """
    source, (start, end) = document.source, document.dateline.ends
    parts = [match.span() for match in re.finditer(r"[^,]+", source.text[start:end])]
    words = [source.text[start + first : start + last].strip() for first, last in parts]
    number = next((index for index, part in enumerate(words) if YEAR.search(part)), None)
    if number is None:
        raise SourceError(
            "the dateline has no part with the year, by which place and date are told apart",
            where=where_in(source.path, source.text, start),
            hint="Write place and date between commas: Lisbon, March 4, 1962, 6 p.m.",
        )
    if number and YEAR.fullmatch(words[number]) and re.search(r"\d", words[number - 1]):
        number -= 1
    if re.search(r"\d", source.text[start : start + parts[number][0]]):
        raise SourceError(
            "place and date of the dateline cannot be told apart",
            where=where_in(source.path, source.text, start),
            hint="Write them between commas: Lisbon, March 4, 1962, 6 p.m.",
        )
    left = start + parts[number][0]
    date = left + len(source.text[left:end]) - len(source.text[left:end].lstrip())
    for rule, span in (("place-to-field", Span(start, date)), ("date-to-field", Span(date, end))):
        law = RULES[rule]
        if moved := law.moves(source.text[span.start : span.end]):
            yield depart(
                rule,
                source.text,
                *span.ends,
                scope=Scope.FACSIMILE,
                moved_to=law.fills,
                moved=moved,
            )


# Capitals


def _in_capitals(document: Document, form: Form) -> Document:
    """Return the document in capitals: one departure for each run that stands as in the transcription."""
    text = document.source.text
    replaced: set[Departure] = set()
    made: list[Departure] = []
    for run in _runs_on_sheet(document):
        capitals = _capitals(run.text, run, document, form)
        if capitals == run.text:
            continue
        if run.departure is None:
            made.append(depart(CAPITALS, text, *run.span.ends, capitals, Scope.FACSIMILE))
        else:
            # Words that another rule prints already are in capitals on the sheet only.
            replaced.add(run.departure)
            if capitals != run.departure.source:
                made.append(replace(run.departure, printed=capitals, scope=Scope.FACSIMILE))
            if run.departure.scope is Scope.BOTH:
                made.append(replace(run.departure, scope=Scope.READING))
    kept = (replace(d, moved=d.moved.upper()) for d in document.departures if d not in replaced)
    return replace(document, departures=(*kept, *made))


def _runs_on_sheet(document: Document) -> Iterator[Run]:
    """Yield the runs of all that is typed; an item's label is a run of its own."""
    rendered = render(document, Scope.FACSIMILE)
    yield from rendered.dateline.runs
    for block, passage in zip(document.blocks, rendered.blocks, strict=True):
        for run in passage.runs:
            label = block.label
            if run.departure is None and label is not None and label.end in run.span:
                cut = label.end - run.span.start
                yield Run(run.text[:cut], Span(run.span.start, label.end))
                yield Run(run.text[cut:], Span(label.end, run.span.end))
            else:
                yield run


def _capitals(words: str, run: Run, document: Document, form: Form) -> str:
    for index, letter in enumerate(words):
        if len(letter.upper()) != 1:
            offset = run.span.start + (index if run.departure is None else 0)
            raise RenderingError(
                f"the capital of {_in_words(letter)} is {letter.upper()!r}, more than one letter, and "
                f"the form {form.name!r} types capitals, one in each place",
                where=where_in(document.source.path, document.source.text, offset),
                hint="Choose a form that types small letters too.",
            )
    return words.upper()


# What a machine cannot type


def _check_signs(document: Document, form: Form, signs: Signs) -> None:
    """Refuse the first character, in the order of the sheet, that the form's machine lacks."""
    rendered = render(document, Scope.FACSIMILE)
    moved = [
        Run(d.moved, d.span, d)
        for d in document.departures
        if d.moved_to and d.scope.covers(Scope.FACSIMILE)
    ]
    for run in (*moved, *_all_runs((rendered.dateline, *rendered.blocks))):
        for index, character in enumerate(run.text):
            if character in signs.typed or character in _NOT_STRUCK:
                continue
            as_in_file = run.departure is None or run.departure.rule == CAPITALS
            offset = run.span.start + (index if as_in_file else 0)
            lacking = document.source.text[offset] if as_in_file else character
            raise RenderingError(
                f"the machine of the form {form.name!r} has no type for {_in_words(lacking)}",
                where=where_in(document.source.path, document.source.text, offset),
                hint=_other_forms(signs),
            )


def _all_runs(passages: Sequence[Passage]) -> Iterator[Run]:
    for passage in passages:
        yield from passage.runs


def _other_forms(signs: Signs) -> str:
    names = " or ".join(f"--form {name}" for name in signs.other_forms)
    return f"A machine with more signs may have it: {names}." if names else ""


def _in_words(character: str) -> str:
    name = unicodedata.name(character, "a character without a name")
    return f"{character!r} (U+{ord(character):04X} {name})"


def _check_room(document: Document, form: Form) -> None:
    """Refuse words that are longer than the field they are typed in."""
    moved = render(document, Scope.FACSIMILE).moved
    for field in form.fields:
        value = field.value(1 if field.sheets.include(1) else _MANY_SHEETS, moved)
        if len(value) > (room := form.room(field)):
            raise RenderingError(
                f"the field {field.id!r} of the form {form.name!r} has room for {room} characters, and "
                f"{value!r} has {len(value)}",
                where=where_in(document.source.path, document.source.text, document.dateline.start),
                hint="Choose a form without that field, or give the field more room.",
            )
