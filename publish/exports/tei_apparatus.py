"""What the editors add, in TEI: lists of people, places, terms and works, variants, the timeline, and the notes.

In: an Edition. Out: front and back of the text, with the editors' prose, and standOff, with what refers to
places of the text.
"""

from datetime import timedelta

from lxml.etree import _Element as Element

from publish.exports.tei_text import facsimile_only
from publish.model import Anchor, Edition, Person, Supplied, Term, Variant
from publish.tei.elements import add, add_text
from publish.tei.names import departure_id, place_id, rule_id
from publish.tei.prose import Prose
from publish.timeline import Clock, Event, Timeline


def marked_places(edition: Edition) -> tuple[Anchor, ...]:
    """Return the words of the text to which notes and variants refer."""
    notes = [note.anchor for note in edition.apparatus.notes]
    return (*notes, *(variant.anchor for variant in edition.apparatus.variants))


class Additions:
    """The editors' additions to an edition. `witnesses` gives the identifier of each siglum."""

    def __init__(self, edition: Edition, prose: Prose, witnesses: dict[str, str]) -> None:
        self.edition = edition
        self.apparatus = edition.apparatus
        self.prose = prose
        self.witnesses = witnesses

    def write_front(self, text: Element) -> None:
        """Add the head note before the body."""
        if self.apparatus.head_note:
            division = _division(add(text, "front"), "head-note", "Head note")
            self.prose.block(division, self.apparatus.head_note)

    def write_back(self, text: Element) -> None:
        """Add what stands behind the body; nothing where there is nothing."""
        back = add(text, "back")
        self._notes(back)
        for essay in self.apparatus.essays:
            division = _division(back, "essay", essay.title, f"essay-{essay.key}")
            self.prose.block(division, essay.body)
        self._textual_notes(back)
        self._supplied_fields(back)
        if self.apparatus.source_note:
            division = _division(back, "source-note", "Source note")
            self.prose.block(division, self.apparatus.source_note)
        if self.apparatus.questions:
            questions = add(_division(back, "questions", "Open questions"), "list")
            for question in self.apparatus.questions:
                self.prose.line(add(questions, "item"), question.told)
        if not len(back):
            text.remove(back)

    def _notes(self, back: Element) -> None:
        if not self.apparatus.notes:
            return
        division = _division(back, "commentary", "Commentary")
        for number, entry in enumerate(self.apparatus.notes, 1):
            span = entry.anchor.span
            attributes = {
                "type": "commentary",
                "n": str(number),
                "target": f"#{place_id(span.start)}",
                "targetEnd": f"#{place_id(span.end)}",
            }
            note = add(division, "note", xml_id=f"note-{entry.key}", attributes=attributes)
            add(note, "label", entry.lemma, attributes={"type": "lemma"})
            self.prose.block(note, entry.body)

    def _textual_notes(self, back: Element) -> None:
        document = self.edition.document
        reasons = [departure for departure in document.departures if departure.reason]
        if not document.note_marks and not reasons:
            return
        division = _division(back, "textual-notes", "Textual notes")
        for number, mark in enumerate(document.note_marks, 1):
            attributes = {"type": "note-mark", "n": mark.mark, "target": f"#mark-{number}"}
            self.prose.line(add(division, "note", attributes=attributes), mark.resolution)
        for departure in reasons:
            attributes = {"type": "reason", "target": f"#{departure_id(departure)}"}
            add(division, "note", departure.reason, attributes=attributes)

    def _supplied_fields(self, back: Element) -> None:
        if self.edition.supplied:
            division = _division(back, "supplied-fields", "Fields supplied from other witnesses")
            fields = add(division, "list", attributes={"type": "supplied-fields"})
            for entry in self.edition.supplied:
                self._supplied(fields, entry)

    def _supplied(self, fields: Element, entry: Supplied) -> None:
        witness = f"#{self.witnesses[entry.witness]}"
        item = add(fields, "item", xml_id=f"supplied-{entry.field}")
        add(item, "label", entry.field, attributes={"type": "field"})
        attributes = {"source": witness, "ana": f"#drawn-{entry.drawn.value}"}
        add(item, "supplied", entry.display, attributes=attributes)
        cited = add(item, "cit")
        before, value, after = entry.quotation.partition(entry.value)
        quotation = add(cited, "quote", before)
        add(quotation, "seg", value, attributes={"type": "value"})
        add_text(quotation, after)
        add(cited, "ref", entry.locator, attributes={"type": "locator", "target": witness})
        if entry.note:
            self.prose.line(add(item, "note"), entry.note)

    def write_stand_off(self, root: Element) -> None:
        """Add what refers to the text from outside; nothing where there is nothing."""
        apart = add(root, "standOff")
        self._departures(apart)
        if self.apparatus.variants:
            variants = add(apart, "listApp")
            for variant in self.apparatus.variants:
                self._variant(variants, variant)
        self._people(apart)
        self._terms(apart)
        if self.apparatus.works:
            works = add(apart, "listBibl")
            for work in self.apparatus.works:
                entry = add(works, "bibl", xml_id=f"bib-{work.key}")
                self.prose.line(add(entry, "abbr"), work.short)
                self.prose.line(add(entry, "seg", attributes={"type": "full"}), work.full)
                if work.url:
                    add(entry, "ptr", attributes={"target": work.url})
        self._timeline(apart, self.apparatus.timeline)
        if not len(apart):
            root.remove(apart)

    def _departures(self, apart: Element) -> None:
        departures = facsimile_only(self.edition.document)
        if not departures:
            return
        group = add(apart, "spanGrp", attributes={"type": "facsimile", "ana": "#scope-facsimile"})
        for departure in departures:
            span = departure.span
            attributes = {
                "ana": f"#{rule_id(departure.rule)}",
                "from": f"#{place_id(span.start)}",
                "to": f"#{place_id(span.end)}",
            }
            if departure.moved_to:
                attributes |= {"type": "moved", "subtype": departure.moved_to}
            known = departure_id(departure) if departure.reason else ""
            printed = departure.moved if departure.moved_to else departure.printed
            add(group, "span", printed, xml_id=known, attributes=attributes)

    def _variant(self, variants: Element, variant: Variant) -> None:
        span = variant.anchor.span
        ends = {"from": f"#{place_id(span.start)}", "to": f"#{place_id(span.end)}"}
        entry = add(variants, "app", attributes=ends)
        base = [w.siglum for w in self.apparatus.witnesses if w.base]
        wit = " ".join(f"#{self.witnesses[siglum]}" for siglum in base)
        add(entry, "lem", variant.lemma, attributes={"wit": wit})
        for siglum, reading in variant.readings:
            add(entry, "rdg", reading, attributes={"wit": f"#{self.witnesses[siglum]}"})
        if variant.note:
            self.prose.line(add(entry, "note"), variant.note)

    def _people(self, apart: Element) -> None:
        if self.apparatus.people:
            people = add(apart, "listPerson")
            for person in self.apparatus.people:
                self._person(add(people, "person", xml_id=f"person-{person.key}"), person)

    def _person(self, entry: Element, person: Person) -> None:
        add(entry, "persName", person.name, attributes={"type": "main"})
        add(entry, "persName", person.sort, attributes={"type": "sort"})
        for words in person.names:
            add(entry, "persName", words, attributes={"type": "form"})
        if person.original:
            attributes = {"type": "original"}
            add(
                entry,
                "persName",
                person.original,
                lang=person.original_language,
                attributes=attributes,
            )
        for words in person.see:
            add(entry, "persName", words, attributes={"type": "see"})
        if person.was:
            self.prose.line(add(entry, "note"), person.was)

    def _terms(self, apart: Element) -> None:
        """Add a list of places and one of terms and subjects; `n` is the place in the editors' own list."""
        numbered = list(enumerate(self.apparatus.terms, 1))
        places = [(number, term) for number, term in numbered if term.kind == "place"]
        others = [(number, term) for number, term in numbered if term.kind != "place"]
        if places:
            where = add(apart, "listPlace")
            for number, term in places:
                entry = add(
                    where, "place", xml_id=f"term-{term.key}", attributes={"n": str(number)}
                )
                self._term(entry, term, "placeName", "note")
        if others:
            terms = add(apart, "list", attributes={"type": "terms"})
            for number, term in others:
                attributes = {"n": str(number)}
                entry = add(terms, "item", xml_id=f"term-{term.key}", attributes=attributes)
                self._term(entry, term, "term", "gloss")

    def _term(self, entry: Element, term: Term, name: str, meaning: str) -> None:
        kind = "" if term.kind == "place" else term.kind
        main = add(entry, name, attributes={"type": "main", "subtype": kind})
        self.prose.line(main, term.term)
        for words in term.forms:
            add(entry, name, words, attributes={"type": "form"})
        for words in term.see:
            add(entry, name, words, attributes={"type": "see"})
        if term.meant:
            self.prose.line(add(entry, meaning), term.meant)
        if term.under:
            people = {person.key for person in self.apparatus.people}
            kind = "person" if term.under in people else "term"
            attributes = {"type": "under", "target": f"#{kind}-{term.under}"}
            add(entry, "ptr", attributes=attributes)

    def _timeline(self, apart: Element, timeline: Timeline) -> None:
        if timeline.events:
            events = add(apart, "listEvent")
            for event in timeline:
                self._event(events, event)
        if timeline.clocks:
            clocks = add(apart, "list", attributes={"type": "clocks"})
            for clock in timeline.clocks:
                _clock(add(clocks, "item"), clock)
        if timeline.first and timeline.last:
            shown = {"from": timeline.first.isoformat(), "to": timeline.last.isoformat()}
            figure = add(apart, "list", attributes={"type": "figure"})
            add(add(figure, "item"), "date", attributes=shown)

    def _event(self, events: Element, event: Event) -> None:
        kinds = [("event-telegram", event.this), ("event-about", event.about)]
        attributes = {
            "when": (event.moment or event.day).isoformat(),
            "ana": " ".join(f"#{kind}" for kind, holds in kinds if holds),
        }
        entry = add(events, "event", attributes=attributes)
        self.prose.line(add(entry, "desc"), event.told)
        if event.disputed:
            note = add(entry, "note", attributes={"type": "disputed"})
            self.prose.line(note, event.disputed)


def _division(parent: Element, kind: str, head: str, xml_id: str = "") -> Element:
    division = add(parent, "div", xml_id=xml_id, attributes={"type": kind})
    add(division, "head", head)
    return division


def _clock(item: Element, clock: Clock) -> None:
    add(item, "placeName", clock.name)
    if clock.zone:
        add(item, "idno", clock.zone, attributes={"type": "tz"})
    _offset(item, clock.offset)
    for change in clock.changes:
        add(item, "date", attributes={"when": change.at.isoformat()})
        _offset(item, change.offset)


def _offset(item: Element, offset: timedelta) -> None:
    minutes = str(round(offset / timedelta(minutes=1)))
    add(item, "measure", attributes={"type": "offset", "unit": "min", "quantity": minutes})
