"""Reads an editable document back with Python's own readers of ZIP and XML, which had no part in writing it.

In: the bytes of a .docx. Out: the passages that stand under its bookmarks, and what a word processor would
stumble over: parts, styles, lists and links that are named and are not there.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from publish.exports.docx_names import passage_id
from publish.exports.export import Words

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_DOCUMENT = "word/document.xml"
_CONTENT_TYPES = "[Content_Types].xml"
_DOCUMENT_STYLES = ("Document", "AdaptedText")  # whatever has one of these is a passage
_LARGEST = 50_000_000  # bytes of a part; what claims more is no document of ours
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "\u2011"}


@dataclass(frozen=True, slots=True)
class _Package:
    """The parts of a file by name, and the parsed ones of them that are XML."""

    parts: dict[str, bytes]
    trees: dict[str, ElementTree.Element]

    def tree(self, name: str) -> ElementTree.Element:
        """Return a part as a tree. Raises ValueError where it is not there."""
        if name not in self.trees:
            raise ValueError(f"there is no part {name}")
        return self.trees[name]


def _opened(data: bytes) -> _Package:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            if large := [i.filename for i in file.infolist() if i.file_size > _LARGEST]:
                raise ValueError(f"the part {large[0]} is too large")
            parts = {name: file.read(name) for name in file.namelist()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as problem:
        raise ValueError(f"it is no ZIP file that can be read: {problem}") from None
    trees = {
        name: _parsed(name, part)
        for name, part in parts.items()
        if name.endswith((".xml", ".rels"))
    }
    return _Package(parts, trees)


def _parsed(name: str, part: bytes) -> ElementTree.Element:
    if b"<!DOCTYPE" in part:  # OPC forbids it (ECMA-376, part 2, 9.1.1), and entities come with it
        raise ValueError(f"the part {name} has a document type")
    try:
        return ElementTree.fromstring(part)  # noqa: S314 — without a document type there are no entities
    except ElementTree.ParseError as problem:
        raise ValueError(f"the part {name} is not well-formed: {problem}") from None


def passages(data: bytes) -> tuple[Words, ...]:
    """Return the passages in the order of the file.

    Words in a style of the document that stand under no bookmark are a passage without a name. Raises ValueError
    for bytes that are no such file.
    """
    body = _opened(data).tree(_DOCUMENT).find(f"{_W}body")
    if body is None:
        raise ValueError("the document has no body")
    return tuple(_passages(body))


def _passages(body: ElementTree.Element) -> Iterator[Words]:
    for child in body:
        name = next((n for n in map(_name, child.iter(f"{_W}bookmarkStart")) if n), "")
        if child.tag == f"{_W}tbl":
            styled = any(_is_document(p) for p in child.iter(f"{_W}p"))
            text = "\n".join(
                "\t".join(_text(cell) for cell in row.iter(f"{_W}tc"))
                for row in child.iter(f"{_W}tr")
            )
        else:
            styled, text = _is_document(child), _text(child)
        if name or (styled and text):
            yield name, text


def _name(bookmark: ElementTree.Element) -> str:
    return passage_id(bookmark.get(f"{_W}name", ""))


def _is_document(paragraph: ElementTree.Element) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and style.get(f"{_W}val", "").startswith(_DOCUMENT_STYLES)


def _text(element: ElementTree.Element) -> str:
    """Return the characters of a paragraph or cell, those that a reviewer took out left out."""
    told: list[str] = []
    for one in element.iter():
        if one.tag == f"{_W}t":
            told.append(one.text or "")
        elif one.tag in _SIGNS and not _is_tab_stop(one):
            told.append(_SIGNS[str(one.tag)])
    return "".join(told)


def _is_tab_stop(sign: ElementTree.Element) -> bool:
    return f"{_W}pos" in sign.attrib


def faults(data: bytes) -> tuple[str, ...]:
    """Return what a word processor would stumble over, and what it would fetch or run."""
    package = _opened(data)
    return (*_part_faults(package), *_named_faults(package))


def _part_faults(package: _Package) -> Iterator[str]:
    types = package.tree(_CONTENT_TYPES)
    endings = {one.get("Extension", "").lower() for one in types.iter(f"{_TYPES}Default")}
    typed = {one.get("PartName", "").lstrip("/") for one in types.iter(f"{_TYPES}Override")}
    for name in sorted(package.parts.keys() - typed - {_CONTENT_TYPES}):
        if name.rpartition(".")[2].lower() not in endings:
            yield f"the part {name} has no type"
    yield from (f"the part {name} is not there" for name in sorted(typed - package.parts.keys()))
    if macros := [name for name in package.parts if "vba" in name.lower()]:
        yield f"{macros[0]} would be run"
    for name, tree in package.trees.items():
        if name.endswith(".rels"):
            yield from _relation_faults(package, name, tree)


def _relation_faults(package: _Package, name: str, tree: ElementTree.Element) -> Iterator[str]:
    folder = posixpath.dirname(posixpath.dirname(name))
    for one in tree.iter(f"{_PACKAGE}Relationship"):
        target, kind = one.get("Target", ""), one.get("Type", "").rpartition("/")[2]
        if one.get("TargetMode") == "External":
            if kind != "hyperlink":
                yield f"{target} would be fetched as {kind}"
            continue
        part = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        if posixpath.normpath(part) not in package.parts:
            yield f"{name} leads to {target}, which is not there"


def _named_faults(package: _Package) -> Iterator[str]:
    """Yield what the document names and what no other part has."""
    document = package.tree(_DOCUMENT)
    known = {one.get(f"{_W}styleId") for one in package.tree("word/styles.xml").iter(f"{_W}style")}
    lists = {one.get(f"{_W}numId") for one in package.tree("word/numbering.xml").iter(f"{_W}num")}
    keys = {
        one.get("Id")
        for one in package.tree("word/_rels/document.xml.rels").iter(f"{_PACKAGE}Relationship")
    }
    names: list[str] = []
    for one in document.iter():
        kind, value = str(one.tag).rpartition("}")[2], one.get(f"{_W}val", "")
        if kind in ("pStyle", "rStyle", "tblStyle") and value not in known:
            yield f"there is no style {value!r}"
        elif kind == "numId" and value not in lists:
            yield f"there is no list {value}"
        elif kind == "bookmarkStart":
            names.append(one.get(f"{_W}name", ""))
        for attribute, key in one.attrib.items():
            if attribute == f"{_R}id" and key not in keys:
                yield f"there is no link {key}"
    twice = sorted({name for name in names if names.count(name) > 1})
    yield from (f"the bookmark {re.sub(r'_', '-', name)!r} is set twice" for name in twice)
