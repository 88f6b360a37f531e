"""What a class is given with a document, and what its teacher has beside it.

`Handout` holds every word that the editors write for students, `Lesson` every word for the teacher: a page
for students is made from the first alone. An edition whose seed has no classroom files has empty ones, which
print nothing, not even a heading.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from publish.spans import Anchor

CLAIM = "claim"  # the keys by which an answer names the two prompts that are no questions
EXIT_TICKET = "exit-ticket"
_MOST_COMPACT_LINES = 3  # a question of the compact sheet has room for


class Group(StrEnum):
    """What a question asks a reader to do. The groups are printed in this order."""

    SOURCING = "sourcing"
    CONTEXT = "context"
    CLOSE_READING = "close reading"
    CORROBORATION = "corroboration"


@dataclass(frozen=True, slots=True)
class Gloss:
    """An entry of the word bank. `anchor` is the first place in the text where the words stand."""

    words: str
    meaning: str
    anchor: Anchor
    line: int  # in classroom.toml

    @property
    def paragraph(self) -> str:
        """Return the id of the paragraph in which the words first stand."""
        return self.anchor.block


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of another document, quoted exactly; `letter` is what questions call it.

    What is left out of them is marked with …, what is put in stands in brackets.
    """

    key: str
    letter: str  # "A"
    attribution: str  # who to whom, when, in what form
    text: str  # without quotation marks around it
    work: str  # its key in bibliography.toml
    place: str  # in that work: "Document 65"
    line: int  # in classroom.toml
    url: str = ""
    compact: bool = False  # stands on the compact sheet too


@dataclass(frozen=True, slots=True)
class Question:
    """A question. It says first to which paragraphs it belongs: lines change with the layout, they do not."""

    key: str
    number: int  # from 1, through all groups
    group: Group
    text: str
    paragraphs: tuple[str, ...]  # ids of blocks
    line: int  # in classroom.toml
    excerpts: tuple[str, ...] = ()  # keys
    compact: bool = False  # stands on the compact sheet too, under the same number
    answer_lines: int = 3
    columns: tuple[str, ...] = ()  # heads under which the answer is written, each with its lines


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands before a space to write in, "Claim" or "Evidence", and the lines of that space."""

    words: str
    answer_lines: int


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is asked for beside the questions: a claim with its evidence, an exit ticket."""

    text: str
    line: int  # in classroom.toml
    frames: tuple[Frame, ...] = ()
    answer_lines: int = 2  # where there are no frames
    compact: str = ""  # how the compact sheet asks for it; without it, it does not


@dataclass(frozen=True, slots=True)
class AdaptedSentence:
    """A sentence of the adapted text: from which paragraphs, and what was done to them.

    `change` is told to the teacher alone.
    """

    text: str
    paragraphs: tuple[str, ...]
    change: str
    line: int  # in classroom.toml


@dataclass(frozen=True, slots=True)
class Handout:
    """All that students are given."""

    title: str = ""
    course: str = ""  # for whom: "Grades 9–12 · United States and world history"
    central_question: str = ""
    head_note: str = ""
    heading_label: str = ""  # who gave the text its heading: "Title given by the Library"
    glosses: tuple[Gloss, ...] = ()
    excerpts_title: str = (
        ""  # what the excerpts are, after their number: "excerpts from two letters"
    )
    excerpts: tuple[Excerpt, ...] = ()
    questions: tuple[Question, ...] = ()  # by group, in the order of Group
    claim: Prompt | None = None
    exit_ticket: Prompt | None = None
    adapted: tuple[AdaptedSentence, ...] = ()

    def __bool__(self) -> bool:
        """Say whether there is anything in it."""
        return self != Handout()

    def excerpt(self, key: str) -> Excerpt:
        """Return an excerpt by its key. Raises KeyError."""
        return {excerpt.key: excerpt for excerpt in self.excerpts}[key]

    def by_group(self) -> Iterator[tuple[Group, tuple[Question, ...]]]:
        """Yield each group that has questions, with them."""
        for group in Group:
            if asked := tuple(each for each in self.questions if each.group is group):
                yield group, asked

    def compact(self) -> "Handout":
        """Return what stands on the compact sheet of it: its excerpts, and a question a group.

        A question keeps its number: the key, and a class that has both sheets, call it by that.
        """
        return replace(
            self,
            excerpts=tuple(each for each in self.excerpts if each.compact),
            questions=tuple(
                replace(each, answer_lines=min(each.answer_lines, _MOST_COMPACT_LINES))
                for each in self.questions
                if each.compact
            ),
        )

    def adapted_paragraphs(self) -> tuple[tuple[AdaptedSentence, ...], ...]:
        """Return the adapted text by paragraphs: a new one begins where the first source paragraph changes."""
        paragraphs: list[list[AdaptedSentence]] = []
        for sentence in self.adapted:
            if not paragraphs or paragraphs[-1][-1].paragraphs[:1] != sentence.paragraphs[:1]:
                paragraphs.append([])
            paragraphs[-1].append(sentence)
        return tuple(map(tuple, paragraphs))


