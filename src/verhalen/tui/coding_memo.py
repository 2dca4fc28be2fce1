"""A small window to write a memo in. What is typed is kept as a draft until it is stored."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.timer import Timer
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
        screen.keep_now()
        screen.dismiss(screen.words)


class DropMemo(Command["MemoDialog"]):
    """Leave the memo as it was."""

    id = "drop"
    key = "ctrl+d"
    title = mark("Leave as it was")
    help = mark("Close this window; the memo stays as it was.")
    priority = True  # a text area takes the key for itself

    def run(self, screen: MemoDialog) -> None:
        """Give nothing; the draft goes."""
        screen.drop_draft()
        screen.dismiss(None)


class MemoDialog(CommandDialog[str | None]):
    """Gives the memo, or None where it stays as it was."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = (KeepMemo, DropMemo)
    DEFAULT_CSS = """
    MemoDialog { align: center middle; }
    MemoDialog > Vertical { width: 70; max-width: 96%; height: 14; max-height: 90%; background: $surface;
        border: round $border; padding: 0 1; }
    MemoDialog Prose { height: 1fr; }
    MemoDialog #note { display: none; color: $text-muted; }
    MemoDialog #note.-shown { display: block; }
    MemoDialog KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(self, title: str, memo: str, *, draft: str = "") -> None:
        super().__init__()
        self._title = title
        self._memo = memo
        self._draft = draft
        """Under which key what is typed is kept; whoever stores the memo throws it away."""
        self._waiting: Timer | None = None

    @property
    def words(self) -> str:
        """What stands in the window."""
        return self.query_one(Prose).text.strip()

    def compose(self) -> ComposeResult:
        """Title, text, keys."""
        with Vertical():
            yield Static(self._title, classes="label", markup=False)
            yield Static(id="note", markup=False)
            yield Prose(self._memo)
            yield KeyBar()

    def on_mount(self) -> None:
        """Bring a draft back; write on at the end."""
        field = self.query_one(Prose)
        kept = self.project.draft(self._draft) if self._draft else ""
        if kept and kept != self._memo:
            field.text = kept
            note = self.query_one("#note", Static)
            note.update(t("This is what you typed earlier and did not store. Go on where you stopped."))
            note.add_class("-shown")
        field.focus()
        field.move_cursor(field.document.end)

    def on_text_area_changed(self) -> None:
        """Keep it in a moment."""
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(KEEP_AFTER, self.keep_now)

    def keep_now(self) -> None:
        """Keep what is not stored."""
        self._keep(self.words if self.words != self._memo else "")

    def drop_draft(self) -> None:
        """Forget what was typed."""
        self._keep("")

    def _keep(self, words: str) -> None:
        if self._waiting is not None:
            self._waiting.stop()
        key = self._draft
        if key and words != self.project.draft(key):
            self.write(lambda project: project.keep_draft(key, words))


KEEP_AFTER = 0.5
"""Seconds without typing after which a draft is kept."""
