"""What a reader meets who opens the page for the web in Chromium: by eye, by keyboard, by ear, on paper."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from publish.departures import render
from publish.model import Scope
from tests.browser.shelf import Shelf
from tests.browser.viewer import IN_THE_BROWSER
from tests.conftest import SEED, SYNTHETIC
from tests.test_html import edition_of, page
from tests.web_judges import AXE, NEEDS_AXE

pytestmark = IN_THE_BROWSER

# WCAG 2.2, level AA, and what the makers of axe advise beside it.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, NARROW = 1280, 320  # CSS pixels; WCAG 2.2, 1.4.10: nothing is lost at 320
SEEDS = [SEED, SYNTHETIC]

# In a window of a width, in the light or the dark.
Opener = Callable[..., Page]


@pytest.fixture
def open_page(window: BrowserContext, shelf: Shelf) -> Iterator[Opener]:
    """Return a function that opens a page in a window of its own."""
    contexts: list[BrowserContext] = []
    assert window.browser

    def open_it(
        seed: Path = SEED, width: int = WIDE, scheme: Any = "light", place: str = ""
    ) -> Page:
        assert window.browser
        contexts.append(
            window.browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme, locale="en-US"
            )
        )
        tab = contexts[-1].new_page()
        tab.goto(shelf.lay("reading-html.html", page(seed)) + place)
        return tab

    yield open_it
    for context in contexts:
        context.close()


def violations(tab: Page) -> list[str]:
    tab.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = tab.evaluate(
        "tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })", TAGS
    )
    return [f"{v['id']}: {node['html'][:120]}" for v in found["violations"] for node in v["nodes"]]


@NEEDS_AXE
@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
@pytest.mark.parametrize(
    ("width", "scheme"), [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark")]
)
def test_axe_finds_no_violation(open_page: Opener, seed: Path, width: int, scheme: str) -> None:
    assert violations(open_page(seed, width, scheme)) == []


@NEEDS_AXE
def test_axe_finds_what_is_spoilt(open_page: Opener) -> None:
    tab = open_page(SYNTHETIC)
    tab.evaluate("document.documentElement.removeAttribute('lang')")
    tab.add_style_tag(content=".document { color: #999 }")
    found = {line.split(":")[0] for line in violations(tab)}
    assert {"html-has-lang", "color-contrast"} <= found


def test_nothing_is_asked_of_the_network(window: BrowserContext, shelf: Shelf) -> None:
    tab = window.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    address = shelf.lay("reading-html.html", page())
    tab.goto(address, wait_until="networkidle")
    tab.close()
    assert [url for url in asked if not url.startswith("data:")] == [address]


def selected(tab: Page, first: str, last: str) -> str:
    """Return what is copied when everything between two elements is selected, their words included."""
    copied: str = tab.evaluate(
        """([first, last]) => {
            const range = document.createRange();
            range.setStart(document.getElementById(first), 0);
            const end = document.getElementById(last);
            range.setEnd(end, end.childNodes.length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            return getSelection().toString();
        }""",
        [first, last],
    )
    return copied


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("block", ["p1", "p3", "p4", "p5", "p7", "p9"])
def test_a_copied_paragraph_is_the_documents_words_alone(
    open_page: Opener, width: int, block: str
) -> None:
    words = render(edition_of(SEED).document, Scope.READING).block(block).text
    assert selected(open_page(width=width), block, block) == words


def test_a_copied_note_has_its_words_without_number_and_place(open_page: Opener) -> None:
    copied = selected(open_page(), "note-inoperable", "note-inoperable")
    assert copied.strip().startswith("inoperable] What must come first")


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
@pytest.mark.parametrize("width", [NARROW, 375, 768, 1279, WIDE, 1920])
def test_no_width_of_a_window_makes_a_reader_scroll_sideways(
    open_page: Opener, seed: Path, width: int
) -> None:
    tab = open_page(seed, width)
    assert tab.evaluate("document.documentElement.scrollWidth") == width


def test_letters_of_twice_the_size_make_no_reader_scroll_sideways(open_page: Opener) -> None:
    tab = open_page(width=WIDE)
    tab.add_style_tag(content="html { font-size: 200% }")
    assert tab.evaluate("document.documentElement.scrollWidth") == WIDE


def test_the_first_key_offers_to_skip_to_the_text(open_page: Opener) -> None:
    tab = open_page()
    tab.keyboard.press("Tab")
    skip = tab.locator(":focus")
    assert skip.inner_text() == "Skip to the text"
    box = skip.bounding_box()
    assert box
    assert box["y"] >= 0
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_call_and_its_note_lead_to_each_other(open_page: Opener) -> None:
    tab = open_page(place="#call-quarantine")
    tab.locator("#call-quarantine").press("Enter")
    assert tab.url.endswith("#note-quarantine")
    tab.locator("#note-quarantine").locator("[role=doc-backlink]").press("Enter")
    assert tab.url.endswith("#call-quarantine")


def test_an_address_opens_at_its_paragraph(open_page: Opener) -> None:
    box = open_page(place="#p7").locator("#p7").bounding_box()
    assert box
    assert 0 <= box["y"] < 60


def test_a_listener_hears_the_number_of_a_paragraph_and_of_a_note(open_page: Opener) -> None:
    tab = open_page()
    assert 'link "Paragraph 2"' in tab.locator("#p2").aria_snapshot()
    assert '"Note 13"' in tab.locator("#p6").aria_snapshot()


def test_the_document_alone_is_in_the_serif_of_its_words(open_page: Opener) -> None:
    tab = open_page()
    face = "element => getComputedStyle(element).fontFamily.split(',')[0]"
    document, editors = (
        tab.locator(at).first.evaluate(face) for at in ("#p3", "#note-turkey > p:last-child")
    )
    assert document != editors
    assert tab.locator("#p3 .number").evaluate(face) == editors


def test_print_leaves_the_contents_out(open_page: Opener) -> None:
    tab = open_page()
    tab.emulate_media(media="print")
    assert not tab.locator("nav").is_visible()
    assert tab.locator("#p3 .number").is_visible()
