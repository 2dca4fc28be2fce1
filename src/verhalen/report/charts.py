"""Native Word charts that stay editable: chart XML by python-pptx, the numbers in an embedded workbook.

Both hold the cleared numbers only: a masked count is an empty cell. No part is told by colour alone: parts keep the
order of the legend, carry their count, have an outline, and differ in lightness or pattern.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Length, Pt
from docx.text.paragraph import Paragraph

from verhalen.i18n import t
from verhalen.report.blocks import Chart, Look
from verhalen.report.docx_style import INK, font_of
from verhalen.report.docx_xml import clean

CHART_PART = "/word/charts/chart%d.xml"
WORKBOOK_PART = "/word/embeddings/Microsoft_Excel_Sheet%d.xlsx"
_WIDTH, _BAR, _AROUND = Cm(16), Cm(1.0), Cm(2.2)
_CHART_NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"


@dataclass(frozen=True, slots=True)
class Paint:
    """How the parts of one series look."""

    fill: str
    label: str
    """Colour of the count on it; with a pattern the count stands on white."""
    pattern: str = ""
    """Name of a DrawingML pattern, drawn in `fill` on white; empty is plain."""


PAINTS = (
    Paint("1F4E5F", "FFFFFF"),
    Paint("D9E2E6", INK),
    Paint("B45309", INK, "WIDE_UPWARD_DIAGONAL"),
    Paint("7FB3C2", INK),
    Paint("5B3A8C", "FFFFFF"),
    Paint("474747", INK, "SMALL_GRID"),
)
_MEANT: dict[Look, Paint] = {
    "better": PAINTS[0],
    "same": PAINTS[1],
    "together": Paint("8FA3AD", INK),
    "unseen": Paint("6B7280", INK, "LIGHT_HORIZONTAL"),
    "worse": PAINTS[2],
}
"""Classes look the same in every chart, whichever of them it has."""


def add_chart(
    document: Document, paragraph: Paragraph, chart: Chart, *, number: int, today: datetime.date, text: str = "Normal"
) -> None:
    """Put `chart` in `paragraph` as the document's figure `number`; its letters are those of the style `text`."""
    package = document.part.package
    assert package is not None
    data = _chart_data(chart)
    workbook = Part(package.next_partname(WORKBOOK_PART), CONTENT_TYPE.SML_SHEET, _workbook(chart, today), package)
    part = _ChartPart(package.next_partname(CHART_PART), CONTENT_TYPE.DML_CHART, None, package)
    packed = part.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
    part.content = _chart_xml(chart, data, workbook_relation=packed, font=font_of(document, text))
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    height = Length(_AROUND + _BAR * len(chart.categories))
    paragraph.add_run()._r.append(_drawing(relation, number, alternative_text(chart), height))


class _ChartPart(Part):
    """A part whose bytes are known after its first relation."""

    content = b""

    @property
    def blob(self) -> bytes:
        return self.content


def paint_of(chart: Chart, at: int) -> Paint:
    """How the series at a place looks, in Word and on a page."""
    return _MEANT.get(chart.series[at].look, PAINTS[at % len(PAINTS)])


def alternative_text(chart: Chart) -> str:
    """What the chart says, in words: the caller's own text, or every bar with its counts."""
    if chart.alt_text is not None:
        return clean(chart.alt_text.value)
    bars = (
        t("{bar}: {parts}.", bar=category.value, parts=", ".join(_parts(chart, at)))
        for at, category in enumerate(chart.categories)
    )
    return clean(" ".join((t("Stacked bars of counts."), *bars)))


def _parts(chart: Chart, at: int) -> Iterator[str]:
    for series in chart.series:
        count = series.counts[at]
        shown = t("not shown") if count is None else str(count)
        yield f"{series.name.value} {shown}"


def _chart_data(chart: Chart) -> Any:
    data = _untyped("pptx.chart.data").CategoryChartData(number_format="0")
    data.categories = [clean(category.value) for category in chart.categories]
    for series in chart.series:
        data.add_series(clean(series.name.value), series.counts)
    return data


def _workbook(chart: Chart, today: datetime.date) -> bytes:
    """The numbers as Word expects them: categories in column A, a series per further column, on Sheet1."""
    made = io.BytesIO()
    book = _untyped("xlsxwriter").Workbook(
        made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"author": "", "created": datetime.datetime.combine(today, datetime.time(12))})
    sheet = book.add_worksheet()
    sheet.write_column(1, 0, [clean(category.value) for category in chart.categories])
    for column, series in enumerate(chart.series, 1):
        sheet.write_string(0, column, clean(series.name.value))
        sheet.write_column(1, column, series.counts)
    book.close()
    return made.getvalue()


