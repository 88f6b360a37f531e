"""A finished file of which others are made: its bytes, what was proved and measured of it."""

from dataclasses import dataclass
from hashlib import sha256

from publish.layouts import Job
from publish.typeset.structure import PressSheet
from publish.verify.outcome import Result


@dataclass(frozen=True, slots=True)
class FirstFile:
    """The file, before it is delivered. `fonts` are the names of its faces; `press` what it promises a press."""

    job: Job
    data: bytes
    results: tuple[Result, ...]
    report: tuple[str, ...]
    fonts: tuple[str, ...]
    press: PressSheet | None

    @property
    def sha256(self) -> str:
        """Return the hash by which the file is known."""
        return sha256(self.data).hexdigest()
