"""Words fitted into columns: lines that are even, none lost, italic titles that go on over a line's end."""

import pytest

from publish.exhibit import italic_pieces, without_italics
from publish.typeset.panel.fitting import Line, balanced, broken, carried, tied


@pytest.mark.parametrize(
    "text", ["October 27", "8:05 p.m.", "U.S. Embassy", "volume VI", "F. Kennedy", "document 67"]
)
def test_what_belongs_together_is_tied(text: str) -> None:
    assert tied(f"so {text} is") == f"so {text.replace(' ', chr(0xA0))} is"


def by_characters(text: str) -> float:
    return float(len(text))


def lines(text: str, width: float) -> list[str]:
    return [line.text.replace("\u00a0", " ") for line in balanced(text, width, by_characters)]


def test_a_few_words_take_no_more_lines_than_their_column_asks_for() -> None:
    for text in ("one two three four five six", "Khrushchev’s acceptance is broadcast"):
        for width in range(14, 40):
            assert len(lines(text, width)) <= len(broken([text], width, by_characters))


def test_no_word_stands_alone_below_full_lines() -> None:
    assert lines("First letter reaches the U.S. Embassy in Moscow", 21) == [
        "First letter reaches",
        "the U.S. Embassy",
        "in Moscow",
    ]


def test_of_two_even_ways_the_upper_line_is_the_longer() -> None:
    assert lines("Khrushchev’s acceptance is broadcast", 24) == [
        "Khrushchev’s acceptance",
        "is broadcast",
    ]


def test_what_fits_on_a_line_is_not_divided() -> None:
    assert lines("Second letter is broadcast", 26) == ["Second letter is broadcast"]


def test_words_wider_as_a_line_than_one_by_one_come_to_an_end() -> None:
    """Kerning: a line's width is not the sum of its words', and a column narrowed by it would never end."""

    def kerned(text: str) -> float:
        return len(text) + 3.0 * text.count(" ")

    assert [line.text for line in balanced("ab cd ef gh", 20, kerned)]


def line(text: str) -> Line:
    return Line(text, 0, 0.0, ends=False)


def test_a_title_goes_on_in_italics_over_the_end_of_a_line() -> None:
    made = carried([line("compared with *Foreign"), line("Relations of the"), line("States*, VI")])
    assert [one.text for one in made] == [
        "compared with *Foreign*",
        "*Relations of the*",
        "*States*, VI",
    ]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("of *FRUS*, VI", [("of ", False), ("FRUS", True), (", VI", False)]),
        ("*FRUS*", [("FRUS", True)]),
        ("plain", [("plain", False)]),
    ],
)
def test_pieces_of_a_credit_are_italic_or_not(text: str, pieces: list[tuple[str, bool]]) -> None:
    assert list(italic_pieces(text)) == pieces
    assert without_italics(text) == "".join(piece for piece, _ in pieces)
