"""The versions of what draws and writes: part of the record, since they are part of the input."""

import platform
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

_LIBRARIES = ("fonttools", "pillow", "pypdf", "pypdfium2", "reportlab", "weasyprint")


def library_versions() -> dict[str, str]:
    """Return the versions of the libraries that draw and write, for the build record.

    Pango and HarfBuzz are the system's; they are asked through the copy that WeasyPrint has loaded,
    and are left out where nothing has been set with it.
    """
    found = {"python": platform.python_version()}
    for library in _LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            continue
    if "weasyprint.text.ffi" in sys.modules:
        found |= _text_libraries()
    return found


def _text_libraries() -> dict[str, str]:
    from weasyprint.text.ffi import harfbuzz, pango

    number = int(pango.pango_version())  # 15012 is 1.50.12 (PANGO_VERSION_ENCODE)
    # WeasyPrint declares no function that tells HarfBuzz's version, only one that compares with it.
    fields: list[int] = []
    for _ in range(3):
        fields.append(
            _largest(lambda tried: bool(harfbuzz.hb_version_atleast(*[*fields, tried, 0, 0][:3])))
        )
    return {
        "pango": f"{number // 10000}.{number // 100 % 100}.{number % 100}",
        "harfbuzz": ".".join(str(field) for field in fields),
    }


def _largest(holds: Callable[[int], bool]) -> int:
    """Return the largest number below 1024 for which `holds`, which holds for 0, is still true."""
    low, high = 0, 1024
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low
