"""The closed table of rules by which print may depart from a transcription.

Each rule bounds what it may touch and what it may print, and carries the sentence by which the
editorial method tells the reader of it. A departure outside the table cannot be made.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from publish.model import Kind, Report

BLOCK_BREAK = "\n"  # what separates one passage from the next in a replayed text
CAPITALS = "capitals"  # the rule by which a form of capitals is typed
YEAR = re.compile(r"\b(?:1[789]|20)\d\d\b")
_INVISIBLE = "[\u00ad\u200b\u2060\ufeff]"


def _nothing(source: str) -> str:
    del source
    return ""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a departure may be: the source it may touch, what it may print, and how the reader is told.

    A rule with `fills` moves words to a field of a form; which words of the source, `moves` says.
    """

    name: str
    kind: Kind
    report: Report
    allows: Callable[[str, str], bool]  # (source, printed) → is this within the rule's bounds?
    method: str  # the sentence of the editorial method
    fills: str = ""  # the word by which a form's field asks for what is moved
    moves: Callable[[str], str] = _nothing
    throughout: bool = False  # applied wherever it can be, so that a count says nothing

    def allows_moving(self, source: str, moved_to: str, moved: str) -> bool:
        """Say whether `moved` may fill the field `moved_to`; capitals for a form that types no others."""
        words = self.moves(source)
        return moved_to == self.fills and moved in (words, words.upper())


def _drops(pattern: str) -> Callable[[str, str], bool]:
    compiled = re.compile(pattern, re.DOTALL)
    return lambda source, printed: printed == "" and compiled.fullmatch(source) is not None


def _turns(pattern: str, *results: str) -> Callable[[str, str], bool]:
    compiled = re.compile(pattern, re.DOTALL)
    return lambda source, printed: printed in results and compiled.fullmatch(source) is not None


def _is_in_capitals(source: str, printed: str) -> bool:
    # One cell for one letter: a letter whose capital is two, as of ß, cannot be typed so.
    return printed == source.upper() != source and len(printed) == len(source)


def as_typed(words: str) -> str:
    """Return words without what a typewriter has no key for: plain spaces, no signs without width."""
    return re.sub(_INVISIBLE, "", words.replace("\u00a0", " "))


def _digits(source: str) -> str:
    found = re.match(r"\d+", source)
    return found[0] if found else ""


def _place(source: str) -> str:
    return as_typed(source).rstrip(" ,")


def _date(source: str) -> str:
    """Return a date and what follows it without the year and the comma before it; a bare year stays."""
    words = as_typed(source)
    return re.sub(rf",? ?{YEAR.pattern}", "", words, count=1).strip(" ,") or words


