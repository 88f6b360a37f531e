"""People and terms: who they were and what was meant on the telegram's day."""

from html import escape

from publish.index import alphabetical
from publish.model import Person, Term
from publish.typeset.sections.context import Context, Section, element, words_html


def people(context: Context) -> Section | None:
    """Return the people, then the terms; nothing where the edition explains none."""
    apparatus = context.edition.apparatus
    persons = sorted((p for p in apparatus.people if p.was), key=lambda p: alphabetical(p.sort))
    terms = sorted((t for t in apparatus.terms if t.meant), key=lambda t: alphabetical(t.term))
    parts = [
        ("people-named", "People", [_person(context, person) for person in persons]),
        ("terms-explained", "Terms", [_term(context, term) for term in terms]),
    ]
    parts = [part for part in parts if part[2]]
    if not parts:
        return None
    title = " and ".join(part[1] for part in parts).capitalize()
    html = [element("h2", title, id="people")]
    for identifier, heading, items in parts:
        if len(parts) > 1:
            html.append(element("h3", heading, id=identifier))
        html.append(element("ul", "".join(items), css="people", data_list="None"))
    entries = tuple((identifier, heading) for identifier, heading, _ in parts)
    return Section("people", title, "\n".join(html), entries=entries if len(parts) > 1 else ())


def _person(context: Context, person: Person) -> str:
    name = element("strong", words_html(person.sort))
    if person.original:
        original = escape(person.original, quote=False)
        name += f" ({element('span', original, lang=person.original_language)})"
    return _item(f"person-{person.key}", name, context.line(person.was))


def _term(context: Context, term: Term) -> str:
    return _item(
        f"term-{term.key}", element("strong", context.line(term.term)), context.line(term.meant)
    )


def _item(identifier: str, name: str, told: str) -> str:
    """Return an item: the name, and after a comma what is told of it."""
    body = element("span", f"{name}, {told}", data_tag="LBody")
    return element("li", body, id=identifier, css="explained", data_tag="LI")
