"""Holds an imposed file to its record: its pages in order, whole, grey where promised, and no claim.

In: bytes and the record. Out: Results, as `verify` gives them of other files. What each page says was
verified on the file that was imposed.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from publish.finish.imposition import NO_CLAIM
from publish.finish.record import Imposed, load_imposed
from publish.finish.seeing import Area, seen
from publish.finish.sheets import PAIRS, Cell, Side
from publish.problems import PromiseError, SourceError, Where
from publish.promises import digest, path_beside
from publish.verify import Verification
from publish.verify.description import read
from publish.verify.objects import Stream
from publish.verify.outcome import Examined, Result, State
from publish.verify.preflight import only_grey
from publish.verify.reading_back import FinishedFile

TITLES = {
    "record": "The file is the one that its record describes",
    "unclaimed": "The file claims nothing, and says so",
    "order": "The pages lie in the order in which the sheets are read",
    "text": "All letters of each page are found in its place",
    "whole": "Nothing of a page is clipped",
    "grey": "Nothing is drawn but grey",
}
_SLACK = 1.0  # points; a picture of 180 pixels to the inch tells no more
_STRUCTURE = ("StructTreeRoot", "MarkInfo", "AcroForm", "OutputIntents", "AF")

Faults = Iterator[str]


def check_imposed(pdf: bytes, record: Imposed) -> tuple[Result, ...]:
    """Return what becomes of each promise of an imposed file."""
    with FinishedFile(pdf) as file:
        checks: dict[str, Callable[[], Faults]] = {
            "record": lambda: _record(pdf, record),
            "unclaimed": lambda: _unclaimed(file),
            "order": lambda: _order(file, record),
            "text": lambda: _text(file, record),
            "whole": lambda: _whole(file, record),
        }
        if record.grey:
            checks["grey"] = lambda: (
                found.detail
                for found in only_grey(Examined(file, None))
                if found.state is State.BROKEN
            )
        return tuple(result for code, check in checks.items() for result in _told(code, check))


def examine_imposed(path: Path) -> Verification:
    """Check an imposed file by the record beside it.

    Raises SourceError when the file cannot be read, and when its record is damaged.
    """
    try:
        pdf = path.read_bytes()
    except OSError as problem:
        raise SourceError(f"cannot be read: {problem.strerror}", where=Where(str(path))) from None
    record = load_imposed(path_beside(path))
    return Verification(digest(pdf), len(record.sides), check_imposed(pdf, record), (), ())


def _told(code: str, check: Callable[[], Faults]) -> Iterator[Result]:
    try:
        faults = list(check())
    except PromiseError as problem:
        faults = [f"the file cannot be read: {problem.message}"]
    yield from (Result(code, State.BROKEN, fault) for fault in faults)
    if not faults:
        yield Result(code, State.KEPT, "")


def _record(pdf: bytes, record: Imposed) -> Faults:
    if digest(pdf) != record.sha256:
        yield "the file was changed after it was made"


def _unclaimed(file: FinishedFile) -> Faults:
    objects = file.objects
    for key in _STRUCTURE:
        if key in objects.root:
            yield f"the catalog has {key}, whose places are lost"
    for number, page in enumerate(file.pages):
        if objects.array(page.get("Annots")):
            yield f"{file.page_name(number)} has annotations, whose places are lost"
    packet = objects.get(objects.root.get("Metadata"))
    if type(packet) is not Stream:
        yield "the file has no metadata"
        return
    said = read(objects.data(packet))
    for key, value in sorted(said.identification):
        yield f"the metadata claim {key} {value}"
    if NO_CLAIM not in (said.text("dc:description"), file.information("Subject")):
        yield "the file does not say that it claims nothing"


def _order(file: FinishedFile, record: Imposed) -> Faults:
    pairs = [
        tuple(page for page in pair if page) for pair in PAIRS[record.impose](len(record.pages))
    ]
    found = [tuple(cell.page for cell in side.cells) for side in record.sides]
    for number, (wanted, pages) in enumerate(zip(pairs, found, strict=False), 1):
        if wanted != pages:
            yield f"side {number} has the pages {pages}, not {wanted}"
    if not len(pairs) == len(found) == file.page_count:
        yield f"the file has {file.page_count} sides, not {len(pairs)}"


def _cells(file: FinishedFile, record: Imposed) -> Iterator[tuple[int, Cell, Area]]:
    """Yield each cell with its side and the half of it that is the cell's own."""
    for number, side in enumerate(record.sides):
        if number < file.page_count:
            for cell in side.cells:
                yield number, cell, _half(side, cell)


def _half(side: Side, cell: Cell) -> Area:
    middle = side.width / 2
    left, right = (0.0, middle) if cell.left < middle else (middle, side.width)
    return Area(left, 0.0, right, side.height)


def _text(file: FinishedFile, record: Imposed) -> Faults:
    for number, cell, area in _cells(file, record):
        wanted, found = record.pages[cell.page - 1], seen(file, number, area)
        if found.sha256 != wanted.sha256:
            yield (
                f"page {cell.page} on side {number + 1} has {found.letters} letters that are not "
                f"its {wanted.letters}"
            )


def _whole(file: FinishedFile, record: Imposed) -> Faults:
    """Each page's ink lies where it should, so that none is clipped and none lies beside it."""
    for number, cell, area in _cells(file, record):
        ink = record.pages[cell.page - 1].ink
        offset = (cell.left, cell.bottom, cell.left, cell.bottom)
        wanted = [edge * cell.scale + moved for edge, moved in zip(ink, offset, strict=False)]
        found = seen(file, number, area).ink
        if len(found) != len(wanted) or any(
            abs(one - other) > _SLACK for one, other in zip(found, wanted, strict=False)
        ):
            yield f"page {cell.page} on side {number + 1} is clipped, or lies elsewhere"
    for number, side in enumerate(record.sides):
        free = [half for half in _halves(side) if all(_half(side, c) != half for c in side.cells)]
        for half in free:
            if number < file.page_count and seen(file, number, half).ink:
                yield f"side {number + 1} has ink where no page lies"


def _halves(side: Side) -> tuple[Area, Area]:
    middle = side.width / 2
    return Area(0.0, 0.0, middle, side.height), Area(middle, 0.0, side.width, side.height)
