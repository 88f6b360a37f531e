"""Forms as files of layouts/forms/: what they hold, and what is refused with file and line."""

from pathlib import Path

import pytest

from publish.forms import load_form
from publish.model import BlockKind
from publish.printed_form import Sheets
from publish.problems import LayoutError
from publish.resources import layouts_directory

FORM = layouts_directory() / "forms" / "ds-322.toml"


def changed(folder: Path, old: str, new: str) -> Path:
    text = FORM.read_text(encoding="utf-8")
    assert old in text
    path = folder / FORM.name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_sheet_is_the_government_letter_size() -> None:
    form = load_form(FORM)
    assert (form.width, form.height) == (576, 756)


def test_the_evidence_says_that_no_copy_was_examined() -> None:
    assert load_form(FORM).evidence.endswith("no copy of this telegram was examined.")


def test_a_column_is_a_tenth_of_an_inch() -> None:
    assert load_form(FORM).across(11) == 72


def test_a_row_is_a_sixth_of_an_inch() -> None:
    form = load_form(FORM)
    assert form.down(7) - form.down(1) == 72


def test_only_the_number_is_filled_in_from_the_telegram() -> None:
    filled = {field.id: field.filled_by for field in load_form(FORM).fields if field.filled_by}
    assert filled == {"number": "number", "sheet-number": "sheet"}


def test_every_kind_of_block_has_its_habit() -> None:
    assert set(load_form(FORM).typing.habits) == set(BlockKind)


@pytest.mark.parametrize(
    ("sheets", "included"),
    [
        (Sheets.FIRST, [True, False]),
        (Sheets.CONTINUATION, [False, True]),
        (Sheets.EVERY, [True, True]),
    ],
)
def test_furniture_stands_on_the_sheets_it_names(sheets: Sheets, included: list[bool]) -> None:
    assert [sheets.include(1), sheets.include(2)] == included


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('name = "ds-322"', 'name = "ds-323"', r"ds-322\.toml:5:1: the form calls itself 'ds-323'"),
        ("measure = 62", "measur = 62", r"the key 'measure' is missing in \[typing\]"),
        ("measure = 62", "measure = 62\nmargin = 3", r":\d+:1: unknown key 'margin' in \[typing\]"),
        ("measure = 62", "measure = 75", r"75 columns from column 13 do not fit on 80"),
        ("first = [14, 48]", "first = [14, 64]", r"rows 14 to 64 are not rows of a sheet of 63"),
        ("first = [14, 48]", "first = [14]", r"'first' must be the first and the last row"),
        ('style = "title"', 'style = "titel"', r"there is no style 'titel'. Did you mean 'title'"),
        ('colour = "edge"', 'colour = "egde"', r"there is no colour 'egde'. Did you mean 'edge'"),
        ('ink = "#292929"', 'ink = "dark"', r"the colour 'ink' must be written like #7d2a1c"),
        ("table = {", "tables = {", r"how a block of the kind 'table' is typed"),
        ('sheets = "every"', 'sheets = "all"', r"'sheets' cannot be 'all'"),
        ('filled_by = "number"', 'filled_by = "numbers"', r"Did you mean 'number'"),
        ('id = "origin"', 'id = "action"', r"two things on the form are called 'action'"),
        ("after_sentence = 2", "after_sentence = 3", r"'after_sentence' is 1 or 2 spaces"),
        ('letters = "mixed"', 'letters = "small"', r"'letters' cannot be 'small'"),
        ('faces = ["Cable Pica", "Cable Pica Cyrillic"]', "faces = []", "at least one face"),
        ("from = [5, 51]", "from = [5]", r"'from' must be a column and a row"),
        (
            'size = "8pt", colour = "editors"',
            'size = "7pt", colour = "editors"',
            "at least 8 points",
        ),
    ],
)
def test_a_faulty_form_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(LayoutError, match=message):
        load_form(changed(tmp_path, old, new))


def test_a_form_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match=r"there is no file ds-1\.toml"):
        load_form(tmp_path / "ds-1.toml")


def test_what_is_spoken_has_the_letters_that_are_printed(tmp_path: Path) -> None:
    path = changed(tmp_path, 'spoken = "Form DS-322"', 'spoken = "Form DS-323"')
    with pytest.raises(LayoutError, match="not spoken with the letters that are printed"):
        load_form(path)
