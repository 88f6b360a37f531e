"""What leaves the house: the sdist, the wheel, the lock files, and bytes through git."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
SEED_ID = "kennedy-khrushchev-1962-10-27"
# One worker makes the wheel and installs it, and runs what needs it.
pytestmark = pytest.mark.xdist_group("distribution")

LOCKED = re.compile(
    r"^([a-z0-9-]+)==([^ ;\\]+)[^\n]*\\\n((?: +--hash=sha256:[0-9a-f]{64}[ \\]*\n)+)"
)


def run(*command: str | Path, folder: Path, environment: Mapping[str, str] | None = None) -> str:
    """Return what a command prints; what it says of a failure becomes the test's message."""
    clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env={**clean, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{command[0]} ended with {done.returncode}: {done.stderr[-2000:]}"
    return done.stdout


def locked(name: str) -> dict[str, str]:
    """Return the packages of a lock file that have a version and a hash: name → version."""
    text = (ROOT / name).read_text("utf-8")
    lines = re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE)
    entries = re.findall(LOCKED.pattern, lines + "\n", flags=re.MULTILINE)
    return {canonicalize_name(package): version for package, version, _ in entries}


def declared(group: str) -> list[Requirement]:
    """Return what pyproject.toml asks for at run time, or in an extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = (
        project["dependencies"] if group == "run time" else project["optional-dependencies"][group]
    )
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("requirement", declared("run time"), ids=lambda r: r.name)
def test_a_run_time_dependency_is_locked_within_its_range(requirement: Requirement) -> None:
    version = locked("requirements.lock")[canonicalize_name(requirement.name)]
    assert requirement.specifier.contains(version)


@pytest.mark.parametrize("requirement", declared("dev"), ids=lambda r: r.name)
def test_a_development_dependency_is_locked_within_its_range(requirement: Requirement) -> None:
    version = locked("requirements-dev.lock")[canonicalize_name(requirement.name)]
    assert requirement.specifier.contains(version)


def test_the_press_is_tested_with_the_versions_that_it_runs_with() -> None:
    tested = locked("requirements-dev.lock")
    assert {name: tested.get(name) for name in locked("requirements.lock")} == locked(
        "requirements.lock"
    )


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_file_names_no_place_to_fetch_from(name: str) -> None:
    assert "://" not in (ROOT / name).read_text("utf-8")


def test_a_package_under_the_affero_licence_is_not_needed_to_run() -> None:
    assert "pymupdf" not in locked("requirements.lock")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
@pytest.mark.parametrize("folder", ["seeds/someone", "tests/seeds/someone"])
def test_git_never_touches_the_bytes_of_a_transcription(folder: str, tmp_path: Path) -> None:
    written = b"\xef\xbb\xbfone\r\ntwo\nthree\r"
    file = tmp_path / folder / "telegram.txt"
    file.parent.mkdir(parents=True)
    file.write_bytes(written)
    shutil.copy(ROOT / ".gitattributes", tmp_path)
    # A Windows clone's setting: without our attributes, git would change every line end.
    git = ("git", "-c", "core.autocrlf=true", "-c", "user.name=T", "-c", "user.email=t@example.org")
    run(*git, "init", "--quiet", folder=tmp_path)
    run(*git, "add", ".", folder=tmp_path)
    run(*git, "commit", "--quiet", "--message", "bytes", folder=tmp_path)
    file.unlink()
    run(*git, "checkout", "--quiet", "--", ".", folder=tmp_path)
    assert file.read_bytes() == written


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel that is built from the sdist that is built from this checkout."""
    folder = tmp_path_factory.mktemp("distribution")
    # Without a target, `build` makes the sdist, unpacks it elsewhere and builds the wheel there.
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, folder=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an empty environment into which pip has installed the wheel.

    The dependencies are lent by the environment of the tests, so that no network is needed: a path
    file adds its folder, but the path files within that folder, one of which names this checkout,
    are not followed.
    """
    folder = tmp_path_factory.mktemp("empty-environment")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    run(python, "-m", "pip", "install", "--no-index", "--no-deps", wheel, folder=folder)
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(run(python, "-c", question, folder=folder).strip())
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return python


@pytest.mark.slow
def test_the_wheel_carries_layouts_fonts_the_sample_seed_and_the_licence(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        f"publish/data/{path.relative_to(ROOT).as_posix()}"
        for folder in (ROOT / "layouts", ROOT / "fonts", ROOT / "seeds" / SEED_ID)
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert wanted - names == set()
    assert any(name.endswith("dist-info/licenses/LICENSE") for name in names)


@pytest.mark.slow
def test_the_wheel_carries_every_module(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "publish").rglob("*.py")}
    assert modules - names == set()


@pytest.mark.slow
def test_the_installed_press_runs_from_its_own_files(installed: Path, tmp_path: Path) -> None:
    place = run(installed, "-c", "import publish; print(publish.__file__)", folder=tmp_path)
    assert Path(place.strip()).is_relative_to(installed.parent.parent)


@pytest.mark.slow
def test_the_installed_press_gives_the_same_bytes_as_the_checkout(
    installed: Path, tmp_path: Path
) -> None:
    empty, here = tmp_path / "empty", tmp_path / "checkout"
    empty.mkdir()
    publish = installed.parent / "publish"
    run(publish, "build", SEED_ID, folder=empty)
    press = (sys.executable, "-m", "publish", "build", f"seeds/{SEED_ID}", "--out", here)
    run(*press, folder=ROOT)
    built = [folder / SEED_ID / "edition.pdf" for folder in (empty / "out", here)]
    first, second = (hashlib.sha256(path.read_bytes()).hexdigest() for path in built)
    assert first == second
