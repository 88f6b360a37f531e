"""Rules about what the teacher has: a lesson that fits its period, a key that is whole and stays with the teacher."""

import re
from collections.abc import Iterator

from publish.checks.classroom import in_classroom
from publish.checks.prose import CLASSROOM, TEACHER, Of, folder_of, place_of, prose
from publish.checks.rule import Found
from publish.classroom import CLAIM, EXIT_TICKET
from publish.markdown import CITATION, plain
from publish.model import Edition
from publish.problems import Where, nearest
from publish.resources import layouts_directory
from publish.teaching_standards import load_teaching_standards

FEWEST_WORDS = 4  # of a sentence of the key: fewer may stand anywhere by chance

_STUDENTS = (Of.QUESTION, Of.HANDOUT)
_SENTENCE = re.compile(r"(?<=[.!?:;])[”’)]*\s+")


def minutes(edition: Edition) -> Iterator[Found]:
    """The minutes of the steps do not add up to the period."""
    lesson = edition.classroom.lesson
    total = sum(step.minutes for step in lesson.steps)
    if lesson.steps and total != lesson.period:
        yield (
            f"the steps take {total} minutes, and the period has {lesson.period}",
            place_of(edition, TEACHER, r"^period\b|^\[\[step\]\]"),
            f"Shorten or lengthen a step, or write period = {total}.",
        )


def key_for_students(edition: Edition) -> Iterator[Found]:
    """A sentence of the key stands in what students are given."""
    given = [(piece, _bare(piece.text)) for piece in prose(edition) if piece.kind in _STUDENTS]
    for piece in prose(edition):
        if piece.kind is Of.ANSWER:
            for sentence in _SENTENCE.split(CITATION.sub("", piece.text)):
                bare = _bare(sentence)
                for student, text in given:
                    if len(bare.split()) >= FEWEST_WORDS and f" {bare} " in f" {text} ":
                        yield (
                            f"{student.name} has words of the key: {sentence.strip()!r}",
                            student.where(),
                            f"Ask for them instead; {piece.name} has them.",
                        )


def _bare(text: str) -> str:
    """Return the words alone, so that no sign or space hides that two texts are one."""
    return " ".join(re.findall(r"[^\W_]+", plain(text).lower()))


def unknown_standard(edition: Edition) -> Iterator[Found]:
    """The lesson names a standard whose code is not in layouts/teacher/standards.toml."""
    codes = edition.classroom.lesson.standards
    known = sorted(load_teaching_standards(layouts_directory())) if codes else []
    for code in codes:
        if code not in known:
            yield (
                f"there is no standard {code!r}",
                Where(
                    str(folder_of(edition) / TEACHER), edition.classroom.lesson.standards_line, 1
                ),
                f"{nearest(code, known)} Add others to layouts/teacher/standards.toml.",
            )


def question_without_answer(edition: Edition) -> Iterator[Found]:
    """The teacher has a key, and a question or prompt has no answer in it."""
    handout, lesson = edition.classroom.handout, edition.classroom.lesson
    if not lesson.answers:
        return
    prompts = ((CLAIM, handout.claim), (EXIT_TICKET, handout.exit_ticket))
    asked = [(question.key, question.line) for question in handout.questions]
    asked += [(key, prompt.line) for key, prompt in prompts if prompt]
    for key, line in asked:
        if lesson.answer(key) is None:
            yield (
                f"the question {key!r} of {CLASSROOM} has no answer",
                in_classroom(edition, line),
                f'Write [[answer]] question = "{key}" in {TEACHER}.',
            )
