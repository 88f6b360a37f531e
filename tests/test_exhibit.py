"""exhibit.md gives the words of a panel, and what is wrong in it is told with its line."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from publish.attachments import attached, attachments
from publish.exhibit import Exhibit
from publish.fonts import Faces
from publish.layouts import Job, Layouts
from publish.model import Edition
from publish.orders import Order, make_job
from publish.panel_words import exhibit_of, words_in
from publish.problems import LayoutError, SourceError, UsageError
from publish.sources import read
from publish.typeset.panel.measuring import Measurer, Shown
from tests.conftest import SEED
from tests.panels import DIRECTORY, layout_of, panel_job, seed_with

WORDS = (SEED / "exhibit.md").read_text("utf-8")
QUOTATION = (
    "But the first ingredient, let me emphasize, is the cessation of work on missile sites in Cuba "
)


def exhibits(folder: Path, **files: str) -> tuple[Exhibit, ...]:
    """Read the seed with other files of panel words."""
    return next(iter(read(seed_with(folder, **files)))).exhibits


def refused(folder: Path, **files: str) -> SourceError:
    """Return the error with which the seed is refused."""
    with pytest.raises(SourceError) as told:
        exhibits(folder, **files)
    return told.value


def test_the_label_keeps_its_paragraphs(edition: Edition) -> None:
    assert len(edition.exhibits[0].label) == 2


def test_a_credit_may_have_titles_between_asterisks(edition: Edition) -> None:
    source, panel = edition.exhibits[0].credit
    assert "*Foreign Relations of the United States*" in source
    assert panel == "Panel: the Cablepress editors."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("*Foreign", "Foreign"),
        ("1963, volume", "1963,\n> volume"),
        ("Kennedy answered", "So\n## Kennedy"),
        ("Kennedy answered", "*Kennedy* answered"),
        ("1961–1963", "`1961`"),
    ],
)
def test_other_marks_are_refused(tmp_path: Path, old: str, new: str) -> None:
    assert old in WORDS
    error = refused(tmp_path, exhibit_md=WORDS.replace(old, new))
    assert "a panel’s words are plain" in str(error)


def test_hours_are_those_of_the_first_clock(edition: Edition) -> None:
    first = edition.exhibits[0].rows[0]
    assert first.shown is not None
    assert (first.shown.hour, first.shown.minute) == (9, 43)


def test_the_telegrams_own_row_is_known(edition: Edition) -> None:
    assert [row.told for row in edition.exhibits[0].rows if row.this] == [
        "The hour of telegram 1015"
    ]


def test_every_row_is_an_event_of_the_timeline(edition: Edition) -> None:
    assert all(row.listed for row in edition.exhibits[0].rows)


def test_a_sentence_that_goes_on_after_a_colon_is_no_whole_one(tmp_path: Path) -> None:
    whole = "As I read your letter, the key elements of your proposals--which seem generally acceptable as I understand them--are as follows:"  # noqa: E501
    ends_in_a_colon = refused(
        tmp_path, exhibit_md=WORDS.replace(_quoted(), whole.replace("--", "—"))
    )
    assert "ends within a sentence" in str(ends_in_a_colon)


def test_the_quotation_is_printed_as_the_reading_text_has_it(edition: Edition) -> None:
    assert edition.exhibits[0].quotation.endswith("under effective international guarantees.")


def _quoted() -> str:
    return WORDS.split("# Quotation\n")[1].split("\n")[0]


@pytest.mark.parametrize(
    ("change", "told", "line"),
    [
        ((_quoted(), "The missiles will be removed."), "does not stand in the telegram", 13),
        ((_quoted(), QUOTATION.strip()), "ends within a sentence", 13),
        (("But the first ingredient, let me", "let me"), "begins within a sentence", 13),
        (("# Title\n", "# Titel\n"), "there is no section 'Titel'", 4),
        (("# Title\nA public answer\n", ""), "the section 'title' is missing", 0),
        (("A public answer", ""), "the section 'Title' is empty", 4),
        (("# Credit", "# Title"), "two sections are called 'Title'", 30),
        (("# Kicker\n", ""), "words stand before the first heading", 1),
        (("A public answer", "A *public* answer"), "plain", 5),
        (("16:43+03:00", "26:43+03:00"), "no row|no such moment", 20),
        (("- 1962-10-26T16:43+03:00", "- yesterday"), "is no row of the timeline", 20),
        (("Washington time\n", ""), "needs a line that names its clock", 19),
        (("President Kennedy to Chairman", "President\n\nKennedy to Chairman"), "2 paragraphs, not one", 16),
        (("A public answer", "A public\x07 answer"), "control character U\\+0007", 5),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_file_is_told_with_its_line(
    change: tuple[str, str], told: str, line: int, tmp_path: Path
) -> None:
    assert change[0] in WORDS
    error = refused(tmp_path, exhibit_md=WORDS.replace(*change))
    assert re.search(told, error.message)
    assert error.where is not None
    assert error.where.path.endswith("exhibit.md")
    assert error.where.line == line


def test_an_edition_without_words_says_what_to_write(synthetic: Edition, known: Layouts) -> None:
    with pytest.raises(SourceError, match=r"exhibit\.md: there are no words for a panel.*# Label"):
        exhibit_of(panel_job(synthetic, known))


# A second language

SPANISH = (
    WORDS.replace("A public answer", "Una respuesta pública")
    .replace(_quoted(), "Pero el primer ingrediente es el cese de los trabajos.")
    .replace("Washington time", "Hora de Washington")
)


def test_a_second_language_stands_in_a_file_beside_the_first(
    tmp_path: Path, known: Layouts
) -> None:
    edition = next(iter(read(seed_with(tmp_path, exhibit_es_md=SPANISH))))
    exhibit = exhibit_of(panel_job(edition, known, language="es"))
    assert exhibit.title == "Una respuesta pública"
    assert exhibit.translated


def test_a_second_language_that_lacks_a_section_is_refused(tmp_path: Path) -> None:
    lacking = SPANISH.split("# Timeline")[0] + "# Statement" + SPANISH.split("# Statement")[1]
    error = refused(tmp_path, exhibit_es_md=lacking)
    assert error.message == "lacks the section 'timeline', which exhibit.md has"


def test_a_second_language_without_the_first_is_refused(tmp_path: Path) -> None:
    seed = seed_with(tmp_path, exhibit_es_md=SPANISH)
    (seed / "exhibit.md").unlink()
    with pytest.raises(SourceError, match=r"stands without an exhibit\.md"):
        read(seed)


def test_a_language_that_has_no_file_is_refused(edition: Edition, known: Layouts) -> None:
    with pytest.raises(UsageError, match=r"no words in 'fr'.*exhibit\.fr\.md"):
        exhibit_of(panel_job(edition, known, language="fr"))


def test_a_language_that_the_press_does_not_speak_is_refused() -> None:
    with pytest.raises(LayoutError, match=r"no words of the press in 'tlh'.*\[tlh\]"):
        words_in("tlh", DIRECTORY)


def test_the_statement_is_there_in_every_language_of_the_press() -> None:
    for language in ("en-US", "es"):
        statement, place = words_in(language, DIRECTORY).caption_of(1, 3, 1.5)
        assert statement
        assert "150" in place


# What is ordered


@pytest.mark.parametrize("bleed", ["0in", "0mm", "50mm", "-3mm", "3", "wide", "1km"])
def test_a_bleed_that_no_shop_takes_is_refused(
    bleed: str, edition: Edition, known: Layouts
) -> None:
    with pytest.raises(
        UsageError, match=r"option 'bleed' of product 'panel'.*It takes 3mm to 0\.5in"
    ):
        panel_job(edition, known, bleed=bleed)


@pytest.mark.parametrize("bleed", ["0.125in", "0.25in", "3mm", "5mm"])
def test_a_bleed_that_shops_ask_for_is_taken(bleed: str, edition: Edition, known: Layouts) -> None:
    assert panel_job(edition, known, bleed=bleed).options["bleed"] == bleed


def test_a_missing_profile_is_refused_before_any_work(edition: Edition, known: Layouts) -> None:
    with pytest.raises(UsageError, match=r"option 'icc' of product 'panel': there is no file"):
        panel_job(edition, known, icc="nowhere.icc", condition="GRACoL")


def test_a_panel_is_not_laid_two_up(edition: Edition, known: Layouts) -> None:
    with pytest.raises(UsageError, match="product 'panel' has no option 'impose'"):
        panel_job(edition, known, impose="2up")


@pytest.mark.parametrize("product", ["edition", "facsimile", "handout"])
def test_what_is_no_panel_is_not_made_for_a_print_shop(
    product: str, edition: Edition, known: Layouts
) -> None:
    with pytest.raises(UsageError, match=f"'print' is for a print shop.*product '{product}'"):
        make_job(edition, Order(product, standard="print"), known)


def test_a_panel_is_not_made_in_grey(edition: Edition, known: Layouts) -> None:
    with pytest.raises(UsageError, match="'classroom' is grey alone, and product 'panel' has col"):
        make_job(edition, Order("panel", standard="classroom"), known)


@pytest.mark.parametrize("product", ["label", "gallery-guide", "panel-tiles", "panel-ticket"])
def test_what_visitors_and_shops_get_carries_no_answers_of_the_teachers(
    edition: Edition, known: Layouts, product: str
) -> None:
    carried = [one.name for one in attached(make_job(edition, Order(product), known))]
    assert carried in ([], [edition.document.source.name])


@pytest.mark.parametrize("standard", ["print", "screen"])
def test_a_panel_carries_no_file(standard: str, edition: Edition, known: Layouts) -> None:
    assert attached(make_job(edition, Order("panel", standard=standard), known)) == ()


def test_a_panel_leads_to_the_editions_own_address_before_that_of_its_printing(
    edition: Edition, known: Layouts, faces: Faces
) -> None:
    job = panel_job(edition, known)
    assert edition.printing is not None
    assert address_on(job, faces) == edition.printing.url
    own = replace(job, edition=replace(edition, doi="10.5555/12345678"))
    assert address_on(own, faces) == "https://doi.org/10.5555/12345678"


def address_on(job: Job, faces: Faces) -> str:
    """Return the address that a panel prints and its code leads to."""
    words = words_in("en", DIRECTORY)
    return Measurer(job, exhibit_of(job), words, layout_of(job), faces, Shown(1.0, 1.0, 1)).address


def test_options_are_told_by_the_files_name(edition: Edition, known: Layouts) -> None:
    job = make_job(
        edition,
        Order("panel", paper="a1", standard="screen", options={"bleed": "5mm", "ink": "240"}),
        known,
    )
    assert job.file_name == "panel-a1-screen-bleed-5mm-240.pdf"


def test_a_path_is_recorded_by_its_name_alone(
    edition: Edition, known: Layouts, tmp_path: Path
) -> None:
    profile = tmp_path / "Shop Press.icc"
    profile.write_bytes(b"")
    job = panel_job(edition, known, icc=str(profile), condition="GRACoL")
    assert job.recorded_options["icc"] == "Shop Press.icc"
    assert job.file_name == "panel-icc-shop-press.pdf"


def test_the_words_of_panels_go_into_the_archive_with_the_seed(edition: Edition) -> None:
    described = {file.name: file.description for file in attachments(edition)}
    assert described["exhibit.md"] == described["exhibit.es.md"] == "Words of the exhibit panel"
