"""What other witnesses give for fields of the form: read strictly, proved by quotation, checked by form."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from publish.cli import main
from publish.layouts import Layouts
from publish.model import Drawn, Edition, Supplied
from publish.orders import Order, make_job
from publish.problems import Exit, Severity, SourceError
from publish.sources import read
from publish.supplied_fields import check_form
from tests.bad_inputs import changed
from tests.conftest import SEED

ENTRY = """\
[[supplied]]
field = "info"
value = "the Embassy"
display = "Amembassy"
witness = "F"
locator = "heading"
quotation = "Telegram to the Embassy in a country"

[source_note]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the seed with one entry more."""
    copy = Path(shutil.copytree(SEED, tmp_path / "seed"))
    changed(copy / "edition.toml", "[source_note]\n", ENTRY)
    return copy


def entry(edition: Edition, field: str) -> Supplied:
    return next(supplied for supplied in edition.supplied if supplied.field == field)


def test_the_seed_supplies_what_its_witnesses_give(edition: Edition) -> None:
    assert [(s.field, s.witness, s.value, s.display) for s in edition.supplied] == [
        ("action", "F", "Embassy in the Soviet Union", "Amembassy MOSCOW"),
        ("precedence", "F", "Niact", "NIACT"),
        ("classification", "F", "Unclassified", "UNCLASSIFIED"),
        ("drafted-by", "F", "Drafted and cleared by Brubeck", "Brubeck"),
        ("signed", "F", "Rusk", "RUSK"),
        ("clock-stamp", "J", "October 27, 1962, 8:05 p.m.", "OCT 27  8 05 PM '62"),
    ]


def test_the_clock_alone_is_a_stamp(edition: Edition) -> None:
    stamps = [s.field for s in edition.supplied if s.drawn is Drawn.STAMP]
    assert stamps == ["clock-stamp"]


def test_of_the_stamp_is_said_that_no_source_has_it(edition: Edition) -> None:
    assert "No source says that this telegram was stamped" in entry(edition, "clock-stamp").note


def test_an_entry_knows_its_line(folder: Path) -> None:
    (edition,) = read(folder)
    lines = (folder / "edition.toml").read_text("utf-8").splitlines()
    for supplied in edition.supplied:
        assert lines[supplied.line - 1] == f'field = "{supplied.field}"'


def test_an_entry_is_read_whole(folder: Path) -> None:
    (edition,) = read(folder)
    last = edition.supplied[-1]
    assert replace(last, line=0) == Supplied(
        field="info",
        value="the Embassy",
        display="Amembassy",
        witness="F",
        locator="heading",
        quotation="Telegram to the Embassy in a country",
        line=0,
    )


def test_spaces_are_folded_in_the_witnesss_words_and_kept_in_what_is_shown(folder: Path) -> None:
    manifest = folder / "edition.toml"
    changed(manifest, '"Telegram to the Embassy in a', '"""Telegram to the\n  Embassy  in a')
    changed(manifest, 'in a country"', 'in a country"""')
    changed(manifest, '"Amembassy"', '"Amembassy  X"')
    (edition,) = read(folder)
    assert edition.supplied[-1].quotation == "Telegram to the Embassy in a country"
    assert edition.supplied[-1].display == "Amembassy  X"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"the Embassy"', '"an Embassy"', "the value 'an Embassy' does not stand in the quotation 'Telegram to"),
        ('"the Embassy"', '"the embassy"', "the value 'the embassy' does not stand in the quotation"),
        ('"the Embassy"', '"the Embass"', "the value 'the Embass' does not stand in the quotation"),
        ('"the Embassy"', '"legram to"', "the value 'legram to' does not stand in the quotation"),
        ('"the Embassy"', '" "', "'value' is empty"),
        ('"Amembassy"\nwitness', '""\nwitness', "the field 'info' would show nothing"),
        ('"Amembassy"\nwitness', '"  "\nwitness', "the field 'info' would show nothing"),
        ('"Amembassy"\nwitness', '"Am\\nembassy"\nwitness', "'display' is one line"),
        ('"Amembassy"\nwitness = "F"', '"Amembassy"\nwitness = "G"', "no witness 'G'. Known: C, D, F, J, P, S."),
        ('"Amembassy"\nwitness = "F"', '"Amembassy"\nwitness = "J"', "does not stand in the transcription"),
        ('"heading"\nquotation = "Telegram to', '""\nquotation = "Telegram to', "'locator' is empty"),
        ('"Telegram to the Embassy in a country"', '""', "'quotation' is empty"),
        ('"info"', '"action"', "the field 'action' is supplied twice"),
        ('"info"', '"Info"', "the field 'Info' is not made of lower-case letters"),
        ('"info"', '"info"\ndrawn = "stmp"', "'drawn' cannot be 'stmp'. Did you mean 'stamp'?"),
        ('"info"', '"info"\nnote = "<b>"', "raw HTML (<b>)"),
        ('"info"', '"info"\nnote = "[@frus-vii]"', "Did you mean 'frus-vi'?"),
        ('"info"', '"info"\nnotes = "x"', "unknown key 'notes' in [supplied]. Did you mean 'note'?"),
        ('value = "the Embassy"\n', "", "the key 'value' is missing in [supplied]"),
    ],
)  # fmt: skip
def test_a_faulty_entry_is_refused_where_it_stands(
    folder: Path, old: str, new: str, words: str
) -> None:
    manifest = folder / "edition.toml"
    changed(manifest, old, new)
    with pytest.raises(SourceError) as caught:
        read(folder)
    assert caught.value.exit_code is Exit.SOURCE
    assert words in str(caught.value)
    first = manifest.read_text("utf-8").splitlines().index("[source_note]") - 9
    where = caught.value.where
    assert where is not None
    assert where.path == str(manifest)
    assert first < where.line <= first + 10


