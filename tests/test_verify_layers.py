"""Layers: what they hide when a file is opened, and what must stand outside all of them."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from publish.promises import Promises, loads
from publish.verify import verify
from publish.verify.drawing import Mark
from publish.verify.reading_back import FinishedFile
from tests.conftest import SEED, SYNTHETIC, Finisher
from tests.hidden_text import LINES, edited, form, operators, redrawn, said, small
from tests.saving import Change
from tests.test_verify_drawing import page as drawing_page

STATEMENT = "Typographic reconstruction, not a scan."


def layered(settings: Callable[[Any, Any], Dictionary], **properties: Any) -> Change:
    """Return a change that adds the layers One and Two; `settings` makes the default configuration."""

    def change(pdf: pikepdf.Pdf) -> None:
        one, two = (
            pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name)))
            for name in ("One", "Two")
        )
        pdf.Root.OCProperties = Dictionary(
            OCGs=Array([one, two]), D=settings(one, two), **properties
        )
        pdf.pages[0].obj.Resources.Properties = Dictionary(One=one, Two=two)

    return change


def all_on(_one: Any, _two: Any) -> Dictionary:
    return Dictionary(Name=String("All"))


def groups(pdf: pikepdf.Pdf) -> Any:
    return pdf.Root.OCProperties.OCGs


# Hidden layers


@pytest.mark.parametrize("seed", [SEED, SYNTHETIC], ids=lambda seed: seed.name)
@pytest.mark.parametrize("product", ["edition", "facsimile"])
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_every_product_keeps_the_promises_about_layers(
    seed: Path, product: str, paper: str, finished: Finisher
) -> None:
    made = finished(seed, product, paper)
    record = loads(made.record, "the.promises.json")
    assert record.statements
    assert (said("layers", made.pdf), said("statement", made.pdf, record)) == ([], [])


def test_layers_that_are_on_are_let_be() -> None:
    assert said("layers", edited(small(), layered(all_on))) == []


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        pytest.param(
            lambda one, _two: Dictionary(OFF=Array([one])),
            "the layer 'One' is switched off",
            id="off",
        ),
        pytest.param(
            lambda one, two: Dictionary(BaseState=Name.OFF, ON=Array([one, two])),
            "the settings of the layers do not begin with all of them switched on",
            id="all off",
        ),
        pytest.param(
            lambda _one, _two: Dictionary(BaseState=Name.Unchanged),
            "the settings of the layers do not begin with all of them switched on",
            id="as before",
        ),
        pytest.param(
            lambda one, _two: Dictionary(
                AS=Array(
                    [Dictionary(Event=Name.Print, OCGs=Array([one]), Category=Array([Name.Print]))]
                )
            ),
            "layers are switched by the viewer, on the screen or in print",
            id="by the viewer",
        ),
    ],
)
def test_settings_that_hide_a_layer_are_found(
    settings: Callable[[Any, Any], Dictionary], told: str
) -> None:
    assert said("layers", edited(small(), layered(settings))) == [f": {told}"]


def test_another_configuration_is_found() -> None:
    change = layered(all_on, Configs=Array([Dictionary(Name=String("Other"))]))
    assert said("layers", edited(small(), change)) == [
        ": there is a second configuration of layers, which some viewers take instead"
    ]


def test_layers_without_settings_are_found() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        layered(all_on)(pdf)
        del pdf.Root.OCProperties["/D"]

    assert said("layers", edited(small(), change)) == [": the layers have no settings"]


def test_a_layer_that_is_not_listed_is_found() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        layered(all_on)(pdf)
        del pdf.Root.OCProperties.OCGs[1]

    assert said("layers", edited(small(), change)) == [
        ": the layer 'Two' is not in the list of layers"
    ]


Membership = Callable[[Any, Any], dict[str, Any]]
SEEN: dict[str, Membership] = {
    "any on": lambda one, two: {"OCGs": Array([one, two])},
    "all on": lambda one, _two: {"OCGs": one, "P": Name.AllOn},
    "of no layer": lambda _one, _two: {"OCGs": Array(), "P": Name.AllOff},
    "one and two": lambda one, two: {"VE": Array([Name.And, one, two])},
    "not not": lambda one, _two: {"VE": Array([Name.Not, Array([Name.Not, one])])},
}
UNSEEN: dict[str, Membership] = {
    "any off": lambda one, two: {"OCGs": Array([one, two]), "P": Name.AnyOff},
    "all off": lambda one, _two: {"OCGs": one, "P": Name.AllOff},
    "not one": lambda one, _two: {"VE": Array([Name.Not, one])},
    "one and not two": lambda one, two: {"VE": Array([Name.And, one, Array([Name.Not, two])])},
    "neither": lambda one, _two: {"VE": Array([Name.Or, Array([Name.Not, one])])},
}


def on_the_content(pdf: pikepdf.Pdf, membership: Dictionary) -> None:
    pdf.pages[0].obj.Resources.Properties.Both = membership


def on_a_form(pdf: pikepdf.Pdf, membership: Dictionary) -> None:
    pdf.pages[0].obj.Resources.XObject.X.OC = membership


def on_an_annotation(pdf: pikepdf.Pdf, membership: Dictionary) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), OC=membership)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def with_membership(
    hang: Callable[[pikepdf.Pdf, Dictionary], None], membership: Membership, *, indirect: bool
) -> bytes:
    """Return the small page where something hangs on a membership of the two layers."""

    def change(pdf: pikepdf.Pdf) -> None:
        layered(all_on)(pdf)
        made: Any = Dictionary(Type=Name.OCMD, **membership(*groups(pdf)))
        hang(pdf, pdf.make_indirect(made) if indirect else made)

    return edited(small(LINES + b" /X Do"), change)


@pytest.mark.parametrize("indirect", [True, False], ids=["indirect", "direct"])
@pytest.mark.parametrize("hang", [on_the_content, on_a_form, on_an_annotation])
@pytest.mark.parametrize("membership", [*SEEN, *UNSEEN])
def test_a_membership_that_hides_while_its_layers_are_seen_is_found(
    hang: Callable[[pikepdf.Pdf, Dictionary], None], membership: str, indirect: bool
) -> None:
    pdf = with_membership(hang, (SEEN | UNSEEN)[membership], indirect=indirect)
    hidden = [": some content is hidden as long as its layers are seen"]
    assert said("layers", pdf) == (hidden if membership in UNSEEN else [])


@pytest.mark.parametrize(
    "expression",
    [
        lambda _one: Array(),
        lambda one: Array([Name.Perhaps, one]),
        lambda one: Array([Name.Not, one, one]),
        lambda _one: String("One"),
    ],
)
def test_an_expression_that_cannot_be_read_breaks_the_promise(
    expression: Callable[[Any], Any],
) -> None:
    pdf = with_membership(on_the_content, lambda one, _two: {"VE": expression(one)}, indirect=True)
    told = [result.detail for result in verify(pdf, None) if result.code == "layers"]
    assert told == ["the file cannot be read: an expression of layers cannot be read"]


def test_an_annotation_on_a_layer_that_is_off_or_unlisted_is_found() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        layered(lambda one, _two: Dictionary(OFF=Array([one])))(pdf)
        on_an_annotation(pdf, groups(pdf)[0])
        stray = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Stray")))
        pdf.pages[0].obj.Annots[0].NM = String("a note")
        pdf.pages[0].obj.Annots.append(
            pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, OC=stray))
        )

    assert sorted(said("layers", edited(small(), change))) == [
        ": the layer 'One' is switched off",
        ": the layer 'Stray' is not in the list of layers",
    ]


# What is drawn within layers


@pytest.mark.parametrize(
    ("content", "outside", "within"),
    [
        (b"(a) Tj /OC /L BDC (b) Tj EMC (c) Tj", "ac", "b"),
        (b"/OC BMC (a) Tj EMC (b) Tj", "b", "a"),
        (b"/O#43 /L BDC (a) Tj EMC (b) Tj", "b", "a"),
        (b"/P <</MCID 0>> BDC /OC /L BDC (a) Tj EMC (b) Tj EMC", "b", "a"),
        (b"/OC /L BDC /P <</MCID 0>> BDC (a) Tj EMC (b) Tj EMC (c) Tj", "c", "ab"),
        (b"/OC /L BDC /OC /L BDC (a) Tj EMC (b) Tj EMC (c) Tj", "c", "ab"),
        (b"/Span /OC BDC (a) Tj EMC", "a", ""),
    ],
)
def test_text_within_optional_content_is_told_from_the_other(
    content: bytes, outside: str, within: str
) -> None:
    with FinishedFile(drawing_page(b"BT /F 9 Tf " + content + b" ET")) as file:
        drawn = file.drawn[0]
    assert ("".join(drawn.unlayered), "".join(drawn.layered)) == (outside, within)


def test_text_of_a_form_on_a_layer_is_within_it() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        resources = Dictionary(Font=pdf.pages[0].obj.Resources.Font)
        drawn = form(pdf, b"BT /F 9 Tf (b) Tj ET", resources)
        drawn.OC = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("One")))
        pdf.pages[0].obj.Resources.XObject = Dictionary(X=drawn)

    content = b"/P <</MCID 0>> BDC BT /F 9 Tf (a) Tj ET /X Do BT (c) Tj ET EMC"
    with FinishedFile(edited(drawing_page(content), change)) as file:
        drawn = file.drawn[0]
    assert ("".join(drawn.unlayered), "".join(drawn.layered)) == ("ac", "b")
    assert drawn.text(Mark(0, 0)) == "abc"


# Statements


def recorded(finished: Finisher) -> tuple[bytes, Promises]:
    made = finished(SEED, "facsimile")
    return made.pdf, loads(made.record, "facsimile.promises.json")


def with_layer(pdf: bytes) -> bytes:
    """Return the file with a layer that is on, called L on every page."""

    def change(opened: pikepdf.Pdf) -> None:
        layer = opened.make_indirect(Dictionary(Type=Name.OCG, Name=String("Caption")))
        opened.Root.OCProperties = Dictionary(
            OCGs=Array([layer]), D=Dictionary(Name=String("All"), Order=Array([layer]))
        )
        for page in opened.pages:
            page.obj.Resources = Dictionary(dict(page.obj.Resources.items()))
            page.obj.Resources.Properties = Dictionary(L=layer)

    return edited(pdf, change)


@pytest.mark.parametrize("page", [0, 1, 2])
def test_a_statement_in_a_layer_that_is_on_is_found(page: int, finished: Finisher) -> None:
    pdf, record = recorded(finished)
    moved = redrawn(
        with_layer(pdf), page, STATEMENT, lambda drawn: b"/OC /L BDC " + drawn + b" EMC"
    )
    assert said("layers", moved) == []
    words = record.statements[page].words
    assert said("statement", moved, record) == [
        f"page {page + 1} (F{page + 1}): {words!r} stands in a layer, which a reader can switch off"
    ]


def test_a_statement_that_is_partly_in_a_layer_is_found(finished: Finisher) -> None:
    pdf, record = recorded(finished)

    def part(drawn: bytes) -> bytes:
        return re.sub(rb"\((.{30})", rb"(\1) Tj /OC /L BDC ( ) Tj EMC (", drawn, count=1)

    found = said("statement", redrawn(with_layer(pdf), 1, STATEMENT, part), record)
    assert len(found) == 1
    assert found[0].endswith("is not drawn, or not all of it outside the layers")


def test_a_statement_that_one_page_has_lost_is_found(finished: Finisher) -> None:
    pdf, record = recorded(finished)
    without = redrawn(pdf, 1, STATEMENT, lambda _: b"")
    told = "is not drawn, or not all of it outside the layers"
    assert said("statement", without, record) == [
        f"page 2 (F2): {record.statements[1].words!r} {told}"
    ]


def halves(drawn: bytes) -> tuple[bytes, bytes, bytes]:
    """Return the first line of typed operators as two, and what follows it."""
    line = re.findall(rb"BT .*?ET", drawn, re.DOTALL)[0]
    head, _, rest = line.partition(b"(")
    codes = re.findall(rb"\\[0-7]{3}|\\.|.", rest.rpartition(b") Tj")[0], re.DOTALL)
    one, other = codes[: len(codes) // 2], codes[len(codes) // 2 :]
    whole = [head + b"(" + b"".join(half) + b") Tj ET " for half in (one, other)]
    return whole[0], whole[1], drawn.replace(line, b"", 1)


def test_a_statement_whose_words_are_in_another_order_is_found(finished: Finisher) -> None:
    pdf, record = recorded(finished)

    def swapped(drawn: bytes) -> bytes:
        first, second, rest = halves(drawn)
        return second + first + rest

    found = said("statement", redrawn(pdf, 1, STATEMENT, swapped), record)
    assert [line.split(":")[0] for line in found] == ["page 2 (F2)"]


def test_a_statement_whose_lines_are_broken_otherwise_is_kept(finished: Finisher) -> None:
    pdf, record = recorded(finished)
    broken = redrawn(pdf, 1, STATEMENT, lambda drawn: b"".join(halves(drawn)))
    assert said("statement", broken, record) == []


def test_a_statement_in_an_annotation_is_no_statement(finished: Finisher) -> None:
    pdf, record = recorded(finished)

    def change(opened: pikepdf.Pdf) -> None:
        held = opened.pages[1].obj
        look = form(opened, operators(held), held.Resources)
        note = Dictionary(
            Type=Name.Annot, Subtype=Name.Stamp, F=4, Rect=held.MediaBox, AP=Dictionary(N=look)
        )
        held.Contents = opened.make_stream(b"")
        held.Annots = Array([opened.make_indirect(note)])

    found = said("statement", edited(pdf, change), record)
    assert [line.split(":")[0] for line in found] == ["page 2 (F2)"]


def test_a_statement_on_a_page_that_is_missing_is_found(finished: Finisher) -> None:
    pdf, record = recorded(finished)

    def change(opened: pikepdf.Pdf) -> None:
        del opened.pages[2]

    assert said("statement", edited(pdf, change), record) == [
        f": page 3 is missing, with {record.statements[2].words!r}"
    ]
