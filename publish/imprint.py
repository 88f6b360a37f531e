"""What a work is cited by: who made it, where it is printed, what changed in it. Data, and no edition yet."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in its parts, or a body's as a whole. One of `family` and `body` is given."""

    family: str = ""
    given: str = ""
    suffix: str = ""  # "Jr."
    body: str = ""  # "Department of State", "The Cablepress editors"
    article: str = ""  # what a sentence puts before a body: "the"

    def __str__(self) -> str:
        """Return the name as a sentence has it: Arthur M. Schlesinger Jr., the Department of State."""
        parts = (self.article, self.body) if self.body else (self.given, self.family, self.suffix)
        return " ".join(filter(None, parts))

    @property
    def inverted(self) -> str:
        """Return the name as an alphabetical list has it: Schlesinger, Arthur M., Jr."""
        return self.body or ", ".join(filter(None, (self.family, self.given, self.suffix)))


@dataclass(frozen=True, slots=True)
class Printing:
    """A scholarly printing of the document, by which it is cited. Empty fields are not known or do not apply."""

    title: str  # of the volume
    series: str = ""
    years: str = ""  # that the series covers: "1961–1963"
    volume: int | str = ""
    part: int | str = ""  # of the volume
    editors: tuple[Name, ...] = ()
    place: str = ""  # "Washington"
    region: str = ""  # "DC", for styles that want it
    publisher: str = ""
    year: int = 0  # 0: not known
    document: str = ""  # its number in the volume
    pages: str = ""
    url: str = ""  # of the document
    sentence_series: str = ""  # both titles in sentence case, as the APA writes them
    sentence_title: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A version of the edition: when it was released, what changed in it, and the digest of its files."""

    version: str
    released: date
    told: str  # light Markdown
    line: int  # in CHANGES.md
    seed: str = ""  # SHA-256 over the seed's files; empty: not recorded
