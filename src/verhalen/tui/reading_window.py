"""A window with a page to read, before the screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from verhalen.i18n import mark
from verhalen.tui.bars import KeyBar
from verhalen.tui.commands.base import AnyCommand, Command, CommandDialog
from verhalen.tui.page import Line, Page


class CloseWindow(Command["ReadingWindow"]):
    """Back to the screen."""

    id = "close-window"
    key = "escape,enter"
    title = mark("Close")
    help = mark("Close this window.")

    def run(self, screen: ReadingWindow) -> None:
        """Close."""
        screen.dismiss(None)


class ReadingWindow(CommandDialog[None]):
    """Lines to read, with a scroll bar."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = (CloseWindow,)
    DEFAULT_CSS = """
    ReadingWindow { align: center middle; }
    ReadingWindow > Vertical { width: 100; max-width: 100%; height: 100%; max-height: 40; background: $surface;
        border: round $border; padding: 0 1; }
    ReadingWindow VerticalScroll { height: 1fr; }
    ReadingWindow KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(self, lines: Iterable[Line]) -> None:
        super().__init__()
        self._lines = tuple(lines)

    def compose(self) -> ComposeResult:
        """Page and keys."""
        with Vertical():
            with VerticalScroll():
                yield Page()
            yield KeyBar()

    def on_mount(self) -> None:
        """Show the lines; arrows scroll at once."""
        self.query_one(Page).fill(self._lines)
        self.query_one(VerticalScroll).focus()
