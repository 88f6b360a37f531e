"""Standards of teaching by their codes, from layouts/teacher/standards.toml, each in our paraphrase.

In: the folder layouts/. Out: a Standard for each code, in the order of the file.
"""

from dataclasses import dataclass
from pathlib import Path

from publish.problems import LayoutError, nearest
from publish.tables import read_toml

STANDARDS = Path("teacher") / "standards.toml"


@dataclass(frozen=True, slots=True)
class TeachingStandard:
    """A standard: its code, the title of the body that set it, and what it asks for in our words."""

    code: str
    body: str
    text: str


def load_teaching_standards(layouts: Path) -> dict[str, TeachingStandard]:
    """Return the standards by code. Raises LayoutError with the line for an unknown body or key."""
    top = read_toml(layouts / STANDARDS, LayoutError)
    bodies_table, every = top.table("body"), top.table("standard")
    bodies: dict[str, str] = {}
    for key in bodies_table.names():
        table = bodies_table.table(key)
        bodies[key] = table.text("title")
        table.close()
    standards: dict[str, TeachingStandard] = {}
    for code in every.names():
        table = every.table(code)
        body, text = table.text("body"), table.text("text")
        table.close()
        if body not in bodies:
            raise table.fail(f"there is no body {body!r}", "body", nearest(body, sorted(bodies)))
        standards[code] = TeachingStandard(code, bodies[body], text)
    top.close()
    return standards
