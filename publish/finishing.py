"""A product that is made of another one's finished file: what it is of, and what of its order it passes on.

In: the table [of] of a product.toml. Out: a Finishing; the options that both products have.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from publish.options import Option
from publish.tables import Table


@dataclass(frozen=True, slots=True)
class Finishing:
    """The other product; the standard that its file is made to, where no order may choose it; shared options."""

    product: str
    standard: str
    options: tuple[str, ...]

    def shared(self, options: Sequence[Option], table: Table) -> tuple[Option, ...]:
        """Return those of the other product's options that are this one's too.

        Raises the table's error for a name that the other product does not have.
        """
        by_name = {option.name: option for option in options}
        for name in self.options:
            if name not in by_name:
                raise table.fail(
                    f"the product {self.product!r} has no option {name!r}", "of",
                    f"It has {', '.join(by_name) or 'none'}.",
                )  # fmt: skip
        return tuple(by_name[name] for name in self.options)

    def passed_on(self, asked: Mapping[str, str]) -> dict[str, str]:
        """Return what of an order's options the other product is made with."""
        return {name: value for name, value in asked.items() if name in self.options}


def read_finishing(table: Table) -> Finishing:
    """Read a table [of]. Raises the table's error, with the line, for one that cannot be."""
    finishing = Finishing(
        table.text("product"), table.text("standard", ""), table.texts("options", ())
    )
    table.close()
    return finishing
