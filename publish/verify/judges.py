"""What a judge is: a program of others that says whether a file keeps a standard's rules.

In: its answer. Out: Verdicts, Opinions; and JudgeError, which says that there is no judgement.
"""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

SECONDS_ALLOWED = 300  # veraPDF takes about 5 over an edition of 18 pages
_SAID = 300  # characters of a failing program's words that are repeated


class JudgeError(Exception):
    """There is no judgement: the judge is missing, crashed, took too long or could not read."""


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """One rule of a profile that a file breaks."""

    id: str  # specification, clause and test, as in "ISO 14289-1:2014 7.1-10"
    times: int  # 0 where the judge does not count
    message: str
    first_place: str  # the judge's path of objects to the first place


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge says of one file under one profile (veraPDF's name: 3a, ua1, 4f, ua2, wt1a …)."""

    file: Path
    profile: str
    passed_rules: int
    failed_rules: int
    failed_checks: int
    broken: tuple[BrokenRule, ...]

    @property
    def passes(self) -> bool:
        """Whether the file keeps every rule of the profile."""
        return self.failed_rules == 0

    @property
    def rules(self) -> int:
        """Return how many rules were asked."""
        return self.passed_rules + self.failed_rules


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a judge says of one file: verdicts by profile, and why there are none under the others."""

    judge: str  # with its version, once it has told it
    verdicts: Mapping[str, Verdict]
    reason: str = ""


class Judge(Protocol):
    """A program that can be asked. It never raises: what keeps it from judging is its reason."""

    @property
    def decides(self) -> bool:
        """Say whether a claim may be called kept on its word alone."""

    def judge(self, file: Path, profiles: Sequence[str]) -> Opinion:
        """Return what it says of a file under each of the profiles that it knows."""


def answer_of(command: Sequence[str]) -> str:
    """Return what a program prints.

    Raises JudgeError when it cannot be started, prints nothing, or takes over SECONDS_ALLOWED.
    """
    try:
        with subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        ) as process:
            try:
                printed, said = process.communicate(timeout=SECONDS_ALLOWED)
            except BaseException:  # Ctrl-C too: its own session keeps it from the program
                _end(process)
                raise
    except subprocess.TimeoutExpired:
        raise JudgeError(f"it took more than {SECONDS_ALLOWED} s and was ended") from None
    except FileNotFoundError:
        hint = " (Debian: default-jre-headless)" if command[0] == "java" else ""
        raise JudgeError(f"{command[0]} is not installed{hint}") from None
    except OSError as problem:
        raise JudgeError(f"{command[0]} cannot be started: {problem.strerror}") from None
    if not printed:
        raise JudgeError(f"it ended with {process.returncode}: {' '.join(said.split())[:_SAID]}")
    return printed


def _end(process: subprocess.Popen[str]) -> None:
    """End a program and those it started, which else would hold its output open."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
