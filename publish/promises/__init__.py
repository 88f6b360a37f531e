"""The record that stands beside a finished file (`edition.promises.json`): what it promises.

`build` writes it; `verify` reads it. The expected texts are not in it: they are replayed from the
transcription and its departures, which are.
"""

from publish.promises.expected import (
    FACSIMILE_PREFIX,
    FORMAT,
    SUFFIX,
    ExpectedAttachment,
    ExpectedBookmark,
    ExpectedDestination,
    ExpectedFace,
    ExpectedLink,
    ExpectedStatement,
    Hyphen,
    Promises,
    ScopeInFile,
)
from publish.promises.reading import load, loads, path_beside
from publish.promises.record import digest, dumps, record
from publish.promises.versions import library_versions

__all__ = [
    "FACSIMILE_PREFIX",
    "FORMAT",
    "SUFFIX",
    "ExpectedAttachment",
    "ExpectedBookmark",
    "ExpectedDestination",
    "ExpectedFace",
    "ExpectedLink",
    "ExpectedStatement",
    "Hyphen",
    "Promises",
    "ScopeInFile",
    "digest",
    "dumps",
    "library_versions",
    "load",
    "loads",
    "path_beside",
    "record",
]
