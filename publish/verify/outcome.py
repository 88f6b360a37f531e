"""What a check can say of a promise: kept, broken (where), or not checked (why).

A checker is a generator over an Examined file. It yields Found values; one that yields none has
found nothing wrong, and the promise is kept.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from publish.problems import PromiseError

if TYPE_CHECKING:
    from publish.promises import Promises
    from publish.verify.judges import Judge
    from publish.verify.reading_back import FinishedFile


class State(StrEnum):
    """The three answers. There is no fourth, and none of them is "valid"."""

    KEPT = "kept"
    BROKEN = "broken"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that a checker found: what, in one sentence, and where in the file."""

    state: State
    detail: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """The answer for the promise `code`. A broken promise has one Result for each place."""

    code: str
    state: State
    detail: str
    where: str = ""

    def __str__(self) -> str:
        """Return one line: promise, answer, place, sentence."""
        return ": ".join(filter(None, (self.code, self.state.value, self.where, self.detail)))


@dataclass(frozen=True, slots=True)
class Examined:
    """A finished file as it was read back, the record beside it where there is one, and the judges.

    Without judges nobody is asked whether the file keeps the standards that it claims: they are
    programs of others and take seconds.
    """

    file: "FinishedFile"
    record: "Promises | None"
    judges: "tuple[Judge, ...]" = ()


Checker = Callable[[Examined], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Promise:
    """One line of the table of promises. `source` says who asks for it.

    Some are made of some products only: `made` says by the record whether this one is.
    """

    code: str
    title: str
    source: str
    checker: Checker
    made: "Callable[[Promises], object] | None" = None


def kept(detail: str) -> Found:
    """Return that the promise is kept, with what was counted."""
    return Found(State.KEPT, detail)


def broken(detail: str, where: str = "") -> Found:
    """Return that the promise is broken in one place."""
    return Found(State.BROKEN, detail, where)


def not_checked(reason: str) -> Found:
    """Return that nobody looked, and why."""
    return Found(State.NOT_CHECKED, reason)


def record_of(examined: Examined) -> "Promises":
    """Return the record. A checker asks only after the table has seen that there is one."""
    if examined.record is None:
        raise PromiseError("there is no record beside the file")
    return examined.record
