"""The question sheet: excerpts to set beside the text, questions with lines to write on, claim and exit ticket."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from publish.classroom import (
    CLAIM,
    EXIT_TICKET,
    Excerpt,
    Frame,
    Group,
    Handout,
    Prompt,
    Question,
)
from publish.handout_words import handout_title
from publish.typeset.sections.context import Context, Section, count, element, words_html
from publish.typeset.sections.handout import foot, name_line
from publish.typeset.sections.heard_paragraphs import cited, with_heard_paragraphs

TITLE = "Questions"
_ON_A_SHEET = "Write your answers on a sheet of your own."
_PROMPTS = {CLAIM: "Claim and evidence", EXIT_TICKET: "Exit ticket"}


def questions(context: Context) -> Section | None:
    """Return the question sheet under a title of its own; nothing where the edition asks no questions."""
    handout = context.edition.classroom.handout
    if not _asks(handout):
        return None
    of = element("span", f"{words_html(handout_title(context.edition))}: ", css="of")
    title = element("h2", f"{of}{TITLE.lower()}", id="questions", data_foot=foot(context.edition))
    html = [name_line(), title, *_excerpts(context, handout.excerpts, "h3")]
    html += _groups(context, handout)
    html += _prompts(context, handout)
    return Section("questions", TITLE, "\n".join(html), level=1)


def open_questions(context: Context) -> Section | None:
    """Return the same questions without lines to write on: who reads them writes on a sheet of their own."""
    handout = without_lines(context.edition.classroom.handout)
    if not _asks(handout):
        return None
    html = [element("h2", TITLE, id="questions"), element("p", _ON_A_SHEET, css="about")]
    html += [*_excerpts(context, handout.excerpts, "h3"), *_groups(context, handout)]
    html += _prompts(context, handout)
    return Section("questions", TITLE, "\n".join(html), level=1, kind="open-questions")


def without_lines(handout: Handout) -> Handout:
    """Return a handout whose questions and prompts leave no room for answers."""
    return replace(
        handout,
        questions=tuple(
            replace(question, answer_lines=0, columns=()) for question in handout.questions
        ),
        claim=handout.claim and _unlined(handout.claim),
        exit_ticket=handout.exit_ticket and _unlined(handout.exit_ticket),
    )


def _unlined(prompt: Prompt) -> Prompt:
    frames = tuple(replace(frame, answer_lines=0) for frame in prompt.frames)
    return replace(prompt, frames=frames, answer_lines=0)


def compact_questions(context: Context) -> Section | None:
    """Return the questions of the compact sheet, one a group, below the text; nothing where there are none.

    Of the prompts it has the claim, as far as that is worded for it.
    """
    handout = context.edition.classroom.handout.compact()
    if not (handout.questions or handout.excerpts):
        return None
    html = [*_excerpts(context, handout.excerpts, "h2"), element("h2", TITLE, id="questions")]
    html.append(element("div", "".join(_groups(context, handout)), css="grouped"))
    if handout.claim and handout.claim.compact:
        head = element("strong", "Claim:")
        asked = with_heard_paragraphs(context.line(handout.claim.compact))
        html.append(element("p", f"{head} {asked}", css="asked"))
        html.append(_lines(handout.claim.answer_lines))
    return Section("questions", TITLE, "\n".join(html), level=1, kind="compact-questions")


def _asks(handout: Handout) -> bool:
    return bool(handout.questions or handout.excerpts or handout.claim or handout.exit_ticket)


def _excerpts(context: Context, excerpts: Sequence[Excerpt], level: str) -> Iterator[str]:
    if not excerpts:
        return
    usual = f"other source{'s' if len(excerpts) > 1 else ''}"
    what = context.edition.classroom.handout.excerpts_title or usual
    yield element(level, words_html(f"{count(len(excerpts)).capitalize()} {what}"), id="excerpts")
    before = ""
    for excerpt in excerpts:
        yield _excerpt(context, excerpt, of_same_work=excerpt.work == before)
        before = excerpt.work


def _excerpt(context: Context, excerpt: Excerpt, *, of_same_work: bool) -> str:
    letter = element(
        "span",
        words_html(excerpt.letter),
        css="letter",
        data_space="after",
        data_tag="Span",
        data_actual=f"Excerpt {excerpt.letter}. ",
    )
    attribution = element("p", letter + context.line(f"{excerpt.attribution}."), css="attribution")
    told = f"“{words_html(excerpt.text)}” {_where(context, excerpt, of_same_work=of_same_work)}"
    quotation = element("blockquote", element("p", told, css="quoted"))
    return element("div", attribution + quotation, css="excerpt", id=f"excerpt-{excerpt.key}")


def _where(context: Context, excerpt: Excerpt, *, of_same_work: bool) -> str:
    """Return where the whole source stands, as a link where there is an address.

    The work's short title is left out after an excerpt of the same work.
    """
    work = "" if of_same_work else f"{context.works[excerpt.work].short}, "
    place = context.line(f"{work}{excerpt.place}")
    if excerpt.url:
        place = element("a", place, href=excerpt.url, title=excerpt.url)
    return element("span", f"{place}.", css="where")


def _groups(context: Context, handout: Handout) -> Iterator[str]:
    for group, asked in handout.by_group():
        yield _group(group, [_question(context, handout, each) for each in asked])


def _group(group: Group, items: Sequence[str]) -> str:
    head = element(
        "h3", group.value.capitalize(), id=f"group-{group.name.lower().replace('_', '-')}"
    )
    listed = element("div", "".join(items), css="questions", data_tag="L", data_list="Decimal")
    return element("div", head + listed, css="group")


def _question(context: Context, handout: Handout, question: Question) -> str:
    number = element("span", str(question.number), css="number", data_space="after", data_tag="Lbl")
    belongs = element(
        "span", _belongs_to(context, handout, question), css="belongs", data_space="after"
    )
    text = with_heard_paragraphs(context.line(question.text))
    body = element("p", f"{belongs} {text}") + _columns(context, question)
    body = element("div", body, data_tag="LBody")
    lines = "" if question.columns else _lines(question.answer_lines)
    return element(
        "div",
        number + body + lines,
        css="question",
        id=f"question-{question.key}",
        data_tag="LI",
    )


def _belongs_to(context: Context, handout: Handout, question: Question) -> str:
    """Return the paragraphs to which a question belongs, then those of its excerpts that stand on the sheet."""
    letters = [each.letter for each in handout.excerpts if each.key in question.excerpts]
    stop = "," if letters else "."
    told = cited(context, question.paragraphs, f"{stop} ").replace("</span>", f"{stop}</span>")
    if not letters:
        return told
    named = f"Excerpt{'s' if len(letters) > 1 else ''}\u00a0{_and(letters)}."
    return f"{told} {named}" if told else named


def _and(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and\u00a0{last}" if first else last


def _prompts(context: Context, handout: Handout) -> Iterator[str]:
    if handout.claim:
        yield _prompt(context, CLAIM, handout.claim)
    if handout.exit_ticket:
        yield _prompt(context, EXIT_TICKET, handout.exit_ticket)


def _prompt(context: Context, name: str, prompt: Prompt) -> str:
    html = element("h3", _PROMPTS[name], id=name)
    html += element("p", with_heard_paragraphs(context.line(prompt.text)), css="asked")
    frames = "".join(_frame(context, frame) for frame in prompt.frames)
    listed = element("ul", frames, css="frames", data_list="None") if frames else ""
    return element("div", html + (listed or _lines(prompt.answer_lines)), css=f"prompt {name}")


def _frame(context: Context, frame: Frame) -> str:
    """Return the words before a space, on the first of its lines, and the other lines."""
    css = "line labelled" if frame.answer_lines else "unlined"
    words = with_heard_paragraphs(context.line(frame.words))
    label = element("div", words, css=css, data_tag="LBody")
    lines = _lines(max(0, frame.answer_lines - 1))
    return element("li", label + lines, css="frame", data_tag="LI")


def _columns(context: Context, question: Question) -> str:
    """Return the lines below a question that has columns, side by side under their heads."""
    if not question.columns:
        return ""
    frames = [Frame(head, question.answer_lines) for head in question.columns]
    items = "".join(_frame(context, frame) for frame in frames)
    return element("ul", items, css="frames beside", data_list="None")


def _lines(number: int) -> str:
    """Return lines to write on; they are drawn and not heard."""
    return element("div", element("div", "", css="line") * number, css="lines") if number else ""
