"""The logical structure: one tree for the whole file (ISO 32000-1, 14.7 and 14.8).

In: the parts' Nodes and the merged pages. Out: StructTreeRoot with ParentTree and IDTree, the link
annotations, and on each page the number that leads back into the tree.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, IndirectObject, NullObject, PdfObject

from publish.assemble import links
from publish.assemble.cross_references import write_cross_references
from publish.assemble.fields import FormWriter
from publish.assemble.merge import Merged
from publish.assemble.navigation import Places
from publish.assemble.objects import (
    TRUE,
    array,
    byte_string,
    dictionary,
    integer,
    name,
    text,
    value,
)
from publish.assemble.pypdf_private import add
from publish.assemble.vocabulary import STANDARD_TYPES, Vocabulary
from publish.problems import AssemblyError, nearest
from publish.typeset.structure import Field, Link, Mark, Node, Part

# ISO 32000-1, 14.8.5: these attributes hold text; every other word of an attribute is a name.
_TEXT_ATTRIBUTES = frozenset({"Summary", "Desc"})


@dataclass(slots=True)
class _Tree:
    """The tree while it grows."""

    merged: Merged
    places: Places
    vocabulary: Vocabulary
    namespaces: dict[str, IndirectObject]
    elements: list[dict[int, IndirectObject]]  # per page, the element of each marked content
    form: FormWriter
    annotations: list[tuple[DictionaryObject, IndirectObject]] = field(default_factory=list)
    ids: dict[str, tuple[str, IndirectObject]] = field(default_factory=dict)  # ID → part, element
    references: dict[int, IndirectObject] = field(
        default_factory=dict
    )  # identity of a Node → element

    @property
    def writer(self) -> PdfWriter:
        """Return the writer that the elements go into."""
        return self.merged.writer


def write_tags(
    merged: Merged,
    parts: Sequence[Part],
    places: Places,
    language: str,
    vocabulary: Vocabulary,
) -> None:
    """Write the structure of all parts below one Document in `language`, and all links with it.

    Raises AssemblyError, naming element and part, for a type that is no standard one, an ID given
    twice, marked content reached twice, a Note without an ID, and a link that leads nowhere.
    """
    root = dictionary({"Type": name("StructTreeRoot")})
    root_reference = add(merged.writer, root)
    namespaces = _namespaces(merged.writer, root, vocabulary)
    form = FormWriter(merged.writer)
    tree = _Tree(merged, places, vocabulary, namespaces, [{} for _ in merged.pages], form)
    document = _element(tree, "Document", root_reference)
    document[name("Lang")] = text(language)
    above = add(merged.writer, document)
    document[name("K")] = array(
        _write_element(tree, node, part, above)[0] for part in parts for node in part.structure
    )
    root[name("K")] = array((above,))
    _write_parent_tree(tree, root)
    _write_ids(tree, root)
    _place_in_structure(tree)
    if vocabulary.refers:
        write_cross_references(parts, places.nodes, tree.references)
    form.finish()
    catalog = merged.writer.root_object
    catalog[name("StructTreeRoot")] = root_reference
    catalog[name("MarkInfo")] = dictionary({"Marked": TRUE})


def _namespaces(
    writer: PdfWriter, root: DictionaryObject, vocabulary: Vocabulary
) -> dict[str, IndirectObject]:
    """Write the namespaces that the elements will name (ISO 32000-2, 14.7.4)."""
    made = {
        uri: add(writer, dictionary({"Type": name("Namespace"), "NS": text(uri)}))
        for uri in vocabulary.namespaces
    }
    if made:
        root[name("Namespaces")] = array(made.values())
    return made


def _element(tree: _Tree, kind: str, above: IndirectObject) -> DictionaryObject:
    """Return an element of the file's vocabulary for a node of type `kind`."""
    entries: dict[str, PdfObject] = {
        "Type": name("StructElem"),
        "S": name(tree.vocabulary.name(kind)),
        "P": above,
    }
    if namespace := tree.vocabulary.namespace(kind):
        entries["NS"] = tree.namespaces[namespace]
    return dictionary(entries)


