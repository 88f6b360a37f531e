"""Pages of all parts into one writer, in printing order.

In: Parts. Out: a Merged record: the writer, which page became which, and what would be lost.
A part's PDF gives pages and what they draw with; links, places and bookmarks come from its records.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from publish.assemble.objects import array, dictionary
from publish.problems import AssemblyError
from publish.typeset.structure import Link, Part, Rectangle

# The catalog is written anew from the parts' records: an engine's own entries are of no use.
_CATALOG_WRITTEN_ANEW = frozenset(
    {
        "/Type",
        "/Version",
        "/Pages",
        "/PageLabels",
        "/PageLayout",
        "/PageMode",
        "/Names",
        "/Dests",
        "/Outlines",
        "/ViewerPreferences",
        "/Lang",
        "/MarkInfo",
        "/Metadata",
        "/OutputIntents",
        "/StructTreeRoot",
    }
)
_NAMES_WRITTEN_ANEW = frozenset({"/Dests"})

# What a page keeps, and what is written anew. ReportLab gives each page an empty transition
# (/Trans), which means nothing on paper.
_PAGE_KEPT = frozenset(
    {
        "/Type",
        "/MediaBox",
        "/CropBox",
        "/BleedBox",
        "/TrimBox",
        "/ArtBox",
        "/Rotate",
        "/UserUnit",
        "/Resources",
        "/Contents",
        "/Group",
    }
)
_PAGE_WRITTEN_ANEW = ("/Parent", "/Annots", "/StructParents", "/Tabs", "/Trans")


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something of a part's PDF that the finished file would not carry."""

    part: str
    what: str
    page: int | None = None  # in the part's own PDF, from 0; None: of the file as a whole

    def __str__(self) -> str:
        """Return the loss in words; pages are counted from 1, as people do."""
        page = "" if self.page is None else f", page {self.page + 1}"
        return f"{self.what} (part {self.part!r}{page})"


@dataclass(frozen=True, slots=True)
class Merged:
    """All pages in one writer, before anything is written on top of them."""

    writer: PdfWriter
    pages: tuple[PageObject, ...]
    parts: tuple[str, ...]  # per page of the finished file, the part it comes from
    indices: Mapping[tuple[str, int], int]  # part and page of its own PDF → finished page
    dropped: tuple[Dropped, ...]

    def index(self, part: Part, page: int, what: str) -> int:
        """Return the page of the finished file for `page` of the part's own PDF.

        Raises AssemblyError, naming `what` stands on that page, when the part does not print it.
        """
        try:
            return self.indices[part.id, page]
        except KeyError:
            raise AssemblyError(
                f"{what} stands on page {page + 1}, which part {part.id!r} does not print",
                hint=f"It prints the pages {', '.join(str(number + 1) for number in part.pages)}.",
            ) from None

    def reference(self, index: int) -> IndirectObject:
        """Return the reference of a page of the finished file."""
        reference = self.pages[index].indirect_reference
        assert reference is not None  # noqa: S101 - a page of a writer is an indirect object
        return reference


def merge(parts: Sequence[Part]) -> Merged:
    """Return the pages of all parts in one writer, in the order of the parts.

    A PDF that several parts share is read once, so that its fonts and pictures come over once.
    Raises AssemblyError when a part cannot be read, has no page or prints one that is not there.
    """
    _check_ids(parts)
    writer = PdfWriter()
    readers: dict[bytes, PdfReader] = {}
    printed: dict[tuple[bytes, int], Part] = {}
    for part in parts:
        if part.pdf not in readers:
            readers[part.pdf] = _read(part)
        source = readers[part.pdf].pages
        for page in part.pages:
            _check_page(part, page, len(source), printed.get((part.pdf, page)))
            printed[part.pdf, page] = part
            writer.add_page(source[page], excluded_keys=_PAGE_WRITTEN_ANEW)
    return Merged(
        writer=writer,
        pages=tuple(writer.pages),
        parts=tuple(part.id for part in printed.values()),
        indices={(part.id, page): index for index, ((_, page), part) in enumerate(printed.items())},
        dropped=tuple(_losses(readers, printed)),
    )


