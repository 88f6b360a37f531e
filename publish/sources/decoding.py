"""From the bytes of a transcription to its text, refusing what is not a transcription; the editors' Markdown too."""

import re
from pathlib import Path

from publish.problems import SourceError, Where, where_in

LARGEST_TRANSCRIPTION = 4_000_000  # bytes; the longest telegrams of FRUS are below 200,000
LONGEST_LINE = 200_000  # characters; a longer one is a file of another kind

# The controls of ASCII and Latin-1 but tab, line feed and carriage return; and the two line ends
# that only Unicode knows, since a line has to end for everyone where it ends for us.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_LONE_RETURN = re.compile(r"\r(?!\n)")


def check_size(size: int, path: str) -> None:
    """Raise SourceError for a file of more bytes than any telegram has."""
    if size > LARGEST_TRANSCRIPTION:
        raise SourceError(
            f"the transcription has {size:,} bytes; at most {LARGEST_TRANSCRIPTION:,} are read",
            where=Where(path),
            hint="Is this the right file? A volume of telegrams is read one telegram at a time.",
        )


def decode(data: bytes, path: str) -> str:
    """Return the text of a transcription's bytes; a byte-order mark and carriage returns stay in it.

    Raises SourceError for what is not UTF-8 text: empty and binary files, UTF-16, control characters,
    and lines or files of a size that no telegram has.
    """
    if not data.strip():
        raise SourceError(
            "the transcription is empty", where=Where(path), hint="Put the telegram’s text in it."
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError(
            "the transcription is UTF-16", where=Where(path), hint="Save it as UTF-8."
        )
    check_size(len(data), path)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        raise SourceError(
            f"byte {problem.start} (0x{data[problem.start]:02x}) is not UTF-8",
            where=Where(path, line),
            hint="Save the transcription as UTF-8.",
        ) from None
    if control := CONTROL.search(text):
        raise SourceError(
            f"the control character U+{ord(control[0]):04X} stands in the text",
            where=where_in(path, text, control.start()),
            hint="Take it out; a transcription holds printed characters, spaces and line ends only.",
        )
    if lone := _LONE_RETURN.search(text):
        raise SourceError(
            "a carriage return stands without its line feed",
            where=where_in(path, text, lone.start()),
            hint="Save the transcription with line ends of Unix or Windows.",
        )
    for number, words in enumerate(text.splitlines(), 1):
        if len(words) > LONGEST_LINE:
            raise SourceError(
                f"the line has {len(words):,} characters",
                where=Where(path, number),
                hint="Is this the right file?",
            )
    return text


def read_editors_text(path: Path) -> str:
    """Return the text of a file in the editors' Markdown. An editor's byte-order mark is no part of it.

    Raises SourceError for what cannot be read, is not UTF-8, or holds a control character.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise SourceError(
            f"byte {problem.start} is not UTF-8", where=Where(str(path)), hint="Save it as UTF-8."
        ) from None
    except OSError as problem:
        raise SourceError(f"cannot be read: {problem.strerror}", where=Where(str(path))) from None
    if control := CONTROL.search(text):
        raise SourceError(
            f"the control character U+{ord(control[0]):04X} stands in the text",
            where=where_in(str(path), text, control.start()),
            hint="Take it out.",
        )
    return text
