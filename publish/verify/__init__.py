"""Proves the promises of a finished file, by programs that had no part in writing it.

In: the bytes of a PDF and, where there is one, its record. Out: for each promise of the table, that
it is kept, broken (where) or not checked (why); and what only a person can say. Nothing here says
"valid".
Import this package where it is used: pdfium takes 50 ms to load.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from publish.problems import PromiseError, SourceError, Where
from publish.promises import Promises, digest, load, path_beside
from publish.verify import (
    attached,
    conformance,
    faces,
    fidelity,
    fields,
    identity,
    inert,
    integrity,
    layers,
    line_numbers,
    navigation,
    nesting,
    order,
    parent_tree,
    photocopy,
    preflight,
    press_sheet,
    sight,
)
from publish.verify.conformance import judges_at_hand
from publish.verify.human_checks import Question, for_a_person, load_questions
from publish.verify.judges import Judge
from publish.verify.listening import told
from publish.verify.outcome import Examined, Found, Promise, Result, State, broken
from publish.verify.reading_back import UNLOCK, FinishedFile

__all__ = [
    "EVERY_PROMISE",
    "NO_RECORD",
    "PROMISES",
    "Promise",
    "Result",
    "State",
    "Verification",
    "examine_bytes",
    "examine_file",
    "heard",
    "insist",
    "judges_at_hand",
    "verify",
    "verify_file",
]

NO_RECORD = "there is no record beside the file"
_MOST_PLACES = 8  # places of one broken promise that are listed; the rest is counted

_WITHOUT_RECORD = (
    Promise("replaced", "No content stream speaks other words than it draws",
            "house rule", integrity.nothing_replaced),
    Promise("characters", "Every glyph has a character",
            "ISO 19005-3, 6.2.11.7", integrity.glyphs_have_characters),
    Promise("readers", "A second reader finds the same letters",
            "house rule", integrity.two_readers_agree),
    Promise("ink", "No text is drawn in an invisible mode",
            "house rule", integrity.text_has_ink),
    Promise("seen", "All text can be seen",
            "house rule; WCAG 2.2, 1.4.3", sight.all_text_seen),
    Promise("tagged", "The file has a structure",
            "ISO 14289-1, 7.1", integrity.is_tagged),
    Promise("marks", "Every marked content is reached once",
            "ISO 32000-1, 14.7.4", integrity.marks_reached_once),
    Promise("unmarked", "All text is content or artifact",
            "ISO 14289-1, 7.1", integrity.nothing_unmarked),
    Promise("parents", "The parent tree agrees with the structure",
            "ISO 32000-1, 14.7.4.4", parent_tree.parents_agree),
    Promise("ids", "Every id is unique and found",
            "ISO 32000-1, 14.7.2", integrity.ids_are_unique),
    Promise("figures", "Every figure is described",
            "ISO 14289-1, 7.3", integrity.figures_described),
    Promise("types", "Every element is of a type that readers know",
            "ISO 14289-1, 7.1", nesting.types_known),
    Promise("nesting", "Lists, tables, notes and figures are whole",
            "ISO 14289-1, 7.3 to 7.9", nesting.well_nested),
    Promise("headings", "No level of heading is skipped",
            "ISO 14289-1, 7.4.2", integrity.headings_in_steps),
    Promise("bookmarks", "Every bookmark opens its page",
            "house rule", navigation.bookmarks_open),
    Promise("destinations", "Every named destination is there",
            "house rule", navigation.destinations_open),
    Promise("links", "Every link opens what it says",
            "ISO 14289-1, 7.18.5", navigation.links_open),
    Promise("embedded", "Every font is embedded",
            "ISO 19005-3, 6.2.11.4", integrity.fonts_embedded),
    Promise("shapes", "Every glyph is the declared face’s own",
            "house rule", faces.shapes_are_the_faces),
    Promise("widths", "Every glyph is as wide as the file says",
            "ISO 19005-3, 6.2.11.5", faces.widths_agree),
    Promise("identified", "The file says what it is, in one voice",
            "ISO 19005-3, 6.6; ISO 14289-1, 5", identity.identified),
    Promise("attached", "The files within the file are whole and described",
            "ISO 19005-3, 6.8", attached.all_attached),
    Promise("inert", "The file does nothing by itself",
            "ISO 19005-3, 6.5 and 6.6", inert.nothing_runs),
    Promise("title", "The title is shown",
            "ISO 14289-1, 7.1", identity.title_shown),
    Promise("language", "The language is named",
            "ISO 14289-1, 7.2", identity.language_named),
    Promise("layers", "No layer is hidden",
            "ISO 32000-1, 8.11", layers.nothing_hidden),
    Promise("claims", "The standards claimed are kept",
            "ISO 19005, ISO 14289", conformance.claims_judged),
)  # fmt: skip

_WITH_RECORD = (
    Promise("record", "The file is the one that its record describes",
            "house rule", navigation.file_is_the_recorded_one),
    Promise("drawn", "Every word of the telegram is there as drawn",
            "house rule", fidelity.as_drawn),
    Promise("heard", "Every word of the telegram is there as heard",
            "house rule", fidelity.as_heard),
    Promise("order", "The blocks stand in order, each once",
            "house rule", order.in_order),
    Promise("strays", "No loose words stand between the telegram’s blocks",
            "house rule", order.nothing_between),
    Promise("statement", "Each statement stands on its page, outside every layer",
            "house rule", layers.statements_stand),
    Promise("labels", "The pages are numbered as promised",
            "house rule", navigation.pages_labelled),
    Promise("declared", "Every font is a declared one",
            "house rule", integrity.fonts_declared),
)  # fmt: skip


def _promised(said: Callable[[Promises], object]) -> Callable[[Examined], object]:
    """Return what asks a file's record whether a promise is made; without a record none is."""
    return lambda examined: examined.record is not None and said(examined.record)


