"""All that assembly takes from pypdf's private API (pypdf 7.1.0), and nothing else.

tests/test_assemble_contract.py says which of these promises a new release of pypdf breaks.
"""

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, ByteStringObject, IndirectObject, PdfObject


def add(writer: PdfWriter, thing: PdfObject) -> IndirectObject:
    """Make `thing` an indirect object of the file and return its reference.

    Objects are numbered in the order in which they are added. Public calls of pypdf add only what
    they know: pages, attachments, outline items.
    """
    return writer._add_object(thing)  # noqa: SLF001 - see the module's docstring


def identify(writer: PdfWriter, digest: bytes) -> None:
    """Set both strings of the trailer's /ID to `digest` (16 bytes; ISO 32000-1, 14.4).

    The public call, generate_file_identifiers(), takes a random number.
    """
    identifier = ByteStringObject(digest)
    writer._ID = ArrayObject([identifier, identifier])  # noqa: SLF001 - see the module's docstring
