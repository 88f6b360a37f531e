"""The blocks of a text stand in the document's order, each once, with nothing loose between them.

In: a finished file and its record. Out: blocks that stand twice or too early, and text between the
first and the last block that belongs to no block, no note, no link and no named element.
"""

from collections.abc import Iterator, Sequence

from publish.verify.fidelity import EDITORS, passages
from publish.verify.outcome import Examined, Found, broken, record_of
from publish.verify.reading_back import FinishedFile
from publish.verify.tree import Content, Element

_PASSED_OVER = EDITORS | frozenset(("Figure", "Caption", "Artifact"))

Loose = tuple[str, int] | None  # words and their page; None where a block stands


def in_order(examined: Examined) -> Iterator[Found]:
    """The blocks of each text follow one another as in the document, and none stands twice."""
    record, tree = record_of(examined), examined.file.tree
    places = {id(element): place for place, element in enumerate(tree.elements)}
    for text in record.scopes:
        last = -1
        for passage in passages(record, text, examined.file):
            elements = tree.by_id.get(passage.element, [])
            if len(elements) > 1:
                yield broken(f"{len(elements)} elements have its id", passage.element)
            if not elements or passage.element == f"{text.prefix}source-line":
                continue
            if places[id(elements[0])] < last:
                yield broken("stands before the block that it should follow", passage.element)
            last = max(last, places[id(elements[0])])


def nothing_between(examined: Examined) -> Iterator[Found]:
    """Between the document's first and last block every word is accounted for."""
    record, file = record_of(examined), examined.file
    for text in record.scopes:
        # Heading, dateline and source line stand among the editors' words; the blocks do not.
        ids = [text.prefix + block.id for block in record.document.blocks]
        blocks = [file.tree.by_id[name][0] for name in ids if name in file.tree.by_id]
        for words, page in _strays(file, blocks):
            yield broken(
                f"{words.strip()[:60]!r} stands between blocks of the {text.scope} text, in none",
                file.page_name(page),
            )


def _strays(file: FinishedFile, blocks: Sequence[Element]) -> list[tuple[str, int]]:
    if not blocks:
        return []
    common = _common_ancestor(blocks)
    own = {id(block) for block in blocks}
    tops = file.tree.top if common is None else [common]
    met = [loose for top in tops for loose in _loose(file, top, own)]
    stands = [place for place, loose in enumerate(met) if loose is None]
    inside = met[stands[0] : stands[-1]] if stands else []
    return [loose for loose in inside if loose is not None and loose[0].strip()]


def _common_ancestor(blocks: Sequence[Element]) -> Element | None:
    paths = [[block, *block.above()][::-1] for block in blocks]
    shared: Element | None = None
    for level in zip(*paths, strict=False):
        if any(element is not level[0] for element in level):
            break
        shared = level[0]
    return shared


def _loose(file: FinishedFile, element: Element, own: set[int]) -> Iterator[Loose]:
    """Yield what stands below `element` in reading order: loose words, and None for each block."""
    if id(element) in own:
        yield None
        return
    for kid in element.kids:
        if type(kid) is Content and 0 <= kid.page < file.page_count:
            yield file.drawn[kid.page].text(kid.mark), kid.page
        elif type(kid) is Element and not _accounted_for(kid, own):
            yield from _loose(file, kid, own)


def _accounted_for(element: Element, own: set[int]) -> bool:
    """Say whether an element may stand anywhere: editors' words, or a field that has a name."""
    if element.type in _PASSED_OVER:
        return True
    return bool(element.id) and not any(id(below) in own for below in element.walk())
