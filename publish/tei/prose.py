"""The editors' Markdown as TEI.

In: a text of light Markdown and the element that is to hold it. Out: paragraphs, lists and quotations, and
in them titles, emphasis, references and citations. What TEI has no place for (an underscore where others
write an asterisk, blank lines at the ends) stays in a processing instruction, so that the same Markdown comes
back letter by letter.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, cast

from lxml import etree
from lxml.etree import _Element as Element

from publish.languages import by_language
from publish.markdown import CITATION, cited_works
from publish.model import ForeignPhrase
from publish.tei.elements import UNSEEN, add, add_text, checked
from publish.tei.names import MARKDOWN
from publish.tei.prose_back import block_markdown, kept_spelling, line_markdown

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_OPEN, _CLOSE = (
    "\ue000",
    "\ue001",
)  # private use: around the number of a citation, while Markdown is parsed


Cited = tuple[tuple[str, str], ...]  # key and place of each work of one citation


class _UnknownError(Exception):
    """A token that `publish.markdown.check` refuses: its text is kept as it is written."""


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": True}).disable(
        ["lheading", "code", "fence", "reference"]
    )


def titles_of(descriptions: Iterable[str]) -> frozenset[str]:
    """Return the words that descriptions of works emphasise: those are titles wherever they are emphasised."""
    found: set[str] = set()
    for words in descriptions:
        for token in _parser().parseInline(words):
            found.update(_emphasised(token.children or []))
    return frozenset(found)


def _emphasised(tokens: Sequence["Token"]) -> Iterator[str]:
    for index, token in enumerate(tokens):
        if token.type == "em_open":
            yield _words(tokens[index + 1 : _end(tokens, index)])


def _end(tokens: Sequence["Token"], opening: int) -> int:
    """Return the index of the token that closes what `opening` opens."""
    depth = 0
    for index in range(opening, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    raise _UnknownError


def _words(tokens: Sequence["Token"]) -> str:
    return "".join(token.content for token in tokens if token.type == "text")


@dataclass(frozen=True, slots=True)
class Prose:
    """What the editors' words need to become TEI: which emphasised words are titles, which are foreign."""

    titles: frozenset[str] = frozenset()
    foreign: Sequence[ForeignPhrase] = field(default=())

    def block(self, parent: Element, text: str) -> None:
        """Add blocks of Markdown to `parent`, which holds nothing but a head or a label."""
        if not text:
            return
        _Filling(self, text).blocks(parent)
        _keep_spelling(parent, text, block_markdown(parent))

    def line(self, parent: Element, text: str) -> None:
        """Add one line of Markdown to `parent`, which is empty."""
        if not text:
            return
        _Filling(self, text).line(parent)
        _keep_spelling(parent, text, line_markdown(parent))


def _keep_spelling(parent: Element, text: str, plain: str) -> None:
    """Note in a processing instruction what `plain`, as it would come back, lacks of `text`."""
    if plain == text:
        return
    before, middle, after = text.partition(plain) if plain else ("", "", "")
    only_edges = middle and not before.strip() and not after.strip()
    kept = {"before": before, "after": after} if only_edges else {"text": text}
    # A processing instruction ends at ?>, and knows no references.
    data = json.dumps(kept, ensure_ascii=False).replace("?>", "?\\u003e")
    data = UNSEEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", data)
    instruction = etree.ProcessingInstruction(MARKDOWN, checked(data))
    # It stands first, and the words that stood first follow it.
    instruction.tail, parent.text = parent.text, None
    parent.insert(0, instruction)


