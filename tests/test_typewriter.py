"""The typed line: where it ends, that it is exact, tables, sheets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.departures import Passage, Run, depart
from publish.forms import load_form
from publish.model import BlockKind, Scope, Span
from publish.problems import RenderingError
from publish.resources import layouts_directory
from publish.typed_document import typed_document
from publish.typeset.typewriter import (
    Piece,
    TypedLine,
    TypedSheet,
    bind_signatures,
    break_lines,
    fill_sheets,
    type_block,
    type_dateline,
    type_sheets,
)
from tests.typed_forms import form, telegram

TYPING = load_form(layouts_directory() / "forms" / "ds-322.toml").typing
FIRST_SHEET = 18  # lines of double-spaced text that the form's first sheet holds
NEXT_SHEET = 25

WORDS = st.lists(
    st.tuples(
        st.text("abXY09-.,;'\"()é", min_size=1, max_size=30), st.sampled_from([" ", "  ", "   "])
    ),
    max_size=60,
)


def passage(text: str, label_length: int = 0) -> Passage:
    return Passage("p1", (Run(text, Span(0, len(text))),), label_length)


def typed(text: str, kind: BlockKind, label_length: int = 0) -> list[str]:
    return [str(line) for line in type_block(passage(text, label_length), kind, TYPING)]


def lines_of(count: int, kind: BlockKind = BlockKind.PARAGRAPH) -> tuple[TypedLine, ...]:
    return tuple(TypedLine("p1", kind, (Piece(0, f"line {n}"),)) for n in range(1, count + 1))


def texts(sheet: TypedSheet) -> list[str]:
    return [str(placed.line) for placed in sheet]


# Where a line ends


def test_a_line_breaks_at_a_space() -> None:
    assert break_lines("one two three", 8) == ("one two ", "three")


def test_a_word_that_just_fits_stays_on_the_line() -> None:
    assert break_lines("one two three", 7) == ("one two ", "three")


def test_spaces_at_a_break_stay_at_the_end_of_the_line() -> None:
    assert break_lines("done.  Next", 6) == ("done.  ", "Next")


def test_a_line_breaks_after_a_typed_dash() -> None:
    assert break_lines("proposals--which seem", 14) == ("proposals--", "which seem")


def test_a_typed_dash_never_begins_a_line() -> None:
    assert break_lines("our proposals--which", 11) == ("our ", "proposals--", "which")


def test_a_closing_quotation_mark_stays_with_the_dash_before_it() -> None:
    assert break_lines('he said "no--" then', 12) == ("he said ", '"no--" then')


def test_a_single_hyphen_does_not_end_a_line() -> None:
    assert break_lines("the Import-Export bank", 14) == ("the ", "Import-Export ", "bank")


def test_other_lines_are_indented_apart_from_the_first() -> None:
    assert break_lines("aaaa bbbb cccc", 9, first=5, rest=0) == ("aaaa ", "bbbb cccc")


def test_a_no_break_space_does_not_end_a_line() -> None:
    assert break_lines("one 27\u00a0October", 12) == ("one ", "27\u00a0October")


def test_nothing_gives_no_line() -> None:
    assert break_lines("", 62) == ()


def test_a_word_longer_than_the_line_is_named() -> None:
    with pytest.raises(RenderingError, match="'antidisestablishmentarianism' has 28 characters"):
        break_lines("the antidisestablishmentarianism", 20)


@given(WORDS)
def test_lines_joined_are_the_text_character_by_character(words: list[tuple[str, str]]) -> None:
    text = "".join(word + spaces for word, spaces in words)
    assert "".join(break_lines(text, 62, 5, 9)) == text


@given(WORDS)
def test_no_line_is_longer_than_the_measure_but_for_its_last_spaces(
    words: list[tuple[str, str]],
) -> None:
    text = "".join(word + spaces for word, spaces in words)
    assert all(len(line.rstrip(" ")) <= 62 for line in break_lines(text, 62))


@given(WORDS)
def test_no_line_but_the_first_begins_with_a_space(words: list[tuple[str, str]]) -> None:
    text = "".join(word + spaces for word, spaces in words)
    assert not any(line.startswith(" ") for line in break_lines(text, 62)[1:])


# Blocks


def test_a_paragraph_is_indented_by_five() -> None:
    assert typed("I have read your letter.", BlockKind.PARAGRAPH) == [
        "     I have read your letter."
    ]


def test_a_salutation_is_flush() -> None:
    assert typed('"Dear Mr. Chairman:', BlockKind.SALUTATION) == ['"Dear Mr. Chairman:']


def test_a_signature_stands_at_column_thirty_of_the_text() -> None:
    assert typed("/s/ A. Clerk", BlockKind.SIGNATURE) == [" " * 30 + "/s/ A. Clerk"]


def test_an_item_hangs_under_its_words() -> None:
    first, second = typed("1)  " + "word " * 11 + "last", BlockKind.ITEM, label_length=2)
    assert first == "     1)  word word word word word word word word word word"
    assert second == "         word last"


def test_the_label_of_an_item_is_a_piece_of_its_own_with_its_spaces() -> None:
    (line,) = type_block(passage("1)  You would", 2), BlockKind.ITEM, TYPING)
    assert line.pieces == (Piece(5, "1)  ", label=True), Piece(9, "You would"))


def test_a_block_that_prints_nothing_takes_no_line() -> None:
    assert type_block(passage(""), BlockKind.PARAGRAPH, TYPING) == ()


# Tables


TABLE = "Post\tNumber\nCairo\t12\nNew Delhi\t7"


def test_the_columns_of_a_table_stand_under_each_other() -> None:
    assert typed(TABLE, BlockKind.TABLE) == [
        "     Post        Number",
        "     Cairo       12",
        "     New Delhi   7",
    ]


def test_each_tab_and_line_feed_of_a_table_is_typed_as_one_space() -> None:
    pieces = [
        p for line in type_block(passage(TABLE), BlockKind.TABLE, TYPING) for p in line.pieces
    ]
    assert "".join(piece.text for piece in pieces) == "Post Number Cairo 12 New Delhi 7"


def test_an_empty_cell_keeps_its_separating_space() -> None:
    pieces = [
        p for line in type_block(passage("A\tB\n\tC"), BlockKind.TABLE, TYPING) for p in line.pieces
    ]
    assert "".join(piece.text for piece in pieces) == "A B  C"


def test_a_wide_table_is_narrowed_in_its_widest_column() -> None:
    wide = "Post\tRemark\nCairo\t" + "remark " * 10 + "end"
    lines = typed(wide, BlockKind.TABLE)
    assert len(lines) > 2
    assert max(map(len, lines)) <= TYPING.measure


def test_a_wrapped_cell_is_exact_in_the_order_of_its_cells() -> None:
    wide = "Post\tRemark\nCairo\t" + "remark " * 10 + "end"
    pieces = [p for line in type_block(passage(wide), BlockKind.TABLE, TYPING) for p in line.pieces]
    in_order = sorted(pieces, key=lambda piece: piece.cell or (0, 0))
    assert "".join(piece.text for piece in in_order) == wide.replace("\t", " ").replace("\n", " ")


def test_a_table_that_no_narrowing_fits_is_refused() -> None:
    with pytest.raises(RenderingError, match="the table needs"):
        typed("\t".join(["x" * 20] * 4), BlockKind.TABLE)


def test_the_head_of_a_table_stays_with_its_first_row() -> None:
    lines = type_block(passage(TABLE), BlockKind.TABLE, TYPING)
    assert [line.bound for line in lines] == [True, False, False]


# The dateline, and what is heard


TELETYPE = load_form(layouts_directory() / "forms" / "teletype.toml").typing


def in_capitals(text: str, label_length: int = 0) -> Passage:
    departure = depart("capitals", text, 0, len(text), text.upper(), Scope.FACSIMILE)
    run = Run(text.upper(), departure.span, departure, text)
    return Passage("p1", (run,), label_length)


def heard(text: str, kind: BlockKind, label_length: int = 0) -> list[tuple[str, str]]:
    lines = type_block(in_capitals(text, label_length), kind, TELETYPE)
    return [(piece.text, piece.spoken) for line in lines for piece in line.pieces]


def test_a_typed_dateline_is_a_line_of_no_block() -> None:
    (line,) = type_dateline(passage("STRELSAU, MAY 6, 1961"), TELETYPE)
    assert (str(line), line.kind) == ("STRELSAU, MAY 6, 1961", None)


def test_a_form_without_a_habit_for_it_types_no_dateline() -> None:
    assert type_dateline(passage("Strelsau, May 6, 1961"), TYPING) == ()


def test_a_word_of_the_dateline_that_is_too_long_is_named() -> None:
    long = telegram("One.", dateline=f"Strelsau{'u' * 70}, May 6, 1961")
    with pytest.raises(RenderingError, match=r"the dateline: the word 'STRELSAU.*' has 79 char"):
        type_sheets(typed_document(long, form("teletype")), TELETYPE)


def test_a_blank_row_stands_before_each_paragraph_of_a_teletype_but_the_first_on_a_sheet() -> None:
    text = typed_document(telegram("One.", "Two."), form("teletype"))
    (sheet,) = type_sheets(text, TELETYPE)
    assert [placed.row for placed in sheet] == [4, 6, 8]


def test_each_line_of_a_paragraph_in_capitals_tells_what_is_heard_of_the_whole() -> None:
    text = "the steamer " * 7 + "sails."
    pieces = heard(text, BlockKind.PARAGRAPH)
    assert len(pieces) == 2
    assert {spoken for _, spoken in pieces} == {text}


def test_what_is_heard_has_single_spaces() -> None:
    assert heard("He came.  Then he left.", BlockKind.PARAGRAPH)[0][1] == "He came. Then he left."


def test_label_and_words_of_an_item_are_heard_apart() -> None:
    assert heard("a) An item.", BlockKind.ITEM, 2) == [("A) ", "a) "), ("AN ITEM.", "An item.")]


def test_a_label_that_capitals_do_not_change_is_heard_as_it_stands() -> None:
    assert heard("1) An item.", BlockKind.ITEM, 2)[0] == ("1) ", "")


def test_each_cell_of_a_table_is_heard_apart() -> None:
    assert heard("Post\tNo\nLisbon\t12", BlockKind.TABLE) == [
        ("POST ", "Post "), ("NO ", "No "), ("LISBON ", "Lisbon "), ("12", ""),
    ]  # fmt: skip


# Sheets


def test_the_first_sheet_begins_and_ends_in_the_forms_rows() -> None:
    sheet = fill_sheets(lines_of(40), TYPING)[0]
    assert (sheet[0].row, sheet[-1].row) == (14, 48)


def test_a_continuation_sheet_begins_and_ends_in_the_forms_rows() -> None:
    sheet = fill_sheets(lines_of(80), TYPING)[1]
    assert (sheet[0].row, sheet[-1].row) == (7, 55)


def test_lines_are_double_spaced() -> None:
    sheet = fill_sheets(lines_of(5), TYPING)[0]
    assert [placed.row for placed in sheet] == [14, 16, 18, 20, 22]


def test_sheets_hold_all_lines_in_their_order() -> None:
    sheets = fill_sheets(lines_of(100), TYPING)
    assert [text for sheet in sheets for text in texts(sheet)] == [
        f"line {n}" for n in range(1, 101)
    ]


def test_a_telegram_without_text_has_one_empty_sheet() -> None:
    assert fill_sheets((), TYPING) == ((),)


def test_a_signature_never_stands_alone_on_a_sheet() -> None:
    lines = (*lines_of(FIRST_SHEET), *lines_of(1, BlockKind.SIGNATURE))
    first, second = fill_sheets(bind_signatures(lines, carried=2), TYPING)
    assert (len(first), len(second)) == (FIRST_SHEET - 2, 3)


def test_a_signature_that_fits_leaves_the_sheet_as_it_is() -> None:
    lines = (*lines_of(FIRST_SHEET - 1), *lines_of(1, BlockKind.SIGNATURE))
    assert len(fill_sheets(bind_signatures(lines, carried=2), TYPING)) == 1


def test_a_signature_of_two_lines_is_not_divided() -> None:
    lines = (*lines_of(FIRST_SHEET - 1), *lines_of(2, BlockKind.SIGNATURE))
    first, second = fill_sheets(bind_signatures(lines, carried=2), TYPING)
    assert (len(first), len(second)) == (FIRST_SHEET - 3, 4)


def test_a_section_head_does_not_end_a_sheet() -> None:
    head = type_block(passage("Section 2 of 2"), BlockKind.SECTION, TYPING)
    first, second = fill_sheets((*lines_of(FIRST_SHEET - 1), *head, *lines_of(3)), TYPING)
    assert texts(second)[0] == "Section 2 of 2"
    assert len(first) == FIRST_SHEET - 1


def test_lines_that_are_all_bound_still_come_to_an_end() -> None:
    lines = lines_of(60, BlockKind.SIGNATURE)
    sheets = fill_sheets(bind_signatures(lines, carried=2), TYPING)
    assert [len(sheet) for sheet in sheets] == [
        FIRST_SHEET,
        NEXT_SHEET,
        60 - FIRST_SHEET - NEXT_SHEET,
    ]


@given(st.lists(st.booleans(), max_size=120))
def test_no_line_is_lost_however_lines_are_bound(bound: list[bool]) -> None:
    lines = tuple(
        TypedLine("p1", BlockKind.PARAGRAPH, (Piece(0, f"line {n}"),), bound=is_bound)
        for n, is_bound in enumerate(bound)
    )
    sheets = fill_sheets(lines, TYPING)
    assert tuple(placed.line for sheet in sheets for placed in sheet) == lines
