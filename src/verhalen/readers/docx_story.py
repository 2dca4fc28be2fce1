"""The paragraphs of a Word document in the making: what is open at this place, and where words go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from verhalen.readers import docx_words as words
from verhalen.readers.content import Line, Piece, Tally, lines_of
from verhalen.readers.docx_fields import Fields
from verhalen.readers.docx_notes import Notes
from verhalen.readers.docx_package import child
from verhalen.readers.docx_styles import Look, Styles
from verhalen.readers.docx_tables import Table

if TYPE_CHECKING:
    from lxml.etree import _Element

Block = list[Line]


@dataclass(slots=True)
class _Paragraph:
    """A paragraph in the making."""

    number: int
    look: Look
    pieces: list[Piece] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)
    """Text boxes that hang on this paragraph: they follow it."""
    runs_on: bool = False
    """Its end is a tracked deletion: it goes on in the next paragraph."""

    def block(self) -> Block:
        """Its lines, the notes at the end of the last."""
        if not self.pieces and not self.notes:
            return []
        pieces = list(self.pieces)
        for note in self.notes:
            pieces.append((f" {note}" if pieces else note, False))
        return lines_of(pieces, self.number)


@dataclass(slots=True)
class _Frame:
    """A body, a table cell or a text box: something that holds paragraphs."""

    blocks: list[Block] = field(default_factory=list)
    begun: _Paragraph | None = None
    """A paragraph that runs on."""

    def close(self) -> list[Block]:
        """All blocks; a paragraph that would have run on ends here."""
        if self.begun:
            self.put(self.begun)
        return self.blocks

    def put(self, paragraph: _Paragraph) -> None:
        self.begun = None
        block = paragraph.block()
        self.blocks += [block, *paragraph.boxes] if block else paragraph.boxes


@dataclass(slots=True)
class Story:
    """State of a walk over a document or a note: open and close what is met, then take the `blocks`."""

    styles: Styles
    notes: Notes
    tally: Tally
    numbered: bool = True
    """Whether paragraphs have numbers; in notes they have none."""
    number: int = 0
    frames: list[_Frame] = field(default_factory=lambda: [_Frame()])
    paragraphs: list[_Paragraph] = field(default_factory=list)
    runs: list[Look] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    choices: list[bool] = field(default_factory=list)
    """For each open set of alternatives whether one was taken."""
    pictures: list[list[bool]] = field(default_factory=list)
    """For each open drawing: whether it holds a text box, and whether a picture."""
    fields: Fields = field(default_factory=Fields)

    def blocks(self) -> list[Block]:
        """The paragraphs and tables, in reading order, empty ones left out."""
        return self.frames[0].close()

    @property
    def line(self) -> int | None:
        """The number of the paragraph where we are."""
        if not self.numbered:
            return None
        return self.paragraphs[-1].number if self.paragraphs else max(self.number, 1)

    def say(self, text: str) -> None:
        """Add words where we are, if a reader sees them."""
        look = self.runs[-1] if self.runs else Look()
        if look.hidden:
            if text.strip():
                self.tally.add(words.HIDDEN, self.line)
        elif self.fields.swallows:
            self.tally.add(words.FIELD_CODES, self.line)
        elif self.paragraphs:
            self.paragraphs[-1].pieces.append((text, bool(look.bold)))
        else:
            # Words outside a paragraph: no program writes them, but what is there is read.
            self.frames[-1].blocks += [lines] if (lines := lines_of([(text, False)], max(self.number, 1))) else []

    # -- paragraphs and runs

    def open_paragraph(self, element: _Element) -> None:
        """Begin a paragraph, or go on with the one before whose end was deleted."""
        self.number += 1
        look = self.styles.paragraph(element)
        begun = self.frames[-1].begun
        paragraph = begun or _Paragraph(self.number, look)
        paragraph.look = look
        self.frames[-1].begun = None
        mark = child(element, "w:pPr", "w:rPr")
        paragraph.runs_on = child(mark, "w:del") is not None or child(mark, "w:moveFrom") is not None
        self.paragraphs.append(paragraph)

    def line_of(self, paragraph: _Paragraph) -> int | None:
        """The number that a notice about `paragraph` gives."""
        return paragraph.number if self.numbered else None

    def close_paragraph(self, _: _Element) -> None:
        """End a paragraph."""
        if not self.paragraphs:
            return
        paragraph = self.paragraphs.pop()
        if paragraph.look.numbered and any(text.strip() for text, _ in paragraph.pieces):
            self.tally.add(words.NUMBERED, self.line_of(paragraph))
        if paragraph.runs_on:
            if any(text.strip() for text, _ in paragraph.pieces):
                self.tally.add(words.DELETED_ENDS, self.line_of(paragraph))
            self.frames[-1].begun = paragraph
        else:
            self.frames[-1].put(paragraph)

    def open_run(self, element: _Element) -> None:
        """Begin a run: a stretch in one look."""
        self.runs.append(self.styles.run(element, self.paragraphs[-1].look if self.paragraphs else Look()))

    def close_run(self, _: _Element) -> None:
        """End a run; the one around it (of a text box) goes on."""
        self.runs.pop()

    # -- tables and text boxes

    def open_table(self, _: _Element) -> None:
        """Begin a table."""
        self.frames[-1].close()
        self.tables.append(Table())

    def close_table(self, _: _Element) -> None:
        """End a table: it becomes one block, a line for each row."""
        block = self.tables.pop().block()
        if block:
            self.tally.add(words.TABLES, block[0].number if self.numbered else None)
            self.frames[-1].blocks.append(block)

    def open_row(self, element: _Element) -> bool:
        """Begin a row, unless it was deleted."""
        if child(element, "w:trPr", "w:del") is not None:
            self.tally.add(words.DELETIONS, self.number + 1 if self.numbered else None)
            return True
        if child(element, "w:trPr", "w:ins") is not None:
            self.tally.add(words.INSERTIONS, self.number + 1 if self.numbered else None)
        if self.tables:
            self.tables[-1].rows.append([])
        return False

    def open_cell(self, element: _Element) -> bool:
        """Begin a cell, unless it was deleted."""
        deleted = child(element, "w:tcPr", "w:cellDel") is not None
        if deleted:
            self.tally.add(words.DELETIONS, self.number + 1 if self.numbered else None)
        self.frames.append(_Frame())
        return deleted

    def close_cell(self, _: _Element) -> None:
        """End a cell."""
        blocks = self.frames.pop().close()
        if self.tables and self.tables[-1].rows:
            self.tables[-1].rows[-1].append([line for block in blocks for line in block])
        else:
            self.frames[-1].blocks += blocks

    def open_box(self, _: _Element) -> None:
        """Begin a text box. Its words do not belong to the run that it hangs on."""
        for picture in self.pictures[-1:]:
            picture[0] = True
        self.frames.append(_Frame())
        self.runs.append(Look())

    def close_box(self, _: _Element) -> None:
        """End a text box."""
        self.runs.pop()
        blocks = self.frames.pop().close()
        if blocks:
            self.tally.add(words.BOXES, self.line)
        if self.paragraphs:
            self.paragraphs[-1].boxes += blocks
        else:
            self.frames[-1].blocks += blocks
