"""Reads people.toml and terms.toml: who is named and what is spoken of, each with its words and forms.

In: the file, the works of the bibliography. Out: Person and Term in the order of the file. A file that
is not there gives none.
"""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from publish.markdown import plain
from publish.model import Person, Term, Work
from publish.problems import SourceError, nearest
from publish.sources.lines import optional_told, told, word_list, words
from publish.tables import Table, read_toml

PEOPLE = "people.toml"
TERMS = "terms.toml"
KINDS = ("term", "place", "subject")

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

Works = Mapping[str, Work]


def read_people(path: Path, works: Works) -> tuple[Person, ...]:
    """Return the people of people.toml.

    Raises SourceError with the line for an unknown key, an empty name, words that two people share, and
    a name in its own letters without its language.
    """
    if not path.is_file():
        return ()
    top = read_toml(path, SourceError)
    owners: dict[str, str] = {}
    people = []
    for key in top.names():
        table = _entry(top, key)
        original, language = _original(table)
        person = Person(
            key=key,
            name=words(table, "name"),
            sort=words(table, "sort"),
            was=optional_told(table, "was", works),
            line=table.where().line,
            names=word_list(table, "names"),
            original=original,
            original_language=language,
            see=word_list(table, "see"),
        )
        table.close()
        _claim(table, {"name": (person.name,), "names": person.names}, owners)
        _claim_heading(table, {"sort": (person.sort,), "see": person.see}, owners)
        people.append(person)
    return tuple(people)


def read_terms(path: Path, works: Works, people: Sequence[Person] = ()) -> tuple[Term, ...]:
    """Return the terms, places and subjects of terms.toml.

    Raises SourceError with the line for an unknown key or kind, an empty term, words that two entries
    share, and one that stands `under` what is neither a person nor a term of its own.
    """
    if not path.is_file():
        return ()
    top = read_toml(path, SourceError)
    owners: dict[str, str] = {}
    terms = []
    headings = {person.key for person in people} | set(top.names())
    for key in top.names():
        table = _entry(top, key)
        kind = table.text("kind", KINDS[0])
        if kind not in KINDS:
            raise table.fail(f"'kind' cannot be {kind!r}", "kind", nearest(kind, KINDS))
        term = Term(
            key=key,
            term=told(table, "term", {}),
            meant=optional_told(table, "meant", works),
            line=table.where().line,
            kind=kind,
            forms=word_list(table, "forms"),
            see=word_list(table, "see"),
            under=table.text("under", ""),
        )
        table.close()
        _check_heading_above(top, table, term.under, headings)
        _claim(table, {"term": (plain(term.term),), "forms": term.forms}, owners)
        _claim_heading(table, {"term": (term.term,), "see": term.see}, owners)
        terms.append(term)
    return tuple(terms)


def _check_heading_above(top: Table, table: Table, under: str, headings: AbstractSet[str]) -> None:
    """Refuse a subentry below what has no heading of its own in the index."""
    if not under:
        return
    if under not in headings - {table.name}:
        raise table.fail(
            f"no person and no term has the key {under!r}",
            "under",
            nearest(under, sorted(headings)),
        )
    if under in top and "under" in top.table(under):
        raise table.fail(
            f"[{under}] is itself a subentry", "under", "The index has one level of subentries."
        )


def _entry(top: Table, key: str) -> Table:
    """Return the table [key]. Raises SourceError where the key cannot be part of an address."""
    table = top.table(key)
    if not _KEY.fullmatch(key):
        raise table.fail(
            f"the key {key!r} is not made of lower-case letters, digits and hyphens",
            hint="Write one such as [ann-writer]: it is part of an address.",
        )
    return table


def _original(table: Table) -> tuple[str, str]:
    """Return the name in its own letters and their language; both or neither."""
    if "original" not in table and "language" not in table:
        # Asked for all the same, so that a misspelt key is told the nearest.
        return table.text("original", ""), table.text("language", "")
    original = words(table, "original")
    if "language" not in table:
        raise table.fail(
            f"nothing says in which language {original!r} is",
            "original",
            'Add a line: language = "ru" (BCP 47).',
        )
    language = table.text("language")
    if not _LANGUAGE.fullmatch(language):
        hint = "Write one such as ru or fr (BCP 47)."
        raise table.fail(f"{language!r} is not a language tag", "language", hint)
    return original, language


def _claim(table: Table, given: Mapping[str, tuple[str, ...]], owners: dict[str, str]) -> None:
    """Note the words by which an entry is found. Raises SourceError where another has them already."""
    for key, every in given.items():
        for name in every:
            owner = owners.setdefault(f"found {name}", table.name)
            if owner != table.name:
                raise table.fail(
                    f"{name!r} stands for both [{owner}] and [{table.name}]",
                    key,
                    "Keep it in one of the two: a reference can lead to one entry only.",
                )


def _claim_heading(
    table: Table, given: Mapping[str, tuple[str, ...]], owners: dict[str, str]
) -> None:
    """Note the words under which the index has an entry. Raises SourceError where they stand twice."""
    for key, every in given.items():
        for name in every:
            owner = owners.setdefault(f"headed {name}", f"{table.name}.{key}")
            if owner != f"{table.name}.{key}" or every.count(name) > 1:
                raise table.fail(
                    f"the index would have {name!r} twice", key, "Keep one of the two."
                )
