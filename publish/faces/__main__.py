"""`python -m publish.faces`: rebuild the press's own faces and their hashes in fonts.toml.

With --check nothing is written; the exit code says whether the code still makes the same files.
"""

import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from publish.faces.cast import cast
from publish.faces.drawing import FILE_NAME, read_drawing
from publish.faces.recipes import RECIPES
from publish.faces.teletype import cast_drawing
from publish.fonts import Face, Faces, load, verify_hashes
from publish.problems import FontError, PublishError, Where
from publish.resources import fonts_directory


def rebuilt(faces: Faces) -> dict[Face, bytes]:
    """Return face → the bytes that its recipe makes of its parent, or its drawing alone.

    Raises FontError when a parent's file is not the declared one, a drawing cannot be cast, or more
    strikes come of it, or fewer, than are declared.
    """
    made: dict[Face, bytes] = {}
    for name, files in (*_derived(faces), *_drawn(faces)):
        strikes = faces.strikes(name)
        if len(strikes) != len(files):
            raise FontError(
                f"{name} has {len(files)} strikes, but {len(strikes)} are declared",
                where=Where(str(strikes[0].path.parent)),
                hint="Declare a face with its file for each strike in fonts/fonts.toml.",
            )
        made.update(zip(strikes, files, strict=True))
    return made


def _derived(faces: Faces) -> Iterator[tuple[str, tuple[bytes, ...]]]:
    """Yield the name and the files of each face that has a recipe."""
    for recipe in RECIPES:
        parent = faces.get(recipe.parent)
        verify_hashes([parent])
        yield recipe.name, cast(recipe, parent.path)


def _drawn(faces: Faces) -> Iterator[tuple[str, tuple[bytes, ...]]]:
    """Yield the name and the files of each face that has a drawing beside it."""
    for face in faces:
        drawing = face.path.parent / FILE_NAME
        if face.strike == 1 and drawing.is_file():
            yield face.name, cast_drawing(read_drawing(drawing), face.family)


def check(faces: Faces) -> None:
    """Raise FontError for a face that is not what the code makes."""
    for face, data in rebuilt(faces).items():
        if face.path.read_bytes() != data:
            raise FontError(
                f"{face} is not what its recipe makes",
                where=Where(str(face.path)),
                hint="Run make faces and look at the result before you commit it.",
            )


def write(faces: Faces, declarations: Path) -> None:
    """Write the faces, and their hashes and their parents' into `declarations`."""
    text = declarations.read_text(encoding="utf-8")
    for face, data in rebuilt(faces).items():
        face.path.write_bytes(data)
        text = text.replace(face.sha256, sha256(data).hexdigest())
        if face.parent:
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
