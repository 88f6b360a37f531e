import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from publish.verify.judges import JudgeError, Verdict
from publish.verify.verapdf import read_report
from tools.conformance import Control, Pair, check_jar, misjudged


def job(*, compliant: bool, failed_rules: int, rules: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "itemDetails": {"name": "/press/out/edition.pdf", "size": 1},
        "validationResult": [
            {
                "details": {
                    "passedRules": 100,
                    "failedRules": failed_rules,
                    "passedChecks": 200,
                    "failedChecks": sum(rule["failedChecks"] for rule in rules),
                    "ruleSummaries": rules,
                },
                "jobEndStatus": "normal",
                "compliant": compliant,
            }
        ],
    }


def report(*jobs: dict[str, Any]) -> str:
    return json.dumps({"report": {"jobs": jobs}})


UNTAGGED = {
    "specification": "ISO 14289-1:2014",
    "clause": "7.1",
    "testNumber": 3,
    "failedChecks": 4,
    "description": "Content shall be marked as Artifact or tagged as real content",
    "checks": [{"context": "root/document[0]", "errorMessage": "Content is not tagged"}],
}


def test_a_broken_rule_keeps_its_number_its_count_and_its_first_place() -> None:
    verdict = read_report(report(job(compliant=False, failed_rules=1, rules=[UNTAGGED])), "ua1")[0]
    rule = verdict.broken[0]
    assert (rule.id, rule.times) == ("ISO 14289-1:2014 7.1-3", 4)
    assert (rule.message, rule.first_place) == ("Content is not tagged", "root/document[0]")


def test_a_file_without_a_broken_rule_passes() -> None:
    verdict = read_report(report(job(compliant=True, failed_rules=0, rules=[])), "ua1")[0]
    assert verdict.passes


def test_a_report_that_contradicts_itself_is_no_judgement() -> None:
    with pytest.raises(JudgeError, match="contradicts itself"):
        read_report(report(job(compliant=True, failed_rules=1, rules=[UNTAGGED])), "ua1")


def test_a_file_that_could_not_be_read_is_no_judgement() -> None:
    unread = {
        "itemDetails": {"name": "edition.pdf", "size": 6},
        "taskException": {"exceptionMessage": "Couldn't parse stream"},
    }
    with pytest.raises(JudgeError, match="Couldn't parse stream"):
        read_report(report(unread), "3a")


def test_words_instead_of_a_report_are_no_judgement() -> None:
    with pytest.raises(JudgeError, match="no report"):
        read_report("Error: Unable to access jarfile", "3a")


def test_a_judge_that_says_yes_to_everything_is_found_out() -> None:
    control = Control(Pair(Path("control-plain.pdf"), "3a"), must_pass=False)
    yes = Verdict(Path("control-plain.pdf"), "3a", 150, 0, 0, ())
    assert misjudged([control], [yes]) == [
        "the control control-plain.pdf must fail 3a, and does not"
    ]


def test_an_altered_jar_is_refused(tmp_path: Path) -> None:
    jar = tmp_path / "cli.jar"
    jar.write_bytes(b"another program")
    with pytest.raises(JudgeError, match="sha256"):
        check_jar(jar, f"{sha256(b'the program').hexdigest()}  cli.jar\n")


def test_the_jar_that_the_sums_name_is_taken(tmp_path: Path) -> None:
    jar = tmp_path / "cli.jar"
    jar.write_bytes(b"the program")
    check_jar(jar, f"{sha256(b'the program').hexdigest()}  cli.jar\n")
    assert jar.read_bytes() == b"the program"
