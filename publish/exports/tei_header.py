"""The header of a TEI file: what the edition is, what it was made from, and how it is encoded."""

import re

from lxml.etree import _Element as Element

from publish.departure_rules import RULES
from publish.exports.tei_imprint import write_changes, write_name, write_printing
from publish.model import Edition, Kind, Layer, Source, Witness
from publish.tei.elements import add
from publish.tei.names import APPLICATION, CATEGORIES, ENCODING, rule_id
from publish.tei.prose import Prose

_LICENCE = re.compile(r"https?://creativecommons\.org/[^\s),;]+")

HOW = """\
Every character of the transcription stands in the body. Where the reading text departs from it, choice has the
transcription’s characters in orig (or sic) and the reading text’s in reg (or corr), and surplus has characters that
the reading text leaves out; ana names the rule. Without reg and corr, and with a line end for each lb, the passages
one after the other are the transcription, character by character; its SHA-256 is given with the source. Without
orig, sic and surplus each passage is the reading text.

A departure holds in the reading text and in the facsimile alike, unless ana says otherwise. Those of the facsimile
alone are span elements in standOff, from place to place; what a span contains is printed there.

A passage is head, dateline, p, item, salute, signed or trailer; a table is one with all its cells. It begins with
the signs of the file that stand before it. White space directly in div, opener, closer, list, table and row is
layout. An anchor stands before the character whose number it bears, counted from 0.

Notes of the commentary stand in back; target and targetEnd are the ends of the words that they are about. A
reference of the type citation leads to a work, and what it contains is the place cited there; a segment of that
type has the references of one citation that names several works.
"""


