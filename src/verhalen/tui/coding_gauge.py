"""A column that shows the whole text from top to bottom: how much of it is coded, and where one is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from verhalen.tui.coding_marks import Mark
from verhalen.tui.layout import Layout

_SHADES = " ░▒▓"
"""Nothing coded, up to a third of the lines, up to two thirds, more."""
HERE = "◂"


def coded_share(marks: Iterable[Mark], length: int) -> float:
    """Which part of a text's characters has a code, 0 to 1."""
    covered = reached = 0
    for start, stop in sorted((mark.start, mark.stop) for mark in marks):
        covered += max(stop - max(start, reached), 0)
        reached = max(reached, stop)
    return covered / length if length else 0.0


def shades(marks: Iterable[Mark], layout: Layout, rows: int) -> list[str]:
    """A sign for each row, by the part of its lines that has a code. A text shorter than the column fills its top."""
    lines = len(layout)
    changes = [0] * (lines + 1)
    for mark in marks:
        changes[layout.line_at(mark.start)] += 1
        changes[layout.line_at(mark.stop - 1) + 1] -= 1
    coded = [0, *accumulate(int(count > 0) for count in accumulate(changes[:lines]))]
    signs = []
    for row in range(rows):
        first, last = line_of(row, lines, rows), max(line_of(row + 1, lines, rows), line_of(row, lines, rows) + 1)
        if first >= lines:
            signs.append(" ")
            continue
        last = min(last, lines)
        signs.append(_SHADES[-(-3 * (coded[last] - coded[first]) // (last - first))])
    return signs


def line_of(row: int, lines: int, rows: int) -> int:
    """The first line that a row stands for; below a short text, one past its end or more."""
    return row * max(lines, rows) // max(rows, 1)


def row_of(line: int, lines: int, rows: int) -> int:
    """The row that stands for a line."""
    return ((line + 1) * rows - 1) // max(lines, rows, 1)


class Gauge(Widget):
    """It knows no text: the screen fills it and hears `Asked`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"gauge--here"}
    DEFAULT_CSS = """
    Gauge { width: 1; height: 1fr; background: $panel; color: $text-muted;
        & > .gauge--here { color: $primary; text-style: bold; }
    }
    """
    ALLOW_SELECT = False

    class Asked(Message):
        """Somebody clicked on a row."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    def __init__(self) -> None:
        super().__init__()
        self._signs: Sequence[str] = ()
        self._here: int | None = None

    def show(self, signs: Sequence[str]) -> None:
        """How much is coded, row by row."""
        if signs != self._signs:
            self._signs = signs
            self.refresh()

    def point(self, row: int) -> None:
        """Where one is."""
        if row != self._here:
            self._here = row
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One sign."""
        if y == self._here:
            return Strip([Segment(HERE, self.get_component_rich_style("gauge--here"))], 1)
        return Strip([Segment(self._signs[y] if y < len(self._signs) else " ", self.rich_style)], 1)

    def on_click(self, event: events.Click) -> None:
        """Go there."""
        event.stop()
        self.post_message(self.Asked(event.y))
