"""Rules about the lists of people and terms: each entry is named, and each name is the list's.

Quoted words keep their spelling, and works their authors' names: neither is looked at.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from publish.checks.prose import PEOPLE, TERMS, Of, Prose, folder_of, prose
from publish.checks.rule import Found
from publish.index import indexed
from publish.model import Edition, Person
from publish.problems import Where

# Words with a capital that stand before a surname and are no given names: offices, and what opens a
# sentence. A name begins after the last of them ("When Attorney General").
_NO_GIVEN_NAMES = frozenset(
    """
    Acting Admiral Ambassador Assistant Attorney Captain Chairman Chancellor Chief Colonel Commander
    Congressman Consul Counselor Deputy Director Doctor Dr Executive First Foreign General Governor Judge
    Justice King Lady Lord Madame Major Marshal Minister Miss Mr Mrs Ms Permanent Premier President Prime
    Prince Princess Professor Queen Representative Secretary Senator Sir Special State Under
    American British Cuban French German Russian Soviet Turkish U.S. U.S.S.R.
    Both But By For From He Here His If In Its Nor Not Of On Only That The Then There This To When While
    With Yet
    """.split()  # noqa: SIM905 — read as a list of words, line by line
)
_BEFORE = re.compile(r"((?:[^\W\d_]\.)+|[^\W\d_][\w’'-]*)\s+$")
_POSSESSIVE = ("’s", "'s", "’", "'")
_OPENING = re.compile(r"(?:^|[.:;!?\n\0*][)\]]?\s*)$")
_QUOTED = re.compile(r"“[^“”]*”")
_CAPITALISED = re.compile(r"(?<!\w)[^\W\d_]+")
# Shorter surnames are one or two letters from too many words: Rusk, Risk; Thant, That.
_SHORTEST_FOR_ONE, _SHORTEST_FOR_TWO = 6, 8


def unused_person(edition: Edition) -> Iterator[Found]:
    """A person of the list is named nowhere in text or commentary."""
    listed = indexed(edition)
    path = str(folder_of(edition) / PEOPLE)
    for person in edition.apparatus.people:
        if f"person-{person.key}" not in listed:
            yield (
                f"{person.name!r} is named nowhere in text or commentary",
                Where(path, person.line, 1),
                "Take the entry out, or write under names = […] what they are called.",
            )


def unused_term(edition: Edition) -> Iterator[Found]:
    """A term, a place or a subject of the list stands nowhere in text or commentary."""
    listed = indexed(edition)
    path = str(folder_of(edition) / TERMS)
    for term in edition.apparatus.terms:
        if f"term-{term.key}" not in listed:
            yield (
                f"{term.term!r} stands nowhere in text or commentary",
                Where(path, term.line, 1),
                "Take the entry out, or write under forms = […] how it is spoken of.",
            )


def name_unlike_the_list(edition: Edition) -> Iterator[Found]:
    """A surname of the list stands with another given name or initial than the list has for it."""
    given_names = _given_names(edition.apparatus.people)
    named = tuple(_named(edition, given_names))
    elsewhere = _words_elsewhere(edition, named)
    for each in named:
        allowed = given_names[each.surname]
        start, given = _given(each, allowed, elsewhere)
        if given and given not in allowed:
            listed = [f"{one} {each.surname}".strip() for one in allowed if one] or [each.surname]
            yield (
                f"the people list does not have the name {f'{given} {each.surname}'!r}",
                each.piece.where(start),
                f"It has {' and '.join(map(repr, listed))}: write that, or add the name there.",
            )


def name_misspelt(edition: Edition) -> Iterator[Found]:
    """A word with a capital is one or two letters from a surname of the list."""
    surnames = {_surname(person) for person in edition.apparatus.people}
    known, ordinary = _known_words(edition)
    for piece, words in _unquoted(edition):
        for match in _CAPITALISED.finditer(words):
            word = match[0]
            if not word[0].isupper() or word in known or word.lower() in ordinary:
                continue
            for surname in sorted(surnames):
                if not word.startswith(surname) and _is_near(word, surname):
                    yield (
                        f"{word!r} may be a misspelling of {surname!r}",
                        piece.where(match.start()),
                        "Correct it, or list whoever it is in people.toml.",
                    )


def _surname(person: Person) -> str:
    return person.sort.partition(",")[0].strip()


def _given_names(people: Sequence[Person]) -> dict[str, tuple[str, ...]]:
    """Return for each surname what may stand before it: the given names of all who bear it."""
    allowed: dict[str, dict[str, None]] = {}
    for person in people:
        surname = _surname(person)
        for name in (person.name, *person.names):
            given, found, _ = name.rpartition(surname)
            if found:
                allowed.setdefault(surname, {})[given.strip()] = None
    return {surname: tuple(given) for surname, given in allowed.items()}


def _unquoted(edition: Edition) -> Iterator[tuple[Prose, str]]:
    """Yield each piece with its words, of which those in quotation marks are blotted out."""
    for piece in prose(edition):
        if piece.kind is not Of.WORK:
            yield piece, _QUOTED.sub(lambda match: "\0" * len(match[0]), piece.own_words)


@dataclass(frozen=True, slots=True)
class _Named:
    """A surname of the list in a piece of prose, and the words with a capital that stand before it."""

    piece: Prose
    words: str  # of the piece, quotations blotted out
    surname: str
    before: tuple[tuple[int, str], ...]  # offset and word


def _named(edition: Edition, surnames: Iterable[str]) -> Iterator[_Named]:
    for piece, words in _unquoted(edition):
        for surname in surnames:
            for match in re.finditer(rf"(?<![\w-]){re.escape(surname)}(?![\w-])", words):
                yield _Named(piece, words, surname, _words_before(words, match.start()))


def _words_before(words: str, end: int) -> tuple[tuple[int, str], ...]:
    """Return the words with a capital before `end`, up to one that can be no given name."""
    found: list[tuple[int, str]] = []
    while match := _BEFORE.search(words, max(0, end - 60), end):
        word = match[1]
        if not word[0].isupper() or word in _NO_GIVEN_NAMES or word.endswith(_POSSESSIVE):
            break
        end = match.start(1)
        found.insert(0, (end, word))
    return tuple(found)


def _words_elsewhere(edition: Edition, named: Sequence[_Named]) -> frozenset[str]:
    """Return the words that text or prose have without a surname after them: Washington, not William."""
    before: dict[Prose, set[int]] = {}
    for each in named:
        before.setdefault(each.piece, set()).update(offset for offset, _ in each.before)
    found = set(_CAPITALISED.findall(edition.document.source.text))
    for piece, words in _unquoted(edition):
        own = before.get(piece, set())
        found |= {word[0] for word in _CAPITALISED.finditer(words) if word.start() not in own}
    return frozenset(found)


def _given(named: _Named, allowed: Sequence[str], elsewhere: frozenset[str]) -> tuple[int, str]:
    """Return where the given names before a surname begin, and what they are.

    Initials and given names of the list are such; any other word is none if it opens a sentence, or
    stands elsewhere without a surname.
    """
    known = {part for given in allowed for part in given.split()}
    before = list(named.before)
    while before:
        start, word = before[0]
        if word in known or word.endswith("."):
            break
        if word not in elsewhere and not _OPENING.search(named.words, max(0, start - 8), start):
            break
        before.pop(0)
    return (before[0][0] if before else 0), " ".join(word for _, word in before)


def _known_words(edition: Edition) -> tuple[set[str], set[str]]:
    """Return the words that are spelt as somebody meant them, and all that begin with a small letter."""
    apparatus = edition.apparatus
    texts = [edition.document.source.text, *map(str, edition.editors), edition.publisher]
    texts += [f"{work.short} {work.full}" for work in apparatus.works]
    texts += [phrase.words for phrase in edition.foreign]
    for person in apparatus.people:
        texts += [person.name, person.sort, *person.names, *person.see]
    for term in apparatus.terms:
        texts += [term.term, *term.forms, *term.see]
    every = {word for text in texts for word in _CAPITALISED.findall(text)}
    for piece in prose(edition):
        every |= {word for word in _CAPITALISED.findall(piece.words) if word[0].islower()}
    return every, {word for word in every if word[0].islower()}


def _is_near(word: str, surname: str) -> bool:
    """Say whether a word is one letter from a surname of six letters or more, two from one of eight."""
    most = (len(surname) >= _SHORTEST_FOR_ONE) + (len(surname) >= _SHORTEST_FOR_TWO)
    return abs(len(word) - len(surname)) <= most and 0 < _distance(word, surname) <= most


def _distance(one: str, other: str) -> int:
    """Return how many letters must be changed, put in or taken out to make one word of the other."""
    before = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, against in enumerate(other, 1):
            line.append(
                min(before[column] + 1, line[-1] + 1, before[column - 1] + (letter != against))
            )
        before = line
    return before[-1]
