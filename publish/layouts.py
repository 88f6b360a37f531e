"""Products and their options, papers and standards, read from layouts/; and the Job: one thing to be built.

In: the folder layouts/ and what the user asked for. Out: Products and Jobs with no field left open.
Forms are in publish/forms.py.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from publish.colours import Colours, load_colours
from publish.forms import Form
from publish.groups import Group, load_groups
from publish.machines import Machine, Machines, load_machines
from publish.model import Edition
from publish.preflight import NOTHING_PROMISED, Preflight, read_preflight
from publish.problems import LayoutError, UsageError, Where, nearest
from publish.stocks import Stock, Stocks, load_stocks
from publish.tables import Table, read_toml
from publish.units import Points


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper by name; width and height in points."""

    name: str
    title: str
    width: Points
    height: Points


@dataclass(frozen=True, slots=True)
class Claim:
    """A standard that a file can say it keeps, and how it says so in XMP."""

    name: str
    title: str
    source: str
    family: str  # a file makes one claim of a family at most; empty: it goes with any
    pdf_versions: tuple[str, ...]
    profiles: tuple[str, ...]  # veraPDF's names
    properties: tuple[tuple[str, str], ...]  # XMP properties that identify it
    declarations: tuple[str, ...]  # PDF Declarations 1.0 that identify it


@dataclass(frozen=True, slots=True)
class Standard:
    """What a finished PDF claims to be, and in which colour space it is drawn.

    `colour` names the profile of its output intent. GREY has none: the file draws grey only, which
    every device knows how to print.
    """

    name: str
    title: str
    pdf_version: str
    claims: tuple[Claim, ...]
    colour: str

    @property
    def later_pdf(self) -> bool:
        """Say whether the file is PDF 2.0, whose structure has a namespace of its own."""
        return self.pdf_version == "2.0"


GREY = "gray"  # as PDF spells it (ISO 32000-1, 8.6.4.2)
_ARCHIVAL = "pdfa"  # claims of this family want an output intent (ISO 19005-3, 6.2.3)

# What a product without pages is printed on, and what it claims.
NO_PAPER = Paper("", "no paper", 0, 0)
NO_STANDARD = Standard("", "no standard", "", (), "")

_ONE = "A file can keep one of them; take the other out."


@dataclass(frozen=True, slots=True)
class Labels:
    """How the pages of a part are numbered: style "roman" or "arabic", after `prefix`, from `start`."""

    style: str
    prefix: str = ""
    start: int = 1

    def label(self, index: int) -> str:
        """Return the label of the part's page `index`, counted from 0 ("iv", "F2", "7")."""
        number = self.start + index
        return self.prefix + (_roman(number) if self.style == "roman" else str(number))


