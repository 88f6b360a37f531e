"""The structure and the drawing agree, and every glyph can be read: promises about content and tags.

In: a finished file, with or without a record. Out: marks without a place in the tree, places without
a mark, text outside both, words that are spoken but not drawn, glyphs without a character.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from publish.verify.drawing import Drawn, Mark
from publish.verify.objects import Reference, Value, dictionaries
from publish.verify.outcome import Examined, Found, broken, kept, not_checked
from publish.verify.reading_back import FinishedFile
from publish.verify.tree import Content, Element, name_tree

_SHOWN = 60  # characters of a text that a finding quotes
_SUBSET_TAG = re.compile(r"[A-Z]{6}\+")
_FONT_FILES = ("FontFile", "FontFile2", "FontFile3")
_HEADING = re.compile(r"H([1-6])")


def is_tagged(examined: Examined) -> Iterator[Found]:
    """The file has a structure and says so (ISO 14289-1, 6.2 and 7.1)."""
    objects = examined.file.objects
    if objects.dictionary(objects.root.get("MarkInfo")).get("Marked") is not True:
        yield broken("the catalog does not say that the file is marked")
    if not examined.file.tree.elements:
        yield broken("there is no structure")
    for fault in examined.file.tree.faults:
        yield broken(fault)
    yield kept(f"{len(examined.file.tree.elements)} elements")


def nothing_replaced(examined: Examined) -> Iterator[Found]:
    """No content stream carries text that is spoken or copied in place of what is drawn."""
    for page, drawn in enumerate(examined.file.drawn):
        for replaced in drawn.replaced:
            yield broken(f"{replaced} stands in the content", examined.file.page_name(page))


def marks_reached_once(examined: Examined) -> Iterator[Found]:
    """Each marked content is opened once on its page and reached once by the structure."""
    file = examined.file
    reached: Counter[Content] = Counter()
    for element in file.tree.elements:
        reached.update(kid for kid in element.kids if type(kid) is Content)
    total = 0
    for page, drawn in enumerate(file.drawn):
        total += len(drawn.opened)
        yield from _page_marks(file, page, drawn, reached)
    for content in reached:
        drawn_there = 0 <= content.page < file.page_count
        if not drawn_there or content.mark not in file.drawn[content.page].opened:
            where = file.page_name(content.page)
            yield broken(
                f"the structure asks for {_named(content.mark)}, which is not drawn", where
            )
    yield kept(f"{total} marked contents")


def _page_marks(
    file: FinishedFile, page: int, drawn: Drawn, reached: Counter[Content]
) -> Iterator[Found]:
    where = file.page_name(page)
    for fault in drawn.faults:
        yield broken(fault, where)
    for mark, times in drawn.opened.items():
        if times > 1:
            yield broken(f"{_named(mark)} is drawn {times} times", where)
        count = reached[Content(page, mark)]
        if count != 1:
            words = _quoted(drawn.text(mark))
            how = f"{count} times" if count else "nowhere"
            yield broken(f"{_named(mark)} {words} stands {how} in the structure", where)


def _named(mark: Mark) -> str:
    return f"marked content {mark.mcid}" + (f" of form {mark.form}" if mark.form else "")


def _quoted(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")


def nothing_unmarked(examined: Examined) -> Iterator[Found]:
    """All text is tagged content or an artifact (ISO 14289-1, 7.1)."""
    for page, drawn in enumerate(examined.file.drawn):
        if drawn.unmarked:
            words = _quoted("".join(drawn.unmarked))
            yield broken(f"{words} is neither content nor artifact", examined.file.page_name(page))


def text_has_ink(examined: Examined) -> Iterator[Found]:
    """No text is drawn in a rendering mode that leaves no ink."""
    for page, drawn in enumerate(examined.file.drawn):
        if drawn.inkless:
            words = _quoted("".join(drawn.inkless))
            yield broken(f"{words} is drawn without ink", examined.file.page_name(page))


def _is(entry: Value, element: Element) -> bool:
    return type(entry) is Reference and entry.number == element.number


def ids_are_unique(examined: Examined) -> Iterator[Found]:
    """No two elements share an id, and the tree of ids finds each (ISO 32000-1, 14.7.2)."""
    file = examined.file
    objects = file.objects
    root = objects.dictionary(objects.root.get("StructTreeRoot"))
    entries = name_tree(objects, root.get("IDTree"))
    names = [key for key, _ in entries]
    if names != sorted(names):
        yield broken("the tree of ids is not in the order of its bytes")
    listed = {objects.text(key): value for key, value in entries}
    for own, elements in file.tree.by_id.items():
        if len(elements) > 1:
            yield broken(f"{len(elements)} elements have the id {own!r}")
        elif not _is(listed.get(own), elements[0]):
            yield broken(f"the tree of ids does not find {own!r}")
    for name in listed:
        if name not in file.tree.by_id:
            yield broken(f"the tree of ids has {name!r}, which no element is called")
    yield kept(f"{len(file.tree.by_id)} ids")


def glyphs_have_characters(examined: Examined) -> Iterator[Found]:
    """For each glyph that is drawn, its font names a character (ISO 19005-3, 6.2.11.7)."""
    for font in examined.file.used_fonts():
        if font.unknown:
            codes = ", ".join(str(code) for code in sorted(font.unknown)[:8])
            yield broken(f"{font.name} gives no character for the glyphs {codes}")


def two_readers_agree(examined: Examined) -> Iterator[Found]:
    """pdfium’s own text of each page has the letters and figures that the glyph codes spell.

    Letters only, in no order: pdfium sorts by place on the page, moves spaces and hyphens, and takes
    composed signs apart.
    """
    file = examined.file
    if any(font.unknown for font in file.used_fonts()):
        yield not_checked("some glyphs have no character")
        return
    total = 0
    for page, drawn in enumerate(file.drawn):
        ours, theirs = _letters("".join(drawn.everything())), _letters(file.page_text(page))
        total += ours.total()
        if ours != theirs:
            missing = "".join(sorted((ours - theirs).elements()))[:_SHOWN]
            added = "".join(sorted((theirs - ours).elements()))[:_SHOWN]
            yield broken(f"pdfium misses {missing!r} and adds {added!r}", file.page_name(page))
    yield kept(f"{total} letters and figures")


def _letters(text: str) -> Counter[str]:
    return Counter(filter(str.isalnum, unicodedata.normalize("NFKD", text)))


def fonts_embedded(examined: Examined) -> Iterator[Found]:
    """Every font of the file is in the file (ISO 19005-3, 6.2.11.4)."""
    count = 0
    for name, embedded in _fonts(examined.file):
        count += 1
        if not embedded:
            yield broken(f"the font {name} is not embedded")
    yield kept(f"{count} fonts")


def fonts_declared(examined: Examined) -> Iterator[Found]:
    """Every font of the file is one that the record names."""
    record = examined.record
    declared = {face.name for face in record.faces} if record else set()
    for bare in font_names(examined.file):
        if bare not in declared:
            yield broken(f"the font {bare} is not one of those declared for this file")


def font_names(file: FinishedFile) -> tuple[str, ...]:
    """Return the names of the file's fonts, without their subset tags, each once."""
    names = (_SUBSET_TAG.sub("", name, count=1) for name, _ in _fonts(file))
    return tuple(dict.fromkeys(names))


