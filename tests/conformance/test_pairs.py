import json
from pathlib import Path

import pytest

from publish.promises import dumps, path_beside
from publish.verify.judges import JudgeError
from tests.verify_pages import build
from tools.conformance import Pair, arguments, judge_with_controls


def recorded(folder: Path, *claims: str) -> Path:
    """Return a file with a record beside it that makes some claims."""
    stored = build().stored
    stored = {**stored, "standard": {**stored["standard"], "claims": list(claims)}}
    path = folder / "edition.pdf"
    path.write_bytes(b"%PDF-1.7")
    path_beside(path).write_text(dumps(stored), "utf-8")
    return path


def pairs(*words: str) -> list[Pair]:
    found = arguments([*words, "--verapdf", "cli.jar"]).pairs
    assert isinstance(found, list)
    return found


def test_a_pair_is_taken_as_it_is() -> None:
    assert pairs("out/edition.pdf:4f") == [Pair(Path("out/edition.pdf"), "4f")]


@pytest.mark.parametrize(
    ("claims", "profiles"),
    [
        (("pdfa-3a", "pdfua-1"), ["3a", "ua1"]),
        (("pdfa-4f", "pdfua-2", "wtpdf-1"), ["4f", "ua2", "wt1a", "wt1r"]),
        ((), []),
    ],
)
def test_a_file_alone_is_judged_by_the_claims_of_its_record(
    tmp_path: Path, claims: tuple[str, ...], profiles: list[str]
) -> None:
    path = recorded(tmp_path, *claims)
    assert pairs(str(path)) == [Pair(path, profile) for profile in profiles]


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as ended:
        pairs(*words)
    assert ended.value.code == 2
    return capsys.readouterr().err


def test_a_file_without_profile_and_record_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = refused(capsys, str(tmp_path / "edition.pdf"))
    assert "names no profile (FILE:3a), and edition.promises.json is not beside it" in told


def test_a_damaged_record_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = recorded(tmp_path, "pdfa-3a")
    path_beside(path).write_text(json.dumps({}), "utf-8")
    assert "is not in the form" in refused(capsys, str(path))


def test_a_claim_that_is_not_known_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = refused(capsys, str(recorded(tmp_path, "pdfx-9")))
    assert "layouts/standards.toml has no claim 'pdfx-9'" in told


def test_files_that_claim_nothing_are_no_judgement() -> None:
    with pytest.raises(JudgeError, match="none of the files claims a standard"):
        judge_with_controls(Path("cli.jar"), [])
