"""From the overlapping contours of strokes to one outline whose corners the ribbon has blunted.

In: contours as strokes.py gives them. Out: contours without overlap, in whole units, the outer ones
with the clock. Where two strokes meet ink gathers, and at a stroke's end it rounds the edge.
"""

from collections.abc import Iterable
from itertools import pairwise
from math import dist, pi, radians, tan
from typing import TYPE_CHECKING, Any, Final

from publish.faces.strokes import Contour, Point, Segment, crossing, turn

if TYPE_CHECKING:
    from fontTools.pens.basePen import AbstractPen

_SHORTEST: Final = 1.5  # units; what is shorter is a splinter of the union
_CORNER: Final = radians(12)  # a smaller turn is the joint of two curves
_IN_A_ROW: Final = radians(0.3)
_SAMPLES: Final = 16  # of a curve, for its length
_ALMOST_HALF: Final = 0.48
_WIDEST_TURN_OF_A_CURVE: Final = radians(60)  # a rounding that turns more has two curves


def united(contours: Iterable[Contour]) -> list[Contour]:
    """Return the outline of the area that any of `contours` covers, without overlap."""
    import pathops

    path = pathops.Path()
    for contour in contours:
        draw(contour, path.getPen())
    path.simplify(fix_winding=True, clockwise=True)
    return [_cleaned(segments) for contour in path.contours if (segments := _segments(contour))]


def draw(contour: Contour, pen: "AbstractPen") -> None:
    """Draw a closed contour with a pen of fontTools or skia-pathops."""
    pen.moveTo(contour[0][0])
    for segment in contour:
        if len(segment) == 2:
            pen.lineTo(segment[1])
        else:
            pen.qCurveTo(*segment[1:])
    pen.closePath()


def blunted(contour: Contour, outer: float, inner: float) -> Contour:
    """Return the contour with its corners rounded.

    `outer` is the radius at a corner of the ink, `inner` at a corner of the paper between two
    strokes. A rounding never takes more than half of a segment that has a corner at both its ends.
    """
    count = len(contour)
    turns = [turn(_way_out(contour[n - 1]), _way_in(contour[n])) for n in range(count)]
    cuts = []
    for number, angle in enumerate(turns):
        if abs(angle) < _CORNER:
            cuts.append(0.0)
            continue
        before, after = contour[number - 1], contour[number]
        room = min(
            _length(before) * (_ALMOST_HALF if abs(turns[number - 1]) >= _CORNER else 0.9),
            _length(after) * (_ALMOST_HALF if abs(turns[(number + 1) % count]) >= _CORNER else 0.9),
        )
        # With the clock, a turn to the right leaves paper outside: a corner of the ink.
        radius = outer if angle < 0 else inner
        cuts.append(min(radius * tan(min(abs(angle), 0.9 * pi) / 2), room))
    kept = [
        _shortened(segment, cuts[number], cuts[(number + 1) % count])
        for number, segment in enumerate(contour)
    ]
    rounded: Contour = []
    for number, segment in enumerate(kept):
        if cuts[number]:
            rounded.extend(_rounding(kept[number - 1], segment))
        rounded.append(segment)
    return rounded


def in_whole_units(contour: Contour) -> Contour:
    """Return the contour with every point on the grid and a point at every extremum.

    Segments that vanish on the grid are left out.
    """
    parts = [part for segment in contour for part in _at_extrema(segment)]
    whole = [tuple((float(round(x)), float(round(y))) for x, y in part) for part in parts]
    return [part for part in whole if part[0] != part[-1]]


def _at_extrema(segment: Segment) -> Contour:
    """Return the segment, cut where it is level or upright."""
    if len(segment) == 2:
        return [segment]
    a, control, b = segment
    cuts = set()
    for axis in (0, 1):
        there, back = a[axis] - control[axis], b[axis] - control[axis]
        if there * back > 0:  # both ends lie on one side of the control
            cuts.add(there / (there + back))
    places = [0.0, *sorted(cuts), 1.0]
    return [_part(segment, first, last) for first, last in pairwise(places)]


