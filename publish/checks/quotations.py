"""Rules about quotations from the telegram: they are its words, and what is left out is marked.

Only what is cited to the telegram itself can be checked, and what stands where no other source is cited. The
sources of all other quotations are not at hand: nothing is said of them.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from publish.checks.prose import AT_LENGTH, Of, Prose, prose
from publish.checks.rule import Found
from publish.departures import render
from publish.imprint import Printing
from publish.markdown import CITATION, cited_works, plain
from publish.model import Document, Edition, Scope
from publish.sources.apparatus import nearest_words

_QUOTED = re.compile(r"“([^“”]+)”")
_PARAGRAPH = re.compile(r"(?:(?!\n[ \t]*\n).)+", re.DOTALL)
# What the editors mark as left out or put in: …, three points, words in brackets.
_MARKED = re.compile(r"…|\.(?: ?\.){2,}|\[[^\]]*\]")
_QUOTATION_MARKS = re.compile('["“”„‘’‚]')
_DASH = re.compile(r"\s*(?:-{2,}|[–—―])\s*")
_WORD = re.compile(r"\w+(?:['-]\w+)*")
_SHOWN = 60  # characters of a quotation that a message shows
_WORDS_COMPARED = 12  # more would take long, and be too much for a message
_FEWEST_WORDS = 3  # fewer may stand anywhere by chance


@dataclass(frozen=True, slots=True)
class _Quotation:
    """Words in quotation marks that ought to stand in the telegram, and where they are quoted."""

    piece: Prose
    start: int
    words: str

    @property
    def shown(self) -> str:
        return self.words if len(self.words) <= _SHOWN else f"{self.words[:_SHOWN].rstrip()} …"


def not_in_the_text(edition: Edition) -> Iterator[Found]:
    """Words that are quoted from the telegram do not stand in it."""
    passages = _passages(edition.document)
    for quotation in _unfaithful(edition):
        if not _left_out(quotation.words, passages):
            opening = " ".join(_comparable(quotation.words).split()[:_WORDS_COMPARED])
            near = nearest_words(passages, opening)
            yield (
                f"the words “{quotation.shown}” are not in the telegram",
                quotation.piece.where(quotation.start),
                f"Nearest: {near!r}. If they are another’s, cite it after them.",
            )


def cut_without_a_mark(edition: Edition) -> Iterator[Found]:
    """Words that are quoted from the telegram leave out some of its words, and no sign says so."""
    passages = _passages(edition.document)
    for quotation in _unfaithful(edition):
        if left_out := _left_out(quotation.words, passages):
            yield (
                f"the quotation “{quotation.shown}” leaves out {left_out!r} without a mark",
                quotation.piece.where(quotation.start),
                "Put … in their place.",
            )


def not_in_the_handout(edition: Edition) -> Iterator[Found]:
    """Words that a question or an answer quotes stand neither in the telegram nor in an excerpt."""
    excerpts = (_comparable(excerpt.text) for excerpt in edition.classroom.handout.excerpts)
    texts = (" ".join(_passages(edition.document)), *excerpts)
    for piece in prose(edition):
        if piece.kind not in (Of.QUESTION, Of.ANSWER):
            continue
        for quoted in _QUOTED.finditer(piece.text):
            words = " ".join(plain(quoted[1]).split())
            if re.search(r"\w", words) and not any(_stands_in(words, text) for text in texts):
                yield (
                    f"{piece.name} quotes “{words}”, which is neither in the telegram nor in an excerpt",
                    piece.where(quoted.start(1)),
                    "Quote it as it is; for words of your own leave the quotation marks out.",
                )


def _unfaithful(edition: Edition) -> Iterator[_Quotation]:
    """Yield the quotations from the telegram that do not stand in it as they are."""
    printed = " ".join(_passages(edition.document))
    transcription = _comparable(edition.document.source.text)
    # What a witness is quoted for in edition.toml was looked up there; most are words about the telegram.
    texts = (printed, transcription, *(_comparable(each.quotation) for each in edition.supplied))
    for piece in prose(edition):
        if piece.kind in AT_LENGTH:
            for quotation in _from_the_telegram(piece, edition):
                if not any(_stands_in(quotation.words, text) for text in texts):
                    yield quotation


def _from_the_telegram(piece: Prose, edition: Edition) -> Iterator[_Quotation]:
    """Yield what is quoted from the telegram: cited to it, or where no other source is cited."""
    text = piece.words
    no_other = all(_is_the_telegram(citation, edition) for citation in CITATION.finditer(text))
    for paragraph in _PARAGRAPH.finditer(text):
        for quoted in _QUOTED.finditer(text, *paragraph.span()):
            following = _citations_of(text, quoted.end(), paragraph.end())
            own = bool(following) and all(_is_the_telegram(each, edition) for each in following)
            if own or no_other:
                yield _Quotation(piece, quoted.start(1), " ".join(plain(quoted[1]).split()))


def _citations_of(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Return the next citation after `start`, with those that follow it without a word between."""
    group: list[re.Match[str]] = []
    for citation in CITATION.finditer(text, start, end):
        if group and re.search(r"\w", text[group[-1].end() : citation.start()]):
            break
        group.append(citation)
    return group


