"""The colour profiles are what layouts/profiles/profiles.toml says."""

import tomllib
from hashlib import sha256
from typing import Any

import pytest
from PIL import Image, ImageCms

from publish.resources import layouts_directory

FOLDER = layouts_directory() / "profiles"
PROFILES: list[dict[str, Any]] = tomllib.loads(
    (FOLDER / "profiles.toml").read_text(encoding="utf-8")
)["profile"]

every_profile = pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile["name"])


def test_every_profile_in_the_folder_is_declared() -> None:
    assert {path.name for path in FOLDER.glob("*.icc")} == {entry["file"] for entry in PROFILES}


@every_profile
def test_a_profile_has_the_declared_hash_and_a_licence(profile: dict[str, Any]) -> None:
    assert sha256((FOLDER / profile["file"]).read_bytes()).hexdigest() == profile["sha256"]
    assert profile["licence"] in (FOLDER / profile["licence_file"]).read_text(encoding="utf-8")


@every_profile
def test_a_profile_has_the_declared_colour_space(profile: dict[str, Any]) -> None:
    opened = ImageCms.getOpenProfile(str(FOLDER / profile["file"]))
    assert opened.profile.xcolor_space.strip() == profile["colour_space"]
    assert len(profile["colour_space"]) == profile["components"]


@every_profile
def test_a_profile_may_be_an_output_intent_of_pdf_a(profile: dict[str, Any]) -> None:
    # ISO 19005-3, 6.2.3: a printer's or a monitor's profile, of ICC version below 5.
    opened = ImageCms.getOpenProfile(str(FOLDER / profile["file"])).profile
    assert opened.device_class.strip() in {"prtr", "mntr"}
    assert opened.version < 5


def test_the_srgb_profile_leaves_srgb_colours_as_they_are() -> None:
    colours = Image.new("RGB", (64, 64))
    pixels = [
        (red * 17, green * 17, blue * 17)
        for red in range(16)
        for green in range(16)
        for blue in range(16)
    ]
    colours.putdata(pixels)
    shown = ImageCms.profileToProfile(
        colours, str(FOLDER / "sRGB.icc"), ImageCms.createProfile("sRGB")
    )
    assert shown is not None
    after = shown.tobytes()
    assert max(abs(a - b) for a, b in zip(colours.tobytes(), after, strict=True)) <= 1
