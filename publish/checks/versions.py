"""Rules about versions: CHANGES.md, edition.toml and the seed's files say the same."""

from collections.abc import Iterator

from publish.checks.prose import folder_of, place_of
from publish.checks.rule import Found
from publish.fixity import CHANGES, seed_digest
from publish.model import Edition
from publish.problems import Where


def unlike_the_manifest(edition: Edition) -> Iterator[Found]:
    """The newest version of CHANGES.md is not the one that edition.toml names, or not of its day."""
    if not edition.changes or not edition.version or edition.released is None:
        return  # what edition.toml lacks is told by e-001
    newest = edition.changes[0]
    where = Where(str(folder_of(edition) / CHANGES), newest.line, 1)
    if newest.version != edition.version:
        yield (
            f"the newest version is {newest.version}, but edition.toml has {edition.version}",
            where,
            "Give both the same version, and say here what it changes.",
        )
    elif newest.released != edition.released:
        yield (
            f"version {newest.version} is of {newest.released}, but edition.toml has {edition.released}",
            where,
            "Give both the day of the release.",
        )


def changed_after_release(edition: Edition) -> Iterator[Found]:
    """The seed's files are not those whose digest the newest version records."""
    if not edition.changes or edition.changes[0].version != edition.version:
        return
    if all(file.name != CHANGES for file in edition.files):
        return  # it was read from a file that tells the versions and is no seed
    newest, digest = edition.changes[0], seed_digest(edition.files)
    if newest.seed and newest.seed != digest:
        yield (
            f"the seed was changed after the release of version {newest.version}",
            place_of(edition, CHANGES, rf"^Seed: +sha256 +{newest.seed}"),
            f"Restore it, or release a new version with the line Seed: sha256 {digest}",
        )
    if not newest.seed:
        yield (
            f"version {newest.version} does not record the digest of the seed",
            Where(str(folder_of(edition) / CHANGES), newest.line, 1),
            f"When it is released, add the line Seed: sha256 {digest}",
        )
