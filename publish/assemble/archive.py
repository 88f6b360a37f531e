"""What the file says of itself: description, claims, colours, sources, a stable identity.

In: a job, its parts and a date. Out: entries in the catalog and the trailer.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from uuid import NAMESPACE_URL, UUID, uuid5

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject

from publish import __version__, profiles
from publish.assemble import xmp
from publish.assemble.embedded_files import write_attachments
from publish.assemble.objects import TRUE, array, compressed, dictionary, integer, name, plain, text
from publish.assemble.pypdf_private import add, identify
from publish.attachments import attached
from publish.layouts import Job
from publish.press_profiles import press_profile
from publish.standards import GREY
from publish.typeset.structure import Part

_ID_BYTES = 16  # as long as the MD5 digest that ISO 32000-1, 14.4 has in mind


def write_archive_entries(
    writer: PdfWriter, job: Job, parts: Sequence[Part], created: datetime
) -> None:
    """Write description, claims, output intent, language, attachments, viewer preferences, identity.

    Raises AssemblyError for a claim that this press cannot make, LayoutError for a colour profile
    that layouts/ does not declare, ValueError when `created` has no time zone.
    """
    description = xmp.describe(job.edition, created, job.title, job.language)
    press = xmp.Press(_document_id(job)) if job.standard.for_press else None
    # ISO 19005-4, 6.1.3: a file of PDF/A-4 has no Info dictionary; XMP says it all.
    writer.metadata = None if job.standard.later_pdf else xmp.info(description)
    if press is not None:
        _say_untrapped(writer)
    packet = plain(
        xmp.packet(description, job.standard.claims, press),
        {"Type": name("Metadata"), "Subtype": name("XML")},
    )
    catalog = writer.root_object
    catalog[name("Metadata")] = add(writer, packet)
    if job.standard.colour != GREY:
        catalog[name("OutputIntents")] = array((_output_intent(writer, job),))
    catalog[name("Lang")] = text(job.language)
    preferences = {"DisplayDocTitle": TRUE}
    # ISO 32000-1, table 150: without it a viewer proposes to fit pages to the paper.
    scaling = {"PrintScaling": name("None")} if job.true_size else {}
    catalog[name("ViewerPreferences")] = dictionary({**preferences, **scaling})
    write_attachments(writer, attached(job), created)
    writer.pdf_header = f"%PDF-{job.standard.pdf_version}"
    identify(writer, _digest(job, parts, created))


def _document_id(job: Job) -> UUID:
    """Return the name of the document, whichever state of it this is: always the same one.

    No clock and no chance: a name within the edition's own (RFC 4122, 4.3).
    """
    return uuid5(NAMESPACE_URL, f"urn:cablepress:{job.edition.id}:{job.file_name}")


def _say_untrapped(writer: PdfWriter) -> None:
    """Say that the shop is to trap the plates (ISO 15930-7, 6.14); pypdf would write a string."""
    information = writer._info  # noqa: SLF001 - pypdf has no public way to the dictionary
    if information is not None:
        information[name("Trapped")] = name("False")


def _output_intent(writer: PdfWriter, job: Job) -> DictionaryObject:
    """Return what the file's colours mean (ISO 19005-3, 6.2.3; ISO 15930-7, 6.8)."""
    press = job.standard.for_press
    profile = press_profile(job) if press else profiles.load(job.standard.colour)
    stream = compressed(profile.data, {"N": integer(profile.components)})
    return dictionary(
        {
            "Type": name("OutputIntent"),
            "S": name("GTS_PDFX" if press else "GTS_PDFA1"),
            "OutputConditionIdentifier": text(profile.condition),
            "RegistryName": text(profile.registry),
            "Info": text(profile.info),
            "DestOutputProfile": add(writer, stream),
        }
    )


def _digest(job: Job, parts: Sequence[Part], created: datetime) -> bytes:
    """Return the file's identity: a digest of all that goes into it.

    Chance has no part in it, and a digest of the finished file would have to contain itself.
    """
    digest = sha256()
    for piece in _ingredients(job, parts, created):
        digest.update(len(piece).to_bytes(8))
        digest.update(piece)
    return digest.digest()[:_ID_BYTES]


def _ingredients(job: Job, parts: Sequence[Part], created: datetime) -> Iterator[bytes]:
    edition = job.edition
    yield repr((__version__, edition.id, edition.version, job.file_name, job.standard)).encode()
    yield repr(
        (
            xmp.describe(edition, created, job.title, job.language),
            sorted(job.recorded_options.items()),
        )
    ).encode()
    for carried in attached(job):
        yield repr((carried.name, carried.relationship)).encode() + carried.data
    if job.standard.for_press:
        yield press_profile(job).data
    yield from dict.fromkeys(part.pdf for part in parts)
    for part in parts:
        records = (part.id, part.pages, part.bookmarks, part.destinations, part.labels)
        yield repr((*records, part.structure)).encode()
