"""The whole text at a glance: the gauge beside it, how much is coded, and at which moment or page the cursor stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from verhalen.tui import coding_here as lines
from verhalen.tui.coding_desk import Desk
from verhalen.tui.coding_gauge import Gauge, coded_share, line_of, row_of, shades
from verhalen.tui.coding_stamps import Stamps, pages, times
from verhalen.tui.coding_units import Selection

if TYPE_CHECKING:
    from verhalen.tui.coding_screen import CodingScreen

PATIENCE = 0.15
"""Seconds before the gauge is counted anew: the keys come first."""


class Overview:
    """What one coding screen tells of its text as a whole."""

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen
        self._times = self._pages = Stamps()
        self._share = 0.0

    @property
    def _gauge(self) -> Gauge:
        return self._screen.query_one(Gauge)

    def opened(self, desk: Desk) -> None:
        """Another text lies open."""
        self._times, self._pages = times(desk.turns, desk.landmarks), pages(desk.landmarks)

    def show_soon(self) -> None:
        """Count in a moment."""
        self._screen.soon("gauge", PATIENCE, self._show)

    def _show(self) -> None:
        view = self._screen.view
        marks = self._screen.desk.marks() if self._screen.desk is not None else []
        self._gauge.show(shades(marks, view.page.layout, self._gauge.size.height))
        self._share = coded_share(marks, len(view.text))
        self._screen.show_here()

    def point(self) -> None:
        """Show where the cursor stands."""
        layout = self._screen.view.page.layout
        line = layout.line_at(self._screen.view.selection.cursor)
        self._gauge.point(row_of(line, len(layout), self._gauge.size.height))

    def go(self, row: int) -> None:
        """Put the cursor where a row of the gauge stands for."""
        layout = self._screen.view.page.layout
        line = min(line_of(row, len(layout), self._gauge.size.height), len(layout) - 1)
        self._screen.focus_text()
        self._screen.view.select(Selection(layout.start(line), layout.start(line)), center=True)

    def with_place(self, told: Content) -> Content:
        """A line with the place of the cursor at its right end."""
        if self._screen.desk is None:
            return told
        at = self._screen.view.selection.start
        where = lines.place(
            time=self._times.at(at), page=self._pages.at(at), share=self._share, blind=self._screen.project.hides_others
        )
        return lines.with_place(told, where, room=self._screen.query_one("#here", Static).size.width - 2)
