"""Words drawn, spoken or bound otherwise than the record promises: each part catches each."""

import pytest

from publish.verify import verify
from tests.verify_changes import broken_codes, good
from tests.verify_pages import HYPHEN, build

READING_FIRST = (
    "77. The steamer sails today—weather permitting. Its papers are “in order”. "
    "Please tell the harbour."
)
FACSIMILE_FIRST = (
    'The steamer sails today--weather permitting.  Its papers are "in order".  '
    "Please tell the harbour."
)
ITEM = f"1) It carries no counter{HYPHEN}revolutionaries. It carries timber."
LAST = "A last paragraph follows the table."


def drawn_wrong(**words: str) -> set[str]:
    """Return what is broken when elements are drawn with other words ("p1", "facsimile_p1")."""
    return broken_codes(
        build(drawn={key.replace("_", "-"): text for key, text in words.items()}).pdf
    )


# The words of the document, drawn otherwise


@pytest.mark.parametrize(
    ("part", "right"), [("p1", READING_FIRST), ("facsimile_p1", FACSIMILE_FIRST)]
)
@pytest.mark.parametrize(
    ("was", "instead"),
    [
        pytest.param("tell", "sell", id="a letter changed"),
        pytest.param("Its papers", "papers", id="a word dropped"),
        pytest.param("Its papers", "Its Its papers", id="a word doubled"),
        pytest.param("Its papers", "papers Its", id="two words swapped"),
        pytest.param("harbour.", "harbour", id="the last sign dropped"),
        pytest.param("Its papers", "Itspapers", id="a space dropped"),
    ],
)
def test_other_words_are_caught_in_each_part(part: str, right: str, was: str, instead: str) -> None:
    assert was in right
    codes = drawn_wrong(**{part: right.replace(was, instead)})
    assert {"drawn", "heard"} <= codes


def test_the_right_words_given_by_hand_are_kept() -> None:
    assert drawn_wrong(p1=READING_FIRST, facsimile_p1=FACSIMILE_FIRST, p2=ITEM, p4=LAST) == set()


def test_one_typed_space_where_two_are_promised_is_seen_but_not_heard() -> None:
    assert drawn_wrong(facsimile_p1=FACSIMILE_FIRST.replace(".  Its", ". Its")) == {"drawn"}


def test_a_recorded_line_end_hyphen_that_is_not_drawn_is_caught() -> None:
    assert drawn_wrong(p2=ITEM.replace(HYPHEN, "")) == {"drawn"}


def test_a_line_end_hyphen_that_nobody_recorded_is_caught() -> None:
    assert drawn_wrong(p4=LAST.replace("para", f"para{HYPHEN}")) == {"drawn", "heard"}


def test_a_soft_hyphen_is_a_line_end_hyphen_too() -> None:
    assert drawn_wrong(p2=ITEM.replace(HYPHEN, "\u00ad")) == set()


def test_a_wrong_label_is_caught() -> None:
    assert {"drawn", "heard"} <= drawn_wrong(p2=ITEM.replace("1)", "2)"))


def test_a_swapped_pair_of_table_cells_is_caught() -> None:
    assert {"drawn", "heard"} <= drawn_wrong(p3="Vessel\tDue\nMay 1\tAlma")


def test_a_table_row_that_is_missing_is_caught() -> None:
    assert {"drawn", "heard"} <= drawn_wrong(p3="Vessel\tDue")


def test_a_wrong_number_in_the_field_of_the_form_is_caught() -> None:
    assert {"drawn", "heard"} <= drawn_wrong(facsimile_number="78")


def test_loose_words_between_two_blocks_are_caught() -> None:
    assert broken_codes(build(between="A paragraph nobody wrote.").pdf) >= {"strays"}


def test_blocks_in_another_order_are_caught() -> None:
    assert "order" in broken_codes(build(reversed_blocks=True).pdf)


def test_a_difference_says_where_and_what() -> None:
    pdf = build(drawn={"p4": LAST.replace("last", "lost")}).pdf
    drawn = next(r for r in verify(pdf, good().record) if r.code == "drawn")
    assert drawn.where == "p4, character 4, page 3 (2)"
    assert drawn.detail == (
        "the text differs: expected 'A l▸ast paragraph follows th', "
        "found 'A l▸ost paragraph follows th'"
    )
