"""The pipeline, top to bottom: check, then typeset, assemble, verify; or export, verify; then deliver."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from publish import fonts, promises
from publish.examination import examine
from publish.fonts import Faces
from publish.layouts import Job
from publish.model import Edition
from publish.problems import (
    Finding,
    FindingsError,
    NothingToPrintError,
    Severity,
    UsageError,
    Where,
)
from publish.resources import fonts_directory
from publish.typed_document import facsimile_document
from publish.typeset.structure import Part, Positions

if TYPE_CHECKING:
    from publish.verify import Result

Progress = Callable[[str], None]


def silent(step: str) -> None:
    """Show nothing: the progress of a build in a pipe or a test."""
    del step


@dataclass(frozen=True, slots=True)
class Built:
    """A delivered file: what it is, where it is, and what was proved of it."""

    job: Job
    path: Path
    sha256: str
    pages: int  # 0: the file has none, being no PDF
    promises: "tuple[Result, ...]"
    findings: tuple[Finding, ...]


def build(job: Job, out: Path, *, strict: bool = False, progress: Progress = silent) -> Built:
    """Make one file and its promises, and deliver them only when every promise is kept.

    Raises FindingsError when the editorial check stops the build, PromiseError when the finished
    file breaks a promise, and what the steps raise.
    """
    progress("checking the edition")
    findings = examine(job).findings
    stopping = tuple(f for f in findings if strict or f.severity is Severity.ERROR)
    if stopping:
        raise FindingsError(stopping)
    path = out / job.edition.id / job.file_name
    made = printed(job, path, progress) if job.product.paged else exported(job, path, progress)
    from publish.verify import insist

    insist(made.results, str(path))
    progress("delivering")
    from publish.output import deliver

    deliver([(path, made.data), (promises.path_beside(path), made.record.encode("utf-8"))])
    digest = sha256(made.data).hexdigest()
    return Built(job, path, digest, made.pages, made.results, findings)


@dataclass(frozen=True, slots=True)
class Made:
    """A file that is finished and not yet delivered, with its record and what was found of its promises."""

    data: bytes
    record: str
    results: "tuple[Result, ...]"
    pages: int = 0


def printed(job: Job, path: Path, progress: Progress = silent) -> Made:
    """Make a PDF: typeset, assemble, verify."""
    created = creation_date(job.edition)  # first: ReportLab reads SOURCE_DATE_EPOCH too
    faces = fonts.load(fonts_directory())
    fonts.verify_hashes(faces)
    fonts.verify_embedding(faces)
    job = prepared(job)
    parts = typeset(job, faces, progress)
    progress("assembling")
    from publish.assemble import assemble
    from publish.assemble.padding import padded

    parts = padded(job, parts)
    pdf = assemble(job, parts, created=created)
    progress("verifying")
    from publish.verify import verify

    record = promises.dumps(promises.record(job, parts, pdf, faces=faces))
    results = verify(pdf, promises.loads(record, str(path)), str(path))
    return Made(pdf, record, results, sum(len(part.pages) for part in parts))


def exported(job: Job, path: Path, progress: Progress = silent) -> Made:
    """Make a file in another format than PDF: export, verify."""
    progress("exporting")
    from publish.exports import EXPORTS
    from publish.exports.checking import check_export

    export = EXPORTS[job.product.format]
    data = export.write(job)
    progress("verifying")
    record = promises.dumps(promises.export_record(job, data, export.media_type))
    results = check_export(data, export, promises.loads_export(record, str(path)))
    return Made(data, record, results)


def prepared(job: Job) -> Job:
    """Return the job with the departures that its form makes: typed spaces, capitals, words in fields."""
    if not any(plan.engine == "facsimile" for plan in job.product.parts):
        return job
    return replace(job, edition=replace(job.edition, document=facsimile_document(job)))


def typeset(job: Job, faces: Faces, progress: Progress = silent) -> tuple[Part, ...]:
    """Set all parts in the order of dependence; return them in the order of the product.

    Raises NothingToPrintError when no part has anything to say of the edition.
    """
    made: dict[str, Part] = {}
    positions: Positions = {}
    for plan in job.product.parts:
        if plan.engine == "facsimile":
            progress("setting the facsimile")
            from publish.typeset.facsimile import set_facsimile

            made[plan.id] = set_facsimile(job, plan, faces)
            positions = made[plan.id].positions
    if any(plan.engine == "reading" for plan in job.product.parts):
        progress("setting the reading edition")
        from publish.typeset.reading import make_html, set_reading

        if (pages := make_html(job, positions)).sections:
            made |= set_reading(job, pages, faces)
    if not made:
        sections = ", ".join(name for plan in job.product.parts for name in plan.sections)
        raise NothingToPrintError(
            f"the edition {job.edition.id!r} has nothing that product {job.product.name!r} prints",
            where=Where(job.edition.document.source.path),
            hint=f"Its sections are {sections}; docs/classroom.md says what a class and its teacher are given.",
        )
    return tuple(made[plan.id] for plan in job.product.parts if plan.id in made)


def creation_date(edition: Edition) -> datetime:
    """Return the date that the file bears: SOURCE_DATE_EPOCH, else the edition's release, else 1970.

    No clock is read, so the same input gives the same bytes on another day
    (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (OverflowError, ValueError, OSError):
            raise UsageError(
                f"SOURCE_DATE_EPOCH is {epoch!r}, not a number of seconds since 1970",
                hint="Unset it, or correct it.",
            ) from None
    if edition.released is not None:
        return datetime.combine(edition.released, time(), UTC)
    return datetime.fromtimestamp(0, UTC)
