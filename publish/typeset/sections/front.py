"""Title page, imprint and contents."""

from collections.abc import Sequence
from datetime import date
from html import escape

from publish import __version__
from publish.model import Edition
from publish.typeset.sections.context import Context, Section, element, words_html

# Python's own month names follow the machine's locale once a library has set it.
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def long_date(day: date) -> str:
    """Return a date as the letter writes it: October 27, 1962."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def title_page(context: Context) -> Section:
    """Return the title page with the imprint at its foot."""
    edition = context.edition
    lines = [f'<h1 class="title" id="title">{words_html(edition.title)}</h1>']
    if edition.subtitle:
        lines.append(f'<p class="subtitle">{words_html(edition.subtitle)}</p>')
    lines.append(f'<p class="kind">{escape(context.job.product.title)}</p>')
    if edition.editors:
        lines.append(f'<p class="editors">{escape(", ".join(edition.editors))}</p>')
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
    if edition.version:
        html.append(element("p", f"Cite as: {cite_edition(edition)}"))
    digest = element("span", shown_digest(source.sha256), css="digest")
    html.append(element("p", f"Transcription: {escape(source.name)}, SHA-256 {digest}."))
    return html


def cite_edition(edition: Edition) -> str:
    """Return the HTML by which this edition is cited."""
    title = f"{edition.title}: {edition.subtitle}" if edition.subtitle else edition.title
    by = f"{', '.join(edition.editors)}, " if edition.editors else ""
    version = f", version {edition.version}" if edition.version else ""
    when = long_date(edition.released) if edition.released else ""
    book = element("em", words_html(title))
    published = ", ".join(filter(None, (edition.publisher, when)))
    return (
        f"{words_html(by)}{book}{escape(version)}{escape(f' ({published})') if published else ''}."
    )


def shown_digest(digest: str) -> str:
    """Return a hash that may be broken at every eighth character, without a sign added."""
    return "\u200b".join(digest[start : start + 8] for start in range(0, len(digest), 8))


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
