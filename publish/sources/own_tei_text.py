"""The document in TEI of ours: the transcription character by character, and all departures from it.

In: the body, and the departures that stand apart. Out: a Document whose characters have the SHA-256 that
the header gives.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml.etree import _Element as Element

from publish.departure_rules import RULES
from publish.departures import check_closed, depart
from publish.model import (
    Block,
    BlockKind,
    Departure,
    Document,
    PageBreak,
    Scope,
    Source,
    Span,
)
from publish.problems import SourceError
from publish.tei.elements import children, name_of
from publish.tei.names import (
    BEFORE_A_PASSAGE,
    ID,
    INSTRUCTION,
    TABLE_SIGN,
    TOLD_BY_STRUCTURE,
    departure_id,
    place_id,
    printed_by_structure,
)
from publish.tei.reading import TeiFile, elements_of


@dataclass(slots=True)
class _Found:
    """A departure as it stands in the body. What the elements tell, they print at once."""

    element: Element
    rule: str
    span: Span
    printed: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class Body:
    """What the body holds: the document, where each anchor stands, and what is marked by an identifier."""

    document: Document
    places: dict[str, int]
    marked: dict[str, Span]

    def span(self, file: TeiFile, element: Element, first: str, last: str) -> Span:
        """Return the characters between the places to which two attributes of `element` point."""
        ends = []
        for name in (first, last):
            pointer = file.pointer(element, name)
            if pointer not in self.places:
                raise file.fail(element, f"there is no place {pointer!r} in the body")
            ends.append(self.places[pointer])
        if ends[0] >= ends[1]:
            raise file.fail(element, "the words that are meant end before they begin")
        return Span(*ends)


def read_body(file: TeiFile, source: Source, sigla: dict[str, str]) -> Body:
    """Return what the body holds. `source` lacks its text; `sigla` has the siglum of each identifier.

    Raises SourceError where an element is unknown, a departure is none that a rule allows, or the characters
    are not those of the transcription.
    """
    reader = _Body(file, sigla)
    whole = file.need(file.root, "text/body/div", type="telegram")
    reader.division(whole)
    reader.end_of_text()
    text = "".join(reader.characters)
    _check_characters(reader, text, source.sha256)
    if reader.heading is None or reader.dateline is None or not reader.blocks:
        raise file.fail(whole, "the telegram lacks its heading, its dateline or its blocks")
    marked = {each.element.get(ID) or "": each.span for each in reader.found}
    body = Body(
        Document(
            id=file.attribute(whole, "n"), source=replace(source, text=text), heading=reader.heading,
            dateline=reader.dateline, blocks=tuple(reader.blocks), departures=(),
            number=reader.number, source_line=reader.source_line,
            page_breaks=tuple(reader.page_breaks),
        ),
        reader.places,
        marked,
    )  # fmt: skip
    departures = [_departure(file, text, found) for found in reader.found]
    departures += _facsimile_only(file, body)
    in_order = sorted(_with_reasons(file, departures), key=lambda d: (d.span, d.scope))
    document = replace(body.document, departures=tuple(in_order))
    check_closed(document)
    return replace(body, document=document)


def _check_characters(reader: "_Body", text: str, sha256: str) -> None:
    """Refuse characters that are not the transcription's; an anchor says before which line they are wrong."""
    found = hashlib.sha256(text.encode("utf-8")).hexdigest()
    if found == sha256:
        return
    wrong = reader.file.need(reader.file.root, "text/body")
    for anchor, offset in reader.anchors:
        if anchor.get(ID) != place_id(offset):
            wrong = anchor
            break
    raise reader.file.fail(
        wrong,
        f"the body is not the transcription any more: its characters have the SHA-256 {found[:16]}…, not "
        f"{sha256[:16]}…",
        "At this line or before it characters were changed, or a passage is missing.",
    )


def _departure(file: TeiFile, text: str, found: _Found) -> Departure:
    try:
        return depart(found.rule, text, *found.span.ends, found.printed, found.scope)
    except ValueError as problem:
        raise file.fail(found.element, str(problem)) from None


