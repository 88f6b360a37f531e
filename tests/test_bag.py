"""A bag as RFC 8493 wants it, read by a program that had no part in writing it."""

import hashlib
from pathlib import Path

import bagit
import pytest

from publish.bag import bag
from publish.output import deliver_folder

PAYLOAD = {"edition.pdf": b"%PDF", "seed/telegram.txt": "Хрущёв".encode(), "a name.txt": b""}
INFORMATION = (("Bagging-Date", "2026-01-02"), ("External-Description", "words " * 40))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    deliver_folder(tmp_path / "bag", bag(PAYLOAD, INFORMATION))
    return tmp_path / "bag"


def test_another_program_finds_it_whole(folder: Path) -> None:
    opened = bagit.Bag(str(folder))
    opened.validate()
    assert opened.version_info == (1, 0)
    assert set(opened.payload_files()) == {f"data/{name}" for name in PAYLOAD}


@pytest.mark.parametrize("name", ["data/edition.pdf", "bag-info.txt", "manifest-sha512.txt"])
def test_another_program_finds_a_changed_byte(folder: Path, name: str) -> None:
    path = folder / name
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    with pytest.raises(bagit.BagError):
        bagit.Bag(str(folder)).validate()


def test_another_program_finds_a_file_that_was_lost(folder: Path) -> None:
    (folder / "data" / "seed" / "telegram.txt").unlink()
    with pytest.raises(bagit.BagError):
        bagit.Bag(str(folder)).validate()


def test_each_file_stands_in_two_manifests_with_its_hashes(folder: Path) -> None:
    for name, data in PAYLOAD.items():
        for algorithm in ("sha256", "sha512"):
            line = f"{hashlib.new(algorithm, data).hexdigest()}  data/{name}\n"
            assert line in (folder / f"manifest-{algorithm}.txt").read_text("utf-8")


def test_what_it_says_of_itself_is_read_back(folder: Path) -> None:
    said = bagit.Bag(str(folder)).info
    assert said["Bagging-Date"] == "2026-01-02"
    assert said["Payload-Oxum"] == "16.3"


def test_no_line_of_what_it_says_is_long(folder: Path) -> None:
    lines = (folder / "bag-info.txt").read_text("utf-8").splitlines()
    assert max(map(len, lines)) <= 79
    assert " ".join(" ".join(lines).split()).count("words") == 40


def test_the_order_in_which_files_are_given_does_not_matter() -> None:
    turned = dict(reversed(PAYLOAD.items()))
    assert list(bag(turned, INFORMATION).items()) == list(bag(PAYLOAD, INFORMATION).items())


@pytest.mark.parametrize("name", ["../out.txt", "/etc/passwd", "a\nb", "seed/../../x", "100%.txt"])
def test_a_name_that_leads_out_of_the_bag_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no name of a file"):
        bag({name: b""}, ())
