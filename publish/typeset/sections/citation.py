"""How to cite: the original, its transcription, this edition, a paragraph; and the versions of the edition.

The first three are three things. Each has its place here, and no sentence speaks of two of them as one.
"""

import re
from collections.abc import Iterator
from html import escape

from publish.citation import Of, citable, cited
from publish.citation.wording import Line, Run
from publish.dates import long_date
from publish.identifiers import ark_address, doi_address
from publish.imprint import Change
from publish.markdown import plain
from publish.model import Edition
from publish.typeset.sections.context import (
    Context,
    Section,
    breakable,
    element,
    web_address,
    words_html,
)

LONGEST_ON_THE_IMPRINT = 240  # characters of what changed: three lines; more stands under Versions
_EXAMPLE = 2  # the paragraph that shows how one is cited: the third, or the last of fewer


def citation(context: Context) -> Section:
    """Return how to cite the original, the transcription, this edition and a paragraph; then the versions."""
    edition = context.edition
    opening = (
        "Three things can be cited, and they are not the same: the original, its transcription, and "
        "this edition of it."
    )
    html = [element("h2", "How to cite", id="citation"), element("p", opening, css="opening")]
    entries = []
    for name, title, paragraphs in (
        ("cite-original", "The original", _original(context)),
        ("cite-transcription", "The transcription", [_transcription(edition)]),
        ("cite-edition", "This edition", _edition(edition)),
        ("cite-paragraph", "A paragraph", [element("p", _paragraph(context))]),
        ("versions", "Versions", _versions(context)),
    ):
        if told := list(paragraphs):
            html += [element("h3", title, id=name), *told]
            entries.append((name, title))
    return Section("citation", "How to cite", "\n".join(html), entries=tuple(entries))


def _original(context: Context) -> Iterator[str]:
    edition = context.edition
    document = edition.document
    layers = [layer for layer in (document.transmission, document.enclosed) if layer]
    told = [f"A {layer.what} from {layer.sender} to {layer.recipient}" for layer in layers[:1]]
    told += [
        f", and in it a {layer.what} from {layer.sender} to {layer.recipient}"
        for layer in layers[1:]
    ]
    which = "; a citation says which of the two it means." if len(layers) > 1 else "."
    sentences = [f"{''.join(told)}{which}"] if told else []
    if edition.printing is None:
        sentences.append("Cite the original, or a scholarly printing of it.")
    elif edition.printing.document:
        sentences.append(
            "The original is cited from its scholarly printing, by document number and not by page."
        )
    else:
        sentences.append("The original is cited from its scholarly printing.")
    if context.facsimile is not None:
        sentences.append(
            "The facsimile in this book is not an image of the original and should not be cited as one."
        )
    yield element("p", words_html(" ".join(sentences)))
    if edition.printing is None:
        return
    documents = [thing for thing in citable(edition) if thing is not Of.EDITION]
    for thing in documents:
        whose = f"The {thing.value}" if len(documents) > 1 else "Chicago"
        yield _form(f"{whose}, in a note", cited(edition, "chicago-note", thing))
    for thing in documents[:1]:  # one is enough to show how an entry differs from a note
        yield _form("In a bibliography", cited(edition, "chicago-bibliography", thing))
    yield _form("In the manner of the series", cited(edition, "frus", Of.DOCUMENT))


def _form(label: str, words: Line) -> str:
    return element("p", f"{element('strong', f'{label}.')} {line_html(words)}", css="form")


def line_html(words: Line) -> str:
    """Return a citation as HTML: italics, and its addresses as links."""
    return "".join(_run_html(run) for run in words)


def _run_html(run: Run) -> str:
    if run.address:
        return _link(run.address, run.text)
    # A word joiner keeps the years of a series on one line.
    words = words_html(re.sub(r"(?<=\d)–(?=\d)", "–\u2060", run.text))
    return element("em", words) if run.italic else words


def _link(address: str, shown: str) -> str:
    """Return an address as a link, never divided at a hyphen, which might be one of the line's or its own."""
    words = breakable(escape(shown)).replace("-", "-\u2060")
    return element("a", words, href=address, title=address, css="address")


def _transcription(edition: Edition) -> str:
    source = edition.document.source
    told = escape(source.name)
    if source.siglum:
        told += f" (witness {escape(source.siglum)})"
    if source.holder:
        title = f", {element('em', escape(source.title))}" if source.title else ""
        told += f", from the {escape(source.holder)}{title}"
    if source.url:
        told += f", {web_address(source.url)}"
    digest = element("span", shown_digest(source.sha256), css="digest")
    return element(
        "p",
        f"{told}. Cite it where spelling and signs of the file itself matter. The text printed here is that "
        f"of the bytes with the SHA-256 {digest}.",
    )


def _edition(edition: Edition) -> Iterator[str]:
    yield _form("In a note", cited(edition, "chicago-note", Of.EDITION))
    yield _form("In a bibliography", cited(edition, "chicago-bibliography", Of.EDITION))
    if links := identifiers_html(edition):
        yield element("p", f"{element('strong', 'Identifiers.')} {links}.")
    told = (
        "The beginning of the transcription’s SHA-256 says which text the edition prints. “publish cite” writes "
        "the forms of Turabian, the MLA and the APA, and records for reference managers."
    )
    yield element("p", words_html(told))


def identifiers_html(edition: Edition) -> str:
    """Return the identifiers as links, or nothing where the edition has none."""
    named = (
        ("DOI ", doi_address(edition.doi)),
        ("ARK ", ark_address(edition.ark)),
        ("", edition.url),
    )
    return ", ".join(f"{label}{_link(address, address)}" for label, address in named if address)


def _paragraph(context: Context) -> str:
    blocks = context.edition.document.blocks
    block = blocks[min(_EXAMPLE, len(blocks) - 1)].id
    address = element("span", escape(context.job.address(block)), css="unbroken")
    lasting = "The paragraph numbers at the left stay the same in every form of this edition"
    if context.edition.version:
        lasting += " and in later versions"
    number = block.removeprefix("p")
    return (
        f"{lasting}: write “¶ {number}” where the number of a page would stand. In the file, {address} "
        "opens that paragraph."
    )


def _versions(context: Context) -> Iterator[str]:
    """Yield the versions, the newest first, unless the imprint says all there is to say."""
    changes = context.edition.changes
    if len(changes) == 1 and on_the_imprint(changes[0]):
        return
    for change in changes:
        head = element("strong", f"Version {escape(change.version)}, {long_date(change.released)}.")
        between = "\n\n" if _LIST.match(change.told) else " "
        told = context.markdown(f"{_MARK}{between}{change.told}").replace(_MARK, head, 1)
        yield element("div", told, css="version")


# Stands where a version's head will, since that is no Markdown of the editors.
_MARK = "\ue000"
_LIST = re.compile(r"[-*+] |\d+[.)] ")


def on_the_imprint(change: Change) -> str:
    """Return what changed as one line of Markdown, or nothing where it is too long for the imprint."""
    told = change.told
    short = "\n\n" not in told and not _LIST.match(told)
    return " ".join(told.split()) if short and len(plain(told)) <= LONGEST_ON_THE_IMPRINT else ""


def shown_digest(digest: str) -> str:
    """Return a hash that may be broken at every eighth character, without a sign added."""
    return "\u200b".join(digest[start : start + 8] for start in range(0, len(digest), 8))
