"""Commands of the screen of memos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command

if TYPE_CHECKING:
    from verhalen.tui.memos_screen import MemosScreen


class NewMemo(Command["MemosScreen"]):
    """Write."""

    id = "new-memo"
    key = "n"
    title = mark("New memo")
    help = mark("Write a memo: about what was at hand when you came here, or in the journal of the analysis.")

    def run(self, screen: MemosScreen) -> None:
        """Choose about what."""
        screen.write_new()


class EditMemo(Command["MemosScreen"]):
    """Other words."""

    id = "edit-memo"
    key = "e"
    title = mark("Change")
    help = mark("Write on in this memo. Only who wrote it can.")

    def possible(self, screen: MemosScreen) -> bool:
        """One's own only."""
        return screen.is_mine

    def run(self, screen: MemosScreen) -> None:
        """Open the window."""
        screen.edit()


class RemoveMemo(Command["MemosScreen"]):
    """Away."""

    id = "remove-memo"
    key = "x,delete"
    title = mark("Remove")
    help = mark("Take this memo away. Ctrl+z brings it back.")

    def possible(self, screen: MemosScreen) -> bool:
        """One's own only."""
        return screen.is_mine

    def run(self, screen: MemosScreen) -> None:
        """Remove."""
        screen.remove_memo()


class GoToPlace(Command["MemosScreen"]):
    """To what it is about."""

    id = "go-to-place"
    key = "g"
    title = mark("Go there")
    help = mark("Go to what the memo is about: the place in the text, the family or the story. Enter does the same.")

    def possible(self, screen: MemosScreen) -> bool:
        """Where there is a place."""
        return screen.has_place

    def run(self, screen: MemosScreen) -> None:
        """Go."""
        screen.go_there()


class OnlyDiary(Command["MemosScreen"]):
    """The journal of the analysis."""

    id = "only-diary"
    key = "d"
    title = mark("Journal")
    help = mark(
        "Show only the journal of the analysis: the dated memos about the project. The same key shows all again."
    )

    def run(self, screen: MemosScreen) -> None:
        """Switch."""
        screen.toggle_diary()


class OnlyHere(Command["MemosScreen"]):
    """What was at hand."""

    id = "only-here"
    key = "h"
    title = mark("Only here")
    help = mark("Show only memos about what was at hand when you came here. The same key shows all again.")

    def possible(self, screen: MemosScreen) -> bool:
        """Where one came from something."""
        return bool(screen.here)

    def run(self, screen: MemosScreen) -> None:
        """Switch."""
        screen.toggle_here()


class FindMemo(Command["MemosScreen"]):
    """To the field."""

    id = "find-memo"
    key = "f"
    title = mark("Find a memo")
    help = mark("Go to the field above the list, to find memos by any word in them.")

    def run(self, screen: MemosScreen) -> None:
        """Put the cursor there."""
        screen.query_one("Field").focus()


MEMOS: tuple[type[AnyCommand], ...] = (NewMemo, EditMemo, RemoveMemo, GoToPlace, FindMemo, OnlyDiary, OnlyHere)
"""In the order of the key bar."""
