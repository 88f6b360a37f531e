"""What other witnesses supply for a form's blank fields, as far as a job shows it.

In: a Job. Out: each entry with its field and the key by which the list of them is found ("a"). With
`--set fields=strict`, which is the default, nothing is shown: the sheet has what the transcription has.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase

from publish.layouts import Job
from publish.model import Supplied
from publish.printed_form import Field
from publish.problems import Finding, Severity, Where, nearest

OPTION = "fields"
ANNOTATED = "annotated"


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry that is shown on the sheet, its field, and its key."""

    key: str
    entry: Supplied
    field: Field


def shown(job: Job) -> tuple[Shown, ...]:
    """Return what is shown, keyed in the order in which it stands on the sheet."""
    if job.options.get(OPTION) != ANNOTATED:
        return ()
    fields = {field.id: field for field in job.form.fields if field.supplied_at}
    filled = _filled(job)
    entries = [
        entry
        for entry in job.edition.supplied
        if entry.field in fields and entry.field not in filled
    ]
    entries.sort(key=lambda entry: _reading_order(fields[entry.field]))
    return tuple(
        Shown(_key(index), entry, fields[entry.field]) for index, entry in enumerate(entries)
    )


def check_form(job: Job) -> tuple[Finding, ...]:
    """Return what the editors would want to know of a form: the rules of `publish check` about it.

    publish/checks knows the edition alone; only a job says on which form it is typed.
    """
    if not concerns_form(job):
        return ()
    manifest = str(Path(job.edition.document.source.path).parent / "edition.toml")
    return tuple(
        Finding("f-001", Severity.WARNING, message, Where(manifest, line, 1), hint)
        for message, line, hint in _in_vain(job)
    )


def concerns_form(job: Job) -> bool:
    """Say whether the rules about forms are asked.

    That another form than the edition's own has no field for what is supplied is no finding, unless it
    is to be shown.
    """
    own = job.form.name == (job.edition.form or job.product.form)
    return own or job.options.get(OPTION) == ANNOTATED


def _in_vain(job: Job) -> Iterator[tuple[str, int, str]]:
    """Yield (message, line, next step) for each entry that the form cannot show."""
    showing = [field.id for field in job.form.fields if field.supplied_at]
    filled = _filled(job)
    for entry in job.edition.supplied:
        if entry.field in filled:
            yield (
                f"the transcription fills the field {entry.field!r}; what is supplied is not shown",
                entry.line,
                "Take the entry out.",
            )
        elif entry.field not in showing:
            yield (
                f"the form {job.form.name!r} has no field {entry.field!r} to show what is supplied",
                entry.line,
                nearest(entry.field, showing),
            )


def _filled(job: Job) -> set[str]:
    """Return the fields that the transcription fills."""
    missing = {"number"} if job.edition.document.number is None else set()
    return {field.id for field in job.form.fields if set(field.asked) - missing}


def _reading_order(field: Field) -> tuple[bool, float, float]:
    place = field.supplied_at.first or field.supplied_at.continuation if field.supplied_at else None
    column, row = place or (0.0, 0.0)
    return field.sheets == "last", row, column


def _key(index: int) -> str:
    """Return "a" for 0, "z" for 25, "aa" for 26."""
    before, last = divmod(index, len(ascii_lowercase))
    return (_key(before - 1) if before else "") + ascii_lowercase[last]
