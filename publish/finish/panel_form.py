"""A panel cut into forms: each shows a part of it, and a file's pages show the forms.

In: a panel without type, and sheets that ask for forms by name. Out: the sheets with the forms. Of the letters a form
has those that it shows; with all of them a file would be as slow as it has sheets.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, IndirectObject

from publish.assemble.objects import compressed, dictionary, integer, name, rectangle
from publish.assemble.pypdf_private import add
from publish.problems import RenderingError
from publish.typeset.structure import Rectangle

# As MarkedCanvas writes them, each on a line. Within a form they would be content that no element reaches.
_MARKS: Final = re.compile(rb"(?m)^(?:/\w+ <<[^\n]*>> BDC|EMC)[ \t\r]*\n")
_TYPE: Final = re.compile(rb"(?m)^BT\b|\bTj\b")
# A letter as ReportLab writes it: a line of moves, lines and curves, and one that fills it.
_LETTER: Final = re.compile(rb"(?m)^(n (?:[-.\d]+ |[mlch] )+h)[ \t]*\n(f\*?)[ \t]*$")
_NUMBER: Final = re.compile(rb"[-.\d]+")


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A piece of the panel's content, and where its letter lies; None where it is to be kept everywhere."""

    content: bytes
    box: Rectangle | None

    def meets(self, area: Rectangle) -> bool:
        """Say whether it can be seen in an area."""
        if self.box is None:
            return True
        left, bottom, right, top = self.box
        return left <= area[2] and right >= area[0] and bottom <= area[3] and top >= area[1]


def with_panel(sheets: bytes, panel: bytes, forms: Mapping[str, Rectangle]) -> bytes:
    """Return `sheets` with forms of the first page of `panel`, by name, each showing an area of it.

    Raises RenderingError where the panel has type, whose words would then be on sheets that cut them.
    """
    page = PdfReader(BytesIO(panel)).pages[0]
    drawn = _content(page)
    writer = PdfWriter()
    writer.append(BytesIO(sheets))
    held = page["/Resources"].get_object()
    assert isinstance(held, DictionaryObject)  # noqa: S101 - ISO 32000-1, table 30
    resources = add(writer, held.clone(writer))
    made = {name: _form(writer, drawn, area, resources) for name, area in forms.items()}
    for sheet in writer.pages:
        contents = sheet.get_contents()
        asked = contents.get_data() if contents is not None else b""
        held = sheet["/Resources"].get_object()
        assert isinstance(held, DictionaryObject)  # noqa: S101 - ISO 32000-1, table 30
        named = {key: form for key, form in made.items() if f"/{key} Do".encode() in asked}
        held[name("XObject")] = dictionary(named)
    finished = BytesIO()
    writer.write(finished)
    return finished.getvalue()


def _content(page: PageObject) -> tuple[_Drawn, ...]:
    contents = page.get_contents()
    # Not `if contents`: a stream of pypdf's is a dictionary, and one without entries counts as false.
    drawn = _MARKS.sub(b"", contents.get_data() if contents is not None else b"")
    if not drawn.strip():
        raise RenderingError("the panel is empty")
    if _TYPE.search(drawn):
        raise RenderingError("a panel on many sheets would have type, not its outlines")
    return tuple(_pieces(drawn))


def _pieces(drawn: bytes) -> Iterator[_Drawn]:
    """Yield letters, each with its place, and what stands between them.

    Letters within a saved state (q … Q) may be moved by it, and are kept.
    """
    end = depth = 0
    for match in _LETTER.finditer(drawn):
        between = drawn[end : match.start()]
        yield _Drawn(between, None)
        words = between.split()
        depth += words.count(b"q") - words.count(b"Q")
        yield _Drawn(match[0], None if depth else _box(match[1]))
        end = match.end()
    yield _Drawn(drawn[end:], None)


def _box(path: bytes) -> Rectangle:
    numbers = [float(number) for number in _NUMBER.findall(path)]
    across, up = numbers[::2], numbers[1::2]
    return min(across), min(up), max(across), max(up)


def _form(
    writer: PdfWriter, drawn: Sequence[_Drawn], area: Rectangle, resources: IndirectObject
) -> IndirectObject:
    entries = {
        "Type": name("XObject"),
        "Subtype": name("Form"),
        "FormType": integer(1),
        "BBox": rectangle(area),
        "Resources": resources,
    }
    content = b"".join(one.content for one in drawn if one.meets(area))
    return add(writer, compressed(content, entries))
