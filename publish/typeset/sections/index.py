"""The index: entries in two columns, each with links to paragraphs, notes, essays and the head note."""

import re
from html import escape
from itertools import groupby

from publish.index import Goal, IndexEntry, Reference, alphabetical, make_index
from publish.markdown import inline_html, plain
from publish.typeset.sections.context import Context, Section, element
from publish.typeset.sections.text import numbered_notes

_MOST_ON_ONE_LINE = 24  # letters, if all were wide ones, that a column of 152 points holds
# What stands before the references of one kind: of one, of several.
_SIGNS = {Goal.PARAGRAPH: ("¶", "¶¶"), Goal.NOTE: ("n.", "nn.")}


def index(context: Context) -> Section | None:
    """Return the index; nothing where the edition has neither people nor terms that are named."""
    plans = context.job.product.parts
    printed = {name for plan in plans if plan.engine == "reading" for name in plan.sections}
    entries = make_index(context.edition, [goal for goal in Goal if goal.value in printed])
    if not entries:
        return None
    html = element("h2", "Index", id="index")
    told = "¶ is a paragraph of the telegram, n. a note of the commentary."
    if len(context.edition.apparatus.essays) > 1:
        told += " Essays are counted as they follow."
    html += element("p", told, css="opening")
    items = []
    for _, group in groupby(entries, key=lambda entry: alphabetical(entry.heading)[:1]):
        *others, last = group
        items += [_item(context, entry, "entry") for entry in others]
        items.append(_item(context, last, "entry last"))
    html += element("ul", "".join(items), css="index", data_list="None")
    return Section("index", "Index", html)


def _item(context: Context, entry: IndexEntry, css: str) -> str:
    if entry.see:
        stop = "" if entry.heading.endswith(".") else "."
        told = f"{_heading(entry.heading)}{stop} {_see(entry)}"
    else:
        # Subentries run on, as The Chicago Manual of Style has it for an index with few of them.
        told = "; ".join(_told(context, one) for one in (entry, *entry.subentries))
    return element(
        "li",
        element("span", told, data_tag="LBody"),
        id=f"index-{entry.id}" if entry.id else "",
        css=css,
        data_tag="LI",
    )


def _told(context: Context, entry: IndexEntry) -> str:
    links = _links(context, entry.references)
    return f"{_heading(entry.heading)}, {links}" if links else _heading(entry.heading)


def _see(entry: IndexEntry) -> str:
    """Return the words that send the reader to another entry.

    A link never runs over two lines, where the engine would lose its spaces; so a long heading stands
    beside its link. The tie stands within the box of "See": one alone between two boxes is not drawn.
    """
    goal, title = f"#index-{entry.see}", f"Index: {plain(entry.see_heading)}"
    if len(entry.see_heading) > _MOST_ON_ONE_LINE:
        see = element("a", "See", href=goal, title=title)
        return f"{element('em', see)} {_heading(entry.see_heading)}"
    tied = inline_html(entry.see_heading.replace(" ", "\u00a0"))
    see = element("em", "See\u00a0")
    return see + element("a", tied, href=goal, title=title)


def _heading(words: str) -> str:
    """Return a heading whose initials no line parts from the name before them."""
    return inline_html(re.sub(r" (?=\w\.(?!\w))", "\u00a0", words))


def _links(context: Context, references: tuple[Reference, ...]) -> str:
    """Return the links of an entry. The first of its kind has the sign for all: ¶¶ 4, 6, nn. 1, 13.

    No line begins with the last number of its kind alone.
    """
    links: list[str] = []
    for goal, group in groupby(references, key=lambda reference: reference.goal):
        first, *others = group
        one, several = _SIGNS.get(goal, ("", ""))
        kind = [_link(context, first, several if others else one)]
        kind += [_link(context, reference, "") for reference in others]
        tie = ",\u00a0" if goal in _SIGNS else ", "
        links.append(tie.join([", ".join(kind[:-1]), kind[-1]] if others else kind))
    return ", ".join(links)


def _link(context: Context, reference: Reference, sign: str) -> str:
    target, words, spoken = _goal(context, reference)
    shown = f"{sign}\u00a0{words}" if sign else words
    return element(
        "a",
        escape(shown, quote=False),
        href=f"#{target}",
        title=spoken,
        data_actual=spoken,
    )


def _goal(context: Context, reference: Reference) -> tuple[str, str, str]:
    """Return where a reference leads, how it is printed, and how it is heard."""
    match reference.goal:
        case Goal.HEAD_NOTE:
            return "head-note", "head\u00a0note", "head note"
        case Goal.TIMELINE:
            return "timeline", "timeline", "timeline"
        case Goal.PARAGRAPH:
            number = reference.key.removeprefix("p")
            return reference.key, number, f"Paragraph {number}"
        case Goal.NOTE:
            number = str(numbered_notes(context)[reference.key])
            return f"note-{reference.key}", number, f"note {number}"
        case Goal.ESSAY:
            essays = context.edition.apparatus.essays
            place = [essay.key for essay in essays].index(reference.key)
            shown = "essay" if len(essays) == 1 else f"essay\u00a0{place + 1}"
            return f"essay-{reference.key}", shown, f"essay “{essays[place].title}”"
