"""Telegrams that nobody has seen yet: long, bare, accented, ill-shaped. Each is set whole or refused in a line.

Every file that is built here keeps all its promises: `build` delivers no other.
"""

from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from publish.build import Built, build
from publish.orders import Order, make_job
from publish.problems import FontError, RenderingError, SourceError
from publish.sources import find, read
from tests.drawn_facsimile import Sheet, astray, known, lines_of, typed_in
from tests.typed_forms import DATELINE, form
from tests.typed_variants import FORMS, READERS, words_on

EVERY_LETTER = ("ds-322", "incoming", "plain")  # forms whose machines have accents and Cyrillic
every_form = pytest.mark.parametrize("name", FORMS)
with_accents = pytest.mark.parametrize("name", EVERY_LETTER)


def telegram(folder: Path, *blocks: str, dateline: str = DATELINE) -> Path:
    """Write a transcription of these blocks, as a user would, and return its path."""
    path = folder / "telegram.txt"
    path.write_text("\n\n".join(("## A telegram", dateline, *blocks)) + "\n", encoding="utf-8")
    return path


def built(path: Path, name: str, stock: str = "white") -> Built:
    """Return the transcription's facsimile on a form, delivered beside it."""
    edition = read(find(str(path))).editions[0]
    order = Order("facsimile", form=name, options={"stock": stock})
    return build(make_job(edition, order, known()), path.parent / "out")


def assert_whole(made: Built) -> None:
    """Assert that readers of two kinds find all words, each as often as it stands on the sheets, and no other."""
    wanted = words_on(made.job, made.pages)
    for reader in ("pdfium", "pdfminer"):
        assert READERS[reader].found(made, made.pages) == wanted


def rows(made: Built, page: int) -> list[str]:
    """Return the lines of typed words on a page, from 0, from top to bottom, single-spaced."""
    sheet = Sheet(made.job.form)
    lines = lines_of(made.path.read_bytes(), sheet)
    shown: list[str] = []
    for place in sorted(place for place in lines if place[0] == page):
        columns = {round(sheet.column(drawn.x)): drawn for drawn in lines[place]}
        cells = (columns[c].character if c in columns else " " for c in range(1, max(columns) + 1))
        shown.append(" ".join("".join(cells).split()))
    return shown


def assert_within_the_text(made: Built) -> None:
    """Assert that letters stand in the columns and rows that the form has for text, or in a row of a field."""
    of = made.job.form
    sheet, fields = Sheet(of), {field.row for field in of.fields if field.filled_by}
    for (page, row), line in lines_of(made.path.read_bytes(), sheet).items():
        if row in fields:
            continue
        area, columns = of.typing.area(page + 1), [round(sheet.column(one.x)) for one in line]
        assert area.first_row <= row <= area.last_row
        assert min(columns) >= of.typing.left
        assert max(columns) < of.typing.left + of.typing.measure


# Words


@every_form
def test_a_word_that_just_fits_the_line_is_set(name: str, tmp_path: Path) -> None:
    typing = form(name).typing
    word = "w" * (typing.measure - max(habit.first for habit in typing.habits.values()))
    assert_whole(built(telegram(tmp_path, "77. One.", f"So {word} it is."), name))


@every_form
def test_words_of_all_lengths_stay_within_the_rows_and_columns_for_text(
    name: str, tmp_path: Path
) -> None:
    words = " ".join("w" * (1 + number * 7 % 13) for number in range(1200))
    made = built(telegram(tmp_path, f"77. {words}", words), name)
    assert made.pages > 1
    assert_within_the_text(made)
    assert_whole(made)


@every_form
def test_a_word_longer_than_the_measure_is_refused_with_its_block(
    name: str, tmp_path: Path
) -> None:
    word = "w" * (form(name).typing.measure + 1)
    with pytest.raises(RenderingError) as problem:
        built(telegram(tmp_path, "77. One.", f"So {word} it is."), name)
    said = str(problem.value)
    assert "\n" not in said
    assert f"telegram.txt:7:1: block p2: the word '{word}'" in said.replace(word.upper(), word)
    assert said.endswith("Choose a form with a longer line; the press never divides a word.")


@every_form
def test_a_word_longer_than_the_measure_leaves_nothing_behind(name: str, tmp_path: Path) -> None:
    with pytest.raises(RenderingError):
        built(telegram(tmp_path, "77. " + "w" * 200), name)
    assert not (tmp_path / "out").exists()


# Letters

ACCENTED = "Çà et là: naïve, Ångström, Łódź, żółć, señor, über, ÿ, Œuvre, Šťastný."
CYRILLIC = "Мурманск, Ёлка, їжак, ґанок, съезд и объём."


