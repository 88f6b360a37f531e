"""The declared faces: what they are called, what they can draw, whether they may be embedded.

In: fonts/fonts.toml and the TrueType files it names. Out: Faces; answers about a Face; the style
sheet and the fontconfig file that make WeasyPrint see these faces and no others.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias
from unicodedata import name as unicode_name

from publish.problems import FontError, Where, nearest
from publish.tables import Table, read_toml
from publish.truetype import NotTrueTypeError, Outlines, read
from publish.units import Points

STYLES: Final = ("normal", "italic")
ROLES: Final = ("typed", "text", "sans", "furniture", "parent")
OWN_PACKAGE: Final = "publish.faces"  # where a face comes from that the press makes itself
STRIKES: Final = range(1, 10)
DEFAULT_IGNORABLE: Final = frozenset("\u00ad\u200b\u2060\ufeff")
"""Soft hyphen, zero-width space, word joiner, byte-order mark: no face needs a glyph for these
(Unicode, DerivedCoreProperties: Default_Ignorable_Code_Point)."""

_BREAKS: Final = frozenset("\n")  # an engine ends a line there; it draws nothing
_PANGO_WEIGHTS: Final = {
    100: "Thin", 200: "Ultra-Light", 300: "Light", 400: "", 500: "Medium",
    600: "Semi-Bold", 700: "Bold", 800: "Ultra-Bold", 900: "Heavy",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Face:
    """One font file as fonts.toml declares it.

    `name` is the family that layouts and styles ask for, ours alone; `family` the designers' name;
    `postscript` the name in the file. `weight` is CSS's, 1 to 1000. `parent` names the face it was
    derived from and `parent_sha256` is the hash of that file; an unmodified face has neither.
    `strike` numbers the faces that draw one and the same letter as a type bar leaves it, each time
    a little otherwise: they differ in their outlines and in nothing else. Most faces are strike 1.
    """

    name: str
    style: str
    weight: int
    path: Path
    family: str
    package: str
    version: str
    licence: str
    licence_path: Path
    sha256: str
    postscript: str
    roles: tuple[str, ...]
    parent: str = ""
    parent_sha256: str = ""
    strike: int = 1

    def __str__(self) -> str:
        """Return the face in words: "Press STIX 600 italic", "Cable Pica 400, strike 2"."""
        style = "" if self.style == "normal" else f" {self.style}"
        strike = "" if self.strike == 1 else f", strike {self.strike}"
        return f"{self.name} {self.weight}{style}{strike}"


class Faces:
    """All declared faces, in the order of the file."""

    def __init__(self, faces: Iterable[Face]) -> None:
        self._faces = tuple(faces)

    def __iter__(self) -> Iterator[Face]:
        """Return the faces one by one."""
        return iter(self._faces)

    def __len__(self) -> int:
        """Return how many faces there are."""
        return len(self._faces)

    def family(self, name: str) -> tuple[Face, ...]:
        """Return all faces of the family `name`. Raises FontError when none is declared."""
        members = tuple(face for face in self if face.name == name)
        if not members:
            raise FontError(
                f"the font {name!r} is not declared",
                hint=nearest(name, sorted({face.name for face in self})),
            )
        return members

    def get(self, name: str, weight: int = 400, style: str = "normal") -> Face:
        """Return one face, the first of its strikes.

        Raises FontError, naming the nearest that there is.
        """
        members = [face for face in self.family(name) if face.strike == 1]
        for face in members:
            if (face.weight, face.style) == (weight, style):
                return face
        near = min(members, key=lambda face: (face.style != style, abs(face.weight - weight)))
        raise FontError(
            f"{name} has no face of weight {weight}, {style}",
            hint=f"The nearest is {near}; or declare the face in fonts/fonts.toml.",
        )

    def strikes(self, name: str) -> tuple[Face, ...]:
        """Return the strikes of the upright face of weight 400 in their order; of most faces, one.

        Raises FontError as `get` does.
        """
        first = self.get(name)
        members = (f for f in self.family(name) if (f.weight, f.style) == (400, "normal"))
        return (first, *sorted((f for f in members if f.strike > 1), key=lambda f: f.strike))

    def with_role(self, role: str) -> tuple[Face, ...]:
        """Return the faces of one role: typed, text, sans, furniture, parent."""
        return tuple(face for face in self if role in face.roles)


FaceOrFaces: TypeAlias = Face | Iterable[Face]


def load(directory: Path) -> Faces:
    """Return the faces that `directory`/fonts.toml declares.

    Raises FontError when the file cannot be read, has an unknown or missing key, names a file that
    is not there, declares a face twice, or leaves out one of its strikes. Hashes are compared by
    `verify_hashes`, not here.
    """
    directory = directory.resolve()
    top = read_toml(directory / "fonts.toml", FontError)
    faces: list[Face] = []
    for entry in top.tables("face"):
        face = _face(entry, directory)
        if _identity(face) in map(_identity, faces):
            raise FontError(
                f"{face} is declared twice",
                where=Where(top.path),
                hint="Remove one of the entries.",
            )
        faces.append(face)
    top.close()
    _check_strikes(faces, Where(top.path))
    for face in faces:
        if face.parent and face.parent not in {other.name for other in faces}:
            raise FontError(
                f"{face} is derived from {face.parent!r}, which is not declared",
                where=Where(top.path),
                hint=nearest(face.parent, sorted({other.name for other in faces})),
            )
    return Faces(faces)


def _identity(face: Face) -> tuple[str, int, str, int]:
    return face.name, face.weight, face.style, face.strike


def _check_strikes(faces: list[Face], where: Where) -> None:
    """Raise FontError where a strike is declared and the one before it is not."""
    declared = set(map(_identity, faces))
    for face in faces:
        if face.strike > 1 and (*_identity(face)[:3], face.strike - 1) not in declared:
            raise FontError(
                f"{face} is declared without a strike {face.strike - 1}",
                where=where,
                hint="Number the strikes of a face from 1, without a gap.",
            )


def _face(entry: Table, directory: Path) -> Face:
    """Return one [[face]] of fonts.toml, its words and files checked."""
    face = Face(
        name=entry.text("name"),
        style=entry.text("style"),
        weight=entry.integer("weight"),
        path=directory / entry.text("file"),
        family=entry.text("family"),
        package=entry.text("package"),
        version=entry.text("version"),
        licence=entry.text("licence"),
        licence_path=directory / entry.text("licence_file"),
        sha256=entry.text("sha256"),
        postscript=entry.text("postscript"),
        roles=entry.texts("roles"),
        parent=entry.text("parent", ""),
        parent_sha256=entry.text("parent_sha256", ""),
        strike=entry.integer("strike", 1),
    )
    entry.close()
    place = Where(entry.path)
    if face.strike not in STRIKES:
        raise FontError(
            f"{face}: a strike is a number from {STRIKES[0]} to {STRIKES[-1]}",
            where=place,
            hint="Number the strikes of a face from 1, without a gap.",
        )
    for word, known in ((face.style, STYLES), *((role, ROLES) for role in face.roles)):
        if word not in known:
            raise FontError(
                f"{face}: unknown word {word!r}", where=place, hint=nearest(word, known)
            )
    for file in (face.path, face.licence_path):
        if not file.is_file():
            raise FontError(
                f"{face}: there is no file {file.name} where the entry says",
                where=place,
                hint="Restore it from the package that the entry names, or remove the entry.",
            )
    return face


def verify_hashes(faces: Iterable[Face]) -> None:
    """Raise FontError for the first face whose file is not the one declared (0.3 ms a face)."""
    from hashlib import sha256

    for face in faces:
        found = sha256(face.path.read_bytes()).hexdigest()
        if found != face.sha256:
            raise FontError(
                f"{face} is not the declared file: its SHA-256 is {found}",
                where=Where(str(face.path)),
                hint=_restore(face),
            )


def _restore(face: Face) -> str:
    if face.package == OWN_PACKAGE:
        return "Rebuild it with make faces."
    return f"Restore it from {face.package}, version {face.version}."


def verify_embedding(faces: Iterable[Face]) -> None:
    """Raise FontError for the first face that forbids a subset of itself in a file."""
    for face in faces:
        if not embedding_allowed(face):
            raise FontError(
                f"{face} may not be embedded, by its own OS/2 table",
                where=Where(str(face.path)),
                hint="Declare another face.",
            )


# What a face can draw


@cache
def coverage(face: Face) -> frozenset[int]:
    """Return the characters for which the face has a glyph."""
    return frozenset(_outlines(face).glyphs)


def missing(faces: FaceOrFaces, text: str) -> list[str]:
    """Return the characters of `text`, each once and in its order, that none of `faces` can draw.

    Line feeds and the default-ignorable characters need no glyph.
    """
    tried = (faces,) if isinstance(faces, Face) else tuple(faces)
    wanted = [c for c in dict.fromkeys(text) if c not in DEFAULT_IGNORABLE and c not in _BREAKS]
    return [c for c in wanted if not any(ord(c) in coverage(face) for face in tried)]


def check_coverage(text: str, faces: FaceOrFaces, where: Where | None = None) -> None:
    """Raise FontError, naming the character, when none of `faces` can draw one of `text`.

    WeasyPrint draws an empty box for such a character and still writes its Unicode value
    into the file, so that a reader who copies the text never notices (seen with 70.0).
    """
    tried = (faces,) if isinstance(faces, Face) else tuple(faces)
    lacking = missing(tried, text)
    if not lacking:
        return
    others = f" and {len(lacking) - 1} other character(s)" if len(lacking) > 1 else ""
    raise FontError(
        f"no glyph for {in_words(lacking[0])}{others} in {', '.join(map(str, tried))}",
        where=where,
        hint="Name a fallback that has it in the form or style; publish list shows the fonts.",
    )


def in_words(character: str) -> str:
    """Return a character's number and name: "U+0429 CYRILLIC CAPITAL LETTER SHCHA"."""
    return f"U+{ord(character):04X} {unicode_name(character, 'without a name')}"


