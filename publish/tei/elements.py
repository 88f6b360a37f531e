"""Elements of TEI: made, filled with characters, laid out for a person, and written as bytes."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element

from publish.problems import SourceError
from publish.tei.names import ID, LANGUAGE, NAMESPACE, SCHEMA, XML

# XML 1.0, 2.2: what is no character there.
_NO_CHARACTER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What a person would not see in a file stands in it as a number.
UNSEEN = re.compile("[\u00a0\u00ad\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufeff]")


def _named(names: str) -> frozenset[str]:
    return frozenset(names.split())


# Elements whose white space is layout, not text.
_CONTAINERS = _named(
    "TEI abstract app appInfo application availability back bibl biblStruct body category change cit classDecl"
    " closer"
    " correction correspAction correspDesc div editionStmt editorialDecl encodingDesc event figure fileDesc"
    " front imprint keywords langUsage list listApp listBibl listEvent listPerson listPlace listWit monogr"
    " normalization notesStmt opener person place profileDesc publicationStmt revisionDesc row series sourceDesc"
    " spanGrp"
    " standOff table taxonomy teiHeader text textClass titleStmt witness"
)
# These hold blocks, whose white space is layout too, or a line of prose, whose white space is not.
_PERHAPS = _named("item note quote")
_BLOCKS = _named(
    "cit date gloss idno label list measure milestone note p placeName ptr quote supplied term"
)
# In the body these hold words of the document, in which every sign counts.
_PASSAGES = _named("cell dateline head item p salute signed trailer")


def qualified(name: str) -> str:
    """Return the name of a TEI element as lxml has it."""
    return f"{{{NAMESPACE}}}{name}"


def name_of(element: Element) -> str:
    """Return an element's name in TEI; that of another namespace in full, "" for what is no element."""
    return element.tag.removeprefix(f"{{{NAMESPACE}}}") if isinstance(element.tag, str) else ""


def root_element() -> Element:
    """Return a TEI element without content."""
    return etree.Element(qualified("TEI"), nsmap={None: NAMESPACE})


def add(
    parent: Element,
    name: str,
    text: str = "",
    *,
    xml_id: str = "",
    lang: str = "",
    attributes: dict[str, str] | None = None,
) -> Element:
    """Add an element to `parent` and return it; an empty attribute is left out."""
    element = etree.SubElement(parent, qualified(name))
    for key, value in {ID: xml_id, LANGUAGE: lang, **(attributes or {})}.items():
        if value:
            element.set(key, checked(value))
    if text:
        element.text = checked(text)
    return element


def add_text(parent: Element, text: str) -> None:
    """Add characters at the end of `parent`."""
    text = checked(text)
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def checked(text: str) -> str:
    """Return `text`. Raises SourceError for a character that XML cannot carry."""
    if found := _NO_CHARACTER.search(text):
        around = text[max(0, found.start() - 20) : found.start()]
        raise SourceError(
            f"U+{ord(found[0]):04X}, which stands after {around!r}, is no character of XML",
            hint="Take it out; nothing prints it either.",
        )
    return text


def children(element: Element, name: str) -> Iterator[Element]:
    """Yield the children of that name."""
    return element.iterchildren(qualified(name))


def child(element: Element, name: str, **attributes: str) -> Element | None:
    """Return the first child of that name with these attributes."""
    for candidate in children(element, name):
        if all(candidate.get(key) == value for key, value in attributes.items()):
            return candidate
    return None


def of_blocks(element: Element) -> bool:
    """Say whether an element that may hold prose holds blocks of it, so that its white space is layout."""
    kids = [kid for kid in element if isinstance(kid.tag, str)]
    of_prose = all(name_of(kid) in _BLOCKS for kid in kids)
    return bool(kids) and of_prose and not _loose(element).strip()


def _loose(element: Element) -> str:
    """Return the characters that stand directly in an element."""
    return (element.text or "") + "".join(kid.tail or "" for kid in element)


def _lay_out(element: Element, depth: int, *, in_body: bool) -> None:
    name = name_of(element)
    in_body = in_body or name == "body"
    if in_body and name in _PASSAGES:
        return
    if name not in _CONTAINERS and not (name in _PERHAPS and of_blocks(element)):
        return
    if not len(element) or _loose(element).strip():
        return
    element.text = "\n" + "  " * (depth + 1)
    for kid in element:
        _lay_out(kid, depth + 1, in_body=in_body)
        kid.tail = "\n" + "  " * (depth + 1)
    element[-1].tail = "\n" + "  " * depth


def written(root: Element) -> bytes:
    """Return a TEI document as UTF-8, laid out; signs that nobody sees as references."""
    _lay_out(root, 0, in_body=False)
    text = etree.tostring(root, encoding="unicode")
    text = UNSEEN.sub(lambda sign: f"&#x{ord(sign[0]):X};", text)
    model = (
        f'<?xml-model href="{SCHEMA}" type="application/xml" '
        'schematypens="http://relaxng.org/ns/structure/1.0"?>'
    )
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n{model}\n'
    return (head + text.replace(f' xmlns:xml="{XML}"', "") + "\n").encode("utf-8")
