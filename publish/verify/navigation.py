"""A reader finds the way: bookmarks, destinations, links, page labels, title, language, layers.

In: a finished file, with or without a record. Out: what opens nothing, and, with a record, what
opens another place than was promised. pdfium resolves the places, as Chromium's viewer does.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest

from publish.promises import digest
from publish.verify.outcome import Examined, Found, broken, kept, not_checked
from publish.verify.tree import Annotation


def file_is_the_recorded_one(examined: Examined) -> Iterator[Found]:
    """The bytes are those that the record was written for."""
    record = examined.record
    if record is None:
        return
    if digest(examined.file.bytes) != record.sha256:
        yield broken("the file is not the one that its record was written for")
    if record.pages != examined.file.page_count:
        yield broken(f"{examined.file.page_count} pages; the record has {record.pages}")


def bookmarks_open(examined: Examined) -> Iterator[Found]:
    """Every bookmark opens a page, and they are the ones that were promised."""
    found = list(examined.file.outline())
    for entry in found:
        if entry.page < 0:
            yield broken(f"the bookmark {entry.title!r} opens nothing")
    if examined.record is not None:
        pages = {place.name: place.page for place in examined.record.destinations}
        wanted = [
            (mark.level, mark.title, pages.get(mark.destination, 0))
            for mark in examined.record.bookmarks
        ]
        had = [(entry.level, entry.title, entry.page + 1) for entry in found]
        yield from _compared("bookmark", wanted, had)
    yield kept(f"{len(found)} bookmarks")


def _compared(
    what: str, wanted: list[tuple[int, str, int]], had: list[tuple[int, str, int]]
) -> Iterator[Found]:
    for one, other in zip(wanted, had, strict=False):
        if one != other:
            yield broken(f"the {what} {other} stands where {one} was promised")
            return
    for level, title, page in wanted[len(had) :]:
        yield broken(f"the {what} {title!r} (level {level}, page {page}) is missing")
    for level, title, page in had[len(wanted) :]:
        yield broken(f"the {what} {title!r} (level {level}, page {page}) was not promised")


def destinations_open(examined: Examined) -> Iterator[Found]:
    """Every named destination is a place on a page, and they are the ones that were promised."""
    found = examined.file.destinations()
    for name, page in found.items():
        if page < 0:
            yield broken(f"the destination {name!r} is on no page")
    for place in examined.record.destinations if examined.record else ():
        if place.name not in found:
            yield broken(f"the destination {place.name!r} is missing")
        elif 0 <= found[place.name] != place.page - 1:
            yield broken(
                f"the destination {place.name!r} is on page {found[place.name] + 1}, "
                f"not on page {place.page}"
            )
    yield kept(f"{len(found)} destinations")


def links_open(examined: Examined) -> Iterator[Found]:
    """Every link opens something, says in words what, stands in the structure, and was promised."""
    file = examined.file
    in_tree = {
        kid.number
        for element in file.tree.elements
        for kid in element.kids
        if type(kid) is Annotation
    }
    links = list(file.links())
    for link in links:
        where = file.page_name(link.page)
        name = link.target or "without a target"
        if not link.external and link.opens < 0:
            yield broken(f"the link {name} opens nothing", where)
        if link.external and not link.target:
            yield broken("a link to the web has no address", where)
        if not link.contents:
            yield broken(f"the link {name} does not say where it goes", where)
        if file.tree.elements and link.number not in in_tree:
            yield broken(f"the link {name} stands in no element of the structure", where)
    if examined.record is not None:
        had = Counter((link.page + 1, link.target, link.contents) for link in links)
        wanted = Counter((w.page, w.target, w.contents) for w in examined.record.links)
        for page, target, _ in (wanted - had).elements():
            yield broken(f"the link to {target} is missing", file.page_name(page - 1))
        for page, target, _ in (had - wanted).elements():
            yield broken(f"the link to {target} was not promised", file.page_name(page - 1))
    yield kept(f"{len(links)} links")


def pages_labelled(examined: Examined) -> Iterator[Found]:
    """The pages are numbered as promised."""
    wanted = examined.record.labels if examined.record else ()
    for number, (label, other) in enumerate(zip_longest(examined.file.labels, wanted), 1):
        if label is None:
            yield broken(f"page {number} is missing, which should be labelled {other!r}")
        elif label != other:
            yield broken(f"page {number} is labelled {label!r}, not {other!r}")


def title_shown(examined: Examined) -> Iterator[Found]:
    """The file has a title and asks for it to be shown (ISO 14289-1, 7.1)."""
    objects = examined.file.objects
    preferences = objects.dictionary(objects.root.get("ViewerPreferences"))
    if preferences.get("DisplayDocTitle") is not True:
        yield broken("the file does not ask for its title to be shown")
    title = examined.file.information("Title")
    if "Info" not in objects.trailer:
        yield not_checked("the title stands in the metadata only, which is not read here")
    elif not title.strip():
        yield broken("the file has no title")
    elif examined.record is not None and examined.record.title not in title:
        yield broken(f"the title is {title!r}, without {examined.record.title!r}")


def language_named(examined: Examined) -> Iterator[Found]:
    """The file says in which language it is (ISO 14289-1, 7.2)."""
    language = examined.file.objects.text(examined.file.objects.root.get("Lang"))
    if not language:
        yield broken("the file does not say in which language it is")
        return
    record = examined.record
    if record is not None and language.lower() != record.language.lower():
        yield broken(f"the language is {language!r}, not {record.language!r}")


def nothing_hidden(examined: Examined) -> Iterator[Found]:
    """No layer is switched off when the file is opened."""
    objects = examined.file.objects
    layers = objects.dictionary(objects.root.get("OCProperties"))
    configuration = objects.dictionary(layers.get("D"))
    if configuration.get("BaseState") == "OFF":
        yield broken("all layers are switched off")
    for layer in objects.array(configuration.get("OFF")):
        name = objects.text(objects.dictionary(layer).get("Name"))
        yield broken(f"the layer {name!r} is switched off")
    if objects.array(layers.get("Configs")):
        yield broken("there is a second configuration of layers, which some viewers take instead")
    yield kept(f"{len(objects.array(layers.get('OCGs')))} layers")


def claims_judged(examined: Examined) -> Iterator[Found]:
    """The standards that the file claims have been judged by a validator."""
    record = examined.record
    if record is not None and record.claims:
        claims = ", ".join(record.claims)
        yield not_checked(f"{claims}: only a validator such as veraPDF can say; none was asked")
