"""Pieces of a form in Word: faces, boxes to tick and places to fill in, each behind the hidden mark by which it is read back."""

from __future__ import annotations

from collections.abc import Sequence

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from verhalen.report.docx_xml import clean, element

_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
EMPTY_BOX = "☐"
TICKED_BOX = "☒"
_SYMBOLS = "MS Gothic"
"""Word's own font for these two."""
_MOST = 4653
"""How far the mouth of the preset shape bends, up or down."""
_SIDE = 468_000
"""Of a face, in EMU: 1.3 cm."""


def write(paragraph: Paragraph, text: str, size: float, *, bold: bool = False, right_to_left: bool = False) -> None:
    """Add words of `size` points. Word keeps another size, and another bold, for scripts from right to left."""
    run = paragraph.add_run(clean(text))
    run._r.insert(0, _look(size, bold=bold, right_to_left=right_to_left))
    if right_to_left:
        properties = paragraph._p.get_or_add_pPr()
        if properties.find(qn("w:bidi")) is None:
            properties.insert_element_before(element("w:bidi"), *_AFTER_BIDI)


_AFTER_BIDI = (
    *("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents"),
    *("w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl"),
    *("w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange"),
)


def _look(size: float, *, bold: bool, right_to_left: bool) -> BaseOxmlElement:
    half = round(size * 2)
    made = [element("w:rFonts", {"w:cs": "Arial"})] if right_to_left else []
    if bold:
        made += [element("w:b"), element("w:bCs")]
    made += [element("w:sz", {"w:val": half}), element("w:szCs", {"w:val": half})]
    if right_to_left:
        made.append(element("w:rtl"))
    return element("w:rPr", {}, *made)


def add_box(paragraph: Paragraph, mark: str, name: str, size: float, *, ticked: bool = False) -> None:
    """A box that a click ticks, or a pen. `name` says what it stands for, to a screen reader too."""
    add_mark(paragraph, mark)
    check = parse_xml(
        f'<w14:checkbox xmlns:w14="{_W14}"><w14:checked w14:val="{int(ticked)}"/>'
        f'<w14:checkedState w14:val="2612" w14:font="{_SYMBOLS}"/>'
        f'<w14:uncheckedState w14:val="2610" w14:font="{_SYMBOLS}"/></w14:checkbox>'
    )
    fonts = element("w:rFonts", {f"w:{script}": _SYMBOLS for script in ("ascii", "hAnsi", "eastAsia")})
    run = element("w:r", {}, element("w:rPr", {}, fonts, element("w:sz", {"w:val": round(size * 2)})))
    run.append(_text(TICKED_BOX if ticked else EMPTY_BOX))
    _append_control(paragraph, name, [check], [run])


def add_place(paragraph: Paragraph, mark: str, name: str, written: str, size: float) -> None:
    """A place to write in, filled where something is known already."""
    add_mark(paragraph, mark)
    run = element("w:r", {}, _look(size, bold=False, right_to_left=False), _text(clean(written) or BLANK))
    _append_control(paragraph, name, [element("w:text")], [run])


BLANK = "." * 28
"""An empty place, on paper a line to write on."""


def add_mark(paragraph: Paragraph, mark: str) -> None:
    """Hidden text, by which a program finds the place again."""
    paragraph._p.append(element("w:r", {}, element("w:rPr", {}, element("w:vanish")), _text(mark)))


def _append_control(
    paragraph: Paragraph, name: str, kind: Sequence[BaseOxmlElement], content: Sequence[BaseOxmlElement]
) -> None:
    properties = element("w:sdtPr", {}, element("w:alias", {"w:val": clean(name)[:64]}), *kind)
    paragraph._p.append(element("w:sdt", {}, properties, element("w:sdtContent", {}, *content)))


def _text(words: str) -> BaseOxmlElement:
    made = element("w:t", {"xml:space": "preserve"})
    made.text = words
    return made


def add_face(paragraph: Paragraph, number: int, step: int, steps: int, name: str, *, side: int = _SIDE) -> None:
    """A drawn face, from sad (step 0) to glad (the last), with `name` as its text for who cannot see it; `side` in EMU."""
    mouth = round(_MOST * (2 * step / (steps - 1) - 1))
    alternative = clean(name).replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    run = parse_xml(f"""
<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:drawing>
<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
  distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{side}" cy="{side}"/>
<wp:docPr id="{number}" name="{number}" descr="{alternative}"/>
<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData
  uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<wps:wsp xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:cNvSpPr/><wps:spPr>
<a:xfrm><a:off x="0" y="0"/><a:ext cx="{side}" cy="{side}"/></a:xfrm>
<a:prstGeom prst="smileyFace"><a:avLst><a:gd name="adj" fmla="val {mouth}"/></a:avLst></a:prstGeom>
<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln w="22225"><a:solidFill><a:srgbClr val="1A1A1A"/></a:solidFill></a:ln>
</wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>""")
    paragraph._p.append(run)
