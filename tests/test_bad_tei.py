"""TEI that is damaged, hostile or of others: refused in one clear line."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from lxml.etree import _Element as Element

from publish.exports.tei import tei
from publish.model import Edition
from publish.problems import SourceError
from publish.sources.own_tei import edition_of as edition_of_tei
from publish.tei import reading
from publish.tei.elements import qualified
from tests.tei_files import HERE, full

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
Damage = Callable[[Element], None]


def first(root: Element, name: str, **attributes: str) -> Element:
    """Return the first element of that name with these attributes."""
    for element in root.iter(qualified(name)):
        if all(element.get(key) == value for key, value in attributes.items()):
            return element
    raise LookupError(name)


def without(name: str, **attributes: str) -> Damage:
    """Return a damage: an element is taken out, and its tail with it."""

    def damage(root: Element) -> None:
        element = first(root, name, **attributes)
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)

    return damage


def changed(name: str, key: str, value: str, **attributes: str) -> Damage:
    """Return a damage: an attribute has another value."""
    return lambda root: first(root, name, **attributes).set(key, value)


def nameless(block: str) -> Damage:
    """Return a damage: a block has lost its identifier."""

    def damage(root: Element) -> None:
        del first(root, "p", **{XML_ID: block}).attrib[XML_ID]

    return damage


def renamed(name: str, new: str, **attributes: str) -> Damage:
    """Return a damage: an element has another name."""

    def damage(root: Element) -> None:
        first(root, name, **attributes).tag = qualified(new)

    return damage


def worded(name: str, text: str, **attributes: str) -> Damage:
    """Return a damage: an element begins with other words."""

    def damage(root: Element) -> None:
        first(root, name, **attributes).text = text

    return damage


DAMAGES: dict[str, tuple[Damage, str]] = {
    "a block is missing": (without("p", **{XML_ID: "p3"}), "the body is not the transcription any more"),
    "a word is changed": (worded("num", "1016"), "the body is not the transcription any more"),
    "words stand between blocks": (worded("opener", "Words"), "the words 'Words' stand directly in <opener>"),
    "an element is not known": (renamed("num", "persName"), "<persName> is not known here in <p>"),
    "a block is of a kind not known": (renamed("table", "figure"), "<figure> is not known here"),
    "a block has no name": (nameless("p4"), "<p> lacks the attribute xml:id"),
    "a choice is half": (without("reg"), "<choice> needs orig and reg, or sic and corr"),
    "a rule is not known": (changed("choice", "ana", "#rule-whim"), "does not name one rule of departure"),
    "a rule does not allow it": (changed("choice", "ana", "#rule-line-join"), "rule 'line-join' does not let"),
    "an anchor is missing": (changed("anchor", XML_ID, "x1"), "there is no place 'c"),
    "a note has no words of the text": (changed("note", "targetEnd", "#c0", n="1"), "there is no place 'c0'"),
    "a page break is nobody's": (changed("pb", "edRef", "#Z"), "there is no witness 'Z'"),
    "a variant is nobody's": (changed("rdg", "wit", "#Z"), "there is no witness 'Z'"),
    "a work that is cited is missing": (without("listBibl"), "has no entry in the bibliography"),
    "a note is of strange elements": (renamed("hi", "name"), "<name> is no element of the editors’ prose"),
    "the hash is missing": (without("idno", type="SHA-256"), "<bibl> lacks <idno> of the type 'SHA-256'"),
    "the title is missing": (without("title", type="main"), "<titleStmt> lacks <title> of the type 'main'"),
    "the header is missing": (without("fileDesc"), "<TEI> lacks <teiHeader/fileDesc>"),
    "the body is missing": (without("body"), "<TEI> lacks <text/body/div> of the type 'telegram'"),
    "a day is impossible": (changed("date", "when", "1962-02-30"), "there is no such day as '1962-02-30'"),
    "a name is none": (without("surname"), "<persName> lacks the name itself"),
    "a name has a strange part": (renamed("forename", "roleName"), "<roleName> is no part of a name"),
    "an editor is nobody": (without("orgName"), "<editor> lacks <persName>"),
    "a DOI is none": (worded("idno", "doi:10.1/a", type="DOI"), "write the DOI alone, without 'doi:'"),
    "an ARK is none": (worded("idno", "ark:x", type="ARK"), "'ark:x' is no ARK"),
    "an address is none": (worded("idno", "javascript:x", type="URI"), "'javascript:x' is no web address"),
    "a link is none": (changed("ptr", "target", "file:///a"), "'file:///a' is no web address"),
    "a volume has no number": (changed("biblScope", "n", "VI"), "'VI' is no whole number"),
    "a version has no day": (changed("change", "when", "1962-13-01"), "there is no such day as '1962-13-01'"),
    "a version says nothing": (without("note", type="told"), "<change> lacks <note> of the type 'told'"),
    "a subentry is nobody's": (
        changed("ptr", "target", "#person-x", type="under"), "no person and no term is called 'person-x'"
    ),
    "a subentry is a note's": (
        changed("ptr", "target", "#c3", type="under"), "no person and no term is called 'c3'"
    ),
    "a moment has no clock": (changed("event", "when", "1962-10-16T12:00:00"), "is no moment with its distance"),
    "a number is none": (changed("place", "n", "first"), "'first' is no whole number"),
    "an encoding of another day": (changed("application", "version", "2"), "the encoding '2'; this press reads '1'"),
    "TEI of others": (changed("application", "ident", "oxygen"), "this TEI was not written by this press"),
}  # fmt: skip


def refusal(data: bytes) -> str:
    """Return the line by which bytes are refused."""
    with pytest.raises(SourceError) as refused:
        edition_of_tei(HERE, data)
    told = str(refused.value)
    assert "\n" not in told
    return told


@pytest.mark.parametrize("name", DAMAGES)
def test_damaged_tei_is_refused_in_one_line_with_its_place(
    name: str, edition: Edition, synthetic: Edition
) -> None:
    damage, expected = DAMAGES[name]
    kept = replace(full(edition), apparatus=edition.apparatus, document=edition.document)
    root = etree.fromstring(tei(synthetic if "of a kind" in name else kept))
    damage(root)
    told = refusal(etree.tostring(root, encoding="utf-8"))
    assert expected in told
    assert re.match(r"telegram\.xml:\d+: ", told)


BOMB = (
    b'<!DOCTYPE TEI [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">'.encode()
        for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + b"]>"
)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "telegram.xml:1: this is no well-formed XML"),
        (b"## Telegram\n\nNowhere", "telegram.xml:1: this is no well-formed XML"),
        (b"<html><body/></html>", "telegram.xml:1: this is XML, but no TEI"),
        (b'<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "this TEI was not written by this press"),
        (b"<TEI>" * 3000, "this is no well-formed XML"),
        (b"<a>\xff</a>", "this is no well-formed XML"),
        ("<TEI/>".encode("utf-16"), "this is no well-formed XML"),
    ],
)
def test_what_is_no_tei_of_ours_is_refused_in_one_line(data: bytes, expected: str) -> None:
    assert expected in refusal(data)


def test_half_a_file_is_refused(edition: Edition) -> None:
    data = tei(edition)
    assert "this is no well-formed XML" in refusal(data[: len(data) // 2])


def with_type(data: bytes, document_type: bytes, words: bytes) -> bytes:
    """Return a TEI file with a document type, and `words` in its title."""
    at = data.index(b"<TEI ")
    title = b'<title type="main">'
    return (data[:at] + document_type + data[at:]).replace(title, title + words)


@pytest.mark.parametrize(
    ("document_type", "words"),
    [
        (BOMB, b"&j;"),
        (b'<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/hostname">]>', b"&x;"),
        (b'<!DOCTYPE TEI SYSTEM "http://localhost:9/tei.dtd">', b""),
    ],
)
def test_a_document_type_is_refused_before_it_costs_anything(
    edition: Edition, document_type: bytes, words: bytes
) -> None:
    began = time.process_time()
    told = refusal(with_type(tei(edition), document_type, words))
    assert told.startswith("telegram.xml:3: a document type is declared in the file")
    assert time.process_time() - began < 1


def test_a_document_type_in_another_encoding_does_not_pass() -> None:
    hidden = '<?xml version="1.0" encoding="UTF-7"?>+ADw-!DOCTYPE TEI+AD4-<TEI/>'
    assert "this is no well-formed XML" in refusal(hidden.encode("ascii"))
    assert "this is no well-formed XML" in refusal("<!DOCTYPE TEI><TEI/>".encode("utf-16"))


def test_a_file_beyond_all_measure_is_refused(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGEST_FILE", 1000)
    assert "at most 1,000 are read" in refusal(tei(edition))


def test_a_folder_with_the_ending_is_no_file(tmp_path: Path) -> None:
    from publish.sources.own_tei import read_own_tei

    with pytest.raises(SourceError, match="cannot be read"):
        read_own_tei(tmp_path)


def test_a_picture_that_does_not_lie_beside_the_file_is_refused(edition: Edition) -> None:
    assert "there is no picture 'picture.png'" in refusal(tei(full(edition)))


def variations(data: bytes) -> Iterator[bytes]:
    """Yield the file with each element missing in turn, and with each attribute missing or strange."""
    count = sum(1 for _ in etree.fromstring(data).iter("{*}*"))
    for index in range(1, count):
        root = etree.fromstring(data)
        element = list(root.iter("{*}*"))[index]
        parent = element.getparent()
        assert parent is not None
        for key in list(element.attrib):
            kept = element.attrib.pop(key)
            yield etree.tostring(root, encoding="utf-8")
            element.set(key, "x y")
            yield etree.tostring(root, encoding="utf-8")
            element.set(key, kept)
        parent.remove(element)
        yield etree.tostring(root, encoding="utf-8")


@pytest.mark.slow
def test_whatever_is_missing_is_read_or_refused_in_one_line(synthetic: Edition) -> None:
    refusals = []
    for data in variations(tei(synthetic)):
        try:
            edition_of_tei(HERE, data)
        except SourceError as problem:
            refusals.append(str(problem))
    assert len(refusals) > 200
    assert [told for told in refusals if "\n" in told] == []
