"""What a type bar makes of a clean letter: ink that spreads, and an edge that is never quite even.

In: the outline of a letter, the wear of its face, the number of a strike. Out: contours of control
points that all lie off the curve (OpenType, chapter glyf), so that an edge flows. Points of the
plane are complex numbers: x + iy. Every chance comes from a SHA-256 of letter and strike.
"""

import cmath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise
from math import ceil, pi
from random import Random
from typing import Any, Final, TypeAlias

Contour: TypeAlias = list[tuple[int, int]]

OCTAVES: Final = ((8, 0.4), (4, 0.6), (2, 0.8))
"""The three waves of an edge: how many steps one takes, and its strength. The longest is the weakest,
so that a stem is uneven at its edges and still straight."""

_FEWEST_POINTS: Final = 8  # of a contour without corners: a round full stop stays round
_FEWEST_KNOTS: Final = 3  # of a wave on a short contour; with fewer it would shift the whole
_CORNER: Final = 0.8  # cosine of the turn that makes a corner, 37 degrees
_CHORD: Final = 6.0  # units of the em between the points of a flattened curve
_TINY: Final = 0.5  # units of the em; what is shorter lies below the rounding of points


@dataclass(frozen=True, slots=True)
class Wear:
    """How a face strikes; lengths in thousandths of the em.

    `gain`: how far the ink spreads beyond each edge. `gain_spread`: the share of it by which one
    strike of a letter has more or less. `tilt`: by how much it spreads farther, at most, 300 to the
    side that the letter strikes hardest. `noise`: the greatest height of a wave of strength 1.
    `step`: from one control point to the next.
    """

    gain: float
    gain_spread: float
    tilt: float
    noise: float
    step: float


@dataclass(frozen=True, slots=True)
class Edge:
    """One contour of a letter with an even edge, in units of the em.

    `points` are the control points, `outwards` the unit vectors from each away from the ink.
    """

    points: tuple[complex, ...]
    outwards: tuple[complex, ...]


def edges(outline: Any, wear: Wear, em: int) -> list[Edge]:
    """Return the contours of a letter (a path of skia-pathops) with the ink's gain.

    The outer ones run with the clock, counters against it.
    """
    inked = _with_ink(outline, wear.gain * em / 1000)
    runs = (_runs(list(_flattened(contour))) for contour in inked.contours)
    return [_edge(contour, wear.step * em / 1000) for contour in runs if contour]


def struck(even: list[Edge], wear: Wear, em: int, letter: str, strike: int) -> list[Contour]:
    """Return the contours of one strike of a letter.

    Where waves and tilt would close a counter or a gap, they are weaker, or there are none.
    """
    clean = [_rounded(edge.points) for edge in even]
    for share in (1, 1 / 2, 1 / 4):
        eased = replace(wear, noise=share * wear.noise, tilt=share * wear.tilt)
        contours = _moved(even, eased, em, letter, strike)
        if _openings(contours) == _openings(clean):
            return contours
    return clean


def _moved(even: list[Edge], wear: Wear, em: int, letter: str, strike: int) -> list[Contour]:
    """Return the edges of a letter where one strike leaves them.

    What waves and tilt add at one place they take at another, so that the gain alone says how much
    ink a strike has. A letter leans one way always, as its type stands, and not always as far.
    """
    bar, chance = _chance(letter), _chance(f"{letter}|{strike}")
    more_ink = wear.gain * wear.gain_spread * _either_way(chance)
    slope = cmath.rect(wear.tilt * chance.random() / 300, pi * _either_way(bar))
    middle = _mean([point for edge in even for point in edge.points])
    unit = em / 1000
    contours = []
    for edge in even:
        waves = _waves(chance, len(edge.points))
        moved = (
            point
            + outward * (_along(point - middle, slope) + (more_ink + wear.noise * wave) * unit)
            for point, outward, wave in zip(edge.points, edge.outwards, waves, strict=True)
        )
        contours.append(_rounded(moved))
    return contours


def _rounded(points: Iterable[complex]) -> Contour:
    return [(round(point.real), round(point.imag)) for point in points]


def _openings(contours: list[Contour]) -> tuple[int, int]:
    """Return how many pieces and how many counters a letter has."""
    import pathops

    outline = pathops.Path()
    pen = outline.getPen()
    for contour in contours:
        pen.qCurveTo(*contour, None)
        pen.closePath()
    outline.simplify(clockwise=True)
    pieces = sum(contour.clockwise for contour in outline.contours)
    return pieces, len(list(outline.contours)) - pieces


def _chance(seed: str) -> Random:
    return Random(int(sha256(seed.encode()).hexdigest(), 16))  # noqa: S311 - wear is no secret


