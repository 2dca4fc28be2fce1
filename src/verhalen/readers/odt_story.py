"""What a walk over an OpenDocument text has open beyond paragraphs: looks, lists, drawings, tracked changes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from verhalen.readers import document_words as words
from verhalen.readers.flow import Flow
from verhalen.readers.looks import Look
from verhalen.readers.odt_changes import Changes
from verhalen.readers.odt_package import full
from verhalen.readers.odt_styles import Styles

if TYPE_CHECKING:
    from lxml.etree import _Element

_STYLE_NAME = full("text:style-name")
_HEADING, _LEVEL, _UNNUMBERED = full("text:h"), full("text:outline-level"), full("text:is-list-header")
_COLUMNS = full("table:number-columns-spanned")
_BLANKS = re.compile("[\t\r\n ]+")


@dataclass(slots=True)
class OdtStory(Flow):
    """State of a walk over a document or a note."""

    styles: Styles = field(default_factory=Styles)
    changes: Changes = field(default_factory=Changes)
    looks: list[Look] = field(default_factory=lambda: [Look()])
    """Of the open paragraphs and spans, from the outside in."""
    after_blank: list[bool] = field(default_factory=lambda: [True])
    """For each open paragraph whether a blank would be one too many: the XML may be broken into lines."""
    lists: list[str] = field(default_factory=list)
    """Style names of the open lists."""
    item_begins: bool = False
    """Whether the next paragraph is the first of a list item, which shows a number or bullet."""
    pictures: list[list[bool]] = field(default_factory=list)
    """For each open drawing: whether it holds words, and whether a picture."""
    covered: list[int] = field(default_factory=lambda: [0])
    """For each open table how many cells to come are covered by one to their left."""
    hidden: int = 0
    """How many hidden sections are open."""
    awaited: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Words and author of comments whose range is still open, by name: they stand where it ends."""

    def say(self, text: str) -> None:
        """Add the characters of an element, blanks as the format means them."""
        if "\n" in text or "  " in text or "\t" in text or "\r" in text:
            text = _BLANKS.sub(" ", text)
        if self.after_blank[-1] and text[0] == " ":
            text = text[1:]
        if text:
            self.after_blank[-1] = text[-1] == " "
            self.show(text)

    def sign(self, text: str) -> None:
        """Add what an element stands for: a tab, a line end, blanks."""
        if text:
            self.after_blank[-1] = False
            self.show(text)

    def show(self, text: str) -> None:
        """Add words, if a reader sees them."""
        look = self.looks[-1]
        if look.hidden or self.hidden:
            if not text.isspace():
                self.tell(words.HIDDEN)
        elif self.paragraphs:
            self.paragraphs[-1].pieces.append((text, look.bold is True))
        else:
            self.put(text, False)

    # -- paragraphs and spans

    def open_paragraph(self, element: _Element) -> None:
        """Begin a paragraph or heading."""
        self.looks.append(self.styles.look("paragraph", element.get(_STYLE_NAME)))
        self.after_blank.append(True)
        self.begin_paragraph(numbered=self._takes_number(element))

    def _takes_number(self, element: _Element) -> bool:
        begins, self.item_begins = self.item_begins, False
        if begins:
            style = next((name for name in reversed(self.lists) if name), "")
            return (style, str(len(self.lists))) not in self.styles.silent
        return (
            element.tag == _HEADING
            and element.get(_LEVEL) in self.styles.outline
            and element.get(_UNNUMBERED) != "true"
        )

    def close_paragraph(self, _: _Element) -> None:
        """End a paragraph."""
        self.looks.pop()
        self.after_blank.pop()
        self.end_paragraph()

    def open_span(self, element: _Element) -> None:
        """Begin a stretch in one look, or a link."""
        name = element.get(_STYLE_NAME)
        look = self.looks[-1]
        self.looks.append(self.styles.look("text", name).over(look) if name else look)

    def close_span(self, _: _Element) -> None:
        """End a stretch."""
        self.looks.pop()

    # -- lists

    def open_list(self, element: _Element) -> None:
        """Begin a list, perhaps inside another."""
        self.lists.append(element.get(_STYLE_NAME, ""))

    def close_list(self, _: _Element) -> None:
        """End a list."""
        self.lists.pop()

    def open_item(self, _: _Element) -> None:
        """Begin an item with a number or bullet."""
        self.item_begins = True

    def close_item(self, _: _Element) -> None:
        """End an item; one without a paragraph shows nothing."""
        self.item_begins = False

    # -- tables

    def open_table(self, _: _Element) -> None:
        """Begin a table."""
        self.covered.append(0)
        self.begin_table()

    def close_table(self, _: _Element) -> None:
        """End a table."""
        self.covered.pop()
        self.end_table()

    def open_row(self, _: _Element) -> None:
        """Begin a row."""
        self.covered[-1] = 0
        self.begin_row()

    def open_cell(self, element: _Element) -> None:
        """Begin a cell."""
        columns = element.get(_COLUMNS, "1")
        self.covered[-1] = int(columns) - 1 if columns.isdecimal() and len(columns) < 4 else 0
        self.begin_cell()

    def open_covered(self, _: _Element) -> None:
        """Begin a cell that another covers: what is in it is not shown, and most programs leave it empty."""
        self.hidden += 1
        self.begin_cell()

    def close_covered(self, _: _Element) -> None:
        """End a covered cell. Below another it is an empty cell, beside it none."""
        self.hidden -= 1
        if self.covered[-1] > 0:
            self.covered[-1] -= 1
            self.frames.pop()
        else:
            self.end_cell()

    def close_cell(self, _: _Element) -> None:
        """End a cell."""
        self.end_cell()

    # -- drawings and text boxes

    def open_box(self, _: _Element) -> None:
        """Begin the words of a text box or shape: they do not look like the paragraph that it hangs on."""
        self.looks.append(Look())
        self.begin_box()

    def close_box(self, _: _Element) -> None:
        """End a text box."""
        self.looks.pop()
        filled = self.end_box()
        for picture in self.pictures[-1:]:
            picture[0] |= filled

    def open_picture(self, _: _Element) -> None:
        """Begin a frame, which holds a text box, a picture or an object."""
        self.pictures.append([False, False])

    def close_picture(self, _: _Element) -> None:
        """End a frame."""
        has_words, has_picture = self.pictures.pop()
        if has_picture or not has_words:
            self.tell(words.IMAGES)

    def open_shape(self, element: _Element) -> None:
        """Begin a drawn shape: it may hold paragraphs without a text box."""
        self.open_picture(element)
        self.open_box(element)

    def close_shape(self, element: _Element) -> None:
        """End a drawn shape."""
        self.close_box(element)
        self.close_picture(element)
