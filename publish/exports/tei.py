"""An edition as TEI P5: transcription and reading text in one, with all that the editors add.

In: an Edition. Out: the bytes of a file that tei_all takes for valid, and from which the transcription comes
back character by character. docs/tei.md tells how it is encoded; sources/own_tei.py reads it.
"""

from collections.abc import Iterator

from publish.exports.tei_apparatus import Additions, marked_places
from publish.exports.tei_header import Header, declare_categories
from publish.exports.tei_imprint import printed_titles
from publish.exports.tei_text import write_body
from publish.model import Edition
from publish.tei.elements import add, root_element, written
from publish.tei.names import LANGUAGE, witness_ids
from publish.tei.prose import Prose, titles_of


def _descriptions(edition: Edition) -> Iterator[str]:
    """Yield all by which the editors describe works; their terms emphasise titles too."""
    for term in edition.apparatus.terms:
        yield term.term
    for witness in edition.apparatus.witnesses:
        yield witness.title
    for work in edition.apparatus.works:
        yield from (work.short, work.full)


def tei(edition: Edition) -> bytes:
    """Return the edition as TEI P5 in UTF-8; the same edition gives the same bytes.

    Raises SourceError for a character that XML cannot carry, and RenderingError for a document whose
    passages TEI could not tell apart again.
    """
    apparatus = edition.apparatus
    witnesses = witness_ids([witness.siglum for witness in apparatus.witnesses])
    titles = titles_of(_descriptions(edition)) | printed_titles(edition.printing)
    prose = Prose(titles, edition.foreign)
    root = root_element()
    root.set(LANGUAGE, edition.language)
    Header(edition, prose, witnesses).write(root)
    additions = Additions(edition, prose, witnesses)
    additions.write_stand_off(root)
    text = add(root, "text")
    additions.write_front(text)
    places = [anchor.span for anchor in marked_places(edition)]
    write_body(text, edition.document, edition.foreign, places, witnesses)
    additions.write_back(text)
    declare_categories(root)
    return written(root)
