"""Programs of others that judge our pages: the Nu Html Checker and axe-core, as `make web-judges` fetches them."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

_FETCHED = ROOT / ".cache" / "web" / "node_modules"
CHECKER = _FETCHED / "vnu-jar" / "build" / "dist" / "vnu.jar"
AXE = _FETCHED / "axe-core" / "axe.min.js"

NEEDS_CHECKER = pytest.mark.skipif(
    not (CHECKER.is_file() and shutil.which("java")),
    reason="the Nu Html Checker or Java is not here (make web-judges): no page validated",
)
NEEDS_AXE = pytest.mark.skipif(
    not AXE.is_file(), reason="axe-core is not here (make web-judges): no page examined"
)


def told_by_checker(*pages: Path) -> list[str]:
    """Return what the Nu Html Checker has to say of the pages: errors, warnings and all else."""
    ended = subprocess.run(
        ["java", "-jar", str(CHECKER), "--format", "json", "--stdout", *map(str, pages)],
        check=False,
        capture_output=True,
        text=True,
    )
    said: dict[str, Any] = json.loads(ended.stdout)
    return [
        f"{one['type']}, line {one.get('lastLine')}: {one['message']}" for one in said["messages"]
    ]
