"""Pieces of a paper to fill in: room for many words, boxes in columns, rows of choices. Each stands behind its hidden mark."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from verhalen.model.form import ANSWER, AREA, END, mark_of
from verhalen.report.docx_xml import element
from verhalen.report.form_xml import add_box, add_mark, write

Grid = list[list[_Cell]]
"""The cells of a table, row by row."""
_SIDES = ("w:top", "w:left", "w:bottom", "w:right")


class PaperWriter:
    """Writes a paper from top to bottom."""

    def __init__(self, document: Document, *, size: float, width: float, right_to_left: bool = False) -> None:
        self.document = document
        self.size = size
        """Of plain words, in points."""
        self.width = width
        """Between the margins, in centimetres."""
        self.turned = right_to_left

    def line(self, text: str, size: float = 0, *, bold: bool = False, before: float = 0, after: float = 4) -> Paragraph:
        """A paragraph of its own."""
        made = self.document.add_paragraph()
        made.paragraph_format.space_before, made.paragraph_format.space_after = Pt(before), Pt(after)
        write(made, text, size or self.size, bold=bold, right_to_left=self.turned)
        return made

    def question(self, text: str, *, area: str = "", size: float = 0) -> Paragraph:
        """A question that stays with its answer; with `area` the room below it is read back under that name."""
        made = self.line("", before=6, after=2)
        add_mark(made, mark_of(END, ""))
        write(made, text, size or self.size, bold=True, right_to_left=self.turned)
        made.paragraph_format.keep_with_next = True
        if area:
            add_mark(made, mark_of(AREA, area))
        return made

    def room(self, lines: float, words: str = "") -> None:
        """A frame to write in, at least so many lines high; it grows."""
        table = self.document.add_table(rows=1, cols=1)
        cell = table.cell(0, 0)
        _frame(cell)
        row = table.rows[0]
        row.height = Pt(lines * self.size * 1.35)
        self.fill(cell.paragraphs[0], words, self.size)
        self.space()

    def fill(self, paragraph: Paragraph, text: str, size: float, *, bold: bool = False) -> None:
        """Words, or a place of that size for words."""
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
        write(paragraph, text, size, bold=bold, right_to_left=self.turned)

    def boxes(self, name: str, answers: Sequence[tuple[str, str]], *, columns: int, ticked: Sequence[str] = ()) -> None:
        """Boxes with their words, side by side in so many columns."""
        rows = -(-len(answers) // columns)
        grid = self.table(rows, [self.width / columns] * columns)
        for at, (value, words) in enumerate(answers):
            paragraph = grid[at // columns][at % columns].paragraphs[0]
            self.box(paragraph, name, value, words, ticked=value in ticked)
            write(paragraph, f" {words}", self.size, right_to_left=self.turned)
        self.space()

    def box(self, paragraph: Paragraph, name: str, value: str, words: str, *, ticked: bool = False) -> None:
        """One box; no other may stand in the same paragraph."""
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
        add_box(paragraph, mark_of(ANSWER, name, value), words, self.size + 2, ticked=ticked)

    def table(self, rows: int, widths: Sequence[float], *, framed: bool = False) -> Grid:
        """A table without lines, or with them; widths in centimetres. Give its cells, row by row."""
        made = self.document.add_table(rows=rows, cols=len(widths))
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Cm(width)
        grid = [list(row.cells) for row in made.rows]
        for line in grid:
            for cell, width in zip(line, widths, strict=True):
                cell.width = Cm(width)
                cell.paragraphs[0].paragraph_format.space_after = Pt(0)
                if framed:
                    _frame(cell)
        for row in made.rows:
            row._tr.get_or_add_trPr().append(element("w:cantSplit"))
        self._turn(made)
        return grid

    def cell(self, grid: Grid, row: int, column: int, words: str = "", *, bold: bool = False) -> Paragraph:
        """The paragraph of a cell, in the middle but for the first column."""
        paragraph: Paragraph = grid[row][column].paragraphs[0]
        if column:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if words:
            self.fill(paragraph, words, self.size, bold=bold)
        return paragraph

    def space(self) -> None:
        """Behind a table, so that two never grow together."""
        made = self.document.add_paragraph()
        made.paragraph_format.space_before = made.paragraph_format.space_after = Pt(0)
        made.paragraph_format.line_spacing = Pt(4)
        add_mark(made, mark_of(END, ""))

    def _turn(self, table: Table) -> None:
        if self.turned:
            style = table._tbl.tblPr.find(qn("w:tblStyle"))
            turned = element("w:bidiVisual")
            if style is not None:
                style.addnext(turned)
            else:
                table._tbl.tblPr.insert(0, turned)


def _frame(cell: _Cell) -> None:
    said: dict[str, str | int] = {"w:val": "single", "w:sz": 6, "w:space": 0, "w:color": "7A7A7A"}
    borders = element("w:tcBorders", {}, *(element(side, said) for side in _SIDES))
    cell._tc.get_or_add_tcPr().append(borders)
