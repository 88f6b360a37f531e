"""The worksheet: questions under their steps, with fields that the assembly makes into a form."""

from html import escape

from publish.problems import LayoutError
from publish.typeset.sections.context import Context, Section, element
from publish.worksheet import CHOICE, LINE, Question, Step


def worksheet(context: Context) -> Section:
    """Return the sheet of the product's own words. Raises LayoutError where it has none."""
    sheet = context.job.worksheet
    if sheet is None:
        raise LayoutError(
            f"product {context.job.product.name!r} has a worksheet and no words for it",
            hint='Write words = "words" into its product.toml, and the words into words.en.toml.',
        )
    heads = "".join(element("p", _line(head), css=f"head {head.id}") for head in sheet.heads)
    html = element("div", heads, css="heads")
    html += element("h1", escape(sheet.title), id="worksheet")
    html += element("p", escape(sheet.opening), css="opening")
    html += "".join(_step(step) for step in sheet.steps)
    html += element("p", escape(sheet.imprint), css="imprint")
    return Section("worksheet", sheet.title, html, level=1)


def _step(step: Step) -> str:
    head = element("h2", escape(step.heading)) + element("p", escape(step.hint), css="hint")
    return head + element("div", "".join(_question(q) for q in step.questions), css="questions")


def _question(question: Question) -> str:
    if question.kind == CHOICE:
        return _choices(question)
    if question.kind == LINE:
        return element("p", _line(question), css="wide" if question.wide else "half")
    field = _field("lines", question.id, question.ask, f"box lines-{question.lines}")
    return element("p", escape(question.ask), css="ask") + element("div", field, data_tag="Div")


def _line(question: Question) -> str:
    asked = element("span", escape(question.ask), css="asked", data_space="after")
    return asked + _field("text", question.id, question.ask, "line")


def _choices(question: Question) -> str:
    asked = element("span", escape(question.ask), css="asked", data_space="after")
    # A space between two choices, for a line to end at: within one it must not.
    items = [
        element("span", _choice(question, number, choice), css="choice")
        for number, choice in enumerate(question.choices, 1)
    ]
    if question.other:
        number = len(question.choices) + 1
        told = f"{question.ask} {question.other_ask}"
        line = _field("text", f"{question.id}-other", told, "line")
        chosen = _choice(question, number, question.other) + line
        items.append(element("span", chosen, css="choice other"))
    return element("p", " ".join((asked, *items)), css="choices")


def _choice(question: Question, number: int, choice: str) -> str:
    box = _field("check", f"{question.id}-{number}", f"{question.ask} {choice}", "check")
    return box + element("span", escape(choice))


def _field(kind: str, name: str, told: str, css: str) -> str:
    """Return the box of a field; `told` is what a listener hears when it is reached."""
    return element("span", "", css=f"field {css}", data_field=kind, data_name=name, title=told)
