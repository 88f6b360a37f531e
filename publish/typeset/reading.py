"""The reading edition: HTML of the product's sections → pages, with WeasyPrint.

All reading parts of a product are set in one run, so that page references and fonts are shared; the
pages are then handed over part by part.
"""

import atexit
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from publish.departures import render
from publish.fonts import Face, Faces, check_coverage, fontconfig_file, missing, stylesheet
from publish.languages import with_languages
from publish.layouts import Job
from publish.model import Scope
from publish.problems import LayoutError, RenderingError, Where, nearest, where_in
from publish.products import PartPlan
from publish.typeset import reading_greys
from publish.typeset.alignment import HYPHEN
from publish.typeset.composition import composed
from publish.typeset.reading_structure import Capture, captured
from publish.typeset.sections.context import Section, element
from publish.typeset.structure import Bookmark, Part, Positions

if TYPE_CHECKING:
    from weasyprint import Document as WeasyPrintDocument

READING_TITLE = "Reading edition"
FRONT_TITLE = "Title page and contents"
TEXT_FAMILIES = ("Press STIX", "Press Franklin")
FIGURES_FACE = "Press Franklin"  # lines are numbered in it
FIELD_FACE = "Press Franklin"  # what is typed into fields is set in it
_LAST_RESORT = (
    "Press Typewriter"  # drawn by no page: its name in a file gives a borrowed glyph away
)


@dataclass(frozen=True, slots=True)
class ReadingPages:
    """The sections of one product, made: HTML, and the sections of each part."""

    html: str
    sections: Mapping[str, tuple[Section, ...]]


def make_html(job: Job, positions: Positions) -> ReadingPages:
    """Return the HTML of all reading parts of the job's product."""
    sections = composed(job, positions)
    return ReadingPages(with_languages(_page(job, sections), job.edition.foreign), sections)


def _page(job: Job, parts: Mapping[str, Sequence[Section]]) -> str:
    edition = job.edition
    short = escape(edition.short_title or edition.title, quote=True)
    body = []
    for plan in job.product.parts:
        if plan.id not in parts:
            continue
        sections = "".join(
            f'<section class="{section.kind or section.id}">{section.html}</section>'
            for section in parts[plan.id]
        )
        # The running head takes the short title from the head that opens the section.
        sections = sections.replace("<h2 ", f'<h2 data-short="{short}" ')
        title = escape(_part_title(job, plan, parts[plan.id]), quote=True)
        body.append(
            f'<div class="part {plan.labels.style}" id="part-{plan.id}" data-part="{plan.id}" '
            f'title="{title}">{sections}</div>'
        )
    chosen = {f"data_option_{name}": value for name, value in job.options.items()}
    return (
        f'<!doctype html><html lang="{escape(job.language)}"><head><meta charset="utf-8">'
        f"<title>{escape(edition.title)}</title></head>{element('body', ''.join(body), **chosen)}</html>"
    )


def _part_title(job: Job, plan: PartPlan, sections: Sequence[Section]) -> str:
    if job.worksheet:
        return job.worksheet.title
    by_itself = READING_TITLE if any(s.level > 1 for s in sections) else FRONT_TITLE
    return plan.title or by_itself


def styles(job: Job) -> str:
    """Return the product's style sheets: what it shares with others, its paper's, and its own.

    Raises LayoutError when the product has no page for the paper.
    """
    product = job.product
    if product.style is None:
        raise LayoutError(f"product {product.name!r} has reading parts but no style")
    page = product.style.parent / f"{job.paper.name}.css"
    if not page.is_file():
        papers = sorted(
            path.stem for path in product.style.parent.glob("*.css") if path != product.style
        )
        raise LayoutError(
            f"product {product.name!r} has no page for the paper {job.paper.name!r}",
            hint=f"{nearest(job.paper.name, papers)} A page is a style sheet {page.name} beside the product’s style.",
        )
    sheets = (product.base_style, page, product.style)
    return "".join(sheet.read_text("utf-8") for sheet in sheets if sheet is not None)


def set_reading(job: Job, pages: ReadingPages, faces: Faces) -> dict[str, Part]:
    """Set all reading parts. Returns them by id.

    Raises FontError for a character no face has, RenderingError when WeasyPrint reports anything.
    """
    used = [face for face in faces if face.name in TEXT_FAMILIES]
    _check_characters(job, pages, faces)
    import_weasyprint(faces.get(_LAST_RESORT))
    figures = faces.get(FIGURES_FACE) if "data-lines=" in pages.html else None
    signs = faces.get(FIGURES_FACE, 700) if "data-marks=" in pages.html else None
    pdf, capture = _write(pages.html, styles(job), used, Capture(job.grey, figures, signs))
    for family, characters in capture.characters.items():
        check_coverage("".join(sorted(characters)), faces.family(family)[0])
    return {
        plan.id: _part(job, plan, pages, pdf, capture, faces)
        for plan in job.product.parts
        if plan.id in pages.sections
    }


def _check_characters(job: Job, pages: ReadingPages, faces: Faces) -> None:
    """Refuse what the text face cannot draw, where it stands, before anything is set."""
    from html import unescape

    face = faces.get(TEXT_FAMILIES[0])
    source = job.edition.document.source
    for passage in render(job.edition.document, Scope.READING).passages():
        for run in passage.runs:
            if HYPHEN in run.text:
                raise RenderingError(
                    "the document holds U+2010 HYPHEN, which the reading text needs at line ends",
                    where=where_in(source.path, source.text, run.span.start),
                    hint="Write - (U+002D) in the transcription.",
                )
            for offset, character in enumerate(run.text.rstrip("\t")):  # a tab parts two cells
                if missing(face, character):
                    place = run.span.start + (offset if run.departure is None else 0)
                    check_coverage(character, face, where_in(source.path, source.text, place))
    commentary = str(Path(source.path).parent / "commentary.md")
    for note in job.edition.apparatus.notes:
        check_coverage(note.body, face, Where(commentary, note.line))
    for essay in job.edition.apparatus.essays:
        check_coverage(f"{essay.title} {essay.body}", face, Where(commentary, essay.line))
    check_coverage(job.edition.apparatus.head_note, face, Where(commentary))
    check_coverage(unescape(pages.html), face, Where(str(Path(source.path).parent)))


