"""One digest over all files of a seed folder: what was released, in 64 figures."""

from collections.abc import Iterable
from hashlib import sha256

from publish.model import SeedFile

CHANGES = "CHANGES.md"


def seed_digest(files: Iterable[SeedFile]) -> str:
    """Return the SHA-256 over names and bytes of a seed's files, in hexadecimal.

    CHANGES.md, which records it, is left out. What is hashed is the list that `sha256sum` prints of the
    files in the order of their names' bytes, so that anybody can find the digest again without the press.
    """
    lines = sorted(
        (file.name.encode("utf-8"), sha256(file.data).hexdigest())
        for file in files
        if file.name != CHANGES
    )
    return sha256(b"".join(b"%s  %s\n" % (d.encode(), name) for name, d in lines)).hexdigest()
