"""The signs of a transcription that print treats in its own way, each as a recorded departure.

Note marks, dashes and quotation marks, and whatever stands between the blocks.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from publish.departure_rules import BLOCK_BREAK
from publish.departures import curly, depart
from publish.model import Block, Departure, NoteMark, Scope, Span
from publish.problems import SourceError, where_in

# Not a date (10/27/62) nor a file number (611.37/10/2762): a mark stands free or after a stop.
_NOTE_MARK = re.compile(r"(?<![\w/])/\d{1,2}/(?![\w/])")


class Reading:
    """The state of one reading: the text, and the departures found so far."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.departures: list[Departure] = []

    def depart(
        self, rule: str, span: Span, printed: str = "", scope: Scope = Scope.BOTH, **moved: str
    ) -> None:
        """Record a departure. Raises ValueError when the rule does not allow it."""
        self.departures.append(
            depart(rule, self.text, span.start, span.end, printed, scope, **moved)
        )

    def refuse(self, message: str, offset: int, hint: str) -> SourceError:
        """Return (for raising) an error at a character of the text."""
        return SourceError(message, where=where_in(self.path, self.text, offset), hint=hint)


def note_marks(reader: Reading, blocks: Sequence[Block]) -> Iterator[NoteMark]:
    """Yield the note marks that an earlier edition left in the blocks.

    A mark between spaces takes those before it along, or those after it where it opens the text.
    """
    for block in blocks:
        opening = max([block.span.start, *_ends_within(reader, block.span)])
        for match in _NOTE_MARK.finditer(reader.text, block.span.start, block.span.end):
            start, end = match.span()
            if reader.text[end : end + 1] in (" ", "\u00a0"):
                free = start
                while free > opening and reader.text[free - 1] in " \u00a0":
                    free -= 1
                if free == opening:
                    while reader.text[end] in " \u00a0":
                        end += 1
                else:
                    start = free
            span = Span(start, end)
            reader.depart("note-mark", span)
            yield NoteMark(span, match[0])


def _ends_within(reader: Reading, span: Span) -> list[int]:
    """Return where departures at the opening of a block end: the number, a sign of mark-up."""
    return [d.span.end for d in reader.departures if d.span.start == span.start]


_SIGNS = re.compile("[ \u00a0]{2,}|[\u00a0\u00ad\u200b\u2060\ufeff]|--|[\"']")


def conventions(reader: Reading, spans: Sequence[Span]) -> None:
    """Record what becomes of spaces, invisible signs, dashes and quotation marks."""
    taken = [d.span for d in reader.departures]
    reading = [d.span for d in reader.departures if d.scope.covers(Scope.READING)]
    for span in spans:
        for match in _SIGNS.finditer(reader.text, span.start, span.end):
            found, sign = Span(*match.span()), match[0]
            if any(found.start in other for other in reading):
                continue
            if sign == "--":
                reader.depart("dash", found, "—", Scope.READING)
            elif sign in "\"'":
                before = reader.text[span.start : found.start][-1:]
                reader.depart(
                    "quotation-mark",
                    found,
                    curly(sign, before, reader.text[found.end : span.end]),
                    Scope.READING,
                )
            else:
                _space(reader, found, shown_on_sheet=not any(found.start in o for o in taken))


def _space(reader: Reading, found: Span, *, shown_on_sheet: bool) -> None:
    """Record what becomes of a run of spaces, a no-break space or a sign without width."""
    sign = reader.text[found.start : found.end]
    if len(found) > 1:
        reader.depart("space-run", found, " ", Scope.READING)
    scope = Scope.FACSIMILE if len(found) > 1 else Scope.BOTH
    if not shown_on_sheet:  # the heading is left off the sheet as a whole
        scope = Scope.READING
    for offset, character in enumerate(sign, found.start):
        here = Span(offset, offset + 1)
        if character == "\u00a0" and (scope is not Scope.READING or len(found) == 1):
            reader.depart("no-break-space", here, " ", scope)
        elif character not in " \u00a0":
            reader.depart("invisible-sign", here, "", scope)


def gaps(reader: Reading, spans: Sequence[Span]) -> None:
    """Record what stands between the passages: line ends, blank lines, a byte-order mark."""
    text = reader.text
    if text.startswith("\ufeff"):
        reader.depart("byte-order-mark", Span(0, 1))
    taken = sorted(d.span for d in reader.departures)
    edges = [Span(1 if text.startswith("\ufeff") else 0, spans[0].start)]
    edges += [Span(one.end, other.start) for one, other in pairwise(spans)]
    edges.append(Span(spans[-1].end, len(text)))
    for number, edge in enumerate(edges):
        start, end = edge.start, edge.end
        for span in taken:
            if (
                start <= span.start and span.end <= end
            ):  # a heading sign or list hyphen before the block
                end = span.start
        if end > start:
            inner = 0 < number < len(edges) - 1
            reader.depart("block-break", Span(start, end), BLOCK_BREAK if inner else "")