def _waves(chance: Random, count: int) -> list[float]:
    """Return the height of an edge at each of `count` points, 0 on average."""
    heights = [0.0] * count
    for steps, strength in OCTAVES:
        knots = [_either_way(chance) for _ in range(max(_FEWEST_KNOTS, round(count / steps)))]
        for point in range(count):
            knot, place = divmod(point * len(knots) / count, 1)
            ease = place * place * (3 - 2 * place)
            before, after = knots[int(knot)], knots[(int(knot) + 1) % len(knots)]
            heights[point] += strength * (before + (after - before) * ease)
    mean = _mean(heights).real
    return [height - mean for height in heights]


def _either_way(chance: Random) -> float:
    """Return a number from -1 to 1."""
    return 2 * chance.random() - 1


# The even edge


def _with_ink(outline: Any, gain: float) -> Any:
    """Return the union of a path with its own stroke, `gain` units wide on each side.

    Joins are mitred, so that a corner stays one point: the curve that is drawn past it blunts it.
    """
    import pathops

    edge = pathops.Path(outline)
    edge.stroke(2 * gain, pathops.LineCap.BUTT_CAP, pathops.LineJoin.MITER_JOIN, 4)
    edge.convertConicsToQuads(_TINY / 2)
    return pathops.op(outline, edge, pathops.PathOp.UNION, fix_winding=True, clockwise=True)


def _flattened(contour: Any) -> Iterator[list[complex]]:
    """Yield each line and curve of a closed contour as two points or more."""
    import pathops

    first = here = 0j
    for verb, pairs in contour:
        points = [complex(*pair) for pair in pairs] or [first]
        if verb == pathops.PathVerb.MOVE:
            first = here = points[0]
        elif abs(points[-1] - here) > _TINY:
            yield _curve([here, *points])
            here = points[-1]


def _curve(controls: list[complex]) -> list[complex]:
    """Return points on a line, or on a curve of any degree (de Casteljau's construction)."""
    if len(controls) == 2:
        return controls
    pieces = ceil(sum(abs(end - start) for start, end in pairwise(controls)) / _CHORD)
    points = []
    for piece in range(pieces + 1):
        polygon = controls
        while len(polygon) > 1:
            polygon = [start + (end - start) * piece / pieces for start, end in pairwise(polygon)]
        points += polygon
    return points


def _runs(strokes: list[list[complex]]) -> list[list[complex]]:
    """Join the strokes of a contour to smooth runs, each from one corner to the next.

    A contour without a corner is one run.
    """
    corners = [
        number
        for number, stroke in enumerate(strokes)
        if _along(_way(*strokes[number - 1][-2:]), _way(*stroke[:2])) < _CORNER
    ]
    first = corners[0] if corners else 0
    runs: list[list[complex]] = []
    for number in (*range(first, len(strokes)), *range(first)):
        if not runs or number in corners:
            runs.append(strokes[number][:1])
        runs[-1].extend(strokes[number][1:])
    return runs


def _edge(runs: list[list[complex]], step: float) -> Edge:
    """Return control points on a contour, about `step` units apart, one on each corner."""
    points: list[complex] = []
    ways: list[complex] = []
    corners: set[int] = set()
    fewest = 1 if len(runs) > 1 else _FEWEST_POINTS
    for before, run in zip((runs[-1], *runs[:-1]), runs, strict=True):
        places = list(_walk(run, step, fewest))
        if len(runs) > 1:
            corners.add(len(points))
        points += (place for place, _ in places)
        ways += (_way(0, _way(*before[-2:]) + _way(*run[:2])), *(way for _, way in places[1:]))
    # The curve runs inside its control points, by an eighth of how the three of them bend.
    on_the_curve = [
        here if number in corners else here - (points[number - 1] - 2 * here + after) / 8
        for number, (here, after) in enumerate(zip(points, points[1:] + points[:1], strict=True))
    ]
    return Edge(tuple(on_the_curve), tuple(way * 1j for way in ways))


def _walk(run: list[complex], step: float, fewest: int) -> Iterator[tuple[complex, complex]]:
    """Yield places on a run, evenly and about `step` apart, each with the way it goes there."""
    ends = list(pairwise(run))
    length = sum(abs(end - start) for start, end in ends)
    pieces = max(fewest, round(length / step))
    passed = 0.0
    piece = 0
    for start, end in ends:
        while piece < pieces and piece * length / pieces <= passed + abs(end - start):
            way = _way(start, end)
            yield start + way * (piece * length / pieces - passed), way
            piece += 1
        passed += abs(end - start)


def _way(start: complex, end: complex) -> complex:
    """Return the unit vector from one point to another."""
    return (end - start) / abs(end - start)


def _along(one: complex, other: complex) -> float:
    """Return how far one vector goes the way of another, times its length (the dot product)."""
    return one.real * other.real + one.imag * other.imag


def _mean(numbers: Sequence[complex]) -> complex:
    return sum(numbers) / max(1, len(numbers))
