"""Commands of the finding screen, and of the list of proposals behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command, CommandScreen
from verhalen.tui.commands.matrix import CodesInNumbers

if TYPE_CHECKING:
    from verhalen.tui.find_screen import FindScreen
    from verhalen.tui.proposals_screen import ProposalsScreen


class FindEverywhere(Command[CommandScreen[Any]]):
    """The way in, from home and from a text."""

    id = "find-everywhere"
    key = "z"
    title = mark("Find everywhere")
    help = mark("Find words in all texts, or fragments by their codes, and give what you find a code.")
    shown = False

    def run(self, screen: CommandScreen[Any]) -> None:
        """Open the field and its list; where they are open already, go back there."""
        screen.frame.open_find()


class OnFound(Command["FindScreen"]):
    """A command for what was found."""

    def possible(self, screen: FindScreen) -> bool:
        """There must be something."""
        return bool(screen.lines)


class GoThere(OnFound):
    """Into the text."""

    id = "go-there"
    key = "enter"
    title = mark("Go there")
    help = mark("Open the text at this place. Escape brings you back to this list.")

    def run(self, screen: FindScreen) -> None:
        """Open it."""
        screen.go_there()


class TickPlace(OnFound):
    """Choose some."""

    id = "tick-place"
    key = "space"
    title = mark("Tick")
    help = mark("Tick this place, or take the tick away.")

    def run(self, screen: FindScreen) -> None:
        """The other way round."""
        screen.tick()


class TickAll(OnFound):
    """All or none."""

    id = "tick-all-places"
    key = "a"
    title = mark("All or none")
    help = mark("Tick everything that was found; once more: nothing.")

    def run(self, screen: FindScreen) -> None:
        """All, or none."""
        screen.tick_all()


class CodeFound(OnFound):
    """One code for many places."""

    id = "code-found"
    key = "c"
    title = mark("Code these")
    help = mark(
        "Choose a code for what is ticked (or for the line of the cursor). You see every proposal before anything is stored."
    )

    def run(self, screen: FindScreen) -> None:
        """Choose the code."""
        screen.pick_code()


class AskAgain(Command["FindScreen"]):
    """Back to the field."""

    id = "ask-again"
    key = "f"
    title = mark("Search field")
    help = mark("Go to the field above, to look for something else.")

    def run(self, screen: FindScreen) -> None:
        """Put the cursor there."""
        screen.focus_field()


class OtherWay(Command["FindScreen"]):
    """How the words are compared."""

    id = "other-way"
    key = "f4"
    title = mark("Other way")
    help = mark(
        "Search otherwise: any form, as written, inside words, by regular expression, or codes by the query language."
    )

    def run(self, screen: FindScreen) -> None:
        """The next one."""
        screen.next_way()


FIND: tuple[type[AnyCommand], ...] = (GoThere, TickPlace, TickAll, CodeFound, AskAgain, OtherWay, CodesInNumbers)


class StoreProposals(Command["ProposalsScreen"]):
    """Accept."""

    id = "store-proposals"
    key = "b"
    title = mark("Give the code")
    help = mark("Give the code to everything with a cross in its box, in one change.")

    def possible(self, screen: ProposalsScreen) -> bool:
        """Something must be ticked."""
        return screen.can_store

    def run(self, screen: ProposalsScreen) -> None:
        """Store them."""
        screen.store()


class TickProposal(Command["ProposalsScreen"]):
    """Accept or not."""

    id = "tick-proposal"
    key = "space"
    title = mark("Yes or no")
    help = mark("Accept this proposal, or not.")

    def run(self, screen: ProposalsScreen) -> None:
        """The other way round."""
        screen.tick()


class TickAllProposals(Command["ProposalsScreen"]):
    """All or none."""

    id = "tick-all-proposals"
    key = "a"
    title = mark("All or none")
    help = mark("Accept all proposals; once more: none of them.")

    def run(self, screen: ProposalsScreen) -> None:
        """All, or none."""
        screen.tick_all()


class OtherExtent(Command["ProposalsScreen"]):
    """More or less text."""

    id = "other-extent"
    key = "e"
    title = mark("How much")
    help = mark("Give the code to the words that were found, to their whole sentence, or to the whole turn.")

    def run(self, screen: ProposalsScreen) -> None:
        """The next one."""
        screen.next_extent()


PROPOSALS: tuple[type[AnyCommand], ...] = (StoreProposals, TickProposal, TickAllProposals, OtherExtent)
