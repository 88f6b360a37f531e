"""Products that are no PDF: what layouts/ may say of them, what is delivered, what is refused."""

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from publish import layouts
from publish.build import build
from publish.cli import main
from publish.departures import render
from publish.exports import EXPORTS, Export, Words
from publish.layouts import Job
from publish.model import Edition, Scope
from publish.orders import Order, check_orders, make_job
from publish.problems import Exit, LayoutError, PromiseError, UsageError
from publish.products import PDF, SUFFIXES
from publish.promises import load_export, path_beside
from publish.verify import State
from tests.bad_inputs import changed
from tests.conftest import ROOT, SYNTHETIC

# A format of these tests alone: JSON of the passages.
LISTED = 'name = "listed"\ntitle = "Passages"\nformat = "json"\nform = "plain"\n'


def passages(job: Job) -> list[Words]:
    document = job.edition.document
    return [(p.id, p.text) for p in render(document, Scope.READING).passages()]


def read_back(data: bytes) -> tuple[Words, ...]:
    return tuple((identifier, words) for identifier, words in json.loads(data))


@dataclass(frozen=True)
class Writer:
    """Writes the format, truly or not."""

    lost: str = ""
    instead: str = ""
    more: tuple[Words, ...] = ()

    def __call__(self, job: Job) -> bytes:
        written = [*passages(job), *self.more]
        return json.dumps(written).replace(self.lost, self.instead).encode()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of layouts/ that has a product in the format of these tests."""
    monkeypatch.setitem(SUFFIXES, "json", ".json")
    monkeypatch.setitem(EXPORTS, "json", Export("application/json", Writer(), read_back))
    copy = Path(shutil.copytree(ROOT / "layouts", tmp_path / "layouts"))
    (copy / "listed").mkdir()
    (copy / "listed" / "product.toml").write_text(LISTED, "utf-8")
    return copy


def job(folder: Path, edition: Edition) -> Job:
    return make_job(edition, Order("listed"), layouts.load(folder))


def build_arguments(folder: Path, *more: str) -> list[str]:
    out = str(folder.parent / "out")
    return ["build", str(SYNTHETIC), "--layouts", str(folder), "--out", out, *more]


def test_every_format_but_pdf_has_an_export() -> None:
    assert {PDF, *EXPORTS} == set(SUFFIXES)


def test_a_product_without_pages_has_neither_paper_nor_standard(
    folder: Path, synthetic: Edition
) -> None:
    made = job(folder, synthetic)
    assert (made.paper.name, made.standard.name, made.product.paged) == ("", "", False)


def test_its_file_is_named_by_the_same_rule_with_its_own_suffix(
    folder: Path, synthetic: Edition
) -> None:
    assert job(folder, synthetic).file_name == "listed.json"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('paper = "a4"', "'paper'"),
        ('standard = "archive"', "'standard'"),
        ('[[part]]\nid = "sheet"\nengine = "facsimile"', "part 'sheet' is a sheet, and the format"),
    ],
)
def test_what_belongs_to_pages_is_refused_in_a_product_without_them(
    folder: Path, line: str, words: str
) -> None:
    product = folder / "listed" / "product.toml"
    product.write_text(f"{LISTED}{line}\n", "utf-8")
    with pytest.raises(LayoutError, match=words) as caught:
        layouts.load(folder)
    assert str(product) in str(caught.value)


def test_an_unknown_format_names_the_nearest(folder: Path) -> None:
    changed(folder / "listed" / "product.toml", '"json"', '"jsn"')
    with pytest.raises(LayoutError, match=r"there is no format 'jsn'\. Did you mean 'json'"):
        layouts.load(folder)


@pytest.mark.parametrize(
    "order",
    [
        Order("listed", paper="a4"),
        Order("listed", form="plain"),
        Order("listed", standard="archive"),
    ],
)
def test_what_is_said_of_pages_is_refused_where_no_product_has_any(
    folder: Path, order: Order
) -> None:
    with pytest.raises(UsageError, match="says nothing about 'listed', which has no pages"):
        check_orders([order], layouts.load(folder))


def test_beside_a_product_with_pages_it_is_made_as_always(folder: Path, synthetic: Edition) -> None:
    orders = [replace(Order("edition"), product=p, paper="a4") for p in ("edition", "listed")]
    known = layouts.load(folder)
    check_orders(orders, known)
    names = [make_job(synthetic, order, known).file_name for order in orders]
    assert names == ["edition-a4.pdf", "listed.json"]


def test_a_finished_export_stands_with_its_record(folder: Path, synthetic: Edition) -> None:
    built = build(job(folder, synthetic), folder.parent / "out")
    record = load_export(path_beside(built.path))
    assert built.path.name == "listed.json"
    assert (record.sha256, record.media_type) == (built.sha256, "application/json")
    assert record.document.source.sha256 == synthetic.document.source.sha256
    assert {result.code: result.state for result in built.promises} == dict.fromkeys(
        ("record", "words", "whole"), State.KEPT
    )


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (Writer("telegram", "telegraph"), "is read as"),
        (Writer('"p3"', '"p4"'), "p3 should stand here, and p4 does"),
        (Writer(more=(("p99", "More."),)), "nothing should stand here, and p99 does"),
        (Writer('["heading"', '"heading"'), "the file cannot be read"),
    ],
)
def test_an_export_with_other_words_is_not_delivered(
    folder: Path, synthetic: Edition, monkeypatch: pytest.MonkeyPatch, wrong: Writer, words: str
) -> None:
    built = build(job(folder, synthetic), folder.parent / "out")
    before = built.path.read_bytes()
    monkeypatch.setitem(EXPORTS, "json", replace(EXPORTS["json"], write=wrong))
    with pytest.raises(PromiseError, match=words):
        build(job(folder, synthetic), folder.parent / "out")
    assert built.path.read_bytes() == before


def test_a_link_to_nowhere_is_not_delivered(
    folder: Path, synthetic: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    loose = replace(EXPORTS["json"], faults=lambda _: ("#p99 leads nowhere",))
    monkeypatch.setitem(EXPORTS, "json", loose)
    with pytest.raises(PromiseError, match="whole: broken: #p99 leads nowhere"):
        build(job(folder, synthetic), folder.parent / "out")


def test_the_command_tells_of_an_export_without_pages(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(build_arguments(folder, "--product", "listed")) == Exit.BUILT
    told = capsys.readouterr().out
    assert "listed.json  3 promises kept, sha256 " in told
    assert main(build_arguments(folder, "--product", "listed", "--json")) == Exit.BUILT
    assert json.loads(capsys.readouterr().out)["pages"] is None


def test_verify_holds_an_export_to_its_record(
    folder: Path, synthetic: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    path = build(job(folder, synthetic), folder.parent / "out").path
    assert main(["verify", str(path)]) == Exit.BUILT
    assert "3 kept, 0 broken, 0 not checked" in capsys.readouterr().out
    path.write_bytes(path.read_bytes().replace(b"telegram", b"telegraph"))
    assert main(["verify", str(path)]) == Exit.PROMISE
    told = capsys.readouterr().out
    assert "broken       record" in told
    assert "broken       words" in told


def test_verify_without_the_record_says_that_the_words_were_not_compared(
    folder: Path, synthetic: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    path = build(job(folder, synthetic), folder.parent / "out").path
    path_beside(path).unlink()
    assert main(["verify", str(path)]) == Exit.FINDINGS
    told = capsys.readouterr()
    assert "1 kept, 0 broken, 2 not checked" in told.out
    assert "as listed.promises.json; or build it again." in told.err


def test_the_list_names_the_format_of_a_product_that_is_no_pdf(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["list", "--layouts", str(folder)])
    assert "Passages (json)" in capsys.readouterr().out
