"""What the press itself says on a panel, in the panel's language; and which words a job's panel has.

In: layouts/panel/words.toml and a job. Out: PanelWords and the Exhibit; or an error that says what to write.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from publish.exhibit import Exhibit
from publish.layouts import Job
from publish.panel_layouts import WORDS_FILE
from publish.problems import LayoutError, SourceError, UsageError, Where, nearest
from publish.tables import Table, read_toml
from publish.timeline import hour_words

_MONTHS: Final = 12
_HOURS: Final = (12, 24)


@dataclass(frozen=True, slots=True)
class PanelWords:
    """The press's own words in one language."""

    statement: str
    enlarged: str
    reduced: str
    same_size: str
    months: tuple[str, ...]
    day_form: str
    hours: int
    quotes: tuple[str, str]
    translated: str
    invitation: str  # beside the code

    def caption_of(self, page: int, pages: int, scale: float) -> tuple[str, str]:
        """Return the lines below the sheet: what it is; which page of how many, how large."""
        form = self.same_size if scale == 1 else self.enlarged if scale > 1 else self.reduced
        told = form.format(page=page, pages=pages, scale=f"{scale * 100:g}")
        return self.statement, told

    def day(self, day: date) -> str:
        """Return a day as a row of the timeline has it."""
        return self.day_form.format(day=day.day, month=self.months[day.month - 1])

    def hour(self, shown: datetime | None) -> str:
        """Return an hour on a clock; nothing where the day alone is known."""
        if shown is None:
            return ""
        return hour_words(shown) if self.hours == 12 else f"{shown.hour}:{shown.minute:02}"


def exhibit_of(job: Job) -> Exhibit:
    """Return the words of a job's panel in the language that is asked for.

    Raises SourceError where the edition has no words for a panel, UsageError for a language that it
    has none in.
    """
    edition, asked = job.edition, job.options.get("language", "")
    folder = Path(edition.document.source.path).parent
    if not edition.exhibits:
        raise SourceError(
            "there are no words for a panel",
            where=Where(str(folder / "exhibit.md")),
            hint="Write # Kicker, # Title, # Label, # Quotation, # Quotation credit, # Statement and "
            "# Credit there (docs/exhibit.md).",
        )
    if not asked:
        return edition.exhibits[0]
    by_language = {exhibit.language: exhibit for exhibit in edition.exhibits}
    if asked not in by_language:
        raise UsageError(
            f"the panel has no words in {asked!r}",
            hint=f"{nearest(asked, sorted(by_language))} A language is a file beside exhibit.md: "
            f"exhibit.{asked}.md.",
        )
    return by_language[asked]


def words_in(language: str, directory: Path) -> PanelWords:
    """Return the press's words in a language (BCP 47), from the folder of the panel's layouts.

    Raises LayoutError where it has none, and for an entry that is not whole.
    """
    top = read_toml(directory / WORDS_FILE, LayoutError)
    primary = language.partition("-")[0].lower()
    if primary not in top:
        raise top.fail(
            f"there are no words of the press in {language!r}",
            hint=f"Known: {', '.join(sorted(top.names()))}. Add a table [{primary}].",
        )
    words = {name: _words(top.table(name)) for name in top.names()}
    return words[primary]


def _words(table: Table) -> PanelWords:
    months, quotes = table.texts("months"), table.texts("quotes")
    words = PanelWords(
        table.text("statement"), table.text("enlarged"), table.text("reduced"), table.text("same_size"), months,
        table.text("day"), table.integer("hours"), (quotes[0], quotes[-1]), table.text("translated"),
        table.text("invitation"),
    )  # fmt: skip
    table.close()
    if len(months) != _MONTHS or len(quotes) != 2 or words.hours not in _HOURS:
        raise table.fail("there are 12 months, 2 quotation marks, and 12 or 24 hours", "months")
    return words
