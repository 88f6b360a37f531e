"""Versions: CHANGES.md, the digest of the seed, and what a later version may not move."""

import hashlib
import re
import shutil
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import NameTree

from publish.checks import check
from publish.cli import main
from publish.fixity import seed_digest
from publish.model import Edition, SeedFile
from publish.problems import Exit, SourceError
from publish.sources import read
from publish.sources.changes import read_changes
from publish.typeset.sections.citation import on_the_imprint
from tests.conftest import SEED, Finisher
from tests.printed_lines import Block, blocks

HEAD = "# Changes\n\n"
FIRST = "## 1.0 (2026-11-23)\n\nFirst release.\n"
LATER = "## 1.1 (2027-03-01)\n\nA note is corrected.\n\n"


def changes(folder: Path, text: str) -> Path:
    path = folder / "CHANGES.md"
    path.write_text(text, "utf-8")
    return path


def test_versions_are_read_the_newest_first(tmp_path: Path) -> None:
    found = read_changes(changes(tmp_path, HEAD + LATER + FIRST), {})
    assert [(each.version, each.released.isoformat(), each.told, each.line) for each in found] == [
        ("1.1", "2027-03-01", "A note is corrected.", 3),
        ("1.0", "2026-11-23", "First release.", 7),
    ]


def test_the_digest_of_a_release_is_no_part_of_what_changed(tmp_path: Path) -> None:
    (only,) = read_changes(changes(tmp_path, f"{FIRST}\nSeed: sha256 {'a' * 64}\n"), {})
    assert (only.told, only.seed) == ("First release.", "a" * 64)


def test_a_seed_without_a_list_of_versions_has_none(tmp_path: Path) -> None:
    assert read_changes(tmp_path / "CHANGES.md", {}) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD + FIRST + LATER, r":3:1: version 1.0 does not come after 1.1"),
        (FIRST + "\n" + FIRST, r":1:1: version 1.0 does not come after 1.0"),
        ("## 1 (2027-01-01)\n\nWords.\n" + FIRST, r":1:1: version 1 does not come after 1.0"),
        (FIRST + "\n## 1 (2026-01-01)\n\nWords.\n", r":1:1: version 1.0 does not come after 1\."),
        ("## 1.10 (2020-01-01)\n\nW.\n\n## 1.9 (2020-01-02)\n\nW.\n", r":1:1: version 1.10 is released before 1.9"),
        ("## 1.0 (2026-02-30)\n\nWords.\n", r":1:1: there is no day 2026-02-30"),
        ("## 1.0 (23 November)\n\nWords.\n", r":1:1: .* is no version and day"),
        ("## first (2026-11-23)\n\nWords.\n", r":1:1: .* is no version and day"),
        ("Words.\n" + FIRST, r":1:1: 'Words.' stands before the first version"),
        (HEAD, r":1:1: the file has no version"),
        ("", r":1:1: the file has no version"),
        ("## 1.0 (2026-11-23)\n\n\n" + FIRST, r":1:1: version 1.0 does not say what changed"),
        (FIRST + "\nSeed: sha256 abc\n", r":5:1: the digest of the seed is malformed"),
        (FIRST + f"\nSeed: sha256 {'a' * 64}\nSeed: sha256 {'b' * 64}\n", r":6:1: the digest of the seed"),
        (FIRST + "\n<b>Bold</b>\n", r":5: raw HTML"),
        (FIRST + "\n[@nobody, p. 1]\n", r":5: the citation \[@nobody\] has no entry"),
        (FIRST + "\nA \x07 sign\n", r":5:3: the control character U\+0007"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=words):
        read_changes(changes(tmp_path, text), {})


def test_ten_comes_after_nine(tmp_path: Path) -> None:
    text = "## 1.10 (2027-01-01)\n\nW.\n\n## 1.9 (2026-12-01)\n\nW.\n"
    assert [each.version for each in read_changes(changes(tmp_path, text), {})] == ["1.10", "1.9"]


def test_the_digest_is_the_one_of_the_list_that_sha256sum_prints() -> None:
    files = [SeedFile("b.txt", b"two"), SeedFile("a/c.png", b"one"), SeedFile("CHANGES.md", b"any")]
    one, two = (hashlib.sha256(data).hexdigest() for data in (b"one", b"two"))
    listed = f"{one}  a/c.png\n{two}  b.txt\n"
    assert seed_digest(files) == hashlib.sha256(listed.encode()).hexdigest()


@pytest.mark.parametrize("other", [SeedFile("b.txt", b"tw"), SeedFile("c.txt", b"two")])
def test_other_bytes_and_other_names_have_another_digest(other: SeedFile) -> None:
    assert seed_digest([SeedFile("b.txt", b"two")]) != seed_digest([other])


def test_the_list_of_versions_travels_with_the_edition(edition: Edition) -> None:
    assert "CHANGES.md" in [file.name for file in edition.files]


def test_a_seed_that_was_changed_after_its_release_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = tmp_path / "seed"
    shutil.copytree(SEED, seed)
    assert main(["check", str(seed), "--strict"]) == Exit.BUILT
    notes = seed / "commentary.md"
    notes.write_text(notes.read_text("utf-8").replace("the ", "The ", 1), "utf-8")
    capsys.readouterr()
    assert main(["check", str(seed), "--strict"]) == Exit.FINDINGS
    told = capsys.readouterr().out
    assert "warning v-003: the seed was changed after the release of version 1.0" in told
    assert seed_digest(next(iter(read(seed))).files) in told


