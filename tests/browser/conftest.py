"""Fixtures of the tests in a browser: one browser, finished editions, and tabs in which they are open."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, sync_playwright

from tests.browser.books import EVERY, Book, Plan
from tests.browser.shelf import Shelf, open_shelf
from tests.browser.viewer import Viewer, new_window, start
from tests.conftest import Finisher

# What is opened, at which of its destinations; the tab is closed when the test ends.
Opener = Callable[..., Viewer]


@pytest.fixture(scope="session")
def window() -> Iterator[BrowserContext]:
    """Return a window of the machine's Chromium."""
    with sync_playwright() as playwright, start(playwright) as browser:
        yield new_window(browser)


@pytest.fixture(scope="session")
def shelf() -> Iterator[Shelf]:
    """Return a shelf from which the browser takes files."""
    with open_shelf() as shelf:
        yield shelf


@pytest.fixture(scope="session", params=EVERY, ids=lambda plan: plan.name)
def book(request: pytest.FixtureRequest, finished: Finisher) -> Iterator[Book]:
    """Return each edition in turn."""
    plan: Plan = request.param
    book = Book(plan, finished(plan.seed, standard=plan.standard))
    yield book
    book.close()


@pytest.fixture(scope="session")
def viewer(book: Book, window: BrowserContext, shelf: Shelf) -> Iterator[Viewer]:
    """Return a tab with the edition, for tests that turn to a place before they do anything."""
    viewer = Viewer(window, shelf.lay(book.name, book.pdf))
    yield viewer
    viewer.close()


@pytest.fixture
def open_file(window: BrowserContext, shelf: Shelf) -> Iterator[Opener]:
    """Return a function that opens a file in a tab of its own, at a destination or at its start."""
    opened: list[Viewer] = []

    def open_it(name: str, pdf: bytes, destination: str = "") -> Viewer:
        fragment = f"#nameddest={destination}" if destination else ""
        opened.append(Viewer(window, shelf.lay(name, pdf) + fragment))
        return opened[-1]

    yield open_it
    for viewer in opened:
        viewer.close()
