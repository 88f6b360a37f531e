"""The signs of a transcription that print treats in its own way, each as a recorded departure.

Note marks, dashes and quotation marks, and whatever stands between the blocks.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from publish.departures import BLOCK_BREAK, depart
from publish.model import Block, Departure, NoteMark, Scope, Span
from publish.problems import SourceError, where_in

_NOTE_MARK = re.compile(r"/\d+/")


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
    """Yield the note marks that an earlier edition left in the blocks."""
    for block in blocks:
        for match in _NOTE_MARK.finditer(reader.text, block.span.start, block.span.end):
            span = Span(match.start(), match.end())
            reader.depart("note-mark", span)
            yield NoteMark(span, match[0])


def conventions(reader: Reading, spans: Sequence[Span]) -> None:
    """Record dashes and the direction of quotation marks for the reading text."""
    taken = [d.span for d in reader.departures if d.scope.covers(Scope.READING)]
    for span in spans:
        for match in re.finditer("--|[\"']", reader.text[span.start : span.end]):
            found = Span(span.start + match.start(), span.start + match.end())
            if any(found.start in other for other in taken):
                continue
            if match[0] == "--":
                reader.depart("dash", found, "—", Scope.READING)
                continue
            before = reader.text[span.start : found.start][-1:]
            opening = not before or before.isspace() or before in '([-—“‘"|'
            pair = ("“", "”") if match[0] == '"' else ("‘", "’")
            reader.depart("quotation-mark", found, pair[0] if opening else pair[1], Scope.READING)


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
