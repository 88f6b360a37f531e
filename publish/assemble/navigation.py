"""Ways into the finished file: named places, bookmarks, page labels.

In: the merged pages and the parts' records. Out: a name for each place, and entries in the catalog.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pypdf.generic import ArrayObject, DictionaryObject, NullObject, PdfObject

from publish.assemble.merge import Merged
from publish.assemble.objects import array, byte_string, dictionary, integer, name, real, text
from publish.assemble.pypdf_private import add
from publish.problems import AssemblyError, nearest
from publish.products import Labels
from publish.typeset.structure import Bookmark, Destination, Node, Part

_LABEL_STYLES = {"roman": "r", "arabic": "D"}  # ISO 32000-1, table 159


@dataclass(frozen=True, slots=True)
class Places:
    """The named places of the finished file: name → page and point to be shown at the top left.

    In PDF 2.0 each is also a place in the structure (ISO 32000-2, 12.3.2.3): `structure` has the
    same point after a reference to the element that begins there, which `nodes` names and the
    writer of the tree fills in.
    """

    explicit: Mapping[str, ArrayObject]
    nodes: Mapping[str, Node | None]
    structure: Mapping[str, ArrayObject]

    def action(self, destination: str) -> DictionaryObject:
        """Return the action that opens a place (ISO 32000-2, 12.6.4.2)."""
        entries: dict[str, PdfObject] = {"S": name("GoTo"), "D": byte_string(destination)}
        if destination in self.structure:
            entries["SD"] = self.structure[destination]
        return dictionary(entries)

    def __contains__(self, destination: str) -> bool:
        """Say whether there is a place of this name."""
        return destination in self.explicit

    def hint(self, destination: str) -> str:
        """Return the known name nearest to a missing one."""
        return nearest(destination, tuple(self.explicit))


def name_places(merged: Merged, parts: Sequence[Part], *, in_structure: bool = False) -> Places:
    """Write the name tree of all parts' destinations, sorted by bytes, and return the places.

    `in_structure` makes each a place in the structure too.

    Raises AssemblyError for a name that two parts give (a reader would open the first without a
    word) and for one that is not plain ASCII: `edition.pdf#nameddest=p3` must work as it is typed.
    """
    explicit: dict[str, ArrayObject] = {}
    structure: dict[str, ArrayObject] = {}
    nodes: dict[str, Node | None] = {}
    owners: dict[str, str] = {}
    for part in parts:
        for place in part.destinations:
            if place.name in owners:
                raise AssemblyError(
                    f"the destination {place.name!r} of part {part.id!r}"
                    f" stands in part {owners[place.name]!r} too"
                )
            if not place.name or not place.name.isascii() or not place.name.isprintable():
                raise AssemblyError(
                    f"the destination {place.name!r} of part {part.id!r} is not a plain ASCII name"
                )
            page = merged.index(part, place.page, f"the destination {place.name!r}")
            owners[place.name] = part.id
            nodes[place.name] = place.node
            explicit[place.name] = _point(merged.reference(page), place)
            if in_structure:
                structure[place.name] = _point(NullObject(), place)
    if explicit:
        leaf = array(
            thing
            for key in sorted(explicit, key=str.encode)
            for thing in (byte_string(key), _named(explicit[key], structure.get(key)))
        )
        tree = add(merged.writer, dictionary({"Names": leaf}))
        merged.writer.root_object[name("Names")] = dictionary({"Dests": tree})
    return Places(explicit, nodes, structure)


def _point(of: PdfObject, place: Destination) -> ArrayObject:
    """Return a place's point on the page, or in the element, that `of` refers to."""
    size_as_it_is = NullObject()
    return array((of, name("XYZ"), real(place.left), real(place.top), size_as_it_is))


def _named(explicit: ArrayObject, structure: ArrayObject | None) -> PdfObject:
    """Return what the name tree has for a place (ISO 32000-2, 12.3.2.4)."""
    if structure is None:
        return explicit
    return dictionary({"D": explicit, "SD": structure})


