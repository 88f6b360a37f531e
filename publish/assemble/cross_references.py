"""What an element refers to, said in the structure itself (Ref; ISO 32000-2, table 355).

In: the parts' Nodes, the node at each destination, each node's element. Out: notes and their calls
that know one another (ISO 14289-2, 8.2.5.14), entries of a contents that know what they announce
(8.2.5.9).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pypdf.generic import DictionaryObject, IndirectObject

from publish.assemble.objects import array, name
from publish.typeset.structure import Link, Node, Part


def write_cross_references(
    parts: Sequence[Part],
    places: Mapping[str, Node | None],
    elements: Mapping[int, IndirectObject],
) -> None:
    """Write what calls and entries refer to, and the way back from each note.

    `places` is destination → node, `elements` the reference of each node by its identity.
    """
    called: dict[int, list[Node]] = {}
    notes: dict[int, Node] = {}
    for node in _all(parts):
        if node.type == "TOCI":
            _refer(node, _targets(_links(node), places), elements)
        for target in _targets(_own_links(node), places):
            if target.type == "Note":
                notes[id(target)] = target
                called.setdefault(id(target), []).append(node)
                _refer(node, [target], elements)
    for key, calls in called.items():
        _refer(notes[key], calls, elements)


def _all(parts: Sequence[Part]) -> Iterator[Node]:
    for part in parts:
        for top in part.structure:
            yield from top.walk()


def _own_links(node: Node) -> Iterator[Link]:
    return (kid for kid in node.kids if isinstance(kid, Link))


def _links(node: Node) -> Iterator[Link]:
    for below in node.walk():
        yield from _own_links(below)


def _targets(links: Iterable[Link], places: Mapping[str, Node | None]) -> list[Node]:
    """Return the nodes that links lead to, each once."""
    found = (places.get(link.target) for link in links)
    return list({id(node): node for node in found if node is not None}.values())


def _refer(node: Node, targets: Sequence[Node], elements: Mapping[int, IndirectObject]) -> None:
    element = elements[id(node)].get_object()
    assert isinstance(element, DictionaryObject)  # noqa: S101 - written as one
    if targets:
        element[name("Ref")] = array(elements[id(target)] for target in targets)
