"""Commands of the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command

if TYPE_CHECKING:
    from verhalen.tui.history_screen import HistoryScreen


class GoBackTo(Command["HistoryScreen"]):
    """To a point."""

    id = "go-back-to"
    key = "b"
    title = mark("Back to here")
    help = mark(
        "Take back all your own changes after the marked one, as far as others' work allows. You see first how many, and "
        "afterwards what stayed and why. It can all be brought back."
    )

    def possible(self, screen: HistoryScreen) -> bool:
        """Where a change is marked."""
        return screen.change is not None

    def run(self, screen: HistoryScreen) -> None:
        """Ask, then do it."""
        screen.go_back_to()


class GoForth(Command["HistoryScreen"]):
    """All back again."""

    id = "go-forth"
    key = "v"
    title = mark("Bring all back")
    help = mark("Bring back everything that you took back since the last thing you did.")

    def run(self, screen: HistoryScreen) -> None:
        """Do it."""
        screen.go_forth()


class OnlyMine(Command["HistoryScreen"]):
    """One's own."""

    id = "only-mine"
    key = "o"
    title = mark("Only mine")
    help = mark("Show only what you did yourself. The same key shows everybody's changes again.")

    def run(self, screen: HistoryScreen) -> None:
        """Switch."""
        screen.toggle_mine()


HISTORY: tuple[type[AnyCommand], ...] = (GoBackTo, GoForth, OnlyMine)
"""In the order of the key bar."""
