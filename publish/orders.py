"""What a user asks for → a Job, in which no field is left open; and what its form has to say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from publish.layouts import Job, Layouts
from publish.model import Edition
from publish.options import FILE, PAPER, all_known
from publish.papers import NO_PAPER
from publish.problems import SourceError, UsageError, Where, nearest
from publish.products import IMPOSE, NOT_IMPOSED, NOTHING, Product
from publish.standards import GREY, NO_STANDARD, Standard
from publish.worksheet import Worksheet, load_worksheet


@dataclass(frozen=True, slots=True)
class Order:
    """What a user asks for. Empty words mean: as the product or the edition says."""

    product: str = "edition"
    paper: str = ""
    form: str = ""
    standard: str = ""
    options: Mapping[str, str] | None = None


def settings(words: Sequence[str]) -> dict[str, str]:
    """Return the options that `words` such as "stock=white" set.

    Raises UsageError for what is not OPTION=VALUE, and for an option that is set twice.
    """
    options: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise UsageError(
                f"--set {word!r} is not OPTION=VALUE", hint="Write the option, = and its value."
            )
        if name in options:
            raise UsageError(f"--set gives {name!r} twice", hint="Keep one of them.")
        options[name] = value
    return options


def chosen_options(product: Product, asked: Mapping[str, str]) -> dict[str, str]:
    """Return a value for each option of the product: the one asked for, else the default.

    Raises UsageError for an option that the product does not have and a value that the option does
    not have, with the nearest and all that there are.
    """
    names = [option.name for option in product.offered]
    for name in asked:
        if name not in names:
            raise UsageError(
                f"product {product.name!r} has no option {name!r}", hint=all_known(name, names)
            )
    chosen: dict[str, str] = {}
    for option in product.offered:
        value = asked.get(option.name, option.default)
        option.check(value, product.name)
        chosen[option.name] = value
    return chosen


def orders_named(names: Sequence[str], order: Order, known: Layouts) -> tuple[Order, ...]:
    """Return one order for each product that `names` ask for, a group being all its products.

    Each is `order` for that product. A product of a group gets the options that it has; one that
    none of the group has is an error, as it is of a single product.

    Raises UsageError for a name that is neither, naming the nearest, and for such an option.
    """
    made: dict[str, Order] = {}
    asked = order.options or {}
    for name in names:
        products = known.products_named(name)
        offered = sorted({option.name for product in products for option in product.offered})
        for option in asked:
            if name in known.groups and option not in offered:
                raise UsageError(
                    f"no product of the group {name!r} has an option {option!r}",
                    hint=all_known(option, offered),
                )
        for product in products:
            own = {option.name for option in product.offered}
            fitting = {
                option: value
                for option, value in asked.items()
                if name not in known.groups or option in own
            }
            made.setdefault(product.name, replace(order, product=product.name, options=fitting))
    return tuple(made.values())


def check_orders(orders: Sequence[Order], known: Layouts) -> None:
    """Refuse, before any work, what no edition could make good.

    Raises UsageError for a product or an option that is not known, and for a paper, form or standard
    where no product has pages. Beside a product that has, one without is made as it always is.
    """
    products = [known.product(order.product) for order in orders]
    for product, order in zip(products, orders, strict=True):
        chosen_options(product, order.options or {})
    paged = any(product.paged for product in products)
    of_no_use = {
        "paper": not any(product.on_paper for product in products),
        "form": not paged,
        "standard": not paged,
    }
    for order in orders:
        for name in (name for name, useless in of_no_use.items() if useless):
            if value := getattr(order, name):
                raise UsageError(
                    f"--{name} {value} says nothing about {order.product!r}, which has no pages",
                    hint=f"Leave --{name} out, or ask for a product that is a PDF.",
                )


def make_job(edition: Edition, order: Order, known: Layouts) -> Job:
    """Return the job of an order. What is said of pages does not concern a product that has none.

    Of a product that is made of another one's finished file, paper, form and standard are the other's.

    Raises UsageError for a name that is not known, SourceError when the edition's own form is not.
    """
    product = known.product(order.product)
    if product.of is not None:
        return _finishing_job(edition, order, product, known)
    if not product.paged:
        paper = order.paper if product.on_paper else ""
        order = replace(order, paper=paper, form="", standard="")
    options = chosen_options(product, order.options or {})
    impose = options.pop(IMPOSE.name, NOT_IMPOSED)
    parts = tuple(plan for plan in product.parts if plan.wanted(options))
    default_form = edition.form or product.form
    if edition.form not in ("", *known.forms) and not order.form:
        raise SourceError(
            f"there is no form {edition.form!r}",
            where=Where(str(Path(edition.document.source.path).parent / "edition.toml")),
            hint=nearest(edition.form, sorted(known.forms)),
        )
    form_name = order.form or default_form
    # A sheet that stands alone is its own page: the paper has no say in it.
    paper = order.paper if any(plan.sheet != "alone" for plan in parts) else ""
    named = ((paper, product.paper), (form_name, default_form), (order.standard, product.standard))
    standard = known.standard(order.standard or product.standard) if product.paged else NO_STANDARD
    _check_claims(product, standard)
    grey = product.preflight.grey or standard.colour == GREY
    form = known.form(form_name, grey=grey)
    stock = options.get("stock") or product.stock
    job = Job(
        edition=edition,
        product=replace(product, parts=parts),
        paper=known.paper(order.paper or product.paper) if product.on_paper else NO_PAPER,
        form=form,
        standard=standard,
        stock=known.stocks.get(stock) if stock else known.stocks.default,
        machine=known.machines[form.typing.machine],
        variations=(*_differing(named), *_set(product, options), *_imposed(impose)),
        options=options,
        impose=impose,
        worksheet=_worksheet(product, options),
    )
    return _with_ticket(job, known)


def _check_claims(product: Product, standard: Standard) -> None:
    """Refuse a claim that a file of this product could not keep."""
    if standard.for_press and not product.one_sheet:
        raise UsageError(
            f"standard {standard.name!r} is for a print shop’s four plates, "
            f"and product {product.name!r} is drawn for screens and office printers",
            hint="Take another standard, or leave it out; panels are made for print shops.",
        )
    if standard.colour == GREY and product.one_sheet:
        raise UsageError(
            f"standard {standard.name!r} is grey alone, and product {product.name!r} has colours",
            hint="Take another standard: print for a print shop, screen for a proof.",
        )
    for claim in standard.claims:
        if claim.embeds and product.attached == NOTHING:
            raise UsageError(
                f"standard {standard.name!r} claims {claim.title}, which wants a file within the PDF, "
                f"and product {product.name!r} attaches none",
                hint=f"Take another standard, or write another 'attached' into {product.name}/product.toml.",
            )


def _worksheet(product: Product, options: Mapping[str, str]) -> Worksheet | None:
    """Return the words of a product that has its own, in the language that is asked for."""
    if not product.words:
        return None
    return load_worksheet(
        product.directory / f"{product.words}.{options.get('language', 'en')}.toml"
    )


def _differing(named: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield names that are not the default."""
    return (name for name, default in named if name and name != default)


