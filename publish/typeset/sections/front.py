"""Title page, imprint and contents."""

from collections.abc import Sequence
from html import escape

from publish import __version__
from publish.citation import Of, cited
from publish.dates import long_date
from publish.typeset.sections.citation import (
    identifiers_html,
    line_html,
    on_the_imprint,
    shown_digest,
)
from publish.typeset.sections.context import Context, Section, element, words_html


def title_page(context: Context) -> Section:
    """Return the title page with the imprint at its foot."""
    edition = context.edition
    lines = [f'<h1 class="title" id="title">{words_html(edition.title)}</h1>']
    if edition.subtitle:
        lines.append(f'<p class="subtitle">{words_html(edition.subtitle)}</p>')
    lines.append(f'<p class="kind">{escape(context.job.product.title)}</p>')
    if edition.editors:
        lines.append(f'<p class="editors">{escape(", ".join(map(str, edition.editors)))}</p>')
    lines.append(f'<div class="imprint">{"".join(_imprint(context))}</div>')
    return Section("title", "Title page", "\n".join(lines), level=1, listed=False)


def _imprint(context: Context) -> list[str]:
    edition = context.edition
    version = f"Version {edition.version}" if edition.version else "A draft without a version"
    if edition.released:
        version += f", {long_date(edition.released)}"
    source = edition.document.source
    paragraphs = [f"{version}. Set with Cablepress {__version__}."]
    if context.facsimile is not None:
        paragraphs.append(
            "The cable in this book is a typographic reconstruction, not a scan; the reading text is the accessible "
            "form of the same words."
        )
    paragraphs += edition.rights
    html = [f"<p>{words_html(paragraph)}</p>" for paragraph in paragraphs]
    html[1:1] = _changes(context)
    if edition.version:
        told = line_html(cited(edition, "chicago-note", Of.EDITION, hashed=False))
        html.append(element("p", f"Cite as: {told}"))
    if links := identifiers_html(edition):
        html.append(element("p", f"{links}."))
    digest = element("span", shown_digest(source.sha256), css="digest")
    html.append(element("p", f"Transcription: {escape(source.name)}, SHA-256 {digest}."))
    return html


def _changes(context: Context) -> list[str]:
    """Return what the newest version changed, or where that is told; nothing where no version is recorded."""
    changes = context.edition.changes
    if not changes:
        return []
    told = on_the_imprint(changes[0])
    if not told:
        link = element("a", "Versions", href="cable:versions", title="Versions")
        return [element("p", f"What this version changes is told under {link}.")]
    return [element("p", f"In this version: {context.line(told)}")]


def contents(context: Context, sections: Sequence[Section]) -> Section:
    """Return the table of contents over the sections of all parts."""
    rows = []
    for section in sections:
        title = escape(section.title)
        if section.id == "facsimile":
            page = element("span", f"\u00a0{escape(context.prefix)}1", css="page")
            link = element("a", title + page, href="cable:facsimile", title=section.title)
        elif section.listed:
            link = element("a", title, href=f"#{section.id}", css="counted", title=section.title)
        else:
            continue
        rows.append(element("li", element("span", link, data_tag="Reference"), data_tag="TOCI"))
    html = element("h2", "Contents", id="contents")
    html += element("ul", "".join(rows), css="contents", data_tag="TOC")
    return Section("contents", "Contents", html, level=1, listed=False)
