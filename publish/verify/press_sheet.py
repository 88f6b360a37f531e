"""What a print shop's preflight asks of a sheet: boxes, plates, ink, pictures, sizes of type, output intent.

In: a finished file that claims PDF/X, with or without its record. Out: what a shop would send it back for.
Of other files nothing of this is asked.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageChops

from publish.problems import PromiseError
from publish.promises import ExpectedPress
from publish.verify.description import read
from publish.verify.objects import Stream
from publish.verify.outcome import Examined, Found, broken, kept, not_checked
from publish.verify.plates import EVERY_PLATE, Corners, Painted, Painting, painting
from publish.verify.reading_back import FinishedFile

_NEAR: Final = 0.01  # points
_BOXES: Final = ("MediaBox", "BleedBox", "TrimBox")
_FOUR: Final = "DeviceCMYK"
_NUMBERED: Final = f"Indexed {_FOUR}"  # a picture whose pixels number builds of four plates
_REGISTRATION: Final = f"Separation {EVERY_PLATE}"
_MOST_INK: Final = 300.0  # percent, where no record says less
_ROUNDING: Final = 1.7  # percent: the plates of a picture are added in whole steps of 255
_LEAST_PIXELS: Final = 150.0
_PRESS_CLASS: Final = b"prtr"  # ICC.1:2010, 7.2.5


def for_press(examined: Examined) -> bool:
    """Say whether the file claims to be one for a press, by its record or by its own metadata."""
    if examined.record is not None:
        return any(claim.startswith("pdfx") for claim in examined.record.claims)
    packet = examined.file.objects.get(examined.file.objects.root.get("Metadata"))
    if type(packet) is not Stream:
        return False
    try:
        said = read(examined.file.objects.data(packet))
    except PromiseError:
        return False
    return any(key.startswith("pdfxid:") for key, _ in said.identification)


def boxes_stand(examined: Examined) -> Iterator[Found]:
    """The page begins at 0, 0; the cut lies in the bleed, the bleed in the page; as promised, to 0.01 pt."""
    file = examined.file
    for page in range(file.page_count):
        found = {key: _box(file, page, key) for key in _BOXES}
        faults = [f"the page has no {key}" for key in _BOXES if len(found[key]) != 4]
        faults = faults or list(_misplaced(found, _promised(examined, page)))
        for fault in faults:
            yield broken(fault, file.page_name(page))
    yield kept("")


def _misplaced(
    found: Mapping[str, tuple[float, ...]], promised: ExpectedPress | None
) -> Iterator[str]:
    media, bleed, trim = (found[key] for key in _BOXES)
    if max(abs(media[0]), abs(media[1])) > _NEAR:
        yield f"the page begins at {media[0]:g}, {media[1]:g}, not at 0, 0"
    for inner, outer, words in ((trim, bleed, "cut"), (bleed, media, "bleed")):
        if not _within(inner, outer):
            yield f"the {words} reaches beyond what should hold it"
    for key, corners in (
        (("TrimBox", promised.trim), ("BleedBox", promised.bleed)) if promised else ()
    ):
        if any(abs(a - b) > _NEAR for a, b in zip(found[key], corners, strict=True)):
            yield f"the {key} is {', '.join(f'{corner:g}' for corner in found[key])}, not as promised"


def four_plates_alone(examined: Examined) -> Iterator[Found]:
    """Everything is painted in four plates; marks that stand on every plate stand outside the bleed."""
    file = examined.file
    for page in range(file.page_count):
        drawn, bleed = _painting(file, page), _box(file, page, "BleedBox")
        for fault in dict.fromkeys(drawn.faults):
            yield broken(fault, file.page_name(page))
        spaces: dict[str, int] = {}
        for mark in drawn.marks:
            inside = len(bleed) == 4 and _meets(mark.box, bleed)
            numbered = mark.kind == "picture" and mark.ink.space == _NUMBERED
            if (
                numbered
                or mark.ink.space == _FOUR
                or (mark.ink.space == _REGISTRATION and not inside)
            ):
                continue
            spaces[mark.ink.space] = spaces.get(mark.ink.space, 0) + 1
        for space, times in spaces.items():
            where = " within the bleed" if space == _REGISTRATION else ""
            yield broken(f"{times} marks are painted in {space}{where}", file.page_name(page))
        yield kept(f"{len(drawn.marks)} marks")


def ink_within_limit(examined: Examined) -> Iterator[Found]:
    """No place within the bleed takes more ink than the press dries."""
    file = examined.file
    for page in range(file.page_count):
        promised = _promised(examined, page)
        limit = promised.ink if promised else _MOST_INK
        most, what = most_ink(file, page)
        if most > limit + _ROUNDING:
            yield broken(
                f"a {what} takes {most:.0f} % of ink, more than {limit:g} %", file.page_name(page)
            )
        yield kept(f"at most {most:.0f} % of {limit:g} %")


def pictures_fine_enough(examined: Examined) -> Iterator[Found]:
    """Every picture has the pixels that its size on the sheet asks for."""
    file = examined.file
    for page in range(file.page_count):
        promised = _promised(examined, page)
        least = promised.pixels_per_inch if promised else _LEAST_PIXELS
        found = [mark.size for mark in _painting(file, page).marks if mark.kind == "picture"]
        for fine in found:
            if fine < least - 0.5:
                yield broken(
                    f"a picture has {fine:.0f} pixels to the inch, not {least:g}",
                    file.page_name(page),
                )
        yield kept(
            f"1 picture, {found[0]:.0f} pixels to the inch"
            if len(found) == 1
            else f"{len(found)} pictures"
            + (f", the coarsest of {min(found):.0f} pixels to the inch" if found else "")
        )


def type_large_enough(examined: Examined) -> Iterator[Found]:
    """Outside the reconstruction no type within the cut is smaller than the promised size."""
    file = examined.file
    for page in range(file.page_count):
        promised = _promised(examined, page)
        if promised is None:
            yield not_checked("the record does not say where the reconstruction lies")
            continue
        sizes = [
            mark.size
            for mark in _painting(file, page).marks
            if mark.kind == "text"
            and _starts_in(mark, promised.trim)
            and not _starts_in(mark, promised.facsimile)
        ]
        if not sizes:
            yield not_checked("there is no type, only its outlines")
            continue
        if min(sizes) < promised.smallest - _NEAR:
            yield broken(
                f"type of {min(sizes):.1f} pt stands on the panel; the least is {promised.smallest:g} pt",
                file.page_name(page),
            )
        yield kept(f"the smallest is {min(sizes):.1f} pt")


def press_is_named(examined: Examined) -> Iterator[Found]:
    """The file names the press it is made for, by a profile of it (ISO 15930-7, 6.8), and is not trapped."""
    objects = examined.file.objects
    intents = [
        objects.dictionary(each) for each in objects.array(objects.root.get("OutputIntents"))
    ]
    ours = [intent for intent in intents if objects.get(intent.get("S")) == "GTS_PDFX"]
    if len(ours) != 1:
        yield broken(f"{len(ours)} output intents name the press, not one")
        return
    condition = objects.text(ours[0].get("OutputConditionIdentifier")) or ""
    profile = objects.get(ours[0].get("DestOutputProfile"))
    if not condition:
        yield broken("the output intent names no printing condition")
    if type(profile) is not Stream:
        yield broken("the output intent has no colour profile")
        return
    data = objects.data(profile)
    if data[12:20] != _PRESS_CLASS + b"CMYK" or objects.get(profile.dictionary.get("N")) != 4:
        yield broken("the profile of the output intent is not one of a press with four plates")
    information = objects.dictionary(objects.trailer.get("Info"))
    if objects.get(information.get("Trapped")) != "False":
        yield broken("the file does not say that it is not trapped")
    for page, dictionary in enumerate(examined.file.pages):
        if objects.array(dictionary.get("Annots")):
            yield broken("an annotation stands on the sheet", examined.file.page_name(page))
    yield kept(condition)


# What is painted


@lru_cache(maxsize=2)
def _painting(file: FinishedFile, page: int) -> Painting:
    return painting(file.objects, file.pages[page])


def most_ink(file: FinishedFile, page: int) -> tuple[float, str]:
    """Return the most ink of a place within the bleed, in percent, and what lays it on.

    What is knocked out lays on its own ink. What prints over adds, on the plates that it leaves alone, the ink
    that lies where it begins: of a fill that covers its box, else of the sheet.
    """
    bleed = _box(file, page, "BleedBox")
    grounds: list[tuple[Corners, tuple[float, ...]]] = []
    most, what = 0.0, "mark"
    for mark in _painting(file, page).marks:
        if len(bleed) == 4 and not _meets(mark.box, bleed):
            continue
        plates, total = (
            _picture_ink(file, mark) if mark.picture else (mark.ink.plates, sum(mark.ink.plates))
        )
        if len(plates) != 4:
            continue
        if mark.over:
            below = _lies_at(grounds, mark.box[0], (mark.box[1] + mark.box[3]) / 2)
            total = sum(own or under for own, under in zip(plates, below, strict=True))
        if mark.rectangle or mark.picture:
            grounds.append((mark.box, plates))
        if total > most:
            most, what = total, mark.kind
    return most * 100, what


def _lies_at(
    grounds: list[tuple[Corners, tuple[float, ...]]], x: float, y: float
) -> tuple[float, ...]:
    for (left, bottom, right, top), plates in reversed(grounds):
        if left <= x <= right and bottom <= y <= top:
            return plates
    return 0.0, 0.0, 0.0, 0.0


@lru_cache(maxsize=8)
def _plates_of(raw: bytes) -> tuple[tuple[float, ...], float]:
    """Return the most ink of each plate of a JPEG, and the most of a pixel of it."""
    try:
        with Image.open(BytesIO(raw)) as image:
            if image.mode != "CMYK":
                return (), 0.0
            cyan, magenta, yellow, black = image.split()
    except (OSError, Image.DecompressionBombError) as problem:
        raise PromiseError(f"a picture cannot be read ({problem})") from None
    halves = (ImageChops.add(cyan, magenta, scale=2), ImageChops.add(yellow, black, scale=2))
    whole = ImageChops.add(*halves, scale=2)
    extrema = [band.getextrema()[1] for band in (cyan, magenta, yellow, black)]
    return tuple(float(value) / 255 for value in extrema), float(whole.getextrema()[1]) * 4 / 255  # type: ignore[arg-type]


def _picture_ink(file: FinishedFile, mark: Painted) -> tuple[tuple[float, ...], float]:
    """Return the most ink of each plate of a picture, and the most of a pixel of it."""
    if mark.ink.space.startswith("Indexed ") and mark.picture is not None:
        return _ink_of_builds(file, mark.picture) if mark.ink.space == _NUMBERED else ((), 0.0)
    return _plates_of(_jpeg(file, mark))


def _ink_of_builds(file: FinishedFile, drawn: Stream) -> tuple[tuple[float, ...], float]:
    """Return the same of the builds that a picture's pixels number, whether or not a pixel has them."""
    space = file.objects.array(drawn.dictionary.get("ColorSpace"))
    held = file.objects.get(space[3]) if len(space) > 3 else None
    listed = file.objects.data(held) if type(held) is Stream else held
    if type(listed) is not bytes or not listed or len(listed) % 4:
        raise PromiseError("a picture’s list of builds cannot be read, and its ink is not known")
    builds = [listed[at : at + 4] for at in range(0, len(listed), 4)]
    plates = tuple(max(build[plate] for build in builds) / 255 for plate in range(4))
    return plates, max(sum(build) for build in builds) / 255


