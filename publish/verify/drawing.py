"""What the content streams of a page draw: each shown glyph code as a character, in order.

In: a page's content stream and its fonts. Out: the characters, sorted by the marked content they
stand in. Nothing is guessed: no space is put in, taken out or merged, whatever lies where on the
page, and an ActualText is reported but never followed.

Why not an extractor: pdfium's text page, like every extractor that serves a search box, squeezes
runs of spaces, puts its own spaces where type is set apart, drops a word printed twice in one place
and follows ActualText (seen with pdfium 8149; tests/test_verify_drawing.py holds the proof).
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from publish.problems import PromiseError
from publish.verify.characters import Characters
from publish.verify.objects import Objects, Stream, Value, name_of, parse

# A string may hold balanced parentheses without a backslash; three levels are more than any engine
# writes, and a fourth is refused, never misread.
_PLAIN = rb"[^()\\]++|\\."
_STRING = rb"\((?:" + _PLAIN + rb"|\((?:" + _PLAIN + rb"|\((?:" + _PLAIN + rb")*+\))*+\))*+\)"
_HEXADECIMAL = rb"<[0-9A-Fa-f\s]*+>"
_INNER = rb"[^<>()]++|" + _HEXADECIMAL + rb"|" + _STRING
_DICTIONARY = rb"<<(?:" + _INNER + rb"|<<(?:" + _INNER + rb")*+>>)*+>>"
_TOKEN = re.compile(
    rb"|".join((
        _STRING,
        _DICTIONARY,
        _HEXADECIMAL,
        rb"/[^\s()<>\[\]{}/%]*+",
        rb"%[^\r\n]*+",
        rb"BI(?=[\s/]).*?\sID\s.*?\sEI(?!\S)",  # an inline picture
        rb"[37]\s+Tr(?![^\s/\[(<%])",  # text is drawn without ink from here on
        rb"[A-Za-z'\"][A-Za-z0-9*'\"]*+",
        rb"[()<>{}]",  # the rest of something that was never closed
    )),
    re.DOTALL,
)  # fmt: skip
_ONLY_A_NUMBER = re.compile(rb"<<\s*/MCID\s+(\d+)\s*>>")
_MARKING = frozenset((b"BDC", b"BMC", b"EMC"))
_STATE = frozenset((b"q", b"Q", b"Tf", b"Do", b"gs"))
_SHOWING = frozenset((b"Tj", b"TJ", b"'", b'"'))
_SPOKEN_KEYS = ("ActualText", "Alt", "E")
_DEEPEST_FORM = 12
_MOST_FORMS = 10_000  # drawn on one page; more are a trap, not a page


class Mark(NamedTuple):
    """Marked content: its number in the page's own content (form 0) or in a form that it draws."""

    form: int
    mcid: int


@dataclass(slots=True)
class Drawn:
    """All text that a page draws."""

    marked: dict[Mark, list[str]] = field(default_factory=dict)  # what each marked content shows
    opened: Counter[Mark] = field(default_factory=Counter)  # how often each was opened
    artifacts: list[str] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)  # text that is neither content nor artifact
    replaced: list[str] = field(default_factory=list)  # marks that speak other words than they draw
    faults: list[str] = field(default_factory=list)
    inkless: list[str] = field(default_factory=list)  # text drawn in an invisible rendering mode
    layered: list[str] = field(default_factory=list)  # text within optional content, in order
    unlayered: list[str] = field(default_factory=list)  # all other text, in order

    def text(self, mark: Mark) -> str:
        """Return the characters of one marked content."""
        return "".join(self.marked.get(mark, ()))

    def everything(self) -> Iterator[str]:
        """Yield every shown string of the page, artifacts too, in no promised order."""
        for shown in self.marked.values():
            yield from shown
        yield from self.artifacts
        yield from self.unmarked


