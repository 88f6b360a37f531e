"""The edition as the press knows it: text, and what the editors say about it. No paper, no fonts.

The words of a document are never copied: a block is a span of the transcription's characters,
and every way in which print departs from them is a Departure (publish/departures.py reads them).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from publish.classroom import Classroom
from publish.imprint import Change, Name, Printing

# Whoever reads the model asks it for places too.
from publish.spans import Anchor as Anchor  # noqa: PLC0414
from publish.spans import Span as Span  # noqa: PLC0414
from publish.timeline import Timeline


class Scope(StrEnum):
    """The text in which something holds."""

    READING = "reading"
    FACSIMILE = "facsimile"
    BOTH = "both"

    def covers(self, text: "Scope") -> bool:
        """Say whether what holds in this scope holds in the text `text`."""
        return self is Scope.BOTH or self is text


class Kind(StrEnum):
    """Why print departs from the transcription."""

    CARRIER = "carrier"  # a sign of the file's mark-up, not of the document
    CONVENTION = "convention"  # the same sign in another typographic dress
    TRANSPOSITION = "transposition"  # the same words in another place
    OMISSION = "omission"  # left out, and said so
    EMENDATION = "emendation"  # a word changed


class Report(StrEnum):
    """Where the reader is told of a departure."""

    LISTED = "listed"  # one by one in the textual notes
    METHOD = "method"  # once, in the editorial method


@dataclass(frozen=True, slots=True)
class Departure:
    """One way in which print departs from the transcription."""

    span: Span  # offsets in the transcription's characters
    kind: Kind
    rule: str  # the rule in departure_rules.RULES that allows it
    source: str  # what the transcription has
    printed: str  # what stands in its place; empty where nothing does
    scope: Scope
    report: Report
    moved_to: str = ""  # the form field that a transposition fills, with `moved` as its words
    moved: str = ""
    reason: str = ""  # the editor's words


class BlockKind(StrEnum):
    """What a block of the document is."""

    INSTRUCTION = "instruction"  # the telegram's own words before the message it carries
    SECTION = "section"  # a sectional head of the telegram ("Section 1 of 2")
    SALUTATION = "salutation"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the document. `id` ("p3") is stored in the seed folder and never reused."""

    id: str
    kind: BlockKind
    span: Span
    label: Span | None = None  # the label of an item: "1)"
    cells: tuple[tuple[Span, ...], ...] = ()  # the rows of a table, the first one its head


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The place where a witness begins a new page: before the character at `offset`."""

    witness: str
    page: str
    offset: int


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A note mark in the transcription (`/2/`) and what the apparatus says it refers to."""

    span: Span
    mark: str
    resolution: str = ""  # empty: nobody knows yet, and `check` says so


@dataclass(frozen=True, slots=True)
class Layer:
    """One of the layers of a document: who to whom. The telegram is one, the letter in it another."""

    sender: Name
    recipient: Name
    signed: str = ""
    what: str = ""  # "telegram", "letter"
    place: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The transcription, byte for byte, and where it comes from."""

    path: str  # as the user named it, for messages
    name: str  # the file's name in the seed folder
    sha256: str  # of the bytes
    text: str  # the bytes decoded as UTF-8, nothing changed
    siglum: str = ""
    holder: str = ""
    title: str = ""
    url: str = ""
    retrieved: str = ""  # empty: not known
    rights: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A telegram: spans of its transcription, and the departures of print from them."""

    id: str
    source: Source
    heading: Span
    dateline: Span
    blocks: tuple[Block, ...]
    departures: tuple[Departure, ...]
    number: Span | None = None  # the digits of the telegram number
    source_line: Span | None = None
    transmission: Layer | None = None
    enclosed: Layer | None = None
    page_breaks: tuple[PageBreak, ...] = ()
    note_marks: tuple[NoteMark, ...] = ()

    def block(self, block_id: str) -> Block:
        """Return the block with this id. Raises KeyError."""
        for block in self.blocks:
            if block.id == block_id:
                return block
        raise KeyError(block_id)


@dataclass(frozen=True, slots=True)
class Note:
    """A note of the commentary. The printed number is computed; `key` is authored and stable."""

    key: str
    lemma: str  # as the editor wrote it, an ellipsis included
    anchor: Anchor
    body: str  # Markdown
    line: int  # in commentary.md


@dataclass(frozen=True, slots=True)
class Work:
    """A work of the bibliography. `short` and `full` are Markdown."""

    key: str
    short: str
    full: str
    url: str = ""


