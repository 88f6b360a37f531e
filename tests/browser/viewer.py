"""Chromium's own PDF viewer, used as a reader uses it: open an address, click, drag, copy.

In: a browser and the address of a file. Out: what is shown, in the file's own pages and points.
All that is known of the viewer's insides stands in this module. They are nobody's promise; they
were seen with Chromium 156, whose viewer is an extension's page in a frame of its own.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Error, Frame, Page, Playwright

from tests.browser.places import Line, Place

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
# One group: with several workers, one of them starts the one browser.
IN_THE_BROWSER = [
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed: no edition opened"),
]

# The viewer is left out of a headless Chromium of the old kind, and of one without extensions;
# playwright asks for both.
NOT_ASKED_FOR = [
    "--headless",
    "--disable-extensions",
    "--disable-component-extensions-with-background-pages",
]
ASKED_FOR = [
    "--headless=new",
    "--disable-gpu",
    "--lang=en-US",
    # Nothing but this machine is asked, whatever proxy the environment names.
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
WINDOW = (1200, 900)  # CSS pixels
CSS_PX_PER_PT = 96 / 72  # CSS fixes 1in = 96px; PDF fixes 1in = 72pt; the viewer opens at 100 %

# The reading text's destinations stand 10 points above their first line, whose letters are up to
# 2.5 points lower than its box; the viewer adds its page's shadow, 3 pixels. A line of text more
# does not fit.
ROOM = 20.0
# A chapter's heading stands lower than the first line of a page.
SINKAGE = 50.0

# The answer to a question follows all that was asked and clicked before: the viewer's page and the
# plugin that draws speak in messages, one after the other. A position is kept as a fraction first
# and rounded when the plugin has scrolled, so it must stand still. Waiting is counted in frames.
SETTLE = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    let frames = 0;
    const wait = async (what) => {
        if (++frames > 1200) throw new Error(`after 1200 frames ${what}`);
        await frame();
    };
    const loaded = () => document.querySelector("pdf-viewer")?.getLoadSucceededForTesting?.();
    while (!loaded()) await wait("the file is not loaded, or the viewer is not the one we know");
    const viewer = document.querySelector("pdf-viewer");
    await viewer.currentController.getSelectedText();
    let still = 0;
    let last = viewer.viewport.position.y;
    while (still < 3) {
        await wait("the page still moves");
        const now = viewer.viewport.position.y;
        still = now === last ? still + 1 : 0;
        last = now;
    }
}"""
# → of the page at the view's upper edge: its number, and the pixels from that edge to its end
UPPER_EDGE = """() => {
    const viewport = document.querySelector("pdf-viewer").viewport;
    for (let index = 0; ; index++) {
        const page = viewport.getPageScreenRect(index);
        if (page.y + page.height > 0) return [index + 1, page.y + page.height];
    }
}"""
# page → its left and lower edge in the window, and the window's part in which pages are shown
PAGE_IN_WINDOW = """(number) => {
    const viewer = document.querySelector("pdf-viewer");
    const page = viewer.viewport.getPageScreenRect(number - 1);
    const shown = viewer.shadowRoot.querySelector("#plugin").getBoundingClientRect();
    return {
        left: shown.x + page.x,
        foot: shown.y + page.y + page.height,
        shown: [shown.left, shown.top, shown.right, shown.bottom],
    };
}"""
# → left edge and title of the bookmarks as they are shown, from top to bottom
BOOKMARKS = """() => {
    const listed = (root) =>
        [...root.querySelectorAll("viewer-bookmark")].flatMap(({shadowRoot}) => {
            const title = shadowRoot.querySelector("#title");
            return [[title.getBoundingClientRect().left, title.innerText], ...listed(shadowRoot)];
        });
    const part = (root, name) => root.querySelector(name).shadowRoot;
    const sidenav = part(part(document, "pdf-viewer"), "#sidenav");
    return listed(part(sidenav, "viewer-document-outline"));
}"""


@dataclass(frozen=True, slots=True)
class View:
    """What stands at the upper edge of the view: a page, and a height above its foot in points."""

    page: int
    height: float

    def begins_with(self, place: Place, room: float = ROOM) -> bool:
        """Say whether `place` is the first thing in view: all of it, and at most `room` above it."""
        return self.page == place.page and 0 <= self.height - place.top <= room


def start(playwright: Playwright) -> Browser:
    """Start the Chromium of this machine. Playwright's own is neither wanted nor fetched."""
    return playwright.chromium.launch(
        executable_path=CHROMIUM, args=ASKED_FOR, ignore_default_args=NOT_ASKED_FOR
    )


def new_window(browser: Browser) -> BrowserContext:
    """Return a window in which files may be copied from."""
    width, height = WINDOW
    context = browser.new_context(viewport={"width": width, "height": height}, locale="en-US")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    return context


