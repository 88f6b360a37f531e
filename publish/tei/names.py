"""What the press calls things in TEI: identifiers, categories, and the mark by which it knows its own files.

The writer (exports/tei.py) and the reader (sources/own_tei.py) share these words and nothing else.
"""

import re
from collections.abc import Sequence

from publish.departure_rules import BLOCK_BREAK
from publish.model import BlockKind, Departure, Scope

NAMESPACE = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
ID, LANGUAGE, SPACE = f"{{{XML}}}id", f"{{{XML}}}lang", f"{{{XML}}}space"

APPLICATION = "cablepress"  # application/@ident: by it the reader knows a file of ours
ENCODING = "1"  # application/@version: raised when the way in which we encode changes
SCHEMA = "https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"

MARKDOWN = "markdown"  # the processing instruction that keeps a spelling TEI has no place for

# Rules by which signs of the file stand before a passage and are no part of it.
BEFORE_A_PASSAGE = frozenset({"byte-order-mark", "block-break", "heading-sign", "list-hyphen"})
TABLE_SIGN = "table-sign"
# What these print in the reading text, the elements themselves say: a new passage, cell or row.
TOLD_BY_STRUCTURE = frozenset({"block-break", TABLE_SIGN})

# A block's element says its kind; the instruction is a paragraph like others but for this category.
INSTRUCTION = f"block-{BlockKind.INSTRUCTION.value}"

# taxonomy → category → what it means; those that a file uses stand in its classDecl.
CATEGORIES: dict[str, dict[str, str]] = {
    "texts": {
        f"scope-{Scope.READING.value}": "Holds in the reading text; the facsimile keeps what the transcription has.",
        f"scope-{Scope.FACSIMILE.value}": "Holds in the facsimile only.",
    },
    "blocks": {INSTRUCTION: "The telegram’s own words before the message that it carries."},
    "witnesses": {
        "witness-base": "The base text, with which the other witnesses are compared.",
        "witness-original": "The original itself, or a picture of it.",
        "collated-whole": "Compared with the base text word by word, as a whole.",
        "collated-part": "Compared with the base text in part.",
        "collated-none": "Not compared.",
    },
    "events": {
        "event-telegram": "The telegram itself.",
        "event-about": "The source gives the time as an approximate one.",
    },
    "supplied-fields": {
        "drawn-typed": "Would have been typed in its field of the form.",
        "drawn-stamp": "Would have been stamped.",
    },
}

_SIGLUM = re.compile(r"[A-Z][A-Za-z0-9]*")


def rule_id(rule: str) -> str:
    """Return the identifier of the sentence that tells of a rule of departure."""
    return f"rule-{rule}"


def place_id(offset: int) -> str:
    """Return the identifier of the place before a character of the transcription, counted from 0."""
    return f"c{offset}"


def departure_id(departure: Departure) -> str:
    """Return the identifier of a departure, to which the editor's reason refers."""
    text = "facsimile" if departure.scope is Scope.FACSIMILE else "reading"
    return f"{text}-{departure.span.start}"


def printed_by_structure(rule: str, *, first: bool, new_row: bool) -> str:
    """Return what a sign prints that the elements tell: a break between passages or rows, a tab between cells.

    `first`: nothing of the document, or of its table, stands before it.
    """
    if first:
        return ""
    return "\t" if rule == TABLE_SIGN and not new_row else BLOCK_BREAK


def witness_ids(sigla: Sequence[str]) -> dict[str, str]:
    """Return the identifier of each witness: its siglum where that can be one, else its number.

    A siglum begins with a capital to be one; no other identifier of ours does.
    """
    return {
        siglum: siglum if _SIGLUM.fullmatch(siglum) else f"witness-{number}"
        for number, siglum in enumerate(sigla, 1)
    }
