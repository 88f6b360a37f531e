"""The departures of print from a transcription, and the one projection of the text.

In: a Document (spans and departures). Out: the text of its passages as they are printed in one scope,
each printed run knowing the characters it comes from. Both engines, the checks and `verify` read the
text here and nowhere else.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from publish.departure_rules import BLOCK_BREAK, CAPITALS, RULES
from publish.model import Block, Departure, Document, Scope, Span
from publish.problems import SourceError, where_in

_ELIDED = re.compile(r"\d|(?:tis|twas|em)\b", re.IGNORECASE)  # ’62, ’tis


def curly(mark: str, before: str, after: str = "") -> str:
    """Return the curly form of a straight quotation mark, from what stands before and after it."""
    opening = not before or before.isspace() or before[-1] in '([“‘"|'
    if before[-1:] in ("-", "—"):
        opening = after[:1].isalnum() or after[:1] in ("'", '"')
    if mark == "'" and opening and _ELIDED.match(after):
        opening = False
    pair = ("“", "”") if mark == '"' else ("‘", "’")
    return pair[0] if opening else pair[1]


def depart(  # noqa: PLR0913 — the fields of a Departure, named at each call
    rule: str,
    text: str,
    start: int,
    end: int,
    printed: str = "",
    scope: Scope = Scope.BOTH,
    *,
    moved_to: str = "",
    moved: str = "",
    reason: str = "",
) -> Departure:
    """Return the departure of `text[start:end]` under `rule`.

    Raises ValueError when the rule does not allow it: a departure outside the closed table is a bug
    of the reader, never a matter of the transcription.
    """
    law = RULES[rule]
    source = text[start:end]
    if not law.allows(source, printed):
        raise ValueError(f"rule {rule!r} does not let {source!r} be printed as {printed!r}")
    if not law.allows_moving(source, moved_to, moved):
        raise ValueError(f"rule {rule!r} does not move {source!r} to {moved_to!r} as {moved!r}")
    return Departure(
        Span(start, end),
        law.kind,
        rule,
        source,
        printed,
        scope,
        law.report,
        moved_to,
        moved,
        reason,
    )


@dataclass(frozen=True, slots=True)
class Run:
    """Printed characters that come from `span` of the transcription, changed by `departure` or not at all.

    `uncapitalised`: what is printed in capitals, in the letters that stand for it elsewhere.
    """

    text: str
    span: Span
    departure: Departure | None = None
    uncapitalised: str = ""

    @property
    def spoken(self) -> str:
        """Return as many characters as are printed, in the case in which they are heard."""
        return self.uncapitalised or self.text


@dataclass(frozen=True, slots=True)
class Passage:
    """A block, the heading, the dateline or the source line, as printed in one scope."""

    id: str
    runs: tuple[Run, ...]
    label_length: int = 0  # printed characters of an item's label, without the space after it

    @property
    def text(self) -> str:
        """Return the printed characters."""
        return "".join(run.text for run in self.runs)

    @property
    def spoken(self) -> str:
        """Return the printed characters in the case in which they are heard.

        A listener hears words: a voice may spell what is written in capitals.
        """
        return "".join(run.spoken for run in self.runs)

    def printed_offset(self, offset: int) -> int:
        """Return where the source character `offset` stands in the printed text.

        A character that is not printed stands where the next printed one does.
        """
        position = 0
        for run in self.runs:
            if offset < run.span.start:
                return position
            if offset < run.span.end:
                within = offset - run.span.start
                return position + (within if run.departure is None else 0)
            position += len(run.text)
        return position


@dataclass(frozen=True, slots=True)
class Rendered:
    """The document in one scope: its passages in order, and the words moved to fields of a form.

    `moved` has those words as they are printed, `moved_spoken` as they are heard.
    """

    scope: Scope
    heading: Passage
    dateline: Passage
    blocks: tuple[Passage, ...]
    source_line: Passage | None
    moved: dict[str, str]
    moved_spoken: dict[str, str]

    def passages(self) -> tuple[Passage, ...]:
        """Return all passages that print at least one character, in the order of the source."""
        everything = (self.heading, self.dateline, *self.blocks, self.source_line)
        return tuple(passage for passage in everything if passage is not None and passage.text)

    def block(self, block_id: str) -> Passage:
        """Return the passage of a block. Raises KeyError."""
        for passage in self.blocks:
            if passage.id == block_id:
                return passage
        raise KeyError(block_id)


def in_scope(departures: Sequence[Departure], scope: Scope) -> tuple[Departure, ...]:
    """Return the departures that hold in `scope`, in the order of the source."""
    return tuple(sorted((d for d in departures if d.scope.covers(scope)), key=lambda d: d.span))


def render(document: Document, scope: Scope) -> Rendered:
    """Return the document as it is printed in `scope`. This is the one projection of the text."""
    text = document.source.text
    departures = in_scope(document.departures, scope)
    # A word that another rule prints stands in the reading text in its own case.
    own_case = {d.span: d.printed for d in document.departures if d.scope is Scope.READING}

    def passage(identifier: str, span: Span, label: Span | None = None) -> Passage:
        runs = tuple(_runs(text, span, departures, own_case))
        in_label = _runs(text, label, departures, own_case) if label else ()
        printed_label = "".join(run.text for run in in_label)
        return Passage(identifier, runs, len(printed_label))

    source_line = document.source_line
    return Rendered(
        scope,
        passage("heading", document.heading),
        passage("dateline", document.dateline),
        tuple(passage(block.id, block.span, block.label) for block in document.blocks),
        passage("source-line", source_line) if source_line else None,
        {d.moved_to: d.moved for d in departures if d.moved_to},
        {d.moved_to: RULES[d.rule].moves(d.source) for d in departures if d.moved_to},
    )


def _runs(
    text: str, span: Span, departures: Sequence[Departure], own_case: Mapping[Span, str]
) -> Iterator[Run]:
    position = span.start
    # They are in order and do not overlap: those of this span are found by halving.
    first = bisect_left(departures, span.start, key=lambda d: d.span.end)
    for departure in departures[first:]:
        if departure.span.start >= span.end:
            break
        if departure.span.end <= span.start:
            continue
        if departure.span.start > position:
            kept = Span(position, departure.span.start)
            yield Run(text[kept.start : kept.end], kept)
        if departure.printed:
            uncapitalised = _uncapitalised(departure, own_case)
            yield Run(departure.printed, departure.span, departure, uncapitalised)
        position = departure.span.end
    if position < span.end:
        yield Run(text[position : span.end], Span(position, span.end))


def _uncapitalised(departure: Departure, own_case: Mapping[Span, str]) -> str:
    if departure.rule == CAPITALS:
        return departure.source
    if departure.scope is not Scope.FACSIMILE:
        return ""
    words = own_case.get(departure.span, "")
    return words if words.upper() == departure.printed else ""


def replay(text: str, departures: Sequence[Departure], scope: Scope) -> str:
    """Return the whole transcription `text` with the departures of `scope` carried out.

    This needs no spans of blocks: it is the second way to the printed text, by which the first one
    is checked. Raises SourceError when two departures of one scope touch the same character, or
    when a departure's `source` is not what the text has there.
    """
    result: list[str] = []
    position = 0
    for departure in in_scope(departures, scope):
        span = departure.span
        if span.start < position:
            raise SourceError(f"two departures touch character {span.start} ({departure.rule})")
        if text[span.start : span.end] != departure.source:
            raise SourceError(
                f"departure {departure.rule!r} expects {departure.source!r}, the transcription has "
                f"{text[span.start : span.end]!r}",
                where=where_in("transcription", text, span.start),
            )
        result += [text[position : span.start], departure.printed]
        position = span.end
    return "".join([*result, text[position:]])


def check_closed(document: Document) -> None:
    """Prove that spans and departures account for every character, in each scope.

    Raises SourceError when the passages, joined, are not what the replay of the whole
    transcription gives: a character that is in no passage and in no departure would be lost.
    """
    for scope in (Scope.READING, Scope.FACSIMILE):
        rendered = render(document, scope)
        joined = BLOCK_BREAK.join(passage.text for passage in rendered.passages())
        replayed = BLOCK_BREAK.join(
            line
            for line in replay(document.source.text, document.departures, scope).split(BLOCK_BREAK)
            if line
        )
        if joined != replayed:
            raise SourceError(
                f"the {scope} text does not account for every character of the transcription: "
                f"{_first_difference(joined, replayed)}",
                hint="Each character must lie in a block or in a recorded departure.",
            )


def _first_difference(left: str, right: str) -> str:
    for offset, (one, other) in enumerate(zip(left, right, strict=False)):
        if one != other:
            return (
                f"{left[offset - 10 : offset + 20]!r} against {right[offset - 10 : offset + 20]!r}"
            )
    return f"{left[-20:]!r} against {right[-20:]!r}"


@dataclass(frozen=True, slots=True)
class TypedSpacing:
    """How a form wants sentences spaced: spaces after a sentence and after an item's label."""

    after_sentence: int = 1
    after_label: int = 1
    abbreviations: frozenset[str] = frozenset()  # words whose point does not end a sentence


