"""The structure tree of the finished file, read with a library that did not write it."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf

from publish.assemble import assemble
from publish.typeset.structure import Mark, Node
from tests import assemble_parts
from tests.assemble_parts import CREATED, finished, job, parts

Place = tuple[int, int]  # page, marked-content ID


@dataclass
class Read:
    """What a walk through the tree found."""

    elements: list[Any] = field(default_factory=list)
    marks: dict[Place, list[Any]] = field(default_factory=lambda: defaultdict(list))
    objects: dict[Any, list[Any]] = field(default_factory=lambda: defaultdict(list))
    wrong_parents: list[Any] = field(default_factory=list)


@cache
def opened() -> Any:
    return pikepdf.open(BytesIO(finished()))


def read(pdf: Any) -> Read:
    """Walk the whole tree of a file."""
    pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    found = Read()

    def walk(element: Any, above: Any) -> None:
        found.elements.append(element)
        if element.P.objgen != above.objgen:
            found.wrong_parents.append(element.objgen)
        for kid in kids(element):
            if isinstance(kid, int):
                found.marks[pages[element.Pg.objgen], kid].append(element.objgen)
            elif kid.get("/Type") == "/MCR":
                found.marks[pages[kid.Pg.objgen], int(kid.MCID)].append(element.objgen)
            elif kid.get("/Type") == "/OBJR":
                found.objects[kid.Obj.objgen].append(element.objgen)
            else:
                walk(kid, element)

    root = pdf.Root.StructTreeRoot
    for top in kids(root):
        walk(top, root)
    return found


def kids(element: Any) -> list[Any]:
    """Return the kids of an element, however many it has."""
    below = element.get("/K")
    if below is None:
        return []
    return list(below) if isinstance(below, pikepdf.Array) else [below]


def marked(pdf: Any) -> list[Place]:
    """Return the marked content that the pages draw, in order."""
    places: list[Place] = []
    for index, page in enumerate(pdf.pages):
        for step in pikepdf.parse_content_stream(page):
            operands: Any = step.operands
            if str(step.operator) == "BDC" and "/MCID" in operands[1]:
                places.append((index, int(operands[1].MCID)))
    return places


def parent_tree(pdf: Any) -> dict[int, Any]:
    return dict(pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree).items())


def test_every_marked_content_is_reached_exactly_once() -> None:
    drawn = marked(opened())
    reached = read(opened()).marks
    assert len(drawn) == len(set(drawn))
    assert set(drawn) == set(reached)
    assert all(len(elements) == 1 for elements in reached.values())


def test_the_parent_tree_leads_from_each_marked_content_to_its_element() -> None:
    pdf = opened()
    tree, reached = parent_tree(pdf), read(pdf).marks
    for index, page in enumerate(pdf.pages):
        for mcid, element in enumerate(tree[int(page.obj.StructParents)]):
            assert reached[index, mcid] == [element.objgen]


def test_the_parent_tree_leads_from_each_annotation_to_its_element() -> None:
    pdf = opened()
    tree, reached = parent_tree(pdf), read(pdf).objects
    links = [link for page in pdf.pages for link in page.obj.get("/Annots", [])]
    assert len(links) == 6
    for link in links:
        assert reached[link.objgen] == [tree[int(link.StructParent)].objgen]


def test_the_next_key_of_the_parent_tree_is_free() -> None:
    assert int(opened().Root.StructTreeRoot.ParentTreeNextKey) == max(parent_tree(opened())) + 1


def test_every_element_names_its_parent_and_stands_once() -> None:
    found = read(opened())
    numbers = [element.objgen for element in found.elements]
    assert found.wrong_parents == []
    assert len(numbers) == len(set(numbers))


def test_no_element_is_left_outside_the_tree() -> None:
    inside = {element.objgen for element in read(opened()).elements}
    everywhere = {
        thing.objgen
        for thing in opened().objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/StructElem"
    }
    assert everywhere == inside


def test_all_nodes_of_the_parts_stand_in_the_tree_in_order() -> None:
    types = [str(element.S).removeprefix("/") for element in read(opened()).elements]
    assert types == ["Document", *(node.type for node in assemble_parts.walk(parts()))]


def test_the_tree_of_ids_is_sorted_and_leads_to_the_elements() -> None:
    leaf = list(opened().Root.StructTreeRoot.IDTree.Names)
    names = [bytes(name) for name in leaf[::2]]
    assert names == sorted(names)
    assert names == [b"note-stamp-1", b"note-stamp-2", b"p1", b"p2", b"p3"]
    assert [bytes(element.ID) for element in leaf[1::2]] == names


def test_the_one_element_at_the_top_is_the_document_in_its_language() -> None:
    (top,) = kids(opened().Root.StructTreeRoot)
    assert str(top.S) == "/Document"
    assert str(top.Lang) == "en-GB"
    assert bool(opened().Root.MarkInfo.Marked)


def test_what_is_spoken_differently_says_so_on_the_element() -> None:
    spoken = [str(element.ActualText) for element in elements("P") if "/ActualText" in element]
    assert spoken == ["To: harbour master, reykjavik"] * 2


def test_attributes_are_names_numbers_and_text() -> None:
    column = elements("TH")[0].A
    assert (str(column.O), str(column.Scope), int(column.ColSpan)) == ("/Table", "/Column", 1)


def elements(kind: str, pdf: Any = None) -> list[Any]:
    return [entry for entry in read(pdf or opened()).elements if str(entry.S) == f"/{kind}"]


def test_attributes_of_several_owners_stand_side_by_side() -> None:
    one, two, three = parts()
    attributes: dict[str, dict[str, object]] = {
        "Layout": {"BBox": [0.0, 1.5, 20.0, 30.0], "Placement": "/Block"},
        "List": {"ListNumbering": "/Decimal"},
    }
    section = replace(two.structure[0], attributes=attributes)
    pdf = pikepdf.open(
        BytesIO(assemble(job(), (one, replace(two, structure=(section,)), three), created=CREATED))
    )
    layout, numbering = elements("Sect", pdf)[0].A
    assert [float(number) for number in layout.BBox] == [0, 1.5, 20, 30]
    assert str(layout.Placement) == "/Block"
    assert str(numbering.ListNumbering) == "/Decimal"


def test_a_paragraph_over_two_pages_is_one_element_and_says_which_page() -> None:
    """The first line of the sheet and the first of the next become one paragraph."""
    one, two, three = parts()
    joined = Node("P", [Mark(0, 1), Mark(1, 1)], lang="is", alt="two lines")
    rest = [kid for kid in two.structure[0].kids if isinstance(kid, Node) and not _first_line(kid)]
    section = Node("Sect", [joined, *rest])
    pdf: Any = pikepdf.open(
        BytesIO(assemble(job(), (one, replace(two, structure=(section,)), three), created=CREATED))
    )
    paragraph = elements("P", pdf)[2]
    own, other = paragraph.K
    assert paragraph.Pg.objgen == pdf.pages[1].obj.objgen
    assert int(own) == 1
    assert (str(other.Type), int(other.MCID)) == ("/MCR", 1)
    assert other.Pg.objgen == pdf.pages[2].obj.objgen
    assert (str(paragraph.Lang), str(paragraph.Alt)) == ("is", "two lines")
    assert set(marked(pdf)) == set(read(pdf).marks)


def _first_line(node: Node) -> bool:
    return any(isinstance(kid, Mark) and kid.mcid == 1 for kid in node.kids)


def test_an_element_of_many_pages_names_the_first() -> None:
    section = elements("Sect")[0]
    assert section.Pg.objgen == opened().pages[1].obj.objgen