def _check_page(part: Part, page: int, count: int, other: Part | None) -> None:
    """Refuse a page that is not there, and one that stands in the file already."""
    if not 0 <= page < count:
        raise AssemblyError(f"part {part.id!r} prints page {page + 1} of a PDF of {count} pages")
    if other is not None:
        # Its marked content would be reached from two places of the structure.
        raise AssemblyError(
            f"part {part.id!r} prints page {page + 1} of its PDF,"
            f" which part {other.id!r} prints already"
        )


def _check_ids(parts: Sequence[Part]) -> None:
    """Refuse two parts of one name, and a part without a page."""
    seen: set[str] = set()
    for part in parts:
        if part.id in seen:
            raise AssemblyError(f"two parts are called {part.id!r}")
        if not part.pages:
            raise AssemblyError(f"part {part.id!r} has no page")
        seen.add(part.id)
    if not seen:
        raise AssemblyError("there is no part to assemble")


def _read(part: Part) -> PdfReader:
    """Return a reader of the part's PDF. Raises AssemblyError when it is none."""
    try:
        reader = PdfReader(BytesIO(part.pdf), strict=True)
        len(reader.pages)
    except PyPdfError as problem:
        raise AssemblyError(f"the PDF of part {part.id!r} cannot be read: {problem}") from problem
    return reader


def _losses(
    readers: Mapping[bytes, PdfReader], printed: Mapping[tuple[bytes, int], Part]
) -> Iterator[Dropped]:
    """Iterate over all that the parts' PDFs hold and the finished file would not."""
    owners = {part.id: part for part in printed.values()}
    areas = {name: _link_areas(part) for name, part in owners.items()}
    for pdf, reader in readers.items():
        first = next(part for part in owners.values() if part.pdf == pdf)
        yield from _catalog_losses(first.id, reader)
        for page, source in enumerate(reader.pages):
            if (pdf, page) in printed:
                part = printed[pdf, page].id
                yield from _page_losses(part, page, source, areas[part].get(page, []))
            else:
                yield Dropped(first.id, "a page that no part prints", page)


def _link_areas(part: Part) -> dict[int, list[Rectangle]]:
    """Return where the part's recorded links stand: page of its own PDF → rectangles."""
    areas: dict[int, list[Rectangle]] = {}
    for top in part.structure:
        for node in top.walk():
            for kid in node.kids:
                if isinstance(kid, Link):
                    areas.setdefault(kid.page, []).append(kid.rectangle)
    return areas


def _catalog_losses(part: str, reader: PdfReader) -> Iterator[Dropped]:
    catalog = reader.root_object
    for key in catalog:
        if key not in _CATALOG_WRITTEN_ANEW:
            yield Dropped(part, f"the catalog entry {key}")
    for key in catalog.get("/Names", dictionary({})).get_object():
        if key not in _NAMES_WRITTEN_ANEW:
            yield Dropped(part, f"the name tree {key}")


def _page_losses(
    part: str, number: int, page: PageObject, areas: Sequence[Rectangle]
) -> Iterator[Dropped]:
    for key in page:
        if key not in _PAGE_KEPT and key not in _PAGE_WRITTEN_ANEW:
            yield Dropped(part, f"the page entry {key}", number)
    for entry in page.get("/Annots", array(())).get_object():
        annotation = entry.get_object()
        if annotation.get("/Subtype") != "/Link":
            yield Dropped(part, f"an annotation {annotation.get('/Subtype')}", number)
        elif not any(_covers(area, annotation["/Rect"]) for area in areas):
            yield Dropped(part, f"a link to {_target(annotation)}", number)


def _covers(area: Rectangle, drawn: ArrayObject) -> bool:
    """Say whether the middle of an engine's own link annotation lies in a recorded link."""
    one_x, one_y, other_x, other_y = (float(number) for number in drawn)
    left, bottom, right, top = area
    return left <= (one_x + other_x) / 2 <= right and bottom <= (one_y + other_y) / 2 <= top


def _target(annotation: DictionaryObject) -> str:
    """Return where an engine's own link annotation leads, for a message."""
    action = annotation.get("/A", dictionary({})).get_object()
    return repr(str(action.get("/URI") or action.get("/D") or annotation.get("/Dest")))
