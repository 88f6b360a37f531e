"""Every glyph drawn is the declared face's own shape; one that is not is noticed, and told."""

import dataclasses
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.ttLib.tables.ttProgram import Program
from pikepdf import Array, Name

from publish.promises import ExpectedFace, loads
from publish.resources import fonts_directory
from publish.verify import Result, State, declared_faces, verify
from tests.changed_fonts import (
    BOTH,
    COMPOSITE,
    SIMPLE,
    ChangeOfProgram,
    Codes,
    Edition,
    drawing,
    edition_of,
    font_called,
    fonts,
    names_of,
    not_kept,
    page_set_in,
)
from tests.conftest import SEED, SYNTHETIC, Finisher
from tests.saving import Change


@pytest.fixture(scope="module")
def good(finished: Finisher) -> Edition:
    """Return the edition of the first seed."""
    return edition_of(finished)


def states(results: tuple[Result, ...]) -> dict[str, State]:
    return {result.code: result.state for result in results}


# Good files


@pytest.mark.parametrize("product", ["edition", "facsimile"])
@pytest.mark.parametrize("seed", [SEED, SYNTHETIC], ids=["first", "synthetic"])
def test_every_product_of_every_seed_keeps_both_promises(
    finished: Finisher, seed: Path, product: str
) -> None:
    made = finished(seed, product)
    told = states(verify(made.pdf, loads(made.record, "edition.promises.json")))
    assert (told["shapes"], told["widths"]) == (State.KEPT, State.KEPT)


def test_a_file_without_a_record_is_compared_with_the_faces_declared_here(good: Edition) -> None:
    assert not_kept(good.pdf, None) == []


@BOTH
def test_a_program_that_another_library_wrote_anew_keeps_them(good: Edition, face: str) -> None:
    def rewrite(program: TTFont, _: Codes) -> None:
        for name in program.getGlyphOrder():
            program["glyf"][name].expand(program["glyf"])

    assert good.told(good.reprogrammed(face, rewrite)) == {}


# Another letter is drawn than the one that is read


def swap_outlines(program: TTFont, codes: Codes) -> None:
    one, other = names_of(program, codes, "ea")
    for table in (program["glyf"], program["hmtx"]):
        table[one], table[other] = table[other], table[one]


def move_a_point(program: TTFont, codes: Codes) -> None:
    (name,) = names_of(program, codes, "e")
    x, y = program["glyf"][name].coordinates[3]
    program["glyf"][name].coordinates[3] = (x, y + 30)


def blank_a_letter(program: TTFont, codes: Codes) -> None:
    (name,) = names_of(program, codes, "e")
    program["glyf"][name] = Glyph()


def move_a_letter(program: TTFont, codes: Codes) -> None:
    (name,) = names_of(program, codes, "e")
    advance, bearing = program["hmtx"][name]
    program["hmtx"][name] = (advance, bearing + 300)


def halve_the_em(program: TTFont, _: Codes) -> None:
    program["head"].unitsPerEm //= 2


MISDRAWN: dict[ChangeOfProgram, str] = {
    swap_outlines: "the glyph that stands for 'e' has the shape of 'a'",
    move_a_point: "the glyph that stands for 'e' has a shape that the declared face does not give it",
    blank_a_letter: "the glyph that stands for 'e' is blank",
    move_a_letter: "the glyph that stands for 'e' is moved out of its place",
    halve_the_em: "units to the em, the declared face",
}


@BOTH
@pytest.mark.parametrize("change", MISDRAWN, ids=lambda change: change.__name__)
def test_a_program_that_draws_otherwise_is_caught_and_told(
    good: Edition, face: str, change: ChangeOfProgram
) -> None:
    told = good.told(good.reprogrammed(face, change))
    assert told.keys() - {"widths"} == {"shapes"}
    assert any(MISDRAWN[change] in sentence for sentence in told["shapes"])


@BOTH
@pytest.mark.parametrize("change", MISDRAWN, ids=lambda change: change.__name__)
def test_what_is_caught_is_seen_on_the_page(
    good: Edition, face: str, change: ChangeOfProgram
) -> None:
    page = page_set_in(good.pdf, face)
    assert drawing(good.reprogrammed(face, change), page) != drawing(good.pdf, page)


