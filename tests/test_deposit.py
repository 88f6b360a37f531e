"""The deposit: a bag that another program validates, with all that an archive wants, the same each time."""

import hashlib
import json
import re
import shutil
from pathlib import Path

import bagit
import pytest

from publish.cli import main
from publish.deposit_readme import readme
from publish.layouts import Layouts
from publish.model import Edition
from publish.orders import Order, make_job
from publish.problems import Exit, LayoutError
from tests.conftest import SEED, SYNTHETIC

pytestmark = pytest.mark.slow

NAME = f"{SEED.name}-1.0"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("deposit")
    assert main(["deposit", str(SEED), "--out", str(out), "--strict"]) == Exit.BUILT
    return out / SEED.name / NAME


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def changed(tmp_path: Path, name: str, old: str, new: str) -> Path:
    """Return a copy of the seed in which a file has other words."""
    seed = tmp_path / SEED.name
    shutil.copytree(SEED, seed)
    text = (seed / name).read_text("utf-8")
    assert old in text
    (seed / name).write_text(text.replace(old, new), "utf-8")
    return seed


def test_another_program_finds_the_bag_whole(folder: Path) -> None:
    bag = bagit.Bag(str(folder))
    bag.validate()
    assert bag.info["Bagging-Date"] == "2026-11-23"
    assert bag.info["Internal-Sender-Identifier"] == NAME


def test_the_seed_lies_in_it_byte_for_byte(folder: Path) -> None:
    assert content(folder / "data" / "seed") == content(SEED)


def test_it_holds_the_file_its_record_its_other_forms_and_its_licences(folder: Path) -> None:
    names = set(content(folder / "data"))
    assert {
        "README.txt",
        "edition.pdf",
        "edition.promises.json",
        "verification.json",
        f"{SEED.name}.tei.xml",
        f"{SEED.name}.csl.json",
        f"{SEED.name}.bib",
        f"citations/{SEED.name}.ris",
        f"citations/{SEED.name}.datacite.json",
        "citations/in-words.txt",
        "licences/colour-profiles/LICENSE.txt",
        "licences/fonts/stix-two-text/OFL.txt",
    } <= names
    # No teletype types this edition.
    assert not any("teletype" in name for name in names)


def test_what_programs_found_of_the_file_is_told_of_this_file(folder: Path) -> None:
    told = json.loads((folder / "data" / "verification.json").read_text("utf-8"))
    pdf = (folder / "data" / "edition.pdf").read_bytes()
    assert told["sha256"] == hashlib.sha256(pdf).hexdigest()
    states = {each["code"]: each["state"] for each in told["promises"]}
    assert (states["drawn"], states["heard"]) == ("kept", "kept")
    assert "broken" not in states.values()


def test_two_runs_give_the_same_bag(folder: Path, tmp_path: Path) -> None:
    assert main(["deposit", str(SEED), "--out", str(tmp_path)]) == Exit.BUILT
    assert content(tmp_path / SEED.name / NAME) == content(folder)


def test_the_seed_of_the_bag_builds_the_file_of_the_bag(folder: Path, tmp_path: Path) -> None:
    assert main(["build", str(folder / "data" / "seed"), "--out", str(tmp_path)]) == Exit.BUILT
    again = (tmp_path / SEED.name / "edition.pdf").read_bytes()
    assert again == (folder / "data" / "edition.pdf").read_bytes()


def test_the_page_for_whoever_opens_it_is_plain_text_in_short_lines(folder: Path) -> None:
    lines = (folder / "data" / "README.txt").read_text("utf-8").splitlines()
    assert max(map(len, lines)) <= 76
    assert not any("{" in line for line in lines)


def test_every_file_that_the_page_names_is_there(folder: Path) -> None:
    text = (folder / "data" / "README.txt").read_text("utf-8")
    names = set(content(folder / "data"))
    named = set(re.findall(r"[\w-]+(?:\.[\w-]+)*\.(?:pdf|xml|json|bib|txt)\b", text))
    assert len(named) >= 7
    beside = {path.name for path in folder.iterdir()} | {"telegram.txt"}
    assert named <= names | beside


# What is refused


def test_a_seed_changed_after_its_release_is_not_deposited(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = changed(tmp_path, "commentary.md", "was a Saturday", "was a Sunday")
    assert main(["deposit", str(seed), "--out", str(tmp_path / "out")]) == Exit.FINDINGS
    told = capsys.readouterr().err
    assert "CHANGES.md:" in told
    assert "the seed was changed after the release of version 1.0" in told
    assert not (tmp_path / "out").exists()


def test_a_draft_is_not_deposited(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seed = changed(tmp_path, "edition.toml", 'version = "1.0"', 'version = ""')
    (seed / "CHANGES.md").unlink()
    assert main(["deposit", str(seed), "--out", str(tmp_path / "out")]) == Exit.FINDINGS
    assert "no version or no date of release" in capsys.readouterr().err


def test_what_is_no_bag_is_never_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / SEED.name / NAME
    place.mkdir(parents=True)
    (place / "thesis.docx").write_bytes(b"years of work")
    assert main(["deposit", str(SEED), "--out", str(tmp_path)]) == Exit.OUTPUT
    assert "something that is no bag" in capsys.readouterr().err
    assert content(place) == {"thesis.docx": b"years of work"}


def test_an_edition_that_no_printing_and_no_people_surround_is_deposited_too(
    tmp_path: Path,
) -> None:
    assert main(["deposit", str(SYNTHETIC), "--out", str(tmp_path)]) == Exit.BUILT
    (folder,) = (path for path in (tmp_path / SYNTHETIC.name).iterdir() if path.is_dir())
    bagit.Bag(str(folder)).validate()


def test_a_name_in_braces_for_which_nothing_stands_is_refused(
    tmp_path: Path, edition: Edition, known: Layouts
) -> None:
    (tmp_path / "deposit").mkdir()
    (tmp_path / "deposit" / "README.txt").write_text("{titel}", "utf-8")
    with pytest.raises(LayoutError, match=r"nothing stands for \{titel\}"):
        readme(make_job(edition, Order(), known), 1, tmp_path)
