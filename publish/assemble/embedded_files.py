"""Files within the file: each named, described, and said to be what it is to the document.

In: Attachments. Out: the name tree of embedded files and the catalog's associated files
(ISO 32000-2, 7.11.4 and 14.13).
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, IndirectObject

from publish.assemble.objects import (
    array,
    byte_string,
    compressed,
    dictionary,
    integer,
    name,
    text,
)
from publish.assemble.pypdf_private import add
from publish.attachments import Attachment
from publish.problems import AssemblyError


def write_attachments(writer: PdfWriter, attached: Sequence[Attachment], created: datetime) -> None:
    """Embed the files and associate them with the document; `created` is the date they bear.

    Raises AssemblyError for two files of one name, and for a name that is not ASCII: the name tree
    is sorted by bytes, and every system must be able to write the file out again.
    """
    if not attached:
        return
    references: dict[str, IndirectObject] = {}
    for file in attached:
        if file.name in references:
            raise AssemblyError(f"two files to be attached are called {file.name!r}")
        if not file.name.isascii():
            raise AssemblyError(
                f"the file {file.name!r} cannot be attached: its name is not ASCII",
                hint="Give it a name of plain letters, digits, - and _.",
            )
        references[file.name] = add(writer, _specification(writer, file, created))
    leaf = array(
        thing
        for key in sorted(references, key=str.encode)
        for thing in (byte_string(key), references[key])
    )
    catalog = writer.root_object
    names = catalog.setdefault(name("Names"), dictionary({}))
    names[name("EmbeddedFiles")] = add(writer, dictionary({"Names": leaf}))
    catalog[name("AF")] = array(references.values())


def _specification(writer: PdfWriter, file: Attachment, created: datetime) -> DictionaryObject:
    stream = compressed(
        file.data,
        {
            "Type": name("EmbeddedFile"),
            "Subtype": name(file.type),
            "Params": dictionary(
                {
                    "Size": integer(len(file.data)),
                    "ModDate": byte_string(created.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")),
                }
            ),
        },
    )
    embedded = add(writer, stream)
    return dictionary(
        {
            "Type": name("Filespec"),
            "F": byte_string(file.name),
            "UF": text(file.name),
            "Desc": text(file.description),
            "AFRelationship": name(file.relationship),
            "EF": dictionary({"F": embedded, "UF": embedded}),
        }
    )
