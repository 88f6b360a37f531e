"""The reader: the seed's own form, and the forms that other transcriptions have."""

from hashlib import sha256
from pathlib import Path

import pytest

from publish.departures import check_closed, render
from publish.model import BlockKind, Document, Edition, Scope, Source
from publish.problems import SourceError
from publish.sources.decoding import decode
from publish.sources.transcription import read_document
from tests.conftest import SEED

HEAD = "## A telegram\n\nLisbon, March 4, 1962\n\n"


def read_text(text: str) -> Document:
    data = text.encode()
    return read_document(
        "t", Source("t.txt", "t.txt", sha256(data).hexdigest(), decode(data, "t.txt"))
    )


def kinds(document: Document) -> list[str]:
    return [block.kind.value for block in document.blocks]


def test_the_seed_is_kept_byte_for_byte() -> None:
    digest = sha256((SEED / "telegram.txt").read_bytes()).hexdigest()
    assert digest == "194c5b94adfe1e19c26b2e968fa33e772b478d7d8a4c849935c75e2f8de1d3bf"


def test_git_changes_no_line_end_of_a_seed() -> None:
    attributes = (SEED.parents[1] / ".gitattributes").read_text("utf-8")
    assert "seeds/** -text" in attributes.splitlines()


def test_the_seed_has_nine_blocks_from_instruction_to_signature(edition: Edition) -> None:
    assert [(b.id, b.kind.value) for b in edition.document.blocks] == [
        ("p1", "instruction"),
        ("p2", "salutation"),
        ("p3", "paragraph"),
        ("p4", "paragraph"),
        ("p5", "item"),
        ("p6", "item"),
        ("p7", "paragraph"),
        ("p8", "paragraph"),
        ("p9", "signature"),
    ]


def test_the_number_of_the_seed_is_its_digits(edition: Edition) -> None:
    document = edition.document
    assert document.number is not None
    assert document.source.text[document.number.start : document.number.end] == "1015"


def test_letter_and_telegram_are_two_layers(edition: Edition) -> None:
    transmission, enclosed = edition.document.transmission, edition.document.enclosed
    assert transmission is not None
    assert enclosed is not None
    assert (transmission.what, str(transmission.recipient)) == (
        "telegram",
        "the Embassy in the Soviet Union",
    )
    assert (enclosed.what, str(enclosed.recipient)) == ("letter", "Nikita S. Khrushchev")


def test_the_label_of_an_item_is_the_documents_own(edition: Edition) -> None:
    label = edition.document.block("p5").label
    assert label is not None
    assert edition.document.source.text[label.start : label.end] == "1)"


def test_section_heads_lists_and_tables_are_told_apart(synthetic: Edition) -> None:
    assert kinds(synthetic.document) == [
        "section", "paragraph", "item", "item", "item", "section", "paragraph", "table", "paragraph", "signature",
    ]  # fmt: skip


def test_a_table_is_printed_with_tabs_and_line_ends(synthetic: Edition) -> None:
    table = render(synthetic.document, Scope.READING).block("p8").text
    assert table.split("\n")[1].split("\t") == ["Мурманск", "timber", "March 9"]


def test_a_number_after_a_section_head_is_still_the_telegrams(synthetic: Edition) -> None:
    assert render(synthetic.document, Scope.FACSIMILE).moved == {"number": "77"}


def test_a_text_without_number_has_none() -> None:
    assert read_text(HEAD + "Words without a number.\n").number is None


def test_blocks_without_stored_names_are_counted() -> None:
    assert [b.id for b in read_text(HEAD + "One.\n\nTwo.\n").blocks] == ["p1", "p2"]


def test_a_line_end_within_a_paragraph_becomes_a_space() -> None:
    document = read_text(HEAD + "One line\nand its second.\n")
    assert render(document, Scope.READING).blocks[0].text == "One line and its second."


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_both_line_ends_give_the_same_words(line_end: str) -> None:
    document = read_text((HEAD + "One line\nand more.\n\n- 1) An item\n").replace("\n", line_end))
    check_closed(document)
    assert [p.text for p in render(document, Scope.READING).blocks] == [
        "One line and more.",
        "1) An item",
    ]


def test_a_byte_order_mark_is_read_and_recorded() -> None:
    document = read_text("\ufeff" + HEAD + "Words.\n")
    assert "byte-order-mark" in {d.rule for d in document.departures}
    assert render(document, Scope.READING).heading.text == "A telegram"


def test_quotation_marks_take_their_direction_from_their_place() -> None:
    document = read_text(HEAD + 'He said "it\'s \'so\', then"--"so be it" ("yes").\n')
    words = render(document, Scope.READING).blocks[0].text
    assert words == "He said “it’s ‘so’, then”—“so be it” (“yes”)."


def test_a_signature_is_the_short_last_block() -> None:
    assert kinds(read_text(HEAD + "Words that end.\n\nKohler\n"))[-1] == BlockKind.SIGNATURE


def test_a_last_sentence_is_no_signature() -> None:
    assert kinds(read_text(HEAD + "Words.\n\nThe end.\n"))[-1] == BlockKind.PARAGRAPH


def test_a_block_that_the_seed_folder_does_not_name_is_refused() -> None:
    data = (HEAD + "One.\n\nTwo.\n").encode()
    source = Source("t.txt", "t.txt", "", data.decode())
    with pytest.raises(SourceError, match=r"'Two\.' has no id"):
        read_document("t", source, [("p1", "One.")])


def test_a_name_whose_words_are_another_blocks_is_refused() -> None:
    source = Source("t.txt", "t.txt", "", HEAD + "One.\n")
    with pytest.raises(SourceError, match="p1 should open 'Two'"):
        read_document("t", source, [("p1", "Two")])


def test_a_name_without_a_block_is_refused() -> None:
    source = Source("t.txt", "t.txt", "", HEAD + "One.\n")
    with pytest.raises(SourceError, match=r"p2 of edition\.toml is not in the transcription"):
        read_document("t", source, [("p1", "One."), ("p2", "Two.")])


def test_the_reader_keeps_the_path_it_was_given(tmp_path: Path) -> None:
    from publish.sources import read

    path = tmp_path / "a telegram.txt"
    path.write_text(HEAD + "Words.\n", "utf-8")
    edition = next(iter(read(path)))
    assert (edition.id, edition.title, edition.document.source.path) == (
        "a-telegram",
        "A telegram",
        str(path),
    )
