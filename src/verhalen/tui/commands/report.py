"""Commands of the report screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verhalen.i18n import mark
from verhalen.tui.commands.base import AnyCommand, Command

if TYPE_CHECKING:
    from verhalen.tui.report_screen import ReportScreen


class StopBuilding(Command["ReportScreen"]):
    """Stop."""

    id = "stop-building"
    key = "escape"
    title = mark("Stop building")
    help = mark("Stop building; the Word document of last time stays as it was.")

    def possible(self, screen: ReportScreen) -> bool:
        """Only while it runs."""
        return screen.is_building

    def run(self, screen: ReportScreen) -> None:
        """Stop."""
        screen.stop_building()


class BuildReport(Command["ReportScreen"]):
    """Build the Word document."""

    id = "build-report"
    key = "b"
    title = mark("Build the Word document")
    help = mark("Make the Word document of the report that is marked, with the numbers and quotes of now.")

    def possible(self, screen: ReportScreen) -> bool:
        """There must be a report, and none being built."""
        return screen.chosen is not None and not screen.is_building

    def run(self, screen: ReportScreen) -> None:
        """Build in the background."""
        screen.build()


class WriteReport(Command["ReportScreen"]):
    """Open it."""

    id = "write-report"
    key = "e"
    title = mark("Write on")
    help = mark("Open the report that is marked, with the result beside your words. Enter does the same.")

    def possible(self, screen: ReportScreen) -> bool:
        """There must be a report."""
        return screen.chosen is not None

    def run(self, screen: ReportScreen) -> None:
        """Open the editor."""
        screen.edit()


class NewReport(Command["ReportScreen"]):
    """A first version."""

    id = "new-report"
    key = "n"
    title = mark("New report")
    help = mark(
        "Begin a report: for the council, a month, team and partners, or research. You get a complete first version, in which "
        "you change the words."
    )

    def possible(self, screen: ReportScreen) -> bool:
        """Not while one is being built."""
        return not screen.is_building

    def run(self, screen: ReportScreen) -> None:
        """Ask for whom and about what."""
        screen.begin()


class CheckReport(Command["ReportScreen"]):
    """Compare it with today."""

    id = "check-report"
    key = "k"
    title = mark("Does it still hold?")
    help = mark("See which numbers and quotes of the Word document no longer hold, also after you changed it in Word.")

    def possible(self, screen: ReportScreen) -> bool:
        """There must be a document."""
        return screen.document is not None and not screen.is_building

    def run(self, screen: ReportScreen) -> None:
        """Compute everything again."""
        screen.check()


class RefreshReport(Command["ReportScreen"]):
    """New numbers in place."""

    id = "refresh-report"
    key = "v"
    title = mark("New numbers in place")
    help = mark(
        "Replace numbers, tables, charts and quotes in the Word document by those of now. All that you wrote in Word stays; what "
        "is new is marked as a change."
    )

    def possible(self, screen: ReportScreen) -> bool:
        """There must be a document."""
        return screen.document is not None and not screen.is_building

    def run(self, screen: ReportScreen) -> None:
        """Refresh it."""
        screen.refresh_numbers()


REPORT: tuple[type[AnyCommand], ...] = (
    StopBuilding,
    WriteReport,
    BuildReport,
    CheckReport,
    RefreshReport,
    NewReport,
)
