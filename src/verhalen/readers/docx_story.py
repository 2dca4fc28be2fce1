"""What a walk over a Word document has open beyond paragraphs: looks of runs, alternatives, drawings, fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from verhalen.readers import document_words as words
from verhalen.readers.docx_fields import Fields
from verhalen.readers.docx_notes import Notes
from verhalen.readers.docx_package import child
from verhalen.readers.docx_styles import Styles
from verhalen.readers.flow import Flow
from verhalen.readers.looks import Look

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(slots=True)
class Story(Flow):
    """State of a walk over a document or a note."""

    styles: Styles = field(default_factory=Styles)
    notes: Notes = field(default_factory=Notes)
    looks: list[Look] = field(default_factory=list)
    """Of the open paragraphs."""
    runs: list[Look] = field(default_factory=list)
    choices: list[bool] = field(default_factory=list)
    """For each open set of alternatives whether one was taken."""
    pictures: list[list[bool]] = field(default_factory=list)
    """For each open drawing: whether it holds a text box, and whether a picture."""
    fields: Fields = field(default_factory=Fields)

    def say(self, text: str) -> None:
        """Add words where we are, if a reader sees them."""
        look = self.runs[-1] if self.runs else Look()
        if look.hidden:
            if text.strip():
                self.tell(words.HIDDEN)
        elif self.fields.swallows:
            self.tell(words.FIELD_CODES)
        else:
            self.put(text, bool(look.bold))

    # -- paragraphs and runs

    def open_paragraph(self, element: _Element) -> None:
        """Begin a paragraph."""
        look = self.styles.paragraph(element)
        mark = child(element, "w:pPr", "w:rPr")
        deleted = child(mark, "w:del") is not None or child(mark, "w:moveFrom") is not None
        self.looks.append(look)
        self.begin_paragraph(numbered=bool(look.numbered), runs_on=deleted)

    def close_paragraph(self, _: _Element) -> None:
        """End a paragraph."""
        self.looks.pop()
        self.end_paragraph()

    def open_run(self, element: _Element) -> None:
        """Begin a run: a stretch in one look."""
        self.runs.append(self.styles.run(element, self.looks[-1] if self.looks else Look()))

    def close_run(self, _: _Element) -> None:
        """End a run; the one around it (of a text box) goes on."""
        self.runs.pop()

    # -- tables and text boxes

    def open_table(self, _: _Element) -> None:
        """Begin a table."""
        self.begin_table()

    def close_table(self, _: _Element) -> None:
        """End a table."""
        self.end_table()

    def open_row(self, element: _Element) -> bool:
        """Begin a row, unless it was deleted."""
        if child(element, "w:trPr", "w:del") is not None:
            self._tell_next(words.DELETIONS)
            return True
        if child(element, "w:trPr", "w:ins") is not None:
            self._tell_next(words.INSERTIONS)
        self.begin_row()
        return False

    def open_cell(self, element: _Element) -> bool:
        """Begin a cell, unless it was deleted."""
        deleted = child(element, "w:tcPr", "w:cellDel") is not None
        if deleted:
            self._tell_next(words.DELETIONS)
        self.begin_cell()
        return deleted

    def _tell_next(self, message: str) -> None:
        """Count what befell a row or cell: its first paragraph is still to come."""
        self.tally.add(message, self.number + 1 if self.numbered else None)

    def close_cell(self, _: _Element) -> None:
        """End a cell."""
        self.end_cell()

    def open_box(self, _: _Element) -> None:
        """Begin a text box. Its words do not belong to the run that it hangs on."""
        for picture in self.pictures[-1:]:
            picture[0] = True
        self.begin_box()
        self.runs.append(Look())

    def close_box(self, _: _Element) -> None:
        """End a text box."""
        self.runs.pop()
        self.end_box()
