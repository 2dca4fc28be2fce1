"""The house style of a report: fonts, sizes, colours; and what a template of one's own must have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from verhalen.report.docx_xml import add_to_properties, element

FONT = "Calibri"
INK = "1A1A1A"
ACCENT = "1F4E5F"
GREY = "474747"
TINT = "E6EEF1"
WARM = "FDF5E6"
LINE = "B9C6CC"
"""INK, ACCENT and GREY are letters, TINT and WARM what they stand on; a test holds 4.5:1. LINE is no information."""

ATTRIBUTION, CALLOUT, NOTE = "Quote Attribution", "Callout", "Note"
CELL, HEADER_CELL, TABLE = "Table Text", "Table Header", "Report Table"
CHART, CONTENTS_TITLE = "Chart", "TOC Heading"
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
    CONTENTS_TITLE: ("Normal", Look(13, bold=True, before=12, after=4, line=1.0, keep_next=True)),
    "toc 1": ("Normal", Look(after=3, line=1.0)),
    "toc 2": ("Normal", Look(after=3, line=1.0, indent=0.6)),
    "toc 3": ("Normal", Look(after=3, line=1.0, indent=1.2)),
}


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


def add_own_styles(document: Document, *, names: Mapping[str, str] | None = None, accent: str = ACCENT) -> None:
    """Add the styles of ours that the document lacks, built on its own; those that it has keep their look.

    `names` gives our name of a style -> its name in a house template, `accent` the colour of its headings.
    """
    given = names or {}
    known = {style.name for style in document.styles}
    made = [name for name in _OURS if name not in known and name not in given]
    for name in made:
        base, look = _OURS[name]
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if isinstance(style, ParagraphStyle):
            style.base_style = document.styles[given.get(base, base)]
            style.hidden, style.quick_style = False, True
            _set_look(style, replace(look, colour=accent) if look.colour == ACCENT else look, own=True)
    if ATTRIBUTION in made:
        _put_borders(document, ATTRIBUTION, element("w:pBdr", {}, element("w:left", {"w:val": "nil"})))
    if CALLOUT in made:
        _add_box(document, CALLOUT, accent)
    if CHART in made:
        _centre(document, CHART)
    if TABLE not in known and TABLE not in given:
        document.styles.element.append(_table_style(accent))


def make_style(document: Document, name: str, *, base: str, accent: str) -> None:
    """Make a style that a house template lacks, from its plain text; its headings get the colour of those that it has."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    if not isinstance(style, ParagraphStyle):
        return
    if base != name:
        style.base_style = document.styles[base]
    style.hidden, style.quick_style = False, True
    look = _HOUSE[name]
    _set_look(style, replace(look, colour=accent) if look.colour == ACCENT else look, own=True)
    if name.startswith("Heading"):
        properties = style.element.get_or_add_pPr()
        properties.insert_element_before(element("w:outlineLvl", {"w:val": int(name[-1]) - 1}), "w:divId", "w:cnfStyle")
    if name == "Quote":
        _put_borders(document, name, _borders(left=(24, 10, accent)))


def font_of(document: Document, name: str) -> str:
    """The font of a paragraph style; empty where it is that of the document's theme."""
    style = document.styles[name]
    while isinstance(style, ParagraphStyle):
        if style.font.name:
            return str(style.font.name)
        base = style.base_style
        if not isinstance(base, ParagraphStyle):
            break
        style = base
    found = document.styles.element.xpath("./w:docDefaults/w:rPrDefault/w:rPr/w:rFonts/@w:ascii")
    return str(found[0]) if found else ""


def contrast(one: str, other: str) -> float:
    """How much two colours differ, 1 to 21, for letters on paper (WCAG 2.1, contrast ratio)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance of `RRGGBB` (WCAG 2.1)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


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


def _add_box(document: Document, name: str, accent: str) -> None:
    thin = (4, 6, accent)
    _put_borders(document, name, _borders(top=thin, left=(24, 8, accent), bottom=thin, right=thin), fill=WARM)


def _table_style(accent: str) -> BaseOxmlElement:
    """Horizontal lines only, a tinted header row; a template with a table style of this name keeps its own."""
    edges = (
        element(f"w:{side}", {"w:val": "single", "w:sz": size, "w:space": 0, "w:color": colour})
        for side, size, colour in (("top", 8, accent), ("bottom", 8, accent), ("insideH", 4, LINE))
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
