"""Reads exhibit.md, and exhibit.<language>.md beside it: the words of an exhibit panel.

    # Title
    A public answer

    # Timeline
    Washington time
    - 1962-10-26T16:43+03:00 First letter reaches the Embassy in Moscow

In: the seed folder, its document and timeline. Out: Exhibits, that of the edition's language first.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from publish.departures import render
from publish.exhibit import ITALIC, KEYS, REQUIRED, TIMELINE, Exhibit, Row
from publish.model import Document, Scope
from publish.problems import SourceError, Where, nearest
from publish.sources.apparatus import nearest_words
from publish.sources.decoding import CONTROL
from publish.timeline import Timeline

EXHIBIT: Final = "exhibit.md"
CREDIT: Final = "credit"
_TRANSLATION: Final = re.compile(r"exhibit\.([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\.md")
_ROW: Final = re.compile(r"- +(\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?:Z|[+-]\d\d:\d\d))?):? +(\S.*)")
_MARKS: Final = re.compile(r"[*_`]|\]\(|<https?:|^[>|]|^#+ ", re.MULTILINE)
_PLAIN: Final = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u2060": ""})
_SENTENCE_BEFORE: Final = re.compile(r"(?:^|[.!?][\"”’')\]]* +|^[“\"'‘]?)$")
_SENTENCE_END: Final = re.compile(r".*[.!?][\"”’')\]]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Section:
    line: int  # of its first words
    paragraphs: tuple[str, ...]


def exhibit_files(folder: Path) -> tuple[str, ...]:
    """Return the names of a seed folder's files of panel words, that of its own language first."""
    others = sorted(path.name for path in folder.glob("exhibit.*.md"))
    return tuple(name for name in (EXHIBIT, *others) if (folder / name).is_file())


def read_exhibits(
    folder: Path, document: Document, timeline: Timeline, language: str
) -> tuple[Exhibit, ...]:
    """Return the words of panels, one Exhibit a language; none where there is no exhibit.md.

    Raises SourceError with file and line for a section that is missing, unknown, empty or given
    twice, a quotation that is not whole sentences of the telegram, an impossible moment, and a
    second language that lacks a section of the first.
    """
    read: list[Exhibit] = []
    for name in exhibit_files(folder):
        path = folder / name
        match = _TRANSLATION.fullmatch(name)
        if name != EXHIBIT and match is None:
            raise SourceError(
                f"the name {name!r} names no language",
                where=Where(str(path)),
                hint="Name it exhibit.es.md, for Spanish (BCP 47).",
            )
        if match and not read:
            raise SourceError(
                f"stands without an {EXHIBIT} beside it",
                where=Where(str(path)),
                hint="Write the panel in the edition’s own language first.",
            )
        sections = _sections(path)
        if read:
            _check_same_sections(read[0], sections, path)
        reader = _Reader(path, sections, document, timeline)
        read.append(reader.exhibit(match[1] if match else language, translated=bool(match)))
    return tuple(read)


def _sections(path: Path) -> dict[str, _Section]:
    found: dict[str, _Section] = {}
    for heading, line, body in _divided(path):
        key = heading.lower()
        if key not in KEYS:
            raise SourceError(
                f"there is no section {heading!r} of a panel",
                where=Where(str(path), line),
                hint=nearest(key, KEYS),
            )
        if key in found:
            raise SourceError(f"two sections are called {heading!r}", where=Where(str(path), line))
        first = next((n for n, text in enumerate(body) if text.strip()), 0)
        paragraphs = re.split(r"\n[ \t]*\n", "\n".join(body).strip())
        if not paragraphs[0].strip():
            raise SourceError(
                f"the section {heading!r} is empty",
                where=Where(str(path), line),
                hint="Write it, or take it out.",
            )
        joined = tuple(
            paragraph if key == TIMELINE else " ".join(paragraph.split())
            for paragraph in paragraphs
        )
        found[key] = _Section(line + 1 + first, joined)
        if marks := _marks_in(key, "\n".join(body), joined):
            raise SourceError(
                f"the section {heading!r} has {marks.strip()!r}, and a panel’s words are plain",
                where=Where(str(path), line + 1 + first),
                hint="Take the mark out. A credit alone may have a title between two asterisks.",
            )
    for key in REQUIRED:
        if key not in found:
            raise SourceError(
                f"the section {key!r} is missing",
                where=Where(str(path)),
                hint=f"Write # {key.capitalize()} and its words (docs/exhibit.md).",
            )
    return found


def _marks_in(key: str, text: str, paragraphs: Sequence[str]) -> str:
    """Return the first mark that is not of a panel's words; a credit may have titles between asterisks."""
    if key == CREDIT and not any(paragraph.count(ITALIC) % 2 for paragraph in paragraphs):
        text = text.replace(ITALIC, "")
    found = _MARKS.search(text)
    return found[0] if found else ""


