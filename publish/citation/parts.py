"""Parts that several styles write alike: what was sent to whom, where and when; the printing's own facts."""

from publish.citation import names
from publish.citation.record import EditionRecord, Message
from publish.citation.wording import Line, italic, listed
from publish.dates import long_date
from publish.imprint import Printing

_SHOWN = (
    16  # figures of a hash in a citation: enough to know it again; the citation page has them all
)


def described(message: Message) -> str:
    """Return what was sent: telegram 77; letter in telegram 77."""
    return f"{_genre(message)}{_carried(message)}"


def described_to(message: Message) -> str:
    """Return what was sent to whom: letter to A. B. in telegram 77."""
    return f"{_genre(message)} to {message.recipient}{_carried(message)}"


def _genre(message: Message) -> str:
    return f"{message.genre} {message.number}".rstrip()


def _carried(message: Message) -> str:
    carrier = message.carrier
    if carrier is None:
        return ""
    own = long_date(message.day) if message.day and message.day != carrier.day else ""
    return f"{f', {own},' if own else ''} in {_genre(carrier)}"


def place_and_day(message: Message) -> str:
    """Return where and when it was sent, as far as known: the telegram's, for a letter that it carries."""
    sent = message.carrier or message
    day = long_date(sent.day) if sent.day else ""
    return ", ".join(filter(None, (sent.place, day)))


def series_title(printing: Printing) -> str:
    """Return the series with the years that it covers."""
    return ", ".join(filter(None, (printing.series, printing.years)))


def volume_words(printing: Printing, volume: str = "vol.", part: str = "pt.") -> str:
    """Return volume and part with their abbreviations: vol. 6, pt. 1."""
    words = [f"{volume} {printing.volume}"] if printing.volume else []
    return ", ".join([*words, f"{part} {printing.part}"] if printing.part else words)


def volume_titles(printing: Printing, volume: str) -> Line:
    """Return the titles of series and volume, with the volume's number where a reader looks for it."""
    title = italic(printing.title)
    if printing.series:
        return listed(italic(series_title(printing)), volume, title)
    return listed(title, volume)


def locator(printing: Printing, document: str = "doc.") -> str:
    """Return where it stands in the volume: the number of the document where there is one, else the pages."""
    if printing.document:
        return f"{document} {printing.document}"
    return names.pages(printing.pages)


def publication(printing: Printing, *, region: bool) -> str:
    """Return Washington, DC: Government Printing Office, 1996; what is not known is left out."""
    place = ", ".join(filter(None, (printing.place, printing.region if region else "")))
    maker = ": ".join(filter(None, (place, printing.publisher)))
    return ", ".join(filter(None, (maker, str(printing.year or ""))))


def hash_words(record: EditionRecord) -> str:
    """Return the transcription's hash in short, which says which bytes the edition prints."""
    return f"transcription SHA-256 {record.digest[:_SHOWN]}…" if record.digest else ""


def in_brackets(words: str) -> str:
    """Return words in brackets after a space; nothing for no words."""
    return f" ({words})" if words else ""
