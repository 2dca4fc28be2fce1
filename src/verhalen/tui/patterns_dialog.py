"""A small window for the patterns of a code."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from verhalen.i18n import mark, t
from verhalen.model.patterns import BadPattern, Pattern, read_patterns, write_patterns
from verhalen.tui.bars import KeyBar
from verhalen.tui.commands.base import AnyCommand, Command, CommandDialog
from verhalen.tui.dialogs import CancelDialog
from verhalen.tui.fields import Field


class KeepPatterns(Command["PatternsDialog"]):
    """Keep what is written."""

    id = "keep-patterns"
    key = "enter"
    title = mark("Keep")
    help = mark("Keep these patterns and look again.")

    def run(self, screen: PatternsDialog) -> None:
        """Give them."""
        screen.keep()


class PatternsDialog(CommandDialog[tuple[Pattern, ...] | None]):
    """Gives the patterns, or None where they stay as they were."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = (KeepPatterns, CancelDialog)
    DEFAULT_CSS = """
    PatternsDialog { align: center middle; }
    PatternsDialog > Vertical { width: 76; max-width: 96%; height: auto; background: $surface; border: round $border;
        padding: 1 2 0 2; }
    PatternsDialog #wrong { color: $text-error; }
    PatternsDialog KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(self, code: str, patterns: tuple[Pattern, ...]) -> None:
        super().__init__()
        self._code = code
        self._patterns = patterns

    def compose(self) -> ComposeResult:
        """Title, field, how to write it, what is wrong, keys."""
        with Vertical():
            yield Static(t("At which words is {code} suggested?", code=self._code), classes="label", markup=False)
            yield Field(write_patterns(self._patterns))
            yield Static(
                t(
                    "Commas between them: huur finds that word, lemma:slapen every form of it, "
                    '"op straat" words that follow each other.'
                ),
                markup=False,
            )
            yield Static(id="wrong", markup=False)
            yield KeyBar()

    def on_input_submitted(self) -> None:
        """Enter in the field."""
        self.keep()

    def keep(self) -> None:
        """Give the patterns, or say which one is none."""
        try:
            self.dismiss(read_patterns(self.query_one(Input).value))
        except BadPattern as error:
            piece = error.args[0] or '""'
            self.query_one("#wrong", Static).update(t("This is no pattern: {piece}", piece=piece))