class Collated(StrEnum):
    """How much of a witness was compared with the base text, word by word."""

    WHOLE = "whole"
    PART = "part"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness of the text: siglum, what it is, and how far it was collated.

    `collated` is NONE for the base text, with which the others are compared.
    """

    siglum: str
    title: str
    extent: str
    url: str = ""
    base: bool = False
    short: str = ""  # as it stands in the margin at its page breaks
    original: bool = False  # the original itself, or a picture of it
    collated: Collated = Collated.NONE


class Drawn(StrEnum):
    """How a supplied field would have come onto the sheet."""

    TYPED = "typed"
    STAMP = "stamp"


@dataclass(frozen=True, slots=True)
class Supplied:
    """What a witness gives for a field of the form that the transcription leaves blank.

    `value` are words of `quotation`, which are the witness's own; `display` is the editors' form of
    them, as the field would show it.
    """

    field: str  # the field's id in the form
    value: str
    display: str
    witness: str  # its siglum
    locator: str  # where in the witness: "source note"
    quotation: str
    line: int  # in edition.toml
    note: str = ""  # the editors' words, one line of Markdown
    drawn: Drawn = Drawn.TYPED


@dataclass(frozen=True, slots=True)
class Essay:
    """A piece of the editors' own beside the notes: what a letter leaves out. `body` is Markdown."""

    key: str
    title: str
    body: str
    line: int  # in commentary.md


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom text or commentary names, and who that was on the telegram's day.

    One with an empty `was` is in the index only.
    """

    key: str
    name: str  # as the commentary writes it: "Adlai E. Stevenson"
    sort: str  # "Stevenson, Adlai E."
    was: str  # one line of Markdown with its citation
    line: int  # in people.toml
    names: tuple[str, ...] = ()  # other ways in which text and commentary call them
    original: str = ""  # the name in its own letters
    original_language: str = ""  # BCP 47
    see: tuple[str, ...] = ()  # other words under which the index sends the reader to this entry


@dataclass(frozen=True, slots=True)
class Term:
    """A term, a place or a subject: what it meant on the telegram's day; an empty `meant` is in the index only."""

    key: str
    term: str  # Markdown: a work's title in emphasis
    meant: str  # one line of Markdown with its citation
    line: int  # in terms.toml
    kind: str = "term"  # "term", "place", "subject"
    forms: tuple[str, ...] = ()  # other words by which text and commentary speak of it
    see: tuple[str, ...] = ()  # other words under which the index sends the reader to this entry
    under: str = ""  # key of the person or term below whose heading the index has it


@dataclass(frozen=True, slots=True)
class Variant:
    """Words of the text that other witnesses have otherwise: siglum and reading of each."""

    anchor: "Anchor"
    lemma: str
    readings: tuple[tuple[str, str], ...]
    line: int  # in edition.toml
    note: str = ""  # one line of Markdown


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What the editors could not find out. `told` is one line of Markdown."""

    told: str
    line: int  # in edition.toml


@dataclass(frozen=True, slots=True)
class Ignore:
    """A finding that the editors let stand, and why."""

    rule: str
    reason: str
    line: int  # in edition.toml
    about: str = ""  # words that the finding's message has; empty: every finding of the rule


@dataclass(frozen=True, slots=True)
class Apparatus:
    """All that the editors add. Empty parts print nothing, not even a heading."""

    head_note: str = ""  # Markdown
    notes: tuple[Note, ...] = ()
    works: tuple[Work, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    source_note: str = ""  # Markdown
    essays: tuple[Essay, ...] = ()
    people: tuple[Person, ...] = ()
    terms: tuple[Term, ...] = ()
    timeline: Timeline = field(default_factory=Timeline)
    variants: tuple[Variant, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    ignores: tuple[Ignore, ...] = ()


@dataclass(frozen=True, slots=True)
class ForeignPhrase:
    """Words in another language than the edition's, wherever they stand; a voice must change for them."""

    words: str
    language: str  # BCP 47


@dataclass(frozen=True, slots=True)
class SeedFile:
    """A file of the seed folder, byte for byte: what the edition was made from."""

    name: str  # in the seed folder, with / between folders
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Edition:
    """One document, its apparatus, and what an edition is cited by."""

    id: str
    title: str
    language: str
    version: str
    document: Document
    apparatus: Apparatus
    subtitle: str = ""
    short_title: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    released: date | None = None
    editors: tuple[Name, ...] = ()
    rights: tuple[str, ...] = ()
    form: str = ""
    url: str = ""
    doi: str = ""
    ark: str = ""
    publisher: str = ""
    printing: Printing | None = None  # the scholarly printing by which the document is cited
    changes: tuple[Change, ...] = ()  # the newest first; none: the seed has no CHANGES.md
    foreign: tuple[ForeignPhrase, ...] = ()
    files: tuple[SeedFile, ...] = ()  # the transcription first
    supplied: tuple[Supplied, ...] = ()
    classroom: Classroom = field(default_factory=Classroom)


@dataclass(frozen=True, slots=True)
class Collection:
    """One or more editions read from one place. A seed folder is a collection of one."""

    id: str
    title: str
    editions: tuple[Edition, ...] = field(default=())

    def __iter__(self) -> Iterator[Edition]:
        """Iterate over the editions in their order."""
        return iter(self.editions)
