"""What the editors let stand: findings that an [[ignore]] of edition.toml leaves out.

In: an edition and its findings, of whatever rule. Out: those that remain, a finding (i-001) for each entry
that fits none of them, and how many were left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from publish.checks.prose import MANIFEST, folder_of
from publish.model import Edition, Ignore
from publish.problems import Finding, Severity, Where, nearest


@dataclass(frozen=True, slots=True)
class Settled:
    """The findings that remain, and the number of those that the editors let stand."""

    findings: tuple[Finding, ...]
    ignored: int = 0


def settle(
    edition: Edition, found: Sequence[Finding], known: Sequence[str], looked_for: Sequence[str]
) -> Settled:
    """Return what remains of the findings.

    `known` are the codes of all rules, `looked_for` those of the rules that were asked: an entry for
    another rule cannot be said to fit nothing.
    """
    ignores = edition.apparatus.ignores
    remaining = [finding for finding in found if not any(_fits(each, finding) for each in ignores)]
    vain = [
        _in_vain(edition, ignore, known)
        for ignore in ignores
        if not any(_fits(ignore, finding) for finding in found)
        and (ignore.rule in looked_for or ignore.rule not in known)
    ]
    return Settled((*remaining, *vain), len(found) - len(remaining))


def _fits(ignore: Ignore, finding: Finding) -> bool:
    return ignore.rule == finding.code and ignore.about in finding.message


def _in_vain(edition: Edition, ignore: Ignore, known: Sequence[str]) -> Finding:
    where = Where(str(folder_of(edition) / MANIFEST), ignore.line, 1)
    if ignore.rule not in known:
        message = f"there is no rule {ignore.rule!r} to ignore"
        return Finding("i-001", Severity.ERROR, message, where, nearest(ignore.rule, list(known)))
    about = f" about {ignore.about!r}" if ignore.about else ""
    message = f"no finding of {ignore.rule}{about} is there to ignore"
    hint = "Take the entry out, or correct its words."
    return Finding("i-001", Severity.ERROR, message, where, hint)
