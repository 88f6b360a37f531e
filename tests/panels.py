"""Panels for the tests: composed without being drawn, and words that lie ready in a folder."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from publish.colours import load_colours
from publish.fonts import Faces
from publish.layouts import Job, Layouts
from publish.model import Edition
from publish.orders import Order, make_job
from publish.panel_layouts import PanelLayout, layout_for, load_panel_layouts
from publish.panel_words import exhibit_of, words_in
from publish.typed_document import facsimile_document
from publish.typeset.panel.blocks import MarkBlock
from publish.typeset.panel.composition import Composition, compose
from publish.typeset.panel.measuring import Measurer, Shown
from publish.typeset.typewriter import type_sheets
from tests.conftest import ROOT, SEED

DIRECTORY = ROOT / "layouts" / "panel"
PAPERS = tuple(
    name
    for layout in load_panel_layouts(DIRECTORY, load_colours(ROOT / "layouts"))
    for name in layout.papers
)


def panel_job(edition: Edition, known: Layouts, paper: str = "", **options: str) -> Job:
    """Return the job of a panel, for the press."""
    return make_job(edition, Order("panel", paper=paper, options=options), known)


def layout_of(job: Job) -> PanelLayout:
    """Return the layout of a job's paper."""
    return layout_for(job.paper, DIRECTORY, load_colours(ROOT / "layouts"))


def square_mark(most_width: float, most_height: float) -> MarkBlock:
    """Return an institution's mark that is as large as a layout lets it be."""
    side = min(most_width, most_height)
    return MarkBlock(b"", side, side, "A museum")


def composed(
    job: Job,
    faces: Faces,
    layout: PanelLayout | None = None,
    mark: Callable[[float, float], MarkBlock] | None = None,
) -> Composition:
    """Compose a panel and draw nothing."""
    layout = layout or layout_of(job)
    form, exhibit = job.form, exhibit_of(job)
    sheets = type_sheets(facsimile_document(job), form.typing)
    shown = Shown(form.width, form.height, len(sheets), mark)
    measurer = Measurer(job, exhibit, words_in(exhibit.language, DIRECTORY), layout, faces, shown)
    return compose(layout, job.paper, (form.width, form.height), measurer.measure)


def with_words(edition: Edition, **words: object) -> Edition:
    """Return the edition with other words on its panel."""
    return replace(edition, exhibits=(replace(edition.exhibits[0], **words),))  # type: ignore[arg-type]


def seed_with(folder: Path, **files: str) -> Path:
    """Return a copy of the first telegram's seed folder with other files in it (exhibit_es_md="…")."""
    seed = folder / "seed"
    shutil.copytree(SEED, seed)
    for name, text in files.items():
        (seed / name.replace("_", ".")).write_text(text, "utf-8")
    return seed
