"""Where the text comes from: source note, witnesses and variants, open questions, works cited."""

from collections.abc import Iterable, Iterator
from html import escape

from publish.dates import long_date
from publish.markdown import CITATION, cited_works, plain
from publish.model import Work
from publish.typeset.sections import witnesses
from publish.typeset.sections.context import (
    Context,
    Section,
    breakable,
    element,
    words_html,
)

_UNDATED = "No dates of access were recorded for the web addresses."


def sources(context: Context) -> Section:
    """Return source note, witnesses, variants, open questions and works cited, as far as there are any."""
    apparatus = context.edition.apparatus
    html = [
        element("h2", "Sources", id="sources"),
        element("h3", "Source note", id="source-note"),
        element("p", _source_note(context), css="opening"),
    ]
    if apparatus.source_note:
        html.append(element("div", context.markdown(apparatus.source_note)))
    entries = [("source-note", "Source note")]
    for name, title, printed in (
        ("witnesses", "Witnesses", witnesses.witnesses(context)),
        ("variants", "Variants", witnesses.variants(context)),
        ("questions", "Open questions", witnesses.questions(context)),
        ("works-cited", "Works cited", _works(context)),
    ):
        html += printed
        entries += [(name, title)] if printed else []
    return Section("sources", "Sources", "\n".join(html), entries=tuple(entries))


def lesson_sources(context: Context) -> Section | None:
    """Return the works that lesson and excerpts cite; nothing where they cite none."""
    cited = _cited_in_class(context)
    works = [work for work in context.edition.apparatus.works if work.key in cited]
    if not (context.edition.classroom.lesson and works):
        return None
    html = element("h2", "Works cited", id="lesson-sources")
    html += witnesses.bare_list(_items(context, works), "works")
    html += "".join(element("p", words_html(told), css="rights") for told in _rights(context))
    return Section("lesson-sources", "Works cited", html, level=1)


def _rights(context: Context) -> Iterator[str]:
    """Yield the version of the pages, and under which terms they may be copied."""
    edition = context.edition
    if edition.version:
        day = f", {long_date(edition.released)}" if edition.released else ""
        yield f"{edition.title}, version {edition.version}{day}."
    yield from edition.rights


def _cited_in_class(context: Context) -> set[str]:
    """Return the keys of the works that the words for class and teacher name."""
    lesson, handout = context.edition.classroom.lesson, context.edition.classroom.handout
    texts = [
        *(answer.text for answer in lesson.answers),
        *(each.correction for each in lesson.misconceptions),
        *(event.told for event in lesson.context),
        *(support.told for support in lesson.supports),
        *(step.told for step in lesson.steps),
        lesson.summary,
    ]
    named = {key for text in texts for m in CITATION.finditer(text) for key, _ in cited_works(m)}
    return named | {excerpt.work for excerpt in handout.excerpts}


def _source_note(context: Context) -> str:
    source, line = context.edition.document.source, context.reading.source_line
    told = []
    if line is not None:
        words = element(
            "span",
            breakable(words_html(line.text)),
            css="document",
            id="source-line",
            data_tag="Span",
        )
        stop = "" if line.text.endswith((".", "!", "?")) else "."
        told.append(f"The last line of the transcription reads “{words}”{stop}")
    if source.holder:
        name = f", {element('em', escape(source.title))}" if source.title else ""
        told.append(f"The transcription comes from the {escape(source.holder)}{name}.")
    if source.retrieved:
        told.append(f"Retrieved: {escape(source.retrieved)}.")
    elif source.holder or source.url:
        told.append("The date of retrieval is not known.")
    if not told:
        told.append("The transcription does not say where it comes from.")
    return " ".join(told)


def _works(context: Context) -> list[str]:
    """Return the works, each under the short title by which the notes cite it.

    Where the full entry opens with that title, it is not said twice.
    """
    works = context.edition.apparatus.works
    if not works:
        return []
    items = _items(context, works)
    head = element("h3", "Works cited", id="works-cited")
    undated = any(work.url for work in works) and not any("accessed" in w.full for w in works)
    told = [element("p", _UNDATED, css="opening")] if undated else []
    return [head, *told, witnesses.bare_list(items, "works")]


def _items(context: Context, works: Iterable[Work]) -> list[str]:
    return [
        witnesses.item("", _entry(context, work) + witnesses.address(work.url), "work")
        for work in sorted(works, key=lambda w: plain(w.short).casefold())
    ]


def _entry(context: Context, work: Work) -> str:
    short, rest = context.line(work.short), work.full.removeprefix(work.short)
    if rest == work.full or rest[:1].isalnum():
        return f"{element('strong', _stopped(short))} {context.line(work.full)}"
    between = "" if rest[:1] in (",", ".", ";", ":") else " "
    return f"{element('strong', short)}{between}{context.line(rest.strip())}"


def _stopped(title: str) -> str:
    """Return a short title with a full stop, which stands before a closing quotation mark."""
    return f"{title[:-1]}.”" if title.endswith("”") else f"{title}."