class Viewer:
    """A tab with a file in Chromium's viewer. Every action returns when the view stands still."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self._tab: Page = context.new_page()
        with self._tab.expect_event("frameattached") as attached:
            self._tab.goto(address)
        self._frame: Frame = attached.value
        self._await_file()

    def close(self) -> None:
        """Close the tab."""
        self._tab.close()

    @property
    def view(self) -> View:
        """What stands at the upper edge now."""
        page, pixels = self._asked(UPPER_EDGE)
        return View(page, pixels / CSS_PX_PER_PT)

    @property
    def title(self) -> str:
        """The title in the viewer's toolbar."""
        return self._frame.locator("viewer-toolbar #title").inner_text()

    @property
    def tab_title(self) -> str:
        """The title on the browser's tab."""
        session = self._tab.context.new_cdp_session(self._tab)
        target: Mapping[str, Mapping[str, str]] = session.send("Target.getTargetInfo")
        session.detach()
        return target["targetInfo"]["title"]

    @property
    def selected(self) -> str:
        """The selected words."""
        reply = self._asked(
            '() => document.querySelector("pdf-viewer").currentController.getSelectedText()'
        )
        return str(reply["selectedText"])

    def bring(self, place: Place) -> None:
        """Turn to a place, so that it stands in the middle of the view."""
        self._tab.bring_to_front()
        self._asked(
            "([page, pixels]) => document.querySelector('pdf-viewer').viewport.goToPageAndXy("
            "page - 1, 0, Math.max(0, pixels))",
            [place.page, (self._height(place.page) - place.top) * CSS_PX_PER_PT - WINDOW[1] / 3],
        )
        self._settle()

    def click(self, place: Place) -> View:
        """Turn to a place, click in its middle, and return what is in view then."""
        self.bring(place)
        self._tab.mouse.click(*self._in_window(place.page, *place.middle))
        self._settle()
        return self.view

    def drag_over(self, line: Line) -> None:
        """Turn to a line, and drag from its first letter's left half to its last one's right half.

        The drag must end on the last letter: beyond it, pdfium takes the next line's first one too.
        """
        self.bring(line.first)
        height = line.first.middle[1]
        left = self._in_window(line.first.page, line.first.left + 1, height)
        right = self._in_window(line.last.page, line.last.right - 1, height)
        self._tab.mouse.move(*left)
        self._tab.mouse.down()
        self._tab.mouse.move(*right, steps=4)
        self._tab.mouse.up()
        self._settle()

    def copy(self) -> str:
        """Type Ctrl-C and return what the clipboard holds then; nothing when nothing is selected."""
        if not self.selected:
            return ""
        self._tab.evaluate("() => navigator.clipboard.writeText('')")
        self._tab.keyboard.press("Control+c")
        return str(
            self._tab.evaluate(
                """async () => {
                    for (let frames = 0; frames < 600; frames++) {
                        const held = await navigator.clipboard.readText();
                        if (held !== "") return held;
                        await new Promise(requestAnimationFrame);
                    }
                    throw new Error("after 600 frames the clipboard is empty");
                }"""
            )
        )

    def open_outline(self) -> list[tuple[int, str]]:
        """Show the bookmarks, all of them unfolded; return level and title, from top to bottom.

        The level is counted from 1 by how far a bookmark is indented.
        """
        self._tab.bring_to_front()
        self._frame.get_by_title("Document outline").click()
        folded = self._frame.locator("viewer-bookmark #expand[aria-expanded=false]:visible")
        while folded.count():
            folded.first.click()
        shown = self._asked(BOOKMARKS)
        indents = sorted({left for left, _ in shown})
        return [(indents.index(left) + 1, title) for left, title in shown]

    def click_bookmark(self, title: str) -> View:
        """Open the outline, click on a bookmark, and return what is in view then."""
        self.open_outline()
        titles = self._frame.locator("viewer-bookmark #title")
        titles.filter(has=self._frame.get_by_text(title, exact=True)).click()
        self._settle()
        return self.view

    def screenshot(self) -> Image.Image:
        """Return the window as it is seen."""
        return Image.open(BytesIO(self._tab.screenshot())).convert("L")

    def page_in_window(self, page: int) -> tuple[tuple[float, float], tuple[int, ...]]:
        """Return where a page's upper left corner lies in the window, and the part that shows pages.

        Both in pixels from the window's upper left; the part is left, top, right, bottom.
        """
        where = self._asked(PAGE_IN_WINDOW, page)
        corner = where["left"], where["foot"] - self._height(page) * CSS_PX_PER_PT
        return corner, tuple(round(edge) for edge in where["shown"])

    def _height(self, page: int) -> float:
        """Return a page's height in points, as the viewer lays it out."""
        pixels = self._asked(
            "(page) => document.querySelector('pdf-viewer').viewport.getPageScreenRect(page - 1)"
            ".height",
            page,
        )
        return float(pixels) / CSS_PX_PER_PT

    def _in_window(self, page: int, across: float, up: float) -> tuple[float, float]:
        """Return where a point of a page lies in the window. Raises LookupError when out of view."""
        where = self._asked(PAGE_IN_WINDOW, page)
        x, y = where["left"] + across * CSS_PX_PER_PT, where["foot"] - up * CSS_PX_PER_PT
        left, top, right, bottom = where["shown"]
        if not (left < x < right and top < y < bottom):
            raise LookupError(f"({across}, {up}) of page {page} is out of view")
        return x, y

    def _await_file(self) -> None:
        """Return when the file is loaded and the destination in its address is in view."""
        try:
            self._settle()
        except Error as error:
            # The frame is empty at first; a question asked then is cut off when the viewer comes.
            if "Execution context was destroyed" not in error.message:
                raise
            self._await_file()

    def _settle(self) -> None:
        self._asked(SETTLE)

    def _asked(self, script: str, argument: Any = None) -> Any:
        return self._frame.evaluate(script, argument)
