"""A citation as words, some of them in italics, and how its parts are joined. No style is known here."""

from collections.abc import Iterator
from dataclasses import dataclass

_CLOSED = (".", "?", "!", "…")


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one kind of letters."""

    text: str
    italic: bool = False
    address: str = ""  # where it leads, for whoever can make a link


Line = tuple[Run, ...]
Piece = str | Line


def line(*pieces: Piece) -> Line:
    """Return the pieces one after the other; an empty one leaves no trace."""
    return tuple(_runs(pieces))


def _runs(pieces: tuple[Piece, ...]) -> Iterator[Run]:
    for piece in pieces:
        if isinstance(piece, str):
            if piece:
                yield Run(piece)
        else:
            yield from piece


def italic(text: str) -> Line:
    """Return words in italics; nothing for no words."""
    return (Run(text, italic=True),) if text else ()


def link(address: str, shown: str = "") -> Line:
    """Return an address that leads to itself, shown as `shown`; nothing for no address."""
    return (Run(shown or address, address=address),) if address else ()


def listed(*pieces: Piece, between: str = ", ") -> Line:
    """Return the pieces that are not empty with `between` between them."""
    joined: Line = ()
    for piece in pieces:
        if piece:
            joined = line(joined, between if joined else "", piece)
    return joined


def sentences(*pieces: Piece) -> Line:
    """Return each piece that is not empty as a sentence, closed by one full stop."""
    return listed(*(stopped(piece) for piece in pieces), between=" ")


def stopped(piece: Piece) -> Line:
    """Return a piece with a full stop; none is added to nothing, nor after another closing sign."""
    words = line(piece)
    return words if not words or words[-1].text.endswith(_CLOSED) else line(words, ".")


def capitalised(words: str) -> str:
    """Return words with a capital at their beginning, the others as they are."""
    return words[:1].upper() + words[1:]


def plain(words: Line) -> str:
    """Return the words alone."""
    return "".join(run.text for run in words)


def marked(words: Line) -> str:
    """Return the words as Markdown: italics between asterisks."""
    return "".join(f"*{_escaped(run.text)}*" if run.italic else _escaped(run.text) for run in words)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("*", "\\*")
