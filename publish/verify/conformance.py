"""The standards that a file claims are kept: asked of programs that know their rules.

In: a finished file, its record or its metadata, and the judges that are at hand. Out: which rules
are broken and where; or that all are kept, by which judge, of how many; or why nobody can say.

veraPDF decides. page-validation (PyPI, MIT) is a second opinion: it knows PDF/A-1 to -3 and PDF/UA-1
only, and its own reports speak of the checks it has. What it alone finds broken is told; what it
alone finds kept is not called so.
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from publish.resources import layouts_directory
from publish.standards import Claim, known_claims
from publish.verify import verapdf
from publish.verify.description import read
from publish.verify.judges import BrokenRule, Judge, JudgeError, Opinion, Verdict, answer_of
from publish.verify.objects import Stream
from publish.verify.outcome import Examined, Found, broken, kept, not_checked
from publish.verify.reading_back import FinishedFile

_SECOND = "page-validation"
_SECOND_KNOWS = frozenset(("1a", "1b", "2a", "2b", "2u", "3a", "3b", "3u", "ua1"))
# In a process of its own: a fault in it must not take ours along.
_ASK_SECOND = """
import sys, page
try:
    print(page.validate_pdf(sys.argv[1], profile=sys.argv[2]).to_json())
except Exception as problem:
    sys.exit(str(problem))
"""
_PAGE = re.compile(r"/pages\[(\d+)\]")  # in veraPDF's path to a place; pages count from 0


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """page-validation, in the version that is installed."""

    version: str
    decides: ClassVar[bool] = False

    def judge(self, file: Path, profiles: Sequence[str]) -> Opinion:
        """Judge a file under those of the profiles that page-validation knows."""
        verdicts: dict[str, Verdict] = {}
        name = f"{_SECOND} {self.version}"
        command = (sys.executable, "-P", "-c", _ASK_SECOND, str(file))
        try:
            for profile in _SECOND_KNOWS.intersection(profiles):
                verdicts[profile] = _second_verdict(answer_of([*command, profile]), file, profile)
        except JudgeError as problem:
            return Opinion(name, verdicts, f"{name} gave no opinion: {problem}")
        return Opinion(name, verdicts)


def _second_verdict(report: str, file: Path, profile: str) -> Verdict:
    try:
        told: dict[str, Any] = json.loads(report)
        rules, failed = told["rules"], int(told["checks"]["failed"])
        places = tuple(
            BrokenRule(str(f["rule_id"]), 0, str(f["message"]), "") for f in told["failures"]
        )
        verdict = Verdict(file, profile, int(rules["passed"]), int(rules["failed"]), failed, places)
        compliant = told["is_compliant"]
    except (ValueError, KeyError, TypeError) as error:
        raise JudgeError(f"its report cannot be read: {report[:80]!r}") from error
    if not (compliant == verdict.passes == (not places)) or not verdict.rules:
        raise JudgeError(f"it contradicts itself under {profile}")
    return verdict


def judges_at_hand() -> tuple[Judge, ...]:
    """Return the judges to be asked: veraPDF, even if only to say what it lacks, and a second."""
    try:
        return (verapdf.find(), SecondOpinion(metadata.version(_SECOND)))
    except metadata.PackageNotFoundError:
        return (verapdf.find(),)


def claims_judged(examined: Examined) -> Iterator[Found]:
    """Every rule of every standard that the file claims is kept, by the word of a judge."""
    claims, unknown = _claimed(examined)
    if not claims and not unknown:
        yield not_checked("it claims no standard")
        return
    for claim in unknown:
        yield not_checked(f"{claim}: layouts/standards.toml does not name its rules")
    profiles = tuple(dict.fromkeys(name for claim in claims for name in claim.profiles))
    if not profiles:
        return
    names = ", ".join(claim.name for claim in claims)
    if not examined.judges:
        yield not_checked(f"{names}: no judge was asked; publish verify asks veraPDF")
        return
    try:
        opinions = _opinions(examined, profiles)
    except OSError as problem:
        yield not_checked(f"{names}: no copy could be made for the judges: {problem.strerror}")
        return
    yield from _weighed(examined.file, names, profiles, opinions)


def profiles_of(claims: Sequence[str]) -> tuple[str, ...]:
    """Return veraPDF's names for the rules of claims by name. Raises KeyError for an unknown one."""
    known = known_claims(layouts_directory())
    return tuple(dict.fromkeys(profile for name in claims for profile in known[name].profiles))


