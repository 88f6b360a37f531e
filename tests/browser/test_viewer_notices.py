"""What is looked at in the browser is seen to be wrong when it is: the same looks at damaged copies."""

import pytest

from publish.model import Scope
from tests.browser import damage
from tests.browser.books import TELEGRAM, Book, as_copied, call
from tests.browser.conftest import Opener
from tests.browser.damage import damaged
from tests.browser.pictures import fit
from tests.browser.viewer import CSS_PX_PER_PT, IN_THE_BROWSER, SINKAGE, Viewer

pytestmark = [
    *IN_THE_BROWSER,
    pytest.mark.parametrize("book", [TELEGRAM], ids=[""], indirect=True, scope="session"),
]


@pytest.mark.parametrize(
    ("page", "lines"), [(2, 0), (0, 1), (0, -1)], ids=["page", "line above", "line below"]
)
def test_a_destination_on_another_page_or_line(
    book: Book, open_file: Opener, page: int, lines: int
) -> None:
    place = book.beginning("p3", Scope.READING)
    height = place.top + 12 + 16 * lines  # a right one stands some 12 points above the letters
    wrong = damage.destination_elsewhere("p3", place.page + page, height)
    view = open_file(book.name, damaged(book.pdf, wrong), "p3").view
    assert view.page == place.page + page
    assert view.height == pytest.approx(height, abs=3)
    assert not view.begins_with(place)


def test_a_destination_that_is_missing(book: Book, open_file: Opener) -> None:
    view = open_file(book.name, book.pdf, "p333").view
    assert not view.begins_with(book.beginning("p3", Scope.READING))


def test_a_title_that_is_missing(book: Book, open_file: Opener) -> None:
    viewer = open_file(book.name, damaged(book.pdf, damage.no_title))
    assert (viewer.title, viewer.tab_title) == (book.name, book.name)


def test_bookmarks_that_are_not_nested(book: Book, open_file: Opener) -> None:
    viewer = open_file(book.name, damaged(book.pdf, damage.flat_outline))
    shown = viewer.open_outline()
    assert shown != book.bookmarks
    assert [title for _, title in shown] == [title for _, title in book.bookmarks]


def test_a_bookmark_on_another_page(book: Book, open_file: Opener) -> None:
    place = book.pages.heading(book.plan.chapter)
    wrong = damage.bookmark_elsewhere(book.plan.chapter, place.page + 1)
    view = open_file(book.name, damaged(book.pdf, wrong)).click_bookmark(book.plan.chapter)
    assert not view.begins_with(place, SINKAGE)


def test_a_link_that_leads_elsewhere(book: Book, open_file: Opener) -> None:
    link = call(book, "quarantine")
    wrong = damage.link_elsewhere(link.contents, "note-embassy")
    view = open_file(book.name, damaged(book.pdf, wrong)).click(link.place)
    assert view.begins_with(book.note("handed Soviet Embassy"))
    assert not view.begins_with(book.note("quarantine"))


def test_a_link_that_leads_nowhere(book: Book, open_file: Opener) -> None:
    link = call(book, "quarantine")
    viewer = open_file(book.name, damaged(book.pdf, damage.dead_link(link.contents)))
    viewer.bring(link.place)
    before = viewer.view
    assert viewer.click(link.place) == before
    assert not before.begins_with(book.note("quarantine"))


def test_words_that_are_not_those_on_the_page(book: Book, open_file: Opener) -> None:
    line = book.typed_lines(book.plan.typed)[0]
    viewer = open_file(book.name, damaged(book.pdf, damage.words_instead(line.first.page)))
    viewer.drag_over(line)
    assert as_copied(line) not in (viewer.selected, viewer.copy())


@pytest.mark.parametrize("scope", [Scope.READING, Scope.FACSIMILE])
def test_another_page_in_the_place_of_the_one_meant(
    book: Book, viewer: Viewer, scope: Scope
) -> None:
    place = book.beginning("p3", scope)
    viewer.bring(place)
    another = book.pages.picture(place.page + 1, CSS_PX_PER_PT)
    assert not fit(viewer, place.page, another).is_good
