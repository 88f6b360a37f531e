"""The classroom files: read strictly, student's words apart from the teacher's, absent without a trace."""

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from publish.attachments import attached, attachments
from publish.checks import check
from publish.classroom import Classroom, Group, Handout, Lesson, paragraphs_cited
from publish.handout_words import adapted_text, handout_title, running_text, source_lines
from publish.layouts import Layouts
from publish.model import Edition
from publish.orders import Order, make_job
from publish.problems import SourceError
from publish.readability import count_words
from publish.resources import layouts_directory
from publish.sources import read
from publish.sources.classroom import read_handout
from publish.sources.lesson import read_lesson
from publish.teaching_standards import load_teaching_standards
from tests.conftest import SEED, Finisher
from tests.test_against_frus import FRUS, parsed, plain

HANDOUT = """\
title = "A cable"

[[word]]
words = "inoperable #2"
meaning = "not working"

[[word]]
words = "cease"
meaning = "stop"

[[excerpt]]
key = "first"
attribution = "A to B"
text = "Words … of another."
work = "frus-vi"
place = "p. 1"

[[question]]
key = "what"
group = "close reading"
paragraphs = ["p3"]
text = "What is asked?"

[[question]]
key = "who"
group = "sourcing"
paragraphs = ["p1", "p2"]
excerpts = ["first"]
text = "Who asks?"
compact = true

[claim]
text = "Claim something."
frames = ["Claim", "Evidence"]

[exit_ticket]
text = "Leave."

[[adapted]]
text = "Stop first."
from = ["p3"]
change = "Shorter."
"""
LESSON = """\
period = 10
standards = ["RH.9-10.1"]

[[step]]
title = "Reading"
minutes = 10
told = "Read it [@frus-vi, Document 67]."

[[answer]]
question = "claim"
text = "Any."

[[answer]]
question = "what"
text = "That work cease."
places = ["work to cease"]

[rubric]
levels = ["High", "Middle", "Low"]

[[criterion]]
name = "Claim"
levels = ["a", "b", "c"]

[[misconception]]
thought = "It is long."
correction = "It is short."
paragraphs = ["p3"]
excerpts = ["first"]
"""


def reads_handout(text: str, edition: Edition, folder: Path) -> Handout:
    path = folder / "classroom.toml"
    path.write_text(text, "utf-8")
    return read_handout(path, edition.document)


def reads_lesson(text: str, edition: Edition, folder: Path) -> Lesson:
    handout = reads_handout(HANDOUT, edition, folder)
    path = folder / "teacher.toml"
    path.write_text(text, "utf-8")
    works = {work.key: work for work in edition.apparatus.works}
    return read_lesson(path, edition.document, handout, works)


# What is read


def test_the_word_bank_stands_in_the_order_of_the_text(edition: Edition, tmp_path: Path) -> None:
    glosses = reads_handout(HANDOUT, edition, tmp_path).glosses
    assert [(gloss.words, gloss.paragraph) for gloss in glosses] == [
        ("cease", "p3"),
        ("inoperable", "p8"),
    ]


def test_questions_are_numbered_by_group_and_keep_their_numbers_on_the_compact_sheet(
    edition: Edition, tmp_path: Path
) -> None:
    handout = reads_handout(HANDOUT, edition, tmp_path)
    assert [(q.key, q.number, q.compact) for q in handout.questions] == [
        ("who", 1, True),
        ("what", 2, False),
    ]
    assert [group for group, _ in handout.by_group()] == [Group.SOURCING, Group.CLOSE_READING]
    assert [(q.key, q.number) for q in handout.compact().questions] == [("who", 1)]
    assert handout.compact().excerpts == ()


def test_frames_have_one_number_of_lines_or_each_its_own(edition: Edition, tmp_path: Path) -> None:
    frames = 'frames = ["Claim", "Evidence"]'
    for given, lines in (
        ("", [2, 2]),
        ("answer_lines = 3", [3, 3]),
        ("answer_lines = [2, 1]", [2, 1]),
    ):
        text = HANDOUT.replace(frames, f"{frames}\n{given}")
        claim = reads_handout(text, edition, tmp_path).claim
        assert claim
        assert [frame.answer_lines for frame in claim.frames] == lines