@with_accents
def test_accents_and_cyrillic_are_typed(name: str, tmp_path: Path) -> None:
    dateline = "Łódź, May 6, 1961, 11 a.m."
    assert_whole(built(telegram(tmp_path, f"77. {ACCENTED}", CYRILLIC, dateline=dateline), name))


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        (ACCENTED, r"'Ç' \(U\+00C7 LATIN CAPITAL LETTER C WITH CEDILLA\)"),
        (CYRILLIC, r"'М' \(U\+041C CYRILLIC CAPITAL LETTER EM\)"),
    ],
)
def test_a_page_printer_refuses_accents_and_cyrillic_by_name(
    words: str, sign: str, tmp_path: Path
) -> None:
    match = (
        rf"telegram\.txt:5:5: the machine of the form 'teletype' has no type for {sign}\. .*plain"
    )
    with pytest.raises(RenderingError, match=match):
        built(telegram(tmp_path, f"77. {words}"), "teletype")


@with_accents
def test_a_character_of_the_text_that_no_face_has_is_named_with_its_place(
    name: str, tmp_path: Path
) -> None:
    with pytest.raises(FontError, match=r"telegram\.txt:5:9: no glyph for U\+2603 SNOWMAN"):
        built(telegram(tmp_path, "77. One ☃ more."), name)


def test_a_character_of_a_field_that_no_face_has_is_named_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(
        FontError, match=r"telegram\.txt:3:5: no glyph for U\+021B LATIN SMALL LETT"
    ):
        built(telegram(tmp_path, "77. One.", dateline="Galaț, May 6, 1961"), "incoming")


# Fields


def test_a_telegram_without_number_place_and_day_leaves_the_fields_empty(tmp_path: Path) -> None:
    path = telegram(tmp_path, "It has one block.", dateline="1961")
    outgoing, plain = built(path, "ds-322"), built(path, "plain")
    assert rows(outgoing, 0) == rows(plain, 0) == ["It has one block."]
    assert rows(built(path, "incoming"), 0) == ["1961", "It has one block."]
    assert rows(built(path, "teletype"), 0) == ["1961", "IT HAS ONE BLOCK."]


@every_form
def test_a_telegram_with_empty_fields_is_set_whole(name: str, tmp_path: Path) -> None:
    made = built(telegram(tmp_path, "It has one block.", dateline="1961"), name)
    assert made.pages == 1
    assert_whole(made)


@pytest.mark.parametrize("dateline", ["", "Strelsau, May 6, 11 a.m."])
def test_a_dateline_without_a_year_is_no_dateline(dateline: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="the transcription has no dateline under its heading"):
        built(telegram(tmp_path, "77. One.", dateline=dateline), "plain")


def test_a_place_longer_than_its_field_is_refused_with_the_field(tmp_path: Path) -> None:
    place = "A place with a name that is longer than the line of a form"
    match = rf"telegram\.txt:3:1: the field 'from' .* has room for 55 characters, and '{place}'"
    with pytest.raises(RenderingError, match=match):
        built(telegram(tmp_path, "77. One.", dateline=f"{place}, May 6, 1961"), "incoming")


# Blocks

TABLE = """\
| Vessel | Remark | Due |
|---|---|---|
| First | a remark that is longer than its column has room for beside the two others | March 9 |
| | none | not known |
| Third | | March 11 |"""


@every_form
def test_a_table_with_long_and_empty_cells_is_set_whole(name: str, tmp_path: Path) -> None:
    assert_whole(built(telegram(tmp_path, "77. A table:", TABLE, "It ends."), name))


@every_form
def test_a_table_may_run_over_sheets(name: str, tmp_path: Path) -> None:
    table = "| Vessel | Berth |\n|---|---|\n" + "\n".join(
        f"| Number {number} | berth {number % 7} |" for number in range(1, 91)
    )
    made = built(telegram(tmp_path, "77. A table:", table, "It ends."), name)
    assert made.pages > 1
    assert_whole(made)


@every_form
def test_section_heads_stand_with_the_text_below_them(name: str, tmp_path: Path) -> None:
    blocks = [
        text
        for number in range(1, 31)
        for text in (f"### Section {number} of 30", f"Text {number} stands here.")
    ]
    made = built(telegram(tmp_path, *blocks), name)
    assert made.pages > 1
    assert_whole(made)
    for page in range(made.pages):
        assert rows(made, page)[-1].upper().startswith("TEXT")


def test_the_words_section_1_of_2_are_typed_flush_as_they_stand(tmp_path: Path) -> None:
    blocks = ("### Section 1 of 2", "77. One.", "### Section 2 of 2", "Two.")
    made = built(telegram(tmp_path, *blocks), "ds-322")
    assert rows(made, 0) == ["77", "Section 1 of 2", "One.", "Section 2 of 2", "Two."]
    pdf, sheet = made.path.read_bytes(), Sheet(made.job.form)
    lines = lines_of(pdf, sheet)
    starts = {row: round(sheet.column(line[0].x)) for (_, row), line in sorted(lines.items())}
    assert starts == {9: 70, 14: 13, 16: 18, 18: 13, 20: 18}


