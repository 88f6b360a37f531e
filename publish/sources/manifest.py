"""Reads a seed folder: edition.toml, and by its word the transcription, the commentary, the bibliography.

In: the folder. Out: a Collection of one Edition, whose departures account for every character.
"""

import hashlib
import os
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from publish.classroom import Classroom
from publish.departures import check_closed, render
from publish.fixity import CHANGES
from publish.languages import found_in
from publish.markdown import check, check_citations, check_line, pictures
from publish.model import (
    Apparatus,
    Collection,
    Document,
    Edition,
    ForeignPhrase,
    Layer,
    NoteMark,
    PageBreak,
    Scope,
    SeedFile,
    Source,
    Work,
)
from publish.problems import SourceError, Where, nearest
from publish.sources.apparatus import read_commentary
from publish.sources.changes import read_changes
from publish.sources.classroom import CLASSROOM, read_handout
from publish.sources.decoding import check_size, decode
from publish.sources.ignores import read_ignores
from publish.sources.imprint import read_ark, read_doi, read_name, read_names, read_printing
from publish.sources.lesson import TEACHER, read_lesson
from publish.sources.people import PEOPLE, TERMS, read_people, read_terms
from publish.sources.supplied import read_supplied
from publish.sources.timeline import TIMELINE, read_timeline
from publish.sources.transcription import read_document
from publish.sources.witnesses import read_questions, read_variants, read_witnesses, web_address
from publish.tables import Table, read_toml
from publish.timeline import texts as timeline_texts

MANIFEST = "edition.toml"
COMMENTARY = "commentary.md"
BIBLIOGRAPHY = "bibliography.toml"

Works = Mapping[str, Work]

_IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def _bytes(path: Path) -> bytes:
    try:
        # Asked first: a pipe would never end, and a volume of gigabytes would fill the memory.
        if path.exists() and not path.is_file():
            raise SourceError(
                "is not a file",
                where=Where(str(path)),
                hint="Give a transcription or a seed folder.",
            )
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            check_size(size, str(path))
            return file.read()
    except FileNotFoundError:
        raise SourceError(
            "there is no such file", where=Where(str(path)), hint="Check the name."
        ) from None
    except OSError as problem:
        raise SourceError(f"cannot be read: {problem.strerror}", where=Where(str(path))) from None


