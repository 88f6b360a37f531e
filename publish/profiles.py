"""Colour profiles of layouts/profiles. In: the name a standard gives; out: the profile, checked."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from publish.problems import LayoutError, UsageError, nearest
from publish.resources import layouts_directory
from publish.tables import Table, read_toml

_PRESS = b"prtr"  # the class of a printer's profile (ICC.1:2010, 7.2.5)
_COMPONENTS = {
    "GRAY": 1,
    "RGB": 3,
    "CMYK": 4,
}  # numbers that make one colour, by ICC's name of the space


@dataclass(frozen=True, slots=True)
class Profile:
    """An ICC profile and how a PDF names it (ISO 32000-1, 14.11.5)."""

    name: str
    data: bytes
    components: int  # numbers that make one colour
    condition: str  # OutputConditionIdentifier, a name that `registry` keeps
    registry: str
    info: str


@cache
def load(colour: str) -> Profile:
    """Return the profile named `colour`; capitals do not matter ("srgb" is sRGB).

    Raises LayoutError when layouts/profiles does not declare it, or holds other bytes.
    """
    top = read_toml(layouts_directory() / "profiles" / "profiles.toml", LayoutError)
    entries = {entry.text("name").casefold(): entry for entry in top.tables("profile")}
    if colour.casefold() not in entries:
        raise LayoutError(
            f"the colour profile {colour!r} is not declared",
            where=top.where(),
            hint=nearest(colour, sorted(entries)),
        )
    return _profile(entries[colour.casefold()])


def read_profile(path: Path, condition: str) -> Profile:
    """Return a print shop's profile and the name of the printing condition that it is for.

    Raises UsageError where the file is no profile of a press with four plates.
    """
    refused = (
        "Give the ICC file of the print shop’s own press: --set icc=PATH --set condition=NAME."
    )
    try:
        data = path.read_bytes()
        space = _colour_space(data)
    except (OSError, LayoutError) as problem:
        raise UsageError(f"{path} is no colour profile ({problem})", hint=refused) from None
    if space != "CMYK" or data[12:16] != _PRESS:
        raise UsageError(f"{path} is a profile of {space!r}, not of a press", hint=refused)
    return Profile(path.name, data, _COMPONENTS[space], condition, "", condition)


def _profile(entry: Table) -> Profile:
    path = layouts_directory() / "profiles" / entry.text("file")
    data = path.read_bytes() if path.is_file() else b""
    if sha256(data).hexdigest() != entry.text("sha256"):
        raise entry.fail(f"the file {path.name} is missing or has been changed", "file")
    space = _colour_space(data)
    if _COMPONENTS.get(space) != entry.integer("components"):
        raise entry.fail(f"the profile {path.name} is of {space!r}, not as declared", "components")
    return Profile(
        name=entry.text("name"),
        data=data,
        components=entry.integer("components"),
        condition=entry.text("condition"),
        registry=entry.text("registry"),
        info=entry.text("info"),
    )


def _colour_space(data: bytes) -> str:
    """Return what the profile itself says it is a profile of. Raises LayoutError when it is none."""
    from PIL import ImageCms

    try:
        return ImageCms.ImageCmsProfile(BytesIO(data)).profile.xcolor_space.strip()
    except (OSError, ImageCms.PyCMSError) as problem:
        raise LayoutError(f"the colour profile cannot be read ({problem})") from None
