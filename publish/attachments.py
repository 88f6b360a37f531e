"""What a finished file carries within it: the files that its edition was made from.

In: an edition, or a job. Out: Attachments, in the order in which they are listed. Whoever takes them out into
one folder holds the seed again, and can build the file anew.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath

from publish.layouts import Job
from publish.model import Edition
from publish.products import NOTHING, TRANSCRIPTION

# Relationships of ISO 32000-2, 7.11.3: the file was made from it; the same in another form; more about it.
SOURCE = "Source"
ALTERNATIVE = "Alternative"
SUPPLEMENT = "Supplement"

_TEI = ".xml"  # an edition is made from no other XML than TEI of ours

_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".toml": "application/toml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    _TEI: "application/tei+xml",  # RFC 6129
}
_ROLES = {
    "edition.toml": "Description of the edition: titles, editors, witnesses, stored paragraph numbers",
    "commentary.md": "Head note and commentary of the editors, in Markdown",
    "bibliography.toml": "Works that the editors cite",
    "CHANGES.md": "Versions of the edition and what changed in each, in Markdown",
    "timeline.toml": "What happened when, by the clocks of two cities",
    "people.toml": "Who is named in the telegram and its commentary",
    "terms.toml": "Terms, places and subjects of the telegram and its commentary",
    "classroom.toml": "What students are given with the telegram: word bank, excerpts, questions, adapted text",
    "teacher.toml": "For the teacher: lesson plan, answer key, rubric",
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file within the file. `type` is its media type (RFC 6838)."""

    name: str
    data: bytes
    sha256: str
    relationship: str
    type: str
    description: str


def attachments(edition: Edition) -> tuple[Attachment, ...]:
    """Return the files of the edition's seed, the transcription first, and the edition in other forms."""
    return (*_seed(edition), *companions(edition))


def companions(edition: Edition) -> tuple[Attachment, ...]:
    """Return the edition in other forms: TEI, and the records by which it is cited."""
    # Imported here: a file that carries nothing, as a panel does, needs neither.
    from publish.citation import export
    from publish.exports.tei import tei

    return (
        _companion(
            f"{edition.id}.tei.xml",
            tei(edition),
            ALTERNATIVE,
            "application/tei+xml",
            "The edition in TEI P5, with every departure of print from the transcription",
        ),
        _companion(
            f"{edition.id}.csl.json",
            export(edition, "csl-json").encode("utf-8"),
            SUPPLEMENT,
            "application/vnd.citationstyles.csl+json",
            "How to cite the telegram and the edition, for reference managers (CSL-JSON)",
        ),
        _companion(
            f"{edition.id}.bib",
            export(edition, "bibtex").encode("utf-8"),
            SUPPLEMENT,
            "application/x-bibtex",
            "How to cite the telegram and the edition, for LaTeX (BibTeX)",
        ),
    )


def _companion(
    name: str, data: bytes, relationship: str, media_type: str, description: str
) -> Attachment:
    return Attachment(name, data, sha256(data).hexdigest(), relationship, media_type, description)


def _seed(edition: Edition) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(
            name=file.name,
            data=file.data,
            sha256=sha256(file.data).hexdigest(),
            relationship=SOURCE,
            type=_TYPES.get(PurePosixPath(file.name).suffix.lower(), "application/octet-stream"),
            description=_description(edition, file.name),
        )
        for file in edition.files
    )


def attached(job: Job) -> tuple[Attachment, ...]:
    """Return what the job's product carries: the whole seed, its transcription alone, or nothing."""
    if job.product.attached == NOTHING:
        return ()
    every = attachments(job.edition)
    if job.product.attached == TRANSCRIPTION:
        return tuple(one for one in every if one.name == job.edition.document.source.name)
    return every


def _description(edition: Edition, name: str) -> str:
    if name == edition.document.source.name:
        return "Transcription of the telegram, byte for byte"
    if name.lower().endswith(_TEI):
        return "The edition in TEI P5, with commentary and apparatus"
    if name in {exhibit.name for exhibit in edition.exhibits}:
        return "Words of the exhibit panel"
    return _ROLES.get(name, "Picture in the commentary")
