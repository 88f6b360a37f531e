"""What the editors added, read from TEI of ours: notes, lists, variants, the timeline."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from lxml.etree import _Element as Element

from publish.model import (
    Anchor,
    Apparatus,
    Document,
    Drawn,
    Essay,
    Note,
    NoteMark,
    OpenQuestion,
    Person,
    Supplied,
    Term,
    Variant,
    Work,
)
from publish.sources.own_tei_header import HeaderReader, line
from publish.sources.own_tei_imprint import target
from publish.sources.own_tei_text import Body
from publish.tei.elements import children, name_of
from publish.tei.names import ID, LANGUAGE
from publish.tei.reading import ProseReader, TeiFile, typed_words
from publish.timeline import Change, Clock, Event, Timeline


class AdditionsReader:
    """The editors' additions in a file, whose body was read before. Each part raises SourceError with its line."""

    def __init__(self, file: TeiFile, body: Body, header: HeaderReader) -> None:
        self.file = file
        self.body = body
        self.header = header
        self.sigla = header.sigla()
        self.prose = ProseReader(file, {})
        works = {work.key: work for work in self._works()}
        self.prose = ProseReader(file, works)

    def document(self) -> Document:
        """Return the document with what is known of its note marks and layers."""
        return replace(
            self.body.document,
            note_marks=tuple(self._note_marks()),
            transmission=self.header.layer("transmission"),
            enclosed=self.header.layer("enclosed"),
        )

    def apparatus(self) -> Apparatus:
        """Return all that the editors add."""
        return Apparatus(
            head_note=self._division("front", "head-note"),
            notes=tuple(self._notes()),
            works=tuple(self.prose.works.values()),
            witnesses=self.header.witnesses(self.prose),
            source_note=self._division("back", "source-note"),
            essays=tuple(self._essays()),
            people=tuple(self._people()),
            terms=self._terms(),
            timeline=self._timeline(),
            variants=tuple(self._variants()),
            questions=tuple(self._questions()),
            ignores=self.header.ignores(),
        )

    def supplied(self) -> tuple[Supplied, ...]:
        """Return what is supplied for blank fields of the form."""
        items = self.file.every(self.file.root, "text/back/div/list/item")
        return tuple(
            self._supplied(item)
            for item in items
            if self.file.find(item, "label", type="field") is not None
        )

    def _division(self, where: str, kind: str) -> str:
        division = self.file.find(self.file.root, f"text/{where}/div", type=kind)
        return "" if division is None else self.prose.block(division)

    def _anchor(self, element: Element, first: str, last: str) -> Anchor:
        span = self.body.span(self.file, element, first, last)
        for block in self.body.document.blocks:
            if span.start in block.span and span.end <= block.span.end:
                return Anchor(block.id, span)
        raise self.file.fail(element, "the words that are meant do not stand in one block")

    def _notes(self) -> Iterator[Note]:
        for note in self.file.every(self.file.root, "text/back/div/note", type="commentary"):
            yield Note(
                self.file.key(note, "note-"),
                self.file.words(note, "label", type="lemma"),
                self._anchor(note, "target", "targetEnd"),
                self.prose.block(note),
                line(note),
            )

    def _note_marks(self) -> Iterator[NoteMark]:
        for note in self.file.every(self.file.root, "text/back/div/note", type="note-mark"):
            identifier = self.file.pointer(note, "target")
            if identifier not in self.body.marked:
                raise self.file.fail(note, f"there is no note mark {identifier!r} in the body")
            mark = self.file.attribute(note, "n")
            yield NoteMark(self.body.marked[identifier], mark, self.prose.line(note))

    def _essays(self) -> Iterator[Essay]:
        for essay in self.file.every(self.file.root, "text/back/div", type="essay"):
            title = self.file.words(essay, "head")
            key = self.file.key(essay, "essay-")
            yield Essay(key, title, self.prose.block(essay), line(essay))

    def _questions(self) -> Iterator[OpenQuestion]:
        division = self.file.find(self.file.root, "text/back/div", type="questions")
        if division is not None:
            for item in self.file.every(division, "list/item"):
                yield OpenQuestion(self.prose.line(item), line(item))

    def _works(self) -> Iterator[Work]:
        for entry in self.file.every(self.file.root, "standOff/listBibl/bibl"):
            yield Work(
                self.file.key(entry, "bib-"),
                self.prose.line(self.file.find(entry, "abbr")),
                self.prose.line(self.file.find(entry, "seg", type="full")),
                target(self.file, entry, "ptr"),
            )

    def _variants(self) -> Iterator[Variant]:
        for entry in self.file.every(self.file.root, "standOff/listApp/app"):
            readings = tuple(
                (self._siglum(reading, "wit"), reading.text or "")
                for reading in children(entry, "rdg")
            )
            yield Variant(
                self._anchor(entry, "from", "to"),
                self.file.words(entry, "lem"),
                readings,
                line(entry),
                self.prose.line(self.file.find(entry, "note")),
            )

    def _siglum(self, element: Element, name: str) -> str:
        identifier = self.file.pointer(element, name)
        if identifier not in self.sigla:
            raise self.file.fail(element, f"there is no witness {identifier!r}")
        return self.sigla[identifier]

    def _supplied(self, item: Element) -> Supplied:
        shown = self.file.need(item, "supplied")
        quotation = self.file.need(item, "cit/quote")
        drawn = self.file.pointer(shown, "ana").removeprefix("drawn-")
        if drawn not in [way.value for way in Drawn]:
            raise self.file.fail(shown, f"a field is not drawn {drawn!r}")
        return Supplied(
            field=self.file.words(item, "label", type="field"),
            value=self.file.words(quotation, "seg", type="value"),
            display=shown.text or "",
            witness=self._siglum(shown, "source"),
            locator=self.file.words(item, "cit/ref", type="locator"),
            quotation="".join(str(words) for words in quotation.itertext()),
            line=line(item),
            note=self.prose.line(self.file.find(item, "note")),
            drawn=Drawn(drawn),
        )

    def _people(self) -> Iterator[Person]:
        for entry in self.file.every(self.file.root, "standOff/listPerson/person"):
            names = list(typed_words(entry, "persName"))
            original = self.file.find(entry, "persName", type="original")
            yield Person(
                key=self.file.key(entry, "person-"),
                name=self.file.words(entry, "persName", type="main"),
                sort=self.file.words(entry, "persName", type="sort"),
                was=self.prose.line(self.file.find(entry, "note")),
                line=line(entry),
                names=tuple(words for kind, words in names if kind == "form"),
                original="" if original is None else original.text or "",
                original_language="" if original is None else original.get(LANGUAGE) or "",
                see=tuple(words for kind, words in names if kind == "see"),
            )

    def _terms(self) -> tuple[Term, ...]:
        lists = self.file.every(self.file.root, "standOff/list", type="terms")
        places = list(self.file.every(self.file.root, "standOff/listPlace/place"))
        entries = [*places, *(item for terms in lists for item in self.file.every(terms, "item"))]
        entries.sort(key=lambda entry: self.file.number(entry, "n"))
        return tuple(self._term(entry) for entry in entries)

    def _term(self, entry: Element) -> Term:
        is_place = name_of(entry) == "place"
        name, meaning = ("placeName", "note") if is_place else ("term", "gloss")
        words = list(typed_words(entry, name))
        main = self.file.need(entry, name, type="main")
        under = self.file.find(entry, "ptr", type="under")
        return Term(
            key=self.file.key(entry, "term-"),
            term=self.prose.line(main),
            meant=self.prose.line(self.file.find(entry, meaning)),
            line=line(entry),
            kind="place" if is_place else self.file.attribute(main, "subtype"),
            forms=tuple(each for kind, each in words if kind == "form"),
            see=tuple(each for kind, each in words if kind == "see"),
            under="" if under is None else self._heading_above(under),
        )

    def _heading_above(self, pointer: Element) -> str:
        """Return the key of the person or term to which a subentry of the index belongs."""
        identifier = self.file.pointer(pointer, "target")
        kind, _, key = identifier.partition("-")
        there = (each.get(ID) for each in self.file.every(self.file.root, "standOff/*/*"))
        if kind not in ("person", "term") or identifier not in there:
            raise self.file.fail(pointer, f"no person and no term is called {identifier!r}")
        return key

    def _timeline(self) -> Timeline:
        events = self.file.every(self.file.root, "standOff/listEvent/event")
        figure = self.file.find(self.file.root, "standOff/list", type="figure")
        shown = None if figure is None else self.file.need(figure, "item/date")
        clocks = self.file.find(self.file.root, "standOff/list", type="clocks")
        return Timeline(
            tuple(self._event(event) for event in events),
            () if clocks is None else tuple(self._clock(item) for item in children(clocks, "item")),
            None if shown is None else self.file.moment(shown, "from"),
            None if shown is None else self.file.moment(shown, "to"),
        )

    def _event(self, event: Element) -> Event:
        told = (event.get("ana") or "").split()
        timed = "T" in self.file.attribute(event, "when")
        moment = self.file.moment(event, "when") if timed else None
        return Event(
            day=moment.date() if moment else self.file.day(event, "when"),
            told=self.prose.line(self.file.find(event, "desc")),
            line=line(event),
            moment=moment,
            about="#event-about" in told,
            disputed=self.prose.line(self.file.find(event, "note", type="disputed")),
            this="#event-telegram" in told,
        )

    def _clock(self, item: Element) -> Clock:
        offsets = [
            timedelta(minutes=self.file.number(each, "quantity"))
            for each in children(item, "measure")
        ]
        moments = [self.file.moment(each, "when") for each in children(item, "date")]
        if len(offsets) != len(moments) + 1:
            raise self.file.fail(item, "a clock needs one offset, and one more for each change")
        changes = zip(moments, offsets[1:], strict=True)
        return Clock(
            name=self.file.words(item, "placeName"),
            offset=offsets[0],
            changes=tuple(Change(at, offset) for at, offset in changes),
            zone=self.file.words(item, "idno", type="tz"),
        )
