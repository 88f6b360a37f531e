"""Elements are of kinds that readers know, and stand where their kind may stand.

In: a finished file. Out: types of no standard, lists without items, tables of unequal rows, notes
without an id, figures without a place, links without a way, elements with nothing to tell.
"""

from collections.abc import Iterator

from publish.verify.objects import Objects, Reference, Value
from publish.verify.outcome import Examined, Found, broken, kept
from publish.verify.tree import Annotation, Content, Element

# ISO 32000-1, 14.8.4, and ISO 32000-2, 14.8.4.
_WORDS_OF_BOTH = """Document Part Sect Div Caption NonStruct P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table
    TR TH TD THead TBody TFoot Span Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form"""
_WORDS_OF_1_7 = "Art BlockQuote TOC TOCI Index Private Quote Note Reference BibEntry Code"
_WORDS_OF_2_0 = "DocumentFragment Aside Title FENote Sub Em Strong Artifact"
_IN_1_7 = frozenset(f"{_WORDS_OF_BOTH} {_WORDS_OF_1_7}".split())
_IN_2_0 = frozenset(f"{_WORDS_OF_BOTH} {_WORDS_OF_2_0}".split())
_TYPES = {
    "": _IN_1_7,
    "http://iso.org/pdf/ssn": _IN_1_7,
    "http://iso.org/pdf2/ssn": _IN_2_0,
}
# What may stand directly below, and above (ISO 32000-1, tables 333, 336 and 337). An Artifact of
# PDF 2.0 may stand anywhere: nobody hears it.
_BELOW = {
    "L": frozenset(("LI", "Caption", "L")),
    "LI": frozenset(("Lbl", "LBody")),
    "TOC": frozenset(("TOCI", "TOC", "Caption")),
    "Table": frozenset(("TR", "THead", "TBody", "TFoot", "Caption")),
    "THead": frozenset(("TR",)),
    "TBody": frozenset(("TR",)),
    "TFoot": frozenset(("TR",)),
    "TR": frozenset(("TH", "TD")),
}
_ABOVE = {
    "LI": frozenset(("L",)),
    "LBody": frozenset(("LI",)),
    "TOCI": frozenset(("TOC",)),
    "TR": frozenset(("Table", "THead", "TBody", "TFoot")),
    "THead": frozenset(("Table",)),
    "TBody": frozenset(("Table",)),
    "TFoot": frozenset(("Table",)),
    "TH": frozenset(("TR",)),
    "TD": frozenset(("TR",)),
}
_ROW_GROUPS = frozenset(("THead", "TBody", "TFoot"))
_NOTES = frozenset(("Note", "FENote"))
_MAY_BE_EMPTY = frozenset(("TD", "TH", "Artifact"))
# ISO 32000-1, table 347, and ISO 32000-2, table 382, without None.
_NUMBERINGS = frozenset(
    ("Disc", "Circle", "Square", "Decimal", "UpperRoman", "LowerRoman", "UpperAlpha", "LowerAlpha",
     "Unordered", "Ordered", "Description")
)  # fmt: skip
_SCOPES = frozenset(("Row", "Column", "Both"))  # ISO 32000-1, table 349


def types_known(examined: Examined) -> Iterator[Found]:
    """Each element is of a type that its namespace has (ISO 14289-1, 7.1; ISO 14289-2, 8.2.4)."""
    file = examined.file
    root = file.objects.dictionary(file.objects.root.get("StructTreeRoot"))
    for name, meant in file.objects.dictionary(root.get("RoleMap")).items():
        if name in _IN_1_7 and file.objects.get(meant) != name:
            # ISO 14289-1, 7.1: what readers know must not mean something else here.
            yield broken(f"the role map calls a {name} a {file.objects.get(meant)!r}")
    for element in file.tree.elements:
        if element.type not in _TYPES.get(element.namespace, frozenset()):
            yield broken(
                f"the type {element.type!r} is none of {element.namespace or 'PDF 1.7'}",
                file.page_name(element.page),
            )
    yield kept(f"{len({element.type for element in file.tree.elements})} types")


def well_nested(examined: Examined) -> Iterator[Found]:
    """Lists, tables, contents, notes, figures and links have what a listener needs of them."""
    file = examined.file
    for element in file.tree.elements:
        name = f"the {element.type} {element.id or element.number}"
        faults = (*_misplaced(element), *_incomplete(file.objects, element))
        for fault in faults:
            yield broken(f"{name} {fault}", file.page_name(element.page))
    yield kept(f"{len(file.tree.elements)} elements")


