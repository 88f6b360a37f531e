"""Names in a citation: in order or inverted, one or many, given names whole or as initials."""

import re
from collections.abc import Sequence

from publish.imprint import Name

_MOST_IN_A_NOTE = 3  # Chicago Manual of Style, 17th ed., 14.76: four or more are the first et al.
_MOST_IN_MLA = 2  # MLA Handbook, 9th ed., 5.8: three or more are the first et al.
_PAIR = 2
_MOST_IN_APA = 20  # APA Publication Manual, 7th ed., 9.8


def lead(name: Name) -> str:
    """Return a name that opens a citation: a body without the article of a sentence."""
    return name.body or str(name)


def series(words: Sequence[str], final: str = "and") -> str:
    """Return A; A and B; A, B, and C."""
    if len(words) <= _PAIR:
        return f" {final} ".join(words)
    return f"{', '.join(words[:-1])}, {final} {words[-1]}"


def in_note(names: Sequence[Name]) -> str:
    """Return names as a note has them: as they are said, four or more as the first et al."""
    if len(names) > _MOST_IN_A_NOTE:
        return f"{lead(names[0])} et al."
    return series([lead(name) for name in names])


def in_bibliography(names: Sequence[Name]) -> str:
    """Return names as a bibliography has them: the first inverted, the others as they are said."""
    return _first_inverted(names)


def in_mla(names: Sequence[Name]) -> str:
    """Return names as the MLA's works cited have them: three or more are the first et al."""
    if len(names) > _MOST_IN_MLA:
        return f"{names[0].inverted}, et al."
    return _first_inverted(names)


def edited_in_mla(names: Sequence[Name]) -> str:
    """Return the editors of a container as the MLA has them: three or more are the first et al."""
    if len(names) > _MOST_IN_MLA:
        return f"{lead(names[0])} et al."
    return series([lead(name) for name in names])


def _first_inverted(names: Sequence[Name]) -> str:
    if not names:
        return ""
    first, *others = names
    words = [first.inverted, *(lead(name) for name in others)]
    if len(words) == _PAIR:  # an inverted name is closed by a comma
        return f"{words[0]}{',' if first.family else ''} and {words[1]}"
    return series(words)


def in_apa(names: Sequence[Name]) -> str:
    """Return names as an APA reference opens with them: inverted, given names as initials."""
    words = [_apa(name) for name in names]
    if len(words) > _MOST_IN_APA:
        return f"{', '.join(words[: _MOST_IN_APA - 1])}, … {words[-1]}"
    return (
        words[0] if len(words) == 1 else f"{', '.join(words[:-1])}, & {words[-1]}" if words else ""
    )


def within_apa(names: Sequence[Name]) -> str:
    """Return names as APA has them within a reference: C. S. Sampson & E. C. Keefer."""
    return series(
        [" ".join(filter(None, (initials(n.given), n.family, n.suffix, n.body))) for n in names],
        "&",
    )


def _apa(name: Name) -> str:
    return name.body or ", ".join(filter(None, (name.family, initials(name.given), name.suffix)))


def initials(given: str) -> str:
    """Return the initials of given names: J. F.; a hyphen stays, J.-P."""
    names = [[part[0] for part in name.split("-") if part] for name in given.split()]
    return " ".join("-".join(f"{letter}." for letter in name) for name in names if name)


def are_bodies(names: Sequence[Name]) -> bool:
    """Say whether all are bodies. A body that edits stands in the author's place, without "ed."."""
    return all(name.body for name in names)


def pages(words: str) -> str:
    """Return pages with their abbreviation: p. 9, pp. 9–11."""
    return f"{'pp.' if re.search('[–,-]', words) else 'p.'} {words}" if words else ""