def _divided(path: Path) -> Iterator[tuple[str, int, list[str]]]:
    """Yield each section's heading, the line of it, and the lines below."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise SourceError(
            f"cannot be read as UTF-8 text ({problem})", where=Where(str(path))
        ) from None
    if control := CONTROL.search(text):
        raise SourceError(
            f"the control character U+{ord(control[0]):04X} stands in the text",
            where=Where(str(path), text.count("\n", 0, control.start()) + 1),
            hint="Take it out.",
        )
    heading, at, body = "", 0, list[str]()
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("# "):
            if heading:
                yield heading, at, body
            heading, at, body = line[2:].strip(), number, []
        elif heading:
            body.append(line)
        elif line.strip():
            raise SourceError(
                "words stand before the first heading",
                where=Where(str(path), number),
                hint="Begin with # Kicker.",
            )
    if heading:
        yield heading, at, body


def _check_same_sections(first: Exhibit, sections: Mapping[str, _Section], path: Path) -> None:
    for key in first.lines:
        if key not in sections:
            raise SourceError(
                f"lacks the section {key!r}, which {first.name} has",
                where=Where(str(path)),
                hint=f"Translate it: # {key.capitalize()}.",
            )
    if TIMELINE in sections and TIMELINE not in first.lines:
        raise SourceError(f"has a {TIMELINE!r}, which {first.name} has not", where=Where(str(path)))


class _Reader:
    """One file of panel words."""

    def __init__(
        self, path: Path, sections: Mapping[str, _Section], document: Document, timeline: Timeline
    ) -> None:
        self.path, self.sections, self.timeline = path, sections, timeline
        self.passages = [passage.text for passage in render(document, Scope.READING).blocks]

    def exhibit(self, language: str, *, translated: bool) -> Exhibit:
        clock, rows = self._rows() if TIMELINE in self.sections else ("", ())
        quotation = self._one("quotation")
        return Exhibit(
            language=language,
            name=self.path.name,
            kicker=self._one("kicker"),
            title=self._one("title"),
            label=self.sections["label"].paragraphs,
            quotation=quotation if translated else self._quoted(quotation),
            quotation_credit=self._one("quotation credit"),
            statement=self._one("statement"),
            credit=self.sections[CREDIT].paragraphs,
            clock=clock,
            rows=rows,
            translated=translated,
            lines={key: section.line for key, section in self.sections.items()},
        )

    def _where(self, key: str) -> Where:
        return Where(str(self.path), self.sections[key].line)

    def _one(self, key: str) -> str:
        """Return a section that is one paragraph."""
        paragraphs = self.sections[key].paragraphs
        if len(paragraphs) > 1:
            raise SourceError(
                f"the section {key!r} has {len(paragraphs)} paragraphs, not one",
                where=self._where(key),
                hint="Only the label and the credit may have several.",
            )
        return paragraphs[0]

    def _quoted(self, words: str) -> str:
        """Return the quotation as the reading text prints it.

        Raises SourceError where it is not in the telegram, or is no whole sentence: a part of one may
        leave out the condition that the other part makes.
        """
        wanted = _comparable(words)
        for text in self.passages:
            start = _comparable(text).find(wanted)
            if start < 0:
                continue
            printed = text.replace("\u2060", "")
            end = start + len(wanted)
            if not _SENTENCE_BEFORE.search(printed[:start]):
                raise self._part_of_a_sentence("begins", printed[max(0, start - 40) : start])
            if not _SENTENCE_END.fullmatch(printed[start:end]) or printed[end : end + 1].isalnum():
                raise self._part_of_a_sentence("ends", printed[end : end + 40])
            return printed[start:end]
        near = nearest_words([_comparable(text) for text in self.passages], wanted)
        raise SourceError(
            "the quotation does not stand in the telegram",
            where=self._where("quotation"),
            hint=f"Nearest: {near!r}.",
        )

    def _part_of_a_sentence(self, verb: str, beyond: str) -> SourceError:
        return SourceError(
            f"the quotation {verb} within a sentence (beside {beyond.strip()!r})",
            where=self._where("quotation"),
            hint="Quote whole sentences: the rest may hold the condition of what is quoted.",
        )

    def _rows(self) -> tuple[str, tuple[Row, ...]]:
        section = self.sections[TIMELINE]
        lines = [
            (number, line.strip())
            for number, line in enumerate(
                "\n\n".join(section.paragraphs).splitlines(), section.line
            )
            if line.strip()
        ]
        clock = "" if lines[0][1].startswith("- ") else lines.pop(0)[1]
        if not clock or not lines:
            raise SourceError(
                "the timeline needs a line that names its clock, and rows below it",
                where=self._where(TIMELINE),
                hint="Write “Washington time”, then rows: - 1962-10-26T16:43+03:00 What happened",
            )
        return clock, tuple(self._row(number, line) for number, line in lines)

    def _row(self, number: int, line: str) -> Row:
        where = Where(str(self.path), number)
        match = _ROW.fullmatch(line)
        if match is None:
            raise SourceError(
                f"{line!r} is no row of the timeline",
                where=where,
                hint="Write - 1962-10-26T16:43+03:00 What happened",
            )
        try:
            moment = datetime.fromisoformat(match[1]) if "T" in match[1] else None
            day = moment.date() if moment else date.fromisoformat(match[1])
        except ValueError:
            raise SourceError(f"there is no such moment as {match[1]!r}", where=where) from None
        events = [
            event
            for event in self.timeline
            if (event.moment == moment if moment else event.day == day)
        ]
        shown = None
        if moment:
            clocks = self.timeline.clocks
            shown = clocks[0].shows(moment) if clocks else moment.replace(tzinfo=None)
        this = moment is not None and any(event.this for event in events)
        return Row(
            shown.date() if shown else day, shown, match[2].strip(), number, bool(events), this
        )


def _comparable(words: str) -> str:
    """Return words as they are searched: of one kind of quotation marks, character for character."""
    return words.translate(_PLAIN)
