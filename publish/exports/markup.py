"""A small tree of HTML: read from what the sections make, changed, written out again.

In: well-formed HTML, or elements made here. Out: HTML that a person can read: each block on its own line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TypeAlias
from xml.etree import ElementTree

VOID = frozenset({"br", "hr", "img", "link", "meta", "wbr"})  # HTML, 13.1.2: they hold nothing
_DRAWN = frozenset({"circle", "line"})  # SVG, written with a slash of its own
_INLINE = frozenset({"a", "b", "br", "em", "i", "img", "span", "strong", "sup", "u", "wbr"})
_VERBATIM = frozenset({"script", "style"})


@dataclass(slots=True)
class Element:
    """An element: its attributes in the order in which they are written, its content."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    content: "list[Element | str]" = field(default_factory=list)

    def get(self, name: str) -> str:
        """Return an attribute, or nothing."""
        return self.attributes.get(name, "")

    @property
    def classes(self) -> tuple[str, ...]:
        """Return the words of its class."""
        return tuple(self.get("class").split())

    @property
    def text(self) -> str:
        """Return the characters of its content."""
        return "".join(node if isinstance(node, str) else node.text for node in self.content)

    def walk(self) -> "Iterator[Element]":
        """Yield the element and all within it, in their order."""
        yield self
        for node in self.content:
            if isinstance(node, Element):
                yield from node.walk()


Node: TypeAlias = Element | str


def made(tag: str, *content: Node, **attributes: str) -> Element:
    """Return an element. `css` stands for class, `data_tag` for data-tag; an empty attribute is left out."""
    names = {"css": "class"}
    given = {
        names.get(name, name.replace("_", "-")): value
        for name, value in attributes.items()
        if value
    }
    return Element(tag, given, list(content))


def parsed(html: str) -> list[Node]:
    """Return the nodes of well-formed HTML. Raises ValueError where it is not well formed."""
    # In HTML an <svg> needs no namespace, and without one its elements keep their names.
    html = html.replace(' xmlns="http://www.w3.org/2000/svg"', "")
    try:
        # The sections wrote it; there are no entities of a document type in it.
        top = ElementTree.fromstring(f"<top>{html}</top>")  # noqa: S314
    except ElementTree.ParseError as problem:
        raise ValueError(f"a section is not well-formed: {problem}") from None
    return _element(top).content


def _element(read: ElementTree.Element) -> Element:
    content: list[Node] = [read.text] if read.text else []
    for child in read:
        content.append(_element(child))
        if child.tail:
            content.append(child.tail)
    return Element(str(read.tag), dict(read.attrib), content)


def written(element: Element, depth: int = 0) -> str:
    """Return an element as HTML, its blocks indented by two spaces a level."""
    return "\n".join(_lines(element, depth))


def _lines(element: Element, depth: int) -> Iterator[str]:
    before = "  " * depth
    if element.tag in _VERBATIM and "\n" in element.text:
        yield f"{before}{_opening(element)}"
        yield element.text.strip("\n")
        yield f"{before}</{element.tag}>"
        return
    if not any(_is_block(node) for node in element.content):
        yield before + _inline(element)
        return
    yield before + _opening(element)
    for run in _runs(element.content):
        if isinstance(run, Element):
            yield from _lines(run, depth + 1)
        elif words := "".join(map(_inline, run)).strip(" \n"):
            yield f"{before}  {words}"
    yield f"{before}</{element.tag}>"


def _is_block(node: Node) -> bool:
    return isinstance(node, Element) and node.tag not in _INLINE


def _runs(content: Sequence[Node]) -> "Iterator[Element | list[Node]]":
    """Yield blocks one by one, and what stands between two of them together."""
    run: list[Node] = []
    for node in content:
        if isinstance(node, Element) and _is_block(node):
            if run:
                yield run
            yield node
            run = []
        else:
            run.append(node)
    if run:
        yield run


def _inline(node: Node) -> str:
    if isinstance(node, str):
        return escape(node, quote=False).replace("\u00a0", "&nbsp;")
    if node.tag in VOID or node.tag in _DRAWN:
        return _opening(node)
    if node.tag in _VERBATIM:
        return f"{_opening(node)}{node.text}</{node.tag}>"
    return f"{_opening(node)}{''.join(map(_inline, node.content))}</{node.tag}>"


def _opening(element: Element) -> str:
    attributes = "".join(
        f' {name}="{_quoted(value)}"' for name, value in element.attributes.items()
    )
    return f"<{element.tag}{attributes}{'/' if element.tag in _DRAWN else ''}>"


def _quoted(value: str) -> str:
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("\u00a0", "&nbsp;")
