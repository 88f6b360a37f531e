"""Every word of the transcription is in the file, as drawn and as heard.

In: a finished file and its record. Out: for each text that the file contains, block by block, the
first place where it differs from the replay of the transcription and its departures.

*As drawn* is what the glyph codes say, whatever the tags say about them. *As heard* is the same
with an element's replacement text (ActualText, Alt, an expansion) in place of what is below it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from publish.departures import render
from publish.model import BlockKind
from publish.promises import Promises, ScopeInFile
from publish.verify.outcome import Examined, Found, broken, kept, not_checked, record_of
from publish.verify.reading_back import FinishedFile
from publish.verify.tree import Content, Element

# What editors add inside the document's words: calls of notes, margins, links. The document's own
# words never stand in one, so a word hidden there is a word missed.
EDITORS = frozenset(("Reference", "Link", "Annot", "Note", "FENote"))
LINE_END_HYPHENS = ("\u00ad", "\u2010")
_WORD_JOINER = "\u2060"  # has no width and no shape: it only forbids a break
# Edges of the structure, in signs that no font of a file can yield (characters.py).
_ROW, _CELL, _LABEL_END = "\x1e", "\x1f", "\x1d"
OUTLINED = "its type is outlines, which no program reads"
_CONTEXT = 24  # characters shown on either side of a difference

Piece = tuple[str, int]  # characters and the page they stand on
Speaker = Callable[[Element], str | None]


@dataclass(frozen=True, slots=True)
class Passage:
    """What one element of the tree must say."""

    element: str  # its id
    text: str
    spoken: str  # as many characters, in the case in which they are heard
    label_length: int
    hyphens: tuple[int, ...]
    table: bool
    begins: bool = False  # it is the last of a text that is there in part: its beginning will do


@dataclass(frozen=True, slots=True)
class Difference:
    """The first difference of two texts: offsets in what was expected and in what was found."""

    expected_at: int
    found_at: int
    what: str


def passages(record: Promises, text: ScopeInFile, file: FinishedFile) -> Iterator[Passage]:
    """Yield what the file must say in one scope, in the order of the document.

    The source line is asked for only where an element has its id: in the reading edition it stands
    in the source note, among the editors' words. Of a text that is there in part, those up to the last
    that the file has, of which the beginning will do.
    """
    every = list(_every_passage(record, text, file))
    if not text.in_part:
        yield from every
        return
    shown = [number for number, passage in enumerate(every) if passage.element in file.tree.by_id]
    last = max(shown, default=0)
    for number, passage in enumerate(every[: last + 1]):
        yield replace(passage, begins=number == last)


def _every_passage(record: Promises, text: ScopeInFile, file: FinishedFile) -> Iterator[Passage]:
    document = record.document
    rendered = render(document, text.scope)
    hyphens: dict[str, list[int]] = {}
    for hyphen in record.hyphens:
        if hyphen.scope is text.scope:
            hyphens.setdefault(hyphen.block, []).append(hyphen.offset)
    kinds = {block.id: block.kind for block in document.blocks}
    for passage in rendered.passages():
        element = text.prefix + passage.id
        if passage is rendered.source_line and element not in file.tree.by_id:
            continue
        yield Passage(
            element,
            passage.text,
            passage.spoken,
            passage.label_length,
            tuple(sorted(hyphens.get(passage.id, ()))),
            kinds.get(passage.id) is BlockKind.TABLE,
        )


def moved_words(record: Promises, text: ScopeInFile) -> Iterator[Passage]:
    """Yield the words that departures moved out of the text into fields of a form."""
    rendered = render(record.document, text.scope)
    for field, words in rendered.moved.items():
        spoken = rendered.moved_spoken[field]
        yield Passage(text.prefix + field, words, spoken, 0, (), table=False)


def _nothing(_element: Element) -> str | None:
    return None


def _spoken(element: Element) -> str | None:
    for words in (element.spoken, element.alt, element.expansion):
        if words is not None:
            return words
    return None


def _as_it_is(text: str) -> str:
    return text


def _with_single_spaces(text: str) -> str:
    return re.sub(" {2,}", " ", text)


@dataclass(frozen=True, slots=True)
class Sense:
    """A way to take in an element: what may speak in its place, and how its spaces count."""

    speaker: Speaker
    words: Callable[[Passage], str]  # what it must take in of a passage
    spaced: Callable[[str], str]
    hyphens_needed: bool  # a block may be heard without the hyphens at its line ends


EYE = Sense(_nothing, lambda passage: passage.text, _as_it_is, hyphens_needed=True)
# Nobody hears two spaces, nor capitals.
EAR = Sense(_spoken, lambda passage: passage.spoken, _with_single_spaces, hyphens_needed=False)


def as_drawn(examined: Examined) -> Iterator[Found]:
    """The glyphs of every passage are, one by one, the characters of the replayed text."""
    if record_of(examined).options.get("type") == "outlined":
        yield not_checked(OUTLINED)
        return
    yield from _compare_all(examined, EYE)


def as_heard(examined: Examined) -> Iterator[Found]:
    """What a screen reader says of every passage is the replayed text, with single spaces."""
    record = record_of(examined)
    for text in record.scopes:
        for passage in passages(record, text, examined.file):
            yield from _spoken_over(examined.file, passage)
    yield from _compare_all(examined, EAR)


def _spoken_over(file: FinishedFile, passage: Passage) -> Iterator[Found]:
    """An element above a block that speaks for itself silences the block."""
    for element in file.tree.by_id.get(passage.element, ())[:1]:
        for above in element.above():
            if _spoken(above) is not None:
                yield broken(
                    f"the {above.type} above it speaks {_spoken(above)!r} in its place",
                    passage.element,
                )


def _compare_all(examined: Examined, sense: Sense) -> Iterator[Found]:
    record, file = record_of(examined), examined.file
    compared = characters = 0
    for text in record.scopes:
        for passage in (*passages(record, text, file), *moved_words(record, text)):
            compared, characters = compared + 1, characters + len(passage.text)
            yield from _compare(file, passage, sense)
    if not compared:
        yield not_checked("the record names no text of the document in this file")
        return
    yield kept(f"{compared} passages, {characters} characters")


def _compare(file: FinishedFile, passage: Passage, sense: Sense) -> Iterator[Found]:
    elements = file.tree.by_id.get(passage.element, [])
    if not elements:
        yield broken(f"no element has the id {passage.element!r}", passage.element)
        return
    pieces = list(_pieces(file, elements[0], sense.speaker))
    found = sense.spaced(_assembled(pieces, passage))
    expected, hyphens = _expected(passage, sense)
    difference = first_difference(expected, found, hyphens, hyphens_needed=sense.hyphens_needed)
    if difference is None:
        return
    if passage.begins and found.strip() and expected.startswith(found.rstrip(" ")):
        return
    page = file.page_name(_page_at(pieces, difference.found_at))
    yield broken(
        f"{difference.what}: expected {_context(expected, difference.expected_at)}, "
        f"found {_context(found, difference.found_at)}",
        f"{passage.element}, character {difference.expected_at + 1}, {page}",
    )


def _expected(passage: Passage, sense: Sense) -> tuple[str, tuple[int, ...]]:
    """Return the text that a sense expects, and where line-end hyphens may stand in it."""

    def taken_in(text: str) -> str:
        return sense.spaced(text.replace(_WORD_JOINER, ""))

    words = sense.words(passage)
    offsets = tuple(len(taken_in(words[:offset])) for offset in passage.hyphens)
    return taken_in(words), offsets


def _pieces(file: FinishedFile, element: Element, speaker: Speaker) -> Iterator[Piece]:
    """Yield an element's characters in reading order, without what editors put between them."""
    if (words := speaker(element)) is not None:
        yield words, element.page
        return
    for kid in element.kids:
        if type(kid) is Content:
            if 0 <= kid.page < file.page_count:
                yield file.drawn[kid.page].text(kid.mark), kid.page
        elif type(kid) is Element and kid.type not in EDITORS:
            if kid.type == "TR":
                yield _ROW, kid.page
            elif kid.type in ("TH", "TD"):
                yield _CELL, kid.page
            yield from _pieces(file, kid, speaker)
            if kid.type == "Lbl":
                yield _LABEL_END, kid.page


