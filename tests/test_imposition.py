"""Two pages on each side of a sheet: in order, whole, and without a claim that the file could not keep."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from publish import layouts
from publish.cli import main
from publish.finish.checking import check_imposed
from publish.finish.imposition import NO_CLAIM
from publish.finish.record import Imposed, loads_imposed
from publish.finish.sheets import booklet_pairs, sides, two_up_pairs
from publish.layouts import Layouts
from publish.papers import Paper
from publish.problems import Exit, LayoutError
from publish.verify import State
from tests.bad_inputs import changed
from tests.conftest import SYNTHETIC, Finisher
from tests.print_sheets import sheet_layouts
from tests.saving import saved

# The order


def test_a_booklet_of_eight_pages_is_read_in_order_when_it_is_folded() -> None:
    assert booklet_pairs(8) == [(8, 1), (2, 7), (6, 3), (4, 5)]


def test_a_booklet_gets_blank_pages_at_its_end() -> None:
    assert booklet_pairs(5) == [(0, 1), (2, 0), (0, 3), (4, 5)]
    assert booklet_pairs(1) == [(0, 1), (0, 0)]


def test_two_up_pages_follow_one_another() -> None:
    assert two_up_pairs(3) == [(1, 2), (3, 0)]


@given(st.integers(1, 300))
def test_every_page_lies_once_and_neighbours_meet_in_a_booklet(pages: int) -> None:
    pairs = booklet_pairs(pages)
    assert sorted(page for pair in pairs for page in pair if page) == list(range(1, pages + 1))
    assert len(pairs) % 2 == 0
    # Leaves nest: read along the right halves of the fronts and the left of the backs, then back again.
    rising = [
        page
        for front, back in zip(pairs[::2], pairs[1::2], strict=True)
        for page in (front[1], back[0])
    ]
    falling = [
        page
        for front, back in zip(pairs[::2], pairs[1::2], strict=True)
        for page in (front[0], back[1])
    ]
    assert [p for p in (*rising, *reversed(falling)) if p] == list(range(1, pages + 1))


@given(
    st.lists(st.tuples(st.floats(100, 2000), st.floats(100, 2000)), min_size=1, max_size=9),
    st.sampled_from(["booklet", "2up"]),
    st.sampled_from([Paper("letter", "", 612, 792), Paper("a4", "", 595.276, 841.89)]),
)
def test_no_page_leaves_its_half_of_the_sheet(
    sizes: list[tuple[float, float]], impose: str, paper: Paper
) -> None:
    for side in sides(impose, sizes, paper):
        assert side.width > side.height
        for cell in side.cells:
            across, up = (length * cell.scale for length in sizes[cell.page - 1])
            half = 0.0 if cell.left < side.width / 2 else side.width / 2
            assert half - 0.01 <= cell.left <= cell.left + across <= half + side.width / 2 + 0.01
            assert -0.01 <= cell.bottom <= cell.bottom + up <= side.height + 0.01
            assert cell.scale <= 1


# The file


@dataclass(frozen=True)
class Bound:
    """An imposed file and its record."""

    pdf: bytes
    record: Imposed
    plain: bytes

    def broken(self, pdf: bytes | None = None) -> dict[str, str]:
        results = check_imposed(pdf or self.pdf, self.record)
        return {r.code: r.detail for r in reversed(results) if r.state is State.BROKEN}


def imposed(finished: Finisher, product: str, impose: str, paper: str = "") -> Bound:
    made = finished(SYNTHETIC, product, paper, options=(("impose", impose),))
    plain = finished(SYNTHETIC, product, paper)
    return Bound(made.pdf, loads_imposed(made.record, "imposed.pdf"), plain.pdf)


@pytest.mark.parametrize("product", ["facsimile", "facsimile-handout", "worksheet", "edition"])
@pytest.mark.parametrize("impose", ["booklet", "2up"])
def test_any_product_is_imposed_whole_and_in_order(
    finished: Finisher, product: str, impose: str
) -> None:
    assert imposed(finished, product, impose).broken() == {}


def test_the_name_says_how_it_is_imposed(finished: Finisher) -> None:
    built = finished(SYNTHETIC, "facsimile-handout", "a4", options=(("impose", "booklet"),)).built
    assert built.path.name == "facsimile-handout-a4-booklet.pdf"
    with pikepdf.open(built.path) as pdf:
        width, height = (float(side) for side in pdf.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (842, 595)


def test_it_is_made_from_the_very_file_that_is_built_without(finished: Finisher) -> None:
    from publish.promises import digest

    bound = imposed(finished, "edition", "booklet")
    assert bound.record.source == digest(bound.plain)


def test_it_claims_nothing_and_says_so(finished: Finisher) -> None:
    with pikepdf.open(BytesIO(imposed(finished, "worksheet", "2up").pdf)) as pdf:
        assert not {"/StructTreeRoot", "/MarkInfo", "/AcroForm", "/AF", "/OutputIntents"} & set(
            pdf.Root
        )
        assert all("/Annots" not in page.obj for page in pdf.pages)
        assert b"pdfuaid" not in pdf.Root.Metadata.read_bytes()
        assert str(pdf.docinfo.Subject) == NO_CLAIM
        assert str(pdf.Root.Lang) == "en-US"


def test_the_line_of_the_build_says_so_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order = ["build", str(SYNTHETIC), "--product", "worksheet", "--set", "impose=2up"]
    assert main([*order, "--out", str(tmp_path)]) == Exit.BUILT
    assert "1 side, no accessibility claim" in capsys.readouterr().out
    (pdf,) = tmp_path.rglob("*.pdf")
    assert main(["verify", str(pdf)]) == Exit.BUILT
    assert "The file claims nothing, and says so" in capsys.readouterr().out


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    order = ["build", str(SYNTHETIC), "--product", "facsimile-handout", "--set", "impose=booklet"]
    for name in ("one", "other"):
        assert main([*order, "--out", str(tmp_path / name)]) == Exit.BUILT
    one, other = (next((tmp_path / name).rglob("*.pdf")).read_bytes() for name in ("one", "other"))
    assert one == other


# Damaged

Redraw = Callable[[bytes], bytes]


def redrawn(redraw: Redraw, side: int = 0) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[side].obj
        data = page.Contents.read_bytes()
        assert redraw(data) != data
        page.Contents = pdf.make_stream(redraw(data))

    return change


def clip(data: bytes) -> bytes:
    return b"0 0 792 480 re W n\n" + data


def shift(data: bytes) -> bytes:
    return b"1 0 0 1 9 0 cm\n" + data


def exchange(data: bytes) -> bytes:
    return re.sub(rb"/P(\d)", lambda m: b"/P%d" % ({1: 2, 2: 1}[int(m[1])]), data)


def enlarge(data: bytes) -> bytes:
    return b"1.02 0 0 1.02 0 0 cm\n" + data


def blot(data: bytes) -> bytes:
    return b"q 0 g 60 60 30 30 re f Q\n" + data


def retag(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def link(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))]
    )


def claim(pdf: pikepdf.Pdf) -> None:
    data = pdf.Root.Metadata.read_bytes()
    said = b'<pdfuaid:part xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">1</pdfuaid:part>'
    pdf.Root.Metadata.write(data.replace(b"<dc:format>", said + b"<dc:format>"))


def unsay(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo.Subject = "A handout"
    data = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(re.sub(rb"Imposed for printing[^<]*", b"A handout", data))


def drop_a_side(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[-1]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (redrawn(clip), "whole"),
        (redrawn(shift), "whole"),
        (redrawn(enlarge), "whole"),
        (redrawn(exchange), "text"),
        (redrawn(lambda data: data.replace(b"/P2 Do", b"")), "text"),
        (redrawn(lambda data: b"1 0 0 rg\n" + data), "grey"),
        (redrawn(blot), "whole"),
        (retag, "unclaimed"),
        (link, "unclaimed"),
        (claim, "unclaimed"),
        (unsay, "unclaimed"),
    ],
)  # fmt: skip
def test_a_damaged_imposition_is_found(
    finished: Finisher, change: Callable[[pikepdf.Pdf], None], code: str
) -> None:
    bound = imposed(finished, "facsimile-handout", "2up")
    assert code in bound.broken(saved(bound.pdf, change))


def test_a_side_that_is_missing_is_found(finished: Finisher) -> None:
    bound = imposed(finished, "facsimile-handout", "booklet")
    assert bound.broken(saved(bound.pdf, drop_a_side))["order"] == "the file has 1 sides, not 2"


def test_ink_where_no_page_lies_is_found(finished: Finisher) -> None:
    bound = imposed(finished, "facsimile-handout", "booklet")
    told = bound.broken(saved(bound.pdf, redrawn(blot)))
    assert "side 1 has ink where no page lies" in told["whole"]


def test_a_record_in_another_order_is_found(finished: Finisher) -> None:
    bound = imposed(finished, "facsimile-handout", "booklet")
    other = replace(bound, record=replace(bound.record, impose="2up"))
    assert "has the pages" in other.broken()["order"]


# Ordered wrongly


def test_an_unknown_imposition_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    order = ["build", str(SYNTHETIC), "--product", "worksheet", "--set", "impose=bookelt"]
    assert main(order) == Exit.USAGE
    told = capsys.readouterr().err
    assert "option 'impose' of product 'worksheet' has no value 'bookelt'" in told
    assert "Did you mean 'booklet'? Known: none, booklet, 2up." in told


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ('name = "impose"\ntitle = "I"\nvalues = ["a", "b"]\ndefault = "a"', "which every PDF has already"),
        ('name = "shape"\ntitle = "S"\nvalues = ["2up", "b"]\ndefault = "b"', "or a value of another option"),
    ],
)  # fmt: skip
def test_a_product_has_no_imposition_of_its_own(tmp_path: Path, option: str, words: str) -> None:
    sheet_layouts(tmp_path)
    changed(
        tmp_path / "layouts/facsimile-handout/product.toml",
        "[promises]",
        f"[[option]]\n{option}\n[promises]",
    )
    with pytest.raises(LayoutError, match=re.escape(words)):
        layouts.load(tmp_path / "layouts")


def test_a_listing_shows_it_once(known: Layouts, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == Exit.BUILT
    assert capsys.readouterr().out.count("impose") == 1
    assert known.product("edition").offered[-1].name == "impose"
