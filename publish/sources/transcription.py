"""Reads a transcription in plain text or light Markdown, as it stands.

In: bytes. Out: a Document, whose blocks are spans of the text and whose departures say how print
differs. Nothing is repaired: what is not understood stays in the text or is refused.

The form: a heading line (`## …`), a dateline, then blocks with blank lines between them: paragraphs,
list items (`- 1) …`), tables with pipes, section heads (`### …`), and last a source line (`Source: …`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from publish.departure_rules import BLOCK_BREAK
from publish.model import Block, BlockKind, Document, Scope, Source, Span
from publish.problems import SourceError, Where
from publish.sources.signs import Reading, conventions, gaps, note_marks

_HEADING = re.compile(r"#{1,2} +(?=\S)")
_SECTION = re.compile(r"#{1,6} +(?=\S)")
_BULLET = re.compile(r"[-*] +(?=\S)")
_LABEL = re.compile(r"(\(?[0-9]{1,3}[.)]|\(?[a-z][.)])(?= \S)")
_NUMBER = re.compile(r"(\d{1,6})\. +(?=\S)")
_SOURCE_LINE = re.compile(r"Source: *(?=\S)")
_TABLE_ROW = re.compile(r"\|.*\|[ \t]*")
_TABLE_RULE = re.compile(r"\|?(?: *:?-{3,}:? *\|)+(?: *:?-{3,}:? *)?")
_YEAR = re.compile(r"\b(?:1[789]|20)\d\d\b")
_LONGEST_DATELINE = 120  # characters; a longer line with a year in it is a paragraph
_SIGNATURE_WORDS = 6


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the file: its characters without line end, and whether it is blank."""

    span: Span
    text: str

    @property
    def blank(self) -> bool:
        return not self.text.strip()


def _lines(text: str) -> Iterator[_Line]:
    position = 1 if text.startswith("\ufeff") else 0
    for line in text[position:].splitlines(keepends=True):
        bare = line.rstrip("\r\n")
        yield _Line(Span(position, position + len(bare)), bare)
        position += len(line)


def read_document(
    document_id: str, source: Source, opens: Sequence[tuple[str, str]] = ()
) -> Document:
    """Return the document of a transcription.

    `opens` are (block id, first words) as stored in the seed folder, in order; without them blocks
    are called p1, p2, …. Raises SourceError when the text has no heading, dateline or block, or when
    the stored blocks are not those of the text.
    """
    reader = Reading(source.text, source.path)
    groups = list(_groups(list(_lines(source.text))))
    if not groups:
        raise SourceError(
            "the transcription is empty",
            where=Where(source.path),
            hint="Put the telegram’s text in it.",
        )
    heading = _heading(reader, groups)
    dateline = _dateline(reader, groups)
    source_line = _source_line(reader, groups)
    if not groups:
        raise reader.refuse(
            "nothing stands between dateline and source line",
            dateline.end,
            "A telegram has at least one block.",
        )
    blocks = _blocks(reader, groups, opens)
    for block in blocks:
        _refuse_tabs(reader, block)
    number = _number(reader, blocks)
    marks = tuple(note_marks(reader, blocks))
    passages = (
        heading,
        dateline,
        *(b.span for b in blocks),
        *([source_line] if source_line else []),
    )
    conventions(reader, passages)
    gaps(reader, passages)
    return Document(
        id=document_id, source=source, heading=heading, dateline=dateline, blocks=blocks,
        departures=tuple(sorted(reader.departures, key=lambda d: (d.span, d.scope))),
        number=number, source_line=source_line, note_marks=marks,
    )  # fmt: skip


