"""APA references (Publication Manual, 7th ed.): a work without a title is described in square brackets (9.22).

The Manual has no rule for FRUS; Cornell University Library's guide applies the general ones, and so do we.
Titles of volumes want sentence case, which no program can give (it knows no names): the printing's data has
them so, or they stand as they are.
"""

from publish.citation import names
from publish.citation.parts import described_to, hash_words, in_brackets, locator, place_and_day
from publish.citation.record import DocumentRecord, EditionRecord
from publish.citation.wording import Line, capitalised, italic, line, link, listed, stopped
from publish.imprint import Printing


def of_document(record: DocumentRecord) -> Line:
    """Return the reference for a letter or telegram."""
    message, printing = record.message, record.printing
    sent = ", ".join(filter(None, (capitalised(described_to(message)), place_and_day(message))))
    editors = names.within_apa(printing.editors)
    label = (
        ""
        if names.are_bodies(printing.editors)
        else " (Ed.)"
        if len(printing.editors) == 1
        else " (Eds.)"
    )
    where = locator(printing, document="Document")
    volume = line(italic(_titles(printing)), in_brackets(where))
    return listed(
        stopped(names.in_apa((message.sender,))),
        f"({printing.year or 'n.d.'}).",
        f"[{sent}].",
        stopped(line("In ", listed(f"{editors}{label}", volume))),
        stopped(printing.publisher),
        link(printing.url),
        between=" ",
    )


def _titles(printing: Printing) -> str:
    """Return series and volume: Series, years: Vol. 6. Title."""
    title = printing.sentence_title or printing.title
    number = f"Vol. {printing.volume}" if printing.volume else ""
    number = ", ".join(filter(None, (number, f"Part {printing.part}" if printing.part else "")))
    if not printing.series:
        return f"{title} ({number})" if number else title
    series = ", ".join(filter(None, (printing.sentence_series or printing.series, printing.years)))
    return f"{series}: {'. '.join(filter(None, (number, title)))}"


def of_edition(record: EditionRecord) -> Line:
    """Return the reference for the edition."""
    editors = names.in_apa(record.editors)
    if not names.are_bodies(record.editors):
        editors += " (Ed.)" if len(record.editors) == 1 else " (Eds.)"
    version = f"Version {record.version}" if record.version else ""
    told = "; ".join(filter(None, (version, hash_words(record))))
    return listed(
        stopped(editors),
        f"({record.year or 'n.d.'}).",
        stopped(line(italic(record.title), in_brackets(told))),
        stopped(record.publisher),
        link(record.address),
        between=" ",
    )