def _jpeg(file: FinishedFile, mark: Painted) -> bytes:
    """Return the bytes of a picture that is coded as JPEG alone. Raises PromiseError for another coding."""
    drawn = mark.picture
    codings = (
        []
        if drawn is None
        else [file.objects.get(c) for c in file.objects.array(drawn.dictionary.get("Filter"))]
    )
    if drawn is None or codings != ["DCTDecode"]:
        raise PromiseError("a picture is coded otherwise than as JPEG, and its ink is not known")
    return drawn.raw


# Where it lies


def _box(file: FinishedFile, page: int, key: str) -> tuple[float, ...]:
    objects = file.objects
    listed = (objects.get(entry) for entry in objects.array(file.pages[page].get(key)))
    return tuple(float(number) for number in listed if isinstance(number, int | float))


def _promised(examined: Examined, page: int) -> ExpectedPress | None:
    record = examined.record
    return record.press[page] if record is not None and page < len(record.press) else None


def _within(inner: tuple[float, ...], outer: tuple[float, ...]) -> bool:
    return (
        inner[0] >= outer[0] - _NEAR and inner[1] >= outer[1] - _NEAR
        and inner[2] <= outer[2] + _NEAR and inner[3] <= outer[3] + _NEAR
    )  # fmt: skip


def _meets(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _starts_in(mark: Painted, box: tuple[float, ...]) -> bool:
    x, y = mark.box[0], mark.box[1] + 0.25 * mark.size
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
