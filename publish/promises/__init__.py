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
    ExpectedLine,
    ExpectedLink,
    ExpectedStatement,
    Hyphen,
    Promises,
    ScopeInFile,
)
from publish.promises.exported import ExportPromises, export_record, load_export, loads_export
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
    "ExpectedLine",
    "ExpectedLink",
    "ExpectedStatement",
    "ExportPromises",
    "Hyphen",
    "Promises",
    "ScopeInFile",
    "digest",
    "dumps",
    "export_record",
    "library_versions",
    "load",
    "load_export",
    "loads",
    "loads_export",
    "path_beside",
    "record",
]
