"""The MLA's works cited (MLA Handbook, 9th ed.): a description for a letter's title, then its container.

The Handbook has no rule for FRUS; Cornell University Library's guide applies the general ones, and so do we.
"""

from publish.citation import names
from publish.citation.parts import described_to, hash_words, locator, volume_titles, volume_words
from publish.citation.record import DocumentRecord, EditionRecord
from publish.citation.wording import Line, capitalised, italic, link, listed, sentences
from publish.dates import short_date


def of_document(record: DocumentRecord) -> Line:
    """Return the entry for a letter or telegram."""
    message, printing = record.message, record.printing
    sent = (message.carrier or message).day
    edited = names.edited_in_mla(printing.editors)
    return sentences(
        message.sender.inverted,
        capitalised(described_to(message)),
        short_date(sent) if sent else "",
        listed(
            volume_titles(printing, volume_words(printing)),
            f"edited by {edited}" if edited else "",
            printing.publisher,
            str(printing.year or ""),
            locator(printing),
            _link(printing.url),
        ),
    )


def of_edition(record: EditionRecord) -> Line:
    """Return the entry for the edition."""
    editors = names.in_mla(record.editors)
    if not names.are_bodies(record.editors):
        editors += ", editor" if len(record.editors) == 1 else ", editors"
    facts = (
        f"version {record.version}" if record.version else "",
        record.publisher,
        short_date(record.released) if record.released else "",
        hash_words(record),
    )
    told = capitalised(", ".join(filter(None, facts)))
    return sentences(editors, italic(record.title), listed(told, _link(record.address)))


def _link(address: str) -> Line:
    """Return an address as the MLA shows it: a DOI whole, another without https:// (9th ed., 5.94, 5.95)."""
    whole = address.startswith("https://doi.org/")
    return link(address, address if whole else address.removeprefix("https://"))
