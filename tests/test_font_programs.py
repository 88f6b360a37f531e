"""The reader of TrueType programs that `verify` trusts: held to fontTools, and to damaged bytes."""

import random
import struct
from functools import cache
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph as OtherGlyph
from fontTools.ttLib.tables._g_l_y_f import GlyphComponent

from publish import fonts
from publish.fonts import Face
from publish.problems import PromiseError
from publish.resources import fonts_directory
from publish.verify.declared_faces import DeclaredFace, declared_face
from publish.verify.font_programs import FontProgram, NotReadHereError
from publish.verify.substitutions import Substitutions
from tests.conftest import ROOT

FACES = tuple(fonts.load(fonts_directory()))
# The weights of a family are built alike: one of them, and the italic, says what the others would.
KINDS = tuple({(face.name, face.style): face for face in FACES}.values())
SMALL = ROOT / "fonts" / "derived" / "cable-pica-cyrillic" / "CablePicaCyrillic-Regular.ttf"
STIX = next(face for face in FACES if face.postscript == "STIXTwoText-Regular")
FRANKLIN = next(face for face in FACES if face.postscript == "LibreFranklin-Regular")


@cache
def other(path: Path) -> TTFont:
    """Return a face as fontTools reads it."""
    return TTFont(path)


@cache
def declared(face: Face) -> DeclaredFace:
    found = declared_face(face.sha256)
    assert found
    return found


def drawn_by(font: TTFont, glyph: OtherGlyph) -> tuple[Any, ...]:
    """Return an outline of fontTools' in the words of FontProgram."""
    if glyph.isComposite():
        return tuple(placed_by(font, part) for part in glyph.components)
    if glyph.numberOfContours == 0:
        return ()
    across, up = ([point[axis] for point in glyph.coordinates] for axis in (0, 1))
    return tuple(glyph.endPtsOfContours), bytes(flag & 1 for flag in glyph.flags), across, up


def placed_by(font: TTFont, part: GlyphComponent) -> tuple[Any, ...]:
    scales = [list(row) for row in getattr(part, "transform", ())]
    return (part.x, part.y), scales, drawn_by(font, font["glyf"][part.glyphName])


