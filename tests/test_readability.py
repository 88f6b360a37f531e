"""Readability: counted offline, by a rule of sentences that is told with every figure."""

import socket

import pytest

from publish import readability as module
from publish.handout_words import adapted_running_text, readabilities, running_text
from publish.model import Edition
from publish.readability import Sentences, count_words, readability, syllables


@pytest.mark.parametrize(
    ("rule", "grade"), [(Sentences.CLAUSES, 15.7), (Sentences.FULL_STOPS, 18.6)]
)
def test_the_letter_has_the_grade_that_its_rule_of_sentences_gives(
    edition: Edition, rule: Sentences, grade: float
) -> None:
    assert readability(running_text(edition.document), rule).grade == pytest.approx(grade, abs=0.3)


def test_the_letter_has_451_words(edition: Edition) -> None:
    assert readability(running_text(edition.document)).words == 451


def test_the_adapted_text_is_for_grade_eight_at_most_by_either_rule(edition: Edition) -> None:
    text = adapted_running_text(edition.classroom.handout, edition.document)
    assert max(each.grade for each in readabilities(text)) <= 8.0


def test_a_figure_is_told_with_its_rule_and_its_counts() -> None:
    told = str(readability("He read it. He kept it; nobody knew.", Sentences.CLAUSES))
    assert told.endswith("(8 words, 3 sentences, 10 syllables; a sentence ends at . ! ? ; :)")


def test_the_formula_is_kincaids() -> None:
    measured = readability("The cat sat on the mat.")
    assert measured.grade == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)
    assert measured.ease == pytest.approx(206.835 - 1.015 * 6 - 84.6 * 1)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Dear Mr. Chairman, I write.", 1),
        ("He came at 8 p.m. on Sunday. He left.", 2),
        ("He asked: why? Nobody knew!", 2),
        ("“It is so.” He left.", 2),
        ("The points are these:\n1) one; and\n2) two.", 1),
    ],
)
def test_a_full_stop_ends_a_sentence_and_no_abbreviation_or_list_does(
    text: str, sentences: int
) -> None:
    assert readability(text).sentences == sentences


@pytest.mark.parametrize(
    ("word", "count"), [("quarantine", 3), ("inoperable", 5), ("don’t", 1), ("26th", 2), ("e", 1)]
)
def test_syllables_are_the_dictionarys(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"), [("zorbed", 1), ("zorbted", 2), ("zarable", 3), ("zome", 1), ("zb", 1)]
)
def test_a_word_that_the_dictionary_lacks_has_as_many_as_groups_of_vowels(
    word: str, count: int
) -> None:
    assert syllables(word) == count


def test_without_the_dictionary_the_letters_grade_moves_by_less_than_half_a_year(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_it = readability(running_text(edition.document)).grade
    monkeypatch.setattr(module, "_DICTIONARY", ("no-such-package", "nothing"))
    syllables.cache_clear()
    module._dictionary.cache_clear()
    try:
        assert module._dictionary() == ()
        assert readability(running_text(edition.document)).grade == pytest.approx(with_it, abs=0.5)
    finally:
        syllables.cache_clear()
        module._dictionary.cache_clear()


def test_the_network_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket, "socket", refuse)
    module._dictionary.cache_clear()
    assert len(module._dictionary()) > 100_000


def test_a_text_without_words_has_no_grade() -> None:
    assert readabilities(" —… ") == ()
    with pytest.raises(ValueError, match="without words"):
        readability("…")


def test_words_are_counted_as_an_editor_counts_them() -> None:
    assert count_words("1) He left—at 8:05 p.m.—for good …") == 8