def _imposed(impose: str) -> tuple[str, ...]:
    return () if impose == NOT_IMPOSED else (impose,)


def _set(product: Product, options: Mapping[str, str]) -> Iterator[str]:
    """Yield what a file's name says of options that were set."""
    for option in product.options:
        told = option.in_file_name(options[option.name])
        if told and options[option.name] != option.default and option.about == FILE:
            yield told


def _finishing_job(edition: Edition, order: Order, product: Product, known: Layouts) -> Job:
    """Return the job of a product that is made of another one's finished file."""
    of = product.of
    assert of is not None  # noqa: S101 - whoever calls has looked
    if of.standard and order.standard not in ("", of.standard):
        raise UsageError(
            f"{product.name!r} is always made of a {of.product!r} to the standard {of.standard!r}",
            hint="Leave --standard out, or order it by itself.",
        )
    asked = order.options or {}
    chosen_options(product, asked)
    first = make_job(
        edition,
        replace(
            order,
            product=of.product,
            standard=of.standard or order.standard,
            options=of.passed_on(asked),
        ),
        known,
    )
    if first.product.ticket == product.name and not first.standard.for_press:
        raise UsageError(
            f"{product.name!r} goes with a file for a print shop, and the standard "
            f"{first.standard.name!r} makes none",
            hint="Leave --standard out.",
        )
    return _made_of(replace(first, ticket=None), product, asked, known)


def _made_of(first: Job, product: Product, asked: Mapping[str, str], known: Layouts) -> Job:
    """Return the job of what `product` makes of the finished file of `first`."""
    options = chosen_options(product, asked)
    chosen = next((options[o.name] for o in product.options if o.kind == PAPER), "")
    beside = product.metric_paper if first.paper.metric else ""
    passed = set(_set(first.product, first.options))
    standard = product.of.standard if product.of else ""
    kept = (word for word in first.variations if word not in (*passed, standard))
    return replace(
        first,
        product=product,
        paper=known.paper(chosen or beside or product.paper),
        standard=known.standard(product.standard),
        variations=(*kept, *_set(product, options)),
        options=options,
        first=first,
    )


def _with_ticket(job: Job, known: Layouts) -> Job:
    """Return a job for a press with the ticket that goes with its file."""
    if not job.product.ticket or not job.standard.for_press:
        return job
    ticket = known.product(job.product.ticket)
    names = {option.name for option in ticket.options}
    asked = {name: value for name, value in job.options.items() if name in names}
    return replace(job, ticket=_made_of(job, ticket, asked, known))
