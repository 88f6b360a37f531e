"""The words of a handout that come from the edition's own data: its title, its source line, its readability.

In: an edition. Out: plain words and lines of Markdown. What is not known is left out, never guessed.
"""

from dataclasses import dataclass, replace

from publish.citation import frus
from publish.citation.wording import capitalised, marked
from publish.classroom import Handout
from publish.departures import Passage, render
from publish.imprint import Printing
from publish.model import BlockKind, Document, Edition, Layer, Scope
from publish.readability import Readability, Sentences, readability

# What is read as running text: not an order to whoever delivers it, an address, or a signature.
RUNNING = (BlockKind.PARAGRAPH, BlockKind.ITEM)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line that says where the text comes from. `told` is Markdown."""

    label: str  # "Letter", "Sent as", "Text", "Also printed"
    told: str
    url: str = ""


def handout_title(edition: Edition) -> str:
    """Return the title of the handout: the class's own, else the edition's."""
    return edition.classroom.handout.title or edition.title


def source_lines(edition: Edition) -> tuple[SourceLine, ...]:
    """Return who wrote to whom, how and when it was sent, and where the text stands."""
    document = edition.document
    lines = [SourceLine("Sent as", f"{_sent(document)}.")]
    if document.enclosed:
        what = capitalised(document.enclosed.what)
        lines.insert(0, SourceLine(what, f"{_from_to(document.enclosed)}."))
    source = document.source
    if kept := ", ".join(filter(None, (source.holder, source.title and f"*{source.title}*"))):
        lines.append(SourceLine("Text", f"{kept}.", source.url))
    if edition.printing:
        lines.append(_printed(edition.printing))
    return tuple(lines)


def _sent(document: Document) -> str:
    """Return what was sent from whom to whom, where and when, without a closing full stop."""
    number = (
        document.source.text[document.number.start : document.number.end] if document.number else ""
    )
    sent = f"telegram {number}".strip()
    if document.transmission:
        sent += f" from {_from_to(document.transmission)}"
    # The full stop of its “p.m.” is the sentence's too.
    dateline = render(document, Scope.READING).dateline.text.removesuffix(".")
    return ", ".join(filter(None, (sent, dateline)))


def _printed(printing: Printing) -> SourceLine:
    """Return volume and document: all that finds the printing, without its editor and its maker."""
    found_by = replace(printing, editors=(), place="", publisher="", year=0)
    return SourceLine("Also printed", marked(frus.of_printed(found_by)), printing.url)


def _from_to(layer: Layer) -> str:
    return f"{layer.sender} to {layer.recipient}"


def running_text(document: Document) -> str:
    """Return the running text, a paragraph a line, without the labels of items."""
    kinds = {block.id: block for block in document.blocks}
    passages = (
        each for each in render(document, Scope.READING).blocks if kinds[each.id].kind in RUNNING
    )
    return "\n".join(
        _unlabelled(each, labelled=kinds[each.id].label is not None) for each in passages
    )


def _unlabelled(passage: Passage, *, labelled: bool) -> str:
    return passage.text.partition(" ")[2] if labelled else passage.text


def adapted_text(handout: Handout) -> str:
    """Return the adapted text, a paragraph a line."""
    paragraphs = handout.adapted_paragraphs()
    return "\n".join(" ".join(each.text for each in paragraph) for paragraph in paragraphs)


def adapted_running_text(handout: Handout, document: Document) -> str:
    """Return what of the adapted text renders running text, for a comparison of like with like."""
    running = {block.id for block in document.blocks if block.kind in RUNNING}
    kept = [each.text for each in handout.adapted if running.intersection(each.paragraphs)]
    return " ".join(kept)


def readabilities(text: str) -> tuple[Readability, ...]:
    """Return the readability of a text by each rule of sentences; nothing for a text without words."""
    if not any(map(str.isalnum, text)):
        return ()
    return tuple(readability(text, rule) for rule in Sentences)