_TABLE = (
    Rule(
        "byte-order-mark", Kind.CARRIER, Report.METHOD, _drops("\ufeff"),
        "The byte-order mark at the head of the file is not printed.",
    ),
    Rule(
        "carriage-return", Kind.CARRIER, Report.METHOD, _drops("\r"),
        "Carriage returns of the file are not printed.",
    ),
    Rule(
        "heading-sign", Kind.CARRIER, Report.METHOD, _drops("#{1,6} +"),
        "The number signs that mark a heading in the file are not printed.",
    ),
    Rule(
        "list-hyphen", Kind.CARRIER, Report.METHOD, _drops("[-*] +"),
        "The hyphens that mark list items in the file are not printed; the labels 1), 2) are the document’s own.",
    ),
    Rule(
        "angle-bracket", Kind.CARRIER, Report.METHOD, _drops("[<>]"),
        "The angle brackets round the web address in the source line are not printed.",
    ),
    Rule(
        "block-break", Kind.CARRIER, Report.METHOD, _turns(r"\s+", BLOCK_BREAK, ""),
        "Line ends and blank lines between the blocks of the file become paragraph breaks.",
    ),
    Rule(
        "line-join", Kind.CARRIER, Report.METHOD, _turns(r"\n", " ", "  "),
        "A line end within a paragraph of the file becomes a space.",
    ),
    Rule(
        "table-sign", Kind.CARRIER, Report.METHOD, _turns(r"[-:| \t\r\n]+", "", "\t", BLOCK_BREAK),
        "The signs that mark the rows and columns of a table in the file are not printed.",
    ),
    Rule(
        "no-break-space", Kind.CARRIER, Report.METHOD, _turns("\u00a0", " ", "  "),
        "A no-break space of the file is printed as a space.",
    ),
    Rule(
        "invisible-sign", Kind.CARRIER, Report.METHOD, _drops(_INVISIBLE),
        "Signs of the file that have no width (a soft hyphen, a zero-width space) are not printed.",
    ),
    Rule(
        "space-run", Kind.CONVENTION, Report.METHOD, _turns("[ \u00a0]{2,}", " "),
        "Two or more spaces in a row are printed as one in the reading text; the facsimile keeps them.",
    ),
    Rule(
        "dash", Kind.CONVENTION, Report.METHOD, _turns("--", "—"),
        "Two hyphens typed for a dash are printed as a dash in the reading text; the facsimile keeps them.",
    ),
    Rule(
        "quotation-mark", Kind.CONVENTION, Report.METHOD, _turns("[\"']", "“", "”", "‘", "’"),
        "Straight quotation marks and apostrophes are printed curly in the reading text, their direction taken from "
        "their position; the facsimile keeps them straight.",
    ),
    Rule(
        "sentence-space", Kind.CONVENTION, Report.METHOD, _turns(" ", "  "),
        "The facsimile has two spaces after a sentence and after the label of an item: a typist’s convention, which "
        "the editors chose.",
    ),
    Rule(
        CAPITALS, Kind.CONVENTION, Report.METHOD, _is_in_capitals,
        "The facsimile is typed in capitals throughout; the reading text keeps the capitals and small letters of the "
        "transcription, in which the facsimile is heard too.",
        throughout=True,
    ),
    Rule(
        "number-to-action-line", Kind.TRANSPOSITION, Report.LISTED, _drops(r"\d+\. +"),
        "The telegram number, which opens the transcription’s first paragraph, stands in the form’s own place for "
        "it on the facsimile, without its period.",
        fills="number", moves=_digits,
    ),
    Rule(
        "place-to-field", Kind.TRANSPOSITION, Report.LISTED, _drops(r"[^\n]+?,?\s*"),
        "The place, which opens the transcription’s dateline, stands in the form’s own field on the facsimile, "
        "without its comma.",
        fills="place", moves=_place,
    ),
    Rule(
        "date-to-field", Kind.TRANSPOSITION, Report.LISTED, _drops(r"[^\n]+"),
        "Date and hour of the transcription’s dateline stand in the form’s own field on the facsimile; the year is "
        "left to the caption.",
        fills="date", moves=_date,
    ),
    Rule(
        "heading-off-sheet", Kind.OMISSION, Report.LISTED, _drops(r".+"),
        "The heading was supplied by the editors of the transcription; it is left off the facsimile.",
    ),
    Rule(
        "dateline-off-sheet", Kind.OMISSION, Report.LISTED, _drops(r".+"),
        "The dateline is left off the facsimile’s sheet, since no source says how the sheet bore it; it stands in the "
        "caption.",
    ),
    Rule(
        "source-line-off-sheet", Kind.OMISSION, Report.LISTED, _drops(r".+"),
        "The transcription’s own source line is left off the facsimile and printed in the source note.",
    ),
    Rule(
        "note-mark", Kind.OMISSION, Report.LISTED, _drops("[ \u00a0]*/\\d+/[ \u00a0]*"),
        "A note mark left in the transcription by an earlier edition is not printed in the running text; the textual "
        "notes show it and say what it refers to.",
    ),
    Rule(
        "emendation", Kind.EMENDATION, Report.LISTED, lambda source, printed: source != printed,
        "Emendations of words are listed one by one with their reasons.",
    ),
)  # fmt: skip

RULES: dict[str, Rule] = {rule.name: rule for rule in _TABLE}

FIELD_WORDS = tuple(rule.fills for rule in _TABLE if rule.fills)
"""The words that departures move to fields of a form: what a field can ask for."""
