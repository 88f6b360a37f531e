"""A finished file, read back by pdfium, which had no part in writing it.

In: the bytes of a PDF. Out: its objects as pdfium saves them again, what its pages draw, its
structure tree; and, asked of pdfium itself, bookmarks, destinations, page labels and page text.
"""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from types import TracebackType
from typing import Any, NamedTuple, Self

import pypdfium2.raw as pdfium

from publish.problems import PromiseError, SourceError, Where
from publish.verify.characters import Characters
from publish.verify.drawing import Drawn, Fonts, draw
from publish.verify.objects import Objects, Reference, Value
from publish.verify.tree import Tree, name_tree, read_tree

_LONGEST_TEXT = 1 << 16  # bytes of a title, name or label; longer ones are read in a second call
_DEEPEST_OUTLINE = 20
_DEEPEST_PAGE_TREE = 40
_MOST_BOOKMARKS = 100_000
_AGAIN = "Build it, or fetch it, again."
UNLOCK = "Take the password off, or fetch the file as it was built."
_REFUSALS = {
    2: ("cannot be read", _AGAIN),
    3: ("begins as a PDF file, and is cut short or damaged beyond reading", _AGAIN),
    4: ("is locked with a password", UNLOCK),
    5: ("is locked in a way that pdfium does not know", UNLOCK),
}


class OutlineEntry(NamedTuple):
    """A bookmark as pdfium finds it. `page` counts from 0; -1 where it opens nothing."""

    level: int
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class LinkAnnotation:
    """A link on a page, as its annotation has it."""

    number: int  # of the annotation's object; 0 where it is not an object of its own
    page: int
    target: str  # a destination's name or a web address; empty where it has neither
    opens: int  # the page it opens, from 0; -1: none
    contents: str
    external: bool
    rectangle: tuple[float, ...] = ()  # left, bottom, right, top


class OpenPage(NamedTuple):
    """pdfium's handles of a page and of its text, good until the file is closed."""

    page: Any
    text: Any


