"""Whether a page is seen where the viewer says that it stands.

In: a screenshot, and pdfium's own picture of a page in the same scale. Out: how the two fit.
"""

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageStat

from tests.browser.viewer import Viewer

REACH = 4  # pixels to each side within which a better fit is looked for


@dataclass(frozen=True, slots=True)
class Fit:
    """How far (pixels) the seen page lies from its place, where it fits best; and if it is that page."""

    across: int
    down: int
    difference: float  # mean of the pixels' differences, 0 to 255
    of_blank: float  # the same, of a sheet with nothing on it

    @property
    def is_good(self) -> bool:
        """Say whether the page is seen in its place. One pixel is the rounding of two programs."""
        in_place = abs(self.across) <= 1 and abs(self.down) <= 1
        return in_place and self.difference < self.of_blank / 2


def fit(viewer: Viewer, page: int, drawn: Image.Image) -> Fit:
    """Return how what is seen of `page` fits `drawn`, pdfium's picture of it in the same scale."""
    (x, y), (left, top, right, bottom) = viewer.page_in_window(page)
    corner = round(x), round(y)
    # Of the window: what shows this page, less a margin in which the picture can be moved.
    part = (
        max(left, corner[0]) + REACH,
        max(top, corner[1]) + REACH,
        min(right, corner[0] + drawn.width) - REACH,
        min(bottom, corner[1] + drawn.height) - REACH,
    )
    seen = viewer.screenshot().crop(part)
    fits = []
    for across in range(-REACH, REACH + 1):
        for down in range(-REACH, REACH + 1):
            begin = part[0] - corner[0] - across, part[1] - corner[1] - down
            same = drawn.crop((*begin, begin[0] + seen.width, begin[1] + seen.height))
            fits.append((_difference(seen, same), across, down))
    difference, across, down = min(fits)
    return Fit(across, down, difference, _difference(seen, Image.new("L", seen.size, "white")))


def _difference(one: Image.Image, other: Image.Image) -> float:
    return ImageStat.Stat(ImageChops.difference(one, other)).mean[0]
