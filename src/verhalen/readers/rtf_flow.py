"""Paragraphs and tables of RTF: it has no containers, only marks at their ends and a level for each paragraph."""

from __future__ import annotations

from dataclasses import dataclass, field

from verhalen.readers.flow import Flow

_DEEPEST = 6
"""Tables inside tables."""


@dataclass(slots=True)
class _Open:
    """An open table: whether a row of it is open, and whether a cell."""

    row: bool = False
    cell: bool = False


@dataclass(slots=True)
class RtfFlow(Flow):
    """The text, one note, one text box or one header."""

    levels: list[_Open] = field(default_factory=list)
    """The open tables, from the outside in."""
    in_row: bool = False
    """Between the definition of a row and its end, where some programs forget to say that a paragraph is in a table."""
    marked: bool = False
    """Whether the next paragraph shows a number or bullet."""

    @property
    def line(self) -> int | None:
        """The number of the paragraph where we are; between two it is the next, which is not open before its first word."""
        if not self.numbered:
            return None
        return self.paragraphs[-1].number if self.paragraphs else self.number + 1

    def write(self, text: str, bold: bool, level: int) -> None:
        """Add words, in a paragraph at this level of tables."""
        if not self.paragraphs:
            self.open_paragraph(level)
        self.paragraphs[-1].pieces.append((text, bold))

    def open_paragraph(self, level: int) -> None:
        """Begin a paragraph if none is open."""
        if not self.paragraphs:
            self._enter(max(level, self.in_row))
            self.begin_paragraph(numbered=self.marked)
            self.marked = False

    def close_paragraph(self, level: int, *, deleted: bool = False) -> None:
        """A paragraph mark; a deleted one joins the paragraph with the next."""
        if not self.paragraphs:
            if not (level or self.levels or self.in_row or self.frames[-1].begun or deleted):
                # A blank one: only its number counts.
                self.number += 1
                self.marked = False
                return
            self.open_paragraph(level)
        self.paragraphs[-1].runs_on = deleted
        self.end_paragraph()

    def close_cell(self, level: int) -> None:
        """The end of a cell and of the last paragraph in it."""
        if self.paragraphs:
            self.end_paragraph()
            self._leave(level)
        else:
            self.open_paragraph(level)
            self.end_paragraph()
        if self.levels:
            # Else the words before it stood outside a table: it is no more than the end of their paragraph.
            self._open_cell()
            self._close_cell()

    def close_row(self, level: int) -> None:
        """The end of a row."""
        if self.paragraphs:
            self.close_cell(level)
        self._leave(level)
        if len(self.levels) == level:
            self._close_cell()
            self.levels[-1].row = False
        self.in_row = self.in_row and level > 1

    def finish(self) -> None:
        """The end of everything."""
        if self.paragraphs:
            self.end_paragraph()
        self._leave(0)

    def _enter(self, level: int) -> None:
        """Come to a level of tables, with a cell open in each."""
        level = min(level, _DEEPEST)
        self._leave(level)
        while len(self.levels) < level:
            self._open_cell()
            self.begin_table()
            self.levels.append(_Open())
        self._open_cell()

    def _open_cell(self) -> None:
        if not self.levels:
            return
        table = self.levels[-1]
        if not table.row:
            self.begin_row()
        if not table.cell:
            self.begin_cell()
        table.row = table.cell = True

    def _leave(self, level: int) -> None:
        """Close the tables that lie deeper."""
        while len(self.levels) > level:
            self._close_cell()
            self.levels.pop()
            self.end_table()

    def _close_cell(self) -> None:
        if self.levels[-1].cell:
            self.end_cell()
            self.levels[-1].cell = False
