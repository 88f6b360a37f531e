"""Reads the [[supplied]] entries of edition.toml: what a witness gives for fields that are left blank.

In: the entries, and what they refer to. Out: Supplied, each value proved to be words of its quotation.
"""

import re
from collections.abc import Mapping, Sequence

from publish.markdown import check_line
from publish.model import Drawn, Source, Supplied, Work
from publish.problems import nearest
from publish.tables import Table

_FIELD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def read_supplied(
    tables: Sequence[Table], source: Source, sigla: list[str], works: Mapping[str, Work]
) -> tuple[Supplied, ...]:
    """Return what is supplied, in the order of the file; white space in the witness's words is one space.

    A quotation from the transcription itself must stand in `source`. Raises SourceError with the
    line for an unknown witness, a value that is not in its quotation, nothing to show, and a field
    that is supplied twice.
    """
    entries: list[Supplied] = []
    for table in tables:
        entry = _entry(table, works)
        if entry.field in [earlier.field for earlier in entries]:
            raise table.fail(
                f"the field {entry.field!r} is supplied twice", "field", "Keep one entry."
            )
        _check_words(table, entry, source, sigla)
        entries.append(entry)
    return tuple(entries)


def _entry(table: Table, works: Mapping[str, Work]) -> Supplied:
    drawn, ways = table.text("drawn", Drawn.TYPED.value), [way.value for way in Drawn]
    if drawn not in ways:
        raise table.fail(f"'drawn' cannot be {drawn!r}", "drawn", nearest(drawn, ways))
    note = table.text("note", "")
    check_line(note, works, table.where("note"))
    entry = Supplied(
        field=table.text("field"),
        value=_folded(table, "value"),
        display=table.text("display"),
        witness=table.text("witness"),
        locator=_folded(table, "locator"),
        quotation=_folded(table, "quotation"),
        line=table.where("field").line,
        note=note,
        drawn=Drawn(drawn),
    )
    table.close()
    return entry


def _folded(table: Table, key: str) -> str:
    """Return words with one space between them. Raises SourceError where there are none."""
    words = " ".join(table.text(key).split())
    if not words:
        raise table.fail(f"{key!r} is empty", key, "Write it, or take the entry out.")
    return words


def _check_words(table: Table, entry: Supplied, source: Source, sigla: list[str]) -> None:
    if not _FIELD.fullmatch(entry.field):
        raise table.fail(
            f"the field {entry.field!r} is not made of lower-case letters, digits and hyphens",
            "field",
            "Write the id of a field of the form.",
        )
    if entry.witness not in sigla:
        raise table.fail(
            f"there is no witness {entry.witness!r}", "witness", nearest(entry.witness, sigla)
        )
    if not re.search(rf"(?<!\w){re.escape(entry.value)}(?!\w)", entry.quotation):
        raise table.fail(
            f"the value {entry.value!r} does not stand in the quotation {entry.quotation!r}",
            "value",
            "Take it from there, letter by letter; `display` is the place for another form of it.",
        )
    if entry.witness == source.siglum and entry.quotation not in " ".join(source.text.split()):
        raise table.fail(
            f"the quotation {entry.quotation!r} does not stand in the transcription",
            "quotation",
            f"{entry.witness} is the transcription: quote it as it stands.",
        )
    if not entry.display.strip():
        raise table.fail(
            f"the field {entry.field!r} would show nothing",
            "display",
            "Write what the form would show, or take the entry out.",
        )
    if _CONTROL.search(entry.display):
        raise table.fail("'display' is one line of printed characters", "display")
