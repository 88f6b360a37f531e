"""Each rule has a folder that shows its finding, and a line in the manual for editors."""

import re
from pathlib import Path

import pytest

from publish.checks import EDITORIAL_RULES
from publish.cli import main
from publish.problems import Exit, Severity
from tests.conftest import ROOT, SEED

RULES = ROOT / "tests" / "rules"
FOLDERS = sorted(path.name for path in RULES.iterdir() if path.is_dir())
CODES = [rule.code for rule in EDITORIAL_RULES]
# What no rule is called by: the seed that has no fault, and one whose fault is let stand.
OTHERS = ["good", "ignored"]
# A file with such a fault cannot be read.
UNREADABLE = ["n-005", "n-006", "n-007", "v-001", "c-007", "c-008"]


def told(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what `publish check` prints of a folder, with paths as they stand in it."""
    monkeypatch.chdir(folder)
    main(["check", "."])
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_shows_what_is_expected_of_it(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = (RULES / name / "expected.txt").read_text("utf-8")
    assert told(RULES / name, monkeypatch, capsys) == expected


def test_every_rule_has_a_folder() -> None:
    assert sorted([*CODES, *OTHERS]) == FOLDERS


@pytest.mark.parametrize("name", CODES)
def test_the_folder_of_a_rule_shows_its_finding_and_no_other(name: str) -> None:
    *findings, summary = (RULES / name / "expected.txt").read_text("utf-8").splitlines()
    severity = next(rule.severity for rule in EDITORIAL_RULES if rule.code == name)
    place = r"[A-Za-z]+\.(?:txt|md|toml):\d+:\d+"
    assert findings
    for line in findings:
        assert re.fullmatch(rf"{place}: {severity} {name}: \S.*\. \S.*", line)
    errors = len(findings) if severity is Severity.ERROR else 0
    assert summary.startswith(f"{errors} error")


def test_the_seed_without_a_fault_has_no_finding() -> None:
    assert (RULES / "good" / "expected.txt").read_text("utf-8") == "0 errors, 0 warnings\n"


def test_what_is_ignored_is_counted() -> None:
    expected = (RULES / "ignored" / "expected.txt").read_text("utf-8")
    assert expected == "0 errors, 0 warnings, 1 ignored\n"


def exit_code(name: str) -> Exit:
    if name in UNREADABLE:
        return Exit.SOURCE
    severity = {rule.code: rule.severity for rule in EDITORIAL_RULES}.get(name)
    return Exit.FINDINGS if severity is Severity.ERROR else Exit.BUILT


@pytest.mark.parametrize("name", FOLDERS)
def test_the_exit_code_says_whether_there_is_an_error(name: str) -> None:
    assert main(["check", str(RULES / name)]) == exit_code(name)


def page() -> str:
    return (ROOT / "docs" / "checks.md").read_text("utf-8")


def test_the_manual_lists_the_rules_in_their_order() -> None:
    assert re.findall(r"^\| ([a-z]-\d{3}) \|", page(), re.MULTILINE) == CODES


def test_a_line_of_the_manual_says_gravity_finding_reason_example_and_what_to_do() -> None:
    for line in re.findall(r"^\| [a-z]-\d{3} \|.*", page(), re.MULTILINE):
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        assert len(cells) == 6, line
        assert all(cells), line


def test_the_manual_and_the_table_have_one_gravity() -> None:
    listed = re.findall(r"^\| ([a-z]-\d{3}) \| (error|warning) \|", page(), re.MULTILINE)
    assert listed == [(rule.code, rule.severity.value) for rule in EDITORIAL_RULES]


@pytest.mark.parametrize("other", ["README.md", "docs/commentary.md", "docs/seed.md"])
def test_the_manual_is_found_from_the_other_pages(other: str) -> None:
    assert "checks.md)" in (ROOT / other).read_text("utf-8")


def test_every_rule_has_its_own_code_a_source_and_somebody_who_looks() -> None:
    assert len(CODES) == len(set(CODES))
    for rule in EDITORIAL_RULES:
        assert rule.source
        assert bool(rule.look) != bool(rule.kept_by)
        if rule.look:
            assert rule.look.__doc__
        else:
            assert f'"{rule.code}"' in (ROOT / "publish" / rule.kept_by).read_text("utf-8")


def test_the_first_telegram_gives_no_cause(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(SEED), "--strict"]) == Exit.BUILT
    assert re.fullmatch(r"0 errors, 0 warnings(, \d+ ignored)?\n", capsys.readouterr().out)
