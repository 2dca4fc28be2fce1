"""Two stories beside each other, to read what is in both and what is not; nothing here counts or ranks."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from verhalen.i18n import mark, t
from verhalen.msc.board import BoardStory
from verhalen.tui.commands.base import CommandScreen
from verhalen.tui.commands.beside import BESIDE
from verhalen.tui.messages import ProjectChanged
from verhalen.tui.page import Page
from verhalen.tui.story_page import around, story_page

_EDGES = 5
"""Cells of a side that are not text."""


class Side(VerticalScroll, can_focus=False):
    """One of the two."""

    def __init__(self, key: str) -> None:
        super().__init__(id=key, classes="side")
        self.page = Page()

    def compose(self) -> ComposeResult:
        """Its page."""
        yield self.page


class BesideScreen(CommandScreen[None]):
    """Two pages that scroll together."""

    COMMAND_CLASSES = BESIDE
    HELP_TITLE: ClassVar[str] = mark("Two stories beside each other")
    HELP_TEXT: ClassVar[str] = mark(
        "Read two stories together. The arrows and page keys scroll both; with tab you scroll the left or the right one "
        "alone, and then both again. The wheel of the mouse scrolls the one under it."
    )
    DEFAULT_CSS = """
    BesideScreen #which { height: 1; padding: 0 1; background: $panel; }
    BesideScreen .side { width: 1fr; height: 1fr; padding: 0 1; scrollbar-gutter: stable; }
    BesideScreen #first { border-right: solid $border-blurred; }
    """

    def __init__(self, first: str, second: str) -> None:
        super().__init__()
        self._keys = [first, second]
        self._alone: int | None = None
        """Which side scrolls alone; None: both."""

    def body(self) -> ComposeResult:
        """What scrolls, and the two."""
        yield Static(id="which", markup=False)
        with Horizontal():
            yield Side("first")
            yield Side("second")

    @property
    def sides(self) -> list[Side]:
        """Left, right."""
        return list(self.query(Side))

    @property
    def page_lines(self) -> int:
        """Lines of a page, with one that stays."""
        return max(1, self.sides[0].size.height - 1)

    def on_mount(self) -> None:
        """Fill both."""
        self.reload()

    def on_resize(self) -> None:
        """Another width, other lines."""
        self.call_after_refresh(self.reload)

    def reload(self, changed: ProjectChanged | None = None) -> None:
        """Read both again; go back where one of them is gone."""
        board = {each.key: each for each in self.project.board.stories(label=self.project.privacy.family_label)}
        if not all(key in board for key in self._keys):
            if self.is_current:
                self.call_later(self.frame.go_back)
            return
        near = around(self.project)
        for side, key in zip(self.sides, self._keys, strict=True):
            width = side.page.size.width or self.app.size.width // 2 - _EDGES
            side.page.fill(story_page(self.project, board[key], near, width=width))
        self._say(board)

    def _say(self, board: dict[str, BoardStory]) -> None:
        words = [t("{key} ({n} words)", key=key, n=board[key].words) for key in self._keys]
        moves = {None: t("both scroll"), 0: t("the left one scrolls"), 1: t("the right one scrolls")}
        self.query_one("#which", Static).update(f"{words[0]}  ↔  {words[1]} · {moves[self._alone]}")

    def scroll(self, lines: int) -> None:
        """Both, or the one that scrolls alone."""
        for number, side in enumerate(self.sides):
            if self._alone in (None, number):
                side.scroll_relative(y=lines, animate=False)

    def turn(self) -> None:
        """Both, left, right."""
        self._alone = {None: 0, 0: 1, 1: None}[self._alone]
        self.reload()

    def change_sides(self) -> None:
        """Left becomes right."""
        self._keys.reverse()
        self.reload()
