"""The machines that type: how far their strokes stray, read from layouts/machines.toml.

In: the folder layouts/. Out: Machines. What they do to a line is in publish/typeset/striking.py.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from publish.problems import LayoutError, nearest
from publish.tables import Table, read_toml
from publish.units import Points

FILE_NAME: Final = "machines.toml"
# What may stray is bounded: beyond these, a page looks like a stage property, and readers of the file part
# words (research: 0.25 points and a quarter of a degree are a worn manual machine's).
FURTHEST: Final = 0.25  # points
STEEPEST: Final = 0.25  # degrees


@dataclass(frozen=True, slots=True)
class Machine:
    """How a machine strikes. Lengths are points at 12-point type; see layouts/machines.toml."""

    name: str
    title: str
    side: Points
    baseline: Points
    turn: float  # degrees
    own: float  # 0 to 1
    furthest: Points
    density: float  # grey
    ribbon: float  # share of the ink's range
    chance: float  # share of the ink's range
    period: float  # letters
    point: float  # grey


class Machines(Mapping[str, Machine]):
    """The machines by name."""

    def __init__(self, machines: Mapping[str, Machine]) -> None:
        """Keep `machines`, in the order of the file."""
        self._machines = dict(machines)

    def __getitem__(self, name: str) -> Machine:
        """Return a machine. Raises LayoutError, naming the nearest that there is."""
        if name not in self._machines:
            raise LayoutError(
                f"there is no machine {name!r}", hint=nearest(name, sorted(self._machines))
            )
        return self._machines[name]

    def __iter__(self) -> Iterator[str]:
        """Return the names."""
        return iter(self._machines)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._machines)


def load_machines(directory: Path) -> Machines:
    """Read the machines of a folder of layouts. Raises LayoutError with file and line."""
    top = read_toml(directory / FILE_NAME, LayoutError)
    return Machines({name: _machine(name, top.table(name)) for name in top.names()})


def _machine(name: str, table: Table) -> Machine:
    ribbon = table.table("ribbon")
    machine = Machine(
        name=name,
        title=table.text("title"),
        side=table.length("side"),
        baseline=table.length("baseline"),
        turn=table.number("turn"),
        own=_share(table, "own"),
        furthest=table.length("furthest"),
        density=_share(table, "density"),
        ribbon=_share(ribbon, "along"),
        chance=_share(ribbon, "chance"),
        period=table.number("period"),
        point=_share(table, "point"),
    )
    for part in (ribbon, table):
        part.close()
    if not 0 <= machine.furthest <= FURTHEST:
        raise table.fail(
            f"a letter of {name!r} may stand {machine.furthest:g} points from its place",
            "furthest",
            f"{FURTHEST} points are the most: beyond, readers of the file part words.",
        )
    if not 0 <= machine.turn <= STEEPEST:
        raise table.fail(
            f"a letter of {name!r} may turn by {machine.turn:g} degrees",
            "turn",
            f"{STEEPEST} degrees are the most.",
        )
    if machine.period < 2:
        raise table.fail("a ribbon's period is at least 2 letters", "period")
    return machine


def _share(table: Table, key: str) -> float:
    value = table.number(key)
    if not 0 <= value <= 1:
        raise table.fail(f"{key!r} is a share between 0 and 1", key)
    return value
