"""What a print-shop ticket says of a panel: the order, the sheet, press, type, the file, the checks and their results.

In: the panel's finished file. Out: groups of rows, each a name and what is said of it.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from publish.colours import load_colours
from publish.finish.first_file import FirstFile
from publish.layouts import Job
from publish.panel_layouts import PanelLayout, Stand, layout_for
from publish.press_profiles import press_profile
from publish.units import POINTS_PER_INCH, POINTS_PER_MILLIMETRE, Points
from publish.verify import EVERY_PROMISE
from publish.verify.outcome import Result, State

OUTLINED: Final = "outlined"
CLAIMS: Final = "claims"
MILLIMETRES_PER_INCH: Final = 25.4
# What a shop's own preflight would look at; all other promises are counted in one line.
SHOWN: Final = (
    "boxes",
    "plates",
    "ink-limit",
    "pictures",
    "type-size",
    "press",
    "embedded",
    "drawn",
)
_TITLES: Final = {promise.code: promise.title for promise in EVERY_PROMISE}
_PASSED: Final = {State.KEPT: "passed", State.BROKEN: "failed", State.NOT_CHECKED: "not checked"}
_HASH_GROUP: Final = 8

Row = tuple[str, str]
Group = tuple[str, tuple[Row, ...]]


def groups(first: FirstFile, job: Job) -> tuple[Group, ...]:
    """Return the groups of a ticket; `job` is its own. A row of which nothing is said is to be filled in."""
    return (
        ("Order", tuple(_order(job))),
        ("Sheet", tuple(_sheet(first))),
        ("Press", tuple(_press(first))),
        ("Type", tuple(_type(first))),
        ("File", tuple(_file(first))),
    )


def _order(job: Job) -> Iterator[Row]:
    yield "Customer, telephone", ""
    yield "Due, deliver to", ""
    yield "Quantity", job.options.get("quantity", "")
    yield "Material, finish", job.options.get("finish", "")
    yield "Mounting", ""
    yield (
        "Proof",
        "one on the shop’s own press and material before the run: the colors were not proofed on any press",
    )


def _sheet(first: FirstFile) -> Iterator[Row]:
    paper, press = first.job.paper, first.press
    way = "portrait" if paper.height > paper.width else "landscape"
    yield "Trim size", f"{_size(paper.width, paper.height)}, {way}"
    if press is None:
        return
    bleed = press.trim[0] - press.bleed[0]
    width, height = press.trim[2] + press.trim[0], press.trim[3] + press.trim[1]
    yield "Bleed", f"{_length(bleed)} on each side; crop and registration marks outside it"
    yield "Page with marks", f"{_size(width, height)}; true size (1 : 1), one page, one side"
    layout = _layout_of(first.job)
    factor = layout.scale_on(paper)
    head, foot, side = (
        _inches(margin * factor) for margin in (layout.head, layout.foot, layout.side)
    )
    yield (
        "Safe margin",
        f"no type or picture nearer to the cut than {head} at the head, {foot} at the foot, {side} at the sides",
    )
    if layout.stand:
        yield from _stand(layout.stand)


def _layout_of(job: Job) -> PanelLayout:
    """Return the layout of a panel's job."""
    directory = job.product.directory
    return layout_for(job.paper, directory, load_colours(directory.parent))


def _stand(stand: Stand) -> Iterator[Row]:
    head, foot, side = map(_inches, (stand.head, stand.foot, stand.side))
    told = (
        f"ground alone where it may be hidden: {head} at the head, {foot} at the foot, {side} at the sides. Heights "
        "were reckoned with the foot of the trim on the floor. No leader in the file: the shop adds its stand’s"
    )
    yield "Stand", told


def _press(first: FirstFile) -> Iterator[Row]:
    job, press = first.job, first.press
    profile = press_profile(job)
    claims = ", ".join(f"{claim.title} ({claim.source})" for claim in job.standard.claims)
    yield "Standard", f"{claims}, PDF {job.standard.pdf_version}"
    condition = f"{profile.condition}: {profile.info}" if profile.info else profile.condition
    yield (
        "Output condition",
        f"{condition}. Convert to the press’s own where it is another, and keep black type 100 K",
    )
    yield "Solid colors", f"{_builds(_layout_of(job))} (C/M/Y/K in percent)"
    if press is not None:
        yield (
            "Ink",
            f"limit {press.ink:g} %; the heaviest place has {_heaviest(first)}; four plates, not trapped",
        )
        yield "Pictures", f"at least {press.pixels_per_inch:g} pixels to the inch at size"


