"""The only module that replaces delivered files: whole or not at all."""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from publish.problems import OutputError, Where


def deliver(files: Sequence[tuple[Path, bytes]]) -> None:
    """Put the files where they belong; each appears whole, and none when one cannot be written.

    All are written beside their targets first and then moved over them (`os.replace` is atomic within
    a file system); when a move fails or is interrupted, the ones before it are taken back. Raises
    OutputError, with earlier files untouched, when a folder or the disk refuses.
    """
    written: list[tuple[Path, Path]] = []
    earlier: list[tuple[Path | None, Path]] = []
    try:
        for target, content in files:
            written.append((_beside(target, content), target))
        for temporary, target in written:
            earlier.append((_kept(target, temporary), target))
            temporary.replace(target)
    except BaseException as problem:
        for kept, target in reversed(earlier):
            _put_back(kept, target)
        if isinstance(problem, OSError):
            raise _refusal(problem, files[0][0]) from None
        raise
    finally:
        for leftover in (*(one for one, _ in written), *(one for one, _ in earlier)):
            if leftover is not None:
                with contextlib.suppress(OSError):
                    leftover.unlink(missing_ok=True)


def deliver_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put a folder with these files, named with / between folders, where an earlier one may stand.

    It is written beside its place and then takes it; the earlier one is kept until then, and put back when the
    move fails. Raises OutputError, with the earlier folder untouched, when a folder or the disk refuses.
    """
    made = earlier = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        for name, data in files.items():
            path = made / "new" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if folder.exists():
            earlier = folder.rename(made / "earlier")
        (made / "new").rename(folder)
        earlier = None
    except OSError as problem:
        raise _refusal(problem, folder) from None
    finally:
        if earlier is not None:
            with contextlib.suppress(OSError):
                earlier.rename(folder)
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)


def _refusal(problem: OSError, first: Path) -> OutputError:
    named = Path(str(problem.filename or first))
    return OutputError(
        f"cannot be written: {problem.strerror or problem}",
        where=Where(str(first if named.name.startswith(".") else named)),
        hint="Free some space or choose another folder with --out; an earlier file was left as it was.",
    )


def _kept(target: Path, temporary: Path) -> Path | None:
    """Return a second name for the earlier file; None where there is none."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if not target.exists():
        return None
    kept = temporary.with_name(f"{temporary.name}.earlier")
    try:
        kept.hardlink_to(target)
    except OSError:  # a file system without hard links
        shutil.copy2(target, kept)
    return kept


def _put_back(kept: Path | None, target: Path) -> None:
    with contextlib.suppress(OSError):
        if kept is None:
            target.unlink(missing_ok=True)
        else:
            kept.replace(target)


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
