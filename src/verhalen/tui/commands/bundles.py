"""Commands for passing work on, taking it in, and choosing between two sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from verhalen.i18n import mark
from verhalen.tui.ask_form import KeepAnswers, LeaveForm
from verhalen.tui.commands.base import AnyCommand, Command
from verhalen.tui.commands.everywhere import Help
from verhalen.tui.dialogs import CancelDialog

if TYPE_CHECKING:
    from verhalen.tui.arrival_screen import ArrivalScreen
    from verhalen.tui.decisions_screen import DecisionsScreen
    from verhalen.tui.pick_folder import PickFolder
    from verhalen.tui.send_form import SendForm


class MakePackage(KeepAnswers):
    """All is filled in."""

    id = "make-package"
    title = mark("Make the package")
    help = mark("Put your work in the package, where you said. Enter in the last field does the same.")


class ChooseFolder(Command["SendForm"]):
    """A stick, a shared folder."""

    id = "choose-folder"
    key = "f4"
    title = mark("Choose a folder")
    help = mark("Choose another folder for the package: a stick, or a folder that you share.")

    def possible(self, screen: SendForm) -> bool:
        """Not while it is being made."""
        return not screen.is_busy

    def run(self, screen: SendForm) -> None:
        """Open the window."""
        screen.choose_folder()


class TakeFolder(Command["PickFolder"]):
    """The one that is shown."""

    id = "take-folder"
    key = "ctrl+s"
    title = mark("This folder")
    help = mark("Put it in the folder that is shown above the list.")
    priority = True

    def run(self, screen: PickFolder) -> None:
        """Give it."""
        screen.take_this()


class OpenPackage(KeepAnswers):
    """The password is typed."""

    id = "open-package"
    title = mark("Open")
    help = mark("Open the package with this password, and see what is in it.")


class TakeIn(Command["ArrivalScreen"]):
    """It was seen, and it may come."""

    id = "take-in"
    key = "ctrl+s"
    title = mark("Take in")
    help = mark("Take in what you see here. What you wrote yourself stays.")

    def possible(self, screen: ArrivalScreen) -> bool:
        """Once it was looked at, where there is something new."""
        return screen.can_take_in

    def run(self, screen: ArrivalScreen) -> None:
        """Take it in."""
        screen.take_in()


class LeaveIt(Command["ArrivalScreen"]):
    """Our way back."""

    id = "back"
    key = "escape"
    title = mark("Do not take in")
    help = mark("Go back. Where you did not take it in, nothing changes; what is coming in already comes.")

    def run(self, screen: ArrivalScreen) -> None:
        """Go back."""
        screen.frame.go_back()


class ChooseSide(Command["DecisionsScreen"]):
    """The side with a digit."""

    side: ClassVar[int]
    help = mark("Choose the side with this digit for the question at the cursor. Ctrl+z takes it back.")

    def possible(self, screen: DecisionsScreen) -> bool:
        """Where the question has so many sides."""
        return screen.has_side(self.side)

    def run(self, screen: DecisionsScreen) -> None:
        """Choose it."""
        screen.choose(self.side)


def _side(number: int, title: str) -> type[ChooseSide]:
    values: dict[str, Any] = {"id": f"side-{number}", "key": str(number), "side": number - 1, "title": title}
    return type(f"ChooseSide{number}", (ChooseSide,), values)


class ReadSides(Command["DecisionsScreen"]):
    """All of it."""

    id = "read-sides"
    key = "l"
    title = mark("Read it whole")
    help = mark("Read every side of the question in full, in a window of its own.")

    def possible(self, screen: DecisionsScreen) -> bool:
        """Where there is a question."""
        return screen.has_side(0)

    def run(self, screen: DecisionsScreen) -> None:
        """Open the window."""
        screen.read_whole()


SEND: tuple[type[AnyCommand], ...] = (MakePackage, ChooseFolder, LeaveForm, Help)
PICK_FOLDER: tuple[type[AnyCommand], ...] = (TakeFolder, CancelDialog)
PASSWORD: tuple[type[AnyCommand], ...] = (OpenPackage, LeaveForm, Help)
ARRIVAL: tuple[type[AnyCommand], ...] = (TakeIn, LeaveIt)
DECISIONS: tuple[type[AnyCommand], ...] = (
    _side(1, mark("Side 1")),
    _side(2, mark("Side 2")),
    _side(3, mark("Side 3")),
    _side(4, mark("Side 4")),
    ReadSides,
)
