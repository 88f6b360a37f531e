"""Which sections a product prints of an edition, in its order: what every form of the reading text is made from.

In: a Job, and where blocks stand in the facsimile. Out: the sections of each reading part, as HTML.
"""

from publish.departures import render
from publish.layouts import Job
from publish.model import Scope
from publish.problems import LayoutError, Where, nearest
from publish.typeset.sections import CONTENTS, SECTIONS
from publish.typeset.sections.context import Context, Section
from publish.typeset.sections.front import contents
from publish.typeset.structure import Positions

FACSIMILE_TITLE = "Cable facsimile (typographic reconstruction)"


def composed(job: Job, positions: Positions) -> dict[str, tuple[Section, ...]]:
    """Return the sections of each reading part that has any. Raises LayoutError for an unknown one."""
    plans = job.product.parts
    facsimile = next((plan for plan in plans if plan.engine == "facsimile"), None)
    document = job.edition.document
    context = Context(
        job=job,
        reading=render(document, Scope.READING),
        facsimile=render(document, Scope.FACSIMILE) if facsimile else None,
        positions=positions,
        prefix=facsimile.labels.prefix if facsimile else "",
        works={work.key: work for work in job.edition.apparatus.works},
    )
    made: dict[str, tuple[Section, ...]] = {}
    in_order: list[Section] = []
    for plan in plans:
        if plan.engine == "facsimile":
            in_order.append(Section("facsimile", FACSIMILE_TITLE, ""))
            continue
        sections = tuple(s for name in plan.sections for s in _sections(name, context))
        if sections:  # a part that has nothing to say is left out of the book
            made[plan.id] = sections
            in_order += sections
    return {
        part: tuple(contents(context, in_order) if s.id == CONTENTS else s for s in sections)
        for part, sections in made.items()
    }


def _sections(name: str, context: Context) -> tuple[Section, ...]:
    """Return the sections of a kind: none where the edition has nothing for it, one for each essay."""
    if name == CONTENTS:
        return (Section(CONTENTS, "Contents", "", level=1, listed=False),)
    if name not in SECTIONS:
        raise LayoutError(
            f"there is no section {name!r}",
            where=Where(str(context.job.product.directory / "product.toml")),
            hint=nearest(name, sorted([*SECTIONS, CONTENTS])),
        )
    made = SECTIONS[name](context)
    if made is None:
        return ()
    return (made,) if isinstance(made, Section) else made
