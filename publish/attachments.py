"""What a finished file carries within it: the files that its edition was made from.

In: an edition, or a job. Out: Attachments, in the order in which they are listed. Whoever takes them out into
one folder holds the seed again, and can build the file anew.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath

from publish.layouts import NOTHING, TRANSCRIPTION, Job
from publish.model import Edition

# Relationships of ISO 32000-2, 7.11.3: the file was made from it.
SOURCE = "Source"

_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".toml": "application/toml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
_ROLES = {
    "edition.toml": "Description of the edition: titles, editors, witnesses, stored paragraph numbers",
    "commentary.md": "Head note and commentary of the editors, in Markdown",
    "bibliography.toml": "Works that the editors cite",
    "CHANGES.md": "Versions of the edition and what changed in each, in Markdown",
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
    """Return the files of the edition's seed, the transcription first."""
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
    return _ROLES.get(name, "Picture in the commentary")
