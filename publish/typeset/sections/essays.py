"""The editors' essays: pieces beside the notes, each with a head of its own, set as the head note is."""

from publish.model import Essay
from publish.typeset.sections.context import Context, Section, element, words_html


def essays(context: Context) -> tuple[Section, ...]:
    """Return a section for each essay, in the order of commentary.md."""
    return tuple(_essay(context, essay) for essay in context.edition.apparatus.essays)


def _essay(context: Context, essay: Essay) -> Section:
    name = f"essay-{essay.key}"
    html = element("h2", words_html(essay.title), id=name)
    html += element("div", context.markdown(essay.body), css="prose")
    return Section(name, essay.title, html, kind="essay")
