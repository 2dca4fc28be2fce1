"""The house style of a report: fonts, sizes, colours; and what a template of one's own must have."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from verhalen.errors import BadTemplate
from verhalen.i18n import t
from verhalen.report.docx_xml import add_to_properties, element

FONT = "Calibri"
INK = "1A1A1A"
ACCENT = "1F4E5F"
GREY = "474747"
TINT = "E6EEF1"
WARM = "FDF5E6"
LINE = "B9C6CC"
"""INK, ACCENT and GREY are letters, TINT and WARM what they stand on; a test holds 4.5:1. LINE is no information."""

REQUIRED = (
    "Normal",
    "Title",
    "Subtitle",
    "Heading 1",
    "Heading 2",
    "Heading 3",
    "List Bullet",
    "List Number",
    "Quote",
    "Caption",
)
"""What a template must have: the styles whose look is a house's own. Word keeps only styles that were used once."""

ATTRIBUTION, CALLOUT, NOTE = "Quote Attribution", "Callout", "Note"
CELL, HEADER_CELL, TABLE = "Table Text", "Table Header", "Report Table"
CHART = "Chart"
DEEPEST_CONTENTS = 3


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph style looks; sizes in points, indents in centimetres."""

    size: float = 12
    colour: str = INK
    bold: bool = False
    italic: bool = False
    before: float = 0
    after: float = 8
    line: float = 1.15
    indent: float = 0
    right: float = 0
    keep_next: bool = False


PLAIN = Look()

_HOUSE = {
    "Normal": PLAIN,
    "Title": Look(28, ACCENT, bold=True, after=4, line=1.0),
    "Subtitle": Look(15, GREY, after=22, line=1.0),
    "Heading 1": Look(19, ACCENT, bold=True, before=24, after=8, line=1.0, keep_next=True),
    "Heading 2": Look(15, ACCENT, bold=True, before=18, after=6, line=1.0, keep_next=True),
    "Heading 3": Look(12.5, INK, bold=True, before=14, after=4, line=1.0, keep_next=True),
    "List Bullet": Look(after=3),
    "List Bullet 2": Look(after=3),
    "List Bullet 3": Look(after=3),
    "List Number": Look(after=3),
    "List Number 2": Look(after=3),
    "List Number 3": Look(after=3),
    "Quote": Look(12.5, italic=True, before=10, after=2, indent=0.7),
    "Caption": Look(11, GREY, bold=True, before=12, after=5, line=1.0),
    "Header": Look(10, GREY, after=0, line=1.0),
    "Footer": Look(10, GREY, after=0, line=1.0),
}

_OURS = {
    ATTRIBUTION: ("Quote", Look(11, GREY, after=12, indent=0.7)),
    CALLOUT: ("Normal", Look(after=0, indent=0.4, right=0.3)),
    NOTE: ("Normal", Look(10.5, GREY, before=5, after=14, line=1.1)),
    CELL: ("Normal", Look(11, after=0, line=1.0)),
    HEADER_CELL: (CELL, Look(11, ACCENT, bold=True, after=0, line=1.0)),
    CHART: ("Normal", Look(before=6, after=0, line=1.0, keep_next=True)),
    "toc 1": ("Normal", Look(after=3, line=1.0)),
    "toc 2": ("Normal", Look(after=3, line=1.0, indent=0.6)),
    "toc 3": ("Normal", Look(after=3, line=1.0, indent=1.2)),
}


def check_template(document: Document, path: Path) -> None:
    """Raise BadTemplate with the names of the styles that the template lacks."""
    known = {style.name for style in document.styles if style.type == WD_STYLE_TYPE.PARAGRAPH}
    missing = [name for name in REQUIRED if name not in known]
    if missing:
        problem = t(
            "it lacks the styles {styles}. Open it in Word, use each of them once, and save it again",
            styles=", ".join(missing),
        )
        raise BadTemplate(file=path.name, problem=problem)


def apply_house_style(document: Document) -> None:
    """Give the styles of python-docx's own empty document our look."""
    _set_defaults(document)
    for name, look in _HOUSE.items():
        style = document.styles[name]
        if isinstance(style, ParagraphStyle):
            _set_look(style, look)
    _add_rule_below(document, "Title")
    _add_side_line(document, "Quote")
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(2.3)


def add_own_styles(document: Document) -> None:
    """Add the styles of ours that the document lacks, built on its own; those that it has keep their look."""
    known = {style.name for style in document.styles}
    for name, (base, look) in _OURS.items():
        if name in known:
            continue
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if isinstance(style, ParagraphStyle):
            style.base_style = document.styles[base]
            style.hidden, style.quick_style = False, True
            _set_look(style, look, own=True)
    if ATTRIBUTION not in known:
        _put_borders(document, ATTRIBUTION, element("w:pBdr", {}, element("w:left", {"w:val": "nil"})))
    if CALLOUT not in known:
        _add_box(document, CALLOUT)
    if CHART not in known:
        _centre(document, CHART)
    if TABLE not in known:
        document.styles.element.append(_table_style())