class _Filling:
    """The state of one text on its way into TEI: its citations are set aside while Markdown is parsed."""

    def __init__(self, prose: Prose, text: str) -> None:
        self.prose = prose
        self.source = text
        self.citations: list[Cited] = []
        self.text = text if _OPEN in text or _CLOSE in text else CITATION.sub(self._aside, text)

    def _aside(self, match: re.Match[str]) -> str:
        self.citations.append(cited_works(match))
        return f"{_OPEN}{len(self.citations) - 1}{_CLOSE}"

    def blocks(self, parent: Element) -> None:
        count = len(parent)
        try:
            self._blocks(parent, _parser().parse(self.text))
        except _UnknownError:
            del parent[count:]
            add(parent, "p", self.source)

    def line(self, parent: Element) -> None:
        try:
            for token in _parser().parseInline(self.text):
                self._inline(parent, token.children or [])
        except _UnknownError:
            del parent[:]
            parent.text = checked(self.source)

    def _blocks(self, parent: Element, tokens: Sequence["Token"]) -> None:
        open_elements = [parent]
        for token in tokens:
            here = open_elements[-1]
            if token.type == "inline":
                self._inline(here, token.children or [])
            elif token.type == "hr":
                add(here, "milestone", attributes={"unit": "section"})
            elif token.nesting > 0:
                open_elements.append(_opened(here, token))
            elif token.nesting < 0:
                open_elements.pop()
            else:
                raise _UnknownError

    def _inline(self, parent: Element, tokens: Sequence["Token"]) -> None:
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.nesting > 0:
                end = _end(tokens, index)
                inner = tokens[index + 1 : end]
                self._inline(self._span(parent, token, inner), inner)
                index = end
            else:
                self._leaf(parent, token)
            index += 1

    def _span(self, parent: Element, token: "Token", inner: Sequence["Token"]) -> Element:
        if token.type == "em_open":
            if _words(inner) in self.prose.titles:
                return add(parent, "title")
            return add(parent, "hi", attributes={"rend": "italic"})
        if token.type == "strong_open":
            return add(parent, "hi", attributes={"rend": "bold"})
        if token.type == "link_open":
            return add(parent, "ref", attributes={"target": self._restored(token, "href")})
        raise _UnknownError

    def _leaf(self, parent: Element, token: "Token") -> None:
        if token.type == "text":
            self._text(parent, token.content)
        elif token.type == "softbreak":
            add_text(parent, "\n")
        elif token.type == "hardbreak":
            add(parent, "lb")
        elif token.type == "image":
            figure = add(parent, "figure")
            add(figure, "graphic", attributes={"url": self._restored(token, "src")})
            add(figure, "figDesc", token.content)
        else:
            raise _UnknownError

    def _set_aside(self, number: str) -> Cited:
        """Return a citation that was set aside; an entity can write what looks like one."""
        if not number.isdecimal() or int(number) >= len(self.citations):
            raise _UnknownError
        return self.citations[int(number)]

    def _restored(self, token: "Token", attribute: str) -> str:
        address = str(token.attrs.get(attribute, ""))
        if _OPEN in token.content or "%EE%80%80" in address:  # a citation within a link or picture
            raise _UnknownError
        return address

    def _text(self, parent: Element, text: str) -> None:
        parts = _parted(text) if self.citations else [text]
        for number, part in enumerate(parts):
            if number % 2:
                self._citation(parent, self._set_aside(part))
                continue
            for words, language in by_language(part, self.prose.foreign):
                if language:
                    add(parent, "foreign", words, lang=language)
                else:
                    add_text(parent, words)

    def _citation(self, parent: Element, works: Cited) -> None:
        if len(works) > 1:
            parent = add(parent, "seg", attributes={"type": "citation"})
        for key, place in works:
            attributes = {"type": "citation", "target": f"#bib-{key}"}
            cited = add(parent, "ref", attributes=attributes)
            for token in _parser().parseInline(place):
                self._inline(cited, token.children or [])


def _opened(parent: Element, token: "Token") -> Element:
    match token.type:
        case "paragraph_open":
            return parent if token.hidden else add(parent, "p")
        case "bullet_list_open":
            return add(parent, "list", attributes={"rend": "bulleted"})
        case "ordered_list_open":
            start = str(cast("int | str", token.attrs.get("start", "")))
            return add(parent, "list", attributes={"rend": "numbered", "n": start})
        case "list_item_open":
            return add(parent, "item")
        case "blockquote_open":
            return add(parent, "quote")
    raise _UnknownError


def _parted(text: str) -> list[str]:
    """Return words and numbers of citations in turn."""
    return text.replace(_CLOSE, _OPEN).split(_OPEN)


class ContradictionError(Exception):
    """The Markdown that is kept of a text, and its words in TEI, are not the same. Its argument: the element."""


def read_block(element: Element) -> str:
    """Return the Markdown of the blocks in `element`, letter by letter as it was.

    Raises ContradictionError where words were changed and the Markdown that is kept of them was not, and
    UnknownElementError for an element that prose of ours never has.
    """
    return _read(element, block=True)


def read_line(element: Element) -> str:
    """Return the line of Markdown in `element`; it raises what `read_block` does."""
    return _read(element, block=False)


def _read(element: Element, *, block: bool) -> str:
    markdown = block_markdown if block else line_markdown
    plain = markdown(element)
    try:
        kept = kept_spelling(element)
    except ValueError:
        raise ContradictionError(element) from None
    if "text" not in kept:
        before, after = kept.get("before", ""), kept.get("after", "")
        if before.strip() or after.strip():
            raise ContradictionError(element)
        return before + plain + after
    again = etree.Element(element.tag)
    filling = _Filling(Prose(), kept["text"])
    filling.blocks(again) if block else filling.line(again)
    if markdown(again) != plain:
        raise ContradictionError(element)
    return kept["text"]