def advance(face: Face, text: str, size: Points) -> Points:
    """Return the width of `text` in points at `size`, without kerning.

    Raises FontError when the face lacks a character.
    """
    check_coverage(text, face)
    outlines = _outlines(face)
    return (
        sum(outlines.advance(c) for c in text if ord(c) in outlines.glyphs) * size / outlines.units
    )


def x_height(face: Face) -> float:
    """Return the height of a small x in ems, as the file says it."""
    outlines = _outlines(face)
    return outlines.x_height / outlines.units


def capital_height(face: Face) -> float:
    """Return the height of a capital in ems, as the file says it."""
    outlines = _outlines(face)
    return outlines.capitals / outlines.units


def embedding_allowed(face: Face) -> bool:
    """Say whether the file's own bits let us embed a subset of it (OpenType, OS/2 fsType).

    Refused: restricted licence (bit 1), no subsetting (bit 8), bitmaps only (bit 9).
    """
    return not _outlines(face).embedding & (0x0002 | 0x0100 | 0x0200)


@cache
def _outlines(face: Face) -> Outlines:
    try:
        return read(face.path.read_bytes())
    except (OSError, NotTrueTypeError) as problem:
        raise FontError(
            f"{face} cannot be used: {problem}",
            where=Where(str(face.path)),
            hint=_restore(face),
        ) from None


