"""What the file says about itself, once for both of its voices: the Info dictionary and XMP.

In: an edition, the claims of a standard, a date. Out: a Description, Info entries, an XMP packet.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

from publish import __version__
from publish.identifiers import lasting_address
from publish.model import Edition
from publish.problems import AssemblyError, nearest
from publish.standards import Claim

PRODUCER = f"Cablepress {__version__}"

_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdfd": "http://pdfa.org/declarations/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}

# ISO 19005-3, 6.6.2.3: PDF/A-3 knows no schema of PDF/UA, so the packet describes it. PDF/A-4 asks for
# no description (ISO 19005-4, 6.7.3).
_UA_EXTENSION = """\
   <pdfaExtension:schemas>
    <rdf:Bag>
     <rdf:li rdf:parseType="Resource">
      <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
      <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
      <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
      <pdfaSchema:property>
       <rdf:Seq>
        <rdf:li rdf:parseType="Resource">
         <pdfaProperty:name>part</pdfaProperty:name>
         <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
         <pdfaProperty:category>internal</pdfaProperty:category>
         <pdfaProperty:description>Part of ISO 14289 that the file keeps</pdfaProperty:description>
        </rdf:li>
       </rdf:Seq>
      </pdfaSchema:property>
     </rdf:li>
    </rdf:Bag>
   </pdfaExtension:schemas>"""


@dataclass(frozen=True, slots=True)
class Description:
    """What a file says about itself. Empty fields are left out of both voices."""

    title: str
    creators: tuple[str, ...]
    subject: str
    keywords: tuple[str, ...]
    language: str
    rights: str
    identifier: str
    created: datetime  # with its time zone


def describe(
    edition: Edition, created: datetime, title: str = "", language: str = ""
) -> Description:
    """Return what the edition gives; nothing is made up for what it does not give.

    `title` and `language` are the file's; without them, the edition's.

    Raises ValueError when `created` has no time zone.
    """
    if created.tzinfo is None:
        raise ValueError("a date without a time zone is not one moment")
    return Description(
        title=title or edition.title,
        creators=tuple(map(str, edition.editors)),
        subject=edition.subject,
        keywords=edition.keywords,
        language=language or edition.language,
        rights="; ".join(edition.rights),
        identifier=lasting_address(edition.doi, edition.ark, edition.url),
        created=created.astimezone(UTC).replace(microsecond=0),
    )


def with_subject(description: Description, subject: str) -> Description:
    """Return a description with other words about what the file is."""
    return replace(description, subject=subject)


def info(description: Description) -> dict[str, str]:
    """Return the entries of the Info dictionary (ISO 32000-1, 14.3.3), equal to XMP's."""
    moment = description.created.strftime("D:%Y%m%d%H%M%SZ")
    entries = {
        "/Title": description.title,
        "/Author": "; ".join(description.creators),
        "/Subject": description.subject,
        "/Keywords": ", ".join(description.keywords),
        "/Creator": PRODUCER,
        "/Producer": PRODUCER,
        "/CreationDate": moment,
        "/ModDate": moment,
    }
    return {key: words for key, words in entries.items() if words}


@dataclass(frozen=True, slots=True)
class Press:
    """What a file for a print shop says besides: which document it is a state of (ISO 15930-7, 6.13)."""

    document: UUID


def packet(description: Description, claims: Sequence[Claim], press: Press | None = None) -> bytes:
    """Return the XMP packet (ISO 16684-1) in UTF-8.

    Raises AssemblyError for a claim in a schema that this writer does not know.
    """
    moment = description.created.strftime("%Y-%m-%dT%H:%M:%SZ")
    properties = [
        _plain("dc:format", "application/pdf"),
        _language_alternatives("dc:title", description.title),
        _list("dc:creator", "Seq", description.creators),
        _language_alternatives("dc:description", description.subject),
        _list("dc:subject", "Bag", description.keywords),
        _list("dc:language", "Bag", (description.language,)),
        _language_alternatives("dc:rights", description.rights),
        _plain("dc:identifier", description.identifier),
        _plain("xmp:CreatorTool", PRODUCER),
        _plain("xmp:CreateDate", moment),
        _plain("xmp:ModifyDate", moment),
        _plain("xmp:MetadataDate", moment),
        _plain("pdf:Producer", PRODUCER),
        _plain("pdf:Keywords", ", ".join(description.keywords)),
        *(_of_the_press(press) if press else ()),
        *(_plain(key, said) for claim in claims for key, said in _identified(claim)),
        _declarations([uri for claim in claims for uri in claim.declarations]),
    ]
    said = dict(pair for claim in claims for pair in claim.properties)
    if said.get("pdfaid:part") in ("2", "3") and "pdfuaid:part" in said:
        properties.append(_UA_EXTENSION)
    body = "\n".join(line for line in properties if line)
    used = "".join(
        f"\n    xmlns:{prefix}={quoteattr(uri)}"
        for prefix, uri in _NAMESPACES.items()
        if f"<{prefix}:" in body
    )
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        ' <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'  <rdf:Description rdf:about=""{used}>\n'
        f"{body}\n"
        "  </rdf:Description>\n"
        " </rdf:RDF>\n"
        "</x:xmpmeta>\n"
        '<?xpacket end="r"?>\n'
    ).encode()


def _of_the_press(press: Press) -> Iterator[str]:
    yield _plain("pdf:Trapped", "False")
    yield _plain("xmpMM:DocumentID", f"uuid:{press.document}")
    yield _plain("xmpMM:VersionID", "1")
    yield _plain("xmpMM:RenditionClass", "default")


def _identified(claim: Claim) -> tuple[tuple[str, str], ...]:
    for key, _ in claim.properties:
        if key.partition(":")[0] not in _NAMESPACES:
            raise AssemblyError(
                f"the claim {claim.name!r} says {key!r}, a property of no schema known here",
                hint=nearest(key.partition(":")[0], sorted(_NAMESPACES)),
            )
    return claim.properties


def _declarations(identifiers: Sequence[str]) -> str:
    """Return PDF Declarations (PDF Association, 2019), each a URI of what the file conforms to."""
    if not identifiers:
        return ""
    entries = "".join(
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfd:conformsTo>{escape(identifier)}</pdfd:conformsTo></rdf:li>"
        for identifier in identifiers
    )
    return f"   <pdfd:declarations><rdf:Bag>{entries}</rdf:Bag></pdfd:declarations>"


def _plain(key: str, words: str) -> str:
    return f"   <{key}>{escape(words)}</{key}>" if words else ""


def _list(key: str, container: str, items: Iterable[str]) -> str:
    entries = "".join(f"<rdf:li>{escape(item)}</rdf:li>" for item in items)
    return f"   <{key}><rdf:{container}>{entries}</rdf:{container}></{key}>" if entries else ""


def _language_alternatives(key: str, words: str) -> str:
    if not words:
        return ""
    entry = f'<rdf:li xml:lang="x-default">{escape(words)}</rdf:li>'
    return f"   <{key}><rdf:Alt>{entry}</rdf:Alt></{key}>"
