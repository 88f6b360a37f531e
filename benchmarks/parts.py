"""Times the steps of one build, warm, in one process: `python -m benchmarks.parts SEED --runs N`.

In: a seed folder. Out: one JSON object: seconds of each step by name, every run, and the process's
largest memory in MiB. bench.py asks for it once; the first run of each step is not counted.
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

FACSIMILE = "facsimile"
READING = "reading pages"
ENGINE = "WeasyPrint alone on the same HTML"
ASSEMBLY = "assembly"
VERIFICATION = "verification"


def steps(seed: Path) -> dict[str, Callable[[], object]]:
    """Return the steps of the edition's build, each ready to be run again and again."""
    import weasyprint

    from publish import fonts, layouts, promises, resources
    from publish.assemble import assemble
    from publish.build import prepared, typeset
    from publish.orders import Order, make_job
    from publish.sources import read
    from publish.typeset.facsimile import set_facsimile
    from publish.typeset.reading import TEXT_FAMILIES, make_html, set_reading, styles
    from publish.verify import verify

    faces = fonts.load(resources.fonts_directory())
    edition = next(iter(read(seed)))
    job = prepared(make_job(edition, Order(), layouts.load(resources.layouts_directory())))
    plan = next(plan for plan in job.product.parts if plan.engine == "facsimile")
    parts = typeset(job, faces)
    positions = next(part.positions for part in parts if part.id == plan.id)
    created = datetime(2026, 1, 1, tzinfo=UTC)
    pdf = assemble(job, parts, created=created)
    record = promises.loads(promises.dumps(promises.record(job, parts, pdf, faces=faces)), "bench")
    sheet = fonts.stylesheet(face for face in faces if face.name in TEXT_FAMILIES) + styles(job)
    html = make_html(job, positions).html.replace("</head>", f"<style>{sheet}</style></head>", 1)
    return {
        FACSIMILE: lambda: set_facsimile(job, plan, faces),
        READING: lambda: set_reading(job, make_html(job, positions), faces),
        ENGINE: lambda: weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1"),
        ASSEMBLY: lambda: assemble(job, parts, created=created),
        VERIFICATION: lambda: verify(pdf, record),
    }


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="parts", description="Times the steps of a build.")
    parser.add_argument("seed", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    made = steps(options.seed)
    seconds: dict[str, list[float]] = {name: [] for name in made}
    for counted in range(-1, options.runs):
        for name, step in made.items():
            started = time.perf_counter()
            step()
            if counted >= 0:
                seconds[name].append(time.perf_counter() - started)
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    print(json.dumps({"seconds": seconds, "memory": memory}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
