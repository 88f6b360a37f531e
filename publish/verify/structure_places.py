"""Places in the structure: the element that begins where a destination leads (PDF 2.0).

In: a finished file. Out: destinations and actions whose element is none, stands elsewhere, or is not
named where it was promised (ISO 32000-2, 12.3.2.3; ISO 14289-2, 8.8).
"""

from collections.abc import Iterator, Mapping

from publish.verify.objects import Reference, Value, dictionaries
from publish.verify.outcome import Examined, Found, broken
from publish.verify.reading_back import FinishedFile
from publish.verify.tree import Element, name_tree

_NEAR = 1.0  # points


def structure_destinations(examined: Examined) -> Iterator[Found]:
    """Each place in the structure is the place on the page beside it.

    Where PDF 2.0 was promised, every destination and every link within the file has one.
    """
    file, objects = examined.file, examined.file.objects
    promised = examined.record is not None and examined.record.pdf_version == "2.0"
    elements = {element.number: element for element in file.tree.elements}
    names = objects.dictionary(objects.root.get("Names"))
    named = {
        objects.text(key) or "": objects.dictionary(value)
        for key, value in name_tree(objects, names.get("Dests"))
    }
    for name, table in named.items():
        for fault in _faults(file, elements, table, promised=promised):
            yield broken(f"the destination {name!r} {fault}")
    for number, action in _actions(file):
        faults = list(_faults(file, elements, action, promised=promised))
        name = file.goal(action.get("D"))[0]
        if not faults and name in named and _place(file, action) != _place(file, named[name]):
            faults.append(f"opens another element than the destination {name!r}")
        for fault in faults:
            yield broken(f"the link or bookmark {number} {fault}")


def _actions(file: FinishedFile) -> Iterator[tuple[int, dict[str, Value]]]:
    """Yield the actions that open a place in the file, each with the number of what holds it."""
    for number in file.objects.holding(b"/GoTo"):
        for table in dictionaries(file.objects.get(Reference(number))):
            if table.get("S") == "GoTo":
                yield number, table


def _place(file: FinishedFile, table: Mapping[str, Value]) -> list[Value]:
    return file.objects.array(table.get("SD"))


def _faults(
    file: FinishedFile,
    elements: Mapping[int, Element],
    table: Mapping[str, Value],
    *,
    promised: bool,
) -> Iterator[str]:
    if "SD" not in table:
        if promised:
            yield "has no place in the structure"
        return
    place = _place(file, table)
    first = place[0] if place else None
    element = elements.get(first.number) if type(first) is Reference else None
    if element is None:
        yield "opens no element of the structure"
        return
    begins = next((content.page for content in element.contents()), element.page)
    opened = file.goal(table.get("D"))[1]
    if begins != opened:
        yield (
            f"opens {file.page_name(opened)}, and the element {element.id or element.number} "
            f"begins on {file.page_name(begins)}"
        )
    if not _same_point(place, file.objects.array(table.get("D"))):
        yield "shows another point in the structure than on the page"


def _same_point(place: list[Value], beside: list[Value]) -> bool:
    """Say whether two explicit destinations show one point; a name beside has its own array."""
    if len(beside) < 2:
        return True
    pairs = zip(place[1:], beside[1:], strict=False)
    return len(place) == len(beside) and all(
        abs(one - other) <= _NEAR
        if isinstance(one, int | float) and isinstance(other, int | float)
        else one == other
        for one, other in pairs
    )