@dataclass(frozen=True, slots=True)
class Answer:
    """The model answer to a question or prompt, and the words of the text in which it lies."""

    question: str  # its key; CLAIM and EXIT_TICKET for the prompts
    text: str  # one line of Markdown
    anchors: tuple[Anchor, ...]  # where the teacher's copy of the text is marked
    line: int  # in teacher.toml
    look_for: tuple[str, ...] = ()  # what a full answer has


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the lesson: what is done, in how many minutes. `told` is one line of Markdown."""

    title: str
    minutes: int
    told: str
    line: int  # in teacher.toml


@dataclass(frozen=True, slots=True)
class Misconception:
    """What students often think, what is to be said to it, and where they can see it."""

    thought: str
    correction: str  # one line of Markdown
    line: int  # in teacher.toml
    paragraphs: tuple[str, ...] = ()
    excerpts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """A row of the rubric: what is judged, and a description for each of its levels."""

    name: str
    levels: tuple[str, ...]  # as many as Lesson.levels
    line: int  # in teacher.toml


@dataclass(frozen=True, slots=True)
class ContextEvent:
    """A line of the context timeline. `told` is one line of Markdown with its citation."""

    when: str  # as it is printed: "October 22"
    told: str
    line: int  # in teacher.toml


@dataclass(frozen=True, slots=True)
class Support:
    """What helps some of the students: for whom, and how."""

    who: str
    told: str  # one line of Markdown
    line: int  # in teacher.toml


@dataclass(frozen=True, slots=True)
class Lesson:
    """All that the teacher alone has."""

    period: int = 0  # minutes
    summary: str = ""  # one line of Markdown
    objectives: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    answers: tuple[Answer, ...] = ()  # in the order of the questions, the prompts after them
    misconceptions: tuple[Misconception, ...] = ()
    starters: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()  # names of the rubric's levels, the highest first
    rubric: tuple[Criterion, ...] = ()
    context: tuple[ContextEvent, ...] = ()
    context_note: str = ""  # what holds for all of them: "All hours are those of Washington."
    standards: tuple[str, ...] = ()  # codes of layouts/teacher/standards.toml
    supports: tuple[Support, ...] = ()
    standards_line: int = 0  # in teacher.toml

    def __bool__(self) -> bool:
        """Say whether there is anything in it."""
        return self != Lesson()

    def answer(self, question: str) -> Answer | None:
        """Return the answer to a question or prompt; None where the key has none."""
        return next((each for each in self.answers if each.question == question), None)


@dataclass(frozen=True, slots=True)
class Classroom:
    """What the editors wrote for a class: for its students, and for its teacher."""

    handout: Handout = field(default_factory=Handout)
    lesson: Lesson = field(default_factory=Lesson)

    def __bool__(self) -> bool:
        """Say whether there is anything in it."""
        return bool(self.handout) or bool(self.lesson)


def paragraphs_cited(paragraphs: Sequence[str], order: Sequence[str]) -> str:
    """Return how paragraphs are cited: "¶ 1", "¶¶ 3, 5–6". `order` are the ids of the document's blocks.

    Neighbours are joined from two on; an id that the document lacks comes last, by itself.
    """
    places = {block: index for index, block in enumerate(order)}
    ids = sorted(dict.fromkeys(paragraphs), key=lambda each: places.get(each, len(places)))
    runs: list[list[str]] = []
    for each in ids:
        joined = runs and each in places and places.get(runs[-1][-1], -2) == places[each] - 1
        if joined:
            runs[-1].append(each)
        else:
            runs.append([each])
    numbers = [[each.removeprefix("p") for each in run] for run in runs]
    told = ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in numbers)
    return f"{'¶' if len(ids) == 1 else '¶¶'}\u00a0{told}" if ids else ""
