"""Marks at words: a rule and a sign, drawn when the lines are set, so that no line ends elsewhere."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from publish.problems import RenderingError
from publish.typeset.alignment import ink_before
from publish.typeset.sections import SECTIONS
from publish.typeset.sections.context import Context, Section
from publish.typeset.sections.text import telegram
from tests.class_sheets import marked_words
from tests.conftest import SEED
from tests.drawn_facsimile import found
from tests.print_sheets import PROMISES, Sheet, make_sheet, sheet_layouts

FEW = PROMISES.replace("at_most = 1\n", "")
P3 = '<p class="block paragraph first" id="p3"'


def marked(marks: str) -> Callable[[Context], Section]:
    """Return the section of the telegram, its third block marked."""

    def section(context: Context) -> Section:
        made = telegram(context)
        opening = P3 if P3 in made.html else P3.replace(" first", "")
        assert opening in made.html
        return replace(made, html=made.html.replace(opening, f'{opening} data-marks="{marks}"'))

    return section


def make(folder: Path, marks: str) -> Sheet:
    known = sheet_layouts(folder, FEW, "")
    alone = folder / "telegram.txt"  # without the commentary, to which calls of notes would lead
    alone.write_bytes((SEED / "telegram.txt").read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(SECTIONS, "telegram", marked(marks) if marks else telegram)
        return make_sheet(known, alone)


def test_characters_are_counted_without_spaces_and_signs_that_leave_no_ink() -> None:
    assert ink_before("I have\u2060—read", 8) == 6
    assert ink_before("I have", 0) == 0


def test_a_mark_stands_below_its_words_over_the_end_of_a_line(tmp_path: Path) -> None:
    sheet = make(tmp_path, "5-19:1 5-80:2,C")
    first, *second = [words for _, words in marked_words(sheet.made.data)]
    assert first == "readyourletter"
    assert len(second) > 1
    assert (
        "".join(second)
        == ("readyourletterofOctober26thwithgreatcareandwelcomedthestatementofyourdesires"[:75])
    )
    assert sheet.broken() == {}


def test_no_letter_is_added_and_none_moves_for_a_mark(tmp_path: Path) -> None:
    plain = make(tmp_path / "plain", "")
    with_marks = make(tmp_path / "marked", "5-80:2,C")
    drawn = [
        [(one.character, one.x, one.y) for one in found(sheet.made.data).drawn]
        for sheet in (plain, with_marks)
    ]
    assert drawn[0] == drawn[1]
    assert plain.made.data != with_marks.made.data


@pytest.mark.parametrize("marks", ["all", "5:1", "5-x:1"])
def test_marks_that_cannot_be_read_are_refused(tmp_path: Path, marks: str) -> None:
    with pytest.raises(RenderingError, match="data-marks of <p> cannot be read"):
        make(tmp_path, marks)
