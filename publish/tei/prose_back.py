"""The editors' prose in TEI as the Markdown that it was.

In: an element that holds prose of ours. Out: its Markdown, in the plainest spelling, or in the one that a
processing instruction keeps.
"""

import json
import re
from collections.abc import Iterator

from lxml.etree import _Element as Element
from lxml.etree import _ProcessingInstruction as ProcessingInstruction

from publish.tei.elements import name_of, of_blocks
from publish.tei.names import MARKDOWN

# What would be a sign of Markdown where a word is meant; an underscore within a word is none.
_SIGNS = re.compile(r"[\\*`<]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")
_MARKS = {"italic": "*", "bold": "**"}
_NO_PROSE = frozenset({"head", "label", ""})


class UnknownElementError(Exception):
    """An element that the editors' prose never has. Its argument: the element."""


def block_markdown(element: Element) -> str:
    """Return the blocks in `element` as Markdown in the plainest spelling."""
    return "\n\n".join(_block(kid) for kid in element if name_of(kid) not in _NO_PROSE)


def line_markdown(element: Element) -> str:
    """Return the words in `element` as one line of Markdown in the plainest spelling."""
    return "".join(_pieces(element))


def kept_spelling(element: Element) -> dict[str, str]:
    """Return what the processing instruction of `element` keeps: `text`, or `before` and `after`; else nothing.

    Raises ValueError for one that cannot be read.
    """
    for kid in element:
        if isinstance(kid, ProcessingInstruction) and kid.target == MARKDOWN:
            kept = json.loads(kid.text or "")
            if not isinstance(kept, dict) or not all(isinstance(v, str) for v in kept.values()):
                raise ValueError(kid.text)
            return kept
    return {}


def _block(element: Element) -> str:
    match name_of(element):
        case "p":
            return line_markdown(element)
        case "list":
            return _list(element)
        case "quote":
            lines = block_markdown(element).split("\n")
            return "\n".join(f"> {line}".rstrip() for line in lines)
        case "milestone":
            return "---"
    raise UnknownElementError(element)


def _list(element: Element) -> str:
    number = int(element.get("n") or 1) if element.get("rend") == "numbered" else 0
    items = [kid for kid in element if name_of(kid) == "item"]
    loose = any(name_of(kid) == "p" for item in items for kid in item)
    written = []
    for index, item in enumerate(items):
        marker = f"{number + index}. " if number else "- "
        body = block_markdown(item) if of_blocks(item) else _tight(item)
        inner = body.replace("\n", "\n" + " " * len(marker))
        written.append(marker + re.sub(r"(?m)^ +$", "", inner))
    return ("\n\n" if loose else "\n").join(written)


def _tight(item: Element) -> str:
    """Return an item's words, and the list within it on the lines that follow."""
    lists = [kid for kid in item if name_of(kid) == "list"]
    words = "".join(_pieces(item, but=lists)).rstrip("\n ")
    return "\n".join([words, *(_list(inner) for inner in lists)])


def _pieces(element: Element, but: "list[Element] | None" = None) -> Iterator[str]:
    yield _plain(element.text)
    for kid in element:
        if not isinstance(kid, ProcessingInstruction) and kid not in (but or ()):
            yield _inline(kid)
        yield _plain(kid.tail)


def _plain(text: str | None) -> str:
    return _SIGNS.sub(lambda sign: "\\" + sign[0], text or "")


def _inline(element: Element) -> str:
    match name_of(element):
        case "title":
            return f"*{line_markdown(element)}*"
        case "hi" if mark := _MARKS.get(element.get("rend") or ""):
            return f"{mark}{line_markdown(element)}{mark}"
        case "foreign":
            return line_markdown(element)
        case "lb":
            return "\\\n"
        case "ref" | "seg":
            return _reference(element)
        case "figure":
            return _picture(element)
    raise UnknownElementError(element)


def _picture(element: Element) -> str:
    url = next((kid.get("url") or "" for kid in element if name_of(kid) == "graphic"), "")
    told = next((kid.text or "" for kid in element if name_of(kid) == "figDesc"), "")
    return f"![{told}]({url})"


def _cited(element: Element) -> str:
    """Return one work of a citation. Raises UnknownElementError for what refers to none."""
    key = (element.get("target") or "").removeprefix("#bib-")
    if name_of(element) != "ref" or not key:
        raise UnknownElementError(element)
    place = line_markdown(element)
    return f"@{key}, {place}" if place else f"@{key}"


def _reference(element: Element) -> str:
    """Return a link, or a citation: a reference to a work, or a segment that has several and nothing else."""
    several = name_of(element) == "seg"
    if element.get("type") == "citation":
        works = list(element) if several else [element]
        between = [element.text, *(kid.tail for kid in element)] if several else []
        if any(between) or not works:
            raise UnknownElementError(element)
        return f"[{'; '.join(map(_cited, works))}]"
    if several:
        raise UnknownElementError(element)
    target, words = element.get("target") or "", line_markdown(element)
    return f"<{target}>" if element.text == target else f"[{words}]({target})"
