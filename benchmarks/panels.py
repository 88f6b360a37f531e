"""Times whole builds of panels, as a command of its own and in a running process: `python benchmarks/panels.py SEED`.

In: a seed folder. Out: two lines for each sheet: seconds and memory, and whether they are what is wanted. A build
checks the seed, makes the panel and its ticket, and proves both. Python may keep its compiled modules, as it does for
users.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

WANTED = {"24x36in": (2.0, 500.0), "a0": (4.0, 1000.0)}  # paper → seconds, MB
# The second build: what the first one loads is there already, as where a command builds many seeds.
TWICE = """
import sys, time
from publish.cli import main
main(sys.argv[1:])
started = time.perf_counter()
code = main(sys.argv[1:])
print(time.perf_counter() - started, file=sys.stderr)
sys.exit(code)
"""

Sample = tuple[float, float]  # seconds, MB


def alone(seed: Path, paper: str, out: str) -> Sample:
    """Return seconds and MB of one build from its start to its end. Raises RuntimeError when it fails."""
    started = time.perf_counter()
    _, memory = _run(["-m", "publish"], seed, paper, out)
    return time.perf_counter() - started, memory


def within(seed: Path, paper: str, out: str) -> Sample:
    """Return seconds of the second build in one process, and MB of the process. Raises RuntimeError as `alone`."""
    told, memory = _run(["-c", TWICE], seed, paper, out)
    return float(told.split()[-1]), memory


def _run(program: list[str], seed: Path, paper: str, out: str) -> tuple[str, float]:
    command = [
        sys.executable, *program, "build", str(seed), "--product", "panel", "--paper", paper, "--out", out,
    ]  # fmt: skip
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=kept
    ) as process:
        told = process.stderr.read() if process.stderr else ""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the panel on {paper} was not built: {told.strip()}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return told, used.ru_maxrss / unit


def _measured(way: Callable[[Path, str, str], Sample], seed: Path, paper: str, runs: int) -> Sample:
    """Return the median seconds and the most memory. The first run is not counted."""
    with TemporaryDirectory() as out:
        samples = [way(seed, paper, out) for _ in range(runs + 1)][1:]
    return statistics.median(sample[0] for sample in samples), max(sample[1] for sample in samples)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="panels", description="Times whole builds of panels.")
    parser.add_argument("seed", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    for paper, (seconds_wanted, memory_wanted) in WANTED.items():
        for way, name in ((within, "in a running process"), (alone, "as a command of its own")):
            seconds, memory = _measured(way, options.seed, paper, options.runs)
            met = seconds <= seconds_wanted and memory <= memory_wanted
            print(
                f"panel {paper} {name}: {seconds:.2f} s, at most {seconds_wanted:g} wanted; {memory:.0f} MB, at most "
                f"{memory_wanted:g} wanted: {'met' if met else 'MISSED'}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
