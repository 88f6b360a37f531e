"""The editors' own words, piece by piece, each with its place in its file.

In: an edition. Out: a Prose for the head note, each note and essay, and each line of the other files.
The witnesses' words and the transcription are nobody's prose: no rule of style holds for them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from pathlib import Path

from publish.classroom import CLAIM, EXIT_TICKET, Handout, Lesson, Prompt
from publish.markdown import CITATION
from publish.model import Apparatus, Edition
from publish.problems import Where, where_in

MANIFEST, COMMENTARY, BIBLIOGRAPHY = "edition.toml", "commentary.md", "bibliography.toml"
PEOPLE, TERMS, TIMELINE = "people.toml", "terms.toml", "timeline.toml"
CLASSROOM, TEACHER = "classroom.toml", "teacher.toml"

# Stands for what is no word of the editors, so that every other character keeps its place.
_NO_WORD = "\0"
_ADDRESS = re.compile(r"(?<=\])\([^)]*\)|<(?:https?://|mailto:)[^>]*>")


class Of(StrEnum):
    """What a piece of prose is."""

    HEAD_NOTE = "head note"
    NOTE = "note"
    ESSAY = "essay"
    PERSON = "person"
    TERM = "term"
    EVENT = "event"
    APPARATUS = "apparatus"  # source note, witnesses, variants, open questions, resolutions
    WORK = "work"
    TITLE = "title"
    QUESTION = "question"
    ANSWER = "answer"
    HANDOUT = "handout"  # all else that students read, but for excerpts
    LESSON = "lesson"  # all else that the teacher reads
    PANEL = "panel"  # the words of an exhibit


# What an editor writes at length, and quotes in.
AT_LENGTH = (Of.HEAD_NOTE, Of.NOTE, Of.ESSAY)


@dataclass(frozen=True, slots=True)
class Prose:
    """A piece of the editors' words. `name` is what a message calls it: "the note 'delivery'"."""

    kind: Of
    name: str
    text: str  # Markdown
    path: str
    line: int  # of its entry or heading; 0: not known
    content: str  # of its file
    start: int  # of the text in `content`; -1 where it does not stand there as it is

    def where(self, offset: int = 0) -> Where:
        """Return the place of a character of the text; its entry's, where the file has it otherwise."""
        if self.start < 0:
            return Where(self.path, self.line, 1 if self.line else 0)
        return where_in(self.path, self.content, self.start + offset)

    @property
    def words(self) -> str:
        """Return the text with a sign that is no word for each character of an address."""
        return _ADDRESS.sub(_emptied, self.text)

    @property
    def own_words(self) -> str:
        """Return the text without addresses and without citations, every character in its place."""
        return CITATION.sub(_emptied, self.words)


def _emptied(match: re.Match[str]) -> str:
    return _NO_WORD * len(match[0])


def folder_of(edition: Edition) -> Path:
    """Return the seed folder, or the folder of a transcription that stands alone."""
    return Path(edition.document.source.path).parent


def content_of(edition: Edition, name: str) -> str:
    """Return the text of a file of the seed folder; nothing where the edition has no such file."""
    for file in edition.files:
        if file.name == name:
            return file.data.decode("utf-8-sig").replace("\r\n", "\n")
    return ""


def place_of(edition: Edition, name: str, pattern: str) -> Where:
    """Return the place of the first match of `pattern` in a file of the seed folder, else the file."""
    path, content = str(folder_of(edition) / name), content_of(edition, name)
    match = re.search(pattern, content, re.MULTILINE)
    return where_in(path, content, match.start()) if match else Where(path)


# The pieces of the edition that was asked about last: two dozen rules ask for the same.
_KEPT: list[tuple[Edition, tuple[Prose, ...]]] = []


def prose(edition: Edition) -> tuple[Prose, ...]:
    """Return every piece of prose that is not empty, file by file."""
    if not _KEPT or _KEPT[0][0] is not edition:
        _KEPT[:] = [(edition, tuple(_pieces(edition)))]
    return _KEPT[0][1]


def _pieces(edition: Edition) -> Iterator[Prose]:
    files: dict[str, tuple[str, tuple[int, ...]]] = {}
    for kind, name, text, file, line in _texts(edition):
        if text:
            if file not in files:
                content = content_of(edition, file)
                files[file] = content, _line_starts(content)
            content, starts = files[file]
            start = content.find(text, starts[min(max(0, line - 1), len(starts) - 1)])
            # A key of a table may stand above the one by which the table is known.
            start = content.find(text) if start < 0 else start
            yield Prose(kind, name, text, str(folder_of(edition) / file), line, content, start)


def _line_starts(content: str) -> tuple[int, ...]:
    """Return where each line begins, and where one more would."""
    lengths = (len(line) + 1 for line in content.split("\n"))
    return tuple(accumulate(lengths, initial=0))


_Text = tuple[Of, str, str, str, int]


def _texts(edition: Edition) -> Iterator[_Text]:
    apparatus = edition.apparatus
    if content_of(edition, MANIFEST):
        for name in ("title", "subtitle", "short_title"):
            yield Of.TITLE, f"the {name}", str(getattr(edition, name)), MANIFEST, 0
    # A body that is quoted below its heading is looked for from its own line on.
    yield Of.HEAD_NOTE, "the head note", apparatus.head_note.strip(), COMMENTARY, 0
    for note in apparatus.notes:
        yield Of.NOTE, f"the note {note.key!r}", note.body, COMMENTARY, note.line
    for essay in apparatus.essays:
        name = f"the essay {essay.key!r}"
        yield Of.TITLE, f"the title of {name}", essay.title, COMMENTARY, essay.line
        yield Of.ESSAY, name, essay.body, COMMENTARY, essay.line
    yield from _of_the_lists(apparatus)
    yield from _of_the_manifest(edition)
    yield from _of_the_handout(edition.classroom.handout)
    yield from _of_the_lesson(edition.classroom.lesson)
    for exhibit in edition.exhibits:
        for key, text, line in exhibit.texts():
            yield Of.PANEL, f"the panel’s {key}", text, exhibit.name, line
    for work in apparatus.works:
        for text in (work.short, work.full):
            yield Of.WORK, f"the work {work.key!r}", text, BIBLIOGRAPHY, 0


