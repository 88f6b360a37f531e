"""Rules about words in other languages than the edition's: a voice must change for them.

What no letter gives away is not told: whether *coup* or *offensive* is foreign, only a reader knows.
"""

import re
import unicodedata
from collections.abc import Iterator

from publish.checks.prose import Of, Prose, prose
from publish.checks.rule import Found
from publish.languages import found_in
from publish.model import Edition
from publish.problems import Where, where_in

# Languages that are themselves written in other letters than Latin ones.
_WRITTEN_OTHERWISE = "ar be bg el fa he hi hy ja ka ko mk ru sr th uk zh"
_WORD = re.compile(r"[^\W\d_]+")
_ITALIC = re.compile(r"(?<![*\w\\])\*([^*\n]+)\*(?![*\w])|(?<![_\w\\])_([^_\n]+)_(?![_\w])")


def letters_of_no_declared_language(edition: Edition) -> Iterator[Found]:
    """Words in other letters than Latin ones stand in text or prose, and nobody says in which language."""
    if edition.language.partition("-")[0] in _WRITTEN_OTHERWISE.split():
        return
    named = (person.original for person in edition.apparatus.people)
    declared = " ".join((*(phrase.words for phrase in edition.foreign), *named))
    told: set[str] = set()
    for word, where in _words(edition):
        if word not in declared and word not in told and not all(map(_is_latin, word)):
            told.add(word)
            yield (
                f"nothing says in which language {word!r} is",
                where,
                f'Write in edition.toml: [[foreign]] words = "{word}", language = "…".',
            )


def _words(edition: Edition) -> Iterator[tuple[str, Where]]:
    """Yield the words of the transcription and of the editors, each with its place."""
    source = edition.document.source
    for word in _WORD.finditer(source.text):
        if not word[0].isascii():
            yield word[0], where_in(source.path, source.text, word.start())
    for piece in prose(edition):
        for word in _WORD.finditer(piece.words):
            if not word[0].isascii():
                yield word[0], piece.where(word.start())


def _is_latin(letter: str) -> bool:
    return "LATIN" in unicodedata.name(letter, "") or unicodedata.category(letter) == "Lm"


def italics_of_no_declared_language(edition: Edition) -> Iterator[Found]:
    """An English edition has an italic word with a letter that English lacks, and nobody says whose it is."""
    if edition.language.partition("-")[0] != "en":
        return  # which letters another language lacks is not known here
    pieces = tuple(prose(edition))
    known = " ".join(piece.text for piece in pieces if piece.kind is Of.WORK)
    people = edition.apparatus.people
    known += " ".join(words for person in people for words in (person.name, *person.names))
    for piece in pieces:
        if piece.kind is not Of.WORK:
            for start, word in _accented_in_italics(piece, edition):
                if word not in known:
                    yield (
                        f"nothing says in which language the italic word {word!r} is",
                        piece.where(start),
                        f'Write in edition.toml: [[foreign]] words = "{word}", language = "…".',
                    )


def _accented_in_italics(piece: Prose, edition: Edition) -> Iterator[tuple[int, str]]:
    """Yield offset and word, for each word in italics that English letters do not write."""
    declared = tuple(found_in(piece.text, edition.foreign))
    for italic in _ITALIC.finditer(piece.own_words):
        begin = italic.start(italic.lastindex or 0)
        for word in _WORD.finditer(italic[italic.lastindex or 0]):
            start = begin + word.start()
            within = any(phrase.start <= start < phrase.end for phrase in declared)
            if not word[0].isascii() and all(map(_is_latin, word[0])) and not within:
                yield start, word[0]
