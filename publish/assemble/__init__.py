"""Assembly: from the parts that the engines have set to one finished PDF, with pypdf.

In: a Job and its Parts in printing order. Out: the bytes of the file.
Import this module where it is used: pypdf takes 0.2 s.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from publish.assemble.archive import write_archive_entries
from publish.assemble.fonts import mend_fonts
from publish.assemble.layers import write_layers
from publish.assemble.merge import merge
from publish.assemble.navigation import name_places, write_labels, write_outline
from publish.assemble.tags import write_tags
from publish.assemble.vocabulary import PDF_1_7, PDF_2_0
from publish.layouts import Job
from publish.problems import AssemblyError
from publish.typeset.structure import Part


def assemble(job: Job, parts: Sequence[Part], *, created: datetime) -> bytes:
    """Return the finished PDF of `parts`, in their order.

    `created`, with its time zone, is the file's date. The same parts give the same bytes.
    Raises AssemblyError when something would be lost or clash, LayoutError for a colour profile
    that is not declared, ValueError for a date without a time zone.
    """
    merged = merge(parts)
    if merged.dropped:
        raise AssemblyError(f"{len(merged.dropped)} lost in assembly: {merged.dropped[0]}")
    mend_fonts(merged)
    later = job.standard.later_pdf
    places = name_places(merged, parts, in_structure=later)
    write_outline(merged, parts, places)
    write_labels(merged, parts)
    write_layers(merged, parts)
    vocabulary = PDF_2_0 if later else PDF_1_7
    write_tags(merged, parts, places, job.language, vocabulary)
    write_archive_entries(merged.writer, job, parts, created)
    finished = BytesIO()
    merged.writer.write(finished)
    return finished.getvalue()
