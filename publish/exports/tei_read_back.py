"""Reads the reading text out of a TEI file as docs/tei.md tells any user to, and by nothing that wrote it.

In: bytes. Out: the passages, and the pointers that lead nowhere. Python's own parser, of no network and no
file beside it.
"""

from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_TEI = "{http://www.tei-c.org/ns/1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_PASSAGES = frozenset(
    _TEI + name
    for name in ("head", "dateline", "p", "item", "salute", "signed", "trailer", "table")
)
# What stands in the transcription alone.
_LEFT_OUT = frozenset(_TEI + name for name in ("orig", "sic", "surplus"))
# Attributes that point: TEI's data type teidata.pointer, as far as our files have it.
_POINTERS = ("ana", "edRef", "from", "source", "target", "targetEnd", "to", "wit")


def read_back(data: bytes) -> tuple[tuple[str, str], ...]:
    """Return id and words of each passage of the reading text, a tab between cells, a line end between rows.

    Raises ValueError for what is no well-formed XML in UTF-8, has a document type, or has not one body.
    """
    bodies = list(_root(data).iter(f"{_TEI}body"))
    if len(bodies) != 1:
        raise ValueError(f"it has {len(bodies)} bodies of text, not one")
    passages = [each for each in bodies[0].iter() if each.tag in _PASSAGES]
    read = ((each.get(_ID, ""), _words(each)) for each in passages)
    return tuple((identifier, words) for identifier, words in read if words)


def faults(data: bytes) -> tuple[str, ...]:
    """Return the pointers within the file that lead nowhere, and identifiers that stand twice.

    Raises ValueError for what is no well-formed XML in UTF-8, or has a document type.
    """
    root = _root(data)
    identifiers = Counter(each.get(_ID) for each in root.iter() if each.get(_ID))
    twice = (f"{name!r} names {count} places" for name, count in identifiers.items() if count > 1)
    lost = dict.fromkeys(
        f"{it} leads nowhere" for it in _pointers(root) if it[1:] not in identifiers
    )
    return (*twice, *lost)


def _pointers(root: Element) -> Iterator[str]:
    for element in root.iter():
        for name in _POINTERS:
            yield from (word for word in element.get(name, "").split() if word.startswith("#"))


def _root(data: bytes) -> Element:
    text = data.decode("utf-8")
    if "<!DOCTYPE" in text:  # its entities could make much out of little
        raise ValueError("it has a document type")
    try:
        return ElementTree.fromstring(text)  # noqa: S314 — without a document type no entity is declared
    except ElementTree.ParseError as problem:
        raise ValueError(f"it is no well-formed XML ({problem})") from None


def _words(element: Element) -> str:
    if element.tag in _LEFT_OUT:
        return ""
    if element.tag == f"{_TEI}lb":
        return "\n"
    if element.tag == f"{_TEI}table":
        rows = ([_words(cell) for cell in row] for row in element)
        return "\n".join("\t".join(row) for row in rows)
    return (element.text or "") + "".join(_words(kid) + (kid.tail or "") for kid in element)
