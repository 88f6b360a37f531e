"""Two engines' worth of parts to assemble: small, real, and made without the press's own engines.

The facsimile is two pages of ReportLab; front matter and reading text share one PDF of WeasyPrint.
Their logical structure is read off WeasyPrint's own tags, so that every mark is one it has drawn.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from typing import Any

from publish import layouts
from publish.assemble import assemble
from publish.imprint import Name
from publish.layouts import Job
from publish.model import Apparatus, Document, Edition, Source, Span
from publish.orders import Order, make_job
from publish.products import NOTHING, Labels
from publish.resources import fonts_directory, layouts_directory
from publish.typeset.structure import Bookmark, Destination, Link, Mark, Node, Part

CREATED = datetime(2026, 11, 23, 12, 30, 15, tzinfo=UTC)
LETTER = (612.0, 792.0)
TYPED = ("TO: HARBOUR MASTER, REYKJAVIK", "Steamer Æsa sails on the tide.", "Ends.")


@cache
def edition() -> Edition:
    """Return an edition whose description needs escaping and more than ASCII."""
    source = Source("harbour.txt", "harbour.txt", "0" * 64, "Harbour\nReykjavík")
    document = Document("harbour", source, Span(0, 7), Span(8, 17), (), ())
    return Edition(
        id="harbour-1921-06-04",
        title="The Æsa telegram: harbour <no. 7> & “tide”",
        language="en-GB",
        version="1.0",
        document=document,
        apparatus=Apparatus(),
        subject="A telegram that a test sends",
        keywords=("telegram", "harbour & tide"),
        released=date(2026, 11, 23),
        editors=(Name(body="The editors"), Name(body="A second hand")),
        rights=("CC0-1.0", "Text: public domain"),
        url="https://example.org/harbour",
    )


@cache
def job() -> Job:
    """Return the job of the edition as an archival file, which carries nothing: no reader made its document."""
    known = layouts.load(layouts_directory())
    made = make_job(edition(), Order("edition", form="ds-322"), known)
    return replace(made, product=replace(made.product, attached=NOTHING))


@cache
def facsimile() -> Part:
    """Return two typed pages by ReportLab, with places, a bookmark and a link to the reading text."""
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen import canvas as reportlab_canvas

    rl_config.useA85 = 0
    face = fonts_directory() / "courier-prime" / "CourierPrime_400Regular.ttf"
    pdfmetrics.registerFont(TTFont("TestTyped", str(face)))
    drawn = BytesIO()
    # The stubs of ReportLab know this argument as a number.
    make: Any = reportlab_canvas.Canvas
    canvas = make(
        drawn,
        pagesize=LETTER,
        invariant=1,
        pdfVersion=(1, 7),
        lang="en-GB",
        initialFontName="TestTyped",
    )
    section = Node("Sect", title="Facsimile")
    for page in range(2):
        canvas.setFont("TestTyped", 12)
        _sheet(canvas, page, section)
        canvas.showPage()
    canvas.save()
    return Part(
        id="facsimile",
        pdf=drawn.getvalue(),
        pages=(0, 1),
        structure=(section,),
        bookmarks=(
            Bookmark(1, "Cable facsimile – Æsa", "facsimile-p1"),
            Bookmark(2, "Second sheet", "facsimile-p2"),
        ),
        destinations=(
            Destination("facsimile-p1", 0, 72.0, 700.5),
            Destination("facsimile-p2", 1, 72.0, 700.5),
        ),
        labels=Labels("arabic", "F"),
    )


def _sheet(canvas: Any, page: int, section: Node) -> None:
    """Draw one sheet: a head, three typed lines, a note, and a line that is no content."""
    canvas.addLiteral("/Artifact <</Type /Layout>> BDC")
    canvas.rect(60, 60, 492, 672)
    canvas.addLiteral("EMC")
    for mcid, line in enumerate((f"Sheet {page + 1}", *TYPED, "Note: the clock stamp is blank.")):
        kind = "H2" if mcid == 0 else "Note" if mcid == len(TYPED) + 1 else "P"
        node = Node(kind, [Mark(page, mcid)])
        if kind == "Note":
            node.id = f"note-stamp-{page + 1}"
        if line.isupper():
            node.actual = line.capitalize()
        section.add(node)
        canvas.addLiteral(f"/{kind} <</MCID {mcid}>> BDC")
        canvas.drawString(72, 700 - 24 * mcid, line)
        canvas.addLiteral("EMC")
    mcid = len(TYPED) + 2
    canvas.addLiteral(f"/Link <</MCID {mcid}>> BDC")
    canvas.drawString(72, 100, "Read the text")
    canvas.addLiteral("EMC")
    link = Link(page, (72.0, 96.0, 180.0, 112.0), "p1", "To paragraph 1 of the reading text")
    section.add(Node("P", [Node("Link", [Mark(page, mcid), link])]))


_FACES = """
@font-face {{ font-family: "Test STIX"; src: url("{regular}") }}
@font-face {{ font-family: "Test STIX"; font-style: italic; src: url("{italic}") }}
@page {{ size: letter; margin: 1in }}
body {{ font: 11pt/1.4 "Test STIX"; hyphens: auto }}
h1, h2, th {{ font-weight: normal }}
h2, .page {{ break-before: page }}
.narrow {{ width: 1.1in; text-align: justify }}
"""

_HTML = """<html lang="en"><head><title>x</title></head><body>
<h1 id="title">The Æsa telegram</h1>
<p><a href="cable:facsimile-p1">Facsimile</a></p>
<p><a href="#p1">Reading text</a></p>
<h2 id="reading">Reading text</h2>
<p id="p1" class="narrow">Unquestionably international understanding necessitates extraordinarily
comprehensive responsibilities; well-known notwithstanding.</p>
<p id="p2">A <i>second</i> paragraph, <a href="cable:facsimile-p2">line 2</a> of the sheet, with
<a href="https://example.org/tide">the tide table</a>.</p>
<table><tr><th>Port</th><th>Tide</th></tr><tr><td>Reykjavík</td><td>4.1</td></tr></table>
<p class="page" id="p3">The last page ends: — “so”.</p>
</body></html>"""

_CONTENTS = {
    "facsimile-p1": "To the facsimile",
    "facsimile-p2": "To sheet 2 of the facsimile",
    "p1": "To the reading text",
    "https://example.org/tide": "Tide table at example.org",
}


@dataclass(frozen=True, slots=True)
class Typeset:
    """WeasyPrint's PDF, its structure per page, and where its anchors stand."""

    pdf: bytes
    structure: tuple[tuple[Node, ...], ...]
    destinations: tuple[Destination, ...]


