"""The layers that a reader can leave out: paper, form, typing (ISO 32000-1, 8.11).

In: merged pages and the parts that draw in layers. Out: one group for each name, known to every page
of the part, all of them seen when the file is opened. Which conditions hold for archives: ISO 19005-3,
6.9: the settings have a name, list every group in their order, and switch nothing by themselves.
"""

from collections.abc import Sequence

from pypdf.generic import DictionaryObject, IndirectObject

from publish.assemble.merge import Merged
from publish.assemble.objects import array, dictionary, name, text
from publish.assemble.pypdf_private import add
from publish.typeset.structure import Part

SETTINGS = "All layers"


def write_layers(merged: Merged, parts: Sequence[Part]) -> None:
    """Write the groups, where a part has layers, and the names by which its pages call them."""
    groups: dict[str, IndirectObject] = {}
    for part in parts:
        for layer in part.layers:
            if layer not in groups:
                groups[layer] = add(
                    merged.writer,
                    dictionary({"Type": name("OCG"), "Name": text(layer), "Intent": name("View")}),
                )
        if part.layers:
            known = {layer: groups[layer] for layer in part.layers}
            for page in part.pages:
                _name_on_page(merged.pages[merged.indices[part.id, page]], known)
    if groups:
        listed = array(tuple(groups.values()))
        settings = {"Name": text(SETTINGS), "BaseState": name("ON"), "Order": listed}
        merged.writer.root_object[name("OCProperties")] = dictionary(
            {"OCGs": listed, "D": dictionary(settings)}
        )


def _name_on_page(page: DictionaryObject, known: dict[str, IndirectObject]) -> None:
    resources = page["/Resources"].get_object()
    assert isinstance(resources, DictionaryObject)  # noqa: S101 - a page that draws has resources
    resources[name("Properties")] = dictionary(known)