def _write(html: str, css: str, faces: Sequence[Face], capture: Capture) -> tuple[bytes, Capture]:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    make_fetcher = reading_greys.fetcher if capture.grey else URLFetcher
    fetcher = make_fetcher(allowed_protocols={"file", "data"}, fail_on_errors=True)
    configuration = FontConfiguration()
    with _no_complaints(), captured(capture):
        try:
            sheet = CSS(
                string=stylesheet(faces) + css, font_config=configuration, url_fetcher=fetcher
            )
            document: WeasyPrintDocument = HTML(string=html, url_fetcher=fetcher).render(
                stylesheets=[sheet], font_config=configuration, pdf_tags=True
            )
            pdf = document.write_pdf(pdf_tags=True)
        except (
            FatalURLFetchingError
        ) as problem:  # a BaseException: WeasyPrint lets nothing else through
            raise RenderingError(f"a file that the pages need cannot be had: {problem}") from None
    if not isinstance(pdf, bytes):
        raise RenderingError("WeasyPrint returned no file")
    return pdf, capture


def import_weasyprint(last_resort: Face) -> None:
    """Import WeasyPrint so that it knows our fonts only.

    Fontconfig reads FONTCONFIG_FILE once, when Pango is loaded; without it a missing glyph is borrowed
    from the machine without a word (seen with WeasyPrint 70.0). Raises ProgramError when Pango is missing.
    """
    from publish.problems import ProgramError

    if "weasyprint" not in sys.modules:
        scratch = Path(tempfile.mkdtemp(prefix="publish-fonts-"))
        atexit.register(shutil.rmtree, scratch, ignore_errors=True)
        configuration = scratch / "fonts.conf"
        configuration.write_text(fontconfig_file(last_resort, scratch), "utf-8")
        os.environ["FONTCONFIG_FILE"] = str(configuration)
    try:
        import weasyprint  # noqa: F401 — imported for its effect, once fontconfig is set
    except OSError as problem:
        raise ProgramError(
            f"WeasyPrint cannot load a library of Pango ({str(problem).splitlines()[0]})",
            hint="On Debian or Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
            "Fedora: dnf install pango; macOS: brew install pango.",
        ) from None


class _Complaints(logging.Handler):
    """Collects what WeasyPrint logs instead of raising."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


class _no_complaints:  # noqa: N801 — reads as a phrase where it is used
    """A context in which whatever WeasyPrint logs as a warning or error is an error of ours.

    A missing glyph, an unknown property or a lost anchor is a log line to WeasyPrint 70.0, and exit 0.
    """

    def __enter__(self) -> None:
        self._handler = _Complaints()
        self._logger = logging.getLogger("weasyprint")
        self._before = (self._logger.level, self._logger.propagate, list(self._logger.handlers))
        self._logger.handlers = [self._handler]
        self._logger.propagate = False
        self._logger.setLevel(logging.WARNING)

    def __exit__(self, kind: object, value: object, trace: object) -> None:
        level, propagate, handlers = self._before
        self._logger.handlers, self._logger.propagate = handlers, propagate
        self._logger.setLevel(level)
        if kind is None and self._handler.messages:
            raise RenderingError(
                f"WeasyPrint reports: {self._handler.messages[0]}",
                hint=f"{len(self._handler.messages)} message(s) in all; nothing was delivered.",
            )


def _part(
    job: Job, plan: PartPlan, pages: ReadingPages, pdf: bytes, capture: Capture, faces: Faces
) -> Part:
    starts = sorted([*capture.first_page.values(), capture.pages])
    first = capture.first_page[plan.id]
    end = starts[starts.index(first) + 1]
    own = range(first, end)
    if plan.most_pages and len(own) > plan.most_pages:
        raise LayoutError(
            f"the part {plan.id!r} makes {len(own)} pages, and may make {plan.most_pages}",
            hint="Take a larger --paper, or shorten its words.",
        )
    blocks = tuple(h for h in capture.hyphens) if plan.prints_text else ()
    return Part(
        id=plan.id,
        pdf=pdf,
        pages=tuple(own),
        structure=(capture.roots[plan.id],),
        bookmarks=tuple(_bookmarks(job, plan, pages.sections[plan.id])),
        destinations=tuple(d for d in capture.destinations if d.page in own),
        labels=plan.labels,
        hyphens=blocks,
        field_face=faces.get(FIELD_FACE) if "data-field=" in pages.html else None,
        lines=tuple(line for line in capture.lines if line.page in own),
        fonts=TEXT_FAMILIES,
    )


def _bookmarks(job: Job, plan: PartPlan, sections: Sequence[Section]) -> list[Bookmark]:
    bookmarks: list[Bookmark] = []
    if any(section.level > 1 for section in sections):
        bookmarks.append(Bookmark(1, _part_title(job, plan, sections), f"part-{plan.id}"))
    for section in sections:
        bookmarks.append(Bookmark(section.level, section.title, section.id))
        bookmarks += [Bookmark(section.level + 1, title, name) for name, title in section.entries]
    return bookmarks
