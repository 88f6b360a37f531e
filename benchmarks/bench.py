"""Times the press against its peers: `make bench`.

In: a seed folder. Out: a table on standard output, the ratio to WeasyPrint alone first.

Every contender is a process of its own, from start to finished file, and all take turns within one
run, so that a busy moment of the machine falls on all alike. The peers get the reading edition that
the press itself makes, as one HTML file with its styles; they set neither facsimile nor tags of
ours, join nothing and prove nothing.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

WHOLE_BUILD = "publish build (whole edition)"
ALONE = "WeasyPrint alone, pdf/ua-1"
HELP = "publish --help"
BUILD_TARGET = 2.0  # times WeasyPrint alone: facsimile, assembly and verification included
HELP_TARGET = 0.15  # seconds: a command that answers at once
FACSIMILE_TARGET = 0.35  # seconds, warm
READING_TARGET = 1.3  # times WeasyPrint alone on the same HTML, both warm
MEMORY_TARGET = 200.0  # MiB of a whole build
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], pdf_standards=['ua-1'])"


@dataclass(frozen=True, slots=True)
class Contender:
    """A command to be timed: what it is called, what is run, and the file that comes of it."""

    name: str
    command: Sequence[str]
    output: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Absent:
    """A peer that cannot be timed here, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sample:
    """One run: wall time in seconds, and the largest memory of the process in MiB."""

    seconds: float
    memory: float


@dataclass(frozen=True, slots=True)
class Texts:
    """The reading edition in the forms that the contenders read."""

    html: Path
    typst: Path


def reading_html_of(seed: Path) -> str:
    """Return the reading edition of `seed` as the press gives it to WeasyPrint, styles included.

    This is the one place that knows how the press makes its HTML.
    """
    from publish import fonts, layouts, resources
    from publish.build import prepared
    from publish.layouts import Job
    from publish.orders import Order, make_job
    from publish.sources import read
    from publish.typeset.facsimile import set_facsimile
    from publish.typeset.reading import TEXT_FAMILIES, make_html, styles
    from publish.typeset.structure import Positions

    def facsimile_lines(job: Job) -> Positions:
        plan = next(plan for plan in job.product.parts if plan.engine == "facsimile")
        return set_facsimile(job, plan, faces).positions

    faces = fonts.load(resources.fonts_directory())
    edition = next(iter(read(seed)))
    job = prepared(make_job(edition, Order(), layouts.load(resources.layouts_directory())))
    sheet = fonts.stylesheet(face for face in faces if face.name in TEXT_FAMILIES) + styles(job)
    html = make_html(job, facsimile_lines(job)).html
    return html.replace("</head>", f"<style>{sheet}</style></head>", 1)


def typst_of(html: str) -> str:
    """Return the text of `html` for typst: headings and paragraphs in order, each as one block."""
    import tinyhtml5  # the parser that WeasyPrint brings

    lines = [
        '#set document(title: "Reading edition")',
        '#set page(paper: "us-letter")',
        '#set text(lang: "en")',
        "#set par(justify: true)",
    ]
    blocks = {"h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "td", "th", "div"}
    for block in tinyhtml5.parse(html, namespace_html_elements=False).iter():
        if block.tag not in blocks or (block.tag == "div" and len(block)):
            continue  # a box around other blocks
        words = " ".join("".join(map(str, block.itertext())).split())
        if not words:
            continue
        # JSON's escapes for quotes and backslashes are typst's too, and the rest is plain.
        text = f"#{json.dumps(words, ensure_ascii=False)}"
        level = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}.get(str(block.tag))
        lines.append(f"#heading(level: {level})[{text}]" if level else text)
    return "\n\n".join(lines) + "\n"


def contenders(seed: Path, texts: Texts, scratch: Path) -> list[Contender | Absent]:
    """Return what is to be timed, and the peers that are not installed."""
    python = sys.executable
    press = [python, "-P", "-m", "publish"]
    module_path = {"PYTHONPATH": str(Path(__file__).resolve().parent.parent)}
    edition = scratch / "press"
    found: list[Contender | Absent] = [
        Contender(
            WHOLE_BUILD,
            [*press, "build", str(seed), "--out", str(edition)],
            edition / seed.name / "edition.pdf",
            module_path,
        ),
        Contender(
            ALONE,
            [
                *(python, "-m", "weasyprint", "--pdf-variant", "pdf/ua-1", "--quiet"),
                *(str(texts.html), str(scratch / "weasyprint.pdf")),
            ],
            scratch / "weasyprint.pdf",
        ),
        Contender(
            "typst, pdf/ua-1",
            [python, "-c", TYPST, str(texts.typst), str(scratch / "typst.pdf")],
            scratch / "typst.pdf",
        ),
    ]
    return [*found, *_installed_peers(texts, scratch), Contender(HELP, [*press, "--help"])]


