"""What a file's metadata packet says (XMP; ISO 16684-1), read without trusting it.

In: the bytes of the packet. Out: a Description of what stands in it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from publish.problems import PromiseError
from publish.standards import Claim

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
_PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"
_CONFORMS_TO = "{http://pdfa.org/declarations/}conformsTo"
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://www.aiim.org/pdfa/ns/id/": "pdfaid",
    "http://www.aiim.org/pdfua/ns/id/": "pdfuaid",
    "http://www.npes.org/pdfx/ns/id/": "pdfxid",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://pdfa.org/declarations/": "pdfd",
    "http://www.aiim.org/pdfa/ns/extension/": "pdfaExtension",
}
_IDENTIFICATION = ("pdfaid:", "pdfuaid:", "pdfxid:")
_LISTS = ("Alt", "Bag", "Seq")
_DEEPEST = 100  # levels; no description is nested like this


@dataclass(frozen=True, slots=True)
class Description:
    """Properties by their usual names ("dc:title"), each with its words, one for each list entry.

    Of words in several languages only those for every reader (x-default) are kept.
    """

    properties: Mapping[str, tuple[str, ...]]
    declarations: frozenset[str]  # identifiers of its PDF Declarations
    described: frozenset[str]  # properties of the schemas that the packet describes for PDF/A
    faults: tuple[str, ...]  # of the packet's form

    def text(self, key: str, between: str = "") -> str:
        """Return the words of a property, those of a list joined."""
        return between.join(self.properties.get(key, ()))

    @property
    def identification(self) -> frozenset[tuple[str, str]]:
        """Return every property by which a file claims a standard."""
        return frozenset(
            (key, self.text(key)) for key in self.properties if key.startswith(_IDENTIFICATION)
        )

    def makes(self, claim: Claim) -> bool:
        """Say whether the packet makes a claim, all of it."""
        return self.identification.issuperset(claim.properties) and self.declarations.issuperset(
            claim.declarations
        )


def read(packet: bytes) -> Description:
    """Return what a packet says.

    Raises PromiseError when it is no XML, declares a document type (which could name other files or
    grow without end), or has more or less than one rdf:RDF.
    """
    root, instructions = _parsed(packet)
    every = list(root.iter(f"{_RDF}RDF"))
    if len(every) != 1:
        raise PromiseError(f"the metadata have {len(every)} descriptions (rdf:RDF), not one")
    properties: dict[str, tuple[str, ...]] = {}
    faults = list(_faults_of_wrapping(instructions))
    for name, words in _said(every[0]):
        if name in properties:
            faults.append(f"the metadata say {name} twice")
        properties[name] = words
    declared = (
        words.strip()
        for entry in root.iter()
        for words in (
            (entry.text or "") if entry.tag == _CONFORMS_TO else "",
            entry.get(_CONFORMS_TO, ""),
        )
    )
    return Description(
        properties, frozenset(filter(None, declared)), frozenset(_described(root)), tuple(faults)
    )


def _parsed(packet: bytes) -> tuple[Element, list[tuple[str, str]]]:
    """Return the packet's root and its processing instructions.

    ElementTree's own parser follows entities, in whatever encoding they hide; this one refuses the
    document type that would declare them.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    builder = TreeBuilder()
    instructions: list[tuple[str, str]] = []
    depth = 0

    def refuse(*_: object) -> None:
        raise PromiseError("the metadata declare a document type, which is not read")

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise PromiseError(f"the metadata are nested more than {_DEEPEST} deep")
        builder.start(_tag(name), {_tag(key): words for key, words in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_tag(name))

    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.ProcessingInstructionHandler = lambda name, words: instructions.append((name, words))
    try:
        parser.Parse(packet, True)
    except (expat.ExpatError, ValueError, LookupError) as problem:
        raise PromiseError(f"the metadata are not well-formed XML ({problem})") from None
    return builder.close(), instructions


def _tag(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def _faults_of_wrapping(instructions: list[tuple[str, str]]) -> Iterator[str]:
    """Yield what is wrong with the packet's first and last line (ISO 16684-1, 7.3.2)."""
    wrapping = [words for name, words in instructions if name == "xpacket"]
    if [words.partition("=")[0] for words in wrapping] != ["begin", "end"]:
        yield "the metadata do not stand between the two lines of a packet (xpacket)"
    elif re.search(r"\b(?:bytes|encoding)\s*=", wrapping[0]):
        yield "the packet names its bytes or encoding"  # ISO 19005-3, 6.6.2.1


def _said(description: Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the properties, whether written as elements or, in short, as attributes."""
    for resource in description.findall(f"{_RDF}Description"):
        for name, words in resource.attrib.items():
            if name not in (f"{_RDF}about", _LANGUAGE):
                yield _short(name), (words,)
        for entry in resource:
            yield _short(entry.tag), _words(entry)


def _short(tag: str) -> str:
    uri, _, name = tag.removeprefix("{").rpartition("}")
    return f"{_PREFIXES.get(uri, uri)}:{name}"


def _words(entry: Element) -> tuple[str, ...]:
    for kind in _LISTS:
        listed = entry.find(f"{_RDF}{kind}")
        if listed is not None:
            items = listed.findall(f"{_RDF}li")
            if kind == "Alt":
                items = [item for item in items if item.get(_LANGUAGE) == "x-default"][:1]
            return tuple(item.text or "" for item in items)
    return ((entry.text or "").strip(),)


def _described(root: Element) -> Iterator[str]:
    """Yield the properties of the schemas that are described (ISO 19005-3, 6.6.2.3)."""
    for schema in root.iter():
        uri, prefix = schema.find(f"{_SCHEMA}namespaceURI"), schema.find(f"{_SCHEMA}prefix")
        if uri is None or prefix is None:
            continue
        # The prefix counts only beside the namespace that it stands for.
        if _PREFIXES.get((uri.text or "").strip()) == (prefix.text or "").strip():
            for name in schema.iter(f"{_PROPERTY}name"):
                yield f"{(prefix.text or '').strip()}:{(name.text or '').strip()}"
