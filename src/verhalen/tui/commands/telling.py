"""Commands of the screen that shows who tells and who does not, and the ways to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command, CommandScreen

if TYPE_CHECKING:
    from verhalen.tui.guard_screen import GuardScreen


class WhoTells(Command[CommandScreen[Any]]):
    """From everywhere, by the palette."""

    id = "who-tells"
    title = mark("Who tells?")
    help = mark(
        "See which families told a story and which did not, whether bad news has its place, and whom to invite."
    )
    shown = False

    def run(self, screen: CommandScreen[Any]) -> None:
        """Open it."""
        screen.frame.if_safe(screen.frame.open_guard)


class WhoTellsHere(WhoTells):
    """Where it is close at hand it has a key."""

    key = "h"
    shown = True


class SeeSilent(Command["GuardScreen"]):
    """Who did not tell yet."""

    id = "see-silent"
    key = "g"
    title = mark("Which families")
    help = mark(
        "See the families of this line that did not tell yet; at a name, go to that family. Enter does the same."
    )

    def possible(self, screen: GuardScreen) -> bool:
        """There must be some."""
        return screen.has_families

    def run(self, screen: GuardScreen) -> None:
        """Open them."""
        screen.see_families()


class DrawAgain(Command["GuardScreen"]):
    """Other names."""

    id = "draw-again"
    key = "t"
    title = mark("Draw again")
    help = mark("Draw other families at random among those who did not tell yet.")

    def run(self, screen: GuardScreen) -> None:
        """Draw."""
        screen.draw_again()


class DrawWithSeed(Command["GuardScreen"]):
    """The same names again."""

    id = "draw-with-seed"
    key = "n"
    title = mark("Draw with a number")
    help = mark("Draw with the number of an earlier draw, so that the same families come out, and say how many.")

    def run(self, screen: GuardScreen) -> None:
        """Ask for it."""
        screen.ask_seed()


class GuardPeriod(Command["GuardScreen"]):
    """Of which stories."""

    id = "guard-period"
    key = "p"
    title = mark("Period")
    help = mark("Look at the stories of one year only, or of all time.")

    def run(self, screen: GuardScreen) -> None:
        """Ask."""
        screen.ask_period()


class GuardInstrument(Command["GuardScreen"]):
    """By which scores."""

    id = "guard-instrument"
    key = "i"
    title = mark("Other instrument")
    help = mark("Say by another instrument how families are doing.")

    def run(self, screen: GuardScreen) -> None:
        """Ask."""
        screen.ask_instrument()


GUARD: tuple[type[AnyCommand], ...] = (SeeSilent, DrawAgain, DrawWithSeed, GuardPeriod, GuardInstrument)
