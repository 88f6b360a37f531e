"""The key: model answers by question, what to look for, a rubric, and what students often think."""

from collections.abc import Iterator

from publish.classroom import CLAIM, EXIT_TICKET, Answer, Handout, Lesson, Misconception, Prompt
from publish.typeset.sections.class_text import PROMPT_SIGNS
from publish.typeset.sections.context import Context, Section, element, words_html
from publish.typeset.sections.heard_paragraphs import cited
from publish.typeset.sections.lesson import table, told
from publish.typeset.sections.witnesses import bare_list

_PROMPTS = {CLAIM: "Claim and evidence", EXIT_TICKET: "Exit ticket"}


def key(context: Context) -> Section | None:
    """Return the answers in the order of the questions; nothing where there are none."""
    classroom = context.edition.classroom
    handout, lesson = classroom.handout, classroom.lesson
    if not lesson.answers:
        return None
    html = [element("h2", "Answer key", id="key")]
    for group, asked in handout.by_group():
        items = [
            _answer(context, str(each.number), each.text, answer, cited(context, each.paragraphs))
            for each in asked
            if (answer := lesson.answer(each.key))
        ]
        if items:
            html.append(element("h3", group.value.capitalize()))
            html.append(_list(items))
    prompts = list(_prompts(context, handout, lesson))
    if prompts:
        html += [
            element("h3", "The two prompts" if len(prompts) > 1 else "The prompt"),
            _list(prompts),
        ]
    return Section("key", "Answer key", "\n".join(html), level=1)


def _list(items: list[str]) -> str:
    return element("ul", "".join(items), css="answers", data_list="Decimal")


def _prompts(context: Context, handout: Handout, lesson: Lesson) -> Iterator[str]:
    asked: tuple[tuple[str, Prompt | None], ...] = (
        (CLAIM, handout.claim),
        (EXIT_TICKET, handout.exit_ticket),
    )
    for name, prompt in asked:
        answer = lesson.answer(name)
        if prompt and answer:
            yield _answer(context, PROMPT_SIGNS[name], _PROMPTS[name], answer, "")


def _answer(context: Context, sign: str, question: str, answer: Answer, where: str) -> str:
    label = element("span", sign, css="number", data_space="after", data_tag="Lbl")
    paragraphs = f" {element('span', f'({where})', css='where')}" if where else ""
    html = element("p", f"{told(context, question)}{paragraphs}", css="question-text")
    html += element("p", told(context, answer.text), css="model")
    if answer.look_for:
        looked_for = "; ".join(told(context, each) for each in answer.look_for)
        head = element("strong", "Look for:")
        html += element("p", f"{head} {looked_for}.", css="look-for")
    body = element("div", html, data_tag="LBody")
    return element("li", label + body, css="answer", data_tag="LI", id=f"answer-{answer.question}")


def rubric(context: Context) -> Section | None:
    """Return the rubric; nothing where the lesson has none."""
    lesson = context.edition.classroom.lesson
    if not lesson.rubric:
        return None
    rows = (
        (words_html(each.name), *(told(context, level) for level in each.levels))
        for each in lesson.rubric
    )
    html = element("h2", "Rubric for the claim", id="rubric")
    html += table(("Criterion", *lesson.levels), rows, "rubric")
    return Section("rubric", "Rubric", html, level=1)


def misconceptions(context: Context) -> Section | None:
    """Return what students often think and what is to be said to it; nothing where nothing is told."""
    every = context.edition.classroom.lesson.misconceptions
    if not every:
        return None
    html = element("h2", "What students often think", id="misconceptions")
    html += bare_list([_misconception(context, each) for each in every], "misconceptions")
    return Section("misconceptions", "What students often think", html, level=1)


def _misconception(context: Context, each: Misconception) -> str:
    handout = context.edition.classroom.handout
    places = [cited(context, each.paragraphs)] if each.paragraphs else []
    letters = sorted(handout.excerpt(key).letter for key in each.excerpts)
    if letters:
        places.append(f"Excerpt{'s' if len(letters) > 1 else ''}\u00a0{', '.join(letters)}")
    where = element("span", f" ({'; '.join(places)})", css="where") if places else ""
    thought = element("strong", f"“{told(context, each.thought)}”")
    body = element("p", f"{thought} {told(context, each.correction)}{where}")
    return element("li", element("div", body, data_tag="LBody"), css="misconception", data_tag="LI")