class Header:
    """The header of an edition. `witnesses` gives the identifier of each siglum."""

    def __init__(self, edition: Edition, prose: Prose, witnesses: dict[str, str]) -> None:
        self.edition = edition
        self.prose = prose
        self.witnesses = witnesses

    def write(self, root: Element) -> None:
        """Add the header to `root`."""
        header = add(root, "teiHeader")
        described = add(header, "fileDesc")
        self._title(described)
        self._publication(described)
        self._remarks(described)
        self._sources(described)
        self._encoding(header)
        self._profile(header)
        write_changes(header, self.edition, self.prose)

    def _title(self, described: Element) -> None:
        edition = self.edition
        titles = add(described, "titleStmt")
        add(titles, "title", edition.title, attributes={"type": "main"})
        for kind, words in (("sub", edition.subtitle), ("short", edition.short_title)):
            if words:
                add(titles, "title", words, attributes={"type": kind})
        for editor in edition.editors:
            write_name(add(titles, "editor"), editor)
        if edition.version:
            statement = add(described, "editionStmt")
            attributes = {"n": edition.version}
            add(statement, "edition", f"Version {edition.version}", attributes=attributes)

    def _publication(self, described: Element) -> None:
        edition = self.edition
        statement = add(described, "publicationStmt")
        if edition.publisher:
            add(statement, "publisher", edition.publisher)
        else:
            add(statement, "authority", "; ".join(map(str, edition.editors)) or "nobody is named")
        if edition.released:
            day = edition.released.isoformat()
            add(statement, "date", day, attributes={"when": day})
        for kind, words in (
            ("edition", edition.id),
            ("DOI", edition.doi),
            ("ARK", edition.ark),
            ("URI", edition.url),
        ):
            if words:
                add(statement, "idno", words, attributes={"type": kind})
        if edition.rights:
            available = add(statement, "availability")
            for words in edition.rights:
                licence = _LICENCE.search(words)
                if licence:
                    add(available, "licence", words, attributes={"target": licence[0]})
                else:
                    add(available, "p", words)

    def _remarks(self, described: Element) -> None:
        edition = self.edition
        remarks = add(described, "notesStmt")
        if edition.form:
            add(remarks, "note", edition.form, attributes={"type": "form"})
        for ignore in edition.apparatus.ignores:
            attributes = {"type": "finding-let-stand", "subtype": ignore.rule, "n": ignore.about}
            add(remarks, "note", ignore.reason, attributes=attributes)
        if not len(remarks):
            described.remove(remarks)

    def _sources(self, described: Element) -> None:
        edition = self.edition
        sources = add(described, "sourceDesc")
        self._transcription(sources, edition.document.source)
        if edition.printing:
            write_printing(sources, edition.printing)
        if edition.apparatus.witnesses:
            witnesses = add(sources, "listWit")
            for witness in edition.apparatus.witnesses:
                self._witness(witnesses, witness)

    def _transcription(self, sources: Element, source: Source) -> None:
        described = add(sources, "bibl", attributes={"type": "transcription"})
        if source.title:
            add(described, "title", source.title)
        for kind, words in (
            ("file", source.name),
            ("SHA-256", source.sha256),
            ("siglum", source.siglum),
            ("URI", source.url),
        ):
            if words:
                add(described, "idno", words, attributes={"type": kind})
        if source.holder:
            add(described, "orgName", source.holder, attributes={"type": "holder"})
        if source.retrieved:
            add(described, "date", source.retrieved, attributes={"type": "retrieved"})
        if source.rights:
            add(add(described, "availability"), "p", source.rights)

    def _witness(self, witnesses: Element, witness: Witness) -> None:
        kinds = [("witness-base", witness.base), ("witness-original", witness.original)]
        told = [kind for kind, holds in kinds if holds]
        if not witness.base:
            told.append(f"collated-{witness.collated.value}")
        attributes = {"ana": " ".join(f"#{kind}" for kind in told)}
        entry = add(
            witnesses, "witness", xml_id=self.witnesses[witness.siglum], attributes=attributes
        )
        add(entry, "abbr", witness.siglum, attributes={"type": "siglum"})
        if witness.short:
            add(entry, "abbr", witness.short, attributes={"type": "short"})
        described = add(entry, "bibl")
        self.prose.line(add(described, "seg", attributes={"type": "full"}), witness.title)
        if witness.url:
            add(described, "ptr", attributes={"target": witness.url})
        self.prose.line(add(entry, "note", attributes={"type": "extent"}), witness.extent)

    def _encoding(self, header: Element) -> None:
        encoding = add(header, "encodingDesc")
        attributes = {"ident": APPLICATION, "version": ENCODING}
        application = add(add(encoding, "appInfo"), "application", attributes=attributes)
        add(application, "label", f"Cablepress, encoding {ENCODING}")
        declared = add(encoding, "editorialDecl")
        for paragraph in HOW.split("\n\n"):
            add(declared, "p", " ".join(paragraph.split()))
        ran = {departure.rule for departure in self.edition.document.departures}
        law = [rule for rule in RULES.values() if rule.name in ran]
        corrections = add(declared, "correction")
        if not any(rule.kind is Kind.EMENDATION for rule in law):
            add(corrections, "p", "No word of the transcription is changed.")
        conventions = add(declared, "normalization")
        homes = {Kind.EMENDATION: corrections, Kind.CONVENTION: conventions}
        for rule in law:
            home = homes.get(rule.kind, declared)
            kind = {"n": rule.kind.value}
            add(home, "p", rule.method, xml_id=rule_id(rule.name), attributes=kind)
        if not len(conventions):
            declared.remove(conventions)
        add(encoding, "classDecl")
        how = {"method": "double-end-point", "location": "external"}
        add(encoding, "variantEncoding", attributes=how)

    def _profile(self, header: Element) -> None:
        edition = self.edition
        profile = add(header, "profileDesc")
        if edition.subject:
            add(add(profile, "abstract"), "p", edition.subject)
        for name, layer in (
            ("transmission", edition.document.transmission),
            ("enclosed", edition.document.enclosed),
        ):
            if layer:
                self._layer(profile, name, layer)
        languages = add(profile, "langUsage")
        add(languages, "language", "The edition’s language", attributes={"ident": edition.language})
        for phrase in edition.foreign:
            entry = add(languages, "language", attributes={"ident": phrase.language})
            add(entry, "foreign", phrase.words, lang=phrase.language)
        if edition.keywords:
            words = add(add(profile, "textClass"), "keywords")
            for keyword in edition.keywords:
                add(words, "term", keyword)

    def _layer(self, profile: Element, name: str, layer: Layer) -> None:
        attributes = {"type": name, "subtype": layer.what}
        described = add(profile, "correspDesc", attributes=attributes)
        sent = add(described, "correspAction", attributes={"type": "sent"})
        write_name(sent, layer.sender)
        if layer.signed:
            add(sent, "name", layer.signed, attributes={"type": "signed"})
        if layer.place:
            add(sent, "placeName", layer.place)
        if layer.day:
            day = layer.day.isoformat()
            add(sent, "date", day, attributes={"when": day})
        received = add(described, "correspAction", attributes={"type": "received"})
        write_name(received, layer.recipient)


def declare_categories(root: Element) -> None:
    """Say in classDecl what the categories mean that the file uses; none where it uses none."""
    (declared,) = root.iter("{*}classDecl")
    used = {name for element in root.iter("{*}*") for name in (element.get("ana") or "").split()}
    for taxonomy, categories in CATEGORIES.items():
        meant = {name: words for name, words in categories.items() if f"#{name}" in used}
        if meant:
            entries = add(declared, "taxonomy", xml_id=taxonomy)
            for name, words in meant.items():
                add(add(entries, "category", xml_id=name), "catDesc", words)
    if not len(declared):
        parent = declared.getparent()
        if parent is not None:
            parent.remove(declared)
