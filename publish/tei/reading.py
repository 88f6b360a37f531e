"""A TEI file as it is read: parsed without trust, and asked for what it must hold.

No document type, no entity, no network and no file beside it: the bytes alone are read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from lxml import etree
from lxml.etree import _Element as Element

from publish.markdown import check, check_citations, check_line
from publish.model import Work
from publish.problems import SourceError, Where
from publish.tei.elements import children, name_of, qualified
from publish.tei.names import APPLICATION, ENCODING, ID
from publish.tei.prose import ContradictionError, read_block, read_line
from publish.tei.prose_back import UnknownElementError

LARGEST_FILE = 40_000_000  # bytes; ten times the longest transcription that is read


@dataclass(frozen=True, slots=True)
class TeiFile:
    """A file of ours while it is read. What it lacks is refused with its line."""

    path: Path
    root: Element

    def fail(self, element: Element | None, message: str, hint: str = "") -> SourceError:
        """Return (for raising) an error at an element."""
        line = int(element.sourceline or 0) if element is not None else 0
        return SourceError(message, where=Where(str(self.path), line), hint=hint)

    def find(self, parent: Element, path: str, **attributes: str) -> Element | None:
        """Return the first element at `path` (names with / between them) that has these attributes."""
        for found in self.every(parent, path, **attributes):
            return found
        return None

    def need(self, parent: Element, path: str, **attributes: str) -> Element:
        """Return what `find` does. Raises SourceError where there is none."""
        found = self.find(parent, path, **attributes)
        if found is None:
            kind = "".join(f" of the {key} {value!r}" for key, value in attributes.items())
            raise self.fail(
                parent,
                f"<{name_of(parent)}> lacks <{path}>{kind}",
                "Take the file as the press wrote it.",
            )
        return found

    def every(self, parent: Element, path: str, **attributes: str) -> Iterator[Element]:
        """Yield the elements at `path` that have these attributes, in their order."""
        steps = "/".join(qualified(name) for name in path.split("/"))
        for found in parent.iterfind(steps):
            if all((found.get(key) or "") == value for key, value in attributes.items()):
                yield found

    def words(self, parent: Element, path: str, **attributes: str) -> str:
        """Return the text of the first such element, "" where there is none."""
        found = self.find(parent, path, **attributes)
        return "" if found is None else found.text or ""

    def all_words(self, parent: Element, path: str, **attributes: str) -> tuple[str, ...]:
        """Return the text of each such element."""
        return tuple(found.text or "" for found in self.every(parent, path, **attributes))

    def attribute(self, element: Element, name: str) -> str:
        """Return an attribute. Raises SourceError where it is not there."""
        value = element.get(name)
        if value is None:
            shown = "xml:id" if name == ID else name
            raise self.fail(element, f"<{name_of(element)}> lacks the attribute {shown}")
        return value

    def key(self, element: Element, prefix: str) -> str:
        """Return the key in an identifier: of `note-first` with the prefix `note-`, `first`."""
        identifier = self.attribute(element, ID)
        if not identifier.startswith(prefix):
            raise self.fail(element, f"the identifier {identifier!r} should begin with {prefix!r}")
        return identifier.removeprefix(prefix)

    def moment(self, element: Element, name: str) -> datetime:
        """Return the moment in an attribute, with its distance to universal time."""
        value = self.attribute(element, name)
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            moment = datetime.min  # noqa: DTZ901 — as good as none: it has no distance either
        if moment.utcoffset() is None:
            raise self.fail(element, f"{value!r} is no moment with its distance to universal time")
        return moment

    def day(self, element: Element, name: str) -> date:
        """Return the day in an attribute."""
        value = self.attribute(element, name)
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise self.fail(element, f"there is no such day as {value!r}") from None

    def number(self, element: Element, name: str) -> int:
        """Return the whole number in an attribute."""
        value = self.attribute(element, name)
        try:
            return int(value)
        except ValueError:
            raise self.fail(element, f"{value!r} is no whole number") from None

    def pointer(self, element: Element, name: str) -> str:
        """Return the identifier to which an attribute points."""
        return self.attribute(element, name).removeprefix("#")


@dataclass(frozen=True, slots=True)
class ProseReader:
    """The editors' prose of a file, checked as that of a seed folder is."""

    file: TeiFile
    works: dict[str, Work]

    def block(self, element: Element) -> str:
        """Return the Markdown of blocks. Pictures are looked for beside the file."""
        path, line = str(self.file.path), int(element.sourceline or 0)
        text = self._read(element, block=True)
        check(text, path, line, self.file.path.parent)
        self._check_citations(element, text)
        return text

    def line(self, element: Element | None) -> str:
        """Return a line of Markdown; "" where there is no element."""
        if element is None:
            return ""
        text = self._read(element, block=False)
        check_line(text, self.works, Where(str(self.file.path), int(element.sourceline or 0)))
        return text

    def _check_citations(self, element: Element, text: str) -> None:
        check_citations(text, self.works, str(self.file.path), int(element.sourceline or 0))

    def _read(self, element: Element, *, block: bool) -> str:
        try:
            return read_block(element) if block else read_line(element)
        except UnknownElementError as problem:
            unknown: Element = problem.args[0]
            raise self.file.fail(
                unknown,
                f"<{name_of(unknown)}> is no element of the editors’ prose",
                "Known are p, list, item, quote, milestone, hi, title, ref, foreign, lb, figure.",
            ) from None
        except ContradictionError:
            raise self.file.fail(
                element,
                "the words here are not those of the Markdown that is kept beside them",
                "Take the processing instruction <?markdown …?> out; it only keeps a spelling.",
            ) from None


