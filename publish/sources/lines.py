"""Reads fields that are printed as one line: their white space folded, none of them blank.

In: a table and a key. Out: the words. Errors are the table's, with file and line.
"""

import re
from collections.abc import Mapping

from publish.markdown import check_line
from publish.model import Work
from publish.tables import Table

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

Works = Mapping[str, Work]


def words(table: Table, key: str) -> str:
    """Return words with one space between them. Raises the table's error where there are none."""
    return _checked(table, key, table.text(key))


def optional_words(table: Table, key: str) -> str:
    """Return words, or nothing where they are left out. Raises the table's error where they are blank."""
    return words(table, key) if key in table else table.text(key, "")


def told(table: Table, key: str, works: Works) -> str:
    """Return one line of Markdown. Raises the table's error for what a line may not hold."""
    text = words(table, key)
    check_line(text, works, table.where(key))
    return text


def optional_told(table: Table, key: str, works: Works) -> str:
    """Return one line of Markdown; nothing where it is left out."""
    return told(table, key, works) if key in table else table.text(key, "")


def word_list(table: Table, key: str) -> tuple[str, ...]:
    """Return a list of words, none of them blank."""
    return tuple(_checked(table, key, each) for each in table.texts(key, ()))


def told_list(table: Table, key: str, works: Works) -> tuple[str, ...]:
    """Return a list of lines of Markdown."""
    every = word_list(table, key)
    for each in every:
        check_line(each, works, table.where(key))
    return every


def _checked(table: Table, key: str, text: str) -> str:
    folded = " ".join(text.split())
    if not folded:
        raise table.fail(f"{key!r} is empty", key, "Write it, or take the entry out.")
    if _CONTROL.search(folded):
        raise table.fail(f"{key!r} is one line of printed characters", key)
    return folded