def test_an_answer_may_be_written_in_columns(edition: Edition, tmp_path: Path) -> None:
    text = HANDOUT.replace("compact = true", 'columns = ["We", "They"]')
    assert reads_handout(text, edition, tmp_path).questions[0].columns == ("We", "They")


def test_answers_stand_in_the_order_of_the_questions(edition: Edition, tmp_path: Path) -> None:
    lesson = reads_lesson(LESSON, edition, tmp_path)
    assert [answer.question for answer in lesson.answers] == ["what", "claim"]


def test_a_place_of_an_answer_is_found_in_the_text(edition: Edition, tmp_path: Path) -> None:
    (place,) = reads_lesson(LESSON, edition, tmp_path).answers[0].anchors
    assert edition.document.source.text[slice(*place.span.ends)] == "work to cease"
    assert place.block == "p3"


@pytest.mark.parametrize(
    ("given", "cited"),
    [
        (["p3"], "¶ 3"),
        (["p6", "p5"], "¶¶ 5–6"),
        (["p1", "p3", "p4", "p5"], "¶¶ 1, 3–5"),
        (["p8", "p12"], "¶¶ 8, 12"),
        ([], ""),
    ],
)
def test_paragraphs_are_cited_by_their_numbers(
    edition: Edition, given: list[str], cited: str
) -> None:
    order = [block.id for block in edition.document.blocks]
    assert paragraphs_cited(given, order).replace("\u00a0", " ") == cited


def test_an_adapted_paragraph_begins_where_the_first_source_changes(edition: Edition) -> None:
    paragraphs = edition.classroom.handout.adapted_paragraphs()
    assert [paragraph[0].paragraphs for paragraph in paragraphs] == [
        (f"p{n}",) for n in range(1, 10)
    ]


# What is refused


@pytest.mark.parametrize(
    ("old", "new", "told", "line"),
    [
        ('title = "A cable"', 'titel = "A cable"', "unknown key 'titel'", 1),
        ('title = "A cable"', 'title = " "', "'title' is empty", 1),
        ('title = "A cable"', 'title = "A <b>cable</b>"', "raw HTML", 1),
        ('meaning = "stop"', 'meaning = "stop [@frus-vi]"', "has no entry", 9),
        ('words = "cease"', 'words = "inoperable"', "'inoperable' is explained twice", 8),
        ('words = "cease"', 'words = "ceases"', "the words 'ceases' are not in the text", 8),
        ('key = "who"', 'key = "what"', "two questions have the key 'what'", 25),
        ('key = "who"', 'key = "Who?"', "the key 'Who?' is not made of", 25),
        ('group = "sourcing"', 'group = "source"', "'group' cannot be 'source'", 26),
        ('excerpts = ["first"]', 'excerpts = ["frist"]', "there is no excerpt 'frist'", 28),
        ('compact = true', 'answer_lines = 40', "an answer cannot have 40 lines", 30),
        ('"Evidence"]', '"Evidence"]\nanswer_lines = [1, 1, 1]', "3 numbers of lines stand at 2 frames", 35),
        ('"Evidence"]', '"Evidence"]\nanswer_lines = "2"', "must be a whole number or a list of them", 35),
        ('"Evidence"]', '"Evidence"]\nanswer_lines = [2, 0]', "an answer cannot have 0 lines", 35),
        ('text = "Leave."', 'txt = "Leave."', "the key 'text' is missing in [exit_ticket]", 37),
        ('from = ["p3"]', 'from = "p3"', "'from' must be a list", 41),
    ],
)  # fmt: skip
def test_a_fault_of_the_handout_is_told_with_its_line(
    edition: Edition, tmp_path: Path, old: str, new: str, told: str, line: int
) -> None:
    assert HANDOUT.count(old) == 1
    with pytest.raises(SourceError) as refused:
        reads_handout(HANDOUT.replace(old, new), edition, tmp_path)
    assert told in refused.value.message
    assert refused.value.where
    assert refused.value.where.line == line
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("old", "new", "told", "line"),
    [
        ("minutes = 10", "minutes = 0", "a step cannot take 0 minutes", 6),
        ("minutes = 10", 'minutes = "ten"', "'minutes' must be a whole number", 6),
        ('question = "what"', 'question = "waht"', "no question has the key 'waht'", 14),
        ('question = "what"', 'question = "claim"', "the question 'claim' has two answers", 14),
        ('"work to cease"', '"work will cease"', "are not in the text", 16),
        ('"work to cease"', '"Cuba"', "stand 7 times in the text", 16),
        ('["High", "Middle", "Low"]', '["High", "Low"]', "a rubric has 3 levels, not 2", 19),
        ('["a", "b", "c"]', '["a", "b"]', "tells 2 levels, and the rubric has 3", 23),
        ('excerpts = ["first"]', 'excerpts = ["second"]', "there is no excerpt 'second'", 29),
        ("[@frus-vi, Document 67]", "[@frus-iv, Document 67]", "has no entry", 7),
    ],
)  # fmt: skip
def test_a_fault_of_the_lesson_is_told_with_its_line(
    edition: Edition, tmp_path: Path, old: str, new: str, told: str, line: int
) -> None:
    assert LESSON.count(old) == 1
    with pytest.raises(SourceError) as refused:
        reads_lesson(LESSON.replace(old, new), edition, tmp_path)
    assert told in refused.value.message
    assert refused.value.where
    assert refused.value.where.line == line


