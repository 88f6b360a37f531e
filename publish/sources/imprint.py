"""Reads what an edition is cited by: names, identifiers and the scholarly printing of its document.

In: tables of edition.toml. Out: Name, Printing, DOI and ARK. What is not given stays empty: nothing is made up.
"""

from publish.identifiers import check_ark, check_doi
from publish.imprint import Name, Printing
from publish.sources.witnesses import web_address
from publish.tables import Table


def read_name(table: Table, key: str) -> Name:
    """Return a person or a body: { given, family, suffix }, { article, name } or a body's name alone.

    Raises SourceError with the line for a given name without a family name, and for no name at all.
    """
    return _name(table.text_or_table(key), table, key)


def read_names(table: Table, key: str, default: tuple[str, ...] | None = None) -> tuple[Name, ...]:
    """Return the names of a list, in its order; without a default the list must be there."""
    entries = table.texts_or_tables(key) if default is None else table.texts_or_tables(key, default)
    return tuple(_name(entry, table, key) for entry in entries)


def _name(entry: str | Table, table: Table, key: str) -> Name:
    if isinstance(entry, str):
        name = Name(body=_one_line(entry))
    else:
        name = Name(
            family=_one_line(entry.text("family", "")),
            given=_one_line(entry.text("given", "")),
            suffix=_one_line(entry.text("suffix", "")),
            body=_one_line(entry.text("name", "")),
            article=_one_line(entry.text("article", "")),
        )
        entry.close()
    if name.family and name.body:
        hint = "Write given and family for a person, name for a body."
        raise table.fail(f"{key!r} has both a person’s and a body’s name", key, hint)
    if not name.family and not name.body:
        missing = (
            f"{name.given!r} has no family name" if name.given else f"a name of {key!r} is empty"
        )
        hint = 'Write { given = "…", family = "…" }, or { name = "…" } for a body.'
        raise table.fail(missing, key, hint)
    return name


def read_printing(table: Table) -> Printing | None:
    """Return the printing of [printing], or nothing where the seed has none.

    Raises SourceError with the line for a year that has no four figures and for an address that is none.
    """
    if not table.names():
        return None
    sentence = table.table("sentence_case")
    year = table.integer("year", 0)
    if "year" in table and len(str(year)) != len("1996"):
        raise table.fail(f"'year' cannot be {year}", "year", "Write the four figures of the year.")
    printing = Printing(
        title=_one_line(table.text("title")),
        series=_one_line(table.text("series", "")),
        years=_one_line(table.text("years", "")),
        volume=table.text_or_integer("volume", ""),
        part=table.text_or_integer("part", ""),
        editors=read_names(table, "editors", ()),
        place=_one_line(table.text("place", "")),
        region=_one_line(table.text("region", "")),
        publisher=_one_line(table.text("publisher", "")),
        year=year,
        document=str(table.text_or_integer("document", "")),
        pages=_one_line(table.text("pages", "")),
        url=web_address(table, "url"),
        sentence_series=_one_line(sentence.text("series", "")),
        sentence_title=_one_line(sentence.text("title", "")),
    )
    sentence.close()
    table.close()
    return printing


def read_doi(table: Table) -> str:
    """Return the DOI, or nothing. Raises SourceError with the line for what is none."""
    doi = table.text("doi", "")
    try:
        check_doi(doi)
    except ValueError as problem:
        raise table.fail(str(problem), "doi", "Take it out until there is one.") from None
    return doi


def read_ark(table: Table) -> str:
    """Return the ARK, or nothing. Raises SourceError with the line for what is none, or is mistyped."""
    ark = table.text("ark", "")
    try:
        check_ark(ark, has_check_character=table.flag("ark_check", default=True))
    except ValueError as problem:
        hint = "Correct it; for an ARK without a check character write ark_check = false."
        raise table.fail(str(problem), "ark", hint) from None
    return ark


def _one_line(text: str) -> str:
    """Return words on one line, as every form of a citation wants them."""
    return " ".join(text.split())