def test_a_release_of_another_day_than_edition_toml_says_is_found(edition: Edition) -> None:
    other = replace(edition, released=date(2026, 11, 24))
    (finding,) = [each for each in check(other) if each.code.startswith("v")]
    assert str(finding).endswith(
        "error v-002: version 1.0 is of 2026-11-23, but edition.toml has 2026-11-24. Give both the day of the release."
    )


def test_what_a_version_says_at_length_stands_not_on_the_imprint(tmp_path: Path) -> None:
    long = f"## 1.0 (2026-11-23)\n\n{'Words and words. ' * 30}\n"
    listed = "## 1.0 (2026-11-23)\n\n- One\n- Two\n"
    for text in (long, listed):
        (only,) = read_changes(changes(tmp_path, text), {})
        assert on_the_imprint(only) == ""
    (only,) = read_changes(changes(tmp_path, FIRST), {})
    assert on_the_imprint(only) == "First release."


LEFT, WIDE = 161.0, 326.0  # points: the text block on Letter (COMPOSITION), and a hair around it
HIGHEST = 70  # points from a destination down to its first line, a sunk head included
INSERTED = "A paragraph that another witness has and the first version lacked."


def with_an_inserted_block(folder: Path) -> Path:
    """Return the first seed as a version 1.1 would be: after p3 stands p3a, and nothing else is new."""
    seed = folder / "seed"
    shutil.copytree(SEED, seed)
    telegram, manifest = seed / "telegram.txt", seed / "edition.toml"
    before = telegram.read_text("utf-8")
    after = before.replace("\n\nAssuming this is done", f"\n\n{INSERTED}\n\nAssuming this is done")
    assert after != before
    telegram.write_text(after, "utf-8")
    told = manifest.read_text("utf-8")
    for old, new in (
        (hashlib.sha256(before.encode()).hexdigest(), hashlib.sha256(after.encode()).hexdigest()),
        ('version = "1.0"', 'version = "1.1"'),
        ("released = 2026-11-23", "released = 2027-03-01"),
        ('[[block]]\nid = "p4"', '[[block]]\nid = "p3a"\nopens = "A paragraph that another"\n\n[[block]]\nid = "p4"'),
    ):  # fmt: skip
        assert told.count(old) == 1
        told = told.replace(old, new)
    manifest.write_text(told, "utf-8")
    earlier = (seed / "CHANGES.md").read_text("utf-8").removeprefix(HEAD)
    inserted = (
        "## 1.1 (2027-03-01)\n\nA paragraph is inserted after the third. It is called 3a.\n\n"
    )
    changes(seed, HEAD + inserted + earlier)
    return seed


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory, finished: Finisher) -> tuple[bytes, bytes]:
    """Return the edition's file in version 1.0 and in a version 1.1 with a block p3a."""
    later = with_an_inserted_block(tmp_path_factory.mktemp("later"))
    return finished(SEED).pdf, finished(later).pdf


def places(pdf: bytes) -> dict[str, tuple[int, float]]:
    """Return page and height of each destination."""
    with pikepdf.open(BytesIO(pdf)) as file:
        number = {page.obj.objgen: index for index, page in enumerate(file.pages)}
        tree = NameTree(file.Root.Names.Dests)
        return {name: (number[place[0].objgen], float(place[3])) for name, place in tree.items()}


def by_name(pdf: bytes) -> dict[str, Block]:
    return {block.id: block for block in blocks(pdf) if block.id and block.pages}


def words(block: Block) -> str:
    """Return a block's words; of a paragraph without what hangs in the margins, which may lead elsewhere."""
    left, right = (LEFT, LEFT + WIDE) if re.fullmatch(r"p\d+[a-z]*", block.id) else (0.0, 1000.0)
    lines = (line for lines in block.pages for line in lines)
    kept = ([one.character for one in line.letters if left <= one.x < right] for line in lines)
    return " ".join("".join("".join(line) for line in kept).split())


@pytest.mark.slow
def test_every_destination_of_a_version_is_in_the_next(versions: tuple[bytes, bytes]) -> None:
    earlier, later = (set(places(pdf)) for pdf in versions)
    assert earlier - later == set()
    assert later - earlier == {"p3a", "facsimile-p3a", "versions"}


@pytest.mark.slow
def test_an_old_address_lands_on_the_same_words_in_a_later_version(
    versions: tuple[bytes, bytes],
) -> None:
    earlier, later = (by_name(pdf) for pdf in versions)
    targets = places(versions[1])
    compared = [name for name in earlier if name in targets and name != "title"]
    assert {"p3", "p4", "p9", "facsimile-p4", "note-thant", "note-quarantine"} <= set(compared)
    for name in compared:
        assert words(later[name]) == words(earlier[name]), name
        first = later[name].pages[0][0]
        page, top = targets[name]
        assert first.page == page, name
        assert -2 < top - first.base < HIGHEST, name


@pytest.mark.slow
def test_the_inserted_block_has_the_inserted_words(versions: tuple[bytes, bytes]) -> None:
    assert INSERTED in words(by_name(versions[1])["p3a"])


@pytest.mark.slow
def test_the_imprint_and_the_citation_name_the_later_version(versions: tuple[bytes, bytes]) -> None:
    told = " ".join(words(block) for block in blocks(versions[1]) if block.pages)
    assert "In this version: A paragraph is inserted after the third. It is called 3a." in told
    assert "version 1.1 (Cablepress, 2027)" in told
    assert "Version 1.0, November 23, 2026. First release." in told
    assert "version 1.0" not in told
