"""What a reader meets who opens a finished edition in Chromium's own viewer."""

import pytest

from publish.model import Scope
from tests.browser.books import (
    ANNOTATED,
    SYNTHETIC_TELEGRAM,
    TELEGRAM,
    TELEGRAM_2,
    Book,
    Plan,
    as_copied,
    call,
    reference,
    typed_line_link,
    way_back,
)
from tests.browser.conftest import Opener
from tests.browser.pictures import fit
from tests.browser.viewer import CSS_PX_PER_PT, IN_THE_BROWSER, SINKAGE, Viewer

pytestmark = IN_THE_BROWSER


def only(*plans: Plan) -> pytest.MarkDecorator:
    """Return a mark: the test is about these editions."""
    return pytest.mark.parametrize(
        "book", plans, ids=[plan.name for plan in plans], indirect=True, scope="session"
    )


@pytest.mark.parametrize("scope", [Scope.READING, Scope.FACSIMILE])
def test_an_address_opens_with_its_paragraph_at_the_top(
    book: Book, open_file: Opener, scope: Scope
) -> None:
    destination = "p3" if scope is Scope.READING else "facsimile-p3"
    view = open_file(book.name, book.pdf, destination).view
    assert view.begins_with(book.beginning("p3", scope))


@only(*ANNOTATED)
def test_an_address_opens_with_its_note_at_the_top(book: Book, open_file: Opener) -> None:
    view = open_file(book.name, book.pdf, "note-quarantine").view
    assert view.begins_with(book.note("quarantine"))


@only(TELEGRAM, SYNTHETIC_TELEGRAM)
def test_the_toolbar_and_the_tab_show_the_title(book: Book, viewer: Viewer) -> None:
    assert (viewer.title, viewer.tab_title) == (book.promised.title, book.promised.title)


# PDF/A-4 forbids the document information (ISO 19005-4, 6.1.3), and Chromium 156 takes a title
# from nowhere else: of a file of PDF 2.0 it shows the name.
@only(TELEGRAM_2)
def test_a_file_without_document_information_is_shown_by_its_name(
    book: Book, viewer: Viewer
) -> None:
    assert (viewer.title, viewer.tab_title) == (book.name, book.name)


def test_the_outline_shows_the_bookmarks_as_they_are_nested(book: Book, viewer: Viewer) -> None:
    assert viewer.open_outline() == book.bookmarks


def test_a_bookmark_leads_to_its_chapter(book: Book, viewer: Viewer) -> None:
    view = viewer.click_bookmark(book.plan.chapter)
    assert view.begins_with(book.pages.heading(book.plan.chapter), SINKAGE)


@only(*ANNOTATED)
def test_a_call_leads_to_its_note(book: Book, viewer: Viewer) -> None:
    view = viewer.click(call(book, "quarantine").place)
    assert view.begins_with(book.note("quarantine"))


@only(*ANNOTATED)
def test_a_note_leads_back_to_its_call(book: Book, viewer: Viewer) -> None:
    view = viewer.click(way_back(book, "quarantine").place)
    assert view.begins_with(call(book, "quarantine").place)


def test_the_margin_leads_to_the_line_on_the_plate(book: Book, viewer: Viewer) -> None:
    view = viewer.click(reference(book, "p3").place)
    assert view.begins_with(book.beginning("p3", Scope.FACSIMILE))


def test_a_line_on_the_plate_leads_to_its_paragraph(book: Book, viewer: Viewer) -> None:
    view = viewer.click(typed_line_link(book, "p3").place)
    assert view.begins_with(book.beginning("p3", Scope.READING))


def test_a_typed_line_is_copied_as_it_was_typed(book: Book, viewer: Viewer) -> None:
    for line in book.typed_lines(book.plan.typed):
        viewer.drag_over(line)
        assert (viewer.selected, viewer.copy()) == (as_copied(line), as_copied(line))


@only(TELEGRAM)
@pytest.mark.parametrize("scope", [Scope.READING, Scope.FACSIMILE])
def test_a_page_is_seen_where_the_viewer_says_that_it_stands(
    book: Book, viewer: Viewer, scope: Scope
) -> None:
    place = book.beginning("p3", scope)
    viewer.bring(place)
    drawn = book.pages.picture(place.page, CSS_PX_PER_PT)
    assert fit(viewer, place.page, drawn).is_good
