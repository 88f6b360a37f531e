"""Editorial rules, case by case: what fires, what gives no cause, and what the editors let stand.

Each case changes words of tests/rules/good, a seed without a fault. tests/test_rules.py has a folder a rule.
"""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from publish.checks import check
from publish.cli import main
from publish.examination import examine
from publish.layouts import Layouts
from publish.model import Edition
from publish.orders import Order, make_job
from publish.problems import Exit, Finding, Severity, SourceError
from publish.sources import read
from tests.conftest import ROOT

GOOD = ROOT / "tests" / "rules" / "good"
MANIFEST, COMMENTARY, PEOPLE = "edition.toml", "commentary.md", "people.toml"

Change = tuple[str, str, str]  # file, words, words in their place

# Sentences of the good seed's commentary, in whose place a case puts its own.
SENTENCE = "When Exemplar kept it,"  # cited to the book
OWN = "“a prompt answer”"  # cited to the telegram itself
ESSAY = "An essay may be long;"


def changed(folder: Path, *changes: Change, seed: Path = GOOD) -> Path:
    """Return a copy of a seed in which words are changed; every one of them must be there."""
    copy = folder / "seed"
    shutil.copytree(seed, copy)
    for name, words, others in changes:
        text = (copy / name).read_text("utf-8")
        assert words in text
        (copy / name).write_text(text.replace(words, others, 1), "utf-8")
    return copy


def found(seed: Path) -> tuple[Finding, ...]:
    return check(next(iter(read(seed))))


def sentence(words: str) -> Change:
    return COMMENTARY, SENTENCE, f"{words} {SENTENCE}"


def quoted(words: str) -> Change:
    return COMMENTARY, OWN, f"“{words}”"


FIRING: tuple[tuple[str, Change, str, str], ...] = (
    # code, change, words of the message, words that stand at the place
    ("t-001", (MANIFEST, '"Nothing follows the mark in J."', '""'), "the note mark /1/", "/1/"),
    ("t-003", sentence("Нота was its name."), "'Нота'", "Нота was"),
    ("t-003", (PEOPLE, "who never was", "called Анна"), "'Анна'", "Анна [@book"),
    ("n-001", ("bibliography.toml", "[book]", '[other]\nshort = "O"\nfull = "O"\n\n[book]'), "'other' is cited nowhere",
     "[other]"),
    ("n-002", (COMMENTARY, "détente* [@book, p. 1].", "détente*."), "the head note cites nothing", "The Legation"),
    ("n-002", (COMMENTARY, "it cites its sources [@book, p. 1].", "it cites none."), "the essay 'leaves-out' cites",
     "An essay may"),
    ("n-002", (PEOPLE, " [@book, p. 2]", ""), "the person 'ana' cites nothing", "A person who"),
    ("n-002", ("terms.toml", " [@book, p. 3]", ""), "the term 'note-verbale' cites nothing", "A letter that"),
    ("n-003", sentence("It's hers."), "the note 'care' has straight", "'s hers."),
    ("n-003", (COMMENTARY, ESSAY, 'An "essay" may be long;'), "the essay 'leaves-out' has", '"essay" may'),
    ("n-003", (MANIFEST, "The file is made up.", "It's made up."), "the source note has", "'s made up"),
    ("n-004", sentence("One.  Two."), "the note 'care' has two spaces", "  Two."),
    ("n-004", (COMMENTARY, "[@book, p. 9]", "[@book,  p. 9]"), "'question' has two spaces", "  p. 9]"),
    ("n-004", (MANIFEST, "The file is", "The file  is"), "the source note has two spaces", "  is"),
    ("n-008", sentence("An _aide-mémoire_."), "'mémoire'", "mémoire_."),
    ("n-009", quoted("the greatest of care"), "“the greatest of care” are not in", "the greatest"),
    ("n-009", quoted("note with great car"), "“note with great car” are not in", "note with great car”"),
    ("n-009", quoted("inister read the note"), "“inister read the note” are not in", "inister"),
    ("n-009", (COMMENTARY, OWN, "“a prompt reply” [@book, p. 9], unlike the book [@book, p. 8]"), "“a prompt reply”",
     "a prompt reply"),
    ("n-009", quoted("question … answer"), "“question … answer” are not in", "question …"),
    ("n-009", quoted("Great Care"), "“Great Care” are not in", "Great Care"),
    ("n-010", quoted("read the note with care"), "leaves out 'great'", "read the note"),
    ("n-010", quoted("Minister … the note with care, and kept"), "leaves out 'great'", "Minister …"),
    ("p-003", sentence("It was Anna M. Exemplar."), "the name 'Anna M. Exemplar'", "Anna M."),
    ("p-003", sentence("It was A. M. Exemplar."), "the name 'A. M. Exemplar'", "A. M."),
    ("p-003", sentence("Ana Exemplar was ill."), "the name 'Ana Exemplar'", "Ana Exemplar was"),
    ("p-003", sentence("It was Minister Ana Exemplar."), "the name 'Ana Exemplar'", "Ana Exemplar."),
    ("p-003", sentence("It was\nAna Exemplar’s."), "the name 'Ana Exemplar'", "Ana Exemplar’s"),
    ("p-003", (MANIFEST, "The file is made up.", "B. Exemplar has it."), "the name 'B. Exemplar'", "B. Exemplar"),
    ("p-004", sentence("It was Exemplra."), "'Exemplra' may be", "Exemplra."),
    ("p-004", sentence("It was Exmplar’s."), "'Exmplar' may be", "Exmplar’s"),
)  # fmt: skip


