"""The declared faces of this machine, and the shapes that each has for a character.

In: the SHA-256 of a font file. Out: the face, which says whether it draws a text as a given glyph.
"""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from publish import fonts
from publish.fonts import DEFAULT_IGNORABLE, Faces
from publish.problems import LayoutError, PromiseError
from publish.resources import fonts_directory
from publish.truetype import NotTrueTypeError, read
from publish.verify.font_programs import BLANK, FontProgram, Glyph
from publish.verify.substitutions import Substitutions

SOFT_HYPHEN = "\u00ad"
# A hyphen at a line's end is drawn as one of these and read as U+00AD (ISO 32000-1, 14.8.2.2.3).
_HYPHENS = ("\u2010", "-")
_NEVER_SEEN = DEFAULT_IGNORABLE - {SOFT_HYPHEN}
_LONGEST = 8  # characters that one glyph may stand for; the declared faces have ligatures of four


class DeclaredFace:
    """A declared font file. Raises NotTrueTypeError or PromiseError when it is damaged."""

    def __init__(self, data: bytes) -> None:
        self.program = FontProgram(data)
        self._characters = read(data).glyphs
        self._meant: dict[str, frozenset[int]] = {}

    def drawn_as(self, text: str, outline: tuple[Any, ...]) -> Iterator[Glyph]:
        """Yield the glyphs of this outline that the face may draw for `text`."""
        for glyph in self._glyphs_for(text):
            if glyph.outline == outline:
                yield glyph

    def has(self, text: str) -> bool:
        """Say whether the face has a glyph for each character of `text`."""
        return all(ord(character) in self._characters for character in text)

    def character_of(self, outline: tuple[Any, ...]) -> str:
        """Return the first character that the face may draw with this outline; none: nothing."""
        return self._by_outline.get(outline, "")

    def _glyphs_for(self, text: str) -> Iterator[Glyph]:
        """Yield what may stand for `text`, first what needs no substitution: that is the most."""
        own = [self._characters[ord(text)]] if len(text) == 1 and self.has(text) else []
        yield from map(self.program.glyph, own)
        if not own and (text.isspace() or _NEVER_SEEN.issuperset(text)):
            yield BLANK  # an engine takes the face's space, or nothing, and moves on
        for number in self._numbers_for(text).difference(own):
            yield self.program.glyph(number)
        if text == SOFT_HYPHEN:
            for hyphen in _HYPHENS:
                yield from self._glyphs_for(hyphen)
        composed = unicodedata.normalize("NFC", text)
        if composed != text:
            yield from self._glyphs_for(composed)

    def _numbers_for(self, text: str) -> frozenset[int]:
        """Return the glyphs to which the face's own substitutions lead from `text`."""
        if text not in self._meant:
            found: set[int] = set()
            if len(text) == 1 and self.has(text):
                found.add(self._characters[ord(text)])
            elif 1 < len(text) <= _LONGEST and self.has(text):
                found.update(self._ligatures_of(text))
            self._meant[text] = frozenset(self._substitutions.from_one(found) if found else ())
        return self._meant[text]

    def _ligatures_of(self, text: str) -> Iterator[int]:
        for cut in range(1, len(text)):
            for first in self._numbers_for(text[:cut]):
                for following, ligature in self._substitutions.ligatures.get(first, ()):
                    if self._spells(following, text[cut:]):
                        yield ligature

    def _spells(self, numbers: tuple[int, ...], text: str) -> bool:
        """Say whether glyphs, each of which may stand for several characters, stand for `text`."""
        if len(numbers) <= 1:
            return bool(numbers) and numbers[0] in self._numbers_for(text)
        return any(
            numbers[0] in self._numbers_for(text[:cut]) and self._spells(numbers[1:], text[cut:])
            for cut in range(1, len(text))
        )

    @cached_property
    def _substitutions(self) -> Substitutions:
        try:
            return Substitutions(self.program.table(b"GSUB"))
        except struct.error as problem:
            raise PromiseError(f"the substitutions of the face are damaged ({problem})") from None

    @cached_property
    def _by_outline(self) -> dict[tuple[Any, ...], str]:
        """Return outline → character: the own glyphs of all first, then their alternates."""
        found: dict[tuple[Any, ...], str] = {}
        for character, number in sorted(self._characters.items()):
            found.setdefault(self.program.glyph(number).outline, chr(character))
        for text in map(chr, sorted(self._characters)):
            for number in self._numbers_for(text):
                found.setdefault(self.program.glyph(number).outline, text)
        return found


def declared_face(digest: str) -> DeclaredFace | None:
    """Return the declared face whose file has this SHA-256; None when this machine cannot read it."""
    for face in _declared(fonts_directory()):
        if face.sha256 == digest:
            return _face(face.path, digest)
    return None


def digest_of(name: str) -> str:
    """Return the SHA-256 declared here of the face that a file may call `name`; none: nothing."""
    face = fonts.by_file_name(_declared(fonts_directory())).get(name)
    return face.sha256 if face else ""


@cache
def _declared(directory: Path) -> Faces:
    try:
        return fonts.load(directory)
    except LayoutError:
        return Faces(())  # a press without its faces can still read a file back


@cache
def _face(path: Path, digest: str) -> DeclaredFace | None:
    """Read a face once in a process; None where the file is not the declared one, or no face."""
    try:
        data = path.read_bytes()
        return DeclaredFace(data) if sha256(data).hexdigest() == digest else None
    except (OSError, NotTrueTypeError, PromiseError):
        return None
