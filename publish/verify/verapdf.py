"""veraPDF, the reference judge of PDF/A, PDF/UA and WTPDF (https://verapdf.org), and its report.

In: veraPDF's jar or program, a finished file. Out: a Verdict for each profile that is asked for.
"""

import json
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from publish.verify.judges import BrokenRule, JudgeError, Opinion, Verdict, answer_of

VARIABLE = "CABLEPRESS_VERAPDF"
_NOT_HERE = (
    f"veraPDF is not on this machine: set {VARIABLE} to its jar, or install it from "
    "https://verapdf.org (its program `verapdf` is looked for on PATH)"
)
# With 0 veraPDF judges every claim that it finds in the file's metadata, in one run. For 18 pages and
# four profiles that takes 9 s of the processor; a run for each profile takes 25 (1.30.2).
DETECTED = "0"
# What `verapdf --list` calls the profiles (1.30.2). One that is called otherwise is judged in a run
# of its own.
_CALLED = {
    "PDF/A-3a validation profile": "3a",
    "PDF/UA-1 validation profile": "ua1",
    "PDF/A-4f validation profile": "4f",
    "PDF/UA-2 + Tagged PDF validation profile": "ua2",
    "WTPDF 1.0 Accessibility validation profile": "wt1a",
    "WTPDF 1.0 Reuse validation profile": "wt1r",
}
_OTHER_FORM = (KeyError, TypeError, IndexError, AttributeError, ValueError)


@dataclass(frozen=True, slots=True)
class VeraPDF:
    """veraPDF by the words of a command line, or why it cannot be asked."""

    program: tuple[str, ...]
    missing: str = ""
    decides: ClassVar[bool] = True

    def judge(self, file: Path, profiles: Sequence[str]) -> Opinion:
        """Judge the claims that veraPDF detects, then singly the profiles that it did not."""
        if self.missing:
            return Opinion("veraPDF", {}, self.missing)
        verdicts: dict[str, Verdict] = {}
        name = "veraPDF"
        try:
            report = report_of(self.program, [file], DETECTED)
            name = f"veraPDF {version(report)}".strip()
            verdicts |= {verdict.profile: verdict for verdict in read_detected(report)}
            for profile in profiles:
                if profile not in verdicts:
                    (verdict,) = read_report(report_of(self.program, [file], profile), profile)
                    verdicts[profile] = verdict
        except JudgeError as problem:
            told = str(problem).replace(str(file.resolve()), "the file")
            return Opinion(name, verdicts, told)
        return Opinion(name, verdicts)


def find() -> VeraPDF:
    """Return veraPDF as CABLEPRESS_VERAPDF names it (a jar or a program), else as PATH has it."""
    named = os.environ.get(VARIABLE, "")
    if not named:
        found = shutil.which("verapdf")
        return VeraPDF((found,)) if found else VeraPDF((), _NOT_HERE)
    if not Path(named).is_file():
        return VeraPDF((), f"{VARIABLE} is {named!r}, where there is no file: correct it")
    if named.lower().endswith(".jar"):
        return VeraPDF(of_jar(Path(named)))
    return VeraPDF((str(Path(named).resolve()),))


def of_jar(jar: Path) -> tuple[str, ...]:
    """Return the words that start veraPDF's jar."""
    return ("java", "-jar", str(jar.resolve()))


def report_of(program: Iterable[str], files: Iterable[Path], profile: str) -> str:
    """Return veraPDF's JSON report on `files` under a profile, or under those it detects.

    Raises JudgeError when there is none.
    """
    options = ["--flavour", profile, "--format", "json", "--maxfailuresdisplayed", "1"]
    try:
        return answer_of([*program, *options, *(str(file.resolve()) for file in files)])
    except JudgeError as problem:
        how = "its claims" if profile == DETECTED else profile
        raise JudgeError(f"veraPDF under {how}: {problem}") from None


