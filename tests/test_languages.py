"""Words in other languages: found as whole words, marked in HTML, heard in their own voice."""

import shutil
from pathlib import Path

import pytest

from publish.languages import by_language, found_in, with_languages
from publish.model import ForeignPhrase
from publish.problems import SourceError
from publish.sources import read
from publish.verify.reading_back import FinishedFile
from publish.verify.tree import Content
from tests.conftest import SYNTHETIC, Finisher

PHRASES = (
    ForeignPhrase("Мурманск", "ru"),
    ForeignPhrase("laissez passer", "fr"),
    ForeignPhrase("laissez", "fr-CA"),
)


def test_a_phrase_is_found_as_a_whole_word_only() -> None:
    assert [found.language for found in found_in("Мурманск, not Мурманска", PHRASES)] == ["ru"]


def test_of_two_phrases_that_begin_alike_the_longer_is_taken() -> None:
    assert [found.language for found in found_in("a laissez passer", PHRASES)] == ["fr"]


def test_a_text_is_parted_without_losing_a_character() -> None:
    text = "From Мурманск with laissez passer."
    parts = list(by_language(text, PHRASES))
    assert "".join(part for part, _ in parts) == text
    assert [language for _, language in parts] == ["", "ru", "", "fr", ""]


def test_words_are_marked_in_html_and_attributes_are_not() -> None:
    html = '<a title="Мурманск">Мурманск</a>'
    assert with_languages(html, PHRASES) == (
        '<a title="Мурманск"><span lang="ru">Мурманск</span></a>'
    )


def test_every_foreign_word_of_the_synthetic_telegram_has_its_language_in_the_file(
    finished: Finisher,
) -> None:
    with FinishedFile(finished(SYNTHETIC).pdf) as file:
        spoken: dict[str, set[str]] = {}
        for element in file.tree.elements:
            for kid in element.kids:
                if element.lang and element.type == "Span" and isinstance(kid, Content):
                    words = file.drawn[kid.page].text(kid.mark).strip()
                    spoken.setdefault(element.lang, set()).add(words)
    assert spoken == {"ru": {"Мурманск"}, "hu": {"Példaváros"}, "pl": {"Łódź"}, "sv": {"Ångström"}}


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('words = "nowhere at all"\nlanguage = "ru"', "stand nowhere in the edition"),
        ('words = "paper"\nlanguage = "Russian!"', "is not a language tag"),
        ('words = "paper"\nlanguage = "ru"\nvoice = "low"', "unknown key 'voice'"),
        ('language = "ru"', "'words' is missing"),
    ],
)
def test_a_faulty_entry_is_refused(entry: str, message: str, tmp_path: Path) -> None:
    seed = Path(shutil.copytree(SYNTHETIC, tmp_path / "seed"))
    with (seed / "edition.toml").open("a", encoding="utf-8") as manifest:
        manifest.write(f"\n[[foreign]]\n{entry}\n")
    with pytest.raises(SourceError, match=message):
        read(seed)
