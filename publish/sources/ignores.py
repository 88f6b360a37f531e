"""Reads the [[ignore]] entries of edition.toml: findings that the editors let stand, and why.

In: the entries. Out: Ignore in the order of the file. Whether one fits a finding is for the checks to say.
"""

from collections.abc import Sequence

from publish.model import Ignore
from publish.tables import Table


def read_ignores(tables: Sequence[Table]) -> tuple[Ignore, ...]:
    """Return what is ignored. Raises SourceError with the line where the rule or the reason is missing."""
    return tuple(_ignore(table) for table in tables)


def _ignore(table: Table) -> Ignore:
    ignore = Ignore(
        rule=table.text("rule"),
        reason=table.text("reason"),
        line=table.where().line,
        about=table.text("about", ""),
    )
    table.close()
    if not ignore.reason.strip():
        raise table.fail(
            "the reason is empty", "reason", "Say why the finding stands: the next editor will ask."
        )
    return ignore
