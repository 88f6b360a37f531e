"""The faces of one form: those it is typed with, and those its words are printed in.

In: a form and the declared faces. Out: a TypeCase, which says what draws which character, and
refuses a text before anything of it is drawn.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from publish.departures import Rendered
from publish.fonts import DEFAULT_IGNORABLE, Face, Faces, check_coverage, coverage, missing
from publish.model import Document, Span
from publish.printed_form import Form, Style
from publish.problems import RenderingError, Where, where_in

NO_BREAK_SPACE = "\u00a0"


class TypeCase:
    """The faces of a form, found by name. Raises FontError when one is not declared."""

    def __init__(self, form: Form, faces: Faces) -> None:
        self.form = form
        self.typed = tuple(faces.get(family) for family in form.typing.faces)
        self._variants = {face: faces.strikes(face.name) for face in self.typed}
        self._printed = {
            style: faces.get(style.face, style.weight, style.slant) for style in _styles(form)
        }

    def variants(self, face: Face) -> tuple[Face, ...]:
        """Return the faces that strike for one of the typed faces: itself, or its variants."""
        return self._variants[face]

    def printed(self, style: Style) -> Face:
        """Return the face of a style of the form."""
        return self._printed[style]

    def runs(self, text: str) -> Iterator[tuple[int, Face, str]]:
        """Divide typed text by the faces that draw it: offset, face, characters.

        A character is struck with the first face that has it; a space with the face before it.
        """
        faces: list[Face] = []
        for character in text:
            after = faces[-1] if faces and character == " " else None
            if after is not None and ord(" ") in coverage(after):
                faces.append(after)
            else:
                faces.append(self._struck_with(character))
        for face, group in groupby(range(len(text)), lambda offset: faces[offset]):
            offsets = list(group)
            yield offsets[0], face, text[offsets[0] : offsets[-1] + 1]

    def _struck_with(self, character: str) -> Face:
        check_coverage(character, self.typed)
        return next(
            (face for face in self.typed if ord(character) in coverage(face)), self.typed[0]
        )

    def check(self, document: Document, text: Rendered) -> None:
        """Refuse characters that cannot be drawn, naming each and its place in the transcription.

        Raises FontError when no face has the character, RenderingError when it takes no cell.
        """
        for block, passage in zip(document.blocks, text.blocks, strict=True):
            typed = re.sub(r"[\t\n]", " ", passage.text)
            for character in missing(self.typed, typed):
                place = _place_of(character, document, block.span)
                check_coverage(character, self.typed, place)
            for character in typed:
                if character in DEFAULT_IGNORABLE or character == NO_BREAK_SPACE:
                    raise RenderingError(
                        f"U+{ord(character):04X} has no cell of its own on a typewriter",
                        where=_place_of(character, document, block.span),
                        hint="Write a plain space, or nothing, in its place in the transcription.",
                    )
        for character in missing(self.typed, "".join(text.moved.values())):
            check_coverage(character, self.typed, _place_of(character, document, document.dateline))
        place = Where(f"form {self.form.name}")
        for words in self.form.words():
            check_coverage(words.text, self.printed(words.style), place)


def _styles(form: Form) -> Iterator[Style]:
    yield form.caption.style
    for words in form.words():
        yield words.style
    for field in form.fields:
        if field.supplied_at is not None:
            yield from filter(None, (field.supplied_at.style, field.supplied_at.stamp))


def _place_of(character: str, document: Document, span: Span) -> Where:
    source = document.source
    offset = source.text.find(character, *span.ends)
    return where_in(source.path, source.text, max(offset, span.start))