def at(finding: Finding) -> str:
    """Return what stands at the place of a finding, to the end of its line."""
    where = finding.where
    line = Path(where.path).read_bytes().decode("utf-8-sig").splitlines()[where.line - 1]
    return line[where.column - 1 :]


@pytest.mark.parametrize(("code", "change", "words", "place"), FIRING)
def test_a_rule_fires(code: str, change: Change, words: str, place: str, tmp_path: Path) -> None:
    (finding,) = found(changed(tmp_path, change))
    assert (finding.code, words in finding.message) == (code, True), finding
    assert at(finding).startswith(place), finding
    assert finding.hint


QUIET: tuple[Change, ...] = (
    sentence("[It’s](https://example.org/?a='b')."),
    sentence("<https://example.org/?a='b'>"),
    sentence("A break  \nof line."),
    (COMMENTARY, ESSAY, "Words.\n\n- One\n  - within\n\nMore;"),
    # What is quoted from the telegram may differ in its typing, and in what is marked.
    quoted("The Minister read the note with great care,"),
    quoted("great care … the note"),
    quoted("great care . . . the note"),
    quoted("great care, and [she] kept the note"),
    quoted("he hopes for a prompt answer."),
    quoted("read the\nnote"),
    # What is quoted from elsewhere cannot be looked up.
    sentence("It has “the greatest of care.”"),
    (COMMENTARY, "[@book, p. 9]", "[@book, p. 9] [@book, p. 10]"),
    (COMMENTARY, OWN, "“a prompt reply” [@book, p. 90]. And this"),
    # Offices, sentence openings and places are no given names.
    sentence("The Deputy Foreign Minister Exemplar read it. Yesterday Exemplar wrote, and in Lisbon Exemplar spoke."),
    sentence("In Lisbon Ana M. Exemplar and Yesterday’s Exemplar spoke. *Yes* Exemplar said."),
    sentence("“Anna Exempler” is how the book calls her."),
    sentence("The Exemplars came, and exemplary ones; an Exemplarian was there, and Exam."),
    sentence("See *Book* by another [@book, Anna Exempler]."),
    # Italics that are the edition's own, or a title's.
    sentence("*Certainly* not."),
    sentence("*Book*, by *Ana*, is no déjà vu."),
    (PEOPLE, '"Exemplar"', '"Exemplar", "Ana B. Exemplar"'),
    (PEOPLE, 'was = "A', 'original = "Анна"\nlanguage = "ru"\nwas = "Анна, a'),
)  # fmt: skip


