"""The handout and the adapted text as documents to edit (.docx): what a word processor finds in them."""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import docx
import pytest
from docx.document import Document
from openxml_audit import OpenXmlValidator

from publish import layouts
from publish.build import build
from publish.classroom import Classroom
from publish.cli import main
from publish.departures import render
from publish.exports import EXPORTS
from publish.exports.docx_reading import faults, passages
from publish.layouts import Layouts
from publish.model import BlockKind, Edition, Scope
from publish.orders import Order, make_job
from publish.problems import Exit, NothingToPrintError, PromiseError
from publish.promises import load_export, path_beside
from publish.sources import read
from tests.conftest import ROOT, SEED, SYNTHETIC

EMBASSY = ROOT / "tests" / "seeds" / "synthetic-embassy-1961-05-06"
SEEDS = [SEED, SYNTHETIC, EMBASSY]
HANDOUT, ADAPTED = "handout-docx", "handout-adapted-docx"
STUDENTS = [HANDOUT, ADAPTED, "handout-html", "handout-adapted-html"]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def known() -> Layouts:
    return layouts.load(ROOT / "layouts")


@cache
def edition_of(seed: Path) -> Edition:
    return next(iter(read(seed)))


def written(edition: Edition, product: str = HANDOUT, paper: str = "") -> bytes:
    job = make_job(edition, Order(product, paper), known())
    return EXPORTS[job.product.format].write(job)