def _assembled(pieces: Sequence[Piece], passage: Passage) -> str:
    """Return the found characters, with the structure's edges as the replayed text has them."""
    found = "".join(piece for piece, _ in pieces).replace(_WORD_JOINER, "")
    if passage.table:
        before, *rows = found.split(_ROW)
        cells = [[cell.strip(" ") for cell in row.split(_CELL)[1:]] for row in rows]
        return before + "\n".join("\t".join(row) for row in cells)
    label, edge, rest = found.partition(_LABEL_END)
    if edge and not label.endswith(" ") and not rest.startswith(" "):
        # Label and body stand in columns of their own: the space between them is the edge itself.
        after = passage.text[passage.label_length :]
        label += after[: len(after) - len(after.lstrip(" "))]
    return (label + rest).replace(_LABEL_END, "").replace(_ROW, "").replace(_CELL, "")


def first_difference(
    expected: str, found: str, hyphens: Sequence[int], *, hyphens_needed: bool
) -> Difference | None:
    """Return where `found` first differs from `expected`, or None where it does not.

    A line-end hyphen may stand in `found` before each character that `hyphens` names, and nowhere
    else; with `hyphens_needed` it must.
    """
    at, start = 0, 0
    for stop in (*hyphens, len(expected)):
        run = expected[start:stop]
        if not found.startswith(run, at):
            same = _common(run, found[at : at + len(run)])
            return Difference(start + same, at + same, _kind(expected, found, start + same))
        at, start = at + len(run), stop
        if stop == len(expected):
            break
        if found[at : at + 1] in LINE_END_HYPHENS:
            at += 1
        elif hyphens_needed:
            return Difference(stop, at, "the recorded line-end hyphen is not there")
    if at != len(found):
        return Difference(len(expected), at, "there is more than expected")
    return None


def _common(one: str, other: str) -> int:
    for index, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return index
    return min(len(one), len(other))


def _kind(expected: str, found: str, at: int) -> str:
    if not found:
        return "nothing is there"
    return "the text breaks off" if expected.startswith(found) and at else "the text differs"


def _context(text: str, at: int) -> str:
    before, after = text[max(0, at - _CONTEXT) : at], text[at : at + _CONTEXT]
    return repr(f"{before}▸{after}")


def _page_at(pieces: Sequence[Piece], offset: int) -> int:
    """Return the page of the found character; near enough, where edges were closed up before it."""
    position = 0
    for piece, page in pieces:
        position += len(piece.replace(_WORD_JOINER, ""))
        if position > offset:
            return page
    return pieces[-1][1] if pieces else -1