def test_codes_of_which_two_changed_places_in_text_and_table_are_caught(good: Edition) -> None:
    """The text spells what it spelled, in each reader; the page shows two letters exchanged."""
    one, other = (good.codes[COMPOSITE][character] for character in "ea")

    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.Contents = pdf.make_stream(exchanged(page, COMPOSITE, one, other))
        font = next(font for font in fonts(pdf, COMPOSITE) if "/ToUnicode" in font)
        table = font.ToUnicode.read_bytes()
        for code, character in ((one, "a"), (other, "e")):
            line = b"<%04X> <%04X>" % (code, ord("ea".replace(character, "")))
            assert table.count(line) == 1
            table = table.replace(line, b"<%04X> <%04X> " % (code, ord(character)))
        font.ToUnicode = pdf.make_stream(table)

    pdf = good.changed(change)
    assert "the glyph that stands for 'e' has the shape of 'a'" in good.told(pdf)["shapes"]
    others = states(verify(pdf, good.record))
    assert {others[code] for code in ("drawn", "heard", "readers", "characters")} == {State.KEPT}


def exchanged(page: pikepdf.Page, face: str, one: int, other: int) -> bytes:
    """Return the content of a page with two codes of a face exchanged, their letters kept."""
    called = {
        name for name, font in page.obj.Resources.Font.items() if str(font.BaseFont).endswith(face)
    }
    places = {one.to_bytes(2, "big"): other, other.to_bytes(2, "big"): one}
    instructions = []
    current = False
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, instruction.operator
        if str(operator) == "Tf":
            current = str(operands[0]) in called
        if str(operator) in ("Tj", "TJ") and current:
            instructions.append(([swapped(operand, places) for operand in operands], operator))
        else:
            instructions.append((list(operands), operator))
    return pikepdf.unparse_content_stream(instructions)


def swapped(operand: Any, places: dict[bytes, int]) -> Any:
    if isinstance(operand, Array):
        return Array([swapped(each, places) for each in operand])
    if not isinstance(operand, pikepdf.String):
        return operand
    data = bytes(operand)
    codes = [data[at : at + 2] for at in range(0, len(data), 2)]
    return pikepdf.String(
        b"".join(places[code].to_bytes(2, "big") if code in places else code for code in codes)
    )


def test_a_map_from_codes_to_glyphs_that_exchanges_two_is_caught(good: Edition) -> None:
    one, other = (good.codes[COMPOSITE][character] for character in "ea")

    def change(pdf: pikepdf.Pdf) -> None:
        glyphs = list(range(3000))
        glyphs[one], glyphs[other] = other, one
        mapping = pdf.make_stream(struct.pack(">3000H", *glyphs))
        font_called(pdf, COMPOSITE).CIDToGIDMap = mapping

    assert "the glyph that stands for 'a' has the shape of 'e'" in told_of_shapes(good, change)


def test_a_whole_map_from_codes_to_glyphs_is_read(good: Edition) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        mapping = pdf.make_stream(struct.pack(">3000H", *range(3000)))
        font_called(pdf, COMPOSITE).CIDToGIDMap = mapping

    assert good.told(good.changed(change)) == {}


def exchange_codes(program: TTFont, codes: Codes) -> None:
    mapping = program["cmap"].tables[0].cmap
    one, other = (codes[character] for character in "ea")
    mapping[one], mapping[other] = mapping[other], mapping[one]


def test_a_simple_font_whose_table_of_codes_exchanges_two_is_caught(good: Edition) -> None:
    pdf = good.reprogrammed(SIMPLE, exchange_codes)
    assert "the glyph that stands for 'e' has the shape of 'a'" in good.told(pdf)["shapes"]
    page = page_set_in(good.pdf, SIMPLE)
    assert drawing(pdf, page) != drawing(good.pdf, page)


@BOTH
def test_the_program_of_another_face_under_the_same_name_is_caught(
    good: Edition, face: str
) -> None:
    others = {SIMPLE: "LibreFranklin-Regular", COMPOSITE: "Press-STIX-Semi-Bold"}

    def change(pdf: pikepdf.Pdf) -> None:
        program = font_called(pdf, others[face]).FontDescriptor.FontFile2
        font_called(pdf, face).FontDescriptor.FontFile2 = program

    assert told_of_shapes(good, change)


def told_of_shapes(good: Edition, change: Change) -> list[str]:
    return good.told(good.changed(change)).get("shapes", [])


# Hints


def hint_a_letter(program: TTFont, codes: Codes) -> None:
    (name,) = names_of(program, codes, "e")
    program["glyf"][name].expand(program["glyf"])
    program["glyf"][name].program = Program()
    program["glyf"][name].program.fromBytecode(b"\xb0\x00\x21")  # push a number, drop it


def hint_all_letters(program: TTFont, _: Codes) -> None:
    program["fpgm"] = newTable("fpgm")
    program["fpgm"].program = Program()
    program["fpgm"].program.fromBytecode(b"\xb0\x00\x21")


@BOTH
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (hint_a_letter, "the glyph that stands for 'e' is hinted otherwise than the declared face"),
        (hint_all_letters, "its hints (fpgm) are not those of the declared face"),
    ],
)
def test_hints_that_the_face_has_not_are_caught(
    good: Edition, face: str, change: ChangeOfProgram, sentence: str
) -> None:
    told = good.told(good.reprogrammed(face, change))
    # A face may draw the Cyrillic letter with the Latin one's glyph.
    assert told.keys() == {"shapes"}
    assert told["shapes"][0] == sentence


