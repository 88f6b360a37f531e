"""The editors' Markdown as TEI, and back letter by letter."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml.etree import _Element as Element

from publish.model import ForeignPhrase
from publish.tei.elements import qualified, written
from publish.tei.prose import ContradictionError, Prose, read_block, read_line, titles_of
from publish.tei.prose_back import UnknownElementError

PROSE = Prose(
    titles_of(["*FRUS* VI", "Ann Writer, *A Book*."]), (ForeignPhrase("quid pro quo", "la"),)
)


def blocks(text: str) -> Element:
    """Return an element that holds blocks of Markdown."""
    holder = etree.Element(qualified("div"), nsmap={None: "http://www.tei-c.org/ns/1.0"})
    PROSE.block(holder, text)
    return holder


def line(text: str) -> Element:
    """Return an element that holds a line of Markdown."""
    holder = etree.Element(qualified("seg"), nsmap={None: "http://www.tei-c.org/ns/1.0"})
    PROSE.line(holder, text)
    return holder


def through_a_file(element: Element) -> Element:
    """Return an element as it is after it was written and read."""
    return etree.fromstring(written(element))


def shown(element: Element) -> str:
    """Return what stands within an element, as XML."""
    text = etree.tostring(element, encoding="unicode").replace(
        ' xmlns="http://www.tei-c.org/ns/1.0"', ""
    )
    return re.sub(r"^<\w+>|</\w+>$", "", text)


@pytest.mark.parametrize(
    ("markdown", "tei"),
    [
        ("Plain words.", "Plain words."),
        ("*Stress* and **force**", '<hi rend="italic">Stress</hi> and <hi rend="bold">force</hi>'),
        ("In *FRUS* and *A Book*", "In <title>FRUS</title> and <title>A Book</title>"),
        (
            "So it says [@frus-vi, Documents 65 and 66].",
            'So it says <ref type="citation" target="#bib-frus-vi">Documents 65 and 66</ref>.',
        ),
        ("As told [@stern].", 'As told <ref type="citation" target="#bib-stern"/>.'),
        (
            "So say two [@frus-vi, Document 67; @stern].",
            (
                'So say two <seg type="citation"><ref type="citation" target="#bib-frus-vi">Document 67</ref>'
                '<ref type="citation" target="#bib-stern"/></seg>.'
            ),
        ),
        (
            "They say [@a, *p.* 3; see p. 4; @b, p. 5; @a]",
            (
                'They say <seg type="citation"><ref type="citation" target="#bib-a"><hi rend="italic">p.</hi> 3; '
                'see p. 4</ref><ref type="citation" target="#bib-b">p. 5</ref><ref type="citation" target="#bib-a"/>'
                "</seg>"
            ),
        ),
        ("[here](https://example.org/a)", '<ref target="https://example.org/a">here</ref>'),
        (
            "<https://example.org/>",
            '<ref target="https://example.org/">https://example.org/</ref>',
        ),
        ("no quid pro quo", 'no <foreign xml:lang="la">quid pro quo</foreign>'),
        (r"5 \* 3 \< 16", "5 * 3 &lt; 16"),
        ("a\\\nb", "a<lb/>b"),
        (
            "![A map](map.png)",
            '<figure><graphic url="map.png"/><figDesc>A map</figDesc></figure>',
        ),
    ],
)
def test_a_line_of_markdown_becomes_tei_without_a_rest(markdown: str, tei: str) -> None:
    assert shown(line(markdown)) == tei
    assert read_line(line(markdown)) == markdown


@pytest.mark.parametrize(
    ("markdown", "tei"),
    [
        ("One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("- a\n- b", '<list rend="bulleted"><item>a</item><item>b</item></list>'),
        ("3. a\n4. b", '<list rend="numbered" n="3"><item>a</item><item>b</item></list>'),
        (
            "- a\n  - b\n- c",
            '<list rend="bulleted"><item>a<list rend="bulleted"><item>b</item></list></item><item>c</item></list>',
        ),
        ("- a\n\n- b", '<list rend="bulleted"><item><p>a</p></item><item><p>b</p></item></list>'),
        ("> Said\n>\n> he.", "<quote><p>Said</p><p>he.</p></quote>"),
        ("a\n\n---\n\nb", '<p>a</p><milestone unit="section"/><p>b</p>'),
    ],
)
def test_blocks_of_markdown_become_tei_without_a_rest(markdown: str, tei: str) -> None:
    assert re.sub(r' n=""', "", shown(blocks(markdown))) == tei
    assert read_block(blocks(markdown)) == markdown


@pytest.mark.parametrize(
    "markdown",
    [
        "_Stress_",
        "__force__",
        "\n\nBlank lines\n\n\nabout.\n",
        "* a\n* b",
        "+ a",
        "1) a\n2) b",
        "- a\n\n  b\n- c",
        "a  \nb",
        "> a\nb",
        "[a](https://example.org 'title')",
        "[a](<https://example.org>)",
        "[Zürich](https://example.org/Zürich)",
        "&mdash; &amp; &#65;",
        "a * b, c_d, [e], 3 < 4",
        "***both***",
        "***",
        "[@stern,p. 3]",
        "[@stern, *p.* 3]",
        "[@stern;@frus-vi,  p. 3 ; @stern]",
        "[@stern, p. 3;\n@frus-vi]",
        "[@stern] [@frus-vi][@stern; @frus-vi]",
        "[see [@stern, p. 3]](https://example.org)",
        "[a](https://example.org/[@stern])",
        "![the [@stern] map](map.png)",
        "\ue0000\ue001 [@stern, p. 3]",
        "two\r\nlines ?> end",
        "# A heading, which the editor refuses",
        "<b>raw</b> and `code`",
        "    ",
        "\\",
        "1986\\. A year",
        "_11\u00a0a.m._ \u200b",
        "&#xE000;7&#xE001; [@stern, p. 3]",
        "&#xE000;0&#xE001; [@stern, p. 3]",
    ],
)
def test_the_same_markdown_comes_back_however_it_is_spelled(markdown: str) -> None:
    assert read_block(through_a_file(blocks(markdown))) == markdown
    assert read_line(through_a_file(line(markdown))) == markdown


PIECES = st.sampled_from(
    ["*", "**", "_", "[", "]", "(", ")", "<", ">", "!", "`", "\\", "&amp;", "\n", "\n\n", "- ", "1. ", "> ", " ",
     "word", "FRUS", "quid pro quo", "[@frus-vi, p. 3]", "[@frus-vi, p. 3; @stern]", "[a](https://example.org)",
     "—", "é", "#", "---", "\ue000", "&#xE001;", "\u00a0"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join))
def test_any_text_comes_back_as_it_was(markdown: str) -> None:
    assert read_block(through_a_file(blocks(markdown))) == markdown
    assert read_line(through_a_file(line(markdown))) == markdown


def test_words_that_were_changed_beside_their_kept_spelling_are_refused() -> None:
    element = line("_Stress_")
    for kid in element.iter(qualified("hi")):
        kid.text = "Other words"
    with pytest.raises(ContradictionError):
        read_line(element)


def test_a_kept_spelling_that_cannot_be_read_is_refused() -> None:
    element = line("_Stress_")
    element[0].text = "{"
    with pytest.raises(ContradictionError):
        read_line(element)


def test_words_are_not_smuggled_in_as_blank_lines() -> None:
    element = blocks("\n\nStress")
    element[0].text = '{"before": "more words", "after": ""}'
    with pytest.raises(ContradictionError):
        read_block(element)


def test_an_element_that_prose_never_has_is_refused() -> None:
    element = line("*Stress*")
    element[0].tag = qualified("persName")
    with pytest.raises(UnknownElementError):
        read_line(element)


def _other_name(citation: Element) -> None:
    citation[-1].tag = qualified("hi")


def _no_target(citation: Element) -> None:
    del citation[-1].attrib["target"]


def _words_between(citation: Element) -> None:
    citation[0].tail = " and "


def _no_works(citation: Element) -> None:
    del citation[:]


def _no_citation(citation: Element) -> None:
    del citation.attrib["type"]


@pytest.mark.parametrize(
    "damage", [_other_name, _no_target, _words_between, _no_works, _no_citation]
)
def test_a_citation_that_does_not_refer_to_works_is_refused(
    damage: Callable[[Element], None],
) -> None:
    element = line("Two [@stern; @frus-vi, p. 3]")
    damage(element[0])
    with pytest.raises(UnknownElementError):
        read_line(element)


def test_a_kind_of_emphasis_that_prose_never_has_is_refused() -> None:
    element = line("*Stress*")
    element[0].set("rend", "underline")
    with pytest.raises(UnknownElementError):
        read_line(element)
