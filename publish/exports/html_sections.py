"""The sections of the reading edition as the web wants them: what print says by place and tag, said by HTML.

In: a section as the press sets it, with data-* attributes for the structure of a PDF. Out: the same words in
elements whose meaning browsers and screen readers know. No words are added, but for the ear alone.

The document’s own words stand in elements of class “document”; within one, what stands in a link, a raised
call or a page break is the editors’.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from publish.exports.markup import Element, Node, made, parsed
from publish.typeset.sections.context import LINK_SCHEME, Section

HIDDEN = "visually-hidden"
# What a section is (DPUB-ARIA 1.1), where the vocabulary has a word for it.
_ROLES = {
    "head-note": "doc-introduction",
    "commentary": "doc-endnotes",
    "index": "doc-index",
}
_SIGN = re.compile("nn?\\.\u00a0")
_PRINT_ONLY = frozenset({"overleaf", "counted", "margin", "last", "entry"})
# The drawing’s colours as the style sheet names them, so that they change on a dark ground.
_COLOURS = {"#000": "var(--ink)", "#7d2a1c": "var(--tone)", "#fff": "var(--ground)"}


def section_element(section: Section) -> Element:
    """Return a section as an element. Raises ValueError where its HTML is not well formed."""
    role = _ROLES.get(section.id, "")
    return made(
        "section",
        *adapted(parsed(section.html)),
        css=section.kind or section.id,
        role=role,
        aria_labelledby=section.id if role else "",
    )


def adapted(nodes: Iterable[Node]) -> list[Node]:
    """Return the nodes in the web’s own terms, notes and conventions gathered in lists."""
    return _gathered(_tied(list(_spaced(list(nodes)))))


def _spaced(nodes: list[Node]) -> Iterator[Node]:
    """Yield what becomes of each node; where print parted two words by place, a space does."""
    for index, node in enumerate(nodes):
        if isinstance(node, str):
            yield from _words(node)
            continue
        become = list(_one(node))
        yield from become
        follows = nodes[index + 1] if index + 1 < len(nodes) else ""
        words = follows if isinstance(follows, str) else follows.text
        # Neither a number nor a page of a witness may add a space to the document.
        if not become or {"number", "margin", "page-break"} & set(node.classes):
            continue
        if node.get("data-space") == "after" and words and not words[0].isspace():
            yield " "


def _words(text: str) -> Iterator[Node]:
    """Yield words without signs that have no width: a copied word or address is to have none.

    Where a line may end a <wbr> stands; a dash is tied to the word before it, as in print.
    """
    for number, part in enumerate(text.split("\u200b")):
        if number:
            yield made("wbr")
        for piece in re.split(r"(\S*\u2060—)", part):
            plain = piece.replace("\u2060", "")
            if piece.endswith("\u2060—"):
                yield made("span", plain, css="unbroken")
            elif plain:
                yield plain


def _tied(nodes: list[Node]) -> list[Node]:
    """Return the nodes, a dash that follows a call tied to the call and to the word before it."""
    kept: list[Node] = []
    for node in nodes:
        if isinstance(node, Element) and node.classes == ("unbroken",) and node.text == "—":
            call: list[Node] = []
            while kept and isinstance(kept[-1], Element) and "call" in kept[-1].classes:
                call.insert(0, kept.pop())
            before = kept.pop() if call and kept and isinstance(kept[-1], str) else ""
            words, space, last = str(before).rpartition(" ")
            kept += [words + space] if words + space else []
            node.content = [last, *call, "—"]
        kept.append(node)
    return kept


def _one(node: Element) -> Iterator[Node]:
    rule = next((rule for name, rule in _RULES.items() if name in node.classes), None)
    if rule is None:
        rule = _BY_TAG.get(node.get("data-tag"), _other)
    yield from rule(node)


def _other(node: Element) -> Iterator[Node]:
    """Yield an element for which there is no rule: its attributes for print are left out."""
    if node.tag == "a":
        yield from _link(node)
    elif node.tag == "th" and not node.text:
        yield made("td")  # a head without words would name nothing
    elif heard := node.get("data-actual"):
        yield from _heard(node, heard)
    else:
        yield _bare(node)


def _bare(node: Element, tag: str = "", css: str | None = None, **more: str) -> Element:
    """Return an element with its content adapted, under another tag or class if one is given."""
    classes = [word for word in node.classes if word not in _PRINT_ONLY]
    kept = {"id": node.get("id"), "class": " ".join(classes) if css is None else css}
    dropped = {"title", "alt", *kept} if node.tag != "img" else set(kept)
    kept |= {k: v for k, v in node.attributes.items() if k not in dropped and k[:5] != "data-"}
    kept |= {name.replace("_", "-"): value for name, value in more.items()}
    attributes = {name: value for name, value in kept.items() if value or name == "alt"}
    return Element(tag or node.tag, attributes, adapted(node.content))


def _unwrapped(node: Element) -> Iterator[Node]:
    if node.get("id") or node.classes:
        yield _bare(node)
    else:
        yield from adapted(node.content)


def _nothing(node: Element) -> Iterator[Node]:
    del node
    yield from ()


# Links


def _link(node: Element, name: str = "", **more: str) -> Iterator[Node]:
    """Yield a link; where its words alone do not say where it leads, its name does.

    One to another part of a book is left out: there is no other part.
    """
    if node.get("href").startswith(LINK_SCHEME):
        return
    name = name or node.get("data-actual").strip().rstrip(".")
    if sign := _SIGN.match(node.text):  # n. and nn. are for the eye; the name says “note”
        yield made("span", sign[0], aria_hidden="true")
        node = Element("a", node.attributes, [node.text[sign.end() :]])
    title = node.get("title")
    if not name and title != node.get("href") and node.text not in title:
        name = f"{node.text} {title}"  # WCAG 2.2, 2.5.3: the name has the words that are seen
    shown = node.text.replace("\u00a0", " ")
    yield _bare(node, aria_label="" if name.lower() == shown.lower() else name, **more)


def _first_link(node: Element) -> Element | None:
    return next((one for one in node.walk() if one.tag == "a"), None)


def _note_call(node: Element) -> Iterator[Node]:
    call = made("sup", css="call")
    if link := _first_link(node):
        call.content = list(_link(link, f"Note {link.text}", role="doc-noteref"))
    else:
        call.content = [node.text]  # the comma between two calls
    yield call


def _page_break(node: Element) -> Iterator[Node]:
    told = node.get("data-actual").strip(" ()")
    yield made("span", node.text, css="page-break", role="doc-pagebreak", aria_label=told)


# The document


def _block(node: Element) -> Iterator[Node]:
    kind = next(word for word in node.classes if word != "block")
    first = " first" if "first" in node.classes else ""
    tag = {"item": "li", "section": "h3"}.get(kind, node.tag)
    block = _bare(node, tag, f"document {kind}{first}")
    for one in block.walk():
        if one.tag == "a" and "number" in one.classes:
            one.attributes["href"] = f"#{node.get('id')}"
    if kind == "table":
        name = f"Table, paragraph {node.get('id').removeprefix('p')}"
        block.content = [
            _scrolling(one, name) if isinstance(one, Element) and one.tag == "table" else one
            for one in block.content
        ]
    yield block


def _scrolling(wide: Element, name: str) -> Element:
    """Return what may be wider than a narrow screen in a box of its own, which the keyboard reaches."""
    return made("div", wide, css="scroll", tabindex="0", role="region", aria_label=name)


def _number(node: Element) -> Iterator[Node]:
    """Yield a block’s number, which is its address too; the block says which."""
    number = node.text
    # The space is the number’s own: where it stands in the line, the document begins after it.
    yield made("a", f"{number} ", css="number", href="#", aria_label=f"Paragraph {number}")


def _margin(node: Element) -> Iterator[Node]:
    yield from adapted(node.content)


def _label(node: Element) -> Iterator[Node]:
    """Yield a number before the item, and the item’s label, which is the document’s."""
    margin, label = node.content
    if isinstance(margin, Element) and isinstance(label, Element):
        yield from _margin(margin)
        yield made("span", label.text, css="label")


def _body(node: Element) -> Iterator[Node]:
    for inner in node.content:
        if isinstance(inner, Element):
            yield from adapted(inner.content)


def _heading(node: Element) -> Iterator[Node]:
    yield _bare(node, "h3", "document heading")


def _dateline(node: Element) -> Iterator[Node]:
    yield _bare(node, css="document dateline")


# What the editors add


def _note(node: Element) -> Iterator[Node]:
    number, place, *told = (one for one in node.content if isinstance(one, Element))
    back, paragraph = _first_link(number), _first_link(place)
    marks = made("p", css="note-marks")
    if back:
        name = f"Note {back.text}, back to the text"
        marks.content += _link(back, name, role="doc-backlink")
    if paragraph:
        marks.content += [" ", *_link(paragraph)]
    note = _bare(node, "li", "note")
    note.content = [marks, *adapted(told)]
    yield note


def _heard(node: Element, heard: str) -> Iterator[Node]:
    """Yield words for the eye, and others for the ear where those would mislead it."""
    seen = _bare(node)
    if node.text.endswith("]") and heard.strip(": ") == node.text[:-1].strip():
        # A lemma: only its bracket is heard otherwise, as a pause.
        _without_bracket(seen)
        lemma = _quoted_words(seen)
        yield from (lemma, made("span", "]", aria_hidden="true"), _for_the_ear(":"))
    elif heard.strip() == node.text.strip():
        yield seen
    else:
        seen.attributes["aria-hidden"] = "true"
        yield from (seen, _for_the_ear(f"{heard.rstrip()} " if heard.endswith(" ") else heard))


def _for_the_ear(words: str) -> Element:
    return made("span", words, css=HIDDEN)


def _without_bracket(node: Element) -> None:
    last = node.content[-1]
    if isinstance(last, Element):
        _without_bracket(last)
    elif last == "]":
        node.content.pop()
    else:
        node.content[-1] = last.removesuffix("]")


def _quoted_words(node: Element) -> Element:
    """Return a lemma: words of the document, in its face."""
    inner = node.content[0] if node.content else None
    if len(node.content) == 1 and isinstance(inner, Element):
        node = inner
    return Element("b", {"class": "lemma"}, node.content)


def _reading(node: Element) -> Iterator[Node]:
    yield _bare(node, "b", "lemma")


def _figure(node: Element) -> Iterator[Node]:
    figure = _bare(node, role="img", aria_label=node.get("alt"))
    for one in figure.walk():
        for name, value in one.attributes.items():
            one.attributes[name] = _COLOURS.get(value, value)
    yield _scrolling(figure, "Timeline, figure")


def _contents(node: Element) -> Iterator[Node]:
    yield _bare(node, "ol")


def _list(node: Element) -> Iterator[Node]:
    """Yield a list; one whose labels are its plain numbers is numbered by the browser."""
    numbers = [one for one in node.walk() if "rule-number" in one.classes]
    yield _bare(node, "ol" if numbers else "")


_RULES: dict[str, Callable[[Element], Iterator[Node]]] = {
    "block": _block,
    "number": _number,
    "margin": _margin,
    "label": _label,
    "body": _body,
    "heading": _heading,
    "dateline": _dateline,
    "items": lambda node: iter((_bare(node, "ol"),)),
    "call": _note_call,
    "page-break": _page_break,
    "note": _note,
    "reading": _reading,
    "rule-number": _nothing,
    "timeline-figure": _figure,
    "contents": _contents,
    "rules": _list,
    "prose": lambda node: iter(adapted(node.content)),
}
_BY_TAG: dict[str, Callable[[Element], Iterator[Node]]] = {
    "LBody": _unwrapped,
    "Reference": _unwrapped,
}


def _gathered(nodes: Iterable[Node]) -> list[Node]:
    """Return the nodes, notes that follow each other in one numbered list, words joined."""
    kept: list[Node] = []
    notes: Element | None = None
    for node in nodes:
        if isinstance(node, Element) and node.tag == "li" and "note" in node.classes:
            if notes is None:
                notes = made("ol", css="notes")
                kept.append(notes)
            notes.content.append(node)
        elif isinstance(node, str) and kept and isinstance(kept[-1], str):
            kept[-1] += node
        elif notes is None or not isinstance(node, str) or node.strip():
            kept.append(node)
    return kept
