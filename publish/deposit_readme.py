"""The page for whoever opens a deposit long after: what it is, how to check it, how to read it.

In: layouts/deposit/README.txt, paragraphs with names in braces, and a Job. Out: plain text.
"""

import textwrap
from pathlib import Path

from publish import __version__, promises
from publish.layouts import Job
from publish.problems import LayoutError, Where, nearest
from publish.resources import layouts_directory

_WIDTH = 76  # characters of a line: what any screen and any printer has


def readme(job: Job, pages: int, layouts: Path | None = None) -> str:
    """Return README.txt in lines of at most 76 characters; a paragraph with nothing in it is left out.

    Raises LayoutError where the template is not there, or has a name in braces that nothing stands for.
    """
    path = (layouts or layouts_directory()) / "deposit" / "README.txt"
    words = _words(job, pages)
    try:
        text = path.read_text("utf-8").format_map(words)
    except OSError as problem:
        raise LayoutError(f"cannot be read: {problem.strerror}", where=Where(str(path))) from None
    except KeyError as name:
        hint = nearest(str(name.args[0]), sorted(words))
        raise LayoutError(
            f"nothing stands for {{{name.args[0]}}}", where=Where(str(path)), hint=hint
        ) from None
    return "\n\n".join(_set(block) for block in text.split("\n\n") if block.strip()) + "\n"


def _words(job: Job, pages: int) -> dict[str, str]:
    edition = job.edition
    source = edition.document.source
    made = f"Version {edition.version}"
    if edition.released:
        made += f", released on {edition.released.isoformat()}"
    editors = ", ".join(map(str, edition.editors))
    return {
        "title": ": ".join(filter(None, (edition.title, edition.subtitle))),
        "made": f"{made}. Edited by {editors}." if editors else f"{made}.",
        "subject": edition.subject,
        "file": job.file_name,
        "pages": str(pages),
        "standards": " and ".join(claim.title for claim in job.standard.claims),
        "transcription": source.name,
        "sha256": source.sha256,
        "id": edition.id,
        "record": promises.path_beside(Path(job.file_name)).name,
        "press": __version__,
        "rights": "\n\n".join(edition.rights),
    }


def _set(block: str) -> str:
    """Return a paragraph in lines; a head is underlined, and what is indented stays as it is."""
    if block.startswith("# "):
        head = textwrap.fill(block.strip().removeprefix("# "), _WIDTH)
        return f"{head}\n{'-' * max(map(len, head.splitlines()))}"
    if block.startswith("    "):
        return block.rstrip()
    return textwrap.fill(block.strip(), _WIDTH, break_long_words=False, break_on_hyphens=False)
