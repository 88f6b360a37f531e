"""The telegram as a class reads it: numbered paragraphs, lines to count, no notes; and the teacher's copy of it.

Both are set from the same words in the same measure, so that a line has one number in both.
"""

from collections.abc import Iterator
from itertools import groupby

from publish.classroom import CLAIM, EXIT_TICKET, Lesson
from publish.departures import Passage
from publish.model import Block
from publish.typeset.alignment import ink_before
from publish.typeset.sections.blocks import BlockSetter, in_margin, paragraph_number
from publish.typeset.sections.context import Context, Section, element, passage_html, words_html

COUNTED = "5"  # every fifth line has its number
# At the right, so that the paragraphs' numbers, which questions cite, have the left margin to themselves, clear of
# the holes that a sheet is punched with.
_RIGHT_OF_THE_TEXT = "20pt"
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
    setter = BlockSetter(context.edition.document, context.reading, marks.margin, marks=marks.of)
    html = element("h2", "The text, marked", id="marked-text") + element(
        "p", words_html(_about_marks(context)), css="about"
    )
    html += _text(context, setter, level="H3")
    return Section("marked-text", "The text, marked", html, level=1)


def _text(context: Context, setter: BlockSetter, *, level: str = "H2", every: str = COUNTED) -> str:
    heading = element(
        "p", passage_html(context.reading.heading), css="heading", id="heading", data_tag=level
    )
    label = context.edition.classroom.handout.heading_label
    if label:
        heading = element("p", context.line(label), css="heading-label") + heading
    dateline = element("p", passage_html(context.reading.dateline), css="dateline", id="dateline")
    blocks = element(
        "div",
        "\n".join(setter.blocks()),
        css="counted",
        data_lines=every,
        data_lines_from="right",
        data_lines_at=_RIGHT_OF_THE_TEXT,
    )
    return element("div", heading + dateline + blocks, css="text", id="source-text")


def _margin(block: Block) -> str:
    return in_margin(paragraph_number(block))


def _about_marks(context: Context) -> str:
    prompts = context.edition.classroom.handout
    told = (
        "Paragraphs and lines have the numbers of the source sheet (lines differ on the compact one). The answers "
        "lie in the underlined words; the question’s number stands above them and beside the paragraph"
    )
    signs = [(prompts.claim, "C for the claim"), (prompts.exit_ticket, "E for the exit ticket")]
    return ", ".join([told, *(words for prompt, words in signs if prompt)]) + "."


def _in_order(sign: str) -> tuple[bool, int, str]:
    """Return what signs are sorted by: questions by number, then the prompts."""
    return sign.isalpha(), 0 if sign.isalpha() else int(sign), sign


class _Marks:
    """Where the answers lie in each block, for the teacher's copy."""

    def __init__(self, context: Context, lesson: Lesson) -> None:
        questions = context.edition.classroom.handout.questions
        self._signs = {question.key: str(question.number) for question in questions} | PROMPT_SIGNS
        self._answers = lesson.answers
        self._reading = context.reading

    def of(self, block: Block, passage: Passage) -> str:
        """Return the marks of a block as typeset/reading_marks.py reads them; one where two begin together."""
        places = sorted(set(self._places(block, passage)), key=lambda place: place[:2])
        marks = []
        for start, of_start in groupby(places, key=lambda place: place[0]):
            together = list(of_start)
            end = max(end for _, end, _ in together)
            signs = sorted({sign for *_, sign in together}, key=_in_order)
            marks.append(f"{start}-{end}:{','.join(signs)}")
        return " ".join(marks)

    def margin(self, block: Block) -> str:
        """Return a block's number, and at the right the questions whose answers lie in it; both are heard."""
        signs = self._signs_in(block)
        if not signs:
            return _margin(block)
        told = "; ".join(
            f"for {_SPOKEN.get(sign, f'question {sign}')}: {', '.join(words)}"
            for sign, words in signs.items()
        )
        listed = element(
            "span",
            words_html(", ".join(signs)),
            css="answers-here",
            data_space="after",
            data_tag="Span",
            data_actual=f"Marked {told}. ",
        )
        return in_margin(paragraph_number(block) + listed)

    def _signs_in(self, block: Block) -> dict[str, list[str]]:
        """Return the signs of the answers that lie in a block, in order, with the words that are marked."""
        passage = self._reading.block(block.id)
        found: dict[str, list[str]] = {}
        for answer in self._answers:
            for anchor in answer.anchors:
                if anchor.block == block.id:
                    start, end = map(passage.printed_offset, (anchor.span.start, anchor.span.end))
                    words = f"“{passage.text[start:end]}”"
                    found.setdefault(self._signs[answer.question], []).append(words)
        return dict(sorted(found.items(), key=lambda entry: _in_order(entry[0])))

    def _places(self, block: Block, passage: Passage) -> Iterator[tuple[int, int, str]]:
        """Yield (first, after the last, sign) of each place that an answer names, in characters with ink."""
        for answer in self._answers:
            for anchor in answer.anchors:
                if anchor.block == block.id:
                    start, end = (
                        ink_before(passage.text, passage.printed_offset(offset))
                        for offset in (anchor.span.start, anchor.span.end)
                    )
                    yield start, end, self._signs[answer.question]