def set_language(document: Document, language: str) -> None:
    """Say in which language the text is, so that Word checks it as such and a screen reader speaks it."""
    styles = document.styles.element
    for found in styles.iter(qn("w:lang")):
        found.set(qn("w:val"), language)
    defaults = styles.find(qn("w:docDefaults"))
    properties = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}") if defaults is not None else None
    if properties is not None and properties.find(qn("w:lang")) is None:
        properties.append(element("w:lang", {"w:val": language}))
    for theme in document.settings.element.iter(qn("w:themeFontLang")):
        theme.set(qn("w:val"), language)


def _set_defaults(document: Document) -> None:
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if defaults is not None:
        _set_font(defaults)
    settings = document.settings.element
    for name, attribute, value in (
        ("w:zoom", "w:percent", "100"),
        ("w:decimalSymbol", "w:val", ","),
        ("w:listSeparator", "w:val", ";"),
    ):
        for found in settings.iter(qn(name)):
            found.set(qn(attribute), value)
    for found in settings.iter(qn("w:compatSetting")):
        if found.get(qn("w:name")) == "compatibilityMode":
            found.set(qn("w:val"), "15")  # 14 opens as "compatibility mode"


def _set_font(properties: BaseOxmlElement) -> None:
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    names = {f"w:{script}": FONT for script in ("ascii", "hAnsi", "eastAsia", "cs")}
    properties.insert(0, element("w:rFonts", names))


def _set_look(style: ParagraphStyle, look: Look, *, own: bool = False) -> None:
    """Set a style's look. `own` styles take the font from their base, and the size and colour of plain text too."""
    properties = style.element.get_or_add_rPr()
    if not own:
        for old in list(properties):
            properties.remove(old)
        _set_font(properties)
    if not own or look.size != PLAIN.size:
        style.font.size = Pt(look.size)
    if not own or look.colour != INK:
        style.font.color.rgb = RGBColor.from_string(look.colour)
    style.font.bold, style.font.italic = look.bold, look.italic
    paragraph = style.paragraph_format
    paragraph.space_before, paragraph.space_after = Pt(look.before), Pt(look.after)
    paragraph.line_spacing = look.line
    paragraph.keep_with_next = look.keep_next or None
    if look.indent:
        paragraph.left_indent = Cm(look.indent)
    if look.right:
        paragraph.right_indent = Cm(look.right)


def _borders(**sides: tuple[int, int, str]) -> BaseOxmlElement:
    """Paragraph borders: per side the width in eighths of a point, the distance in points and the colour."""
    made = (
        element(f"w:{side}", {"w:val": "single", "w:sz": size, "w:space": space, "w:color": colour})
        for side, (size, space, colour) in sides.items()
    )
    return element("w:pBdr", {}, *made)


def _centre(document: Document, name: str) -> None:
    style = document.styles[name]
    if isinstance(style, ParagraphStyle):
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _put_borders(document: Document, name: str, borders: BaseOxmlElement, *, fill: str = "") -> None:
    properties = document.styles[name].element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    shading = [element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": fill})] if fill else []
    add_to_properties(properties, borders, *shading)


def _add_rule_below(document: Document, name: str) -> None:
    _put_borders(document, name, _borders(bottom=(12, 6, ACCENT)))


def _add_side_line(document: Document, name: str) -> None:
    _put_borders(document, name, _borders(left=(24, 10, ACCENT)))


def _add_box(document: Document, name: str) -> None:
    thin = (4, 6, ACCENT)
    _put_borders(document, name, _borders(top=thin, left=(24, 8, ACCENT), bottom=thin, right=thin), fill=WARM)


def _table_style() -> BaseOxmlElement:
    """Horizontal lines only, a tinted header row; a template with a table style of this name keeps its own."""
    edges = (
        element(f"w:{side}", {"w:val": "single", "w:sz": size, "w:space": 0, "w:color": colour})
        for side, size, colour in (("top", 8, ACCENT), ("bottom", 8, ACCENT), ("insideH", 4, LINE))
    )
    margins = (
        element(f"w:{side}", {"w:w": width, "w:type": "dxa"})
        for side, width in (("top", 60), ("left", 100), ("bottom", 60), ("right", 100))
    )
    whole = element("w:tblPr", {}, element("w:tblBorders", {}, *edges), element("w:tblCellMar", {}, *margins))
    tint = element("w:tcPr", {}, element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": TINT}))
    return element(
        "w:style",
        {"w:type": "table", "w:customStyle": 1, "w:styleId": TABLE.replace(" ", "")},
        element("w:name", {"w:val": TABLE}),
        element("w:uiPriority", {"w:val": 99}),
        whole,
        element("w:tblStylePr", {"w:type": "firstRow"}, tint),
    )
