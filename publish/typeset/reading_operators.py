"""The drawing operators that WeasyPrint has put down for each page, before they are written.

Private to WeasyPrint 70.0, as reading_structure.py is: a page's stream is a list of operators, a marked
content begins with a `pydyf.Dictionary` that holds its MCID, and text ends with the operator ET. What is
done here: marked content becomes an artifact, a space is drawn after a word, numbers are given anew.
"""

from typing import Any

from publish.problems import RenderingError


class Operators:
    """The drawing operators of all pages: makes artifacts, appends spaces, numbers marked content anew."""

    def __init__(self, streams: list[Any], document: Any) -> None:
        import pydyf

        self._streams = streams
        self._opened: list[dict[int, int]] = []  # per page: MCID → index of its property list
        self._spaces: list[tuple[int, int]] = []
        for stream in streams:
            found: dict[int, int] = {}
            for index, operator in enumerate(stream.stream):
                if isinstance(operator, pydyf.Dictionary) and "MCID" in operator:
                    found[operator["MCID"]] = index
            self._opened.append(found)
        self._space_glyphs = {
            font.hash: glyph
            for font in document.fonts.values()
            for glyph, text in font.to_unicode.items()
            if text == " "
        }

    def make_artifacts(self, page: int, marks: set[int]) -> None:
        """Turn marked content into artifacts of pagination (ISO 32000-1, 14.8.2.2)."""
        stream = self._streams[page].stream
        for mark in marks:
            index = self._opened[page].pop(mark)
            stream[index - 1] = "/Artifact"
            properties = stream[index]
            del properties["MCID"]
            properties["Type"] = "/Pagination"

    def add_space(self, page: int, mark: int) -> None:
        """Remember to draw a space at the end of a marked content."""
        self._spaces.append((page, mark))

    def renumber(self) -> dict[tuple[int, int], int]:
        """Draw the spaces, and number each page's marked content from 0 without holes."""
        for page, mark in sorted(
            set(self._spaces), key=lambda pair: -self._opened[pair[0]][pair[1]]
        ):
            self._draw_space(page, self._opened[page][mark])
        numbers: dict[tuple[int, int], int] = {}
        import pydyf

        for page, stream in enumerate(self._streams):
            count = 0
            for operator in stream.stream:
                if isinstance(operator, pydyf.Dictionary) and "MCID" in operator:
                    numbers[page, operator["MCID"]] = count
                    operator["MCID"] = count
                    count += 1
        return numbers

    def _draw_space(self, page: int, start: int) -> None:
        operators = self._streams[page].stream
        end = start
        while operators[end] != b"ET":
            if operators[end] == b"EMC":
                raise RenderingError("a word was marked but not drawn, so no space can follow it")
            end += 1
        font = end
        while not (isinstance(operators[font], bytes) and operators[font].endswith(b" Tf")):
            font -= 1
        name, size, _ = operators[font].decode("ascii").split()
        glyph = self._space_glyphs.get(name[1:])
        if glyph is not None:
            operators.insert(end, f"<{glyph:04x}> Tj".encode("ascii"))
            return
        # This face has drawn no space, so its subset has none: take one of a face that has.
        other, glyph = min(self._space_glyphs.items())
        operators.insert(
            end, f"/{other} {size} Tf <{glyph:04x}> Tj {name} {size} Tf".encode("ascii")
        )
