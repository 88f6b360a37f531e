"""The only module that replaces delivered files: whole or not at all."""

import contextlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from publish.problems import OutputError, Where


def deliver(files: Sequence[tuple[Path, bytes]]) -> None:
    """Put the files where they belong; each appears whole, and none when one cannot be written.

    All are written beside their targets first and then moved over them (`os.replace` is atomic within
    a file system). Raises OutputError, with earlier files untouched, when a folder or the disk refuses.
    """
    written: list[tuple[Path, Path]] = []
    try:
        for target, content in files:
            written.append((_beside(target, content), target))
        for temporary, target in written:
            temporary.replace(target)
    except OSError as problem:
        path = Path(str(problem.filename or files[0][0]))
        raise OutputError(
            f"cannot be written: {problem.strerror}",
            where=Where(str(files[0][0] if path.name.startswith(".") else path)),
            hint="Free some space or choose another folder with --out; an earlier file was left as it was.",
        ) from None
    finally:
        for temporary, _ in written:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _beside(target: Path, content: bytes) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
