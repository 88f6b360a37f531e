"""The reading edition as one page of HTML, which asks the network for nothing.

In: a Job whose product is of the format html. Out: the bytes of the page.
"""

from collections.abc import Iterator, Sequence

from publish import __version__
from publish.exports.citation_meta import citation_elements
from publish.exports.html_sections import adapted, section_element
from publish.exports.markup import Element, Node, made, parsed, written
from publish.languages import with_languages
from publish.layouts import Job
from publish.problems import LayoutError
from publish.typeset.composition import composed
from publish.typeset.sections import CONTENTS
from publish.typeset.sections.context import Section

_TITLE = "title"  # the section that opens the page


def write(job: Job) -> bytes:
    """Return the page. Raises LayoutError where the product has no style or a section has no HTML."""
    try:
        page = made("html", _head(job), _body(job), lang=job.edition.language)
    except ValueError as problem:
        raise LayoutError(f"product {job.product.name!r}: {problem}") from None
    html = f"<!DOCTYPE html>\n{written(page)}\n"
    return html.encode("utf-8")


def _head(job: Job) -> Element:
    edition = job.edition
    metas: list[Node] = [
        made("meta", charset="utf-8"),
        made("meta", name="viewport", content="width=device-width, initial-scale=1"),
        made("meta", name="color-scheme", content="light dark"),
        made("title", job.title),
        made("meta", name="description", content=edition.subject or job.title),
        made("meta", name="generator", content=f"Cablepress {__version__}"),
        *citation_elements(edition),
        # Without it a browser asks the server for one.
        made("link", rel="icon", href="data:,"),
        made("style", f"\n{_style(job)}"),
    ]
    return made("head", *metas)


def _style(job: Job) -> str:
    if job.product.style is None:
        raise LayoutError(f"product {job.product.name!r} has no style")
    return job.product.style.read_text("utf-8").strip()


def _body(job: Job) -> Element:
    parts = composed(job, {})
    foreign = job.edition.foreign
    imprint: list[Node] = []
    front: list[Element] = []
    main = made("main")
    for plan in job.product.parts:
        if plan.id not in parts:
            continue
        sections = [
            Section(s.id, s.title, with_languages(s.html, foreign), kind=s.kind)
            for s in parts[plan.id]
        ]
        opening = list(_front(sections, imprint))
        rest = [section_element(s) for s in sections if s.id not in (_TITLE, CONTENTS)]
        front += opening
        # The book’s own anchor for a part stands on what begins it.
        anchor = f"part-{plan.id}"
        if rest and not main.content:
            main.attributes, main.content = {"id": anchor}, list(rest)
        elif rest:
            main.content.append(Element("div", {"id": anchor}, list(rest)))
        elif opening:
            opening[0].attributes = {"id": anchor, **opening[0].attributes}
    skip = made("a", "Skip to the text", css="skip", href=f"#{main.get('id')}")
    return made("body", skip, *front, main, *([made("footer", *imprint)] if imprint else []))


def _front(sections: Sequence[Section], imprint: list[Node]) -> Iterator[Element]:
    """Yield the head of the page and its contents; the imprint is put aside for its foot."""
    for section in sections:
        nodes = adapted(parsed(section.html))
        if section.id == _TITLE:
            for node in nodes:
                if isinstance(node, Element) and "imprint" in node.classes:
                    imprint += node.content
            kept = [n for n in nodes if not (isinstance(n, Element) and "imprint" in n.classes)]
            yield made("header", *kept)
        elif section.id == CONTENTS:
            yield made("nav", *nodes, aria_labelledby=CONTENTS)
