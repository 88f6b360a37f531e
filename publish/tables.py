"""Strict reading of TOML: every key is asked for by name and type, and a key nobody asked for is an error.

In: a file and the error class of whoever reads it. Out: values; errors name file, line and the nearest key.
"""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from publish.problems import PublishError, Where, nearest
from publish.units import Points, points

_T = TypeVar("_T")


class _Required:
    """The mark of a key that has no default."""


REQUIRED = _Required()


class Table:
    """One table of a TOML file. Ask for each key, then `close()`."""

    def __init__(
        self, data: dict[str, Any], path: str, text: str, error: type[PublishError], name: str = ""
    ) -> None:
        self._data = data
        self._asked: set[str] = set()
        self.path = path
        self._text = text
        self._error = error
        self.name = name

    def where(self, key: str = "") -> Where:
        """Return the line on which `key` (else the table's name) first stands in the file."""
        wanted = key or self.name.rsplit(".", 1)[-1]
        for number, line in enumerate(self._text.splitlines(), 1):
            stripped = line.strip().lstrip("[").strip()
            if wanted and stripped.startswith((wanted, f'"{wanted}"')):
                return Where(self.path, number, line.index(stripped[0]) + 1)
        return Where(self.path)

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
                place = f" in [{self.name}]" if self.name else ""
                raise self._error(
                    f"the key {key!r} is missing{place}",
                    where=self.where(),
                    hint=f"Add a line: {key} = … ({what}).",
                )
            return default
        value = self._data[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.fail(f"{key!r} must be {what}, not {value!r}", key)
        return value

    def text(self, key: str, default: str | _Required = REQUIRED) -> str:
        """Return a string."""
        return str(self._take(key, str, "a text in quotes", default))

    def integer(self, key: str, default: int | _Required = REQUIRED) -> int:
        """Return a whole number."""
        return int(self._take(key, int, "a whole number", default))

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
        value: date | None = self._take(key, date, "a date like 2026-11-23", default)
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
        return Table(value, self.path, self._text, self._error, f"{self.name}.{key}".strip("."))

    def tables(self, key: str) -> tuple["Table", ...]:
        """Return the tables of an array of tables; none where it is not given."""
        value: list[Any] = self._take(key, list, "an array of tables", [])
        for entry in value:
            if not isinstance(entry, dict):
                raise self.fail(f"{key!r} must be an array of tables: [[{key}]]", key)
        return tuple(Table(entry, self.path, self._text, self._error, key) for entry in value)

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
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise error(f"there is no file {path.name}", where=Where(str(path))) from None
    except (OSError, UnicodeDecodeError) as problem:
        raise error(f"cannot be read as UTF-8 text ({problem})", where=Where(str(path))) from None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise error(f"is not valid TOML: {problem}", where=Where(str(path))) from None
    return Table(data, str(path), text, error)
