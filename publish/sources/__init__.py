"""From files to a Collection: find the reader for a path, and read."""

from collections.abc import Callable
from pathlib import Path

from publish.model import Collection
from publish.problems import SourceError, Where, nearest
from publish.resources import sample_seeds
from publish.sources.manifest import read_seed, read_transcription_alone, transcription_of

MANIFEST = "edition.toml"

Reader = Callable[[Path], Collection]


def _read_tei(path: Path) -> Collection:
    from publish.sources.own_tei import read_own_tei

    return read_own_tei(path)


READERS: dict[str, Reader] = {
    ".txt": read_transcription_alone,
    ".md": read_transcription_alone,
    ".xml": _read_tei,
}


def find(source: str) -> Path:
    """Return the path that `source` means: a path, or the id of a seed that comes with the press.

    Raises SourceError when there is neither.
    """
    path = Path(source)
    try:
        if path.exists():
            return path
    except OSError as problem:
        raise SourceError(
            f"cannot be read: {problem.strerror}", where=Where(source[:80]), hint="Check the name."
        ) from None
    samples = sample_seeds()
    if source in samples:
        return samples[source]
    raise SourceError(
        "there is no such file or folder",
        where=Where(source),
        hint="Give a seed folder, a transcription (.txt, .md), TEI of ours (.xml) or a seed that comes with "
        f"the press. {nearest(source, sorted(samples))}",
    )


def read(path: Path) -> Collection:
    """Read a seed folder, a transcription or a TEI file of ours.

    Raises SourceError when it cannot be read, with the place and the next step.
    """
    if path.is_dir():
        if not (path / MANIFEST).is_file():
            raise SourceError(
                f"the folder has no {MANIFEST}, so it is not a seed folder",
                where=Where(str(path)),
                hint="Give the transcription itself, or add an edition.toml beside it.",
            )
        return read_seed(path)
    if (path.parent / MANIFEST).is_file() and path.name in (
        MANIFEST,
        transcription_of(path.parent),
    ):
        return read_seed(path.parent)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise SourceError(
            f"no reader knows files that end in {path.suffix!r}",
            where=Where(str(path)),
            hint=f"Known endings: {', '.join(sorted(READERS))}.",
        )
    return reader(path)
