"""Options: what a product leaves to whoever orders it. A word or a paper out of several; a length, a file, words.

In: an [[option]] of a product.toml, and what a user sets. Out: an Option, and a value that it takes.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from publish.problems import PublishError, UsageError, nearest
from publish.tables import Table
from publish.units import Points, points

CHOICE: Final = "choice"
LENGTH: Final = "length"  # a number and its unit, between two bounds
PATH: Final = "path"  # a file of the user's
WORDS: Final = "words"  # whatever is written, in one line
PAPER: Final = (
    "paper"  # a paper out of several: what is made of a finished file has a sheet of its own
)
KINDS: Final = (CHOICE, LENGTH, PATH, WORDS, PAPER)
_OF_SEVERAL: Final = (CHOICE, PAPER)
FILE, ORDER = "file", "order"

# The words of an option are typed in a command and stand in file names.
_WORD = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that a product leaves open. `values` are those of a choice, one of which is the default.

    The others may have no default: empty, as long as nobody sets them.
    """

    name: str
    title: str
    values: tuple[str, ...]
    default: str
    kind: str = CHOICE
    least: str = ""  # of a length, as it is written: "3mm"
    most: str = ""
    about: str = FILE  # or ORDER: it changes nothing in the file, and neither its name nor its record tells it
    named: bool = True  # whether a file's name says it

    @property
    def choices(self) -> str:
        """Return the values as a user is shown them ("aged (default), white, carbon")."""
        if self.kind in _OF_SEVERAL:
            return ", ".join(
                f"{value} (default)" if value == self.default else value for value in self.values
            )
        told = {PATH: "a file", WORDS: "words"}.get(self.kind, f"{self.least} to {self.most}")
        return told + (f" (default {self.default})" if self.default else "")

    def check(self, value: str, product: str) -> None:
        """Refuse a value that the option does not take. Raises UsageError: what, and what it takes."""
        if self.kind in _OF_SEVERAL and value not in self.values:
            raise UsageError(
                f"option {self.name!r} of product {product!r} has no value {value!r}",
                hint=all_known(value, self.values),
            )
        if self.kind == LENGTH and value:
            self._check_length(value, product)
        if self.kind == WORDS and (len(value) > _MOST_WORDS or not value.isprintable()):
            raise UsageError(
                f"option {self.name!r} of product {product!r} takes one line of {_MOST_WORDS} signs at most",
                hint="Shorten it.",
            )
        if self.kind == PATH and value and not Path(value).is_file():
            raise UsageError(
                f"option {self.name!r} of product {product!r}: there is no file {value}",
                hint="Check the name.",
            )

    def _check_length(self, value: str, product: str) -> None:
        takes = f"It takes {self.least} to {self.most}."
        try:
            length = points(value)
        except ValueError as problem:
            raise UsageError(
                f"option {self.name!r} of product {product!r}: {problem}", hint=takes
            ) from None
        if not points(self.least) - _CLOSE <= length <= points(self.most) + _CLOSE:
            raise UsageError(
                f"option {self.name!r} of product {product!r} cannot be {value}", hint=takes
            )

    def in_file_name(self, value: str) -> str:
        """Return what a file's name says of a value that is not the default; nothing where it is not named."""
        if self.kind == CHOICE:
            return value
        if not self.named:
            return ""
        told = Path(value).stem if self.kind == PATH else value
        plain = re.sub(r"[^a-z0-9.]+", "-", told.lower()).strip("-.")
        return f"{self.name}-{plain}"

    def recorded(self, value: str) -> str:
        """Return a value as a record has it: of a file its name, wherever it lay."""
        return Path(value).name if self.kind == PATH else value


_MOST_WORDS: Final = 120
_CLOSE: Final[Points] = 0.01  # points: 3.175 mm and 0.125 in are one length


def read_option(table: Table) -> Option:
    """Read an [[option]]. Raises the table's error, with the line, for one that cannot be."""
    kind = table.text("kind", CHOICE)
    if kind not in KINDS:
        raise table.fail(f"there is no kind of option {kind!r}", "kind", nearest(kind, KINDS))
    choice, length = kind in _OF_SEVERAL, kind == LENGTH
    option = Option(
        table.text("name"),
        table.text("title"),
        table.texts("values") if choice else (),
        table.text("default") if choice else table.text("default", ""),
        kind,
        table.text("least") if length else "",
        table.text("most") if length else "",
        table.text("about", FILE),
        table.flag("named", default=True),
    )
    table.close()
    if option.about not in (FILE, ORDER):
        raise table.fail(f"an option is about the {FILE} or the {ORDER}", "about")
    for key, words in (("name", (option.name,)), ("values", option.values)):
        for word in words:
            if not _WORD.fullmatch(word):
                raise table.fail(
                    f"{word!r} is not made of lower-case letters, digits, hyphens and points", key
                )
    if choice:
        _check_choice(option, table)
    if length:
        _check_bounds(option, table)
    return option


def _check_choice(option: Option, table: Table) -> None:
    if len(option.values) < 2 or len(set(option.values)) < len(option.values):
        raise table.fail(
            f"the option {option.name!r} needs two different values or more, each once", "values"
        )
    if option.default not in option.values:
        raise table.fail(
            f"the default {option.default!r} is none of the values of {option.name!r}",
            "default",
            nearest(option.default, option.values),
        )


def _check_bounds(option: Option, table: Table) -> None:
    for key in ("least", "most"):
        table.length(key)
    if table.length("least") > table.length("most"):
        raise table.fail(f"the least of {option.name!r} is more than its most", "least")
    try:
        option.check(option.default, "")
    except PublishError as problem:
        raise table.fail(problem.message, "default", problem.hint) from None


def all_known(word: str, known: tuple[str, ...] | list[str]) -> str:
    """Return a hint that names the nearest of few words and all of them, in their own order."""
    every = f"Known: {', '.join(known)}." if known else "It has none."
    near = nearest(word, tuple(known))
    return f"{near} {every}" if near.startswith("Did") else every