def _facsimile_only(file: TeiFile, body: Body) -> Iterator[Departure]:
    for element in file.every(file.root, "standOff/spanGrp/span"):
        span = body.span(file, element, "from", "to")
        words = element.text or ""
        moved = file.attribute(element, "subtype") if element.get("type") == "moved" else ""
        try:
            yield depart(
                _rule(file, element), body.document.source.text, *span.ends, "" if moved else words,
                Scope.FACSIMILE, moved_to=moved, moved=words if moved else "",
            )  # fmt: skip
        except ValueError as problem:
            raise file.fail(element, str(problem)) from None


def _with_reasons(file: TeiFile, departures: Sequence[Departure]) -> Iterator[Departure]:
    notes = file.every(file.root, "text/back/div/note", type="reason")
    reasons = {file.pointer(note, "target"): note.text or "" for note in notes}
    for departure in departures:
        yield replace(departure, reason=reasons.get(departure_id(departure), ""))


def _rule(file: TeiFile, element: Element) -> str:
    told = file.attribute(element, "ana").split()
    rules = [name.removeprefix("#rule-") for name in told if name.startswith("#rule-")]
    if len(rules) != 1 or rules[0] not in RULES:
        raise file.fail(element, f"ana={' '.join(told)!r} does not name one rule of departure")
    return rules[0]


