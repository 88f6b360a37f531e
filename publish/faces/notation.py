"""How a stroke is written down, and what pieces it then has.

    100,0 300,585 500,0       straight from point to point
    90% 100,0 …               the whole stroke at ninety percent of the face's weight
    … hv 470,290              a quarter of an ellipse, from the point before to this one: it leaves
                              level (h) and arrives upright (v); vh the other way round
    … vs 210,340 380,250      it leaves upright and arrives in the direction of the straight piece
                              that follows (s for slanted); sv, hs and sh likewise
    … hv60 470,290            of the quarter only the 60 degrees that adjoin the rest of the stroke
    300,55                    a point alone: the pen put down

Points are in thousandths of the em, from the left edge of the cell and from the baseline. A stroke
that ends where it begins is closed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from math import acos, pi
from typing import Final

from publish.faces.strokes import Arc, Line, Piece, Point
from publish.problems import FontError

_TOKEN: Final = re.compile(
    r"(?P<weight>\d+)%|(?P<bend>hv|vh|hs|sh|vs|sv)(?P<degrees>\d+)?|(?P<x>-?\d+),(?P<y>-?\d+)"
)
_FULL: Final = 90  # degrees of a quarter


@dataclass(frozen=True, slots=True)
class Node:
    """A point of a stroke, and how the pen comes to it: `bend` is empty where it comes straight."""

    point: Point
    bend: str = ""
    degrees: int = _FULL


@dataclass(frozen=True, slots=True)
class Stroke:
    """A stroke as it is written; `weight` is its share of the face's weight."""

    nodes: tuple[Node, ...]
    weight: float = 1.0

    def moved(self, place: Callable[[Point], Point]) -> "Stroke":
        """Return the stroke with its nodes where `place` puts them."""
        return replace(
            self, nodes=tuple(replace(node, point=place(node.point)) for node in self.nodes)
        )

    def pieces(self) -> list[Piece]:
        """Return its pieces; none where the pen is only put down.

        Raises FontError for a slanted bend that no ellipse makes.
        """
        nodes = self.nodes
        last = len(nodes) - 1
        found: list[Piece] = []
        for number, (before, node) in enumerate(pairwise(nodes), start=1):
            if not node.bend:
                found.append(Line(before.point, node.point))
            elif node.bend in {"hv", "vh"}:
                found.append(_quarter(before.point, node, drawn_from_its_end=number == 1 < last))
            elif node.bend.endswith("s"):
                slant = _difference(nodes[min(number + 1, last)].point, node.point)
                found.append(_bend(before.point, node.point, node.bend[0], slant))
            else:
                slant = _difference(before.point, nodes[max(number - 2, 0)].point)
                found.append(_bend(node.point, before.point, node.bend[1], slant).reversed())
        return found


def read_stroke(text: str) -> Stroke:
    """Return the stroke that `text` writes down. Raises FontError for what the notation has not."""
    weight, bend, degrees = 1.0, "", _FULL
    nodes: list[Node] = []
    for word in text.split():
        match = _TOKEN.fullmatch(word)
        if match is None:
            raise FontError(f"{word!r} in the stroke {text!r} is neither a point nor a bend")
        if match["weight"]:
            weight = int(match["weight"]) / 100
        elif match["bend"]:
            bend, degrees = match["bend"], int(match["degrees"] or _FULL)
        else:
            nodes.append(Node((float(match["x"]), float(match["y"])), bend, degrees))
            bend, degrees = "", _FULL
    if not nodes or nodes[0].bend or bend:
        raise FontError(f"the stroke {text!r} has a bend without a point before and after it")
    if any(node.degrees != _FULL for node in nodes[2:-1]):
        raise FontError(f"the stroke {text!r} leaves out a part of a bend that is not at its end")
    return Stroke(tuple(nodes), weight)


def _quarter(start: Point, node: Node, *, drawn_from_its_end: bool) -> Arc:
    """Return the quarter of an ellipse from `start` to `node`, or the part of it that is drawn."""
    (x0, y0), (x1, y1) = start, node.point
    level = node.bend == "hv"
    centre = (x0, y1) if level else (x1, y0)
    radii = (abs(x1 - x0), abs(y1 - y0))
    first = _axis((x0 - centre[0], y0 - centre[1]))
    last = _axis((x1 - centre[0], y1 - centre[1]))
    if last - first > pi:
        last -= 2 * pi
    elif first - last > pi:
        last += 2 * pi
    left_out = (last - first) * (1 - node.degrees / _FULL)
    if drawn_from_its_end:
        return Arc(centre, radii, first + left_out, last)
    return Arc(centre, radii, first, last - left_out)


def _axis(ray: Point) -> float:
    """Return the angle of a ray along an axis, 0 to 3/2 pi."""
    if abs(ray[0]) > abs(ray[1]):
        return 0.0 if ray[0] > 0 else pi
    return pi / 2 if ray[1] > 0 else 3 * pi / 2


def _bend(start: Point, end: Point, leaves: str, slant: Point) -> Arc:
    """Return the arc that leaves `start` along an axis (h or v) and at `end` has a direction.

    An ellipse on axes is fixed by its extremum, a point and the direction there. With u and v the
    way along the axis and across, and s the slope of the direction across it, the parameter f
    between the two obeys cos f / (1 + cos f) = v / (u s).
    """
    dx, dy = _difference(end, start)
    along, across = (abs(dx), abs(dy)) if leaves == "h" else (abs(dy), abs(dx))
    slope = abs(slant[1] / slant[0]) if leaves == "h" else abs(slant[0] / slant[1])
    share = across / (along * slope)
    if not 0 < share < 1 / 2:
        raise FontError(
            f"no ellipse leaves {start} {leaves} and meets the line at {end}",
            hint=f"Its share is {share:.2f}; less than 0.5 is wanted: move the end on its line.",
        )
    cosine = share / (1 - share)
    turned = acos(cosine)
    wide = along / (1 - cosine**2) ** 0.5
    high = across / (1 - cosine)
    if leaves == "h":
        radii = (wide, high)
        centre = (start[0], start[1] + (high if dy > 0 else -high))
        first = 3 * pi / 2 if dy > 0 else pi / 2
    else:
        radii = (high, wide)
        centre = (start[0] + (high if dx > 0 else -high), start[1])
        first = pi if dx > 0 else 0.0
    leftwards = dx * dy > 0 if leaves == "h" else dx * dy < 0
    return Arc(centre, radii, first, first + (turned if leftwards else -turned))


def _difference(a: Point, b: Point) -> Point:
    return (a[0] - b[0], a[1] - b[1])
