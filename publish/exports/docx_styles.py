"""The styles and the numbering of an editable document, as WordprocessingML (ECMA-376, part 1, 17.7 and 17.9).

In: the language of the edition, the numbers of its paragraphs. Out: XML of styles, numbering and settings.

A paragraph's number is the list's, not typed, and each paragraph has a list of its own that begins at its number:
so a teacher can take a paragraph out, and the questions still name the others rightly. Questions share one list,
and are counted anew.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from xml.sax.saxutils import quoteattr

from publish.exports.flow import Style
from publish.units import Points

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINK = "Hyperlink"
GRID = "Table Grid"
QUESTIONS = 1  # the list that all questions share
FIRST_NUMBER = 2  # the list of the first numbered paragraph

# Faces that word processors have, on the machine and on the web.
DOCUMENT_FACE = "Georgia"
EDITORIAL_FACE = "Arial"
_TWIPS = 20  # to a point
_NAME_ENDS = (250, 360, 468)  # where the blanks of the name line end, in points

# Word's own names of its built-in styles (ECMA-376, part 1, 17.7.4.9); it shows them with a capital.
_BUILT_IN = {
    Style.TITLE: "Title",
    Style.HEADING: "heading 1",
    Style.SUBHEADING: "heading 2",
    Style.QUOTATION: "Quote",
}


class Mark(StrEnum):
    """A property that a paragraph style has or has not."""

    DOCUMENT = "the document's words"
    BOLD = "bold"
    RULED = "ruled below"
    KEPT = "kept with the next paragraph"
    WHOLE = "not divided between pages"
    NAMES = "with blanks for a name"


@dataclass(frozen=True, slots=True)
class Setting:
    """How a style is set: lengths in points, `line` as a multiple of a plain line."""

    size: Points
    marks: frozenset[Mark] = frozenset()
    before: Points = 0
    after: Points = 6
    line: float = 1.15
    indent: Points = 0
    hanging: Points = 0
    outline: int = 0  # the level of a heading, from 1
    following: Style | None = None  # the style of a paragraph that is begun after it
    question: bool = False


_HEAD = frozenset({Mark.BOLD, Mark.KEPT, Mark.WHOLE})
_ASKED = frozenset({Mark.KEPT, Mark.WHOLE})
_DOCUMENT = frozenset({Mark.DOCUMENT})
_NUMBERED: Points = 30  # from a number to the words

SETTINGS = {
    Style.NAME_LINE: Setting(10, frozenset({Mark.NAMES}), after=12),
    Style.TITLE: Setting(20, _HEAD, after=4, line=1),
    Style.HEADING: Setting(14, _HEAD, before=12, after=4, outline=1, following=Style.EDITORIAL),
    Style.SUBHEADING: Setting(11.5, _HEAD, before=10, after=3, outline=2, following=Style.EDITORIAL),
    Style.LABEL: Setting(11, frozenset({Mark.BOLD})),
    Style.EDITORIAL: Setting(10.5),
    Style.ATTRIBUTION: Setting(10, frozenset({Mark.KEPT}), before=6, after=2),
    Style.QUOTATION: Setting(11, _DOCUMENT | {Mark.WHOLE}, indent=18),
    Style.QUESTION: Setting(11, _ASKED, before=8, after=0, indent=18, hanging=18, question=True),
    Style.FRAME: Setting(10, frozenset({Mark.RULED}), before=8, after=0, line=1.5, following=Style.LINE),
    Style.LINE: Setting(10, frozenset({Mark.RULED}), after=0, line=2),
    Style.ADAPTED: Setting(12, line=1.5, indent=54, hanging=54),
    Style.CELL: Setting(10, before=2, after=2, line=1),
    Style.DOCUMENT_HEADING: Setting(13, _HEAD | _DOCUMENT, before=12, outline=1, following=Style.DATELINE),
    Style.DATELINE: Setting(11, _DOCUMENT | {Mark.KEPT}, after=8),
    Style.SECTION: Setting(12, _HEAD | _DOCUMENT, before=6, indent=_NUMBERED, hanging=_NUMBERED, outline=2),
    Style.DOCUMENT: Setting(12, _DOCUMENT, before=4, after=4, line=1.5, indent=_NUMBERED, hanging=_NUMBERED),
    Style.ITEM: Setting(12, _DOCUMENT, before=4, after=4, line=1.5, indent=_NUMBERED + 18, hanging=_NUMBERED + 18),
    Style.SIGNATURE: Setting(12, _DOCUMENT, before=4, after=4, line=1.5, indent=_NUMBERED, hanging=_NUMBERED),
    Style.DOCUMENT_CELL: Setting(11, _DOCUMENT, before=2, after=2, line=1),
}  # fmt: skip


def style_id(name: str) -> str:
    """Return the identifier of a style by its name."""
    return name.replace(" ", "")


def styles_xml(language: str) -> str:
    """Return w:styles: the default of the edition's language, and each style by its name."""
    fonts = _fonts(EDITORIAL_FACE)
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="21"/><w:szCs w:val="21"/>'
        f"<w:lang w:val={quoteattr(language)}/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    made = "".join(_style(style, setting) for style, setting in SETTINGS.items())
    return f'<w:styles xmlns:w="{NAMESPACE}">{defaults}{_FIXED}{made}</w:styles>'


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_GRID_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in _SIDES
)
# What every document has, links, the foot of a page, and tables with lines.
_FIXED = f"""\
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>\
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">\
<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>\
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:semiHidden/><w:tblPr>\
<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>\
<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>\
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:semiHidden/></w:style>\
<w:style w:type="character" w:styleId="{LINK}">\
<w:name w:val="{LINK}"/><w:rPr><w:u w:val="single"/></w:rPr></w:style>\
<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/>\
<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>\
<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="{GRID}"/>\
<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_GRID_LINES}</w:tblBorders></w:tblPr></w:style>"""


