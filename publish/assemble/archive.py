"""What makes the file fit for an archive: description, claims, colours, sources, a stable identity.

In: a job, its parts and a date. Out: entries in the catalog and the trailer.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject

from publish import __version__
from publish.assemble import profiles, xmp
from publish.assemble.embedded_files import write_attachments
from publish.assemble.objects import TRUE, array, compressed, dictionary, integer, name, plain, text
from publish.assemble.pypdf_private import add, identify
from publish.attachments import attached
from publish.layouts import GREY, Job, Standard
from publish.typeset.structure import Part

_ID_BYTES = 16  # as long as the MD5 digest that ISO 32000-1, 14.4 has in mind


def write_archive_entries(
    writer: PdfWriter, job: Job, parts: Sequence[Part], created: datetime
) -> None:
    """Write description, claims, output intent, language, attachments, viewer preferences, identity.

    Raises AssemblyError for a claim that this press cannot make, LayoutError for a colour profile
    that layouts/ does not declare, ValueError when `created` has no time zone.
    """
    description = xmp.describe(job.edition, created, job.title)
    # ISO 19005-4, 6.1.3: a file of PDF/A-4 has no Info dictionary; XMP says it all.
    writer.metadata = None if job.standard.later_pdf else xmp.info(description)
    packet = plain(
        xmp.packet(description, job.standard.claims),
        {"Type": name("Metadata"), "Subtype": name("XML")},
    )
    catalog = writer.root_object
    catalog[name("Metadata")] = add(writer, packet)
    if job.standard.colour != GREY:
        catalog[name("OutputIntents")] = array((_output_intent(writer, job.standard),))
    catalog[name("Lang")] = text(job.edition.language)
    catalog[name("ViewerPreferences")] = dictionary({"DisplayDocTitle": TRUE})
    write_attachments(writer, attached(job), created)
    writer.pdf_header = f"%PDF-{job.standard.pdf_version}"
    identify(writer, _digest(job, parts, created))


def _output_intent(writer: PdfWriter, standard: Standard) -> DictionaryObject:
    """Return what the file's colours mean (ISO 19005-3, 6.2.3)."""
    profile = profiles.load(standard.colour)
    stream = compressed(profile.data, {"N": integer(profile.components)})
    return dictionary(
        {
            "Type": name("OutputIntent"),
            "S": name("GTS_PDFA1"),
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
    yield repr((xmp.describe(edition, created, job.title), sorted(job.options.items()))).encode()
    for carried in attached(job):
        yield repr((carried.name, carried.relationship)).encode() + carried.data
    yield from dict.fromkeys(part.pdf for part in parts)
    for part in parts:
        records = (part.id, part.pages, part.bookmarks, part.destinations, part.labels)
        yield repr((*records, part.structure)).encode()
