"""From the middle of a stroke to its outline: what a pen of one width leaves that follows it.

In: pieces, straight or bent along an ellipse, in the order of the pen. Out: closed contours of
lines and quadratic curves with the ink on their right, so that an outer contour runs with the
clock, as TrueType has it. Contours may overlap; corners.py unites them. One unit throughout.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import atan2, ceil, cos, hypot, inf, pi, radians, sin, tan
from typing import Final, TypeAlias

from publish.problems import FontError

Point: TypeAlias = tuple[float, float]
Segment: TypeAlias = tuple[Point, ...]
"""Start and end of a line; start, control and end of a quadratic curve."""
Contour: TypeAlias = list[Segment]

TURN_OF_A_SEGMENT: Final = radians(18.5)
"""For so long one curve follows the true parallel of an ellipse. At the size of a letter it errs by
less than a fifth of a unit of the em, which the rounding of points to whole units hides."""

_STRAIGHT_ON: Final = radians(0.5)  # two pieces that meet at less are one smooth stroke
_SHARP: Final = radians(100)  # a corner that turns more is cut along its line, where it can be
_LONGEST_MITRE: Final = radians(150)  # a corner that turns more would run out into a thorn
_STEEP: Final = tan(radians(45))  # a stroke that rises more is cut level at its end
_STEEP_AT_A_CORNER: Final = tan(radians(35))  # where two that rise more meet, they are cut level


@dataclass(frozen=True, slots=True)
class Line:
    """A straight piece."""

    start: Point
    end: Point

    @property
    def way_in(self) -> Point:
        """The direction of the pen where the piece begins, a unit vector."""
        return _unit((self.end[0] - self.start[0], self.end[1] - self.start[1]))

    way_out = way_in

    def reversed(self) -> "Line":
        """Return the piece as the pen draws it on its way back."""
        return Line(self.end, self.start)

    def stretched(self, upright: float) -> "Line":
        """Return the piece with all heights multiplied by `upright`."""
        return Line((self.start[0], self.start[1] * upright), (self.end[0], self.end[1] * upright))

    def parallel(self, distance: float) -> Contour:
        """Return the line that lies `distance` to the left."""
        return [(_left(self.start, self.way_in, distance), _left(self.end, self.way_in, distance))]


@dataclass(frozen=True, slots=True)
class Arc:
    """A piece of an ellipse whose axes are level and upright.

    `first` and `last` are its parameters in radians: the point at t is centre + (rx cos t, ry sin
    t). It runs against the clock when `last` is the greater, and never past a quarter's end.
    """

    centre: Point
    radii: Point
    first: float
    last: float

    @property
    def start(self) -> Point:
        """The point at which it begins."""
        return self._at(self.first)

    @property
    def end(self) -> Point:
        """The point at which it ends."""
        return self._at(self.last)

    @property
    def way_in(self) -> Point:
        """The direction of the pen where the piece begins, a unit vector."""
        return self._way(self.first)

    @property
    def way_out(self) -> Point:
        """The direction of the pen where the piece ends, a unit vector."""
        return self._way(self.last)

    def reversed(self) -> "Arc":
        """Return the piece as the pen draws it on its way back."""
        return replace(self, first=self.last, last=self.first)

    def stretched(self, upright: float) -> "Arc":
        """Return the piece with all heights multiplied by `upright`."""
        return replace(
            self,
            centre=(self.centre[0], self.centre[1] * upright),
            radii=(self.radii[0], self.radii[1] * upright),
        )

    def parallel(self, distance: float) -> Contour:
        """Return the curve that lies `distance` to the left at every point.

        It is no ellipse. Its points are exact, and so are its directions there; between them each
        quadratic curve is the one with those directions. Raises FontError where the ellipse bends
        more tightly than the parallel can follow.
        """
        self._check_bend(distance)
        ends = [self._normal_angle(t) for t in (self.first, self.last)]
        count = max(1, ceil(abs(ends[1] - ends[0]) / TURN_OF_A_SEGMENT))
        places = []
        for number in range(count + 1):
            t = self._parameter(ends[0] + (ends[1] - ends[0]) * number / count)
            way = self._way(t)
            places.append((_left(self._at(t), way, distance), way))
        return [(a, crossing(a, to, b, come), b) for (a, to), (b, come) in pairwise(places)]

    def _at(self, t: float) -> Point:
        return (
            self.centre[0] + self.radii[0] * cos(t),
            self.centre[1] + self.radii[1] * sin(t),
        )

    def _way(self, t: float) -> Point:
        turn = 1 if self.last > self.first else -1
        return _unit((-self.radii[0] * sin(t) * turn, self.radii[1] * cos(t) * turn))

    def _normal_angle(self, t: float) -> float:
        """Return the angle of the normal at t; it lies in the same quarter as t."""
        angle = atan2(sin(t) / self.radii[1], cos(t) / self.radii[0])
        return angle + 2 * pi * round((t - angle) / (2 * pi))

    def _parameter(self, normal: float) -> float:
        """Return the t at which the normal has an angle: the inverse of `_normal_angle`."""
        t = atan2(self.radii[1] * sin(normal), self.radii[0] * cos(normal))
        return t + 2 * pi * round((normal - t) / (2 * pi))

    def _check_bend(self, distance: float) -> None:
        inwards = distance if self.last > self.first else -distance
        wide, high = self.radii
        tightest = min(
            ((wide * sin(t)) ** 2 + (high * cos(t)) ** 2) ** 1.5 / (wide * high)
            for t in (self.first, self.last)
        )
        if inwards >= tightest:
            raise FontError(
                f"a stroke {2 * inwards:.0f} wide cannot follow a curve of radius {tightest:.0f}",
                hint="Draw the curve wider, or the stroke at a lower percentage.",
            )


Piece: TypeAlias = Line | Arc


def outline(pieces: Sequence[Piece], width: float, level_share: float = 1.0) -> list[Contour]:
    """Return the contours of a stroke `width` wide, one, or two where it closes upon itself.

    `level_share`: the width of a level stroke beside an upright one; the pen's nib is an ellipse.
    A straight stroke is cut at its end along the nearer axis, a bent one across. Corners are
    mitred; a sharp one between two steep strokes is cut level, so that an apex stands on its line.
    """
    drawn = [piece.stretched(1 / level_share) for piece in pieces]
    back = [piece.reversed() for piece in reversed(drawn)]
    if _near(drawn[0].start, drawn[-1].end):
        contours = [_side(drawn, width / 2, closed=True), _side(back, width / 2, closed=True)]
    else:
        there = _side(drawn, width / 2, closed=False)
        again = _side(back, width / 2, closed=False)
        contours = [[*there, (there[-1][-1], again[0][0]), *again, (again[-1][-1], there[0][0])]]
    return [_heights(contour, level_share) for contour in contours]


def dot(centre: Point, width: float, level_share: float = 1.0) -> Contour:
    """Return what the pen leaves where it is only put down."""
    half = width / 2
    quarters = [
        Arc(centre, (half, half * level_share), -n * pi / 2, -(n + 1) * pi / 2) for n in range(4)
    ]
    return [segment for quarter in quarters for segment in quarter.parallel(0)]


def crossing(a: Point, to: Point, b: Point, come: Point) -> Point:
    """Return where the line from `a` along `to` meets the line through `b` along `come`."""
    across = cross(to, come)
    along = ((b[0] - a[0]) * come[1] - (b[1] - a[1]) * come[0]) / across
    return (a[0] + along * to[0], a[1] + along * to[1])


def cross(a: Point, b: Point) -> float:
    """Return the cross product: positive where `b` turns left of `a`."""
    return a[0] * b[1] - a[1] * b[0]


def turn(a: Point, b: Point) -> float:
    """Return the angle in radians by which direction `b` turns left of `a`, -pi to pi."""
    return atan2(cross(a, b), a[0] * b[0] + a[1] * b[1])


def _side(pieces: Sequence[Piece], half: float, *, closed: bool) -> Contour:
    """Return the left edge of a stroke.

    Where the stroke turns left, the edge runs by way of the middle: the loop that it makes there
    lies within the stroke, and the union takes it away.
    """
    edges = [piece.parallel(half) for piece in pieces]
    count = len(pieces)
    between: list[list[Point]] = [[] for _ in pieces]
    for number in range(count if closed else count - 1):
        before, after = pieces[number], pieces[(number + 1) % count]
        between[number] = corner = _joint(before, after, half)
        if corner and turn(before.way_out, after.way_in) < 0:
            if isinstance(before, Line):
                _end_at(edges[number], corner[0])
            if isinstance(after, Line):
                _begin_at(edges[(number + 1) % count], corner[-1])
    if not closed:
        if isinstance(pieces[0], Line):
            _begin_at(edges[0], _cut(pieces[0].start, pieces[0].way_in, half))
        if isinstance(pieces[-1], Line):
            _end_at(edges[-1], _cut(pieces[-1].end, pieces[-1].way_out, half))
    contour: Contour = []
    for number, edge in enumerate(edges):
        contour.extend(edge)
        if closed or number < count - 1:
            follows = edges[(number + 1) % count][0][0]
            contour.extend(pairwise([edge[-1][-1], *between[number], follows]))
    return [segment for segment in contour if not _near(segment[0], segment[-1])]


def _joint(before: Piece, after: Piece, half: float) -> list[Point]:
    """Return the points between the left edges of two pieces that meet."""
    node, a, b = before.end, before.way_out, after.way_in
    angle = turn(a, b)
    if abs(angle) < _STRAIGHT_ON:
        return []
    if angle > 0:
        return [node]
    if abs(angle) > _SHARP and min(_rise(a), _rise(b)) > _STEEP_AT_A_CORNER:
        return [_level(_left(node, way, half), way, node[1]) for way in (a, b)]
    if abs(angle) < _LONGEST_MITRE:
        return [crossing(_left(node, a, half), a, _left(node, b, half), b)]
    return []


def _begin_at(edge: Contour, point: Point) -> None:
    edge[0] = (point, *edge[0][1:])


def _end_at(edge: Contour, point: Point) -> None:
    edge[-1] = (*edge[-1][:-1], point)


def _cut(node: Point, way: Point, half: float) -> Point:
    """Return where the left edge of a straight stroke ends: on the nearer axis through its end."""
    edge = _left(node, way, half)
    if _rise(way) > _STEEP:
        return _level(edge, way, node[1])
    along = (node[0] - edge[0]) / way[0]
    return (node[0], edge[1] + along * way[1])


def _level(point: Point, way: Point, height: float) -> Point:
    along = (height - point[1]) / way[1]
    return (point[0] + along * way[0], height)


def _rise(way: Point) -> float:
    return abs(way[1] / way[0]) if way[0] else inf


def _left(point: Point, way: Point, distance: float) -> Point:
    return (point[0] - way[1] * distance, point[1] + way[0] * distance)


def _unit(vector: Point) -> Point:
    length = hypot(*vector)
    return (vector[0] / length, vector[1] / length)


def _near(a: Point, b: Point) -> bool:
    return hypot(a[0] - b[0], a[1] - b[1]) < 1e-6


def _heights(contour: Contour, factor: float) -> Contour:
    return [tuple((x, y * factor) for x, y in segment) for segment in contour]
