"""Commands of the screen that splits a code."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command

if TYPE_CHECKING:
    from verhalen.tui.codebook_split import SplitScreen


class OnFragment(Command["SplitScreen"]):
    """A command for the fragment under the cursor."""

    def possible(self, screen: SplitScreen) -> bool:
        """There must be one."""
        return screen.fragment is not None


class FindTarget(OnFragment):
    """Any code."""

    id = "deal-code"
    key = "c"
    title = mark("Code")
    help = mark("Give this fragment one or several codes in place of the one that it has.")

    def run(self, screen: SplitScreen) -> None:
        """Open the list."""
        screen.pick()


class NewTarget(OnFragment):
    """One that is not there yet."""

    id = "deal-new"
    key = "a"
    title = mark("New code")
    help = mark("Make a new code for this fragment. It is stored with the rest.")

    def run(self, screen: SplitScreen) -> None:
        """Open the form."""
        screen.add()


class LeaveAlone(OnFragment):
    """As it was."""

    id = "deal-nothing"
    key = "x"
    title = mark("Leave it")
    help = mark("Let this fragment keep its code after all.")

    def run(self, screen: SplitScreen) -> None:
        """Take the deal back."""
        screen.leave_alone()


class NextFragment(OnFragment):
    """On."""

    id = "next-fragment"
    key = "n,right"
    title = mark("Next")
    help = mark("Go to the next fragment.")

    def run(self, screen: SplitScreen) -> None:
        """One down."""
        screen.step(1)


class PreviousFragment(OnFragment):
    """Back."""

    id = "previous-fragment"
    key = "p,left"
    title = mark("Previous")
    help = mark("Go to the fragment before.")

    def run(self, screen: SplitScreen) -> None:
        """One up."""
        screen.step(-1)


class TakeBack(Command["SplitScreen"]):
    """Nothing is stored yet: undo is about the deals here."""

    id = "undo"
    key = "ctrl+z"
    title = mark("Undo")
    help = mark("Take back what you dealt last.")

    def possible(self, screen: SplitScreen) -> bool:
        """Only when something was dealt."""
        return screen.can_take_back

    def run(self, screen: SplitScreen) -> None:
        """Take it back."""
        screen.take_back()


class StoreSplit(Command["SplitScreen"]):
    """Done."""

    id = "store-split"
    key = "ctrl+s"
    title = mark("Store")
    help = mark("Store what you dealt out, in one step, and go back.")

    def possible(self, screen: SplitScreen) -> bool:
        """Only when something was dealt."""
        return screen.is_dealt

    def run(self, screen: SplitScreen) -> None:
        """Store it."""
        screen.keeping.store()


class LeaveSplit(Command["SplitScreen"]):
    """Back, but not without a word."""

    id = "leave-split"
    key = "escape"
    title = mark("Back")
    help = mark("Go back; what you dealt out is stored, kept for later or dropped, as you choose.")

    def possible(self, screen: SplitScreen) -> bool:
        """Else the general way back is enough."""
        return screen.is_dealt

    def run(self, screen: SplitScreen) -> None:
        """Ask."""
        screen.keeping.ask_to_leave()


class DealAt(OnFragment):
    """The codes below the text."""

    digit: ClassVar[str]
    help = mark("Give this fragment the code that stands beside this digit below the text.")
    shown = False

    def run(self, screen: SplitScreen) -> None:
        """Deal, and go on."""
        screen.deal_at(self.digit)


def _deal(digit: str, title: str) -> type[DealAt]:
    return type(f"DealAt{digit}", (DealAt,), {"id": f"deal-{digit}", "key": digit, "digit": digit, "title": title})


DEAL_COMMANDS = (
    _deal("1", mark("Code at 1")),
    _deal("2", mark("Code at 2")),
    _deal("3", mark("Code at 3")),
    _deal("4", mark("Code at 4")),
    _deal("5", mark("Code at 5")),
    _deal("6", mark("Code at 6")),
    _deal("7", mark("Code at 7")),
    _deal("8", mark("Code at 8")),
    _deal("9", mark("Code at 9")),
    _deal("0", mark("Code at 0")),
)

SPLIT: tuple[type[AnyCommand], ...] = (
    FindTarget,
    NewTarget,
    LeaveAlone,
    NextFragment,
    PreviousFragment,
    StoreSplit,
    TakeBack,
    LeaveSplit,
    *DEAL_COMMANDS,
)
"""In the order of the key bar."""
