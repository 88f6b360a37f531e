"""What can go wrong, where it went wrong, and the exit code it ends in.

A rule of the editor yields a Finding; a step that cannot go on raises a PublishError.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Exit(IntEnum):
    """The exit codes of the command, from fine to grave within each kind of work."""

    BUILT = 0
    FINDINGS = 1
    USAGE = 2
    SOURCE = 3
    LAYOUT = 4
    PROGRAM = 5
    RENDERING = 6
    PROMISE = 7
    OUTPUT = 8
    BUG = 70
    INTERRUPTED = 130


class Severity(StrEnum):
    """How much a finding matters: an error stops a build, a warning does with --strict."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file: path, and line and column counted from 1 (0: the whole file)."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return path:line:column, which editors and terminals open."""
        place = self.path
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        return place


def where_in(path: str, text: str, offset: int) -> Where:
    """Return the place of character `offset` in `text`, which was read from `path`."""
    before = text[:offset]
    return Where(path, before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: its code, how grave, in one sentence, where, and what to do next."""

    code: str
    severity: Severity
    message: str
    where: Where
    hint: str = ""

    def __str__(self) -> str:
        """Return one line: place, gravity, code, sentence, next step."""
        line = f"{self.where}: {self.severity} {self.code}: {self.message}"
        return f"{line}. {self.hint}" if self.hint else line


class PublishError(Exception):
    """Something the press refuses to go on from. `exit_code` is a class's own."""

    exit_code = Exit.BUG

    def __init__(self, message: str, *, where: Where | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        """Return one line: place, what is wrong, next step."""
        line = f"{self.where}: {self.message}" if self.where else self.message
        return f"{line}. {self.hint}" if self.hint else line


class UsageError(PublishError):
    """The command was asked for something that does not exist."""

    exit_code = Exit.USAGE


class NothingToPrintError(UsageError):
    """The edition has nothing that a product prints: no lesson, no adapted text."""


class SourceError(PublishError):
    """A transcription or a file of its seed folder cannot be read. `code`: the editorial rule, if it is one."""

    exit_code = Exit.SOURCE

    def __init__(
        self, message: str, *, where: Where | None = None, hint: str = "", code: str = ""
    ) -> None:
        super().__init__(message, where=where, hint=hint)
        self.code = code

    @property
    def faults(self) -> "tuple[SourceError, ...]":
        """Return the faults one by one: itself, where there are no others."""
        return (self,)


class FaultsError(SourceError):
    """A file cannot be read for several faults. Its own words are the first one's."""

    def __init__(self, faults: tuple[SourceError, ...]) -> None:
        first = faults[0]
        super().__init__(first.message, where=first.where, hint=first.hint, code=first.code)
        self._faults = faults

    @property
    def faults(self) -> tuple[SourceError, ...]:
        """Return the faults one by one, in the order of the file."""
        return self._faults


class LayoutError(PublishError):
    """A product, paper, form or standard is wrong."""

    exit_code = Exit.LAYOUT


class FontError(LayoutError):
    """A face is missing, altered, may not be embedded or lacks a character."""


class ProgramError(PublishError):
    """A program or shared library that the press needs is not on this machine."""

    exit_code = Exit.PROGRAM


class RenderingError(PublishError):
    """An engine could not set the text, or lost something while it did."""

    exit_code = Exit.RENDERING


class AssemblyError(RenderingError):
    """Something would be lost or clash when the parts become one file."""


class PromiseError(PublishError):
    """The finished file breaks a promise, so it is not delivered."""

    exit_code = Exit.PROMISE


class OutputError(PublishError):
    """The finished file cannot be put where it should stand."""

    exit_code = Exit.OUTPUT


class FindingsError(PublishError):
    """The editorial check found errors. `findings` holds them all."""

    exit_code = Exit.FINDINGS

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{len(findings)} finding(s) stop the build")
        self.findings = findings


def nearest(name: str, known: list[str] | tuple[str, ...]) -> str:
    """Return a hint that names the known word nearest to `name`, or all of them when none is near."""
    from difflib import get_close_matches

    if close := get_close_matches(name, known, n=1):
        return f"Did you mean {close[0]!r}?"
    return f"Known: {', '.join(sorted(known))}." if known else "None is known."
