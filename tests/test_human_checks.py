"""What is left for a person: each question once, none without an occasion, and the sheet has them all."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from publish.cli import main
from publish.problems import Exit, LayoutError, PromiseError
from publish.verify.human_checks import OCCASIONS, Question, for_a_person, load_questions
from publish.verify.outcome import Examined
from publish.verify.reading_back import FinishedFile
from tests.bad_inputs import changed as spoilt
from tests.conftest import ROOT
from tests.saving import Change
from tests.verify_changes import changed, good

DATA = ROOT / "layouts" / "human-checks.toml"
SHEET = ROOT / "docs" / "listening.md"


def asked_of(pdf: bytes) -> tuple[set[str], tuple[str, ...]]:
    """Return the ids of the questions for a file, and what it does not have."""
    with FinishedFile(pdf) as file:
        questions, absent = for_a_person(Examined(file, None), load_questions())
    return {question.id for question in questions}, absent


# The data


def test_all_conditions_that_the_protocol_leaves_to_a_human_are_covered_once() -> None:
    conditions = [condition for question in load_questions() for condition in question.conditions]
    assert len(conditions) == len(set(conditions)) == 48


@pytest.mark.parametrize("machine", ["01-005", "06-003", "13-004", "14-003", "19-003", "28-005"])
def test_no_condition_that_a_program_can_judge_is_asked_of_a_person(machine: str) -> None:
    assert [q.id for q in load_questions() if machine in q.conditions] == []


def test_a_question_is_one_line_and_a_question() -> None:
    lines = [question.ask for question in load_questions()]
    assert [line for line in lines if not re.fullmatch(r"[A-Z][^\n]{20,110}\?", line)] == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('conditions = ["06-004"]', 'conditions = ["11-007"]', "11-007 is covered twice"),
        ('conditions = ["06-004"]', 'conditions = ["6.4"]', "'6.4' is no failure condition"),
        ('id = "title"', 'id = "order"', "there are two questions 'order'"),
        ('occasion = "tables"', 'occasion = "table"', "Did you mean 'tables'?"),
        ('occasion = "tables"', 'ocasion = "tables"', "unknown key 'ocasion'"),
    ],
)
def test_a_faulty_question_is_refused_at_its_line(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    path = Path(shutil.copy(DATA, tmp_path))
    spoilt(path, old, new)
    with pytest.raises(LayoutError, match=r"human-checks\.toml:\d+:\d+: ") as refusal:
        load_questions(path)
    assert words in str(refusal.value)


def test_the_sheet_lists_exactly_the_questions() -> None:
    rows = re.findall(
        r"^\| ([a-z-]+) \| (.+?) \| ([\d, -]+) \| \| \|$", SHEET.read_text("utf-8"), re.MULTILINE
    )
    assert rows == [(q.id, q.ask, ", ".join(q.conditions)) for q in load_questions()]


# The occasions


def element(pdf: pikepdf.Pdf, kind: str) -> Any:
    """Return the first element of a type."""
    return next(
        o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/S") == Name(f"/{kind}")
    )


def annotate(pdf: pikepdf.Pdf, **entries: Any) -> None:
    note = pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **entries))
    page = pdf.pages[0].obj
    page.Annots = Array([*page.get("/Annots", Array()), note])


def add_a_figure(pdf: pikepdf.Pdf) -> None:
    element(pdf, "P").S = Name.Figure


def add_a_type(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Cable=Name.P)


def add_a_type_to_a_namespace(pdf: pikepdf.Pdf) -> None:
    space = Dictionary(NS=String("http://example.org"), RoleMapNS=Dictionary(Cable=Name.P))
    pdf.Root.StructTreeRoot.Namespaces = Array([pdf.make_indirect(space)])


def add_an_annotation(pdf: pikepdf.Pdf) -> None:
    annotate(pdf, Subtype=Name.Text)


def add_a_film(pdf: pikepdf.Pdf) -> None:
    annotate(pdf, Subtype=Name.Screen)


def add_a_map(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.URI, URI=String("https://example.org"), IsMap=True)
    annotate(pdf, Subtype=Name.Link, A=action)


def add_a_thread(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Threads = Array([pdf.make_indirect(Dictionary(Type=Name.Thread))])


def add_a_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.beep()"))


GIVES: dict[str, tuple[Change, ...]] = {
    "figures": (add_a_figure,),
    "types of its own": (add_a_type, add_a_type_to_a_namespace),
    "annotations besides links": (add_an_annotation,),
    "image maps": (add_a_map,),
    "article threads": (add_a_thread,),
    "media": (add_a_film,),
    "actions besides links": (add_a_script,),
}


def test_a_file_is_not_asked_about_what_it_does_not_have() -> None:
    asked, absent = asked_of(good().pdf)
    assert sorted(absent) == sorted(f"no {occasion}" for occasion in GIVES)
    assert asked.isdisjoint(("figures", "media", "actions"))


@pytest.mark.parametrize(
    ("occasion", "change"), [(name, change) for name in GIVES for change in GIVES[name]]
)
def test_a_file_is_asked_about_what_it_has(occasion: str, change: Change) -> None:
    asked, absent = asked_of(changed(change))
    (question,) = (q for q in load_questions() if q.occasion == occasion)
    assert question.id in asked
    assert f"no {occasion}" not in absent


def without(kind: str, other: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for found in pdf.objects:
            if isinstance(found, Dictionary) and found.get("/S") == Name(f"/{kind}"):
                found.S = Name(f"/{other}")

    return change


def without_links(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.Annots = Array()


def without_text(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.Contents = pdf.make_stream(b"")


@pytest.mark.parametrize(
    ("occasion", "change"),
    [
        ("tables", without("Table", "Sect")),
        ("lists", without("L", "Sect")),
        ("links", without_links),
        ("faces", without_text),
    ],
)
def test_what_the_good_file_has_is_no_occasion_once_it_is_gone(
    occasion: str, change: Change
) -> None:
    assert f"no {occasion}" not in asked_of(good().pdf)[1]
    assert f"no {occasion}" in asked_of(changed(change))[1]


def test_every_occasion_is_tried_here() -> None:
    assert set(OCCASIONS) == {*GIVES, "tables", "lists", "links", "faces"}


def test_of_a_file_that_cannot_be_read_everything_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unreadable(_: Examined) -> bool:
        raise PromiseError("the tree of pages is not whole")

    monkeypatch.setitem(OCCASIONS, "media", unreadable)
    question = Question("media", "Is it?", ("05-001",), "media")
    with FinishedFile(good().pdf) as file:
        assert for_a_person(Examined(file, None), [question]) == ((question,), ())


# What is printed


@pytest.fixture
def path(tmp_path: Path) -> str:
    (tmp_path / "edition.pdf").write_bytes(good().pdf)
    return str(tmp_path / "edition.pdf")


def test_the_questions_are_printed_after_the_promises(
    path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", path]) == Exit.FINDINGS
    lines = capsys.readouterr().out.splitlines()
    start = lines.index("  For a person (15 questions, docs/listening.md):")
    assert re.search(r"\d+ kept, 0 broken, \d+ not checked", lines[start - 1])
    assert lines[start + 1].startswith("    title ")
    assert lines[start + 1].endswith(" (06-004)")
    assert lines[-1].startswith("    no occasion for others: no figures, ")
    assert len(lines) == start + 1 + 15 + 1


def test_the_questions_are_a_list_in_json(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", path, "--json"]) == Exit.FINDINGS
    told = json.loads(capsys.readouterr().out)
    assert told["for_a_person"][0] == {
        "id": "title",
        "ask": load_questions()[0].ask,
        "matterhorn": ["06-004"],
    }
    assert "no figures" in told["no_occasion"]
