"""Commands of the screen on which a project of another program is looked at and taken in, and of the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command, CommandScreen

if TYPE_CHECKING:
    from verhalen.tui.intake_exchange import ExchangeScreen
    from verhalen.tui.intake_files import FilesScreen


class TakeProjectIn(Command["ExchangeScreen"]):
    """Store it."""

    id = "take-project-in"
    key = "i"
    title = mark("Take in")
    help = mark("Take all of it in, in one step that you can undo.")

    def possible(self, screen: ExchangeScreen) -> bool:
        """It must have been looked at."""
        return screen.may_take_in

    def run(self, screen: ExchangeScreen) -> None:
        """Take it in; ask first where it is not sure how places are counted."""
        screen.take_in()


class HowCounted(Command["ExchangeScreen"]):
    """Another way to count places."""

    id = "how-counted"
    key = "t"
    title = mark("How counted")
    help = mark("See side by side which words each way of counting puts under a code, and choose one.")

    def possible(self, screen: ExchangeScreen) -> bool:
        """There must be something to choose between."""
        return screen.may_take_in and screen.has_ways

    def run(self, screen: ExchangeScreen) -> None:
        """Ask."""
        screen.ask_way()


class HowCases(Command["ExchangeScreen"]):
    """What becomes of cases."""

    id = "how-cases"
    key = "c"
    title = mark("Cases")
    help = mark("Say what becomes of the cases: families by their codes, all of them under a fresh code, or none.")

    def possible(self, screen: ExchangeScreen) -> bool:
        """There must be cases."""
        return screen.may_take_in and screen.has_cases

    def run(self, screen: ExchangeScreen) -> None:
        """Ask."""
        screen.ask_cases()


class StopOrBack(Command["ExchangeScreen"]):
    """Stop while it runs; else back."""

    id = "back"
    key = "escape"
    title = mark("Stop / back")
    help = mark("Stop while the file is being read or stored: then nothing is stored. Else go back.")

    def run(self, screen: ExchangeScreen) -> None:
        """Stop or leave."""
        screen.stop_or_leave()


EXCHANGE: tuple[type[AnyCommand], ...] = (TakeProjectIn, HowCounted, HowCases, StopOrBack)


class EarlierReports(Command["FilesScreen"]):
    """What imports told."""

    id = "import-reports"
    key = "r"
    title = mark("Earlier reports")
    help = mark("Read again what came from another program, and what could not be kept.")

    def possible(self, screen: FilesScreen) -> bool:
        """Something must have come from another program."""
        return screen.has_reports and not screen.is_typing

    def run(self, screen: FilesScreen) -> None:
        """Show them."""
        screen.show_reports()


class ToOtherProgram(Command[CommandScreen[Any]]):
    """The whole project out."""

    id = "to-other-program"
    key = ""
    title = mark("To another program")
    help = mark(
        "Write the whole project for NVivo, ATLAS.ti, MAXQDA or QualCoder (.qdpx), or only its codebook (.qdc)."
    )
    shown = False

    def run(self, screen: CommandScreen[Any]) -> None:
        """Ask which, and where."""
        from verhalen.tui.exporting import export_project

        export_project(screen)


class FilesToOtherProgram(ToOtherProgram):
    """The same, with a key where files are chosen."""

    key = "e"
    shown = True
