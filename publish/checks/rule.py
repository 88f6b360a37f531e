"""What a rule of the editors is: a code, how grave a finding is, what it stands on, and who looks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from publish.model import Edition
from publish.problems import Severity, Where

# Message, place, next step.
Found = tuple[str, Where, str]
Look = Callable[[Edition], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class EditorialRule:
    """A rule. `look` yields what it finds; a rule without it is kept by the module `kept_by`."""

    code: str
    severity: Severity
    source: str
    look: Look | None = None
    kept_by: str = ""  # a path in the package: "sources/apparatus.py"
