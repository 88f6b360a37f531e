"""The structure tree of a finished file, from its root, in reading order.

In: the objects of the file. Out: elements with their words' places, their spoken replacements,
their ids and attributes; and the faults of the tree itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from publish.verify.drawing import Mark
from publish.verify.objects import Objects, Reference, Value

_DEEPEST = 100  # levels; no document is nested like this, but a circle is


class Content(NamedTuple):
    """Marked content of a page; pages count from 0."""

    page: int
    mark: Mark


class Annotation(NamedTuple):
    """An annotation, by its object's number."""

    number: int


@dataclass(slots=True)
class Element:
    """An element of the structure: `type` as the role map explains it."""

    number: int  # of its object; 0 where it is not an object of its own
    type: str
    parent: "Element | None"
    id: str = ""
    title: str = ""
    lang: str = ""
    alt: str | None = None
    spoken: str | None = None  # ActualText, which is heard in place of all that is below
    expansion: str | None = None
    page: int = -1
    namespace: str = ""  # of the type (PDF 2.0); empty: that of PDF 1.7, which goes without saying
    attributes: dict[str, Value] = field(default_factory=dict)  # whoever their owner is
    kids: "list[Element | Content | Annotation]" = field(default_factory=list)

    def walk(self) -> "Iterator[Element]":
        """Iterate over this element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if type(kid) is Element:
                yield from kid.walk()

    def contents(self) -> "Iterator[Content]":
        """Iterate over the marked content of this element and of all below it."""
        for kid in self.kids:
            if type(kid) is Content:
                yield kid
            elif type(kid) is Element:
                yield from kid.contents()

    def above(self) -> "Iterator[Element]":
        """Iterate over the elements above this one, from the nearest to the root's own."""
        element = self.parent
        while element is not None:
            yield element
            element = element.parent


