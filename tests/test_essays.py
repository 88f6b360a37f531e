"""Essays: sections of commentary.md with keys of their own, each a section of the book."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from publish.fonts import Faces
from publish.layouts import Layouts
from publish.markdown import CITATION
from publish.model import Edition, Essay
from publish.orders import Order, make_job
from publish.problems import FontError, SourceError
from publish.sources import read
from publish.sources.apparatus import Commentary, read_commentary
from publish.typeset.reading import ReadingPages, make_html, set_reading
from tests.conftest import SEED

TEXT = """\
# Head note

Before.

# Commentary

## weekend: this weekend
A note.

# What it leaves out {#leaves-out}

One paragraph.

**Turkey.** Another.

# Its day {#day}

A third.
"""


def read_back(folder: Path, edition: Edition, text: str) -> Commentary:
    path = folder / "commentary.md"
    path.write_text(text, "utf-8")
    return read_commentary(path, edition.document, edition.apparatus.works)


def test_a_heading_with_a_key_opens_an_essay(tmp_path: Path, edition: Edition) -> None:
    assert read_back(tmp_path, edition, TEXT).essays == (
        Essay("leaves-out", "What it leaves out", "One paragraph.\n\n**Turkey.** Another.", 10),
        Essay("day", "Its day", "A third.", 16),
    )


def test_an_essay_takes_no_words_from_note_or_head_note(tmp_path: Path, edition: Edition) -> None:
    found = read_back(tmp_path, edition, TEXT)
    assert (found.head_note.strip(), [note.body for note in found.notes]) == (
        "Before.",
        ["A note."],
    )


def test_an_essay_may_stand_before_the_notes(tmp_path: Path, edition: Edition) -> None:
    text = "# Its day {#day}\n\nWords.\n\n# Commentary\n\n## weekend: this weekend\nA note.\n"
    found = read_back(tmp_path, edition, text)
    assert ([essay.key for essay in found.essays], len(found.notes)) == (["day"], 1)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (" {#day}", "", r"commentary\.md:16(:\d+)?: there is no section 'Its day'.* ends in a key"),
        ("# Commentary", "# Comentary", r"no section 'Comentary'.*'Commentary'"),
        ("{#day}", "{#Day}", "there is no section"),
        ("{#day}", "{#a day}", "there is no section"),
        ("{#day}", "{#}", "there is no section"),
        ("# Its day {#day}", "# {#day}", "there is no section"),
        (
            "{#day}",
            "{#leaves-out}",
            r"commentary\.md:16(:\d+)?: two essays have the key 'leaves-out'",
        ),
        ("\nA third.\n", "\n \n", r"commentary\.md:16(:\d+)?: the essay 'Its day' says nothing"),
        ("A third.", "A <b>third</b>.", r"commentary\.md:18(:\d+)?: raw HTML"),
        (
            "A third.",
            "A third [@nobody, p. 1].",
            r"commentary\.md:18(:\d+)?: the citation \[@nobody\]",
        ),
        ("A third.", "### A head", r"commentary\.md:18(:\d+)?: a heading within a note"),
        (
            "A third.",
            "A third.\n\n## days: within a couple of days\nWords.",
            r"commentary\.md:20(:\d+)?: '## days: .*' stands in the essay 'Its day'\. Notes stand under",
        ),
        ("A third.", "![a map](map.png)", r"commentary\.md:18(:\d+)?: there is no picture"),
    ],
)
def test_a_fault_of_an_essay_is_told_by_its_line(
    tmp_path: Path, edition: Edition, old: str, new: str, words: str
) -> None:
    assert old in TEXT
    with pytest.raises(SourceError, match=words):
        read_back(tmp_path, edition, TEXT.replace(old, new))


@pytest.mark.parametrize("title", ["A < B & “C”", "What 1) leaves {out}", "Ж", "*Not* emphasis"])
def test_a_title_is_printed_as_it_is_written(edition: Edition, known: Layouts, title: str) -> None:
    from html import escape

    html = pages(edition, known, Essay("key", title, "Words.", 1)).html
    assert f' id="essay-key">{escape(title, quote=False)}</h2>' in html


def pages(edition: Edition, known: Layouts, *essays: Essay) -> ReadingPages:
    changed = replace(edition, apparatus=replace(edition.apparatus, essays=essays))
    return make_html(make_job(changed, Order(), known), {})


def test_each_essay_is_a_section_after_the_commentary(edition: Edition, known: Layouts) -> None:
    made = pages(edition, known, Essay("a", "First", "One.", 1), Essay("b", "Second", "Two.", 2))
    ids = [section.id for section in made.sections["reading"]]
    place = ids.index("essay-a")
    assert ids[place : place + 2] == ["essay-a", "essay-b"]
    assert place > ids.index("commentary")
    assert [made.html.count(f'href="#essay-{key}"') for key in "ab"] == [1, 1]


def test_an_essays_sections_share_one_style(edition: Edition, known: Layouts) -> None:
    made = pages(edition, known, Essay("a", "First", "One.", 1), Essay("b", "Second", "Two.", 2))
    assert made.html.count('<section class="essay"><h2') == 2


def test_an_edition_without_essays_prints_none(edition: Edition, known: Layouts) -> None:
    assert "essay" not in pages(edition, known).html


def test_a_letter_that_no_face_has_is_told_by_the_essays_line(
    edition: Edition, known: Layouts, faces: Faces
) -> None:
    apparatus = replace(edition.apparatus, essays=(Essay("a", "First", "\U00013080", 70),))
    job = make_job(replace(edition, apparatus=apparatus), Order(), known)
    with pytest.raises(FontError, match=r"commentary\.md:70: .*U\+13080"):
        set_reading(job, make_html(job, {}), faces)


def test_a_picture_of_an_essay_is_kept_with_the_seed(tmp_path: Path) -> None:
    from PIL import Image

    copy = tmp_path / "seed"
    shutil.copytree(SEED, copy)
    Image.new("RGB", (4, 2), "red").save(copy / "map.png")
    with (copy / "commentary.md").open("a", encoding="utf-8") as file:
        file.write("\n# A map {#map}\n\n![a map](map.png)\n")
    assert "map.png" in [file.name for file in next(iter(read(copy))).files]


def test_the_seeds_essay_says_what_the_letter_leaves_out(edition: Edition) -> None:
    (essay,) = edition.apparatus.essays
    words = len(CITATION.sub("", essay.body).split())
    assert (essay.key, essay.title) == ("leaves-out", "What the letter leaves out")
    assert 250 <= words <= 350


def test_every_paragraph_of_the_seeds_essay_cites_its_sources(edition: Edition) -> None:
    for paragraph in edition.apparatus.essays[0].body.split("\n\n"):
        assert CITATION.search(paragraph), paragraph


def test_the_seeds_head_note_and_notes_are_as_short_as_they_should_be(edition: Edition) -> None:
    assert len(edition.apparatus.head_note.split()) <= 250
    assert [n.key for n in edition.apparatus.notes if len(n.body.split()) > 120] == []
