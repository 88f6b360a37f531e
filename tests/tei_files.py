"""TEI files of the seeds, and both texts taken out of one by a reader that is not ours.

The recipes are those that the file's own encodingDesc and docs/tei.md give, with Python's ElementTree.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as Tree

from publish.exports.tei import tei
from publish.model import Edition
from publish.sources import read
from tests.conftest import SEED, SYNTHETIC
from tests.typed_forms import EMBASSY

SEEDS = (SEED, SYNTHETIC, EMBASSY)
TEI = "{http://www.tei-c.org/ns/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
PASSAGES = ("head", "dateline", "p", "item", "salute", "signed", "trailer", "table")


def edition_of(seed: Path) -> Edition:
    """Return the edition of a seed folder or of a transcription alone."""
    return next(iter(read(seed)))


def edition_of_text(folder: Path, text: str) -> Edition:
    """Return the edition of a transcription without a seed folder."""
    path = folder / "telegram.txt"
    path.write_bytes(text.encode("utf-8"))
    return edition_of(path)


def tree(data: bytes) -> Tree.Element:
    """Return the root of a TEI file."""
    return Tree.fromstring(data)  # noqa: S314 — our own bytes


def as_tree(edition: Edition) -> Tree.Element:
    """Return the root of an edition's TEI."""
    return tree(tei(edition))


def source_characters(root: Tree.Element) -> str:
    """Return the transcription: every passage without what the reading text has instead."""
    return "".join(
        _characters(passage, leave=("reg", "corr")) for passage in _passages(root, by_cell=True)
    )


def reading_text(root: Tree.Element) -> list[str]:
    """Return the passages of the reading text; a tab stands between cells, a line end between rows."""
    return [_reading(passage) for passage in _passages(root)]


def _reading(passage: Tree.Element) -> str:
    leave = ("orig", "sic", "surplus")
    if passage.tag != f"{TEI}table":
        return _characters(passage, leave)
    rows = passage.iterfind(f"{TEI}row")
    return "\n".join(
        "\t".join(_characters(cell, leave) for cell in row.iterfind(f"{TEI}cell")) for row in rows
    )


def _passages(root: Tree.Element, *, by_cell: bool = False) -> Iterator[Tree.Element]:
    (body,) = root.iter(f"{TEI}body")
    names = (*PASSAGES[:-1], "cell") if by_cell else PASSAGES
    for element in body.iter():
        if element.tag.removeprefix(TEI) in names:
            yield element


def _characters(element: Tree.Element, leave: tuple[str, ...]) -> str:
    name = element.tag.removeprefix(TEI)
    if name in leave:
        return ""
    inner = "".join(_characters(kid, leave) + (kid.tail or "") for kid in element)
    if name == "choice":  # what stands between its parts is no text
        return "".join(_characters(kid, leave) for kid in element)
    return "\n" if name == "lb" else (element.text or "") + inner
