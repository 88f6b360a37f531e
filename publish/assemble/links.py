"""Link annotations, written anew from the parts' records.

In: a Link of the structure and its page of the finished file. Out: the annotation, on that page.
"""

from pypdf import PageObject
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from publish.assemble.navigation import Places
from publish.assemble.objects import array, byte_string, dictionary, integer, name, rectangle, text
from publish.problems import AssemblyError
from publish.typeset.structure import Link

_PRINT = 4  # ISO 32000-1, table 165; ISO 19005-3, 6.3.2 wants it of every annotation


def annotation(link: Link, places: Places, part: str) -> DictionaryObject:
    """Return the annotation of `link`: no border, an action, and words that say where it goes.

    Raises AssemblyError for a target that is neither a named place nor a web address, for a link
    without words (ISO 14289-1, 7.18.5) and for one without an area.
    """
    place = f"on page {link.page + 1} of part {part!r}"
    left, bottom, right, top = link.rectangle
    if left >= right or bottom >= top:
        raise AssemblyError(f"the link to {link.target!r} {place} has no area")
    if not link.contents.strip():
        raise AssemblyError(f"the link to {link.target!r} {place} does not say where it goes")
    return dictionary(
        {
            "Type": name("Annot"),
            "Subtype": name("Link"),
            "Rect": rectangle(link.rectangle),
            "Border": array((integer(0), integer(0), integer(0))),
            "F": integer(_PRINT),
            "Contents": text(link.contents),
            "A": _action(link, places, place),
        }
    )


def _action(link: Link, places: Places, place: str) -> DictionaryObject:
    if link.external:
        if not link.target.isascii():
            raise AssemblyError(
                f"the web address {link.target!r} {place} is not ASCII",
                hint="Write its other characters in percent signs.",
            )
        return dictionary({"S": name("URI"), "URI": byte_string(link.target)})
    if link.target not in places:
        raise AssemblyError(
            f"the link to {link.target!r} {place} leads nowhere",
            hint=places.hint(link.target),
        )
    return places.action(link.target)


def attach(page: PageObject, reference: IndirectObject) -> None:
    """Append an annotation to its page."""
    if "/Annots" not in page:
        page[name("Annots")] = ArrayObject()
    annotations = page["/Annots"]
    assert isinstance(annotations, ArrayObject)  # noqa: S101 - set above
    annotations.append(reference)
