"""Section kinds of the reading edition: name → function that makes its HTML. A product names them in order."""

from collections.abc import Callable

from publish.typeset.sections import (
    apparatus,
    essays,
    exhibit,
    front,
    index,
    people,
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
    "citation": apparatus.citation,
    "index": index.index,
    "object-label": exhibit.object_label,
    "gallery-guide": exhibit.guide,
    "large-telegram": exhibit.large_telegram,
}
