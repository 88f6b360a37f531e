"""The witnesses of the text, the words in which they differ from it, and what none of them tells."""

from html import escape

from publish.model import Collated, Variant, Witness
from publish.typeset.sections.context import (
    Context,
    element,
    lemma,
    paragraph_reference,
    shortened,
    web_address,
    words_html,
)
from publish.typeset.sections.heard import differ_in_signs, spelled

_COLLATED = {
    Collated.WHOLE: "Collated whole.",
    Collated.PART: "Collated in part.",
    Collated.NONE: "Not collated.",
}


def item(label: str, told: str, css: str) -> str:
    """Return an item of a list without numbers; `label` is a mark in the margin, or nothing."""
    return element("li", element("div", label + told, data_tag="LBody"), css=css, data_tag="LI")


def bare_list(items: list[str], css: str) -> str:
    """Return a list whose items have no label that counts them."""
    return element("ul", "".join(items), css=css, data_list="None")


def witnesses(context: Context) -> list[str]:
    """Return the list of witnesses under its head."""
    every = context.edition.apparatus.witnesses
    if not every:
        return []
    items = [_witness(context, witness) for witness in every]
    return [element("h3", "Witnesses", id="witnesses"), bare_list(items, "witnesses")]


def _witness(context: Context, witness: Witness) -> str:
    siglum = element(
        "span",
        escape(witness.siglum),
        css="siglum",
        data_space="after",
        data_tag="Span",
        data_actual=f"Witness {witness.siglum}: ",
    )
    state = "Base text." if witness.base else _COLLATED[witness.collated]
    told = f"{context.line(witness.title)}. {state} {context.line(witness.extent)}"
    return item(siglum, told + address(witness.url), "witness")


def address(url: str) -> str:
    """Return a web address as the last words of an entry, or nothing."""
    return f" {web_address(url)}." if url else ""


def variants(context: Context) -> list[str]:
    """Return the list of variants under its head: paragraph, lemma, readings with their sigla."""
    every = context.edition.apparatus.variants
    if not every:
        return []
    base = next((w.siglum for w in context.edition.apparatus.witnesses if w.base), "")
    whose = f"as they stand in {escape(base)}" if base else "as they stand in the transcription"
    told = (
        f"Before the bracket the words of the text, sign by sign {whose}; after it what another witness has, "
        "with its siglum. Conventions of this book, such as curly quotation marks, are not applied here."
    )
    items = [_variant(context, variant) for variant in every]
    return [
        element("h3", "Variants", id="variants"),
        element("p", told, css="opening"),
        bare_list(items, "variants"),
    ]


def _variant(context: Context, variant: Variant) -> str:
    shown = shortened(variant.lemma)
    signs_only = any(differ_in_signs(variant.lemma, words) for _, words in variant.readings)
    place = element("span", paragraph_reference(variant.anchor.block, ". "), css="place")
    words = element("span", escape(shown, quote=False), css="reading")
    told = lemma(words, "", spelled(shown) if signs_only else shown)
    sigla: dict[str, list[str]] = {}
    for siglum, reading in variant.readings:
        sigla.setdefault(reading, []).append(siglum)
    readings = [_reading(variant, reading, having) for reading, having in sigla.items()]
    note = f" {context.line(variant.note)}" if variant.note else ""
    return item(place, f" {told} {', '.join(readings)}.{note}", "variant")


def _reading(variant: Variant, words: str, sigla: list[str]) -> str:
    """Return a reading and who has it. One that differs in signs alone is heard with its signs told."""
    html = words_html(words)
    if differ_in_signs(variant.lemma, words):
        html = element("span", html, data_tag="Span", data_actual=f"{spelled(words)} ")
    heard = f"({' and '.join(f'witness {siglum}' for siglum in sigla)})"
    by = element("span", escape(" ".join(sigla)), css="by", data_tag="Span", data_actual=heard)
    return f"{html} {by}"


def questions(context: Context) -> list[str]:
    """Return the list of open questions under its head."""
    every = context.edition.apparatus.questions
    if not every:
        return []
    told = "The editors looked for an answer to these questions and found none in the sources used."
    items = []
    for number, question in enumerate(every, 1):
        label = element("span", f"{number}.", css="rule-number", data_space="after", data_tag="Lbl")
        body = element("span", context.line(question.told), data_tag="LBody")
        items.append(element("li", label + body, css="rule", data_tag="LI"))
    return [
        element("h3", "Open questions", id="questions"),
        element("p", told, css="opening"),
        element("ul", "".join(items), css="rules", data_list="Decimal"),
    ]