def _style(style: Style, setting: Setting) -> str:
    name = _BUILT_IN.get(style, style.value)
    custom = "" if style in _BUILT_IN else ' w:customStyle="1"'
    following = style_id(setting.following or style)
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style_id(style)}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:next w:val="{following}"/><w:qFormat/>'
        f"<w:pPr>{''.join(_paragraph(setting))}</w:pPr><w:rPr>{''.join(_characters(setting))}</w:rPr></w:style>"
    )


def _paragraph(setting: Setting) -> Iterator[str]:
    """Yield paragraph properties in the order of the schema (CT_PPrBase)."""
    marks = setting.marks
    if Mark.KEPT in marks:
        yield "<w:keepNext/>"
    if Mark.WHOLE in marks:
        yield "<w:keepLines/>"
    if setting.question:
        yield f'<w:numPr><w:numId w:val="{QUESTIONS}"/></w:numPr>'
    if Mark.RULED in marks:
        # Without “between”, lines that follow each other would have one rule.
        rule = 'w:val="single" w:sz="4" w:space="1" w:color="auto"'
        yield f"<w:pBdr><w:bottom {rule}/><w:between {rule}/></w:pBdr>"
    if Mark.NAMES in marks:
        tabs = (f'<w:tab w:val="left" w:pos="{end * _TWIPS}"/>' for end in _NAME_ENDS)
        yield f"<w:tabs>{''.join(tabs)}</w:tabs>"
    before, after = _twips(setting.before), _twips(setting.after)
    line = round(setting.line * 240)  # ECMA-376, part 1, 17.3.1.33: 240ths of a line
    yield f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'
    if setting.indent:
        yield f'<w:ind w:left="{_twips(setting.indent)}" w:hanging="{_twips(setting.hanging)}"/>'
    if setting.outline:
        yield f'<w:outlineLvl w:val="{setting.outline - 1}"/>'


def _characters(setting: Setting) -> Iterator[str]:
    yield _fonts(DOCUMENT_FACE if Mark.DOCUMENT in setting.marks else EDITORIAL_FACE)
    if Mark.BOLD in setting.marks:
        yield "<w:b/><w:bCs/>"
    size = round(setting.size * 2)  # half-points
    yield f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _fonts(face: str) -> str:
    return f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}"/>'


def _twips(length: Points) -> int:
    return round(length * _TWIPS)


def numbering_xml(numbered: Sequence[tuple[str, Style]]) -> str:
    """Return w:numbering: the list of questions, and one for each number, from FIRST_NUMBER on."""
    lists = [("%1.", 1, Style.QUESTION)]
    lists += [(*_counted(number), style) for number, style in numbered]
    made = "".join(_list(index, *each) for index, each in enumerate(lists, QUESTIONS))
    used = "".join(
        f'<w:num w:numId="{index}"><w:abstractNumId w:val="{index}"/></w:num>'
        for index in range(QUESTIONS, QUESTIONS + len(lists))
    )
    return f'<w:numbering xmlns:w="{NAMESPACE}">{made}{used}</w:numbering>'


def _counted(number: str) -> tuple[str, int]:
    """Return a number as a list counts it: "¶¶ 5–6" is "¶¶ %1–6" that begins at 5."""
    figures = re.search(r"\d+", number)
    if figures is None:
        return number, 1
    return f"{number[: figures.start()]}%1{number[figures.end() :]}", int(figures[0])


def _list(index: int, text: str, start: int, style: Style) -> str:
    setting = SETTINGS[style]
    bound = f'<w:pStyle w:val="{style_id(style)}"/>' if setting.question else ""
    return (
        f'<w:abstractNum w:abstractNumId="{index}"><w:nsid w:val="{index:08X}"/>'
        f'<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="{start}"/>'
        f'<w:numFmt w:val="decimal"/>{bound}<w:lvlText w:val={quoteattr(text)}/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{_twips(setting.indent)}" w:hanging="{_twips(setting.hanging)}"/></w:pPr>'
        f"<w:rPr>{_fonts(EDITORIAL_FACE)}<w:b/><w:bCs/>"
        '<w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:lvl></w:abstractNum>'
    )


def settings_xml(language: str) -> str:
    """Return w:settings: nothing of the machine, and no older version of Word to be compatible with."""
    word = "http://schemas.microsoft.com/office/word"
    return (
        f'<w:settings xmlns:w="{NAMESPACE}"><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        f'<w:compatSetting w:name="compatibilityMode" w:uri="{word}" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val={quoteattr(language)}/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
        "</w:settings>"
    )


def fonts_xml() -> str:
    """Return w:fonts: the faces that the styles name."""
    faces = "".join(f'<w:font w:name="{face}"/>' for face in (DOCUMENT_FACE, EDITORIAL_FACE))
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{head}\n<w:fonts xmlns:w="{NAMESPACE}">{faces}</w:fonts>'
