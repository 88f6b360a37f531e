"""BibTeX: `@incollection` for a letter or telegram in its printing, `@book` for the edition.

In UTF-8; braces keep the capitals of titles, and double braces keep a body's name whole (Patashnik, BibTeXing, 4).
"""

from collections.abc import Sequence

from publish.citation.csl import title_of
from publish.citation.parts import hash_words, locator, series_title
from publish.citation.record import DocumentRecord, EditionRecord
from publish.citation.wording import capitalised
from publish.imprint import Name

# What TeX takes for a command. A backslash comes first, or those of the others would be taken again.
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def bibtex(
    documents: Sequence[DocumentRecord], editions: Sequence[EditionRecord], language: str
) -> str:
    """Return the entries, one for each record, with a blank line between them."""
    entries = [_document(record) for record in documents]
    entries += [_edition(record, language) for record in editions]
    return "\n".join(entries)


def _document(record: DocumentRecord) -> str:
    printing = record.printing
    return _entry(
        "incollection",
        record.key,
        {
            "author": _names((record.message.sender,)),
            "title": _whole(title_of(record)),
            "type": _words(capitalised(record.message.genre)),
            "booktitle": _whole(printing.title),
            "series": _whole(series_title(printing)),
            "volume": _words(str(printing.volume)),
            "part": _words(str(printing.part)),
            "editor": _names(printing.editors),
            "address": _words(", ".join(filter(None, (printing.place, printing.region)))),
            "publisher": _whole(printing.publisher),
            "year": str(printing.year or ""),
            "pages": _words("" if printing.document else printing.pages.replace("–", "--")),
            "note": _words(locator(printing, document="Document") if printing.document else ""),
            "url": printing.url,
        },
    )


def _edition(record: EditionRecord, language: str) -> str:
    role = "author" if all(name.body for name in record.editors) else "editor"
    version = f"Version {record.version}" if record.version else ""
    digest = f"transcription SHA-256 {record.digest}" if hash_words(record) else ""
    return _entry(
        "book",
        record.key,
        {
            role: _names(record.editors),
            "title": _whole(record.title),
            "version": _words(record.version),
            "publisher": _whole(record.publisher),
            "year": record.year,
            "date": record.released.isoformat() if record.released else "",
            "language": _words(language),
            "note": _words("; ".join(filter(None, (version, digest)))),
            "doi": record.doi,
            "url": record.address,
        },
    )


def _entry(kind: str, key: str, fields: dict[str, str]) -> str:
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n"


def _names(names: Sequence[Name]) -> str:
    return " and ".join(_name(name) for name in names)


def _name(name: Name) -> str:
    if name.body:
        return _whole(name.body)
    parts = (name.family, name.suffix, name.given)
    return ", ".join(_words(part) for part in parts if part)


def _whole(words: str) -> str:
    """Return words whose capitals BibTeX keeps, and which it parts nowhere."""
    return f"{{{_words(words)}}}" if words else ""


def _words(words: str) -> str:
    return "".join(_SPECIAL.get(character, character) for character in words)
