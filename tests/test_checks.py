"""Editorial rules: each has a case that fires, and the seed gives no cause."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from publish.checks import EDITORIAL_RULES, check
from publish.cli import main
from publish.model import Apparatus, Edition, NoteMark, Work
from publish.problems import Exit, Severity
from tests.conftest import ROOT, SEED

Spoil = Callable[[Edition], Edition]


def unresolved(edition: Edition) -> Edition:
    marks = tuple(replace(mark, resolution="") for mark in edition.document.note_marks)
    return replace(edition, document=replace(edition.document, note_marks=marks))


def with_apparatus(**changes: object) -> Spoil:
    def spoil(edition: Edition) -> Edition:
        apparatus: Apparatus = replace(edition.apparatus, **changes)  # type: ignore[arg-type]
        return replace(edition, apparatus=apparatus)

    return spoil


def without_base(edition: Edition) -> Edition:
    witnesses = tuple(replace(witness, base=False) for witness in edition.apparatus.witnesses)
    return with_apparatus(witnesses=witnesses)(edition)


def with_russian_words(edition: Edition) -> Edition:
    source = edition.document.source
    other = replace(source, text=source.text.replace("Moscow", "Мурманск") + " Мурманск")
    return replace(edition, document=replace(edition.document, source=other))


def with_a_work_nobody_cites(edition: Edition) -> Edition:
    works = (*edition.apparatus.works, Work("nobody", "Nobody", "Nobody. *Nothing*."))
    return with_apparatus(works=works)(edition)


def with_note(body: str) -> Spoil:
    def spoil(edition: Edition) -> Edition:
        first, *others = edition.apparatus.notes
        return with_apparatus(notes=(replace(first, body=body), *others))(edition)

    return spoil


CITED = "[@frus-vi, Document 67]"

FIRING: tuple[tuple[str, Spoil, str], ...] = (
    ("t-001", unresolved, "the note mark /2/ refers to a note"),
    ("t-002", without_base, "no witness is named as the base text"),
    ("t-003", with_russian_words, "nothing says in which language 'Мурманск' is"),
    ("n-001", with_a_work_nobody_cites, "the work 'nobody' is cited nowhere"),
    ("n-002", with_note("Words."), "the note 'delivery' cites nothing"),
    ("n-003", with_note(f'He said "no" {CITED}.'), "straight quotation marks"),
    ("n-003", with_note(f"It's so {CITED}."), "straight quotation marks"),
    ("n-004", with_note(f"One.  Two {CITED}."), "two spaces in a row"),
    ("e-001", lambda edition: replace(edition, version=""), "no version"),
    ("e-001", lambda edition: replace(edition, released=None), "no date of release"),
)


@pytest.mark.parametrize(("code", "spoil", "words"), FIRING)
def test_a_rule_fires(edition: Edition, code: str, spoil: Spoil, words: str) -> None:
    (finding,) = check(spoil(edition))
    assert (finding.code, words in finding.message) == (code, True)
    assert finding.hint


@pytest.mark.parametrize(
    "body",
    [
        f"[It’s](https://example.org/?a='b') {CITED}.",
        f"A break  \nof line {CITED}.",
        f"Words {CITED}.\n\n- One\n  - within",
    ],
)
def test_signs_of_markdown_are_no_words_of_a_note(edition: Edition, body: str) -> None:
    assert check(with_note(body)(edition)) == ()


def test_every_rule_has_a_case_that_fires() -> None:
    assert {code for code, _, _ in FIRING} == {rule.code for rule in EDITORIAL_RULES}


def test_every_rule_has_its_own_code_a_source_and_a_sentence() -> None:
    codes = [rule.code for rule in EDITORIAL_RULES]
    assert len(codes) == len(set(codes))
    assert [rule.code for rule in EDITORIAL_RULES if not (rule.source and rule.look.__doc__)] == []


def test_the_page_for_editors_lists_the_rules_in_their_order() -> None:
    page = (ROOT / "docs" / "commentary.md").read_text("utf-8")
    assert re.findall(r"^\| ([a-z]-\d{3}) \|", page, re.MULTILINE) == [
        rule.code for rule in EDITORIAL_RULES
    ]


def test_the_seed_gives_no_cause(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(SEED), "--strict"]) == Exit.BUILT
    assert capsys.readouterr().out == "0 errors, 0 warnings\n"


def test_the_synthetic_seed_gives_no_cause(synthetic: Edition) -> None:
    assert check(synthetic) == ()


def test_a_note_mark_that_is_resolved_gives_no_cause(edition: Edition) -> None:
    marks = edition.document.note_marks
    assert [(type(mark), bool(mark.resolution)) for mark in marks] == [(NoteMark, True)]


def test_an_edition_without_witnesses_needs_no_base_text(edition: Edition) -> None:
    assert check(with_apparatus(witnesses=())(edition)) == ()


def test_a_work_that_only_the_source_note_cites_is_cited(edition: Edition) -> None:
    spoilt = with_a_work_nobody_cites(edition)
    assert check(with_apparatus(source_note="See [@nobody].")(spoilt)) == ()


def test_findings_stand_in_the_order_of_the_table(edition: Edition) -> None:
    spoilt = replace(without_base(unresolved(edition)), version="")
    assert [finding.code for finding in check(spoilt)] == ["t-001", "t-002", "e-001"]


def test_a_warning_is_written_as_place_gravity_code_sentence_and_next_step(
    edition: Edition,
) -> None:
    (finding,) = check(unresolved(edition))
    assert finding.severity is Severity.WARNING
    assert re.fullmatch(
        r".*telegram\.txt:\d+:\d+: warning t-001: the note mark /2/ .*\. Say in edition\.toml .*",
        str(finding),
    )
