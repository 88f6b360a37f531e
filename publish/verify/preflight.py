"""The print of a finished file is as its product promises: grey, type, rules, margins, pages.

In: a finished file and its record. Out: what is not so, and where. All is measured on the finished
pages, by their operators or by the picture that pdfium makes of them; nothing is taken from a style.
"""

from collections.abc import Iterator

from publish.colours import contrast
from publish.verify.objects import Objects, Reference, Stream, Value
from publish.verify.outcome import Examined, Found, broken, kept, record_of
from publish.verify.painting import Painted, operations, paint
from publish.verify.reading_back import FinishedFile

# Operators that choose a colour otherwise than by g and G, or paint one over another (ISO 32000-1, 8.6.8).
_COLOURED = frozenset(("rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN", "sh"))
_GREY_SPACES = ("DeviceGray", "G")
_WHITE = (1.0, 1.0, 1.0)
_LEAST_DIFFERENCE = 0.01  # points; numbers are written with three decimals or more


def only_grey(examined: Examined) -> Iterator[Found]:
    """No operator chooses a colour, and every picture is of greys: in pages, forms, patterns, fields."""
    file = examined.file
    total = 0
    for place, data in _streams(file):
        for operation in operations(data):
            total += 1
            if operation.operator in _COLOURED:
                yield broken(f"the operator {operation.operator} chooses a colour", place)
                break
            if operation.inline and not _inline_is_grey(operation.inline):
                yield broken("a picture in the page’s content is not of greys", place)
    for stream in _pictures(file.objects):
        if not _is_grey(file.objects, stream):
            yield broken(f"the picture {stream.number} is not in DeviceGray")
    yield kept(f"{total} operators")


def _streams(file: FinishedFile) -> Iterator[tuple[str, bytes]]:
    """Yield every content stream of the file with its place: pages, forms, patterns, glyphs."""
    objects = file.objects
    for number, page in enumerate(file.pages):
        parts = [objects.get(part) for part in objects.array(page.get("Contents"))]
        data = b"\n".join(objects.data(part) for part in parts if type(part) is Stream)
        yield file.page_name(number), data
    drawn_elsewhere = {
        *objects.holding(b"/Form"),
        *objects.holding(b"/PatternType"),
        *_glyph_procedures(objects),
    }
    for number in sorted(drawn_elsewhere):
        found = objects.get(Reference(number))
        if type(found) is not Stream:
            continue
        table = found.dictionary
        if (
            table.get("Subtype") == "Form"
            or "PatternType" in table
            or number in _glyph_procedures(objects)
        ):
            yield f"object {number}", objects.data(found)


def _glyph_procedures(objects: Objects) -> set[int]:
    """Return the numbers of the streams that draw the glyphs of a Type 3 font (9.6.5)."""
    return {
        value.number
        for font in objects.holding(b"/CharProcs")
        for value in objects.dictionary(
            objects.dictionary(Reference(font)).get("CharProcs")
        ).values()
        if type(value) is Reference
    }


def _pictures(objects: Objects) -> Iterator[Stream]:
    for number in objects.holding(b"/Image"):
        found = objects.get(Reference(number))
        if type(found) is Stream and found.dictionary.get("Subtype") == "Image":
            yield found


def _is_grey(objects: Objects, picture: Stream) -> bool:
    mask = objects.get(picture.dictionary.get("ImageMask")) is True
    return mask or objects.get(picture.dictionary.get("ColorSpace")) in _GREY_SPACES


def _inline_is_grey(picture: bytes) -> bool:
    head = picture.partition(b"ID")[0]
    return any(word in head for word in (b"/DeviceGray", b"/CS /G", b"/CS/G", b"/IM true"))


# By the operators of the pages


def _painted(file: FinishedFile) -> Iterator[tuple[str, Painted]]:
    for number, page in enumerate(file.pages):
        name = file.page_name(number)
        for painted in paint(file.objects, page):
            yield name, painted


def text_dark_enough(examined: Examined) -> Iterator[Found]:
    """All text stands out from the white of the paper as promised."""
    least = record_of(examined).preflight.least_contrast
    lowest = 21.0
    for page, painted in _painted(examined.file):
        if painted.kind != "text":
            continue
        if painted.grey is None:
            yield broken("text is set in a colour, whose contrast is not promised", page)
            return
        found = contrast((painted.grey,) * 3, _WHITE)
        lowest = min(lowest, found)
        if found < least:
            yield broken(f"text {_at(painted)} has {found:.2g} : 1 on white", page)
            return
    yield kept(f"{lowest:.3g} : 1 at least")


def rules_thick_enough(examined: Examined) -> Iterator[Found]:
    """No line is thinner than promised, whether it is drawn with a pen or filled."""
    least = record_of(examined).preflight.thinnest_rule
    thinnest = float("inf")
    for page, painted in _painted(examined.file):
        if painted.kind == "text" or painted.grey == 1:
            continue
        thinnest = min(thinnest, painted.size)
        if painted.size < least - _LEAST_DIFFERENCE:
            yield broken(f"a line {_at(painted)} is {painted.size:.2g} points thick", page)
            return
    yield kept(f"{thinnest:.2g} points at least" if thinnest < float("inf") else "no line is drawn")


def type_large_enough(examined: Examined) -> Iterator[Found]:
    """No type is smaller than promised, as it is set on the page."""
    least = record_of(examined).preflight.smallest_type
    sizes = [
        (painted.size, page, painted)
        for page, painted in _painted(examined.file)
        if painted.kind == "text"
    ]
    for size, page, painted in sizes:
        if size < least - _LEAST_DIFFERENCE:
            yield broken(f"type {_at(painted)} is {size:.3g} points", page)
            return
    yield kept(f"{min(size for size, _, _ in sizes):.3g} points at least" if sizes else "no text")


def _at(painted: Painted) -> str:
    across, up = painted.place
    return f"at {across:.0f}, {up:.0f} points from the lower left"


# By the number of pages


def pages_as_promised(examined: Examined) -> Iterator[Found]:
    """The file has as many pages as promised, a blank one at the end not counted."""
    record, file = record_of(examined), examined.file
    wanted, pages = record.preflight, file.page_count - record.padding
    if wanted.pages and pages != wanted.pages:
        yield broken(f"the file has {pages} pages, not {wanted.pages}")
    if wanted.at_most and pages > wanted.at_most:
        yield broken(f"the file has {pages} pages, more than {wanted.at_most}")
    yield kept(f"{pages} pages")


def leaves_whole(examined: Examined) -> Iterator[Found]:
    """Printed on both sides, the file ends with a leaf; what fills it says and draws nothing."""
    record, file = record_of(examined), examined.file
    if file.page_count % 2:
        yield broken(f"the file has {file.page_count} pages, an odd number")
    if not 0 <= record.padding <= 1:
        yield broken(f"{record.padding} blank pages are more than a leaf needs")
    for number in range(max(0, file.page_count - record.padding), file.page_count):
        page: dict[str, Value] = file.pages[number]
        if any(file.drawn[number].everything()) or paint(file.objects, page):
            yield broken("the page that fills the leaf is not blank", file.page_name(number))
        if file.objects.array(page.get("Annots")):
            yield broken("the page that fills the leaf has annotations", file.page_name(number))
    yield kept(f"{file.page_count // 2} leaves, {record.padding} blank pages")