def _builds(layout: PanelLayout) -> str:
    """Return the builds of a panel's grounds and of its red or the like, by which a shop mixes or converts them."""
    tokens = [layout.paper_colour, *(ground.colour for ground in layout.grounds)]
    tokens.append(layout.styles["quotation-credit"].colour)
    named = {token.name.removeprefix("panel-"): token.cmyk for token in tokens}
    return "; ".join(
        f"{name} {'/'.join(f'{plate * 100:.0f}' for plate in plates)}"
        for name, plates in named.items()
    )


def _heaviest(first: FirstFile) -> str:
    """Return how much ink was found, as the promise says it ("at most 236 % of 300 %")."""
    detail = next((result.detail for result in first.results if result.code == "ink-limit"), "")
    return detail.removeprefix("at most ").partition(" of ")[0]


def _type(first: FirstFile) -> Iterator[Row]:
    label, _, distance = _told(first, "label ").partition("; from ")
    yield "Smallest type", f"{_told(first, 'smallest type ')}, beside the facsimile"
    yield "Label", label
    yield "To be read from", _distance(distance.partition(" m ")[0])
    yield "Black type", "100 K, overprinting up to 100 pt"
    outlined = first.job.options.get("type") == OUTLINED
    yield (
        "Fonts",
        "outlines; no font goes with the file"
        if outlined
        else f"embedded: {', '.join(first.fonts)}",
    )


def _distance(metres: str) -> str:
    if not metres:
        return ""
    return f"{float(metres) * 1000 / MILLIMETRES_PER_INCH:.0f} in, {metres} m"


def _told(first: FirstFile, beginning: str) -> str:
    """Return what the engine measured, without its beginning; nothing where it measured no such thing."""
    line = next((line for line in first.report if line.startswith(beginning)), beginning)
    return line.removeprefix(beginning)


def _file(first: FirstFile) -> Iterator[Row]:
    digest, edition = first.sha256, first.job.edition
    parted = " ".join(digest[at : at + _HASH_GROUP] for at in range(0, len(digest), _HASH_GROUP))
    yield "Name", f"{first.job.file_name}, {len(first.data):,} bytes"
    yield "SHA-256", parted
    yield "Edition", f"{edition.id}, version {edition.version or 'without a number'}"


def checks(results: Sequence[Result]) -> Iterator[Row]:
    """Yield each check that a shop would make, with its result, and a line about all others."""
    for result in results:
        if result.code in SHOWN:
            detail = f": {result.detail}" if result.detail else ""
            yield _TITLES[result.code], _PASSED[result.state] + detail
    others = [result for result in results if result.code not in SHOWN]
    kept = sum(result.state is State.KEPT for result in others)
    unchecked = [result.code for result in others if result.state is State.NOT_CHECKED]
    told = ""
    if CLAIMS in unchecked:
        unchecked.remove(CLAIMS)
        told = "; 1, the standard as a whole, is for the shop’s preflight"
    if unchecked:
        told += f"; not checked: {', '.join(unchecked)}"
    yield f"{len(others)} further checks of the file", f"{kept} passed{told}"


def _size(width: Points, height: Points) -> str:
    return (
        f"{width / POINTS_PER_INCH:.4g} × {height / POINTS_PER_INCH:.4g} in, "
        f"{width / POINTS_PER_MILLIMETRE:.1f} × {height / POINTS_PER_MILLIMETRE:.1f} mm"
    )


def _inches(length: Points) -> str:
    return f"{length / POINTS_PER_INCH:.3g} in"


def _length(length: Points) -> str:
    return f"{length / POINTS_PER_INCH:.3g} in, {length / POINTS_PER_MILLIMETRE:.1f} mm"