def _groups(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Yield the lines of each block: blank lines part them, and so does each list item and heading."""
    group: list[_Line] = []
    for line in lines:
        starts = _BULLET.match(line.text) or _HEADING.match(line.text) or _SECTION.match(line.text)
        if group and (line.blank or starts):
            yield group
            group = []
        if not line.blank:
            group.append(line)
    if group:
        yield group


def _span(group: Sequence[_Line]) -> Span:
    first, last = group[0], group[-1]
    start = first.span.start + (len(first.text) - len(first.text.lstrip()))
    return Span(start, last.span.start + len(last.text.rstrip()))


def _heading(reader: Reading, groups: list[list[_Line]]) -> Span:
    group = groups.pop(0)
    match = _HEADING.match(group[0].text)
    if match is None or len(group) > 1:
        raise reader.refuse(
            "the transcription does not open with a heading",
            group[0].span.start,
            "Begin it with a line such as: ## Telegram from … to …",
        )
    start = group[0].span.start
    reader.depart("heading-sign", Span(start, start + match.end()))
    span = Span(start + match.end(), _span(group).end)
    reader.depart("heading-off-sheet", span, scope=Scope.FACSIMILE)
    return span


def _dateline(reader: Reading, groups: list[list[_Line]]) -> Span:
    group = groups[0] if groups else []
    words = group[0].text if len(group) == 1 else ""
    if len(words) > _LONGEST_DATELINE or not _YEAR.search(words):
        raise reader.refuse(
            "the transcription has no dateline under its heading",
            group[0].span.start if group else len(reader.text),
            "The line after the heading gives place and date with the year, such as: "
            "Washington, October 27, 1962, 8:05 p.m.",
        )
    span = _span(groups.pop(0))
    reader.depart("dateline-off-sheet", span, scope=Scope.FACSIMILE)
    return span


def _source_line(reader: Reading, groups: list[list[_Line]]) -> Span | None:
    if not groups or not _SOURCE_LINE.match(groups[-1][0].text):
        return None
    span = _span(groups.pop())
    reader.depart("source-line-off-sheet", span, scope=Scope.FACSIMILE)
    for match in re.finditer("[<>]", reader.text[span.start : span.end]):
        sign = Span(span.start + match.start(), span.start + match.end())
        reader.depart("angle-bracket", sign, scope=Scope.READING)
    return span


def _blocks(
    reader: Reading, groups: Sequence[list[_Line]], opens: Sequence[tuple[str, str]]
) -> tuple[Block, ...]:
    blocks = [_block(reader, f"p{index}", group) for index, group in enumerate(groups, 1)]
    if opens:
        blocks = _named(reader, blocks, [_span(group) for group in groups], opens)
    return tuple(_with_kinds(reader.text, blocks))


def _named(
    reader: Reading,
    blocks: Sequence[Block],
    whole: Sequence[Span],
    opens: Sequence[tuple[str, str]],
) -> list[Block]:
    named: list[Block] = []
    for index, block in enumerate(blocks):
        first_words = reader.text[whole[index].start : whole[index].start + 40].splitlines()[0]
        if index >= len(opens):
            raise reader.refuse(
                f"the block that opens {first_words!r} has no id in the seed folder",
                block.span.start,
                'Add a [[block]] with id and opens to edition.toml; an insertion after p3 is called "p3a".',
            )
        identifier, words = opens[index]
        if not reader.text.startswith(words, whole[index].start):
            raise reader.refuse(
                f"the block {identifier} should open {words!r} but opens {first_words!r}",
                block.span.start,
                "Correct `opens` in edition.toml; never give a block’s id to another block.",
            )
        named.append(replace(block, id=identifier))
    if len(opens) > len(blocks):
        raise reader.refuse(
            f"the block {opens[len(blocks)][0]} of edition.toml is not in the transcription",
            len(reader.text.rstrip()) - 1,
            f"It should open {opens[len(blocks)][1]!r}.",
        )
    return named


def _block(reader: Reading, identifier: str, group: Sequence[_Line]) -> Block:
    span = _span(group)
    if all(_TABLE_ROW.fullmatch(line.text.strip()) for line in group) and len(group) > 1:
        return _table(reader, identifier, group)
    kind = BlockKind.PARAGRAPH
    label = None
    if match := _SECTION.match(reader.text, span.start):
        reader.depart("heading-sign", Span(span.start, match.end()))
        span, kind = Span(match.end(), span.end), BlockKind.SECTION
    elif match := _BULLET.match(reader.text, span.start):
        reader.depart("list-hyphen", Span(span.start, match.end()))
        span, kind = Span(match.end(), span.end), BlockKind.ITEM
        if marked := _LABEL.match(reader.text, span.start):
            label = Span(span.start, marked.end())
    _join_lines(reader, span)
    return Block(identifier, kind, span, label)


def _refuse_tabs(reader: Reading, block: Block) -> None:
    for span in [cell for row in block.cells for cell in row] or [block.span]:
        if (offset := reader.text.find("\t", span.start, span.end)) >= 0:
            raise reader.refuse(
                "a tab stands within a passage",
                offset,
                "Write a space; a table has pipes between its cells.",
            )


def _join_lines(reader: Reading, span: Span) -> None:
    for match in re.finditer(r"[ \t]*(\r?)(\n)[ \t]*", reader.text[span.start : span.end]):
        if match[0] not in ("\n", "\r\n"):
            raise reader.refuse(
                "spaces stand beside a line end within a paragraph",
                span.start + match.start(),
                "Take them out of the transcription, or join the lines.",
            )
        if match[1]:
            reader.depart(
                "carriage-return", Span(span.start + match.start(1), span.start + match.end(1))
            )
        reader.depart(
            "line-join", Span(span.start + match.start(2), span.start + match.end(2)), " "
        )


def _table(reader: Reading, identifier: str, group: Sequence[_Line]) -> Block:
    """Read a pipe table: in print a tab stands between cells, a line end between rows."""
    if not _TABLE_RULE.fullmatch(group[1].text.strip()):
        raise reader.refuse(
            "a table has no line of hyphens under its head",
            group[0].span.start,
            "Put one there, such as |---|---|; without a table, take the signs | out.",
        )
    rows = [group[0], *group[2:]]
    cells = tuple(tuple(_cells(line)) for line in rows)
    if len({len(row) for row in cells}) != 1:
        raise reader.refuse(
            "the rows of the table differ in their number of cells",
            group[0].span.start,
            "Even them out.",
        )
    span = _span(group)
    position = span.start
    for row_index, row in enumerate(cells):
        for column, cell in enumerate(row):
            between = "\t" if column else (BLOCK_BREAK if row_index else "")
            if cell.start > position:
                reader.depart("table-sign", Span(position, cell.start), between)
            position = cell.end
    if span.end > position:
        reader.depart("table-sign", Span(position, span.end))
    return Block(identifier, BlockKind.TABLE, span, None, cells)


def _cells(line: _Line) -> Iterator[Span]:
    for match in re.finditer(r"\|([^|]+)(?=\|)", line.text):
        text = match[1]
        start = line.span.start + match.start(1) + len(text) - len(text.lstrip())
        yield Span(start, start + len(text.strip()))


def _with_kinds(text: str, blocks: list[Block]) -> Iterator[Block]:
    """Tell instruction, salutation and signature from paragraphs by where they stand and how they end."""
    plain = [block for block in blocks if block.kind is BlockKind.PARAGRAPH]
    for index, block in enumerate(blocks):
        words = text[block.span.start : block.span.end]
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if block.kind is not BlockKind.PARAGRAPH:
            yield block
        elif block is blocks[-1] and len(blocks) > 1 and _is_signature(words):
            yield replace(block, kind=BlockKind.SIGNATURE)
        elif block is plain[0] and following is not None and _is_salutation(text, following):
            yield replace(block, kind=BlockKind.INSTRUCTION)
        elif plain.index(block) <= 1 and _is_salutation(text, block):
            yield replace(block, kind=BlockKind.SALUTATION)
        else:
            yield block


def _is_signature(words: str) -> bool:
    return words.startswith("/s/") or (
        len(words.split()) <= _SIGNATURE_WORDS and words[-1] not in ".?!:;,"
    )


def _is_salutation(text: str, block: Block) -> bool:
    words = text[block.span.start : block.span.end].strip("\"'“”")
    return words.endswith((":", ",")) and words.split()[0] in (
        "Dear",
        "Sir",
        "Sir:",
        "Excellency:",
        "My",
    )


def _number(reader: Reading, blocks: Sequence[Block]) -> Span | None:
    """Find the telegram number that opens the first block of running text ("77. Following …")."""
    running = [b for b in blocks if b.kind not in (BlockKind.TABLE, BlockKind.SECTION)]
    match = _NUMBER.match(reader.text, running[0].span.start) if running else None
    if match is None or running[0].kind is BlockKind.ITEM:
        return None
    if any(_NUMBER.match(reader.text, block.span.start) for block in running[1:]):
        return None  # numbered paragraphs, not the number of the telegram
    span = Span(running[0].span.start, match.end())
    reader.depart(
        "number-to-action-line", span, scope=Scope.FACSIMILE, moved_to="number", moved=match[1]
    )
    return Span(match.start(1), match.end(1))
