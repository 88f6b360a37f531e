"""DataCite's record of the edition in JSON (DataCite Metadata Schema 4.5, kernel-4).

Its six mandatory properties are never empty. An edition without a DOI has none here either: `doi` stays out, as
the schema allows before one is minted, and what identifies the edition stands under `alternateIdentifiers`.
"""

import json

from publish.citation.record import EditionRecord, edition_record
from publish.imprint import Name
from publish.model import Edition
from publish.problems import UsageError, Where

# DataCite 4.5, appendix 3: the value of a mandatory property that is not available, possibly unknown.
_UNAVAILABLE = ":unav"
_SCHEMA = "http://datacite.org/schema/kernel-4"


def datacite(edition: Edition) -> str:
    """Return the record. Raises UsageError where the edition has no date of release, and so no year."""
    record = edition_record(edition)
    if record.released is None:
        raise UsageError(
            "DataCite asks for a year of publication, and the edition has no date of release",
            where=Where(edition.document.source.path),
            hint="Write released = YYYY-MM-DD in edition.toml.",
        )
    told: dict[str, object] = {
        "schemaVersion": _SCHEMA,
        "doi": record.doi,
        "url": record.url,
        "alternateIdentifiers": _alternate_identifiers(record),
        "creators": [_creator(name) for name in record.editors] or [{"name": _UNAVAILABLE}],
        "titles": _titles(edition),
        "publisher": {"name": record.publisher or _UNAVAILABLE},
        "publicationYear": record.year,
        "types": {"resourceTypeGeneral": "Text", "resourceType": "Scholarly edition"},
        "version": record.version,
        "language": edition.language,
        "dates": [{"date": record.released.isoformat(), "dateType": "Issued"}],
        "subjects": [{"subject": word} for word in dict.fromkeys(edition.keywords)],
        "descriptions": _descriptions(edition),
        "rightsList": [{"rights": words} for words in dict.fromkeys(edition.rights)],
        "relatedIdentifiers": _related(edition),
    }
    filled = {key: value for key, value in told.items() if value}
    return json.dumps(filled, ensure_ascii=False, indent=2) + "\n"


def _alternate_identifiers(record: EditionRecord) -> list[dict[str, str]]:
    version = f", version {record.version}" if record.version else ""
    named = (
        ("ARK", record.ark),
        ("URL", record.url),
        ("Edition and version", f"{record.key}{version}"),
        ("SHA-256 of the transcription", record.digest),
    )
    return [
        {"alternateIdentifierType": kind, "alternateIdentifier": value}
        for kind, value in named
        if value
    ]


def _creator(name: Name) -> dict[str, str]:
    if name.body:
        return {"name": str(name), "nameType": "Organizational"}
    parts = {"givenName": name.given, "familyName": name.family}
    named = {key: words for key, words in parts.items() if words}
    return {"name": name.inverted, "nameType": "Personal", **named}


def _titles(edition: Edition) -> list[dict[str, str]]:
    titles = [{"title": edition.title}]
    return titles + (
        [{"title": edition.subtitle, "titleType": "Subtitle"}] if edition.subtitle else []
    )


def _descriptions(edition: Edition) -> list[dict[str, str]]:
    if not edition.subject:
        return []
    return [{"description": edition.subject, "descriptionType": "Abstract"}]


def _related(edition: Edition) -> list[dict[str, str]]:
    """Return the transcription from which the edition is made, and the printing of the same document."""
    printing = edition.printing
    related = (
        ("IsDerivedFrom", edition.document.source.url),
        ("IsVariantFormOf", printing.url if printing else ""),
    )
    return [
        {"relatedIdentifier": url, "relatedIdentifierType": "URL", "relationType": relation}
        for relation, url in related
        if url
    ]
