"""Times whole builds of panels, each a process of its own: `python benchmarks/panels.py SEED`.

In: a seed folder. Out: a line for each sheet: seconds and memory, and whether they are what is wanted. A build checks
the seed, makes the panel and its ticket, and proves both. Python may keep its compiled modules, as it does for users.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

WANTED = {"24x36in": (2.0, 500.0), "a0": (4.0, 1000.0)}  # paper → seconds, MB


def build(seed: Path, paper: str, out: str) -> tuple[float, float]:
    """Return seconds and MB of one build. Raises RuntimeError when it fails."""
    command = [
        sys.executable, "-m", "publish", "build", str(seed), "--product", "panel", "--paper", paper,
        "--out", out,
    ]  # fmt: skip
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=kept) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the panel on {paper} was not built")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return time.perf_counter() - started, used.ru_maxrss / unit


def main() -> int:
    """Measure and print. The first run of each sheet is not counted."""
    parser = argparse.ArgumentParser(prog="panels", description="Times whole builds of panels.")
    parser.add_argument("seed", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with TemporaryDirectory() as out:
        for paper, (seconds_wanted, memory_wanted) in WANTED.items():
            samples = [build(options.seed, paper, out) for _ in range(options.runs + 1)][1:]
            seconds = statistics.median(sample[0] for sample in samples)
            memory = max(sample[1] for sample in samples)
            met = seconds <= seconds_wanted and memory <= memory_wanted
            print(
                f"panel {paper}: {seconds:.2f} s, at most {seconds_wanted:g} wanted; {memory:.0f} MB, at most "
                f"{memory_wanted:g} wanted: {'met' if met else 'MISSED'}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