def _roman(number: int) -> str:
    signs = (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
        (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    )  # fmt: skip
    written = ""
    for value, sign in signs:
        count, number = divmod(number, value)
        written += sign * count
    return written


# The sections that print the whole telegram, block by block.
TEXT_SECTIONS = frozenset({"telegram", "source-text", "plain-text", "marked-text"})


@dataclass(frozen=True, slots=True)
class PartPlan:
    """One part of a product: which engine sets it, which sections or sheet, how its pages are numbered."""

    id: str
    engine: str
    labels: Labels
    sections: tuple[str, ...] = ()
    sheet: str = ""
    title: str = ""  # of the part in bookmarks and structure; empty: the press's own
    when: Mapping[str, str] = field(default_factory=dict)  # options that it is printed with

    @property
    def prints_text(self) -> bool:
        """Say whether the whole telegram is in the part, as a reading text."""
        return self.engine == "reading" and not TEXT_SECTIONS.isdisjoint(self.sections)

    def wanted(self, options: Mapping[str, str]) -> bool:
        """Say whether the part is printed with these options."""
        return all(options.get(name) == value for name, value in self.when.items())


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that a product leaves to whoever orders it: one word out of `values`."""

    name: str
    title: str
    values: tuple[str, ...]
    default: str

    @property
    def choices(self) -> str:
        """Return the values as a user is shown them ("aged (default), white, carbon")."""
        return ", ".join(
            f"{value} (default)" if value == self.default else value for value in self.values
        )


# What a product can be written as, and how its file’s name ends. Each but PDF has a line in EXPORTS too.
PDF = "pdf"
SUFFIXES = {PDF: ".pdf", "html": ".html"}

# What is attached to a finished PDF: all files of the seed, its transcription, or no file.
SEED, TRANSCRIPTION, NOTHING = "seed", "transcription", "nothing"
ATTACHED = (SEED, TRANSCRIPTION, NOTHING)


@dataclass(frozen=True, slots=True)
class Product:
    """A product of layouts/<name>/product.toml. Paper and standard are empty where it has no pages."""

    name: str
    title: str
    paper: str
    form: str  # for an edition that names none
    standard: str
    parts: tuple[PartPlan, ...]
    style: Path | None  # its own, read after `base_style`
    directory: Path
    options: tuple[Option, ...] = ()
    title_addition: str = ""  # what a file's title says beside the edition's
    format: str = PDF
    stock: str = (
        ""  # that a facsimile is typed on where no option chooses one; empty: the usual one
    )
    attached: str = SEED
    explained: bool = (
        False  # whether a facsimile's caption explains what of the form could be misread
    )
    base_style: Path | None = None  # that it shares with other products
    preflight: Preflight = NOTHING_PROMISED

    @property
    def paged(self) -> bool:
        """Say whether the product has pages: a paper, sheets, a standard of PDF."""
        return self.format == PDF


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

    @property
    def title(self) -> str:
        """Return the title of the finished file: which telegram it is, and in what form."""
        titles = (self.edition.title, self.edition.subtitle)
        named = ": ".join(filter(None, titles))
        return " – ".join(filter(None, (named, self.product.title_addition)))

    @property
    def grey(self) -> bool:
        """Say whether nothing but grey may be drawn: the product promises it, or the standard."""
        return self.product.preflight.grey or self.standard.colour == GREY

    @property
    def file_name(self) -> str:
        """Return the name of the finished file: product, each thing that is not its default, suffix."""
        return "-".join((self.product.name, *self.variations)) + SUFFIXES[self.product.format]

    def address(self, anchor: str) -> str:
        """Return the address that opens the finished file at an anchor ("edition.pdf#nameddest=p3")."""
        sign = "#nameddest=" if self.product.paged else "#"
        return f"{self.file_name}{sign}{anchor}"


ENGINES = ("reading", "facsimile")

# The words of an option are typed in a command and stand in file names.
_WORD = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")

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
    papers = {name: _paper(name, table) for name, table in _entries(directory / "papers.toml")}
    claims, standards = _standards(directory / "standards.toml")
    products = {
        product.name: product
        for product in (_product(path) for path in sorted(directory.glob("*/product.toml")))
    }
    forms = {path.stem: path for path in sorted((directory / "forms").glob("*.toml"))}
    for product in products.values():
        if product.paged and product.paper not in papers:
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
        _refuse_ambiguous_values(product, {*papers, *forms, *standards})
    colours = load_colours(directory)
    stocks, machines = load_stocks(directory, colours), load_machines(directory)
    groups = load_groups(directory, sorted(products))
    return Layouts(papers, claims, standards, products, forms, colours, stocks, machines, groups)


def _refuse_ambiguous_values(product: Product, names: set[str]) -> None:
    """Refuse a value that another choice has too: a file's name says the value and not its option."""
    for option in product.options:
        for value in option.values:
            if value in names:
                raise LayoutError(
                    f"the value {value!r} of option {option.name!r} of product {product.name!r} is "
                    "the name of a paper, a form or a standard, or a value of another option",
                    where=Where(str(product.directory / "product.toml")),
                    hint="Name it otherwise: two different files would bear one name.",
                )
        names = names.union(option.values)


def _entries(path: Path) -> list[tuple[str, Table]]:
    top = read_toml(path, LayoutError)
    return [(name, top.table(name)) for name in top.names()]


def _paper(name: str, table: Table) -> Paper:
    paper = Paper(name, table.text("title"), table.length("width"), table.length("height"))
    table.close()
    if min(paper.width, paper.height) <= 0:
        raise table.fail(f"paper {name!r} has no area", "width", "Write its width and height.")
    return paper


def _standards(path: Path) -> tuple[dict[str, Claim], dict[str, Standard]]:
    top = read_toml(path, LayoutError)
    made, kept = top.table("claim"), top.table("standard")
    claims = {name: _claim(name, made.table(name)) for name in made.names()}
    standards = {name: _standard(name, kept.table(name), claims) for name in kept.names()}
    top.close()
    return claims, standards


def _claim(name: str, table: Table) -> Claim:
    said = table.table("properties")
    claim = Claim(
        name=name,
        title=table.text("title"),
        source=table.text("source"),
        family=table.text("family", ""),
        pdf_versions=table.texts("pdf_versions"),
        profiles=table.texts("profiles"),
        properties=tuple((key, said.text(key)) for key in said.names()),
        declarations=table.texts("declarations", ()),
    )
    table.close()
    return claim


def _standard(name: str, table: Table, known: Mapping[str, Claim]) -> Standard:
    version = table.text("pdf_version")
    claims: list[Claim] = []
    for word in table.texts("claims"):
        if word not in known:
            raise table.fail(
                f"standard {name!r} makes the claim {word!r}, which is not defined",
                "claims",
                nearest(word, sorted(known)),
            )
        claims.append(known[word])
    for claim in claims:
        if version not in claim.pdf_versions:
            raise table.fail(
                f"standard {name!r} is PDF {version}, and {claim.name} needs PDF "
                f"{' or '.join(claim.pdf_versions)}",
                "claims",
                _ONE if len(claims) > 1 else "Write that version.",
            )
        of_family = [c.name for c in claims if claim.family and c.family == claim.family]
        if len(of_family) > 1:
            raise table.fail(
                f"standard {name!r} claims both {' and '.join(of_family)}", "claims", _ONE
            )
    standard = Standard(name, table.text("title"), version, tuple(claims), table.text("colour"))
    table.close()
    for claim in claims:
        if claim.family == _ARCHIVAL and standard.colour == GREY:
            raise table.fail(
                f"standard {name!r} claims {claim.name}, which wants a colour profile",
                "colour",
                'Write colour = "srgb"; a product can promise to be drawn in grey all the same.',
            )
    return standard


def _product(path: Path) -> Product:
    table = read_toml(path, LayoutError)
    name = table.text("name")
    if name != path.parent.name:
        raise table.fail(
            f"the product calls itself {name!r}, its folder {path.parent.name!r}",
            "name",
            "Give both one name.",
        )
    style, base_style = table.text("style", ""), table.text("base_style", "")
    written_as = table.text("format", PDF)
    if written_as not in SUFFIXES:
        raise table.fail(
            f"there is no format {written_as!r}", "format", nearest(written_as, sorted(SUFFIXES))
        )
    attached = table.text("attached", SEED)
    if attached not in ATTACHED:
        raise table.fail(f"'attached' is {attached!r}", "attached", nearest(attached, ATTACHED))
    paged = written_as == PDF  # else it has neither paper nor standard, and naming one is an error
    product = Product(
        name=name,
        title=table.text("title"),
        paper=table.text("paper") if paged else "",
        form=table.text("form"),
        standard=table.text("standard") if paged else "",
        parts=tuple(_part(entry) for entry in table.tables("part")),
        style=path.parent / style if style else None,
        directory=path.parent,
        options=tuple(_option(entry) for entry in table.tables("option")),
        title_addition=table.text("title_addition", ""),
        format=written_as,
        stock=table.text("stock", ""),
        attached=attached,
        explained=table.flag("explained", default=False),
        base_style=path.parent / base_style if base_style else None,
        preflight=read_preflight(table.table("promises")) if paged else NOTHING_PROMISED,
    )
    table.close()
    for key, file in (("style", product.style), ("base_style", product.base_style)):
        if file is not None and not file.is_file():
            raise table.fail(f"the style {file.name!r} is not there", key, f"Add {file}.")
    _check_parts(product, table)
    names = [option.name for option in product.options]
    if len(set(names)) != len(names):
        raise table.fail("two options have one name", "option", "Give each its own.")
    return product


def _check_parts(product: Product, table: Table) -> None:
    """Refuse parts that have one name, that no option asks for, or that the format cannot have."""
    identifiers = [part.id for part in product.parts]
    if len(set(identifiers)) != max(1 if product.paged else 0, len(identifiers)):
        raise table.fail("a product has parts, each with its own id", "part", "Add [[part]] id = …")
    choices = {(o.name, value) for o in product.options for value in o.values}
    for part in product.parts:
        if part.engine == "facsimile" and not product.paged:
            raise table.fail(
                f"part {part.id!r} is a sheet, and the format {product.format!r} has no pages",
                "part",
            )
        for name, value in part.when.items():
            if (name, value) not in choices:
                raise table.fail(
                    f"part {part.id!r} is printed when {name} is {value!r}, which no option offers",
                    "part",
                    nearest(value, sorted(value for _, value in choices)),
                )


def _option(table: Table) -> Option:
    option = Option(
        table.text("name"), table.text("title"), table.texts("values"), table.text("default")
    )
    table.close()
    for key, words in (("name", (option.name,)), ("values", option.values)):
        for word in words:
            if not _WORD.fullmatch(word):
                raise table.fail(
                    f"{word!r} is not made of lower-case letters, digits, hyphens and points", key
                )
    if len(option.values) < 2 or len(set(option.values)) < len(option.values):
        raise table.fail(
            f"the option {option.name!r} needs two different values or more, each once", "values"
        )
    if option.default not in option.values:
        raise table.fail(
            f"the default {option.default!r} is none of the values of {option.name!r}",
            "default",
            nearest(option.default, option.values),
        )
    return option


def _part(table: Table) -> PartPlan:
    engine = table.text("engine")
    if engine not in ENGINES:
        raise table.fail(f"there is no engine {engine!r}", "engine", nearest(engine, ENGINES))
    labels = Labels(
        table.text("labels", "arabic"), table.text("prefix", ""), table.integer("start", 1)
    )
    if labels.style not in ("arabic", "roman"):
        raise table.fail(
            f"labels are 'arabic' or 'roman', not {labels.style!r}",
            "labels",
            nearest(labels.style, ["arabic", "roman"]),
        )
    when = table.table("when") if "when" in table else None
    plan = PartPlan(
        table.text("id"),
        engine,
        labels,
        table.texts("sections", ()),
        table.text("sheet", ""),
        table.text("title", ""),
        {name: when.text(name) for name in when.names()} if when else {},
    )
    table.close()
    return plan
