"""Commands that count on every screen."""

from __future__ import annotations

from typing import Any

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command, CommandScreen
from verhalen.tui.commands.intake_exchange import ToOtherProgram
from verhalen.tui.commands.joint import SideBySide
from verhalen.tui.commands.joint_families import WordsAgainstNumbers
from verhalen.tui.commands.second import SecondCoder
from verhalen.tui.commands.signals import SignalLog
from verhalen.tui.commands.telling import WhoTells
from verhalen.tui.fields import TEXT_FIELDS

AnyScreen = CommandScreen[Any]


class Back(Command[AnyScreen]):
    """To the screen before."""

    id = "back"
    key = "escape"
    title = mark("Back")
    help = mark("Go back to the screen you came from.")

    def possible(self, screen: AnyScreen) -> bool:
        """Home is the first."""
        return screen.frame.can_go_back

    def run(self, screen: AnyScreen) -> None:
        """Go back."""
        screen.frame.go_back()


class Undo(Command[AnyScreen]):
    """Take back one's own last change."""

    id = "undo"
    key = "ctrl+z"
    title = mark("Undo")
    help = mark("Take back your own last change, also one from yesterday. In a text field it takes back your typing.")

    def possible(self, screen: AnyScreen) -> bool:
        """In a field the key belongs to the typing."""
        return not isinstance(screen.focused, TEXT_FIELDS)

    def run(self, screen: AnyScreen) -> None:
        """Undo by the writer; the toast names what it was."""
        screen.frame.undo()


class Redo(Undo):
    """Bring back what was undone."""

    id = "redo"
    key = "ctrl+y"
    title = mark("Redo")
    help = mark("Bring back what you took back.")
    shown = False

    def run(self, screen: AnyScreen) -> None:
        """Redo by the writer."""
        screen.frame.redo()


class ShowHistory(Command[AnyScreen]):
    """The list of changes."""

    id = "history"
    key = "f3"
    title = mark("History")
    help = mark("See what was changed, by whom and when.")
    shown = False

    def run(self, screen: AnyScreen) -> None:
        """Open the list."""
        screen.frame.open_history()


class ToHome(Command[AnyScreen]):
    """To the three doors."""

    id = "home"
    key = "f2"
    title = mark("Start")
    help = mark("Go to the first screen.")
    shown = False

    def possible(self, screen: AnyScreen) -> bool:
        """Not where one is already."""
        return screen.frame.can_go_back

    def run(self, screen: AnyScreen) -> None:
        """Close what is open."""
        screen.frame.if_safe(screen.frame.go_home)


class SwitchTheme(Command[AnyScreen]):
    """Light or dark."""

    id = "theme"
    title = mark("Light or dark")
    help = mark("Switch between dark letters on light and light letters on dark.")
    shown = False

    def run(self, screen: AnyScreen) -> None:
        """The other one, remembered."""
        screen.frame.switch_theme()


class SwitchLanguage(Command[AnyScreen]):
    """The other language."""

    id = "language"
    title = mark("Nederlands / English")
    help = mark("Speak the other language. You return to the first screen.")
    shown = False

    def run(self, screen: AnyScreen) -> None:
        """The other one, remembered."""
        screen.frame.if_safe(screen.frame.switch_language)


class Help(Command[AnyScreen]):
    """This screen in plain words."""

    id = "help"
    key = "f1"
    title = mark("Help")
    help = mark("Explain this screen and all its keys.")

    def run(self, screen: AnyScreen) -> None:
        """Open the explanation."""
        screen.frame.open_help(screen)


class Palette(Command[AnyScreen]):
    """Find any command by a word of it."""

    id = "palette"
    key = "ctrl+p"
    title = mark("Everything")
    help = mark("Find anything you can do here, by a word of it.")

    def run(self, screen: AnyScreen) -> None:
        """Open the list."""
        screen.frame.open_palette(screen)


class Quit(Command[AnyScreen]):
    """Close the program."""

    id = "quit"
    key = "ctrl+q"
    title = mark("Quit")
    help = mark("Close the program. Everything is stored already.")
    shown = False

    def run(self, screen: AnyScreen) -> None:
        """Store what is queued, then leave."""
        screen.frame.if_safe(screen.frame.leave)


EVERYWHERE: tuple[type[AnyCommand], ...] = (
    Back,
    Undo,
    Redo,
    ToHome,
    ShowHistory,
    SignalLog,
    WhoTells,
    SideBySide,
    WordsAgainstNumbers,
    ToOtherProgram,
    SecondCoder,
    SwitchTheme,
    SwitchLanguage,
    Quit,
    Help,
    Palette,
)
"""In the order of the key bar."""
