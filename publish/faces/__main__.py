"""`python -m publish.faces`: rebuild the derived faces and their hashes in fonts.toml.

With --check nothing is written; the exit code says whether the code still makes the same files.
"""

import sys
from hashlib import sha256
from pathlib import Path

from publish.faces.cast import cast
from publish.faces.recipes import RECIPES
from publish.fonts import Face, Faces, load, verify_hashes
from publish.problems import FontError, PublishError, Where
from publish.resources import fonts_directory


def rebuilt(faces: Faces) -> dict[Face, bytes]:
    """Return derived face → the bytes that its recipe makes of its parent.

    Raises FontError when a parent's file is not the declared one.
    """
    made: dict[Face, bytes] = {}
    for recipe in RECIPES:
        face, parent = faces.get(recipe.name), faces.get(recipe.parent)
        verify_hashes([parent])
        made[face] = cast(recipe, parent.path)
    return made


def check(faces: Faces) -> None:
    """Raise FontError for a derived face that is not what the code makes."""
    for face, data in rebuilt(faces).items():
        if face.path.read_bytes() != data:
            raise FontError(
                f"{face} is not what its recipe makes",
                where=Where(str(face.path)),
                hint="Run make faces and look at the result before you commit it.",
            )


def write(faces: Faces, declarations: Path) -> None:
    """Write the derived faces, and their hashes and their parents' into `declarations`."""
    text = declarations.read_text(encoding="utf-8")
    for face, data in rebuilt(faces).items():
        face.path.write_bytes(data)
        text = text.replace(face.sha256, sha256(data).hexdigest())
        text = text.replace(face.parent_sha256, faces.get(face.parent).sha256)
    declarations.write_text(text, encoding="utf-8", newline="\n")


def main(arguments: list[str]) -> str | None:
    """Rebuild, or with --check compare. Return what went wrong, or nothing."""
    directory = fonts_directory()
    try:
        faces = load(directory)
        if arguments == ["--check"]:
            check(faces)
        elif not arguments:
            write(faces, directory / "fonts.toml")
        else:
            return f"unknown argument {arguments[0]!r}. Use none, or --check."
    except PublishError as problem:
        return str(problem)
    return None


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
