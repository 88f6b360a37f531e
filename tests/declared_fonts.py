"""The declared faces, and folders of fonts that declare others."""

from functools import cache
from pathlib import Path

from publish import fonts
from publish.fonts import Face, Faces
from publish.resources import fonts_directory

ENTRY = {
    "name": '"Cable Test"',
    "style": '"normal"',
    "weight": "400",
    "file": '"face.ttf"',
    "family": '"Test"',
    "package": '"npm:test"',
    "version": '"1"',
    "licence": '"OFL-1.1"',
    "licence_file": '"OFL.txt"',
    "sha256": '"00"',
    "postscript": '"Test-Regular"',
    "roles": '["typed"]',
}
"""What fonts.toml says of a face: key → value as TOML writes it."""


@cache
def declared() -> Faces:
    return fonts.load(fonts_directory())


def for_pages() -> list[Face]:
    """Return the faces that WeasyPrint sees: no parents of derived ones, no second strikes."""
    return [face for face in declared() if "parent" not in face.roles and face.strike == 1]


def folder_with(folder: Path, *entries: dict[str, str]) -> Path:
    """Return `folder` with a fonts.toml of these entries, and the one file and licence they name."""
    (folder / "face.ttf").write_bytes(declared().get("Cable Pica").path.read_bytes())
    (folder / "OFL.txt").write_text("Copyright", encoding="utf-8")
    lines = [
        "\n".join(("[[face]]", *(f"{key} = {value}" for key, value in entry.items())))
        for entry in entries
    ]
    (folder / "fonts.toml").write_text("\n".join(lines), encoding="utf-8")
    return folder
