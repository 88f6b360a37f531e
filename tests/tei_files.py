"""TEI files of the seeds, and both texts taken out of one by a reader that is not ours.

The recipes are those that the file's own encodingDesc and docs/tei.md give, with Python's ElementTree.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as Tree

from publish.departures import depart
from publish.exports.tei import tei
from publish.imprint import Change, Name, Printing
from publish.model import Edition, Essay, Ignore, Layer, Witness
from publish.sources import read
from publish.sources.own_tei import edition_of as edition_of_tei
from tests.conftest import SEED, SYNTHETIC
from tests.typed_forms import EMBASSY

HERE = Path("telegram.xml")
SEEDS = (SEED, SYNTHETIC, EMBASSY)
TEI = "{http://www.tei-c.org/ns/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
PASSAGES = ("head", "dateline", "p", "item", "salute", "signed", "trailer", "table")

ODD = (
    "\ufeff\r\n\r\n## Telegram  from\u00a0\u00a0nowhere\r\n\r\nNowhere, May 6, 1961, 11\u00a0a.m.\r\n\r\n"
    "1. A first\r\nline, and /1/ a mark; a soft\u00adhyphen -- and 'this' & <that>.\r\n\r\n"
    "Dear Sir:\r\n\r\n/2/ A paragraph.\r\n\r\n- 1) One\r\n- 2) Two/3/\r\n\r\nSource: <https://example.org/a?b&c>\r\n\r\n"
)
TABLE_LAST = (
    "## Telegram\n\nNowhere, May 6, 1961\n\n2. Words.\n\n"
    '| A | B |\n|---|---|\n| one | |\n| "two" | three--four |\n\n\n'
)


def edition_of(seed: Path) -> Edition:
    """Return the edition of a seed folder or of a transcription alone."""
    return next(iter(read(seed)))


def edition_of_text(folder: Path, text: str) -> Edition:
    """Return the edition of a transcription without a seed folder."""
    path = folder / "telegram.txt"
    path.write_bytes(text.encode("utf-8"))
    return edition_of(path)


def again(edition: Edition) -> Edition:
    """Return an edition after it was written as TEI and read."""
    return edition_of_tei(HERE, tei(edition))


def tree(data: bytes) -> Tree.Element:
    """Return the root of a TEI file."""
    return Tree.fromstring(data)  # noqa: S314 — our own bytes


def as_tree(edition: Edition) -> Tree.Element:
    """Return the root of an edition's TEI."""
    return tree(tei(edition))


def source_characters(root: Tree.Element) -> str:
    """Return the transcription: every passage without what the reading text has instead."""
    return "".join(
        _characters(passage, leave=("reg", "corr")) for passage in _passages(root, by_cell=True)
    )


def reading_text(root: Tree.Element) -> list[str]:
    """Return the passages of the reading text; a tab stands between cells, a line end between rows."""
    return [_reading(passage) for passage in _passages(root)]


def _reading(passage: Tree.Element) -> str:
    leave = ("orig", "sic", "surplus")
    if passage.tag != f"{TEI}table":
        return _characters(passage, leave)
    rows = passage.iterfind(f"{TEI}row")
    return "\n".join(
        "\t".join(_characters(cell, leave) for cell in row.iterfind(f"{TEI}cell")) for row in rows
    )


def _passages(root: Tree.Element, *, by_cell: bool = False) -> Iterator[Tree.Element]:
    (body,) = root.iter(f"{TEI}body")
    names = (*PASSAGES[:-1], "cell") if by_cell else PASSAGES
    for element in body.iter():
        if element.tag.removeprefix(TEI) in names:
            yield element


def _characters(element: Tree.Element, leave: tuple[str, ...]) -> str:
    name = element.tag.removeprefix(TEI)
    if name in leave:
        return ""
    inner = "".join(_characters(kid, leave) + (kid.tail or "") for kid in element)
    if name == "choice":  # what stands between its parts is no text
        return "".join(_characters(kid, leave) for kid in element)
    return "\n" if name == "lb" else (element.text or "") + inner


PRINTING = Printing(
    title="A Volume", series="A Series of Volumes", years="1961–1963", volume=6, part="2b",
    editors=(Name(given="Ann", family="Writer", suffix="III"), Name(body="Historical Office", article="the")),
    place="Washington", region="DC", publisher="Printing Office", year=1996, document="67", pages="181–182",
    url="https://example.org/d67", sentence_series="A series of volumes", sentence_title="A volume",
)  # fmt: skip
CHANGES = (
    Change(
        "1.1",
        date(2027, 3, 1),
        "A *word*, after two works [@frus-vi; @evening-star, p. 1].\n\n- It is\n- better.",
        3,
    ),
    Change("1.0", date(2026, 11, 23), "First release.", 9, "0a" * 32),
)


def full(edition: Edition) -> Edition:
    """Return an edition that has something of everything, also of what the seeds have not."""
    text = edition.document.source.text
    start = text.index("great care")
    emended = depart("emendation", text, start, start + 5, "much", reason="Tried by a test.")
    departures = sorted([*edition.document.departures, emended], key=lambda d: (d.span, d.scope))
    author, reader = Name(given="John F.", family="Kennedy"), Name(body="a reader")
    letter = Layer(author, reader, "J. F. K.", "letter", "Washington", date(1962, 10, 27))
    document = replace(edition.document, departures=tuple(departures), enclosed=letter)
    body = (
        "Words with a list:\n\n1. *first*\n2. **second**\n   - inner\n\n> Quoted [by Ann](https://example.org/a)\n\n"
        "---\n\n![A picture](picture.png)\n\nA line\\\nbroken."
    )
    apparatus = replace(
        edition.apparatus,
        essays=(Essay("trial", "A trial", body, 1),),
        ignores=(Ignore("n-004", "It stands so in the print.", 1, "words"),),
        witnesses=(*edition.apparatus.witnesses, Witness("β*", "A copy", "Seen.", original=True)),
    )
    return replace(
        edition, document=document, apparatus=apparatus, url="https://example.org/e",
        doi="10.1234/abc.<d>&e", ark="ark:12345/x6np1wh8k",
        editors=(Name(given="Arthur M.", family="Roe", suffix="Jr."), Name(family="Madonna"),
                 Name(body="Department of State", article="the")),
        printing=PRINTING, changes=CHANGES,
    )  # fmt: skip
