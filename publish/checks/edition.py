"""Rules about the edition as a whole: what makes it citable."""

from collections.abc import Iterator

from publish.checks.prose import MANIFEST, folder_of, place_of
from publish.checks.rule import Found
from publish.model import Edition


def undated_edition(edition: Edition) -> Iterator[Found]:
    """The edition has no version or no date of release."""
    if not (folder_of(edition) / MANIFEST).is_file():
        return  # a transcription alone is a draft, and its imprint says so
    if not edition.version:
        where = place_of(edition, MANIFEST, r"^version\b")
        yield "the edition has no version", where, 'Write version = "1.0" in edition.toml.'
    if edition.released is None:
        yield (
            "the edition has no date of release",
            place_of(edition, MANIFEST, r"^id\b"),
            "Write released = YYYY-MM-DD in edition.toml.",
        )