def test_a_quotation_from_the_transcription_must_stand_in_it(folder: Path) -> None:
    changed(
        folder / "edition.toml",
        '"Washington, October 27, 1962, 8:05',
        '"Washington, October 27, 1962, 8:06',
    )
    changed(folder / "edition.toml", '"October 27, 1962, 8:05', '"October 27, 1962, 8:06')
    with pytest.raises(SourceError, match=r"8:06 p\.m\.' does not stand in the transcription"):
        read(folder)


# The form


def findings(edition: Edition, known: Layouts, *fields: str, form: str = "") -> list[str]:
    """Return what is found about these fields, supplied in this order."""
    (first, *_) = edition.supplied
    supplied = tuple(replace(first, field=name, line=n) for n, name in enumerate(fields, 1))
    options = {"fields": "annotated"} if form else {}
    order = Order(form=form, options=options)
    job = make_job(replace(edition, supplied=supplied), order, known)
    found = check_form(job)
    assert {(f.code, f.severity) for f in found} <= {("f-001", Severity.WARNING)}
    return [str(finding) for finding in found]


def test_a_field_that_the_form_leaves_blank_gives_no_cause(
    edition: Edition, known: Layouts
) -> None:
    assert findings(edition, known, "action", "classification", "drafted-by") == []


def test_a_field_that_the_form_does_not_have_is_told_with_the_nearest(
    edition: Edition, known: Layouts
) -> None:
    (told,) = findings(edition, known, "action", "draftd-by")
    assert "edition.toml:2:1: warning f-001: the form 'ds-322' has no field 'draftd-by'" in told
    assert told.endswith("Did you mean 'drafted-by'?")


def test_another_form_is_no_cause_where_nothing_supplied_is_shown(
    edition: Edition, known: Layouts
) -> None:
    assert check_form(make_job(edition, Order(form="plain"), known)) == ()


def test_the_form_that_is_ordered_is_the_one_that_counts(edition: Edition, known: Layouts) -> None:
    (told,) = findings(edition, known, "action", form="plain")
    assert "the form 'plain' has no field 'action'" in told


@pytest.mark.parametrize("field", ["number", "sheet-number"])
def test_a_field_that_the_transcription_fills_is_told(
    edition: Edition, known: Layouts, field: str
) -> None:
    (told,) = findings(edition, known, field)
    assert f"the transcription fills the field '{field}'" in told


def test_the_number_may_be_supplied_where_the_transcription_has_none(
    edition: Edition, known: Layouts
) -> None:
    unnumbered = replace(edition, document=replace(edition.document, number=None))
    assert findings(unnumbered, known, "number") == []


def test_check_tells_of_a_field_in_vain_and_counts_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = changed(folder / "edition.toml", 'field = "info"', 'field = "nowhere"')
    assert main(["check", str(folder), "--strict"]) == Exit.FINDINGS
    told = capsys.readouterr().out
    assert f"{folder}/edition.toml:{line}:1: warning f-001: " in told
    assert "has no field 'nowhere'" in told


def test_check_knows_the_forms_of_another_folder(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layouts = Path(shutil.copytree(SEED.parents[1] / "layouts", tmp_path / "layouts"))
    changed(layouts / "forms" / "ds-322.toml", 'id = "info"', 'id = "information"')
    main(["check", str(folder)])
    assert "'info'" not in capsys.readouterr().out
    main(["check", str(folder), "--layouts", str(layouts)])
    assert "has no field 'info'" in capsys.readouterr().out


def test_check_refuses_a_form_that_a_build_would_refuse(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed(folder / "edition.toml", '"ds-322"', '"ds-323"')
    assert main(["check", str(folder)]) == Exit.SOURCE
    assert "there is no form 'ds-323'" in capsys.readouterr().err