class FinishedFile:
    """A PDF file, open in pdfium until the `with` block ends. Pages count from 0."""

    def __init__(self, pdf: bytes, path: str = "") -> None:
        self._where = Where(path) if path else None
        if not pdf:
            raise SourceError("is empty", where=self._where, hint=_AGAIN)
        if b"%PDF-" not in pdf[:1024]:
            raise SourceError("is not a PDF file", where=self._where)
        self.bytes = pdf  # pdfium reads from them as long as the document is open
        self._document = pdfium.FPDF_LoadMemDocument64(pdf, len(pdf), None)
        if not self._document:
            why, hint = _REFUSALS.get(pdfium.FPDF_GetLastError(), ("cannot be opened", _AGAIN))
            raise SourceError(why, where=self._where, hint=hint)
        self.page_count = int(pdfium.FPDF_GetPageCount(self._document))
        self._open_pages: dict[int, OpenPage] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let pdfium go of the file."""
        for opened in self._open_pages.values():
            pdfium.FPDFText_ClosePage(opened.text)
            pdfium.FPDF_ClosePage(opened.page)
        self._open_pages.clear()
        if self._document:
            pdfium.FPDF_CloseDocument(self._document)
            self._document = None

    @cached_property
    def objects(self) -> Objects:
        """The objects of the file, as pdfium saves them. Raises PromiseError when it cannot."""
        saved = bytearray()

        def write(_writer: Any, data: int, size: int) -> int:
            saved.extend(ctypes.string_at(data, size))
            return 1

        writer = pdfium.FPDF_FILEWRITE()
        writer.version = 1
        writer.WriteBlock = type(writer.WriteBlock)(write)
        options = pdfium.FPDF_NO_INCREMENTAL | pdfium.FPDF_REMOVE_SECURITY
        if not pdfium.FPDF_SaveAsCopy(self._document, writer, options):
            raise PromiseError("pdfium cannot read all of the file’s objects")
        return Objects(bytes(saved))

    @cached_property
    def pages(self) -> list[dict[str, Value]]:
        """The dictionaries of the pages."""
        return [self.objects.dictionary(Reference(number)) for number in self.page_numbers]

    @cached_property
    def page_numbers(self) -> dict[int, int]:
        """Object number → page. Raises PromiseError when the tree of pages is not whole."""
        numbers: dict[int, int] = {}
        seen: set[int] = set()
        waiting = [self.objects.root.get("Pages")]
        while waiting:
            value = waiting.pop()
            if type(value) is not Reference or value.number in seen:
                raise PromiseError("the tree of pages is not whole")
            seen.add(value.number)
            node = self.objects.dictionary(value)
            if "Kids" in node:
                waiting += reversed(self.objects.array(node["Kids"]))
            else:
                numbers[value.number] = len(numbers)
        if len(numbers) != self.page_count:
            raise PromiseError("the tree of pages is not whole")
        return numbers

    @cached_property
    def drawn(self) -> list[Drawn]:
        """What each page draws. Raises PromiseError naming the page that cannot be read."""
        pages: list[Drawn] = []
        for page, dictionary in enumerate(self.pages):
            try:
                pages.append(draw(self.objects, self._fonts, dictionary))
            except PromiseError as problem:
                raise PromiseError(f"{self.page_name(page)}: {problem.message}") from None
        return pages

    @cached_property
    def _fonts(self) -> Fonts:
        return Fonts(self.objects)

    def used_fonts(self) -> tuple[Characters, ...]:
        """Return the fonts in which the pages draw text."""
        return self._fonts.all() if self.drawn else ()

    @cached_property
    def tree(self) -> Tree:
        """The structure tree."""
        return read_tree(self.objects, self.page_numbers)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The pages' labels; empty ones where a page has none."""
        return tuple(
            _text(pdfium.FPDF_GetPageLabel, self._document, page) for page in range(self.page_count)
        )

    def page_name(self, page: int) -> str:
        """Return how a reader finds a page: its number from 1, and its label where that differs."""
        if not 0 <= page < self.page_count:
            return "no page"
        label = self.labels[page]
        return f"page {page + 1}" + (f" ({label})" if label not in ("", str(page + 1)) else "")

    def information(self, key: str) -> str:
        """Return an entry of the information dictionary ("Title"), or nothing."""
        return _text(pdfium.FPDF_GetMetaText, self._document, key.encode())

    def identifiers(self) -> tuple[bytes, bytes]:
        """Return both strings of the trailer's ID, as the file itself has them."""
        return (
            _bytes(pdfium.FPDF_GetFileIdentifier, self._document, pdfium.FILEIDTYPE_PERMANENT),
            _bytes(pdfium.FPDF_GetFileIdentifier, self._document, pdfium.FILEIDTYPE_CHANGING),
        )

    @property
    def encrypted(self) -> bool:
        """Say whether the file is encrypted, even if without a password."""
        return int(pdfium.FPDF_GetSecurityHandlerRevision(self._document)) != -1

    def open_page(self, page: int) -> OpenPage:
        """Return pdfium's handles of a page, which several promises ask about: it is read once.

        Raises PromiseError when pdfium cannot read the page.
        """
        if page not in self._open_pages:
            loaded = pdfium.FPDF_LoadPage(self._document, page)
            if not loaded:
                raise PromiseError(f"{self.page_name(page)} cannot be read by pdfium")
            self._open_pages[page] = OpenPage(loaded, pdfium.FPDFText_LoadPage(loaded))
        return self._open_pages[page]

    def page_text(self, page: int) -> str:
        """Return pdfium's own text of a page: the second reader, which follows its own rules.

        Raises PromiseError when pdfium cannot read the page.
        """
        text_page = self.open_page(page).text
        count = max(0, int(pdfium.FPDFText_CountChars(text_page)))
        buffer = (ctypes.c_ushort * (count * 2 + 1))()  # characters beyond U+FFFF take two
        written = pdfium.FPDFText_GetText(text_page, 0, count, buffer) if count else 1
        return bytes(buffer)[: max(0, (written - 1) * 2)].decode("utf-16-le", "replace")

    def outline(self) -> Iterator[OutlineEntry]:
        """Yield the bookmarks in order, the outermost at level 1."""
        seen: set[int] = set()
        stack = [(1, pdfium.FPDFBookmark_GetFirstChild(self._document, None))]
        while stack:
            level, bookmark = stack.pop()
            if not bookmark:
                continue
            place = ctypes.cast(bookmark, ctypes.c_void_p).value or 0
            if place in seen or len(seen) > _MOST_BOOKMARKS or level > _DEEPEST_OUTLINE:
                raise PromiseError("the bookmarks go round in a circle")
            seen.add(place)
            yield OutlineEntry(
                level, _text(pdfium.FPDFBookmark_GetTitle, bookmark), self._opened_by(bookmark)
            )
            stack.append((level, pdfium.FPDFBookmark_GetNextSibling(self._document, bookmark)))
            stack.append((level + 1, pdfium.FPDFBookmark_GetFirstChild(self._document, bookmark)))

    def destinations(self) -> dict[str, int]:
        """Return name → page of the named destinations; -1 where pdfium finds no page."""
        found: dict[str, int] = {}
        buffer = ctypes.create_string_buffer(_LONGEST_TEXT)
        for index in range(pdfium.FPDF_CountNamedDests(self._document)):
            size = ctypes.c_long(_LONGEST_TEXT)
            place = pdfium.FPDF_GetNamedDest(self._document, index, buffer, size)
            name = buffer.raw[: max(0, size.value)].decode("utf-16-le", "replace").rstrip("\0")
            found[name] = self._page_of(place)
        return found

    def points(self) -> dict[str, tuple[float, float]]:
        """Return name → left and top of the named destinations that show a point (XYZ)."""
        names = self.objects.dictionary(self.objects.root.get("Names"))
        found: dict[str, tuple[float, float]] = {}
        for key, value in name_tree(self.objects, names.get("Dests")):
            place = self.objects.get(value)
            if type(place) is dict:  # PDF 2.0: a place on the page and one in the structure
                place = self.objects.get(place.get("D"))
            listed = place if type(place) is list else []
            point = self._numbers(listed[2:4])
            if listed[1:2] == ["XYZ"] and len(point) == 2:
                found[self.objects.text(key) or ""] = (point[0], point[1])
        return found

    def _numbers(self, value: Value) -> tuple[float, ...]:
        listed = (self.objects.get(entry) for entry in self.objects.array(value))
        return tuple(float(number) for number in listed if isinstance(number, int | float))

    def links(self) -> Iterator[LinkAnnotation]:
        """Yield the link annotations, page by page."""
        for page, dictionary in enumerate(self.pages):
            for value in self.objects.array(dictionary.get("Annots")):
                annotation = self.objects.dictionary(value)
                if annotation.get("Subtype") == "Link":
                    number = value.number if type(value) is Reference else 0
                    yield self._link(annotation, page, number)

    def _link(self, annotation: dict[str, Value], page: int, number: int) -> LinkAnnotation:
        contents = self.objects.text(annotation.get("Contents")) or ""
        action = self.objects.dictionary(annotation.get("A"))
        corners = self._numbers(annotation.get("Rect"))
        if action.get("S") == "URI":
            address = self.objects.text(action.get("URI")) or ""
            return LinkAnnotation(number, page, address, -1, contents, True, corners)
        wanted = action.get("D") if action.get("S") == "GoTo" else annotation.get("Dest")
        target, opens = self.goal(wanted)
        return LinkAnnotation(number, page, target, opens, contents, False, corners)

    def box(self, page: int) -> tuple[float, ...]:
        """Return left, bottom, right and top of what is shown of a page; nothing without a box."""
        for key in ("CropBox", "MediaBox"):
            node = self.pages[page]
            for _ in range(_DEEPEST_PAGE_TREE):
                if key in node or "Parent" not in node:
                    break
                node = self.objects.dictionary(node["Parent"])
            if corners := self._numbers(node.get(key)):
                return corners
        return ()

    def goal(self, wanted: Value) -> tuple[str, int]:
        """Return the name and the page of a destination, which may also be a page's own array."""
        found = self.objects.get(wanted)
        if type(found) is list and found and type(found[0]) is Reference:
            return "", self.page_numbers.get(found[0].number, -1)
        name = found if type(found) is str else self.objects.text(found)
        if not name:
            return "", -1
        place = pdfium.FPDF_GetNamedDestByName(self._document, name.encode("utf-8", "replace"))
        return name, self._page_of(place)

    def _opened_by(self, bookmark: Any) -> int:
        place = pdfium.FPDFBookmark_GetDest(self._document, bookmark)
        if not place:
            action = pdfium.FPDFBookmark_GetAction(bookmark)
            place = pdfium.FPDFAction_GetDest(self._document, action) if action else None
        return self._page_of(place)

    def _page_of(self, place: Any) -> int:
        if not place:
            return -1
        page = int(pdfium.FPDFDest_GetDestPageIndex(self._document, place))
        return page if 0 <= page < self.page_count else -1


def _text(ask: Callable[..., int], *arguments: Any) -> str:
    """Return a text that pdfium writes as UTF-16 with a closing zero into a buffer of ours."""
    size = 512
    buffer = ctypes.create_string_buffer(size)
    needed = int(ask(*arguments, buffer, size))
    if needed > size:
        buffer = ctypes.create_string_buffer(needed)
        needed = int(ask(*arguments, buffer, needed))
    return buffer.raw[: max(0, needed - 2)].decode("utf-16-le", "replace")


def _bytes(ask: Callable[..., int], *arguments: Any) -> bytes:
    """Return bytes that pdfium writes, with a closing zero, into a buffer of ours."""
    size = int(ask(*arguments, None, 0))
    buffer = ctypes.create_string_buffer(max(1, size))
    written = int(ask(*arguments, buffer, size))
    return buffer.raw[: max(0, written - 1)]
