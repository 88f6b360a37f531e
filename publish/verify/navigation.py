"""A reader finds the way: bookmarks, destinations, links, page labels.

In: a finished file, with or without a record. Out: what opens nothing, and, with a record, what
opens another place than was promised. pdfium resolves the places, as Chromium's viewer does.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from operator import sub

from publish.promises import ExpectedDestination, digest
from publish.verify.outcome import Examined, Found, broken, kept
from publish.verify.reading_back import LinkAnnotation
from publish.verify.structure_places import structure_destinations
from publish.verify.tree import Annotation, Element

_NEAR = 1.0  # points

Corners = tuple[float, ...]  # left, bottom, right, top
_Places = defaultdict[tuple[int, str, str], list[Corners]]


def file_is_the_recorded_one(examined: Examined) -> Iterator[Found]:
    """The bytes are those that the record was written for."""
    record = examined.record
    if record is None:
        return
    if digest(examined.file.bytes) != record.sha256:
        yield broken("the file has been changed since its record was written: get the original")
    if record.pages != examined.file.page_count:
        yield broken(f"{examined.file.page_count} pages; the record has {record.pages}")
    yield kept("byte for byte; the editors’ words are held by this promise alone")


def bookmarks_open(examined: Examined) -> Iterator[Found]:
    """Every bookmark opens a page, and they are the ones that were promised."""
    found = list(examined.file.outline())
    for entry in found:
        if entry.page < 0:
            yield broken(f"the bookmark {entry.title!r} opens nothing")
    if examined.record is not None:
        pages = {place.name: place.page for place in examined.record.destinations}
        wanted = [
            (mark.level, mark.title, pages.get(mark.destination, 0))
            for mark in examined.record.bookmarks
        ]
        had = [(entry.level, entry.title, entry.page + 1) for entry in found]
        yield from _compared("bookmark", wanted, had)
    yield kept(f"{len(found)} bookmarks")


def _compared(
    what: str, wanted: list[tuple[int, str, int]], had: list[tuple[int, str, int]]
) -> Iterator[Found]:
    for one, other in zip(wanted, had, strict=False):
        if one != other:
            yield broken(f"the {what} {other} stands where {one} was promised")
            return
    for level, title, page in wanted[len(had) :]:
        yield broken(f"the {what} {title!r} (level {level}, page {page}) is missing")
    for level, title, page in had[len(wanted) :]:
        yield broken(f"the {what} {title!r} (level {level}, page {page}) was not promised")


def destinations_open(examined: Examined) -> Iterator[Found]:
    """Every named destination is a place on a page, and they are the ones that were promised."""
    found = examined.file.destinations()
    points = examined.file.points()
    for name, page in found.items():
        if page < 0:
            yield broken(f"the destination {name!r} is on no page")
    promised = examined.record.destinations if examined.record else ()
    if examined.record is not None:
        for name in sorted(found.keys() - {place.name for place in promised}):
            yield broken(f"the destination {name!r} was not promised")
    for place in promised:
        if place.name not in found:
            yield broken(f"the destination {place.name!r} is missing")
        elif 0 <= found[place.name] != place.page - 1:
            yield broken(
                f"the destination {place.name!r} is on page {found[place.name] + 1}, "
                f"not on page {place.page}"
            )
        else:
            yield from _at_its_point(place, points.get(place.name))
    yield from structure_destinations(examined)
    yield kept(f"{len(found)} destinations")


def _at_its_point(
    wanted: ExpectedDestination, found: tuple[float, float] | None
) -> Iterator[Found]:
    """A destination shows the point that was promised, to a point of print."""
    if found is None:
        yield broken(f"the destination {wanted.name!r} names no point of its page")
    elif max(abs(found[0] - wanted.left), abs(found[1] - wanted.top)) > _NEAR:
        yield broken(
            f"the destination {wanted.name!r} shows the point {found[0]:g}, {found[1]:g}, "
            f"not {wanted.left:g}, {wanted.top:g}"
        )


def links_open(examined: Examined) -> Iterator[Found]:
    """Every link opens something, says in words what, stands in the structure, and was promised."""
    file = examined.file
    owners: dict[int, list[Element]] = defaultdict(list)
    for element in file.tree.elements:
        for kid in element.kids:
            if type(kid) is Annotation:
                owners[kid.number].append(element)
    links = list(file.links())
    for link in links:
        owned_by = [element.type for element in owners[link.number]]
        where = file.page_name(link.page)
        for fault in _faults(link, owned_by if file.tree.elements else ["Link"]):
            yield broken(fault, where)
        if not _within(link.rectangle, file.box(link.page)):
            yield broken(f"the link {link.target} has no place on its page", where)
    if examined.record is not None:
        had = _by_words(
            (link.page + 1, link.target, link.contents, link.rectangle) for link in links
        )
        wanted = _by_words(
            (w.page, w.target, w.contents, w.rectangle) for w in examined.record.links
        )
        for page, target, told in sorted(had.keys() | wanted.keys()):
            fault = _misplaced(had[page, target, told], wanted[page, target, told])
            if fault:
                yield broken(f"the link to {target} {fault}", file.page_name(page - 1))
    yield kept(f"{len(links)} links")


def _faults(link: LinkAnnotation, owned_by: list[str]) -> Iterator[str]:
    """Yield what is wrong with a link; `owned_by` are the types of the elements that hold it."""
    name = link.target or "without a target"
    if not link.external and link.opens < 0:
        yield f"the link {name} opens nothing"
    if link.external and not link.target:
        yield "a link to the web has no address"
    if not link.contents:
        yield f"the link {name} does not say where it goes"
    if owned_by != ["Link"]:
        stands = " and ".join(owned_by) or "no element of the structure"
        yield f"the link {name} stands in {stands}, not in one Link"


def _by_words(links: Iterable[tuple[int, str, str, Corners]]) -> _Places:
    """Return the places of links by page, target and words."""
    places: _Places = defaultdict(list)
    for page, target, told, corners in links:
        places[page, target, told].append(corners)
    return places


def _misplaced(had: list[Corners], wanted: list[Corners]) -> str:
    """Return what is wrong with the places of links that say the same, or nothing."""
    if len(had) != len(wanted):
        return "is missing" if len(had) < len(wanted) else "was not promised"
    left = list(had)
    for corners in wanted:
        here = next((other for other in left if _near(corners, other)), None)
        if here is None:
            return "is not in its place"
        left.remove(here)
    return ""


def _near(one: Corners, other: Corners) -> bool:
    return len(one) == len(other) and all(abs(apart) <= _NEAR for apart in map(sub, one, other))


def _within(corners: Corners, box: Corners) -> bool:
    """Say whether a rectangle has an area and lies in a box, to a point of print."""
    if len(corners) != 4 or len(box) != 4:
        return False
    left, bottom, right, top = _upright(corners)
    edges = _upright(box)
    outside = (edges[0] - left, edges[1] - bottom, right - edges[2], top - edges[3])
    return left < right and bottom < top and max(outside) <= _NEAR


def _upright(corners: Corners) -> Corners:
    """Return a rectangle by its left bottom corner first, wherever it began (7.9.5)."""
    left, bottom, right, top = corners
    return (min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def pages_labelled(examined: Examined) -> Iterator[Found]:
    """The pages are numbered as promised."""
    wanted = examined.record.labels if examined.record else ()
    for number, (label, other) in enumerate(zip_longest(examined.file.labels, wanted), 1):
        if label is None:
            yield broken(f"page {number} is missing, which should be labelled {other!r}")
        elif label != other:
            yield broken(f"page {number} is labelled {label!r}, not {other!r}")
