"""Commands of the screen about all families together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command
from verhalen.tui.commands.joint import SideBySideHere
from verhalen.tui.commands.signals import SignalLogShown
from verhalen.tui.commands.telling import WhoTellsHere

if TYPE_CHECKING:
    from verhalen.tui.service_screen import ServiceScreen


class SeeWhich(Command["ServiceScreen"]):
    """The families behind a bar."""

    id = "see-which"
    key = "f"
    title = mark("Which families")
    help = mark("See which families stand better, the same or worse in this part of life. Enter does the same.")

    def possible(self, screen: ServiceScreen) -> bool:
        """There must be a bar."""
        return screen.domain is not None

    def run(self, screen: ServiceScreen) -> None:
        """Ask which of them."""
        screen.see_families()


class SeeMatrices(Command["ServiceScreen"]):
    """From where to where."""

    id = "see-matrices"
    key = "v"
    title = mark("From where to where")
    help = mark("See per question from which answer to which answer families went.")

    def possible(self, screen: ServiceScreen) -> bool:
        """There must be a bar."""
        return screen.domain is not None

    def run(self, screen: ServiceScreen) -> None:
        """Show the tables."""
        screen.see_matrices()


class SeeChange(Command["ServiceScreen"]):
    """Row by row."""

    id = "see-change"
    key = "c"
    title = mark("What changed?")
    help = mark(
        "See per question or life domain how many families went forward, stayed the same, were not looked at again or went "
        "backward, also by another rule or split by what is known of them."
    )

    def possible(self, screen: ServiceScreen) -> bool:
        """Something must have been counted."""
        return screen.domain is not None

    def run(self, screen: ServiceScreen) -> None:
        """Open the screen."""
        screen.see_change()


class SeePoverty(Command["ServiceScreen"]):
    """The index."""

    id = "see-poverty"
    key = "k"
    title = mark("Poverty index")
    help = mark("See where families stand on the approximation of the poverty index, from where to where.")

    def run(self, screen: ServiceScreen) -> None:
        """Open the screen."""
        screen.frame.open_poverty()


class OtherInstrument(Command["ServiceScreen"]):
    """By another instrument."""

    id = "other-instrument"
    key = "i"
    title = mark("Other instrument")
    help = mark("Count by another instrument.")

    def run(self, screen: ServiceScreen) -> None:
        """Choose it."""
        screen.choose_instrument()


class SeeReach(Command["ServiceScreen"]):
    """Who is reached."""

    id = "see-reach"
    key = "w"
    title = mark("Who do we reach")
    help = mark(
        "See who is reached in a year: families, children, known or new, in and out, waiting, contacts, and who is not seen."
    )

    def run(self, screen: ServiceScreen) -> None:
        """Ask for the year."""
        screen.see_reach()


class WaitingFamilies(Command["ServiceScreen"]):
    """Who was not looked at for long."""

    id = "waiting-families"
    key = "s"
    title = mark("Who waits")
    help = mark("See which families in support are without a snapshot for longer than you set.")

    def run(self, screen: ServiceScreen) -> None:
        """Open them."""
        screen.see_due()


class SnapshotDays(Command["ServiceScreen"]):
    """How long is long."""

    id = "snapshot-days"
    key = "d"
    title = mark("After how many days")
    help = mark("Set after how many days without a snapshot a family waits for one, on this computer.")
    shown = False

    def run(self, screen: ServiceScreen) -> None:
        """Ask."""
        screen.ask_days()


SERVICE: tuple[type[AnyCommand], ...] = (
    *(
        SeeWhich,
        SeeMatrices,
        SeeChange,
        SideBySideHere,
        SeePoverty,
        SeeReach,
        WhoTellsHere,
        SignalLogShown,
        WaitingFamilies,
    ),
    *(OtherInstrument, SnapshotDays),
)
