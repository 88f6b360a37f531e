"""Fields to be filled in: a widget each, with its own appearance, and the form that holds them together.

In: a Field of the structure and its page. Out: a widget annotation that is a field too (ISO 32000-1,
12.5.6.19 and 12.7), and the catalog's AcroForm. A reader need not make any appearance: empty fields
have theirs, and NeedAppearances, which PDF/A forbids, is not there.
"""

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, IndirectObject, PdfObject

from publish.assemble.field_font import write_field_font
from publish.assemble.objects import (
    array,
    byte_string,
    compressed,
    dictionary,
    integer,
    name,
    rectangle,
    text,
)
from publish.assemble.pypdf_private import add
from publish.fonts import Face
from publish.problems import AssemblyError
from publish.typeset.structure import Field, FieldKind, Part, Rectangle

_PRINT = 4  # ISO 32000-1, table 165
_MULTILINE = 1 << 12  # table 228
_FONT = "Franklin"
_SIZE = 10  # points
_SETTING = f"/{_FONT} {_SIZE} Tf 0 g"
_ON, _OFF = "Yes", "Off"


class FormWriter:
    """Collects the fields of a file, and writes the form that they belong to when all are there."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._fields: list[IndirectObject] = []
        self._owners: dict[str, str] = {}  # name of a field → its part
        self._font: IndirectObject | None = None

    def widget(self, field: Field, part: Part, page: IndirectObject) -> DictionaryObject:
        """Return the widget of a field on `page`.

        Raises AssemblyError for a field without a name, words or area, for one whose name another
        has (they would share what is typed), and where the part names no face to type in.
        """
        self._check(field, part)
        entries: dict[str, PdfObject] = {
            "Type": name("Annot"),
            "Subtype": name("Widget"),
            "Rect": rectangle(field.rectangle),
            "F": integer(_PRINT),
            "P": page,
            "T": byte_string(field.name),
            "TU": text(field.told),
            "Contents": text(field.told),  # ISO 14289-2, 8.10.2.3, of a field without a Lbl
        }
        if field.kind is FieldKind.CHECK:
            return dictionary(entries | self._check_box(field.rectangle))
        if field.kind is FieldKind.LINES:
            entries["Ff"] = integer(_MULTILINE)
        assert part.field_face is not None  # noqa: S101 - checked above
        font = self._font_of(part.field_face)
        return dictionary(entries | self._text_box(field.rectangle, font))

    def enter(self, widget: DictionaryObject) -> IndirectObject:
        """Add a widget to the file and to its form; return its reference."""
        reference = add(self._writer, widget)
        self._fields.append(reference)
        return reference

    def finish(self) -> None:
        """Write the form, where there is a field."""
        if not self._fields:
            return
        form: dict[str, PdfObject] = {"Fields": array(self._fields)}
        if self._font is not None:
            form["DR"] = dictionary({"Font": dictionary({_FONT: self._font})})
            form["DA"] = byte_string(_SETTING)
        self._writer.root_object[name("AcroForm")] = add(self._writer, dictionary(form))

    def _check(self, field: Field, part: Part) -> None:
        place = f"on page {field.page + 1} of part {part.id!r}"
        left, bottom, right, top = field.rectangle
        if not field.name.isascii() or not field.name:
            raise AssemblyError(f"a field {place} is called {field.name!r}, which is no plain name")
        if field.name in self._owners:
            raise AssemblyError(
                f"the field {field.name!r} {place} stands in part {self._owners[field.name]!r} too"
            )
        if not field.told.strip():
            raise AssemblyError(
                f"the field {field.name!r} {place} does not say what it asks for",
                hint="Give its element a title (ISO 14289-1, 7.18.4).",
            )
        if left >= right or bottom >= top:
            raise AssemblyError(f"the field {field.name!r} {place} has no area")
        if part.field_face is None and field.kind is not FieldKind.CHECK:
            raise AssemblyError(
                f"the field {field.name!r} {place} has no face to be filled in with"
            )
        self._owners[field.name] = part.id

    def _font_of(self, face: Face) -> IndirectObject:
        if self._font is None:
            self._font = add(self._writer, write_field_font(self._writer, face))
        return self._font

    def _text_box(self, place: Rectangle, font: IndirectObject) -> dict[str, PdfObject]:
        """Return what makes a widget a field for text, empty as it is."""
        resources = dictionary({"Font": dictionary({_FONT: font})})
        empty = self._appearance(place, b"/Tx BMC\nEMC", resources)
        return {
            "FT": name("Tx"),
            "DA": byte_string(_SETTING),
            "AP": dictionary({"N": add(self._writer, empty)}),
        }

    def _check_box(self, place: Rectangle) -> dict[str, PdfObject]:
        """Return what makes a widget a check box: a cross of two strokes, or nothing."""
        left, bottom, right, top = place
        width, height = right - left, top - bottom
        inset = 0.22 * min(width, height)
        low, wide, high = inset, width - inset, height - inset
        cross = (
            f"q 0 G 1.2 w 1 J {low:.2f} {low:.2f} m {wide:.2f} {high:.2f} l "
            f"{low:.2f} {high:.2f} m {wide:.2f} {low:.2f} l S Q"
        )
        states = {
            _ON: add(self._writer, self._appearance(place, cross.encode("ascii"))),
            _OFF: add(self._writer, self._appearance(place, b"")),
        }
        return {
            "FT": name("Btn"),
            "V": name(_OFF),
            "AS": name(_OFF),
            "AP": dictionary({"N": dictionary(states)}),
        }

    def _appearance(
        self, place: Rectangle, drawing: bytes, resources: DictionaryObject | None = None
    ) -> PdfObject:
        left, bottom, right, top = place
        return compressed(
            drawing,
            {
                "Type": name("XObject"),
                "Subtype": name("Form"),
                "BBox": rectangle((0, 0, right - left, top - bottom)),
                "Resources": resources or dictionary({}),
            },
        )