# What a product may promise of its print (preflight.py); of a product that does not, nothing is said.
_OF_PRINT = (
    Promise("grey", "Nothing is drawn but grey",
            "house rule", preflight.only_grey, _promised(lambda r: r.preflight.grey)),
    Promise("untinted", "No tint lies behind text",
            "house rule", photocopy.nothing_tinted, _promised(lambda r: r.preflight.grey)),
    Promise("contrast", "All text is dark enough",
            "WCAG 2.2, 1.4.3", preflight.text_dark_enough, _promised(lambda r: r.preflight.least_contrast)),
    Promise("rules", "No line is too thin",
            "house rule", preflight.rules_thick_enough, _promised(lambda r: r.preflight.thinnest_rule)),
    Promise("type", "No type is too small",
            "house rule", preflight.type_large_enough, _promised(lambda r: r.preflight.smallest_type)),
    Promise("margins", "The margins are clear",
            "house rule", photocopy.margins_clear, _promised(lambda r: r.preflight.margin)),
    Promise("photocopy", "Every word is read in black and white",
            "house rule", photocopy.survives_copying, _promised(lambda r: r.preflight.photocopy)),
    Promise("budget", "The pages are as many as promised",
            "house rule", preflight.pages_as_promised,
            _promised(lambda r: r.preflight.pages or r.preflight.at_most)),
    Promise("leaves", "Printed on both sides, the file ends with a leaf",
            "house rule", preflight.leaves_whole, _promised(lambda r: r.preflight.duplex)),
    Promise("fields", "Every field can be filled in, and says what it asks for",
            "ISO 14289-1, 7.18.4", fields.fields_stand, _promised(lambda r: r.fields)),
    Promise("lines", "Every line number is seen beside its line, and read by no program",
            "house rule", line_numbers.lines_numbered, _promised(lambda r: r.lines)),
)  # fmt: skip

# Of files that claim PDF/X, and of no others.
_OF_A_PRESS_SHEET = (
    Promise("boxes", "Cut, bleed and page are as promised",
            "ISO 15930-7, 6.10", press_sheet.boxes_stand, press_sheet.for_press),
    Promise("plates", "Everything is painted in four plates",
            "house rule", press_sheet.four_plates_alone, press_sheet.for_press),
    Promise("ink-limit", "No place takes more ink than the press dries",
            "house rule", press_sheet.ink_within_limit, press_sheet.for_press),
    Promise("pictures", "Pictures are fine enough at their size",
            "house rule", press_sheet.pictures_fine_enough, press_sheet.for_press),
    Promise("type-size", "No type beside the facsimile is smaller than a visitor can read",
            "NPS", press_sheet.type_large_enough, press_sheet.for_press),
    Promise("press", "The file names the press that it is made for",
            "ISO 15930-7, 6.8", press_sheet.press_is_named, press_sheet.for_press),
)  # fmt: skip

_NEED_RECORD = frozenset(promise.code for promise in _WITH_RECORD)
PROMISES: tuple[Promise, ...] = (*_WITH_RECORD, *_WITHOUT_RECORD)
EVERY_PROMISE: tuple[Promise, ...] = (*PROMISES, *_OF_PRINT, *_OF_A_PRESS_SHEET)


@dataclass(frozen=True, slots=True)
class Verification:
    """What programs say of a file, and what they leave to a person."""

    sha256: str
    pages: int  # 0: the file has none, being no PDF
    results: tuple[Result, ...]
    questions: tuple[Question, ...]
    absent: tuple[str, ...]  # what gives no occasion for further questions: "no figures"