def _write_element(
    tree: _Tree, node: Node, part: Part, above: IndirectObject
) -> tuple[IndirectObject, int | None]:
    """Write `node` and all below it; return its reference and the page it begins on, if any."""
    _check(node, part)
    element = _element(tree, node.type, above)
    reference = add(tree.writer, element)
    tree.references[id(node)] = reference
    _describe(tree, node, part, element, reference)
    own = next((kid.page for kid in node.kids if not isinstance(kid, Node)), None)
    page = None if own is None else tree.merged.index(part, own, f"content of a {node.type}")
    kids: list[PdfObject] = []
    for kid in node.kids:
        match kid:
            case Node():
                child, child_page = _write_element(tree, kid, part, reference)
                kids.append(child)
                page = child_page if page is None else page
            case Mark():
                kids.append(_mark(tree, kid, part, reference, page))
            case Link():
                kids.append(_link(tree, kid, part, reference))
            case Field():
                kids.append(_field(tree, kid, part, reference))
    if kids:
        element[name("K")] = kids[0] if len(kids) == 1 else array(kids)
    if page is not None:
        element[name("Pg")] = tree.merged.reference(page)
    return reference, page


def _check(node: Node, part: Part) -> None:
    """Refuse an element that no reader would understand."""
    if node.type not in STANDARD_TYPES:
        raise AssemblyError(
            f"part {part.id!r} has an element {node.type!r}, which is no standard structure type",
            hint=nearest(node.type, tuple(STANDARD_TYPES)),
        )
    if node.type == "Note" and not node.id:
        raise AssemblyError(f"a Note of part {part.id!r} has no ID (ISO 14289-1, 7.9)")
    if node.type != "Form" and any(isinstance(kid, Field) for kid in node.kids):
        raise AssemblyError(f"a field of part {part.id!r} is in a {node.type}, not in a Form")
    targets = {kid.target for kid in node.kids if isinstance(kid, Link)}
    if targets and node.type != "Link":
        raise AssemblyError(
            f"the link to {min(targets)!r} of part {part.id!r} is in a {node.type}, not in a Link"
        )
    if len(targets) > 1:
        raise AssemblyError(
            f"one Link of part {part.id!r} leads to {' and '.join(map(repr, sorted(targets)))}"
        )


def _describe(
    tree: _Tree, node: Node, part: Part, element: DictionaryObject, reference: IndirectObject
) -> None:
    """Write all that is said of an element: ID, texts, language, attributes."""
    words = {"T": node.title, "Lang": node.lang, "Alt": node.alt, "ActualText": node.actual}
    element.update({name(key): text(said) for key, said in words.items() if said})
    if node.id:
        if not node.id.isascii():
            raise AssemblyError(f"the ID {node.id!r} of part {part.id!r} is not ASCII")
        if node.id in tree.ids:
            raise AssemblyError(
                f"the ID {node.id!r} of part {part.id!r}"
                f" stands in part {tree.ids[node.id][0]!r} already"
            )
        tree.ids[node.id] = (part.id, reference)
        element[name("ID")] = byte_string(node.id)
    owners = [_attributes(node, owner, part) for owner in node.attributes]
    if node.type == "Note" and tree.vocabulary.refers:
        # ISO 32000-2, 14.8.5.7: ours stand together at the end, whoever calls them.
        owners.append(dictionary({"O": name("FENote"), "NoteType": name("Endnote")}))
    if owners:
        element[name("A")] = owners[0] if len(owners) == 1 else array(owners)


def _attributes(node: Node, owner: str, part: Part) -> DictionaryObject:
    entries: dict[str, PdfObject] = {"O": name(owner)}
    for key, thing in node.attributes[owner].items():
        if isinstance(thing, str) and not thing.startswith("/") and key not in _TEXT_ATTRIBUTES:
            raise AssemblyError(
                f"the attribute {owner} {key} of a {node.type} of part {part.id!r} is a text",
                hint=f"It must be a name: write '/{thing}'.",
            )
        try:
            entries[key] = value(thing)
        except TypeError as problem:
            raise AssemblyError(
                f"the attribute {owner} {key} of a {node.type} of part {part.id!r}: {problem}"
            ) from problem
    return dictionary(entries)


