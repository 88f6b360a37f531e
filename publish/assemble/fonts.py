"""Fonts of the finished file: embedded, named apart, and each code with its character.

In: the merged pages. Out: the same fonts, mended in place.
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256

from pypdf.generic import DictionaryObject, IndirectObject, PdfObject, StreamObject

from publish.assemble import to_unicode
from publish.assemble.merge import Merged
from publish.assemble.objects import array, dictionary, name
from publish.problems import AssemblyError

_PROGRAMS = ("/FontFile2", "/FontFile3", "/FontFile")
_TAG_LETTERS = 6  # ISO 32000-1, 9.6.4: six capitals and a plus sign
_ALPHABET = 26


def mend_fonts(merged: Merged) -> None:
    """Name every font apart from all others and make its ToUnicode sound, in place.

    Raises AssemblyError for a font that is not embedded, and for a code without a character.
    """
    for font, part in _fonts(merged):
        _rename(font, part)
        _mend_characters(font, part)


def _fonts(merged: Merged) -> Iterator[tuple[DictionaryObject, str]]:
    """Iterate over the fonts of pages, forms and patterns, each once, with a part that uses it."""
    seen: set[int] = set()
    for page, part in zip(merged.pages, merged.parts, strict=True):
        waiting: list[PdfObject] = [page.raw_get("/Resources")] if "/Resources" in page else []
        while waiting:
            resources = _unseen(waiting.pop(), seen)
            if resources is None:
                continue
            for font in _entries(resources, "/Font"):
                if (fresh := _unseen(font, seen)) is not None:
                    yield fresh, part
            for kind in ("/XObject", "/Pattern"):
                drawn = (_unseen(entry, seen) for entry in _entries(resources, kind))
                waiting += [
                    thing.raw_get("/Resources")
                    for thing in drawn
                    if thing and "/Resources" in thing
                ]


def _unseen(thing: PdfObject, seen: set[int]) -> DictionaryObject | None:
    """Return the dictionary that `thing` is or refers to, and None from the second time on."""
    if isinstance(thing, IndirectObject):
        if thing.idnum in seen:
            return None
        seen.add(thing.idnum)
    resolved = thing.get_object()
    return resolved if isinstance(resolved, DictionaryObject) else None


def _entries(resources: DictionaryObject, kind: str) -> list[PdfObject]:
    """Return the resources of one kind, references unresolved."""
    group = resources.get(kind, array(())).get_object()
    return list(group.values()) if isinstance(group, DictionaryObject) else []


def _rename(font: DictionaryObject, part: str) -> None:
    """Give a font, its descendant and its descriptor one name, with a tag that no other font has.

    ReportLab counts its tags from AAAAAA for each face, WeasyPrint takes them from the name of the
    face: two subsets of a face in one file would share a tag. Ours comes from the subset itself.
    """
    carriers = [font, *_descendants(font)]
    descriptor = carriers[-1].get("/FontDescriptor", dictionary({})).get_object()
    bare = str(font.get("/BaseFont", "/without a name")).removeprefix("/").rsplit("+", 1)[-1]
    program = next((descriptor[key] for key in _PROGRAMS if key in descriptor), None)
    if not isinstance(program, StreamObject):
        raise AssemblyError(
            f"the font {bare!r} of part {part!r} is not embedded",
            hint="Set the text in a face of fonts/fonts.toml.",
        )
    full = name(f"{_tag(bare, program.get_data())}+{bare}")
    for carrier in carriers:
        carrier[name("BaseFont")] = full
    descriptor[name("FontName")] = full


def _descendants(font: DictionaryObject) -> list[DictionaryObject]:
    """Return the one font below a composite font (ISO 32000-1, 9.7.6); none below a simple one."""
    descendants = font.get("/DescendantFonts", array(())).get_object()
    return [entry.get_object() for entry in descendants]


def _tag(bare: str, program: bytes) -> str:
    """Return six capitals for a subset: the same subset has the same tag, another one another."""
    number = int.from_bytes(sha256(bare.encode() + b"\0" + program).digest())
    letters = []
    for _ in range(_TAG_LETTERS):
        number, letter = divmod(number, _ALPHABET)
        letters.append(chr(ord("A") + letter))
    return "".join(letters)


def _mend_characters(font: DictionaryObject, part: str) -> None:
    """Write a font's ToUnicode anew: each code with its characters, soft hyphens as such."""
    face = str(font["/BaseFont"]).removeprefix("/")
    stream = font.get("/ToUnicode", array(())).get_object()
    if not isinstance(stream, StreamObject):
        raise AssemblyError(f"the codes of the font {face!r} of part {part!r} have no characters")
    # ReportLab maps code 0, and all codes that it has not given away, to U+0000: none is drawn.
    table = {
        code: characters
        for code, characters in to_unicode.read(stream.get_data()).items()
        if characters != "\0"
    }
    _check_characters(table, face, part)
    composite = str(font["/Subtype"]) == "/Type0"
    if composite:
        table = to_unicode.soften_hyphens(table)
    stream.set_data(to_unicode.write(table, code_bytes=2 if composite else 1))


def _check_characters(table: Mapping[int, str], font: str, part: str) -> None:
    for code, characters in table.items():
        if not characters or not to_unicode.NO_CHARACTERS.isdisjoint(characters):
            raise AssemblyError(
                f"code {code} of the font {font!r} of part {part!r} stands for {characters!r},"
                " which is no character"
            )
