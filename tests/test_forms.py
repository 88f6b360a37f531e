"""Forms as files of layouts/forms/: what they hold, and what is refused with file and line."""

import shutil
from pathlib import Path

import pytest

from publish.fonts import Faces, missing
from publish.forms import load_form
from publish.model import BlockKind
from publish.printed_form import DatelineStands, Field, Letters, NumberStands, Sheets
from publish.problems import LayoutError
from publish.resources import layouts_directory

FORMS = layouts_directory() / "forms"
FORM = FORMS / "ds-322.toml"


def changed(folder: Path, old: str, new: str, name: str = "ds-322") -> Path:
    """Return a copy of a form, among copies of all others, with `new` in place of `old`."""
    for other in FORMS.glob("*.toml"):
        shutil.copy(other, folder)
    path = folder / f"{name}.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_sheet_is_the_government_letter_size() -> None:
    form = load_form(FORM)
    assert (form.width, form.height) == (576, 756)


def test_the_evidence_says_that_no_copy_was_examined() -> None:
    assert load_form(FORM).unseen == "no copy of this telegram was examined"


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


# Habits of number, dateline and letters


@pytest.mark.parametrize(
    ("name", "habits"),
    [
        ("ds-322", ("mixed", "field", "caption")),
        ("plain", ("mixed", "field", "caption")),
        ("incoming", ("mixed", "field", "fields")),
        ("teletype", ("capitals", "text", "text")),
    ],
)
def test_a_form_says_its_letters_and_where_number_and_dateline_stand(
    name: str, habits: tuple[Letters, NumberStands, DatelineStands]
) -> None:
    typing = load_form(FORMS / f"{name}.toml").typing
    assert (typing.letters, typing.number, typing.dateline) == habits


INCOMING, TELETYPE = "incoming", "teletype"
HEAD = 'filled_by = "-{sheet}- {number}, {date}, FROM {place}"'


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (TELETYPE, 'letters = "capitals"', 'letters = "capital"', "Did you mean 'capitals'"),
        (TELETYPE, 'number = "text"', 'number = "line"', "'number' cannot be 'line'"),
        (TELETYPE, 'dateline = "text"', 'dateline = "txt"', "Did you mean 'text'"),
        (TELETYPE, 'dateline = "text"', "", "is 'caption', and .* says how a dateline is typed"),
        (TELETYPE, "dateline = { first = 0, rest = 0 }", "", "does not say how a dateline is typed"),
        (TELETYPE, '["plain", "ds-322"]', '["ds-323"]', "there is no form 'ds-323' beside this one"),
        (TELETYPE, "other_forms =", "other_form =", "unknown key 'other_form' in .typing.signs."),
        (TELETYPE, '"sheet"', '"number"', "the field 'sheet-number' asks for the number, which"),
        (TELETYPE, '"sheet"', '"Nr {sheet}"', "has the sign 'r', which the form does not type"),
        (TELETYPE, '"sheet"', '"{sheet}*"', r"has the sign '\*', which the form does not type"),
        (TELETYPE, "row = 2", "row = 67", r"begins in column 76 of row 67, beside the sheet of 85"),
        (INCOMING, HEAD, 'filled_by = "{sheet}, {plce}"', "cannot be filled by 'plce'. Did you mean 'place'"),
        (INCOMING, HEAD, 'filled_by = "-{sheet}- {date}, {date}"', "Write each word once"),
        (INCOMING, HEAD, 'filled_by = "-{sheet}- {date"', "no words in braces"),
        (INCOMING, HEAD, 'filled_by = "-{sheet}- {}"', "cannot be filled by ''"),
        (INCOMING, 'filled_by = "place"\ncolumn = 20\nrow = 10\n', "", "moves the place .* and none shows it"),
        (INCOMING, 'filled_by = "place"', 'filled_by = "date"', "none shows it"),
        (INCOMING, '"{number}, {date}"', '"{number}, {date}, {place}"', "moves the place .* and 2 show it"),
        (INCOMING, 'dateline = "fields"', "", "'from' asks for the place, which .* does not move"),
        (INCOMING, 'dateline = "fields"', 'dateline = "caption"', 'Write number = "field" or dateline = "fields"'),
    ],
)  # fmt: skip
def test_a_form_whose_parts_do_not_go_together_is_refused(
    tmp_path: Path, name: str, old: str, new: str, message: str
) -> None:
    with pytest.raises(LayoutError, match=rf"{name}\.toml.*: .*{message}"):
        load_form(changed(tmp_path, old, new, name))


def test_forms_with_more_signs_than_the_teletype_have_an_accent_and_a_cyrillic_letter(
    faces: Faces,
) -> None:
    signs = load_form(FORMS / "teletype.toml").typing.signs
    assert signs is not None
    for name in signs.other_forms:
        typed = [faces.get(family) for family in load_form(FORMS / f"{name}.toml").typing.faces]
        assert missing(typed, "éЖ") == []


# Fields


def field(filled_by: str, align: str = "left", column: int = 10) -> Field:
    return Field("f", Sheets.EVERY, "F", (), filled_by, column, 3, align, 0)


GIVEN = {"number": "660", "date": "May 6, 11 a.m.", "place": "Strelsau"}


@pytest.mark.parametrize(
    ("filled_by", "given", "line"),
    [
        ("", GIVEN, ""),
        ("number", GIVEN, "660"),
        ("sheet", {}, "2"),
        ("number", {}, ""),
        ("{number}, {date}", GIVEN, "660, May 6, 11 a.m."),
        ("{number}, {date}", {"date": "May 6"}, "May 6"),
        ("{number}, {date}", {"number": "660"}, "660"),
        ("({number})", GIVEN, "(660)"),
        ("({number})", {}, ""),
        ("-{sheet}- {number}, {date}, FROM {place}", GIVEN, "-2- 660, May 6, 11 a.m., FROM Strelsau"),
        ("-{sheet}- {number}, {date}, FROM {place}", {**GIVEN, "number": ""}, "-2- May 6, 11 a.m., FROM Strelsau"),
        ("-{sheet}- {number}, {date}, FROM {place}", {**GIVEN, "place": ""}, "-2- 660, May 6, 11 a.m."),
    ],
)  # fmt: skip
def test_a_field_is_one_line_of_words_and_the_signs_between_them(
    filled_by: str, given: dict[str, str], line: str
) -> None:
    assert field(filled_by).value(2, given) == line


def test_a_field_knows_the_column_of_each_word() -> None:
    parts = field("{number}, {date}").filled(1, GIVEN, GIVEN)
    assert [(part.column, part.text, part.word) for part in parts] == [
        (10, "660", "number"), (13, ", ", ""), (15, "May 6, 11 a.m.", "date"),
    ]  # fmt: skip


def test_a_field_aligned_at_the_right_ends_in_its_column() -> None:
    (part,) = field("number", "right").filled(1, GIVEN, GIVEN)
    assert (part.column, part.column + len(part.text) - 1) == (8, 10)


def test_a_field_in_capitals_is_heard_as_words() -> None:
    (part,) = field("place").filled(1, {"place": "STRELSAU"}, {"place": "Strelsau"})
    assert (part.text, part.spoken) == ("STRELSAU", "Strelsau")


def test_a_field_has_room_to_the_edge_of_the_sheet_or_as_much_as_it_says() -> None:
    incoming = load_form(FORMS / "incoming.toml")
    rooms = {one.id: incoming.room(one) for one in incoming.fields if one.filled_by}
    assert rooms == {"from": 55, "number": 55, "continued": 62}
    assert load_form(FORM).room(field("number")) == 71
    assert load_form(FORM).room(field("number", "right")) == 10
