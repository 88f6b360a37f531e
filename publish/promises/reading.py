"""Reads a record, strictly. In: a file. Out: Promises, with the document rebuilt."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from publish.departure_rules import RULES
from publish.departures import check_closed, depart
from publish.model import Block, BlockKind, Departure, Document, Scope, Source, Span
from publish.preflight import read_preflight
from publish.problems import PublishError, SourceError, Where
from publish.promises.expected import (
    FORMAT,
    SUFFIX,
    ExpectedAttachment,
    ExpectedBookmark,
    ExpectedDestination,
    ExpectedFace,
    ExpectedLine,
    ExpectedLink,
    ExpectedStatement,
    Hyphen,
    Promises,
    ScopeInFile,
)
from publish.tables import Table

_T = TypeVar("_T")


def path_beside(pdf: Path) -> Path:
    """Return where the record of `pdf` stands."""
    return pdf.with_name(pdf.stem + SUFFIX)


def load(path: Path) -> Promises:
    """Read a record. Raises SourceError when it is not there, damaged or of another version."""
    return loads(record_text(path), str(path))


def record_text(path: Path) -> str:
    """Return the text of a record. Raises SourceError when it is not there or is no text."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise SourceError("there is no record of promises", where=Where(str(path))) from None
    except (OSError, UnicodeDecodeError) as problem:
        raise damaged(str(path), f"cannot be read as UTF-8 text ({problem})") from None


def loads(text: str, path: str) -> Promises:
    """Return the promises that `text` records; `path` is for messages.

    Raises SourceError when anything in it is missing, unknown, of the wrong kind or at odds with
    the transcription it holds.
    """
    return read_record(text, path, FORMAT, _promises)


def read_record(text: str, path: str, form: str, reader: Callable[[Table], _T]) -> _T:
    """Return what `reader` makes of a record in the form `form`. Raises SourceError as `loads` does."""
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as problem:
        raise damaged(path, f"is not valid JSON ({problem})") from None
    if not isinstance(data, dict):
        raise damaged(path, "does not hold one JSON object")
    if data.get("format") != form:
        raise damaged(path, f"is not in the form {form!r}")
    try:
        return reader(Table(data, path, text, SourceError))
    except (ValueError, KeyError) as problem:
        raise damaged(path, f"is at odds with itself ({problem})") from None


def damaged(path: str, message: str) -> PublishError:
    """Return (for raising) an error about a record that cannot be relied on."""
    return SourceError(
        message, where=Where(path), hint="Build the file again; that writes a new record."
    )


def _promises(top: Table) -> Promises:
    top.text("format")
    of_print = top.table("print")
    padding = of_print.integer("padding", 0)
    file, edition, standard = top.table("file"), top.table("edition"), top.table("standard")
    promises = Promises(
        path=top.path,
        sha256=file.text("sha256"),
        pages=file.integer("pages"),
        edition=edition.text("id"),
        version=edition.text("version"),
        title=edition.text("title"),
        language=edition.text("language"),
        product=top.text("product"),
        paper=top.text("paper"),
        form=top.text("form"),
        options=_read_texts(top.table("options")),
        preflight=read_preflight(of_print),
        padding=padding,
        standard=standard.text("name"),
        claims=standard.texts("claims"),
        pdf_version=standard.text("pdf_version"),
        document=read_document(top.table("document")),
        scopes=tuple(_read_scope(entry) for entry in top.tables("scopes")),
        hyphens=tuple(_read_hyphen(entry) for entry in top.tables("hyphens")),
        faces=tuple(_read_face(entry) for entry in top.tables("faces")),
        attachments=tuple(_read_attachment(entry) for entry in top.tables("attachments")),
        statements=tuple(_read_statement(entry) for entry in top.tables("statements")),
        bookmarks=tuple(_read_bookmark(entry) for entry in top.tables("bookmarks")),
        destinations=tuple(_read_destination(entry) for entry in top.tables("destinations")),
        links=tuple(_read_link(entry) for entry in top.tables("links")),
        lines=tuple(_read_line(entry) for entry in top.tables("lines")),
        labels=top.texts("labels"),
        versions=_read_texts(top.table("versions")),
    )
    for table in (file, edition, standard, top):
        table.close()
    return promises


def _read_span(table: Table) -> Span:
    span = Span(table.integer("start"), table.integer("end"))
    if not 0 <= span.start <= span.end:
        raise table.fail(f"characters {span.start} to {span.end} are no span", "start")
    return span


def _whole_span(table: Table) -> Span:
    span = _read_span(table)
    table.close()
    return span


