"""What a finished file claims to be, read from layouts/standards.toml. In: the file. Out: Claims and Standards."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from publish.problems import LayoutError, nearest
from publish.tables import Table, read_toml


@dataclass(frozen=True, slots=True)
class Claim:
    """A standard that a file can say it keeps, and how it says so in XMP."""

    name: str
    title: str
    source: str
    family: str  # a file makes one claim of a family at most; empty: it goes with any
    pdf_versions: tuple[str, ...]
    profiles: tuple[str, ...]  # veraPDF's names
    properties: tuple[tuple[str, str], ...]  # XMP properties that identify it
    declarations: tuple[str, ...]  # PDF Declarations 1.0 that identify it
    embeds: bool = False  # a file that makes it has files within it


@dataclass(frozen=True, slots=True)
class Standard:
    """What a finished PDF claims to be, and in which colour space it is drawn.

    `colour` names the profile of its output intent. GREY has none: the file draws grey only, which
    every device knows how to print.
    """

    name: str
    title: str
    pdf_version: str
    claims: tuple[Claim, ...]
    colour: str

    @property
    def for_press(self) -> bool:
        """Say whether the file goes to a print shop: four plates, boxes, no annotations."""
        return any(claim.family == _PRESS for claim in self.claims)

    @property
    def later_pdf(self) -> bool:
        """Say whether the file is PDF 2.0, whose structure has a namespace of its own."""
        return self.pdf_version == "2.0"


GREY = "gray"  # as PDF spells it (ISO 32000-1, 8.6.4.2)
_PRESS = "pdfx"
_ARCHIVAL = "pdfa"  # claims of this family want an output intent (ISO 19005-3, 6.2.3)

NO_STANDARD = Standard("", "no standard", "", (), "")  # of a product without pages

_ONE = "A file can keep one of them; take the other out."


def load_standards(path: Path) -> tuple[dict[str, Claim], dict[str, Standard]]:
    """Read standards.toml: its claims, and the standards that are lists of them.

    Raises LayoutError, with the line, for claims that no one file could keep.
    """
    top = read_toml(path, LayoutError)
    made, kept = top.table("claim"), top.table("standard")
    claims = {name: _claim(name, made.table(name)) for name in made.names()}
    standards = {name: _standard(name, kept.table(name), claims) for name in kept.names()}
    top.close()
    return claims, standards


@cache
def known_claims(layouts: Path) -> Mapping[str, Claim]:
    """Return the claims of a folder of layouts; a finished file is held to them many times."""
    return load_standards(layouts / "standards.toml")[0]


def _claim(name: str, table: Table) -> Claim:
    said = table.table("properties")
    claim = Claim(
        name=name,
        title=table.text("title"),
        source=table.text("source"),
        family=table.text("family", ""),
        pdf_versions=table.texts("pdf_versions"),
        profiles=table.texts("profiles"),
        properties=tuple((key, said.text(key)) for key in said.names()),
        declarations=table.texts("declarations", ()),
        embeds=table.flag("embeds", default=False),
    )
    table.close()
    return claim


def _standard(name: str, table: Table, known: Mapping[str, Claim]) -> Standard:
    version = table.text("pdf_version")
    claims: list[Claim] = []
    for word in table.texts("claims"):
        if word not in known:
            raise table.fail(
                f"standard {name!r} makes the claim {word!r}, which is not defined",
                "claims",
                nearest(word, sorted(known)),
            )
        claims.append(known[word])
    for claim in claims:
        if version not in claim.pdf_versions:
            raise table.fail(
                f"standard {name!r} is PDF {version}, and {claim.name} needs PDF "
                f"{' or '.join(claim.pdf_versions)}",
                "claims",
                _ONE if len(claims) > 1 else "Write that version.",
            )
        of_family = [c.name for c in claims if claim.family and c.family == claim.family]
        if len(of_family) > 1:
            raise table.fail(
                f"standard {name!r} claims both {' and '.join(of_family)}", "claims", _ONE
            )
    standard = Standard(name, table.text("title"), version, tuple(claims), table.text("colour"))
    table.close()
    for claim in claims:
        if claim.family == _ARCHIVAL and standard.colour == GREY:
            raise table.fail(
                f"standard {name!r} claims {claim.name}, which wants a colour profile",
                "colour",
                'Write colour = "srgb"; a product can promise to be drawn in grey all the same.',
            )
    return standard
