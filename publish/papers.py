"""Papers by name, read from layouts/papers.toml. In: the file. Out: Papers, their sides in points."""

from dataclasses import dataclass
from pathlib import Path

from publish.problems import LayoutError
from publish.tables import Table, read_toml
from publish.units import POINTS_PER_MILLIMETRE, Points


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper by name; width and height in points."""

    name: str
    title: str
    width: Points
    height: Points

    @property
    def metric(self) -> bool:
        """Say whether its sides are whole millimetres."""
        sides = (side / POINTS_PER_MILLIMETRE for side in (self.width, self.height))
        return all(abs(side - round(side)) < 0.001 for side in sides)


NO_PAPER = Paper("", "no paper", 0, 0)  # that a product without pages is printed on


def load_papers(path: Path) -> dict[str, Paper]:
    """Read papers.toml. Raises LayoutError, with the line, for a paper that has no area."""
    top = read_toml(path, LayoutError)
    return {name: _paper(name, top.table(name)) for name in top.names()}


def _paper(name: str, table: Table) -> Paper:
    paper = Paper(name, table.text("title"), table.length("width"), table.length("height"))
    table.close()
    if min(paper.width, paper.height) <= 0:
        raise table.fail(f"paper {name!r} has no area", "width", "Write its width and height.")
    return paper
