"""F1: what one does on a screen, and all its keys, from the command classes themselves."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from verhalen.i18n import mark, t
from verhalen.tui.bars import KeyBar
from verhalen.tui.commands.base import AnyCommand, Command, CommandDialog, CommandScreen


class CloseHelp(Command["HelpScreen"]):
    """Back to work."""

    id = "close"
    key = "escape,f1,enter"
    title = mark("Close")
    help = mark("Close the help.")

    def run(self, screen: HelpScreen) -> None:
        """Close."""
        screen.dismiss(None)


class HelpScreen(CommandDialog[None]):
    """The explanation of one screen."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = (CloseHelp,)
    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen > Vertical { width: 90; max-width: 96%; height: 94%; background: $surface;
        border: round $border; padding: 0 2; }
    HelpScreen VerticalScroll { height: 1fr; }
    HelpScreen .title { text-style: bold; color: $text-primary; margin: 1 0; }
    HelpScreen .row { margin-bottom: 1; }
    HelpScreen KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(self, about: CommandScreen[Any]) -> None:
        super().__init__()
        self._about = about

    def compose(self) -> ComposeResult:
        """Words first, then a line for each command."""
        about = self._about
        with Vertical():
            with VerticalScroll():
                yield Static(t(about.HELP_TITLE), classes="title", markup=False)
                yield Static(t(about.HELP_TEXT), classes="row", markup=False)
                for command in about.commands.values():
                    yield Static(_row(about.key_text(command), command), classes="row")
            yield KeyBar()


def _row(key: str, command: AnyCommand) -> Content:
    """Key and title, and what it does below."""
    name = f"{key}  {t(command.title)}" if key else t(command.title)
    return Content.assemble(Content(name).stylize("bold"), "\n", Content(t(command.help)).stylize("$text-muted"))