@pytest.mark.parametrize("change", QUIET)
def test_what_is_right_gives_no_cause(change: Change, tmp_path: Path) -> None:
    assert [str(finding) for finding in found(changed(tmp_path, change))] == []


def test_a_piece_that_cites_nothing_else_is_held_to_the_telegram(tmp_path: Path) -> None:
    seed = changed(
        tmp_path, (COMMENTARY, "“no more than that” [@book, p. 1].", "“no more than that.”")
    )
    assert [finding.code for finding in found(seed)] == ["n-002", "n-009"]


def test_what_a_witness_is_quoted_for_may_be_quoted_in_a_note(tmp_path: Path) -> None:
    supplied = (
        '\n[[supplied]]\nfield = "number"\nvalue = "Niact"\ndisplay = "N"\nwitness = "K"\n'
        'locator = "source note"\nquotation = "Unclassified; Niact."\n'
        '\n[[witness]]\nsiglum = "K"\ntitle = "T"\nextent = "E"\ncollated = "none"\n'
    )
    change = (MANIFEST, "\n[[witness]]", f"{supplied}\n[[witness]]")
    assert found(changed(tmp_path, change, quoted("Niact"))) == ()


@pytest.mark.parametrize("address", ["https://example.org/book/9", "https://example.org/boo"])
def test_only_a_work_of_the_telegrams_address_is_the_telegram(address: str, tmp_path: Path) -> None:
    seed = changed(
        tmp_path,
        quoted("the greatest of care"),
        (COMMENTARY, "[@book, p. 9]", "[@book, p. 8]"),
        ("bibliography.toml", "https://example.org/book", address),
    )
    codes = {finding.code for finding in found(seed)}
    assert ("n-009" in codes) == address.endswith("/9")


@pytest.mark.parametrize("count", [120, 121])
def test_a_note_may_have_120_words_beside_its_citations(count: int, tmp_path: Path) -> None:
    text = (GOOD / COMMENTARY).read_text("utf-8")
    body = next(line for line in text.splitlines() if line.startswith("The words “Great"))
    seed = changed(
        tmp_path, (COMMENTARY, body, f"{'word ' * (count - 3)}– “the note,” he\n[@book, p. 1].")
    )
    assert [finding.code for finding in found(seed)] == ["n-011"] * (count > 120)


def test_an_edition_in_another_language_may_have_accents_in_italics(tmp_path: Path) -> None:
    seed = changed(
        tmp_path, (MANIFEST, '"en-US"', '"fr"'), sentence("*Élysée*, *détente*, *déjà vu*.")
    )
    assert found(seed) == ()


def test_a_title_in_italics_is_the_works_own(tmp_path: Path) -> None:
    work = ("bibliography.toml", 'full = "*Book*', 'full = "*Détails*')
    assert found(changed(tmp_path, work, sentence("See *Détails*."))) == ()


def test_an_edition_in_cyrillic_letters_may_have_them(tmp_path: Path) -> None:
    seed = changed(tmp_path, (MANIFEST, '"en-US"', '"bg"'), sentence("Нота."))
    assert found(seed) == ()


@pytest.mark.parametrize("name", ["Thanu", "Rusc"])
def test_short_surnames_are_not_searched_for_misspellings(name: str, tmp_path: Path) -> None:
    listed = '[thant]\nname = "U Thant"\nsort = "Thant, U"\nnames = ["Thant"]\nwas = "Somebody [@book, p. 4]."\n\n[ana]'
    change = (PEOPLE, "[ana]", listed)
    assert found(changed(tmp_path, change, sentence(f"It was {name}, and Thant."))) == ()


def test_two_who_share_a_surname_keep_their_own_given_names(tmp_path: Path) -> None:
    listed = (
        '[bento]\nname = "Bento Exemplar"\nsort = "Exemplar, Bento"\nwas = "A man [@book, p. 4]."\n'
    )
    change = (PEOPLE, "[ana]", f"{listed}\n[ana]")
    assert found(changed(tmp_path, change, sentence("Bento Exemplar came."))) == ()
    seed = changed(tmp_path / "other", change, sentence("Bento M. Exemplar came, Bento Exemplar."))
    (finding,) = found(seed)
    assert finding.hint.startswith("It has 'Bento Exemplar' and 'Ana M. Exemplar'")