# Fonts that cannot be compared


def draw_it_by_hand(font: Any) -> None:
    font.Subtype = Name.Type3


def name_its_codes(font: Any) -> None:
    font.Encoding = Name.WinAnsiEncoding


def call_it_not_symbolic(font: Any) -> None:
    font.FontDescriptor.Flags = 32


def take_its_program(font: Any) -> None:
    del font.FontDescriptor.FontFile2


def give_it_two_programs(font: Any) -> None:
    font.FontDescriptor.FontFile3 = font.FontDescriptor.FontFile2


@pytest.mark.parametrize(
    "change",
    [draw_it_by_hand, name_its_codes, call_it_not_symbolic, take_its_program, give_it_two_programs],
)
def test_a_font_of_a_kind_that_is_not_read_is_no_declared_face_and_its_widths_are_not_checked(
    good: Edition, change: Callable[[Any], None]
) -> None:
    pdf = good.changed(lambda pdf: change(font_called(pdf, SIMPLE)))
    shapes, widths = not_kept(pdf, good.record)
    assert shapes[:2] == ("shapes", State.BROKEN)
    assert f"{SIMPLE}: it cannot be compared with the declared face: it" in shapes[2]
    assert widths[:2] == ("widths", State.NOT_CHECKED)
    assert SIMPLE in widths[2]


@BOTH
def test_a_program_that_is_cut_short_breaks_both(good: Edition, face: str) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        descriptor = font_called(pdf, face).FontDescriptor
        data = descriptor.FontFile2.read_bytes()
        descriptor.FontFile2 = pdf.make_stream(data[: len(data) // 2])

    told = good.told(good.changed(change))
    assert "its program is damaged" in told["shapes"][0]
    assert "its program is damaged" in told["widths"][0]


def test_a_second_table_of_codes_is_not_trusted(good: Edition) -> None:
    def add(program: TTFont, _: Codes) -> None:
        program["cmap"].tables.append(program["cmap"].tables[0].__class__(6))
        second = program["cmap"].tables[-1]
        second.platformID, second.platEncID, second.language = 3, 0, 0
        second.cmap = dict(program["cmap"].tables[0].cmap)

    (told,) = good.told(good.reprogrammed(SIMPLE, add))["shapes"]
    assert "another table of codes than one for (1, 0)" in told


# No face to compare with


def test_a_face_that_is_not_on_this_machine_is_named_and_not_checked(good: Edition) -> None:
    others = tuple(
        ExpectedFace(face.name, "0" * 64) if face.name == COMPOSITE else face
        for face in good.record.faces
    )
    assert not_kept(good.pdf, dataclasses.replace(good.record, faces=others)) == [
        (
            "shapes",
            State.NOT_CHECKED,
            "this machine has no face Press-STIX to compare with (SHA-256 0000000000000000…)",
        )
    ]


def test_a_press_without_its_faces_checks_no_shape(
    good: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(declared_faces, "fonts_directory", lambda: tmp_path)
    for record in (good.record, None):
        told = not_kept(good.pdf, record)
        assert {entry[:2] for entry in told} == {("shapes", State.NOT_CHECKED)}
        assert any(SIMPLE in detail for _, _, detail in told)


def test_a_declared_face_whose_file_was_changed_is_not_compared_with(
    good: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in fonts_directory().rglob("*"):
        copy = tmp_path / path.relative_to(fonts_directory())
        if path.is_dir():
            copy.mkdir()
        else:
            copy.write_bytes(path.read_bytes() + (b"\0" if path.suffix == ".ttf" else b""))
    monkeypatch.setattr(declared_faces, "fonts_directory", lambda: tmp_path)
    told = not_kept(good.pdf, good.record)
    assert {entry[:2] for entry in told} == {("shapes", State.NOT_CHECKED)}


def test_a_font_that_the_record_does_not_name_is_no_declared_face(good: Edition) -> None:
    fewer = tuple(face for face in good.record.faces if face.name != COMPOSITE)
    assert not_kept(good.pdf, dataclasses.replace(good.record, faces=fewer)) == [
        ("shapes", State.BROKEN, "the font Press-STIX is not one of those declared for this file")
    ]


def test_without_a_record_a_font_of_another_name_is_not_checked(good: Edition) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        for font in fonts(pdf, COMPOSITE):
            font.BaseFont = Name("/AAAAAA+Somebody-Elses")

    unknown = "no face called Somebody-Elses is declared on this machine"
    told = not_kept(good.changed(change), None)
    assert told == [("shapes", State.NOT_CHECKED, unknown)]
