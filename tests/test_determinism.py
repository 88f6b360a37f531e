"""Same input, same bytes: in another process, under another hash seed, in another time zone and folder."""

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from publish.build import build
from publish.layouts import Layouts
from publish.orders import Order, make_job
from publish.sources import read
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


def test_a_picture_gives_the_same_bytes_in_every_folder(tmp_path: Path, known: Layouts) -> None:
    digests = set()
    for name in ("one", "another folder"):
        seed = tmp_path / name
        shutil.copytree(SEED, seed)
        Image.new("CMYK", (40, 12), (20, 90, 90, 20)).save(seed / "field.jpg")
        commentary = seed / "commentary.md"
        words = commentary.read_text("utf-8")
        commentary.write_text(
            words.replace("\n## embassy", "\n![A red field](field.jpg)\n\n## embassy", 1), "utf-8"
        )
        edition = next(iter(read(seed)))
        built = build(make_job(edition, Order(), known), tmp_path / f"out-{name}")
        digests.add(built.sha256)
    assert len(digests) == 1
