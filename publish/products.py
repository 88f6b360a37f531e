"""Products and their options. In: layouts/<name>/product.toml. Out: a Product with no field left open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from publish.finishing import Finishing, read_finishing
from publish.options import Option, read_option
from publish.preflight import NOTHING_PROMISED, Preflight, read_preflight
from publish.problems import LayoutError, nearest
from publish.tables import Table, read_toml


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
TEXT_SECTIONS = frozenset(
    {"telegram", "source-text", "plain-text", "marked-text", "large-telegram"}
)
SOURCES_SECTION = "sources"  # prints the line in which the transcription names its source
ADAPTED_SECTION = "adapted"  # prints the adapted text in the telegram’s place


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
    most_pages: int = 0  # that it may make; 0: as many as it needs

    @property
    def prints_text(self) -> bool:
        """Say whether the whole telegram is in the part, as a reading text."""
        return self.engine == "reading" and not TEXT_SECTIONS.isdisjoint(self.sections)

    def wanted(self, options: Mapping[str, str]) -> bool:
        """Say whether the part is printed with these options."""
        return all(options.get(name) == value for name, value in self.when.items())


# What a product can be written as, and how its file’s name ends. Each but PDF has a line in EXPORTS too.
PDF = "pdf"
SUFFIXES = {
    PDF: ".pdf", "html": ".html", "plain-html": ".html", "docx": ".docx", "tei": ".xml",
}  # fmt: skip
ON_PAPER = frozenset({PDF, "docx"})  # what is laid out for a paper

# What every PDF can be ordered with: its pages as they are, or two on each side of a sheet.
NOT_IMPOSED, BOOKLET, TWO_UP = "none", "booklet", "2up"
IMPOSE = Option(
    "impose",
    "Two pages on each side of a sheet, for the printer alone",
    (NOT_IMPOSED, BOOKLET, TWO_UP),
    NOT_IMPOSED,
)

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
    words: str = ""  # of a worksheet: `words` for words.en.toml, words.es.toml … in its folder
    stock: str = (
        ""  # that a facsimile is typed on where no option chooses one; empty: the usual one
    )
    attached: str = SEED
    explained: bool = (
        False  # whether a facsimile's caption explains what of the form could be misread
    )
    base_style: Path | None = None  # that it shares with other products
    preflight: Preflight = NOTHING_PROMISED

    of: Finishing | None = None  # the product that this one is made of, where it is made of one
    metric_paper: str = ""  # its paper beside a metric sheet; empty: `paper`
    ticket: str = ""  # the product that goes with it to a print shop

    @property
    def offered(self) -> tuple[Option, ...]:
        """Return all options that it can be ordered with: its own, and those of every PDF of pages."""
        return (*self.options, IMPOSE) if self.imposable else self.options

    @property
    def imposable(self) -> bool:
        """Say whether its pages can be laid two on a side: a sheet of its own size cannot, nor what is made of one."""
        return self.paged and not self.one_sheet and self.of is None

    @property
    def one_sheet(self) -> bool:
        """Say whether it is a sheet as large as its printer takes, which has no place on another."""
        return any(part.engine == "panel" for part in self.parts)

    @property
    def paged(self) -> bool:
        """Say whether the product has pages of its own: sheets, labels, a standard of PDF."""
        return self.format == PDF

    @property
    def on_paper(self) -> bool:
        """Say whether the product is laid out for a paper."""
        return self.format in ON_PAPER


ENGINES = ("reading", "facsimile", "panel", "tiles", "ticket")


def read_product(path: Path) -> Product:
    """Read a product.toml. Raises LayoutError, with the line, for one that cannot be."""
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
    paged = written_as == PDF  # else it has no standard, and naming one is an error
    product = Product(
        name=name,
        title=table.text("title"),
        paper=table.text("paper") if written_as in ON_PAPER else "",
        form=table.text("form"),
        standard=table.text("standard") if paged else "",
        parts=tuple(_part(entry) for entry in table.tables("part")),
        style=path.parent / style if style else None,
        directory=path.parent,
        options=tuple(read_option(entry) for entry in table.tables("option")),
        title_addition=table.text("title_addition", ""),
        format=written_as,
        words=table.text("words", ""),
        stock=table.text("stock", ""),
        attached=attached,
        explained=table.flag("explained", default=False),
        base_style=path.parent / base_style if base_style else None,
        preflight=read_preflight(table.table("promises")) if paged else NOTHING_PROMISED,
        of=read_finishing(table.table("of")) if "of" in table else None,
        metric_paper=table.text("metric_paper", ""),
        ticket=table.text("ticket", ""),
    )
    table.table("of")
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
        if part.engine != "reading" and not product.paged:
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
        table.integer("most_pages", 0),
    )
    table.close()
    return plan
