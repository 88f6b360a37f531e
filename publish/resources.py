"""Where layouts, fonts and the sample seeds lie: beside the package in a checkout, inside it in a wheel."""

from functools import cache
from pathlib import Path

from publish.problems import LayoutError


@cache
def data_directory() -> Path:
    """Return the folder that holds `layouts`, `fonts` and `seeds`.

    A wheel carries them in `publish/data`; in a checkout they stand at the top level.
    Raises LayoutError when neither is there.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / "data", package.parent):
        if (candidate / "layouts").is_dir() and (candidate / "fonts").is_dir():
            return candidate
    raise LayoutError(
        "the folders layouts/ and fonts/ are not where the press looks for them",
        hint="Install cablepress again, or run it from a complete checkout.",
    )


def layouts_directory() -> Path:
    """Return the folder of papers, standards, forms and products."""
    return data_directory() / "layouts"


def fonts_directory() -> Path:
    """Return the folder of fonts.toml and the faces it declares."""
    return data_directory() / "fonts"


def sample_seeds() -> dict[str, Path]:
    """Return the seeds that come with the press: id → folder."""
    seeds = data_directory() / "seeds"
    if not seeds.is_dir():
        return {}
    return {
        entry.name: entry for entry in sorted(seeds.iterdir()) if (entry / "edition.toml").is_file()
    }
