"""The adapted text: the editors' words for readers of grade 8, in the original's paragraphs, never for the original."""

from collections.abc import Sequence

from publish.classroom import AdaptedSentence
from publish.handout_words import handout_title
from publish.typeset.sections.context import Context, Section, element, words_html
from publish.typeset.sections.handout import foot, name_line, source_paragraph
from publish.typeset.sections.heard_paragraphs import cited

LABEL = "Adapted from the original"
_TOLD = (
    "The editors shortened this text and put it into plain words. Its paragraphs have the numbers of the "
    "original’s. Read it beside the original, and quote from the original alone."
)


def adapted(context: Context) -> Section | None:
    """Return the adapted text under its label; nothing where the editors adapted none."""
    paragraphs = context.edition.classroom.handout.adapted_paragraphs()
    if not paragraphs:
        return None
    edition = context.edition
    html = [
        name_line(),
        element("p", LABEL, css="adapted-label"),
        element(
            "h1",
            words_html(handout_title(edition)),
            css="title",
            id="adapted",
            data_foot=f"{foot(edition)}, {LABEL[:1].lower()}{LABEL[1:]}",
        ),
        element("p", words_html(_TOLD), css="about"),
        element(
            "div", "\n".join(_paragraph(context, each) for each in paragraphs), css="adapted-text"
        ),
        element("h2", "The original", id="original"),
        source_paragraph(context),
    ]
    return Section("adapted", LABEL, "\n".join(html), level=1)


def _paragraph(context: Context, sentences: Sequence[AdaptedSentence]) -> str:
    sources = list(dict.fromkeys(block for each in sentences for block in each.paragraphs))
    number = cited(context, sources, ". ")
    margin = element("span", number, css="margin", data_tag="Reference")
    words = " ".join(words_html(sentence.text) for sentence in sentences)
    return element("p", margin + words, css="adapted-paragraph")
