"""Ctrl+p: find any command by a word of it. Our own, so that it speaks the reader's language throughout."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from verhalen.i18n import mark, t
from verhalen.tui.bars import KeyBar
from verhalen.tui.commands.base import AnyCommand, Command, CommandDialog, CommandScreen
from verhalen.tui.fields import Field


class ClosePalette(Command["PaletteScreen"]):
    """Back to work."""

    id = "close"
    key = "escape"
    title = mark("Close")
    help = mark("Close this window; nothing changes.")

    def run(self, screen: PaletteScreen) -> None:
        """Close."""
        screen.dismiss(None)


class PaletteScreen(CommandDialog[str | None]):
    """Gives the id of the command that was chosen."""

    COMMAND_CLASSES: ClassVar[tuple[type[AnyCommand], ...]] = (ClosePalette,)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]
    DEFAULT_CSS = """
    PaletteScreen { align: center top; }
    PaletteScreen > Vertical { width: 76; max-width: 96%; height: auto; max-height: 94%; margin-top: 1;
        background: $surface; border: round $border; padding: 0 1; }
    PaletteScreen OptionList { height: auto; max-height: 56vh; border: none; background: $surface; padding: 0; }
    PaletteScreen #nothing { padding: 1; color: $text-muted; }
    PaletteScreen KeyBar { dock: none; background: $surface; padding: 0; }
    """

    def __init__(self, about: CommandScreen[Any]) -> None:
        super().__init__()
        self._about = about
        self._commands = [each for each in about.commands.values() if each.id != "palette" and each.possible(about)]

    def compose(self) -> ComposeResult:
        """Field, list, keys."""
        with Vertical():
            yield Field(placeholder=t("What do you want to do?"))
            yield OptionList(*self._options(self._commands))
            yield Static(t("I do not know that. Try another word."), id="nothing", markup=False)
            yield KeyBar()

    def on_mount(self) -> None:
        """The cursor stays in the field; the list is moved through from there."""
        commands = self.query_one(OptionList)
        commands.can_focus = False
        commands.highlighted = 0
        self.query_one("#nothing").display = False

    def _options(self, commands: Sequence[AnyCommand]) -> list[Option]:
        return [Option(self._line(each), id=each.id) for each in commands]

    def _line(self, command: AnyCommand) -> Content:
        key = self._about.key_text(command)
        name = f"{t(command.title)}  ({key})" if key else t(command.title)
        return Content.assemble(Content(name).stylize("bold"), "\n", Content(t(command.help)))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what holds all the words, in title or help."""
        wanted = plain(event.value).split()
        found = [each for each in self._commands if all(word in _told(each) for word in wanted)]
        found.sort(key=lambda each: not all(word in plain(t(each.title)) for word in wanted))
        commands = self.query_one(OptionList)
        commands.clear_options().add_options(self._options(found))
        commands.highlighted = 0 if found else None
        self.query_one("#nothing").display = not found

    def on_input_submitted(self) -> None:
        """Enter takes the line that is marked."""
        commands = self.query_one(OptionList)
        if commands.highlighted is not None:
            self.dismiss(commands.get_option_at_index(commands.highlighted).id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click takes a line."""
        self.dismiss(event.option.id)

    def action_move(self, step: int) -> None:
        """Up and down through the list."""
        commands = self.query_one(OptionList)
        if commands.option_count:
            commands.highlighted = ((commands.highlighted or 0) + step) % commands.option_count


def _told(command: AnyCommand) -> str:
    return plain(f"{t(command.title)} {t(command.help)}")


def plain(text: str) -> str:
    """Without case and marks: "verhalen" finds "Vérhalen"."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
