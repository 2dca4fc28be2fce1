"""Commands of the preview of a file, and of the screen that shows how reading goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command
from verhalen.tui.commands.speakers import (
    GiveTurn,
    JoinTurn,
    MergeSpeakers,
    NoSpeaker,
    RenameSpeaker,
    Unlink,
    WhoIsIt,
)

if TYPE_CHECKING:
    from verhalen.tui.intake_preview import PreviewScreen
    from verhalen.tui.intake_screen import IntakeScreen


class AcceptDraft(Command["PreviewScreen"]):
    """Go on with it."""

    id = "accept-draft"
    key = "b"
    title = mark("Go on")
    help = mark("The speakers are right: go on to the names, and then store it.")

    def run(self, screen: PreviewScreen) -> None:
        """Close with the draft."""
        screen.accept()


class SkipDraft(Command["PreviewScreen"]):
    """Not this one."""

    id = "back"
    key = "escape"
    title = mark("Do not read in")
    help = mark("Do not store this file; the next one comes, if there is one.")

    def run(self, screen: PreviewScreen) -> None:
        """Close without it."""
        screen.skip()


class SeeDifferences(Command["PreviewScreen"]):
    """What is other than in the file."""

    id = "see-differences"
    key = "d"
    title = mark("What differs")
    help = mark("See what is other than in the file: what was left out, put right or is doubtful, with its lines.")

    def possible(self, screen: PreviewScreen) -> bool:
        """There must be something."""
        return bool(screen.warnings)

    def run(self, screen: PreviewScreen) -> None:
        """Show the list."""
        screen.show_differences()


class ReadDraft(Command["PreviewScreen"]):
    """The whole text."""

    id = "read-draft"
    key = "l"
    title = mark("Read")
    help = mark("Read the text as it will be stored.")

    def run(self, screen: PreviewScreen) -> None:
        """Open it."""
        screen.read()


class OtherTitle(Command["PreviewScreen"]):
    """Another title."""

    id = "other-title"
    key = "o"
    title = mark("Title")
    help = mark("Give this text another title in the project. Choose one without a name in it.")

    def run(self, screen: PreviewScreen) -> None:
        """Ask it."""
        screen.ask_title()


class UndoDraft(Command["PreviewScreen"]):
    """Take the last decision back."""

    id = "undo"
    key = "ctrl+z"
    title = mark("Undo")
    help = mark("Take back your last decision on this screen.")

    def possible(self, screen: PreviewScreen) -> bool:
        """Something must be decided."""
        return screen.is_changed

    def run(self, screen: PreviewScreen) -> None:
        """One back."""
        screen.undo()


PREVIEW: tuple[type[AnyCommand], ...] = (
    AcceptDraft,
    WhoIsIt,
    Unlink,
    RenameSpeaker,
    MergeSpeakers,
    NoSpeaker,
    JoinTurn,
    GiveTurn,
    OtherTitle,
    ReadDraft,
    SeeDifferences,
    UndoDraft,
    SkipDraft,
)


class StopIntake(Command["IntakeScreen"]):
    """Stop after this file."""

    id = "stop-intake"
    key = "escape"
    title = mark("Stop")
    help = mark("Stop after the file that is being read. What is stored stays.")

    def possible(self, screen: IntakeScreen) -> bool:
        """Only while it runs."""
        return screen.is_reading

    def run(self, screen: IntakeScreen) -> None:
        """Stop."""
        screen.stop()


class CloseIntake(Command["IntakeScreen"]):
    """Back to the files."""

    id = "back"
    key = "escape"
    title = mark("Back")
    help = mark("Close this list.")

    def possible(self, screen: IntakeScreen) -> bool:
        """Only when it is done."""
        return not screen.is_reading

    def run(self, screen: IntakeScreen) -> None:
        """Close."""
        screen.close()


class OpenNewest(Command["IntakeScreen"]):
    """On to the text."""

    id = "open-newest"
    key = "c"
    title = mark("Read and code")
    help = mark("Open what was stored last, to read and code it.")

    def possible(self, screen: IntakeScreen) -> bool:
        """Something must be stored."""
        return not screen.is_reading and screen.newest is not None

    def run(self, screen: IntakeScreen) -> None:
        """Open it."""
        screen.open_newest()


INTAKE: tuple[type[AnyCommand], ...] = (OpenNewest, StopIntake, CloseIntake)
