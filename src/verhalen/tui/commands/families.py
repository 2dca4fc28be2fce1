"""Commands of the families screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command

if TYPE_CHECKING:
    from verhalen.tui.families_screen import FamiliesScreen


class TellForFamily(Command["FamiliesScreen"]):
    """A story of the family on the right."""

    id = "tell-for-family"
    key = "v"
    title = mark("New story")
    help = mark("Write down a story of this family.")

    def possible(self, screen: FamiliesScreen) -> bool:
        """There must be a family."""
        return screen.chosen is not None

    def run(self, screen: FamiliesScreen) -> None:
        """Open the form for it."""
        screen.frame.open_story_form(screen.chosen)


class StoriesOfFamily(Command["FamiliesScreen"]):
    """The stories of the family on the right."""

    id = "stories-of-family"
    key = "l"
    title = mark("Its stories")
    help = mark("Read the stories of this family.")

    def possible(self, screen: FamiliesScreen) -> bool:
        """There must be a family."""
        return screen.chosen is not None

    def run(self, screen: FamiliesScreen) -> None:
        """Open the stories, filtered."""
        screen.frame.open_stories(find=screen.chosen or "")


class FindFamily(Command["FamiliesScreen"]):
    """To the field."""

    id = "find-family"
    key = "f"
    title = mark("Find a family")
    help = mark("Go to the field above the list, to find a family by code, town or coach.")

    def run(self, screen: FamiliesScreen) -> None:
        """Put the cursor there."""
        screen.query_one("Field").focus()


class NicknameFamily(Command["FamiliesScreen"]):
    """A name that only the people here see."""

    id = "nickname-family"
    key = "b"
    title = mark("Nickname")
    help = mark(
        "Show a nickname beside the code of this family, on computers that hold the key only. It is never stored in the "
        "project and never stands in a report."
    )

    def possible(self, screen: FamiliesScreen) -> bool:
        """There must be a family."""
        return screen.chosen is not None

    def run(self, screen: FamiliesScreen) -> None:
        """Ask it."""
        screen.ask_nickname()


class MemosOfFamily(Command["FamiliesScreen"]):
    """What was thought about the family on the right."""

    id = "memos-of-family"
    key = "m"
    title = mark("Memos")
    help = mark("Read memos, and write one about this family.")

    def possible(self, screen: FamiliesScreen) -> bool:
        """There must be a family."""
        return screen.chosen is not None

    def run(self, screen: FamiliesScreen) -> None:
        """Open the list."""
        screen.open_memos()


class SnapshotOfFamily(Command["FamiliesScreen"]):
    """A new snapshot of the family on the right."""

    id = "snapshot-of-family"
    key = "o"
    title = mark("Snapshot")
    help = mark("Take a snapshot of this family: what changed, and what did not. Or finish one that you left halfway.")

    def possible(self, screen: FamiliesScreen) -> bool:
        """There must be a family, and something must be allowed to be stored."""
        return screen.chosen is not None and not screen.project.read_only_reason

    def run(self, screen: FamiliesScreen) -> None:
        """Choose which, and begin."""
        if screen.chosen is not None:
            screen.frame.open_snapshot(screen.chosen)


class UnfinishedSnapshot(SnapshotOfFamily):
    """The one that was left halfway: it takes the place of a new one in the key bar."""

    id = "unfinished-snapshot"
    title = mark("Snapshot not finished yet")
    help = mark("Finish the snapshot of this family that you left halfway, or begin another one.")

    def possible(self, screen: FamiliesScreen) -> bool:
        """Only where there is one."""
        return screen.chosen is not None and bool(screen.project.snapshots.unfinished(screen.chosen))


FAMILIES: tuple[type[AnyCommand], ...] = (
    UnfinishedSnapshot,
    SnapshotOfFamily,
    TellForFamily,
    StoriesOfFamily,
    FindFamily,
    MemosOfFamily,
    NicknameFamily,
)
