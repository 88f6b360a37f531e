"""The document's own words in TEI: every character of the transcription, and what the reading text has for it.

In: a Document. Out: the body. Each passage is an element that begins with the signs of the file before it;
each departure of the reading text stands in its place, as choice or as surplus. What holds in the facsimile
alone refers to places, and stands apart.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from lxml.etree import _Element as Element

from publish.departures import in_scope
from publish.languages import found_in
from publish.model import (
    Block,
    BlockKind,
    Departure,
    Document,
    ForeignPhrase,
    Kind,
    PageBreak,
    Scope,
    Span,
)
from publish.problems import RenderingError
from publish.tei.elements import add, add_text
from publish.tei.names import (
    BEFORE_A_PASSAGE,
    INSTRUCTION,
    SPACE,
    TOLD_BY_STRUCTURE,
    departure_id,
    place_id,
    rule_id,
)


@dataclass(frozen=True, slots=True)
class Wrap:
    """Characters that an element of their own goes round: a label, a number, words in another language."""

    span: Span
    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    language: str = ""


def facsimile_only(document: Document) -> tuple[Departure, ...]:
    """Return the departures of the facsimile that the reading text has not."""
    return tuple(d for d in document.departures if d.scope is Scope.FACSIMILE)


def write_body(
    text: Element,
    document: Document,
    foreign: Sequence[ForeignPhrase],
    places: Sequence[Span],
    witnesses: dict[str, str],
) -> None:
    """Add the body to `text`, with an anchor at both ends of each span of `places`.

    `witnesses` gives the identifier of each siglum. Raises RenderingError where the elements would not say
    again where a passage begins: the readers of this press make no such document.
    """
    if any(not len(departure.span) for departure in document.departures):
        raise RenderingError("TEI cannot carry a departure that stands between two characters")
    spans = [*places, *(departure.span for departure in facsimile_only(document))]
    anchors = frozenset(offset for span in spans for offset in span.ends)
    body = add(text, "body", attributes={SPACE: "preserve"})
    _Body(document, anchors, tuple(_wraps(document, foreign)), witnesses).write(body)


def _wraps(document: Document, foreign: Sequence[ForeignPhrase]) -> Iterator[Wrap]:
    if document.number:
        yield Wrap(document.number, "num", {"type": "telegram"})
    for block in document.blocks:
        if block.label:
            yield Wrap(block.label, "label")
    for found in found_in(document.source.text, foreign):
        yield Wrap(Span(found.start, found.end), "foreign", language=found.language)


class _Body:
    """The state of writing: how far the characters are told, and the divisions that are open."""

    def __init__(
        self,
        document: Document,
        anchors: frozenset[int],
        wraps: tuple[Wrap, ...],
        witnesses: dict[str, str],
    ) -> None:
        self.document = document
        self.text = document.source.text
        self.departures = {d.span.start: d for d in in_scope(document.departures, Scope.READING)}
        spans = [d.span for d in self.departures.values()]
        within = {offset for span in spans for offset in range(span.start + 1, span.end)}
        # An element cannot begin or end within a departure.
        self.wraps = {w.span.start: w for w in wraps if not within.intersection(w.span.ends)}
        self.anchors = set(anchors)
        self.breaks = sorted(document.page_breaks, key=lambda page: page.offset)
        offsets = {*anchors, *self.wraps, *self.departures, *(page.offset for page in self.breaks)}
        self.stops = sorted(offsets)
        self.witnesses = witnesses
        self.marks = {mark.span: number for number, mark in enumerate(document.note_marks, 1)}
        self.position = 0
        self.end_of_last = self._last_passage().end

    def _last_passage(self) -> Span:
        return self.document.source_line or self.document.blocks[-1].span

    def write(self, body: Element) -> None:
        document = self.document
        whole = add(body, "div", attributes={"type": "telegram", "n": document.id})
        self._passage(add(whole, "head", xml_id="heading"), document.heading)
        opener = add(whole, "opener")
        self._passage(add(opener, "dateline", xml_id="dateline"), document.dateline)
        here, section = whole, whole
        for earlier, block in pairwise((None, *document.blocks)):
            if block is None:
                continue
            if block.kind is BlockKind.SECTION:
                here = section = add(whole, "div", attributes={"type": "section"})
            elif block.kind is BlockKind.SALUTATION:
                here = add(section, "div", attributes={"type": "letter"})
            self._block(here, block, after=earlier)
        if document.source_line:
            trailer = add(whole, "trailer", xml_id="source-line")
            self._passage(trailer, document.source_line)

    def _block(self, here: Element, block: Block, after: Block | None) -> None:
        match block.kind:
            case BlockKind.TABLE:
                self._table(add(here, "table", xml_id=block.id), block)
                return
            case BlockKind.ITEM:
                goes_on = after is not None and after.kind is BlockKind.ITEM
                items = here[-1] if goes_on else add(here, "list")
                element = add(items, "item", xml_id=block.id)
            case BlockKind.SECTION:
                element = add(here, "head", xml_id=block.id)
            case BlockKind.SALUTATION:
                element = add(add(here, "opener"), "salute", xml_id=block.id)
            case BlockKind.SIGNATURE:
                element = add(add(here, "closer"), "signed", xml_id=block.id)
            case BlockKind.INSTRUCTION:
                element = add(here, "p", xml_id=block.id, attributes={"ana": f"#{INSTRUCTION}"})
            case _:
                element = add(here, "p", xml_id=block.id)
        self._passage(element, block.span)

    def _passage(self, element: Element, span: Span) -> None:
        self._check_start(span)
        self._fill(element, span.end)
        if span.end == self.end_of_last:
            self._fill(element, len(self.text))

    def _table(self, table: Element, block: Block) -> None:
        self._check_start(block.span)
        for number, cells in enumerate(block.cells):
            row = add(table, "row", attributes={} if number else {"role": "label"})
            for cell in cells:
                self._fill(add(row, "cell"), cell.end)
        last = table[-1][-1]
        self._fill(last, block.span.end)
        if block.span.end == self.end_of_last:
            self._fill(last, len(self.text))

    def _check_start(self, span: Span) -> None:
        """Refuse a passage whose start the signs before it would not show."""
        position = self.position
        while (found := self.departures.get(position)) and found.rule in BEFORE_A_PASSAGE:
            position = found.span.end
        if position != span.start:
            raise RenderingError(
                f"TEI cannot say where the passage at character {span.start} begins",
                hint="Before it stand only signs of the file, under rules for such signs.",
            )

    def _fill(self, element: Element, end: int) -> None:
        """Add the characters from where we are to `end`, with all that stands at their places."""
        self._fill_within(element, end)
        self._places(element)

    def _fill_within(self, element: Element, end: int) -> None:
        while self.position < end:
            self._places(element)
            wrap = self.wraps.pop(self.position, None)
            departure = self.departures.get(self.position)
            if wrap and wrap.span.end <= end:
                inner = add(element, wrap.name, lang=wrap.language, attributes=wrap.attributes)
                self._fill_within(inner, wrap.span.end)
            elif departure:
                self._departure(element, departure)
            else:
                self._characters(element, end)

    def _characters(self, element: Element, end: int) -> None:
        """Add the characters up to `end`, or to the next place at which something stands."""
        following = bisect_right(self.stops, self.position)
        stop = min([end, *self.stops[following : following + 1]])
        _add_characters(element, self.text[self.position : stop])
        self.position = stop

    def _places(self, element: Element) -> None:
        """Add the page breaks and the anchor that stand before the next character."""
        while self.breaks and self.breaks[0].offset <= self.position:
            self._page_break(element, self.breaks.pop(0))
        if self.position in self.anchors:
            self.anchors.remove(self.position)
            add(element, "anchor", xml_id=place_id(self.position))

    def _page_break(self, element: Element, page: PageBreak) -> None:
        edition = f"#{self.witnesses[page.witness]}"
        add(element, "pb", attributes={"edRef": edition, "n": page.page})

    def _departure(self, element: Element, departure: Departure) -> None:
        told = f"#{rule_id(departure.rule)}"
        if departure.scope is Scope.READING:
            told += f" #scope-{Scope.READING.value}"
        known = departure_id(departure) if departure.reason else ""
        as_structure = departure.rule in TOLD_BY_STRUCTURE
        emended = departure.kind is Kind.EMENDATION
        if as_structure or not (departure.printed or emended):
            number = self.marks.get(departure.span)
            known = f"mark-{number}" if number else known
            surplus = add(element, "surplus", xml_id=known, attributes={"ana": told})
            self._original(surplus, departure.span.end)
            return
        choice = add(element, "choice", xml_id=known, attributes={"ana": told})
        self._original(add(choice, "sic" if emended else "orig"), departure.span.end)
        _add_characters(add(choice, "corr" if emended else "reg"), departure.printed)

    def _original(self, element: Element, end: int) -> None:
        """Add the transcription's own characters up to `end`, with anchors and page breaks within."""
        while self.position < end:
            self._characters(element, end)
            if self.position < end:
                self._places(element)


def _add_characters(element: Element, text: str) -> None:
    """Add characters of a text; a line end is an element, which no program folds."""
    for number, line in enumerate(text.split("\n")):
        if number:
            add(element, "lb")
        if line:
            add_text(element, line)
