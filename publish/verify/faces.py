"""Every glyph that is drawn is the declared face's own, and as wide as the file says.

In: a finished file, with or without a record. Out: glyphs that show another letter than the one
they are read as, since the program in the file, or the way to it, was changed.
"""

import re
from collections.abc import Iterator

from publish.problems import PromiseError
from publish.verify.characters import Characters
from publish.verify.declared_faces import DeclaredFace, declared_face, digest_of
from publish.verify.embedded_fonts import EmbeddedFont
from publish.verify.font_programs import HINT_TABLES, FontProgram, Glyph, NotReadHereError
from publish.verify.outcome import Examined, Found, broken, kept, not_checked

_SUBSET_TAG = re.compile(r"[A-Z]{6}\+")
_CLOSE_ENOUGH = 1  # thousandth of the em (ISO 19005-3, 6.2.11.5, note)
_ROUNDING = 1e-6  # of an advance that is scaled from 2,048 units to the em


def shapes_are_the_faces(examined: Examined) -> Iterator[Found]:
    """Each glyph drawn is the declared face's own shape for the character it is read as."""
    fonts = examined.file.used_fonts()
    for font in fonts:
        face = _face_of(font, examined)
        if isinstance(face, Found):
            yield face
            continue
        try:
            embedded = EmbeddedFont(examined.file.objects, font.dictionary)
            faults = [*_font_faults(embedded.program, face), *_glyph_faults(font, embedded, face)]
        except PromiseError as problem:
            faults = [f"it cannot be compared with the declared face: {problem.message}"]
        for fault in faults:
            yield broken(f"{font.name}: {fault}")
    yield kept(f"{sum(len(font.drawn()) for font in fonts)} glyphs")


def _face_of(font: Characters, examined: Examined) -> DeclaredFace | Found:
    """Return the declared face that a font is called after, or why there is none to compare."""
    name = _SUBSET_TAG.sub("", font.name, count=1)
    if examined.record is None:
        digest = digest_of(name)
        if not digest:
            return not_checked(f"no face called {name} is declared on this machine")
    else:
        digest = {face.name: face.sha256 for face in examined.record.faces}.get(name, "")
        if not digest:
            return broken(f"the font {name} is not one of those declared for this file")
    face = declared_face(digest)
    if face is None:
        return not_checked(
            f"this machine has no face {name} to compare with (SHA-256 {digest[:16]}…)"
        )
    return face


def _font_faults(program: FontProgram, face: DeclaredFace) -> Iterator[str]:
    """Yield what makes all glyphs of a program others than the face's."""
    if program.units != face.program.units:
        yield f"it has {program.units} units to the em, the declared face {face.program.units}"
    for tag in HINT_TABLES:
        if program.table(tag) not in (b"", face.program.table(tag)):
            yield f"its hints ({tag.decode().strip()}) are not those of the declared face"


def _glyph_faults(font: Characters, embedded: EmbeddedFont, face: DeclaredFace) -> Iterator[str]:
    for code, text in font.drawn().items():
        try:
            glyph = embedded.program.glyph(embedded.glyph(code))
        except PromiseError as problem:
            yield f"the glyph that stands for {text!r} cannot be read: {problem.message}"
            continue
        same = list(face.drawn_as(text, glyph.outline))
        if not same:
            yield f"the glyph that stands for {text!r} {_likeness(text, glyph, face)}"
        elif all(glyph.shift != other.shift for other in same):
            yield f"the glyph that stands for {text!r} is moved out of its place"
        elif glyph.hints and all(glyph.hints != other.hints for other in same):
            yield f"the glyph that stands for {text!r} is hinted otherwise than the declared face"


def _likeness(text: str, glyph: Glyph, face: DeclaredFace) -> str:
    """Say what a wrong glyph looks like: the one word that tells a slip from a forgery."""
    if not glyph.outline:
        return "is blank"
    if other := face.character_of(glyph.outline):
        return f"has the shape of {other!r}"
    if not face.has(text):
        return "has a shape, but the declared face has none"
    return "has a shape that the declared face does not give it"


def widths_agree(examined: Examined) -> Iterator[Found]:
    """The width stated of each glyph drawn is that of the program (ISO 19005-3, 6.2.11.5)."""
    fonts = examined.file.used_fonts()
    for font in fonts:
        try:
            faults = list(_width_faults(font, EmbeddedFont(examined.file.objects, font.dictionary)))
        except NotReadHereError as problem:
            yield not_checked(f"{font.name}: {problem.message}")
            continue
        except PromiseError as problem:
            faults = [problem.message]
        for fault in faults:
            yield broken(f"{font.name}: {fault}")
    yield kept(f"{sum(len(font.drawn()) for font in fonts)} widths")


def _width_faults(font: Characters, embedded: EmbeddedFont) -> Iterator[str]:
    drawn = font.drawn()
    for code, stated in embedded.widths(drawn):
        real = embedded.program.advance(embedded.glyph(code))
        if abs(stated - real) > _CLOSE_ENOUGH + _ROUNDING:
            yield f"the width stated of {drawn[code]!r} is {stated:g}, its glyph’s is {real:g}"