class _Body:
    """The state of reading: the characters so far, and what was found in them."""

    def __init__(self, file: TeiFile, sigla: dict[str, str]) -> None:
        self.file = file
        self.sigla = sigla
        self.characters: list[str] = []
        self.position = 0
        self.found: list[_Found] = []
        self.anchors: list[tuple[Element, int]] = []
        self.page_breaks: list[PageBreak] = []
        self.blocks: list[Block] = []
        self.heading: Span | None = None
        self.dateline: Span | None = None
        self.source_line: Span | None = None
        self.number: Span | None = None
        self.label: Span | None = None  # of the item that is being read

    @property
    def places(self) -> dict[str, int]:
        """Return where each anchor stands."""
        return {anchor.get(ID) or "": offset for anchor, offset in self.anchors}

    def division(self, element: Element) -> None:
        """Read a division: the telegram, a section of it, the letter in it."""
        for kid in elements_of(self.file, element):
            match name_of(kid):
                case "head" if element.get("type") == "telegram":
                    self.heading = self._passage(kid)
                case "head":
                    self._block(kid, BlockKind.SECTION)
                case "opener" | "closer" | "list":
                    self._group(kid)
                case "p":
                    plain = kid.get("ana") != f"#{INSTRUCTION}"
                    self._block(kid, BlockKind.PARAGRAPH if plain else BlockKind.INSTRUCTION)
                case "table":
                    self._table(kid)
                case "trailer":
                    self.source_line = self._passage(kid)
                case "div":
                    self.division(kid)
                case _:
                    raise self._unknown(kid)

    def _group(self, element: Element) -> None:
        for kid in elements_of(self.file, element):
            match name_of(kid):
                case "dateline":
                    self.dateline = self._passage(kid)
                case "salute":
                    self._block(kid, BlockKind.SALUTATION)
                case "signed":
                    self._block(kid, BlockKind.SIGNATURE)
                case "item":
                    self._block(kid, BlockKind.ITEM)
                case _:
                    raise self._unknown(kid)

    def _unknown(self, element: Element) -> SourceError:
        parent = element.getparent()
        within = f" in <{name_of(parent)}>" if parent is not None else ""
        return self.file.fail(
            element,
            f"<{name_of(element) or '?'}> is not known here{within}",
            "What the press does not know, it would lose.",
        )

    def _block(self, element: Element, kind: BlockKind) -> None:
        self.label = None
        span = self._passage(element)
        self.blocks.append(Block(self.file.attribute(element, ID), kind, span, self.label))

    def _passage(self, element: Element) -> Span:
        start, first = self.position, len(self.found)
        self._content(element)
        return Span(self._start(start, first), self.position)

    def _start(self, start: int, first: int) -> int:
        """Return where a passage begins: after the signs of the file before it, from the `first` departure on."""
        for found in self.found[first:]:
            if found.span.start != start or found.rule not in BEFORE_A_PASSAGE:
                break
            if found.rule in TOLD_BY_STRUCTURE:
                nothing_before = self.heading is None
                found.printed = printed_by_structure(
                    found.rule, first=nothing_before, new_row=False
                )
            start = found.span.end
        return start

    def end_of_text(self) -> None:
        """Take the last signs of the file from the last passage: they print nothing."""
        end = self.position
        for found in reversed(self.found):
            if found.span.end != end or found.rule not in BEFORE_A_PASSAGE:
                break
            found.printed, end = "", found.span.start
        if self.source_line:
            self.source_line = Span(self.source_line.start, end)
        elif self.blocks:
            last = self.blocks[-1]
            cells = last.cells
            if cells and cells[-1]:
                kept = Span(cells[-1][-1].start, min(end, cells[-1][-1].end))
                cells = (*cells[:-1], (*cells[-1][:-1], kept))
            self.blocks[-1] = replace(last, span=Span(last.span.start, end), cells=cells)

    def _table(self, element: Element) -> None:
        rows: list[tuple[Span, ...]] = []
        start = -1
        for row in elements_of(self.file, element):
            cells: list[Span] = []
            for cell in elements_of(self.file, row):
                if name_of(cell) != "cell":
                    raise self._unknown(cell)
                before, first = self.position, len(self.found)
                self._content(cell)
                begins = self._start(before, first)
                start = begins if start < 0 else start
                cells.append(
                    self._cell(begins, first, first_of_all=not (rows or cells), new_row=not cells)
                )
            rows.append(tuple(cells))
        span = Span(max(start, 0), self.position)
        identifier = self.file.attribute(element, ID)
        self.blocks.append(Block(identifier, BlockKind.TABLE, span, None, tuple(rows)))

    def _cell(self, start: int, first: int, *, first_of_all: bool, new_row: bool) -> Span:
        """Return a cell without the signs at its ends: those before it part it from the one before."""
        end, led = self.position, False
        for found in self.found[first:]:
            if found.rule != TABLE_SIGN:
                continue
            if found.span.start == start and not led:
                found.printed = printed_by_structure(
                    TABLE_SIGN, first=first_of_all, new_row=new_row
                )
                start, led = found.span.end, True
            else:
                end = min(end, found.span.start)
        return Span(start, end)

    def _content(self, element: Element) -> None:
        """Read the characters in an element and what stands between them."""
        self._text(element.text)
        for kid in element:
            self._inline(kid)
            self._text(kid.tail)

    def _text(self, words: str | None) -> None:
        if words:
            self.characters.append(words)
            self.position += len(words)

    def _inline(self, element: Element) -> None:
        start = self.position
        match name_of(element):
            case "anchor":
                self.anchors.append((element, start))
            case "lb":
                self._text("\n")
            case "pb":
                self._page_break(element)
            case "surplus":
                self._content(element)
                self._depart(element, start, "")
            case "choice":
                self._choice(element)
            case "foreign":
                self._content(element)
            case "label":
                self._content(element)
                self.label = Span(start, self.position)
            case "num":
                self._content(element)
                self.number = Span(start, self.position)
            case _:
                raise self._unknown(element)

    def _page_break(self, element: Element) -> None:
        witness = self.file.pointer(element, "edRef")
        if witness not in self.sigla:
            raise self.file.fail(element, f"there is no witness {witness!r}")
        page = self.file.attribute(element, "n")
        self.page_breaks.append(PageBreak(self.sigla[witness], page, self.position))

    def _choice(self, element: Element) -> None:
        start = self.position
        kids = list(elements_of(self.file, element))
        if [name_of(kid) for kid in kids] not in (["orig", "reg"], ["sic", "corr"]):
            raise self.file.fail(element, "<choice> needs orig and reg, or sic and corr")
        self._content(kids[0])
        printed = (kids[1].text or "") + "".join(
            "\n" + (line.tail or "") for line in children(kids[1], "lb")
        )
        self._depart(element, start, printed)

    def _depart(self, element: Element, start: int, printed: str) -> None:
        reading = f"#scope-{Scope.READING.value}" in self.file.attribute(element, "ana").split()
        scope = Scope.READING if reading else Scope.BOTH
        span = Span(start, self.position)
        self.found.append(_Found(element, _rule(self.file, element), span, printed, scope))