def _mark(
    tree: _Tree, mark: Mark, part: Part, element: IndirectObject, element_page: int | None
) -> PdfObject:
    """Return the kid for marked content: its bare number on the element's own page (14.7.4.2)."""
    page = tree.merged.index(part, mark.page, f"marked content {mark.mcid}")
    reached = tree.elements[page]
    if mark.mcid in reached:
        raise AssemblyError(
            f"marked content {mark.mcid} on page {mark.page + 1} of part {part.id!r}"
            " is in two elements"
        )
    reached[mark.mcid] = element
    if page == element_page:
        return integer(mark.mcid)
    return dictionary(
        {"Type": name("MCR"), "Pg": tree.merged.reference(page), "MCID": integer(mark.mcid)}
    )


def _link(tree: _Tree, link: Link, part: Part, element: IndirectObject) -> PdfObject:
    """Write a link's annotation on its page and return the kid that leads to it (14.7.4.3)."""
    page = tree.merged.index(part, link.page, f"the link to {link.target!r}")
    annotation = links.annotation(link, tree.places, part.id)
    reference = add(tree.writer, annotation)
    links.attach(tree.merged.pages[page], reference)
    tree.annotations.append((annotation, element))
    return dictionary({"Type": name("OBJR"), "Pg": tree.merged.reference(page), "Obj": reference})


def _field(tree: _Tree, field: Field, part: Part, element: IndirectObject) -> PdfObject:
    """Write a field's widget on its page and return the kid that leads to it (14.7.4.3)."""
    page = tree.merged.index(part, field.page, f"the field {field.name!r}")
    widget = tree.form.widget(field, part, tree.merged.reference(page))
    reference = tree.form.enter(widget)
    links.attach(tree.merged.pages[page], reference)
    tree.annotations.append((widget, element))
    return dictionary({"Type": name("OBJR"), "Pg": tree.merged.reference(page), "Obj": reference})


def _write_parent_tree(tree: _Tree, root: DictionaryObject) -> None:
    """Write the way back, from marked content and annotations to elements (14.7.4.4)."""
    numbers: list[PdfObject] = []
    for key, (page, reached) in enumerate(zip(tree.merged.pages, tree.elements, strict=True)):
        page[name("StructParents")] = integer(key)
        page[name("Tabs")] = name("S")
        last = max(reached, default=-1)
        by_mcid = array(reached.get(mcid, NullObject()) for mcid in range(last + 1))
        numbers += [integer(key), add(tree.writer, by_mcid)]
    for key, (annotation, element) in enumerate(tree.annotations, len(tree.elements)):
        annotation[name("StructParent")] = integer(key)
        numbers += [integer(key), element]
    root[name("ParentTree")] = add(tree.writer, dictionary({"Nums": array(numbers)}))
    root[name("ParentTreeNextKey")] = integer(len(tree.elements) + len(tree.annotations))


def _write_ids(tree: _Tree, root: DictionaryObject) -> None:
    """Write the tree of IDs, sorted by bytes (7.9.6)."""
    if not tree.ids:
        return
    leaf = array(
        thing
        for key in sorted(tree.ids, key=str.encode)
        for thing in (byte_string(key), tree.ids[key][1])
    )
    root[name("IDTree")] = add(tree.writer, dictionary({"Names": leaf}))


def _place_in_structure(tree: _Tree) -> None:
    """Complete the places in the structure, now that every element has its number."""
    for destination, point in tree.places.structure.items():
        node = tree.places.nodes[destination]
        if node is None or id(node) not in tree.references:
            raise AssemblyError(f"the destination {destination!r} stands at no element")
        point[0] = tree.references[id(node)]