class Fonts:
    """The fonts of a file, each read once."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._known: dict[int, Characters] = {}

    def get(self, resources: dict[str, Value], name: str) -> Characters:
        """Return the font that `resources` call `name`. Raises PromiseError when there is none."""
        entry = self._objects.dictionary(resources.get("Font")).get(name)
        font = self._objects.dictionary(entry)
        if not font:
            raise PromiseError(f"text is set in {name}, which is no font of the page")
        if id(font) not in self._known:  # Objects keeps what it parsed, so the identity lasts
            self._known[id(font)] = Characters(self._objects, font)
        return self._known[id(font)]

    def all(self) -> tuple[Characters, ...]:
        """Return every font in which text was drawn so far."""
        return tuple(self._known.values())


def draw(objects: Objects, fonts: Fonts, page: dict[str, Value]) -> Drawn:
    """Return what a page draws. Raises PromiseError when its content cannot be read."""
    parts = [objects.get(part) for part in objects.array(page.get("Contents"))]
    streams = [part for part in parts if type(part) is Stream]
    if len(streams) != len(parts):
        raise PromiseError("the page’s content is not a stream")
    pen = _Pen(objects, fonts)
    # The pieces of a page's content are one stream, with white space between (7.8.2).
    data = b"\n".join(objects.data(stream) for stream in streams)
    pen.draw(data, inherited(objects, page, "Resources"), 0)
    return pen.drawn


def inherited(objects: Objects, page: dict[str, Value], key: str) -> dict[str, Value]:
    """Return a dictionary that a page has or takes over from the tree of pages above it."""
    for _ in range(_DEEPEST_FORM):
        if key in page:
            return objects.dictionary(page[key])
        page = objects.dictionary(page.get("Parent"))
    return {}


def _joined(operands: list[bytes]) -> list[bytes]:
    """Return the strings of one showing operator, those of single glyphs put together.

    WeasyPrint writes each glyph as a string of its own, to set the space after it: read one by one,
    27,000 of them cost a tenth of the whole verification.
    """
    strings = [token for token in operands if token[0] in b"(<"]
    if len(strings) < 2 or any(token[0] == 0x28 or len(token) % 4 != 2 for token in strings):
        return strings
    digits = b"".join([token[1:-1] for token in strings])
    return [b"<" + digits + b">"] if digits.isalnum() else strings


def _opens_layer(operator: bytes, operands: list[bytes]) -> bool:
    """Say whether marked content is optional, whatever group its properties name (8.11.3.2)."""
    from_the_end = 2 if operator == b"BDC" else 1
    tag = operands[-from_the_end] if len(operands) >= from_the_end else b""
    return tag == b"/OC" or (b"#" in tag and name_of(tag) == "OC")


class _Pen:
    """The state of one page's drawing: font, ink, layer, and the marked content that is open."""

    def __init__(self, objects: Objects, fonts: Fonts) -> None:
        self.drawn = Drawn()
        self._objects = objects
        self._fonts = fonts
        self._font: Characters | None = None
        self._inkless = False
        self._sink = self.drawn.unmarked
        self._layer = self.drawn.unlayered
        self._open: list[tuple[list[str], list[str]]] = []  # sinks and layers to return to
        self._depth = 0
        self._forms = 0

    def draw(self, data: bytes, resources: dict[str, Value], form: int) -> None:
        """Carry out the operators of one stream. What it opens it must close."""
        operands: list[bytes] = []
        saved: list[tuple[Characters | None, bool]] = []
        opened_before = len(self._open)
        for token in _TOKEN.findall(data):
            if token[0] in b"(</%" and len(token) > 1:
                if token[0] != 0x25:  # "%" opens a comment
                    operands.append(token)
                continue
            if token in _SHOWING:
                self._show(operands)
            elif token in _MARKING:
                self._mark(token, operands, resources, form)
            elif token in _STATE or token[-2:] == b"Tr":
                self._change(token, operands, resources, saved)
            elif token[0] in b"()<>{}/":
                raise PromiseError("a string, name or dictionary in the content is not closed")
            operands.clear()
        if len(self._open) != opened_before:
            self.drawn.faults.append("marked content is opened and not closed")

    def _show(self, operands: list[bytes]) -> None:
        if self._font is None:
            raise PromiseError("text is shown before a font is chosen")
        read = self._font.read
        shown = [read(token) for token in _joined(operands)]
        self._sink.extend(shown)
        self._layer.extend(shown)
        if self._inkless:
            self.drawn.inkless.extend(shown)

    def _change(
        self,
        operator: bytes,
        operands: list[bytes],
        resources: dict[str, Value],
        saved: list[tuple[Characters | None, bool]],
    ) -> None:
        if operator == b"q":
            saved.append((self._font, self._inkless))
        elif operator == b"Q":
            if saved:
                self._font, self._inkless = saved.pop()
        elif operator == b"Do":
            self._draw_form(operands, resources)
        elif operator == b"gs":
            self._refuse_hidden_font(operands, resources)
        elif operator == b"Tf":
            if not operands:
                raise PromiseError("a font is chosen without a name")
            self._font = self._fonts.get(resources, name_of(operands[-1]))
        else:
            self._inkless = len(operator) > 2  # "3 Tr", "7 Tr"; a bare "Tr" had another number

    def _refuse_hidden_font(self, operands: list[bytes], resources: dict[str, Value]) -> None:
        """A graphics state may choose a font (8.4.5, Font). No engine of ours does."""
        states = self._objects.dictionary(resources.get("ExtGState"))
        state = states.get(name_of(operands[-1])) if operands else None
        if "Font" in self._objects.dictionary(state):
            raise PromiseError("a graphics state chooses the font, which is not followed here")

    def _draw_form(self, operands: list[bytes], resources: dict[str, Value]) -> None:
        name = name_of(operands[-1]) if operands else ""
        entry = self._objects.dictionary(resources.get("XObject")).get(name)
        form = self._objects.get(entry)
        if type(form) is not Stream or form.dictionary.get("Subtype") != "Form":
            return
        self._forms += 1
        if self._depth >= _DEEPEST_FORM or self._forms > _MOST_FORMS:
            raise PromiseError("forms draw one another without end")
        before = self._font, self._inkless, self._layer
        if "OC" in form.dictionary:
            self._layer = self.drawn.layered
        self._depth += 1
        own = self._objects.dictionary(form.dictionary.get("Resources"))
        self.draw(self._objects.data(form), own or resources, form.number)
        self._depth -= 1
        self._font, self._inkless, self._layer = before

    def _mark(
        self, operator: bytes, operands: list[bytes], resources: dict[str, Value], form: int
    ) -> None:
        if operator == b"EMC":
            if not self._open:
                self.drawn.faults.append("marked content is closed that was not open")
                return
            self._sink, self._layer = self._open.pop()
            return
        self._open.append((self._sink, self._layer))
        if _opens_layer(operator, operands):
            self._layer = self.drawn.layered
        if operands and operands[0] == b"/Artifact":
            if self._is_content(self._sink):
                self.drawn.faults.append("an artifact stands inside tagged content")
            self._sink = self.drawn.artifacts
        if operator == b"BDC" and len(operands) > 1:
            self._number(operands[1], resources, form)

    def _number(self, token: bytes, resources: dict[str, Value], form: int) -> None:
        """Send the text that follows to the marked content whose properties are `token`."""
        if simple := _ONLY_A_NUMBER.fullmatch(token):
            mcid: Value = int(simple[1])
        else:
            properties = self._properties(token, resources)
            mcid = properties.get("MCID")
            self.drawn.replaced += [
                f"/{key} {self._objects.text(properties[key])!r}"
                for key in _SPOKEN_KEYS
                if key in properties
            ]
        if type(mcid) is not int:
            return
        if self._sink is self.drawn.artifacts:
            self.drawn.faults.append(f"tagged content {mcid} stands inside an artifact")
        mark = Mark(form, mcid)
        self.drawn.opened[mark] += 1
        self._sink = self.drawn.marked.setdefault(mark, [])

    def _properties(self, token: bytes, resources: dict[str, Value]) -> dict[str, Value]:
        if token[:1] == b"/":
            listed = self._objects.dictionary(resources.get("Properties"))
            return self._objects.dictionary(listed.get(name_of(token)))
        return self._objects.dictionary(parse(token))

    def _is_content(self, sink: list[str]) -> bool:
        return sink is not self.drawn.artifacts and sink is not self.drawn.unmarked
