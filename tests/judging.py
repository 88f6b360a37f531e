"""A stand-in for veraPDF: it writes down what it is asked and prints the report that a test wants.

In: for each profile ("0" is what veraPDF detects) the results to be reported. Out: the words of a
command line, and the list of what was asked. And a change that any judge of PDF/A-3 must notice.
"""

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from publish.verify.verapdf import VeraPDF

NAMES = {
    "3a": "PDF/A-3a validation profile",
    "ua1": "PDF/UA-1 validation profile",
    "4f": "PDF/A-4f validation profile",
}
_PROGRAM = """\
#!{python}
import hashlib, json, pathlib, sys
here = pathlib.Path({folder!r})
profile, file = sys.argv[sys.argv.index("--flavour") + 1], pathlib.Path(sys.argv[-1])
asked = [profile, str(file), hashlib.sha256(file.read_bytes()).hexdigest()]
with open(here / "asked", "a") as notes:
    print(json.dumps(asked), file=notes)
answer = here / f"answer-{{profile}}"
if not answer.exists():
    sys.exit(f"no answer for {{profile}}")
print(answer.read_text().replace("THE FILE", str(file)))
"""


@dataclass
class StandIn:
    """The program's file, itself executable, and its notes."""

    program: Path

    @property
    def judge(self) -> VeraPDF:
        return VeraPDF((sys.executable, str(self.program)))

    @property
    def asked(self) -> list[list[str]]:
        """Return profile, path and sha256 of each question."""
        notes = self.program.parent / "asked"
        return [json.loads(line) for line in notes.read_text().splitlines()]


def rule(page: int = 1) -> dict[str, Any]:
    """Return a broken rule, first seen on a page (counted from 0)."""
    return {
        "specification": "ISO 14289-1:2014",
        "clause": "7.1",
        "testNumber": 3,
        "failedChecks": 4,
        "description": "Content shall be marked as Artifact or tagged as real content",
        "checks": [
            {
                "context": f"root/document[0]/pages[{page}](5 0 obj PDPage)/contentStream[0]",
                "errorMessage": "Content is not tagged",
            }
        ],
    }


def result(
    profile: str, rules: int, *broken: dict[str, Any], end: str = "normal"
) -> dict[str, Any]:
    """Return what veraPDF says of a file under a profile of `rules` rules."""
    return {
        "profileName": NAMES[profile],
        "jobEndStatus": end,
        "compliant": not broken,
        "details": {
            "passedRules": rules - len(broken),
            "failedRules": len(broken),
            "failedChecks": sum(one["failedChecks"] for one in broken),
            "ruleSummaries": list(broken),
        },
    }


def report(*results: dict[str, Any]) -> str:
    """Return veraPDF's report on one file."""
    build = {"releaseDetails": [{"id": "core", "version": "1.30.2"}]}
    job = {"itemDetails": {"name": "THE FILE"}, "validationResult": list(results)}
    return json.dumps({"report": {"buildInformation": build, "jobs": [job]}})


def stand_in(folder: Path, **answers: str) -> StandIn:
    """Write the program. `answers` are what it prints, by profile: `detected`, p3a, pua1."""
    program = folder / "verapdf"
    program.write_text(_PROGRAM.format(python=sys.executable, folder=str(folder)))
    program.chmod(0o755)
    for profile, answer in answers.items():
        name = "0" if profile == "detected" else profile.removeprefix("p")
        (folder / f"answer-{name}").write_text(answer)
    return StandIn(program)


def without_description(pdf: pikepdf.Pdf) -> None:
    """Take out what PDF/A-3 asks for: the description of the schema of PDF/UA."""
    packet = pdf.Root.Metadata.read_bytes()
    other = re.sub(
        rb"<pdfaExtension:schemas>.*?</pdfaExtension:schemas>", b"", packet, flags=re.DOTALL
    )
    assert other != packet
    pdf.Root.Metadata.write(other)
