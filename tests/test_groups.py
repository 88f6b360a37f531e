"""Groups of products: made by one name, each product with the options that it has."""

import re
import shutil
from pathlib import Path

import pytest

from publish import layouts
from publish.cli import main
from publish.layouts import Layouts
from publish.orders import Order, orders_named
from publish.problems import Exit, LayoutError, UsageError
from tests.conftest import ROOT, SYNTHETIC

BOTH = '\n[both]\ntitle = "Both"\nproducts = ["facsimile", "facsimile-handout"]\n'


def with_groups(folder: Path, text: str = BOTH) -> Layouts:
    copy = Path(shutil.copytree(ROOT / "layouts", folder / "layouts"))
    groups = copy / "groups.toml"
    groups.write_text(groups.read_text("utf-8") + text, "utf-8")
    return layouts.load(copy)


def test_a_group_is_all_its_products_each_once(tmp_path: Path) -> None:
    known = with_groups(tmp_path)
    orders = orders_named(["both", "facsimile", "edition"], Order("", "a4"), known)
    assert [(o.product, o.paper) for o in orders] == [
        ("facsimile", "a4"), ("facsimile-handout", "a4"), ("edition", "a4"),
    ]  # fmt: skip


def test_a_product_of_a_group_gets_the_options_that_it_has(tmp_path: Path) -> None:
    known = with_groups(tmp_path)
    facsimile, handout = orders_named(["both"], Order(options={"stock": "white"}), known)
    assert facsimile.options == {"stock": "white"}
    assert "stock" not in (handout.options or {})


def test_an_option_that_no_product_of_a_group_has_is_refused(tmp_path: Path) -> None:
    known = with_groups(tmp_path)
    with pytest.raises(
        UsageError, match="no product of the group 'both' has an option 'stok'"
    ) as told:
        orders_named(["both"], Order(options={"stok": "white"}), known)
    assert "Did you mean 'stock'?" in str(told.value)


@pytest.mark.parametrize(
    ("name", "near"), [("classrom", "classroom"), ("facsimil", "facsimile"), ("editon", "edition")]
)
def test_an_unknown_name_names_the_nearest_product_or_group(
    name: str, near: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(SYNTHETIC), "--product", name]) == Exit.USAGE
    told = capsys.readouterr().err
    assert f"there is no product '{name}'. Did you mean '{near}'?" in told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[pack]\ntitle = "P"\nproducts = ["edtion"]\n', "'edtion', which is not defined. Did you mean 'edition'?"),
        ('[pack]\ntitle = "P"\nproducts = []\n', "the group 'pack' needs products, each once"),
        ('[pack]\ntitle = "P"\nproducts = ["edition", "edition"]\n', "needs products, each once"),
        ('[edition]\ntitle = "P"\nproducts = ["facsimile"]\n', "'edition' is a product too"),
        ('[pack]\ntitel = "P"\nproducts = ["edition"]\n', "the key 'title' is missing"),
    ],
)  # fmt: skip
def test_a_group_that_cannot_be_made_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(LayoutError, match=re.escape(words)) as told:
        with_groups(tmp_path, text)
    assert "groups.toml" in str(told.value)


def test_a_listing_shows_groups_with_their_products(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == Exit.BUILT
    assert re.search(
        r"^group +classroom +.*facsimile-handout", capsys.readouterr().out, re.MULTILINE
    )


def test_the_pack_is_built_by_its_name_without_what_the_edition_has_nothing_for(
    known: Layouts, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["build", str(SYNTHETIC), "--product", "classroom", "--paper", "a4"]
    assert main([*arguments, "--out", str(tmp_path)]) == Exit.BUILT
    built = {path.name for path in tmp_path.rglob("*.pdf")}
    left_out = {"handout-adapted-a4.pdf", "teacher-a4.pdf"}
    assert built >= {f"{n}-a4.pdf" for n in known.groups["classroom"].products} - left_out
    assert not built & left_out
    shown = capsys.readouterr()
    assert "kept" in shown.out
    assert shown.err.count("left out of the group") == len(left_out)


def test_a_product_asked_for_by_its_own_name_is_not_left_out_in_silence(tmp_path: Path) -> None:
    arguments = ["build", str(SYNTHETIC), "--product", "teacher", "--out", str(tmp_path)]
    assert main(arguments) == Exit.USAGE
    assert not list(tmp_path.rglob("*.pdf"))