def verify(
    pdf: bytes, promises: Promises | None, path: str = "", judges: Iterable[Judge] = ()
) -> tuple[Result, ...]:
    """Return what becomes of every promise, in the order of EVERY_PROMISE.

    What only some products promise is asked of a file whose record says so.

    `path` is for messages. A file that is damaged breaks the promises that it cannot be asked about.
    `judges` are asked whether the file keeps the standards that it claims; without them that is not
    checked. Raises SourceError when `pdf` is no PDF file or pdfium cannot open it.
    """
    with _opened(pdf, path) as file:
        return _results(Examined(file, promises, tuple(judges)))


def verify_file(path: Path, judges: Iterable[Judge] = ()) -> tuple[Result, ...]:
    """Verify a finished file by the record that stands beside it, where there is one.

    Raises SourceError when the file cannot be read or is no PDF, and when its record is damaged.
    """
    return verify(*_read(path), str(path), judges)


def examine_file(path: Path, judges: Iterable[Judge] = ()) -> Verification:
    """Verify a finished file as verify_file does, and say what is left for a person to judge.

    Raises LayoutError where the questions cannot be read, and what verify_file raises.
    """
    return examine_bytes(*_read(path), str(path), judges)


def examine_bytes(
    pdf: bytes, promises: Promises | None, path: str = "", judges: Iterable[Judge] = ()
) -> Verification:
    """Verify a file that need not lie on the disk, and say what is left for a person to judge.

    `path` is for messages. Raises what examine_file raises.
    """
    questions = load_questions()
    with _opened(pdf, path) as file:
        examined = Examined(file, promises, tuple(judges))
        return Verification(
            digest(pdf), file.page_count, _results(examined), *for_a_person(examined, questions)
        )


def heard(path: Path) -> tuple[str, ...]:
    """Return what a listener hears of a finished file, line by line; nothing when it has no structure.

    Raises SourceError when the file cannot be read or is no PDF, PromiseError when it is damaged.
    """
    with _opened(_bytes(path), str(path)) as file:
        return tuple(told(file))


def _opened(pdf: bytes, path: str) -> FinishedFile:
    """Return a file that is to be closed again. Raises SourceError when it is encrypted.

    What is encrypted is no file of ours (ISO 19005-3, 6.1.3), and nothing in it says what it seems to.
    """
    file = FinishedFile(pdf, path)
    if file.encrypted:
        file.close()
        raise SourceError("is encrypted", where=Where(path) if path else None, hint=UNLOCK)
    return file


def _read(path: Path) -> tuple[bytes, Promises | None]:
    beside = path_beside(path)
    return _bytes(path), load(beside) if beside.is_file() else None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise SourceError(
            f"cannot be read: {problem.strerror}", where=Where(str(path)), hint="Check the name."
        ) from None


def _results(examined: Examined) -> tuple[Result, ...]:
    made = (p for p in EVERY_PROMISE if p.made is None or p.made(examined))
    return tuple(result for promise in made for result in _answers(promise, examined))


def _answers(promise: Promise, examined: Examined) -> Iterator[Result]:
    if examined.record is None and promise.code in _NEED_RECORD:
        yield Result(promise.code, State.NOT_CHECKED, NO_RECORD)
        return
    faults, other = _asked(promise, examined)
    for found in faults[:_MOST_PLACES]:
        yield Result(promise.code, State.BROKEN, found.detail, found.where)
    if len(faults) > _MOST_PLACES:
        yield Result(promise.code, State.BROKEN, f"and {len(faults) - _MOST_PLACES} places more")
    if faults:
        return
    unchecked = [found for found in other if found.state is State.NOT_CHECKED]
    for found in unchecked or other[:1]:
        yield Result(promise.code, found.state, found.detail, found.where)
    if not other:
        yield Result(promise.code, State.KEPT, "")


def _asked(promise: Promise, examined: Examined) -> tuple[list[Found], list[Found]]:
    faults: list[Found] = []
    other: list[Found] = []
    try:
        for found in promise.checker(examined):
            (faults if found.state is State.BROKEN else other).append(found)
    except PromiseError as problem:
        faults.append(broken(f"the file cannot be read: {problem.message}"))
    return faults, other


def insist(results: Iterable[Result], path: str) -> None:
    """Raise PromiseError when a promise is broken: the file at `path` is then not delivered."""
    faults = [result for result in results if result.state is State.BROKEN]
    if faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise PromiseError(
            f"a promise is broken: {faults[0]}{more}",
            where=Where(path),
            hint="Nothing was delivered; an earlier file is untouched.",
        )
