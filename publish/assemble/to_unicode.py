"""ToUnicode: from the codes of a font to the characters they stand for (ISO 32000-1, 9.10.3).

In: the CMap as an engine wrote it. Out: a table of codes, and the CMap as the standards want it.
"""

import re
from collections.abc import Iterator, Mapping

HYPHEN = "\N{HYPHEN}"
SOFT_HYPHEN = "\N{SOFT HYPHEN}"

# ISO 19005-3, 6.2.11.7.2: no code may stand for one of these.
NO_CHARACTERS = frozenset({"\0", "\ufeff", "\ufffe"})

_BLOCK = 100  # entries of one bfchar block at most (Adobe Technical Note 5014, 1.4.1)

_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_CHARACTER = re.compile(rb"<([0-9A-Fa-f]*)>\s*<([0-9A-Fa-f]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")
_STRING = re.compile(rb"<([0-9A-Fa-f]*)>")


def read(cmap: bytes) -> dict[int, str]:
    """Return code → characters, as the CMap `cmap` has it."""
    table: dict[int, str] = {}
    for kind, body in _SECTION.findall(cmap):
        table.update(_characters(body) if kind == b"bfchar" else _ranges(body))
    return table


def _characters(body: bytes) -> Iterator[tuple[int, str]]:
    for code, target in _CHARACTER.findall(body):
        yield int(code, 16), _decode(target)


def _ranges(body: bytes) -> Iterator[tuple[int, str]]:
    for first, last, start, listed in _RANGE.findall(body):
        codes = range(int(first, 16), int(last, 16) + 1)
        if start:
            characters = _decode(start)
            for step, code in enumerate(codes):
                yield code, characters[:-1] + chr(ord(characters[-1]) + step)
        else:
            yield from zip(codes, map(_decode, _STRING.findall(listed)), strict=False)


def _decode(digits: bytes) -> str:
    # ReportLab writes a character above U+FFFF as its bare number, five digits, where UTF-16
    # has two groups of four (makeToUnicodeCMap in reportlab 5.1.0).
    if len(digits) % 4:
        return chr(int(digits, 16))
    return bytes.fromhex(digits.decode()).decode("utf-16-be")


def write(table: Mapping[int, str], code_bytes: int) -> bytes:
    """Return the CMap of `table` for codes of one or two bytes."""
    digits = 2 * code_bytes
    entries = [
        f"<{code:0{digits}X}> <{target.encode('utf-16-be').hex().upper()}>"
        for code, target in sorted(table.items())
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<{'0' * digits}> <{'F' * digits}>",
        "endcodespacerange",
    ]
    for start in range(0, len(entries), _BLOCK):
        block = entries[start : start + _BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end", ""]
    return "\n".join(lines).encode("ascii")


def soften_hyphens(table: Mapping[int, str]) -> dict[int, str]:
    """Return `table` with the hyphen that an engine set at a line's end as a soft hyphen.

    ISO 32000-1, 14.8.2.2.3: a hyphen that stands only because a line ended there is U+00AD, so that
    a reader joins the word again. WeasyPrint draws it as U+2010, a sign that no text of an edition
    has (the reading engine refuses it).
    """
    return {code: SOFT_HYPHEN if target == HYPHEN else target for code, target in table.items()}
