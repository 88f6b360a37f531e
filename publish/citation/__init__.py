"""Citations of an edition and of the document that it edits: six styles in words, four formats for programs.

In: an Edition. Out: text. The styles are templates of our own over one record (record.py), compared by eye with
the manuals' forms; the formats are for reference managers and for whoever registers the edition.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from publish.citation import apa, chicago, frus, mla
from publish.citation.bibtex import bibtex
from publish.citation.csl import csl_json
from publish.citation.datacite import datacite
from publish.citation.record import (
    DocumentRecord,
    EditionRecord,
    Of,
    citable,
    document_record,
    edition_record,
)
from publish.citation.ris import ris
from publish.citation.wording import Line, marked, plain
from publish.model import Edition
from publish.problems import UsageError, nearest

__all__ = ["FORMATS", "OBJECTS", "STYLES", "Of", "citable", "cite", "cited", "export"]


@dataclass(frozen=True, slots=True)
class _Style:
    """How a style writes the document in its printing, and the edition."""

    document: Callable[[DocumentRecord], Line]
    edition: Callable[[EditionRecord], Line]


_STYLES = {
    "chicago-note": _Style(chicago.note_of_document, chicago.note_of_edition),
    "chicago-bibliography": _Style(chicago.entry_of_document, chicago.entry_of_edition),
    "turabian": _Style(chicago.note_of_document, chicago.note_of_edition),
    "mla": _Style(mla.of_document, mla.of_edition),
    "apa": _Style(apa.of_document, apa.of_edition),
    "frus": _Style(frus.of_message, frus.of_edition),
}
STYLES = tuple(_STYLES)
FORMATS = ("csl-json", "bibtex", "ris", "datacite")
OBJECTS = tuple(of.value for of in Of)


def cite(edition: Edition, style: str, of: str = "", *, italics: bool = False) -> str:
    """Return a citation in a style: of the document, its letter, its telegram or the edition.

    Without `of`, the document where the edition names a printing of it, else the edition. With `italics`,
    words in italics stand between asterisks, as Markdown has them; without, all is plain text.
    Raises UsageError for a style or a thing that there is not.
    """
    words = cited(edition, style, of)
    return marked(words) if italics else plain(words)


def cited(edition: Edition, style: str, of: str = "", *, hashed: bool = True) -> Line:
    """Return a citation as words, some in italics, some with an address, for whoever sets it in type.

    `hashed` says whether the edition's has the beginning of its transcription's hash.
    """
    if style not in _STYLES:
        raise UsageError(f"there is no style {style!r}", hint=nearest(style, STYLES))
    template = _STYLES[style]
    wanted = _wanted(edition, of)
    if wanted is Of.EDITION:
        record = edition_record(edition)
        return template.edition(record if hashed else replace(record, digest=""))
    if wanted is Of.DOCUMENT and style == "frus" and edition.printing:
        return frus.of_printed(edition.printing)
    return template.document(document_record(edition, wanted))


def _wanted(edition: Edition, of: str) -> Of:
    if not of:
        return Of.DOCUMENT if len(citable(edition)) > 1 else Of.EDITION
    if of not in OBJECTS:
        raise UsageError(f"{of!r} cannot be cited", hint=nearest(of, OBJECTS))
    return Of(of)


def export(edition: Edition, name: str, of: str = "") -> str:
    """Return records in the format `name`, ending in a line end: all that can be cited, or the one of `of`.

    DataCite's record is always the edition's, since only that can be registered.
    Raises UsageError for a format or a thing that there is not, and for a draft without a date of release in
    DataCite.
    """
    if name not in FORMATS:
        raise UsageError(f"there is no format {name!r}", hint=nearest(name, FORMATS))
    if name == "datacite":
        if of and _wanted(edition, of) is not Of.EDITION:
            raise UsageError(
                "DataCite registers the edition, not the document", hint="Leave --of out."
            )
        return datacite(edition)
    things = (_wanted(edition, of),) if of else citable(edition)
    documents = [document_record(edition, thing) for thing in things if thing is not Of.EDITION]
    editions = [edition_record(edition)] if Of.EDITION in things else []
    writers = {"csl-json": csl_json, "bibtex": bibtex, "ris": ris}
    return writers[name](documents, editions, edition.language)
