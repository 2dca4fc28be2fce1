"""A small window for the memo of a coding."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from verhalen.i18n import mark, t
from verhalen.tui.bars import KeyBar
from verhalen.tui.commands.base import AnyCommand, Command, CommandDialog
from verhalen.tui.fields import Prose


class KeepMemo(Command["MemoDialog"]):
    """Keep what is written."""

    id = "keep"
    key = "escape,ctrl+s"
    title = mark("Keep and close")
    help = mark("Keep the memo and go back to the text.")

    def run(self, screen: MemoDialog) -> None:
        """Give the text."""
        screen.dismiss(screen.query_one(Prose).text.strip())


class DropMemo(Command["MemoDialog"]):
    """Leave the memo as it was."""

    id = "drop"
    key = "ctrl+d"
    title = mark("Leave as it was")
    help = mark("Close this window; the memo stays as it was.")
    priority = True  # a text area takes the key for itself

    def run(self, screen: MemoDialog) -> None:
        """Give nothing."""
        screen.dismiss(None)


class MemoDialog(CommandDialog[str | None]):
    """Gives the memo, or None where it stays as it was."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = (KeepMemo, DropMemo)
    DEFAULT_CSS = """
    MemoDialog { align: center middle; }
    MemoDialog > Vertical { width: 70; max-width: 96%; height: 14; max-height: 90%; background: $surface;
        border: round $border; padding: 0 1; }
    MemoDialog Prose { height: 1fr; }
    MemoDialog KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(self, code: str, memo: str) -> None:
        super().__init__()
        self._code = code
        self._memo = memo

    def compose(self) -> ComposeResult:
        """Title, text, keys."""
        with Vertical():
            yield Static(t("Memo at {code}", code=self._code), classes="label", markup=False)
            yield Prose(self._memo)
            yield KeyBar()

    def on_mount(self) -> None:
        """Write on at the end."""
        field = self.query_one(Prose)
        field.focus()
        field.move_cursor(field.document.end)