def test_a_name_that_the_file_has_otherwise_is_told_by_its_entry(tmp_path: Path) -> None:
    change = (PEOPLE, "who never was", "who  never\\u0020was")
    assert found(changed(tmp_path, change)) == ()  # a line's spaces are folded where it is read
    straight = (PEOPLE, "who never was", 'who \\"never\\" was')
    (finding,) = found(changed(tmp_path / "other", straight))
    assert str(finding.where).endswith("people.toml:1:1")


def test_carriage_returns_and_a_byte_order_mark_move_no_place(tmp_path: Path) -> None:
    seed = changed(tmp_path, sentence("As is known.\n\nOne.  Two."))
    text = (seed / COMMENTARY).read_text("utf-8").replace("\n", "\r\n")
    (seed / COMMENTARY).write_bytes(("\ufeff" + text).encode())
    (finding,) = found(seed)
    assert at(finding).startswith("  Two.")


def test_a_transcription_alone_is_a_draft_and_gives_no_cause(tmp_path: Path) -> None:
    path = tmp_path / "telegram.txt"
    path.write_text('## A "telegram"\n\nLisbon, March 4, 1962.\n\nWords  here.\n', "utf-8")
    assert found(path) == ()


def test_an_edition_without_a_date_of_release_is_told(edition: Edition) -> None:
    (finding,) = check(replace(edition, released=None))
    assert "no date of release" in finding.message


def test_the_synthetic_seed_gives_no_cause(synthetic: Edition) -> None:
    assert check(synthetic) == ()


def test_findings_stand_in_the_order_of_the_table(tmp_path: Path) -> None:
    seed = changed(
        tmp_path,
        (MANIFEST, '"1.0"', '""'),
        (MANIFEST, "base = true", 'collated = "whole"'),
        sentence("It's  B. Exemplar."),
    )
    assert [finding.code for finding in found(seed)] == [
        "t-002",
        "n-003",
        "n-004",
        "p-003",
        "e-001",
    ]


def test_a_warning_is_written_as_place_gravity_code_sentence_and_next_step(tmp_path: Path) -> None:
    (finding,) = found(changed(tmp_path, sentence("One.  Two.")))
    assert finding.severity is Severity.WARNING
    assert re.fullmatch(
        r".*/commentary\.md:8:\d+: warning n-004: the note 'care' has .*\. Keep one\.", str(finding)
    )


# What the editors let stand.


def ignoring(rule: str, about: str = "", reason: str = "So it is.") -> Change:
    entry = f'[[ignore]]\nrule = "{rule}"\nreason = "{reason}"\n'
    entry += f'about = "{about}"\n' if about else ""
    return MANIFEST, "\n[source_note]", f"\n{entry}\n[source_note]"


def settled(seed: Path, known: Layouts, order: Order | None = None) -> tuple[list[str], int]:
    result = examine(make_job(next(iter(read(seed))), order or Order(), known))
    return [finding.code for finding in result.findings], result.ignored


TWO_SPACES = (sentence("One.  Two."), (COMMENTARY, ESSAY, "An  essay may be long;"))


@pytest.mark.parametrize(
    ("about", "left", "ignored"),
    [("", [], 2), ("the note 'care'", ["n-004"], 1), ("the note 'other'", ["n-004"] * 2 + ["i-001"], 0)],
)  # fmt: skip
def test_an_entry_leaves_out_the_findings_that_it_is_about(
    about: str, left: list[str], ignored: int, tmp_path: Path, known: Layouts
) -> None:
    seed = changed(tmp_path, *TWO_SPACES, ignoring("n-004", about))
    assert settled(seed, known) == (left, ignored)