@cache
def file(seed: Path = SEED, product: str = HANDOUT, paper: str = "") -> bytes:
    return written(edition_of(seed), product, paper)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(content: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, part in content.items():
            package.writestr(name, part)
    return made.getvalue()


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    content = parts(data)
    text = content[part].decode("utf-8")
    assert old in text
    return packed(content | {part: text.replace(old, new, 1).encode("utf-8")})


def part(data: bytes, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(parts(data)[name])  # noqa: S314 — we wrote it


def opened(data: bytes) -> Document:
    return docx.Document(BytesIO(data))


def words(element: ElementTree.Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


def all_words(data: bytes) -> str:
    """Return every character that anybody could read in the file, its properties too."""
    if not data.startswith(b"PK"):
        return data.decode("utf-8")
    return "\n".join(
        "".join(tree.itertext()) + " ".join(v for one in tree.iter() for v in one.attrib.values())
        for tree in map(ElementTree.fromstring, parts(data).values())
    )


def styled(data: bytes) -> list[tuple[str, str]]:
    return [(str(p.style.name), p.text) for p in opened(data).paragraphs if p.style is not None]


# The document's words


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_another_reader_finds_the_transcriptions_reading_text(seed: Path) -> None:
    body = part(file(seed), "word/document.xml").find(f"{W}body")
    assert body is not None
    found = {}
    for child in body:
        if (mark := child.find(f".//{W}bookmarkStart")) is not None:
            rows = [[words(cell) for cell in row.iter(f"{W}tc")] for row in child.iter(f"{W}tr")]
            table = "\n".join("\t".join(row) for row in rows)
            found[mark.get(f"{W}name", "").removeprefix("passage_")] = table or words(child)
    rendered = render(edition_of(seed).document, Scope.READING).passages()
    assert found == {p.id: p.text for p in rendered if p.id != "source-line"}


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_what_is_read_back_is_in_the_order_of_the_text(seed: Path) -> None:
    rendered = render(edition_of(seed).document, Scope.READING).passages()
    wanted = [(p.id, p.text) for p in rendered if p.id != "source-line"]
    assert list(passages(file(seed))) == wanted


def test_signs_of_xml_come_through(tmp_path: Path) -> None:
    text = tmp_path / "odd.txt"
    text.write_text(
        '## A & B <c>\n\nLisbon, March 4, 1962\n\n1. Less < more & ]]> "so", 5 > 3.\n\nEnd\n',
        "utf-8",
    )
    for product in (HANDOUT, "handout-html"):
        edition = next(iter(read(text)))
        export = EXPORTS[known().product(product).format]
        found = dict(export.read_back(written(edition, product)))
        assert found["heading"] == "A & B <c>"
        assert "1. Less < more & ]]> “so”, 5 > 3." in found.values()


def test_the_adapted_text_is_read_back_by_paragraphs() -> None:
    handout = edition_of(SEED).classroom.handout
    wanted = [" ".join(s.text for s in each) for each in handout.adapted_paragraphs()]
    assert [text for _, text in passages(file(product=ADAPTED))] == wanted


def test_words_in_the_documents_style_under_no_name_are_found() -> None:
    more = '<w:p><w:pPr><w:pStyle w:val="DocumentText"/></w:pPr><w:r><w:t>More.</w:t></w:r></w:p>'
    longer = changed(file(), "word/document.xml", "<w:body>", f"<w:body>{more}")
    assert passages(longer)[0] == ("", "More.")


@pytest.mark.parametrize("product", [HANDOUT, ADAPTED])
def test_a_file_with_another_word_is_not_delivered(
    product: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = EXPORTS["docx"]
    wrong = changed(file(product=product), "word/document.xml", "October 26", "October 62")
    monkeypatch.setitem(EXPORTS, "docx", replace(export, write=lambda _: wrong))
    with pytest.raises(PromiseError, match="October 62"):
        build(make_job(edition_of(SEED), Order(product), known()), tmp_path)


@pytest.mark.parametrize("product", STUDENTS)
def test_verify_holds_a_finished_file_to_its_record(
    product: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = build(make_job(edition_of(SEED), Order(product), known()), tmp_path).path
    assert main(["verify", str(path)]) == Exit.BUILT
    assert "3 kept, 0 broken, 0 not checked" in capsys.readouterr().out
    record = path_beside(path)
    record.write_text(record.read_text("utf-8").replace("quick solution", "no solution"), "utf-8")
    assert bool(load_export(path_beside(path)).adapted) == ("adapted" in product)
    assert main(["verify", str(path)]) == (Exit.PROMISE if "adapted" in product else Exit.BUILT)


# Styles, numbers, languages


@pytest.mark.parametrize(
    ("opening", "style"),
    [
        ("Kennedy answers Khrushchev", "Title"),
        ("Word bank", "Heading 1"),
        ("Sourcing", "Heading 2"),
        ("This letter offers", "Answer Frame"),
        ("In October\u00a01962 President Kennedy", "Editorial Text"),
        ("Telegram of President", "Document Heading"),
        ("I have read your letter", "Document Text"),
        ("1) You would agree", "Document Item"),
        ("/s/ John F. Kennedy", "Document Signature"),
        ("“I propose:", "Quote"),
    ],
)
def test_the_styles_are_real_and_have_names_that_say_what_they_are(
    opening: str, style: str
) -> None:
    assert next(name for name, text in styled(file()) if text.startswith(opening)) == style


def test_no_paragraph_is_dressed_by_hand() -> None:
    for paragraph in opened(file()).paragraphs:
        runs = [run for run in paragraph.runs if run.font.size or run.font.name]
        assert (runs, paragraph.paragraph_format.left_indent) == ([], None)


def starts(data: bytes) -> dict[str, tuple[str, int]]:
    """Return of each list of the file how it is counted and where it begins."""
    numbering = part(data, "word/numbering.xml")
    found = {}
    for number in numbering.iter(f"{W}num"):
        abstract = number.find(f"{W}abstractNumId")
        assert abstract is not None
        for one in numbering.iter(f"{W}abstractNum"):
            if one.get(f"{W}abstractNumId") == abstract.get(f"{W}val"):
                begins, text = one.find(f".//{W}start"), one.find(f".//{W}lvlText")
                assert begins is not None
                assert text is not None
                found[number.get(f"{W}numId", "")] = (
                    text.get(f"{W}val", ""),
                    int(begins.get(f"{W}val", "")),
                )
    return found


def numbers(data: bytes) -> list[str]:
    """Return the numbers that stand before paragraphs of their own lists, as they are seen."""
    lists = starts(data)
    body = part(data, "word/document.xml")
    used = [one.get(f"{W}val", "") for one in body.iter(f"{W}numId")]
    assert len(set(used)) == len(used)  # each has a list of its own: none counts on another
    return [lists[one][0].replace("%1", str(lists[one][1])) for one in used]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_each_paragraph_has_the_number_by_which_questions_cite_it(seed: Path) -> None:
    blocks = edition_of(seed).document.blocks
    assert numbers(file(seed)) == [block.id.removeprefix("p") for block in blocks]


def test_a_number_stays_when_a_paragraph_before_it_is_taken_out() -> None:
    text = parts(file())["word/document.xml"].decode("utf-8")
    second = next(p for p in re.findall(r"<w:p>.*?</w:p>", text, re.DOTALL) if "passage_p2" in p)
    shorter = changed(file(), "word/document.xml", second, "")
    assert numbers(shorter) == ["1", "3", "4", "5", "6", "7", "8", "9"]


def test_a_paragraph_that_came_later_keeps_its_letter() -> None:
    edition = edition_of(SEED)
    document = edition.document
    blocks = tuple(replace(b, id="p3a") if b.id == "p4" else b for b in document.blocks)
    later = replace(edition, document=replace(document, blocks=blocks), classroom=Classroom())
    assert numbers(written(later))[2:5] == ["3", "3a", "5"]


def test_an_adapted_paragraph_names_what_it_renders() -> None:
    assert numbers(file(product=ADAPTED)) == [f"¶\u00a0{number}" for number in range(1, 10)]


def test_questions_are_counted_by_one_list() -> None:
    data = file()
    styles = part(data, "word/styles.xml")
    question = next(s for s in styles.iter(f"{W}style") if s.get(f"{W}styleId") == "Question")
    list_of_all = question.find(f".//{W}numId")
    assert list_of_all is not None
    assert starts(data)[list_of_all.get(f"{W}val", "")] == ("%1.", 1)
    asked = [text for style, text in styled(data) if style == "Question"]
    questions = edition_of(SEED).classroom.handout.questions
    assert len(asked) == len(questions)
    assert [one.endswith(q.text[-20:]) for one, q in zip(asked, questions, strict=True)] == [
        True
    ] * 8


def test_each_question_has_its_lines_to_write_on() -> None:
    names = [style for style, _ in styled(file())]
    asked = names.index("Question")
    assert names[asked + 1 : asked + 4] == ["Answer Line"] * 3
    assert names[asked + 4] == "Question"


def test_the_word_bank_is_a_table_whose_head_is_repeated() -> None:
    table = opened(file()).tables[0]
    glosses = edition_of(SEED).classroom.handout.glosses
    read_rows = [tuple(cell.text for cell in row.cells) for row in table.rows]
    assert read_rows[0] == ("Words", "Meaning")
    assert [one.replace("\u00a0", " ") for _, one in read_rows[1:]] == [g.meaning for g in glosses]
    assert part(file(), "word/document.xml").find(f".//{W}tr/{W}trPr/{W}tblHeader") is not None


def test_the_language_is_the_editions_and_of_foreign_words_their_own() -> None:
    data = file(SYNTHETIC)
    defaults = part(data, "word/styles.xml").find(f"{W}docDefaults//{W}lang")
    assert defaults is not None
    assert defaults.get(f"{W}val") == "en-US"
    runs = {
        words(run): lang.get(f"{W}val")
        for run in part(data, "word/document.xml").iter(f"{W}r")
        if (lang := run.find(f"{W}rPr/{W}lang")) is not None
    }
    assert (runs["Мурманск"], runs["Łódź"]) == ("ru", "pl")


@pytest.mark.parametrize(
    ("paper", "inches"), [("", (8.5, 11.0)), ("letter", (8.5, 11.0)), ("a4", (8.268, 11.693))]
)
def test_the_page_is_the_papers(paper: str, inches: tuple[float, float]) -> None:
    section = opened(file(paper=paper)).sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    found = (section.page_width.inches, section.page_height.inches)
    assert found == pytest.approx(inches, abs=0.001)


def test_another_paper_stands_in_the_files_name() -> None:
    job = make_job(edition_of(SEED), Order(HANDOUT, "a4"), known())
    assert job.file_name == "handout-docx-a4.docx"


@pytest.mark.parametrize(
    ("product", "option"),
    [(HANDOUT, "--standard"), (HANDOUT, "--form"), ("handout-html", "--paper")],
)
def test_what_the_format_does_not_have_is_refused(
    product: str, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name = {"--standard": "archive", "--form": "plain", "--paper": "a4"}[option]
    assert main(["build", str(SYNTHETIC), "--product", product, option, name]) == Exit.USAGE
    assert f"{option} {name} says nothing about {product!r}" in capsys.readouterr().err


# What students may not see, and what is not there


def lesson_words(thing: object) -> Iterator[str]:
    """Yield every text of the teacher's that is long enough to be nobody else's."""
    if isinstance(thing, str):
        if len(thing.split()) >= 5:
            yield thing
    elif isinstance(thing, tuple):
        for one in thing:
            yield from lesson_words(one)
    elif is_dataclass(thing):
        for one in fields(thing):
            yield from lesson_words(getattr(thing, one.name))


def teachers_words() -> list[str]:
    classroom = edition_of(SEED).classroom
    changes = [sentence.change for sentence in classroom.handout.adapted if sentence.change]
    return [*lesson_words(classroom.lesson), *changes]


@pytest.mark.parametrize("product", STUDENTS)
def test_no_word_of_the_key_is_in_a_students_file(product: str) -> None:
    seen = " ".join(all_words(file(product=product)).replace("\u00a0", " ").split())
    assert len(teachers_words()) > 50
    assert [told for told in teachers_words() if told in seen] == []


def test_a_word_of_the_key_would_be_found() -> None:
    told = edition_of(SEED).classroom.lesson.answers[0].text
    leaked = changed(file(), "docProps/core.xml", "The Cablepress editors", escape(told))
    assert told in all_words(leaked)
    assert told in teachers_words()


@pytest.mark.parametrize("product", [ADAPTED, "handout-adapted-html"])
@pytest.mark.parametrize("sign", ["“", "”", "/s/"])
def test_the_adapted_text_has_neither_quotation_marks_nor_the_sign_of_a_signature(
    product: str, sign: str
) -> None:
    assert sign not in all_words(file(product=product))
    assert sign in all_words(file(product=product.replace("-adapted", "")))


def test_the_adapted_text_is_named_so_in_its_properties_and_on_its_page() -> None:
    data = file(product=ADAPTED)
    assert opened(data).core_properties.title.endswith("Adapted from the original")
    assert ("Editorial Label", "Adapted from the original") in styled(data)


@pytest.mark.parametrize("seed", [SYNTHETIC, EMBASSY], ids=lambda seed: seed.name)
def test_without_a_classroom_no_heading_stands_but_the_documents(seed: Path) -> None:
    heads = [
        (style, text) for style, text in styled(file(seed)) if re.match("Title|Heading", style)
    ]
    assert heads == [("Title", edition_of(seed).title)]
    empty = [style for style, text in styled(file(seed)) if not text]
    tables = [b for b in edition_of(seed).document.blocks if b.kind is BlockKind.TABLE]
    assert len(empty) == len(tables)  # the number of a table has a line of its own


def test_an_edition_without_an_adapted_text_is_refused_in_one_line() -> None:
    with pytest.raises(
        NothingToPrintError, match="has nothing that product 'handout-adapted-docx'"
    ):
        file(SYNTHETIC, ADAPTED)


# The package


def test_the_same_input_gives_the_same_bytes_on_any_day() -> None:
    assert written(edition_of(SEED)) == file()
    with zipfile.ZipFile(BytesIO(file())) as package:
        dates = {entry.date_time for entry in package.infolist()}
    assert dates == {(2026, 11, 23, 0, 0, 0)}


def test_the_dates_are_the_release_or_source_date_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    released = opened(file()).core_properties
    assert released.created == released.modified == datetime(2026, 11, 23, tzinfo=UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    early = written(edition_of(SYNTHETIC))
    assert opened(early).core_properties.created == datetime(1970, 1, 2, tzinfo=UTC)
    with zipfile.ZipFile(BytesIO(early)) as package:
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}


def test_nothing_of_the_library_that_wrote_it_is_left() -> None:
    properties = opened(file()).core_properties
    assert properties.author == "The Cablepress editors"
    assert (properties.comments, properties.last_modified_by, properties.language) == (
        "",
        "",
        "en-US",
    )
    assert "python" not in all_words(file())
    assert sorted(parts(file())) == [
        "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/_rels/document.xml.rels",
        "word/document.xml", "word/fontTable.xml", "word/footer1.xml", "word/numbering.xml",
        "word/settings.xml", "word/styles.xml", "word/theme/theme1.xml",
    ]  # fmt: skip


@pytest.fixture
def audited(tmp_path: Path) -> Callable[[bytes], list[str]]:
    """Return a function that asks a validator for Office's own rules and schemas."""

    def audit(data: bytes) -> list[str]:
        path = tmp_path / "audited.docx"
        path.write_bytes(data)
        return [str(error) for error in OpenXmlValidator().validate(path).errors]

    return audit


@pytest.mark.parametrize(
    ("seed", "product"), [(SEED, HANDOUT), (SEED, ADAPTED), (SYNTHETIC, HANDOUT)]
)
def test_a_validator_of_the_format_has_nothing_to_say(
    audited: Callable[[bytes], list[str]], seed: Path, product: str
) -> None:
    assert audited(file(seed, product)) == []


def test_the_validator_says_what_is_wrong(audited: Callable[[bytes], list[str]]) -> None:
    assert audited(changed(file(), "word/document.xml", "<w:body>", "<w:body><w:b/>"))


def test_a_sound_file_has_no_faults() -> None:
    assert [faults(file(seed)) for seed in SEEDS] == [(), (), ()]


@pytest.mark.parametrize(
    ("where", "old", "new", "told"),
    [
        ("word/document.xml", '"DocumentText"', '"Lost"', "there is no style 'Lost'"),
        ("word/document.xml", '<w:numId w:val="3"/>', '<w:numId w:val="99"/>', "there is no list 99"),
        ("word/document.xml", 'r:id="', 'r:id="x', "there is no link xrId"),
        ("word/document.xml", '"passage_p4"', '"passage_p3"', "'passage-p3' is set twice"),
        ("word/_rels/document.xml.rels", '"theme/theme1.xml"', '"theme/t.xml"', "leads to theme/t.xml, which is not"),
        ("word/_rels/document.xml.rels", "/hyperlink\"", "/image\"", "would be fetched as image"),
        ("[Content_Types].xml", "/word/theme/theme1.xml", "/word/none.xml", "the part word/none.xml is not there"),
    ],
)  # fmt: skip
def test_what_a_word_processor_would_stumble_over_is_told(
    where: str, old: str, new: str, told: str
) -> None:
    assert any(told in fault for fault in faults(changed(file(), where, old, new)))


@pytest.mark.parametrize(
    ("damaged", "told"),
    [
        (lambda: b"no zip", "no ZIP file"),
        (lambda: file()[:2000], "no ZIP file"),
        (lambda: packed({"a.xml": b"<a/>"}), "there is no part"),
        (lambda: changed(file(), "word/document.xml", "</w:body>", ""), "not well-formed"),
        (lambda: changed(file(), "word/document.xml", "<w:document", "<!DOCTYPE w><w:document"), "document type"),
    ],
)  # fmt: skip
def test_bytes_that_are_no_such_file_are_refused(damaged: Callable[[], bytes], told: str) -> None:
    for reader in (passages, faults):
        with pytest.raises(ValueError, match=told):
            reader(damaged())