def _of_the_lists(apparatus: Apparatus) -> Iterator[_Text]:
    for person in apparatus.people:
        yield Of.PERSON, f"the person {person.key!r}", person.was, PEOPLE, person.line
    for term in apparatus.terms:
        yield Of.TERM, f"the term {term.key!r}", term.meant, TERMS, term.line
    for event in apparatus.timeline:
        name = f"the event of {event.day}"
        # The telegram is its own source.
        kind = Of.APPARATUS if event.this else Of.EVENT
        yield kind, name, event.told, TIMELINE, event.line
        yield Of.APPARATUS, name, event.disputed, TIMELINE, event.line


def _of_the_manifest(edition: Edition) -> Iterator[_Text]:
    apparatus = edition.apparatus
    for witness in apparatus.witnesses:
        for text in (witness.title, witness.extent):
            yield Of.APPARATUS, f"the witness {witness.siglum!r}", text, MANIFEST, 0
    for mark in edition.document.note_marks:
        name = f"the resolution of {mark.mark!r}"
        yield Of.APPARATUS, name, mark.resolution, MANIFEST, 0
    for variant in apparatus.variants:
        yield Of.APPARATUS, f"the variant {variant.lemma!r}", variant.note, MANIFEST, variant.line
    for number, question in enumerate(apparatus.questions, 1):
        yield Of.APPARATUS, f"open question {number}", question.told, MANIFEST, question.line
    for entry in edition.supplied:
        name = f"the note on the field {entry.field!r}"
        yield Of.APPARATUS, name, entry.note, MANIFEST, entry.line
    yield Of.APPARATUS, "the source note", apparatus.source_note.strip(), MANIFEST, 0


def _of_the_handout(handout: Handout) -> Iterator[_Text]:
    yield Of.TITLE, "the handout’s title", handout.title, CLASSROOM, 0
    for name in ("course", "central_question", "head_note", "heading_label", "excerpts_title"):
        told = "the handout’s " + name.replace("_", " ")
        yield Of.HANDOUT, told, str(getattr(handout, name)), CLASSROOM, 0
    for gloss in handout.glosses:
        yield Of.HANDOUT, f"the gloss on {gloss.words!r}", gloss.meaning, CLASSROOM, gloss.line
    for excerpt in handout.excerpts:
        name = f"the attribution of {excerpt.key!r}"
        yield Of.HANDOUT, name, excerpt.attribution, CLASSROOM, excerpt.line
    for question in handout.questions:
        name = f"the question {question.key!r}"
        yield Of.QUESTION, name, question.text, CLASSROOM, question.line
    for name, prompt in ((CLAIM, handout.claim), (EXIT_TICKET, handout.exit_ticket)):
        for text in _asked_in(prompt) if prompt else ():
            yield Of.QUESTION, f"the prompt {name!r}", text, CLASSROOM, prompt.line if prompt else 0
    for sentence in handout.adapted:
        yield Of.HANDOUT, "an adapted sentence", sentence.text, CLASSROOM, sentence.line
        yield Of.LESSON, "a change of the adapted text", sentence.change, CLASSROOM, sentence.line


def _asked_in(prompt: Prompt) -> Iterator[str]:
    yield prompt.text
    yield from (frame.words for frame in prompt.frames)
    if prompt.compact:
        yield prompt.compact


def _of_the_lesson(lesson: Lesson) -> Iterator[_Text]:
    for kind, name, texts, line in (*_lists_of_the_lesson(lesson), *_entries_of_the_lesson(lesson)):
        for text in texts:
            yield kind, name, text, TEACHER, line


_Texts = tuple[Of, str, tuple[str, ...], int]


def _lists_of_the_lesson(lesson: Lesson) -> Iterator[_Texts]:
    yield Of.LESSON, "the lesson’s summary", (lesson.summary,), 0
    yield Of.LESSON, "the note on the lesson’s timeline", (lesson.context_note,), 0
    for name in ("objectives", "materials", "starters", "levels"):
        yield Of.LESSON, f"one of the lesson’s {name}", getattr(lesson, name), 0


def _entries_of_the_lesson(lesson: Lesson) -> Iterator[_Texts]:
    for step in lesson.steps:
        yield Of.LESSON, f"the step {step.title!r}", (step.title, step.told), step.line
    for answer in lesson.answers:
        texts = (answer.text, *answer.look_for)
        yield Of.ANSWER, f"the answer to {answer.question!r}", texts, answer.line
    for each in lesson.misconceptions:
        yield Of.LESSON, "a misconception", (each.thought, each.correction), each.line
    for criterion in lesson.rubric:
        texts = (criterion.name, *criterion.levels)
        yield Of.LESSON, f"the criterion {criterion.name!r}", texts, criterion.line
    for event in lesson.context:
        yield Of.LESSON, f"the event of {event.when}", (event.told,), event.line
    for support in lesson.supports:
        name = f"the support for {support.who!r}"
        yield Of.LESSON, name, (support.who, support.told), support.line
