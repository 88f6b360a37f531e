"""The editors' light Markdown: what it may hold, and its HTML.

In: text of commentary.md or of a field of edition.toml. Out: HTML whose every element the sections of
the reading edition know. Raw HTML and pictures from elsewhere are refused; citations are looked up.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from publish.model import Work
from publish.problems import SourceError, Where, nearest

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# What a line must not part: the hour from a.m., a document, volume, page or ISBN from its number, the last
# number of a citation from "and", a title from its volume's (*FRUS* VI,), a month from its day or year, a name
# of one letter from the next (U Thant).
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_TIED = re.compile(
    r"(?<=\d) (?=[ap]\.m\.)|(?<=\bp\.) |(?<=\bpp\.) |(?<=\w\*) (?=[IVXLC]+\b)"
    r"|(?<=, and) (?=\d+[\]).;])|(?<=\d and) (?=\d+[\]).;])|(?<=\b[B-HJ-Z]) (?=[A-Z][a-z])|"
    + "|".join(rf"(?<=\b{word}) " for word in ("Document", "Documents", "Volume", "ISBN"))
    + "|"
    + "|".join(rf"(?<=\b{month}) (?=\d)" for month in _MONTHS)
)
# Where a line may end though Unicode forbids it (UAX 14, LB15): a quotation’s end and its citation.
_PARTED = re.compile(r"(?<=[”’]) (?=\()")
# The first bytes of PNG (W3C, 5.2) and JPEG. SVG may fetch other files, and is not read.
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_LINK = re.compile(r"https?://|mailto:|#", re.IGNORECASE)
# One work or several: [@key], [@key, place], [@key, place; @other, place].
_CITED = r"@([a-z0-9-]+)(?:, *((?:(?!; *@)[^\]])+))?"
CITATION = re.compile(rf"\[{_CITED}(?:; *{_CITED})*\]")


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    # HTML is recognised so that it can be refused by name and line; it is never passed through.
    return MarkdownIt("commonmark", {"html": True}).disable(
        ["lheading", "code", "fence", "reference"]
    )


def check(text: str, path: str, first_line: int, folder: Path | None = None) -> None:
    """Refuse what the press does not print.

    Raises SourceError for raw HTML, headings, computer type, pictures from the network or from
    outside `folder`, pictures without a description, links to what is not on the web or without words.
    """
    if "\u2010" in text:
        line = first_line + text[: text.index("\u2010")].count("\n")
        raise _refused(
            "U+2010 HYPHEN", path, line, "Write - (U+002D), or U+2011 where no line may end."
        )
    for token in _parser().parse(text):
        line = first_line + (token.map[0] if token.map else 0)
        if token.type == "html_block":
            raise _refused("raw HTML", path, line, "Write Markdown; a sign < is written \\<.")
        if token.type == "heading_open":
            raise _refused(
                "a heading within a note",
                path,
                line,
                "Use a paragraph that opens with **strong** words.",
            )
        _check_words(token.children or (), path, line, folder)


def pictures(text: str) -> tuple[str, ...]:
    """Return the files that the pictures of a text name, each once, in order."""
    return tuple(
        dict.fromkeys(
            unquote(str(inner.attrs.get("src", "")))
            for token in _parser().parse(text)
            for inner in token.children or ()
            if inner.type == "image"
        )
    )


def check_line(text: str, works: Mapping[str, Work], where: Where) -> None:
    """Refuse, in a field that is set as one line of Markdown, what `check` refuses, and any picture."""
    for token in _parser().parseInline(text):
        _check_words(token.children or (), where.path, where.line, None)
    check_citations(text, works, where.path, where.line)


def opens_with_words(text: str) -> bool:
    """Say whether the text begins with a paragraph, into which a note’s lemma can be set."""
    tokens = _parser().parse(text)
    return bool(tokens) and tokens[0].type == "paragraph_open"


def _check_words(tokens: Iterable["Token"], path: str, line: int, folder: Path | None) -> None:
    link, linked = "", ""
    for token in tokens:
        line += token.type in ("softbreak", "hardbreak")
        _check_inline(token, path, line, folder)
        linked += token.content if token.type == "text" else ""
        if token.type == "link_open":
            link, linked = str(token.attrs.get("href", "")), ""
        elif token.type == "link_close" and not linked.strip():
            hint = "Write [what stands there](https://…)."
            raise _refused(f"a link without words, to {link!r},", path, line, hint)


def _check_inline(token: "Token", path: str, line: int, folder: Path | None) -> None:
    if token.type == "html_inline":
        hint = "Write Markdown; a sign < is written \\<."
        raise _refused(f"raw HTML ({token.content})", path, line, hint)
    if token.type == "code_inline":
        hint = "Use *emphasis*; the press has no type for a computer’s words."
        raise _refused(f"code ({token.content})", path, line, hint)
    if token.type == "image":
        _check_picture(token, path, line, folder)
    address = str(token.attrs.get("href", ""))
    if token.type == "link_open" and not _LINK.match(address):
        hint = "Write an address that begins with https://."
        raise _refused(f"a link to {address!r}", path, line, hint)
    # markdown-it leaves as words what it does not take for a link: [a](my file.html), ![a](file:///a.png).
    if token.type == "text" and "](" in token.content:
        hint = (
            "Write [words](https://…) or ![what it shows](file); a space in a file’s name is %20."
        )
        raise _refused(f"the link or picture in {_around(token.content)!r}", path, line, hint)


def _around(words: str) -> str:
    place = words.index("](")
    return words[max(0, place - 20) : place + 30]


def _refused(what: str, path: str, line: int, hint: str) -> SourceError:
    return SourceError(f"{what} is not allowed here", where=Where(path, line), hint=hint)


def _check_picture(token: "Token", path: str, line: int, folder: Path | None) -> None:
    address = unquote(str(token.attrs.get("src", "")))
    if re.match(r"[a-z][a-z0-9+.-]*:|//", address, re.IGNORECASE):
        raise _refused(
            f"a picture from the network ({address})", path, line, "Put it into the seed folder."
        )
    if folder is None:
        raise _refused("a picture", path, line, "Put it into commentary.md.")
    if not (folder / address).resolve().is_relative_to(folder.resolve()):
        raise _refused(
            f"a picture from outside the seed folder ({address})",
            path,
            line,
            "Put it into the seed folder.",
        )
    if not (folder / address).is_file():
        raise SourceError(
            f"there is no picture {address!r}", where=Where(path, line), hint="Check its name."
        )
    with (folder / address).open("rb") as file:
        opening = file.read(8)
    if not opening.startswith(_PICTURES):
        raise SourceError(
            f"{address!r} is neither a PNG nor a JPEG picture",
            where=Where(path, line),
            hint="Save it as one of the two.",
        )
    if not token.content.strip():
        raise SourceError(
            f"the picture {address!r} has no description",
            where=Where(path, line),
            hint="Write ![what it shows](file).",
        )


def check_citations(text: str, works: Mapping[str, Work], path: str, first_line: int) -> None:
    """Raise SourceError when a citation cannot be read, or its key is not in the bibliography."""
    for fault in faulty_citations(text, works, path, first_line):
        if fault.where:  # where the text stands in its line, only the reader of its file knows
            fault.where = Where(path, fault.where.line)
        raise fault


def faulty_citations(
    text: str, works: Mapping[str, Work], path: str, first_line: int
) -> Iterator[SourceError]:
    """Yield an error for each citation that cannot be read, or whose key is not in the bibliography."""
    for opening in re.finditer(r"\[@", text):
        line = first_line + text[: opening.start()].count("\n")
        column = opening.start() - text.rfind("\n", 0, opening.start())
        match = CITATION.match(text, opening.start())
        if match is None:
            yield SourceError(
                f"{text[opening.start() : opening.start() + 30]!r} is not a citation",
                where=Where(path, line, column),
                hint="Write [@key, place], or [@key, place; @other, place]; a key has small letters, digits and "
                "hyphens.",
            )
            continue
        for key, _ in cited_works(match):
            if key not in works:
                yield SourceError(
                    f"the citation [@{key}] has no entry in the bibliography",
                    where=Where(path, line, column),
                    hint=nearest(key, sorted(works)),
                    code="n-007",
                )


def cited_works(citation: re.Match[str]) -> tuple[tuple[str, str], ...]:
    """Return the works that a match of CITATION names: key and place, the place empty where none is given."""
    return tuple((one[1], one[2] or "") for one in re.finditer(_CITED, citation[0]))


def to_html(text: str, works: Mapping[str, Work], folder: Path | None = None) -> str:
    """Return the HTML of block Markdown; citations become short titles in parentheses."""
    return _rendered(_tied(_with_citations(text, works)), folder, block=True)


def inline_html(text: str, works: Mapping[str, Work] | None = None) -> str:
    """Return the HTML of one line of Markdown."""
    return _rendered(_tied(_with_citations(text, works or {})), None, block=False)


def _tied(text: str) -> str:
    return _PARTED.sub(" \u200b", _TIED.sub("\u00a0", text))


def _with_citations(text: str, works: Mapping[str, Work]) -> str:
    def told(match: re.Match[str]) -> str:
        each = (_with_place(works[key].short, place) for key, place in cited_works(match))
        return f"({'; '.join(each)})"

    return CITATION.sub(told, text)


def _with_place(title: str, place: str) -> str:
    """Return a short title and a place in it; the comma stands before a closing quotation mark."""
    if not place:
        return title
    return f"{title[:-1]},” {place}" if title.endswith("”") else f"{title}, {place}"


def _rendered(text: str, folder: Path | None, *, block: bool) -> str:
    parser = _parser()
    html = str(parser.render(text) if block else parser.renderInline(text))
    if folder is not None:
        html = re.sub(
            r'<img src="([^"]+)"',
            lambda m: f'<img src="{_embedded(folder / unquote(unescape(m[1])))}"',
            html,
        )
    return html.strip()


def _embedded(picture: Path) -> str:
    """Return a picture as a data address: its sRGB pixels and nothing else.

    So the same seed gives the same bytes in every folder, and no colour space, transparency or
    metadata comes along that PDF/A forbids under an sRGB output intent.
    """
    import base64
    from io import BytesIO

    from PIL import Image

    try:
        with Image.open(picture) as opened:
            pixels = opened.convert("RGBA")
    except (OSError, SyntaxError, Image.DecompressionBombError) as problem:
        raise SourceError(
            f"the picture cannot be read ({problem})",
            where=Where(str(picture)),
            hint="Save it anew.",
        ) from None
    ground = Image.new("RGB", pixels.size, "white")
    ground.paste(pixels, mask=pixels.getchannel("A"))
    encoded = BytesIO()
    ground.save(encoded, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(encoded.getvalue()).decode('ascii')}"


def plain(text: str) -> str:
    """Return the words of one line of Markdown without its marks."""
    return re.sub(r"[*_`]|\[([^\]]*)\]\([^)]*\)", lambda m: m[1] or "", text)
