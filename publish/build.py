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
from publish.layouts import Job
from publish.problems import (
    Finding,
    FindingsError,
    NothingToPrintError,
    Severity,
    Where,
)
from publish.products import NOT_IMPOSED
from publish.resources import fonts_directory
from publish.typed_document import facsimile_document
from publish.typeset.structure import Part, Positions, PressSheet

if TYPE_CHECKING:
    from publish.finish.first_file import FirstFile
    from publish.verify import Result

Progress = Callable[[str], None]
PROOFS, WITH = "proofs", "with"  # the option by which a product offers proofs, and its value


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
    beside: tuple[Path, ...] = ()  # what was delivered with it, besides its record


def build(job: Job, out: Path, *, strict: bool = False, progress: Progress = silent) -> Built:
    """Make one file and its promises, and deliver them only when every promise is kept.

    Of a file that is made of another one, that one is made and proved first; what goes with a file is
    delivered with it, or neither is.

    Raises FindingsError when the editorial check stops the build, PromiseError when the finished
    file breaks a promise, and what the steps raise.
    """
    progress("checking the edition")
    findings = examine(job).findings
    _stop(findings, strict=strict)
    path = out / job.edition.id / job.file_name
    first = None
    if job.first is not None:
        beside = path.with_name(job.first.file_name)
        before = _proved(job.first, beside, None, strict=strict, progress=progress)
        findings, first = (*findings, *before.findings), _first_file(job.first, before)
    made = _proved(job, path, first, strict=strict, progress=progress)
    companions = _companions(job, made, path, strict=strict, progress=progress)
    progress("delivering")
    from publish.output import deliver

    deliver([*_with_record(path, made), *companions])
    digest = sha256(made.data).hexdigest()
    found = (*findings, *made.findings)
    paths = tuple(other for other, _ in companions)
    return Built(job, path, digest, made.pages, made.results, found, made.report, paths)


def _proved(
    job: Job, path: Path, first: "FirstFile | None", *, strict: bool, progress: Progress
) -> "Made":
    """Make a file; raise FindingsError or PromiseError where it is not to be delivered."""
    made = (
        printed(job, path, progress, first) if job.product.paged else exported(job, path, progress)
    )
    _stop(made.findings, strict=strict)
    from publish.verify import insist

    insist(made.results, str(path))
    return made


def _with_record(path: Path, made: "Made") -> list[tuple[Path, bytes]]:
    return [(path, made.data), (promises.path_beside(path), made.record.encode("utf-8"))]


def _first_file(job: Job, made: "Made") -> "FirstFile":
    """Return a file that was proved, for what is made of it."""
    from publish.finish.first_file import FirstFile

    return FirstFile(job, made.data, made.results, made.report, made.fonts, made.press)


def _companions(
    job: Job, made: "Made", path: Path, *, strict: bool, progress: Progress
) -> list[tuple[Path, bytes]]:
    """Return what is delivered beside a file: its ticket for the print shop, its proofs."""
    found: list[tuple[Path, bytes]] = []
    if job.ticket is not None:
        beside = path.with_name(job.ticket.file_name)
        first = _first_file(job, made)
        ticket = _proved(job.ticket, beside, first, strict=strict, progress=progress)
        found += _with_record(beside, ticket)
    if job.options.get(PROOFS) == WITH:
        progress("drawing proofs")
        from publish.finish.proofs import proofs

        drawn = proofs(_first_file(job, made))
        found += [(path.with_name(f"{path.stem}-{name}.png"), data) for name, data in drawn]
    return found


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
    fonts: tuple[str, ...] = ()
    press: PressSheet | None = None


def printed(
    job: Job, path: Path, progress: Progress = silent, first: "FirstFile | None" = None
) -> Made:
    """Make a PDF: typeset, assemble, verify; then impose what has kept its promises, where that is asked.

    `first` is the file that it is made of, where it is made of one.
    """
    made = bound(job.unimposed, path, progress, first)
    if job.impose == NOT_IMPOSED:
        return made
    from publish.finish import finish
    from publish.verify import insist

    insist(made.results, str(path))
    progress("imposing")
    done = finish(job, made.data, str(path), creation_date(job.edition))
    return Made(done.pdf, done.record, done.results, done.sides)


def bound(
    job: Job, path: Path, progress: Progress = silent, first: "FirstFile | None" = None
) -> Made:
    """Make a PDF of pages as they are: typeset, assemble, verify."""
    created = creation_date(job.edition)  # first: ReportLab reads SOURCE_DATE_EPOCH too
    faces = fonts.load(fonts_directory())
    fonts.verify_hashes(faces)
    fonts.verify_embedding(faces)
    job = prepared(job)
    parts = typeset(job, faces, progress, first)
    progress("assembling")
    from publish.assemble import assemble
    from publish.assemble.padding import padded

    parts = padded(job, parts)
    pdf = assemble(job, parts, created=created)
    progress("verifying")
    from publish.verify import verify

    record = promises.dumps(promises.record(job, parts, pdf, faces=faces))
    results = verify(pdf, promises.loads(record, str(path)), str(path))
    if first is not None and job.true_size:
        from publish.finish.reassembly import judge_tiles
        from publish.finish.tiles import tiling_of

        results = (*results, judge_tiles(pdf, first.data, tiling_of(job)))
    return Made(
        pdf,
        record,
        results,
        sum(len(part.pages) for part in parts),
        tuple(finding for part in parts for finding in part.findings),
        tuple(line for part in parts for line in part.report),
        tuple(dict.fromkeys(name for part in parts for name in part.fonts)),
        next((part.press for part in parts if part.press), None),
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
    """Return the job with the departures that its form makes: typed spaces, capitals, words in fields.

    So is the job whose file it is made of.
    """
    if job.first is not None:
        job = replace(job, first=prepared(job.first))
    if not any(plan.engine in ("facsimile", "panel") for plan in job.product.parts):
        return job
    return replace(job, edition=replace(job.edition, document=facsimile_document(job)))


def typeset(
    job: Job, faces: Faces, progress: Progress = silent, first: "FirstFile | None" = None
) -> tuple[Part, ...]:
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
        if plan.engine == "tiles":
            progress("dividing the panel")
            from publish.finish.tiles import set_tiles

            made[plan.id] = set_tiles(job, plan, faces)
        if plan.engine == "ticket" and first is not None:
            progress("setting the ticket")
            from publish.finish.ticket import set_ticket

            made[plan.id] = set_ticket(job, plan, faces, first)
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
