"""What an edition is cited by, read from TEI of ours: names, identifiers, the printing, the versions."""

import re
from collections.abc import Callable, Iterator

from lxml.etree import _Element as Element

from publish.identifiers import check_ark, check_doi
from publish.imprint import Change, Name, Printing
from publish.tei.elements import children, name_of
from publish.tei.reading import ProseReader, TeiFile

_PARTS = {"nameLink": "article", "forename": "given", "surname": "family", "genName": "suffix"}


def read_name(file: TeiFile, parent: Element) -> Name:
    """Return the person or body that `parent` names.

    Raises SourceError where it names none, and for a part of a name that the press does not know.
    """
    element = file.find(parent, "orgName")
    if element is None:
        element = file.need(parent, "persName")
    parts: dict[str, str] = {}
    for kid in element:
        if name_of(kid) not in _PARTS:
            known = ", ".join(_PARTS)
            raise file.fail(kid, f"<{name_of(kid)}> is no part of a name", f"Known are {known}.")
        parts[_PARTS[name_of(kid)]] = kid.text or ""
    if name_of(element) == "orgName":
        words = (element[-1].tail or "").removeprefix(" ") if len(element) else element.text or ""
        parts["body"] = words
    name = Name(**parts)
    if not name.family and not name.body:
        raise file.fail(element, f"<{name_of(element)}> lacks the name itself")
    return name


def read_names(file: TeiFile, parent: Element, path: str) -> tuple[Name, ...]:
    """Return the name in each element at `path`."""
    return tuple(read_name(file, each) for each in file.every(parent, path))


def read_identifier(file: TeiFile, published: Element, kind: str) -> str:
    """Return the DOI or ARK of the edition, or nothing. Raises SourceError for what is none."""
    element = file.find(published, "idno", type=kind)
    identifier = "" if element is None else element.text or ""
    check: Callable[[str], None] = check_doi if kind == "DOI" else _check_ark
    try:
        check(identifier)
    except ValueError as problem:
        raise file.fail(element, str(problem), "Take the file as the press wrote it.") from None
    return identifier


def _check_ark(ark: str) -> None:
    # Whether its last character is a check character, no file says; the seed's reader was told.
    check_ark(ark, has_check_character=False)


def checked_address(file: TeiFile, element: Element, address: str) -> str:
    """Return a web address. It becomes a link of a finished file: SourceError for any other."""
    if address and not re.fullmatch(r"https?://\S+", address):
        raise file.fail(element, f"{address!r} is no web address", "Begin it with https://.")
    return address


def target(file: TeiFile, parent: Element, path: str) -> str:
    """Return the web address of a pointer, "" where there is none."""
    pointer = file.find(parent, path)
    if pointer is None:
        return ""
    return checked_address(file, pointer, file.attribute(pointer, "target"))


def read_printing(file: TeiFile, sources: Element) -> Printing | None:
    """Return the printing by which the document is cited; nothing where the file has none."""
    entry = file.find(sources, "biblStruct", type="printing")
    if entry is None:
        return None
    volume = file.need(entry, "monogr")
    day = file.find(volume, "imprint/date")
    return Printing(
        title=file.words(volume, "title", type=""),
        series=file.words(entry, "series/title", type=""),
        years=file.words(entry, "series/biblScope", unit="years"),
        volume=_number(file, volume, "volume"),
        part=_number(file, volume, "part"),
        editors=read_names(file, volume, "editor"),
        place=file.words(volume, "imprint/pubPlace/settlement"),
        region=file.words(volume, "imprint/pubPlace/region"),
        publisher=file.words(volume, "imprint/publisher"),
        year=0 if day is None or day.get("when") is None else file.number(day, "when"),
        document=file.words(entry, "citedRange", unit="document"),
        pages=file.words(entry, "citedRange", unit="page"),
        url=target(file, entry, "ptr"),
        sentence_series=file.words(entry, "series/title", type="sentence-case"),
        sentence_title=file.words(volume, "title", type="sentence-case"),
    )


def _number(file: TeiFile, volume: Element, unit: str) -> int | str:
    """Return a volume or part: a number where the file says that it is one."""
    scope = file.find(volume, "biblScope", unit=unit)
    if scope is None:
        return ""
    return scope.text or "" if scope.get("n") is None else file.number(scope, "n")


def read_changes(file: TeiFile, prose: ProseReader) -> Iterator[Change]:
    """Yield the versions in the order of the file."""
    for entry in file.every(file.root, "teiHeader/revisionDesc/change"):
        digests = [kid for kid in children(entry, "idno") if kid.get("type") == "seed-SHA-256"]
        yield Change(
            version=file.attribute(entry, "n"),
            released=file.day(entry, "when"),
            told=prose.block(file.need(entry, "note", type="told")),
            line=int(entry.sourceline or 0),
            seed=digests[0].text or "" if digests else "",
        )
