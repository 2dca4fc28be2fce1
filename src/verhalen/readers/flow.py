"""Paragraphs in the making, alike for every word processor: what is open at this place, and where words go."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from verhalen.readers import document_words as words
from verhalen.readers.content import Line, Piece, Tally, lines_of
from verhalen.readers.tables import Table

Block = list[Line]


@dataclass(slots=True)
class Paragraph:
    """A paragraph in the making."""

    number: int
    numbered: bool = False
    """Whether it shows a number or bullet that is no part of its words."""
    pieces: list[Piece] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)
    """Text boxes that hang on this paragraph: they follow it."""
    runs_on: bool = False
    """Its end is a tracked deletion: it goes on in the next paragraph."""

    @property
    def speaks(self) -> bool:
        """Whether there are words in it."""
        return any(text.strip() for text, _ in self.pieces)

    @property
    def loose(self) -> bool:
        """Whether accents stand loose behind their letters."""
        for text, _ in self.pieces:
            if not text.isascii():
                return not unicodedata.is_normalized("NFC", "".join([text for text, _ in self.pieces]))
        return False

    def block(self) -> Block:
        """Its lines, the notes at the end of the last."""
        if not self.pieces and not self.notes:
            return []
        for note in self.notes:
            self.pieces.append((f" {note}" if self.pieces else note, False))
        return lines_of(self.pieces, self.number)


@dataclass(slots=True)
class Frame:
    """A body, a table cell or a text box: something that holds paragraphs."""

    blocks: list[Block] = field(default_factory=list)
    begun: Paragraph | None = None
    """A paragraph that runs on."""

    def close(self) -> list[Block]:
        """All blocks; a paragraph that would have run on ends here."""
        if self.begun:
            self.put(self.begun)
        return self.blocks

    def put(self, paragraph: Paragraph) -> None:
        """Add a paragraph that is done."""
        self.begun = None
        block = paragraph.block()
        if block:
            self.blocks.append(block)
        self.blocks += paragraph.boxes


@dataclass(slots=True)
class Flow:
    """What a walk over a document or a note has open: open and close what is met, then take the `blocks`."""

    tally: Tally
    numbered: bool = True
    """Whether paragraphs have numbers; in notes they have none."""
    number: int = 0
    frames: list[Frame] = field(default_factory=lambda: [Frame()])
    paragraphs: list[Paragraph] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def blocks(self) -> list[Block]:
        """The paragraphs and tables, in reading order, empty ones left out."""
        return self.frames[0].close()

    def words(self) -> str:
        """All on one line, as a note stands inside a paragraph."""
        return " ".join(word for block in self.blocks() for line in block for word in line.text.split())

    @property
    def line(self) -> int | None:
        """The number of the paragraph where we are."""
        if not self.numbered:
            return None
        return self.paragraphs[-1].number if self.paragraphs else max(self.number, 1)

    def tell(self, message: str) -> None:
        """Count a difference at the paragraph where we are."""
        self.tally.add(message, self.line)

    def put(self, text: str, bold: bool) -> None:
        """Add words where we are."""
        if self.paragraphs:
            self.paragraphs[-1].pieces.append((text, bold))
        else:
            # Words outside a paragraph: no program writes them, but what is there is read.
            self.frames[-1].blocks += [lines] if (lines := lines_of([(text, False)], max(self.number, 1))) else []

    # -- paragraphs

    def begin_paragraph(self, *, numbered: bool = False, runs_on: bool = False) -> Paragraph:
        """Begin a paragraph, or go on with the one before whose end was deleted."""
        self.number += 1
        paragraph = self.frames[-1].begun or Paragraph(self.number)
        self.frames[-1].begun = None
        paragraph.numbered = numbered
        paragraph.runs_on = runs_on
        self.paragraphs.append(paragraph)
        return paragraph

    def end_paragraph(self) -> None:
        """End the paragraph where we are."""
        if not self.paragraphs:
            return
        paragraph = self.paragraphs.pop()
        line = paragraph.number if self.numbered else None
        if paragraph.numbered and paragraph.speaks:
            self.tally.add(words.NUMBERED, line)
        if paragraph.runs_on:
            if paragraph.speaks:
                self.tally.add(words.DELETED_ENDS, line)
            self.frames[-1].begun = paragraph
            return
        if paragraph.loose:
            self.tally.add(words.COMPOSED, line)
        self.frames[-1].put(paragraph)

    def add_note(self, kind: str, text: str, *, author: str = "") -> None:
        """Hang a note that stands at this place on the paragraph where we are."""
        note = words.bracketed(kind, text, author=author)
        if note and self.paragraphs:
            self.tell(words.COMMENTS if kind == "comment" else words.FOOTNOTES)
            self.paragraphs[-1].notes.append(note)
        elif note:
            self.tally.add(words.UNPLACED, None)

    # -- tables and text boxes

    def begin_table(self) -> None:
        """Begin a table."""
        self.frames[-1].close()
        self.tables.append(Table())

    def end_table(self) -> None:
        """End a table: it becomes one block, a line for each row."""
        block = self.tables.pop().block()
        if block:
            self.tally.add(words.TABLES, block[0].number if self.numbered else None)
            self.frames[-1].blocks.append(block)

    def begin_row(self) -> None:
        """Begin a row of the table where we are."""
        if self.tables:
            self.tables[-1].rows.append([])

    def begin_cell(self) -> None:
        """Begin a cell."""
        self.frames.append(Frame())

    def end_cell(self) -> None:
        """End a cell."""
        blocks = self.frames.pop().close()
        if self.tables and self.tables[-1].rows:
            self.tables[-1].rows[-1].append([line for block in blocks for line in block])
        else:
            self.frames[-1].blocks += blocks

    def begin_box(self) -> None:
        """Begin a text box."""
        self.frames.append(Frame())

    def end_box(self) -> bool:
        """End a text box. Whether there was something in it."""
        blocks = self.frames.pop().close()
        if blocks:
            self.tell(words.BOXES)
        if self.paragraphs:
            self.paragraphs[-1].boxes += blocks
        else:
            self.frames[-1].blocks += blocks
        return bool(blocks)
