"""Same input, same bytes: in another process, under another hash seed, in another time zone and folder."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import ROOT, SEED, Finisher

pytestmark = pytest.mark.slow


def built_elsewhere(folder: Path, **environment: str) -> str:
    """Build the edition in a process of its own; return the SHA-256 of the file."""
    subprocess.run(
        [sys.executable, "-m", "publish", "build", str(SEED), "--out", str(folder / "out")],
        check=True,
        capture_output=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
    return sha256((folder / "out" / SEED.name / "edition.pdf").read_bytes()).hexdigest()


def test_another_process_hash_seed_time_zone_and_folder_give_the_same_bytes(
    finished: Finisher, tmp_path: Path
) -> None:
    one, other = tmp_path / "one", tmp_path / "another folder"
    one.mkdir()
    other.mkdir()
    digests = {
        built_elsewhere(one, PYTHONHASHSEED="1", TZ="Asia/Tokyo", LC_ALL="C"),
        built_elsewhere(other, PYTHONHASHSEED="2", TZ="America/New_York"),
        sha256(finished().pdf).hexdigest(),
    }
    assert len(digests) == 1


def test_the_dates_of_a_file_come_from_its_release(finished: Finisher) -> None:
    assert b"2026-11-23T00:00:00" in finished().pdf
