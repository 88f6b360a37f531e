"""Which press a sheet is made for: the standard's own, or the one that a print shop names.

In: a job. Out: the profile of the press.
"""

from pathlib import Path

from publish import profiles
from publish.layouts import Job
from publish.problems import UsageError


def press_profile(job: Job) -> profiles.Profile:
    """Return the profile of the press: the shop's own where it is given, else the standard's.

    Raises UsageError for a profile without its condition, the reverse, and a file that is no profile.
    """
    path, condition = job.options.get("icc", ""), job.options.get("condition", "")
    if bool(path) != bool(condition):
        given, other = ("icc", "condition") if path else ("condition", "icc")
        raise UsageError(
            f"{given} is set without {other}",
            hint="A profile and the name of its printing condition go together.",
        )
    if path:
        return profiles.read_profile(Path(path), condition)
    return profiles.load(job.standard.colour)
