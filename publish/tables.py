"""Strict reading of TOML: every key is asked for by name and type, and a key nobody asked for is an error.

In: a file and the error class of whoever reads it. Out: values; errors name file, line and the nearest key.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar

from publish.problems import PublishError, Where, nearest
from publish.units import Points, points

_T = TypeVar("_T")


class _Required:
    """The mark of a key that has no default."""


REQUIRED = _Required()


_HEADER = re.compile(r"[ \t]*(\[\[?)[ \t]*([^\[\]=,]+?)[ \t]*\]\]?[ \t]*(?:#.*)?")
_AT_LINE_START = r"^[ \t]*(?:\[\[?[ \t]*)?(?:[\w.-]+\.)?"
_ANYWHERE = r"(?:^|[\s{,])"


@lru_cache(maxsize=8)
def _lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a file, of whose tables each asks for them."""
    return tuple(text.splitlines())


@lru_cache(maxsize=8)
def _headers_of(text: str) -> tuple[tuple[int, str, str], ...]:
    """Return the headers of a file's tables: their lines, from 0, their brackets and names."""
    found = ((number, _HEADER.fullmatch(line)) for number, line in enumerate(_lines_of(text)))
    return tuple((number, header[1], header[2]) for number, header in found if header)


class Table:
    """One table of a TOML file. Ask for each key, then `close()`."""

    def __init__(
        self,
        data: dict[str, Any],
        path: str,
        text: str,
        error: type[PublishError],
        name: str = "",
        lines: Callable[[], range] | None = None,
    ) -> None:
        """Take a table's values; `lines` says, when an error asks, on which lines of `text` it stands."""
        self._data = data
        self._asked: set[str] = set()
        self.path = path
        self._text = text
        self._error = error
        self.name = name
        self._lines = lines or (lambda: range(len(text.splitlines())))

    def where(self, key: str = "") -> Where:
        """Return the line of this table on which `key` stands, else the one on which it begins."""
        every, lines = _lines_of(self._text), self._lines()
        if key and lines:
            name = rf"""(["']?){re.escape(key)}\1[ \t]*[=.:\]]"""
            # A key begins its line, save in a table without a header: { first = 5, rest = 0 }
            headed = not self.name or _HEADER.fullmatch(every[lines.start])
            for before in (_AT_LINE_START, _ANYWHERE) if headed else (_ANYWHERE,):
                for number in lines:
                    if match := re.search(f"{before}(?={name})", every[number]):
                        return Where(self.path, number + 1, match.end() + 1)
        if self.name and lines:
            line = every[lines.start]
            return Where(self.path, lines.start + 1, len(line) - len(line.lstrip()) + 1)
        return Where(self.path)

    def _regions(self, name: str, bracket: str) -> Iterator[range]:
        """Yield the lines of each table headed `name` within this one, to the next foreign header."""
        lines = self._lines()
        start: int | None = None
        for number, brackets, headed in _headers_of(self._text):
            if number not in lines:
                continue
            own = brackets == bracket and headed == name
            if start is not None and (own or not headed.startswith(f"{name}.")):
                yield range(start, number)
                start = None
            if own:
                start = number
        if start is not None:
            yield range(start, lines.stop)

    def _region(self, key: str, bracket: str, index: int = 0, count: int = 1) -> range:
        """Return the lines of table `index` of the `count` called `key`.

        A table that has no header of its own ({ first = 5 }) stands somewhere after its key; one
        that is not there stands nowhere.
        """
        regions = list(self._regions(f"{self.name}.{key}".strip("."), bracket))
        if len(regions) == count:
            return regions[index]
        place = self.where(key)
        return range(place.line - 1, self._lines().stop) if place.line else range(0)

    def fail(self, message: str, key: str = "", hint: str = "") -> PublishError:
        """Return (for raising) an error of this file's kind at `key`."""
        return self._error(message, where=self.where(key), hint=hint)

    def names(self) -> tuple[str, ...]:
        """Return the keys of this table in the order of the file."""
        return tuple(self._data)

    def __contains__(self, key: str) -> bool:
        """Say whether the key is given."""
        return key in self._data

    def _take(self, key: str, kind: type[_T] | tuple[type, ...], what: str, default: object) -> Any:
        self._asked.add(key)
        if key not in self._data:
            if isinstance(default, _Required):
                raise self._missing(key, what)
            return default
        value = self._data[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.fail(f"{key!r} must be {what}, not {value!r}", key)
        return value

    def _missing(self, key: str, what: str) -> PublishError:
        from difflib import get_close_matches

        message = f"the key {key!r} is missing" + (f" in [{self.name}]" if self.name else "")
        others = [other for other in self._data if other not in self._asked]
        # Nearer than usual: `subtitle` is no misspelling of `title`.
        if misspelt := get_close_matches(key, others, n=1, cutoff=0.8):
            return self.fail(message, misspelt[0], f"Is {misspelt[0]!r} meant for it?")
        return self.fail(message, hint=f"Add a line: {key} = … ({what}).")

    def text(self, key: str, default: str | _Required = REQUIRED) -> str:
        """Return a string."""
        return str(self._take(key, str, "a text in quotes", default))

    def integer(self, key: str, default: int | _Required = REQUIRED) -> int:
        """Return a whole number."""
        return int(self._take(key, int, "a whole number", default))

    def integers(self, key: str, default: int | _Required = REQUIRED) -> tuple[int, ...]:
        """Return a whole number, or a list of them, as a tuple."""
        what = "a whole number or a list of them"
        value = self._take(key, (int, list), what, default)
        every = value if isinstance(value, list) else [value]
        for entry in every:
            if isinstance(entry, bool) or not isinstance(entry, int):
                raise self.fail(f"{key!r} must be {what}, not {value!r}", key)
        return tuple(every)

    def number(self, key: str, default: float | _Required = REQUIRED) -> float:
        """Return a number."""
        return float(self._take(key, (int, float), "a number", default))

    def flag(self, key: str, *, default: bool | _Required = REQUIRED) -> bool:
        """Return true or false."""
        return bool(self._take(key, bool, "true or false", default))

    def length(self, key: str, default: str | _Required = REQUIRED) -> Points:
        """Return a length ("8.5in") in points."""
        value = self.text(key, default)
        try:
            return points(value)
        except ValueError as problem:
            raise self.fail(f"{key}: {problem}", key) from None

    def day(self, key: str, default: date | _Required | None = REQUIRED) -> date | None:
        """Return a date (2026-11-23)."""
        what = "a date like 2026-11-23"
        value: date | None = self._take(key, date, what, default)
        if isinstance(value, datetime):
            raise self.fail(f"{key!r} must be {what}, without an hour", key)
        return value

    def texts(self, key: str, default: tuple[str, ...] | _Required = REQUIRED) -> tuple[str, ...]:
        """Return a list of strings."""
        value = self._take(key, (list, tuple), "a list of texts in quotes", default)
        for entry in value:
            if not isinstance(entry, str):
                raise self.fail(f"{key!r} must hold texts in quotes only, not {entry!r}", key)
        return tuple(value)

    def numbers(
        self, key: str, default: tuple[float, ...] | _Required = REQUIRED
    ) -> tuple[float, ...]:
        """Return a list of numbers."""
        value = self._take(key, (list, tuple), "a list of numbers", default)
        for entry in value:
            if isinstance(entry, bool) or not isinstance(entry, int | float):
                raise self.fail(f"{key!r} must hold numbers only, not {entry!r}", key)
        return tuple(float(entry) for entry in value)

    def table(self, key: str) -> "Table":
        """Return a table below this one; an empty one where it is not given."""
        value: dict[str, Any] = self._take(key, dict, "a table", {})
        name = f"{self.name}.{key}".strip(".")
        return Table(
            value, self.path, self._text, self._error, name, partial(self._region, key, "[")
        )

    def tables(self, key: str) -> tuple["Table", ...]:
        """Return the tables of an array of tables; none where it is not given."""
        value: list[Any] = self._take(key, list, "an array of tables", [])
        for entry in value:
            if not isinstance(entry, dict):
                raise self.fail(f"{key!r} must be an array of tables: [[{key}]]", key)
        return tuple(
            Table(
                entry,
                self.path,
                self._text,
                self._error,
                key,
                partial(self._region, key, "[[", index, len(value)),
            )
            for index, entry in enumerate(value)
        )

    def text_or_integer(self, key: str, default: str | _Required = REQUIRED) -> str | int:
        """Return a string or a whole number."""
        value: str | int = self._take(key, (str, int), "a whole number or a text", default)
        return value

    def text_or_table(self, key: str) -> "str | Table":
        """Return a string, or the table that stands in its place."""
        value = self._take(key, (str, dict), "a text in quotes or a table", REQUIRED)
        return value if isinstance(value, str) else self.table(key)

    def texts_or_tables(
        self, key: str, default: tuple[str, ...] | _Required = REQUIRED
    ) -> tuple["str | Table", ...]:
        """Return a list whose entries are strings or tables."""
        what = "a list of texts in quotes or of tables"
        value = self._take(key, (list, tuple), what, default)
        for entry in value:
            if not isinstance(entry, str | dict):
                raise self.fail(f"{key!r} must be {what}, not {entry!r}", key)
        region = partial(self._region, key, "[")
        return tuple(
            Table(entry, self.path, self._text, self._error, key, region)
            if isinstance(entry, dict)
            else str(entry)
            for entry in value
        )

    def close(self) -> None:
        """Refuse the keys that nobody asked for, naming the nearest known one."""
        for key in self._data:
            if key not in self._asked:
                place = f" in [{self.name}]" if self.name else ""
                raise self.fail(
                    f"unknown key {key!r}{place}", key, nearest(key, sorted(self._asked))
                )


def read_toml(path: Path, error: type[PublishError]) -> Table:
    """Return the top table of a TOML file. Raises `error` when it cannot be read or parsed."""
    try:
        # Editors on Windows write a byte-order mark, which TOML does not know.
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise error(
            f"there is no file {path.name}",
            where=Where(str(path)),
            hint="Restore it, or name another folder.",
        ) from None
    except UnicodeDecodeError as problem:
        raise error(
            f"byte {problem.start} is not UTF-8", where=Where(str(path)), hint="Save it as UTF-8."
        ) from None
    except OSError as problem:
        raise error(f"cannot be read: {problem.strerror}", where=Where(str(path))) from None
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise _not_toml(str(problem), path, error) from None
    return Table(data, str(path), text, error)


def _not_toml(problem: str, path: Path, error: type[PublishError]) -> PublishError:
    """Return (for raising) an error whose place is the one that tomllib put into its words."""
    place = re.search(r" \(at line (\d+), column (\d+)\)", problem)
    where = Where(str(path), int(place[1]), int(place[2])) if place else Where(str(path))
    told = problem.replace(place[0], "") if place else problem
    return error(
        f"is not valid TOML: {told}",
        where=where,
        hint="Each line is key = value; a text stands in quotes.",
    )
