"""The question sheet: excerpts to set beside the text, questions with lines to write on, claim and exit ticket."""

from collections.abc import Iterator, Sequence

from publish.classroom import Excerpt, Group, Handout, Prompt, Question
from publish.handout_words import handout_title
from publish.typeset.sections.context import Context, Section, count, element, words_html
from publish.typeset.sections.handout import foot, name_line
from publish.typeset.sections.heard_paragraphs import cited, with_heard_paragraphs

TITLE = "Questions"


def questions(context: Context) -> Section | None:
    """Return the question sheet; nothing where the edition asks no questions."""
    return _sheet(context, context.edition.classroom.handout)


def compact_questions(context: Context) -> Section | None:
    """Return the questions of the compact sheet, one a group; nothing where there are none."""
    handout = context.edition.classroom.handout.compact()
    return _sheet(context, handout)


def _sheet(context: Context, handout: Handout) -> Section | None:
    prompts = [each for each in (handout.claim, handout.exit_ticket) if each]
    if not (handout.questions or handout.excerpts or prompts):
        return None
    html = [name_line(), _heading(context), *_excerpts(context, handout.excerpts)]
    for group, asked in handout.by_group():
        html += _group(context, group, asked)
    if handout.claim:
        html += _prompt(context, "claim", "Claim and evidence", handout.claim)
    if handout.exit_ticket:
        html += _prompt(context, "exit-ticket", "Exit ticket", handout.exit_ticket)
    return Section("questions", TITLE, "\n".join(html), level=1)


def _heading(context: Context) -> str:
    of = element("span", f"{words_html(handout_title(context.edition))}: ", css="of")
    return element("h2", f"{of}{TITLE.lower()}", id="questions", data_foot=foot(context.edition))


def _excerpts(context: Context, excerpts: Sequence[Excerpt]) -> Iterator[str]:
    if not excerpts:
        return
    counted = count(len(excerpts)).capitalize()
    title = f"{counted} other source{'s' if len(excerpts) > 1 else ''}"
    yield element("h3", title, id="excerpts")
    for excerpt in excerpts:
        yield _excerpt(context, excerpt)


def _excerpt(context: Context, excerpt: Excerpt) -> str:
    letter = element(
        "span",
        words_html(excerpt.letter),
        css="letter",
        data_space="after",
        data_tag="Span",
        data_actual=f"Excerpt {excerpt.letter}. ",
    )
    attribution = element("p", letter + context.line(f"{excerpt.attribution}."), css="attribution")
    told = f"“{words_html(excerpt.text)}” {_where(context, excerpt)}"
    quotation = element("blockquote", element("p", told, css="quoted"))
    return element("div", attribution + quotation, css="excerpt", id=f"excerpt-{excerpt.key}")


def _where(context: Context, excerpt: Excerpt) -> str:
    """Return where the whole source stands: short title and place, as a link where there is an address."""
    place = context.line(f"{context.works[excerpt.work].short}, {excerpt.place}")
    if excerpt.url:
        place = element("a", place, href=excerpt.url, title=excerpt.url)
    return element("span", f"{place}.", css="where")


def _group(context: Context, group: Group, asked: Sequence[Question]) -> Iterator[str]:
    items = "".join(_question(context, question) for question in asked)
    head = element(
        "h3", group.value.capitalize(), id=f"group-{group.name.lower().replace('_', '-')}"
    )
    listed = element("div", items, css="questions", data_tag="L", data_list="Decimal")
    yield element("div", head + listed, css="group")


def _question(context: Context, question: Question) -> str:
    number = element("span", str(question.number), css="number", data_space="after", data_tag="Lbl")
    belongs = element("span", _belongs_to(context, question), css="belongs", data_space="after")
    text = with_heard_paragraphs(context.line(question.text))
    body = element("p", f"{belongs} {text}")
    body = element("div", body, data_tag="LBody")
    return element(
        "div",
        number + body + _lines(question.answer_lines),
        css="question",
        id=f"question-{question.key}",
        data_tag="LI",
    )


def _belongs_to(context: Context, question: Question) -> str:
    """Return the paragraphs to which a question belongs, and the excerpts after them."""
    handout = context.edition.classroom.handout
    letters = [handout.excerpt(key).letter for key in question.excerpts]
    stop = "," if letters else "."
    told = cited(context, question.paragraphs, f"{stop} ").replace("</span>", f"{stop}</span>")
    if not letters:
        return told
    named = f"Excerpt{'s' if len(letters) > 1 else ''}\u00a0{_and(letters)}."
    return f"{told} {named}" if told else named


def _and(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and\u00a0{last}" if first else last


def _prompt(context: Context, name: str, title: str, prompt: Prompt) -> Iterator[str]:
    html = element("h3", title, id=name)
    html += element("p", with_heard_paragraphs(context.line(prompt.text)), css="asked")
    frames = "".join(_frame(context, words, prompt.answer_lines) for words in prompt.frames)
    if frames:
        html += element("ul", frames, css="frames", data_list="None")
    else:
        html += _lines(prompt.answer_lines)
    yield element("div", html, css=f"prompt {name}")


def _frame(context: Context, words: str, lines: int) -> str:
    """Return the words before a space, on the first of its lines, and the other lines."""
    label = element("div", context.line(words), css="line labelled", data_tag="LBody")
    return element("li", label + _lines(lines - 1), css="frame", data_tag="LI")


def _lines(number: int) -> str:
    """Return lines to write on; they are drawn and not heard."""
    return element("div", element("div", "", css="line") * number, css="lines") if number else ""
