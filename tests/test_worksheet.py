"""The worksheet and the standards: words that belong to no telegram, read strictly from layouts/."""

import shutil
from pathlib import Path

import pytest

from publish.problems import LayoutError
from publish.resources import layouts_directory
from publish.teaching_standards import load_teaching_standards
from publish.worksheet import load_worksheets


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the two folders of layouts/ that hold such words."""
    for name in ("worksheet", "teacher"):
        shutil.copytree(layouts_directory() / name, tmp_path / name)
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_worksheet_is_in_english_and_spanish() -> None:
    assert sorted(load_worksheets(layouts_directory())) == ["en", "es"]


def test_both_have_the_same_four_steps_and_fields() -> None:
    english, spanish = load_worksheets(layouts_directory()).values()
    assert [step.id for step in english.steps] == ["meet", "observe", "sense", "use"]
    assert english.shape == spanish.shape


def test_no_field_says_the_same_in_both_languages() -> None:
    english, spanish = load_worksheets(layouts_directory()).values()
    for one, other in zip(english.steps, spanish.steps, strict=True):
        for here, there in zip(one.fields, other.fields, strict=True):
            assert here.label != there.label
            assert here.tip != there.tip


def test_every_field_has_a_tip_of_its_own() -> None:
    for sheet in load_worksheets(layouts_directory()).values():
        tips = [field.tip for step in sheet.steps for field in step.fields]
        assert len(tips) == len(set(tips))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('tip = "Kind of document"', 'tip = " "', "the field 'kind' has no tip"),
        ("lines = 2", "lines = 20", "must have either choices or 1 to 8 lines"),
        ("lines = 2\n", "", "must have either choices or 1 to 8 lines"),
        ('id = "signs"', 'id = "kind"', "two fields have the id 'kind'"),
        ('id = "signs"', 'id = "What signs"', "is not made of lower-case letters"),
        ('language = "en"', 'language = "fr"', "says that its language is 'fr'"),
        ('title = "Reading', 'titel = "Reading', "the key 'title' is missing"),
    ],
)
def test_a_fault_of_the_worksheet_is_told(folder: Path, old: str, new: str, told: str) -> None:
    change(folder / "worksheet" / "words.en.toml", old, new)
    with pytest.raises(LayoutError) as refused:
        load_worksheets(folder)
    assert told in refused.value.message
    assert refused.value.where


def test_a_language_that_lacks_a_field_is_refused(folder: Path) -> None:
    change(folder / "worksheet" / "words.es.toml", '"Otro"]', '"Otro", "Mapa"]')
    with pytest.raises(LayoutError, match="has not the steps and fields"):
        load_worksheets(folder)


def test_a_state_adds_its_standards(folder: Path) -> None:
    added = '\n[body.state]\ntitle = "A state"\n\n[standard."SS.9.1"]\nbody = "state"\ntext = "Reads."\n'
    path = folder / "teacher" / "standards.toml"
    path.write_text(path.read_text("utf-8") + added, "utf-8")
    assert load_teaching_standards(folder)["SS.9.1"].body == "A state"


def test_a_standard_of_an_unknown_body_is_refused(folder: Path) -> None:
    change(folder / "teacher" / "standards.toml", 'body = "ccss"', 'body = "cccs"')
    with pytest.raises(LayoutError) as refused:
        load_teaching_standards(folder)
    assert (refused.value.message, refused.value.hint) == (
        "there is no body 'cccs'",
        "Did you mean 'ccss'?",
    )