def version(report: str) -> str:
    """Return the version that wrote a report, or nothing where it does not say."""
    try:
        releases = json.loads(report)["report"]["buildInformation"]["releaseDetails"]
        return str({release["id"]: release["version"] for release in releases}["core"])
    except _OTHER_FORM:
        return ""


def read_report(report: str, profile: str) -> list[Verdict]:
    """Return the verdicts in veraPDF's JSON `report` of a run under `profile`, one for each file.

    Raises JudgeError when the report is none, or holds a file that was not judged.
    """
    verdicts = []
    for job in _jobs(report, profile):
        results = _results(job, f"under {profile}")
        if len(results) != 1:
            raise JudgeError(f"veraPDF did not judge {_name(job)} under {profile} alone")
        verdicts.append(_verdict(_name(job), results[0], profile))
    return verdicts


def read_detected(report: str) -> list[Verdict]:
    """Return the verdicts on one file under the profiles that veraPDF detected.

    Verdicts under profiles with names that are not known here are left out. Raises as `read_report`.
    """
    jobs = _jobs(report, "the profiles it detects")
    if len(jobs) != 1:
        raise JudgeError(f"veraPDF reports on {len(jobs)} files, not on one")
    return [
        _verdict(_name(jobs[0]), result, profile)
        for result in _results(jobs[0], "under its claims")
        if (profile := _CALLED.get(str(result.get("profileName"))))
    ]


def _jobs(report: str, profile: str) -> list[dict[str, Any]]:
    try:
        jobs = list(json.loads(report)["report"]["jobs"])
    except _OTHER_FORM as error:
        raise JudgeError(f"veraPDF gave no report for {profile}: {report[:200]!r}") from error
    if not all(isinstance(job, dict) for job in jobs):
        raise JudgeError("veraPDF's report is of another form than that of version 1.30")
    return jobs


def _name(job: dict[str, Any]) -> Path:
    try:
        return Path(job["itemDetails"]["name"])
    except _OTHER_FORM as error:
        raise JudgeError("veraPDF's report does not name its file") from error


def _results(job: dict[str, Any], how: str) -> list[dict[str, Any]]:
    """Return the results on a file. Raises JudgeError when one of them was not brought to an end."""
    results = job.get("validationResult")
    listed = results if isinstance(results, list) else []
    if listed and all(isinstance(r, dict) and r.get("jobEndStatus") == "normal" for r in listed):
        return listed
    problem = job.get("taskException")
    reason = problem.get("exceptionMessage") if isinstance(problem, dict) else "no reason given"
    raise JudgeError(f"veraPDF did not judge {_name(job)} {how}: {reason}")


def _verdict(file: Path, result: dict[str, Any], profile: str) -> Verdict:
    try:
        details = result["details"]
        rules = sorted(map(_broken_rule, details["ruleSummaries"]), key=lambda rule: rule.id)
        counts = [int(details[key]) for key in ("passedRules", "failedRules", "failedChecks")]
        verdict = Verdict(file, profile, counts[0], counts[1], counts[2], tuple(rules))
        compliant = result["compliant"]
    except _OTHER_FORM as error:
        raise JudgeError("veraPDF's report is of another form than that of version 1.30") from error
    # The three ways in which the report says yes or no must agree before one of them is believed.
    if not (compliant == verdict.passes == (not verdict.broken)):
        raise JudgeError(f"veraPDF contradicts itself on {file} under {profile}")
    if not verdict.rules:
        raise JudgeError(f"veraPDF asked no rule of {profile}")
    return verdict


def _broken_rule(rule: dict[str, Any]) -> BrokenRule:
    first = (rule.get("checks") or [{}])[0]
    return BrokenRule(
        f"{rule['specification']} {rule['clause']}-{rule['testNumber']}",
        rule["failedChecks"],
        first.get("errorMessage") or rule["description"],
        first.get("context", ""),
    )
