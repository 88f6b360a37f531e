"""The way back from what is drawn to what it is: the parent tree (ISO 32000-1, 14.7.4.4).

In: a finished file. Out: where the way up from content and annotations to their elements is not the
way down, reversed; what one of the two ways misses.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from publish.verify.objects import Objects, Reference, Stream, Value
from publish.verify.outcome import Examined, Found, broken, kept
from publish.verify.reading_back import FinishedFile
from publish.verify.tree import Annotation, Content, Element, number_tree

_NO_KEY = -1
_UNHEARD = ("Popup",)  # ISO 14289-1, 7.18.1: stands in no structure

# What draws marked content: a page (its index, form 0) or a form (page -1, its object's number).
_Surface = tuple[int, int]


def parents_agree(examined: Examined) -> Iterator[Found]:
    """The way from content up to its element is the way down, reversed, and both are whole."""
    file = examined.file
    root = file.objects.dictionary(file.objects.root.get("StructTreeRoot"))
    upward = number_tree(file.objects, root.get("ParentTree"))
    surfaces, single = _surfaces(file), _single_objects(file.objects)
    downward = _downward(file)
    for surface in sorted(surfaces.keys() | downward.keys()):
        listed = file.objects.array(upward.get(surfaces.get(surface, _NO_KEY)))
        for fault in _disagreements(file.objects, listed, downward.get(surface, {})):
            yield broken(fault, _name(file, surface))
    yield from _annotations_agree(file, upward, single)
    keys = Counter(key for key in (*surfaces.values(), *single.values()) if key != _NO_KEY)
    for key, times in keys.items():
        if times > 1:
            yield broken(f"{times} pages or annotations share the entry {key} of the parent tree")
    for key in sorted(upward.keys() - keys.keys()):
        yield broken(f"the entry {key} of the parent tree belongs to no page and no annotation")
    following = root.get("ParentTreeNextKey")
    if following is not None and _integer(following) <= max(upward, default=-1):
        yield broken("the next key of the parent tree is one that it has already")
    yield kept(f"{len(upward)} entries")


def _name(file: FinishedFile, surface: _Surface) -> str:
    page, form = surface
    return f"form {form}" if form else file.page_name(page)


def _integer(value: Value) -> int:
    return value if type(value) is int else _NO_KEY


def _surfaces(file: FinishedFile) -> dict[_Surface, int]:
    """Return the key of each page, and of each form that has one."""
    keys: dict[_Surface, int] = {
        (page, 0): _integer(table.get("StructParents")) for page, table in enumerate(file.pages)
    }
    for number in file.objects.holding(b"/StructParents"):
        found = file.objects.get(Reference(number))
        if type(found) is Stream:
            keys[_NO_KEY, number] = _integer(found.dictionary.get("StructParents"))
    return keys


def _single_objects(objects: Objects) -> dict[int, int]:
    """Return the key of each annotation or picture that is content as a whole."""
    keys: dict[int, int] = {}
    for number in objects.holding(b"/StructParent"):
        table = objects.dictionary(Reference(number))
        if "StructParent" in table:
            keys[number] = _integer(table["StructParent"])
    return keys


def _downward(file: FinishedFile) -> dict[_Surface, dict[int, Element]]:
    """Return the element that lists each marked content, by what draws it."""
    found: dict[_Surface, dict[int, Element]] = {}
    for element in file.tree.elements:
        for kid in element.kids:
            if type(kid) is Content:
                form = kid.mark.form
                surface = (_NO_KEY, form) if form else (kid.page, 0)
                found.setdefault(surface, {})[kid.mark.mcid] = element
    return found


def _disagreements(
    objects: Objects, listed: list[Value], held: Mapping[int, Element]
) -> Iterator[str]:
    """Yield where the parent tree's list for a page and the elements' own lists differ."""
    for mcid, element in held.items():
        entry = listed[mcid] if 0 <= mcid < len(listed) else None
        if not _is(entry, element):
            yield (
                f"marked content {mcid} is listed by element {element.number} "
                f"({element.type}), but the parent tree says otherwise"
            )
    for mcid, entry in enumerate(listed):
        if mcid not in held and objects.get(entry) is not None:
            yield f"the parent tree knows marked content {mcid}, which no element lists"


def _is(entry: Value, element: Element) -> bool:
    return type(entry) is Reference and entry.number == element.number


def _annotations_agree(
    file: FinishedFile, upward: Mapping[int, Value], single: Mapping[int, int]
) -> Iterator[Found]:
    objects = file.objects
    owners = {
        kid.number: element
        for element in file.tree.elements
        for kid in element.kids
        if type(kid) is Annotation
    }
    for number, element in owners.items():
        if not _is(upward.get(single.get(number, _NO_KEY)), element):
            yield broken(
                f"the annotation {number} does not lead back to its {element.type}",
                file.page_name(element.page),
            )
    for number in sorted(single.keys() - owners.keys()):
        yield broken(f"the parent tree knows the object {number}, which no element lists")
    drawn: set[int] = set()
    for page, table in enumerate(file.pages):
        for entry in objects.array(table.get("Annots")):
            number = entry.number if type(entry) is Reference else 0
            drawn.add(number)
            kind = objects.dictionary(entry).get("Subtype")
            if number not in owners and kind not in _UNHEARD:
                yield broken(f"no element lists the annotation {number}", file.page_name(page))
    for number in sorted(owners.keys() - drawn):
        if "Rect" in objects.dictionary(Reference(number)):
            yield broken(f"the annotation {number} is listed, and stands on no page")