def parse(path: Path, data: bytes) -> TeiFile:
    """Return a file of ours.

    Raises SourceError for what is too large, is no XML or has a document type, and for TEI of others.
    """
    if len(data) > LARGEST_FILE:
        raise SourceError(
            f"the file has {len(data):,} bytes; at most {LARGEST_FILE:,} are read",
            where=Where(str(path)),
            hint="Is this the right file?",
        )
    parser = etree.XMLParser(
        encoding="utf-8",  # whatever the file says: ours are, and no other way leads round the check
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
    )
    try:
        # Before it is parsed: an entity that is declared costs time even where none is put in.
        if b"<!DOCTYPE" in data:
            raise SourceError(
                "a document type is declared in the file",
                where=Where(str(path), data[: data.index(b"<!DOCTYPE")].count(b"\n") + 1),
                hint="Take it out; TEI that the press wrote has none, and none is read.",
            )
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        raise SourceError(
            f"this is no well-formed XML ({problem.msg.rstrip('.')})".replace("\n", " "),
            where=Where(str(path), problem.lineno or 0),
            hint="Is the file whole?",
        ) from None
    file = TeiFile(path, root)
    _check_ours(file)
    return file


def _check_ours(file: TeiFile) -> None:
    if file.root.tag != qualified("TEI"):
        raise file.fail(file.root, "this is XML, but no TEI", "Give TEI that `publish` wrote.")
    applications = file.root.iterfind(".//" + qualified("application"))
    ours = [entry for entry in applications if entry.get("ident") == APPLICATION]
    if not ours:
        raise file.fail(
            file.root,
            "this TEI was not written by this press, and no other is read",
            "Give a seed folder, or TEI that `publish` wrote.",
        )
    if (version := ours[0].get("version")) != ENCODING:
        raise file.fail(
            ours[0],
            f"the file is in the encoding {version!r}; this press reads {ENCODING!r}",
            "Read it with the press of its day, or write it anew from its seed.",
        )


def elements_of(file: TeiFile, element: Element) -> Iterator[Element]:
    """Yield the elements in one that holds nothing else. Raises SourceError for words between them."""
    loose = (element.text or "") + "".join(kid.tail or "" for kid in element)
    if loose.strip():
        raise file.fail(
            element,
            f"the words {loose.strip()[:30]!r} stand directly in <{name_of(element)}>",
            "Words of the document stand in its passages only.",
        )
    yield from (kid for kid in element if isinstance(kid.tag, str))


def typed_words(element: Element, name: str) -> Iterator[tuple[str, str]]:
    """Yield type and text of the children of that name."""
    for kid in children(element, name):
        yield kid.get("type") or "", kid.text or ""