def _installed_peers(texts: Texts, scratch: Path) -> list[Contender | Absent]:
    pandoc, chromium = scratch / "pandoc.pdf", scratch / "chromium.pdf"
    peers: list[Contender | Absent] = []
    if shutil.which("pandoc") and shutil.which("xelatex"):
        command = ["pandoc", str(texts.html), "--from", "html", "--pdf-engine", "xelatex"]
        peers.append(Contender("pandoc + xelatex", [*command, "--output", str(pandoc)], pandoc))
    else:
        peers.append(Absent("pandoc + xelatex", "not installed"))
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser:
        quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-sync", "--no-first-run"]
        quiet += ["--disable-background-networking", "--disable-component-update"]
        quiet += [f"--user-data-dir={scratch / 'chromium'}", "--no-pdf-header-footer"]
        command = [browser, *quiet, f"--print-to-pdf={chromium}", texts.html.as_uri()]
        peers.append(Contender("Chromium print", command, chromium))
    else:
        peers.append(Absent("Chromium print", "not installed"))
    return peers


def run_once(contender: Contender, log: Path) -> Sample:
    """Run a contender once.

    Raises RuntimeError with the last line of what it said when it fails or makes no file.
    """
    if contender.output is not None:
        contender.output.unlink(missing_ok=True)
    with log.open("wb") as said:
        started = time.perf_counter()
        process = subprocess.Popen(
            contender.command,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            env={**os.environ, **contender.environment},
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or (contender.output is not None and not contender.output.is_file()):
        words = log.read_text("utf-8", "replace").strip().splitlines() or ["nothing"]
        raise RuntimeError(
            f"{contender.name} ended with {process.returncode} and said: {words[-1]}"
        )
    # Linux counts in KiB, macOS in bytes (getrusage).
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Sample(seconds, usage.ru_maxrss / unit)


def warmed_up(listed: Sequence[Contender | Absent], log: Path) -> list[Contender | Absent]:
    """Run each contender once, uncounted. A peer that fails becomes absent, with its last words.

    Raises RuntimeError when the press or WeasyPrint alone fails: there is nothing to compare then.
    """
    ready: list[Contender | Absent] = []
    for contender in listed:
        if isinstance(contender, Contender):
            try:
                run_once(contender, log)
            except RuntimeError as problem:
                if contender.name in (WHOLE_BUILD, ALONE, HELP):
                    raise
                ready.append(Absent(contender.name, str(problem)))
                continue
        ready.append(contender)
    return ready


def measure(
    timed: Sequence[Contender], runs: int, log: Path, tell: Callable[[str], None]
) -> dict[str, list[Sample]]:
    """Return `runs` samples of each contender, one round after another.

    Each round begins with another contender, so that none always follows the same one.
    """
    samples: dict[str, list[Sample]] = {contender.name: [] for contender in timed}
    for round_number in range(runs):
        tell(f"round {round_number + 1} of {runs}")
        first = round_number % len(timed)
        for contender in [*timed[first:], *timed[:first]]:
            samples[contender.name].append(run_once(contender, log))
    return samples


def median_seconds(samples: Sequence[Sample]) -> float:
    """Return the median wall time."""
    return statistics.median(sample.seconds for sample in samples)


def pages_of(contender: Contender) -> str:
    """Return the number of pages that a contender made; nothing when it makes no file."""
    if contender.output is None:
        return ""
    import pypdfium2

    with pypdfium2.PdfDocument(contender.output) as document:
        return str(len(document))


def table(
    listed: Sequence[Contender | Absent], samples: Mapping[str, Sequence[Sample]]
) -> list[str]:
    """Return the table's lines: ratio of medians to WeasyPrint alone, then what it was made of."""
    alone = median_seconds(samples[ALONE])
    lines = ["ratio   median     min     max  memory  pages  what"]
    for contender in listed:
        if isinstance(contender, Absent):
            lines.append(f"    -  {contender.name}: {contender.reason}")
            continue
        times = [sample.seconds for sample in samples[contender.name]]
        median = statistics.median(times)
        memory = max(sample.memory for sample in samples[contender.name])
        lines.append(
            f"{median / alone:4.2f}x  {median:5.2f} s {min(times):5.2f} s {max(times):5.2f} s"
            f" {memory:4.0f} MB  {pages_of(contender):>5}  {contender.name}"
        )
    return lines


def targets(samples: Mapping[str, Sequence[Sample]]) -> list[str]:
    """Return a line for each target: what was measured, what is asked, met or missed."""
    ratio = median_seconds(samples[WHOLE_BUILD]) / median_seconds(samples[ALONE])
    answer = median_seconds(samples[HELP])
    memory = max(sample.memory for sample in samples[WHOLE_BUILD])
    build = f"{ratio:.2f} x WeasyPrint alone, at most {BUILD_TARGET} wanted"
    answered = f"{answer:.3f} s, under {HELP_TARGET} wanted"
    return [
        f"whole build: {build}: {'met' if ratio <= BUILD_TARGET else 'MISSED'}",
        (
            f"memory: {memory:.0f} MB, under {MEMORY_TARGET:.0f} wanted: "
            f"{'met' if memory < MEMORY_TARGET else 'MISSED'}"
        ),
        f"{HELP}: {answered}: {'met' if answer < HELP_TARGET else 'MISSED'}",
    ]


def steps_of_a_build(seed: Path, runs: int) -> list[str]:
    """Return a line for each step of a build, warm, and for what is asked of them.

    Raises RuntimeError with the last line that was said when the steps cannot be timed.
    """
    script = Path(__file__).with_name("parts.py")
    run = subprocess.run(
        [sys.executable, str(script), str(seed), "--runs", str(runs)],
        env={**os.environ, "PYTHONPATH": str(script.parent.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise RuntimeError(f"parts.py said: {(run.stderr.strip().splitlines() or ['nothing'])[-1]}")
    told = json.loads(run.stdout)
    medians = {name: statistics.median(times) for name, times in told["seconds"].items()}
    ratio = medians["reading pages"] / medians["WeasyPrint alone on the same HTML"]
    facsimile, memory = medians["facsimile"], told["memory"]
    return [
        "in one process, warm:",
        *(f"{seconds:12.3f} s  {name}" for name, seconds in medians.items()),
        (
            f"facsimile: {facsimile:.3f} s, at most {FACSIMILE_TARGET} wanted: "
            f"{'met' if facsimile <= FACSIMILE_TARGET else 'MISSED'}"
        ),
        (
            f"reading pages: {ratio:.2f} x WeasyPrint alone, at most {READING_TARGET} wanted: "
            f"{'met' if ratio <= READING_TARGET else 'MISSED'}"
        ),
        f"memory of a process that does all of these again and again: {memory:.0f} MB",
    ]


def machine() -> str:
    """Return one line that says what the numbers were measured with."""
    from importlib.metadata import version

    libraries = ", ".join(f"{name} {version(name)}" for name in ("weasyprint", "pypdf", "typst"))
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, {libraries}"
    )


def main() -> int:
    """Measure and print; 1 when a contender fails."""
    parser = argparse.ArgumentParser(prog="bench", description="Times the press and its peers.")
    parser.add_argument("seed", type=Path)
    parser.add_argument("--runs", type=int, default=7, help="samples of each (at least 5)")
    options = parser.parse_args()
    if options.runs < 5:
        parser.error("a median of fewer than 5 runs says little")
    with tempfile.TemporaryDirectory(prefix="publish-bench-") as folder:
        scratch = Path(folder)
        texts = Texts(scratch / "reading.html", scratch / "reading.typ")
        html = reading_html_of(options.seed)
        texts.html.write_text(html, "utf-8")
        texts.typst.write_text(typst_of(html), "utf-8")
        log = scratch / "log"
        try:
            listed = warmed_up(contenders(options.seed, texts, scratch), log)
            timed = [contender for contender in listed if isinstance(contender, Contender)]
            samples = measure(timed, options.runs, log, lambda line: print(line, file=sys.stderr))
            steps = steps_of_a_build(options.seed, options.runs)
        except RuntimeError as problem:
            print(f"bench: {problem}", file=sys.stderr)
            return 1
        print(f"{machine()}; medians of {options.runs}")
        print("\n".join([*table(listed, samples), "", *targets(samples), "", *steps]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
