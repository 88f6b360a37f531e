"""Where the text comes from: source note, witnesses, works cited."""

from html import escape

from publish.typeset.sections.context import Context, Section, element, words_html


def sources(context: Context) -> Section:
    """Return the source note, the witnesses and the works cited."""
    apparatus = context.edition.apparatus
    html = [
        element("h2", "Sources", id="sources"),
        element("h3", "Source note"),
        element("p", _source_note(context), css="opening"),
    ]
    if apparatus.source_note:
        html.append(element("div", context.markdown(apparatus.source_note)))
    html += _witnesses(context)
    html += _works(context)
    return Section("sources", "Sources", "\n".join(html))


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
        told.append(f"The last line of the transcription reads “{words}”.")
    if source.holder:
        name = f", {escape(source.title)}" if source.title else ""
        told.append(f"It was taken from a page of the {escape(source.holder)}{name}.")
    if source.retrieved:
        told.append(f"Retrieved: {escape(source.retrieved)}.")
    else:
        told.append("The date of retrieval is not known.")
    return " ".join(told)


def _witnesses(context: Context) -> list[str]:
    witnesses = context.edition.apparatus.witnesses
    html = [element("h3", "Witnesses")] if witnesses else []
    for witness in witnesses:
        siglum = element("span", escape(witness.siglum), css="siglum", data_space="after")
        base = " Base text." if witness.base else ""
        told = f"{context.line(witness.title)}.{base} {context.line(witness.extent)}"
        html.append(element("p", siglum + told + _address(witness.url), css="witness"))
    return html


def _works(context: Context) -> list[str]:
    works = sorted(context.edition.apparatus.works, key=lambda w: w.full.strip("*“").casefold())
    html = [element("h3", "Works cited")] if works else []
    html += [element("p", context.line(w.full) + _address(w.url), css="work") for w in works]
    return html


def _address(url: str) -> str:
    if not url:
        return ""
    return f" {element('a', breakable(escape(url)), href=url, title=url)}."


def breakable(address: str) -> str:
    """Return an address that may be broken after a slash, without a sign added."""
    return address.replace("/", "/\u200b")
