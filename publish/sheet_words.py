"""What the editors say of a sheet on the sheet itself: what it follows, what was seen, what they added.

In: a Job. Out: the words, for the caption of each page and for the editorial method.
"""

from publish.layouts import Job
from publish.supplied_fields import shown

SUPPLIED = "In square brackets: supplied by the editors."


def evidence(job: Job) -> str:
    """Return the sentences about form, copy and stock; of a copy seen, nothing is said to be unseen."""
    form = job.form
    seen = any(witness.original for witness in job.edition.apparatus.witnesses)
    told = f"{form.evidence}." if seen else f"{form.evidence}; {form.unseen}."
    added = (job.stock.statement, SUPPLIED if shown(job) else "")
    return " ".join(filter(None, (told, *added)))