@cache
def typeset() -> Typeset:
    """Return the reading text as WeasyPrint sets it, with the tags it writes."""
    from pypdf import PdfReader
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    stix = fonts_directory() / "stix-two-text"
    css = _FACES.format(
        regular=(stix / "STIXTwoText_400Regular.ttf").as_uri(),
        italic=(stix / "STIXTwoText_400Regular_Italic.ttf").as_uri(),
    )
    html = _HTML.replace("</head>", f"<style>{css}</style></head>")
    pdf = HTML(string=html).write_pdf(font_config=FontConfiguration(), pdf_tags=True)
    reader: Any = PdfReader(BytesIO(pdf))
    numbers: dict[int, int] = {
        page.indirect_reference.idnum: number for number, page in enumerate(reader.pages)
    }
    root = reader.root_object
    document = root["/StructTreeRoot"]["/K"][0].get_object()
    tops: list[list[Node]] = [[] for _ in reader.pages]
    for kid in document["/K"]:
        node, page = _node(kid.get_object(), numbers)
        tops[page].append(node)
    names = list(root["/Names"]["/Dests"]["/Names"])
    places = [
        Destination(str(name), numbers[place[0].idnum], float(place[2]), float(place[3]))
        for name, place in zip(names[::2], names[1::2], strict=True)
    ]
    return Typeset(pdf, tuple(map(tuple, tops)), tuple(places))


def _node(element: Any, pages: dict[int, int]) -> tuple[Node, int]:
    """Return WeasyPrint's element as our Node, and the page it stands on."""
    page = pages[element.raw_get("/Pg").idnum]
    node = Node(element["/S"].removeprefix("/"))
    if node.type == "TH":
        node.attributes["Table"] = {"Scope": "/Column", "ColSpan": 1}
    for kid in element["/K"]:
        thing = kid.get_object()
        if isinstance(thing, int):
            node.add(Mark(page, int(thing)))
        elif thing.get("/Type") == "/OBJR":
            node.add(_link(thing["/Obj"], page))
        else:
            node.add(*_simplified(_node(thing, pages)[0]))
    return node, page


def _simplified(node: Node) -> list[Any]:
    """Return a NonStruct's own kids in its place: WeasyPrint wraps each run of text in one."""
    return list(node.kids) if node.type == "NonStruct" else [node]


def _link(annotation: Any, page: int) -> Link:
    left, bottom, right, top = (float(number) for number in annotation["/Rect"])
    area = (left, min(bottom, top), right, max(bottom, top))
    action = annotation.get("/A")
    target = str(annotation["/Dest"] if action is None else action["/URI"]).removeprefix("cable:")
    return Link(page, area, target, _CONTENTS[target])


def _numbered(nodes: tuple[Node, ...], destinations: tuple[Destination, ...]) -> tuple[Node, ...]:
    """Give the paragraphs in order the IDs of the blocks they are."""
    blocks = iter(place.name for place in destinations if place.name[1:].isdigit())
    for node in nodes:
        if node.type == "P":
            node.id = next(blocks, "")
    return nodes


@cache
def front() -> Part:
    """Return the first page that WeasyPrint has set."""
    text = typeset()
    return Part(
        id="front",
        pdf=text.pdf,
        pages=(0,),
        structure=text.structure[0],
        bookmarks=(Bookmark(1, "Title", "title"),),
        destinations=tuple(place for place in text.destinations if place.page == 0),
        labels=Labels("roman"),
    )


@cache
def reading() -> Part:
    """Return all other pages that WeasyPrint has set."""
    text = typeset()
    pages = tuple(range(1, len(text.structure)))
    places = tuple(place for place in text.destinations if place.page in pages)
    nodes = tuple(node for page in pages for node in text.structure[page])
    return Part(
        id="reading",
        pdf=text.pdf,
        pages=pages,
        structure=(Node("Part", list(_numbered(nodes, places)), title="Reading text"),),
        bookmarks=(
            Bookmark(1, "Reading text", "reading"),
            Bookmark(2, "Paragraph 1", "p1"),
            Bookmark(3, "Paragraph 2", "p2"),
            Bookmark(2, "Paragraph 3", "p3"),
        ),
        destinations=places,
    )


def parts() -> tuple[Part, ...]:
    """Return all parts in printing order: front matter, facsimile, reading text."""
    return front(), facsimile(), reading()


@cache
def finished() -> bytes:
    """Return the assembled file."""
    return assemble(job(), parts(), created=CREATED)


def walk(parts_of_file: tuple[Part, ...]) -> Iterator[Node]:
    """Iterate over the nodes of all parts."""
    for part in parts_of_file:
        for top in part.structure:
            yield from top.walk()
