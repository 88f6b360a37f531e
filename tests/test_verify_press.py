"""Each promise of a sheet for the press is broken by a sheet that a shop would send back, and by no other."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from publish.promises import loads
from publish.verify import EVERY_PROMISE, State, verify
from publish.verify.outcome import Examined
from publish.verify.plates import painting
from publish.verify.press_sheet import most_ink
from publish.verify.reading_back import FinishedFile
from tests.conftest import SEED, Finished, Finisher

Change = Callable[[pikepdf.Pdf], None]
CODES = ("boxes", "plates", "ink-limit", "pictures", "type-size", "press")


@pytest.fixture(scope="module")
def panel(finished: Finisher) -> Finished:
    return finished(SEED, "panel")


def changed(made: Finished, change: Change) -> bytes:
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        change(pdf)
        saved = BytesIO()
        pdf.save(saved)
    return saved.getvalue()


def told(made: Finished, change: Change) -> dict[str, str]:
    """Return code → details of the promises of the press that a change breaks; the others are not asked."""
    broken: dict[str, list[str]] = {}
    with FinishedFile(changed(made, change)) as file:
        examined = Examined(file, loads(made.record, "panel.promises.json"))
        for promise in EVERY_PROMISE:
            for found in promise.checker(examined) if promise.code in CODES else ():
                if found.state is State.BROKEN:
                    broken.setdefault(promise.code, []).append(found.detail)
    return {code: "; ".join(details) for code, details in broken.items()}


def add(content: str) -> Change:
    """Return a change that paints something more at the end of the page."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.contents_coalesce()
        old = page.obj.Contents.read_bytes()
        page.obj.Contents = pdf.make_stream(old + f"\nq /Artifact BMC {content} EMC Q\n".encode())

    return change


def box(name: str, corners: list[float]) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj[name] = Array(corners)

    return change


def coarse_picture(pdf: pikepdf.Pdf) -> None:
    jpeg = BytesIO()
    Image.new("CMYK", (90, 90), (10, 10, 10, 0)).save(jpeg, "JPEG")
    picture = pdf.make_stream(
        jpeg.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=90, Height=90,
        BitsPerComponent=8, ColorSpace=Name.DeviceCMYK, Filter=Name.DCTDecode,
        Decode=Array([1, 0, 1, 0, 1, 0, 1, 0]),
    )  # fmt: skip
    pdf.pages[0].obj.Resources.XObject[Name.Photograph] = picture
    add("72 0 0 72 200 200 cm /Photograph Do")(pdf)


def rgb_picture(pdf: pikepdf.Pdf) -> None:
    coarse_picture(pdf)
    pdf.pages[0].obj.Resources.XObject[Name.Photograph].ColorSpace = Name.DeviceRGB


