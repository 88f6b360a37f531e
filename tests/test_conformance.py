"""What is said of the standards that a file claims: by veraPDF, by a second judge, by nobody."""

import json
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib import metadata
from pathlib import Path

import pikepdf
import pytest

from publish.cli import main
from publish.problems import Exit
from publish.promises import Promises, dumps, loads, path_beside
from publish.verify import Result, State, judges, verapdf, verify
from publish.verify.conformance import SecondOpinion, judges_at_hand
from publish.verify.judges import BrokenRule, Judge, JudgeError, Opinion, Verdict, answer_of
from publish.verify.verapdf import VARIABLE, VeraPDF
from tests.conftest import SYNTHETIC, Finisher
from tests.judging import report, result, rule, stand_in, without_description
from tests.verify_changes import changed, good
from tests.verify_pages import build

KEPT = report(result("3a", 155), result("ua1", 106))
MISSING = VeraPDF((), "veraPDF is not on this machine: set it up")


def claims(
    *asked: Judge, pdf: bytes | None = None, record: Promises | None = None
) -> tuple[Result, ...]:
    """Return what becomes of the promise `claims`."""
    results = verify(pdf or good().pdf, record or good().record, judges=asked)
    return tuple(found for found in results if found.code == "claims")


def alone(results: Sequence[Result], state: State) -> str:
    """Return the words of the one result, which is of a state."""
    (only,) = results
    assert only.state is state, only
    return only.detail


def with_claims(*names: str) -> Promises:
    stored = build().stored
    standard = {**stored["standard"], "claims": list(names)}
    return loads(dumps({**stored, "standard": standard}), "edition.promises.json")


def claiming(old: bytes, new: bytes) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        packet = pdf.Root.Metadata.read_bytes()
        other = re.sub(old, new, packet)
        assert other != packet
        pdf.Root.Metadata.write(other)

    return change


@dataclass(frozen=True)
class Second:
    """A second judge that says of 3a what it is told to, or gives a reason."""

    broken: tuple[BrokenRule, ...] = ()
    reason: str = ""
    decides: bool = False

    def judge(self, file: Path, profiles: Sequence[str]) -> Opinion:
        verdict = Verdict(file, "3a", 150 - len(self.broken), len(self.broken), 1, self.broken)
        known = {"3a": verdict} if "3a" in profiles and not self.reason else {}
        return Opinion("second 0.1", known, self.reason)


# Kept


def test_a_kept_claim_names_its_judge_the_version_and_the_rules(tmp_path: Path) -> None:
    words = alone(claims(stand_in(tmp_path, detected=KEPT).judge), State.KEPT)
    assert words == "veraPDF 1.30.2: 3a 155 rules, ua1 106 rules"


def test_one_run_judges_all_claims_that_vera_pdf_detects(tmp_path: Path) -> None:
    program = stand_in(tmp_path, detected=KEPT)
    claims(program.judge)
    assert [profile for profile, _, _ in program.asked] == ["0"]


def test_a_promised_claim_that_is_not_detected_is_judged_all_the_same(tmp_path: Path) -> None:
    program = stand_in(
        tmp_path,
        detected=report(result("ua1", 106)),
        p3a=report(result("3a", 155, rule())),
    )
    assert claims(program.judge)[0].state is State.BROKEN
    assert [profile for profile, _, _ in program.asked] == ["0", "3a"]


def test_the_judge_sees_the_very_bytes_and_its_copy_is_taken_away(tmp_path: Path) -> None:
    program = stand_in(tmp_path, detected=KEPT)
    claims(program.judge)
    ((_, copy, digest),) = program.asked
    assert digest == sha256(good().pdf).hexdigest()
    assert not Path(copy).exists()


def test_without_a_record_the_claims_are_those_of_the_metadata(tmp_path: Path) -> None:
    program = stand_in(tmp_path, detected=KEPT)
    results = verify(good().pdf, None, judges=[program.judge])
    (found,) = (one for one in results if one.code == "claims")
    assert (found.state, found.detail) == (
        State.KEPT,
        "veraPDF 1.30.2: 3a 155 rules, ua1 106 rules",
    )


def test_of_a_file_that_claims_nothing_nobody_is_asked() -> None:
    nothing = changed(claiming(rb"<(pdfu?aid:\w+)>\w+</\1>", b""))
    results = verify(nothing, None, judges=[MISSING])
    told = [result for result in results if result.code == "claims"]
    assert alone(told, State.NOT_CHECKED) == "it claims no standard"


# Broken


