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
    added = (job.stock.statement, SUPPLIED if shown(job) else "", part_of_the_form(job))
    return " ".join(filter(None, (told, *added)))


def part_of_the_form(job: Job) -> str:
    """Return what says that words of the form are no statement about this telegram; nothing where none needs it.

    What a witness gives for the field that answers them is told with it, in lower case as a sentence has it.
    """
    named = [printed for printed in job.form.printed if printed.called]
    if not (job.product.explained and named):
        return ""
    supplied = {entry.field: entry for entry in job.edition.supplied}
    told = []
    for printed in named:
        sentence = f"{printed.called[:1].upper()}{printed.called[1:]} is part of the form"
        if entry := supplied.get(printed.answered_by):
            names = {w.siglum: w.short for w in job.edition.apparatus.witnesses}
            witness = names.get(entry.witness) or f"witness {entry.witness}"
            sentence += f"; {witness} records the telegram as {entry.value.lower()}"
        told.append(f"{sentence}.")
    return " ".join(told)
