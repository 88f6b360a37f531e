"""What a file says it is: its metadata, its claims, its version, its identifier, its colours.

In: a finished file, with or without a record. Out: what is missing, what contradicts another part of
the file, what is not what was promised. Whether claims are true is for a validator (conformance).
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from publish.resources import layouts_directory
from publish.standards import known_claims
from publish.verify.description import Description, read
from publish.verify.objects import Stream
from publish.verify.outcome import Examined, Found, broken, kept, not_checked
from publish.verify.reading_back import FinishedFile

# ISO 19005-1, 6.7.3 asks that Info, where it is there, says what XMP says; later parts leave Info to
# the writer, and no validator looks. Info → XMP, and what stands between the entries of a list.
_PAIRS = (
    ("Title", "dc:title", ""),
    ("Author", "dc:creator", "; "),
    ("Subject", "dc:description", ""),
    ("Keywords", "pdf:Keywords", ""),
    ("Creator", "xmp:CreatorTool", ""),
    ("Producer", "pdf:Producer", ""),
)
_DATES = (("CreationDate", "xmp:CreateDate"), ("ModDate", "xmp:ModifyDate"))
# ISO 32000-1, 7.9.4, and ISO 8601 as XMP has it: year to second, and the distance to universal time.
_DATE = re.compile(
    r"(?:D:)?(\d{4})(?:-?(\d\d)(?:-?(\d\d)(?:T?(\d\d):?(\d\d)(?::?(\d\d)(?:\.\d+)?)?)?)?)?"
    r"(?:Z|([-+]\d\d)[:']?(\d\d)?'?)?"
)
# Schemas that a packet of PDF/A-1 to PDF/A-3 describes when it uses them (ISO 19005-3, 6.6.2.3).
_NOT_OF_PDFA = ("pdfuaid:", "pdfxid:", "pdfd:")
_DESCRIBING_PARTS = ("1", "2", "3")
_ID_BYTES = 16
_ICC_HEADER = 128  # bytes; ICC.1:2010, 7.2
_ICC_CLASSES = (b"mntr", b"prtr")
_COMPONENTS = {b"RGB ": 3, b"GRAY": 1, b"CMYK": 4}  # ICC.1:2010, table 19


def identified(examined: Examined) -> Iterator[Found]:
    """The file says what it is, in one voice, and that is what was promised."""
    file = examined.file
    yield from _version(examined)
    identifiers = file.identifiers()
    if len(identifiers[0]) != _ID_BYTES or identifiers[0] != identifiers[1]:
        yield broken(
            "the trailer’s ID is not two equal strings of 16 bytes: saved again since it was built"
        )
    packet = _packet(file)
    if packet is None:
        yield broken("the file has no metadata")
        return
    yield from stored_openly(packet)
    said = read(file.objects.data(packet))
    for fault in said.faults:
        yield broken(fault)
    yield from _one_voice(examined, said)
    yield from _claims(examined, said)
    if any(key.startswith("pdfaid:") for key, _ in said.identification):
        yield from _output_intent(file)
    claims = ", ".join(sorted(f"{key} {value}" for key, value in said.identification))
    yield kept(claims or "it claims no standard")


def title_shown(examined: Examined) -> Iterator[Found]:
    """The title stands in the metadata, and the file asks for it to be shown (ISO 14289-1, 7.1)."""
    file, record = examined.file, examined.record
    preferences = file.objects.dictionary(file.objects.root.get("ViewerPreferences"))
    if preferences.get("DisplayDocTitle") is not True:
        yield broken("the file does not ask for its title to be shown")
    titles = {"the metadata": _said(file).text("dc:title")}
    if "Info" in file.objects.trailer:
        titles["Info"] = file.information("Title")
    for place, title in titles.items():
        if not title.strip():
            yield broken(f"the file has no title in {place}")
        elif record is not None and title != record.title:
            yield broken(f"the title in {place} is {title!r}, not {record.title!r}")
    yield kept(titles["the metadata"])


def language_named(examined: Examined) -> Iterator[Found]:
    """The file says in which language it is (ISO 14289-1, 7.2), and its metadata say the same."""
    file, record = examined.file, examined.record
    language = file.objects.text(file.objects.root.get("Lang")) or ""
    if not language:
        yield broken("the file does not say in which language it is")
    elif record is not None and language.lower() != record.language.lower():
        yield broken(f"the language is {language!r}, not {record.language!r}")
    listed = _said(file).properties.get("dc:language", ())
    if record is not None and not listed:
        yield broken("the metadata do not say in which language the file is")
    elif listed and language.lower() not in (each.lower() for each in listed):
        yield broken(f"the metadata name the language {', '.join(listed)}, not {language!r}")
    yield kept(language)


def _packet(file: FinishedFile) -> Stream | None:
    packet = file.objects.get(file.objects.root.get("Metadata"))
    return packet if type(packet) is Stream else None


def _said(file: FinishedFile) -> Description:
    packet = _packet(file)
    if packet is None:
        return Description({}, frozenset(), frozenset(), ())
    return read(file.objects.data(packet))


def stored_openly(packet: Stream) -> Iterator[Found]:
    """Any program must be able to find the metadata without decoding them (ISO 19005-1, 6.7.2)."""
    if (packet.dictionary.get("Type"), packet.dictionary.get("Subtype")) != ("Metadata", "XML"):
        yield broken("the metadata are not marked as such")
    if "Filter" in packet.dictionary:
        yield broken("the metadata are compressed")


def _one_voice(examined: Examined, said: Description) -> Iterator[Found]:
    file, record = examined.file, examined.record
    keywords = said.text("pdf:Keywords")
    subjects = said.properties.get("dc:subject", ())
    if keywords not in (", ".join(subjects), "; ".join(subjects)):
        yield broken(f"the metadata have the keywords {keywords!r}, and as subjects {subjects!r}")
    if "Info" not in file.objects.trailer:
        if record is not None and not _is_pdf_2_0(file):
            yield broken("the file has no Info dictionary")
        return
    for key, name, between in _PAIRS:
        one, other = file.information(key), said.text(name, between)
        if one != other:
            yield broken(f"Info has the {key} {one!r}, the metadata have {other!r}")
    for key, name in _DATES:
        one, other = file.information(key), said.text(name)
        if _moment(one) != _moment(other):
            yield broken(f"Info has the {key} {one!r}, the metadata have {other!r}")


def _moment(date: str) -> datetime | str:
    """Return the moment that a date of either voice names; what names none, as it stands."""
    match = _DATE.fullmatch(date)
    if match is None:
        return date
    year, month, day, hour, minute, second, hours, minutes = match.groups()
    # datetime itself reads the distance to universal time, and both forms in one.
    written = (
        f"{year}-{month or '01'}-{day or '01'}T{hour or '00'}:{minute or '00'}:{second or '00'}"
        f"{hours or '+00'}:{minutes or '00'}"
    )
    try:
        return datetime.fromisoformat(written).astimezone(UTC)
    except (ValueError, OverflowError):
        return date


def _claims(examined: Examined, said: Description) -> Iterator[Found]:
    """The claims are those promised, all of each, and no others."""
    if said.text("pdfaid:part") in _DESCRIBING_PARTS:
        for key in sorted(said.properties.keys() - said.described):
            if key.startswith(_NOT_OF_PDFA):
                yield broken(f"the metadata use {key} and do not describe it")
    record = examined.record
    if record is None:
        return
    known = known_claims(layouts_directory())
    if unknown := [name for name in record.claims if name not in known]:
        yield not_checked(f"the claim {unknown[0]!r} is of other layouts than those at hand")
        return
    promised = [known[name] for name in record.claims]
    properties = {pair for claim in promised for pair in claim.properties}
    declared = {identifier for claim in promised for identifier in claim.declarations}
    for key, value in sorted(said.identification - properties):
        yield broken(f"the metadata claim {key} {value}, which was not promised")
    for identifier in sorted(said.declarations - declared):
        yield broken(f"the metadata declare {identifier}, which was not promised")
    for claim in promised:
        if not said.makes(claim):
            yield broken(f"the metadata do not make the claim {claim.title}")


def _header(file: FinishedFile) -> str:
    return file.bytes[:8].decode("latin-1")


def _is_pdf_2_0(file: FinishedFile) -> bool:
    return _header(file) == "%PDF-2.0"


def _version(examined: Examined) -> Iterator[Found]:
    record, file = examined.record, examined.file
    header = _header(file)
    if record is not None and header != f"%PDF-{record.pdf_version}":
        yield broken(f"the file begins with {header!r}, not with '%PDF-{record.pdf_version}'")
    version = file.objects.get(file.objects.root.get("Version"))
    if version is not None and version != header.removeprefix("%PDF-"):
        yield broken(f"the catalog names the version {version!r}, the file begins with {header!r}")
    if _is_pdf_2_0(file) and "Info" in file.objects.trailer:
        # ISO 19005-4, 6.1.3
        yield broken("a file of PDF 2.0 has an Info dictionary beside its metadata")


def _output_intent(file: FinishedFile) -> Iterator[Found]:
    """The colours have a meaning: a profile that is in the file and is one (ISO 19005-3, 6.2.3)."""
    objects = file.objects
    intents = [
        objects.dictionary(each) for each in objects.array(objects.root.get("OutputIntents"))
    ]
    ours = [intent for intent in intents if intent.get("S") == "GTS_PDFA1"]
    if len(ours) != 1:
        yield broken(f"{len(ours)} output intents say what the colours mean, not one")
        return
    profile = objects.get(ours[0].get("DestOutputProfile"))
    if type(profile) is not Stream:
        yield broken("the output intent has no colour profile")
        return
    data = objects.data(profile)
    if len(data) <= _ICC_HEADER or int.from_bytes(data[:4], "big") != len(data):
        yield broken("the colour profile of the output intent is not as long as it says")
    elif data[36:40] != b"acsp":
        yield broken("the colour profile of the output intent is no ICC profile")
    elif data[12:16] not in _ICC_CLASSES:
        yield broken("the colour profile of the output intent is not one of a screen or a press")
    elif _COMPONENTS.get(data[16:20]) != profile.dictionary.get("N"):
        yield broken("the colour profile has another number of colours than it says")
