"""Reads what edition.toml says of the witnesses: [[witness]], [[variant]] and [[question]].

In: the tables. Out: witnesses, the words in which they differ from the text, and what none of them tells.
"""

import re
from collections.abc import Mapping, Sequence

from publish.markdown import check_line
from publish.model import Anchor, Collated, Document, OpenQuestion, Variant, Witness, Work
from publish.problems import nearest
from publish.sources.apparatus import anchor, lemma_and_ordinal
from publish.tables import Table

Works = Mapping[str, Work]

_WAYS = tuple(way.value for way in Collated)


def read_witnesses(tables: Sequence[Table], works: Works) -> tuple[Witness, ...]:
    """Return the witnesses in the order of the file.

    Raises SourceError with the line for a siglum that is empty or given twice, and for a witness
    that does not say how much of it was collated: that is never taken for granted.
    """
    witnesses: list[Witness] = []
    for table in tables:
        witness = _witness(table, works)
        if witness.siglum in [earlier.siglum for earlier in witnesses]:
            raise table.fail(
                f"two witnesses have the siglum {witness.siglum!r}",
                "siglum",
                "Give the later one a siglum of its own.",
            )
        witnesses.append(witness)
    return tuple(witnesses)


def _witness(table: Table, works: Works) -> Witness:
    base = table.flag("base", default=False)
    siglum = table.text("siglum")
    if not re.fullmatch(r"\S+", siglum):
        raise table.fail(f"{siglum!r} is not a siglum", "siglum", "Write a letter or two.")
    witness = Witness(
        siglum=siglum,
        title=_line(table, "title", works),
        extent=_line(table, "extent", works),
        url=web_address(table, "url"),
        base=base,
        short=table.text("short", ""),
        original=table.flag("original", default=False),
        collated=_collated(table, base=base),
    )
    table.close()
    return witness


def _collated(table: Table, *, base: bool) -> Collated:
    if base:
        if "collated" in table:
            hint = "Take `collated` out: the others are collated with the base text."
            raise table.fail("the base text is not collated with itself", "collated", hint)
        return Collated.NONE
    way = table.text("collated")
    if way not in _WAYS:
        raise table.fail(f"'collated' cannot be {way!r}", "collated", nearest(way, _WAYS))
    return Collated(way)


def read_variants(
    tables: Sequence[Table], document: Document, witnesses: Sequence[Witness], works: Works
) -> tuple[Variant, ...]:
    """Return the variants in the order of their words in the text.

    Raises SourceError with the line for words that are not in the text, a siglum that no witness
    has or the base text has, a witness that was not collated, and a reading that is no other one.
    """
    variants = [_variant(table, document, witnesses, works) for table in tables]
    places = [variant.anchor.span for variant in variants]
    for index, table in enumerate(tables):
        if places[index] in places[:index]:
            hint = "Put all readings of these words into one entry."
            raise table.fail(f"{variants[index].lemma!r} has two entries", "lemma", hint)
    return tuple(sorted(variants, key=lambda v: (v.anchor.span.start, v.anchor.span.end)))


def _variant(
    table: Table, document: Document, witnesses: Sequence[Witness], works: Works
) -> Variant:
    lemma, ordinal = lemma_and_ordinal(table.text("lemma"))
    place = anchor(document, lemma, ordinal, table.where("lemma"))
    words = words_at(document, place)
    readings = table.table("readings")
    found = tuple((siglum, _reading(readings, siglum, words)) for siglum in readings.names())
    readings.close()
    if not found:
        hint = 'Write readings = { F = "…" }.'
        raise table.fail(f"the variant {lemma!r} has no reading", "readings", hint)
    _check_sigla(readings, witnesses)
    order = [witness.siglum for witness in witnesses]
    note = table.text("note", "")
    check_line(note, works, table.where("note"))
    table.close()
    return Variant(
        anchor=place,
        lemma=words,
        readings=tuple(sorted(found, key=lambda pair: order.index(pair[0]))),
        line=table.where("lemma").line,
        note=note,
    )


def words_at(document: Document, place: Anchor) -> str:
    """Return the transcription's own characters at a place, white space folded.

    Variants of signs would vanish in the reading text, whose quotation marks and dashes are set.
    """
    return " ".join(document.source.text[place.span.start : place.span.end].split())


def _reading(readings: Table, siglum: str, words: str) -> str:
    reading = " ".join(readings.text(siglum).split())
    if not reading:
        hint = (
            "Write the witness’s words; what it leaves out is told in `note`, with words around it."
        )
        raise readings.fail(f"the reading of {siglum} is empty", siglum, hint)
    if reading == words:
        raise readings.fail(
            f"the reading of {siglum} is the text’s own: {words!r}",
            siglum,
            "Take it out, or write what differs.",
        )
    return reading


def _check_sigla(readings: Table, witnesses: Sequence[Witness]) -> None:
    known = {witness.siglum: witness for witness in witnesses}
    others = sorted(siglum for siglum, witness in known.items() if not witness.base)
    for siglum in readings.names():
        witness = known.get(siglum)
        if witness is None:
            raise readings.fail(f"there is no witness {siglum!r}", siglum, nearest(siglum, others))
        if witness.base:
            hint = "Its words are the lemma; give the readings of other witnesses."
            raise readings.fail(f"{siglum} is the base text", siglum, hint)
        if witness.collated is Collated.NONE:
            hint = 'Write collated = "part" at the witness if a part of it was read.'
            raise readings.fail(
                f"the witness {siglum} was not collated and can have no reading", siglum, hint
            )


def read_questions(tables: Sequence[Table], works: Works) -> tuple[OpenQuestion, ...]:
    """Return what the editors could not find out, in the order of the file."""
    questions: list[OpenQuestion] = []
    for table in tables:
        told = _line(table, "told", works)
        if not told.strip():
            raise table.fail("'told' is empty", "told", "Write it, or take the entry out.")
        questions.append(OpenQuestion(told, table.where("told").line))
        table.close()
    return tuple(questions)


def _line(table: Table, key: str, works: Works) -> str:
    """Return a field that is set as one line of Markdown."""
    text = table.text(key)
    check_line(text, works, table.where(key))
    return text


def web_address(table: Table, key: str) -> str:
    """Return a web address, or nothing where none is given. It becomes a link of the finished file."""
    address = table.text(key, "")
    if address and not re.fullmatch(r"https?://\S+", address):
        hint = "Begin it with https://."
        raise table.fail(f"{key!r} must be a web address, not {address!r}", key, hint)
    return address
