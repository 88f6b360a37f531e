"""What a user asks for → a Job, in which no field is left open; and what its form has to say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from publish.layouts import GREY, NO_PAPER, NO_STANDARD, Job, Layouts, Product
from publish.model import Edition
from publish.problems import SourceError, UsageError, Where, nearest


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
    names = [option.name for option in product.options]
    for name in asked:
        if name not in names:
            raise UsageError(
                f"product {product.name!r} has no option {name!r}", hint=_all_known(name, names)
            )
    chosen: dict[str, str] = {}
    for option in product.options:
        value = asked.get(option.name, option.default)
        if value not in option.values:
            raise UsageError(
                f"option {option.name!r} of product {product.name!r} has no value {value!r}",
                hint=_all_known(value, option.values),
            )
        chosen[option.name] = value
    return chosen


def _all_known(word: str, known: Sequence[str]) -> str:
    """Return a hint that names the nearest of few words and all of them, in their own order."""
    every = f"Known: {', '.join(known)}." if known else "It has none."
    near = nearest(word, tuple(known))
    return f"{near} {every}" if near.startswith("Did") else every


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
        offered = sorted({option.name for product in products for option in product.options})
        for option in asked:
            if name in known.groups and option not in offered:
                raise UsageError(
                    f"no product of the group {name!r} has an option {option!r}",
                    hint=_all_known(option, offered),
                )
        for product in products:
            own = {option.name for option in product.options}
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
    if any(product.paged for product in products):
        return
    for order in orders:
        for name in ("paper", "form", "standard"):
            if value := getattr(order, name):
                raise UsageError(
                    f"--{name} {value} says nothing about {order.product!r}, which has no pages",
                    hint=f"Leave --{name} out, or ask for a product that is a PDF.",
                )


def make_job(edition: Edition, order: Order, known: Layouts) -> Job:
    """Return the job of an order. What is said of pages does not concern a product that has none.

    Raises UsageError for a name that is not known, SourceError when the edition's own form is not.
    """
    product = known.product(order.product)
    if not product.paged:
        order = replace(order, paper="", form="", standard="")
    options = chosen_options(product, order.options or {})
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
    variations = [
        name
        for name, default in (
            (paper, product.paper),
            (form_name, default_form),
            (order.standard, product.standard),
            *((options[option.name], option.default) for option in product.options),
        )
        if name and name != default
    ]
    standard = known.standard(order.standard or product.standard) if product.paged else NO_STANDARD
    grey = product.preflight.grey or standard.colour == GREY
    form = known.form(form_name, grey=grey)
    stock = options.get("stock") or product.stock
    return Job(
        edition=edition,
        product=replace(product, parts=parts),
        paper=known.paper(order.paper or product.paper) if product.paged else NO_PAPER,
        form=form,
        standard=standard,
        stock=known.stocks.get(stock) if stock else known.stocks.default,
        machine=known.machines[form.typing.machine],
        variations=tuple(variations),
        options=options,
    )
