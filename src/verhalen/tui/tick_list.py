"""A list whose lines begin with a box: a click there ticks, a click elsewhere chooses the line."""

from __future__ import annotations

from textual.events import Click
from textual.message import Message
from textual.widgets import OptionList

_BOX = 6
"""Cells from the left edge to behind the box."""


class TickList(OptionList):
    """An option list that tells clicks on the box apart."""

    class BoxClicked(Message):
        """The line of the cursor is to be ticked, or not any more."""

    def on_click(self, event: Click) -> None:
        """Before the list itself, which would choose the line."""
        option = event.style.meta.get("option")
        if isinstance(option, int) and event.x < _BOX:
            event.prevent_default()
            event.stop()
            self.highlighted = option
            self.post_message(self.BoxClicked())
