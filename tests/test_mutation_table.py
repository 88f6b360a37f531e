"""Every way of breaking the real edition that tests/mutations.py knows is noticed; a table says by whom.

`publish verify` must catch each. veraPDF and page-validation are asked too, where they are: what they
miss is the reason why the press has promises of its own. `pytest -s tests/test_mutation_table.py` shows
the table; out/ci/mutations.txt keeps it.
"""

import os
from functools import cache
from pathlib import Path

import pytest

from publish.promises import loads
from publish.verify import State, verify
from tests.conftest import ROOT, Finisher
from tests.mutations import MUTATIONS, Mutation
from tests.saving import saved
from tools.conformance import Pair, judge

# One worker builds the edition and breaks it; each other would do it again.
pytestmark = [pytest.mark.xdist_group("mutations"), pytest.mark.slow]

JAR = next(iter(sorted((ROOT / ".cache" / "verapdf").glob("*.jar"))), None)
PROFILES = ("3a", "ua1")


class Broken:
    """The edition with each fault, made once, and what the promises say of it."""

    def __init__(self, pdf: bytes, record: str) -> None:
        self._pdf, self._record = pdf, loads(record, "edition.promises.json")
        self.file = cache(self._file)
        self.codes = cache(self._codes)

    def _file(self, mutation: Mutation) -> bytes:
        return saved(self._pdf, mutation.change)

    def _codes(self, mutation: Mutation) -> frozenset[str]:
        # That the bytes are other ones than those recorded is plain, and counts for nothing here.
        results = verify(self.file(mutation), self._record)
        return frozenset(r.code for r in results if r.state is State.BROKEN) - {"record"}


@pytest.fixture(scope="module")
def broken(finished: Finisher) -> Broken:
    """Return the edition, to be broken."""
    edition = finished()
    return Broken(edition.pdf, edition.record)


def test_there_are_at_least_two_dozen_faults() -> None:
    assert len({mutation.name for mutation in MUTATIONS}) == len(MUTATIONS) >= 24


def test_the_edition_saved_without_a_fault_breaks_no_promise(broken: Broken) -> None:
    assert broken.codes(Mutation("nothing", lambda _: None, frozenset())) == set()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_fault_is_caught_by_the_promise_that_is_about_it(
    mutation: Mutation, broken: Broken
) -> None:
    assert broken.codes(mutation) & mutation.noticed_by


def test_the_table_of_who_caught_what_has_no_gap(broken: Broken, tmp_path: Path) -> None:
    others = _others(broken, tmp_path)
    lines = [f"{'fault':<46} {'publish verify':<44} {'page-validation':<16} veraPDF"]
    for mutation in MUTATIONS:
        ours = ", ".join(sorted(broken.codes(mutation))) or "NOTHING"
        page, vera = (others[name].get(mutation.name, "") for name in ("page", "veraPDF"))
        lines.append(f"{mutation.name:<46} {ours:<44} {page:<16} {vera}".rstrip())
    table = "\n".join(lines)
    print(f"\n{table}")  # noqa: T201 - the table is what this test is read for
    results = ROOT / "out" / "ci"
    if os.environ.get("CI"):
        results.mkdir(parents=True, exist_ok=True)
        (results / "mutations.txt").write_text(table + "\n", "utf-8")
    assert "NOTHING" not in table


def _others(broken: Broken, folder: Path) -> dict[str, dict[str, str]]:
    """Return what other programs say of each fault, by program and name of the fault."""
    from page import validate_pdf

    said: dict[str, dict[str, str]] = {"page": {}, "veraPDF": {}}
    files = {
        mutation.name: folder / f"{mutation.name.replace(' ', '-')}.pdf" for mutation in MUTATIONS
    }
    for mutation in MUTATIONS:
        files[mutation.name].write_bytes(broken.file(mutation))
        failing = [
            profile
            for profile in PROFILES
            if not validate_pdf(str(files[mutation.name]), profile=profile).is_compliant
        ]
        said["page"][mutation.name] = " ".join(failing) or "-"
    if JAR is None:
        return said
    verdicts = judge(JAR, [Pair(path, profile) for profile in PROFILES for path in files.values()])
    for verdict in verdicts:
        name = next(
            name for name, path in files.items() if path.resolve() == verdict.file.resolve()
        )
        before = said["veraPDF"].get(name, "").replace("-", "")
        said["veraPDF"][name] = (
            f"{before} {'' if verdict.passes else verdict.profile}".strip() or "-"
        )
    return said
