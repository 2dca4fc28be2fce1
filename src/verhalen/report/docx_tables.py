"""Tables in Word: one header row that repeats, no merged cells, rows that stay whole."""

from __future__ import annotations

from collections.abc import Iterable

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length
from docx.styles.style import BaseStyle
from docx.text.paragraph import Paragraph

from verhalen.report.blocks import Align, Phrase, Table, runs
from verhalen.report.docx_xml import add_words, clean, element, loose_paragraph

WIDE = 7
"""More columns than this get a page on its side."""
_HEADER_ROW_ONLY = {
    "w:val": "0620",
    "w:firstRow": "1",
    "w:lastRow": "0",
    "w:firstColumn": "0",
    "w:lastColumn": "0",
    "w:noHBand": "1",
    "w:noVBand": "1",
}
_LETTER, _BOLD = 115, 150
"""Width of a letter of 11 points, in twentieths of a point; of the header bold, and room for a wider font that stands in."""
_LONG = 90
"""Texts of more letters than this are broken over lines."""
_TOGETHER = 12
_SHORT = 800
"""A table of at most so many rows and letters is kept on one page; a longer one would leave half a page white."""
_ALIGNMENT = {"center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


class TableWriter:
    """Builds the XML of tables; python-docx's own cells get slow on long tables."""

    def __init__(self, parent: Paragraph, *, table: BaseStyle, cell: BaseStyle, header: BaseStyle) -> None:
        """`parent` is any paragraph of the part where the tables will stand."""
        self._parent = parent
        self._table, self._cell, self._header = table, cell, header

    def write(self, table: Table, *, width: Length, description: str) -> BaseOxmlElement:
        """The `w:tbl` of `table`, at most `width` wide; `description` is read aloud before it."""
        widths = _widths(table, width)
        made = element("w:tbl", {}, self._properties(description, sum(widths)), _grid(widths))
        made.append(self._row(table.header, table, widths, header=True))
        letters = sum(len(_text(cell)) for row in table.rows for cell in row)
        together = len(table.rows) <= _TOGETHER and letters <= _SHORT
        for at, row in enumerate(table.rows, 1):
            made.append(self._row(row, table, widths, keep_next=together and at < len(table.rows)))
        return made

    def _properties(self, description: str, width: int) -> BaseOxmlElement:
        return element(
            "w:tblPr",
            {},
            element("w:tblStyle", {"w:val": self._table.style_id}),
            element("w:tblW", {"w:w": width, "w:type": "dxa"}),
            element("w:tblLook", _HEADER_ROW_ONLY),
            *([element("w:tblCaption", {"w:val": description})] if description else []),
        )

    def _row(
        self,
        cells: Iterable[Phrase],
        table: Table,
        widths: list[int],
        *,
        header: bool = False,
        keep_next: bool = False,
    ) -> BaseOxmlElement:
        properties = element("w:trPr", {}, element("w:cantSplit"))
        if header:
            properties.append(element("w:tblHeader"))
        row = element("w:tr", {}, properties)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            paragraph = loose_paragraph(self._parent, self._header if header else self._cell)
            _align(paragraph, table.aligned(column))
            paragraph.paragraph_format.keep_with_next = keep_next or header or None
            add_words(paragraph, runs(cell))
            size = element("w:tcPr", {}, element("w:tcW", {"w:w": width, "w:type": "dxa"}))
            row.append(element("w:tc", {}, size, paragraph._p))
        return row


def _align(paragraph: Paragraph, side: Align) -> None:
    if side in _ALIGNMENT:
        paragraph.alignment = _ALIGNMENT[side]


def _grid(widths: list[int]) -> BaseOxmlElement:
    return element("w:tblGrid", {}, *(element("w:gridCol", {"w:w": width}) for width in widths))


def needs_width(table: Table) -> int:
    """The width, in twentieths of a point, below which words would be broken."""
    return sum(_least(_columns(table)))


def _columns(table: Table) -> list[list[str]]:
    return [[_text(row[column]) for row in (table.header, *table.rows)] for column in range(len(table.header))]


def _least(columns: list[list[str]]) -> list[int]:
    return [max(_LETTER * (3 + _longest(cells)), _BOLD * (2 + _longest(cells[:1]))) for cells in columns]


def _widths(table: Table, width: Length) -> list[int]:
    """Width per column in twentieths of a point: no word is broken where that can be, long texts share what is left."""
    columns = _columns(table)
    least = _least(columns)
    wanted = [_LETTER * (3 + min(max(len(cell) for cell in column), _LONG)) for column in columns]
    wanted = [max(pair) for pair in zip(least, wanted, strict=True)]
    if sum(wanted) <= width.twips:
        # Some air, but a small table stays small: the eye must find the number that belongs to a word.
        air = min(width.twips / sum(wanted), 1.5)
        return [round(each * air) for each in wanted]
    if sum(least) >= width.twips:
        return [round(each * width.twips / sum(least)) for each in least]
    spare = (width.twips - sum(least)) / (sum(wanted) - sum(least))
    return [round(few + (many - few) * spare) for few, many in zip(least, wanted, strict=True)]


def _longest(cells: list[str]) -> int:
    """Letters of the longest word."""
    return max(len(word) for cell in cells for word in cell.split() or [""])


def _text(cell: Phrase) -> str:
    return "".join(clean(run.text.value) for run in runs(cell))
