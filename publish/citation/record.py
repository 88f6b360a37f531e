"""The bibliographic record of an edition: what can be cited, as data. Every style and format reads it.

In: an Edition. Out: the document in its scholarly printing (its letter, its telegram), and the edition itself.
No text is parsed: what the seed does not say in its tables is not in the record.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from publish.identifiers import lasting_address
from publish.imprint import Name, Printing
from publish.model import Document, Edition, Layer
from publish.problems import UsageError, Where


class Of(StrEnum):
    """What is cited."""

    DOCUMENT = "document"  # the letter where the telegram carries one, else the telegram
    LETTER = "letter"
    TELEGRAM = "telegram"
    EDITION = "edition"


@dataclass(frozen=True, slots=True)
class Message:
    """The original that was sent: a telegram, or the letter that one carries."""

    genre: str  # "letter", "telegram"
    sender: Name
    recipient: Name
    number: str = ""  # of the telegram
    place: str = ""
    day: date | None = None
    carrier: "Message | None" = None  # the telegram in which a letter went


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A message as it stands in a scholarly printing."""

    key: str  # of the entry in a list of references
    of: Of
    message: Message
    printing: Printing


@dataclass(frozen=True, slots=True)
class EditionRecord:
    """This edition. Empty fields are not known: a style leaves them out."""

    key: str
    title: str  # with its subtitle
    editors: tuple[Name, ...]
    version: str
    publisher: str
    released: date | None
    doi: str
    ark: str
    url: str
    digest: str  # SHA-256 of the transcription

    @property
    def address(self) -> str:
        """Return the address by which the edition is cited, or nothing."""
        return lasting_address(self.doi, self.ark, self.url)

    @property
    def year(self) -> str:
        """Return the year of the release, or nothing."""
        return str(self.released.year) if self.released else ""


def edition_record(edition: Edition) -> EditionRecord:
    """Return the record of the edition itself; every edition has one."""
    title = f"{edition.title}: {edition.subtitle}" if edition.subtitle else edition.title
    return EditionRecord(
        key=edition.id, title=title, editors=edition.editors, version=edition.version,
        publisher=edition.publisher, released=edition.released, doi=edition.doi, ark=edition.ark,
        url=edition.url, digest=edition.document.source.sha256,
    )  # fmt: skip


def document_record(edition: Edition, of: Of = Of.DOCUMENT) -> DocumentRecord:
    """Return the record of the document in its printing: of its letter, or of its telegram.

    Raises UsageError where the edition names no printing, or does not say who wrote to whom.
    """
    document = edition.document
    where = Where(document.source.path)
    if edition.printing is None:
        raise UsageError(
            "the edition names no scholarly printing by which its document could be cited",
            where=where,
            hint="Write [printing] in edition.toml, or cite the edition (--of edition).",
        )
    if of is Of.DOCUMENT:
        of = Of.LETTER if document.enclosed else Of.TELEGRAM
    layer = document.enclosed if of is Of.LETTER else document.transmission
    if layer is None:
        raise UsageError(
            f"the edition does not say who sent the {of.value} to whom",
            where=where,
            hint=f"Write [{of.value}] with from and to in edition.toml, or cite something else with --of.",
        )
    return DocumentRecord(
        f"{edition.id}-{of.value}", of, _message(document, layer), edition.printing
    )


def _message(document: Document, layer: Layer) -> Message:
    number = ""
    if layer is document.transmission and document.number is not None:
        number = document.source.text[document.number.start : document.number.end]
    carrier = document.transmission if layer is document.enclosed else None
    return Message(
        genre=layer.what, sender=layer.sender, recipient=layer.recipient, number=number,
        place=layer.place, day=layer.day, carrier=_message(document, carrier) if carrier else None,
    )  # fmt: skip


def citable(edition: Edition) -> tuple[Of, ...]:
    """Return what of an edition can be cited one by one: letter, telegram, edition."""
    document = edition.document
    found = [Of.LETTER] if edition.printing and document.enclosed else []
    found += [Of.TELEGRAM] if edition.printing and document.transmission else []
    return (*found, Of.EDITION)
