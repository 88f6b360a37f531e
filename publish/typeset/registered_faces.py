"""The declared faces as ReportLab knows them: registered once a process, their widths put right.

In: a Face. Out: the name by which ReportLab's canvas asks for it, and the width of a text in it.
"""

from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from publish.fonts import Face
from publish.units import Points


def width_of(text: str, face: Face, size: Points) -> Points:
    """Return the width of `text` as the engine draws it, without tracking."""
    return float(pdfmetrics.stringWidth(text, registered(face), size))


@cache
def registered(face: Face) -> str:
    """Return the name under which ReportLab knows the face; it reads each file once a process."""
    name = f"{face.postscript} {face.path}"
    if name not in pdfmetrics.getRegisteredFontNames():
        font = TTFont(name, str(face.path), asciiReadable=False)
        _restore_advances(font)
        _round_widths(font)
        _register(font)
    return name


def _register(font: TTFont) -> None:
    """Make the font known to ReportLab as itself.

    ReportLab 5.1.0 answers for a face whose PostScript name it has met before with the font it met
    then, so that another user of the library in this process would undo the corrections, or they
    would reach into its files. The name is therefore ours alone while the font is registered.
    """
    in_the_file = font.face.name
    font.face.name = font.fontName
    pdfmetrics.registerFont(font)
    font.face.name = in_the_file


def _round_widths(font: TTFont) -> None:
    """Round the widths that ReportLab will write into the file to whole thousandths of the em.

    Pdfium cuts them off there (Courier's 599.6 becomes 599, and a line of 60 characters 0.4 points
    short; seen with pypdfium2 5.15). ISO 19005 lets them differ from the face's own by one.
    """
    face = font.face
    face.charWidths = {character: round(width) for character, width in face.charWidths.items()}
    face.defaultWidth = round(face.defaultWidth)


def _restore_advances(font: TTFont) -> None:
    """Give all glyphs their own advance again.

    A monospaced face may list its one advance once, for all glyphs (OpenType, hmtx). ReportLab
    5.1.0 then takes it for the later glyphs in thousandths of the em and writes it so into the
    subset: MuPDF reads every letter as a word, and the file's widths are not its font's, which
    ISO 19005-3 forbids (6.2.11.5).
    """
    face = font.face
    header: bytes = face.get_table("hhea")  # type: ignore[no-untyped-call]
    listed = int.from_bytes(header[34:36], "big")
    advance = face.hmetrics[listed - 1][0]
    face.hmetrics[listed:] = [(advance, bearing) for _, bearing in face.hmetrics[listed:]]
