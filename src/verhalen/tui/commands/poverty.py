"""Commands of the screen of the poverty index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command

if TYPE_CHECKING:
    from verhalen.tui.poverty_screen import PovertyScreen


class _OnIndex(Command["PovertyScreen"]):
    """A command about what was counted."""

    def possible(self, screen: PovertyScreen) -> bool:
        """Something must have been counted."""
        return screen.found is not None


class FamiliesInCell(_OnIndex):
    """Who they are."""

    id = "families-in-cell"
    key = "f,enter"
    title = mark("Which families")
    help = mark("See which families stand in a class or in a cell of the tables.")

    def run(self, screen: PovertyScreen) -> None:
        """Ask which of them."""
        screen.see_families()


class OtherThreshold(_OnIndex):
    """From how many indicators on."""

    id = "other-threshold"
    key = "g"
    title = mark("Threshold")
    help = mark("Call a family poor from fewer or more indicators on. Only on this screen: nothing is stored.")

    def run(self, screen: PovertyScreen) -> None:
        """Choose it."""
        screen.choose_threshold()


class PovertyWindow(_OnIndex):
    """Which second moment."""

    id = "poverty-window"
    key = "w"
    title = mark("Window")
    help = mark("Take a narrower or wider window around the second moment, or the end of the support.")

    def run(self, screen: PovertyScreen) -> None:
        """Choose it."""
        screen.choose_window()


class PovertyJudged(_OnIndex):
    """Judged by whom."""

    id = "poverty-judged"
    key = "j"
    title = mark("Judged by")
    help = mark("Count what the coach, the family, a parent, a child or another service judged. They are never mixed.")

    def run(self, screen: PovertyScreen) -> None:
        """Choose it."""
        screen.choose_assessor()


POVERTY: tuple[type[AnyCommand], ...] = (FamiliesInCell, OtherThreshold, PovertyWindow, PovertyJudged)