def test_a_broken_rule_is_told_with_its_count_its_message_and_its_place(tmp_path: Path) -> None:
    answer = report(result("3a", 155), result("ua1", 106, rule(page=1)))
    (found,) = claims(stand_in(tmp_path, detected=answer).judge)
    assert (found.state, found.where) == (State.BROKEN, "page 2 (1)")
    assert found.detail == (
        "veraPDF 1.30.2, ua1: ISO 14289-1:2014 7.1-3, 4 x: Content is not tagged "
        "(first at root/document[0]/pages[1](5 0 obj PDPage)/contentStream[0])"
    )


def test_verify_ends_with_a_broken_promise_when_the_judge_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "edition.pdf"
    path.write_bytes(good().pdf)
    path_beside(path).write_text(dumps(good().stored), "utf-8")
    answer = report(result("3a", 155, rule()), result("ua1", 106))
    program = stand_in(tmp_path, detected=answer).program
    monkeypatch.setenv(VARIABLE, str(program))
    assert main(["verify", str(path)]) == Exit.PROMISE
    assert re.search(r"broken +claims .*veraPDF 1\.30\.2, 3a: ISO", capsys.readouterr().out)


@pytest.mark.skipif(len(judges_at_hand()) < 2, reason="page-validation is not installed")
def test_what_a_second_judge_alone_finds_broken_is_broken() -> None:
    second = SecondOpinion(metadata.version("page-validation"))
    results = claims(MISSING, second, pdf=changed(without_description))
    assert {found.state for found in results} == {State.BROKEN}
    assert "PDFA3A-XMP-EXTENSION-PROPERTY-DEFINITION-001: " in results[0].detail
    assert results[0].detail.startswith("page-validation ")


# Not checked


def test_without_judges_the_claims_are_told_as_not_checked_and_who_checks_them() -> None:
    words = alone(claims(), State.NOT_CHECKED)
    assert words == "pdfa-3a, pdfua-1: no judge was asked; publish verify asks veraPDF"


def test_a_build_asks_no_judge(finished: Finisher) -> None:
    results = finished(SYNTHETIC, "facsimile").built.promises
    words = alone([r for r in results if r.code == "claims"], State.NOT_CHECKED)
    assert "publish verify asks veraPDF" in words


def test_a_missing_judge_is_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    words = alone(claims(verapdf.find()), State.NOT_CHECKED)
    assert words.startswith(
        f"pdfa-3a, pdfua-1: veraPDF is not on this machine: set {VARIABLE} to its jar, or "
    )


def test_a_variable_that_names_no_file_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "gone.jar"))
    words = alone(claims(verapdf.find()), State.NOT_CHECKED)
    assert f"{VARIABLE} is '{tmp_path / 'gone.jar'}', where there is no file" in words


def test_a_missing_java_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jar = tmp_path / "cli.jar"
    jar.write_bytes(b"")
    monkeypatch.setenv(VARIABLE, str(jar))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "java is not installed" in alone(claims(verapdf.find()), State.NOT_CHECKED)


BAD_ANSWERS = {
    "words": "Error: Unable to access jarfile",
    "another form": json.dumps({"report": {"jobs": [{"itemDetails": {"name": "a"}}]}}),
    "no counts": json.dumps(
        {
            "report": {
                "jobs": [
                    {
                        "itemDetails": {"name": "a"},
                        "validationResult": [
                            {"jobEndStatus": "normal", "profileName": "PDF/UA-1 validation profile"}
                        ],
                    }
                ]
            }
        }
    ),
    "two files": KEPT.replace('"jobs": [', '"jobs": [{"itemDetails": {"name": "b"}}, '),
    "no file": json.dumps({"report": {"jobs": []}}),
    "not brought to an end": report(result("3a", 155, end="timeout"), result("ua1", 106)),
    "contradiction": KEPT.replace('"failedRules": 0', '"failedRules": 1', 1),
    "no rule asked": report(result("3a", 0), result("ua1", 106)),
    "null": "null",
}


@pytest.mark.parametrize("answer", BAD_ANSWERS.values(), ids=BAD_ANSWERS)
def test_a_judge_that_gives_no_report_has_judged_nothing(tmp_path: Path, answer: str) -> None:
    words = alone(claims(stand_in(tmp_path, detected=answer).judge), State.NOT_CHECKED)
    assert "veraPDF" in words
    assert str(tmp_path) not in words


def test_a_judge_that_crashes_has_judged_nothing_and_its_words_are_told(tmp_path: Path) -> None:
    words = alone(claims(stand_in(tmp_path).judge), State.NOT_CHECKED)
    assert words.endswith("veraPDF under its claims: it ended with 1: no answer for 0")


