"""Finishes: from a finished and verified PDF to what the printer needs. In: a job, a PDF. Out: a PDF.

Import this package where it is used: pypdf and pdfium take 0.3 s.
"""

from dataclasses import dataclass
from datetime import datetime

from publish.finish.checking import check_imposed
from publish.finish.imposition import impose, page_sizes
from publish.finish.record import imposed_record, loads_imposed
from publish.finish.seeing import seen
from publish.finish.sheets import sides
from publish.layouts import Job
from publish.promises import dumps
from publish.verify.outcome import Result
from publish.verify.reading_back import FinishedFile


@dataclass(frozen=True, slots=True)
class Finished:
    """An imposed file with its record, and what was found of its promises."""

    pdf: bytes
    record: str
    results: tuple[Result, ...]
    sides: int


def finish(job: Job, pdf: bytes, path: str, created: datetime) -> Finished:
    """Impose a verified file as the job asks, and check what has come of it.

    Raises AssemblyError for a page that cannot be imposed.
    """
    laid = sides(job.impose, page_sizes(pdf), job.paper)
    imposed = impose(pdf, job, laid, created)
    with FinishedFile(pdf) as file:
        pages = [seen(file, page) for page in range(file.page_count)]
    record = dumps(imposed_record(job, pdf, pages, laid, imposed))
    results = check_imposed(imposed, loads_imposed(record, path))
    return Finished(imposed, record, results, len(laid))
