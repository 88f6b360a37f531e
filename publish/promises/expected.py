"""What a record holds: the values that `verify` holds a finished file to. Pages count from 1."""

from collections.abc import Mapping
from dataclasses import dataclass

from publish.model import Document, Scope

FORMAT = "cablepress promises, version 1"
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
    """A named destination and its page, counted from 1."""

    name: str
    page: int


@dataclass(frozen=True, slots=True)
class ExpectedLink:
    """A link on a page (counted from 1): a destination's name or a web address, and its words."""

    page: int
    target: str
    contents: str


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
    standard: str
    claims: tuple[str, ...]
    document: Document
    scopes: tuple[ScopeInFile, ...]
    hyphens: tuple[Hyphen, ...]
    fonts: tuple[str, ...]
    bookmarks: tuple[ExpectedBookmark, ...]
    destinations: tuple[ExpectedDestination, ...]
    links: tuple[ExpectedLink, ...]
    labels: tuple[str, ...]
    versions: Mapping[str, str]
