"""What a listener hears of a finished file: its structure, told as a screen reader tells it.

In: a file as it was read back. Out: lines of text, one for each heading, paragraph, item or row, in
reading order. Spoken forms (ActualText, Alt, expansions) stand in place of the drawn words; links,
foreign languages and levels of headings are named. A silent stand-in for listening, not its
replacement (docs/listening.md).
"""

import re
from collections.abc import Iterator

from publish.verify.objects import Reference
from publish.verify.reading_back import FinishedFile
from publish.verify.tree import Annotation, Content, Element

_HEADING = re.compile(r"H([1-6])")
# What is told within the line of the element around it; all else has lines of its own.
_INLINE = frozenset(
    (
        "Span",
        "Form",
        "Link",
        "Reference",
        "Lbl",
        "Quote",
        "Code",
        "Em",
        "Strong",
        "Sub",
        "Annot",
        "BibEntry",
    )
)
_NAMED = {"TOC": "table of contents", "BlockQuote": "quotation"}
_STEP = "  "


def told(file: FinishedFile) -> Iterator[str]:
    """Yield the lines. Raises PromiseError when the file's objects or pages cannot be read."""
    for top in file.tree.top:
        yield from _lines(file, top, "")


def _lines(file: FinishedFile, element: Element, indent: str) -> Iterator[str]:
    if element.spoken is not None or element.alt is not None or _is_line(element):
        words = _folded(_speech(file, element))
        opening = _opening(element)
        if words or opening:
            yield f"{indent}{opening}{words}"
        return
    if name := _NAMED.get(element.type):
        yield f"{indent}{name}"
        indent += _STEP
    elif element.type == "L":
        items = sum(_is(kid, "LI") for kid in element.kids)
        yield f"{indent}list, {items} {'item' if items == 1 else 'items'}"
        indent += _STEP
    elif element.type == "Table":
        rows = [below for below in element.walk() if below.type == "TR"]
        yield f"{indent}table, {len(rows)} rows, {_cells(rows)} columns"
        indent += _STEP
    if element.type in ("LI", "Note", "FENote", "TR"):
        yield from _joined(file, element, indent)
        return
    for kid in element.kids:
        if type(kid) is Element:
            yield from _lines(file, kid, indent)
        elif type(kid) is Content and (words := _folded(file.drawn[kid.page].text(kid.mark))):
            yield f"{indent}{words}"


def _joined(file: FinishedFile, element: Element, indent: str) -> Iterator[str]:
    """Yield an item, note or row: its pieces on one line, what is nested in it on further lines."""
    mark = {"LI": "item: ", "TR": "row: "}.get(element.type, "note: ")
    pieces: list[str] = []
    for kid in element.kids:
        if type(kid) is Element:
            pieces += list(_lines(file, kid, ""))
        elif type(kid) is Content:
            pieces.append(_folded(file.drawn[kid.page].text(kid.mark)))
    between = " | " if element.type == "TR" else " "
    yield f"{indent}{mark}{between.join(filter(None, pieces))}"


def _is(kid: object, kind: str) -> bool:
    return isinstance(kid, Element) and kid.type == kind


def _cells(rows: list[Element]) -> int:
    return max((sum(type(kid) is Element for kid in row.kids) for row in rows), default=0)


def _is_line(element: Element) -> bool:
    """Say whether all below an element is told in its own line."""
    if element.type in _INLINE or element.type in ("Figure", "Formula"):
        return True
    below = [kid for kid in element.kids if type(kid) is Element]
    return element.type not in ("LI", "Note", "FENote", "TR") and all(
        kid.type in _INLINE and _is_line(kid) for kid in below
    )


def _opening(element: Element) -> str:
    """Return what is said before an element's words."""
    language = f"[{element.lang}] " if element.lang else ""
    if match := _HEADING.fullmatch(element.type):
        return f"heading {match[1]}: {language}"
    if element.type in ("TH", "Figure"):
        return f"{'column head' if element.type == 'TH' else 'graphic'}: {language}"
    return "" if element.type in ("Document", *_INLINE) else language


def _speech(file: FinishedFile, element: Element) -> str:
    """Return the words of an element and all below it, spoken forms in place of drawn ones."""
    words = next((w for w in (element.spoken, element.alt) if w is not None), None)
    if words is None:
        words = "".join(
            file.drawn[kid.page].text(kid.mark)
            if type(kid) is Content
            else _speech(file, kid)
            if type(kid) is Element
            else ""
            for kid in element.kids
        )
    if element.type == "Form":
        return "".join(f" <field: {told}> " for told in _fields(file, element))
    if element.type == "Link":
        before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
        told_apart = " " if element.alt is not None else ""  # a link beside the words, not of them
        return f"{before}{told_apart}<link: {words.strip()}>{after}"
    if element.type == "Span" and element.lang:
        return f"[{element.lang}: {words}]"
    return words


def _fields(file: FinishedFile, element: Element) -> Iterator[str]:
    """Yield what is told of the fields that an element leads to (TU; ISO 14289-1, 7.18.4)."""
    for kid in element.kids:
        if type(kid) is Annotation:
            table = file.objects.dictionary(Reference(kid.number))
            yield file.objects.text(table.get("TU")) or "nothing is told of it"


def _folded(words: str) -> str:
    """Return words as they are heard: one space between two, no sign that has no sound."""
    return " ".join(re.sub("[\u00ad\u2060\u200b]", "", words).split())
