"""A bag: files in a folder that says what it holds and proves it (BagIt 1.0, RFC 8493).

In: the payload's files by name, and what the bag says of itself. Out: every file of the bag by its name, the
same for the same input. Nothing is written here.
"""

import re
from collections.abc import Iterable, Mapping
from hashlib import new

DECLARATION = "bagit.txt"
INFORMATION = "bag-info.txt"
PAYLOAD = "data"
ALGORITHMS = ("sha256", "sha512")

_WIDTH = 79  # characters of a line of bag-info.txt (RFC 8493, 2.2.2, recommends fewer than 80)


def bag(payload: Mapping[str, bytes], information: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """Return the files of a bag by their names within it, in order of name.

    `payload` has names with / between folders, as they are to stand under data/. `information` is label
    and value for bag-info.txt in the order in which they are read; Payload-Oxum is added
    (RFC 8493, 2.2.2). Raises ValueError for a name that leads out of the bag, has a line end, or a percent
    sign: RFC 8493, 2.1.3, has it written %25 in manifests, and not every program reads it so (bagit 1.9.0).
    """
    for name in payload:
        if re.search(r"^/|(?:^|/)\.\.(?:/|$)|%", name) or not name.isprintable():
            raise ValueError(f"{name!r} is no name of a file within a bag")
    files = {f"{PAYLOAD}/{name}": data for name, data in sorted(payload.items())}
    tags = {
        DECLARATION: b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        INFORMATION: _information([*information, ("Payload-Oxum", _oxum(payload))]),
        **{f"manifest-{name}.txt": _manifest(name, files) for name in ALGORITHMS},
    }
    tags |= {f"tagmanifest-{name}.txt": _manifest(name, tags) for name in ALGORITHMS}
    return dict(sorted((tags | files).items()))


def _oxum(payload: Mapping[str, bytes]) -> str:
    return f"{sum(map(len, payload.values()))}.{len(payload)}"


def _manifest(algorithm: str, files: Mapping[str, bytes]) -> bytes:
    lines = (
        f"{new(algorithm, data).hexdigest()}  {name}\n" for name, data in sorted(files.items())
    )
    return "".join(lines).encode("utf-8")


def _information(entries: Iterable[tuple[str, str]]) -> bytes:
    return "".join(_entry(label, value) for label, value in entries).encode("utf-8")


def _entry(label: str, value: str) -> str:
    """Return an entry of bag-info.txt; a long one goes on in lines that begin with two spaces."""
    lines = [f"{label}:"]
    for word in value.split():
        if len(lines[-1]) + 1 + len(word) > _WIDTH and lines[-1].strip():
            lines.append(" ")
        lines[-1] += f" {word}"
    return "\n".join(lines) + "\n"
