"""What a teacher reads first: the plan of one period, helps for it, its context, the standards it serves."""

from collections.abc import Iterable, Sequence
from html import escape

from publish.classroom import Lesson
from publish.handout_words import handout_title
from publish.teaching_standards import TeachingStandard, load_teaching_standards
from publish.typeset.sections.context import Context, Section, element, words_html
from publish.typeset.sections.handout import foot
from publish.typeset.sections.heard_paragraphs import with_heard_paragraphs

_TEACHER = "for the teacher"


def told(context: Context, text: str) -> str:
    """Return the HTML of one line of Markdown, its paragraphs heard as words."""
    return with_heard_paragraphs(context.line(text))


def plan(context: Context) -> Section | None:
    """Return the plan of the period; nothing without a lesson."""
    edition = context.edition
    lesson = edition.classroom.lesson
    if not lesson:
        return None
    title = element("span", f"{words_html(handout_title(edition))}: ", css="of") + _TEACHER
    html = [
        element("h1", title, css="title", id="lesson", data_foot=f"{foot(edition)}, {_TEACHER}"),
        element("p", words_html(_for_whom(context, lesson)), css="course"),
    ]
    if question := edition.classroom.handout.central_question:
        html.append(element("p", context.line(question), css="central-question"))
    if lesson.summary:
        html.append(element("p", told(context, lesson.summary), css="summary"))
    html += _listed(context, "objectives", "What students learn", lesson.objectives)
    html += _listed(context, "materials", "What you need", lesson.materials)
    if lesson.steps:
        minutes = f" ({lesson.period} minutes)" if lesson.period else ""
        html += [element("h2", f"The period{minutes}", id="steps"), _steps(context, lesson)]
    return Section("lesson", "Plan of the lesson", "\n".join(html), level=1)


def _for_whom(context: Context, lesson: Lesson) -> str:
    period = f"One period of {lesson.period} minutes" if lesson.period else ""
    told_of = (context.edition.classroom.handout.course, period, "Not for students")
    return " · ".join(filter(None, told_of))


def _listed(context: Context, name: str, title: str, lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    items = "".join(element("li", told(context, line)) for line in lines)
    return [element("h2", title, id=name), element("ul", items, css=f"dashed {name}")]


def _steps(context: Context, lesson: Lesson) -> str:
    rows = ((step.title, str(step.minutes), told(context, step.told)) for step in lesson.steps)
    return table(("Step", "Minutes", "What is done"), rows, "steps")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], css: str) -> str:
    """Return a table: plain heads, and rows of HTML, each under the head of its first cell."""
    head = element("tr", "".join(element("th", escape(name), scope="col") for name in heads))
    body = "".join(
        element(
            "tr",
            element("th", first, scope="row") + "".join(element("td", cell) for cell in others),
        )
        for first, *others in rows
    )
    return element("table", element("thead", head) + element("tbody", body), css=css)


def helps(context: Context) -> Section | None:
    """Return openings of sentences and what helps some students; nothing where there is neither."""
    lesson = context.edition.classroom.lesson
    if not (lesson.starters or lesson.supports):
        return None
    html: list[str] = []
    if lesson.starters:
        items = "".join(element("li", told(context, words)) for words in lesson.starters)
        html += [
            element("h2", "Sentence starters", id="helps"),
            element("ul", items, css="dashed starters"),
        ]
    if lesson.supports:
        rows = ((words_html(each.who), told(context, each.told)) for each in lesson.supports)
        name = "supports" if lesson.starters else "helps"
        html += [
            element("h2", "Help for some students", id=name),
            table(("For whom", "How"), rows, "supports"),
        ]
    return Section("helps", "Help for students", "\n".join(html), level=1)


def context_timeline(context: Context) -> Section | None:
    """Return the days around the document; nothing where the lesson has none."""
    events = context.edition.classroom.lesson.context
    if not events:
        return None
    rows = ((_when(each.when), told(context, each.told)) for each in events)
    html = element("h2", "The days around it", id="context-timeline")
    if note := context.edition.classroom.lesson.context_note:
        html += element("p", told(context, note), css="about")
    html += table(("When", "What"), rows, "context")
    return Section("context-timeline", "The days around it", html, level=1)


def _when(when: str) -> str:
    """Return a day and an hour, the day from its number and the hour from a.m. not parted."""
    return words_html(when).replace(" a.m.", "\u00a0a.m.").replace(" p.m.", "\u00a0p.m.")


def standards(context: Context) -> Section | None:
    """Return the standards that the lesson serves, by the bodies that set them; nothing without any."""
    codes = context.edition.classroom.lesson.standards
    if not codes:
        return None
    known = load_teaching_standards(context.job.product.directory.parent)
    # A code that is in no file is told by `publish check` (c-016); print has it without words.
    named = [known.get(code, TeachingStandard(code, "Other standards", "")) for code in codes]
    html = [
        element("h2", "Standards", id="standards"),
        element("p", "In our words; the bodies’ own stand in their documents.", css="about"),
    ]
    for body in dict.fromkeys(standard.body for standard in named):
        rows = ((words_html(s.code), words_html(s.text)) for s in named if s.body == body)
        html.append(element("h3", words_html(body)))
        html.append(table(("Code", "What students do"), rows, "standards"))
    return Section("standards", "Standards", "\n".join(html), level=1)
