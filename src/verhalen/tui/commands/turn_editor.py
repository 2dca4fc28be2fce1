"""Commands of the window in which the words of a turn are corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command

if TYPE_CHECKING:
    from verhalen.tui.turn_editor import TurnEditor


class StoreTurn(Command["TurnEditor"]):
    """The words are right now."""

    id = "store-turn"
    key = "ctrl+s"
    title = mark("Store")
    help = mark("Store the words as one correction. Every coding follows; undo brings everything back.")

    def run(self, screen: TurnEditor) -> None:
        """Store them."""
        screen.store()


class LeaveTurn(Command["TurnEditor"]):
    """Back to the text."""

    id = "leave-turn"
    key = "escape"
    title = mark("Back")
    help = mark("Go back to the text. Where you changed something, you are asked first.")
    priority = True  # a text area takes the key for itself

    def run(self, screen: TurnEditor) -> None:
        """Ask where something changed."""
        screen.leave()


TURN_EDITOR: tuple[type[AnyCommand], ...] = (StoreTurn, LeaveTurn)