def _chart_xml(chart: Chart, data: Any, *, workbook_relation: str, font: str) -> bytes:
    from lxml import etree

    stacked = _untyped("pptx.enum.chart").XL_CHART_TYPE.BAR_STACKED
    xml = _untyped("pptx.chart.xmlwriter").ChartXmlWriter(stacked, data).xml
    space = _untyped("pptx.oxml").parse_xml(xml.encode("utf-8"))
    drawn = _untyped("pptx.chart.chart").Chart(space, None)
    _set_frame(drawn, font)
    _set_axes(drawn)
    for at, series in enumerate(drawn.plots[0].series):
        _paint(series, paint_of(chart, at))
    space.find(f"{{{_CHART_NAMESPACE}}}chart").addnext(_shape_properties("<a:noFill/><a:ln><a:noFill/></a:ln>"))
    external = etree.SubElement(space, f"{{{_CHART_NAMESPACE}}}externalData")
    external.set(
        "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
        workbook_relation,
    )
    etree.SubElement(external, f"{{{_CHART_NAMESPACE}}}autoUpdate").set("val", "0")
    return etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)


def _set_frame(drawn: Any, font: str) -> None:
    """Letters, legend, distance between bars. Without a font of its own the chart takes that of the document's theme."""
    drawn.font.size = Pt(11)
    if font:
        drawn.font.name = font
    drawn.font.color.rgb = _colour(INK)
    drawn.has_title = False
    drawn.has_legend = True
    drawn.legend.position = _untyped("pptx.enum.chart").XL_LEGEND_POSITION.TOP
    drawn.legend.include_in_layout = False
    drawn.plots[0].gap_width, drawn.plots[0].overlap = 45, 100


def _set_axes(drawn: Any) -> None:
    """First category on top; no scale, because every part carries its count."""
    drawn.category_axis.reverse_order = True
    drawn.category_axis.major_tick_mark = _untyped("pptx.enum.chart").XL_TICK_MARK.NONE
    drawn.category_axis.format.line.fill.background()
    drawn.value_axis.has_major_gridlines = False
    drawn.value_axis.visible = False
    drawn.value_axis.minimum_scale = 0


def _paint(series: Any, paint: Paint) -> None:
    fill = series.format.fill
    if paint.pattern:
        fill.patterned()
        fill.pattern = _untyped("pptx.enum.dml").MSO_PATTERN[paint.pattern]
        fill.fore_color.rgb, fill.back_color.rgb = _colour(paint.fill), _colour("FFFFFF")
    else:
        fill.solid()
        fill.fore_color.rgb = _colour(paint.fill)
    series.format.line.color.rgb, series.format.line.width = _colour(INK), Pt(0.75)
    series.invert_if_negative = False
    labels = series.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = "0;;", False  # a zero has no part, so no label
    labels.font.size, labels.font.bold = Pt(11), True
    labels.font.color.rgb = _colour(paint.label)
    for lines in labels._element.findall(f"{{{_CHART_NAMESPACE}}}showLeaderLines"):
        labels._element.remove(lines)  # bars have none
    if paint.pattern:
        _put_on_white(labels)


def _colour(name: str) -> Any:
    return _untyped("pptx.dml.color").RGBColor.from_string(name)


def _untyped(module: str) -> Any:
    """A module of python-pptx or its xlsxwriter, loaded when a chart is drawn; they have no types for what we use."""
    return import_module(module)


def _put_on_white(labels: Any) -> None:
    """A count on a pattern is hard to read: give it a white ground."""
    # The schema wants it right after the number format.
    labels._element.find(f"{{{_CHART_NAMESPACE}}}numFmt").addnext(
        _shape_properties('<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>')
    )


def _shape_properties(inside: str) -> Any:
    """Fill and line of a part for which python-pptx has no words."""
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    xml = f'<c:spPr xmlns:c="{_CHART_NAMESPACE}" xmlns:a="{drawing}">{inside}</c:spPr>'
    return _untyped("pptx.oxml").parse_xml(xml)


def _drawing(relation: str, number: int, description: str, height: Length) -> BaseOxmlElement:
    from xml.sax.saxutils import quoteattr

    name = quoteattr(t("Figure {number}", number=number))
    return parse_xml(
        '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{_WIDTH}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name={name} descr={quoteattr(description)}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_CHART_NAMESPACE}">'
        f'<c:chart xmlns:c="{_CHART_NAMESPACE}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