# What WeasyPrint is told


def stylesheet(faces: Iterable[Face]) -> str:
    """Return @font-face rules, in a fixed order; give it only the faces in use (2.5 ms each).

    CSS has no word for a strike: only the first of them gets a rule.
    """
    first = (face for face in faces if face.strike == 1)
    ordered = sorted(first, key=lambda face: (face.name, face.weight, face.style))
    return "".join(
        f'@font-face {{ font-family: "{face.name}"; font-style: {face.style}; '
        f'font-weight: {face.weight}; src: url("{face.path.as_uri()}"); }}\n'
        for face in ordered
    )


def fontconfig_file(last_resort: Face, scratch: Path) -> str:
    """Return a fontconfig file that knows one folder of ours and no font of the machine.

    Write it into the folder `scratch`, where fontconfig also keeps its notes (else it writes them
    to the user's home, or complains that it cannot), and set FONTCONFIG_FILE to it before
    WeasyPrint is imported. What asks for an undeclared family, or for a glyph that its own face
    lacks, then gets `last_resort`. Choose one of role "parent": it stands in the finished file
    under its designers' name, which is not one of `pdf_names`, and gives the mistake away.
    (Without any font WeasyPrint 70.0 warns; with the machine's it borrows and says nothing.)
    """
    from xml.sax.saxutils import escape

    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        "<fontconfig>\n"
        f"  <dir>{escape(str(last_resort.path.parent))}</dir>\n"
        f"  <cachedir>{escape(str(scratch.resolve()))}</cachedir>\n"
        '  <match target="pattern"><edit name="family" mode="append_last">'
        f"<string>{escape(last_resort.family)}</string></edit></match>\n"
        "</fontconfig>\n"
    )


def pdf_names(face: Face) -> frozenset[str]:
    """Return the names under which a PDF may embed the face, without the subset tag.

    ReportLab writes the PostScript name; WeasyPrint 70.0, which sees only a first strike, the CSS
    family and Pango's words for weight and style.
    """
    if face.strike > 1:
        return frozenset((face.postscript,))
    words = (
        face.name,
        _PANGO_WEIGHTS.get(face.weight, ""),
        "" if face.style == "normal" else "Italic",
    )
    return frozenset((face.postscript, "-".join(" ".join(filter(None, words)).split())))


def by_file_name(faces: Iterable[Face]) -> dict[str, Face]:
    """Return face by each name under which a finished file may embed it; parents are drawn nowhere."""
    return {name: face for face in faces if "parent" not in face.roles for name in pdf_names(face)}
