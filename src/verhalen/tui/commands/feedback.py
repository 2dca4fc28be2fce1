"""Commands of the feedback log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command

if TYPE_CHECKING:
    from verhalen.tui.feedback_screen import FeedbackScreen


class ToldNow(Command["FeedbackScreen"]):
    """It was told."""

    id = "told-now"
    key = "enter"
    title = mark("It was told")
    help = mark("Write down when it was told, how, and what they said. The same line can be changed later.")

    def possible(self, screen: FeedbackScreen) -> bool:
        """There must be a line."""
        return screen.line is not None

    def run(self, screen: FeedbackScreen) -> None:
        """Ask."""
        screen.told()


class NewFeedback(Command["FeedbackScreen"]):
    """Another line."""

    id = "new-feedback"
    key = "n"
    title = mark("New")
    help = mark("Write down what goes back, or went back, to somebody. Without a day it stays on the list.")

    def run(self, screen: FeedbackScreen) -> None:
        """Ask."""
        screen.write_new()


class RemoveFeedback(Command["FeedbackScreen"]):
    """Away with it."""

    id = "remove-feedback"
    key = "delete"
    title = mark("Remove")
    help = mark("Take this line away. Undo brings it back.")

    def possible(self, screen: FeedbackScreen) -> bool:
        """There must be a line."""
        return screen.line is not None

    def run(self, screen: FeedbackScreen) -> None:
        """Take it away."""
        screen.remove_line()


FEEDBACK: tuple[type[AnyCommand], ...] = (ToldNow, NewFeedback, RemoveFeedback)
