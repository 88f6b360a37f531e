"""Reads TEI that this press wrote (exports/tei.py). TEI of others is refused.

In: the file. Out: a Collection of one Edition, equal to the one that was written but for the places in files
and the files themselves: of the seed folder only the transcription comes back byte for byte.
"""

from pathlib import Path

from publish.markdown import pictures
from publish.model import Apparatus, Collection, Edition, SeedFile
from publish.problems import SourceError, Where
from publish.sources.own_tei_apparatus import AdditionsReader
from publish.sources.own_tei_header import HeaderReader
from publish.sources.own_tei_imprint import read_changes
from publish.sources.own_tei_text import read_body
from publish.tei.reading import parse


def read_own_tei(path: Path) -> Collection:
    """Read a TEI file of ours. Raises SourceError with the line and the next step."""
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise SourceError(f"cannot be read: {problem.strerror}", where=Where(str(path))) from None
    edition = edition_of(path, data)
    return Collection(edition.id, edition.title, (edition,))


def edition_of(path: Path, data: bytes) -> Edition:
    """Return the edition in the bytes of a TEI file; `path` is told in messages, and pictures lie beside it."""
    file = parse(path, data)
    header = HeaderReader(file)
    body = read_body(file, header.source(), header.sigla())
    additions = AdditionsReader(file, body, header)
    apparatus = additions.apparatus()
    source = body.document.source
    transcription = SeedFile(source.name, source.text.encode("utf-8"))
    return Edition(
        id=header.identifier(), title=header.main_title(), language=header.language(),
        version=header.version(), document=additions.document(), apparatus=apparatus,
        subtitle=header.title("sub"), short_title=header.title("short"), subject=header.subject(),
        keywords=header.keywords(), released=header.released(), editors=header.editors(),
        rights=header.rights(), form=header.form(), url=header.url(),
        doi=header.lasting("DOI"), ark=header.lasting("ARK"), publisher=header.publisher(),
        printing=header.printing(), changes=tuple(read_changes(file, additions.prose)),
        foreign=header.foreign(), supplied=additions.supplied(),
        files=(transcription, SeedFile(path.name, data), *_pictures(path, apparatus)),
    )  # fmt: skip


def _pictures(path: Path, apparatus: Apparatus) -> tuple[SeedFile, ...]:
    """Return the pictures that the editors' prose shows, which lie beside the file."""
    texts = (
        apparatus.head_note,
        *(note.body for note in apparatus.notes),
        *(essay.body for essay in apparatus.essays),
        apparatus.source_note,
    )
    names = dict.fromkeys(name for text in texts for name in pictures(text))
    return tuple(SeedFile(name, (path.parent / name).read_bytes()) for name in names)
