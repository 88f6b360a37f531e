"""What a product promises of its print: how it is drawn, how it copies, how many pages it has.

In: the table [promises] of a product.toml. Out: a Preflight, which the engines keep, the record
carries, and `verify` measures on the finished file.
"""

from dataclasses import dataclass

from publish.tables import Table
from publish.units import Points

_MOST_CONTRAST = 21.0  # black on white (WCAG 2.2)


@dataclass(frozen=True, slots=True)
class Preflight:
    """What is promised of the print of a product; 0 and False promise nothing.

    Lengths in points. Pages are counted without the blank one that a duplex sheet may end with.
    """

    grey: bool = False  # no colour is drawn, and no tint behind text
    photocopy: bool = False  # still read when a copier knows black and white only
    smallest_type: Points = 0.0
    thinnest_rule: Points = 0.0
    margin: Points = 0.0  # nothing is drawn nearer to the edge of the paper
    least_contrast: float = 0.0  # of text on the white of the paper
    pages: int = 0  # exactly so many
    at_most: int = 0
    duplex: bool = False  # an even number of pages, the last one blank where it must be


NOTHING_PROMISED = Preflight()


def read_preflight(table: Table) -> Preflight:
    """Return the promises of a table of a product.toml or of a record, and close it.

    Raises the table's own error for a key that is not known and a value that cannot be meant.
    """
    preflight = Preflight(
        grey=table.flag("grey", default=False),
        photocopy=table.flag("photocopy", default=False),
        smallest_type=table.length("smallest_type", "0pt"),
        thinnest_rule=table.length("thinnest_rule", "0pt"),
        margin=table.length("margin", "0pt"),
        least_contrast=table.number("least_contrast", 0.0),
        pages=table.integer("pages", 0),
        at_most=table.integer("at_most", 0),
        duplex=table.flag("duplex", default=False),
    )
    table.close()
    for key in ("smallest_type", "thinnest_rule", "margin", "pages", "at_most"):
        if getattr(preflight, key) < 0:
            raise table.fail(f"{key!r} is less than nothing", key, "Leave it out, or correct it.")
    if not 0 <= preflight.least_contrast <= _MOST_CONTRAST:
        raise table.fail(
            f"no two colours have a contrast of {preflight.least_contrast:g} : 1",
            "least_contrast",
            "It runs from 1 to 21; WCAG 2.2 asks 4.5 of text.",
        )
    if preflight.pages and preflight.at_most:
        raise table.fail(
            "'pages' and 'at_most' are both given",
            "at_most",
            "Keep one: so many, or so many at most.",
        )
    return preflight


def preflight_entry(preflight: Preflight) -> dict[str, bool | int | float | str]:
    """Return the promises as a record holds them, which read_preflight reads again."""
    lengths = {
        key: f"{round(value, 3):g}pt"
        for key in ("smallest_type", "thinnest_rule", "margin")
        if (value := getattr(preflight, key))
    }
    others = {
        key: value
        for key in ("grey", "photocopy", "least_contrast", "pages", "at_most", "duplex")
        if (value := getattr(preflight, key))
    }
    return {**lengths, **others}