def test_a_judge_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    waits = "import os; os.read(os.pipe()[0], 1)"
    monkeypatch.setattr(judges, "SECONDS_ALLOWED", 0.1)
    stuck = VeraPDF((sys.executable, "-c", waits))
    assert "it took more than 0.1 s" in alone(claims(stuck), State.NOT_CHECKED)


def test_a_judge_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    plain = tmp_path / "verapdf"
    plain.write_text("no program")
    with pytest.raises(JudgeError, match="cannot be started"):
        answer_of([str(plain)])


def test_a_profile_that_was_not_judged_leaves_the_claims_undecided(tmp_path: Path) -> None:
    program = stand_in(tmp_path, detected=report(result("ua1", 106)))
    assert "veraPDF under 3a" in alone(claims(program.judge), State.NOT_CHECKED)


def test_a_claim_of_other_layouts_is_not_checked(tmp_path: Path) -> None:
    record = with_claims("pdfx-9")
    judge = stand_in(tmp_path, detected=KEPT).judge
    words = alone(claims(judge, record=record), State.NOT_CHECKED)
    assert words == "pdfx-9: layouts/standards.toml does not name its rules"


def test_a_claim_in_the_metadata_that_is_not_known_is_named(tmp_path: Path) -> None:
    other = changed(claiming(rb"pdfaid:part>3<", b"pdfaid:part>2<"))
    judge = stand_in(tmp_path, detected=report(result("ua1", 106))).judge
    results = verify(other, None, judges=[judge])
    words = alone([r for r in results if r.code == "claims"], State.NOT_CHECKED)
    assert words.startswith("pdfaid:conformance A, pdfaid:part 2: ")


# The second opinion


@pytest.mark.skipif(len(judges_at_hand()) < 2, reason="page-validation is not installed")
def test_what_a_second_judge_alone_finds_kept_is_not_called_so() -> None:
    second = SecondOpinion(metadata.version("page-validation"))
    words = alone(claims(MISSING, second), State.NOT_CHECKED)
    assert "veraPDF is not on this machine" in words
    assert re.search(
        r"as a second opinion page-validation \S+ finds kept: 3a \d+ rules, ua1 \d+ rules$", words
    )


def test_a_second_opinion_stands_beside_the_first(tmp_path: Path) -> None:
    words = alone(claims(stand_in(tmp_path, detected=KEPT).judge, Second()), State.KEPT)
    assert words.endswith("ua1 106 rules; second opinion, second 0.1: 3a 150 rules")


def test_judges_that_disagree_leave_the_claim_undecided(tmp_path: Path) -> None:
    second = Second((BrokenRule("RULE-1", 0, "It is not so", ""),))
    words = alone(claims(stand_in(tmp_path, detected=KEPT).judge, second), State.NOT_CHECKED)
    assert words.startswith("the judges disagree on 3a: veraPDF 1.30.2 finds every rule kept")
    assert "second 0.1 finds RULE-1 broken (It is not so)" in words


def test_a_second_judge_that_fails_is_told_and_changes_nothing(tmp_path: Path) -> None:
    second = Second(reason="second 0.1 gave no opinion: it fell over")
    words = alone(claims(stand_in(tmp_path, detected=KEPT).judge, second), State.KEPT)
    assert words.endswith("; second 0.1 gave no opinion: it fell over")


@pytest.mark.skipif(len(judges_at_hand()) < 2, reason="page-validation is not installed")
def test_a_file_that_the_second_judge_cannot_read_gets_no_opinion(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"no file")
    opinion = SecondOpinion("0").judge(bad, ["3a", "4f"])
    assert opinion.verdicts == {}
    assert "gave no opinion: it ended with 1: " in opinion.reason


# Finding veraPDF


def test_a_jar_is_run_with_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    jar = tmp_path / "cli.jar"
    jar.write_bytes(b"")
    monkeypatch.setenv(VARIABLE, str(jar))
    assert verapdf.find() == VeraPDF(("java", "-jar", str(jar)))


def test_a_program_on_the_path_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = stand_in(tmp_path).program
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert verapdf.find() == VeraPDF((str(program),))


def test_no_answer_holds_the_word_that_nobody_can_answer_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "edition.pdf"
    path.write_bytes(good().pdf)
    monkeypatch.setenv(VARIABLE, str(stand_in(tmp_path, detected=KEPT).program))
    assert main(["verify", str(path), "--json"]) == Exit.FINDINGS
    assert main(["verify", str(path)]) == Exit.FINDINGS
    assert re.search(r"\bvalid\b", capsys.readouterr().out) is None