LABELS = ("1)", "2)", "10)", "a)", "b.", "(c)", "123.")


@every_form
def test_items_keep_their_labels(name: str, tmp_path: Path) -> None:
    items = "\n".join(
        f"- {label} An item that runs on for longer than one line of the sheet, so that it hangs."
        for label in LABELS
    )
    made = built(telegram(tmp_path, "77. Items:", items, "- No label at all.", "It ends."), name)
    assert_whole(made)
    begun = {row.split()[0].lower() for row in rows(made, 0) if " an item " in row.lower()}
    assert begun == set(LABELS)


@every_form
def test_a_signature_is_not_left_alone_on_a_sheet(name: str, tmp_path: Path) -> None:
    typing = form(name).typing
    lines = _lines_of_a_first_sheet(name)
    blocks = [f"Line {number} stands here." for number in range(1, lines + 1)]
    alone = built(telegram(tmp_path, *blocks, "It ends here."), name)
    assert [rows(alone, page)[-1].upper() for page in range(2)] == [
        f"LINE {lines} STANDS HERE.", "IT ENDS HERE.",
    ]  # fmt: skip
    signed = built(telegram(tmp_path, *blocks, "A. Clerk"), name)
    carried = typing.carried_with_signature
    text = [row.upper() for row in rows(signed, 1) if "STANDS" in row.upper()]
    assert text == [
        f"LINE {number} STANDS HERE." for number in range(lines - carried + 1, lines + 1)
    ]
    assert rows(signed, 1)[-1].upper() == "A. CLERK"
    assert_whole(signed)


def _lines_of_a_first_sheet(name: str) -> int:
    """Return how many paragraphs of one line fill the first sheet of a form."""
    typing = form(name).typing
    habit = next(habit for kind, habit in typing.habits.items() if kind == "paragraph")
    step = typing.line_step + habit.rows_before
    with_dateline = typing.dateline_habit is not None
    return (typing.first.last_row - typing.first.first_row) // step + 1 - with_dateline


# Length

SHEETS = 200


@pytest.mark.slow
def test_a_telegram_of_two_hundred_sheets_is_set_whole(tmp_path: Path) -> None:
    typing = form("plain").typing
    on_first, on_next = (
        (area.last_row - area.first_row) // typing.line_step + 1
        for area in (typing.first, typing.continuation)
    )
    lines = on_first + (SHEETS - 1) * on_next
    # Few letters to a line: what is tried is the number of sheets.
    blocks = [f"Berth {number}." for number in range(1, lines)]
    made = built(telegram(tmp_path, *blocks, "It ends."), "plain", "aged")
    pdf = made.path.read_bytes()
    document = pypdfium2.PdfDocument(pdf)
    assert [document.get_page_label(page) for page in range(len(document))] == [
        f"F{number}" for number in range(1, SHEETS + 1)
    ]
    assert READERS["pdfium"].found(made, SHEETS) == words_on(made.job, SHEETS)
    with pikepdf.open(BytesIO(pdf)) as opened:
        pictures = [
            one
            for one in opened.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
        ]
    assert len(pictures) <= 4


# Any paragraphs

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
ACCENTS = "àâäåçéèêëíîïñóôöøúûüßÀÅÉÖØÜčďěňřšťůžćłńśźżőűŁŚŽ"
RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ"
SIGNS = "-'\".,;:!?()/&%$"
WORDS = st.text(LETTERS + ACCENTS + SIGNS, min_size=1, max_size=14) | st.text(
    RUSSIAN + SIGNS, min_size=1, max_size=14
)
# An X before them: a paragraph that begins with a hyphen is an item, with figures and a point a number.
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=60), min_size=1, max_size=12)


@settings(max_examples=6, deadline=None, derandomize=True)
@given(PARAGRAPHS)
@example([["0", "0", "-"], ["0"]])
def test_any_paragraphs_are_typed_word_by_word_in_the_cells_of_the_sheet(
    tmp_path_factory: pytest.TempPathFactory, paragraphs: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    made = built(telegram(folder, *(f"X{' '.join(words)}" for words in paragraphs)), "plain")
    assert READERS["pdfium"].found(made, made.pages) == words_on(made.job, made.pages)
    pdf, sheet = made.path.read_bytes(), Sheet(made.job.form)
    letters = [drawn for drawn in typed_in(pdf) if drawn.character != " "]
    assert max(max(map(abs, astray(drawn, sheet))) for drawn in letters) < 0.25
    assert_within_the_text(made)
