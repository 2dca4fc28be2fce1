"""The mouse on a text: put the cursor, drag a selection, click a stripe, drag the end of a stripe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events

from verhalen.tui.coding_marks import Placed
from verhalen.tui.layout import HANGING

if TYPE_CHECKING:
    from verhalen.tui.transcript_view import TranscriptView


@dataclass(slots=True)
class _Grip:
    """A stripe on which the button went down."""

    placed: Placed
    row: int
    at_start: bool | None = None
    """Whether its first end is being dragged; None before it moves."""

    def begins(self, row: int) -> bool:
        """Whether the mouse takes an end along now: of a stripe of one line its way decides which."""
        if self.at_start is not None or row == self.row or not (self.placed.first or self.placed.last):
            return False
        self.at_start = self.placed.first and (not self.placed.last or row < self.row)
        return True


class Mouse:
    """What the mouse is doing on one text."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view
        self._selecting = False
        self._grip: _Grip | None = None

    def place(self, event: events.MouseEvent) -> int:
        """The cluster border under the mouse."""
        page = self._view.page
        return page.layout.offset(self._line(event), event.x - page.margin)

    def _line(self, event: events.MouseEvent) -> int:
        return min(max(event.y + self._view.scroll_offset.y, 0), len(self._view.page.layout) - 1)

    def stripe(self, event: events.MouseEvent) -> Placed | None:
        """The piece of a stripe under the mouse."""
        page = self._view.page
        lane, line = page.lane_at(event.x), event.y + self._view.scroll_offset.y
        return next((each for each in page.marks.on_line(line) if each.lane == lane), None)

    def down(self, event: events.MouseDown) -> None:
        """Put the cursor, or take hold of a stripe."""
        placed = self.stripe(event)
        if placed is not None and not self._view.holding:
            self._grip = _Grip(placed, event.y)
            self._view.post_message(self._view.MarkClicked(placed.mark))
            return
        self._view.go(self.place(event), extend=event.shift)
        self._selecting = True

    def move(self, event: events.MouseMove) -> None:
        """Drag, the character under the mouse included; beyond the border the text scrolls along."""
        if self._grip is not None:
            self._drag(self._grip, event)
        elif self._selecting:
            self._stretch_to(self.place(event))

    def _stretch_to(self, place: int) -> None:
        ahead = place >= self._view.selection.anchor
        self._view.go(self._view.page.layout.after(place) if ahead else place, extend=True)

    def _drag(self, grip: _Grip, event: events.MouseMove) -> None:
        if grip.begins(event.y):
            self._view.post_message(self._view.BorderTaken(grip.placed.mark, at_start=bool(grip.at_start)))
        if self._view.holding and grip.at_start is not None:
            self._move_border(event, at_start=grip.at_start)

    def _move_border(self, event: events.MouseMove, *, at_start: bool) -> None:
        """In the margin, whole lines; over the words, the character under the mouse."""
        layout, line = self._view.page.layout, self._line(event)
        if event.x >= self._view.page.margin:
            self._stretch_to(self.place(event))
        else:
            self._view.go(layout.offset(line, 0 if at_start else layout.width + HANGING), extend=True)

    def up(self) -> None:
        """Let go."""
        grip, self._grip, self._selecting = self._grip, None, False
        if grip is not None and grip.at_start is not None:
            self._view.post_message(self._view.BorderLeft())
