"""Groups of products, which are made together by one name. In: layouts/groups.toml. Out: Groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from publish.problems import LayoutError, nearest
from publish.tables import Table, read_toml

FILE: Final = "groups.toml"


@dataclass(frozen=True, slots=True)
class Group:
    """Products that are made together, in their order."""

    name: str
    title: str
    products: tuple[str, ...]


def load_groups(directory: Path, products: Sequence[str]) -> dict[str, Group]:
    """Return the groups of `directory` (layouts/) by name; none where it has no such file.

    Raises LayoutError with file and line for a group that is called like one of the `products`, is
    empty, or has one that is not among them.
    """
    if not (directory / FILE).is_file():
        return {}
    top = read_toml(directory / FILE, LayoutError)
    return {name: _group(name, top.table(name), products) for name in top.names()}


def _group(name: str, table: Table, products: Sequence[str]) -> Group:
    group = Group(name, table.text("title"), table.texts("products"))
    table.close()
    if name in products:
        raise table.fail(f"{name!r} is a product too", hint="Name the group otherwise.")
    if not group.products or len(set(group.products)) < len(group.products):
        raise table.fail(f"the group {name!r} needs products, each once", "products")
    for member in group.products:
        if member not in products:
            raise table.fail(
                f"the group {name!r} has the product {member!r}, which is not defined",
                "products",
                nearest(member, list(products)),
            )
    return group
