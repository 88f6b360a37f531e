"""TOML read strictly: every key by name and type, every error at its line."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from publish.problems import LayoutError, PublishError, SourceError, Where
from publish.tables import Table, read_toml

TEXT = """\
# A comment that speaks of title = and of [paper].
title = "A title"
number = 3
ratio = 0.5
flag = true
day = 2026-11-23
words = ["one", "two"]
sizes = [1, 2.5]
width = "8.5in"

[paper]
title = "A paper"
inline = { first = 5, rest = 0 }

[paper.tray]
depth = 2

[[part]]
title = "One"

[[part]]
title = "Two"
rows = [
  { text = "a", row = 1 },
  { text = "b", row = 2 },
]
"""

Ask = Callable[[Table], object]


def table(folder: Path, text: str = TEXT) -> Table:
    path = folder / "a.toml"
    path.write_text(text, "utf-8")
    return read_toml(path, LayoutError)


def refused(ask: Ask, top: Table) -> PublishError:
    with pytest.raises(LayoutError) as caught:
        ask(top)
    return caught.value


def line_of(error: PublishError) -> int:
    assert error.where is not None
    return error.where.line


@pytest.mark.parametrize(
    ("ask", "expected"),
    [
        (lambda t: t.text("title"), "A title"),
        (lambda t: t.integer("number"), 3),
        (lambda t: t.number("ratio"), 0.5),
        (lambda t: t.number("number"), 3.0),
        (lambda t: t.flag("flag"), True),
        (lambda t: t.day("day"), date(2026, 11, 23)),
        (lambda t: t.texts("words"), ("one", "two")),
        (lambda t: t.numbers("sizes"), (1.0, 2.5)),
        (lambda t: t.length("width"), 612.0),
        (lambda t: t.table("paper").table("inline").integer("first"), 5),
        (lambda t: [part.text("title") for part in t.tables("part")], ["One", "Two"]),
        (lambda t: t.text("subtitle", "none"), "none"),
        (lambda t: t.texts("none", ()), ()),
        (lambda t: t.tables("none"), ()),
        (lambda t: t.table("none").names(), ()),
        (lambda t: t.day("none", None), None),
        (lambda t: "title" in t, True),
    ],
)
def test_a_key_is_read_by_name_and_type(tmp_path: Path, ask: Ask, expected: object) -> None:
    assert ask(table(tmp_path)) == expected


@pytest.mark.parametrize(
    ("ask", "line", "message"),
    [
        (lambda t: t.text("number"), 3, "'number' must be a text in quotes, not 3"),
        (lambda t: t.integer("ratio"), 4, "'ratio' must be a whole number"),
        (lambda t: t.integer("flag"), 5, "'flag' must be a whole number, not True"),
        (lambda t: t.number("flag"), 5, "'flag' must be a number, not True"),
        (lambda t: t.flag("number"), 3, "'number' must be true or false"),
        (lambda t: t.day("title"), 2, "'title' must be a date like 2026-11-23"),
        (lambda t: t.texts("sizes"), 8, "'sizes' must hold texts in quotes only, not 1"),
        (lambda t: t.numbers("words"), 7, "'words' must hold numbers only, not 'one'"),
        (lambda t: t.length("title"), 2, "'A title' is not a length"),
        (lambda t: t.table("title"), 2, "'title' must be a table"),
        (lambda t: t.tables("words"), 7, r"'words' must be an array of tables: \[\[words\]\]"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_at_its_line(
    tmp_path: Path, ask: Ask, line: int, message: str
) -> None:
    error = refused(ask, table(tmp_path))
    assert line_of(error) == line
    with pytest.raises(LayoutError, match=message):
        raise error


@pytest.mark.parametrize(
    ("ask", "line"),
    [
        (lambda t: t.table("paper").integer("title"), 12),
        (lambda t: t.table("paper").table("inline").text("rest"), 13),
        (lambda t: t.table("paper").table("tray").text("depth"), 16),
        (lambda t: t.tables("part")[0].integer("title"), 19),
        (lambda t: t.tables("part")[1].integer("title"), 22),
        (lambda t: t.tables("part")[1].tables("rows")[0].text("row"), 24),
    ],
)
def test_a_key_that_other_tables_have_too_is_found_in_its_own(
    tmp_path: Path, ask: Ask, line: int
) -> None:
    assert line_of(refused(ask, table(tmp_path))) == line


def test_a_missing_key_says_what_to_add_and_where(tmp_path: Path) -> None:
    error = refused(lambda t: t.tables("part")[1].text("id"), table(tmp_path))
    assert (error.message, line_of(error)) == ("the key 'id' is missing in [part]", 21)
    assert error.hint == "Add a line: id = … (a text in quotes)."


def test_a_missing_key_that_was_misspelt_is_named(tmp_path: Path) -> None:
    error = refused(lambda t: t.text("opens"), table(tmp_path, '\nopenz = "x"\n'))
    assert (error.hint, line_of(error)) == ("Is 'openz' meant for it?", 2)


def test_another_key_is_not_taken_for_a_misspelling(tmp_path: Path) -> None:
    error = refused(lambda t: t.text("title"), table(tmp_path, 'subtitle = "x"\n'))
    assert error.hint.startswith("Add a line: title")


def test_a_key_that_nobody_asked_for_is_refused_with_the_nearest(tmp_path: Path) -> None:
    top = table(tmp_path, 'title = "x"\nlanguge = "y"\n')
    top.text("title")
    top.text("language", "")
    error = refused(lambda t: t.close(), top)
    assert (error.message, error.hint) == ("unknown key 'languge'", "Did you mean 'language'?")
    assert error.where == Where(top.path, 2, 1)


def test_a_table_whose_keys_were_all_asked_for_closes(tmp_path: Path) -> None:
    top = table(tmp_path, 'title = "x"\n')
    top.text("title")
    assert top.close() is None  # type: ignore[func-returns-value]  # that it raises nothing is the fact


def test_a_date_with_an_hour_is_no_date(tmp_path: Path) -> None:
    top = table(tmp_path, "day = 2026-11-23T10:00:00\n")
    assert "without an hour" in refused(lambda t: t.day("day"), top).message


def test_a_byte_order_mark_is_no_part_of_the_file(tmp_path: Path) -> None:
    assert table(tmp_path, '\ufefftitle = "x"\n').text("title") == "x"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"title =\n", r"a.toml:1:8: is not valid TOML: Invalid value"),
        (b"a = 1\na = 2\n", r"a.toml:2:6: is not valid TOML: Cannot overwrite a value"),
        (b"title = 'caf\xe9'\n", "byte 12 is not UTF-8. Save it as UTF-8."),
        (b"a = " + b"[" * 5000, "is not valid TOML"),
    ],
)
def test_what_is_no_toml_is_refused_at_its_place(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=message):
        read_toml(path, SourceError)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"there is no file a\.toml"):
        read_toml(tmp_path / "a.toml", SourceError)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read: Is a directory"):
        read_toml(tmp_path, SourceError)
