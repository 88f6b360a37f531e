"""Has veraPDF judge finished PDFs, and prints what it found.

In: veraPDF's jar, whose sha256 stands in tools/verapdf/SHA256SUMS, and pairs FILE:PROFILE, or a FILE
alone, which is judged under the profiles of the claims in the record beside it.
Out: a table on standard output, and exit code 0 (all pass, or --allow-failures), 1 (a file fails)
or 5 (veraPDF cannot be had, did not judge, or misjudged a control).

A judge that says yes to everything would look like success. So each run also judges controls that
are made on the spot by other programs than ours: one that must fail, one that must pass.
"""

import argparse
import hashlib
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from publish import promises
from publish.problems import PublishError
from publish.verify.conformance import profiles_of
from publish.verify.judges import JudgeError, Verdict
from publish.verify.verapdf import of_jar, read_report, report_of

SUMS = Path(__file__).parent / "verapdf" / "SHA256SUMS"
# WeasyPrint's own variant that claims the profile: what a conforming file looks like to veraPDF. It
# has none that makes the PDF Declarations of WTPDF, so wt1a and wt1r have no control that must pass.
VARIANTS = {"3a": "pdf/a-3a", "ua1": "pdf/ua-1", "4f": "pdf/a-4f", "ua2": "pdf/ua-2"}
# Without a bookmark: PDF/UA-2 wants its target to be a structure element, and WeasyPrint 70.0 gives
# a place on the page.
CONTROL_HTML = (
    '<html lang="en"><head><title>Control</title><meta name="author" content="Control"></head>'
    "<body><h1 style='bookmark-level: none'>Control</h1><p>One paragraph.</p></body></html>"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A file to be judged under a profile (veraPDF's name: 3a, ua1, 4f, ua2, wt1a …)."""

    file: Path
    profile: str


@dataclass(frozen=True, slots=True)
class Control:
    """A pair whose verdict is known beforehand."""

    pair: Pair
    must_pass: bool


def judge(jar: Path, pairs: Iterable[Pair]) -> list[Verdict]:
    """Return veraPDF's verdict on each of `pairs`, in their order: one run a profile.

    Raises JudgeError when there is no Java, or a pair got no verdict.
    """
    wanted = list(pairs)
    verdicts: dict[Pair, Verdict] = {}
    for profile in dict.fromkeys(pair.profile for pair in wanted):
        files = [pair.file.resolve() for pair in wanted if pair.profile == profile]
        for verdict in read_report(report_of(of_jar(jar), files, profile), profile):
            verdicts[Pair(verdict.file, profile)] = verdict
    try:
        return [verdicts[Pair(pair.file.resolve(), pair.profile)] for pair in wanted]
    except KeyError as error:
        raise JudgeError(f"veraPDF's report leaves out {error.args[0]}") from error


def check_jar(jar: Path, sums: str) -> None:
    """Raise JudgeError unless `jar` is the file that `sums`, lines of sha256sum, names."""
    if not jar.is_file():
        raise JudgeError(f"{jar} is missing. Type: make conformance")
    known = {name: digest for digest, name in (line.split() for line in sums.splitlines())}
    found = hashlib.sha256(jar.read_bytes()).hexdigest()
    if known.get(jar.name) != found:
        raise JudgeError(f"{jar} is not the file whose sha256 stands in {SUMS.name}: {found}")


def make_controls(directory: Path, profiles: Iterable[str]) -> list[Control]:
    """Write the control files for `profiles` in `directory` and return what must come of them.

    A page that ReportLab drew with an unembedded face and without tags fails every profile; a page
    of WeasyPrint's own variant passes the profile it claims.
    """
    import weasyprint
    from reportlab.pdfgen.canvas import Canvas

    plain = directory / "control-plain.pdf"
    canvas = Canvas(str(plain), invariant=1)
    canvas.drawString(72, 720, "No tags, no metadata, no embedded face.")
    canvas.save()
    controls = []
    for profile in profiles:
        controls.append(Control(Pair(plain, profile), must_pass=False))
        if variant := VARIANTS.get(profile):
            conforming = directory / f"control-{profile}.pdf"
            # ISO 19005-4, 6.9: a file of PDF/A-4f has files within it.
            within = [weasyprint.Attachment(string="A file.", name="file.txt")]
            weasyprint.HTML(string=CONTROL_HTML).write_pdf(
                str(conforming),
                pdf_variant=variant,
                attachments=within if profile == "4f" else None,
            )
            controls.append(Control(Pair(conforming, profile), must_pass=True))
    return controls


def misjudged(controls: Iterable[Control], verdicts: Iterable[Verdict]) -> list[str]:
    """Return a sentence for every control whose verdict is not what it must be."""
    return [
        f"the control {control.pair.file.name} must "
        f"{'pass' if control.must_pass else 'fail'} {control.pair.profile}, and does not"
        for control, verdict in zip(controls, verdicts, strict=True)
        if verdict.passes != control.must_pass
    ]


def table(verdicts: Sequence[Verdict]) -> str:
    """Return the verdicts as lines of text, one each."""
    width = max(len(_shown(verdict.file)) for verdict in verdicts)
    lines = [f"{'file':{width}}  profile  verdict  rules kept  rules broken  failed checks"]
    for verdict in verdicts:
        word = "passes" if verdict.passes else "fails"
        lines.append(
            f"{_shown(verdict.file):{width}}  {verdict.profile:7}  {word:7}  "
            f"{verdict.passed_rules:10}  {verdict.failed_rules:12}  {verdict.failed_checks:13}"
        )
    return "\n".join(lines)


def _shown(file: Path) -> str:
    """Return the name of a file and of its folder: products of two editions have one name."""
    return f"{file.parent.name}/{file.name}"


def explanation(verdicts: Iterable[Verdict]) -> str:
    """Return every broken rule as two lines of text: what, how often, and where first."""
    return "\n".join(
        f"{_shown(verdict.file)} {rule.id}, {rule.times} x: {rule.message}\n"
        f"    first at {rule.first_place}"
        for verdict in verdicts
        for rule in verdict.broken
    )


def arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """Return the command line, read."""
    parser = argparse.ArgumentParser(
        prog="conformance", description="Has veraPDF judge finished PDFs."
    )
    parser.add_argument(
        "pairs",
        nargs="+",
        metavar="FILE[:PROFILE]",
        type=_pairs,
        help="a file and a profile (veraPDF's name), or a file with its record beside it",
    )
    parser.add_argument("--verapdf", required=True, type=Path, metavar="JAR")
    parser.add_argument(
        "--allow-failures",
        action="store_true",
        help="count what fails, and end with 0; no judgement at all is still an error",
    )
    options = parser.parse_args(argv)
    options.pairs = [pair for pairs in options.pairs for pair in pairs]
    return options


def _pairs(text: str) -> list[Pair]:
    """Return what an argument asks for: one pair, or one for each profile of a file's own claims."""
    file, colon, profile = text.rpartition(":")
    if colon and not Path(text).is_file():
        return [Pair(Path(file), profile)]
    record = promises.path_beside(Path(text))
    if not record.is_file():
        raise argparse.ArgumentTypeError(
            f"{text!r} names no profile (FILE:3a), and {record.name} is not beside it"
        )
    try:
        return [Pair(Path(text), name) for name in profiles_of(promises.load(record).claims)]
    except PublishError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None
    except KeyError as problem:
        raise argparse.ArgumentTypeError(
            f"{record}: layouts/standards.toml has no claim {problem.args[0]!r}"
        ) from None


def judge_with_controls(jar: Path, pairs: Sequence[Pair]) -> tuple[list[Verdict], list[str]]:
    """Return the verdicts on controls and `pairs` together, and what was misjudged."""
    if not pairs:
        raise JudgeError("none of the files claims a standard")
    for pair in pairs:
        if not pair.file.is_file():
            raise JudgeError(f"{pair.file} is not there to be judged. Type: make edition")
    with tempfile.TemporaryDirectory() as directory:
        profiles = dict.fromkeys(pair.profile for pair in pairs)
        controls = make_controls(Path(directory), profiles)
        verdicts = judge(jar, [*(control.pair for control in controls), *pairs])
    return verdicts, misjudged(controls, verdicts[: len(controls)])


def main() -> int:
    """Judge, print, and return the exit code."""
    options = arguments()
    started = time.monotonic()
    try:
        check_jar(options.verapdf, SUMS.read_text("ascii"))
        verdicts, mistakes = judge_with_controls(options.verapdf, options.pairs)
    except JudgeError as error:
        print(f"conformance: no judgement: {error}", file=sys.stderr)
        return 5
    print(table(verdicts))
    if mistakes:
        print(f"conformance: no judgement: {'; '.join(mistakes)}", file=sys.stderr)
        return 5
    ours = verdicts[-len(options.pairs) :]
    if broken := explanation(ours):
        print(broken)
    failing = sum(not verdict.passes for verdict in ours)
    print(
        f"conformance: {len(ours) - failing} of {len(ours)} judgements are 'passes', "
        f"{sum(verdict.failed_checks for verdict in ours)} failed checks, "
        f"{len(verdicts) - len(ours)} controls judged as they must be, "
        f"{time.monotonic() - started:.1f} s"
    )
    return 1 if failing and not options.allow_failures else 0


if __name__ == "__main__":
    sys.exit(main())
