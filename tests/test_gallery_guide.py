"""The object label and the gallery guide: the panel's words, none other, large enough, told in order."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from publish.build import build
from publish.cli import main
from publish.departures import render
from publish.exhibit import Exhibit, without_italics
from publish.layouts import Layouts
from publish.model import Edition, Scope
from publish.orders import Order, make_job
from publish.panel_words import words_in
from publish.problems import Exit, LayoutError, SourceError, UsageError
from publish.verify.outcome import State
from tests.conftest import ROOT, SEED, SYNTHETIC, Finished, Finisher

LABELS = (("label", "5x7in", "short"), ("label", "a5", "short"), ("label", "8x10in", "full"))


@pytest.fixture(scope="module")
def guide(finished: Finisher) -> Finished:
    return finished(SEED, "gallery-guide")


@pytest.fixture(scope="module")
def panel(finished: Finisher) -> Finished:
    return finished(SEED, "panel", "", "screen")


@pytest.fixture
def exhibit(edition: Edition) -> Exhibit:
    return edition.exhibits[0]


def plain(text: str) -> str:
    """Return words with all breaks of lines, ties and joiners taken for spaces or nothing."""
    joined = text.replace("\u2060", "").replace("\u200b", "").replace("\u00ad", "")
    return " ".join(joined.split())


def told(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return plain(" ".join(str(page.get_textpage().get_text_range()) for page in document))
    finally:
        document.close()


def written(exhibit: Exhibit) -> dict[str, str]:
    """Return what exhibit.md says, section by section."""
    texts = {
        "kicker": exhibit.kicker,
        "title": exhibit.title,
        "quotation": exhibit.quotation,
        "quotation credit": exhibit.quotation_credit,
        "statement": exhibit.statement,
        "clock": exhibit.clock,
    }
    texts |= {f"label {number}": words for number, words in enumerate(exhibit.label)}
    texts |= {
        f"credit {number}": without_italics(words) for number, words in enumerate(exhibit.credit)
    }
    return texts | {f"row {number}": row.told for number, row in enumerate(exhibit.rows)}


def test_the_guide_says_every_word_of_the_panels_file(guide: Finished, exhibit: Exhibit) -> None:
    words = told(guide.pdf)
    assert [name for name, text in written(exhibit).items() if plain(text) not in words] == []


def test_panel_and_guide_say_the_same_words(
    guide: Finished, panel: Finished, exhibit: Exhibit
) -> None:
    """Drawn words are compared, so that neither could have been given others on its way."""
    both = told(guide.pdf), told(panel.pdf)
    for name, text in written(exhibit).items():
        assert [plain(text) in words for words in both] == [True, True], name


def test_days_and_hours_are_those_of_the_panel(guide: Finished, exhibit: Exhibit) -> None:
    words = words_in("en-US", ROOT / "layouts" / "panel")
    found = told(guide.pdf)
    for row in exhibit.rows:
        assert f"{words.day(row.day)}, {words.hour(row.shown)} {row.told}" in found


@pytest.mark.parametrize("code", ["drawn", "heard", "order", "strays"])
def test_the_guide_has_the_telegram_whole_and_in_order(guide: Finished, code: str) -> None:
    assert {result.state for result in guide.built.promises if result.code == code} == {State.KEPT}


def test_nothing_is_said_but_the_panels_words_and_the_telegrams(
    guide: Finished, edition: Edition, exhibit: Exhibit
) -> None:
    reading = render(edition.document, Scope.READING)
    address = edition.address.partition("://")[2]
    known = [*written(exhibit).values(), reading.heading.text, reading.dateline.text]
    known += [passage.text for passage in reading.blocks]
    known += ["Typographic reconstruction, not a scan.", "The telegram", address]
    words = words_in("en-US", ROOT / "layouts" / "panel")
    known += [f"{words.day(row.day)}, {words.hour(row.shown)}" for row in exhibit.rows]
    allowed = {word.strip("“”") for text in known for word in plain(text).split()}
    left = [word for word in told(guide.pdf).split() if word.strip("“”") not in allowed]
    pages = [str(number) for number in range(1, guide.built.pages + 1)]
    assert [word for word in left if word not in pages and word not in address] == []


def faces_of(pdf: bytes) -> set[str]:
    with pikepdf.open(BytesIO(pdf)) as opened:
        fonts = [font for page in opened.pages for font in page.Resources.Font.values()]
        return {str(font.BaseFont) for font in fonts}


def set_sizes(pdf: bytes) -> set[float]:
    """Return the sizes of type as the content streams set them: the font's size by the text's matrix."""
    found: set[float] = set()
    with pikepdf.open(BytesIO(pdf)) as opened:
        for page in opened.pages:
            size, scale, shape = 0.0, 1.0, [1.0]
            for instruction in pikepdf.parse_content_stream(page):
                operands, name = list(instruction.operands), str(instruction.operator)
                if name == "q":
                    shape.append(shape[-1])
                elif name == "Q":
                    shape.pop()
                elif name == "cm":
                    shape[-1] *= abs(float(operands[0]))
                elif name == "Tf":
                    size = float(operands[1])
                elif name == "Tm":
                    scale = abs(float(operands[0]))
                elif name in ("Tj", "TJ"):
                    found.add(round(size * scale * shape[-1], 2))
    return found


def test_nothing_in_the_guide_is_smaller_than_18_points(guide: Finished) -> None:
    assert min(set_sizes(guide.pdf)) >= 18


def test_the_guide_is_set_in_one_sans_face(guide: Finished) -> None:
    assert [name for name in faces_of(guide.pdf) if "Franklin" not in name] == []


@pytest.mark.parametrize("file", ["guide.css"])
def test_the_guide_is_ragged_and_divides_no_word(file: str) -> None:
    style = (ROOT / "layouts" / "gallery-guide" / file).read_text("utf-8")
    assert "text-align: left; hyphens: none;" in style
    assert "justify" not in style
    assert "italic 4" not in style


def test_no_line_of_the_guide_ends_in_a_divided_word(guide: Finished) -> None:
    assert all("\u00ad" not in page and "\u2010" not in page for page in [told(guide.pdf)])
    assert guide.built.promises
    assert '"hyphens": []' in guide.record


def test_the_guide_is_tagged_and_claims_pdf_ua_1(guide: Finished) -> None:
    with pikepdf.open(BytesIO(guide.pdf)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


@pytest.mark.parametrize(("product", "paper", "words"), LABELS)
def test_a_label_is_one_card_of_the_panels_words_and_the_telegrams_name(
    finished: Finisher, exhibit: Exhibit, product: str, paper: str, words: str
) -> None:
    label = finished(SEED, product, paper, options=(("words", words),))
    assert label.built.pages == 1
    texts = [
        exhibit.kicker,
        exhibit.title,
        "Telegram 1015. President Kennedy to Chairman Khrushchev.",
    ]
    texts += ["Typographic reconstruction, not a scan."]
    texts += [*(exhibit.label if words == "full" else ()), without_italics(exhibit.credit[0])]
    assert told(label.pdf) == plain(" ".join(texts))


@pytest.mark.parametrize(("product", "paper", "words"), LABELS)
def test_nothing_on_a_label_is_smaller_than_24_points(
    finished: Finisher, product: str, paper: str, words: str
) -> None:
    label = finished(SEED, product, paper, options=(("words", words),))
    assert min(set_sizes(label.pdf)) >= 24


@pytest.mark.parametrize(("paper", "words"), [("a5", "short"), ("letter", "full"), ("a4", "full")])
def test_a_label_in_a_second_language_names_the_telegram_in_its_own(
    finished: Finisher, paper: str, words: str
) -> None:
    label = finished(SEED, "label", paper, options=(("words", words), ("language", "es")))
    assert "Telegram 1015. El presidente Kennedy al presidente Jruschov. Reconstrucción" in told(
        label.pdf
    )


def test_a_label_that_is_too_long_for_its_card_is_refused(
    edition: Edition, known: Layouts, tmp_path: Path
) -> None:
    job = make_job(edition, Order("label", options={"words": "full"}), known)
    with pytest.raises(LayoutError, match=r"makes 3 pages, and may make 1\. Take a larger --paper"):
        build(job, tmp_path)
    assert list(tmp_path.rglob("*.*")) == []


@pytest.mark.parametrize("product", ["label", "gallery-guide"])
def test_an_edition_without_panel_words_has_neither(
    synthetic: Edition, known: Layouts, tmp_path: Path, product: str
) -> None:
    assert not synthetic.exhibits, SYNTHETIC
    with pytest.raises(SourceError, match="there are no words for a panel"):
        build(make_job(synthetic, Order(product), known), tmp_path)


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (Order("gallery-guide", options={"language": "fr"}), "the panel has no words in 'fr'"),
        (Order("gallery-guide", "24x36in"), "has no page for the paper '24x36in'"),
    ],
)
def test_what_a_guide_cannot_be_is_refused(
    edition: Edition, known: Layouts, tmp_path: Path, order: Order, words: str
) -> None:
    with pytest.raises((UsageError, LayoutError), match=words):
        build(make_job(edition, order, known), tmp_path)
    assert list(tmp_path.rglob("*.*")) == []


def test_other_words_in_the_file_are_other_words_in_the_guide(
    edition: Edition, known: Layouts, tmp_path: Path
) -> None:
    other = replace(edition.exhibits[0], title="A quiet question")
    job = make_job(replace(edition, exhibits=(other,)), Order("label", "a4"), known)
    assert "A quiet question" in told(build(job, tmp_path).path.read_bytes())


@pytest.mark.parametrize("name", ["guide", "label"])
def test_the_finished_file_verifies(
    finished: Finisher, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    product = {"guide": "gallery-guide"}.get(name, name)
    file = (
        finished(SEED, product)
        if name == "guide"
        else finished(SEED, "label", "a5", options=(("words", "short"),))
    )
    assert main(["verify", str(file.built.path)]) == Exit.BUILT
    assert "0 broken" in capsys.readouterr().out
