"""Commands for a newer version of the file of a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command

if TYPE_CHECKING:
    from verhalen.tui.newer_file import NewerFileScreen
    from verhalen.tui.newer_screen import NewerScreen


class TakeNewer(Command["NewerFileScreen"]):
    """This is the file."""

    id = "take-newer"
    key = "i"
    title = mark("This file")
    help = mark("Compare the file at the cursor with the text. Nothing is stored yet.")

    def possible(self, screen: NewerFileScreen) -> bool:
        """There must be one at the cursor."""
        return bool(screen.wanted)

    def run(self, screen: NewerFileScreen) -> None:
        """Compare it."""
        screen.go_on()


class StoreNewer(Command["NewerScreen"]):
    """All is decided."""

    id = "store-newer"
    key = "ctrl+s"
    title = mark("Store")
    help = mark("Store the newer version as one change, with what you decided. Undo brings everything back.")

    def run(self, screen: NewerScreen) -> None:
        """Store it."""
        screen.store()


class ToggleFragment(Command["NewerScreen"]):
    """Keep a coding, or not."""

    id = "toggle-fragment"
    key = "space"
    title = mark("Keep or not")
    help = mark("Keep the coding at the cursor at the place that was found, or let it end.")

    def possible(self, screen: NewerScreen) -> bool:
        """Only where a place was found."""
        return screen.can_toggle

    def run(self, screen: NewerScreen) -> None:
        """The other way round."""
        screen.toggle()


class KeepAll(Command["NewerScreen"]):
    """Keep every coding for which there is a place."""

    id = "keep-all"
    key = "a"
    title = mark("Keep all")
    help = mark("Keep every coding for which a place was found; once more: none of those in the list.")

    def possible(self, screen: NewerScreen) -> bool:
        """Only where there is something to decide."""
        return screen.has_choices

    def run(self, screen: NewerScreen) -> None:
        """All, or none."""
        screen.toggle_all()


NEWER: tuple[type[AnyCommand], ...] = (StoreNewer, ToggleFragment, KeepAll)
