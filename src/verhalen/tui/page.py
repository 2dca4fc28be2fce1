"""A page to read: lines with an indent that also holds where they are broken."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from textual.content import Content
from textual.widgets import Static

TITLE = "bold $text-primary"
HEADING = "bold"
PLAIN = ""
MUTED = "$text-muted"
BAD = "bold $text-error"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page; a long one is broken, and every part keeps the indent."""

    text: str
    style: str = PLAIN
    indent: int = 0
    """Cells."""


BLANK = Line("")


def heading(words: str) -> tuple[Line, Line]:
    """A blank line and a heading."""
    return BLANK, Line(words, HEADING)


class Page(Static):
    """Lines, broken anew whenever the width changes."""

    DEFAULT_CSS = """
    Page { height: auto; max-width: 96; }
    """

    def __init__(self) -> None:
        super().__init__(id="page")
        self.lines: tuple[Line, ...] = ()

    def fill(self, lines: Iterable[Line]) -> None:
        """Show these lines."""
        self.lines = tuple(lines)
        self._paint()

    def on_resize(self) -> None:
        """Another width."""
        self._paint()

    def _paint(self) -> None:
        width = self.size.width or 40
        self.update(Content("\n").join(part for line in self.lines for part in broken(line, width)))


def broken(line: Line, width: int) -> list[Content]:
    """The parts of one line; paragraphs stay apart."""
    room = max(10, width - line.indent)
    parts = [part for piece in line.text.split("\n") for part in (textwrap.wrap(piece, room) or [""])]
    return [Content(" " * line.indent + part).stylize(line.style) for part in parts]