_SENTENCE_END = re.compile(r"(\S*[.?!]['\")\]]*)( )(?=['\"(\[]*[A-ZÀ-ÞА-Я0-9])")


def with_typed_spacing(document: Document, spacing: TypedSpacing) -> Document:
    """Return the document with the departures that a typed form's spacing makes.

    They hold in the facsimile only. A document that has them already is returned as it is.
    """
    if any(departure.rule == "sentence-space" for departure in document.departures):
        return document
    rendered = render(document, Scope.FACSIMILE)
    text = document.source.text
    standing = {d.span: d for d in in_scope(document.departures, Scope.FACSIMILE)}
    changed: list[Departure] = []
    replaced: list[Departure] = []
    # The point of the telegram's number, where a form leaves it in the text, ends no sentence.
    after_number = document.number.end + 1 if document.number else -1
    for block, passage in zip(document.blocks, rendered.blocks, strict=True):
        sources = list(_source_offsets(passage))
        for printed in _wide_spaces(block, passage, spacing):
            here = Span(sources[printed], sources[printed] + 1)
            if here.start == after_number:
                continue
            if (there := standing.get(here)) is None:
                changed.append(depart("sentence-space", text, *here.ends, "  ", Scope.FACSIMILE))
                continue
            # A space that another rule prints already (a joined line) is widened on the sheet only.
            replaced.append(there)
            changed.append(replace(there, printed="  ", scope=Scope.FACSIMILE))
            if there.scope is Scope.BOTH:
                changed.append(replace(there, scope=Scope.READING))
    kept = tuple(d for d in document.departures if d not in replaced)
    return replace(document, departures=(*kept, *changed))


def _wide_spaces(block: Block, passage: Passage, spacing: TypedSpacing) -> Iterator[int]:
    text = passage.text
    if (
        spacing.after_label == 2
        and block.label
        and text[passage.label_length : passage.label_length + 1] == " "
    ):
        yield passage.label_length
    if spacing.after_sentence != 2:
        return
    for match in _SENTENCE_END.finditer(text):
        word = match[1].strip("\"'()[]")
        initial = re.fullmatch(r"[A-Z]\.", word) is not None
        if (
            not initial
            and word not in spacing.abbreviations
            and match.start(2) >= passage.label_length
        ):
            if block.label and match.start(2) == passage.label_length:
                continue
            yield match.start(2)


def _source_offsets(passage: Passage) -> Iterator[int]:
    for run in passage.runs:
        for index in range(len(run.text)):
            yield run.span.start + (index if run.departure is None else 0)
