"""What a record holds: the values that `verify` holds a finished file to. Pages count from 1."""

from collections.abc import Mapping
from dataclasses import dataclass

from publish.model import Document, Scope
from publish.preflight import Preflight

FORMAT = "cablepress promises, version 2"
SUFFIX = ".promises.json"

# A facsimile's elements carry the block's id after this prefix; those of a reading text carry the
# id alone.
FACSIMILE_PREFIX = "facsimile-"
PREFIXES = {Scope.READING: "", Scope.FACSIMILE: FACSIMILE_PREFIX}


@dataclass(frozen=True, slots=True)
class ScopeInFile:
    """A text that the file contains, and what stands before the block's id in its elements."""

    scope: Scope
    prefix: str


@dataclass(frozen=True, slots=True)
class Hyphen:
    """A hyphen of the engine's at a line's end: before character `offset` of the printed text."""

    scope: Scope
    block: str
    offset: int


@dataclass(frozen=True, slots=True)
class ExpectedBookmark:
    """A bookmark, the outermost at level 1, and the destination that it opens."""

    level: int
    title: str
    destination: str


@dataclass(frozen=True, slots=True)
class ExpectedDestination:
    """A named destination: its page, counted from 1, and the point shown at the top left."""

    name: str
    page: int
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class ExpectedLink:
    """A link on a page (counted from 1): a destination's name or a web address, its words, its place."""

    page: int
    target: str
    contents: str
    rectangle: tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True, slots=True)
class ExpectedFace:
    """A face that the file may embed under `name`; the hash is that of the declared file."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ExpectedAttachment:
    """A file within the file: what it is to the document (ISO 32000-2, 7.11.3, AFRelationship)."""

    name: str
    sha256: str
    relationship: str


@dataclass(frozen=True, slots=True)
class ExpectedStatement:
    """Words that must be seen on a page (counted from 1), outside every layer."""

    page: int
    words: str


@dataclass(frozen=True, slots=True)
class ExpectedLine:
    """A line of a page (counted from 1) whose number is drawn beside it, as outlines."""

    number: int
    page: int
    rectangle: tuple[float, float, float, float]  # of the number; its foot is the line's base
    extent: tuple[float, float]  # left and right end of the line
    words: str


@dataclass(frozen=True, slots=True)
class Promises:
    """A record as it was read: all that `verify` holds a finished file to."""

    path: str
    sha256: str  # of the finished file
    pages: int
    edition: str
    version: str
    title: str
    language: str
    product: str
    paper: str
    form: str
    options: Mapping[str, str]  # of the product, by name; none in a record older than they
    preflight: Preflight  # of the print; nothing in a record older than such promises
    padding: int  # blank pages at the end
    standard: str
    claims: tuple[str, ...]
    pdf_version: str
    document: Document
    scopes: tuple[ScopeInFile, ...]
    hyphens: tuple[Hyphen, ...]
    faces: tuple[ExpectedFace, ...]
    attachments: tuple[ExpectedAttachment, ...]
    statements: tuple[ExpectedStatement, ...]
    bookmarks: tuple[ExpectedBookmark, ...]
    destinations: tuple[ExpectedDestination, ...]
    links: tuple[ExpectedLink, ...]
    lines: tuple[ExpectedLine, ...]
    labels: tuple[str, ...]
    versions: Mapping[str, str]
