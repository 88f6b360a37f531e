"""Reads a finished page back with Python’s own parser, which had no part in writing it.

In: the bytes of an HTML file. Out: the document’s passages as a reader meets them, and what leads nowhere.
"""

import re
from html.parser import HTMLParser

from publish.exports.export import Words

_VOID = frozenset({"br", "circle", "hr", "img", "line", "link", "meta", "wbr"})
_EDITORS = frozenset({"a", "sup"})  # within the document they hold the editors’ marks
_CELLS = frozenset({"td", "th"})
_NAMING = re.compile(r"canonical|schema\.\w+")  # links that name something and fetch nothing
_LOADING = {"src", "srcset", "poster", "data", "background", "formaction", "ping"}


class _Reader(HTMLParser):
    """Collects passages, ids, and where links lead, in the order of the file."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.passages: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.fetched: list[str] = []
        self._open: list[str] = []
        self._passage = ""
        self._within = 0  # how many elements were open where the passage began
        self._editors = 0  # the same of the editors’ mark within it
        self._words: list[str] = []
        self._rows: list[list[str]] = []  # of a table: the words of each cell

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._note(tag, given)
        if tag in _VOID:
            return
        self._open.append(tag)
        if self._passage:
            number = "number" in given.get("class", "").split()
            marks = tag in _EDITORS or number or given.get("role") == "doc-pagebreak"
            if marks and not self._editors:
                self._editors = len(self._open)
            if tag == "tr":
                self._rows.append([])
            elif tag in _CELLS and self._rows:
                self._rows[-1].append("")
        elif given.get("id") and "document" in given.get("class", "").split():
            self._passage, self._within = given["id"], len(self._open)

    def _note(self, tag: str, given: dict[str, str]) -> None:
        if "id" in given:
            self.ids.append(given["id"])
        if given.get("href", "").startswith("#"):
            self.targets.append(given["href"][1:])
        loading = [given[name] for name in _LOADING & given.keys()]
        if tag == "link" and not _NAMING.fullmatch(given.get("rel", "")):
            loading.append(given.get("href", ""))
        self.fetched += [address for address in loading if not address.startswith("data:")]
        if tag == "script" and given.get("type") != "application/ld+json":
            self.fetched.append("a script")

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self._open or self._open[-1] != tag:
            raise ValueError(f"</{tag}> closes what is not open")
        if self._editors == len(self._open):
            self._editors = 0
        if self._passage and self._within == len(self._open):
            self.passages.append((self._passage, self._read()))
            self._passage, self._words, self._rows = "", [], []
        self._open.pop()

    def _read(self) -> str:
        if self._rows:  # between rows and cells a file has line ends of its own
            return "\n".join("\t".join(row) for row in self._rows)
        return "".join(self._words).strip(" ")

    def handle_data(self, data: str) -> None:
        if not self._passage or self._editors:
            return
        if self._rows and _CELLS & set(self._open[self._within :]):
            self._rows[-1][-1] += _folded(data)
        else:
            self._words.append(_folded(data))


def _folded(data: str) -> str:
    """Return characters as a browser shows them: a line end is a space, several are one."""
    words = data.replace("\n", " ")
    while "  " in words:
        words = words.replace("  ", " ")
    return words


def _read(data: bytes) -> _Reader:
    reader = _Reader()
    reader.feed(data.decode("utf-8"))
    reader.close()
    return reader


def passages(data: bytes) -> tuple[Words, ...]:
    """Return the document’s passages. Raises ValueError for bytes that are no well-formed page."""
    return tuple(_read(data).passages)


def faults(data: bytes) -> tuple[str, ...]:
    """Return what a reader would stumble over: ids given twice, links to nowhere, anything fetched."""
    reader = _read(data)
    twice = sorted({name for name in reader.ids if reader.ids.count(name) > 1})
    lost = sorted(set(reader.targets) - set(reader.ids))
    return (
        *(f"the id {name!r} is given twice" for name in twice),
        *(f"#{name} leads nowhere" for name in lost),
        *(f"{what} would be fetched or run" for what in reader.fetched),
    )
