"""Delivery: files appear whole or not at all, and earlier ones stay when one cannot be written."""

import errno
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from publish.output import deliver, deliver_folder
from publish.problems import Exit, OutputError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def two(folder: Path, content: bytes = b"new") -> list[tuple[Path, bytes]]:
    return [(folder / "a.pdf", content), (folder / "a.promises.json", content)]


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    for path, content in two(tmp_path, b"earlier"):
        path.write_bytes(content)
    return tmp_path


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o027)
    yield
    os.umask(before)


def test_files_are_delivered_with_the_folders_they_need(tmp_path: Path) -> None:
    deliver(two(tmp_path / "out" / "an-edition"))
    assert [path.read_bytes() for path, _ in two(tmp_path / "out" / "an-edition")] == [
        b"new",
        b"new",
    ]


def test_nothing_else_is_left_in_the_folder(earlier: Path) -> None:
    deliver(two(earlier))
    assert names(earlier) == ["a.pdf", "a.promises.json"]


def test_an_earlier_file_is_replaced_by_another_not_written_into(earlier: Path) -> None:
    opened_before = (earlier / "a.pdf").open("rb")
    deliver(two(earlier))
    with opened_before:
        assert opened_before.read() == b"earlier"
    assert (earlier / "a.pdf").read_bytes() == b"new"


@pytest.mark.usefixtures("umask")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no umask")
def test_a_file_has_the_permissions_that_the_user_gives_to_new_files(tmp_path: Path) -> None:
    deliver(two(tmp_path))
    modes = [stat.S_IMODE(path.stat().st_mode) for path, _ in two(tmp_path)]
    assert modes == [0o640, 0o640]


def fail_at(monkeypatch: pytest.MonkeyPatch, name: str, problem: BaseException) -> None:
    """Let the move of a new file to `name` fail; earlier files may be put back."""
    replace = Path.replace

    def failing(path: Path, target: Path) -> Path:
        if target.name == name and not path.name.endswith(".earlier"):
            raise problem
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", failing)


@pytest.mark.parametrize("name", ["a.pdf", "a.promises.json"])
def test_a_move_that_fails_leaves_both_earlier_files(
    name: str, earlier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [(path.read_bytes(), path.stat().st_mtime_ns) for path, _ in two(earlier)]
    fail_at(monkeypatch, name, PermissionError(errno.EPERM, "Operation not permitted"))
    with pytest.raises(OutputError, match="Operation not permitted"):
        deliver(two(earlier))
    assert [(path.read_bytes(), path.stat().st_mtime_ns) for path, _ in two(earlier)] == before
    assert names(earlier) == ["a.pdf", "a.promises.json"]


def test_a_move_that_fails_takes_a_new_file_away_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_at(monkeypatch, "a.promises.json", OSError(errno.EIO, "Input/output error"))
    with pytest.raises(OutputError):
        deliver(two(tmp_path))
    assert names(tmp_path) == []


def test_an_interruption_between_the_moves_is_passed_on_and_leaves_both_earlier_files(
    earlier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_at(monkeypatch, "a.promises.json", KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        deliver(two(earlier))
    assert (earlier / "a.pdf").read_bytes() == b"earlier"
    assert names(earlier) == ["a.pdf", "a.promises.json"]


def test_a_file_system_without_hard_links_serves_too(
    earlier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(path: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted", str(path), None, str(target))

    monkeypatch.setattr(Path, "hardlink_to", none)
    fail_at(monkeypatch, "a.promises.json", OSError(errno.EIO, "Input/output error"))
    with pytest.raises(OutputError):
        deliver(two(earlier))
    assert [path.read_bytes() for path, _ in two(earlier)] == [b"earlier", b"earlier"]


def test_a_folder_in_the_place_of_a_file_is_told_and_left(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"earlier")
    (tmp_path / "a.promises.json").mkdir()
    with pytest.raises(OutputError, match=r"a\.promises\.json: cannot be written: Is a directory"):
        deliver(two(tmp_path))
    assert (tmp_path / "a.pdf").read_bytes() == b"earlier"
    assert names(tmp_path) == ["a.pdf", "a.promises.json"]


def test_a_full_disk_is_told_of_the_file_and_not_of_its_passing_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"a\.pdf: cannot be written: No space left") as caught:
        deliver(two(tmp_path))
    assert caught.value.exit_code is Exit.OUTPUT
    assert names(tmp_path) == []


# Folders


FOLDER = {"a.txt": b"new", "below/b.txt": b"new"}


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_folder_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    (tmp_path / "bag").mkdir()
    (tmp_path / "bag" / "old.txt").write_bytes(b"old")
    deliver_folder(tmp_path / "bag", FOLDER)
    assert content(tmp_path / "bag") == FOLDER
    assert names(tmp_path) == ["bag"]


def test_an_earlier_folder_stays_when_a_file_of_the_new_one_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver_folder(tmp_path / "bag", {"old.txt": b"old"})

    def full(self: Path, _: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match="No space left"):
        deliver_folder(tmp_path / "bag", FOLDER)
    monkeypatch.undo()
    assert content(tmp_path) == {"bag/old.txt": b"old"}


def test_an_earlier_folder_is_put_back_when_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver_folder(tmp_path / "bag", {"old.txt": b"old"})
    rename = Path.rename

    def stubborn(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stubborn)
    with pytest.raises(OutputError, match="Permission denied"):
        deliver_folder(tmp_path / "bag", FOLDER)
    assert content(tmp_path) == {"bag/old.txt": b"old"}
