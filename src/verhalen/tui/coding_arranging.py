"""Which panes stand beside the text: both where there is room, else over it when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from verhalen.tui.coding_panes import CodePane, SourcePane

if TYPE_CHECKING:
    from verhalen.tui.coding_screen import CodingScreen

WIDE = 120
"""From this width on, both panes stand beside the text."""
Side = Literal["left", "right"]


class Arranging:
    """The panes of one coding screen."""

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen
        self._chosen: dict[Side, bool] = {}
        """Which panes the coder opened or closed; else the width decides."""

    def _pane(self, side: Side) -> SourcePane | CodePane:
        return self._screen.query_one(SourcePane) if side == "left" else self._screen.query_one(CodePane)

    def arrange(self, width: int) -> None:
        """Show what fits or was asked for; without a list of codes, a line shows their digits."""
        wide = width >= WIDE
        self._screen.set_class(not wide, "-narrow")
        for side in ("left", "right"):
            self._pane(side).display = self._chosen.get(side, wide)
        self._screen.query_one("#strip").display = not wide or not self._pane("right").display

    def toggle(self, side: Side) -> None:
        """Show and enter a pane; from inside, close it."""
        pane = self._pane(side)
        if pane.display and pane.has_focus_within:
            self._close(side)
            return
        self._chosen[side] = True
        self.arrange(self._screen.size.width)
        self._screen.fill_panes()
        pane.focus_list()

    def _close(self, side: Side) -> None:
        self._chosen[side] = False
        self.arrange(self._screen.size.width)
        self._screen.focus_text()

    def leave(self) -> None:
        """Back to the text; a pane that lies over it goes away."""
        for side in ("left", "right"):
            if self._screen.has_class("-narrow") and self._pane(side).has_focus_within:
                self._close(side)
        self._screen.focus_text()

    def listed_code(self) -> str | None:
        """The code under the cursor of the list of codes, where the keys are there."""
        pane = self._screen.query_one(CodePane)
        return pane.highlighted if pane.has_focus_within else None

    def open_codebook(self) -> None:
        """The codebook, at the code of the list or at the one used last, counted in the open source."""
        screen = self._screen
        key = self.listed_code() or next(iter(screen.slots.used), None)
        source = screen.desk.source.id if screen.desk is not None else None
        screen.frame.open_codebook(source_id=source, key=key, slots=screen.slots)