@dataclass(slots=True)
class _Entry:
    """An entry of the outline and those below it."""

    bookmark: Bookmark | None
    part: str
    kids: list["_Entry"] = field(default_factory=list)

    @property
    def shown(self) -> int:
        """Return how many entries are seen below this one while it is open."""
        return sum(1 + (kid.shown if kid.open else 0) for kid in self.kids)

    @property
    def open(self) -> bool:
        """Say whether a reader sees the entries below when the file opens: those of level 1."""
        return self.bookmark is None or self.bookmark.level == 1


def write_outline(merged: Merged, parts: Sequence[Part], places: Places) -> None:
    """Write the bookmarks of all parts as one nested outline that opens with the file.

    Raises AssemblyError for a bookmark that opens a place nobody has named, or skips a level.
    """
    top = _Entry(None, "")
    branch = [top]
    for part in parts:
        for bookmark in part.bookmarks:
            if not 1 <= bookmark.level <= len(branch):
                raise AssemblyError(
                    f"the bookmark {bookmark.title!r} of part {part.id!r} has level"
                    f" {bookmark.level} where at most {len(branch)} can stand"
                )
            if bookmark.destination not in places:
                raise AssemblyError(
                    f"the bookmark {bookmark.title!r} of part {part.id!r} opens"
                    f" {bookmark.destination!r}, which is nowhere",
                    hint=places.hint(bookmark.destination),
                )
            del branch[bookmark.level :]
            entry = _Entry(bookmark, part.id)
            branch[-1].kids.append(entry)
            branch.append(entry)
    if not top.kids:
        return
    root = dictionary({"Type": name("Outlines")})
    merged.writer.root_object[name("Outlines")] = add(merged.writer, root)
    merged.writer.root_object[name("PageMode")] = name("UseOutlines")
    _write_kids(merged, top, root, places)


def _write_kids(merged: Merged, entry: _Entry, item: DictionaryObject, places: Places) -> None:
    """Write the entries below `entry`, whose dictionary `item` stands in the file already."""
    if not entry.kids:
        return
    kids = [_item(kid.bookmark, item, places) for kid in entry.kids if kid.bookmark is not None]
    references = [add(merged.writer, kid) for kid in kids]
    for (earlier, later), (before, after) in zip(pairwise(kids), pairwise(references), strict=True):
        earlier[name("Next")] = after
        later[name("Prev")] = before
    item[name("First")] = references[0]
    item[name("Last")] = references[-1]
    item[name("Count")] = integer(entry.shown if entry.open else -entry.shown)
    for kid, dictionary_of_kid in zip(entry.kids, kids, strict=True):
        _write_kids(merged, kid, dictionary_of_kid, places)


def _item(bookmark: Bookmark, parent: DictionaryObject, places: Places) -> DictionaryObject:
    above = parent.indirect_reference
    assert above is not None  # noqa: S101 - the parent was added before
    entries: dict[str, PdfObject] = {"Title": text(bookmark.title), "Parent": above}
    # The place itself and not its name: every reader follows it, even one that knows no name tree.
    place = places.explicit[bookmark.destination]
    if bookmark.destination in places.structure:
        structure = places.structure[bookmark.destination]
        entries["A"] = dictionary({"S": name("GoTo"), "D": place, "SD": structure})
    else:
        entries["Dest"] = place
    return dictionary(entries)


def write_labels(merged: Merged, parts: Sequence[Part]) -> None:
    """Write the page labels: a range for each part, as its Labels say."""
    numbers: list[PdfObject] = []
    page = 0
    for part in parts:
        numbers += [integer(page), _label(part.labels)]
        page += len(part.pages)
    merged.writer.root_object[name("PageLabels")] = dictionary({"Nums": array(numbers)})


def _label(labels: Labels) -> DictionaryObject:
    entries: dict[str, PdfObject] = {"S": name(_LABEL_STYLES[labels.style])}
    if labels.prefix:
        entries["P"] = text(labels.prefix)
    if labels.start != 1:
        entries["St"] = integer(labels.start)
    return dictionary(entries)