def _fonts(file: FinishedFile) -> Iterator[tuple[str, bool]]:
    """Yield name and embedding of every font of the file, used or not.

    A composite font is embedded through its descendant, and a Type 3 font has no BaseFont: its
    glyphs are drawings of the file itself.
    """
    objects = file.objects
    for number in objects.holding(b"/BaseFont"):
        for font in dictionaries(objects.get(Reference(number))):
            if "BaseFont" not in font or font.get("Subtype") == "Type0":
                continue
            descriptor = objects.dictionary(font.get("FontDescriptor"))
            embedded = any(objects.get(descriptor.get(key)) is not None for key in _FONT_FILES)
            yield str(font["BaseFont"]), embedded


def figures_described(examined: Examined) -> Iterator[Found]:
    """Each figure says in words what it shows (ISO 14289-1, 7.3)."""
    for element in examined.file.tree.elements:
        if element.type == "Figure" and not (element.alt or element.spoken):
            where = examined.file.page_name(element.page)
            yield broken(f"the figure {element.id or element.number} has no words", where)


def headings_in_steps(examined: Examined) -> Iterator[Found]:
    """No level of heading is skipped on the way down, and the first is H1 (ISO 14289-1, 7.4.2)."""
    level = 0
    for element in examined.file.tree.elements:
        if match := _HEADING.fullmatch(element.type):
            here = int(match[1])
            if here > level + 1:
                where = examined.file.page_name(element.page)
                yield broken(f"a heading H{here} follows {f'H{level}' if level else 'none'}", where)
            level = here
