"""What an element of our HTML is in the structure tree: its type, its attributes, its own words."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

TYPES = {
    "section": "Sect", "blockquote": "BlockQuote", "p": "P", "ul": "L", "ol": "L", "li": "LI",
    "table": "Table", "thead": "THead", "tbody": "TBody", "tr": "TR", "th": "TH", "td": "TD",
    "img": "Figure", "figcaption": "Caption", "a": "Link",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
}  # fmt: skip


def is_block(element: "Element") -> bool:
    """Say whether an element is a block of the document, or one that the document's block stands in."""
    return "block" in (element.get("class") or "").split() or element.get("id") in (
        "heading", "dateline", "source-line",
    )  # fmt: skip


def attributes(element: "Element", kind: str) -> dict[str, dict[str, object]]:
    """Return what a structure element says of itself: of a head of a table its scope, of a list its numbers."""
    if kind == "TH":
        scope = {"row": "/Row", "col": "/Column"}[element.get("scope") or "col"]
        return {"Table": {"Scope": scope}}
    if kind == "L":
        by_itself = "Decimal" if element.tag == "ol" else "Disc"
        return {"List": {"ListNumbering": f"/{element.get('data-list') or by_itself}"}}
    return {}


def own_text(element: "Element", containers: Mapping["Element", object]) -> str:
    """Return the words of an element that stand in its own lines, white space folded."""

    def words(inner: "Element") -> Iterator[str]:
        yield inner.text or ""
        for child in inner:
            if child not in containers:
                yield from words(child)
            yield child.tail or ""

    return re.sub(r"[ \t\r\n]+", " ", "".join(words(element))).strip(" ")