def _claimed(examined: Examined) -> tuple[list[Claim], list[str]]:
    """Return what the record promises, else what the metadata claim; and what is not known here."""
    known = known_claims(layouts_directory())
    if examined.record is not None:
        names = examined.record.claims
        claims = [known[name] for name in names if name in known]
    else:
        objects = examined.file.objects
        packet = objects.get(objects.root.get("Metadata"))
        if type(packet) is not Stream:
            return [], []
        said = read(objects.data(packet))
        claims = [claim for claim in known.values() if said.makes(claim)]
        made = {pair for claim in claims for pair in claim.properties}
        # A property such as pdfaid:amd is of a claim that is known by others of the same schema.
        schemas = {_schema(key) for key, _ in made}
        strange: dict[str, list[str]] = {}
        for key, value in sorted(said.identification):
            if _schema(key) not in schemas:
                strange.setdefault(_schema(key), []).append(f"{key} {value}")
        declared = {uri for claim in claims for uri in claim.declarations}
        names = (*map(", ".join, strange.values()), *sorted(said.declarations - declared))
    unknown = [name for name in names if name not in known]
    unknown += [claim.title for claim in claims if not claim.profiles]
    return claims, unknown


def _schema(key: str) -> str:
    return key.partition(":")[0]


def _opinions(examined: Examined, profiles: Sequence[str]) -> list[tuple[Judge, Opinion]]:
    """Ask the judges about a copy of exactly the bytes that all other promises are asked about."""
    with TemporaryDirectory(prefix="cablepress-") as folder:
        copy = Path(folder).resolve() / "file.pdf"
        copy.write_bytes(examined.file.bytes)
        return [(judge, judge.judge(copy, profiles)) for judge in examined.judges]


def _weighed(
    file: FinishedFile,
    names: str,
    profiles: Sequence[str],
    opinions: Sequence[tuple[Judge, Opinion]],
) -> Iterator[Found]:
    """Weigh the opinions, profile by profile."""
    deciding = [opinion for judge, opinion in opinions if judge.decides]
    second = [opinion for judge, opinion in opinions if not judge.decides]
    undecided: list[str] = []
    for profile in profiles:
        first = [opinion for opinion in deciding if profile in opinion.verdicts]
        others = [opinion for opinion in second if profile in opinion.verdicts]
        failing = [o for o in first or others if not o.verdicts[profile].passes]
        for opinion in failing:
            yield from _faults(file, opinion.judge, opinion.verdicts[profile])
        if not first:
            undecided.append(profile)
        elif not failing:
            yield from _objections(first[0].judge, others, profile)
    if undecided:
        reasons = [o.reason for o in deciding if o.reason] or ["no judge at hand knows these rules"]
        told = _counted(second, undecided, "as a second opinion {} finds kept: {}")
        yield not_checked(f"{names}: " + "; ".join([*reasons, *told]))
        return
    notes = [opinion.reason for opinion in second if opinion.reason]
    told = _counted(deciding, profiles, "{}: {}") + _counted(
        second, profiles, "second opinion, {}: {}"
    )
    yield kept("; ".join([*told, *notes]))


def _faults(file: FinishedFile, judge: str, verdict: Verdict) -> Iterator[Found]:
    for rule in verdict.broken:
        times = f", {rule.times} x" if rule.times else ""
        place = f" (first at {rule.first_place})" if rule.first_place else ""
        page = _PAGE.search(rule.first_place)
        where = file.page_name(int(page[1])) if page else ""
        detail = f"{judge}, {verdict.profile}: {rule.id}{times}: {rule.message}{place}"
        yield broken(" ".join(detail.split()), where)


def _objections(decider: str, others: Sequence[Opinion], profile: str) -> Iterator[Found]:
    for opinion in others:
        for rule in opinion.verdicts[profile].broken[:1]:
            yield not_checked(
                f"the judges disagree on {profile}: {decider} finds every rule kept, "
                f"{opinion.judge} finds {rule.id} broken ({rule.message}). Ask a third"
            )


def _counted(opinions: Sequence[Opinion], profiles: Sequence[str], words: str) -> list[str]:
    """Return of each judge the profiles that it finds kept, with how many rules each has."""
    told: list[str] = []
    for opinion in opinions:
        verdicts = [opinion.verdicts[name] for name in profiles if name in opinion.verdicts]
        counts = [f"{found.profile} {found.rules} rules" for found in verdicts if found.passes]
        if counts:
            told.append(words.format(opinion.judge, ", ".join(counts)))
    return told
