"""Fixtures that many tests share: the two seeds, the declared things, and one build of each product."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from publish import fonts, layouts
from publish.build import Built, build
from publish.fonts import Faces
from publish.layouts import Layouts
from publish.model import Edition
from publish.orders import Order, make_job
from publish.promises import path_beside
from publish.sources import read

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "seeds" / "kennedy-khrushchev-1962-10-27"
# What takes long to import, and so is imported only where it is used.
ENGINES = (
    "weasyprint", "reportlab", "pypdf", "PIL", "pypdfium2", "fontTools", "markdown_it", "rich", "lxml",
    "docx",
)  # fmt: skip
SYNTHETIC = ROOT / "tests" / "seeds" / "synthetic-1962-03-04"


# No test is held to a clock: machines differ, and other work runs beside it.
settings.register_profile("press", deadline=None)
settings.load_profile("press")

# Whole files, each of which takes longer than ten seconds: `make test-slow` runs them.
SLOW = frozenset(
    {
        "test_any_telegram", "test_archive_2", "test_contrast", "test_editable_handout", "test_faces",
        "test_facsimile", "test_facsimile_extraction", "test_facsimile_grid", "test_fields", "test_gallery_guide",
        "test_html", "test_imposition", "test_index", "test_layers", "test_panel_press", "test_preflight",
        "test_reading_layout", "test_tei_product", "test_teletype", "test_tiles", "test_timeline", "test_variants",
        "test_verify_faces", "test_verify_identity", "test_verify_layers", "test_verify_sight",
    }
)  # fmt: skip


@pytest.hookimpl(tryfirst=True)  # before pytest leaves out what is marked
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of a slow file."""
    for item in items:
        if item.path.stem in SLOW:
            item.add_marker("slow")


@pytest.fixture(scope="session")
def edition() -> Edition:
    """Return the first telegram's edition."""
    return next(iter(read(SEED)))


@pytest.fixture(scope="session")
def synthetic() -> Edition:
    """Return the synthetic telegram's edition."""
    return next(iter(read(SYNTHETIC)))


@pytest.fixture(scope="session")
def known() -> Layouts:
    """Return the declared products, papers, forms and standards."""
    return layouts.load(ROOT / "layouts")


@pytest.fixture(scope="session")
def faces() -> Faces:
    """Return the declared faces."""
    return fonts.load(ROOT / "fonts")


@dataclass(frozen=True)
class Finished:
    """A product as it was delivered: what build says of it, its bytes, its record's bytes."""

    built: Built
    pdf: bytes
    record: str


Finisher = Callable[..., Finished]


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory, known: Layouts) -> Finisher:
    """Return a function that builds a product of a seed once in a session and hands it over."""
    out = tmp_path_factory.mktemp("out")

    @cache
    def finish(
        seed: Path = SEED,
        product: str = "edition",
        paper: str = "",
        standard: str = "",
        form: str = "",
        options: tuple[tuple[str, str], ...] = (),
    ) -> Finished:
        edition = next(iter(read(seed)))
        order = Order(product, paper, form, standard, dict(options))
        built = build(make_job(edition, order, known), out)
        return Finished(built, built.path.read_bytes(), path_beside(built.path).read_text("utf-8"))

    return finish
