"""Commands of the screen with two stories beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command

if TYPE_CHECKING:
    from verhalen.tui.beside_screen import BesideScreen


class _Scroll(Command["BesideScreen"]):
    """Both together, or one alone."""

    shown = False
    priority = True

    def _by(self, screen: BesideScreen, lines: int) -> None:
        screen.scroll(lines)


class LineDown(_Scroll):
    """A line on."""

    id = "line-down"
    key = "down"
    title = mark("Down")
    help = mark("A line on, in both stories.")
    shown = True

    def run(self, screen: BesideScreen) -> None:
        """Scroll."""
        self._by(screen, 1)


class LineUp(_Scroll):
    """A line back."""

    id = "line-up"
    key = "up"
    title = mark("Up")
    help = mark("A line back, in both stories.")

    def run(self, screen: BesideScreen) -> None:
        """Scroll."""
        self._by(screen, -1)


class PageDown(_Scroll):
    """A page on."""

    id = "page-down"
    key = "pagedown,space"
    title = mark("Page on")
    help = mark("A page on, in both stories.")

    def run(self, screen: BesideScreen) -> None:
        """Scroll."""
        self._by(screen, screen.page_lines)


class PageUp(_Scroll):
    """A page back."""

    id = "page-up"
    key = "pageup"
    title = mark("Page back")
    help = mark("A page back, in both stories.")

    def run(self, screen: BesideScreen) -> None:
        """Scroll."""
        self._by(screen, -screen.page_lines)


class ToTop(_Scroll):
    """The first line."""

    id = "to-top"
    key = "home"
    title = mark("To the top")
    help = mark("Go to the first line of both stories.")

    def run(self, screen: BesideScreen) -> None:
        """Scroll."""
        self._by(screen, -1_000_000)


class OneAlone(Command["BesideScreen"]):
    """Left, right, both."""

    id = "one-alone"
    key = "tab"
    title = mark("Left, right or both")
    help = mark("Scroll the left story alone, the right one alone, or both together again.")
    priority = True

    def run(self, screen: BesideScreen) -> None:
        """The next one."""
        screen.turn()


class ChangeSides(Command["BesideScreen"]):
    """Left becomes right."""

    id = "change-sides"
    key = "w"
    title = mark("Change sides")
    help = mark("Let the two stories change places: which one is read first matters.")

    def run(self, screen: BesideScreen) -> None:
        """Change."""
        screen.change_sides()


BESIDE: tuple[type[AnyCommand], ...] = (LineDown, OneAlone, ChangeSides, LineUp, PageDown, PageUp, ToTop)
