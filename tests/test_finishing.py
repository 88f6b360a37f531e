"""Products that are made of another one's file: what a product.toml may say of them, and what a name tells."""

import shutil
from pathlib import Path

import pytest

from publish import layouts
from publish.cli import main
from publish.layouts import Layouts
from publish.model import Edition
from publish.orders import Order, make_job
from publish.problems import Exit, LayoutError
from tests.bad_inputs import changed
from tests.conftest import ROOT, SEED

TILES, TICKET, PANEL = "panel-tiles/product.toml", "panel-ticket/product.toml", "panel/product.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of layouts/ to be spoilt."""
    return Path(shutil.copytree(ROOT / "layouts", tmp_path / "layouts"))


@pytest.mark.parametrize(
    ("file", "before", "after", "told"),
    [
        (TILES, 'product = "panel"', 'product = "pannel"', "there is no product 'pannel'. Did you mean 'panel'?"),
        (TILES, '"distance"', '"distence"', "the product 'panel' has no option 'distence'"),
        (TILES, '"tabloid"', '"tabloit"', "offers the paper 'tabloit', which is not defined"),
        (TILES, 'product = "panel"', 'product = "panel-ticket"', "is itself made of another product"),
        (TICKET, 'metric_paper = "a4"', 'metric_paper = "a44"', "offers the paper 'a44'"),
        (PANEL, 'ticket = "panel-ticket"', 'ticket = "panel-tocket"', "there is no product 'panel-tocket'"),
        (PANEL, 'about = "order"', 'about = "shop"', "an option is about the file or the order"),
        (TILES, 'engine = "tiles"', 'engine = "tile"', "there is no engine 'tile'. Did you mean 'tiles'?"),
    ],
)  # fmt: skip
def test_what_a_product_cannot_say_is_refused(
    folder: Path, file: str, before: str, after: str, told: str
) -> None:
    changed(folder / file, before, after)
    with pytest.raises(LayoutError) as caught:
        layouts.load(folder)
    assert told in str(caught.value)
    assert file in str(caught.value)


def test_a_product_that_is_made_of_another_has_its_options_and_its_own(known: Layouts) -> None:
    offered = [option.name for option in known.product("panel-tiles").options]
    assert offered == ["language", "distance", "logo", "logo-name", "stock", "tile"]


def test_paper_is_the_panels_and_tile_the_sheets(edition: Edition, known: Layouts) -> None:
    job = make_job(edition, Order("panel-tiles", "a0", options={"tile": "a3"}), known)
    assert job.first is not None
    assert (job.first.paper.name, job.paper.name) == ("a0", "a3")


def test_what_is_about_the_order_is_in_no_record(edition: Edition, known: Layouts) -> None:
    job = make_job(edition, Order("panel", options={"proofs": "with", "quantity": "2"}), known)
    assert {"proofs", "quantity", "finish"}.isdisjoint(job.recorded_options)
    assert job.options["quantity"] == "2"


def test_options_of_an_order_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == Exit.BUILT
    told = capsys.readouterr().out
    for words in ("panel-tiles", "panel-ticket", "gallery-guide", "label", "letter (default), a4"):
        assert words in told


def test_an_unknown_sheet_is_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["build", str(SEED), "--product", "panel-tiles", "--set", "tile=legal"]
    assert main([*asked, "--out", str(tmp_path)]) == Exit.USAGE
    (line,) = capsys.readouterr().err.splitlines()
    assert "option 'tile' of product 'panel-tiles' has no value 'legal'" in line
    assert "Known: letter, a4, tabloid, a3." in line
