"""Places in a transcription: a run of its characters, and the words that a note is about."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (end not included) of a transcription."""

    start: int
    end: int

    @property
    def ends(self) -> tuple[int, int]:
        """Return start and end."""
        return self.start, self.end

    def __len__(self) -> int:
        """Return the number of characters."""
        return self.end - self.start

    def __contains__(self, offset: int) -> bool:
        """Say whether the character at `offset` lies in the span."""
        return self.start <= offset < self.end


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words a note is about: block, and the span of the transcription from first to last word."""

    block: str
    span: Span
