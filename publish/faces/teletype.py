"""From a drawing in strokes to the files of a face with the characters of a teletype.

In: the Drawing of letters.toml. Out: the bytes of one TrueType face for each strike. Em, cell and line
are those of every typed face (font_file.py), so that two of them fit one form.
"""

from hashlib import sha256
from string import ascii_lowercase, ascii_uppercase, digits
from struct import unpack
from typing import Any, Final

from publish.faces.corners import blunted, draw, in_whole_units, united
from publish.faces.drawing import Drawing
from publish.faces.font_file import EM, font_file, measures, name_table
from publish.faces.notation import Stroke, read_stroke
from publish.faces.strokes import Contour, Point, dot, outline
from publish.problems import FontError

TELETYPE_SET: Final = ascii_uppercase + digits + "-?:$!&#'().,;/\""
"""What an American teletype prints, besides the space: the letters and figures of its five-unit code.
It has no small letters, no dash but the hyphen, and the bell among its figures prints nothing."""

_PER_THOUSANDTH: Final = EM / 1000
_MISSING: Final = (read_stroke("150,40 150,545 450,545 450,40 150,40"),)
_KNOT: Final = 150  # thousandths of the em between two points that a strike moves on their own
_KNOTS: Final = 7
_FIRST_KNOT: Final = -_KNOT  # below the baseline; the last is 750, above every letter


def cast_drawing(drawing: Drawing, family: str) -> tuple[bytes, ...]:
    """Return the TrueType files of a family, one for each strike of its drawing.

    Small letters are mapped to the capitals, so that a text in them is typed as the machine would.
    Raises FontError when the drawing has another set of characters than the teletype.
    """
    _check_set(drawing)
    characters = _characters(drawing)
    strikes = [_glyphs(drawing, strike) for strike in range(1, drawing.strikes + 1)]
    drawn = [glyph for glyphs in strikes for glyph in glyphs.values() if glyph.numberOfContours]
    capital = strikes[0]["H"].yMax
    return tuple(
        font_file(
            characters,
            glyphs,
            name_table(
                family,
                strike,
                copyright_line=drawing.copyright,
                description="Drawn in strokes for this press, after teletype practice; "
                f"strike {strike} of {drawing.strikes}.",
                version=drawing.version,
            ),
            measures(drawn, capital, capital),
            drawing.version,
        )
        for strike, glyphs in enumerate(strikes, 1)
    )


def contours(
    drawing: Drawing, strokes: tuple[Stroke, ...], name: str, strike: int
) -> list[Contour]:
    """Return the outline of one character, in whole units of the em.

    The first strike is as drawn. In the others every point is moved and the strokes are heavier or
    lighter, by what SHA-256 of the character's name and the strike says; points near each other
    move together, so that stems stay upright, bars level, and curves smooth.
    """
    chances = _chances(name, strike) if strike > 1 else (0.0,) * (2 * _KNOTS + 1)
    across, up, weight = chances[:_KNOTS], chances[_KNOTS:-1], 1 + chances[-1] * drawing.weight

    def place(point: Point) -> Point:
        return (
            (point[0] + drawing.moved * _wave(across, point[0])) * _PER_THOUSANDTH,
            (point[1] + drawing.moved * _wave(up, point[1])) * _PER_THOUSANDTH,
        )

    inked: list[Contour] = []
    for stroke in strokes:
        moved = stroke.moved(place)
        width = drawing.pen.stroke * stroke.weight * weight * _PER_THOUSANDTH
        if len(moved.nodes) == 1:
            inked.append(dot(moved.nodes[0].point, width, drawing.pen.level))
        else:
            inked.extend(outline(moved.pieces(), width, drawing.pen.level))
    corner, crotch = (r * _PER_THOUSANDTH for r in (drawing.pen.corner, drawing.pen.crotch))
    return [in_whole_units(blunted(contour, corner, crotch)) for contour in united(inked)]


def _chances(name: str, strike: int) -> tuple[float, ...]:
    """Return numbers from -1 to 1: how far each knot goes across, how far up, and the weight."""
    digest = sha256(f"{name}|{strike}".encode()).digest()
    numbers = unpack(f">{2 * _KNOTS + 1}H", digest[: 2 * (2 * _KNOTS + 1)])
    return tuple(number / 0x7FFF - 1 if number < 0xFFFF else 1.0 for number in numbers)


def _wave(knots: tuple[float, ...], place: float) -> float:
    """Return what lies at a place between two knots, on the straight line from one to the other."""
    steps = (place - _FIRST_KNOT) / _KNOT
    number = min(max(int(steps), 0), _KNOTS - 2)
    share = steps - number
    return knots[number] * (1 - share) + knots[number + 1] * share


def _check_set(drawing: Drawing) -> None:
    wanted, found = set(TELETYPE_SET), set(drawing.strokes)
    if wanted != found:
        lacking, foreign = "".join(sorted(wanted - found)), "".join(sorted(found - wanted))
        raise FontError(
            f"the drawing lacks {lacking!r} of the teletype's characters and has {foreign!r} besides",
            hint="Draw each of them once, and no other.",
        )


def _characters(drawing: Drawing) -> dict[int, str]:
    """Return character → glyph name (Adobe Glyph List), small letters with their capitals' glyphs."""
    from fontTools.agl import UV2AGL

    found = {ord(character): UV2AGL[ord(character)] for character in (" ", *drawing.strokes)}
    small = {ord(letter): found[ord(letter.upper())] for letter in ascii_lowercase}
    return dict(sorted((found | small).items()))


def _glyphs(drawing: Drawing, strike: int) -> dict[str, Any]:
    """Return glyph name → TrueType glyph: the box for what is missing, the space, the characters."""
    names = _characters(drawing)
    glyphs = {
        ".notdef": _glyph(contours(drawing, _MISSING, ".notdef", 1)),
        "space": _glyph([]),
    }
    for character in sorted(drawing.strokes):
        name = names[ord(character)]
        glyphs[name] = _glyph(contours(drawing, drawing.strokes[character], name, strike))
    return glyphs


def _glyph(outlines: list[Contour]) -> Any:
    """Return a TrueType glyph.

    Points midway between two controls could be left out and are kept: among them are the extrema.
    """
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    for contour in outlines:
        draw(contour, pen)
    glyph = pen.glyph()
    glyph.recalcBounds(None)
    return glyph