def _below(element: Element) -> list[Element]:
    return [kid for kid in element.kids if type(kid) is Element and kid.type != "Artifact"]


def _misplaced(element: Element) -> Iterator[str]:
    """Yield what stands below or above an element and must not."""
    if element.type in _BELOW:
        for kid in _below(element):
            if kid.type not in _BELOW[element.type]:
                yield f"holds a {kid.type}"
        if any(type(kid) is Content for kid in element.kids):
            yield "holds words outside its parts"
    if element.type in _ABOVE:
        above = element.parent.type if element.parent else "nothing"
        if above not in _ABOVE[element.type]:
            yield f"stands in {above}"


def _incomplete(objects: Objects, element: Element) -> Iterator[str]:
    """Yield what an element of its type must have and has not."""
    silent = not (element.kids or element.alt or element.spoken)
    if silent and element.type not in _MAY_BE_EMPTY:
        yield "has nothing to tell"
    if element.type in _NOTES and not element.id:
        yield "has no id"  # ISO 14289-1, 7.9
    elif element.type == "L" and _has_labels(element) and _numbering(element) not in _NUMBERINGS:
        yield "has labels and does not say how it is numbered"  # ISO 14289-1, 7.6
    elif element.type == "TH" and element.attributes.get("Scope") not in _SCOPES:
        yield "does not say what it is the head of"  # ISO 14289-1, 7.5
    elif element.type == "Figure" and not _is_box(objects, element.attributes.get("BBox")):
        yield "does not say where it is"  # ISO 32000-1, 14.8.5.4.3
    elif element.type == "Table":
        yield from _uneven_rows(element)
    elif element.type == "Link":
        yield from _without_a_way(objects, element)


def _has_labels(element: Element) -> bool:
    items = [item for item in _below(element) if item.type == "LI"]
    return any(part.type == "Lbl" for item in items for part in _below(item))


def _numbering(element: Element) -> Value:
    """Return how a list is numbered; it may be said of anything around it (inheritable)."""
    for each in (element, *element.above()):
        if "ListNumbering" in each.attributes:
            return each.attributes["ListNumbering"]
    return None


def _is_box(objects: Objects, value: Value) -> bool:
    corners = [objects.get(corner) for corner in objects.array(value)]
    numbers = [corner for corner in corners if isinstance(corner, int | float)]
    if len(corners) != 4 or len(numbers) != 4:
        return False
    left, bottom, right, top = numbers
    return left < right and bottom < top


def _uneven_rows(table: Element) -> Iterator[str]:
    """Say where rows have other numbers of cells; one over several columns or rows counts in each."""
    rows = [
        row
        for part in _below(table)
        for row in (_below(part) if part.type in _ROW_GROUPS else [part])
        if row.type == "TR"
    ]
    if not rows:
        yield "has no rows"
    widths: set[int] = set()
    reaching: list[tuple[int, int]] = []  # rows still to come, and columns, of the cells from above
    for row in rows:
        cells = [(_span(cell, "RowSpan"), _span(cell, "ColSpan")) for cell in _below(row)]
        widths.add(sum(columns for _, columns in (*cells, *reaching)))
        reaching = [(left - 1, columns) for left, columns in (*cells, *reaching) if left > 1]
    if len(widths) > 1:
        yield f"has rows of {' and '.join(map(str, sorted(widths)))} cells"
    if reaching:
        yield "has a cell that reaches below its last row"


def _span(cell: Element, key: str) -> int:
    span = cell.attributes.get(key)
    return span if type(span) is int and span > 0 else 1


def _without_a_way(objects: Objects, link: Element) -> Iterator[str]:
    """A Link leads somewhere by a link annotation that says where (ISO 14289-1, 7.18.5)."""
    numbers = [kid.number for kid in link.kids if type(kid) is Annotation]
    annotations = [objects.dictionary(Reference(number)) for number in numbers]
    if not any(annotation.get("Subtype") == "Link" for annotation in annotations):
        yield "has no link annotation"
    if any(not objects.text(annotation.get("Contents")) for annotation in annotations):
        yield "has an annotation that does not say where it goes"
