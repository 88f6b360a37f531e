"""Makes what WeasyPrint has drawn grey, and refuses what is not.

Private to WeasyPrint 70.0, as reading_structure.py is: pages, groups and patterns are of its class
Stream, each a list of operators, and every colour of a style sheet is written as `r g b rg` or
`r g b RG`.
"""

import re
from io import BytesIO
from typing import Any

from publish.problems import RenderingError

_COLOUR = re.compile(rb"(\S+) (\S+) (\S+) (rg|RG)")
_OTHER = re.compile(rb"(?:.* )?(k|K|cs|CS|sc|SC|scn|SCN|sh)", re.DOTALL)
_NEUTRAL = 0.5 / 255  # a difference of channels that no device shows


def make_grey(pdf: Any) -> None:
    """Write every colour of all pages, groups and patterns as a grey, in place.

    Raises RenderingError, naming the colour, for one that is not neutral, and for gradients,
    patterns and colours of other spaces.
    """
    from weasyprint.pdf.stream import Stream

    for thing in pdf.objects:
        if isinstance(thing, Stream):
            thing.stream[:] = [
                _grey(operator) if isinstance(operator, bytes) else operator
                for operator in thing.stream
            ]
            if "Group" in thing.extra:
                thing.extra["Group"]["CS"] = "/DeviceGray"


def _grey(operator: bytes) -> bytes:
    if other := _OTHER.fullmatch(operator):
        raise RenderingError(
            f"the pages draw with the operator {other[1].decode()} where all must be grey",
            hint="Take the gradient, the pattern or the colour of another space out of the style.",
        )
    match = _COLOUR.fullmatch(operator)
    if match is None:
        return operator
    red, green, blue = (float(channel) for channel in match.groups()[:3])
    if max(red, green, blue) - min(red, green, blue) > _NEUTRAL:
        name = "#" + "".join(f"{round(channel * 255):02x}" for channel in (red, green, blue))
        raise RenderingError(
            f"the pages draw in {name} where all must be grey",
            hint=f"Write another colour for {name} in the product’s style.",
        )
    return b"%s %s" % (match[1], b"g" if match[4] == b"rg" else b"G")


def fetcher(**settings: Any) -> Any:
    """Return a WeasyPrint fetcher that hands every picture of pixels over in grey, on white."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class GreyFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            response = super().fetch(url, headers)
            kind = response.content_type
            if not kind.startswith("image/") or kind == "image/svg+xml":
                return response
            # Without the file's own address: WeasyPrint would take the picture from there again.
            return URLFetcherResponse(
                "data:,", _in_grey(response.read()), {"Content-Type": "image/png"}
            )

    return GreyFetcher(**settings)


def _in_grey(data: bytes) -> bytes:
    """Return a picture as a PNG of greys. One that Pillow cannot read is left to WeasyPrint's complaint."""
    from PIL import Image, UnidentifiedImageError

    try:
        picture = Image.open(BytesIO(data)).convert("RGBA")
    except (UnidentifiedImageError, OSError):
        return data
    white = Image.new("RGBA", picture.size, "white")
    written = BytesIO()
    Image.alpha_composite(white, picture).convert("L").save(written, "PNG")
    return written.getvalue()
