"""Section kinds of the reading edition: name → function that makes its HTML. A product names them in order."""

from collections.abc import Callable

from publish.typeset.sections import (
    adaptation_log,
    adapted,
    apparatus,
    citation,
    class_text,
    essays,
    front,
    handout,
    index,
    key,
    lesson,
    people,
    questions,
    sources,
    supplied,
    text,
    timeline,
)
from publish.typeset.sections.context import Context, Section

CONTENTS = "contents"  # needs all other sections, so reading.py makes it last

SECTIONS: dict[str, Callable[[Context], Section | tuple[Section, ...] | None]] = {
    "title": front.title_page,
    "head-note": apparatus.head_note,
    "telegram": text.telegram,
    "commentary": apparatus.commentary,
    "timeline": timeline.timeline,
    "essays": essays.essays,
    "people": people.people,
    "supplied": supplied.supplied,
    "textual-notes": apparatus.textual_notes,
    "sources": sources.sources,
    "method": apparatus.method,
    "citation": citation.citation,
    "index": index.index,
    # for a class
    "sheet-head": handout.sheet_head,
    "plain-head": handout.plain_head,
    "source": handout.source,
    "source-text": class_text.source_text,
    "plain-text": class_text.plain_text,
    "word-bank": handout.word_bank,
    "questions": questions.questions,
    "compact-questions": questions.compact_questions,
    "open-questions": questions.open_questions,
    "adapted": adapted.adapted,
    # for its teacher
    "lesson": lesson.plan,
    "marked-text": class_text.marked_text,
    "key": key.key,
    "rubric": key.rubric,
    "misconceptions": key.misconceptions,
    "helps": lesson.helps,
    "context-timeline": lesson.context_timeline,
    "standards": lesson.standards,
    "readability": adaptation_log.readability,
    "change-log": adaptation_log.change_log,
    "lesson-sources": sources.lesson_sources,
}
