"""Fields to be filled in: those that were promised, each with its words, its place and its own appearance.

In: a finished file and its record. Out: fields that are missing, unpromised, prefilled, misplaced, silent
to a listener, or left to the reader's program to draw.
"""

from collections.abc import Iterator
from typing import NamedTuple

from publish.promises import ExpectedField
from publish.verify.objects import Reference, Stream, Value
from publish.verify.outcome import Examined, Found, broken, kept, record_of
from publish.verify.reading_back import FinishedFile
from publish.verify.tree import Annotation

_PRINT, _NOT_ON_PAPER = 4, 1 | 2 | 32  # invisible, hidden, no view (ISO 32000-1, table 165)
_MULTILINE, _READ_ONLY = 1 << 12, 1  # tables 221 and 228
_TYPES = {"text": "Tx", "lines": "Tx", "check": "Btn"}
_HALF_POINT = 0.5


class _Widget(NamedTuple):
    number: int
    page: int
    table: dict[str, Value]


def fields_stand(examined: Examined) -> Iterator[Found]:
    """The file has the promised fields, empty, each as a listener and a printer need it."""
    file, record = examined.file, record_of(examined)
    objects = file.objects
    found = {objects.text(w.table.get("T")) or "": w for w in _widgets(file)}
    form = objects.dictionary(objects.root.get("AcroForm"))
    listed = {v.number for v in objects.array(form.get("Fields")) if type(v) is Reference}
    in_tree = {
        kid.number: element.type
        for element in file.tree.elements
        for kid in element.kids
        if type(kid) is Annotation
    }
    for name in sorted(found.keys() - {field.name for field in record.fields}):
        yield broken(f"the field {name!r} was not promised", file.page_name(found[name].page))
    for field in record.fields:
        if field.name not in found:
            yield broken(f"the field {field.name!r} is missing")
            continue
        widget = found[field.name]
        where = file.page_name(widget.page)
        if widget.number not in listed:
            yield broken(f"the field {field.name!r} is not in the file’s form", where)
        if in_tree.get(widget.number) != "Form":
            yield broken(f"the field {field.name!r} is no Form of the structure", where)
        for fault in _faults(file, field, widget):
            yield broken(f"the field {field.name!r} {fault}", where)
    yield kept(f"{len(record.fields)} fields")


def _widgets(file: FinishedFile) -> Iterator[_Widget]:
    for page, dictionary in enumerate(file.pages):
        for value in file.objects.array(dictionary.get("Annots")):
            table = file.objects.dictionary(value)
            if table.get("Subtype") == "Widget":
                number = value.number if type(value) is Reference else 0
                yield _Widget(number, page, table)


def _faults(file: FinishedFile, field: ExpectedField, widget: _Widget) -> Iterator[str]:
    objects, table = file.objects, widget.table
    if widget.page + 1 != field.page:
        yield f"stands on page {widget.page + 1}, not {field.page}"
    told = objects.text(table.get("TU")) or ""
    if told != field.told:
        yield f"says {told!r} to a listener, not {field.told!r}"
    if objects.get(table.get("FT")) != _TYPES[field.kind]:
        yield f"is no field for {field.kind}"
    flags, of_field = objects.get(table.get("F")), objects.get(table.get("Ff")) or 0
    if type(flags) is not int or not flags & _PRINT or flags & _NOT_ON_PAPER:
        yield "is not seen, or not printed"
    if type(of_field) is not int or of_field & _READ_ONLY:
        yield "cannot be filled in"
    elif bool(of_field & _MULTILINE) != (field.kind == "lines"):
        yield "takes another number of lines"
    corners = [objects.get(corner) for corner in objects.array(table.get("Rect"))]
    numbers = [corner for corner in corners if isinstance(corner, int | float)]
    if len(numbers) != 4 or any(
        abs(one - other) > _HALF_POINT for one, other in zip(numbers, field.rectangle, strict=True)
    ):
        yield "stands in another place"
    if objects.get(table.get("V")) not in (None, b"", "Off"):
        yield "is filled in already"
    if not _drawn(file, table):
        yield "has no appearance of its own"


def _drawn(file: FinishedFile, table: dict[str, Value]) -> bool:
    """Say whether a widget has its appearances: one, or one for each of its states."""
    objects = file.objects
    normal = objects.get(objects.dictionary(table.get("AP")).get("N"))
    if type(normal) is not dict:
        return type(normal) is Stream
    state = objects.get(table.get("AS"))
    return state in normal and all(type(objects.get(v)) is Stream for v in normal.values())
