"""Optional content: every layer is seen when the file is opened, and what must always be seen is in none.

In: a finished file; for the statements, its record. Out: layers that a viewer may leave out, and
statements that are missing or that a reader can switch off. What a group of layers is called in
ISO 32000-1, 8.11 (optional content group, OCG; membership dictionary, OCMD) is here a layer.
"""

import re
from collections.abc import Iterator

from publish.problems import PromiseError
from publish.verify.objects import Objects, Reference, Value, dictionaries
from publish.verify.outcome import Examined, Found, broken, kept, record_of

_BREAK = "\0"  # between two shown strings: a line may end there
_DEEPEST_EXPRESSION = 12


def nothing_hidden(examined: Examined) -> Iterator[Found]:
    """Every layer, and all that hangs on one, is seen when the file is opened or printed."""
    objects = examined.file.objects
    properties = objects.dictionary(objects.root.get("OCProperties"))
    yield from _configured(objects, properties)
    listed = {v.number for v in objects.array(properties.get("OCGs")) if type(v) is Reference}
    for number in objects.holding(b"/OCG"):
        layer = objects.dictionary(Reference(number))
        if layer.get("Type") == "OCG" and number not in listed:
            yield broken(f"{_named(objects, layer)} is not in the list of layers")
    for number in objects.holding(b"/OCMD"):
        for membership in dictionaries(objects.get(Reference(number))):
            if membership.get("Type") == "OCMD" and not _shown(objects, membership):
                yield broken("some content is hidden as long as its layers are seen")
    yield kept(f"{len(listed)} layers")


def _configured(objects: Objects, properties: dict[str, Value]) -> Iterator[Found]:
    """Yield what the settings of the layers hide, or let a viewer hide."""
    settings = objects.dictionary(properties.get("D"))
    if properties and not settings:
        yield broken("the layers have no settings")
    # The default configuration may start from ON alone (ISO 32000-1, table 101).
    if settings.get("BaseState", "ON") != "ON":
        yield broken("the settings of the layers do not begin with all of them switched on")
    for entry in objects.array(settings.get("OFF")):
        yield broken(f"{_named(objects, objects.dictionary(entry))} is switched off")
    if objects.array(settings.get("AS")):
        yield broken("layers are switched by the viewer, on the screen or in print")
    if objects.array(properties.get("Configs")):
        yield broken("there is a second configuration of layers, which some viewers take instead")


def _named(objects: Objects, layer: dict[str, Value]) -> str:
    name = objects.text(layer.get("Name"))
    return f"the layer {name!r}" if name else "a layer without a name"


def _shown(objects: Objects, membership: dict[str, Value]) -> bool:
    """Say whether a membership dictionary shows its content while every layer is on (8.11.2.2)."""
    expression = objects.get(membership.get("VE"))
    if expression is not None:
        return _holds(objects, expression, 0)
    layers = [layer for layer in objects.array(membership.get("OCGs")) if objects.dictionary(layer)]
    return not layers or membership.get("P", "AnyOn") in ("AnyOn", "AllOn")


def _holds(objects: Objects, expression: Value, depth: int) -> bool:
    """Evaluate a visibility expression where every layer is on."""
    found = objects.get(expression)
    if type(found) is dict:
        return True
    if type(found) is not list or not found or depth > _DEEPEST_EXPRESSION:
        raise PromiseError("an expression of layers cannot be read")
    values = [_holds(objects, operand, depth + 1) for operand in found[1:]]
    operator = objects.get(found[0])
    if operator == "Not" and len(values) == 1:
        return not values[0]
    if operator in ("And", "Or") and values:
        return all(values) if operator == "And" else any(values)
    raise PromiseError("an expression of layers cannot be read")


def statements_stand(examined: Examined) -> Iterator[Found]:
    """Each statement of the record is drawn on its page, in order, outside every layer.

    An annotation's words do not count: they are not drawn by the page. That the words can be seen
    is the business of the promise `seen`.
    """
    file, record = examined.file, record_of(examined)
    for statement in record.statements:
        page = statement.page - 1
        if not 0 <= page < file.page_count:
            yield broken(f"page {statement.page} is missing, with {statement.words!r}")
            continue
        drawn = file.drawn[page]
        if _says(drawn.unlayered, statement.words):
            continue
        if _says(drawn.layered, statement.words):
            how = "stands in a layer, which a reader can switch off"
        else:
            how = "is not drawn, or not all of it outside the layers"
        yield broken(f"{statement.words!r} {how}", file.page_name(page))
    yield kept(f"{len(record.statements)} statements")


def _says(shown: list[str], words: str) -> bool:
    """Say whether strings, in the order drawn, spell `words`.

    A space may be any run of spaces, or the place where one string ends and the next begins: a
    line's end. Within a word nothing may stand but such a place.
    """
    spelt = (f"{_BREAK}*".join(map(re.escape, word)) for word in words.split())
    return re.search(rf"[\s{_BREAK}]+".join(spelt), _BREAK.join(shown)) is not None
