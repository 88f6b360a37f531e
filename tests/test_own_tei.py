"""TEI of ours, read back: the same edition, or one clear line."""

import shutil
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publish.departures import depart
from publish.exports.tei import tei
from publish.model import Anchor, Apparatus, Edition, Essay, Note, Scope, Span, Work
from publish.problems import SourceError
from publish.sources import read
from publish.sources.own_tei import edition_of as edition_of_tei
from tests.conftest import SEED, SYNTHETIC
from tests.equal_editions import differences
from tests.tei_files import HERE, ODD, SEEDS, TABLE_LAST, again, edition_of, edition_of_text, full


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_the_edition_comes_back_from_its_tei(seed: Path) -> None:
    edition = edition_of(seed)
    assert differences(edition, again(edition)) == []


@pytest.mark.parametrize("text", [ODD, TABLE_LAST])
def test_a_transcription_alone_comes_back_from_its_tei(text: str, tmp_path: Path) -> None:
    edition = edition_of_text(tmp_path, text)
    assert differences(edition, again(edition)) == []


def test_an_edition_with_something_of_everything_comes_back(
    edition: Edition, tmp_path: Path
) -> None:
    shutil.copy(Path(__file__).parents[1] / "docs" / "pictures" / "2.png", tmp_path / "picture.png")
    whole = full(edition)
    found = edition_of_tei(tmp_path / "telegram.xml", tei(whole))
    assert differences(whole, found) == []


def test_words_moved_and_their_reason_come_back(synthetic: Edition) -> None:
    document = synthetic.document
    place = document.dateline
    end = document.source.text.index(",", place.start) + 1
    moved = depart(
        "place-to-field", document.source.text, place.start, end, "", Scope.FACSIMILE,
        moved_to="place", moved="PÉLDAVÁROS", reason="For a test.",
    )  # fmt: skip
    kept = [d for d in document.departures if not (d.scope is Scope.FACSIMILE and d.span == place)]
    rest = depart("date-to-field", document.source.text, end, place.end, "", Scope.FACSIMILE,
                  moved_to="date", moved="March 4, 6 p.m.")  # fmt: skip
    departures = tuple(sorted([*kept, moved, rest], key=lambda d: (d.span, d.scope)))
    changed = replace(synthetic, document=replace(document, departures=departures))
    assert differences(changed, again(changed)) == []


def test_what_was_read_is_written_in_the_same_bytes(edition: Edition) -> None:
    assert tei(again(edition)) == tei(edition)


def test_a_file_of_ours_is_read_by_its_ending(edition: Edition, tmp_path: Path) -> None:
    path = tmp_path / "edition.xml"
    path.write_bytes(tei(edition))
    (found,) = read(path)
    assert [file.name for file in found.files] == ["telegram.txt", "edition.xml"]
    assert found.files[0].data == (SEED / "telegram.txt").read_bytes()


def test_editions_that_differ_are_not_called_equal(edition: Edition) -> None:
    note = edition.apparatus.notes[0]
    changed = replace(
        edition,
        apparatus=replace(
            edition.apparatus,
            notes=(replace(note, body=f"{note.body} "), *edition.apparatus.notes[1:]),
        ),
    )
    (told,) = differences(edition, changed)
    assert told.startswith("edition.apparatus.notes[0].body: ")


def test_a_moment_by_another_clock_is_not_called_equal(edition: Edition) -> None:
    timeline = edition.apparatus.timeline
    assert timeline.first is not None
    told_otherwise = replace(timeline, first=timeline.first.astimezone(UTC))
    other = replace(edition, apparatus=replace(edition.apparatus, timeline=told_otherwise))
    assert len(differences(edition, other)) == 1


LINES = st.sampled_from(
    ["Words -- and", "'so' \"he\" said", "a  b\u00a0c", "/2/ mark", "made public./3/ I", "soft\u00adhyphen",
     "<angle> & amp", "Мурманск", "1) no item", "]]>", "/s/ Nobody", "Mr. Nobody", "Dear Sir:"]
)  # fmt: skip
BLOCKS = st.one_of(
    st.lists(LINES, min_size=1, max_size=3).map("\n".join),
    LINES.map("- 1) {}".format),
    LINES.map("- {}".format),
    LINES.map("### {}".format),
    LINES.map("| {} | B |\n|---|---|\n| | c |".format),
)


@given(
    blocks=st.lists(BLOCKS, min_size=1, max_size=6),
    line_end=st.sampled_from(["\n", "\r\n"]),
    start=st.sampled_from(["", "\ufeff", "\n \n"]),
    end=st.sampled_from(["", "\n", "\n\nSource: <here>", "\n\nSource: there  \n"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_transcription_comes_back(
    blocks: list[str], line_end: str, start: str, end: str, tmp_path: Path
) -> None:
    text = f"{start}## Telegram\n\nNowhere, May 6, 1961\n\n12. " + "\n\n".join(blocks) + end
    edition = edition_of_text(tmp_path, text.replace("\n", line_end))
    assert differences(edition, again(edition)) == []


@given(body=st.text(max_size=60), title=st.text(max_size=20))
def test_any_words_of_the_editors_come_back_or_are_refused(body: str, title: str) -> None:
    edition = edition_of(SYNTHETIC)
    start = edition.document.source.text.index("timber")
    anchor = Anchor("p8", Span(start, start + 6))
    changed = replace(
        edition,
        title=title or "T",
        apparatus=Apparatus(
            notes=(Note("wood", "timber", anchor, body, 1),),
            works=(Work("book", "B", body.replace("\n", " ")),),
            essays=(Essay("on", title, body, 2),),
        ),
    )
    try:
        data = tei(changed)
        found = edition_of_tei(HERE, data)
    except SourceError:
        return
    assert differences(changed, found) == []