def test_a_file_that_is_no_toml_is_told_in_one_line(edition: Edition, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is not valid TOML"):
        reads_handout("title = Kennedy", edition, tmp_path)


# Without the files


def test_an_edition_without_classroom_files_has_an_empty_classroom(synthetic: Edition) -> None:
    assert not synthetic.classroom
    assert synthetic.classroom == Classroom()


def test_a_handout_without_classroom_files_has_title_and_source_line(synthetic: Edition) -> None:
    assert handout_title(synthetic) == synthetic.title
    assert [line.label for line in source_lines(synthetic)] == ["Sent as"]
    assert running_text(synthetic.document)


def test_no_rule_about_classrooms_speaks_of_an_edition_without_one(synthetic: Edition) -> None:
    assert not [finding for finding in check(synthetic) if finding.code.startswith("c-")]


# The first telegram's


def test_the_source_line_names_both_layers_and_both_printings(edition: Edition) -> None:
    lines = source_lines(edition)
    assert [line.label for line in lines] == ["Letter", "Sent as", "Text", "Also printed"]
    assert lines[0].told == "John F. Kennedy to Nikita S. Khrushchev."
    assert "1015 from the Department of State to the Embassy" in lines[1].told
    assert lines[1].told.endswith("October 27, 1962, 8:05 p.m.")


def test_the_first_telegram_has_two_questions_a_group_and_eight_answers_and_two(
    edition: Edition,
) -> None:
    groups = dict(edition.classroom.handout.by_group())
    assert {group: len(asked) for group, asked in groups.items()} == dict.fromkeys(Group, 2)
    assert len(edition.classroom.lesson.answers) == 10


def test_every_answer_lies_in_words_of_the_text(edition: Edition) -> None:
    assert all(answer.anchors for answer in edition.classroom.lesson.answers)


def test_every_question_cites_a_paragraph_in_which_its_answer_lies(edition: Edition) -> None:
    lesson = edition.classroom.lesson
    for question in edition.classroom.handout.questions:
        answer = lesson.answer(question.key)
        assert answer
        assert {place.block for place in answer.anchors} <= set(question.paragraphs), question.key


def test_the_adapted_text_has_the_words_that_questions_turn_on(edition: Edition) -> None:
    text = adapted_text(edition.classroom.handout)
    assert "As I read your letter" in text
    assert "other armaments" in text
    assert 200 <= count_words(text) <= 300


def test_every_change_of_the_adapted_text_is_told(edition: Edition) -> None:
    for sentence in edition.classroom.handout.adapted:
        assert sentence.change, sentence.text


def test_the_lesson_takes_one_period(edition: Edition) -> None:
    lesson = edition.classroom.lesson
    assert 45 <= sum(step.minutes for step in lesson.steps) == lesson.period <= 50


def test_every_standard_of_the_lesson_is_known(edition: Edition) -> None:
    known = load_teaching_standards(layouts_directory())
    assert set(edition.classroom.lesson.standards) <= set(known)


@pytest.mark.skipif(not FRUS, reason="CABLEPRESS_FRUS does not say where the FRUS documents are")
def test_every_excerpt_is_quoted_exactly_and_in_order(edition: Edition) -> None:
    for excerpt in edition.classroom.handout.excerpts:
        number = excerpt.place.removeprefix("Document ")
        root = parsed(f"docs{os.sep}frus1961-63v06_d{number}.xml")
        text = plain(" ".join(root.itertext()))
        place = 0
        for part in re.split(r"…|\[[^]]*\]", excerpt.text):
            words = plain(part).strip()
            found = text.find(words, place)
            assert found >= place, part
            place = found + len(words)


# What goes into a finished file


def test_both_files_are_attached_and_say_what_they_are(edition: Edition) -> None:
    told = {each.name: each.description for each in attachments(edition)}
    assert told["classroom.toml"].startswith("What students are given")
    assert told["teacher.toml"].startswith("For the teacher")


def test_no_file_of_the_folder_is_called_a_picture_that_is_none(edition: Edition) -> None:
    called = [each.name for each in attachments(edition) if each.description.startswith("Picture")]
    assert called == []


def test_no_product_for_students_carries_the_key(edition: Edition, known: Layouts) -> None:
    members = [p for p in known.products_named("classroom") if p.paged and p.name != "teacher"]
    assert len(members) >= 5
    for product in members:
        carried = attached(make_job(edition, Order(product.name), known))
        assert "teacher.toml" not in [each.name for each in carried], product.name


def test_the_handout_is_the_same_without_the_key(edition: Edition, tmp_path: Path) -> None:
    for file in edition.files:
        if file.name != "teacher.toml":
            (tmp_path / file.name).write_bytes(file.data)
    again = next(iter(read(tmp_path)))
    assert again.classroom.handout == edition.classroom.handout
    assert again.classroom.lesson == Lesson()


@pytest.mark.slow
def test_a_finished_edition_carries_the_whole_seed(finished: Finisher, tmp_path: Path) -> None:
    import pypdf

    pdf = pypdf.PdfReader(finished(product="facsimile").built.path)
    for name, (data,) in pdf.attachments.items():
        (tmp_path / name).write_bytes(data)
    assert {path.name for path in tmp_path.iterdir()} >= {
        path.name for path in SEED.iterdir() if path.is_file()
    }
    again = next(iter(read(tmp_path)))
    assert again.classroom == next(iter(read(SEED))).classroom


# The rules, beside those that tests/rules shows


def test_a_key_within_a_question_is_found_whatever_its_signs(edition: Edition) -> None:
    lesson = edition.classroom.lesson
    leaking = replace(lesson.answers[0], text="Two *messages* stand here: one inside the other!")
    damaged = replace(lesson, answers=(leaking, *lesson.answers[1:]))
    changed = replace(edition, classroom=replace(edition.classroom, lesson=damaged))
    assert not [f for f in check(edition) if f.code == "c-014"]
    assert {f.code for f in check(changed) if f.code.startswith("c-")} == {"c-014"}


def test_the_source_line_leaves_editors_and_imprint_out(edition: Edition) -> None:
    printed = source_lines(edition)[-1].told
    assert printed == (
        "*Foreign Relations of the United States, 1961–1963, Volume VI, Kennedy-Khrushchev Exchanges*, "
        "Document 67."
    )
