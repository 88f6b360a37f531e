"""The house form of *Foreign Relations of the United States* (history.state.gov, "Citing the Foreign Relations").

By document number, never by page; the general editor is not named; the volume's number is Roman.
"""

from publish.citation import names
from publish.citation.chicago import heading
from publish.citation.parts import hash_words, in_brackets, locator, publication
from publish.citation.record import DocumentRecord, EditionRecord
from publish.citation.wording import Line, italic, line, link, listed, stopped
from publish.imprint import Printing

_ROMAN = (
    (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def of_printed(printing: Printing) -> Line:
    """Return the document as the series itself cites it, whoever wrote to whom."""
    volume = roman(printing.volume) if isinstance(printing.volume, int) else printing.volume
    titles = (
        printing.series,
        printing.years,
        f"Volume {volume}" if volume else "",
        f"Part {printing.part}" if printing.part else "",
        printing.title,
    )
    volume_line = listed(italic(", ".join(filter(None, titles))), _edited(printing))
    facts = in_brackets(publication(printing, region=False))
    return stopped(listed(line(volume_line, facts), locator(printing, document="Document")))


def _edited(printing: Printing) -> str:
    if not printing.editors:
        return ""
    label = "ed." if len(printing.editors) == 1 else "eds."
    return f"{label} {names.series([names.lead(name) for name in printing.editors])}"


def of_message(record: DocumentRecord) -> Line:
    """Return the form with the letter or the telegram named before it."""
    return listed(heading(record), of_printed(record.printing))


def of_edition(record: EditionRecord) -> Line:
    """Return the edition in the same order: title, editors, publication, and what says which text it is."""
    editors = names.series([names.lead(name) for name in record.editors])
    if not names.are_bodies(record.editors):
        editors = f"{'ed.' if len(record.editors) == 1 else 'eds.'} {editors}"
    published = in_brackets(", ".join(filter(None, (record.publisher, record.year))))
    version = f"version {record.version}" if record.version else ""
    title = listed(italic(record.title), editors)
    return stopped(
        listed(line(title, published), version, hash_words(record), link(record.address))
    )


def roman(number: int) -> str:
    """Return a volume's number, of at most some hundreds, in Roman figures."""
    written = ""
    for value, figure in _ROMAN:
        written += figure * (number // value)
        number %= value
    return written