@dataclass(slots=True)
class Tree:
    """The whole structure."""

    top: list[Element] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)  # in reading order
    by_id: dict[str, list[Element]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


class _Reader:
    def __init__(self, objects: Objects, pages: dict[int, int]) -> None:
        self.tree = Tree()
        self._objects = objects
        self._pages = pages  # object number → page, from 0
        root = objects.dictionary(objects.root.get("StructTreeRoot"))
        self._roles = objects.dictionary(root.get("RoleMap"))
        self._classes = objects.dictionary(root.get("ClassMap"))
        self._seen: set[int] = set()

    def read(self, value: Value, parent: Element | None, above: int, depth: int) -> Element | None:
        """Read one element. `above` is the object number of what lists it."""
        number = value.number if type(value) is Reference else 0
        if number in self._seen or depth > _DEEPEST:
            self.tree.faults.append(f"the element {number} is reached twice")
            return None
        if number:
            self._seen.add(number)
        table = self._objects.dictionary(value)
        element = self._element(table, number, parent)
        owner = table.get("P")
        if number and type(owner) is Reference and owner.number != above:
            self.tree.faults.append(
                f"the element {number} ({element.type}) names {owner.number} as its parent, "
                f"but {above} lists it"
            )
        self.tree.elements.append(element)
        if element.id:
            self.tree.by_id.setdefault(element.id, []).append(element)
        for kid in self._objects.array(table.get("K")):
            self._kid(kid, element, number, depth)
        return element

    def _element(self, table: dict[str, Value], number: int, parent: Element | None) -> Element:
        text = self._objects.text
        kind, namespace = self._role(table.get("S"), table.get("NS"))
        element = Element(number, kind, parent, namespace=namespace)
        element.page = self._page(table.get("Pg"), parent.page if parent else -1)
        if "A" in table or "C" in table:
            element.attributes = self._attributes(table)
        if "ID" in table:
            element.id = text(table["ID"]) or ""
        if "ActualText" in table:
            element.spoken = text(table["ActualText"])
        if "Alt" in table:
            element.alt = text(table["Alt"])
        if "E" in table:
            element.expansion = text(table["E"])
        element.title = text(table.get("T")) or ""
        element.lang = text(table.get("Lang")) or ""
        return element

    def _role(self, kind: Value, space: Value) -> tuple[str, str]:
        """Return type and namespace as the role maps explain them (ISO 32000-2, 14.8.6.2)."""
        kind = self._objects.get(kind)
        for _ in range(_DEEPEST):
            table = self._objects.dictionary(space)
            roles = self._objects.dictionary(table.get("RoleMapNS")) if table else self._roles
            if type(kind) is not str or kind not in roles:
                break
            meant = self._objects.get(roles[kind])
            # A bare name is one of PDF 1.7; an array names the namespace beside the type.
            kind, space = (*meant, None, None)[:2] if type(meant) is list else (meant, None)
        namespace = self._objects.text(self._objects.dictionary(space).get("NS"))
        return kind if type(kind) is str else "", namespace or ""

    def _attributes(self, table: dict[str, Value]) -> dict[str, Value]:
        """Return an element's own attributes, over those of its classes (ISO 32000-1, 14.7.5)."""
        found: dict[str, Value] = {}
        classes = [self._objects.get(name) for name in self._objects.array(table.get("C"))]
        owners = [self._classes.get(name) for name in classes if type(name) is str]
        for owner in (*owners, table.get("A")):
            for entry in self._objects.array(owner):
                said = self._objects.dictionary(entry)
                found |= {key: self._objects.get(value) for key, value in said.items()}
        found.pop("O", None)
        return found

    def _page(self, value: Value, otherwise: int) -> int:
        return self._pages.get(value.number, -1) if type(value) is Reference else otherwise

    def _kid(self, kid: Value, element: Element, number: int, depth: int) -> None:
        found = self._objects.get(kid)
        if type(found) is int:
            element.kids.append(Content(element.page, Mark(0, found)))
        elif type(found) is not dict:
            self.tree.faults.append(f"the element {number} lists something that is no content")
        elif found.get("Type") == "MCR":
            page = self._page(found.get("Pg"), element.page)
            form, mcid = found.get("Stm"), found.get("MCID")
            of_form = form.number if type(form) is Reference else 0
            element.kids.append(Content(page, Mark(of_form, mcid if type(mcid) is int else -1)))
        elif found.get("Type") == "OBJR":
            target = found.get("Obj")
            element.kids.append(Annotation(target.number if type(target) is Reference else 0))
        elif (below := self.read(kid, element, number, depth + 1)) is not None:
            element.kids.append(below)


def read_tree(objects: Objects, pages: dict[int, int]) -> Tree:
    """Return the structure. `pages` gives each page's place by its object's number."""
    root = objects.root.get("StructTreeRoot")
    reader = _Reader(objects, pages)
    above = root.number if type(root) is Reference else 0
    for kid in objects.array(objects.dictionary(root).get("K")):
        element = reader.read(kid, None, above, 0)
        if element is not None:
            reader.tree.top.append(element)
    return reader.tree


def number_tree(objects: Objects, value: Value) -> dict[int, Value]:
    """Return the entries of a number tree (ISO 32000-1, 7.9.7)."""
    leaves = _leaves(objects, value, "Nums", set())
    return {key: entry for key, entry in leaves if type(key) is int}


def name_tree(objects: Objects, value: Value) -> list[tuple[bytes, Value]]:
    """Return the entries of a name tree (ISO 32000-1, 7.9.6) in the order of the file."""
    return [
        (key, entry) for key, entry in _leaves(objects, value, "Names", set()) if type(key) is bytes
    ]


def _leaves(
    objects: Objects, value: Value, pairs: str, seen: set[Reference]
) -> Iterator[tuple[Value, Value]]:
    node = objects.dictionary(value)
    listed = objects.array(node.get(pairs))
    for key, entry in zip(listed[::2], listed[1::2], strict=False):
        yield objects.get(key), entry
    for kid in objects.array(node.get("Kids")):
        if type(kid) is Reference and kid not in seen:
            seen.add(kid)
            yield from _leaves(objects, kid, pairs, seen)
