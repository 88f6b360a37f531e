"""The edition against the FRUS documents themselves, where they are at hand (CABLEPRESS_FRUS)."""

import os
import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as Tree

import pytest

from publish.departures import render
from publish.model import Edition, Scope

FRUS = os.environ.get("CABLEPRESS_FRUS", "")
TEI = "{http://www.tei-c.org/ns/1.0}"

pytestmark = pytest.mark.skipif(
    not FRUS, reason="CABLEPRESS_FRUS does not say where the FRUS documents are"
)


@cache
def volume() -> str:
    """Return all words of volume VI, plain."""
    return plain(" ".join(parsed("volumes/frus1961-63v06.xml").itertext()))


def parsed(name: str) -> Tree.Element:
    """Return the root of a FRUS file."""
    path = Path(FRUS) / name
    return Tree.parse(path).getroot()  # noqa: S314 — the Department's own files, in tests only


@cache
def document_67() -> str:
    """Return the words of the telegram's text in FRUS, without its notes."""
    root = parsed("docs/frus1961-63v06_d67.xml")
    for parent in root.iter():
        for child in list(parent):
            if child.tag == f"{TEI}note":
                kept = list(parent)
                index = kept.index(child)
                if index:
                    kept[index - 1].tail = (kept[index - 1].tail or "") + (child.tail or "")
                else:
                    parent.text = (parent.text or "") + (child.tail or "")
                parent.remove(child)
    return plain(" ".join(root.itertext()))


# Where the locator of a quotation points in the TEI of a document.
LOCATORS = {
    "heading": f"{TEI}head",
    "source note": f"{TEI}head/{TEI}note",
    "signature": f"{TEI}closer/{TEI}signed",
}


def words_of_document_67(locator: str) -> str:
    """Return the words at a place of the telegram in FRUS, letter by letter, with single spaces."""
    (document,) = (
        division
        for division in parsed("volumes/frus1961-63v06.xml").iter(f"{TEI}div")
        if division.get("{http://www.w3.org/XML/1998/namespace}id") == "d67"
    )
    (place,) = document.findall(LOCATORS[locator])
    return " ".join("".join(place.itertext()).split())


def plain(words: str) -> str:
    """Fold what typography may change: quotation marks, dashes, white space, spaces at marks."""
    words = words.translate(str.maketrans("“”‘’", "\"\"''")).replace("—", "--").replace("–", "-")
    words = re.sub(r"\s+", " ", words)
    return re.sub(r" ?(--|[\"'.,;:()]) ?", r"\1", words).lower()


def test_the_running_text_agrees_with_frus_word_for_word(edition: Edition) -> None:
    """Witness F is collated whole: the paragraphs of the letter, as the sources section says."""
    rendered = render(edition.document, Scope.READING)
    frus = re.sub(r"\W+", " ", document_67())
    for block in ("p3", "p4", "p5", "p6", "p7", "p8"):
        words = re.sub(r"\W+", " ", plain(rendered.block(block).text))
        label = re.match(r"\d ", words)
        assert words[label.end() :].strip() in frus if label else words.strip() in frus


def quotations(text: str) -> list[str]:
    """Return what stands in double quotation marks and is long enough to be a quotation."""
    found = re.findall(r"“([^”]+)”", text)
    return [words.strip(" ,.;") for words in found if len(words.split()) >= 3]


def test_quotations_credited_to_frus_alone_stand_in_it(edition: Edition) -> None:
    frus = re.sub(r"\W+", " ", volume())
    looked_at = 0
    for note in edition.apparatus.notes:
        keys = set(re.findall(r"\[@([a-z0-9-]+)", note.body))
        if keys != {"frus-vi"}:
            continue
        for words in quotations(note.body):
            looked_at += 1
            assert re.sub(r"\W+", " ", plain(words)).strip() in frus, f"{note.key}: {words}"
    assert looked_at > 20


def test_the_words_of_the_head_note_stand_in_frus(edition: Edition) -> None:
    frus = re.sub(r"\W+", " ", volume())
    for words in quotations(edition.apparatus.head_note):
        assert re.sub(r"\W+", " ", plain(words)).strip() in frus


def test_what_is_supplied_from_frus_is_quoted_letter_by_letter(edition: Edition) -> None:
    """Each quotation stands in document 67, at the place that its locator names."""
    supplied = [entry for entry in edition.supplied if entry.witness == "F"]
    wrong = [s.field for s in supplied if s.quotation not in words_of_document_67(s.locator)]
    assert (len(supplied), wrong) == (5, [])


def test_the_dateline_that_a_stamp_is_made_of_is_that_of_frus(edition: Edition) -> None:
    (stamp,) = (entry for entry in edition.supplied if entry.drawn == "stamp")
    assert plain(stamp.value) in document_67()
