"""Where the text comes from: source note, witnesses, works cited."""

from html import escape

from publish.markdown import plain
from publish.typeset.sections.context import (
    Context,
    Section,
    breakable,
    element,
    web_address,
    words_html,
)


def sources(context: Context) -> Section:
    """Return the source note, the witnesses and the works cited."""
    apparatus = context.edition.apparatus
    html = [
        element("h2", "Sources", id="sources"),
        element("h3", "Source note", id="source-note"),
        element("p", _source_note(context), css="opening"),
    ]
    if apparatus.source_note:
        html.append(element("div", context.markdown(apparatus.source_note)))
    html += _witnesses(context)
    html += _works(context)
    entries = [("source-note", "Source note")]
    entries += [("witnesses", "Witnesses")] if apparatus.witnesses else []
    entries += [("works-cited", "Works cited")] if apparatus.works else []
    return Section("sources", "Sources", "\n".join(html), entries=tuple(entries))


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


def _witnesses(context: Context) -> list[str]:
    witnesses = context.edition.apparatus.witnesses
    html = [element("h3", "Witnesses", id="witnesses")] if witnesses else []
    for witness in witnesses:
        siglum = element(
            "span",
            escape(witness.siglum),
            css="siglum",
            data_space="after",
            data_tag="Span",
            data_actual=f"Witness {witness.siglum}: ",
        )
        base = " Base text." if witness.base else ""
        told = f"{context.line(witness.title)}.{base} {context.line(witness.extent)}"
        html.append(element("p", siglum + told + _address(witness.url), css="witness"))
    return html


def _works(context: Context) -> list[str]:
    """Return the works, each under the short title by which the notes cite it."""
    works = sorted(context.edition.apparatus.works, key=lambda w: plain(w.short).casefold())
    html = [element("h3", "Works cited", id="works-cited")] if works else []
    for work in works:
        short = element("strong", f"{context.line(work.short)}.")
        html.append(
            element("p", f"{short} {context.line(work.full)}{_address(work.url)}", css="work")
        )
    return html


def _address(url: str) -> str:
    return f" {web_address(url)}." if url else ""
