"""The files within the file: all that was promised, byte for byte, and nothing else.

In: a finished file, with or without a record. Out: attachments that are missing, changed, badly
described, or not promised.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256

from publish.promises import ExpectedAttachment, Promises
from publish.verify.objects import Objects, Reference, Stream, Value, dictionaries
from publish.verify.outcome import Examined, Found, broken, kept
from publish.verify.reading_back import FinishedFile
from publish.verify.tree import name_tree

_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+", re.ASCII)  # RFC 6838, 4.2
_NAMES = ("F", "UF")

_SOURCE = "Source"  # the file was made from it (ISO 32000-2, 7.11.3)


def all_attached(examined: Examined) -> Iterator[Found]:
    """Every attachment is the one that was promised, and says what it is to the document."""
    objects, record = examined.file.objects, examined.record
    names = objects.dictionary(objects.root.get("Names"))
    entries = [
        (objects.text(key) or "", value)
        for key, value in name_tree(objects, names.get("EmbeddedFiles"))
    ]
    for name, times in Counter(name for name, _ in entries).items():
        if times > 1:
            yield broken(f"{times} attachments have the name {name!r}")
    listed = dict(entries)
    associated = objects.array(objects.root.get("AF"))
    for name, value in listed.items():
        yield from _described(objects, name, value, associated)
    yield from _unlisted(examined.file, listed, associated)
    if record is not None:
        yield from _promised(objects, record, listed)
    yield kept(f"{len(listed)} attachments")


def _streams(objects: Objects, specification: Value) -> dict[str, Value]:
    """Return the references to a file's bytes, by the name that they go with (F, UF)."""
    table = objects.dictionary(specification)
    return objects.dictionary(table.get("EF"))


def _embedded(objects: Objects, specification: Value) -> Stream | None:
    embedded = objects.get(_streams(objects, specification).get("F"))
    return embedded if type(embedded) is Stream else None


def _described(
    objects: Objects, name: str, specification: Value, associated: list[Value]
) -> Iterator[Found]:
    """Yield what is wrong with the description of one attachment (ISO 19005-3, 6.8)."""
    table = objects.dictionary(specification)
    where = f"attachment {name}"
    for key in _NAMES:
        if objects.text(table.get(key)) != name:
            yield broken(f"its {key} is {objects.text(table.get(key))!r}", where)
    if not objects.text(table.get("Desc")):
        yield broken("nothing says what it is (Desc)", where)
    if "AFRelationship" not in table:
        yield broken("nothing says what it is to the document (AFRelationship)", where)
    if specification not in associated:
        yield broken("it is not among the catalog’s associated files (AF)", where)
    stream = _embedded(objects, specification)
    if stream is None:
        yield broken("it has no bytes", where)
        return
    each = [objects.get(value) for value in _streams(objects, specification).values()]
    streams = {found.number: found for found in each if type(found) is Stream}
    if len({objects.data(found) for found in streams.values()}) > 1:
        yield broken("it has other bytes by its other name (EF), and viewers take either", where)
    media_type = objects.get(stream.dictionary.get("Subtype"))
    if type(media_type) is not str or not _MEDIA_TYPE.fullmatch(media_type):
        yield broken(f"its Subtype is no media type, but {media_type!r}", where)
    size = objects.dictionary(stream.dictionary.get("Params")).get("Size")
    if size != len(objects.data(stream)):
        yield broken(f"it has {len(objects.data(stream))} bytes and says {size!r}", where)


def _unlisted(
    file: FinishedFile, listed: Mapping[str, Value], associated: list[Value]
) -> Iterator[Found]:
    """Yield the files that the file has or names, but not in its tree of names."""
    objects = file.objects
    if strange := [value for value in associated if value not in listed.values()]:
        yield broken(f"the catalog associates {len(strange)} files that are not attached (AF)")
    for page, dictionary in enumerate(file.pages):
        for entry in objects.array(dictionary.get("Annots")):
            if objects.dictionary(entry).get("Subtype") == "FileAttachment":
                yield broken("a file is attached to the page", file.page_name(page))
    known = {
        value.number
        for specification in listed.values()
        for value in _streams(objects, specification).values()
        if type(value) is Reference
    }
    carried: set[int] = set()
    for number in sorted({*objects.holding(b"/EmbeddedFile"), *objects.holding(b"/EF")}):
        found = objects.get(Reference(number))
        if type(found) is Stream and found.dictionary.get("Type") == "EmbeddedFile":
            carried.add(number)
        for table in dictionaries(found):
            carried |= {
                value.number
                for value in objects.dictionary(table.get("EF")).values()
                if type(value) is Reference
            }
    for number in sorted(carried - known):
        yield broken(f"the file {number} is embedded, and no name leads to it")


def _promised(objects: Objects, record: Promises, listed: Mapping[str, Value]) -> Iterator[Found]:
    """Yield where the attachments are not those of the record."""
    promised = {wanted.name: wanted for wanted in record.attachments}
    for name in sorted(listed.keys() - promised.keys()):
        yield broken(f"the attachment {name!r} was not promised")
    for name, wanted in promised.items():
        if name not in listed:
            yield broken(f"the attachment {name} is missing")
        else:
            yield from _compared(objects, wanted, listed[name])
    source = record.document.source
    if source.name in listed:
        stream = _embedded(objects, listed[source.name])
        if stream is not None and objects.data(stream) != source.text.encode():
            yield broken(
                "it is not the transcription that the file prints", f"attachment {source.name}"
            )
    elif any(wanted.relationship == _SOURCE for wanted in promised.values()):
        # Whoever made the edition from no files promised none of them.
        yield broken(f"the transcription {source.name} is not among the attachments")


def _compared(
    objects: Objects, wanted: ExpectedAttachment, specification: Value
) -> Iterator[Found]:
    where = f"attachment {wanted.name}"
    stream = _embedded(objects, specification)
    if stream is not None and sha256(objects.data(stream)).hexdigest() != wanted.sha256:
        yield broken("its bytes are not those that were promised", where)
    relationship = objects.dictionary(specification).get("AFRelationship")
    if relationship != wanted.relationship:
        yield broken(f"it is attached as {relationship!r}, not as {wanted.relationship}", where)