def _is_the_telegram(citation: re.Match[str], edition: Edition) -> bool:
    """Say whether a citation leads to the telegram itself and to nothing beside it.

    [printing] tells where it is printed: at `url`, which lies below the work's address or is the address of
    a work of its own, under the number of a document ("Document 67") or on pages ("p. 9").
    """
    (key, place), *others = cited_works(citation)
    address = {work.key: work.url for work in edition.apparatus.works}.get(key, "")
    if others or not address:
        return False
    printing = edition.printing
    url = printing.url if printing else ""
    if address in (url, edition.document.source.url):
        return True
    below = printing is not None and url.startswith(address.rstrip("/") + "/")
    return below and _comparable(place) in _places(printing)


def _places(printing: Printing | None) -> tuple[str, ...]:
    """Return the ways in which a citation names the document's place in its printing."""
    if printing is None:
        return ()
    if printing.document:
        return tuple(f"{word}{printing.document}" for word in ("", "Document ", "Doc. ", "doc. "))
    return (
        tuple(f"{word}{printing.pages}" for word in ("", "p. ", "pp. ")) if printing.pages else ()
    )


@lru_cache(maxsize=1)
def _passages(document: Document) -> tuple[str, ...]:
    """Return the printed passages, made plain for comparison."""
    printed = render(document, Scope.READING).passages()
    return tuple(_comparable(passage.text) for passage in printed)


def _comparable(words: str) -> str:
    """Return words without what typography may change: kinds of marks, dashes, hyphens and spaces."""
    folded = unicodedata.normalize("NFC", words).replace("\u2011", "-").replace("\u2060", "")
    return " ".join(_DASH.sub("--", _QUOTATION_MARKS.sub("'", folded)).split())


def _stands_in(quoted: str, text: str) -> bool:
    """Say whether quoted words stand in the text; marks of omission and brackets may stand for others.

    The first letter may have another case, and the editors' own sign may stand at the end.
    """
    parts = [_comparable(part).strip(" ,.;:!?-") for part in _MARKED.split(quoted)]
    pattern = ".*?".join(
        rf"(?<!\w){_either_case(part)}(?!\w)" for part in parts if re.search(r"\w", part)
    )
    return re.search(pattern, text) is not None


def _either_case(part: str) -> str:
    first = part[0]
    return f"[{re.escape(first.lower())}{re.escape(first.upper())}]{re.escape(part[1:])}"


def _left_out(quoted: str, passages: Sequence[str]) -> str:
    """Return the first words that a quotation leaves out of a passage; nothing where it is no cut of one.

    A cut keeps to the passage's order and, on the average, leaves its words together by two.
    """
    parts = [_WORD.findall(_comparable(part).lower()) for part in _MARKED.split(quoted)]
    wanted = [word for part in parts for word in part]
    marked = set(accumulate(map(len, parts)))  # the numbers of the words before which a mark stands
    for passage in passages:
        words = _WORD.findall(passage)
        places = _fewest_runs(wanted, [word.lower() for word in words])
        steps = enumerate(pairwise(places), 1)
        breaks = [
            (before + 1, after)
            for number, (before, after) in steps
            if after > before + 1 and number not in marked
        ]
        if len(wanted) >= _FEWEST_WORDS and breaks and len(breaks) + 1 <= (len(wanted) + 1) // 2:
            return " ".join(words[slice(*breaks[0])])
    return ""


_NOWHERE = -2  # where nothing has been found yet: not next to the first word either


class _Chain(NamedTuple):
    """The wanted words so far, in the text: how many runs they make, where the last stands, what is before."""

    runs: int
    last: int
    before: "_Chain | None"


def _fewest_runs(wanted: Sequence[str], words: Sequence[str]) -> tuple[int, ...]:
    """Return the places of the wanted words in `words`, in order and in few runs; none where not all are."""
    chains = [_Chain(0, _NOWHERE, None)]
    for sought in wanted:
        chains = list(_longer(chains, sought, words))
    chain = min(chains, key=lambda each: each.runs, default=None)
    places: list[int] = []
    while chain is not None and chain.last != _NOWHERE:
        places.insert(0, chain.last)
        chain = chain.before
    return tuple(places)


def _longer(chains: Sequence[_Chain], sought: str, words: Sequence[str]) -> Iterator[_Chain]:
    """Yield the best chain to each place of the sought word, in the order of the places."""
    by_last = {chain.last: chain for chain in chains}
    best = by_last.get(
        _NOWHERE
    )  # of those that end before the word before, the last of the fewest runs
    for place, word in enumerate(words):
        adjacent = by_last.get(place - 1)
        if word == sought:
            if adjacent and (best is None or adjacent.runs <= best.runs + 1):
                yield _Chain(adjacent.runs, place, adjacent)
            elif best:
                yield _Chain(best.runs + 1, place, best)
        if adjacent and (best is None or adjacent.runs <= best.runs):
            best = adjacent
