"""The Nu Html Checker, which validates HTML for the W3C, reads our pages."""

from pathlib import Path

import pytest

from tests.conftest import SEED
from tests.test_editable_handout import file
from tests.test_html import SEEDS, page
from tests.web_judges import NEEDS_CHECKER, told_by_checker

pytestmark = [NEEDS_CHECKER, pytest.mark.slow]


def lay(folder: Path, data: bytes, name: str = "page.html") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_the_checker_has_nothing_to_say(tmp_path: Path) -> None:
    pages = [lay(tmp_path, page(seed), f"{seed.name}.html") for seed in SEEDS]
    assert told_by_checker(*pages) == []


def test_the_checker_has_nothing_to_say_of_a_handout_to_copy_from(tmp_path: Path) -> None:
    pages = [
        lay(tmp_path, file(seed, "handout-html"), f"handout-{seed.name}.html") for seed in SEEDS
    ]
    pages.append(lay(tmp_path, file(SEED, "handout-adapted-html"), "adapted.html"))
    assert told_by_checker(*pages) == []


def test_the_checker_says_what_is_wrong_with_a_damaged_page(tmp_path: Path) -> None:
    damaged = page(SEEDS[1]).replace(b'<ol class="items">', b'<ol class="items"><p>Loose</p>', 1)
    assert any("not allowed as child of element" in line.replace("“", "").replace("”", "")
               for line in told_by_checker(lay(tmp_path, damaged)))  # fmt: skip
