"""Commands of the screens that a round opens: its candidates, reading two of them, writing down what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command

if TYPE_CHECKING:
    from verhalen.tui.round_candidates import RoundCandidates
    from verhalen.tui.round_reading import RoundReading
    from verhalen.tui.round_result import RoundResult


class TickStory(Command["RoundCandidates"]):
    """In or out."""

    id = "tick-story"
    key = "space"
    title = mark("In or out")
    help = mark("Put the story of the cursor in the round, or take it out. A click on the box does the same.")

    def possible(self, screen: RoundCandidates) -> bool:
        """It must be one that may be read."""
        return screen.card is not None and screen.card.told is not None

    def run(self, screen: RoundCandidates) -> None:
        """Turn it."""
        screen.tick()


class ReadCandidate(Command["RoundCandidates"]):
    """Its words."""

    id = "read-candidate"
    key = "enter"
    title = mark("Read")
    help = mark("Read the story of the cursor.")

    def possible(self, screen: RoundCandidates) -> bool:
        """It must be one that may be read."""
        return screen.card is not None and screen.card.told is not None

    def run(self, screen: RoundCandidates) -> None:
        """Show it."""
        screen.read()


class FindByRule(Command["RoundCandidates"]):
    """Let a rule choose."""

    id = "find-by-rule"
    key = "r"
    title = mark("By a rule")
    help = mark("Let a rule find the stories: all, by life domain, at random, or what earlier rounds chose.")

    def run(self, screen: RoundCandidates) -> None:
        """Ask which."""
        screen.choose_rule()


class OtherColumn(Command["RoundReading"]):
    """The story beside it."""

    id = "other-column"
    key = "left,right"
    title = mark("Other side")
    help = mark("Go to the story beside it.")

    def run(self, screen: RoundReading) -> None:
        """Go there."""
        screen.other_side()


class NextCandidate(Command["RoundReading"]):
    """Another story on this side."""

    id = "next-candidate"
    key = "n"
    title = mark("Next story")
    help = mark("Show the next story on the side where you are.")

    def run(self, screen: RoundReading) -> None:
        """Turn."""
        screen.turn(1)


class PreviousCandidate(Command["RoundReading"]):
    """The story before."""

    id = "previous-candidate"
    key = "p"
    title = mark("Previous story")
    help = mark("Show the previous story on the side where you are.")

    def run(self, screen: RoundReading) -> None:
        """Turn back."""
        screen.turn(-1)


class PickCandidate(Command["RoundReading"]):
    """One from the list."""

    id = "pick-candidate"
    key = "k"
    title = mark("Choose from the list")
    help = mark("Choose which story stands on the side where you are.")

    def run(self, screen: RoundReading) -> None:
        """Ask."""
        screen.pick()


class KeepResult(Command["RoundResult"]):
    """Store."""

    id = "keep-result"
    key = "ctrl+s"
    title = mark("Store")
    help = mark("Store the votes, the choice and its reason, all at once. Undo takes all of it back.")
    priority = True

    def run(self, screen: RoundResult) -> None:
        """Store it."""
        screen.keep()


class AnotherChoice(Command["RoundResult"]):
    """One more story."""

    id = "another-choice"
    key = "ctrl+n"
    title = mark("One more choice")
    help = mark("Store this choice, and write down one more story that was chosen.")
    priority = True

    def run(self, screen: RoundResult) -> None:
        """Store, and begin anew."""
        screen.keep(another=True)


class LeaveResult(Command["RoundResult"]):
    """Back."""

    id = "back"
    key = "escape"
    title = mark("Back")
    help = mark("Go back to the round; asks first where something is not stored.")
    priority = True

    def run(self, screen: RoundResult) -> None:
        """Ask where something would be lost."""
        screen.leave()


CANDIDATES: tuple[type[AnyCommand], ...] = (TickStory, ReadCandidate, FindByRule)
READING: tuple[type[AnyCommand], ...] = (OtherColumn, NextCandidate, PreviousCandidate, PickCandidate)
RESULT: tuple[type[AnyCommand], ...] = (KeepResult, AnotherChoice, LeaveResult)
