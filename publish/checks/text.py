"""Rules about the text and its witnesses."""

from collections.abc import Iterator

from publish.checks.prose import MANIFEST, place_of
from publish.checks.rule import Found
from publish.model import Edition
from publish.problems import where_in


def orphan_note_mark(edition: Edition) -> Iterator[Found]:
    """A note mark in the transcription has no note, and the apparatus does not say what it refers to."""
    source = edition.document.source
    for mark in edition.document.note_marks:
        if not mark.resolution:
            yield (
                f"the note mark {mark.mark} refers to a note that the transcription does not have",
                where_in(source.path, source.text, mark.span.start),
                f'Say in edition.toml what it refers to: [[note_mark]] mark = "{mark.mark}", resolution = "…".',
            )


def base_text_undeclared(edition: Edition) -> Iterator[Found]:
    """The seed folder names witnesses but none of them as the base text."""
    witnesses = edition.apparatus.witnesses
    if witnesses and not any(witness.base for witness in witnesses):
        yield (
            "no witness is named as the base text",
            place_of(edition, MANIFEST, r"^\[\[witness\]\]"),
            "Write base = true at the witness that is printed.",
        )