def test_an_entry_that_fits_nothing_is_an_error_with_its_line(
    tmp_path: Path, known: Layouts
) -> None:
    seed = changed(tmp_path, ignoring("n-003"))
    (finding,) = examine(make_job(next(iter(read(seed))), Order(), known)).findings
    assert finding.severity is Severity.ERROR
    assert at(finding) == "[[ignore]]"


def test_an_entry_for_a_rule_that_there_is_not_names_the_nearest(
    tmp_path: Path, known: Layouts
) -> None:
    seed = changed(tmp_path, ignoring("n-04"))
    (finding,) = examine(make_job(next(iter(read(seed))), Order(), known)).findings
    assert (finding.code, finding.hint) == ("i-001", "Did you mean 'n-004'?")


@pytest.mark.parametrize("reason", ["", "  "])
def test_an_entry_with_an_empty_reason_is_an_error(reason: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"edition\.toml:\d+:1: the reason is empty"):
        read(changed(tmp_path, ignoring("n-004", reason=reason)))


def test_an_entry_without_a_reason_is_an_error(tmp_path: Path) -> None:
    change = (MANIFEST, "\n[source_note]", '\n[[ignore]]\nrule = "n-004"\n\n[source_note]')
    with pytest.raises(SourceError, match="the key 'reason' is missing"):
        read(changed(tmp_path, change))


FIELD = ROOT / "tests" / "rules" / "f-001"
LET_STAND = '\n[[ignore]]\nrule = "f-001"\nabout = "remarks"\nreason = "A form to come."\n'


@pytest.fixture
def field_let_stand(tmp_path: Path) -> Path:
    """Return the seed whose supplied field no form has, with an entry that lets it stand."""
    return changed(tmp_path, (MANIFEST, "\n[[supplied]]", f"{LET_STAND}\n[[supplied]]"), seed=FIELD)


def test_a_finding_about_a_form_can_be_let_stand(field_let_stand: Path, known: Layouts) -> None:
    assert settled(field_let_stand, known) == ([], 1)


def test_on_another_form_an_entry_about_forms_is_not_in_vain(
    field_let_stand: Path, known: Layouts
) -> None:
    assert settled(field_let_stand, known, Order(form="plain")) == ([], 0)


def test_a_strict_build_passes_what_is_let_stand(
    field_let_stand: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "out")
    assert (
        main(["build", str(FIELD), "--product", "facsimile", "--strict", "--out", out])
        == Exit.FINDINGS
    )
    assert "f-001" in capsys.readouterr().err
    command = ["build", str(field_let_stand), "--product", "facsimile", "--strict", "--out", out]
    assert main(command) == Exit.BUILT


# Faults with which a commentary cannot be read.

FAULTS = (
    sentence("As others say [@bok, p. 1] and [@boek, p. 2]."),
    (COMMENTARY, "## question: prompt answer", "## question: prompt reply"),
    (COMMENTARY, ESSAY, "An `essay` may be long;"),
)


def test_check_tells_all_faults_of_a_commentary_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(changed(tmp_path, *FAULTS))]) == Exit.SOURCE
    told = capsys.readouterr()
    lines = re.findall(r"commentary\.md:(\d+):\d+: error (n-\d+)", told.out)
    assert lines == [("8", "n-007"), ("8", "n-007"), ("10", "n-005")]
    assert told.out.endswith("\n3 errors, 0 warnings\n")
    assert "commentary.md:15: code (essay) is not allowed here" in told.err


def test_build_tells_all_faults_of_a_commentary_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = changed(tmp_path, *FAULTS)
    assert main(["build", str(seed), "--out", str(tmp_path / "out")]) == Exit.SOURCE
    lines = capsys.readouterr().err.splitlines()
    assert [line.startswith("error: ") for line in lines] == [True] * 4


def test_a_fault_of_one_edition_keeps_no_other_from_being_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoilt = changed(tmp_path, *FAULTS[1:2])
    ignored = ROOT / "tests" / "rules" / "ignored"
    assert main(["check", str(spoilt), str(ignored)]) == Exit.SOURCE
    assert capsys.readouterr().out.endswith("1 error, 0 warnings, 1 ignored\n")
