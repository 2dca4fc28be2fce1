"""Commands of the screen where two coders differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from verhalen.i18n import mark
from verhalen.model.second_coder import Outcome
from verhalen.tui.commands.base import AnyCommand, Command
from verhalen.tui.commands.everywhere import Back
from verhalen.tui.commands.second import ShowOthers

if TYPE_CHECKING:
    from verhalen.tui.differences_screen import DifferencesScreen


class OnDifference(Command["DifferencesScreen"]):
    """A command about the difference that is looked at."""

    def possible(self, screen: DifferencesScreen) -> bool:
        """There must be one."""
        return screen.desk.here is not None


class FirstIsRight(OnDifference):
    """The left one."""

    id = "settle-first"
    key = "1"
    title = mark("Left is right")
    help = mark("The coder at the left is right: the consensus gets the code as he or she gave it, or does not get it.")
    shown = False  # the head of the column says it
    side: ClassVar[int] = 0

    def run(self, screen: DifferencesScreen) -> None:
        """Settle."""
        screen.acts.side_is_right(self.side)


class SecondIsRight(FirstIsRight):
    """The right one."""

    id = "settle-second"
    key = "2"
    title = mark("Right is right")
    help = mark(
        "The coder at the right is right: the consensus gets the code as he or she gave it, or does not get it."
    )
    side = 1


class BothAreRight(OnDifference):
    """Together."""

    id = "settle-both"
    key = "3"
    title = mark("Both together")
    help = mark("Both are right: the consensus gets the code on all that either of them marked.")
    shown = False  # stands below both columns
    outcome: ClassVar[Outcome] = Outcome.BOTH

    def run(self, screen: DifferencesScreen) -> None:
        """Settle."""
        screen.acts.settle(self.outcome)


class NeitherIsRight(BothAreRight):
    """Not this code."""

    id = "settle-not"
    key = "4"
    title = mark("Neither")
    help = mark("Neither is right: the consensus does not get this code here.")
    outcome = Outcome.NOT


class TickDiscussed(OnDifference):
    """Talked over, no more."""

    id = "tick-discussed"
    key = "space"
    title = mark("Talked over")
    help = mark("Tick that you talked it over without settling it, and go on. The same key takes the tick away.")
    shown = False

    def run(self, screen: DifferencesScreen) -> None:
        """Tick."""
        screen.acts.tick()


class WriteNote(OnDifference):
    """Why."""

    id = "write-note"
    key = "m"
    title = mark("Note")
    help = mark("Write down what you said of this difference. What is open counts as talked over then.")
    shown = False

    def run(self, screen: DifferencesScreen) -> None:
        """Open the window."""
        screen.acts.write_note()


class NextDifference(OnDifference):
    """The next one."""

    id = "next-difference"
    key = "n"
    title = mark("Next")
    help = mark("Go to the next difference. The arrow to the right does the same.")
    step: ClassVar[int] = 1

    def run(self, screen: DifferencesScreen) -> None:
        """Go there."""
        screen.step(self.step)


class PreviousDifference(NextDifference):
    """And back."""

    id = "previous-difference"
    key = "p"
    title = mark("Previous")
    help = mark("Go to the difference before. The arrow to the left does the same.")
    step = -1


class NextOpen(OnDifference):
    """What is left."""

    id = "next-open"
    key = "o"
    title = mark("Next open")
    help = mark("Go to the next difference that is open; where none is, to the next that is not settled.")

    def run(self, screen: DifferencesScreen) -> None:
        """Go there."""
        screen.go_on()


class ListDifferences(OnDifference):
    """All of them."""

    id = "list-differences"
    key = "l"
    title = mark("List")
    help = mark("See all differences and how far each is. Enter or a click goes to one.")

    def possible(self, screen: DifferencesScreen) -> bool:
        """On a wide window it is always in sight."""
        return super().possible(screen) and not screen.has_class("-wide")

    def run(self, screen: DifferencesScreen) -> None:
        """Open or close it."""
        screen.toggle_list()


class ReopenDifference(OnDifference):
    """Not settled after all."""

    id = "reopen-difference"
    key = "x,delete"
    title = mark("Open again")
    help = mark("This difference is open again: what was chosen leaves the consensus.")
    shown = False

    def run(self, screen: DifferencesScreen) -> None:
        """Take it back."""
        screen.acts.reopen()


class AlsoAlike(Command["DifferencesScreen"]):
    """Borders and valence."""

    id = "also-alike"
    key = "g"
    title = mark("Borders and valence too")
    help = mark(
        "Show also where both gave the code, with other borders or another valence. Agreement does not count these. "
        "The same key hides them."
    )
    shown = False

    def run(self, screen: DifferencesScreen) -> None:
        """Switch."""
        screen.toggle_alike()


class OtherCoders(Command["DifferencesScreen"]):
    """Which two."""

    id = "other-coders"
    key = "w"
    title = mark("Which coders")
    help = mark("Choose which two coders stand beside each other.")

    def possible(self, screen: DifferencesScreen) -> bool:
        """Where there are more than two."""
        return len(screen.everybody) > 2

    def run(self, screen: DifferencesScreen) -> None:
        """Choose them."""
        screen.ask_coders()


class FinishText(Command["DifferencesScreen"]):
    """What becomes of the consensus."""

    id = "finish-text"
    key = "c"
    title = mark("Finish")
    help = mark(
        "Put in the consensus too what you both gave, with the borders of the coder at the left, or let the consensus count "
        "in tables and reports where all of the text is settled."
    )

    def possible(self, screen: DifferencesScreen) -> bool:
        """There must be a text."""
        return screen.text is not None

    def run(self, screen: DifferencesScreen) -> None:
        """Ask."""
        screen.acts.finish()


class ReadInText(OnDifference):
    """All around it."""

    id = "read-in-text"
    key = "t"
    title = mark("In the text")
    help = mark("Open the whole text at this place. Escape brings you back.")

    def run(self, screen: DifferencesScreen) -> None:
        """Open it."""
        screen.read_in_text()


class SeeAgreementOfThese(Command["DifferencesScreen"]):
    """Figures."""

    id = "see-agreement"
    key = "f"
    title = mark("Agreement")
    help = mark("See per code how far these coders agree: percent, n, how often each gave it, and alpha.")
    shown = False

    def run(self, screen: DifferencesScreen) -> None:
        """Open it."""
        screen.see_agreement()


class LeaveDifferences(Back):
    """Close the list, or go back."""

    def run(self, screen: DifferencesScreen) -> None:  # type: ignore[override]
        """Close what lies over the words first."""
        if screen.lists_over:
            screen.toggle_list()
        else:
            super().run(screen)


DIFFERENCES: tuple[type[AnyCommand], ...] = (
    NextOpen,
    NextDifference,
    PreviousDifference,
    ListDifferences,
    ReadInText,
    OtherCoders,
    FirstIsRight,
    SecondIsRight,
    BothAreRight,
    NeitherIsRight,
    TickDiscussed,
    WriteNote,
    ReopenDifference,
    FinishText,
    ShowOthers,
    SeeAgreementOfThese,
    AlsoAlike,
    LeaveDifferences,
)
"""In the order of the key bar."""