def in_other_words(outline: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return an outline of FontProgram's with points in place of steps and numbers of bytes."""
    if len(outline) == 4 and isinstance(outline[1], bytes):
        ends, on_curve, across, up = outline
        return ends, on_curve, list(accumulate(across)), list(accumulate(up))
    return tuple(
        (*placed(flags, numbers), in_other_words(inner)) for flags, numbers, inner, _ in outline
    )


def placed(flags: int, numbers: bytes) -> tuple[tuple[int, ...], list[list[float]]]:
    """Return where a part stands, and its scale as a matrix of two rows."""
    size = 4 if flags & 1 else 2
    place = struct.unpack(">hh" if flags & 1 else ">bb", numbers[:size])
    scales = [word / (1 << 14) for (word,) in struct.iter_unpack(">h", numbers[size:])]
    match scales:
        case []:
            return place, []
        case [both]:
            return place, [[both, 0], [0, both]]
        case [across, up]:
            return place, [[across, 0], [0, up]]
    return place, [scales[:2], scales[2:]]


@pytest.mark.parametrize("face", KINDS, ids=str)
def test_every_glyph_of_every_face_is_the_one_that_another_library_reads(face: Face) -> None:
    program, font = declared(face).program, other(face.path)
    differing = [
        name
        for number, name in enumerate(font.getGlyphOrder())
        if in_other_words(program.glyph(number).outline) != drawn_by(font, font["glyf"][name])
    ]
    assert differing == []
    assert program.count == len(font.getGlyphOrder())


@pytest.mark.parametrize("face", KINDS, ids=str)
def test_every_advance_and_place_is_the_one_that_another_library_reads(face: Face) -> None:
    program, font = declared(face).program, other(face.path)
    for number, name in enumerate(font.getGlyphOrder()):
        advance, bearing = font["hmtx"][name]
        assert program.advance(number) == advance * 1000 / font["head"].unitsPerEm
        if program.glyph(number).outline:
            assert program.glyph(number).shift == bearing - font["glyf"][name].xMin


@pytest.mark.parametrize("face", KINDS, ids=str)
def test_the_substitutions_are_those_that_another_library_reads(face: Face) -> None:
    single: dict[int, set[int]] = {}
    ligatures: set[tuple[int, ...]] = set()
    font = other(face.path)
    number = font.getGlyphID
    for table in subtables(font):
        if hasattr(table, "mapping") and table.LookupType == 1:
            for name, one in table.mapping.items():
                single.setdefault(number(name), set()).add(number(one))
        for name, several in getattr(table, "alternates", {}).items():
            single.setdefault(number(name), set()).update(map(number, several))
        for name, found in getattr(table, "ligatures", {}).items():
            ligatures.update(
                (number(name), *map(number, each.Component), number(each.LigGlyph))
                for each in found
            )
    ours = Substitutions(declared(face).program.table(b"GSUB"))
    assert ours.single == single
    assert {
        (first, *following, ligature)
        for first, found in ours.ligatures.items()
        for following, ligature in found
    } == ligatures


def subtables(font: TTFont) -> list[Any]:
    if "GSUB" not in font:
        return []
    found = [table for lookup in font["GSUB"].table.LookupList.Lookup for table in lookup.SubTable]
    return [table.ExtSubTable if table.LookupType == 7 else table for table in found]


# What a face may draw for a character


def glyph_called(face: Face, name: str) -> Any:
    return declared(face).program.glyph(other(face.path).getGlyphID(name))


@pytest.mark.parametrize(
    ("face", "text", "name"),
    [
        (STIX, "5", "five"),
        (STIX, "5", "five.OP"),  # old style
        (STIX, "e", "e.smcp"),
        (STIX, "E", "E.c2sc"),
        (STIX, "5", "five.sups"),
        (STIX, "\u00ad", "uni2010"),
        (STIX, "\u00ad", "hyphen"),
        (STIX, "e\u0301", "eacute"),
        (FRANKLIN, "fi", "fi"),
        (FRANKLIN, "ffl", "f_f_l"),
        (FRANKLIN, "No.", "uni2116"),
    ],
)
def test_a_face_draws_a_character_with_its_own_alternates(face: Face, text: str, name: str) -> None:
    assert any(declared(face).drawn_as(text, glyph_called(face, name).outline))


@pytest.mark.parametrize(
    ("text", "name"),
    [("e", "a"), ("fi", "f"), ("fl", "fi"), ("ffi", "fi"), ("i", "fi"), ("\u00ad", "space")],
)
def test_a_face_draws_no_character_with_the_glyph_of_another(text: str, name: str) -> None:
    assert not any(declared(FRANKLIN).drawn_as(text, glyph_called(FRANKLIN, name).outline))


def test_a_space_that_the_face_has_not_is_blank_and_a_letter_is_not() -> None:
    cyrillic = next(face for face in FACES if face.path == SMALL)
    assert not declared(cyrillic).has("\u2009")
    assert not declared(cyrillic).has("e")
    assert any(declared(cyrillic).drawn_as("\u2009", ()))
    assert not any(declared(cyrillic).drawn_as("e", ()))


@pytest.mark.parametrize("face", FACES, ids=str)
def test_no_face_draws_an_ascii_character_in_the_shape_of_another(face: Face) -> None:
    taken = [
        (one, another)
        for one, another in pairs(declared(face))
        if any(declared(face).drawn_as(one, outline_of(declared(face), another)))
    ]
    assert taken == []


def pairs(face: DeclaredFace) -> list[tuple[str, str]]:
    """Return all pairs of characters; a face of capitals draws a small letter as its capital."""
    seen = [chr(code) for code in range(0x21, 0x7F) if face.has(chr(code))]
    capitals = outline_of(face, "a") == outline_of(face, "A") if face.has("a") else False
    return [
        (one, another)
        for one in seen
        for another in seen
        if one != another and not (capitals and one.upper() == another.upper())
    ]


def outline_of(face: DeclaredFace, character: str) -> tuple[Any, ...]:
    return next(face._glyphs_for(character)).outline


# Damaged bytes


def test_a_program_without_truetype_outlines_is_not_read() -> None:
    with pytest.raises(NotReadHereError, match="not TrueType"):
        FontProgram(b"OTTO" + bytes(100))


def read_whole(data: bytes) -> None:
    program = FontProgram(data)
    for number in range(program.count):
        program.glyph(number)
        program.advance(number)
    program.codes()


def test_a_program_that_is_cut_short_is_refused() -> None:
    whole = SMALL.read_bytes()
    for length in range(0, len(whole), 997):
        with pytest.raises(PromiseError):
            read_whole(whole[:length])


def test_a_damaged_program_is_refused_or_read_but_never_breaks_the_reader() -> None:
    chance = random.Random(1962)
    whole = SMALL.read_bytes()
    refused = 0
    for _ in range(100):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read_whole(bytes(data))
        except PromiseError:
            refused += 1
    assert refused > 10


def test_a_glyph_that_is_made_of_itself_is_refused() -> None:
    font = TTFont(STIX.path, recalcBBoxes=False)
    for part in font["glyf"]["eacute"].components:
        part.glyphName = "eacute"
    saved = BytesIO()
    font.save(saved, reorderTables=None)
    with pytest.raises(PromiseError, match="of one another without end"):
        FontProgram(saved.getvalue()).glyph(font.getGlyphID("eacute"))


def test_a_table_that_stands_twice_is_refused() -> None:
    data = bytearray(SMALL.read_bytes())
    entries = {bytes(data[at : at + 4]): at for at in range(12, 12 + 16 * data[5], 16)}
    data[entries[b"post"] : entries[b"post"] + 4] = b"glyf"
    with pytest.raises(PromiseError, match="the table glyf stands there twice"):
        FontProgram(bytes(data))
