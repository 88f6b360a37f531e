"""The pipeline, top to bottom: check, then typeset, assemble, verify; or export, verify; then deliver."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from publish import fonts, promises
from publish.dated import creation_date
from publish.examination import examine
from publish.fonts import Faces
from publish.layouts import NOT_IMPOSED, Job
from publish.problems import (
    Finding,
    FindingsError,
    NothingToPrintError,
    Severity,
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
    report: tuple[str, ...] = ()  # what an engine measured, line by line


def build(job: Job, out: Path, *, strict: bool = False, progress: Progress = silent) -> Built:
    """Make one file and its promises, and deliver them only when every promise is kept.

    Raises FindingsError when the editorial check stops the build, PromiseError when the finished
    file breaks a promise, and what the steps raise.
    """
    progress("checking the edition")
    findings = examine(job).findings
    _stop(findings, strict=strict)
    path = out / job.edition.id / job.file_name
    made = printed(job, path, progress) if job.product.paged else exported(job, path, progress)
    _stop(made.findings, strict=strict)
    from publish.verify import insist

    insist(made.results, str(path))
    progress("delivering")
    from publish.output import deliver

    deliver([(path, made.data), (promises.path_beside(path), made.record.encode("utf-8"))])
    digest = sha256(made.data).hexdigest()
    found = (*findings, *made.findings)
    return Built(job, path, digest, made.pages, made.results, found, made.report)


def _stop(findings: tuple[Finding, ...], *, strict: bool) -> None:
    """Raise FindingsError for errors; with `strict` for warnings too."""
    stopping = tuple(f for f in findings if strict or f.severity is Severity.ERROR)
    if stopping:
        raise FindingsError(stopping)


@dataclass(frozen=True, slots=True)
class Made:
    """A file that is finished and not yet delivered, with its record and what was found of its promises."""

    data: bytes
    record: str
    results: "tuple[Result, ...]"
    pages: int = 0
    findings: tuple[Finding, ...] = ()  # of the engines: what only a layout tells
    report: tuple[str, ...] = ()


def printed(job: Job, path: Path, progress: Progress = silent) -> Made:
    """Make a PDF: typeset, assemble, verify; then impose what has kept its promises, where that is asked."""
    made = bound(job.unimposed, path, progress)
    if job.impose == NOT_IMPOSED:
        return made
    from publish.finish import finish
    from publish.verify import insist

    insist(made.results, str(path))
    progress("imposing")
    done = finish(job, made.data, str(path), creation_date(job.edition))
    return Made(done.pdf, done.record, done.results, done.sides)


def bound(job: Job, path: Path, progress: Progress = silent) -> Made:
    """Make a PDF of pages as they are: typeset, assemble, verify."""
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
    return Made(
        pdf,
        record,
        results,
        sum(len(part.pages) for part in parts),
        tuple(finding for part in parts for finding in part.findings),
        tuple(line for part in parts for line in part.report),
    )


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
    if not any(plan.engine in ("facsimile", "panel") for plan in job.product.parts):
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
        if plan.engine == "panel":
            progress("setting the panel")
            from publish.typeset.panel import set_panel

            made[plan.id] = set_panel(job, plan, faces)
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
