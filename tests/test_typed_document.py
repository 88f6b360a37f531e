"""What a form's habits make of a telegram: number, dateline, spaces and letters, each a recorded departure."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.departure_rules import CAPITALS
from publish.departures import Rendered, check_closed, depart, render
from publish.model import Departure, Document, Scope
from publish.printed_form import DatelineStands, Form, Letters, NumberStands, Signs
from publish.problems import RenderingError, SourceError
from publish.typed_document import typed_document
from tests.typed_forms import form, telegram, with_habits

DS_322 = form("ds-322")
CAPITALS_ONLY = with_habits(DS_322, letters=Letters.CAPITALS)
IN_TEXT = with_habits(DS_322, number=NumberStands.TEXT, dateline=DatelineStands.TEXT)
IN_FIELDS = with_habits(DS_322, dateline=DatelineStands.FIELDS)
TELETYPE = replace(
    with_habits(
        DS_322,
        letters=Letters.CAPITALS,
        number=NumberStands.TEXT,
        dateline=DatelineStands.TEXT,
    ),
    fields=(),
)


def on_sheet(document: Document, on: Form) -> Rendered:
    return render(typed_document(document, on), Scope.FACSIMILE)


def under(rule: str, departures: Sequence[Departure]) -> list[Departure]:
    return [departure for departure in departures if departure.rule == rule]


def emended(document: Document, word: str, printed: str, scope: Scope = Scope.BOTH) -> Document:
    start = document.source.text.index(word)
    text = document.source.text
    made = depart("emendation", text, start, start + len(word), printed, scope, reason="a slip")
    return replace(document, departures=(*document.departures, made))


# The number


def test_a_form_with_a_field_for_the_number_takes_it_out_of_the_text() -> None:
    sheet = on_sheet(telegram("77. The steamer sails."), DS_322)
    assert (sheet.moved, sheet.blocks[0].text) == ({"number": "77"}, "The steamer sails.")


def test_a_form_that_keeps_the_number_in_the_text_moves_nothing() -> None:
    sheet = on_sheet(telegram("77. The steamer sails."), IN_TEXT)
    assert (sheet.moved, sheet.blocks[0].text) == ({}, "77. The steamer sails.")


def test_a_number_that_stays_in_the_text_leaves_no_departure() -> None:
    typed = typed_document(telegram("77. The steamer sails."), IN_TEXT)
    assert under("number-to-action-line", typed.departures) == []


# The dateline


def test_a_form_that_leaves_the_dateline_to_the_caption_types_none() -> None:
    assert on_sheet(telegram("One."), DS_322).dateline.text == ""


def test_a_typed_dateline_stands_as_the_transcription_has_it() -> None:
    assert on_sheet(telegram("One."), IN_TEXT).dateline.text == "Strelsau, May 6, 1961, 11 a.m."


def test_a_typed_dateline_has_plain_spaces_and_no_sign_without_width() -> None:
    document = telegram("One.", dateline="Strel\u00adsau, May\u00a06, 1961")
    assert on_sheet(document, IN_TEXT).dateline.text == "Strelsau, May 6, 1961"


@pytest.mark.parametrize(
    ("dateline", "moved"),
    [
        ("Strelsau, May 6, 1961, 11 a.m.", {"place": "Strelsau", "date": "May 6, 11 a.m."}),
        ("Strelsau, May 6, 1961", {"place": "Strelsau", "date": "May 6"}),
        ("Strelsau, 6 May 1961, 11 a.m.", {"place": "Strelsau", "date": "6 May, 11 a.m."}),
        ("Strelsau, Zenda, May 6, 1961, 11 a.m.", {"place": "Strelsau, Zenda", "date": "May 6, 11 a.m."}),
        ("Strelsau, May 1961", {"place": "Strelsau", "date": "May"}),
        ("Strelsau, 1961", {"place": "Strelsau", "date": "1961"}),
        ("May 6, 1961, 11 a.m.", {"date": "May 6, 11 a.m."}),
        ("Strel\u00adsau,  May\u00a06, 1961", {"place": "Strelsau", "date": "May 6"}),
        ("Strelsau,May 6,1961,11 a.m.", {"place": "Strelsau", "date": "May 6,11 a.m."}),
    ],
)  # fmt: skip
def test_place_and_date_of_a_dateline_are_told_apart(dateline: str, moved: dict[str, str]) -> None:
    document = telegram("One.", dateline=dateline)
    assert on_sheet(document, IN_FIELDS).moved == moved


def test_a_dateline_in_fields_is_not_typed_as_a_line() -> None:
    typed = typed_document(telegram("One."), IN_FIELDS)
    check_closed(typed)
    assert render(typed, Scope.FACSIMILE).dateline.text == ""


def test_the_reading_text_keeps_the_dateline_whole() -> None:
    typed = typed_document(telegram("One."), IN_FIELDS)
    assert render(typed, Scope.READING).dateline.text == "Strelsau, May 6, 1961, 11 a.m."


def test_a_dateline_whose_year_no_pattern_knows_is_refused() -> None:
    document = telegram("One.")
    elsewhere = replace(
        document, dateline=replace(document.dateline, end=document.dateline.start + 8)
    )
    with pytest.raises(
        SourceError, match=r"telegram\.txt:3:1: the dateline has no part with the year"
    ):
        typed_document(elsewhere, IN_FIELDS)


# Capitals


def test_a_form_of_capitals_types_capitals() -> None:
    sheet = on_sheet(telegram('The "Zenda" sails at 6 p.m.--perhaps.'), CAPITALS_ONLY)
    assert sheet.blocks[0].text == 'THE "ZENDA" SAILS AT 6 P.M.--PERHAPS.'


def test_each_unchanged_run_is_one_departure() -> None:
    document = telegram("77. The steamer sails. Wait.", "- a) The first item.")
    found = under(CAPITALS, typed_document(document, CAPITALS_ONLY).departures)
    assert [departure.source for departure in found] == [
        "The steamer sails.", "Wait.", "a)", "The first item.",
    ]  # fmt: skip


def test_a_run_without_small_letters_leaves_no_departure() -> None:
    found = under(CAPITALS, typed_document(telegram("NATO, 1961."), CAPITALS_ONLY).departures)
    assert found == []


def test_capitals_hold_in_the_facsimile_only() -> None:
    typed = typed_document(telegram("The steamer sails."), CAPITALS_ONLY)
    assert render(typed, Scope.READING).blocks[0].text == "The steamer sails."


def test_sentences_are_parted_by_the_words_before_they_are_capitals() -> None:
    sheet = on_sheet(telegram("He met Mr. Nobody. Then he left."), CAPITALS_ONLY)
    assert sheet.blocks[0].text == "HE MET MR. NOBODY.  THEN HE LEFT."


def test_the_label_of_an_item_keeps_its_length() -> None:
    (passage,) = on_sheet(telegram("- a) The first item."), CAPITALS_ONLY).blocks
    assert (passage.text[: passage.label_length], passage.text) == ("A)", "A)  THE FIRST ITEM.")


def test_what_is_heard_has_the_letters_of_the_transcription() -> None:
    sheet = on_sheet(telegram("77. The steamer sails.", "- a) An item."), TELETYPE)
    assert [passage.spoken for passage in (sheet.dateline, *sheet.blocks)] == [
        "Strelsau, May 6, 1961, 11 a.m.", "77. The steamer sails.", "a)  An item.",
    ]  # fmt: skip


def test_an_emended_word_is_in_capitals_too_and_heard_as_emended() -> None:
    document = emended(telegram("The streamer sails."), "streamer", "steamer")
    typed = typed_document(document, CAPITALS_ONLY)
    check_closed(typed)
    (block,) = render(typed, Scope.FACSIMILE).blocks
    assert (block.text, block.spoken) == ("THE STEAMER SAILS.", "The steamer sails.")
    assert render(typed, Scope.READING).blocks[0].text == "The steamer sails."


def test_an_emendation_that_only_makes_capitals_needs_no_second_departure() -> None:
    document = emended(telegram("The NATO ship sails."), "NATO", "Nato")
    typed = typed_document(document, CAPITALS_ONLY)
    check_closed(typed)
    assert render(typed, Scope.FACSIMILE).blocks[0].text == "THE NATO SHIP SAILS."
    assert [d.scope for d in under("emendation", typed.departures)] == [Scope.READING]


def test_words_in_fields_are_in_capitals_too_and_heard_as_words() -> None:
    capitals = with_habits(DS_322, letters=Letters.CAPITALS, dateline=DatelineStands.FIELDS)
    sheet = on_sheet(telegram("77. One."), capitals)
    assert sheet.moved == {"number": "77", "place": "STRELSAU", "date": "MAY 6, 11 A.M."}
    assert sheet.moved_spoken == {"number": "77", "place": "Strelsau", "date": "May 6, 11 a.m."}


@pytest.mark.parametrize("letter", ["ß", "ﬁ", "ŉ"])
def test_a_letter_whose_capital_is_two_is_named(letter: str) -> None:
    document = telegram("Good.", f"The Stra{letter}e is long.")
    with pytest.raises(
        RenderingError, match=rf"telegram\.txt:7:9: the capital of '{letter}' \(U\+"
    ):
        typed_document(document, CAPITALS_ONLY)


def test_a_document_is_typed_once() -> None:
    document = telegram("77. He met Mr. Nobody. Then he left.", "- a) The first item.")
    for on in (DS_322, CAPITALS_ONLY, IN_TEXT, IN_FIELDS, TELETYPE, form("incoming")):
        once = typed_document(document, on)
        assert typed_document(once, on) == once


def test_a_document_in_capitals_is_not_spaced_anew_by_its_capitals() -> None:
    once = typed_document(telegram("He met Mr. Nobody."), CAPITALS_ONLY)
    assert typed_document(once, CAPITALS_ONLY) == once


WORDS = st.lists(
    st.text(st.sampled_from("abzXYZ.,;:?'\"()-/09éÅЖж"), min_size=1, max_size=9).filter(
        lambda word: any(map(str.isalnum, word))
    ),
    min_size=1,
    max_size=30,
)


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_capitals_of_any_text_are_closed_and_heard_as_it_is_written(
    paragraphs: list[list[str]],
) -> None:
    document = telegram(*("x " + " ".join(words) for words in paragraphs))
    in_capitals = typed_document(document, TELETYPE)
    check_closed(in_capitals)
    mixed = on_sheet(document, with_letters(TELETYPE, Letters.MIXED))
    typed = render(in_capitals, Scope.FACSIMILE)
    assert [passage.spoken for passage in typed.passages()] == [p.text for p in mixed.passages()]
    assert [passage.text for passage in typed.passages()] == [
        passage.text.upper() for passage in mixed.passages()
    ]


def with_letters(on: Form, letters: Letters) -> Form:
    return replace(on, typing=replace(on.typing, letters=letters))


# What a machine cannot type


def limited(*other_forms: str) -> Form:
    signs = Signs("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,'", other_forms)
    return replace(TELETYPE, typing=replace(TELETYPE.typing, signs=signs))


def test_a_sign_that_the_machine_lacks_is_named_as_the_file_has_it() -> None:
    with pytest.raises(
        RenderingError,
        match=r"telegram\.txt:5:8: the machine of the form 'ds-322' has no type for 'é' "
        r"\(U\+00E9 LATIN SMALL LETTER E WITH ACUTE\)",
    ):
        typed_document(telegram("The café closes."), limited())


def test_a_form_that_has_more_signs_is_offered() -> None:
    with pytest.raises(RenderingError, match="may have it: --form plain or --form ds-322"):
        typed_document(telegram("Мурманск"), limited("plain", "ds-322"))


def test_a_sign_of_the_dateline_is_looked_at_too() -> None:
    with pytest.raises(RenderingError, match=r"telegram\.txt:3:2: .*'é'"):
        typed_document(telegram("One.", dateline="Példaváros, May 6, 1961"), limited())


def test_the_tabs_and_line_ends_of_a_table_need_no_type() -> None:
    typed_document(telegram("| A | B |\n|---|---|\n| one | two |"), limited())


def test_words_longer_than_their_field_are_refused() -> None:
    document = telegram("One.", dateline=f"{'Strelsau ' * 9}, May 6, 1961")
    with pytest.raises(
        RenderingError, match="the field 'from' of the form 'incoming' has room for 55"
    ):
        typed_document(document, form("incoming"))
