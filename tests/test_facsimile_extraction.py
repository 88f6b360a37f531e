"""What other programs copy out of a facsimile: exactly the words that stand on it, whatever the variant."""

from pathlib import Path

import pytest

from publish.build import prepared
from publish.layouts import Layouts
from publish.orders import Order, make_job
from publish.problems import RenderingError
from publish.sources import read
from tests.conftest import SEED, Finisher
from tests.typed_variants import (
    FORMS,
    READERS,
    REFUSED,
    STOCKS,
    VARIANTS,
    Variant,
    each,
    sheets_in,
    words_of,
    words_on,
)

MOST_BYTES = 450_000


@pytest.mark.parametrize("reader", READERS)
@each(VARIANTS)
def test_a_reader_neither_splits_joins_loses_nor_adds_a_word(
    variant: Variant, reader: str, finished: Finisher
) -> None:
    made = variant.finished(finished)
    sheets = sheets_in(made.pdf)
    found, wanted = READERS[reader].found(made.built, sheets), words_on(made.built.job, sheets)
    assert (found - wanted, wanted - found) == ({}, {})  # added, lost


def test_words_are_told_apart_by_how_often_they_stand_and_dashes_end_them() -> None:
    assert words_of("to be, or not--to") == {"to": 2, "be,": 1, "or": 1, "not--": 1}
    assert words_of("to be") != words_of("to be to") != words_of("tobe")


def test_every_form_and_stock_and_both_ways_of_fields_are_tried() -> None:
    assert {"ds-322", "incoming", "plain", "teletype"} <= {one.form for one in VARIANTS}
    assert {(one.form, one.stock) for one in VARIANTS} == {
        (form, stock) for form in FORMS for stock in STOCKS
    }
    assert {one.fields for one in VARIANTS} == {"strict", "annotated"}


@pytest.mark.parametrize(("form", "seed"), sorted(REFUSED), ids=str)
def test_what_is_not_tried_is_refused_for_a_sign_that_the_machine_lacks(
    form: str, seed: Path, known: Layouts
) -> None:
    order = Order("facsimile", form=form)
    with pytest.raises(RenderingError, match=r"has no type for 'é' \(U\+00E9"):
        prepared(make_job(read(seed).editions[0], order, known))


@each(tuple(one for one in VARIANTS if one.seed == SEED))
def test_the_facsimile_of_the_first_telegram_is_small(variant: Variant, finished: Finisher) -> None:
    assert len(variant.finished(finished).pdf) <= MOST_BYTES
