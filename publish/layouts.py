"""All that layouts/ declares, read and held together; and the Job: one thing to be built.

In: the folder layouts/. Out: Layouts, in which each name that a product gives is known. A Job is made in orders.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from publish.colours import Colours, load_colours
from publish.forms import Form
from publish.groups import Group, load_groups
from publish.machines import Machine, Machines, load_machines
from publish.model import Edition
from publish.options import ORDER, PAPER
from publish.papers import Paper, load_papers
from publish.problems import LayoutError, UsageError, Where, nearest
from publish.products import IMPOSE, NOT_IMPOSED, SUFFIXES, Product, read_product
from publish.standards import GREY, Claim, Standard, load_standards
from publish.stocks import Stock, Stocks, load_stocks
from publish.tables import read_toml
from publish.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class Job:
    """One edition as one product: all that typesetting, assembly and verification need to know."""

    edition: Edition
    product: Product
    paper: Paper
    form: Form
    standard: Standard
    stock: Stock
    machine: Machine
    variations: tuple[
        str, ...
    ] = ()  # what differs from the product's defaults, for the file's name
    # A value for each option of the product, in its order.
    options: Mapping[str, str] = field(default_factory=dict)
    impose: str = NOT_IMPOSED
    worksheet: Worksheet | None = None  # all words of a product that speaks of no one telegram
    first: "Job | None" = None  # whose finished file this one is made of
    ticket: "Job | None" = None  # what goes with it to a print shop

    @property
    def language(self) -> str:
        """Return the language of the finished file."""
        return self.worksheet.language if self.worksheet else self.edition.language

    @property
    def title(self) -> str:
        """Return the title of the finished file: which telegram it is, and in what form."""
        if self.worksheet:
            return self.worksheet.title
        titles = (self.edition.title, self.edition.subtitle)
        named = ": ".join(filter(None, titles))
        return " – ".join(filter(None, (named, self.product.title_addition)))

    @property
    def true_size(self) -> bool:
        """Say whether the file is of use at its own size alone, and is to be printed so."""
        return any(plan.engine == "tiles" for plan in self.product.parts)

    @property
    def recorded_options(self) -> dict[str, str]:
        """Return the options as a record has them: of a file its name alone, of the order nothing."""
        recorded = dict(self.options)
        for option in self.product.options:
            if option.about == ORDER:
                recorded.pop(option.name, None)
            elif option.name in recorded:
                recorded[option.name] = option.recorded(recorded[option.name])
        return recorded

    @property
    def grey(self) -> bool:
        """Say whether nothing but grey may be drawn: the product promises it, or the standard."""
        return self.product.preflight.grey or self.standard.colour == GREY

    @property
    def unimposed(self) -> "Job":
        """Return the job of the file that is imposed: the same, its pages as they are."""
        kept = tuple(word for word in self.variations if word != self.impose)
        return replace(self, impose=NOT_IMPOSED, variations=kept)

    @property
    def file_name(self) -> str:
        """Return the name of the finished file: product, each thing that is not its default, suffix."""
        return "-".join((self.product.name, *self.variations)) + SUFFIXES[self.product.format]

    def address(self, anchor: str) -> str:
        """Return the address that opens the finished file at an anchor ("edition.pdf#nameddest=p3")."""
        sign = "#nameddest=" if self.product.paged else "#"
        return f"{self.file_name}{sign}{anchor}"


_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Layouts:
    """All that layouts/ declares."""

    papers: Mapping[str, Paper]
    claims: Mapping[str, Claim]
    standards: Mapping[str, Standard]
    products: Mapping[str, Product]
    forms: Mapping[str, Path]
    colours: Colours
    stocks: Stocks
    machines: Machines
    groups: Mapping[str, Group]

    def paper(self, name: str) -> Paper:
        """Return a paper by name. Raises UsageError naming the nearest."""
        return _named(self.papers, name, "paper")

    def standard(self, name: str) -> Standard:
        """Return a standard by name. Raises UsageError naming the nearest."""
        return _named(self.standards, name, "standard")

    def product(self, name: str) -> Product:
        """Return a product by name. Raises UsageError naming the nearest."""
        return _named(self.products, name, "product")

    def products_named(self, name: str) -> tuple[Product, ...]:
        """Return a product, or all of a group. Raises UsageError naming the nearest of both."""
        if name in self.groups:
            return tuple(self.products[member] for member in self.groups[name].products)
        if name not in self.products:
            known = sorted([*self.products, *self.groups])
            raise UsageError(f"there is no product {name!r}", hint=nearest(name, known))
        return (self.products[name],)

    def form(self, name: str, *, grey: bool = False) -> Form:
        """Return a form by name, its colours or their greys. Raises UsageError naming the nearest."""
        from publish.forms import load_form

        colours = self.colours.in_grey() if grey else self.colours
        return load_form(_named(self.forms, name, "form"), colours)


def _named(table: Mapping[str, _T], name: str, what: str) -> _T:
    if name not in table:
        raise UsageError(f"there is no {what} {name!r}", hint=nearest(name, sorted(table)))
    return table[name]


def load(directory: Path) -> Layouts:
    """Read layouts/. Raises LayoutError with file and line where something is wrong."""
    papers = load_papers(directory / "papers.toml")
    claims, standards = load_standards(directory / "standards.toml")
    products = {
        product.name: product
        for product in (read_product(path) for path in sorted(directory.glob("*/product.toml")))
    }
    forms = {path.stem: path for path in sorted((directory / "forms").glob("*.toml"))}
    for product in products.values():
        if product.on_paper and product.paper not in papers:
            raise LayoutError(
                f"product {product.name!r} wants the paper {product.paper!r}, which is not defined",
                hint=f"{nearest(product.paper, sorted(papers))} A paper is one table in {directory / 'papers.toml'}.",
            )
        if product.form not in forms:
            raise LayoutError(
                f"product {product.name!r} wants the form {product.form!r}, which is not defined",
                hint=nearest(product.form, sorted(forms)),
            )
        if product.paged and product.standard not in standards:
            raise LayoutError(
                f"product {product.name!r} wants the standard {product.standard!r}, which is not defined",
                hint=nearest(product.standard, sorted(standards)),
            )
        _check_papers(product, papers)
        _refuse_ambiguous_values(product, {*papers, *forms, *standards})
    products = {name: _with_shared_options(one, products) for name, one in products.items()}
    colours = load_colours(directory)
    stocks, machines = load_stocks(directory, colours), load_machines(directory)
    groups = load_groups(directory, sorted(products))
    return Layouts(papers, claims, standards, products, forms, colours, stocks, machines, groups)


def _refuse_ambiguous_values(product: Product, names: set[str]) -> None:
    """Refuse a value that another choice has too: a file's name says the value and not its option."""
    if any(option.name == IMPOSE.name for option in product.options):
        raise LayoutError(
            f"product {product.name!r} has an option {IMPOSE.name!r}, which every PDF has already",
            where=Where(str(product.directory / "product.toml")),
            hint="Take it out.",
        )
    for option in product.offered:
        if option.kind == PAPER:  # whose name a file's name says with it
            continue
        for value in option.values:
            if value in names:
                raise LayoutError(
                    f"the value {value!r} of option {option.name!r} of product {product.name!r} is "
                    "the name of a paper, a form or a standard, or a value of another option",
                    where=Where(str(product.directory / "product.toml")),
                    hint="Name it otherwise: two different files would bear one name.",
                )
        names = names.union(option.values)


def _check_papers(product: Product, papers: Mapping[str, Paper]) -> None:
    """Refuse a paper of an option, or beside a metric sheet, that is not there."""
    named = [v for option in product.options if option.kind == PAPER for v in option.values]
    for name in (*named, product.metric_paper):
        if name and name not in papers:
            raise LayoutError(
                f"product {product.name!r} offers the paper {name!r}, which is not defined",
                where=Where(str(product.directory / "product.toml")),
                hint=nearest(name, sorted(papers)),
            )


def _with_shared_options(product: Product, products: Mapping[str, Product]) -> Product:
    """Return a product with the options that it shares with the one it is made of."""
    table = read_toml(product.directory / "product.toml", LayoutError)
    for name, key in ((product.of.product if product.of else "", "of"), (product.ticket, "ticket")):
        if name and name not in products:
            raise table.fail(f"there is no product {name!r}", key, nearest(name, sorted(products)))
    if product.of is None:
        return product
    other = products[product.of.product]
    if other.of is not None:
        raise table.fail(f"{other.name!r} is itself made of another product", "of")
    return replace(product, options=(*product.of.shared(other.options, table), *product.options))
