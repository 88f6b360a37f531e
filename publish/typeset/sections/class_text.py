"""The telegram as a class reads it: numbered paragraphs, lines to count, no notes; and the teacher's copy of it.

Both are set from the same words in the same measure, so that a line has one number in both.
"""

from collections.abc import Iterator
from itertools import groupby

from publish.classroom import CLAIM, EXIT_TICKET, Lesson
from publish.departures import Passage
from publish.model import Block
from publish.typeset.sections.blocks import BlockSetter, Insertions, in_margin, paragraph_number
from publish.typeset.sections.context import Context, Section, element, passage_html, words_html

COUNTED = "5"  # every fifth line has its number
TITLE = "The telegram"
PROMPT_SIGNS = {CLAIM: "C", EXIT_TICKET: "E"}  # in place of a question's number
_SPOKEN = {PROMPT_SIGNS[CLAIM]: "the claim", PROMPT_SIGNS[EXIT_TICKET]: "the exit ticket"}


def source_text(context: Context) -> Section:
    """Return the text under its own heading and dateline."""
    setter = BlockSetter(context.edition.document, context.reading, _margin)
    return Section("source-text", TITLE, _text(context, setter), level=1)


def plain_text(context: Context) -> Section:
    """Return the same text without numbers at its lines, which differ with the size of type."""
    setter = BlockSetter(context.edition.document, context.reading, _margin)
    return Section("source-text", TITLE, _text(context, setter, every=""), level=1)


def marked_text(context: Context) -> Section | None:
    """Return the text with the places marked in which the answers lie; nothing without a lesson."""
    lesson = context.edition.classroom.lesson
    if not lesson:
        return None
    marks = _Marks(context, lesson)
    setter = BlockSetter(context.edition.document, context.reading, _margin, marks.between)
    html = element("h2", "The text, marked", id="marked-text") + element(
        "p", words_html(_about_marks(context)), css="about"
    )
    html += _text(context, setter, level="H3")
    return Section("marked-text", "The text, marked", html, level=1)


def _text(
    context: Context, setter: BlockSetter, *, level: str = "H2", every: str = COUNTED
) -> str:
    heading = element(
        "p", passage_html(context.reading.heading), css="heading", id="heading", data_tag=level
    )
    dateline = element("p", passage_html(context.reading.dateline), css="dateline", id="dateline")
    blocks = element("div", "\n".join(setter.blocks()), css="counted", data_lines=every)
    return element("div", heading + dateline + blocks, css="text", id="source-text")


def _margin(block: Block) -> str:
    return in_margin(paragraph_number(block))


def _about_marks(context: Context) -> str:
    prompts = context.edition.classroom.handout
    told = (
        "Paragraphs and lines have the numbers of the students’ source sheet. Underlined are the words in which "
        "the answers lie; above them stands the number of the question"
    )
    signs = [(prompts.claim, "C for the claim"), (prompts.exit_ticket, "E for the exit ticket")]
    return ", ".join([told, *(words for prompt, words in signs if prompt)]) + "."


class _Marks:
    """Where the answers lie in each block, for the teacher's copy."""

    def __init__(self, context: Context, lesson: Lesson) -> None:
        questions = context.edition.classroom.handout.questions
        self._signs = {question.key: str(question.number) for question in questions} | PROMPT_SIGNS
        self._answers = lesson.answers

    def between(self, block: Block, passage: Passage) -> Insertions:
        """Return what opens and closes the underlined runs of a block, and the signs above them."""
        places = sorted(self._places(block, passage))
        found: Insertions = []
        for start, of_start in groupby(places, key=lambda place: place[0]):
            found.append((start, _sign([sign for _, _, sign in of_start])))
        for start, end in _runs(places):
            found += [(start, '<u class="place">'), (end, "</u>")]
        return sorted(found, key=lambda insertion: insertion[0])

    def _places(self, block: Block, passage: Passage) -> Iterator[tuple[int, int, str]]:
        """Yield (printed start, printed end, sign) of each place that an answer names in a block."""
        for answer in self._answers:
            for anchor in answer.anchors:
                if anchor.block == block.id:
                    start, end = (
                        passage.printed_offset(offset)
                        for offset in (anchor.span.start, anchor.span.end)
                    )
                    yield start, end, self._signs[answer.question]


def _runs(places: list[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    """Yield the runs that the places cover together; of two that touch, one."""
    reached: tuple[int, int] | None = None
    for start, end, _ in places:
        if reached and start <= reached[1]:
            reached = (reached[0], max(reached[1], end))
            continue
        if reached:
            yield reached
        reached = (start, end)
    if reached:
        yield reached


def _sign(signs: list[str]) -> str:
    ordered = sorted(dict.fromkeys(signs), key=lambda sign: (not sign.isdigit(), sign.zfill(3)))
    spoken = " and ".join(_SPOKEN.get(sign, f"question {sign}") for sign in ordered)
    return element(
        "span",
        words_html(", ".join(ordered)),
        css="sign",
        data_tag="Reference",
        data_actual=f" (for {spoken}:) ",
    )