def _segments(contour: Any) -> Contour:
    """Return a contour of skia-pathops as segments, the one that closes it among them."""
    import pathops

    segments: Contour = []
    here: Point = (0.0, 0.0)
    first = here
    for verb, points in contour:
        if verb == pathops.PathVerb.MOVE:
            first = here = points[0]
        elif verb == pathops.PathVerb.CLOSE:
            segments.append((here, first))
        else:
            segments.append((here, *points))
            here = points[-1]
    return segments


def _cleaned(contour: Contour) -> Contour:
    """Return the contour without splinters, and with one line where several lie in a row."""
    points: list[Segment] = []
    for segment in contour:
        if dist(segment[0], segment[-1]) < _SHORTEST:
            continue
        points.append(segment)
    joined: Contour = []
    for segment in points:
        if joined and len(joined[-1]) == len(segment) == 2 and _in_a_row(joined[-1], segment):
            joined[-1] = (joined[-1][0], segment[1])
        else:
            joined.append(segment)
    if len(joined[0]) == len(joined[-1]) == 2 and _in_a_row(joined[-1], joined[0]):
        joined[0] = (joined.pop()[0], joined[0][1])
    # Where a splinter was, the segment before it now runs to where the next begins.
    return [(*segment[:-1], following[0]) for segment, following in pairwise([*joined, joined[0]])]


def _in_a_row(before: Segment, after: Segment) -> bool:
    return abs(turn(_way_out(before), _way_in(after))) < _IN_A_ROW


def _way_in(segment: Segment) -> Point:
    return (segment[1][0] - segment[0][0], segment[1][1] - segment[0][1])


def _way_out(segment: Segment) -> Point:
    return (segment[-1][0] - segment[-2][0], segment[-1][1] - segment[-2][1])


def _length(segment: Segment) -> float:
    return sum(dist(a, b) for a, b in pairwise(_sampled(segment)))


def _sampled(segment: Segment) -> list[Point]:
    if len(segment) == 2:
        return list(segment)
    return [_on_curve(segment, number / _SAMPLES) for number in range(_SAMPLES + 1)]


def _shortened(segment: Segment, from_start: float, from_end: float) -> Segment:
    """Return the segment without so much of its length at its start and its end."""
    return _part(segment, _after(segment, from_start), 1 - _after(segment[::-1], from_end))


def _part(segment: Segment, first: float, last: float) -> Segment:
    """Return the segment from one parameter to another."""
    start, end = _on_curve(segment, first), _on_curve(segment, last)
    if len(segment) == 2:
        return (start, end)
    # The control of a part is the curve's polar form at both of its ends (de Casteljau).
    a, control, b = segment
    return (start, _between(_between(a, control, first), _between(control, b, first), last), end)


def _after(segment: Segment, length: float) -> float:
    """Return the parameter, 0 to 1, at which so much of the segment has been run."""
    samples = _sampled(segment)
    for number, (a, b) in enumerate(pairwise(samples)):
        piece = dist(a, b)
        if length <= piece:
            return (number + length / piece) / (len(samples) - 1)
        length -= piece
    return 1.0


def _on_curve(segment: Segment, t: float) -> Point:
    if len(segment) == 2:
        return _between(segment[0], segment[1], t)
    a, control, b = segment
    return _between(_between(a, control, t), _between(control, b, t), t)


def _between(a: Point, b: Point, t: float) -> Point:
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)


def _rounding(before: Segment, after: Segment) -> Contour:
    """Return one curve or two from the end of a segment to the start of the next, touching both."""
    start, end, a, b = before[-1], after[0], _way_out(before), _way_in(after)
    angle = abs(turn(a, b))
    corner = crossing(start, a, end, b)
    if angle <= _WIDEST_TURN_OF_A_CURVE:
        return [(start, corner, end)]
    # Half of the arc of a circle turns half as much: so far from its end lies its control.
    share = tan(angle / 4) / tan(angle / 2)
    first, second = _between(start, corner, share), _between(end, corner, share)
    middle = _between(first, second, 0.5)
    return [(start, first, middle), (middle, second, end)]
