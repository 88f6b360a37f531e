"""Options of a product: what layouts/ may offer, what an order makes of it, where a file tells of it."""

import json
import shutil
from pathlib import Path

import pytest

from publish import layouts, promises
from publish.cli import main
from publish.layouts import Layouts
from publish.model import Edition
from publish.orders import Order, chosen_options, make_job, settings
from publish.problems import Exit, LayoutError, UsageError
from tests.bad_inputs import changed
from tests.conftest import ROOT, SEED
from tests.verify_pages import build

PRODUCTS = ("edition", "facsimile")
STOCKS = '["aged", "white", "carbon"]'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of layouts/ to be spoilt."""
    return Path(shutil.copytree(ROOT / "layouts", tmp_path / "layouts"))


@pytest.mark.parametrize("product", PRODUCTS)
def test_a_product_offers_a_sheet_and_a_way_with_blank_fields(known: Layouts, product: str) -> None:
    offered = [(o.name, o.values, o.default) for o in known.product(product).options]
    assert offered == [
        ("stock", ("aged", "white", "carbon"), "aged"),
        ("fields", ("strict", "annotated"), "strict"),
    ]


@pytest.mark.parametrize(
    ("asked", "options"),
    [
        (None, {"stock": "aged", "fields": "strict"}),
        ({}, {"stock": "aged", "fields": "strict"}),
        ({"fields": "annotated"}, {"stock": "aged", "fields": "annotated"}),
        ({"fields": "strict", "stock": "white"}, {"stock": "white", "fields": "strict"}),
    ],
)
def test_a_job_has_a_value_for_every_option_in_the_products_order(
    edition: Edition, known: Layouts, asked: dict[str, str] | None, options: dict[str, str]
) -> None:
    job = make_job(edition, Order("edition", options=asked), known)
    assert list(job.options.items()) == list(options.items())


@pytest.mark.parametrize(
    ("order", "name"),
    [
        (Order("facsimile", options={"stock": "aged", "fields": "strict"}), "facsimile.pdf"),
        (Order("facsimile", options={"stock": "white"}), "facsimile-white.pdf"),
        (Order("facsimile", "a4", options={"stock": "white"}), "facsimile-white.pdf"),
        (Order("edition", options={"fields": "annotated"}), "edition-annotated.pdf"),
        (
            Order("edition", "a4", options={"fields": "annotated", "stock": "carbon"}),
            "edition-a4-carbon-annotated.pdf",
        ),
    ],
)
def test_a_file_is_named_for_the_values_that_are_not_the_default_in_the_products_order(
    edition: Edition, known: Layouts, order: Order, name: str
) -> None:
    assert make_job(edition, order, known).file_name == name


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"stok": "white"}, "'edition' has no option 'stok'. Did you mean 'stock'? Known: stock, fields, impose."),
        ({"colour": "red"}, "'edition' has no option 'colour'. Known: stock, fields, impose."),
        ({"": "red"}, "'edition' has no option ''. Known: stock, fields, impose."),
        ({"stock": "wite"}, "has no value 'wite'. Did you mean 'white'? Known: aged, white, carbon."),
        ({"stock": ""}, "option 'stock' of product 'edition' has no value ''. Known: aged, white, carbon."),
        ({"fields": "blank"}, "has no value 'blank'. Known: strict, annotated."),
    ],
)  # fmt: skip
def test_what_a_product_does_not_offer_is_refused_with_all_that_it_does(
    known: Layouts, asked: dict[str, str], words: str
) -> None:
    with pytest.raises(UsageError) as caught:
        chosen_options(known.product("edition"), asked)
    assert str(caught.value).endswith(words)


def test_a_product_without_options_of_its_own_names_that_of_every_pdf(
    folder: Path, edition: Edition
) -> None:
    (folder / "bare").mkdir()
    (folder / "bare" / "product.toml").write_text(
        'name = "bare"\ntitle = "B"\npaper = "a4"\nform = "plain"\nstandard = "archive"\n'
        '[[part]]\nid = "facsimile"\nengine = "facsimile"\nsheet = "alone"\n',
        "utf-8",
    )
    bare = layouts.load(folder)
    assert make_job(edition, Order("bare"), bare).options == {}
    with pytest.raises(UsageError, match=r"has no option 'stock'\. Known: impose\."):
        make_job(edition, Order("bare", options={"stock": "white"}), bare)


def test_words_of_the_command_become_options() -> None:
    assert settings(["stock=white", "fields=a=b"]) == {"stock": "white", "fields": "a=b"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["stock"], "--set 'stock' is not OPTION=VALUE"),
        (["stock=white", "stock=aged"], "--set gives 'stock' twice"),
    ],
)
def test_words_that_set_nothing_or_twice_are_refused(words: list[str], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        settings(words)


def test_an_option_is_refused_before_any_source_is_read(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["build", "nowhere.txt", "--set", "stock=wite"]) == Exit.USAGE
    assert "no value 'wite'" in capsys.readouterr().err


# What layouts/ may say


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('name = "stock"', 'name = "fields"', "two options have one name"),
        ('name = "stock"', 'name = "Stock"', "'Stock' is not made of lower-case letters"),
        (STOCKS, '["aged", "off white"]', "'off white' is not made of lower-case letters"),
        (STOCKS, '["aged"]', "'stock' needs two different values or more"),
        (STOCKS, '["aged", "white", "white"]', "'stock' needs two different values or more"),
        (STOCKS, '["aged", 2]', "'values' must hold texts in quotes only, not 2"),
        ('default = "aged"', 'default = "agd"', "'agd' is none of the values of 'stock'. Did you mean 'aged'?"),
        ('default = "aged"', 'default = "aged"\nwhen = "a4"', "unknown key 'when' in [option]"),
        ('title = "The sheet', 'titel = "The sheet', "the key 'title' is missing in [option]"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("product", PRODUCTS)
def test_a_faulty_option_is_refused(
    folder: Path, product: str, old: str, new: str, words: str
) -> None:
    changed(folder / product / "product.toml", old, new)
    with pytest.raises(LayoutError) as caught:
        layouts.load(folder)
    assert words in str(caught.value)
    assert f"{product}/product.toml:" in str(caught.value)


@pytest.mark.parametrize("taken", ["a4", "plain", "archive-2", "annotated"])
def test_a_value_that_would_name_two_files_alike_is_refused(folder: Path, taken: str) -> None:
    """edition-plain.pdf could be the edition on the form `plain`, or with the value `plain`."""
    changed(folder / "edition" / "product.toml", '"carbon"]', f'"carbon", "{taken}"]')
    with pytest.raises(LayoutError, match=f"the value '{taken}' of option '(stock|fields)'"):
        layouts.load(folder)


# Where they are told


def test_list_shows_the_options_of_each_product_below_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["list"]) == Exit.BUILT
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    for product in PRODUCTS:
        place = next(n for n, line in enumerate(lines) if line.startswith(f"product {product} "))
        assert lines[place + 1].startswith("option stock ")
        assert lines[place + 1].endswith(": aged (default), white, carbon")
        assert lines[place + 2].endswith(": strict (default), annotated")


def test_the_record_tells_the_options(edition: Edition, known: Layouts) -> None:
    job = make_job(edition, Order("facsimile", options={"stock": "white"}), known)
    stored = promises.record(job, (), b"", versions={})
    assert stored["options"] == {"stock": "white", "fields": "strict"}


def test_a_record_is_read_with_its_options_and_without_any() -> None:
    stored = json.loads(promises.dumps(build().stored))
    stored["options"] = {"stock": "carbon"}
    assert promises.loads(promises.dumps(stored), "x").options == {"stock": "carbon"}
    del stored["options"]
    assert promises.loads(promises.dumps(stored), "x").options == {}


@pytest.mark.slow
def test_a_file_built_with_an_option_bears_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["build", str(SEED), "--product", "facsimile", "--set", "stock=white"]
    assert main([*command, "--out", str(tmp_path)]) == Exit.BUILT
    assert (tmp_path / SEED.name / "facsimile-white.pdf").is_file()
    assert "facsimile-white.pdf" in capsys.readouterr().out
