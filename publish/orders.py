"""What a user asks for → a Job, in which no field is left open."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from publish.layouts import Job, Layouts
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


def make_job(edition: Edition, order: Order, known: Layouts) -> Job:
    """Return the job of an order.

    Raises UsageError for a name that is not known, SourceError when the edition's own form is not.
    """
    product = known.product(order.product)
    for option in order.options or {}:
        raise UsageError(
            f"product {product.name!r} has no option {option!r}", hint=nearest(option, [])
        )
    default_form = edition.form or product.form
    if edition.form not in ("", *known.forms) and not order.form:
        raise SourceError(
            f"there is no form {edition.form!r}",
            where=Where(str(Path(edition.document.source.path).parent / "edition.toml")),
            hint=nearest(edition.form, sorted(known.forms)),
        )
    form_name = order.form or default_form
    # A sheet that stands alone is its own page: the paper has no say in it.
    papers = {order.paper} if any(plan.sheet != "alone" for plan in product.parts) else set()
    variations = [
        name
        for name, default in (
            ("".join(papers), product.paper),
            (form_name, default_form),
            (order.standard, product.standard),
        )
        if name and name != default
    ]
    return Job(
        edition=edition,
        product=product,
        paper=known.paper(order.paper or product.paper),
        form=known.form(form_name),
        standard=known.standard(order.standard or product.standard),
        variations=tuple(variations),
    )