def _slug(stem: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "telegram"


def read_transcription_alone(path: Path) -> Collection:
    """Read a transcription without a seed folder: an edition without editors, version or commentary."""
    data = _bytes(path)
    text = decode(data, str(path))
    identifier = _slug(path.stem)
    source = Source(str(path), path.name, hashlib.sha256(data).hexdigest(), text)
    document = read_document(identifier, source)
    check_closed(document)
    title = render(document, Scope.READING).heading.text
    files = (SeedFile(path.name, data),)
    edition = Edition(identifier, title, "en-US", "", document, Apparatus(), files=files)
    return Collection(identifier, title, (edition,))


def transcription_of(folder: Path) -> str:
    """Return the name of the transcription that a seed folder's manifest gives, or ""."""
    table = read_toml(folder / MANIFEST, SourceError).table("transcription")
    return table.text("file", "")


def read_seed(folder: Path) -> Collection:
    """Read a seed folder. Raises SourceError with file, line and next step."""
    top = read_toml(folder / "edition.toml", SourceError)
    identifier = top.text("id")
    if not _IDENTIFIER.fullmatch(identifier):
        raise top.fail(
            f"the id {identifier!r} is not made of lower-case letters, digits and hyphens",
            "id",
            f"Write {_slug(identifier)!r}.",
        )
    language = top.text("language")
    if not _LANGUAGE.fullmatch(language):
        raise top.fail(
            f"{language!r} is not a language tag", "language", "Write one such as en-US (BCP 47)."
        )
    document = _document(folder, top, identifier)
    works = _bibliography(folder / BIBLIOGRAPHY)
    witnesses = read_witnesses(top.tables("witness"), works)
    sigla = [witness.siglum for witness in witnesses]
    document = replace(
        document,
        transmission=_layer(top.table("telegram"), "telegram"),
        enclosed=_layer(top.table("letter"), "letter"),
        page_breaks=tuple(
            _page_break(entry, document, sigla) for entry in top.tables("page_break")
        ),
        note_marks=_resolved(document, top.tables("note_mark"), works),
    )
    people = read_people(folder / PEOPLE, works)
    commentary = read_commentary(folder / COMMENTARY, document, works.values())
    apparatus = Apparatus(
        head_note=commentary.head_note, notes=commentary.notes, essays=commentary.essays,
        works=tuple(works.values()), witnesses=witnesses,
        source_note=_source_note(top.table("source_note"), works, folder),
        variants=read_variants(top.tables("variant"), document, witnesses, works),
        questions=read_questions(top.tables("question"), works),
        people=people, terms=read_terms(folder / TERMS, works, people),
        timeline=read_timeline(folder / TIMELINE, works),
        ignores=read_ignores(top.tables("ignore")),
    )  # fmt: skip
    handout = read_handout(folder / CLASSROOM, document)
    lesson = read_lesson(folder / TEACHER, document, handout, works)
    title = top.text("title")
    edition = Edition(
        id=identifier, title=title, language=language, version=top.text("version"),
        document=document, apparatus=apparatus,
        subtitle=top.text("subtitle", ""), short_title=top.text("short_title", title),
        subject=top.text("subject", ""), keywords=top.texts("keywords", ()),
        released=top.day("released"), editors=read_names(top, "editors"), rights=top.texts("rights", ()),
        form=top.text("form", ""), url=web_address(top, "url"), doi=read_doi(top), ark=read_ark(top),
        publisher=top.text("publisher", ""), printing=read_printing(top.table("printing")),
        changes=read_changes(folder / CHANGES, works),
        foreign=tuple(_foreign(entry, document, apparatus) for entry in top.tables("foreign")),
        files=_files(folder, document.source, apparatus),
        supplied=read_supplied(top.tables("supplied"), document.source, sigla, works),
        classroom=Classroom(handout, lesson),
    )  # fmt: skip
    top.close()
    return Collection(identifier, title, (edition,))


def _foreign(table: Table, document: Document, apparatus: Apparatus) -> ForeignPhrase:
    phrase = ForeignPhrase(table.text("words"), table.text("language"))
    table.close()
    if not _LANGUAGE.fullmatch(phrase.language):
        hint = "Write one such as ru or fr (BCP 47)."
        raise table.fail(f"{phrase.language!r} is not a language tag", "language", hint)
    texts = (document.source.text, apparatus.head_note, apparatus.source_note)
    works = (text for work in apparatus.works for text in (work.short, work.full))
    essays = (f"{essay.title} {essay.body}" for essay in apparatus.essays)
    every = (*texts, *works, *(f"{note.lemma} {note.body}" for note in apparatus.notes), *essays)
    every += timeline_texts(apparatus.timeline)
    every += tuple(f"{person.sort} {person.original} {person.was}" for person in apparatus.people)
    every += tuple(f"{term.term} {term.meant}" for term in apparatus.terms)
    if not any(True for text in every for _ in found_in(text, (phrase,))):
        raise table.fail(
            f"the words {phrase.words!r} stand nowhere in the edition",
            "words",
            "Quote them as they stand, or take the entry out.",
        )
    return phrase


def _files(folder: Path, source: Source, apparatus: Apparatus) -> tuple[SeedFile, ...]:
    """Return every file that the edition was read from, the transcription first."""
    notes = (note.body for note in apparatus.notes)
    essays = (essay.body for essay in apparatus.essays)
    texts = (apparatus.head_note, apparatus.source_note, *notes, *essays)
    drawn = {name: None for text in texts for name in pictures(text)}
    named = (COMMENTARY, BIBLIOGRAPHY, TIMELINE, PEOPLE, TERMS, CLASSROOM, TEACHER, CHANGES)
    beside = [name for name in named if (folder / name).is_file()]
    return (
        # Decoding drops nothing, a byte-order mark neither, so these are the bytes that were read.
        SeedFile(source.name, source.text.encode("utf-8")),
        *(SeedFile(name, _bytes(folder / name)) for name in (MANIFEST, *beside, *drawn)),
    )


def _document(folder: Path, top: Table, identifier: str) -> Document:
    table = top.table("transcription")
    name = table.text("file")
    path = folder / name
    if path.resolve().parent != folder.resolve():
        raise table.fail(
            f"the transcription {name!r} is not in the seed folder itself", "file", "Put it there."
        )
    data = _bytes(path)
    sha256 = hashlib.sha256(data).hexdigest()
    if (declared := table.text("sha256", sha256)) != sha256:
        raise table.fail(
            f"the transcription has the sha256 {sha256}, not {declared[:16]}…",
            "sha256",
            "The bytes were changed: restore them, or release a new version with the new hash.",
        )
    source = Source(
        str(path), name, sha256, decode(data, str(path)), table.text("siglum", ""), table.text("holder", ""),
        table.text("title", ""), table.text("url", ""), table.text("retrieved", ""), table.text("rights", ""),
    )  # fmt: skip
    table.close()
    opens: list[tuple[str, str]] = []
    for entry in top.tables("block"):
        opens.append((entry.text("id"), entry.text("opens")))
        entry.close()
    names = [block_id for block_id, _ in opens]
    for block_id in names:
        if not re.fullmatch(r"p\d+[a-z]*", block_id) or names.count(block_id) > 1:
            raise top.fail(
                f"the block id {block_id!r} is malformed or given twice",
                "block",
                "Write p1, p2, p2a …",
            )
    document = read_document(identifier, source, opens)
    check_closed(document)
    return document


def _layer(table: Table, what: str) -> Layer | None:
    if not table.names():
        return None
    layer = Layer(
        read_name(table, "from"), read_name(table, "to"), table.text("signed", ""), what,
        table.text("place", ""), table.day("date", None),
    )  # fmt: skip
    table.close()
    return layer


def _page_break(table: Table, document: Document, sigla: list[str]) -> PageBreak:
    witness, page, after = table.text("witness"), table.text("page"), table.text("after")
    table.close()
    if witness not in sigla:
        raise table.fail(f"there is no witness {witness!r}", "witness", nearest(witness, sigla))
    places = [match.end() for match in re.finditer(re.escape(after), document.source.text)]
    if len(places) != 1:
        raise table.fail(
            f"the words {after!r} stand {len(places)} times in the transcription, not once",
            "after",
            "Quote the last words before the break, as many as make them unique.",
        )
    text = document.source.text
    offset = places[0]
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return PageBreak(witness, page, offset)


def _resolved(document: Document, tables: tuple[Table, ...], works: Works) -> tuple[NoteMark, ...]:
    resolutions: dict[str, str] = {}
    known = [mark.mark for mark in document.note_marks]
    for table in tables:
        mark = table.text("mark")
        if mark not in known:
            raise table.fail(
                f"the transcription has no note mark {mark!r}", "mark", nearest(mark, known)
            )
        resolutions[mark] = _line(table, "resolution", works)
        table.close()
    return tuple(
        replace(mark, resolution=resolutions.get(mark.mark, "")) for mark in document.note_marks
    )


def _source_note(table: Table, works: Works, folder: Path) -> str:
    text = table.text("text", "")
    table.close()
    where = table.where("text")
    check(text, where.path, where.line, folder)
    check_citations(text, works, where.path, where.line)
    return text


def _line(table: Table, key: str, works: Works) -> str:
    """Return a field that is set as one line of Markdown."""
    text = table.text(key)
    check_line(text, works, table.where(key))
    return text


def _bibliography(path: Path) -> dict[str, Work]:
    if not path.is_file():
        return {}
    top = read_toml(path, SourceError)
    works: dict[str, Work] = {}
    for key in top.names():
        table = top.table(key)
        if not _IDENTIFIER.fullmatch(key):
            raise table.fail(
                f"the key {key!r} is not made of lower-case letters, digits and hyphens",
                hint=f"Write [{_slug(key)}]: so it is cited, [@{_slug(key)}, place].",
            )
        # A short title is what a citation prints, so it holds none itself.
        works[key] = Work(
            key, _line(table, "short", {}), _line(table, "full", {}), web_address(table, "url")
        )
        table.close()
    return works