def rgb_in_a_form(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(
        b"1 0 0 rg 0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])
    )
    pdf.pages[0].obj.Resources.XObject[Name.Logo] = form
    add("/Logo Do")(pdf)


def overprinted(pdf: pikepdf.Pdf) -> None:
    states = pdf.pages[0].obj.Resources.ExtGState
    states[Name.Over] = Dictionary(OP=True, op=True, OPM=1)
    add("1 0 0 0 k 300 2400 9 9 re f /Over gs 0 1 1 0 k 301 2401 3 3 re f")(pdf)


def first_font(pdf: pikepdf.Pdf) -> str:
    # Sorted: the keys come as a set, in another order each time.
    return min(pdf.pages[0].obj.Resources.Font.keys())


def small_type(pdf: pikepdf.Pdf) -> None:
    font = first_font(pdf)
    add(f"BT {font} 12 Tf 0 0 0 1 k 200 200 Td (a) Tj ET")(pdf)


def without_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def intent_of_a_screen(pdf: pikepdf.Pdf) -> None:
    intent = pdf.Root.OutputIntents[0]
    data = bytearray(intent.DestOutputProfile.read_bytes())
    data[12:20] = b"mntrRGB "
    intent.DestOutputProfile = pdf.make_stream(bytes(data), N=3)


def without_condition(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents[0].OutputConditionIdentifier


def trapped(pdf: pikepdf.Pdf) -> None:
    pdf.trailer.Info.Trapped = Name.Unknown


def annotated(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([100, 100, 200, 200]))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def numbered_in(base: pikepdf.Object, listed: bytes) -> Change:
    """Return a change that puts a picture of numbered colours on the sheet."""

    def change(pdf: pikepdf.Pdf) -> None:
        image = pdf.make_stream(bytes(90 * 90))
        image.stream_dict = Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=90, Height=90, BitsPerComponent=8,
            ColorSpace=Array([Name.Indexed, base, 0, pikepdf.String(listed)]),
        )  # fmt: skip
        pdf.pages[0].obj.Resources.XObject[Name.Numbered] = image
        add("q 36 0 0 36 300 300 cm /Numbered Do Q")(pdf)

    return change


FAULTS: list[tuple[Change, str, str]] = [
    (numbered_in(Name.DeviceRGB, b"\x09\x09\x09"), "plates", "painted in Indexed DeviceRGB"),
    (numbered_in(Name.DeviceCMYK, b"\xff\xff\xff\x10"), "ink-limit", "takes 306 % of ink"),
    (box("/TrimBox", [45, 45, 1773.02, 2637]), "boxes", "the TrimBox is"),
    (box("/BleedBox", [40, 40, 1782, 2646]), "boxes", "the BleedBox is"),
    (box("/BleedBox", [-9, 36, 1782, 2646]), "boxes", "the bleed reaches beyond"),
    (box("/TrimBox", [30, 45, 1773, 2637]), "boxes", "the cut reaches beyond"),
    (box("/MediaBox", [-18, -18, 1818, 2682]), "boxes", "begins at -18, -18"),
    (add("1 0 0 rg 200 200 9 9 re f"), "plates", "painted in DeviceRGB"),
    (add("0.5 g 200 200 9 9 re f"), "plates", "painted in DeviceGray"),
    (add("1 0 0 RG 200 200 9 9 re S"), "plates", "painted in DeviceRGB"),
    (rgb_picture, "plates", "painted in DeviceRGB"),
    (rgb_in_a_form, "plates", "painted in DeviceRGB"),
    (add("/Nothing sh"), "plates", "a gradient"),
    (add("1 1 1 0.2 k 200 200 9 9 re f"), "ink-limit", "takes 320 % of ink"),
    (coarse_picture, "pictures", "has 90 pixels to the inch"),
    (small_type, "type-size", "type of 12.0 pt stands on the panel"),
    (without_intent, "press", "0 output intents"),
    (intent_of_a_screen, "press", "not one of a press"),
    (without_condition, "press", "no printing condition"),
    (trapped, "press", "not trapped"),
    (annotated, "press", "an annotation"),
]


@pytest.mark.parametrize(("change", "code", "detail"), FAULTS)
def test_a_sheet_that_a_shop_would_send_back_breaks_its_promise(
    change: Change, code: str, detail: str, panel: Finished
) -> None:
    broken = told(panel, change)
    assert code in broken
    assert detail in broken[code]


def test_every_promise_of_a_press_sheet_is_broken_by_a_fault_above() -> None:
    assert {code for _, code, _ in FAULTS} == set(CODES)
    assert set(CODES) <= {promise.code for promise in EVERY_PROMISE}


def test_a_sheet_that_is_only_saved_again_breaks_none(panel: Finished) -> None:
    assert told(panel, lambda _: None) == {}


def test_ink_that_prints_over_other_ink_is_added_to_it(panel: Finished) -> None:
    with FinishedFile(changed(panel, overprinted)) as file:
        marks = painting(file.objects, file.pages[0]).marks
        assert marks[-1].over
        assert most_ink(file, 0)[0] == pytest.approx(300, abs=0.5)


def test_nothing_of_a_press_is_asked_of_an_archival_file(finished: Finisher) -> None:
    made = finished(SEED, "facsimile")
    asked: set[Any] = {result.code for result in verify(made.pdf, loads(made.record, ""))}
    assert asked.isdisjoint(CODES)


def test_a_press_sheet_without_its_record_is_asked_all_the_same(panel: Finished) -> None:
    states = {result.code: result.state for result in verify(panel.pdf, None)}
    assert states["boxes"] is State.KEPT
    assert states["plates"] is State.KEPT
    assert states["type-size"] is State.NOT_CHECKED


def test_a_word_of_the_telegram_that_is_gone_from_the_sheet_is_missed(panel: Finished) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        for element in _elements(pdf.Root.StructTreeRoot.K[0]):
            if bytes(element.get("/ID", b"")) == b"facsimile-p2":
                element.ID = pikepdf.String("facsimile-px")

    results = verify(changed(panel, change), loads(panel.record, ""))
    broken = {result.code: result.where for result in results if result.state is State.BROKEN}
    assert broken["drawn"] == "facsimile-p2"


def _elements(element: Any) -> list[Any]:
    kids = element.get("/K", Array())
    below = [
        each
        for kid in (kids if isinstance(kids, Array) else [kids])
        if isinstance(kid, Dictionary) and "/S" in kid
        for each in _elements(kid)
    ]
    return [element, *below]
