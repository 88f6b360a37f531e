"""For the teacher: how hard the texts are to read, by which rule, and what the adaptation changed."""

from collections.abc import Iterator, Sequence

from publish.handout_words import adapted_running_text, readabilities, running_text
from publish.readability import EASE_FORMULA, FORMULA, Readability
from publish.typeset.sections.context import Context, Section, element, words_html
from publish.typeset.sections.heard_paragraphs import cited
from publish.typeset.sections.lesson import table, told

_HEADS = (
    "Text", "Rule of sentences", "Words", "Sentences", "Syllables", "Grade", "Reading Ease",
)  # fmt: skip


def readability(context: Context) -> Section | None:
    """Return the readability of original and adapted text; nothing without a lesson."""
    edition = context.edition
    if not edition.classroom.lesson:
        return None
    handout, document = edition.classroom.handout, edition.document
    rows = [*_rows("The original", readabilities(running_text(document)))]
    rows += _rows("The adapted text", readabilities(adapted_running_text(handout, document)))
    if not rows:
        return None
    formulas = (
        f"Flesch-Kincaid grade: {FORMULA}. Flesch Reading Ease: {EASE_FORMULA}. What counts as a sentence moves "
        "the grade more than anything else, so both rules are given. Syllables are those of the CMU Pronouncing "
        "Dictionary, and groups of vowels where it lacks a word. Counted are paragraphs and items, without the "
        "words before them, address and signature."
    )
    html = element("h2", "Readability", id="readability")
    html += table(_HEADS, rows, "readability") + element("p", words_html(formulas), css="about")
    return Section("readability", "Readability", html, level=1)


def _rows(name: str, measured: Sequence[Readability]) -> Iterator[tuple[str, ...]]:
    for each in measured:
        counts = (each.words, each.sentences, each.syllables)
        rule = words_html(each.rule.value.capitalize())
        yield name, rule, *map(str, counts), f"{each.grade:.1f}", f"{each.ease:.0f}"


def change_log(context: Context) -> Section | None:
    """Return each adapted sentence with its paragraphs and what was done; nothing where none is adapted."""
    edition = context.edition
    if not (edition.classroom.lesson and edition.classroom.handout.adapted):
        return None
    rows = (
        (cited(context, each.paragraphs), words_html(each.text), told(context, each.change))
        for each in edition.classroom.handout.adapted
    )
    about = (
        "Sentence by sentence: from which paragraphs of the original, and what was done to them."
    )
    html = element("h2", "What the adaptation changed", id="change-log")
    html += element("p", about, css="about")
    html += table(("Original", "Adapted text", "What was done"), rows, "changes")
    return Section("change-log", "What the adaptation changed", html, level=1)
