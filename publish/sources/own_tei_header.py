"""The header of TEI of ours: what the edition is, its witnesses, and where its transcription comes from."""

from datetime import date

from lxml.etree import _Element as Element

from publish.imprint import Name, Printing
from publish.model import Collated, ForeignPhrase, Ignore, Layer, Source, Witness
from publish.sources.own_tei_imprint import (
    checked_address,
    read_identifier,
    read_name,
    read_names,
    read_printing,
    target,
)
from publish.tei.names import ID, LANGUAGE
from publish.tei.reading import ProseReader, TeiFile


class HeaderReader:
    """The header of a file, asked part by part. Each raises SourceError with the line for what is wrong."""

    def __init__(self, file: TeiFile) -> None:
        self.file = file
        self.described = file.need(file.root, "teiHeader/fileDesc")
        self.published = file.need(self.described, "publicationStmt")
        self.profile = file.need(file.root, "teiHeader/profileDesc")

    def identifier(self) -> str:
        """Return the edition's own identifier."""
        return self.file.words(self.published, "idno", type="edition")

    def lasting(self, kind: str) -> str:
        """Return an identifier that lasts: the edition's `DOI` or `ARK`."""
        return read_identifier(self.file, self.published, kind)

    def url(self) -> str:
        """Return the edition's address."""
        return self._address(self.published)

    def _address(self, described: Element) -> str:
        """Return the address among the identifiers of something."""
        element = self.file.find(described, "idno", type="URI")
        return "" if element is None else checked_address(self.file, element, element.text or "")

    def main_title(self) -> str:
        """Return the edition's title, which no edition is without."""
        titles = self.file.need(self.described, "titleStmt")
        return self.file.need(titles, "title", type="main").text or ""

    def title(self, kind: str) -> str:
        """Return a further title of the edition: `sub` or `short`."""
        return self.file.words(self.described, "titleStmt/title", type=kind)

    def version(self) -> str:
        """Return the edition's version."""
        edition = self.file.find(self.described, "editionStmt/edition")
        return "" if edition is None else self.file.attribute(edition, "n")

    def released(self) -> date | None:
        """Return the day of publication."""
        day = self.file.find(self.published, "date")
        return None if day is None else self.file.day(day, "when")

    def rights(self) -> tuple[str, ...]:
        """Return what is said of rights, paragraph by paragraph."""
        available = self.file.find(self.published, "availability")
        return () if available is None else tuple(kid.text or "" for kid in available)

    def language(self) -> str:
        """Return the edition's language."""
        return self.file.attribute(self.file.root, LANGUAGE)

    def subject(self) -> str:
        """Return what the document is about."""
        return self.file.words(self.profile, "abstract/p")

    def keywords(self) -> tuple[str, ...]:
        """Return the keywords."""
        return self.file.all_words(self.profile, "textClass/keywords/term")

    def foreign(self) -> tuple[ForeignPhrase, ...]:
        """Return the phrases in other languages than the edition's."""
        phrases = self.file.every(self.profile, "langUsage/language/foreign")
        return tuple(
            ForeignPhrase(each.text or "", self.file.attribute(each, LANGUAGE)) for each in phrases
        )

    def editors(self) -> tuple[Name, ...]:
        """Return the editors."""
        return read_names(self.file, self.described, "titleStmt/editor")

    def publisher(self) -> str:
        """Return the publisher."""
        return self.file.words(self.published, "publisher")

    def form(self) -> str:
        """Return the name of the form on which the facsimile is typed."""
        return self.file.words(self.described, "notesStmt/note", type="form")

    def ignores(self) -> tuple[Ignore, ...]:
        """Return the findings that the editors let stand."""
        notes = self.file.every(self.described, "notesStmt/note", type="finding-let-stand")
        return tuple(
            Ignore(
                self.file.attribute(note, "subtype"),
                note.text or "",
                line(note),
                note.get("n") or "",
            )
            for note in notes
        )

    def layer(self, name: str) -> Layer | None:
        """Return who wrote to whom: `transmission` is the telegram, `enclosed` the letter that it carries."""
        described = self.file.find(self.profile, "correspDesc", type=name)
        if described is None:
            return None
        sent = self.file.need(described, "correspAction", type="sent")
        received = self.file.need(described, "correspAction", type="received")
        day = self.file.find(sent, "date")
        return Layer(
            read_name(self.file, sent),
            read_name(self.file, received),
            self.file.words(sent, "name", type="signed"),
            described.get("subtype") or "",
            self.file.words(sent, "placeName"),
            None if day is None else self.file.day(day, "when"),
        )

    def source(self) -> Source:
        """Return what is said of the transcription; its text is the body's."""
        described = self.file.need(self.described, "sourceDesc/bibl", type="transcription")
        self.file.need(described, "idno", type="SHA-256")

        def known(kind: str) -> str:
            return self.file.words(described, "idno", type=kind)

        return Source(
            path=str(self.file.path), name=known("file"), sha256=known("SHA-256"), text="",
            siglum=known("siglum"), holder=self.file.words(described, "orgName"),
            title=self.file.words(described, "title"), url=self._address(described),
            retrieved=self.file.words(described, "date"),
            rights=self.file.words(described, "availability/p"),
        )  # fmt: skip

    def sigla(self) -> dict[str, str]:
        """Return the siglum of each witness's identifier."""
        return {
            self.file.attribute(each, ID): self.file.words(each, "abbr", type="siglum")
            for each in self.file.every(self.described, "sourceDesc/listWit/witness")
        }

    def witnesses(self, prose: ProseReader) -> tuple[Witness, ...]:
        """Return the witnesses in their order."""
        entries = self.file.every(self.described, "sourceDesc/listWit/witness")
        return tuple(self._witness(each, prose) for each in entries)

    def _witness(self, entry: Element, prose: ProseReader) -> Witness:
        told = (entry.get("ana") or "").split()
        ways = [name.removeprefix("#collated-") for name in told if name.startswith("#collated-")]
        known = [way.value for way in Collated]
        if any(way not in known for way in ways):
            raise self.file.fail(entry, f"a witness is not collated {ways[0]!r}")
        return Witness(
            siglum=self.file.words(entry, "abbr", type="siglum"),
            title=prose.line(self.file.find(entry, "bibl/seg", type="full")),
            extent=prose.line(self.file.find(entry, "note", type="extent")),
            url=target(self.file, entry, "bibl/ptr"),
            base="#witness-base" in told,
            short=self.file.words(entry, "abbr", type="short"),
            original="#witness-original" in told,
            collated=Collated(ways[0]) if ways else Collated.NONE,
        )

    def printing(self) -> Printing | None:
        """Return the printing by which the document is cited."""
        return read_printing(self.file, self.file.need(self.described, "sourceDesc"))


def line(element: Element) -> int:
    """Return the line of the file at which an element begins."""
    return int(element.sourceline or 0)
