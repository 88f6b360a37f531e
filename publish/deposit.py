"""The archival deposit of an edition: a bag with the file, what it was made from, and its other forms.

In: a Job of an archival product. Out: a folder that an archive takes in as it is (BagIt 1.0), the same for the
same seed on every day. Its date is the edition's release.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from publish import __version__, fonts, promises
from publish.attachments import companions
from publish.bag import DECLARATION, bag
from publish.build import Made, Progress, printed, silent
from publish.checks.versions import changed_after_release
from publish.citation import STYLES, citable, cite, export
from publish.deposit_readme import readme
from publish.examination import examine
from publish.identifiers import lasting_address
from publish.layouts import Job
from publish.model import Edition
from publish.problems import Finding, FindingsError, OutputError, Severity, Where
from publish.resources import fonts_directory, layouts_directory

VERIFICATION = "verification.json"

_SEED, _CITATIONS, _LICENCES = "seed", "citations", "licences"


@dataclass(frozen=True, slots=True)
class Deposited:
    """A bag that was delivered: its folder, how many files it holds, and the hash of its tag manifest."""

    folder: Path
    files: int
    sha256: str  # of tagmanifest-sha256.txt: the whole bag in one figure
    findings: tuple[Finding, ...]


def deposit(job: Job, out: Path, *, strict: bool = False, progress: Progress = silent) -> Deposited:
    """Make the bag of an edition and deliver it as OUT/<edition>/<edition>-<version>.

    Raises FindingsError when the editorial check stops it, when the edition has no version or date of
    release, and when its seed was changed since; OutputError where something else stands in its place;
    and what building raises.
    """
    progress("checking the edition")
    findings = examine(job).findings
    stopping = [f for f in findings if strict or f.severity is Severity.ERROR]
    stopping += _unfit(job.edition)
    if stopping:
        raise FindingsError(tuple(dict.fromkeys(stopping)))
    edition = job.edition
    folder = out / edition.id / f"{edition.id}-{edition.version}"
    if folder.exists() and not (folder / DECLARATION).is_file():
        raise OutputError(
            "something that is no bag stands in the bag's place",
            where=Where(str(folder)),
            hint="Move it away, or name another folder with --out.",
        )
    made = printed(job, Path(job.file_name), progress)
    from publish.verify import insist

    insist(made.results, job.file_name)
    progress("verifying, which takes seconds where veraPDF is asked")
    payload = dict(_payload(job, made))
    files = bag(payload, _information(edition))
    progress("delivering")
    from publish.output import deliver_folder

    deliver_folder(folder, files)
    whole = sha256(files["tagmanifest-sha256.txt"]).hexdigest()
    return Deposited(folder, len(payload), whole, findings)


def _unfit(edition: Edition) -> Iterator[Finding]:
    """Yield what keeps an edition from being deposited, though a draft of it may be built."""
    manifest = Where(str(Path(edition.document.source.path).parent / "edition.toml"))
    if not edition.version or edition.released is None:
        yield Finding(
            "e-001",
            Severity.ERROR,
            "the edition has no version or no date of release",
            manifest,
            "A deposit is of a release: write both in edition.toml.",
        )
    for message, where, hint in changed_after_release(edition):
        yield Finding("v-003", Severity.ERROR, message, where, hint)


def _payload(job: Job, made: Made) -> Iterator[tuple[str, bytes]]:
    edition = job.edition
    name = job.file_name
    yield name, made.data
    yield promises.path_beside(Path(name)).name, made.record.encode("utf-8")
    yield VERIFICATION, _verification(name, made).encode("utf-8")
    yield from ((f"{_SEED}/{file.name}", file.data) for file in edition.files)
    yield from ((companion.name, companion.data) for companion in companions(edition))
    yield f"{_CITATIONS}/{edition.id}.ris", export(edition, "ris").encode("utf-8")
    yield f"{_CITATIONS}/{edition.id}.datacite.json", export(edition, "datacite").encode("utf-8")
    yield f"{_CITATIONS}/in-words.txt", _in_words(edition).encode("utf-8")
    yield from _licences(made)
    yield "README.txt", readme(job, made.pages).encode("utf-8")


def _verification(name: str, made: Made) -> str:
    """Return what programs find of the finished file, and what is left for a person to judge."""
    from publish.verify import examine_bytes, judges_at_hand
    from publish.verify.telling import as_json

    record = promises.loads(made.record, name)
    return as_json(name, examine_bytes(made.data, record, name, judges_at_hand())) + "\n"


def _in_words(edition: Edition) -> str:
    """Return the citations of everything that can be cited, in every style."""
    lines: list[str] = []
    for of in citable(edition):
        lines += [of.value.capitalize(), ""]
        lines += [f"{style}: {cite(edition, style, of.value)}" for style in STYLES]
        lines.append("")
    return "\n".join(lines)


def _licences(made: Made) -> Iterator[tuple[str, bytes]]:
    """Yield the licences of the faces and the colour profile within the file."""
    from publish.verify.integrity import font_names
    from publish.verify.reading_back import FinishedFile

    known = fonts.by_file_name(fonts.load(fonts_directory()))
    with FinishedFile(made.data, "") as file:
        embedded = [known[name] for name in font_names(file)]
    for path in sorted({face.licence_path for face in embedded}):
        yield f"{_LICENCES}/fonts/{path.parent.name}/{path.name}", path.read_bytes()
    profiles = layouts_directory() / "profiles" / "LICENSE.txt"
    yield f"{_LICENCES}/colour-profiles/{profiles.name}", profiles.read_bytes()


def _information(edition: Edition) -> Iterable[tuple[str, str]]:
    released = edition.released.isoformat() if edition.released else ""
    title = ": ".join(filter(None, (edition.title, edition.subtitle)))
    said = (
        ("Source-Organization", edition.publisher),
        ("External-Description", f"{title}, version {edition.version}"),
        ("External-Identifier", lasting_address(edition.doi, edition.ark, edition.url)),
        ("Internal-Sender-Identifier", f"{edition.id}-{edition.version}"),
        ("Bagging-Date", released),
        ("Bag-Software-Agent", f"cablepress {__version__}"),
    )
    return [(label, value) for label, value in said if value]