def read_document(table: Table) -> Document:
    """Return the document that a record holds. Raises SourceError when it is at odds with itself."""
    kept = table.table("transcription")
    name, digest, text = kept.text("name"), kept.text("sha256"), kept.text("text")
    kept.close()
    if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != digest:
        raise kept.fail("the transcription in the record is not the one it names", "sha256")
    document = Document(
        id=table.text("id"),
        source=Source(path=name, name=name, sha256=digest, text=text),
        heading=_whole_span(table.table("heading")),
        dateline=_whole_span(table.table("dateline")),
        blocks=tuple(_read_block(entry) for entry in table.tables("blocks")),
        departures=tuple(_read_departure(entry, text) for entry in table.tables("departures")),
        number=_whole_span(table.table("number")) if "number" in table else None,
        source_line=_whole_span(table.table("source_line")) if "source_line" in table else None,
    )
    for key in ("number", "source_line"):  # asked for, so that `close` knows them
        table.table(key)
    table.close()
    try:
        check_closed(document)
    except SourceError as problem:
        raise damaged(table.path, problem.message) from None
    return document


def _read_block(table: Table) -> Block:
    block = Block(
        table.text("id"),
        BlockKind(table.text("kind")),
        _read_span(table),
        _whole_span(table.table("label")) if "label" in table else None,
        tuple(_read_row(row) for row in table.tables("rows")),
    )
    table.table("label")
    table.close()
    return block


def _read_row(table: Table) -> tuple[Span, ...]:
    row = tuple(_whole_span(cell) for cell in table.tables("cells"))
    table.close()
    return row


def _read_departure(table: Table, text: str) -> Departure:
    rule, span = table.text("rule"), _read_span(table)
    if rule not in RULES:
        raise table.fail(f"{rule!r} is no rule of departure", "rule")
    departure = depart(
        rule,
        text,
        span.start,
        span.end,
        table.text("printed"),
        Scope(table.text("scope")),
        moved_to=table.text("moved_to", ""),
        moved=table.text("moved", ""),
        reason=table.text("reason", ""),
    )
    if departure.source != table.text("source"):
        raise table.fail(f"the transcription has {departure.source!r} at {span.start}", "source")
    table.close()
    return departure


def _read_scope(table: Table) -> ScopeInFile:
    entry = ScopeInFile(Scope(table.text("scope")), table.text("prefix"))
    table.close()
    return entry


def _read_hyphen(table: Table) -> Hyphen:
    entry = Hyphen(Scope(table.text("scope")), table.text("block"), table.integer("offset"))
    table.close()
    return entry


def _read_bookmark(table: Table) -> ExpectedBookmark:
    entry = ExpectedBookmark(table.integer("level"), table.text("title"), table.text("destination"))
    table.close()
    return entry


def _read_destination(table: Table) -> ExpectedDestination:
    entry = ExpectedDestination(
        table.text("name"), table.integer("page"), table.number("left"), table.number("top")
    )
    table.close()
    return entry


def _read_link(table: Table) -> ExpectedLink:
    entry = ExpectedLink(
        table.integer("page"),
        table.text("target"),
        table.text("contents"),
        _read_rectangle(table),
    )
    table.close()
    return entry


def _read_rectangle(table: Table) -> tuple[float, float, float, float]:
    corners = table.numbers("rectangle")
    if len(corners) != 4:
        raise table.fail(f"a rectangle has four corners, not {len(corners)}", "rectangle")
    left, bottom, right, top = corners
    return left, bottom, right, top


def _read_line(table: Table) -> ExpectedLine:
    ends = table.numbers("extent")
    if len(ends) != 2:
        raise table.fail(f"a line has two ends, not {len(ends)}", "extent")
    entry = ExpectedLine(
        table.integer("number"),
        table.integer("page"),
        _read_rectangle(table),
        (ends[0], ends[1]),
        table.text("words"),
    )
    table.close()
    return entry


def _read_face(table: Table) -> ExpectedFace:
    entry = ExpectedFace(table.text("name"), table.text("sha256"))
    table.close()
    return entry


def _read_attachment(table: Table) -> ExpectedAttachment:
    entry = ExpectedAttachment(table.text("name"), table.text("sha256"), table.text("relationship"))
    table.close()
    return entry


def _read_statement(table: Table) -> ExpectedStatement:
    entry = ExpectedStatement(table.integer("page"), table.text("words"))
    table.close()
    return entry


def _read_texts(table: Table) -> dict[str, str]:
    return {name: table.text(name) for name in table.names()}
