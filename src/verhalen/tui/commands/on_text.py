"""When commands of the coding screen make sense: a text is open, a coding lies under the cursor, borders are moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.tui.commands.base import Command

if TYPE_CHECKING:
    from verhalen.tui.coding_screen import CodingScreen


class WithText(Command["CodingScreen"]):
    """A command that needs an open text, whatever else goes on."""

    def possible(self, screen: CodingScreen) -> bool:
        """Not before there is a source."""
        return screen.desk is not None


class OnText(WithText):
    """A command on an open text; while the borders of a coding are moved, only these can be acted upon."""

    def possible(self, screen: CodingScreen) -> bool:
        """Not while borders are moved."""
        return super().possible(screen) and not screen.borders.moving


class OnCoding(OnText):
    """A command for the coding under the cursor."""

    def possible(self, screen: CodingScreen) -> bool:
        """Only where one stands."""
        return super().possible(screen) and screen.stands_on_coding
