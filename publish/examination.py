"""All that the editors would want to know of a job: its edition, its form, and what they let stand.

In: a Job. Out: the findings of every rule, less those that an [[ignore]] of edition.toml names.
"""

from publish import checks
from publish.checks.ignores import Settled, settle
from publish.layouts import Job
from publish.supplied_fields import check_form, concerns_form


def examine(job: Job) -> Settled:
    """Return what the rules of the edition and of its form find, and how much was ignored."""
    found = (*checks.check(job.edition), *check_form(job))
    known = [rule.code for rule in checks.EDITORIAL_RULES]
    # On another form than the edition's own the rules about forms are not asked.
    asked = [code for code in known if concerns_form(job) or not code.startswith("f-")]
    return settle(job.edition, found, known, asked)
