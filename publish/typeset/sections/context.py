"""What every section of the reading edition may ask for, and small pieces of HTML they share."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from publish.departures import Passage, Rendered
from publish.layouts import Job
from publish.markdown import inline_html, to_html
from publish.model import Edition, Work
from publish.typeset.structure import Positions

LINK_SCHEME = (
    "cable:"  # an anchor of another part; assembly makes it a link, and refuses one left over
)

_COUNTS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


@dataclass(frozen=True, slots=True)
class Context:
    """The edition as a section sees it."""

    job: Job
    reading: Rendered
    facsimile: Rendered | None  # None: the product has no facsimile
    positions: Positions
    prefix: str  # of the facsimile's page labels
    works: Mapping[str, Work]

    @property
    def edition(self) -> Edition:
        """Return the edition."""
        return self.job.edition

    def markdown(self, text: str) -> str:
        """Return the HTML of the editors' Markdown."""
        from pathlib import Path

        return to_html(text, self.works, Path(self.edition.document.source.path).parent)

    def line(self, text: str) -> str:
        """Return the HTML of one line of the editors' Markdown."""
        return inline_html(text, self.works)


@dataclass(frozen=True, slots=True)
class Section:
    """A section as HTML, with the title it has in contents, bookmarks and running head."""

    id: str
    title: str
    html: str
    level: int = 2  # of its bookmark
    entries: tuple[tuple[str, str], ...] = ()  # (destination, title) of bookmarks below it
    listed: bool = True  # in the contents
    kind: str = ""  # its class in the style sheet, where several sections share one; else its id


def element(tag: str, content: str, **attributes: str) -> str:
    """Return an element. `content` is HTML; attributes are plain words.

    Python's names stand for HTML's: `css` for class, `data_tag` for data-tag. `data_tag` is the type that
    the element has in the finished file's structure, `data_space="after"` asks for a space after it.
    """
    names = {"css": "class"}
    written = "".join(
        f' {names.get(name, name.replace("_", "-"))}="{escape(value)}"'
        for name, value in attributes.items()
        if value
    )
    return f"<{tag}{written}>{content}</{tag}>"


def count(number: int) -> str:
    """Return a small number in words, a larger one in figures."""
    return _COUNTS[number] if number < len(_COUNTS) else str(number)


def times(number: int) -> str:
    """Return "once", "twice", "three times"."""
    return {1: "once", 2: "twice"}.get(number, f"{count(number)} times")


def paragraph_reference(block_id: str, closing: str = "") -> str:
    """Return a link to a block of the reading text, written as its number; `closing` is heard after it."""
    number = block_id.removeprefix("p")
    spoken = f"Paragraph {number}"
    return element(
        "a", f"¶ {escape(number)}", href=f"#{block_id}", title=spoken, data_actual=spoken + closing
    )


def lemma(html: str, css: str, spoken: str) -> str:
    """Return the words that a note is about, closed by a bracket for the eye, by a pause for the ear."""
    return element("span", f"{html}]", css=css, data_tag="Span", data_actual=f"{spoken}: ")


def shortened(words: str) -> str:
    """Return a long lemma as its first and last words."""
    words = words.strip()
    if len(words) <= 60:
        return words
    every = words.split()
    return f"{' '.join(every[:3])} … {' '.join(every[-2:])}" if len(every) > 5 else words


def passage_html(passage: Passage) -> str:
    """Return a passage's words as HTML, dashes never at the beginning of a line."""
    return words_html(passage.text)


def words_html(words: str) -> str:
    """Return printed words as HTML. A word joiner before a dash keeps it from beginning a line."""
    return escape(words, quote=False).replace("—", "\u2060—")


def breakable(address: str) -> str:
    """Return an address that may be broken after a slash, but not after //, without a sign added."""
    return re.sub(r"(?<!/)/(?!/)", "/\u200b", address.replace("//", "//\u2060"))


def web_address(url: str) -> str:
    """Return a link that shows its address."""
    return element("a", breakable(escape(url)), href=url, title=url, css="address")
