"""Whether a visitor can read a panel: sizes, lines, contrast, held to rules that are named with their source.

In: a composition and its types. Out: Findings, warnings that become errors with --strict; and lines that tell
what was measured. The floors of 24 and 35 points are no warnings: nothing is set smaller at all.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from publish.colours import SRGB, contrast, relative_luminance
from publish.fonts import x_height
from publish.problems import Finding, Severity, Where
from publish.typeset.panel.blocks import TextBlock, Type
from publish.units import POINTS_PER_INCH, POINTS_PER_MILLIMETRE, Points

# Of the label (Smithsonian Guidelines for Accessible Exhibition Design, section on label text): lines of 45 to
# 50 characters, at most 55.
LINE: Final = (45, 55)
SMITHSONIAN: Final = "Smithsonian Guidelines for Accessible Exhibition Design"
# The same guidelines' table of type by viewing distance, for Helvetica: 9 mm of x-height, 48 points, at one
# metre; here by x-height, so that it holds for every face. The table was not seen whole, so it only warns.
X_HEIGHT_PER_METRE: Final = 9 * POINTS_PER_MILLIMETRE
METRE: Final = 1000 * POINTS_PER_MILLIMETRE
LEAST_DIFFERENCE: Final = 0.70  # of luminance, as such guidelines ask of labels
LEAST_CONTRAST: Final = 4.5  # WCAG 2.2, 1.4.3
SMALLEST_REVERSED: Final[Points] = 26.0  # light type on a dark field fills in
_NO_EYE_SEES: Final[Points] = 0.5
CODE_SIZE, CODE_LINE, CODE_CONTRAST, CODE_REVERSED = "x-101", "x-102", "x-103", "x-104"


@dataclass(frozen=True, slots=True)
class Read:
    """An element as it is read: its type, its ground, its lines where they are the panel's own."""

    name: str
    type: Type
    ground: SRGB
    block: object


@dataclass(frozen=True, slots=True)
class Legibility:
    """What was found, and what is told whoever ordered the panel."""

    findings: tuple[Finding, ...]
    report: tuple[str, ...]


def judged(
    elements: Sequence[Read], distance: Points, typed: Points, scale: float, path: str
) -> Legibility:
    """Judge a panel that is read from `distance`; `typed` is the size of typing on the sheet at `scale`."""
    findings = tuple(_findings(elements, distance, path))
    return Legibility(findings, tuple(_report(elements, distance, typed, scale)))


def difference(one: SRGB, other: SRGB) -> float:
    """Return by which share of the lighter one's light two colours differ: (L1 − L2) / L1."""
    lights = sorted((relative_luminance(one), relative_luminance(other)))
    return (lights[1] - lights[0]) / lights[1] if lights[1] else 0.0


def characters_a_line(block: TextBlock) -> tuple[int, int]:
    """Return the mean of the full lines, rounded, and the longest line, in characters."""
    full = [len(line.text) for line in block.lines if not line.ends] or [len(block.lines[0].text)]
    return round(sum(full) / len(full)), max(len(line.text) for line in block.lines)


def _findings(elements: Sequence[Read], distance: Points, path: str) -> Iterator[Finding]:
    where = Where(path)
    for one in elements:
        if one.name == "label":
            yield from _of_the_label(one, distance, where)
        differs, ratio = (
            difference(one.type.colour.srgb, one.ground),
            contrast(one.type.colour.srgb, one.ground),
        )
        if differs < LEAST_DIFFERENCE or ratio < LEAST_CONTRAST:
            yield _finding(
                CODE_CONTRAST, f"{one.name!r} differs from its ground by {differs:.0%} of its light and by "
                f"{ratio:.1f} : 1", where, f"{SMITHSONIAN}: 70 %; WCAG 2.2, 1.4.3: 4.5 : 1.",
            )  # fmt: skip
        reversed_out = relative_luminance(one.type.colour.srgb) > relative_luminance(one.ground)
        if reversed_out and one.type.size < SMALLEST_REVERSED:
            yield _finding(
                CODE_REVERSED, f"{one.name!r} is light type of {one.type.size:g} pt on a dark field", where,
                f"Set it in {SMALLEST_REVERSED:g} pt at least: its strokes fill in.",
            )  # fmt: skip


def _of_the_label(one: Read, distance: Points, where: Where) -> Iterator[Finding]:
    needed = size_for(one.type, distance)
    if one.type.size < needed - _NO_EYE_SEES:
        yield _finding(
            CODE_SIZE, f"the label is {one.type.size:g} pt, and from {_metres(distance)} it wants {needed:.0f} pt",
            where, f"{SMITHSONIAN}: an x-height of 9 mm at one metre. Take a larger sheet or a nearer distance.",
        )  # fmt: skip
    if isinstance(one.block, TextBlock):
        mean, longest = characters_a_line(one.block)
        if not LINE[0] <= mean <= LINE[1] or longest > LINE[1]:
            yield _finding(
                CODE_LINE, f"the label has {mean} characters a line, at most {longest}", where,
                f"{SMITHSONIAN}: {LINE[0]} to {LINE[1]}.",
            )  # fmt: skip


def _finding(code: str, message: str, where: Where, hint: str) -> Finding:
    return Finding(code, Severity.WARNING, message, where, hint)


def size_for(kind: Type, distance: Points) -> Points:
    """Return the size in which a face has the x-height that a distance asks for."""
    return X_HEIGHT_PER_METRE * distance / METRE / x_height(kind.face)


def _metres(distance: Points) -> str:
    return f"{distance / METRE:.2f} m"


def _report(
    elements: Sequence[Read], distance: Points, typed: Points, scale: float
) -> Iterator[str]:
    by_name: Mapping[str, Read] = {one.name: one for one in elements}
    smallest = min(elements, key=lambda one: one.type.size)
    yield f"smallest type {smallest.type.size:g} pt ({smallest.name}); at least 24 pt (National Park Service)"
    if label := by_name.get("label"):
        needed = size_for(label.type, distance)
        told = f"label {label.type.size:g} pt; at least 35 pt (Canadian Museum for Human Rights)"
        told += f"; from {_metres(distance)} {needed:.0f} pt"
        yield f"{told} (x-height 9 mm per metre, {SMITHSONIAN})"
        if isinstance(label.block, TextBlock):
            mean, longest = characters_a_line(label.block)
            yield f"label lines of {mean} characters, the longest {longest}; {LINE[0]} to {LINE[1]} ({SMITHSONIAN})"
    yield f"typing on the sheet {typed:g} pt, at {scale * 100:g} % (a reconstruction: no least size)"
    for one in elements:
        light, dark = one.type.colour.srgb, one.ground
        yield (
            f"{one.name}: {one.type.size:g} pt, luminance differs by {difference(light, dark):.0%}, "
            f"contrast {contrast(light, dark):.1f} : 1"
        )
    yield "luminance difference = (L1 - L2) / L1, contrast = (L1 + 0.05) / (L2 + 0.05); L as WCAG 2.2 defines it"


def inches(length: Points) -> str:
    """Return a length in inches, as a person writes it."""
    return f"{length / POINTS_PER_INCH:g} in"
